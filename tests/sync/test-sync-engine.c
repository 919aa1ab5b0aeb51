/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine against a small POP3 server of our own that can be made to hang. */
#include "sync-engine.h"

#include "base-error.h"
#include "mime-summary.h"
#include "store-database.h"
#include "store-folders.h"
#include "store-messages.h"
#include "store-outbox.h"
#include "store.h"
#include "test-server.h"

#include <glib/gstdio.h>
#include <string.h>

#define MAX_MESSAGES 8

/* What the server has and does; the scripts of all connections share it. */
typedef struct
{
  const char *password;
  const char *messages[MAX_MESSAGES]; /* NULL ends them */
  gint hang_at_retr;                  /* message number that hangs in the first connection that wants it; 0 none. Atomic */
  gint n_logins;                      /* atomic */
  gint is_hanging;                    /* atomic */
  guint login_delay;                  /* seconds, announced; 0 not */
} Mailbox;

typedef struct
{
  char *folder;
  Store *store;
  AccountList *accounts;
  AccountSecrets *secrets;
  SyncEngine *engine;
  TestServer *server;
  Mailbox mailbox;
  Account *account;
  guint n_asked;
} Fixture;

static const char first[] = "From: a@example.org\r\nSubject: first\r\nMessage-ID: <1@example.org>\r\n\r\nHello\r\n";
static const char second[] = "From: a@example.org\r\nSubject: second\r\nMessage-ID: <2@example.org>\r\n\r\nHello again\r\n";

static gboolean
send_list (TestTalk *talk, const Mailbox *mailbox, gboolean is_uidl)
{
  g_autoptr (GString) out = g_string_new ("+OK\r\n");

  for (int i = 0; mailbox->messages[i]; i++)
    if (is_uidl)
      g_string_append_printf (out, "%d uid%d\r\n", i + 1, i + 1);
    else
      g_string_append_printf (out, "%d %" G_GSIZE_FORMAT "\r\n", i + 1, strlen (mailbox->messages[i]));
  g_string_append (out, ".\r\n");
  return test_talk_send (talk, out->str, out->len);
}

static gboolean
send_message (TestTalk *talk, Mailbox *mailbox, int number, gboolean is_top)
{
  const char *message = mailbox->messages[number - 1];
  const char *body = strstr (message, "\r\n\r\n");

  if (!is_top && g_atomic_int_compare_and_exchange (&mailbox->hang_at_retr, number, 0))
    {
      g_atomic_int_set (&mailbox->is_hanging, TRUE);
      test_talk_play (talk, "WAIT 20000\n");
      return FALSE;
    }
  return test_talk_send_line (talk, "+OK") && test_talk_send_multi (talk, message, is_top ? body + 4 - message : -1);
}

static gboolean
answer (TestTalk *talk, Mailbox *mailbox, const char *line)
{
  if (g_str_equal (line, "CAPA") && mailbox->login_delay > 0)
    {
      g_autofree char *text = g_strdup_printf ("+OK\r\nUSER\r\nUIDL\r\nTOP\r\nPIPELINING\r\nLOGIN-DELAY %u\r\n.\r\n", mailbox->login_delay);

      return test_talk_send (talk, text, -1);
    }
  if (g_str_equal (line, "CAPA"))
    return test_talk_send (talk, "+OK\r\nUSER\r\nUIDL\r\nTOP\r\nPIPELINING\r\n.\r\n", -1);
  if (g_str_has_prefix (line, "PASS "))
    {
      g_atomic_int_inc (&mailbox->n_logins);
      return test_talk_send_line (talk, g_str_equal (line + 5, mailbox->password) ? "+OK" : "-ERR [AUTH] no");
    }
  if (g_str_equal (line, "UIDL") || g_str_equal (line, "LIST"))
    return send_list (talk, mailbox, *line == 'U');
  if (g_str_has_prefix (line, "RETR ") || g_str_has_prefix (line, "TOP "))
    return send_message (talk, mailbox, atoi (strchr (line, ' ') + 1), *line == 'T');
  if (g_str_equal (line, "STAT"))
    return test_talk_send_line (talk, "+OK 2 200");
  return test_talk_send_line (talk, "+OK");
}

