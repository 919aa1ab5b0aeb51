/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass over an account's Outbox. */
#include "sync-outbox.h"

#include "smtp-login.h"
#include "store-database.h"
#include "store-outbox.h"
#include "store-room.h"
#include "sync-delivery.h"
#include "sync-lock.h"

#define LOCK_PATIENCE 60

/* How long everything that is due waits when no server could be had: soon where only the network is missing, longer where a
 * person has to do something first, for a server may lock an account that knocks too often. A person's own "send" does not wait. */
#define DELAY_NETWORK (2 * 60)
#define DELAY_PERSON (60 * 60)
#define DELAY_CANCELLED 60

typedef struct
{
  SyncPass *pass;
  gint64 sent_folder;
  SmtpSession *session;   /* (nullable) */
  GArray *due;            /* of gint64 */
  guint n_done;
  gint64 bytes_before;    /* of message data, in messages that are done with */
  gint64 bytes_now;
} Run;

static void
tell (Run *self, SyncPhase phase)
{
  if (self->pass->progress)
    self->pass->progress (phase, self->n_done, self->due->len, self->bytes_before + self->bytes_now, self->pass->progress_data);
}

static void
on_progress (gsize bytes, gpointer data)
{
  Run *self = data;

  self->bytes_now = bytes;
  tell (self, SYNC_SENDING);
}

static gboolean
is_due (const SyncPass *pass, const StoreOutboxItem *item)
{
  gboolean is_back_off = item->error_word != NULL;

  if (item->state != STORE_OUTBOX_QUEUED)
    return FALSE;
  return item->not_before <= pass->now || (is_back_off && !(pass->options & SYNC_BY_ITSELF));
}

static void
add_report_error (SyncPass *pass, const GError *error)
{
  if (pass->report && pass->report->errors)
    g_ptr_array_add (pass->report->errors, g_error_copy (error));
}

/* Nobody else has the lock, so who set it SENDING is dead, and its last words are not known. */
static gboolean
mark_maybe_sent (SyncPass *pass, gint64 message, GError **error)
{
  g_autoptr (GError) reason = g_error_new_literal (BASE_ERROR, BASE_ERROR_MAYBE_SENT,
                                                   "Posthorn ended while the server was taking the message: whether it was sent is not known");

  add_report_error (pass, reason);
  return store_outbox_set_state (pass->database, message, STORE_OUTBOX_MAYBE_SENT, 0, reason, error);
}

static gboolean
find_due (Run *self, GError **error)
{
  g_autoptr (GPtrArray) items = store_outbox_list (self->pass->database, self->pass->account, error);

  if (!items)
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      const StoreOutboxItem *item = g_ptr_array_index (items, i);

      if (item->state == STORE_OUTBOX_SENDING && !mark_maybe_sent (self->pass, item->message, error))
        return FALSE;
      if (is_due (self->pass, item))
        g_array_append_val (self->due, item->message);
    }
  return TRUE;
}

static SmtpSession *
open_session (SyncPass *pass, GCancellable *cancellable, GError **error)
{
  SmtpSession *session = smtp_session_open (pass->login, pass->trace, pass->trace_tag, cancellable, error);
  g_autoptr (GError) failure = NULL;

  /* The composer warns by it; mail goes out without. Who only tries the login has no profile. */
  if (session && pass->database
      && !store_room_note_limit (pass->database, pass->account, (gint64) MIN (smtp_session_get_extensions (session)->max_size, G_MAXINT64), &failure))
    g_debug ("What the server takes could not be noted: %s", failure->message);
  return session;
}

static void
end_session (Run *self)
{
  SyncReport *report = self->pass->report;

  if (!self->session)
    return;
  smtp_session_quit (self->session);
  if (report)
    {
      report->bytes_out += smtp_session_get_bytes_out (self->session);
      report->round_trips += smtp_session_get_round_trips (self->session);
    }
  g_clear_object (&self->session);
}

static gboolean
ensure_session (Run *self, GCancellable *cancellable, GError **error)
{
  if (self->session && smtp_session_is_open (self->session))
    return TRUE;
  end_session (self);
  tell (self, SYNC_CONNECTING);
  self->session = open_session (self->pass, cancellable, error);
  if (!self->session)
    return FALSE;
  tell (self, SYNC_LOGGING_IN);
  return smtp_login_run (self->session, self->pass->login, cancellable, error);
}

