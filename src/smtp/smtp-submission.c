/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One message in one mail transaction. */
#include "smtp-submission.h"

#include "net-connection.h"
#include "smtp-dot-stuffer.h"

#define MAX_GROUP 50
#define BLOCK_SIZE (64 * 1024)
#define GRACE_DEADLINE 2

struct _SmtpSubmission
{
  SmtpSession *session;
  SmtpEnvelope envelope;
  GBytes *message;
  GPtrArray *recipients;   /* of SmtpRecipient */
  GPtrArray *asked;        /* of those, borrowed: whose RCPT was written */
  guint n_answered;
  guint n_accepted;
  gboolean is_mail_refused;
  GError *refusal;         /* said against the sender or the message, not against an address */

  SmtpSubmissionProgress progress;
  gpointer progress_data;
  SmtpSubmissionLastDot last_dot;
  gpointer last_dot_data;
};

static void
recipient_free (gpointer data)
{
  SmtpRecipient *recipient = data;

  g_free (recipient->address);
  g_free (recipient->reply);
  g_free (recipient);
}

SmtpSubmission *
smtp_submission_new (SmtpSession *session, const SmtpEnvelope *envelope, GBytes *message)
{
  SmtpSubmission *self = g_new0 (SmtpSubmission, 1);

  self->session = g_object_ref (session);
  self->envelope = *envelope;
  self->message = g_bytes_ref (message);
  self->recipients = g_ptr_array_new_with_free_func (recipient_free);
  self->asked = g_ptr_array_new ();
  for (guint i = 0; envelope->recipients[i]; i++)
    {
      SmtpRecipient *recipient = g_new0 (SmtpRecipient, 1);

      recipient->address = g_strdup (envelope->recipients[i]);
      g_ptr_array_add (self->recipients, recipient);
    }
  return self;
}

void
smtp_submission_free (SmtpSubmission *self)
{
  if (!self)
    return;
  g_object_unref (self->session);
  g_bytes_unref (self->message);
  g_ptr_array_unref (self->recipients);
  g_ptr_array_unref (self->asked);
  g_clear_error (&self->refusal);
  g_free (self);
}

void
smtp_submission_set_progress (SmtpSubmission *self, SmtpSubmissionProgress func, gpointer data)
{
  self->progress = func;
  self->progress_data = data;
}

void
smtp_submission_set_last_dot (SmtpSubmission *self, SmtpSubmissionLastDot func, gpointer data)
{
  self->last_dot = func;
  self->last_dot_data = data;
}

GPtrArray *
smtp_submission_get_recipients (SmtpSubmission *self)
{
  return self->recipients;
}

static const char *
get_sentence (BaseErrorCode code)
{
  switch ((int) code)
    {
    case BASE_ERROR_TRY_LATER:
      return "does not take the message for the moment";
    case BASE_ERROR_SENDER_REFUSED:
      return "does not let this sender send";
    case BASE_ERROR_RECIPIENT_REFUSED:
      return "refused every recipient";
    case BASE_ERROR_TOO_LARGE:
      return "finds the message too large";
    case BASE_ERROR_LOGIN_REFUSED:
      return "wants a login before it takes mail";
    case BASE_ERROR_NO_TLS:
      return "takes mail over an encrypted connection only";
    case BASE_ERROR_PROTOCOL:
      return "answered out of order";
    default:
      return "refused the message";
    }
}

static void
set_refusal (SmtpSubmission *self, GError **error, const SmtpReply *reply, SmtpStage stage)
{
  BaseErrorCode code = smtp_reply_get_error_code (reply, stage);

  smtp_session_set_error (self->session, error, code, reply, "%s %s", smtp_session_get_host (self->session), get_sentence (code));
  if (code == BASE_ERROR_PROTOCOL)
    smtp_session_cut (self->session);
}

/* A reply within the envelope. %NULL with @error also for a 421 and for a reply that cannot be one to MAIL or RCPT: the other replies of the
 * group then never come, or cannot be told apart. */
static SmtpReply *
read_envelope_reply (SmtpSubmission *self, SmtpStage stage, GCancellable *cancellable, GError **error)
{
  g_autoptr (SmtpReply) reply = smtp_session_read_reply (self->session, SMTP_DEADLINE_ENVELOPE, cancellable, error);

  if (!reply)
    return NULL;
  if (reply->code == 421 || (reply->code >= 300 && reply->code < 400))
    {
      set_refusal (self, error, reply, stage);
      return NULL;
    }
  return g_steal_pointer (&reply);
}

