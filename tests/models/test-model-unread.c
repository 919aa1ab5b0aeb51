/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of going from one unread message to the next. */
#include "model-test.h"
#include "model-unread.h"
#include "store-database.h"
#include "store-folders.h"
#include "store-messages.h"

typedef struct
{
  ModelTest base;
  ModelFolderTree *tree;
  ModelMessageList *list;   /* newest first: 4 3 2 1 0 */
  gint64 ids[5];
  gint64 projects;
  GHashTable *passed;       /* of what is looked for next */
} UnreadTest;

static gboolean
is_loaded (gpointer data)
{
  return !model_message_list_is_loading (data);
}

static void
set_seen (UnreadTest *test, guint i)
{
  g_assert_true (store_messages_set_flags (test->base.database, &test->ids[i], 1, MAIL_FLAG_SEEN, 0, NULL));
}

static void
set_up (UnreadTest *test, gconstpointer data)
{
  model_test_set_up (&test->base, data);
  test->projects = store_folders_create (test->base.database, account_get_id (test->base.account), "Projects", MAIL_ROLE_NONE, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (test->ids); i++)
    test->ids[i] = model_test_add (&test->base, test->base.inbox, "a@example.org", "x", 1000 + i);
  test->tree = model_folder_tree_new (test->base.store, test->base.accounts);
  test->list = model_message_list_new (test->base.store);
  model_message_list_show (test->list, test->base.inbox, MODEL_SORT_RECEIVED, FALSE);
  model_test_wait (is_loaded, test->list);
}

static void
tear_down (UnreadTest *test, gconstpointer data)
{
  model_test_settle (10);
  g_assert_finalize_object (test->list);
  g_assert_finalize_object (test->tree);
  model_test_tear_down (&test->base, data);
}

static gint64
find (UnreadTest *test, gint64 from, gboolean is_backward)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  model_unread_find_async (test->tree, test->list, from, is_backward, test->passed, NULL, model_test_on_done, test);
  result = model_test_take_result (&test->base);
  id = model_unread_find_finish (result, &error);
  g_assert_no_error (error);
  return id;
}

static void
test_next_below (UnreadTest *test, gconstpointer data)
{
  set_seen (test, 3);
  g_assert_cmpint (find (test, test->ids[4], FALSE), ==, test->ids[2]);
}

static void
test_previous_above (UnreadTest *test, gconstpointer data)
{
  set_seen (test, 1);
  g_assert_cmpint (find (test, test->ids[0], TRUE), ==, test->ids[2]);
}

static void
test_round_the_end (UnreadTest *test, gconstpointer data)
{
  set_seen (test, 0);
  g_assert_cmpint (find (test, test->ids[1], FALSE), ==, test->ids[4]);
  g_assert_cmpint (find (test, test->ids[4], TRUE), ==, test->ids[1]);
}

static void
test_from_nowhere (UnreadTest *test, gconstpointer data)
{
  g_assert_cmpint (find (test, 0, FALSE), ==, test->ids[4]);
  g_assert_cmpint (find (test, 0, TRUE), ==, test->ids[0]);
}

static void
test_not_itself (UnreadTest *test, gconstpointer data)
{
  for (guint i = 1; i < G_N_ELEMENTS (test->ids); i++)
    set_seen (test, i);
  g_assert_cmpint (find (test, test->ids[0], FALSE), ==, 0);
}

static void
test_passed (UnreadTest *test, gconstpointer data)
{
  test->passed = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_hash_table_add (test->passed, &test->ids[3]);
  g_hash_table_add (test->passed, &test->ids[2]);
  g_assert_cmpint (find (test, test->ids[4], FALSE), ==, test->ids[1]);
  g_clear_pointer (&test->passed, g_hash_table_unref);
}

static void
test_folded (UnreadTest *test, gconstpointer data)
{
  for (guint i = 1; i < G_N_ELEMENTS (test->ids); i++)
    set_seen (test, i);
  g_assert_true (store_database_run (test->base.database, store_database_prepare (test->base.database, "UPDATE message SET thread = 1", NULL), NULL));
  model_message_list_set_arrangement (test->list, TRUE, TRUE);
  model_test_settle (200);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (test->list)), ==, 1);
  g_assert_cmpint (find (test, test->ids[4], FALSE), ==, test->ids[0]);
}

static void
test_search_has_all_folders (UnreadTest *test, gconstpointer data)
{
  gint64 id = model_test_add (&test->base, test->projects, "a@example.org", "x", 2000);

  model_message_list_show (test->list, MODEL_VIEW_UNREAD, MODEL_SORT_RECEIVED, FALSE);
  model_test_wait (is_loaded, test->list);
  g_assert_cmpint (find (test, 0, FALSE), ==, id);
}

static void
test_next_folder (UnreadTest *test, gconstpointer data)
{
  ModelFolder *inbox = model_folder_tree_find (test->tree, test->base.inbox);
  ModelFolder *projects = model_folder_tree_find (test->tree, test->projects);

  g_assert_null (model_unread_find_folder (test->tree, inbox, FALSE, NULL));
  model_test_add (&test->base, test->projects, "a@example.org", "x", 2000);
  model_test_add (&test->base, test->base.trash, "a@example.org", "deleted, and nobody waits for it", 2000);
  model_test_settle (250);
  g_assert_true (model_unread_find_folder (test->tree, inbox, FALSE, NULL) == projects);
  g_assert_true (model_unread_find_folder (test->tree, inbox, TRUE, NULL) == projects);
  g_assert_true (model_unread_find_folder (test->tree, projects, FALSE, NULL) == inbox);
  g_assert_true (model_unread_find_folder (test->tree, NULL, FALSE, NULL) == inbox);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/models/unread/" path, UnreadTest, NULL, set_up, func, tear_down)
  ADD ("next/is-the-nearest-below", test_next_below);
  ADD ("previous/is-the-nearest-above", test_previous_above);
  ADD ("at-the-end/it-goes-round", test_round_the_end);
  ADD ("nothing-selected/the-first-or-the-last", test_from_nowhere);
  ADD ("only-itself/is-none", test_not_itself);
  ADD ("passed-a-moment-ago/is-not-come-back-to", test_passed);
  ADD ("folded-into-a-conversation/is-found", test_folded);
  ADD ("a-view/has-all-folders", test_search_has_all_folders);
  ADD ("next-folder/is-one-that-somebody-waits-for", test_next_folder);
  return g_test_run ();
}
