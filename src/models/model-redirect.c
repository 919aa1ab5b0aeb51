/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts a message, with a block of Resent fields before it, into the Outbox. */
#include "model-redirect.h"

#include "base-error.h"
#include "mime-encode.h"
#include "mime-redirect.h"
#include "mime-summary.h"
#include "model-draft-job.h"
#include "model-senders.h"
#include "store-database.h"
#include "store-folders.h"
#include "store-messages.h"

typedef struct
{
  gint64 id;
  GPtrArray *to;        /* of MailAddress */
  GArray *senders;      /* of ModelSender */
  guint delay;
} Request;

static void
request_free (Request *self)
{
  g_ptr_array_unref (self->to);
  g_array_unref (self->senders);
  g_free (self);
}

/* Each once, as the wire has them; mime_redirect_new () has looked at them. */
static char **
encode_all (const GPtrArray *to)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < to->len; i++)
    {
      g_autofree char *encoded = mime_encode_address (((const MailAddress *) g_ptr_array_index (to, i))->address);

      if (g_hash_table_add (seen, g_utf8_casefold (encoded, -1)))
        g_strv_builder_add (builder, encoded);
    }
  return g_strv_builder_end (builder);
}

/* In the store's worker. */
static gpointer
redirect (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  g_autoptr (GBytes) source = store_messages_load_source (database, request->id, error);
  g_autoptr (MailSummary) summary = source ? store_messages_get (database, request->id, error) : NULL;
  g_autoptr (StoreFolder) folder = summary ? store_folders_get (database, summary->folder, error) : NULL;
  g_autoptr (ModelDraftJob) job = NULL;
  g_autoptr (GBytes) sent = NULL;
  g_autofree char *from = NULL;
  g_auto (GStrv) recipients = NULL;
  g_autoptr (MimeMessage) message = NULL;
  const ModelSender *sender;

  if (!folder)
    return NULL;
  if (!summary->is_whole)
    {
      g_set_error_literal (error, BASE_ERROR, BASE_ERROR_INVALID, "Only the headers of the message are here.");
      return NULL;
    }
  message = mime_message_new (source);
  sender = model_senders_choose (request->senders, message, folder->account);
  job = model_draft_job_new ();
  job->account = sender->account;
  job->delay = request->delay;
  job->answers = request->id;
  job->answer_flag = MAIL_FLAG_FORWARDED;
  sent = mime_redirect_new (source, sender->address, request->to, job->now, job->zone_minutes, error);
  if (!sent)
    return NULL;
  /* To these alone: the message may have been resent before, and an attacker's may say so of anybody. */
  from = mime_encode_address (sender->address->address);
  recipients = encode_all (request->to);
  return model_draft_job_queue (database, job, sent, from, recipients, error);
}

void
model_redirect_async (Store *store, AccountList *accounts, gint64 id, const char *to, guint delay,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (store, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  g_task_set_source_tag (task, model_redirect_async);
  request->id = id;
  request->to = mail_address_list_parse (to);
  request->senders = model_senders_list (accounts);
  request->delay = delay;
  if (request->senders->len == 0)
    {
      request_free (request);
      g_task_return_new_error (task, BASE_ERROR, BASE_ERROR_INVALID, "There is no account to send from.");
      g_object_unref (task);
      return;
    }
  store_run_async (store, redirect, request, (GDestroyNotify) request_free, g_free, cancellable, model_draft_job_on_queued, task);
}

gint64
model_redirect_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}
