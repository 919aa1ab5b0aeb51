/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers that a person gives with one button. */
#include "model-answer.h"

#include "base-error.h"
#include "mail-lines.h"
#include "mime-answer.h"
#include "mime-encode.h"
#include "model-body.h"
#include "model-draft-job.h"
#include "model-senders.h"
#include "store-database.h"
#include "store-pending.h"

#include <glib/gi18n.h>

typedef struct
{
  gint64 id;
  ModelAnswer answer;
  GArray *senders;      /* of ModelSender */
  guint delay;
} Request;

static void
request_free (Request *self)
{
  g_array_unref (self->senders);
  g_free (self);
}

static char *
dup_when (GDateTime *date)
{
  /* Translators: date and time in g_date_time_format ()'s letters */
  return g_date_time_format (date, _("%-d %B %Y at %H:%M"));
}

/* Who reads it may have another language than who sends it; it is the sender's that is known. */
static char *
make_receipt_text (ModelBody *body, const MailAddress *reader)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  GDateTime *date = model_body_get_date (body);
  g_autoptr (GDateTime) local = date ? g_date_time_to_local (date) : NULL;
  g_autofree char *sent = local ? dup_when (local) : NULL;
  g_autofree char *read = dup_when (now);
  g_autofree char *who = mail_address_to_string (reader);
  const char *subject = model_body_get_subject (body);

  if (sent)
    /* Translators: a subject, when it was sent, who read it, when */
    return g_strdup_printf (_("Your message “%1$s” of %2$s was shown to %3$s on %4$s.\n\nThis says nothing of whether it was understood.\n"), subject,
                            sent, who, read);
  /* Translators: a subject, who read it, when */
  return g_strdup_printf (_("Your message “%1$s” was shown to %2$s on %3$s.\n\nThis says nothing of whether it was understood.\n"), subject, who, read);
}

static GBytes *
make_receipt (ModelBody *body, const ModelSender *sender, const ModelDraftJob *job, GError **error)
{
  const MailReceipt *receipt = model_body_get_receipt (body);
  g_autofree char *text = make_receipt_text (body, sender->address);
  /* Translators: the subject of a receipt; %s is the subject of what was read */
  g_autofree char *subject = g_strdup_printf (_("Read: %s"), model_body_get_subject (body));
  const MimeAnswer answer = { sender->address, receipt->to, subject, text, job->now, job->zone_minutes };

  return mime_answer_new_receipt (&answer, model_body_get_message (body), error);
}

/* The message is marked with it: who asks again at once asks for nothing any more. */
static gpointer
queue (StoreDatabase *database, ModelDraftJob *job, GBytes *source, const char *sender, const char *to, MailFlags mark, GError **error)
{
  g_autofree char *from = *sender ? mime_encode_address (sender) : g_strdup ("");
  g_autofree char *recipient = mime_encode_address (to);
  char *recipients[] = { recipient, NULL };
  g_autofree gint64 *id = NULL;

  if (!store_database_begin (database, error))
    return NULL;
  id = model_draft_job_queue (database, job, source, from, recipients, error);
  if (!id || (mark && !store_pending_mark (database, &job->answers, 1, mark, 0, error)))
    {
      store_database_rollback (database);
      return NULL;
    }
  return store_database_commit (database, error) ? g_steal_pointer (&id) : NULL;
}

static gpointer
answer_read (StoreDatabase *database, const Request *request, ModelBody *body, ModelDraftJob *job, GError **error)
{
  const MailReceipt *receipt = model_body_get_receipt (body);
  const ModelSender *sender = model_senders_choose (request->senders, model_body_get_message (body), model_body_get_account (body));
  g_autoptr (GBytes) source = NULL;

  if (!receipt || !sender)
    {
      g_set_error_literal (error, BASE_ERROR, BASE_ERROR_INVALID, "Nobody waits to be told that this message was read.");
      return NULL;
    }
  job->account = sender->account;
  job->answer_flag = MAIL_FLAG_RECEIPT;
  source = make_receipt (body, sender, job, error);
  /* RFC 8098 §3: from nobody, so that no answer to it is ever made */
  return source ? queue (database, job, source, "", receipt->to->address, MAIL_FLAG_RECEIPT, error) : NULL;
}

