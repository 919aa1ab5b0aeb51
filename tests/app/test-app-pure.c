/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of app/'s pure parts: dates, mailto: links, links in text, which column a table is sorted by, and what of a long
 * list is shown first. */
#include "app-format.h"
#include "app-mailto.h"
#include "messages-portion.h"
#include "messages-sort.h"
#include "reader-links.h"

#include <string.h>

#define NOW 1795342200 /* 2026-11-22 10:10 UTC, a Sunday */

static void
assert_date (gint64 time, const char *expected)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autofree char *text = app_format_date (time, NOW, zone);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_dates (void)
{
  assert_date (NOW - 600, "10:00");
  assert_date (NOW - 86400, "Yesterday 10:10");
  assert_date (NOW - 3 * 86400, "Thu 10:10");
  assert_date (NOW - 30 * 86400, "23 Oct");
  assert_date (NOW - 400 * 86400, "18 Oct 2025");
  assert_date (0, "");
  assert_date (G_MAXINT64, "");
  assert_date (G_MININT64, "");
}

static void
test_mailto (void)
{
  g_autoptr (AppMailto) mailto = app_mailto_parse ("mailto:ana@example.org?cc=tom@example.net&subject=Gr%C3%BC%C3%9Fe%0D%0ABcc:%20spy@example.com&"
                                                   "body=one%0D%0Atwo&attach=/etc/passwd&In-Reply-To=%3C1@example.org%3E%0D%0ABcc:%20spy");

  g_assert_nonnull (mailto);
  g_assert_cmpstr (mailto->to, ==, "ana@example.org");
  g_assert_cmpstr (mailto->cc, ==, "tom@example.net");
  g_assert_cmpstr (mailto->bcc, ==, "");
  g_assert_cmpstr (mailto->subject, ==, "Grüße  Bcc: spy@example.com");
  g_assert_cmpstr (mailto->body, ==, "one\ntwo");
  g_assert_cmpstr (mailto->in_reply_to, ==, "1@example.org");
}

static void
test_mailto_to_many (void)
{
  g_autoptr (AppMailto) mailto = app_mailto_parse ("MAILTO:ana@example.org?to=tom@example.net");

  g_assert_cmpstr (mailto->to, ==, "ana@example.org, tom@example.net");
}

static void
test_no_mailto (void)
{
  g_assert_null (app_mailto_parse ("https://example.org"));
}

static void
assert_links (const char *text, const char *expected)
{
  g_autoptr (GArray) links = reader_links_find (text, strlen (text));
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < links->len; i++)
    {
      const ReaderLink *link = &g_array_index (links, ReaderLink, i);

      g_string_append_printf (found, "%s%.*s", i ? " " : "", (int) (link->end - link->start), text + link->start);
    }
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_links (void)
{
  assert_links ("see https://example.org/a_(b).", "https://example.org/a_(b)");
  assert_links ("(see https://example.org/a).", "https://example.org/a");
  assert_links ("<http://example.org>, www.example.net!", "http://example.org www.example.net");
  assert_links ("HTTPS://EXAMPLE.ORG", "HTTPS://EXAMPLE.ORG");
  assert_links ("xhttp://example.org http:// www.", "");
  assert_links ("mailto:ana@example.org", "mailto:ana@example.org");
  assert_links ("https://example.org/ü", "https://example.org/ü");
}

static void
test_links_are_bounded (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) links = NULL;

  for (guint i = 0; i < 10000; i++)
    g_string_append (text, "http://a.example ");
  links = reader_links_find (text->str, text->len);
  g_assert_cmpuint (links->len, ==, READER_MAX_LINKS);
}

static void
test_link_targets (void)
{
  g_autofree char *www = reader_links_dup_uri ("www.example.org");

  g_assert_cmpstr (www, ==, "http://www.example.org");
  g_assert_null (reader_links_dup_uri ("http://[broken"));
}

static void
test_sort_column (void)
{
  GtkWidget *view = g_object_ref_sink (gtk_column_view_new (NULL));
  g_autoptr (GtkSorter) by_size = messages_sort_new (MODEL_SORT_SIZE);
  g_autoptr (GtkSorter) by_from = messages_sort_new (MODEL_SORT_FROM);
  g_autoptr (GtkColumnViewColumn) size = gtk_column_view_column_new ("Size", NULL);
  g_autoptr (GtkColumnViewColumn) from = gtk_column_view_column_new ("From", NULL);
  GtkSorter *sorter = gtk_column_view_get_sorter (GTK_COLUMN_VIEW (view));
  gboolean is_ascending;
  ModelSort sort;

  gtk_column_view_column_set_sorter (size, by_size);
  gtk_column_view_column_set_sorter (from, by_from);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (view), size);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (view), from);
  g_assert_false (messages_sort_read (sorter, &sort, &is_ascending));
  gtk_column_view_sort_by_column (GTK_COLUMN_VIEW (view), from, GTK_SORT_ASCENDING);
  gtk_column_view_sort_by_column (GTK_COLUMN_VIEW (view), size, GTK_SORT_DESCENDING);
  g_assert_true (messages_sort_read (sorter, &sort, &is_ascending));
  g_assert_cmpint (sort, ==, MODEL_SORT_SIZE);
  g_assert_false (is_ascending);
  g_object_unref (view);
}

