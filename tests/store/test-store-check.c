/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The check finds every kind of damage, and nothing where there is none. */
#include "store-check.h"
#include "store-fixture.h"
#include "store-outbox.h"
#include "store-pop3.h"
#include "store-private.h"

#include <string.h>

static void
fill (StoreFixture *self)
{
  gint64 inbox = store_fixture_inbox (self);
  StorePop3Entry entry = { .uidl = (char *) "u" };
  g_autoptr (GPtrArray) recipients = g_ptr_array_new ();
  StoreOutboxItem item = { .account = 1, .sender = (char *) "me@example.org", .recipients = recipients };
  g_autoptr (MailSummary) summary = store_fixture_make_summary ("out", "out", "me");
  g_autofree char *text = g_strnfill (600000, 'x');
  g_autoptr (GBytes) source = g_bytes_new (text, 600000);

  entry.message = store_fixture_add (self, inbox, "a");
  g_assert_true (store_pop3_add (self->database, 1, &entry, NULL));
  store_fixture_add (self, inbox, "b");
  g_assert_true (store_messages_copy (self->database, &entry.message, 1, inbox, NULL));
  g_assert_cmpint (store_outbox_add (self->database, source, summary, &item, 0, NULL), >, 0);
}

static void
on_progress (gint64 done, gint64 total, gpointer data)
{
  g_assert_cmpint (done, >=, *(gint64 *) data);
  g_assert_cmpint (total, ==, 4);
  *(gint64 *) data = done;
}

static void
test_sound (StoreFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) faults = NULL;
  gint64 n_messages = 0, done = 0;

  fill (self);
  faults = store_check (self->database, &n_messages, on_progress, &done, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (faults->len, ==, 0);
  g_assert_cmpint (n_messages, ==, 4);
  g_assert_cmpint (done, ==, 4);
}

/* What is done to a sound store, and a word of the fault that must be found. */
static const struct
{
  const char *name;
  const char *sql;
  const char *word;
} damages[] = {
  { "changed-bytes", "UPDATE source_data SET data = CAST (replace (CAST (data AS TEXT), 'Hello', 'Hallo') AS BLOB) WHERE id = 1", "not those" },
  { "shortened-bytes", "UPDATE source_data SET data = x'00' WHERE id = 2", "instead of" },
  { "lost-bytes", "DELETE FROM source_data WHERE id = 1", "lost its bytes" },
  { "wrong-checksum", "UPDATE source SET sha256 = zeroblob (32) WHERE id = 3", "not those" },
  { "wrong-count", "UPDATE folder SET total = total + 1 WHERE role = 1", "counts" },
  { "wrong-unread", "UPDATE folder SET unread = 0 WHERE role = 1", "counts" },
  { "message-without-folder", "UPDATE message SET folder = 4711 WHERE id = 2", "in no folder" },
  { "message-without-source", "DROP TRIGGER message_replaced; UPDATE message SET source = 4711 WHERE id = 2", "is gone" },
  { "unused-source", "INSERT INTO source (size, sha256) VALUES (0, x'00')", "belongs to no message" },
  { "wrong-size", "UPDATE message SET size = 5 WHERE id = 1", "another size" },
  { "uidl-without-message", "UPDATE pop3_uidl SET message = NULL", "remembers" },
  { "uidl-of-half-message", "UPDATE message SET is_whole = 0 WHERE id = 1", "wrong about the body" },
  { "outbox-without-recipients-row", "DELETE FROM outbox", "whom it is for" },
  { "outbox-row-elsewhere", "DROP TRIGGER message_moved; UPDATE message SET folder = 1 WHERE id = 4", "not in the Outbox" },
  { "index-not-matching", "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'message_size'", "damaged" },
};

static void
test_damage (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  StoreFixture self = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) faults = NULL;
  gboolean is_found = FALSE;
  sqlite3 *handle;

  store_fixture_set_up (&self, NULL);
  fill (&self);
  store_fixture_close (&self);
  g_assert_cmpint (sqlite3_open (self.path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, damages[i].sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);
  store_fixture_open (&self);
  faults = store_check (self.database, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint k = 0; k < faults->len; k++)
    {
      g_test_message ("%s", (char *) g_ptr_array_index (faults, k));
      is_found = is_found || strstr (g_ptr_array_index (faults, k), damages[i].word);
    }
  g_assert_true (is_found);
  store_fixture_tear_down (&self, NULL);
}

/* A page in the middle of the file, overwritten behind SQLite's back. */
static void
test_damaged_page (StoreFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) faults = NULL;
  g_autofree char *contents = NULL;
  gint64 page;
  gsize length;

  fill (self);
  page = store_fixture_count (self, "SELECT rootpage FROM sqlite_schema WHERE name = 'message'");
  store_fixture_close (self);
  g_assert_true (g_file_get_contents (self->path, &contents, &length, NULL));
  memset (contents + (page - 1) * 8192, 0xa5, 8192);
  g_assert_true (g_file_set_contents (self->path, contents, length, NULL));
  store_fixture_open (self);
  faults = store_check (self->database, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (faults->len, >, 0);
}

static void
test_cancelled (StoreFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  fill (self);
  g_cancellable_cancel (cancellable);
  g_assert_null (store_check (self->database, NULL, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  store_fixture_test ("/store/check/sound-store/has-no-fault", test_sound);
  for (gsize i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *path = g_strdup_printf ("/store/check/%s/is-found", damages[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_damage);
    }
  store_fixture_test ("/store/check/overwritten-page/is-found", test_damaged_page);
  store_fixture_test ("/store/check/cancelled/stops", test_cancelled);
  return g_test_run ();
}
