/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One message of the Outbox: from its source to the server, and the server's answers into the store. */
#include "sync-delivery.h"

#include <string.h>

#include "mime-builder.h"
#include "smtp-submission.h"
#include "store-database.h"
#include "store-messages.h"
#include "sync-outbox.h"

/* One transaction's worth: the item as it is being changed, and which of its recipients were asked for. */
typedef struct
{
  SyncDelivery *delivery;
  const StoreOutboxItem *before;  /* as the store had it when the pass came to it */
  GPtrArray *recipients;          /* of StoreOutboxRecipient: all of the item's, as they are to be committed */
  GPtrArray *tried;               /* of those, borrowed: in the submission's order */
  gboolean had_copy;              /* somebody accepted it earlier: the copy was made then */
  gboolean is_withdrawn;          /* a person took it back while it was on its way */
  gboolean is_store_failure;
} Attempt;

gint64
sync_delivery_get_delay (guint attempts)
{
  static const gint64 minutes[] = { 1, 5, 15, 60 };

  return minutes[MIN (attempts, G_N_ELEMENTS (minutes) - 1)] * 60;
}

static void
recipient_free (gpointer data)
{
  StoreOutboxRecipient *recipient = data;

  g_free (recipient->address);
  g_free (recipient->reply);
  g_free (recipient);
}

static void
attempt_init (Attempt *self, SyncDelivery *delivery, const StoreOutboxItem *item)
{
  *self = (Attempt) { .delivery = delivery, .before = item };
  self->recipients = g_ptr_array_new_with_free_func (recipient_free);
  self->tried = g_ptr_array_new ();
  for (guint i = 0; i < item->recipients->len; i++)
    {
      const StoreOutboxRecipient *from = g_ptr_array_index (item->recipients, i);
      StoreOutboxRecipient *to = g_new0 (StoreOutboxRecipient, 1);

      to->address = g_strdup (from->address);
      /* QUEUED with recipients SENDING: it was MAYBE_SENT, and a person said to send it again. */
      to->state = from->state == STORE_RECIPIENT_SENDING ? STORE_RECIPIENT_WAITING : from->state;
      to->reply = g_strdup (from->reply);
      self->had_copy = self->had_copy || from->state == STORE_RECIPIENT_ACCEPTED;
      g_ptr_array_add (self->recipients, to);
    }
}

static void
attempt_clear (Attempt *self)
{
  g_ptr_array_unref (self->recipients);
  g_ptr_array_unref (self->tried);
}

static guint
count (const Attempt *self, StoreRecipientState state)
{
  guint n = 0;

  for (guint i = 0; i < self->recipients->len; i++)
    n += ((const StoreOutboxRecipient *) g_ptr_array_index (self->recipients, i))->state == state;
  return n;
}

static void
set_recipient (StoreOutboxRecipient *recipient, StoreRecipientState state, const char *reply)
{
  recipient->state = state;
  if (reply)
    {
      g_free (recipient->reply);
      recipient->reply = g_strdup (reply);
    }
}

/* What RCPT was answered. @accepted: what that means for those who were accepted. */
static void
take_answers (Attempt *self, SmtpSubmission *submission, StoreRecipientState accepted)
{
  GPtrArray *answers = smtp_submission_get_recipients (submission);

  for (guint i = 0; i < answers->len; i++)
    {
      const SmtpRecipient *answer = g_ptr_array_index (answers, i);
      StoreOutboxRecipient *recipient = g_ptr_array_index (self->tried, i);

      if (answer->result == SMTP_RECIPIENT_ACCEPTED)
        {
          set_recipient (recipient, accepted, NULL);
          g_clear_pointer (&recipient->reply, g_free);
        }
      else if (answer->result == SMTP_RECIPIENT_REFUSED)
        set_recipient (recipient, STORE_RECIPIENT_REFUSED, answer->reply);
      else if (answer->result == SMTP_RECIPIENT_LATER)
        set_recipient (recipient, STORE_RECIPIENT_WAITING, answer->reply);
    }
}

