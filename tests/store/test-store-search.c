/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a query finds, in which order, and what it can never do. */
#include "search-fixture.h"

#include "base-error.h"

static void
fill (StoreFixture *self)
{
  gint64 sent = store_folders_find_role (self->database, 1, MAIL_ROLE_SENT, NULL);

  search_fixture_add (self, "Figures", "Ana Ruiz", "The quarterly figures of Łódź are here.", 1700000000);
  search_fixture_add (self, "Flat", "Tom Berg", "A flat in Porto, and quarterly rent. ATTACHED plan.pdf", 1700000100);
  search_fixture_add (self, "Zürich", "Ana Berg", "Grüße aus der Straße. Figures quarterly.", 1700000200);
  search_fixture_add (self, "会議", "山田", "明日の会議の資料をお送りします。", 1700000300);
  if (sent <= 0)
    sent = store_folders_find_role (self->database, 1, MAIL_ROLE_SENT, NULL);
  search_fixture_add_to (self, sent, "Lunch", "Me", "On Friday? \"quoted\" figures", 1700000400, MAIL_FLAG_SEEN | MAIL_FLAG_FLAGGED, TRUE);
  search_fixture_index (self);
}

static void
test_words (StoreFixture *self, gconstpointer data)
{
  fill (self);
  search_fixture_assert (self, "quarterly", "Zürich Flat Figures");
  search_fixture_assert (self, "quarterly figures", "Zürich Figures");
  search_fixture_assert (self, "\"quarterly figures\"", "Figures");
  search_fixture_assert (self, "quarterly -rent", "Zürich Figures");
  search_fixture_assert (self, "rent OR friday", "Lunch Flat");
  search_fixture_assert (self, "quarterly rent OR lodz", "Flat Figures");
  search_fixture_assert (self, "quart*", "Zürich Flat Figures");
  search_fixture_assert (self, "quart", "");
  search_fixture_assert (self, "-quarterly", "Lunch 会議");
}

static void
test_fields (StoreFixture *self, gconstpointer data)
{
  fill (self);
  search_fixture_assert (self, "from:berg", "Zürich Flat");
  search_fixture_assert (self, "from:\"tom berg\"", "Flat");
  search_fixture_assert (self, "from:sender@example.org from:ana", "Zürich Figures");
  search_fixture_assert (self, "to:me@example.net", "Lunch 会議 Zürich Flat Figures");
  search_fixture_assert (self, "subject:figures", "Figures");
  search_fixture_assert (self, "body:figures -subject:figures", "Lunch Zürich");
  search_fixture_assert (self, "attachment:plan", "Flat");
  search_fixture_assert (self, "attachment:plan.pdf", "Flat");
}

static void
test_folding (StoreFixture *self, gconstpointer data)
{
  fill (self);
  search_fixture_assert (self, "lodz", "Figures");
  search_fixture_assert (self, "ŁÓDŹ", "Figures");
  search_fixture_assert (self, "zurich", "Zürich");
  search_fixture_assert (self, "strasse", "Zürich");
  search_fixture_assert (self, "grüsse", "Zürich");
  search_fixture_assert (self, "grusse", "Zürich");
}

static void
test_dense_scripts (StoreFixture *self, gconstpointer data)
{
  static const char *const queries[] = { "会", "議", "料", "会議", "明日", "明日の会議", "資料を", "す", "from:山", "from:山田", "subject:会議" };

  fill (self);
  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    search_fixture_assert (self, queries[i], "会議");
  search_fixture_assert (self, "日明", "");
  search_fixture_assert (self, "会議室", "");
}

static void
test_states (StoreFixture *self, gconstpointer data)
{
  fill (self);
  search_fixture_assert (self, "is:flagged", "Lunch");
  search_fixture_assert (self, "is:unread", "会議 Zürich Flat Figures");
  search_fixture_assert (self, "figures is:unread", "Zürich Figures");
  search_fixture_assert (self, "-is:unread", "Lunch");
  search_fixture_assert (self, "has:attachment", "Flat");
  search_fixture_assert (self, "in:sent", "Lunch");
  search_fixture_assert (self, "figures -in:sent", "Zürich Figures");
  search_fixture_assert (self, "in:nowhere", "");
  search_fixture_assert (self, "is:flagged OR from:tom", "Lunch Flat");
  search_fixture_assert (self, "figures is:flagged OR from:ana", "Lunch Zürich Figures");
}

