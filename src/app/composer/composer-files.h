/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The composer's foot: what is attached, how much it is together, and whether that may be too much; and all ways to attach something. */
#pragma once

#include <adwaita.h>

#include "model-draft.h"

G_BEGIN_DECLS

#define COMPOSER_TYPE_FILES (composer_files_get_type ())
G_DECLARE_FINAL_TYPE (ComposerFiles, composer_files, COMPOSER, FILES, AdwBin)

/* Signal "problem" (string): why a file could not be attached, for people. Signal "reading-changed": see composer_files_is_reading (). */
void composer_files_set_draft (ComposerFiles *self, ModelDraft *draft);

void composer_files_add (ComposerFiles *self, GFile *file);
void composer_files_choose (ComposerFiles *self, GtkWindow *parent); /* asks which files */

/* composer_files_paste: files or a picture from the clipboard; %FALSE when it holds text, or nothing that could be attached */
gboolean composer_files_paste (ComposerFiles *self, GdkClipboard *clipboard);

/* composer_files_is_reading: the message is not whole yet */
gboolean composer_files_is_reading (ComposerFiles *self);

G_END_DECLS