static gboolean
take_mail_reply (SmtpSubmission *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (SmtpReply) reply = read_envelope_reply (self, SMTP_STAGE_SENDER, cancellable, error);

  if (!reply)
    return FALSE;
  self->is_mail_refused = !smtp_reply_is_positive (reply);
  if (self->is_mail_refused)
    set_refusal (self, &self->refusal, reply, SMTP_STAGE_SENDER);
  return TRUE;
}

static void
judge_recipient (SmtpSubmission *self, SmtpRecipient *recipient, const SmtpReply *reply)
{
  if (smtp_reply_is_positive (reply))
    {
      recipient->result = SMTP_RECIPIENT_ACCEPTED;
      self->n_accepted++;
      return;
    }
  switch ((int) smtp_reply_get_error_code (reply, SMTP_STAGE_RECIPIENT))
    {
    case BASE_ERROR_RECIPIENT_REFUSED:
      recipient->result = SMTP_RECIPIENT_REFUSED;
      break;
    case BASE_ERROR_TRY_LATER:
      recipient->result = SMTP_RECIPIENT_LATER;
      break;
    default: /* about the sender or the login: this person's address is not at fault */
      if (!self->refusal)
        set_refusal (self, &self->refusal, reply, SMTP_STAGE_RECIPIENT);
      return;
    }
  if (self->n_accepted > 0 && smtp_reply_is_too_many_recipients (reply))
    recipient->result = SMTP_RECIPIENT_TOO_MANY;
  recipient->reply = smtp_reply_dup_words (reply);
}

/* Reads what was asked and not answered yet. Once MAIL is refused, what is said of recipients (503) means nothing. */
static gboolean
take_rcpt_replies (SmtpSubmission *self, GCancellable *cancellable, GError **error)
{
  for (; self->n_answered < self->asked->len; self->n_answered++)
    {
      g_autoptr (SmtpReply) reply = read_envelope_reply (self, SMTP_STAGE_RECIPIENT, cancellable, error);

      if (!reply)
        return FALSE;
      if (!self->is_mail_refused)
        judge_recipient (self, g_ptr_array_index (self->asked, self->n_answered), reply);
    }
  return TRUE;
}

/* Puts RCPT into the group, unless there is no way to say it, or the server has named how many it takes (RFC 9422). */
static void
ask_for_recipient (SmtpSubmission *self, SmtpRecipient *recipient)
{
  const SmtpExtensions *extensions = smtp_session_get_extensions (self->session);
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;

  if (extensions->max_recipients > 0 && self->asked->len >= extensions->max_recipients)
    {
      recipient->result = SMTP_RECIPIENT_TOO_MANY;
      return;
    }
  line = smtp_envelope_build_rcpt (&self->envelope, recipient->address, extensions, smtp_session_get_host (self->session), &error);
  if (!line)
    {
      recipient->result = SMTP_RECIPIENT_REFUSED;
      recipient->reply = g_strdup (error->message);
      return;
    }
  smtp_session_write_command (self->session, line, NULL);
  g_ptr_array_add (self->asked, recipient);
}

/* What to say when nobody was accepted: the first reason to try again, for that is what will happen; else the first refusal. */
static void
set_nobody_error (SmtpSubmission *self, GError **error)
{
  const SmtpRecipient *why = NULL;
  BaseErrorCode code = BASE_ERROR_RECIPIENT_REFUSED;
  GError *refusal = NULL;

  for (guint i = 0; i < self->recipients->len && code != BASE_ERROR_TRY_LATER; i++)
    {
      const SmtpRecipient *recipient = g_ptr_array_index (self->recipients, i);

      if (recipient->result == SMTP_RECIPIENT_LATER)
        {
          code = BASE_ERROR_TRY_LATER;
          why = recipient;
        }
      else if (!why && recipient->reply)
        why = recipient;
    }
  smtp_session_set_error (self->session, &refusal, code, NULL, "%s %s: %s", smtp_session_get_host (self->session),
                          get_sentence (code), why ? why->reply : "there is none");
  base_error_set_reply (refusal, why ? why->reply : NULL);
  g_propagate_error (error, refusal);
}

