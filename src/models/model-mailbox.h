/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person does to messages, by their ids: recorded in the store at once, told to servers by the engine. Everything runs in the
 * store's worker; all functions are called in the main thread. */
#pragma once

#include "mail-flags.h"
#include "mail-role.h"
#include "model-body.h"

G_BEGIN_DECLS

typedef struct _Store Store;

#define MODEL_TYPE_MAILBOX (model_mailbox_get_type ())
G_DECLARE_FINAL_TYPE (ModelMailbox, model_mailbox, MODEL, MAILBOX, GObject)

ModelMailbox *model_mailbox_new (Store *store);

/* Signal "changed" (GArray of gint64): rows, bodies or places in the Outbox of these messages changed; an empty array: perhaps of any */

/* Where messages were before they were moved or deleted, or the copies of them: what "Undo" needs. Immutable. */
typedef struct _ModelUndo ModelUndo;

#define MODEL_TYPE_UNDO (model_undo_get_type ())
GType model_undo_get_type (void);
ModelUndo *model_undo_ref (ModelUndo *self);
void model_undo_unref (ModelUndo *self);
guint model_undo_get_n_messages (ModelUndo *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ModelUndo, model_undo_unref)

/* model_mailbox_load_async: a message, parsed, with what its place in the Outbox says; finish: (transfer full) */
void model_mailbox_load_async (ModelMailbox *self, gint64 id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
ModelBody *model_mailbox_load_finish (ModelMailbox *self, GAsyncResult *result, GError **error);

/* @ids of all of these: of gint64, borrowed and copied. Ids that are gone are passed over. */
void model_mailbox_mark_async (ModelMailbox *self, GArray *ids, MailFlags add, MailFlags remove,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void model_mailbox_undo_async (ModelMailbox *self, ModelUndo *undo,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* model_mailbox_delete_for_good_async: no way back */
void model_mailbox_delete_for_good_async (ModelMailbox *self, GArray *ids,
                                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* model_mailbox_keep_async: a message that is in no folder is put into one, read; on the server too */
void model_mailbox_keep_async (ModelMailbox *self, ModelBody *body, gint64 folder, GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean model_mailbox_finish (ModelMailbox *self, GAsyncResult *result, GError **error); /* of these four and the next three */

/* model_mailbox_send_again_async: a message of the Outbox that failed, waits, is held or may have been sent goes out with the next pass */
void model_mailbox_send_again_async (ModelMailbox *self, gint64 id,
                                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* model_mailbox_arrived_async: a message that may have been sent did arrive: it moves to its account's Sent, as if the server had said so */
void model_mailbox_arrived_async (ModelMailbox *self, gint64 id,
                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* model_mailbox_take_back_async: see model_taking_back_run () */
void model_mailbox_take_back_async (ModelMailbox *self, gint64 id,
                                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean model_mailbox_take_back_finish (ModelMailbox *self, GAsyncResult *result, gboolean *is_draft, GError **error);

void model_mailbox_move_async (ModelMailbox *self, GArray *ids, gint64 folder,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* model_mailbox_copy_async: the way back deletes the copies */
void model_mailbox_copy_async (ModelMailbox *self, GArray *ids, gint64 folder,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* model_mailbox_delete_async: to the account's Deleted folder */
void model_mailbox_delete_async (ModelMailbox *self, GArray *ids,
                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/**
 * model_mailbox_file_async:
 * @role: %MAIL_ROLE_JUNK: they are junk, and marked so for the server's filter; %MAIL_ROLE_INBOX: they are none, likewise: those of them that are
 *   in a folder for junk move, and what was said to be junk elsewhere loses that mark; %MAIL_ROLE_ARCHIVE
 *
 * To that folder of each message's own account.
 */
void model_mailbox_file_async (ModelMailbox *self, GArray *ids, MailRole role,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* model_mailbox_move_finish: of these four: (transfer full): the way back */
ModelUndo *model_mailbox_move_finish (ModelMailbox *self, GAsyncResult *result, GError **error);

G_END_DECLS
