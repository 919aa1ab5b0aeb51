/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file and its handles: made private, refused when not ours, transactions inside transactions, two writers in turn. */
#include "store-fixture.h"
#include "store-private.h"

#include "base-error.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static void
assert_private (const char *path, const char *suffix)
{
  g_autofree char *name = g_strconcat (path, suffix, NULL);
  struct stat status;

  g_assert_cmpint (stat (name, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

static void
test_files_are_private (StoreFixture *self, gconstpointer data)
{
  store_fixture_inbox (self);
  assert_private (self->path, "");
  assert_private (self->path, "-wal");
  assert_private (self->path, "-shm");
}

static void
test_file_made_private (StoreFixture *self, gconstpointer data)
{
  store_fixture_close (self);
  g_assert_cmpint (g_chmod (self->path, 0644), ==, 0);
  store_fixture_open (self);
  assert_private (self->path, "");
}

static GBytes *
read_file (StoreFixture *self)
{
  char *text;
  gsize length;

  g_assert_true (g_file_get_contents (self->path, &text, &length, NULL));
  return g_bytes_new_take (text, length);
}

/* Opening waits for no disk. */
static void
test_opened_unchanged (StoreFixture *self, gconstpointer data)
{
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;

  store_fixture_close (self);
  before = read_file (self);
  store_fixture_open (self);
  store_fixture_close (self);
  after = read_file (self);
  g_assert_true (g_bytes_equal (before, after));
  store_fixture_open (self);
}

static void
test_settings (StoreFixture *self, gconstpointer data)
{
  g_assert_cmpint (store_fixture_count (self, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (store_fixture_count (self, "PRAGMA synchronous"), ==, 2);
  g_assert_cmpint (store_fixture_count (self, "PRAGMA page_size"), ==, 8192);
  g_assert_cmpint (store_fixture_count (self, "PRAGMA auto_vacuum"), ==, 2);
  g_assert_cmpint (store_fixture_count (self, "PRAGMA user_version"), ==, 12);
  g_assert_cmpint (store_fixture_count (self, "PRAGMA application_id"), ==, STORE_SCHEMA_APPLICATION_ID);
  g_assert_cmpint (store_fixture_count (self, "SELECT journal_mode = 'wal' FROM pragma_journal_mode"), ==, 1);
}

static void
test_reader_cannot_write (StoreFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  StoreDatabase *reader = store_get_reader (self->store);

  g_assert_false (store_database_execute (reader, "DELETE FROM folder", &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_STORE);
}

static void
test_newer_version (StoreFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Store) store = NULL;

  g_assert_true (store_database_execute (self->database, "PRAGMA user_version = 4711", NULL));
  store_fixture_close (self);
  store = store_new (self->path, &error);
  g_assert_null (store);
  g_assert_error (error, BASE_ERROR, BASE_ERROR_STORE_NEWER);
  g_assert_nonnull (strstr (error->message, "newer version"));
}

static void
assert_refused_as_damaged (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Store) store = store_new (path, &error);

  g_assert_null (store);
  g_assert_error (error, BASE_ERROR, BASE_ERROR_STORE_DAMAGED);
}

static void
test_not_a_database (StoreFixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "letter.txt", NULL);
  g_autofree char *text = g_strnfill (20000, 'x');
  g_autofree char *after = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  assert_refused_as_damaged (path);
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, text);
}

static void
test_somebody_elses_database (StoreFixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "other.sqlite", NULL);
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, "CREATE TABLE recipe (name TEXT)", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);
  assert_refused_as_damaged (path);
}

static void
test_truncated_file (StoreFixture *self, gconstpointer data)
{
  g_autofree char *contents = NULL;
  gsize length;

  for (int i = 0; i < 50; i++)
    store_fixture_add (self, store_fixture_inbox (self), "a");
  store_fixture_close (self);
  g_assert_true (g_file_get_contents (self->path, &contents, &length, NULL));
  memset (contents + 100, 0xee, 8192 - 100);
  g_assert_true (g_file_set_contents (self->path, contents, length, NULL));
  assert_refused_as_damaged (self->path);
}

static void
test_folder_that_is_not_there (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Store) store = store_new ("/nowhere/at/all/mail.sqlite", &error);

  g_assert_null (store);
  g_assert_error (error, BASE_ERROR, BASE_ERROR_STORE);
}

