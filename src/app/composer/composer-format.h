/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The row of buttons for the formatting of a text, and the actions behind them and behind its keys. */
#pragma once

#include <adwaita.h>

#include "composer-editor.h"

G_BEGIN_DECLS

#define COMPOSER_TYPE_FORMAT (composer_format_get_type ())
G_DECLARE_FINAL_TYPE (ComposerFormat, composer_format, COMPOSER, FORMAT, GtkWidget)

/* Signal "picture": one is to be chosen and put into the text. */
void composer_format_set_editor (ComposerFormat *self, ComposerEditor *editor); /* what the buttons act on; it outlives the row */

void composer_format_set_spelling_menu (ComposerFormat *self, GMenuModel *menu);

/* composer_format_get_actions: (transfer none): "bold", "italic", "underline" (boolean states: what is on where one writes), "do" (s: one of
 * WebKit's editing commands), "color" (s: as CSS has it), "leave" (b: Tab forward), "link", "picture". To be inserted as "format" above row
 * and editor. */
GActionGroup *composer_format_get_actions (ComposerFormat *self);

void composer_format_enable (ComposerFormat *self, gboolean is_enabled); /* row, actions, and so keys */

G_END_DECLS
