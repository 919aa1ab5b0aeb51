/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps a draft saved: some seconds after the first change, whatever follows, and again when that failed. */
#pragma once

#include "model-draft.h"

G_BEGIN_DECLS

#define COMPOSER_TYPE_SAVER (composer_saver_get_type ())
G_DECLARE_FINAL_TYPE (ComposerSaver, composer_saver, COMPOSER, SAVER, GObject)

/* Signal "saved" (). Signal "failed" (string): for people; it tries again by itself. Main thread. */
ComposerSaver *composer_saver_new (ModelDraft *draft);

void composer_saver_save (ComposerSaver *self);    /* now */
void composer_saver_try_again (ComposerSaver *self, const GError *error); /* closing failed: says so, and goes on saving */
void composer_saver_pause (ComposerSaver *self);   /* what is planned is not done; the next change plans anew */
void composer_saver_stop (ComposerSaver *self);    /* nothing is saved or said any more */

G_END_DECLS
