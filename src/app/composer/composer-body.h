/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of a message: plain, or with formatting and a row of buttons for it; and the way from one to the other. */
#pragma once

#include <adwaita.h>

#include "app-spelling.h"
#include "model-draft-rich.h"

G_BEGIN_DECLS

#define COMPOSER_TYPE_BODY (composer_body_get_type ())
G_DECLARE_FINAL_TYPE (ComposerBody, composer_body, COMPOSER, BODY, AdwBin)

/* Property "is-rich" (gboolean): setting it asks for the other form, which comes when nothing would be lost by it.
 * Signal "losing" (string): what would be lost in plain text, for people: composer_body_make_plain () does it all the same.
 * Signal "chosen" (gboolean): the person wants it with formatting, or without. Signal "problem" (string): for people. Signal "paste":
 * something is pasted into plain text: return %TRUE when it was attached instead.
 * Signal "attach" (GFile): dropped or pasted, and no picture for the text. Signal "reading-changed": see composer_body_is_reading (). */
void composer_body_set_draft (ComposerBody *self, ModelDraft *draft);

void composer_body_set_spelling (ComposerBody *self, AppSpelling *spelling); /* once */

void composer_body_make_plain (ComposerBody *self); /* the formatting is lost */
void composer_body_undo_plain (ComposerBody *self); /* and comes back as it was */

/* composer_body_drop: puts a picture into the text; %FALSE when it is plain, or @file is something else */
gboolean composer_body_drop (ComposerBody *self, GFile *file);

gboolean composer_body_is_reading (ComposerBody *self); /* pictures: the message is not whole yet */

G_END_DECLS