static gint64
get_delay (const GError *why)
{
  if (g_error_matches (why, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return DELAY_CANCELLED;
  return base_error_is_temporary (why) ? DELAY_NETWORK : DELAY_PERSON;
}

/* What was due and was not come to waits, or a timer would try it again at once. Best effort: @why is what the caller hears. */
static void
put_off_rest (Run *self, const GError *why)
{
  StoreDatabase *database = self->pass->database;
  gint64 not_before = self->pass->now + get_delay (why);

  if (!store_database_begin (database, NULL))
    return;
  for (guint i = self->n_done; i < self->due->len; i++)
    {
      gint64 message = g_array_index (self->due, gint64, i);
      g_autoptr (StoreOutboxItem) item = store_outbox_get (database, message, NULL);

      if (item && is_due (self->pass, item))
        store_outbox_put_off (database, message, not_before, item->attempts, why, NULL);
    }
  store_database_commit (database, NULL);
}

/* One message, as it stands by now: while others were sent a person may have taken it back. */
static gboolean
send_one (Run *self, gint64 message, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autoptr (StoreOutboxItem) item = store_outbox_get (self->pass->database, message, &why);
  SyncDelivery delivery = { .pass = self->pass, .session = self->session, .sent_folder = self->sent_folder };
  gboolean is_fine;

  if (!item && !g_error_matches (why, BASE_ERROR, BASE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
  if (!item || !is_due (self->pass, item))
    return TRUE;
  delivery.progress = on_progress;
  delivery.progress_data = self;
  is_fine = sync_delivery_run (&delivery, item, cancellable, error);
  if (delivery.was_sent && self->pass->report)
    self->pass->report->n_sent++;
  self->bytes_before += self->bytes_now;
  self->bytes_now = 0;
  return is_fine;
}

static gboolean
send_due (Run *self, GCancellable *cancellable, GError **error)
{
  for (; self->n_done < self->due->len; self->n_done++)
    {
      if (!ensure_session (self, cancellable, error))
        return FALSE;
      tell (self, SYNC_SENDING);
      if (!send_one (self, g_array_index (self->due, gint64, self->n_done), cancellable, error))
        return FALSE;
    }
  tell (self, SYNC_SENDING);
  return TRUE;
}

gboolean
sync_outbox_run (SyncPass *pass, gint64 sent_folder, GCancellable *cancellable, GError **error)
{
  g_autoptr (SyncLock) lock = NULL;
  g_autoptr (GArray) due = g_array_new (FALSE, FALSE, sizeof (gint64));
  Run run = { .pass = pass, .sent_folder = sent_folder, .due = due };
  GError *why = NULL;

  lock = sync_lock_take (pass->database, "outbox", pass->account, LOCK_PATIENCE, cancellable, error);
  if (!lock || !find_due (&run, error))
    return FALSE;
  if (due->len == 0)
    return TRUE;
  if (!send_due (&run, cancellable, &why))
    put_off_rest (&run, why);
  end_session (&run);
  if (!why)
    return TRUE;
  g_propagate_error (error, why);
  return FALSE;
}

gboolean
sync_outbox_check (SyncPass *pass, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) due = g_array_new (FALSE, FALSE, sizeof (gint64));
  Run run = { .pass = pass, .due = due };
  gboolean is_fine = ensure_session (&run, cancellable, error);

  end_session (&run);
  return is_fine;
}

gint64
sync_outbox_next_due (StoreDatabase *database, gint64 account, GError **error)
{
  g_autoptr (GPtrArray) items = store_outbox_list (database, account, error);
  gint64 next = 0;

  if (!items)
    return -1;
  for (guint i = 0; i < items->len; i++)
    {
      const StoreOutboxItem *item = g_ptr_array_index (items, i);
      gint64 when = MAX (item->not_before, 1);

      if (item->state == STORE_OUTBOX_QUEUED && (next == 0 || when < next))
        next = when;
    }
  return next;
}
