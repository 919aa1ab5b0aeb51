/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message being written: properties that the composer binds to, saved into Drafts by itself, put into the Outbox at the end. */
#pragma once

#include <gio/gio.h>

#include "account-identity.h"
#include "model-body.h"

G_BEGIN_DECLS

typedef struct _Store Store;

/* What an answer starts from: MimeReplyKind, in the words that the screens may know. */
typedef enum
{
  MODEL_DRAFT_REPLY,
  MODEL_DRAFT_REPLY_ALL,
  MODEL_DRAFT_REPLY_LIST,       /* to the mailing list; where there is none, to all */
  MODEL_DRAFT_FORWARD,          /* inline, attachments taken along */
  MODEL_DRAFT_FORWARD_ATTACHED, /* the message as an attachment */
  MODEL_DRAFT_AS_NEW,           /* the same once more, to be changed and sent */
} ModelDraftKind;

/* How a person likes to write. */
typedef enum
{
  MODEL_DRAFT_QUOTE_FIRST = 1 << 0,  /* an answer is written under the quote, not above it */
} ModelDraftWishes;

/* Above this many bytes of attachments many servers refuse a message: the composer warns, and forbids nothing. */
#define MODEL_DRAFT_COMMON_LIMIT (G_GINT64_CONSTANT (25) * 1000 * 1000)

/* Above this many the draft takes no more files: it is held in memory, and no server takes it. */
#define MODEL_DRAFT_HARD_LIMIT (G_GINT64_CONSTANT (250) * 1000 * 1000)

#define MODEL_TYPE_DRAFT (model_draft_get_type ())
G_DECLARE_FINAL_TYPE (ModelDraft, model_draft, MODEL, DRAFT, GObject)

/* Properties (read-write, notify): identity (AccountIdentity, nullable where there is no account at all; another one's signature takes the place
 * of what stood there), account (Account, the identity's; setting it chooses its own identity), to, cc, bcc, subject, text (strings as typed,
 * never NULL), files (GListModel of ModelDraftFile, read-only), asks-receipt
 * (gboolean), is-changed (since the last save, read-only). Main thread; storing runs in
 * the store's worker. Saving, closing, discarding and sending wait for each other, in the order they were asked for; after a discard or a
 * successful send nothing is saved any more. */
ModelDraft *model_draft_new (Store *store, AccountList *accounts, Account *account); /* account (nullable): the first */

/* What another program asks for: "mailto:". All UTF-8, "" for nothing. */
typedef struct
{
  const char *to;
  const char *cc;
  const char *bcc;
  const char *subject;
  const char *text;
  const char *in_reply_to;   /* (nullable): a msg-id without brackets */
} ModelDraftRequest;

/* model_draft_new_request: as if a person had typed it, above the signature; nothing of it is sent by itself */
ModelDraft *model_draft_new_request (Store *store, AccountList *accounts, Account *account, const ModelDraftRequest *request);

/* model_draft_new_reply_async: reads message @id and prepares the answer; finish returns (transfer full) */
void model_draft_new_reply_async (Store *store, AccountList *accounts, gint64 id, ModelDraftKind kind, ModelDraftWishes wishes,
                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* model_draft_new_reply_to_async: the same for a message in no folder; finished likewise */
void model_draft_new_reply_to_async (Store *store, AccountList *accounts, ModelBody *body, ModelDraftKind kind, ModelDraftWishes wishes,
                                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
ModelDraft *model_draft_new_reply_finish (GAsyncResult *result, GError **error);

/* model_draft_open_async: goes on with message @id of a Drafts folder */
void model_draft_open_async (Store *store, AccountList *accounts, gint64 id,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
ModelDraft *model_draft_open_finish (GAsyncResult *result, GError **error);

/* model_draft_list_interrupted_async: the saved drafts that were being written when the program ended without closing them; finish:
 * (transfer full): of gint64 */
void model_draft_list_interrupted_async (Store *store, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GArray *model_draft_list_interrupted_finish (GAsyncResult *result, GError **error);

Store *model_draft_get_store (ModelDraft *self);            /* (transfer none) */
GListModel *model_draft_get_identities (ModelDraft *self);  /* (transfer none) of AccountIdentity: who it may come from */
guint model_draft_get_cursor (ModelDraft *self);            /* characters before the place to write at */
GListModel *model_draft_get_files (ModelDraft *self);       /* (transfer none) of ModelDraftFile */
gint64 model_draft_get_files_size (ModelDraft *self);       /* bytes of all files, before their encoding */
gint64 model_draft_estimate_size (ModelDraft *self);        /* bytes on the wire, about */
gint64 model_draft_get_limit (ModelDraft *self);            /* bytes that the account's server last said it takes (RFC 1870), 0: not known */
gint64 model_draft_get_id (ModelDraft *self);               /* of the saved message; 0 while it was never saved */
gboolean model_draft_is_changed (ModelDraft *self);
gboolean model_draft_is_answer (ModelDraft *self);          /* begun as a reply or a forward: the cursor goes above the quote */

/* model_draft_is_blank: nobody would miss it: nothing typed, nothing attached (a quote that was not touched is not typed) */
gboolean model_draft_is_blank (ModelDraft *self);

/**
 * model_draft_find_bad_address:
 * @text: what stands in To, Cc or Bcc
 *
 * Returns: (transfer full) (nullable): the first entry that no mail could be sent to
 */
char *model_draft_find_bad_address (const char *text);

/**
 * model_draft_attach_async:
 *
 * Reads the file; finish fails with %BASE_ERROR_FILE (not to be read, a folder) or %BASE_ERROR_TOO_LARGE (over %MODEL_DRAFT_HARD_LIMIT in all)
 */
void model_draft_attach_async (ModelDraft *self, GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean model_draft_attach_finish (ModelDraft *self, GAsyncResult *result, GError **error);

/* model_draft_attach_bytes: what is in memory already; %BASE_ERROR_TOO_LARGE likewise */
gboolean model_draft_attach_bytes (ModelDraft *self, const char *name, const char *content_type, GBytes *data, GError **error);
void model_draft_detach (ModelDraft *self, guint position);

/* model_draft_save_async: into the account's Drafts, replacing what was saved before; nothing to do when unchanged */
void model_draft_save_async (ModelDraft *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* model_draft_close_async: saves what changed and notes that nobody writes on it any more: until then a program that ended in between
 * opens it again (model_draft_list_interrupted_async ()) */
void model_draft_close_async (ModelDraft *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* model_draft_discard_async: removes what was saved; the object still has it: model_draft_restore () */
void model_draft_discard_async (ModelDraft *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

gboolean model_draft_finish (ModelDraft *self, GAsyncResult *result, GError **error); /* of saving, closing and discarding */

/* model_draft_restore: undoes a discard: changed and never saved, as it was */
void model_draft_restore (ModelDraft *self);

/**
 * model_draft_send_async:
 * @delay: seconds in the Outbox before it goes ("Undo", "Send later")
 *
 * One transaction: into the Outbox, out of Drafts. When it fails nothing has changed.
 *
 * finish returns the message's id in the Outbox, or -1 with %BASE_ERROR_INVALID (no recipient, an address that cannot be) or a store error
 */
void model_draft_send_async (ModelDraft *self, guint delay, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gint64 model_draft_send_finish (ModelDraft *self, GAsyncResult *result, GError **error);

G_END_DECLS