/* MAIL and every RCPT, and DATA behind the last group where the server takes groups. @is_data_asked says whether DATA is on its way. */
static gboolean
talk_envelope (SmtpSubmission *self, const char *mail, gboolean *is_data_asked, GCancellable *cancellable, GError **error)
{
  gboolean is_pipelining = smtp_session_get_extensions (self->session)->has_pipelining;
  guint window = is_pipelining ? MAX_GROUP : 1;
  gboolean is_mail_answered = FALSE;

  smtp_session_write_command (self->session, mail, NULL);
  for (guint i = 0; i <= self->recipients->len; i++)
    {
      gboolean is_end = i == self->recipients->len;

      if (is_end && is_pipelining && self->asked->len > 0
          && (self->n_answered < self->asked->len || self->n_accepted > 0))
        {
          smtp_session_write_command (self->session, "DATA", NULL);
          *is_data_asked = TRUE;
        }
      if (!is_mail_answered && (is_end || !is_pipelining || self->asked->len == window))
        {
          if (!take_mail_reply (self, cancellable, error))
            return FALSE;
          is_mail_answered = TRUE;
        }
      if ((is_end || self->asked->len - self->n_answered == window) && !take_rcpt_replies (self, cancellable, error))
        return FALSE;
      if (is_end || self->is_mail_refused)
        break;
      ask_for_recipient (self, g_ptr_array_index (self->recipients, i));
    }
  return TRUE;
}

/* RFC 2920 §3.1: a server that wants data although it accepted nobody gets a lone dot, and what it says to that is of no interest. */
static gboolean
end_for_nobody (SmtpSubmission *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (SmtpReply) reply = NULL;

  if (self->refusal)
    g_propagate_error (error, g_steal_pointer (&self->refusal));
  else
    set_nobody_error (self, error);
  if (smtp_session_write_data (self->session, SMTP_LAST_DOT, 3, SMTP_DEADLINE_BLOCK, cancellable, NULL))
    reply = smtp_session_read_reply (self->session, SMTP_DEADLINE_DATA, cancellable, NULL);
  return FALSE;
}

/* The envelope up to a 354. */
static gboolean
begin_data (SmtpSubmission *self, const char *mail, GCancellable *cancellable, GError **error)
{
  g_autoptr (SmtpReply) reply = NULL;
  gboolean is_data_asked = FALSE;
  gboolean is_for_somebody;

  if (!talk_envelope (self, mail, &is_data_asked, cancellable, error))
    return FALSE;
  is_for_somebody = self->n_accepted > 0 && !self->is_mail_refused;
  if (is_for_somebody && !is_data_asked)
    smtp_session_write_command (self->session, "DATA", NULL);
  if (is_for_somebody || is_data_asked)
    {
      reply = smtp_session_read_reply (self->session, SMTP_DEADLINE_DATA, cancellable, error);
      if (!reply)
        return FALSE;
    }
  if (is_for_somebody && reply->code == 354)
    {
      g_clear_error (&self->refusal); /* of some, who stay untried */
      return TRUE;
    }
  if (reply && reply->code == 354)
    return end_for_nobody (self, cancellable, error);

  if (self->refusal)
    g_propagate_error (error, g_steal_pointer (&self->refusal));
  else if (is_for_somebody)
    set_refusal (self, error, reply, SMTP_STAGE_DATA);
  else
    set_nobody_error (self, error);
  return FALSE;
}

/* The server spoke, or hung up, in the middle of the data: it will not take the rest, and only closing ends DATA without sending. */
static gboolean
take_early_reply (SmtpSubmission *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (SmtpReply) reply = smtp_session_read_reply (self->session, SMTP_DEADLINE_BLOCK, cancellable, error);

  if (reply)
    set_refusal (self, error, reply, SMTP_STAGE_DATA);
  smtp_session_cut (self->session);
  return FALSE;
}

