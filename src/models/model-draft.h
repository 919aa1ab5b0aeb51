/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message being written: properties that the composer binds to, saved into Drafts by itself, put into the Outbox at the end. */
#pragma once

#include <gio/gio.h>

#include "account-list.h"
#include "mime-reply.h"

G_BEGIN_DECLS

typedef struct _Store Store;

#define MODEL_TYPE_DRAFT (model_draft_get_type ())
G_DECLARE_FINAL_TYPE (ModelDraft, model_draft, MODEL, DRAFT, GObject)

/* Properties (read-write, notify): account (Account), to, cc, bcc, subject, text (strings as typed), files (GListModel, read-only),
 * is-changed (since the last save, read-only). Main thread; storing runs in the store's worker. */
ModelDraft *model_draft_new (Store *store, AccountList *accounts, Account *account); /* account (nullable): the first */

/* model_draft_new_reply_async: reads message @id and prepares the answer; finish returns (transfer full) */
void model_draft_new_reply_async (Store *store, AccountList *accounts, gint64 id, MimeReplyKind kind,
                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
ModelDraft *model_draft_new_reply_finish (GAsyncResult *result, GError **error);

/* model_draft_open_async: goes on with message @id of a Drafts folder */
void model_draft_open_async (Store *store, AccountList *accounts, gint64 id,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
ModelDraft *model_draft_open_finish (GAsyncResult *result, GError **error);

void model_draft_attach_async (ModelDraft *self, GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean model_draft_attach_finish (ModelDraft *self, GAsyncResult *result, GError **error);
void model_draft_detach (ModelDraft *self, guint position);

/* model_draft_save_async: into the account's Drafts, replacing what was saved before; nothing to do when unchanged */
void model_draft_save_async (ModelDraft *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean model_draft_save_finish (ModelDraft *self, GAsyncResult *result, GError **error);

/* model_draft_discard_async: removes what was saved */
void model_draft_discard_async (ModelDraft *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean model_draft_discard_finish (ModelDraft *self, GAsyncResult *result, GError **error);

/**
 * model_draft_send_async:
 * @delay: seconds in the Outbox before it goes ("Undo")
 *
 * One transaction: into the Outbox, out of Drafts.
 *
 * finish returns the message's id in the Outbox, or -1 with %BASE_ERROR_INVALID (no recipient, an address that cannot be) or a store error
 */
void model_draft_send_async (ModelDraft *self, guint delay, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gint64 model_draft_send_finish (ModelDraft *self, GAsyncResult *result, GError **error);

G_END_DECLS
