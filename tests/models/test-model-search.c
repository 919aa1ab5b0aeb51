/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The message list while somebody searches and presses chips: it shows what is found, of the last question alone. */
#include "model-folder-tree.h"
#include "model-message-list.h"
#include "model-message.h"
#include "model-test.h"
#include "store-index.h"
#include "store-messages.h"
#include "store-saved.h"
#include "store-search.h"

#include <string.h>

typedef struct
{
  ModelTest base;
  ModelMessageList *list;
} SearchTest;

static void
take_apart (GBytes *source, const MailSummary *summary, StoreIndexText *text)
{
  text->subject = g_strdup (summary->subject);
  text->from = g_strdup ("");
  text->to = g_strdup ("");
  text->body = g_strdup ("");
  text->attachments = g_strdup ("");
}

static void
build_index (SearchTest *test)
{
  g_autoptr (StoreIndex) index = store_index_open (test->base.store, NULL);
  gboolean is_more = TRUE;

  while (is_more)
    g_assert_true (store_index_advance (index, take_apart, NULL, &is_more, NULL, NULL));
}

static void
set_up (SearchTest *test, gconstpointer data)
{
  model_test_set_up (&test->base, data);
  test->list = model_message_list_new (test->base.store);
  model_test_add (&test->base, test->base.inbox, "Ana", "Figures of March", 1000);
  model_test_add (&test->base, test->base.inbox, "Tom", "Flat in Porto", 2000);
  model_test_add (&test->base, test->base.trash, "Ana", "Figures of April", 3000);
  build_index (test);
  model_message_list_show (test->list, test->base.inbox, MODEL_SORT_RECEIVED, FALSE);
}

static void
tear_down (SearchTest *test, gconstpointer data)
{
  model_test_settle (10);
  g_assert_finalize_object (test->list);
  model_test_tear_down (&test->base, data);
}

typedef struct
{
  SearchTest *test;
  const char *subjects;
} Wait;

static char *
dup_subjects (SearchTest *test)
{
  GString *found = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (test->list)); i++)
    {
      g_autoptr (ModelMessage) message = g_list_model_get_item (G_LIST_MODEL (test->list), i);

      g_string_append_printf (found, "%s%s", i > 0 ? ", " : "", model_message_get_summary (message) ? model_message_get_summary (message)->subject : "?");
    }
  return g_string_free (found, FALSE);
}

static gboolean
shows (gpointer data)
{
  Wait *wait = data;
  g_autofree char *found = dup_subjects (wait->test);

  return strcmp (found, wait->subjects) == 0;
}

static void
wait_for (SearchTest *test, const char *subjects)
{
  Wait wait = { test, subjects };

  model_test_wait (shows, &wait);
}

static void
test_everywhere (SearchTest *test, gconstpointer data)
{
  model_message_list_search (test->list, "figures");
  wait_for (test, "Figures of April, Figures of March");
  model_message_list_set_is_everywhere (test->list, FALSE);
  wait_for (test, "Figures of March");
  model_message_list_search (test->list, NULL);
  wait_for (test, "Flat in Porto, Figures of March");
  g_assert_null (model_message_list_get_search (test->list));
}

/* However fast somebody types, what stays is what the last letters find. */
static void
test_typing (SearchTest *test, gconstpointer data)
{
  static const char *const typed[] = { "f", "fi", "fig", "figu", "figur", "figures", "figures o", "figures of", "figures of a", "figures of ap", "figures of apr" };

  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    model_message_list_search (test->list, typed[i]);
  wait_for (test, "Figures of April");
  model_test_settle (100);
  wait_for (test, "Figures of April");
}

static void
test_another_folder (SearchTest *test, gconstpointer data)
{
  model_message_list_search (test->list, "porto");
  wait_for (test, "Flat in Porto");
  model_message_list_set_filter (test->list, MODEL_FILTER_UNREAD);
  model_message_list_show (test->list, test->base.trash, MODEL_SORT_RECEIVED, FALSE);
  wait_for (test, "Figures of April");
  g_assert_null (model_message_list_get_search (test->list));
  g_assert_cmpint (model_message_list_get_filter (test->list), ==, MODEL_FILTER_ALL);
}

static void
test_index_grows (SearchTest *test, gconstpointer data)
{
  model_message_list_search (test->list, "figures");
  wait_for (test, "Figures of April, Figures of March");
  model_test_add (&test->base, test->base.inbox, "Ana", "Figures of May", 4000);
  build_index (test);
  wait_for (test, "Figures of May, Figures of April, Figures of March");
}

static void
test_deleted (SearchTest *test, gconstpointer data)
{
  gint64 id;

  model_message_list_search (test->list, "figures");
  wait_for (test, "Figures of April, Figures of March");
  id = model_message_list_get_id (test->list, 0);
  g_assert_true (store_messages_delete (test->base.database, &id, 1, NULL));
  wait_for (test, "Figures of March");
}

