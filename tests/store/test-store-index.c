/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index keeps step with the mail, whatever happens to either. */
#include "search-fixture.h"
#include "store-check.h"
#include "store-private.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void
replace (StoreFixture *self, gint64 id, const char *subject, const char *body)
{
  g_autoptr (MailSummary) summary = store_fixture_make_summary (NULL, subject, "Ana Ruiz");
  g_autofree char *text = g_strdup_printf ("Subject: %s\r\n\r\n%s", subject, body);
  g_autoptr (GBytes) source = g_bytes_new (text, strlen (text));

  summary->received = 0;
  g_assert_true (store_messages_replace (self->database, id, source, summary, NULL));
}

static void
test_deleted (StoreFixture *self, gconstpointer data)
{
  gint64 id = search_fixture_add (self, "One", "Ana", "figures", 1000);

  search_fixture_add (self, "Two", "Ana", "figures", 1001);
  search_fixture_index (self);
  g_assert_true (store_messages_delete (self->database, &id, 1, NULL));
  search_fixture_assert (self, "figures", "Two"); /* before the index knows */
  search_fixture_index (self);
  search_fixture_assert (self, "figures", "Two");
  store_fixture_assert_sound (self);
}

static void
test_replaced (StoreFixture *self, gconstpointer data)
{
  gint64 whole = search_fixture_add (self, "One", "Ana", "apples", 1000);
  gint64 headers = search_fixture_add_to (self, store_fixture_inbox (self), "Two", "Ana", "", 1001, 0, FALSE);

  search_fixture_index (self);
  search_fixture_assert (self, "subject:two", "Two");
  replace (self, whole, "One", "pears");
  replace (self, headers, "Deux", "pears");
  search_fixture_index (self);
  search_fixture_assert (self, "pears", "Deux One");
  search_fixture_assert (self, "apples", "");
  search_fixture_assert (self, "two", "");
  store_fixture_assert_sound (self);
}

static void
test_moved (StoreFixture *self, gconstpointer data)
{
  gint64 id = search_fixture_add (self, "One", "Ana", "figures", 1000);
  gint64 trash = store_folders_find_role (self->database, 1, MAIL_ROLE_TRASH, NULL);

  search_fixture_index (self);
  g_assert_true (store_messages_move (self->database, &id, 1, trash, NULL));
  search_fixture_assert (self, "figures in:deleted", "One");
  search_fixture_assert (self, "figures in:inbox", "");
  store_fixture_assert_sound (self);
}

/* However many came in the same second, each has its place and none is lost. */
static void
test_same_second (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = store_fixture_inbox (self);
  g_autoptr (StoreDatabase) database = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (MailQuery) query = mail_query_parse ("figures", FALSE, 0, zone);
  g_autoptr (GArray) ids = NULL;
  StoreSearch search = { .query = query };

  store_database_begin (self->database, NULL);
  for (int i = 0; i < 5000; i++)
    search_fixture_add_to (self, inbox, "One", "Ana", "figures", 1000000, 0, TRUE);
  store_database_commit (self->database, NULL);
  search_fixture_add (self, "Newer", "Ana", "figures", 3000000);
  search_fixture_index (self);
  database = store_search_open (self->store, NULL);
  ids = store_search_ids (database, &search, NULL, NULL);
  g_assert_cmpuint (ids->len, ==, 5001);
  g_assert_cmpint (g_array_index (ids, gint64, 0), ==, 5001);
  store_fixture_assert_sound (self);
}

/* Each time that the order goes back FTS5 writes out what it has: 300 pieces where one will do. */
static void
test_newest_first (StoreFixture *self, gconstpointer data)
{
  g_autoptr (StoreDatabase) database = NULL;
  gint64 n_pieces = 0;

  store_database_begin (self->database, NULL);
  for (int i = 0; i < 300; i++)
    search_fixture_add (self, "One", "Ana", "figures", 3000000 - i * 1000);
  store_database_commit (self->database, NULL);
  search_fixture_index (self);
  database = store_search_open (self->store, NULL);
  g_assert_true (store_database_query_int (database, store_database_prepare (database, "SELECT count (DISTINCT segid) FROM search.words_idx", NULL), 0,
                                           &n_pieces, NULL));
  g_assert_cmpint (n_pieces, ==, 1);
}