static void
test_nested_rollback (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = store_fixture_inbox (self);

  g_assert_true (store_database_begin (self->database, NULL));
  store_fixture_add (self, inbox, "kept");
  g_assert_true (store_database_begin (self->database, NULL));
  store_fixture_add (self, inbox, "dropped");
  g_assert_true (store_database_begin (self->database, NULL));
  store_fixture_add (self, inbox, "dropped too");
  g_assert_true (store_database_commit (self->database, NULL));
  store_database_rollback (self->database);
  store_fixture_add (self, inbox, "kept as well");
  g_assert_true (store_database_commit (self->database, NULL));
  g_assert_cmpint (store_fixture_count (self, "SELECT group_concat (subject, ',') = 'kept,kept as well' FROM message"), ==, 1);
}

static void
test_whole (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = store_fixture_inbox (self);

  g_assert_true (store_database_begin_whole (self->database, STORE_SAFE_AT_ONCE, NULL));
  store_fixture_add (self, inbox, "kept");
  g_assert_true (store_database_begin (self->database, NULL));
  store_database_rollback (self->database); /* of nothing */
  g_assert_true (store_database_begin (self->database, NULL));
  store_fixture_add (self, inbox, "kept as well");
  g_assert_true (store_database_commit (self->database, NULL));
  g_assert_true (store_database_commit (self->database, NULL));
  g_assert_cmpint (store_fixture_count (self, "SELECT group_concat (subject, ',') = 'kept,kept as well' FROM message"), ==, 1);
}