#define MANY 200

typedef struct
{
  GtkStringList *list;
  MessagesPortion *portion;
  guint n_heard;             /* as many as its signals make it */
} PortionTest;

static void
on_portion_changed (GListModel *model, guint position, guint removed, guint added, PortionTest *test)
{
  g_assert_cmpuint (position + removed, <=, test->n_heard);
  test->n_heard += added - removed;
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, test->n_heard);
}

static void
replace (PortionTest *test, guint n)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) strings = NULL;

  for (guint i = 0; i < n; i++)
    g_strv_builder_add (builder, "message");
  strings = g_strv_builder_end (builder);
  gtk_string_list_splice (test->list, 0, g_list_model_get_n_items (G_LIST_MODEL (test->list)), (const char *const *) strings);
}

static void
set_up_portion (PortionTest *test, gconstpointer data)
{
  test->list = gtk_string_list_new (NULL);
  test->portion = messages_portion_new (G_LIST_MODEL (test->list), NULL);
  g_signal_connect (test->portion, "items-changed", G_CALLBACK (on_portion_changed), test);
}

static void
tear_down_portion (PortionTest *test, gconstpointer data)
{
  g_object_unref (test->portion);
  g_object_unref (test->list);
}

static void
test_portion_first (PortionTest *test, gconstpointer data)
{
  g_autoptr (GObject) last = NULL;

  replace (test, MANY);
  g_assert_cmpuint (test->n_heard, ==, MESSAGES_PORTION_ROWS);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (test->portion), MESSAGES_PORTION_ROWS));
  messages_portion_complete (test->portion);
  g_assert_cmpuint (test->n_heard, ==, MANY);
  last = g_list_model_get_item (G_LIST_MODEL (test->portion), MANY - 1);
  g_assert_nonnull (last);
}

static void
test_portion_again (PortionTest *test, gconstpointer data)
{
  replace (test, MANY);
  gtk_string_list_remove (test->list, 0);
  g_assert_cmpuint (test->n_heard, ==, MANY - 1);
  gtk_string_list_append (test->list, "one more");
  g_assert_cmpuint (test->n_heard, ==, MANY);
  replace (test, MANY + 1);
  g_assert_cmpuint (test->n_heard, ==, MESSAGES_PORTION_ROWS);
}

/* As when the first hits of a search are followed by the others */
static void
test_portion_longer (PortionTest *test, gconstpointer data)
{
  replace (test, MANY);
  gtk_string_list_append (test->list, "one more");
  g_assert_cmpuint (test->n_heard, ==, MESSAGES_PORTION_ROWS);
  messages_portion_complete (test->portion);
  g_assert_cmpuint (test->n_heard, ==, MANY + 1);
}

static void
test_portion_nobody_paints (PortionTest *test, gconstpointer data)
{
  replace (test, MANY);
  while (test->n_heard < MANY)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_portion_short (PortionTest *test, gconstpointer data)
{
  replace (test, MESSAGES_PORTION_ROWS);
  g_assert_cmpuint (test->n_heard, ==, MESSAGES_PORTION_ROWS);
  messages_portion_complete (test->portion);
  replace (test, 0);
  g_assert_cmpuint (test->n_heard, ==, 0);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/format/dates/are-as-short-as-they-can-be", test_dates);
  g_test_add_func ("/app/mailto/a-link/fills-its-fields-and-no-others", test_mailto);
  g_test_add_func ("/app/mailto/two-recipients/are-joined", test_mailto_to_many);
  g_test_add_func ("/app/mailto/another-link/is-none", test_no_mailto);
  g_test_add_func ("/app/reader/links/are-found-without-what-ends-a-sentence", test_links);
  g_test_add_func ("/app/reader/links/are-bounded", test_links_are_bounded);
  g_test_add_func ("/app/reader/links/lead-where-they-say", test_link_targets);
  g_test_add_func ("/app/messages/sort/the-column-clicked-last-is-read", test_sort_column);
#define PORTION(name, func) g_test_add ("/app/portion/" name, PortionTest, NULL, set_up_portion, func, tear_down_portion)
  PORTION ("a-long-list/what-is-seen-first-and-then-the-rest", test_portion_first);
  PORTION ("a-change-before-the-rest/brings-it-along", test_portion_again);
  PORTION ("a-change-further-down/waits-with-the-rest", test_portion_longer);
  PORTION ("nobody-paints/the-rest-comes-all-the-same", test_portion_nobody_paints);
  PORTION ("a-short-list/is-there-at-once", test_portion_short);
  return g_test_run ();
}
