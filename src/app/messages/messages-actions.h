/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done to the messages that are chosen: the actions of the group "message". */
#pragma once

#include <adwaita.h>

#include "messages-view.h"
#include "model-mailbox.h"

G_BEGIN_DECLS

#define MESSAGES_TYPE_ACTIONS (messages_actions_get_type ())
G_DECLARE_FINAL_TYPE (MessagesActions, messages_actions, MESSAGES, ACTIONS, GObject)

/**
 * messages_actions_new:
 * @state: keeps which folders were used last
 * @toasts: where "Undo" is offered and failures are told
 *
 * The group: delete, delete-for-good, mark-read, mark-unread, flag, toggle-flag, move (x), copy (x), move-to and copy-to, which ask for the folder,
 * junk, not-junk, archive, reply, reply-all, forward, edit, open, undo,
 * select-all. What needs one message is off while none or several are selected. Answering and editing activate app.reply, app.reply-all,
 * app.forward and app.edit with the message's id, open likewise win.open.
 *
 * Signal "left" (): what was chosen has been moved or deleted.
 */
MessagesActions *messages_actions_new (MessagesView *view, ModelMailbox *mailbox, ModelFolderTree *tree, AppState *state, AdwToastOverlay *toasts);

/**
 * messages_actions_new_beside:
 * @main: the main window's, where Undo is offered: @window may go with its message
 * @toasts: of @window, where failures are told
 *
 * The same for a window of one message; of none until messages_actions_set_one () has said which.
 */
MessagesActions *messages_actions_new_beside (MessagesActions *main, GtkWidget *window, AdwToastOverlay *toasts);
void messages_actions_set_one (MessagesActions *self, MailSummary *summary); /* as it is now */

GActionGroup *messages_actions_get_group (MessagesActions *self); /* (transfer none) */

/* messages_actions_mark: one message that need not be selected: the reader has shown it */
void messages_actions_mark (MessagesActions *self, gint64 id, MailFlags add, MailFlags remove);

G_END_DECLS