/* Everything but the last dot. */
static gboolean
write_message (SmtpSubmission *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) block = g_byte_array_sized_new (BLOCK_SIZE + BLOCK_SIZE / 16);
  SmtpDotStuffer stuffer = { 0 };
  gsize size;
  const char *data = g_bytes_get_data (self->message, &size);

  for (gsize at = 0; at < size;)
    {
      gsize length = MIN (size - at, BLOCK_SIZE);

      if (smtp_session_has_reply (self->session))
        return take_early_reply (self, cancellable, error);
      smtp_dot_stuffer_push (&stuffer, data + at, length, block);
      at += length;
      if (at == size)
        smtp_dot_stuffer_end (&stuffer, block);
      if (!smtp_session_write_data (self->session, block->data, block->len, SMTP_DEADLINE_BLOCK, cancellable, error))
        return FALSE;
      g_byte_array_set_size (block, 0);
      if (self->progress)
        self->progress (at, self->progress_data);
    }
  return !smtp_session_has_reply (self->session) || take_early_reply (self, cancellable, error);
}

static void
set_maybe_sent (SmtpSubmission *self, GError **error, const GError *why)
{
  smtp_session_set_error (self->session, error, BASE_ERROR_MAYBE_SENT, NULL,
                          "The whole message went to %s, but whether it was taken is not known: %s",
                          smtp_session_get_host (self->session), why->message);
  smtp_session_cut (self->session);
}

static void
trace_message (SmtpSubmission *self)
{
  NetConnection *connection = smtp_session_get_connection (self->session);

  base_trace_note (net_connection_get_trace (connection), net_connection_get_trace_tag (connection),
                   "… %" G_GSIZE_FORMAT " bytes of message, and the last dot", g_bytes_get_size (self->message));
}

/* From here on the message may be sent: neither a failed write nor a cancelled one proves anything. */
static gboolean
write_last_dot (SmtpSubmission *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (SmtpReply) reply = NULL;
  g_autoptr (GError) why = NULL;

  trace_message (self);
  if (smtp_session_write_data (self->session, SMTP_LAST_DOT, 3, SMTP_DEADLINE_BLOCK, NULL, &why))
    {
      smtp_session_set_grace (self->session, GRACE_DEADLINE);
      reply = smtp_session_read_reply (self->session, SMTP_DEADLINE_LAST_DOT, cancellable, &why);
      smtp_session_set_grace (self->session, 0);
    }
  if (reply && smtp_reply_is_positive (reply))
    return TRUE;
  if (reply && reply->code < 400)
    set_refusal (self, &why, reply, SMTP_STAGE_MESSAGE);
  if (why)
    set_maybe_sent (self, error, why);
  else
    set_refusal (self, error, reply, SMTP_STAGE_MESSAGE);
  return FALSE;
}

static gboolean
send_message (SmtpSubmission *self, const char *mail, GCancellable *cancellable, GError **error)
{
  if (!begin_data (self, mail, cancellable, error) || !write_message (self, cancellable, error))
    return FALSE;
  if (g_cancellable_set_error_if_cancelled (cancellable, error)
      || (self->last_dot && !self->last_dot (self, self->last_dot_data, error)))
    {
      smtp_session_cut (self->session); /* the only way out of DATA */
      return FALSE;
    }
  return write_last_dot (self, cancellable, error);
}

gboolean
smtp_submission_run (SmtpSubmission *self, GCancellable *cancellable, GError **error)
{
  const SmtpExtensions *extensions = smtp_session_get_extensions (self->session);
  const char *host = smtp_session_get_host (self->session);
  g_autofree char *mail = NULL;
  g_autoptr (SmtpReply) reset = NULL;
  GError *why = NULL;

  if (!smtp_envelope_check (&self->envelope, extensions, host, &why)
      || !(mail = smtp_envelope_build_mail (&self->envelope, extensions, host, &why)))
    {
      smtp_session_name_server (self->session, why);
      g_propagate_error (error, why);
      return FALSE;
    }
  if (!smtp_session_check_quiet (self->session, cancellable, error))
    return FALSE;
  if (send_message (self, mail, cancellable, error))
    return TRUE;

  /* The transaction may stand half open: the next message must not fall into it. */
  if (smtp_session_is_open (self->session))
    {
      reset = smtp_session_command (self->session, "RSET", SMTP_DEADLINE_DATA, cancellable, NULL);
      if (!reset || !smtp_reply_is_positive (reset))
        smtp_session_cut (self->session);
    }
  return FALSE;
}
