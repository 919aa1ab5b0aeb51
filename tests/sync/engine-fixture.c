/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine's surroundings in a folder of their own, and the server's side of POP3. */
#include "engine-fixture.h"

#include "mime-summary.h"

#include <glib/gstdio.h>
#include <string.h>

const char engine_fixture_first[] = "From: a@example.org\r\nSubject: first\r\nMessage-ID: <1@example.org>\r\n\r\nHello\r\n";
const char engine_fixture_second[] = "From: a@example.org\r\nSubject: second\r\nMessage-ID: <2@example.org>\r\n\r\nHello again\r\n";

static gboolean
send_list (TestTalk *talk, const EngineMailbox *mailbox, gboolean is_uidl)
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
send_message (TestTalk *talk, EngineMailbox *mailbox, int number, gboolean is_top)
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
answer (TestTalk *talk, EngineMailbox *mailbox, const char *line)
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
on_password_needed (SyncEngine *engine, Account *account, int direction, const GError *why, EngineFixture *self)
{
  self->n_asked++;
}

void
engine_fixture_set_up (EngineFixture *self, gconstpointer data)
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
  self->mailbox = (EngineMailbox) { .password = "secret", .messages = { engine_fixture_first, engine_fixture_second } };
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

void
engine_fixture_tear_down (EngineFixture *self, gconstpointer data)
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

void
engine_fixture_on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static gboolean
on_too_late (gpointer data)
{
  g_assert_not_reached (); /* this takes too long */
  return G_SOURCE_REMOVE;
}

void
engine_fixture_iterate_until_set (gpointer *place)
{
  guint timer = g_timeout_add_seconds (20, on_too_late, NULL);

  while (!*place)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
}

GPtrArray *
engine_fixture_finish_run (EngineFixture *self, GAsyncResult **place, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  engine_fixture_iterate_until_set ((gpointer *) place);
  result = g_steal_pointer (place);
  return sync_engine_run_finish (self->engine, result, error);
}

SyncReport *
engine_fixture_get_report (GPtrArray *reports)
{
  g_assert_nonnull (reports);
  g_assert_cmpuint (reports->len, ==, 1);
  return g_ptr_array_index (reports, 0);
}

GPtrArray *
engine_fixture_run (EngineFixture *self, SyncOptions options)
{
  g_autoptr (GError) error = NULL;
  GAsyncResult *place = NULL;
  GPtrArray *reports;

  sync_engine_run_async (self->engine, 0, options, NULL, engine_fixture_on_ready, &place);
  reports = engine_fixture_finish_run (self, &place, &error);
  g_assert_no_error (error);
  return reports;
}

void
engine_fixture_assert_only_error (GPtrArray *reports, GQuark domain, int code)
{
  SyncReport *report = engine_fixture_get_report (reports);

  g_assert_cmpuint (report->errors->len, ==, 1);
  g_assert_error ((GError *) g_ptr_array_index (report->errors, 0), domain, code);
}

void
engine_fixture_wait_for_hang (EngineFixture *self)
{
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while (!g_atomic_int_get (&self->mailbox.is_hanging))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

void
engine_fixture_iterate_for (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

int
engine_fixture_main (int argc, char **argv, void (*add) (void))
{
  g_autofree char *folder = g_dir_make_tmp ("posthorn-keyring-XXXXXX", NULL);
  g_autofree char *keyring = g_build_filename (folder, "test.keyring", NULL);
  int status;

  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  g_test_init (&argc, &argv, NULL);
  mime_init ();
  add ();
  status = g_test_run ();
  g_unlink (keyring);
  g_rmdir (folder);
  return status;
}
