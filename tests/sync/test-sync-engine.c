/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the engine does when it is told to: passes, passwords, cancelling, bodies. */
#include "base-error.h"
#include "engine-fixture.h"
#include "mime-summary.h"
#include "store-folders.h"
#include "store-messages.h"
#include "store-outbox.h"

#include <string.h>

static void
test_receives (EngineFixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) reports = engine_fixture_run (self, SYNC_DEFAULT);
  g_autoptr (GPtrArray) again = engine_fixture_run (self, SYNC_DEFAULT);

  g_assert_cmpuint (engine_fixture_get_report (reports)->n_new, ==, 2);
  g_assert_cmpuint (engine_fixture_get_report (reports)->errors->len, ==, 0);
  g_assert_cmpint (engine_fixture_get_report (reports)->bytes_in, >, 0);
  g_assert_cmpuint (engine_fixture_get_report (again)->n_new, ==, 0);
}

static void
on_phase (SyncStatus *status, GParamSpec *pspec, guint *seen)
{
  *seen |= 1u << sync_status_get_phase (status);
}

static void
test_status (EngineFixture *self, gconstpointer data)
{
  SyncStatus *status = sync_engine_get_status (self->engine, account_get_id (self->account));
  g_autoptr (GPtrArray) reports = NULL;
  gint64 last_success;
  guint seen = 0;

  g_signal_connect (status, "notify::phase", G_CALLBACK (on_phase), &seen);
  reports = engine_fixture_run (self, SYNC_DEFAULT);
  g_object_get (status, "last-success", &last_success, NULL);
  g_assert_true (seen & (1u << SYNC_CONNECTING));
  g_assert_true (seen & (1u << SYNC_RECEIVING));
  g_assert_cmpint (sync_status_get_phase (status), ==, SYNC_IDLE);
  g_assert_cmpfloat (sync_status_get_fraction (status), ==, -1);
  g_assert_cmpint (last_success, >, 0);
  g_assert_null (sync_status_get_problem (status));
}

static void
test_joined (EngineFixture *self, gconstpointer data)
{
  GAsyncResult *one = NULL, *two = NULL;
  g_autoptr (GPtrArray) first_reports = NULL;
  g_autoptr (GPtrArray) second_reports = NULL;

  sync_engine_run_async (self->engine, 0, SYNC_NO_SENDING, NULL, engine_fixture_on_ready, &one);
  sync_engine_run_async (self->engine, account_get_id (self->account), SYNC_NO_SENDING, NULL, engine_fixture_on_ready, &two);
  first_reports = engine_fixture_finish_run (self, &one, NULL);
  second_reports = engine_fixture_finish_run (self, &two, NULL);
  g_assert_cmpuint (engine_fixture_get_report (first_reports)->n_new, ==, 2);
  g_assert_cmpuint (engine_fixture_get_report (second_reports)->n_new, ==, 2);
  g_assert_cmpint (g_atomic_int_get (&self->mailbox.n_logins), ==, 1);
}

static void
test_unknown_account (EngineFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GAsyncResult *place = NULL;

  sync_engine_run_async (self->engine, 99, SYNC_DEFAULT, NULL, engine_fixture_on_ready, &place);
  g_assert_null (engine_fixture_finish_run (self, &place, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND);
}

static void
test_wrong_password (EngineFixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) reports = NULL;
  g_autoptr (GPtrArray) good = NULL;
  SyncStatus *status = sync_engine_get_status (self->engine, account_get_id (self->account));

  account_secrets_remember (self->secrets, self->account, ACCOUNT_INCOMING, "wrong");
  reports = engine_fixture_run (self, SYNC_DEFAULT);
  engine_fixture_assert_only_error (reports, BASE_ERROR, BASE_ERROR_WRONG_PASSWORD);
  g_assert_cmpuint (self->n_asked, ==, 1);
  g_assert_error ((GError *) sync_status_get_problem (status), BASE_ERROR, BASE_ERROR_WRONG_PASSWORD);

  account_secrets_remember (self->secrets, self->account, ACCOUNT_INCOMING, "secret");
  good = engine_fixture_run (self, SYNC_DEFAULT);
  g_assert_cmpuint (engine_fixture_get_report (good)->n_new, ==, 2);
  g_assert_null (sync_status_get_problem (status));
}

