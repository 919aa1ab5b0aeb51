/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages of one conversation have one thread, in whatever order they come. */
#include "mail-role.h"
#include "store-fixture.h"
#include "store-messages.h"
#include "store-threads.h"

#include <string.h>

static gint64
add_numbered (StoreFixture *self, gint64 folder, const char *id, const char *references, gint64 thread)
{
  g_autoptr (MailSummary) summary = store_fixture_make_summary (id, id, "f");
  g_autoptr (GBytes) source = g_bytes_new (id, strlen (id));
  g_autoptr (GError) error = NULL;
  gint64 message;

  summary->thread = thread;
  g_strfreev (summary->references_ids);
  summary->references_ids = g_strsplit (references, " ", -1);
  if (*references)
    summary->in_reply_to = g_strdup (summary->references_ids[g_strv_length (summary->references_ids) - 1]);
  message = store_messages_add (self->database, folder, source, summary, &error);
  g_assert_no_error (error);
  return message;
}

static gint64
add (StoreFixture *self, gint64 folder, const char *id, const char *references)
{
  return add_numbered (self, folder, id, references, 0);
}

static gint64
thread_of (StoreFixture *self, gint64 id)
{
  g_autoptr (MailSummary) row = store_messages_get (self->database, id, NULL);

  g_assert_nonnull (row);
  return row->thread;
}

static void
test_every_order (StoreFixture *self, gconstpointer data)
{
  static const struct { const char *id, *references; } mails[] = {
    { "a", "" }, { "b", "a@example.org" }, { "c", "a@example.org b@example.org" }, { "d", "b@example.org" },
  };
  static const guint orders[][4] = { { 0, 1, 2, 3 }, { 3, 2, 1, 0 }, { 2, 3, 0, 1 }, { 3, 0, 2, 1 }, { 1, 3, 0, 2 }, { 3, 2, 0, 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autofree char *name = g_strdup_printf ("order %u", (guint) i);
      gint64 account = 10 + (gint64) i;
      gint64 folder = store_folders_create (self->database, account, name, MAIL_ROLE_NONE, NULL);
      gint64 ids[4];

      for (gsize j = 0; j < 4; j++)
        ids[j] = add (self, folder, mails[orders[i][j]].id, mails[orders[i][j]].references);
      for (gsize j = 1; j < 4; j++)
        g_assert_cmpint (thread_of (self, ids[j]), ==, thread_of (self, ids[0]));
    }
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM thread_name"), ==, 0); /* nobody is awaited any more */
}

static void
test_siblings (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = store_fixture_inbox (self);
  gint64 one = add (self, inbox, "one", "lost@example.org");
  gint64 two = add (self, inbox, "two", "lost@example.org");

  g_assert_cmpint (thread_of (self, one), ==, thread_of (self, two));
}

static void
test_numbers_of_servers (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = store_fixture_inbox (self);
  gint64 early = add (self, inbox, "early", "one@example.org lost@example.org");
  gint64 one = add_numbered (self, inbox, "one", "", -7);
  gint64 two = add_numbered (self, inbox, "two", "one@example.org", -8);
  gint64 late = add (self, inbox, "late", "one@example.org lost@example.org");

  g_assert_cmpint (thread_of (self, one), ==, -7);
  g_assert_cmpint (thread_of (self, two), ==, -8);
  g_assert_cmpint (thread_of (self, late), ==, -7);
  g_assert_cmpint (thread_of (self, early), ==, -7);
}

static void
test_awaited_by_nobody (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = store_fixture_inbox (self);
  gint64 one = add (self, inbox, "one", "lost@example.org");

  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM thread_name"), ==, 1);
  g_assert_true (store_messages_delete (self->database, &one, 1, NULL));
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM thread_name"), ==, 0);
}

/* A thousand messages each, and then one that answers both: nobody renumbers a thousand for it. */
static void
test_big_threads (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = store_fixture_inbox (self);
  gint64 ids[2] = { add (self, inbox, "one", ""), add (self, inbox, "two", "") };
  gint64 last;

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (GArray) same = g_array_new (FALSE, FALSE, sizeof (gint64));

      for (guint j = 0; j < 1000; j++)
        g_array_append_val (same, ids[i]);
      g_assert_true (store_messages_copy (self->database, (const gint64 *) same->data, same->len, inbox, NULL));
    }
  last = add (self, inbox, "last", "one@example.org two@example.org");
  g_assert_cmpint (thread_of (self, ids[0]), !=, thread_of (self, ids[1]));
  g_assert_true (thread_of (self, last) == thread_of (self, ids[0]) || thread_of (self, last) == thread_of (self, ids[1]));
}

static void
test_list (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = store_fixture_inbox (self);
  gint64 sent = store_folders_find_role (self->database, 1, MAIL_ROLE_SENT, NULL);
  gint64 question = add (self, inbox, "question", "");
  gint64 answer = add (self, sent, "answer", "question@example.org");
  gint64 thanks = add (self, inbox, "thanks", "question@example.org answer@example.org");
  gint64 other = add (self, inbox, "other", "");
  g_autoptr (GHashTable) of_inbox = store_threads_list (self->database, &(StoreQuery) { .folder = inbox }, NULL);
  g_autoptr (GHashTable) of_all = store_threads_list (self->database, &(StoreQuery) { .view = STORE_VIEW_ALL }, NULL);

  g_assert_cmpuint (g_hash_table_size (of_inbox), ==, 2);
  g_assert_cmpint (*(gint64 *) g_hash_table_lookup (of_inbox, &question), ==, *(gint64 *) g_hash_table_lookup (of_inbox, &thanks));
  g_assert_false (g_hash_table_contains (of_inbox, &answer) || g_hash_table_contains (of_inbox, &other));
  g_assert_cmpuint (g_hash_table_size (of_all), ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  store_fixture_test ("/store/threads/messages-in-any-order/are-one-conversation", test_every_order);
  store_fixture_test ("/store/threads/answers-to-what-is-not-here/are-one-conversation", test_siblings);
  store_fixture_test ("/store/threads/a-server's-number/stands", test_numbers_of_servers);
  store_fixture_test ("/store/threads/what-a-deleted-thread-named/is-forgotten", test_awaited_by_nobody);
  store_fixture_test ("/store/threads/two-big-threads/stay-apart", test_big_threads);
  store_fixture_test ("/store/threads/list/has-those-that-are-shared", test_list);
  return g_test_run ();
}
