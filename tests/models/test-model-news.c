/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of what counts as new mail: only what came lately, unread, into an Inbox, and only until it is read or gone. */
#include "model-news.h"

#include "mail-rule.h"
#include "model-test.h"
#include "store-folders.h"
#include "store-messages.h"
#include "store-rules.h"

typedef struct
{
  ModelTest base;
  ModelNews *news;
  guint n_expected;
} NewsTest;

static void
set_up (NewsTest *test, gconstpointer data)
{
  model_test_set_up (&test->base, data);
  model_test_add (&test->base, test->base.inbox, "before@example.org", "There already", g_get_real_time () / G_USEC_PER_SEC);
  test->news = model_news_new (test->base.store, 50);
}

static void
tear_down (NewsTest *test, gconstpointer data)
{
  g_assert_finalize_object (test->news);
  model_test_settle (50);
  model_test_tear_down (&test->base, data);
}

static gboolean
has_expected (gpointer data)
{
  NewsTest *test = data;

  return model_news_get_items (test->news)->len == test->n_expected;
}

static gint64
add (NewsTest *test, gint64 folder, const char *subject, gint64 age)
{
  return model_test_add (&test->base, folder, "ann@example.org", subject, g_get_real_time () / G_USEC_PER_SEC - age);
}

static void
expect (NewsTest *test, guint n)
{
  test->n_expected = n;
  model_test_wait (has_expected, test);
}

static const ModelNewsItem *
get_item (NewsTest *test, guint i)
{
  return g_ptr_array_index (model_news_get_items (test->news), i);
}

static void
test_arrival (NewsTest *test, gconstpointer data)
{
  g_assert_cmpuint (model_news_get_items (test->news)->len, ==, 0);
  add (test, test->base.inbox, "Figures", 60);
  add (test, test->base.inbox, "Flat", 0);
  expect (test, 2);
  g_assert_cmpstr (get_item (test, 0)->summary->subject, ==, "Figures");
  g_assert_cmpstr (get_item (test, 1)->summary->subject, ==, "Flat");
  g_assert_cmpint (get_item (test, 0)->account, ==, account_get_id (test->base.account));
}

static void
assert_alone (NewsTest *test, const char *subject)
{
  add (test, test->base.inbox, subject, 0);
  expect (test, 1);
  g_assert_cmpstr (get_item (test, 0)->summary->subject, ==, subject);
}

static void
test_old (NewsTest *test, gconstpointer data)
{
  add (test, test->base.inbox, "Of last week", 7 * MODEL_NEWS_MAX_AGE);
  add (test, test->base.inbox, "Of the day before", MODEL_NEWS_MAX_AGE + 60);
  assert_alone (test, "Of today");
}

static void
test_elsewhere (NewsTest *test, gconstpointer data)
{
  gint64 account = account_get_id (test->base.account);

  add (test, test->base.trash, "Deleted", 0);
  add (test, store_folders_find_role (test->base.database, account, MAIL_ROLE_SENT, NULL), "Sent", 0);
  add (test, store_folders_find_role (test->base.database, account, MAIL_ROLE_JUNK, NULL), "Junk", 0);
  add (test, store_folders_find_role (test->base.database, STORE_LOCAL_ACCOUNT, MAIL_ROLE_OUTBOX, NULL), "Outbox", 0);
  assert_alone (test, "Arrived");
}

static void
test_read_already (NewsTest *test, gconstpointer data)
{
  gint64 id;

  g_assert_true (store_database_begin (test->base.database, NULL));
  id = add (test, test->base.inbox, "Read by telephone", 0);
  g_assert_true (store_messages_set_flags (test->base.database, &id, 1, MAIL_FLAG_SEEN, 0, NULL));
  g_assert_true (store_database_commit (test->base.database, NULL));
  assert_alone (test, "Unread");
}

static void
test_read (NewsTest *test, gconstpointer data)
{
  gint64 id = add (test, test->base.inbox, "Figures", 0);

  expect (test, 1);
  g_assert_true (store_messages_set_flags (test->base.database, &id, 1, MAIL_FLAG_SEEN, 0, NULL));
  expect (test, 0);
}

static void
test_moved (NewsTest *test, gconstpointer data)
{
  gint64 id = add (test, test->base.inbox, "Figures", 0);

  expect (test, 1);
  g_assert_true (store_messages_move (test->base.database, &id, 1, test->base.trash, NULL));
  expect (test, 0);
  g_assert_cmpint (model_news_find_folder (test->news, id), ==, test->base.trash);
  g_assert_true (store_messages_delete (test->base.database, &id, 1, NULL));
  g_assert_cmpint (model_news_find_folder (test->news, id), ==, 0);
}

static gboolean
is_flat (const ModelNewsItem *item, gpointer data)
{
  return g_str_equal (item->summary->subject, "Flat");
}

static void
test_forgotten (NewsTest *test, gconstpointer data)
{
  add (test, test->base.inbox, "Figures", 0);
  add (test, test->base.inbox, "Flat", 0);
  expect (test, 2);
  model_news_keep (test->news, is_flat, NULL);
  g_assert_cmpuint (model_news_get_items (test->news)->len, ==, 1);
  add (test, test->base.inbox, "Later", 0);
  expect (test, 2);
  g_assert_cmpstr (get_item (test, 0)->summary->subject, ==, "Flat");
}

/* The rules take as long as they like (within reason): what they move is never told. */
static void
test_rules (NewsTest *test, gconstpointer data)
{
  g_autoptr (MailRule) rule = mail_rule_new ();
  g_autoptr (GArray) turns = NULL;
  gint64 id, mark;

  g_assert_cmpint (store_rules_save (test->base.database, rule, NULL), >, 0);
  id = add (test, test->base.inbox, "To be moved", 0);
  add (test, test->base.inbox, "To stay", 0);
  model_test_settle (200);
  g_assert_cmpuint (model_news_get_items (test->news)->len, ==, 0);
  g_assert_true (store_messages_move (test->base.database, &id, 1, test->base.trash, NULL));
  g_assert_true (store_rules_next (test->base.database, 100, &turns, &mark, NULL));
  g_assert_true (store_rules_set_mark (test->base.database, mark, NULL));
  expect (test, 1);
  g_assert_cmpstr (get_item (test, 0)->summary->subject, ==, "To stay");
}

static void
test_many (NewsTest *test, gconstpointer data)
{
  g_assert_true (store_database_begin (test->base.database, NULL));
  for (guint i = 0; i < MODEL_NEWS_MAX + 5; i++)
    {
      g_autofree char *subject = g_strdup_printf ("%u", i);

      add (test, test->base.inbox, subject, 0);
    }
  g_assert_true (store_database_commit (test->base.database, NULL));
  expect (test, MODEL_NEWS_MAX);
  g_assert_cmpstr (get_item (test, 0)->summary->subject, ==, "5");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, func) g_test_add ("/models/news/" path, NewsTest, NULL, set_up, func, tear_down)
  TEST ("what-comes/is-told-in-its-order", test_arrival);
  TEST ("older-than-a-day/is-no-news", test_old);
  TEST ("junk-sent-and-deleted/are-no-news", test_elsewhere);
  TEST ("read-elsewhere/is-no-news", test_read_already);
  TEST ("read-here/is-news-no-more", test_read);
  TEST ("moved-or-deleted/is-news-no-more", test_moved);
  TEST ("forgotten/does-not-come-back", test_forgotten);
  TEST ("moved-by-a-rule/is-never-told", test_rules);
  TEST ("very-many/are-the-newest-thousand", test_many);
  return g_test_run ();
}