static void
test_filter (SearchTest *test, gconstpointer data)
{
  gint64 id;

  wait_for (test, "Flat in Porto, Figures of March");
  id = model_message_list_get_id (test->list, 0);
  g_assert_true (store_messages_set_flags (test->base.database, &id, 1, MAIL_FLAG_FLAGGED | MAIL_FLAG_SEEN, 0, NULL));
  model_message_list_set_filter (test->list, MODEL_FILTER_FLAGGED);
  wait_for (test, "Flat in Porto");
  model_message_list_search (test->list, "figures");
  wait_for (test, "");
  model_message_list_set_filter (test->list, MODEL_FILTER_UNREAD);
  wait_for (test, "Figures of April, Figures of March");
}

static void
test_complaint (SearchTest *test, gconstpointer data)
{
  model_message_list_search (test->list, "before:someday figures");
  wait_for (test, "");
  g_assert_nonnull (model_message_list_get_complaint (test->list));
  model_message_list_search (test->list, "before:2030 figures");
  wait_for (test, "Figures of April, Figures of March");
  g_assert_null (model_message_list_get_complaint (test->list));
}

static void
test_highlight (SearchTest *test, gconstpointer data)
{
  g_autoptr (ModelMessage) message = NULL;

  model_message_list_search (test->list, "figures");
  wait_for (test, "Figures of April, Figures of March");
  message = g_list_model_get_item (G_LIST_MODEL (test->list), 0);
  g_assert_nonnull (model_message_get_highlight (message));
  model_message_list_search (test->list, "");
  wait_for (test, "Flat in Porto, Figures of March");
  g_assert_null (model_message_get_highlight (message));
}

/* The first page comes before the rest, and the rest does come. */
static void
test_many_hits (SearchTest *test, gconstpointer data)
{
  model_test_fill (&test->base, test->base.inbox, 1000);
  build_index (test);
  model_message_list_search (test->list, "-absent");
  for (int i = 0; g_list_model_get_n_items (G_LIST_MODEL (test->list)) != 1003 && i < 1000; i++)
    model_test_settle (10);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (test->list)), ==, 1003);
}

static gint64
save (SearchTest *test, const char *query, gint64 folder)
{
  gint64 id = store_saved_put (test->base.database, &(StoreSaved) { .name = (char *) query, .query = (char *) query, .folder = folder }, NULL);

  g_assert_cmpint (id, >, 0);
  return model_folder_id_from_saved (id);
}

static void
test_saved (SearchTest *test, gconstpointer data)
{
  model_message_list_show (test->list, save (test, "figur", 0), MODEL_SORT_RECEIVED, FALSE);
  wait_for (test, "Figures of April, Figures of March");
  g_assert_null (model_message_list_get_search (test->list)); /* nobody is looking for anything */
  g_assert_nonnull (model_message_list_get_highlight (test->list));
  model_message_list_set_filter (test->list, MODEL_FILTER_FLAGGED);
  wait_for (test, "");
  model_message_list_set_filter (test->list, MODEL_FILTER_ALL);
  wait_for (test, "Figures of April, Figures of March");
  model_test_add (&test->base, test->base.inbox, "Ana", "Figures of May", 4000);
  build_index (test);
  wait_for (test, "Figures of May, Figures of April, Figures of March");
}

static void
test_search_over_saved (SearchTest *test, gconstpointer data)
{
  model_message_list_show (test->list, save (test, "figures", test->base.trash), MODEL_SORT_RECEIVED, FALSE);
  wait_for (test, "Figures of April");
  model_message_list_search (test->list, "porto");
  wait_for (test, "Flat in Porto");
  model_message_list_search (test->list, NULL);
  wait_for (test, "Figures of April");
  model_message_list_show (test->list, test->base.inbox, MODEL_SORT_RECEIVED, FALSE);
  wait_for (test, "Flat in Porto, Figures of March");
  g_assert_null (model_message_list_get_highlight (test->list));
}

static void
test_saved_is_gone (SearchTest *test, gconstpointer data)
{
  model_message_list_show (test->list, model_folder_id_from_saved (4711), MODEL_SORT_RECEIVED, FALSE);
  model_test_settle (100);
  wait_for (test, "");
  g_assert_false (model_message_list_is_loading (test->list));
}

typedef struct
{
  ModelFolderTree *tree;
  gint64 id;
  guint unread;
} Row;

static gboolean
has_unread (gpointer data)
{
  const Row *row = data;
  ModelFolder *folder = model_folder_tree_find (row->tree, row->id);

  return folder && model_folder_get_unread (folder) == row->unread;
}

static gboolean
is_gone (gpointer data)
{
  const Row *row = data;

  return !model_folder_tree_find (row->tree, row->id);
}

