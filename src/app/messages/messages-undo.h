/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was done to messages last, and can be taken back: by the toast that tells of it, and by Ctrl+Z, one after the other. */
#pragma once

#include <adwaita.h>

#include "model-mailbox.h"

G_BEGIN_DECLS

#define MESSAGES_TYPE_UNDO (messages_undo_get_type ())
G_DECLARE_FINAL_TYPE (MessagesUndo, messages_undo, MESSAGES, UNDO, GObject) /* main thread */

MessagesUndo *messages_undo_new (ModelMailbox *mailbox, AdwToastOverlay *toasts); /* toasts: weak */

/* messages_undo_offer: its toast takes the place of the one before: who presses Undo means what was done last. The last twenty are remembered. */
void messages_undo_offer (MessagesUndo *self, ModelUndo *undo, const char *text);

/* messages_undo_take_back_last: nothing where there is nothing (any more) */
void messages_undo_take_back_last (MessagesUndo *self);

G_END_DECLS
