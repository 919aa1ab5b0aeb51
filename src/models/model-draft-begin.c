/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Begins a draft from mail that is kept: an answer, a forward, or a draft opened again. */
#include "base-error.h"
#include "mime-reply.h"
#include "model-draft-private.h"
#include "model-page.h"
#include "store-folders.h"
#include "store-messages.h"
#include "store-writing.h"

#include <glib/gi18n.h>

/* What the worker is given. */
typedef struct
{
  gint64 id;
  GBytes *source;       /* of a message that is in no folder; NULL: the one with that id */
  gboolean is_draft;    /* goes on with a draft */
  ModelDraftKind kind;
  GPtrArray *own;       /* of MailAddress: the accounts' */
} Request;

/* What is needed to make the object in the main thread. */
typedef struct
{
  Store *store;
  AccountList *accounts;
  ModelDraftWishes wishes;
} Context;

static void
request_free (Request *self)
{
  g_ptr_array_unref (self->own);
  g_clear_pointer (&self->source, g_bytes_unref);
  g_free (self);
}

static void
context_free (Context *self)
{
  g_object_unref (self->store);
  g_object_unref (self->accounts);
  g_free (self);
}

static void
beginning_free (ModelDraftBeginning *self)
{
  g_clear_pointer (&self->value, mime_draft_free);
  g_free (self);
}

/* One line above the quote. Dates are the reader's, not the writer's. */
static char *
make_attribution (MimeMessage *message, MimeReplyKind kind)
{
  GPtrArray *from = mime_message_get_from (message);
  GDateTime *date = mime_message_get_date (message);
  const char *who = from->len > 0 ? mail_address_get_label (g_ptr_array_index (from, 0)) : NULL;
  g_autoptr (GDateTime) local = date ? g_date_time_to_local (date) : NULL;
  /* Translators: date and time above a quote, in g_date_time_format ()'s letters */
  g_autofree char *when = local ? g_date_time_format (local, _("%-d %B %Y at %H:%M")) : NULL;

  if (kind == MIME_FORWARD)
    return g_strdup (_("-------- Forwarded message --------"));
  if (who && when)
    /* Translators: above a quote; first the date and time, then a name */
    return g_strdup_printf (_("On %1$s, %2$s wrote:"), when, who);
  if (who)
    return g_strdup_printf (_("%s wrote:"), who);
  return NULL;
}

/* Whoever wrote it: what an editor shows is clean. */
static MimeDraft *
clean (MimeDraft *value)
{
  if (value->html && !model_page_clean (value, NULL))
    model_page_drop (value);
  return value;
}

static MimeDraft *
make_value (const Request *request, GBytes *source)
{
  static const MimeReplyKind kinds[] = {
    [MODEL_DRAFT_REPLY] = MIME_REPLY,
    [MODEL_DRAFT_REPLY_ALL] = MIME_REPLY_ALL,
    [MODEL_DRAFT_REPLY_LIST] = MIME_REPLY_LIST,
    [MODEL_DRAFT_FORWARD] = MIME_FORWARD,
    [MODEL_DRAFT_FORWARD_ATTACHED] = MIME_FORWARD_ATTACHED,
  };
  g_autoptr (MimeMessage) message = NULL;
  g_autofree char *attribution = NULL;
  MimeDraft *value;

  if (request->is_draft)
    return clean (mime_draft_from_source (source));
  if (request->kind == MODEL_DRAFT_AS_NEW)
    return clean (mime_reply_new_from_old (source, request->own));
  message = mime_message_new (source);
  attribution = make_attribution (message, kinds[request->kind]);
  value = mime_reply_new (message, kinds[request->kind], request->own, NULL, attribution);
  model_page_quote (value, message, kinds[request->kind], attribution);
  return value;
}

static MailFlags
get_flag (ModelDraftKind kind)
{
  return kind == MODEL_DRAFT_FORWARD || kind == MODEL_DRAFT_FORWARD_ATTACHED ? MAIL_FLAG_FORWARDED : MAIL_FLAG_ANSWERED;
}