static void
play_pop3 (TestTalk *talk, gpointer data)
{
  gboolean goes_on = test_talk_send_line (talk, "+OK hello");

  test_talk_allow_leaving (talk);
  while (goes_on)
    {
      g_autofree char *line = test_talk_read_line (talk);

      goes_on = line && answer (talk, data, line) && !g_str_equal (line, "QUIT");
    }
}

static void
on_password_needed (SyncEngine *engine, Account *account, int direction, const GError *why, Fixture *self)
{
  self->n_asked++;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *database = NULL;
  g_autofree char *accounts = NULL;

  self->folder = g_dir_make_tmp ("posthorn-engine-XXXXXX", NULL);
  database = g_build_filename (self->folder, "mail.sqlite", NULL);
  accounts = g_build_filename (self->folder, "accounts.ini", NULL);
  self->store = store_new (database, &error);
  g_assert_no_error (error);
  self->accounts = account_list_new (accounts, &error);
  g_assert_no_error (error);
  self->secrets = account_secrets_new (self->folder);
  self->engine = sync_engine_new (self->store, self->accounts, self->secrets, NULL);
  g_signal_connect (self->engine, "password-needed", G_CALLBACK (on_password_needed), self);

  self->server = test_server_new ();
  self->mailbox = (Mailbox) { .password = "secret", .messages = { first, second } };
  test_server_add_func (self->server, play_pop3, &self->mailbox);
  test_server_set_repeat (self->server, TRUE);

  self->account = account_new ();
  g_object_set (self->account, "email", "ana@example.org", "leave", ACCOUNT_LEAVE_ALWAYS, NULL);
  account_set_server (self->account, ACCOUNT_INCOMING, "127.0.0.1", test_server_get_port (self->server), MAIL_SECURITY_PLAINTEXT, "ana");
  account_set_server (self->account, ACCOUNT_OUTGOING, "127.0.0.1", 1, MAIL_SECURITY_PLAINTEXT, "ana");
  account_list_save (self->accounts, self->account, &error);
  g_assert_no_error (error);
  account_secrets_remember (self->secrets, self->account, ACCOUNT_INCOMING, "secret");
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)))
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

/* A server whom nobody visited would be waited for at its end. */
static void
visit (TestServer *server)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_host (client, "127.0.0.1", test_server_get_port (server), NULL, NULL);

  g_assert_nonnull (connection);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  sync_engine_stop (self->engine);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (self->engine);
  store_close (self->store);
  g_object_unref (self->store);
  g_object_unref (self->accounts);
  g_object_unref (self->secrets);
  g_object_unref (self->account);
  if (test_server_get_n_connections (self->server) == 0)
    visit (self->server);
  test_server_free (self->server);
  remove_folder (self->folder);
  g_free (self->folder);
}

static void
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static gboolean
on_too_late (gpointer data)
{
  g_assert_not_reached (); /* this takes too long */
  return G_SOURCE_REMOVE;
}

static void
iterate_until_set (gpointer *place)
{
  guint timer = g_timeout_add_seconds (20, on_too_late, NULL);

  while (!*place)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
}

static GPtrArray *
finish_run (Fixture *self, GAsyncResult **place, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  iterate_until_set ((gpointer *) place);
  result = g_steal_pointer (place);
  return sync_engine_run_finish (self->engine, result, error);
}

static SyncReport *
get_report (GPtrArray *reports)
{
  g_assert_nonnull (reports);
  g_assert_cmpuint (reports->len, ==, 1);
  return g_ptr_array_index (reports, 0);
}

static GPtrArray *
run (Fixture *self, SyncOptions options)
{
  g_autoptr (GError) error = NULL;
  GAsyncResult *place = NULL;
  GPtrArray *reports;

  sync_engine_run_async (self->engine, 0, options, NULL, on_ready, &place);
  reports = finish_run (self, &place, &error);
  g_assert_no_error (error);
  return reports;
}