/* Whether nothing has changed since the pass read the item: state, or recipients edited by a person. */
static gboolean
is_as_before (const Attempt *self, const StoreOutboxItem *now)
{
  if (now->state != STORE_OUTBOX_QUEUED || now->recipients->len != self->recipients->len)
    return FALSE;
  for (guint i = 0; i < now->recipients->len; i++)
    {
      const StoreOutboxRecipient *a = g_ptr_array_index (now->recipients, i);
      const StoreOutboxRecipient *b = g_ptr_array_index (self->recipients, i);

      if (strcmp (a->address, b->address) != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
mark_sending (Attempt *self, GError **error)
{
  StoreDatabase *database = self->delivery->pass->database;
  gint64 message = self->before->message;
  g_autoptr (GError) why = NULL;
  g_autoptr (StoreOutboxItem) now = store_outbox_get (database, message, &why);

  if (!now && !g_error_matches (why, BASE_ERROR, BASE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
  self->is_withdrawn = !now || !is_as_before (self, now);
  if (self->is_withdrawn)
    {
      g_set_error_literal (error, BASE_ERROR, BASE_ERROR_INVALID, "The message was taken back while it was on its way");
      return FALSE;
    }
  return store_outbox_set_recipients (database, message, self->recipients, error)
         && store_outbox_set_state (database, message, STORE_OUTBOX_SENDING, 0, NULL, error);
}

/* The point of no return, see SmtpSubmissionLastDot. BEGIN IMMEDIATE makes reading and marking one step for all processes. */
static gboolean
on_last_dot (SmtpSubmission *submission, gpointer data, GError **error)
{
  Attempt *self = data;
  StoreDatabase *database = self->delivery->pass->database;

  self->is_store_failure = TRUE;
  take_answers (self, submission, STORE_RECIPIENT_SENDING);
  if (!store_database_begin (database, error))
    return FALSE;
  if (!mark_sending (self, error))
    {
      store_database_rollback (database);
      self->is_store_failure = !self->is_withdrawn;
      return FALSE;
    }
  if (!store_database_commit (database, error))
    return FALSE;
  self->is_store_failure = FALSE;
  return TRUE;
}

static void
add_report_error (SyncDelivery *self, const GError *error)
{
  if (self->pass->report && self->pass->report->errors)
    g_ptr_array_add (self->pass->report->errors, g_error_copy (error));
}

/* What a person reads when some were refused for good: names them. */
static GError *
make_refused_error (const Attempt *self)
{
  g_autoptr (GString) names = g_string_new (NULL);
  const char *reply = NULL;
  gboolean some = count (self, STORE_RECIPIENT_ACCEPTED) > 0;
  GError *error;

  for (guint i = 0; i < self->recipients->len; i++)
    {
      const StoreOutboxRecipient *recipient = g_ptr_array_index (self->recipients, i);

      if (recipient->state != STORE_RECIPIENT_REFUSED)
        continue;
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", recipient->address);
      reply = reply ? reply : recipient->reply;
    }
  error = g_error_new (BASE_ERROR, some ? BASE_ERROR_SOME_RECIPIENTS_REFUSED : BASE_ERROR_RECIPIENT_REFUSED,
                       some ? "%s refused %s; the others have the message" : "%s refused %s",
                       smtp_session_get_host (self->delivery->session), names->str);
  smtp_session_name_server (self->delivery->session, error);
  base_error_set_reply (error, reply);
  return error;
}

/* Five days of "later" are enough: the person decides. */
static GError *
make_give_up_error (const Attempt *self, const GError *why)
{
  GError *error = g_error_new (BASE_ERROR, BASE_ERROR_TRY_LATER, "%s has put the message off for days: %s",
                               smtp_session_get_host (self->delivery->session), why->message);

  smtp_session_name_server (self->delivery->session, error);
  base_error_set_reply (error, base_error_get_reply (why));
  return error;
}

static gboolean
keep_copy (const Attempt *self, GError **error)
{
  return self->had_copy || count (self, STORE_RECIPIENT_ACCEPTED) == 0
         || store_outbox_keep_copy (self->delivery->pass->database, self->before->message, self->delivery->sent_folder, error);
}

static gboolean
put_off (const Attempt *self, const GError *why, GError **error)
{
  StoreDatabase *database = self->delivery->pass->database;
  guint attempts = self->before->attempts;

  if (attempts + 1 >= SYNC_OUTBOX_MAX_ATTEMPTS)
    {
      g_autoptr (GError) last = make_give_up_error (self, why);

      return store_outbox_set_state (database, self->before->message, STORE_OUTBOX_FAILED, 0, last, error);
    }
  return store_outbox_put_off (database, self->before->message, self->delivery->pass->now + sync_delivery_get_delay (attempts),
                               attempts + 1, why, error);
}

/* Whether a failure is about more than this message. */
static gboolean
ends_pass (const Attempt *self, const GError *why)
{
  return self->is_store_failure
         || g_error_matches (why, G_IO_ERROR, G_IO_ERROR_CANCELLED)
         || g_error_matches (why, BASE_ERROR, BASE_ERROR_LOGIN_REFUSED)
         || g_error_matches (why, BASE_ERROR, BASE_ERROR_WRONG_PASSWORD)
         || g_error_matches (why, BASE_ERROR, BASE_ERROR_NO_TLS);
}

/* Writes down where the item stands now. @why: what keeps it from the rest, %NULL when nothing but refused recipients does. */
static gboolean
write_outcome (Attempt *self, const GError *why, GError **error)
{
  StoreDatabase *database = self->delivery->pass->database;
  gint64 message = self->before->message;
  guint n_waiting = count (self, STORE_RECIPIENT_WAITING);

  if (n_waiting == 0 && count (self, STORE_RECIPIENT_REFUSED) == 0)
    return store_outbox_finish (database, message, self->had_copy ? 0 : self->delivery->sent_folder, error);
  if (!store_outbox_set_recipients (database, message, self->recipients, error) || !keep_copy (self, error))
    return FALSE;
  if (ends_pass (self, why)) /* the pass tells it, and puts off everything that is due */
    return store_outbox_set_state (database, message, STORE_OUTBOX_QUEUED, 0, NULL, error);
  if (n_waiting == 0)
    {
      g_autoptr (GError) refused = make_refused_error (self);

      add_report_error (self->delivery, refused);
      return store_outbox_set_state (database, message, STORE_OUTBOX_FAILED, 0, refused, error);
    }
  add_report_error (self->delivery, why);
  if (base_error_is_temporary (why) || g_error_matches (why, BASE_ERROR, BASE_ERROR_PROTOCOL))
    return put_off (self, why, error);
  return store_outbox_set_state (database, message, STORE_OUTBOX_FAILED, 0, why, error);
}

static gboolean
commit_outcome (Attempt *self, const GError *why, GError **error)
{
  StoreDatabase *database = self->delivery->pass->database;

  if (!store_database_begin (database, error))
    return FALSE;
  if (write_outcome (self, why, error))
    return store_database_commit (database, error);
  store_database_rollback (database);
  return FALSE;
}

/* It is sent, but the store could not file it (the Sent folder has gone, the disk is full). Nobody must get it twice: where not even this
 * can be written, SENDING stands, and comes to the same in the next pass. */
static void
note_unfiled (Attempt *self, const GError *why)
{
  g_autoptr (GError) reason = g_error_new (BASE_ERROR, BASE_ERROR_MAYBE_SENT, "The message was sent, but could not be filed: %s",
                                           why->message);

  store_outbox_set_state (self->delivery->pass->database, self->before->message, STORE_OUTBOX_MAYBE_SENT, 0, reason, NULL);
}

static gboolean
has_8bit_header (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  const char *end = g_strstr_len (data, size, "\r\n\r\n");

  for (const char *at = data; at < (end ? end : data + size); at++)
    if ((guchar) *at > 127)
      return TRUE;
  return FALSE;
}

static MimeTransport *
load_transport (SyncDelivery *self, gint64 message, GError **error)
{
  g_autoptr (GBytes) source = store_messages_load_source (self->pass->database, message, error);
  g_autoptr (MimeTransport) transport = source ? mime_transport_new (source, error) : NULL;

  if (!transport)
    return NULL;
  if (transport->needs_8bitmime && !smtp_session_get_extensions (self->session)->has_8bitmime
      && !mime_transport_encode_7bit (transport, error))
    return NULL;
  return g_steal_pointer (&transport);
}

/* What to say of those whom the server did not answer or put off, when it took the message for others. */
static GError *
make_rest_error (const Attempt *self)
{
  const char *reply = NULL;
  GError *error;

  for (guint i = 0; i < self->recipients->len && !reply; i++)
    {
      const StoreOutboxRecipient *recipient = g_ptr_array_index (self->recipients, i);

      if (recipient->state == STORE_RECIPIENT_WAITING)
        reply = recipient->reply;
    }
  error = g_error_new (BASE_ERROR, BASE_ERROR_TRY_LATER, "%s took the message for some recipients only: %s",
                       smtp_session_get_host (self->delivery->session), reply ? reply : "the others are tried again");
  smtp_session_name_server (self->delivery->session, error);
  base_error_set_reply (error, reply);
  return error;
}

static gboolean
has_too_many (SmtpSubmission *submission)
{
  GPtrArray *answers = smtp_submission_get_recipients (submission);

  for (guint i = 0; i < answers->len; i++)
    if (((const SmtpRecipient *) g_ptr_array_index (answers, i))->result == SMTP_RECIPIENT_TOO_MANY)
      return TRUE;
  return FALSE;
}

/* The server has it for those it accepted. @goes_on: whether the rest is to be tried at once. */
static gboolean
settle_success (Attempt *self, SmtpSubmission *submission, gboolean *goes_on, GError **error)
{
  StoreDatabase *database = self->delivery->pass->database;
  g_autoptr (GError) rest = NULL;
  g_autoptr (GError) why = NULL;

  take_answers (self, submission, STORE_RECIPIENT_ACCEPTED);
  self->delivery->was_sent = TRUE;
  *goes_on = has_too_many (submission) && smtp_session_is_open (self->delivery->session);
  if (*goes_on)
    {
      if (!store_database_begin (database, error))
        return FALSE;
      if (keep_copy (self, &why) && store_outbox_set_recipients (database, self->before->message, self->recipients, &why)
          && store_outbox_set_state (database, self->before->message, STORE_OUTBOX_QUEUED, 0, NULL, &why))
        {
          if (store_database_commit (database, &why))
            return TRUE;
        }
      else
        store_database_rollback (database);
    }
  else
    {
      rest = make_rest_error (self);
      if (commit_outcome (self, rest, &why))
        return TRUE;
    }
  note_unfiled (self, why);
  g_propagate_error (error, g_steal_pointer (&why));
  return FALSE;
}

static gboolean
settle_failure (Attempt *self, SmtpSubmission *submission, GError *why, GError **error)
{
  StoreDatabase *database = self->delivery->pass->database;

  if (self->is_withdrawn)
    {
      g_error_free (why);
      return TRUE;
    }
  if (g_error_matches (why, BASE_ERROR, BASE_ERROR_MAYBE_SENT))
    {
      gboolean is_written = store_outbox_set_state (database, self->before->message, STORE_OUTBOX_MAYBE_SENT, 0, why, error);

      add_report_error (self->delivery, why);
      g_error_free (why);
      return is_written;
    }
  take_answers (self, submission, STORE_RECIPIENT_WAITING);
  if (!self->is_store_failure && !g_error_matches (why, G_IO_ERROR, G_IO_ERROR_CANCELLED) && !commit_outcome (self, why, error))
    {
      g_error_free (why);
      return FALSE;
    }
  if (!ends_pass (self, why))
    {
      g_error_free (why);
      return TRUE;
    }
  g_propagate_error (error, why);
  return FALSE;
}

/* One mail transaction for all who are WAITING. */
static gboolean
submit (Attempt *self, const MimeTransport *transport, gboolean *goes_on, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) addresses = g_ptr_array_new ();
  g_autoptr (SmtpSubmission) submission = NULL;
  SmtpEnvelope envelope = { 0 };
  GError *why = NULL;

  *goes_on = FALSE;
  for (guint i = 0; i < self->recipients->len; i++)
    {
      StoreOutboxRecipient *recipient = g_ptr_array_index (self->recipients, i);

      if (recipient->state != STORE_RECIPIENT_WAITING)
        continue;
      g_ptr_array_add (self->tried, recipient);
      g_ptr_array_add (addresses, recipient->address);
    }
  if (addresses->len == 0)
    return commit_outcome (self, NULL, error);
  g_ptr_array_add (addresses, NULL);

  envelope.sender = self->before->sender;
  envelope.recipients = (const char *const *) addresses->pdata;
  envelope.size = g_bytes_get_size (transport->bytes);
  envelope.is_8bit = transport->needs_8bitmime;
  envelope.is_utf8 = has_8bit_header (transport->bytes);
  submission = smtp_submission_new (self->delivery->session, &envelope, transport->bytes);
  smtp_submission_set_progress (submission, self->delivery->progress, self->delivery->progress_data);
  smtp_submission_set_last_dot (submission, on_last_dot, self);
  if (smtp_submission_run (submission, cancellable, &why))
    return settle_success (self, submission, goes_on, error);
  return settle_failure (self, submission, why, error);
}

/* There is nothing to send: the message is gone, the store ails, or no server could be given it. */
static gboolean
settle_unsendable (SyncDelivery *self, gint64 message, GError *why, GError **error)
{
  g_autoptr (GError) reason = why;

  if (g_error_matches (why, BASE_ERROR, BASE_ERROR_NOT_FOUND))
    return TRUE;
  if (g_error_matches (why, BASE_ERROR, BASE_ERROR_STORE) || g_error_matches (why, BASE_ERROR, BASE_ERROR_STORE_DAMAGED)
      || g_error_matches (why, BASE_ERROR, BASE_ERROR_DISK_FULL))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  add_report_error (self, why);
  return store_outbox_set_state (self->pass->database, message, STORE_OUTBOX_FAILED, 0, why, error);
}

gboolean
sync_delivery_run (SyncDelivery *self, const StoreOutboxItem *item, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autoptr (MimeTransport) transport = load_transport (self, item->message, &why);
  g_autoptr (StoreOutboxItem) current = NULL;
  gboolean goes_on = TRUE;
  gboolean is_fine = TRUE;

  if (!transport)
    return settle_unsendable (self, item->message, g_steal_pointer (&why), error);
  while (goes_on && is_fine)
    {
      Attempt attempt;

      attempt_init (&attempt, self, current ? current : item);
      is_fine = submit (&attempt, transport, &goes_on, cancellable, error);
      attempt_clear (&attempt);
      if (!is_fine || !goes_on)
        break;
      g_clear_pointer (&current, store_outbox_item_free);
      current = store_outbox_get (self->pass->database, item->message, error);
      is_fine = current != NULL;
    }
  return is_fine;
}
