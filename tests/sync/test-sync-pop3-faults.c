/* SPDX-License-Identifier: GPL-3.0-or-later */
/* POP3 passes that are killed at each step and at random moments, and that find the disk full or broken at each write: every message of
 * the server is kept exactly once in the end, and none left the server before it was in the store. */
#include "base-error.h"
#include "mime-summary.h"
#include "pop3-mailbox.h"
#include "store-fixture.h"
#include "sync-pop3.h"
#include "test-vfs.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#define N_MESSAGES 6

typedef struct
{
  StoreFixture store;
  Pop3Mailbox *mailbox;
  TestServer *server;
  GPtrArray *texts;
  char *password_file, *ca_file;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  store_fixture_set_up (&self->store, NULL);
  self->mailbox = pop3_mailbox_new ();
  self->mailbox->database = g_strdup (self->store.path);
  pop3_mailbox_fill (self->mailbox, N_MESSAGES);
  self->texts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < N_MESSAGES; i++)
    g_ptr_array_add (self->texts, g_strdup (pop3_mailbox_get (self->mailbox, i)->text));
  self->server = test_server_new ();
  test_server_add_func (self->server, pop3_mailbox_serve, self->mailbox);
  test_server_set_repeat (self->server, TRUE);
  self->password_file = g_build_filename (self->store.folder, "password", NULL);
  self->ca_file = g_build_filename (self->store.folder, "ca.pem", NULL);
  g_assert_true (g_file_set_contents (self->password_file, "secret", -1, NULL));
  g_assert_true (g_file_set_contents (self->ca_file, test_certificate_get_ca_pem (), -1, NULL));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  test_server_free (self->server);
  pop3_mailbox_free (self->mailbox);
  g_ptr_array_unref (self->texts);
  g_free (self->password_file);
  g_free (self->ca_file);
  store_fixture_tear_down (&self->store, NULL);
}

static gint64
count_kept (Fixture *self, const char *text)
{
  sqlite3_stmt *statement = store_database_prepare (self->store.database,
    "SELECT count(*) FROM message m JOIN source_data d ON d.id = m.source WHERE d.data = CAST(?1 AS BLOB) AND m.is_whole", NULL);
  gboolean has_row;
  gint64 n;

  sqlite3_bind_text (statement, 1, text, -1, SQLITE_STATIC);
  g_assert_true (store_database_step (self->store.database, statement, &has_row, NULL));
  n = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  return n;
}

static gboolean
is_on_server (Fixture *self, const char *text)
{
  for (guint i = 0; i < self->mailbox->messages->len; i++)
    if (strcmp (pop3_mailbox_get (self->mailbox, i)->text, text) == 0)
      return TRUE;
  return FALSE;
}

/* After whatever happened: nothing twice, and what is not here is there. */
static void
assert_nothing_lost (Fixture *self)
{
  for (guint i = 0; i < self->texts->len; i++)
    {
      gint64 n = count_kept (self, g_ptr_array_index (self->texts, i));

      g_assert_cmpint (n, <=, 1);
      g_assert_true (n == 1 || is_on_server (self, g_ptr_array_index (self->texts, i)));
    }
  store_fixture_assert_sound (&self->store);
}

static void
assert_all_kept_once (Fixture *self)
{
  for (guint i = 0; i < self->texts->len; i++)
    g_assert_cmpint (count_kept (self, g_ptr_array_index (self->texts, i)), ==, 1);
  g_assert_cmpint (store_fixture_count (&self->store, "SELECT count(*) FROM message"), ==, self->texts->len);
  store_fixture_assert_sound (&self->store);
}

static gboolean
run_here (Fixture *self, gboolean leaves, GError **error)
{
  g_autoptr (MailLogin) login = test_server_login (self->server, MAIL_SECURITY_PLAINTEXT, "ana", MAIL_SECRET_PASSWORD, "secret");
  SyncPass pass = { .database = self->store.database, .account = 1, .login = login, .trace_tag = "POP3", .now = 1700000000 };
  SyncPop3Settings settings = { .leave = leaves ? ACCOUNT_LEAVE_ALWAYS : ACCOUNT_LEAVE_NEVER };

  return sync_pop3_run (&pass, &settings, NULL, error);
}