static void
assert_only_error (GPtrArray *reports, GQuark domain, int code)
{
  SyncReport *report = get_report (reports);

  g_assert_cmpuint (report->errors->len, ==, 1);
  g_assert_error ((GError *) g_ptr_array_index (report->errors, 0), domain, code);
}

static void
wait_for_hang (Fixture *self)
{
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while (!g_atomic_int_get (&self->mailbox.is_hanging))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

static void
iterate_for (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

static void
test_receives (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) reports = run (self, SYNC_DEFAULT);
  g_autoptr (GPtrArray) again = run (self, SYNC_DEFAULT);

  g_assert_cmpuint (get_report (reports)->n_new, ==, 2);
  g_assert_cmpuint (get_report (reports)->errors->len, ==, 0);
  g_assert_cmpint (get_report (reports)->bytes_in, >, 0);
  g_assert_cmpuint (get_report (again)->n_new, ==, 0);
}

static void
on_phase (SyncStatus *status, GParamSpec *pspec, guint *seen)
{
  *seen |= 1u << sync_status_get_phase (status);
}

static void
test_status (Fixture *self, gconstpointer data)
{
  SyncStatus *status = sync_engine_get_status (self->engine, account_get_id (self->account));
  g_autoptr (GPtrArray) reports = NULL;
  gint64 last_success;
  guint seen = 0;

  g_signal_connect (status, "notify::phase", G_CALLBACK (on_phase), &seen);
  reports = run (self, SYNC_DEFAULT);
  g_object_get (status, "last-success", &last_success, NULL);
  g_assert_true (seen & (1u << SYNC_CONNECTING));
  g_assert_true (seen & (1u << SYNC_RECEIVING));
  g_assert_cmpint (sync_status_get_phase (status), ==, SYNC_IDLE);
  g_assert_cmpfloat (sync_status_get_fraction (status), ==, -1);
  g_assert_cmpint (last_success, >, 0);
  g_assert_null (sync_status_get_problem (status));
}

static void
test_joined (Fixture *self, gconstpointer data)
{
  GAsyncResult *one = NULL, *two = NULL;
  g_autoptr (GPtrArray) first_reports = NULL;
  g_autoptr (GPtrArray) second_reports = NULL;

  sync_engine_run_async (self->engine, 0, SYNC_NO_SENDING, NULL, on_ready, &one);
  sync_engine_run_async (self->engine, account_get_id (self->account), SYNC_NO_SENDING, NULL, on_ready, &two);
  first_reports = finish_run (self, &one, NULL);
  second_reports = finish_run (self, &two, NULL);
  g_assert_cmpuint (get_report (first_reports)->n_new, ==, 2);
  g_assert_cmpuint (get_report (second_reports)->n_new, ==, 2);
  g_assert_cmpint (g_atomic_int_get (&self->mailbox.n_logins), ==, 1);
}

static void
test_unknown_account (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GAsyncResult *place = NULL;

  sync_engine_run_async (self->engine, 99, SYNC_DEFAULT, NULL, on_ready, &place);
  g_assert_null (finish_run (self, &place, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND);
}

static void
test_wrong_password (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) reports = NULL;
  g_autoptr (GPtrArray) good = NULL;
  SyncStatus *status = sync_engine_get_status (self->engine, account_get_id (self->account));

  account_secrets_remember (self->secrets, self->account, ACCOUNT_INCOMING, "wrong");
  reports = run (self, SYNC_DEFAULT);
  assert_only_error (reports, BASE_ERROR, BASE_ERROR_WRONG_PASSWORD);
  g_assert_cmpuint (self->n_asked, ==, 1);
  g_assert_error ((GError *) sync_status_get_problem (status), BASE_ERROR, BASE_ERROR_WRONG_PASSWORD);

  account_secrets_remember (self->secrets, self->account, ACCOUNT_INCOMING, "secret");
  good = run (self, SYNC_DEFAULT);
  g_assert_cmpuint (get_report (good)->n_new, ==, 2);
  g_assert_null (sync_status_get_problem (status));
}

static void
test_wrong_password_by_itself (Fixture *self, gconstpointer data)
{
  account_secrets_remember (self->secrets, self->account, ACCOUNT_INCOMING, "wrong");
  sync_engine_start (self->engine);
  iterate_for (700);
  for (int i = 0; i < 3; i++)
    {
      GAsyncResult *place = NULL;
      g_autoptr (GPtrArray) reports = NULL;

      sync_engine_run_async (self->engine, 0, SYNC_BY_ITSELF, NULL, on_ready, &place);
      reports = finish_run (self, &place, NULL);
      g_assert_cmpuint (get_report (reports)->errors->len, ==, 0);
    }
  g_assert_cmpint (g_atomic_int_get (&self->mailbox.n_logins), ==, 1);
  g_assert_cmpuint (self->n_asked, ==, 1);
}

static void
test_no_password (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) reports = NULL;

  account_secrets_remember (self->secrets, self->account, ACCOUNT_INCOMING, NULL);
  reports = run (self, SYNC_DEFAULT);
  assert_only_error (reports, BASE_ERROR, BASE_ERROR_NO_PASSWORD);
  g_assert_cmpuint (self->n_asked, ==, 1);
  g_assert_cmpuint (test_server_get_n_connections (self->server), ==, 0);
}

