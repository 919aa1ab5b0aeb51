/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tests of models share: a store in a temporary folder with one account, and waiting for the main loop. */
#include "model-test.h"

#include "mail-address.h"
#include "mail-summary.h"
#include "store-folders.h"
#include "store-messages.h"

#include <glib/gstdio.h>
#include <string.h>

void
model_test_set_up (ModelTest *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *database = NULL;
  g_autofree char *settings = NULL;
  g_autoptr (Account) account = account_new ();

  test->path = g_dir_make_tmp ("posthorn-models-XXXXXX", &error);
  g_assert_no_error (error);
  database = g_build_filename (test->path, "mail.sqlite", NULL);
  settings = g_build_filename (test->path, "accounts.ini", NULL);
  test->accounts = account_list_new (settings, &error);
  g_assert_no_error (error);
  g_object_set (account, "email", "me@example.org", "title", "Work", NULL);
  account_set_server (account, ACCOUNT_INCOMING, "pop.example.org", 995, MAIL_SECURITY_TLS, "me");
  account_set_server (account, ACCOUNT_OUTGOING, "smtp.example.org", 465, MAIL_SECURITY_TLS, "me");
  account_list_save (test->accounts, account, &error);
  g_assert_no_error (error);
  test->account = account_list_find_email (test->accounts, "me@example.org");

  test->store = store_new (database, &error);
  g_assert_no_error (error);
  test->database = store_open (test->store, &error);
  g_assert_no_error (error);
  g_assert_true (store_folders_prepare_account (test->database, STORE_LOCAL_ACCOUNT, &error));
  g_assert_true (store_folders_prepare_account (test->database, account_get_id (test->account), &error));
  test->inbox = store_folders_find_role (test->database, account_get_id (test->account), MAIL_ROLE_INBOX, &error);
  test->trash = store_folders_find_role (test->database, account_get_id (test->account), MAIL_ROLE_TRASH, &error);
  g_assert_cmpint (test->inbox, >, 0);
}

void
model_test_tear_down (ModelTest *test, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_clear_object (&test->result);
  g_clear_pointer (&test->database, store_database_free);
  store_close (test->store);
  g_clear_object (&test->store);
  g_clear_object (&test->accounts);
  dir = g_dir_open (test->path, 0, NULL);
  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *file = g_build_filename (test->path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (test->path);
  g_clear_pointer (&test->path, g_free);
}

gint64
model_test_add (ModelTest *test, gint64 folder, const char *from, const char *subject, gint64 received)
{
  g_autoptr (MailSummary) summary = mail_summary_new ();
  g_autofree char *text = g_strdup_printf ("From: %s\r\nSubject: %s\r\n\r\nbody\r\n", from, subject);
  g_autoptr (GBytes) source = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  gint64 id;

  g_free (summary->subject);
  summary->subject = g_strdup (subject);
  g_ptr_array_add (summary->from, mail_address_new ("", from));
  summary->received = summary->date = received;
  summary->size = (gint64) strlen (text);
  id = store_messages_add (test->database, folder, source, summary, &error);
  g_assert_no_error (error);
  return id;
}

static void
run (ModelTest *test, const char *sql, gint64 first, const char *second)
{
  g_autoptr (GError) error = NULL;
  sqlite3_stmt *statement = store_database_prepare (test->database, sql, &error);

  g_assert_no_error (error);
  sqlite3_bind_int64 (statement, 1, first);
  if (second)
    sqlite3_bind_text (statement, 2, second, -1, SQLITE_STATIC);
  g_assert_true (store_database_run (test->database, statement, NULL));
}

/* Thousands are copies of the first one's row: under the sanitizers, making each from a message of its own takes minutes. */
void
model_test_fill (ModelTest *test, gint64 folder, guint n)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (store_database_begin (test->database, &error));
  run (test, "CREATE TEMP TABLE IF NOT EXISTS copy AS SELECT * FROM message WHERE ?1 = 0 AND FALSE", 0, NULL);
  run (test, "DELETE FROM copy WHERE ?1 = 0", 0, NULL);
  run (test, "INSERT INTO copy SELECT * FROM message WHERE id = ?1", model_test_add (test, folder, "ana@example.org", "000000", 1000000), NULL);
  for (guint i = 1; i < n; i++)
    {
      g_autofree char *subject = g_strdup_printf ("%06u", (i * 7919) % n);

      run (test, "UPDATE copy SET id = NULL, thread = thread + 1, date = ?1, received = ?1, sort_subject = replace (sort_subject, subject, ?2),"
           " subject = ?2", 1000000 + (gint64) i, subject);
      run (test, "INSERT INTO message SELECT * FROM copy WHERE ?1 = 0", 0, NULL);
    }
  g_assert_true (store_database_commit (test->database, &error));
}

static gboolean
on_late (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

void
model_test_wait (ModelTestFunc is_true, gpointer data)
{
  gboolean is_late = FALSE;
  guint source = g_timeout_add_seconds (10, on_late, &is_late);

  while (!is_true (data) && !is_late)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (is_late);
  g_source_remove (source);
}

void
model_test_settle (guint ms)
{
  gboolean is_over = FALSE;

  g_timeout_add (ms, on_late, &is_over);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
}

void
model_test_on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  ((ModelTest *) data)->result = g_object_ref (result);
}

static gboolean
has_result (gpointer data)
{
  return ((ModelTest *) data)->result != NULL;
}

GAsyncResult *
model_test_take_result (ModelTest *test)
{
  model_test_wait (has_result, test);
  return g_steal_pointer (&test->result);
}