static void
test_thrown_away (StoreFixture *self, gconstpointer data)
{
  g_autofree char *path = g_strconcat (self->path, "-search", NULL);

  search_fixture_add (self, "One", "Ana", "figures", 1000);
  search_fixture_index (self);
  store_fixture_close (self);
  g_assert_cmpint (g_unlink (path), ==, 0);
  store_fixture_open (self);
  search_fixture_assert (self, "figures", "");
  search_fixture_index (self);
  search_fixture_assert (self, "figures", "One");
}

static void
test_damaged (StoreFixture *self, gconstpointer data)
{
  g_autofree char *path = g_strconcat (self->path, "-search", NULL);

  search_fixture_add (self, "One", "Ana", "figures", 1000);
  store_fixture_close (self);
  g_assert_true (g_file_set_contents (path, "This is no database, but it is long enough to look at it twice.", -1, NULL));
  store_fixture_open (self);
  search_fixture_index (self);
  search_fixture_assert (self, "figures", "One");
}

/* A copy of the index from elsewhere, or a mail file from a backup */
static void
test_of_another_mail (StoreFixture *self, gconstpointer data)
{
  search_fixture_add (self, "One", "Ana", "figures", 1000);
  search_fixture_index (self);
  g_assert_true (store_database_run (self->database, store_database_prepare (self->database,
    "UPDATE search_identity SET value = x'00'", NULL), NULL));
  search_fixture_assert (self, "figures", "");
  search_fixture_index (self);
  search_fixture_assert (self, "figures", "One");
}

static void
test_bounded (StoreFixture *self, gconstpointer data)
{
  g_autoptr (GString) body = g_string_new ("first ");

  while (body->len < STORE_INDEX_MAX_BODY)
    g_string_append (body, "filler ");
  g_string_append (body, "last");
  search_fixture_add (self, "Long", "Ana", body->str, 1000);
  search_fixture_index (self);
  search_fixture_assert (self, "first", "Long");
  search_fixture_assert (self, "last", "");
}

/* A file of the version before: nothing of it is lost, and all of it is found. */
static void
test_old_version (StoreFixture *self, gconstpointer data)
{
  static const char *const steps[] = { "DROP TRIGGER thread_left", "DROP INDEX message_thread", "DROP INDEX message_flagged",
                                       "DROP TABLE thread_name", "DROP TRIGGER search_removed", "DROP TRIGGER search_replaced", "DROP TABLE search_change",
                                       "DROP TABLE search_identity", "DROP TABLE contact_member",
                                       "DROP TABLE contact_group", "DROP TABLE contact_word", "DROP TABLE contact_address",
                                       "DROP TABLE contact", "DROP INDEX pending_place", "DROP INDEX pending_name",
                                       "DROP TABLE rule_reply", "DROP TABLE rule_waiting", "DROP TABLE rule_mark", "DROP TABLE rule", "DROP TABLE writing", "DROP TABLE favourite",
                                       "DROP TRIGGER filed_away", "DROP TABLE filed", "DROP TABLE saved_search", "DROP TABLE submission_limit",
                                       "PRAGMA user_version = 1" };
  gint64 id = search_fixture_add (self, "One", "Ana", "figures", 1000);

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    g_assert_true (store_database_run (self->database, store_database_prepare (self->database, steps[i], NULL), NULL));
  store_fixture_close (self);
  store_fixture_open (self);
  search_fixture_index (self);
  search_fixture_assert (self, "figures", "One");
  g_assert_true (store_messages_delete (self->database, &id, 1, NULL));
  search_fixture_index (self);
  search_fixture_assert (self, "figures", "");
  store_fixture_assert_sound (self);
}