static void
test_imap (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) reports = NULL;

  g_object_set (self->account, "protocol", ACCOUNT_IMAP, NULL);
  reports = run (self, SYNC_DEFAULT);
  assert_only_error (reports, BASE_ERROR, BASE_ERROR_PROTOCOL);
}

static void
test_cancel (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) reports = NULL;
  GAsyncResult *place = NULL;
  gint64 began;

  self->mailbox.hang_at_retr = 2;
  sync_engine_run_async (self->engine, 0, SYNC_DEFAULT, NULL, on_ready, &place);
  wait_for_hang (self);
  began = g_get_monotonic_time ();
  sync_engine_cancel (self->engine, 0);
  reports = finish_run (self, &place, NULL);
  assert_only_error (reports, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 2 * G_USEC_PER_SEC);
  g_assert_null (sync_status_get_problem (sync_engine_get_status (self->engine, account_get_id (self->account))));
}

static void
test_caller_cancels (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GAsyncResult *place = NULL;

  self->mailbox.hang_at_retr = 1;
  sync_engine_run_async (self->engine, 0, SYNC_DEFAULT, cancellable, on_ready, &place);
  wait_for_hang (self);
  g_cancellable_cancel (cancellable);
  g_assert_null (finish_run (self, &place, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_one_of_two_cancels (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GPtrArray) reports = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *leaving = NULL, *staying = NULL;

  self->mailbox.hang_at_retr = 1;
  sync_engine_run_async (self->engine, 0, SYNC_NO_SENDING, cancellable, on_ready, &leaving);
  sync_engine_run_async (self->engine, 0, SYNC_NO_SENDING, NULL, on_ready, &staying);
  wait_for_hang (self);
  g_cancellable_cancel (cancellable);
  g_assert_null (finish_run (self, &leaving, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  iterate_for (200);
  g_assert_null (staying);
  sync_engine_cancel (self->engine, 0);
  reports = finish_run (self, &staying, NULL);
  assert_only_error (reports, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_stop (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) reports = NULL;
  GAsyncResult *place = NULL;
  gint64 began;

  self->mailbox.hang_at_retr = 1;
  sync_engine_run_async (self->engine, 0, SYNC_DEFAULT, NULL, on_ready, &place);
  wait_for_hang (self);
  began = g_get_monotonic_time ();
  sync_engine_stop (self->engine);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 3 * G_USEC_PER_SEC);
  reports = finish_run (self, &place, NULL);
  assert_only_error (reports, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gint64
find_headers_only (Fixture *self)
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
fetch_body (Fixture *self, gint64 message, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *place = NULL;

  sync_engine_fetch_body_async (self->engine, message, NULL, on_ready, &place);
  iterate_until_set ((gpointer *) &place);
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
test_body (Fixture *self, gconstpointer data)
{
  g_autofree char *large = make_large ();
  g_autoptr (GPtrArray) reports = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) source = NULL;
  gint64 message;

  self->mailbox.messages[0] = large;
  g_object_set (self->account, "headers-above", G_GINT64_CONSTANT (1000), NULL);
  reports = run (self, SYNC_DEFAULT);
  message = find_headers_only (self);
  g_assert_cmpint (message, !=, 0);
  fetch_body (self, message, &error);
  g_assert_no_error (error);
  source = store_messages_load_source (store_get_reader (self->store), message, NULL);
  g_assert_cmpuint (g_bytes_get_size (source), ==, strlen (large));
}

static void
test_body_interrupts (Fixture *self, gconstpointer data)
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
  reports = run (self, SYNC_DEFAULT);
  message = find_headers_only (self);
  self->mailbox.messages[1] = second;
  self->mailbox.hang_at_retr = 2;
  sync_engine_run_async (self->engine, 0, SYNC_DEFAULT, NULL, on_ready, &place);
  wait_for_hang (self);
  fetch_body (self, message, &error);
  g_assert_no_error (error);
  g_assert_cmpint (find_headers_only (self), ==, 0);
  interrupted = finish_run (self, &place, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (get_report (interrupted)->errors->len, ==, 0);
  g_assert_cmpuint (get_report (interrupted)->n_new, ==, 1);
}

static void
test_start (Fixture *self, gconstpointer data)
{
  StoreDatabase *database = store_get_reader (self->store);
  gint64 inbox = 0, end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  gboolean has_come = FALSE;

  sync_engine_start (self->engine);
  while (!has_come)
    {
      g_autoptr (StoreFolder) folder = NULL;

      g_assert_cmpint (g_get_monotonic_time (), <, end);
      iterate_for (20);
      inbox = store_folders_find_role (database, account_get_id (self->account), MAIL_ROLE_INBOX, NULL);
      folder = inbox > 0 ? store_folders_get (database, inbox, NULL) : NULL;
      has_come = folder && folder->total == 2;
    }
}

/* A network monitor whose network a test takes away and gives back. */
typedef struct
{
  GObject parent_instance;
  gboolean is_available;
} FakeNetwork;

typedef struct
{
  GObjectClass parent_class;
} FakeNetworkClass;

static void fake_network_initable_init (GInitableIface *iface);

static void
fake_network_monitor_init (GNetworkMonitorInterface *iface)
{
}

GType fake_network_get_type (void);
G_DEFINE_TYPE_WITH_CODE (FakeNetwork, fake_network, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (G_TYPE_INITABLE, fake_network_initable_init)
                         G_IMPLEMENT_INTERFACE (G_TYPE_NETWORK_MONITOR, fake_network_monitor_init))

static gboolean
fake_network_init_now (GInitable *initable, GCancellable *cancellable, GError **error)
{
  return TRUE;
}

static void
fake_network_initable_init (GInitableIface *iface)
{
  iface->init = fake_network_init_now;
}

static void
fake_network_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (g_str_equal (pspec->name, "connectivity"))
    g_value_set_enum (value, G_NETWORK_CONNECTIVITY_FULL);
  else
    g_value_set_boolean (value, g_str_equal (pspec->name, "network-available") && ((FakeNetwork *) object)->is_available);
}

static void
fake_network_class_init (FakeNetworkClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = fake_network_get_property;
  g_object_class_override_property (G_OBJECT_CLASS (klass), 1, "network-available");
  g_object_class_override_property (G_OBJECT_CLASS (klass), 2, "network-metered");
  g_object_class_override_property (G_OBJECT_CLASS (klass), 3, "connectivity");
}

static void
fake_network_init (FakeNetwork *self)
{
}

static void
set_network (FakeNetwork *self, gboolean is_available)
{
  self->is_available = is_available;
  g_signal_emit_by_name (self, "network-changed", is_available);
}

static void
wait_for_logins (Fixture *self, gint n)
{
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while (g_atomic_int_get (&self->mailbox.n_logins) < n)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      iterate_for (20);
    }
}

static void
wait_until_idle (Fixture *self)
{
  SyncStatus *status = sync_engine_get_status (self->engine, account_get_id (self->account));

  while (sync_status_get_phase (status) != SYNC_IDLE)
    iterate_for (20);
}

static void
test_network_back (Fixture *self, gconstpointer data)
{
  FakeNetwork *network = g_object_new (fake_network_get_type (), NULL);

  network->is_available = TRUE;
  sync_engine_set_network_monitor (self->engine, G_NETWORK_MONITOR (network));
  sync_engine_start (self->engine);
  wait_for_logins (self, 1);
  wait_until_idle (self);
  set_network (network, FALSE);
  set_network (network, TRUE);
  wait_for_logins (self, 2);
  g_object_unref (network);
}

static void
test_login_delay (Fixture *self, gconstpointer data)
{
  FakeNetwork *network = g_object_new (fake_network_get_type (), NULL);
  g_autoptr (GPtrArray) reports = NULL;

  self->mailbox.login_delay = 600;
  sync_engine_set_network_monitor (self->engine, G_NETWORK_MONITOR (network));
  sync_engine_start (self->engine);
  wait_for_logins (self, 1);
  wait_until_idle (self);
  set_network (network, TRUE);
  iterate_for (2500);
  g_assert_cmpint (g_atomic_int_get (&self->mailbox.n_logins), ==, 1);
  reports = run (self, SYNC_DEFAULT);
  g_assert_cmpint (g_atomic_int_get (&self->mailbox.n_logins), ==, 2);
  g_assert_cmpuint (get_report (reports)->login_delay, ==, 600);
  g_object_unref (network);
}

static void
test_start_by_hand (Fixture *self, gconstpointer data)
{
  g_object_set (self->account, "check-minutes", 0, NULL);
  sync_engine_start (self->engine);
  iterate_for (500);
  g_assert_cmpuint (test_server_get_n_connections (self->server), ==, 0);
}

static gboolean
check (Fixture *self, const char *password, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *place = NULL;

  sync_engine_check_async (self->engine, self->account, ACCOUNT_INCOMING, password, NULL, on_ready, &place);
  iterate_until_set ((gpointer *) &place);
  result = place;
  return sync_engine_check_finish (self->engine, result, error);
}

static void
test_check (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  check (self, "secret", &error);
  g_assert_no_error (error);
  check (self, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (check (self, "wrong", &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_WRONG_PASSWORD);
  g_assert_cmpstr (base_error_get_host (error), ==, "127.0.0.1");
  g_assert_cmpuint (self->n_asked, ==, 0);
}

static void
test_accounts_follow (Fixture *self, gconstpointer data)
{
  GListModel *statuses = sync_engine_get_statuses (self->engine);
  g_autoptr (Account) other = account_copy (self->account);
  g_autoptr (GPtrArray) reports = run (self, SYNC_DEFAULT);

  g_object_set (other, "id", G_GINT64_CONSTANT (0), "email", "tom@example.org", NULL);
  g_assert_true (account_list_save (self->accounts, other, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (statuses), ==, 2);
  g_assert_nonnull (sync_engine_get_status (self->engine, account_get_id (other)));
  g_assert_true (account_list_remove (self->accounts, account_get_id (self->account), NULL));
  g_assert_cmpuint (g_list_model_get_n_items (statuses), ==, 1);
  g_assert_null (sync_engine_get_status (self->engine, account_get_id (self->account)));
}

static void
test_removed_while_running (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) reports = NULL;
  GAsyncResult *place = NULL;

  self->mailbox.hang_at_retr = 1;
  sync_engine_run_async (self->engine, 0, SYNC_DEFAULT, NULL, on_ready, &place);
  wait_for_hang (self);
  g_assert_true (account_list_remove (self->accounts, account_get_id (self->account), NULL));
  reports = finish_run (self, &place, NULL);
  assert_only_error (reports, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gint64
count_folders (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) folders = store_folders_list (store_get_reader (self->store), account_get_id (self->account), &error);

  g_assert_no_error (error);
  return folders->len;
}

/* posthorn-cli removes the account's mail, a pass of ours makes the folders anew, and then we hear that the account is gone. */
static void
test_removed_elsewhere (Fixture *self, gconstpointer data)
{
  g_autoptr (StoreDatabase) database = store_open (self->store, NULL);
  g_autoptr (GPtrArray) reports = run (self, SYNC_DEFAULT);
  g_autoptr (GPtrArray) again = NULL;
  gint64 id = account_get_id (self->account);
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  g_assert_true (store_folders_remove_account (database, id, "Work", FALSE, NULL));
  again = run (self, SYNC_DEFAULT);
  g_assert_cmpint (count_folders (self), >, 0);
  g_assert_true (account_list_remove (self->accounts, id, NULL));
  while (count_folders (self) > 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      iterate_for (20);
    }
}

static gpointer
queue_mail (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) source = g_bytes_new_static (first, strlen (first));
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

static void
test_sending_fails_receiving_works (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) reports = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *place = NULL;
  gint64 id = account_get_id (self->account);
  SyncStatus *status = sync_engine_get_status (self->engine, id);

  store_run_async (self->store, queue_mail, &id, NULL, NULL, NULL, on_ready, &place);
  iterate_until_set ((gpointer *) &place);
  result = place;
  store_run_finish (self->store, result, &error);
  g_assert_no_error (error);
  reports = run (self, SYNC_DEFAULT);
  assert_only_error (reports, BASE_ERROR, BASE_ERROR_CONNECTION_REFUSED);
  g_assert_cmpuint (get_report (reports)->n_new, ==, 2);
  g_assert_error ((GError *) sync_status_get_send_problem (status), BASE_ERROR, BASE_ERROR_CONNECTION_REFUSED);
  g_assert_null (sync_status_get_problem (status));
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("posthorn-keyring-XXXXXX", NULL);
  g_autofree char *keyring = g_build_filename (folder, "test.keyring", NULL);
  int status;

#define ADD(path, func) g_test_add ("/sync/engine/" path, Fixture, NULL, set_up, func, tear_down)
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  g_test_init (&argc, &argv, NULL);
  mime_init ();
  ADD ("run/receives-once", test_receives);
  ADD ("run/shows-its-phases", test_status);
  ADD ("run/second-caller-joins", test_joined);
  ADD ("run/unknown-account-is-said", test_unknown_account);
  ADD ("run/imap-with-a-pop3-server-is-a-protocol-error", test_imap);
  ADD ("run/failed-sending-does-not-keep-mail-from-coming", test_sending_fails_receiving_works);
  ADD ("password/wrong-is-asked-for-and-the-next-one-works", test_wrong_password);
  ADD ("password/wrong-is-asked-for-once-and-not-tried-again-by-itself", test_wrong_password_by_itself);
  ADD ("password/none-connects-nowhere", test_no_password);
  ADD ("cancel/wakes-a-silent-server's-reader", test_cancel);
  ADD ("cancel/caller-who-is-alone-ends-the-pass", test_caller_cancels);
  ADD ("cancel/caller-who-is-not-alone-only-leaves", test_one_of_two_cancels);
  ADD ("cancel/stop-joins-soon", test_stop);
  ADD ("body/comes-when-asked-for", test_body);
  ADD ("body/interrupts-a-long-pass-that-goes-on-afterwards", test_body_interrupts);
  ADD ("start/receives-at-once", test_start);
  ADD ("start/by-hand-means-by-hand", test_start_by_hand);
  ADD ("network-that-comes-back/is-used-soon", test_network_back);
  ADD ("login-delay/is-kept-but-by-a-person", test_login_delay);
  ADD ("check/says-whether-the-login-works", test_check);
  ADD ("accounts/statuses-follow-the-list", test_accounts_follow);
  ADD ("accounts/removed-while-running-ends", test_removed_while_running);
  ADD ("account-that-goes/removed-elsewhere-leaves-no-folders", test_removed_elsewhere);
  status = g_test_run ();
  g_unlink (keyring);
  g_rmdir (folder);
  return status;
}