static void
test_whole_taken_back (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = store_fixture_inbox (self);
  g_autoptr (GError) error = NULL;

  g_assert_true (store_database_begin_whole (self->database, STORE_SAFE_AT_ONCE, NULL));
  store_fixture_add (self, inbox, "gone");
  g_assert_true (store_database_begin (self->database, NULL));
  store_fixture_add (self, inbox, "the cause");
  store_database_rollback (self->database);
  g_assert_false (store_database_begin (self->database, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_STORE);
  g_clear_error (&error);
  g_assert_null (store_database_prepare (self->database, "SELECT 1", NULL));
  g_assert_false (store_database_commit (self->database, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_STORE);
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM message"), ==, 0);

  g_assert_true (store_database_begin (self->database, NULL)); /* and then as ever */
  store_fixture_add (self, inbox, "new");
  g_assert_true (store_database_commit (self->database, NULL));
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM message"), ==, 1);
}

static void
assert_safety (StoreFixture *self, int level)
{
  g_assert_cmpint (store_fixture_count (self, "SELECT synchronous FROM pragma_synchronous"), ==, level);
}

/* 2: each commit waits for the disk; 1: it need not */
static void
test_safe_later (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = store_fixture_inbox (self);

  assert_safety (self, 2);
  g_assert_true (store_database_begin_whole (self->database, STORE_SAFE_LATER, NULL));
  assert_safety (self, 1);
  store_fixture_add (self, inbox, "kept");
  g_assert_true (store_database_commit (self->database, NULL));
  assert_safety (self, 2);
  g_assert_true (store_database_begin_whole (self->database, STORE_SAFE_LATER, NULL));
  store_fixture_add (self, inbox, "dropped");
  store_database_rollback (self->database);
  assert_safety (self, 2);
  g_assert_true (store_database_begin_whole (self->database, STORE_SAFE_AT_ONCE, NULL));
  assert_safety (self, 2);
  store_database_rollback (self->database);
  g_assert_cmpint (store_fixture_count (self, "SELECT group_concat (subject, ',') = 'kept' FROM message"), ==, 1);
}

static void
test_free_rolls_back (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = store_fixture_inbox (self);

  g_assert_true (store_database_begin (self->database, NULL));
  store_fixture_add (self, inbox, "half done");
  store_fixture_close (self);
  store_fixture_open (self);
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM message"), ==, 0);
}

typedef struct
{
  Store *store;
  gint64 folder;
  guint n_failures;
} Writer;

#define COMMITS 40

static gpointer
write_many (gpointer data)
{
  Writer *writer = data;
  g_autoptr (StoreDatabase) database = store_open (writer->store, NULL);

  for (int i = 0; i < COMMITS; i++)
    {
      g_autoptr (MailSummary) summary = store_fixture_make_summary ("x", "y", "z");
      g_autofree char *text = g_strdup_printf ("%p %d", (void *) writer, i);
      g_autoptr (GBytes) source = g_bytes_new (text, strlen (text));

      if (store_messages_add (database, writer->folder, source, summary, NULL) < 0)
        writer->n_failures++;
    }
  return NULL;
}

static void
test_two_writers (StoreFixture *self, gconstpointer data)
{
  Writer writers[2] = { { self->store, store_fixture_inbox (self), 0 }, { self->store, store_fixture_inbox (self), 0 } };
  GThread *threads[2];

  for (int i = 0; i < 2; i++)
    threads[i] = g_thread_new ("writer", write_many, &writers[i]);
  for (int i = 0; i < 2; i++)
    {
      g_thread_join (threads[i]);
      g_assert_cmpuint (writers[i].n_failures, ==, 0);
    }
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM message"), ==, 2 * COMMITS);
  store_fixture_assert_sound (self);
}

static void
test_reader_sees_commits (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = store_fixture_inbox (self);
  StoreDatabase *reader = store_get_reader (self->store);
  g_autoptr (StoreFolder) before = store_folders_get (reader, inbox, NULL);
  g_autoptr (StoreFolder) during = NULL;
  g_autoptr (StoreFolder) after = NULL;

  g_assert_true (store_database_begin (self->database, NULL));
  store_fixture_add (self, inbox, "a");
  during = store_folders_get (reader, inbox, NULL);
  g_assert_true (store_database_commit (self->database, NULL));
  after = store_folders_get (reader, inbox, NULL);
  g_assert_cmpuint (before->total, ==, 0);
  g_assert_cmpuint (during->total, ==, 0);
  g_assert_cmpuint (after->total, ==, 1);
}

static void
test_space_comes_back (StoreFixture *self, gconstpointer data)
{
  g_autoptr (MailSummary) summary = store_fixture_make_summary ("x", "y", "z");
  g_autofree char *text = g_malloc0 (20 * 1000 * 1000);
  g_autoptr (GBytes) source = g_bytes_new_static (text, 20 * 1000 * 1000);
  gint64 id = store_messages_add (self->database, store_fixture_inbox (self), source, summary, NULL);
  gint64 full = store_fixture_count (self, "PRAGMA page_count");
  gboolean is_more = TRUE;

  g_assert_true (store_messages_delete (self->database, &id, 1, NULL));
  while (is_more)
    g_assert_true (store_database_reclaim (self->database, &is_more, NULL));
  g_assert_cmpint (store_fixture_count (self, "PRAGMA page_count"), <, full / 2);
  store_fixture_assert_sound (self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  store_fixture_test ("/store/database/files/are-readable-by-their-owner-alone", test_files_are_private);
  store_fixture_test ("/store/database/open-file/is-made-private", test_file_made_private);
  store_fixture_test ("/store/database/handle/is-durable-and-checks-references", test_settings);
  store_fixture_test ("/store/database/opened-again/writes-nothing", test_opened_unchanged);
  store_fixture_test ("/store/database/reader/cannot-write", test_reader_cannot_write);
  store_fixture_test ("/store/database/newer-version/is-refused-in-words", test_newer_version);
  store_fixture_test ("/store/database/text-file/is-refused-and-left-alone", test_not_a_database);
  store_fixture_test ("/store/database/other-programs-file/is-refused", test_somebody_elses_database);
  store_fixture_test ("/store/database/overwritten-first-page/is-refused", test_truncated_file);
  g_test_add_func ("/store/database/missing-folder/is-an-error", test_folder_that_is_not_there);
  store_fixture_test ("/store/database/nested-rollback/takes-back-its-part-only", test_nested_rollback);
  store_fixture_test ("/store/database/whole/keeps-all", test_whole);
  store_fixture_test ("/store/database/whole/takes-all-back", test_whole_taken_back);
  store_fixture_test ("/store/database/whole/may-be-safe-from-power-cuts-later", test_safe_later);
  store_fixture_test ("/store/database/handle-freed-in-a-transaction/rolls-back", test_free_rolls_back);
  store_fixture_test ("/store/database/two-writers/take-turns", test_two_writers);
  store_fixture_test ("/store/database/reader/sees-what-is-committed", test_reader_sees_commits);
  store_fixture_test ("/store/database/deleted-mail/gives-space-back", test_space_comes_back);
  return g_test_run ();
}
