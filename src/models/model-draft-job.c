/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saves, discards and sends a snapshot of a draft in the store's worker, each in one transaction. */
#include "model-draft-job.h"

#include "base-error.h"
#include "mail-role.h"
#include "mime-builder.h"
#include "mime-summary.h"
#include "model-page.h"
#include "store-database.h"
#include "store-folders.h"
#include "store-messages.h"
#include "store-outbox.h"
#include "store-pending.h"
#include "store-writing.h"

ModelDraftJob *
model_draft_job_new (void)
{
  ModelDraftJob *self = g_new0 (ModelDraftJob, 1);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  self->now = g_date_time_to_unix (now);
  self->zone_minutes = (int) (g_date_time_get_utc_offset (now) / G_TIME_SPAN_MINUTE);
  return self;
}

void
model_draft_job_free (ModelDraftJob *self)
{
  g_clear_pointer (&self->value, mime_draft_free);
  g_free (self);
}

static gpointer
box_id (gint64 id)
{
  return id > 0 ? g_memdup2 (&id, sizeof id) : NULL;
}

/* The account's Drafts; a POP3 account that never received anything may not have its folders yet. */
static gint64
find_drafts (StoreDatabase *database, gint64 account, GError **error)
{
  gint64 folder = store_folders_find_role (database, account, MAIL_ROLE_DRAFTS, error);

  if (folder != 0)
    return folder;
  if (!store_folders_prepare_account (database, account, error))
    return -1;
  folder = store_folders_find_role (database, account, MAIL_ROLE_DRAFTS, error);
  if (folder == 0)
    {
      g_set_error_literal (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "The account has no folder for drafts.");
      return -1;
    }
  return folder;
}

static gint64
save (StoreDatabase *database, const ModelDraftJob *job, GBytes *source, MailSummary *summary, GError **error)
{
  gint64 folder = find_drafts (database, job->account, error);
  gint64 id = folder > 0 ? store_pending_save_draft (database, folder, job->id, source, summary, error) : -1;

  return id > 0 && store_writing_set (database, id, job->is_being_written, error) ? id : -1;
}

/* What a web view says of its page is not what leaves. */
static GBytes *
build (ModelDraftJob *self, MimeBuildPurpose purpose, GError **error)
{
  if (self->value->html && !model_page_clean (self->value, error))
    return NULL;
  return mime_builder_build (self->value, purpose, self->now, self->zone_minutes, error);
}

gpointer
model_draft_job_save (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  ModelDraftJob *job = data;
  g_autoptr (GBytes) source = NULL;
  g_autoptr (MailSummary) summary = NULL;
  gint64 id;

  if (!job->value)
    return store_writing_set (database, job->id, job->is_being_written, error) ? box_id (job->id) : NULL;
  source = build (job, MIME_BUILD_FOR_DRAFTS, error);
  if (!source)
    return NULL;
  summary = mime_summary_new (source, TRUE, job->now);
  summary->flags = MAIL_FLAG_SEEN | MAIL_FLAG_DRAFT;

  if (!store_database_begin (database, error))
    return NULL;
  id = save (database, job, source, summary, error);
  if (id < 0)
    {
      store_database_rollback (database);
      return NULL;
    }
  return store_database_commit (database, error) ? box_id (id) : NULL;
}

gpointer
model_draft_job_discard (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  ModelDraftJob *job = data;

  store_pending_delete (database, &job->id, 1, TRUE, error);
  return NULL;
}

static GPtrArray *
make_recipients (char **addresses)
{
  GPtrArray *recipients = g_ptr_array_new ();

  for (char **address = addresses; *address; address++)
    {
      StoreOutboxRecipient *recipient = g_new0 (StoreOutboxRecipient, 1);

      recipient->address = *address;
      recipient->state = STORE_RECIPIENT_WAITING;
      g_ptr_array_add (recipients, recipient);
    }
  g_ptr_array_set_free_func (recipients, g_free); /* the addresses stay the transport's */
  return recipients;
}

/* A draft that was opened again knows what it answers by its In-Reply-To alone. */
static gboolean
find_answered (StoreDatabase *database, const ModelDraftJob *job, StoreOutboxItem *item, GError **error)
{
  if (item->answers != 0 || !job->value || !job->value->in_reply_to)
    return TRUE;
  item->answers = store_messages_find_message_id (database, job->account, job->value->in_reply_to, error);
  item->answer_flag = item->answers > 0 ? MAIL_FLAG_ANSWERED : 0;
  return item->answers >= 0;
}

gpointer
model_draft_job_queue (StoreDatabase *database, ModelDraftJob *self, GBytes *source, const char *sender, char **recipients, GError **error)
{
  g_autoptr (GPtrArray) list = make_recipients (recipients);
  StoreOutboxItem item = { .account = self->account, .state = STORE_OUTBOX_QUEUED, .sender = (char *) sender, .recipients = list,
                           .answers = self->answers, .answer_flag = self->answer_flag };
  g_autoptr (MailSummary) summary = NULL;

  if (!find_answered (database, self, &item, error))
    return NULL;
  summary = mime_summary_new (source, TRUE, self->now);
  summary->flags = MAIL_FLAG_SEEN;
  item.not_before = self->delay > 0 ? self->now + self->delay : 0;
  return box_id (store_outbox_add (database, source, summary, &item, self->id, error));
}

gpointer
model_draft_job_send (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  ModelDraftJob *job = data;
  g_autoptr (GBytes) source = build (job, MIME_BUILD_FOR_SENDING, error);
  g_autoptr (MimeTransport) transport = source ? mime_transport_new (source, error) : NULL;

  return transport ? model_draft_job_queue (database, job, source, transport->sender, transport->recipients, error) : NULL;
}

void
model_draft_job_on_queued (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autofree gint64 *id = store_run_finish (STORE_STORE (source), result, &error);

  if (id)
    g_task_return_int (task, *id);
  else
    g_task_return_error (task, error);
}
