/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index built by itself: what came, changed or went is found, or found no more, soon after. */
#include "mime-summary.h"
#include "store-fixture.h"
#include "store-search.h"
#include "sync-index.h"

#include <string.h>

static gint64
add (StoreFixture *self, const char *text, gint64 received)
{
  g_autoptr (GBytes) source = g_bytes_new (text, strlen (text));
  g_autoptr (MailSummary) summary = mime_summary_new (source, TRUE, received);
  gint64 id = store_messages_add (self->database, store_fixture_inbox (self), source, summary, NULL);

  g_assert_cmpint (id, >, 0);
  return id;
}

static guint
count (StoreFixture *self, const char *text)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (MailQuery) query = mail_query_parse (text, FALSE, 0, zone);
  g_autoptr (StoreDatabase) database = store_search_open (self->store, NULL);
  g_autoptr (GArray) ids = store_search_ids (database, &(StoreSearch) { .query = query }, NULL, NULL);

  g_assert_nonnull (ids);
  return ids->len;
}

/* Waits as long as a slow machine may need. */
static void
wait_for (StoreFixture *self, const char *text, guint n)
{
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (count (self, text) != n && g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (5000);
    }
  g_assert_cmpuint (count (self, text), ==, n);
}

static const char letter[] =
  "From: Ana =?utf-8?q?R=C3=BAiz?= <ana@example.org>\r\nTo: tom@example.org\r\nBcc: secret@example.org\r\nSubject: Figures\r\nMIME-Version: 1.0\r\n"
  "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<style>hidden</style><p>Gr&uuml;&szlig;e</p>\r\n"
  "--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=\"Jahres-Bericht.pdf\"\r\n\r\nJVBERg\r\n--b--\r\n";

static void
test_everything (StoreFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  add (self, letter, 1700000000);
  g_assert_true (sync_index_catch_up (self->store, TRUE, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count (self, "grusse from:ruiz to:secret subject:figures attachment:bericht attachment:pdf"), ==, 1);
  g_assert_cmpuint (count (self, "hidden"), ==, 0);
  g_assert_cmpuint (count (self, "jvberg"), ==, 0);
}

static void
test_by_itself (StoreFixture *self, gconstpointer data)
{
  g_autoptr (SyncIndex) index = sync_index_new (self->store);
  gint64 id;

  add (self, letter, 1700000000);
  sync_index_start (index);
  wait_for (self, "figures", 1);
  id = add (self, "Subject: More figures\r\n\r\nand words", 1700000001);
  wait_for (self, "figures", 2);
  g_assert_true (store_messages_delete (self->database, &id, 1, NULL));
  wait_for (self, "figures", 1);
  sync_index_stop (index);
  store_fixture_assert_sound (self);
}

#define MANY 2000

/* So many that reading and writing them are two threads' business */
static void
add_many (StoreFixture *self)
{
  store_database_begin (self->database, NULL);
  for (int i = 0; i < MANY; i++)
    {
      g_autofree char *text = g_strdup_printf ("Subject: Figures %d\r\n\r\nwords", i);

      add (self, text, 1700000000 + i);
    }
  store_database_commit (self->database, NULL);
}

static void
test_stopped (StoreFixture *self, gconstpointer data)
{
  g_autoptr (SyncIndex) index = sync_index_new (self->store);

  add_many (self);
  sync_index_start (index);
  sync_index_stop (index); /* joins at once, whatever is in hand */
  store_fixture_assert_sound (self);
  g_assert_true (sync_index_catch_up (self->store, TRUE, NULL, NULL, NULL, NULL));
  g_assert_cmpuint (count (self, "figures"), ==, MANY);
  store_fixture_assert_sound (self);
}

static void
note_progress (gint64 done, gint64 total, gpointer data)
{
  gint64 *before = data;

  g_assert_cmpint (total, ==, MANY);
  g_assert_cmpint (done, >=, *before);
  *before = done;
}

static void
test_progress (StoreFixture *self, gconstpointer data)
{
  gint64 done = 0;

  add_many (self);
  g_assert_true (sync_index_catch_up (self->store, FALSE, note_progress, &done, NULL, NULL));
  g_assert_cmpint (done, ==, MANY);
  g_assert_cmpuint (count (self, "figures"), ==, MANY);
}

static void
check_progress (SyncIndex *index, gpointer data)
{
  guint *before = data, done, total;

  if (!sync_index_get_progress (index, &done, &total))
    return;
  g_assert_cmpuint (total, ==, MANY);
  g_assert_cmpuint (done, <, total);
  g_assert_cmpuint (done, >, *before);
  *before = done;
}

/* How often it is told, and whether at all before the end, is up to the machine: the thread gives way to every other. */
static void
test_told (StoreFixture *self, gconstpointer data)
{
  g_autoptr (SyncIndex) index = sync_index_new (self->store);
  gint64 end = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;
  guint before = 0, done, total;

  add_many (self);
  g_signal_connect (index, "progress-changed", G_CALLBACK (check_progress), &before);
  sync_index_start (index);
  while (count (self, "figures") < MANY && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  while (sync_index_get_progress (index, &done, &total) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  sync_index_stop (index);
}

static gpointer
catch_up (gpointer store)
{
  g_autoptr (GError) error = NULL;

  sync_index_catch_up (store, FALSE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return NULL;
}

/* As the window and the CLI may: what one has written is of no use to the other's batch. */
static void
test_two_at_once (StoreFixture *self, gconstpointer data)
{
  GThread *other;

  add_many (self);
  other = g_thread_new ("other", catch_up, self->store);
  catch_up (self->store);
  g_thread_join (other);
  g_assert_cmpuint (count (self, "figures"), ==, MANY);
  store_fixture_assert_sound (self);
}

static void
test_cancelled (StoreFixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  add_many (self);
  g_cancellable_cancel (cancellable);
  g_assert_false (sync_index_catch_up (self->store, FALSE, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* What is hostile to other readers is read here too. */
static void
test_hostile (StoreFixture *self, gconstpointer data)
{
  g_autoptr (GString) nested = g_string_new ("Subject: Nested\r\nContent-Type: text/html\r\n\r\n");
  g_autoptr (GString) parts = g_string_new ("Subject: Parts\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n");

  for (int i = 0; i < 50000; i++)
    g_string_append (nested, "<div>");
  for (int i = 0; i < 20000; i++)
    g_string_append (parts, "--b\r\n\r\nx\r\n");
  add (self, nested->str, 1);
  add (self, parts->str, 2);
  add (self, "Subject: \xff\xfe\r\n\r\n\xc3", 3);
  add (self, "\r\n", -1);
  g_assert_true (sync_index_catch_up (self->store, TRUE, NULL, NULL, NULL, NULL));
  g_assert_cmpuint (count (self, "nested OR parts"), ==, 2);
  store_fixture_assert_sound (self);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  mime_init ();
  store_fixture_test ("/sync/index/text-people-and-names-of-attachments-are-found", test_everything);
  store_fixture_test ("/sync/index/keeps-step-by-itself", test_by_itself);
  store_fixture_test ("/sync/index/stopped-it-goes-on-another-time", test_stopped);
  store_fixture_test ("/sync/index/many/progress-goes-to-the-end", test_progress);
  store_fixture_test ("/sync/index/many/progress-is-told-as-it-is", test_told);
  store_fixture_test ("/sync/index/many/two-at-once-do-it-once", test_two_at_once);
  store_fixture_test ("/sync/index/many/cancelled-says-so", test_cancelled);
  store_fixture_test ("/sync/index/hostile-mail-does-not-hold-it-up", test_hostile);
  return g_test_run ();
}