static void
test_saved_counts (SearchTest *test, gconstpointer data)
{
  g_autoptr (ModelFolderTree) tree = model_folder_tree_new (test->base.store, test->base.accounts);
  Row row = { tree, save (test, "figures", 0), 2 };
  gint64 id;

  model_test_wait (has_unread, &row);
  id = model_test_add (&test->base, test->base.inbox, "Ana", "Figures of May", 4000);
  build_index (test);
  row.unread = 3;
  model_test_wait (has_unread, &row);
  g_assert_true (store_messages_set_flags (test->base.database, &id, 1, MAIL_FLAG_SEEN, 0, NULL));
  row.unread = 2;
  model_test_wait (has_unread, &row);
  g_assert_true (store_saved_delete (test->base.database, model_folder_id_to_saved (row.id), NULL));
  model_test_wait (is_gone, &row);
}

static void
test_saved_rows (SearchTest *test, gconstpointer data)
{
  gint64 second = save (test, "porto", 0);
  g_autoptr (ModelFolderTree) tree = model_folder_tree_new (test->base.store, test->base.accounts);
  ModelFolder *views = model_folder_tree_find_parent (tree, model_folder_tree_find (tree, second));
  Row first = { tree, save (test, "figures", 0), 0 };
  g_autoptr (ModelFolder) last = g_list_model_get_item (model_folder_get_children (views), 4);
  g_autoptr (ModelFolder) now_last = NULL;

  g_assert_cmpint (model_folder_get_kind (views), ==, MODEL_FOLDER_VIEWS);
  g_assert_cmpstr (model_folder_get_name (last), ==, "porto");
  first.unread = 2;
  model_test_wait (has_unread, &first);
  now_last = g_list_model_get_item (model_folder_get_children (views), 5);
  g_assert_true (now_last == last); /* by name, and a row that stays is the same */
}

static gboolean
is_partial (gpointer data)
{
  return model_message_list_is_partial (data);
}

static gboolean
is_whole (gpointer data)
{
  return !model_message_list_is_partial (data) && g_list_model_get_n_items (data) == 102;
}

static void
test_index_is_behind (SearchTest *test, gconstpointer data)
{
  model_test_fill (&test->base, test->base.inbox, 100);
  model_message_list_search (test->list, "figures OR ana OR 0*");
  model_test_wait (is_partial, test->list);
  build_index (test);
  model_message_list_search (test->list, "figures OR 00*");
  model_test_wait (is_whole, test->list);
}

static void
test_best_first (SearchTest *test, gconstpointer data)
{
  model_test_add (&test->base, test->base.inbox, "Ana", "Figures figures figures", 500);
  build_index (test);
  model_message_list_search (test->list, "figures");
  wait_for (test, "Figures of April, Figures of March, Figures figures figures");
  model_message_list_set_is_best_first (test->list, TRUE);
  wait_for (test, "Figures figures figures, Figures of April, Figures of March");
  model_message_list_search (test->list, NULL);
  wait_for (test, "Flat in Porto, Figures of March, Figures figures figures");
}

static gboolean
has_all (gpointer data)
{
  return g_list_model_get_n_items (data) == STORE_SEARCH_MAX_WEIGHED + 100;
}

/* No more than some are weighed, and none is lost. */
static void
test_best_first_of_many (SearchTest *test, gconstpointer data)
{
  model_test_fill (&test->base, test->base.inbox, STORE_SEARCH_MAX_WEIGHED + 100);
  build_index (test);
  model_message_list_set_is_best_first (test->list, TRUE);
  model_message_list_search (test->list, "00*");
  model_test_wait (has_all, test->list);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/models/search/" path, SearchTest, NULL, set_up, func, tear_down)
  ADD ("looks-in-all-mail-or-in-the-folder", test_everywhere);
  ADD ("fast-typing/shows-what-the-last-letters-find", test_typing);
  ADD ("another-folder/ends-the-search-and-releases-the-chips", test_another_folder);
  ADD ("the-index-grows/its-mail-is-found", test_index_grows);
  ADD ("a-deleted-message/leaves", test_deleted);
  ADD ("chips/narrow-folders-and-searches", test_filter);
  ADD ("a-bad-date/finds-nothing-and-is-told", test_complaint);
  ADD ("words/are-marked-while-they-are-looked-for", test_highlight);
  ADD ("many-hits/all-come", test_many_hits);
  ADD ("an-index-that-is-behind/is-told", test_index_is_behind);
  ADD ("best-first/changes-the-order-of-what-is-found", test_best_first);
  ADD ("best-first/of-very-many-loses-none", test_best_first_of_many);
  ADD ("a-saved-search/shows-what-it-finds-as-it-comes", test_saved);
  ADD ("a-saved-search/stands-behind-what-is-typed", test_search_over_saved);
  ADD ("a-saved-search-that-is-gone/shows-nothing", test_saved_is_gone);
  ADD ("saved-searches/have-rows-that-stay-beneath-the-views", test_saved_rows);
  ADD ("saved-searches/count-what-is-unread", test_saved_counts);
  return g_test_run ();
}