static void
test_wrong_password_by_itself (EngineFixture *self, gconstpointer data)
{
  account_secrets_remember (self->secrets, self->account, ACCOUNT_INCOMING, "wrong");
  sync_engine_start (self->engine);
  engine_fixture_iterate_for (700);
  for (int i = 0; i < 3; i++)
    {
      GAsyncResult *place = NULL;
      g_autoptr (GPtrArray) reports = NULL;

      sync_engine_run_async (self->engine, 0, SYNC_BY_ITSELF, NULL, engine_fixture_on_ready, &place);
      reports = engine_fixture_finish_run (self, &place, NULL);
      g_assert_cmpuint (engine_fixture_get_report (reports)->errors->len, ==, 0);
    }
  g_assert_cmpint (g_atomic_int_get (&self->mailbox.n_logins), ==, 1);
  g_assert_cmpuint (self->n_asked, ==, 1);
}

static void
test_no_password (EngineFixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) reports = NULL;

  account_secrets_remember (self->secrets, self->account, ACCOUNT_INCOMING, NULL);
  reports = engine_fixture_run (self, SYNC_DEFAULT);
  engine_fixture_assert_only_error (reports, BASE_ERROR, BASE_ERROR_NO_PASSWORD);
  g_assert_cmpuint (self->n_asked, ==, 1);
  g_assert_cmpuint (test_server_get_n_connections (self->server), ==, 0);
}

static void
test_imap (EngineFixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) reports = NULL;

  g_object_set (self->account, "protocol", ACCOUNT_IMAP, NULL);
  reports = engine_fixture_run (self, SYNC_DEFAULT);
  engine_fixture_assert_only_error (reports, BASE_ERROR, BASE_ERROR_PROTOCOL);
}

static void
test_cancel (EngineFixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) reports = NULL;
  GAsyncResult *place = NULL;
  gint64 began;

  self->mailbox.hang_at_retr = 2;
  sync_engine_run_async (self->engine, 0, SYNC_DEFAULT, NULL, engine_fixture_on_ready, &place);
  engine_fixture_wait_for_hang (self);
  began = g_get_monotonic_time ();
  sync_engine_cancel (self->engine, 0);
  reports = engine_fixture_finish_run (self, &place, NULL);
  engine_fixture_assert_only_error (reports, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 2 * G_USEC_PER_SEC);
  g_assert_null (sync_status_get_problem (sync_engine_get_status (self->engine, account_get_id (self->account))));
}

