/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a message with formatting is written: the web view's module, loaded with the first of them, over a draft. */
#pragma once

#include <adwaita.h>

#include "app-spelling.h"
#include "model-draft-rich.h"
#include "web-api.h"

G_BEGIN_DECLS

#define COMPOSER_TYPE_EDITOR (composer_editor_get_type ())
G_DECLARE_FINAL_TYPE (ComposerEditor, composer_editor, COMPOSER, EDITOR, AdwBin)

/* Signal "ready": what is typed arrives. Signal "state" (uint, WebState): what is on where one writes. Signal "told" (gboolean): the draft has the
 * newest HTML, or it could not be had: after composer_editor_ask (), and whenever the draft has asked. Signal "broken" (string): for people:
 * nothing can be written here (any more); what the draft knows is safe. */

/* composer_editor_open: shows @draft's HTML; %FALSE with %BASE_ERROR_FILE when the module cannot be had */
gboolean composer_editor_open (ComposerEditor *self, ModelDraft *draft, GError **error);
void composer_editor_close (ComposerEditor *self); /* nothing is shown, and the draft asks no more */

void composer_editor_set_spelling (ComposerEditor *self, AppSpelling *spelling); /* once, before anything is shown */

void composer_editor_ask (ComposerEditor *self);
void composer_editor_command (ComposerEditor *self, const char *command, const char *value);
void composer_editor_link (ComposerEditor *self, const char *uri);
void composer_editor_insert_picture (ComposerEditor *self, const char *content_id, const char *name);
void composer_editor_paste (ComposerEditor *self); /* text from the clipboard */

G_END_DECLS
