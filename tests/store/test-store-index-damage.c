/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A search index that is damaged, at rest or while it is in use, is made anew from the mail, which stays as it is. */
#include "base-error.h"
#include "search-fixture.h"
#include "store-index-repair.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define N_MESSAGES 80
#define PAGE 8192

/* What may happen to the file. All of it is on the disk, nothing in its log: the handles have been checkpointed. */
typedef void (*DamageFunc) (int fd, off_t size);

static void
write_noise (int fd, off_t from, off_t to)
{
  g_autofree char *noise = g_strnfill ((gsize) (to - from), '~');

  g_assert_cmpint (pwrite (fd, noise, (gsize) (to - from), from), ==, to - from);
}

static void
spoil_head (int fd, off_t size)
{
  write_noise (fd, 0, 100);
}

static void
spoil_pages (int fd, off_t size)
{
  write_noise (fd, 2 * PAGE, size);
}

static void
spoil_all (int fd, off_t size)
{
  write_noise (fd, 0, size);
}

static void
cut_in_half (int fd, off_t size)
{
  g_assert_cmpint (ftruncate (fd, size / 2 / PAGE * PAGE), ==, 0);
}

static void
cut_amid_a_page (int fd, off_t size)
{
  g_assert_cmpint (ftruncate (fd, 3 * PAGE + 1000), ==, 0);
}

static void
cut_off (int fd, off_t size)
{
  g_assert_cmpint (ftruncate (fd, 0), ==, 0);
}

static void
fill (StoreFixture *self)
{
  g_assert_true (store_database_begin (self->database, NULL));
  for (int i = 0; i < N_MESSAGES; i++)
    {
      g_autofree char *subject = g_strdup_printf ("Message%03d", i);
      g_autofree char *body = g_strdup_printf ("figures of %d and %d, %s", i * 7919, i * 104729, i == 0 ? "porto" : "lisbon");

      search_fixture_add (self, subject, "Ana", body, 1000 + i);
    }
  g_assert_true (store_database_commit (self->database, NULL));
  search_fixture_index (self);
}

static void
checkpoint (const char *path)
{
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_wal_checkpoint_v2 (handle, NULL, SQLITE_CHECKPOINT_RESTART, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);
}

static void
damage (StoreFixture *self, DamageFunc func)
{
  g_autofree char *path = g_strconcat (self->path, "-search", NULL);
  int fd;

  checkpoint (path);
  fd = open (path, O_RDWR);
  g_assert_cmpint (fd, >=, 0);
  func (fd, lseek (fd, 0, SEEK_END));
  close (fd);
}

static void
assert_mail_is_there (StoreFixture *self)
{
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM message"), ==, N_MESSAGES);
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM main.pragma_integrity_check WHERE integrity_check = 'ok'"), ==, 1);
}