static const ModelSender *
find_invited_to (const Request *request, const MailInvitation *event)
{
  for (guint i = 0; i < event->attendees->len; i++)
    {
      const ModelSender *sender = model_senders_find (request->senders, ((const MailAttendee *) g_ptr_array_index (event->attendees, i))->address);

      if (sender)
        return sender;
    }
  return NULL;
}

/* Which of ours was invited, to the first event that names one */
static const ModelSender *
find_invited (const Request *request, const MailInvitation *invitation)
{
  const ModelSender *found = find_invited_to (request, invitation);

  for (guint i = 0; i < invitation->others->len && !found; i++)
    found = find_invited_to (request, g_ptr_array_index (invitation->others, i));
  return found;
}

static const struct { MailParticipation participation; const char *subject, *sentence; } words[] = {
  /* Translators: subjects; %s is what one is invited to */
  [MODEL_ANSWER_ACCEPT] = { MAIL_PARTICIPATION_ACCEPTED, N_("Accepted: %s"), N_("%s accepts the invitation.") },
  [MODEL_ANSWER_MAYBE] = { MAIL_PARTICIPATION_TENTATIVE, N_("Maybe: %s"), N_("%s may come.") },
  [MODEL_ANSWER_DECLINE] = { MAIL_PARTICIPATION_DECLINED, N_("Declined: %s"), N_("%s declines the invitation.") },
};

static GBytes *
make_invitation_answer (const Request *request, ModelBody *body, const ModelSender *sender, const ModelDraftJob *job, const char *calendar, GError **error)
{
  const MailInvitation *invitation = model_body_get_invitation (body);
  g_autoptr (MailAddress) to = mail_address_new (invitation->organizer, invitation->organizer_address);
  g_autofree char *who = mail_address_to_string (sender->address);
  g_autofree char *subject = mail_lines_put_in (_(words[request->answer].subject), invitation->summary);
  g_autofree char *sentence = mail_lines_put_in (_(words[request->answer].sentence), who);
  g_autofree char *text = g_strdup_printf ("%s\n\n%s\n", sentence, invitation->summary);
  const MimeAnswer answer = { sender->address, to, subject, text, job->now, job->zone_minutes };

  return mime_answer_new_calendar (&answer, model_body_get_message (body), calendar, error);
}

static gpointer
answer_invitation (StoreDatabase *database, const Request *request, ModelBody *body, ModelDraftJob *job, GError **error)
{
  const MailInvitation *invitation = model_body_can_answer_invitation (body) ? model_body_get_invitation (body) : NULL;
  const ModelSender *sender = invitation ? find_invited (request, invitation) : NULL;
  const char *text = mime_message_get_calendar (model_body_get_message (body));
  g_autofree char *calendar = NULL;
  g_autoptr (GBytes) source = NULL;

  if (sender)
    calendar = mail_invitation_write_reply (text, sender->address->address, words[request->answer].participation, job->now);
  if (!calendar)
    {
      g_set_error_literal (error, BASE_ERROR, BASE_ERROR_INVALID, "This invitation cannot be answered: none of your addresses is invited.");
      return NULL;
    }
  job->account = sender->account;
  job->answer_flag = MAIL_FLAG_ANSWERED;
  source = make_invitation_answer (request, body, sender, job, calendar, error);
  return source ? queue (database, job, source, sender->address->address, invitation->organizer_address, 0, error) : NULL;
}

/* In the store's worker. */
static gpointer
run (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  g_autoptr (ModelBody) body = model_body_load (database, request->id, error);
  g_autoptr (ModelDraftJob) job = NULL;

  if (!body)
    return NULL;
  job = model_draft_job_new ();
  job->delay = request->delay;
  job->answers = request->id;
  return request->answer == MODEL_ANSWER_READ ? answer_read (database, request, body, job, error)
                                              : answer_invitation (database, request, body, job, error);
}

void
model_answer_async (Store *store, AccountList *accounts, gint64 id, ModelAnswer answer, guint delay,
                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (store, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  g_task_set_source_tag (task, model_answer_async);
  request->id = id;
  request->answer = answer;
  request->senders = model_senders_list (accounts);
  request->delay = delay;
  store_run_async (store, run, request, (GDestroyNotify) request_free, g_free, cancellable, model_draft_job_on_queued, task);
}

gint64
model_answer_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}