/* In the store's worker. */
static gpointer
begin (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  ModelDraftBeginning *beginning;
  g_autoptr (GBytes) source = request->source ? NULL : store_messages_load_source (database, request->id, error);
  g_autoptr (MailSummary) summary = source ? store_messages_get (database, request->id, error) : NULL;
  g_autoptr (StoreFolder) folder = summary ? store_folders_get (database, summary->folder, error) : NULL;

  if (request->source)
    {
      beginning = g_new0 (ModelDraftBeginning, 1);
      beginning->value = make_value (request, request->source);
      beginning->answer_flag = get_flag (request->kind);
      return beginning;
    }
  if (!folder)
    return NULL;
  beginning = g_new0 (ModelDraftBeginning, 1);
  beginning->value = make_value (request, source);
  beginning->account = folder->account;
  if (request->is_draft)
    beginning->id = request->id;
  else if (request->kind != MODEL_DRAFT_AS_NEW)
    {
      beginning->answers = request->id;
      beginning->answer_flag = get_flag (request->kind);
    }
  return beginning;
}

static void
on_begun (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Context *context = g_task_get_task_data (task);
  GError *error = NULL;
  ModelDraftBeginning *beginning = store_run_finish (STORE_STORE (source), result, &error);

  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, model_draft_new_from_beginning (context->store, context->accounts, beginning, context->wishes), g_object_unref);
  g_clear_pointer (&beginning, beginning_free);
}

static GPtrArray *
list_own_addresses (AccountList *accounts)
{
  GPtrArray *own = mail_address_list_new ();
  g_autoptr (GListStore) identities = account_identity_list (accounts);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (identities)); i++)
    {
      g_autoptr (AccountIdentity) identity = g_list_model_get_item (G_LIST_MODEL (identities), i);

      g_ptr_array_add (own, mail_address_new (account_identity_get_name (identity), account_identity_get_address (identity)));
    }
  return own;
}

static void
begin_async (Request *request, gpointer tag, Store *store, AccountList *accounts, ModelDraftWishes wishes,
             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (store, cancellable, callback, user_data);
  Context *context = g_new (Context, 1);

  context->store = g_object_ref (store);
  context->accounts = g_object_ref (accounts);
  context->wishes = wishes;
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, context, (GDestroyNotify) context_free);
  request->own = list_own_addresses (accounts);
  store_run_async (store, begin, request, (GDestroyNotify) request_free, (GDestroyNotify) beginning_free, cancellable, on_begun, task);
}

static void
answer_async (gint64 id, GBytes *source, Store *store, AccountList *accounts, ModelDraftKind kind, ModelDraftWishes wishes,
              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Request *request = g_new0 (Request, 1);

  request->id = id;
  request->source = source ? g_bytes_ref (source) : NULL;
  request->kind = kind;
  begin_async (request, model_draft_new_reply_async, store, accounts, wishes, cancellable, callback, user_data);
}

void
model_draft_new_reply_async (Store *store, AccountList *accounts, gint64 id, ModelDraftKind kind, ModelDraftWishes wishes,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  answer_async (id, NULL, store, accounts, kind, wishes, cancellable, callback, user_data);
}

void
model_draft_new_reply_to_async (Store *store, AccountList *accounts, ModelBody *body, ModelDraftKind kind, ModelDraftWishes wishes,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  answer_async (0, mime_message_get_source (model_body_get_message (body)), store, accounts, kind, wishes, cancellable, callback, user_data);
}

ModelDraft *
model_draft_new_reply_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
model_draft_open_async (Store *store, AccountList *accounts, gint64 id,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Request *request = g_new0 (Request, 1);

  request->id = id;
  request->is_draft = TRUE;
  begin_async (request, model_draft_open_async, store, accounts, 0, cancellable, callback, user_data);
}

ModelDraft *
model_draft_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
list_interrupted (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return store_writing_list (database, error);
}

static void
on_interrupted_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GArray *ids = store_run_finish (STORE_STORE (source), result, &error);

  if (ids)
    g_task_return_pointer (task, ids, (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (task, error);
}

void
model_draft_list_interrupted_async (Store *store, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (store, cancellable, callback, user_data);

  g_task_set_source_tag (task, model_draft_list_interrupted_async);
  store_run_async (store, list_interrupted, NULL, NULL, (GDestroyNotify) g_array_unref, cancellable, on_interrupted_listed, task);
}

GArray *
model_draft_list_interrupted_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