/* At rest: whoever opens it next makes it anew, at once or when it is looked into. */
static void
test_at_rest (gconstpointer data)
{
  StoreFixture self = { NULL };

  store_fixture_set_up (&self, NULL);
  fill (&self);
  store_fixture_close (&self);
  damage (&self, (DamageFunc) data);
  store_fixture_open (&self);
  {
    g_autoptr (StoreDatabase) finder = store_search_open (self.store, NULL);
    g_autoptr (MailQuery) query = mail_query_parse ("porto lisbon figures", TRUE, 0, NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (GArray) ids = store_search_ids (finder, &(StoreSearch) { .query = query }, NULL, &error);

    if (!ids)
      g_assert_true (store_index_repair (finder, error));
  }
  search_fixture_index (&self);
  search_fixture_assert (&self, "porto", "Message000");
  assert_mail_is_there (&self);
  store_fixture_assert_sound (&self);
  store_fixture_tear_down (&self, NULL);
}

typedef struct
{
  GMainLoop *loop;
  GError *error;
  guint n_hits;
} Answer;

static gpointer
search (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (MailQuery) query = mail_query_parse (data, FALSE, 0, zone);

  return store_search_ids (database, &(StoreSearch) { .query = query }, cancellable, error);
}

static void
on_searched (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;
  g_autoptr (GArray) ids = store_run_finish (STORE_STORE (source), result, &answer->error);

  answer->n_hits = ids ? ids->len : 0;
  g_main_loop_quit (answer->loop);
}

/* Of the searching thread, with its handle that stays open */
static Answer
ask (StoreFixture *self, const char *text)
{
  Answer answer = { g_main_loop_new (NULL, FALSE), NULL, 0 };

  store_search_async (self->store, search, (gpointer) text, NULL, (GDestroyNotify) g_array_unref, NULL, on_searched, &answer);
  g_main_loop_run (answer.loop);
  g_main_loop_unref (answer.loop);
  return answer;
}

/* A profile's index is larger than what a handle remembers of it; this one is not. */
static gpointer
forget_pages (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  sqlite3_db_release_memory (store_database_get_handle (database));
  return NULL;
}

static void
forget (StoreFixture *self)
{
  Answer answer = { g_main_loop_new (NULL, FALSE), NULL, 0 };

  store_search_async (self->store, forget_pages, NULL, NULL, NULL, NULL, on_searched, &answer);
  g_main_loop_run (answer.loop);
  g_main_loop_unref (answer.loop);
}

/* While the searching thread and the one that builds have it open: the first search that notices says so, and both go on. */
static void
test_while_open (gconstpointer data)
{
  StoreFixture self = { NULL };
  g_autoptr (StoreIndex) index = NULL;
  gboolean is_more = TRUE;
  Answer answer;

  store_fixture_set_up (&self, NULL);
  fill (&self);
  index = store_index_open (self.store, NULL);
  g_assert_true (store_index_advance (index, search_fixture_take_apart, NULL, &is_more, NULL, NULL));
  g_assert_cmpuint (ask (&self, "porto").n_hits, ==, 1);
  damage (&self, (DamageFunc) data);
  forget (&self);
  answer = ask (&self, "figures");
  g_assert_error (answer.error, BASE_ERROR, BASE_ERROR_INDEX_RENEWED);
  g_clear_error (&answer.error);
  for (is_more = TRUE; is_more;)
    {
      g_autoptr (GError) error = NULL;

      if (!store_index_advance (index, search_fixture_take_apart, NULL, &is_more, NULL, &error))
        g_error ("building goes on: %s", error->message);
    }
  answer = ask (&self, "porto");
  g_assert_no_error (answer.error);
  g_assert_cmpuint (answer.n_hits, ==, 1);
  assert_mail_is_there (&self);
  store_fixture_assert_sound (&self);
  g_clear_pointer (&index, store_index_free);
  store_fixture_tear_down (&self, NULL);
}

static void
execute (StoreFixture *self, const char *sql)
{
  g_autofree char *path = g_strconcat (self->path, "-search", NULL);
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);
}

static void
test_table_goes (StoreFixture *self, gconstpointer data)
{
  Answer answer;

  fill (self);
  g_assert_cmpuint (ask (self, "porto").n_hits, ==, 1);
  execute (self, "DROP TABLE doc");
  answer = ask (self, "porto");
  g_assert_error (answer.error, BASE_ERROR, BASE_ERROR_INDEX_RENEWED);
  g_clear_error (&answer.error);
  search_fixture_index (self);
  g_assert_cmpuint (ask (self, "porto").n_hits, ==, 1);
}

static void
test_foreign_version (StoreFixture *self, gconstpointer data)
{
  Answer answer;

  fill (self);
  g_assert_cmpuint (ask (self, "porto").n_hits, ==, 1);
  execute (self, "DROP TABLE words; CREATE TABLE words (other TEXT); PRAGMA user_version = 4711");
  answer = ask (self, "porto");
  g_assert_error (answer.error, BASE_ERROR, BASE_ERROR_INDEX_RENEWED);
  g_clear_error (&answer.error);
  search_fixture_index (self);
  g_assert_cmpuint (ask (self, "porto").n_hits, ==, 1);
}

static void
test_sound_index_stays (StoreFixture *self, gconstpointer data)
{
  g_autoptr (GError) damaged = g_error_new (BASE_ERROR, BASE_ERROR_STORE_DAMAGED, "The mail is damaged.");
  g_autoptr (GError) cancelled = g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");

  fill (self);
  g_assert_false (store_index_repair (self->database, damaged));
  g_assert_false (store_index_repair (self->database, cancelled));
  search_fixture_assert (self, "porto", "Message000");
}

static void
add (const char *name, DamageFunc func)
{
  g_autofree char *at_rest = g_strdup_printf ("/store/index-damage/%s/is-made-anew", name);
  g_autofree char *open = g_strdup_printf ("/store/index-damage/%s-while-it-is-open/is-said-and-made-anew", name);

  g_test_add_data_func (at_rest, (gpointer) func, test_at_rest);
  g_test_add_data_func (open, (gpointer) func, test_while_open);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("a-spoilt-head", spoil_head);
  add ("spoilt-pages", spoil_pages);
  add ("a-file-of-noise", spoil_all);
  add ("a-file-cut-in-half", cut_in_half);
  add ("a-file-cut-amid-a-page", cut_amid_a_page);
  add ("an-empty-file", cut_off);
  store_fixture_test ("/store/index-damage/a-table-goes/is-made-anew", test_table_goes);
  store_fixture_test ("/store/index-damage/another-version-wrote-it/is-made-anew", test_foreign_version);
  store_fixture_test ("/store/index-damage/the-error-is-another-s/a-sound-index-stays", test_sound_index_stays);
  return g_test_run ();
}