static void
test_measures (StoreFixture *self, gconstpointer data)
{
  fill (self); /* 1700000000 is 2023-11-14 22:13:20 UTC */
  search_fixture_assert (self, "after:2023-11-14 quarterly", "Zürich Flat Figures");
  search_fixture_assert (self, "after:2023-11-15", "");
  search_fixture_assert (self, "before:2023-11-15", "Lunch 会議 Zürich Flat Figures");
  search_fixture_assert (self, "before:2023-11-14 figures", "");
  search_fixture_assert (self, "larger:1k", "");
  search_fixture_assert (self, "smaller:1k from:tom", "Flat");
  search_fixture_assert (self, "larger:90", "会議 Flat");
}

static void
test_narrow (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = store_fixture_inbox (self);
  StoreSearch folder = { .narrow = { .folder = inbox } };
  StoreSearch flagged = { .narrow = { .only_flagged = TRUE } };
  StoreSearch ascending = { .narrow = { .is_ascending = TRUE } };
  StoreSearch by_subject = { .narrow = { .sort = STORE_SORT_SUBJECT, .is_ascending = TRUE } };
  StoreSearch two = { .limit = 2 };
  StoreSearch best = { .best_first = TRUE };
  const struct { const StoreSearch *search; const char *expected; } cases[] = {
    { &folder, "Zürich Figures" }, { &flagged, "Lunch" }, { &ascending, "Figures Zürich Lunch" }, { &by_subject, "Figures Lunch Zürich" },
    { &two, "Lunch Zürich" }, { &best, "Figures Lunch Zürich" },
  };

  fill (self);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = search_fixture_find_narrow (self, "figures", cases[i].search);

      g_assert_cmpstr (found, ==, cases[i].expected);
    }
}

static void
test_complaint (StoreFixture *self, gconstpointer data)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (MailQuery) query = mail_query_parse ("before:someday", FALSE, 0, zone);
  g_autoptr (StoreDatabase) database = store_search_open (self->store, NULL);
  g_autoptr (GError) error = NULL;
  StoreSearch search = { .query = query };

  g_assert_null (store_search_ids (database, &search, NULL, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_INVALID);
}

/* Every pair of what has a meaning somewhere */
static void
test_any_text (StoreFixture *self, gconstpointer data)
{
  static const char *const pieces[] = { "\"", "'", "*", "-", "OR", "AND", "NEAR(", ")", "^a", ":", "from:", "{subject}", "a", "会", "\"a", "a*", "-a",
                                        "-is:unread", "in:x", "before:2020", "-after:3d", "larger:1", "%", "\\", ";--", "\xff", "has:attachment" };

  fill (self);
  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (pieces); j++)
      {
        g_autofree char *spaced = g_strjoin (" ", pieces[i], pieces[j], "OR", pieces[i], NULL);
        g_autofree char *found = search_fixture_find (self, spaced);

        g_assert_nonnull (found);
      }
}

static void
test_cancelled (StoreFixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (MailQuery) query = mail_query_parse ("-nothing", FALSE, 0, zone);
  g_autoptr (StoreDatabase) database = NULL;
  g_autoptr (GError) error = NULL;
  StoreSearch search = { .query = query };
  gint64 inbox = store_fixture_inbox (self);

  store_database_begin (self->database, NULL);
  for (int i = 0; i < 3000; i++)
    search_fixture_add_to (self, inbox, "One", "Ana", "of many", 1000 + i, 0, TRUE);
  store_database_commit (self->database, NULL);
  search_fixture_index (self);
  database = store_search_open (self->store, NULL);
  g_cancellable_cancel (cancellable);
  g_assert_null (store_search_ids (database, &search, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  store_fixture_test ("/store/search/words-and-phrases-find-newest-first", test_words);
  store_fixture_test ("/store/search/fields-are-looked-in-alone", test_fields);
  store_fixture_test ("/store/search/diacritics-and-case-do-not-matter", test_folding);
  store_fixture_test ("/store/search/one-character-of-a-script-without-spaces-finds", test_dense_scripts);
  store_fixture_test ("/store/search/states-and-folders-narrow", test_states);
  store_fixture_test ("/store/search/dates-and-sizes-narrow", test_measures);
  store_fixture_test ("/store/search/scope-and-order-are-kept", test_narrow);
  store_fixture_test ("/store/search/a-bad-date-is-told", test_complaint);
  store_fixture_test ("/store/search/no-text-is-a-syntax-error", test_any_text);
  store_fixture_test ("/store/search/a-cancelled-search-stops", test_cancelled);
  return g_test_run ();
}