static void
assert_fault (StoreFixture *self, const char *beginning)
{
  g_autoptr (GPtrArray) faults = store_check (self->database, NULL, NULL, NULL, NULL, NULL);

  g_assert_cmpuint (faults->len, ==, 1);
  g_assert_true (g_str_has_prefix (g_ptr_array_index (faults, 0), beginning));
}

static void
tamper (StoreFixture *self, const char *sql)
{
  g_autofree char *path = g_strconcat (self->path, "-search", NULL);
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);
}

static void
test_check (StoreFixture *self, gconstpointer data)
{
  search_fixture_add (self, "One", "Ana", "figures", 1000);
  search_fixture_add (self, "Two", "Ana", "figures", 2000);
  search_fixture_index (self);
  store_fixture_assert_sound (self);
  tamper (self, "UPDATE state SET dead = 1");
  assert_fault (self, "The search index has the words of 2 messages instead of 3");
  tamper (self, "DELETE FROM doc WHERE message = 2");
  assert_fault (self, "The search index has left out message 2");
  tamper (self, "INSERT INTO doc VALUES (8000, 2)");
  tamper (self, "UPDATE state SET dead = 0");
  store_fixture_assert_sound (self);
  tamper (self, "UPDATE words_data SET block = zeroblob (length (block)) WHERE id > 10");
  assert_fault (self, "The search index is damaged");
}

/* In a child: builds as fast as it can until it is killed */
static void
build_for_ever (const char *path)
{
  g_autoptr (Store) store = store_new (path, NULL);
  g_autoptr (StoreIndex) index = store_index_open (store, NULL);
  gboolean is_more;

  for (;;)
    store_index_advance (index, search_fixture_take_apart, NULL, &is_more, NULL, NULL);
}

static void
test_killed (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = store_fixture_inbox (self);

  for (int round = 0; round < 4; round++)
    {
      GPid pid;

      store_database_begin (self->database, NULL);
      for (int i = 0; i < 800; i++)
        search_fixture_add_to (self, inbox, "One", "Ana", "figures and other words that cost time", 1000 + round * 1000 + i, 0, TRUE);
      store_database_commit (self->database, NULL);
      store_fixture_close (self);
      pid = fork ();
      if (pid == 0)
        build_for_ever (self->path);
      g_usleep (10000 + round * 13000);
      kill (pid, SIGKILL);
      g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
      store_fixture_open (self);
      store_fixture_assert_sound (self);
    }
  search_fixture_index (self);
  store_fixture_assert_sound (self);
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM message"), ==, 3200);
  {
    g_autofree char *found = search_fixture_find (self, "figures -absent");
    g_auto (GStrv) subjects = g_strsplit (found, " ", -1);

    g_assert_cmpuint (g_strv_length (subjects), ==, 3200);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  store_fixture_test ("/store/index/a-deleted-message-is-not-found", test_deleted);
  store_fixture_test ("/store/index/a-replaced-message-is-found-by-its-new-words", test_replaced);
  store_fixture_test ("/store/index/a-moved-message-is-found-where-it-is", test_moved);
  store_fixture_test ("/store/index/thousands-of-one-second-are-all-found", test_same_second);
  store_fixture_test ("/store/index/newest-first/is-written-in-one-piece", test_newest_first);
  store_fixture_test ("/store/index/thrown-away-it-is-built-again", test_thrown_away);
  store_fixture_test ("/store/index/a-damaged-file-is-replaced", test_damaged);
  store_fixture_test ("/store/index/one-of-another-mail-is-built-anew", test_of_another_mail);
  store_fixture_test ("/store/index/what-is-indexed-of-a-text-is-bounded", test_bounded);
  store_fixture_test ("/store/index/a-profile-of-the-version-before-is-indexed", test_old_version);
  store_fixture_test ("/store/index/check-finds-what-is-missing-and-what-is-damaged", test_check);
  store_fixture_test ("/store/index/killed-at-any-point-it-goes-on", test_killed);
  return g_test_run ();
}