static void
test_caller_cancels (EngineFixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GAsyncResult *place = NULL;

  self->mailbox.hang_at_retr = 1;
  sync_engine_run_async (self->engine, 0, SYNC_DEFAULT, cancellable, engine_fixture_on_ready, &place);
  engine_fixture_wait_for_hang (self);
  g_cancellable_cancel (cancellable);
  g_assert_null (engine_fixture_finish_run (self, &place, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_one_of_two_cancels (EngineFixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GPtrArray) reports = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *leaving = NULL, *staying = NULL;

  self->mailbox.hang_at_retr = 1;
  sync_engine_run_async (self->engine, 0, SYNC_NO_SENDING, cancellable, engine_fixture_on_ready, &leaving);
  sync_engine_run_async (self->engine, 0, SYNC_NO_SENDING, NULL, engine_fixture_on_ready, &staying);
  engine_fixture_wait_for_hang (self);
  g_cancellable_cancel (cancellable);
  g_assert_null (engine_fixture_finish_run (self, &leaving, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  engine_fixture_iterate_for (200);
  g_assert_null (staying);
  sync_engine_cancel (self->engine, 0);
  reports = engine_fixture_finish_run (self, &staying, NULL);
  engine_fixture_assert_only_error (reports, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_stop (EngineFixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) reports = NULL;
  GAsyncResult *place = NULL;
  gint64 began;

  self->mailbox.hang_at_retr = 1;
  sync_engine_run_async (self->engine, 0, SYNC_DEFAULT, NULL, engine_fixture_on_ready, &place);
  engine_fixture_wait_for_hang (self);
  began = g_get_monotonic_time ();
  sync_engine_stop (self->engine);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 3 * G_USEC_PER_SEC);
  reports = engine_fixture_finish_run (self, &place, NULL);
  engine_fixture_assert_only_error (reports, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gint64
find_headers_only (EngineFixture *self)
{
  StoreDatabase *database = store_get_reader (self->store);
  gint64 inbox = store_folders_find_role (database, account_get_id (self->account), MAIL_ROLE_INBOX, NULL);
  g_autoptr (GArray) ids = store_messages_list_ids (database, &(StoreQuery) { .folder = inbox, .sort = STORE_SORT_SIZE }, NULL);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (MailSummary) summary = store_messages_get (database, g_array_index (ids, gint64, i), NULL);

      if (!summary->is_whole)
        return summary->id;
    }
  return 0;
}

static gboolean
fetch_body (EngineFixture *self, gint64 message, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *place = NULL;

  sync_engine_fetch_body_async (self->engine, message, NULL, engine_fixture_on_ready, &place);
  engine_fixture_iterate_until_set ((gpointer *) &place);
  result = place;
  return sync_engine_fetch_body_finish (self->engine, result, error);
}

static char *
make_large (void)
{
  GString *large = g_string_new ("From: a@example.org\r\nSubject: large\r\nMessage-ID: <3@example.org>\r\n\r\n");

  for (int i = 0; i < 200; i++)
    g_string_append (large, "A line of a large message.\r\n");
  return g_string_free (large, FALSE);
}

static void
test_body (EngineFixture *self, gconstpointer data)
{
  g_autofree char *large = make_large ();
  g_autoptr (GPtrArray) reports = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) source = NULL;
  gint64 message;

  self->mailbox.messages[0] = large;
  g_object_set (self->account, "headers-above", G_GINT64_CONSTANT (1000), NULL);
  reports = engine_fixture_run (self, SYNC_DEFAULT);
  message = find_headers_only (self);
  g_assert_cmpint (message, !=, 0);
  fetch_body (self, message, &error);
  g_assert_no_error (error);
  source = store_messages_load_source (store_get_reader (self->store), message, NULL);
  g_assert_cmpuint (g_bytes_get_size (source), ==, strlen (large));
}

static void
test_body_interrupts (EngineFixture *self, gconstpointer data)
{
  g_autofree char *large = make_large ();
  g_autoptr (GPtrArray) reports = NULL;
  g_autoptr (GPtrArray) interrupted = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *place = NULL;
  gint64 message;

  self->mailbox.messages[0] = large;
  self->mailbox.messages[1] = NULL;
  g_object_set (self->account, "headers-above", G_GINT64_CONSTANT (1000), NULL);
  reports = engine_fixture_run (self, SYNC_DEFAULT);
  message = find_headers_only (self);
  self->mailbox.messages[1] = engine_fixture_second;
  self->mailbox.hang_at_retr = 2;
  sync_engine_run_async (self->engine, 0, SYNC_DEFAULT, NULL, engine_fixture_on_ready, &place);
  engine_fixture_wait_for_hang (self);
  fetch_body (self, message, &error);
  g_assert_no_error (error);
  g_assert_cmpint (find_headers_only (self), ==, 0);
  interrupted = engine_fixture_finish_run (self, &place, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (engine_fixture_get_report (interrupted)->errors->len, ==, 0);
  g_assert_cmpuint (engine_fixture_get_report (interrupted)->n_new, ==, 1);
}

static gpointer
queue_mail (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) source = g_bytes_new_static (engine_fixture_first, strlen (engine_fixture_first));
  g_autoptr (MailSummary) summary = mime_summary_new (source, TRUE, 1700000000);
  g_autoptr (GPtrArray) recipients = g_ptr_array_new ();
  StoreOutboxRecipient recipient = { .address = (char *) "tom@example.org" };
  StoreOutboxItem item = { .account = *(gint64 *) data, .sender = (char *) "ana@example.org", .recipients = recipients };

  g_ptr_array_add (recipients, &recipient);
  if (!store_folders_prepare_account (database, STORE_LOCAL_ACCOUNT, error))
    return NULL;
  store_outbox_add (database, source, summary, &item, 0, error);
  return NULL;
}

/* A message in the Outbox; the server to send it through is not there. The account's id */
static gint64
put_into_outbox (EngineFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *place = NULL;
  gint64 id = account_get_id (self->account);

  store_run_async (self->store, queue_mail, &id, NULL, NULL, NULL, engine_fixture_on_ready, &place);
  engine_fixture_iterate_until_set ((gpointer *) &place);
  result = place;
  store_run_finish (self->store, result, &error);
  g_assert_no_error (error);
  return id;
}

static void
test_started_offline (EngineFixture *self, gconstpointer data)
{
  SyncStatus *status = sync_engine_get_status (self->engine, put_into_outbox (self));

  sync_engine_set_online (self->engine, FALSE);
  sync_engine_start (self->engine);
  engine_fixture_iterate_for (400);
  g_assert_cmpint (g_atomic_int_get (&self->mailbox.n_logins), ==, 0);
  g_assert_null (sync_status_get_send_problem (status));
  sync_engine_set_online (self->engine, TRUE);
  while (!sync_status_get_send_problem (status) || g_atomic_int_get (&self->mailbox.n_logins) == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_sending_fails_receiving_works (EngineFixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) reports = NULL;
  SyncStatus *status = sync_engine_get_status (self->engine, put_into_outbox (self));

  reports = engine_fixture_run (self, SYNC_DEFAULT);
  engine_fixture_assert_only_error (reports, BASE_ERROR, BASE_ERROR_CONNECTION_REFUSED);
  g_assert_cmpuint (engine_fixture_get_report (reports)->n_new, ==, 2);
  g_assert_error ((GError *) sync_status_get_send_problem (status), BASE_ERROR, BASE_ERROR_CONNECTION_REFUSED);
  g_assert_null (sync_status_get_problem (status));
}

static void
add (void)
{
#define ADD(path, func) g_test_add ("/sync/engine/" path, EngineFixture, NULL, engine_fixture_set_up, func, engine_fixture_tear_down)
  ADD ("run/receives-once", test_receives);
  ADD ("run/shows-its-phases", test_status);
  ADD ("run/second-caller-joins", test_joined);
  ADD ("run/unknown-account-is-said", test_unknown_account);
  ADD ("run/imap-with-a-pop3-server-is-a-protocol-error", test_imap);
  ADD ("run/failed-sending-does-not-keep-mail-from-coming", test_sending_fails_receiving_works);
  ADD ("start/offline-neither-sends-nor-receives-until-online", test_started_offline);
  ADD ("password/wrong-is-asked-for-and-the-next-one-works", test_wrong_password);
  ADD ("password/wrong-is-asked-for-once-and-not-tried-again-by-itself", test_wrong_password_by_itself);
  ADD ("password/none-connects-nowhere", test_no_password);
  ADD ("cancel/wakes-a-silent-server's-reader", test_cancel);
  ADD ("cancel/caller-who-is-alone-ends-the-pass", test_caller_cancels);
  ADD ("cancel/caller-who-is-not-alone-only-leaves", test_one_of_two_cancels);
  ADD ("cancel/stop-joins-soon", test_stop);
  ADD ("body/comes-when-asked-for", test_body);
  ADD ("body/interrupts-a-long-pass-that-goes-on-afterwards", test_body_interrupts);
}

int
main (int argc, char **argv)
{
  return engine_fixture_main (argc, argv, add);
}