/* A pass that nothing disturbs, and then the whole balance. */
static void
finish (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  self->mailbox->kill_at_step = 0;
  run_here (self, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (self->mailbox->messages->len, ==, 0);
  assert_all_kept_once (self);
}

static GSubprocess *
spawn (Fixture *self)
{
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "sync", "pop3-pass", NULL);
  g_autofree char *port = g_strdup_printf ("%u", test_server_get_port (self->server));
  g_autoptr (GError) error = NULL;
  GSubprocess *child;

  child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, program, self->store.path, "localhost",
                            port, "plaintext", "ana", self->password_file, self->ca_file, "never", NULL);
  g_assert_no_error (error);
  return child;
}

/* Each step is one of a new mailbox; the steps of an undisturbed pass say how many there are. */
static gboolean
kill_at_step (guint n)
{
  Fixture self = { 0 };
  g_autoptr (GSubprocess) child = NULL;
  gboolean was_killed;

  set_up (&self, NULL);
  store_fixture_close (&self.store);
  self.mailbox->kill_at_step = n;
  child = spawn (&self);
  g_atomic_int_set (&self.mailbox->kill_pid, (gint) strtol (g_subprocess_get_identifier (child), NULL, 10));
  g_assert_true (g_subprocess_wait (child, NULL, NULL));
  was_killed = g_subprocess_get_if_signaled (child);
  store_fixture_open (&self.store);
  assert_nothing_lost (&self);
  finish (&self);
  tear_down (&self, NULL);
  return was_killed;
}

static void
test_killed_at_each_step (void)
{
  guint n = 1;

  for (; kill_at_step (n); n++)
    continue;
  g_test_message ("%u steps", n);
  g_assert_cmpuint (n, >, 4 * N_MESSAGES);
}

static void
test_killed_at_random (void)
{
  for (guint i = 0; i < 12; i++)
    {
      Fixture self = { 0 };
      guint delay = (guint) g_test_rand_int_range (0, 60000);
      g_autoptr (GSubprocess) child = NULL;

      set_up (&self, NULL);
      store_fixture_close (&self.store);
      child = spawn (&self);
      g_usleep (delay);
      g_test_message ("killed after %u µs", delay);
      g_subprocess_force_exit (child);
      g_assert_true (g_subprocess_wait (child, NULL, NULL));
      store_fixture_open (&self.store);
      assert_nothing_lost (&self);
      finish (&self);
      tear_down (&self, NULL);
    }
}

static gboolean
break_at_write (guint n, TestVfsFault fault)
{
  Fixture self = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean has_struck, is_done;

  set_up (&self, NULL);
  test_vfs_arm (n, fault);
  is_done = run_here (&self, FALSE, &error);
  has_struck = test_vfs_has_struck ();
  if (!is_done && error->code != BASE_ERROR_DISK_FULL && error->code != BASE_ERROR_STORE)
    g_error ("write %u, fault %d: %s", n, fault, error->message);
  /* What a dead process did not write is not written by closing either. */
  if (fault == TEST_VFS_CRASH || fault == TEST_VFS_POWER_CUT)
    {
      store_fixture_close (&self.store);
      test_vfs_disarm ();
      store_fixture_open (&self.store);
    }
  else
    test_vfs_disarm ();
  assert_nothing_lost (&self);
  finish (&self);
  tear_down (&self, NULL);
  return has_struck;
}

static void
test_broken_disk (gconstpointer fault)
{
  guint n = 1;

  for (; break_at_write (n, GPOINTER_TO_INT (fault)); n++)
    continue;
  g_test_message ("%u writes", n);
  g_assert_cmpuint (n, >, 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mime_init ();
  test_vfs_install ();
  g_test_add_func ("/sync/pop3/killed-at-each-step/loses-and-doubles-nothing", test_killed_at_each_step);
  g_test_add_func ("/sync/pop3/killed-at-random/loses-and-doubles-nothing", test_killed_at_random);
  g_test_add_data_func ("/sync/pop3/disk-full-at-each-write/loses-and-doubles-nothing", GINT_TO_POINTER (TEST_VFS_FULL), test_broken_disk);
  g_test_add_data_func ("/sync/pop3/io-error-at-each-write/loses-and-doubles-nothing", GINT_TO_POINTER (TEST_VFS_IO_ERROR), test_broken_disk);
  g_test_add_data_func ("/sync/pop3/crash-at-each-write/loses-and-doubles-nothing", GINT_TO_POINTER (TEST_VFS_CRASH), test_broken_disk);
  g_test_add_data_func ("/sync/pop3/power-cut-at-each-write/loses-and-doubles-nothing", GINT_TO_POINTER (TEST_VFS_POWER_CUT), test_broken_disk);
  return g_test_run ();
}
