/* SPDX-License-Identifier: GPL-3.0-or-later */
/* POP3 passes against a real Dovecot, over TLS and STARTTLS. Starts it by itself. */
#include "base-error.h"
#include "mime-summary.h"
#include "store-fixture.h"
#include "sync-pop3.h"
#include "test-servers.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define N_MESSAGES 120

static JsonNode *facts;

static const char *
get_text (const char *member)
{
  return json_object_get_string_member (json_node_get_object (facts), member);
}

static MailLogin *
make_login (MailSecurity security, const char *password)
{
  JsonObject *ports = json_object_get_object_member (json_node_get_object (facts), "ports");
  guint port = (guint) json_object_get_int_member (ports, security == MAIL_SECURITY_TLS ? "pop3s" : "pop3");
  MailLogin *login = mail_login_new ("localhost", port, security, "ana@posthorn.test", MAIL_SECRET_PASSWORD, password);
  g_autofree char *ca = NULL;

  g_assert_true (g_file_get_contents (get_text ("ca"), &ca, NULL, NULL));
  mail_login_set_trust (login, ca, NULL);
  return login;
}

static char *
make_text (guint i)
{
  g_autofree char *filler = g_strnfill (i * 101 % 9000, 'x');

  return g_strdup_printf ("From: Tom <tom@posthorn.test>\r\nSubject: %u\r\nMessage-ID: <%u@posthorn.test>\r\n\r\n.dot\r\n%s\r\n.\r\n", i, i, filler);
}

static void
own_mailbox (void)
{
  g_autofree char *script = g_build_filename (g_getenv ("POSTHORN_SOURCE_ROOT"), "tests/servers/servers.py", NULL);
  const char *argv[] = { "/usr/bin/python3", script, "own", get_text ("dir"), NULL };
  int status = -1;

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
}

static void
fill_mailbox (void)
{
  g_autofree char *maildir = g_build_filename (get_text ("dir"), "mail/ana/Maildir", NULL);

  for (const char *const *sub = (const char *const[]) { "cur", "new", "tmp", NULL }; *sub != NULL; sub++)
    {
      g_autofree char *path = g_build_filename (maildir, *sub, NULL);

      g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
    }
  for (guint i = 1; i <= N_MESSAGES; i++)
    {
      g_autofree char *text = make_text (i);
      g_autofree char *name = g_strdup_printf ("%s/new/%u.M%uP1.localhost", maildir, 1600000000 + i, i);

      g_assert_true (g_file_set_contents (name, text, -1, NULL));
    }
  own_mailbox ();
}

static gboolean
run (StoreFixture *store, MailSecurity security, AccountLeave leave, const char *password, SyncReport *report, GError **error)
{
  g_autoptr (MailLogin) login = make_login (security, password);
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  SyncPass pass = { .database = store->database, .account = 1, .login = login, .trace_tag = "POP3", .now = 1700000000, .report = report };
  SyncPop3Settings settings = { .leave = leave };
  gboolean is_done;

  *report = (SyncReport) { .errors = errors };
  is_done = sync_pop3_run (&pass, &settings, NULL, error);
  g_assert_cmpuint (errors->len, ==, 0);
  report->errors = NULL;
  return is_done;
}

static void
run_well (StoreFixture *store, MailSecurity security, AccountLeave leave, guint n_new, guint n_deleted)
{
  g_autoptr (GError) error = NULL;
  SyncReport report;

  run (store, security, leave, "ana-pw", &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report.n_new, ==, n_new);
  g_assert_cmpuint (report.n_deleted, ==, n_deleted);
}

static void
assert_all_kept_once (StoreFixture *store)
{
  g_assert_cmpint (store_fixture_count (store, "SELECT count(*) FROM message"), ==, N_MESSAGES);
  for (guint i = 1; i <= N_MESSAGES; i++)
    {
      g_autofree char *text = make_text (i);
      g_autofree char *sql = g_strdup_printf ("SELECT m.id FROM message m WHERE m.message_id = '%u@posthorn.test'", i);
      g_autoptr (GBytes) source = store_messages_load_source (store->database, store_fixture_count (store, sql), NULL);

      g_assert_nonnull (source);
      g_assert_cmpmem (g_bytes_get_data (source, NULL), g_bytes_get_size (source), text, strlen (text));
    }
}

static void
test_whole_life (StoreFixture *store, gconstpointer security)
{
  MailSecurity how = GPOINTER_TO_INT (security);

  fill_mailbox ();
  run_well (store, how, ACCOUNT_LEAVE_ALWAYS, N_MESSAGES, 0);
  assert_all_kept_once (store);
  run_well (store, how, ACCOUNT_LEAVE_ALWAYS, 0, 0);
  run_well (store, how, ACCOUNT_LEAVE_NEVER, 0, N_MESSAGES);
  run_well (store, how, ACCOUNT_LEAVE_NEVER, 0, 0);
  assert_all_kept_once (store);
  store_fixture_assert_sound (store);
}

/* The greeting, CAPA, AUTH, its answer along with the empty line for the proof, UIDL along with LIST; nobody waits for the answer to QUIT. */
static void
test_nothing_new (StoreFixture *store, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SyncReport report;

  fill_mailbox ();
  run_well (store, MAIL_SECURITY_TLS, ACCOUNT_LEAVE_ALWAYS, N_MESSAGES, 0);
  run (store, MAIL_SECURITY_TLS, ACCOUNT_LEAVE_ALWAYS, "ana-pw", &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report.round_trips, ==, 5);
}

static void
test_wrong_password (StoreFixture *store, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SyncReport report;

  g_assert_false (run (store, MAIL_SECURITY_TLS, ACCOUNT_LEAVE_ALWAYS, "wrong", &report, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_WRONG_PASSWORD);
}

int
main (int argc, char **argv)
{
  int status;

  if (!test_servers_are_here (argv, "dovecot", "full", &status))
    return status;
  facts = json_from_string (g_getenv ("POSTHORN_SERVERS"), NULL);
  g_assert_nonnull (facts);
  g_test_init (&argc, &argv, NULL);
  mime_init ();
  g_test_add ("/sync/pop3/dovecot/tls/received-kept-and-deleted", StoreFixture, GINT_TO_POINTER (MAIL_SECURITY_TLS),
              store_fixture_set_up, test_whole_life, store_fixture_tear_down);
  g_test_add ("/sync/pop3/dovecot/starttls/received-kept-and-deleted", StoreFixture, GINT_TO_POINTER (MAIL_SECURITY_STARTTLS),
              store_fixture_set_up, test_whole_life, store_fixture_tear_down);
  g_test_add ("/sync/pop3/dovecot/nothing-new/costs-five-round-trips", StoreFixture, NULL, store_fixture_set_up, test_nothing_new, store_fixture_tear_down);
  g_test_add ("/sync/pop3/dovecot/wrong-password/says-so", StoreFixture, NULL, store_fixture_set_up, test_wrong_password, store_fixture_tear_down);
  return g_test_run ();
}
