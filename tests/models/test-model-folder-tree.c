/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of the folder tree: every folder in its place, and rows that stay while counts change. */
#include "model-folder-tree.h"
#include "model-test.h"
#include "store-favourites.h"
#include "store-folders.h"
#include "store-messages.h"

typedef struct
{
  ModelTest base;
  ModelFolderTree *tree;
  guint n_refreshed;
} TreeTest;

static void
on_refreshed (TreeTest *test)
{
  test->n_refreshed++;
}

static void
set_up (TreeTest *test, gconstpointer data)
{
  model_test_set_up (&test->base, data);
  test->tree = model_folder_tree_new (test->base.store, test->base.accounts);
  g_signal_connect_swapped (test->tree, "refreshed", G_CALLBACK (on_refreshed), test);
  model_test_settle (250);
}

static void
tear_down (TreeTest *test, gconstpointer data)
{
  g_assert_finalize_object (test->tree);
  model_test_tear_down (&test->base, data);
}

static gboolean
is_refreshed (gpointer data)
{
  return ((TreeTest *) data)->n_refreshed > 0;
}

static void
wait_for_refresh (TreeTest *test)
{
  test->n_refreshed = 0;
  model_test_wait (is_refreshed, test);
}

static ModelFolder *
find_inbox (TreeTest *test)
{
  return model_folder_tree_find (test->tree, test->base.inbox);
}

static void
test_accounts_then_local (TreeTest *test, gconstpointer data)
{
  g_autoptr (ModelFolder) account = g_list_model_get_item (G_LIST_MODEL (test->tree), 1);
  g_autoptr (ModelFolder) local = g_list_model_get_item (G_LIST_MODEL (test->tree), 2);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (test->tree)), ==, 3); /* the quick views first */
  g_assert_cmpint (model_folder_get_kind (account), ==, MODEL_FOLDER_ACCOUNT);
  g_assert_cmpstr (model_folder_get_name (account), ==, "Work");
  g_assert_cmpint (model_folder_get_kind (local), ==, MODEL_FOLDER_LOCAL);
  g_assert_nonnull (model_folder_tree_find_role (test->tree, 0, MAIL_ROLE_OUTBOX));
}

static void
test_inbox_is_first (TreeTest *test, gconstpointer data)
{
  g_autoptr (ModelFolder) account = g_list_model_get_item (G_LIST_MODEL (test->tree), 1);
  g_autoptr (ModelFolder) first = g_list_model_get_item (model_folder_get_children (account), 0);

  g_assert_true (first == find_inbox (test));
  g_assert_true (model_folder_tree_find_parent (test->tree, first) == account);
}

static void
test_counts_keep_the_row (TreeTest *test, gconstpointer data)
{
  ModelFolder *inbox = find_inbox (test);

  model_test_add (&test->base, test->base.inbox, "a@example.org", "new", 1);
  wait_for_refresh (test);
  g_assert_true (find_inbox (test) == inbox);
  g_assert_cmpuint (model_folder_get_total (inbox), ==, 1);
  g_assert_cmpuint (model_folder_get_unread (inbox), ==, 1);
}

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, guint *n)
{
  ++*n;
}

static void
test_counts_move_nothing (TreeTest *test, gconstpointer data)
{
  g_autoptr (ModelFolder) account = g_list_model_get_item (G_LIST_MODEL (test->tree), 1);
  guint n = 0;

  g_signal_connect (model_folder_get_children (account), "items-changed", G_CALLBACK (on_items_changed), &n);
  model_test_add (&test->base, test->base.inbox, "a@example.org", "new", 1);
  wait_for_refresh (test);
  g_assert_cmpuint (n, ==, 0);
}

static void
test_child_makes_parent_expandable (TreeTest *test, gconstpointer data)
{
  gint64 account_id = account_get_id (test->base.account);
  g_autoptr (ModelFolder) account = g_list_model_get_item (G_LIST_MODEL (test->tree), 1);
  gint64 projects, porto;
  guint n = 0;

  projects = store_folders_create (test->base.database, account_id, "Projects", MAIL_ROLE_NONE, NULL);
  wait_for_refresh (test);
  g_signal_connect (model_folder_get_children (account), "items-changed", G_CALLBACK (on_items_changed), &n);
  porto = store_folders_create (test->base.database, account_id, "Projects/Porto", MAIL_ROLE_NONE, NULL);
  wait_for_refresh (test);
  g_assert_cmpuint (n, ==, 1); /* the parent appears anew, with its arrow */
  g_assert_true (model_folder_tree_find_parent (test->tree, model_folder_tree_find (test->tree, porto))
                 == model_folder_tree_find (test->tree, projects));
}

static void
test_deleted_folder_goes (TreeTest *test, gconstpointer data)
{
  gint64 id = store_folders_create (test->base.database, account_get_id (test->base.account), "Gone", MAIL_ROLE_NONE, NULL);

  wait_for_refresh (test);
  g_assert_nonnull (model_folder_tree_find (test->tree, id));
  g_assert_true (store_folders_delete (test->base.database, id, FALSE, NULL));
  wait_for_refresh (test);
  g_assert_null (model_folder_tree_find (test->tree, id));
}

static void
test_removed_account_comes_home (TreeTest *test, gconstpointer data)
{
  gint64 account = account_get_id (test->base.account);
  g_autoptr (ModelFolder) local = g_list_model_get_item (G_LIST_MODEL (test->tree), 2);

  model_test_add (&test->base, test->base.inbox, "a@example.org", "kept", 1);
  g_assert_true (store_folders_remove_account (test->base.database, account, "Work", TRUE, NULL));
  g_assert_true (account_list_remove (test->base.accounts, account, NULL));
  model_test_settle (300);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (test->tree)), ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (model_folder_get_children (local)), ==, 2); /* Outbox and Work */
}

static void
test_title_follows_the_account (TreeTest *test, gconstpointer data)
{
  g_autoptr (ModelFolder) account = g_list_model_get_item (G_LIST_MODEL (test->tree), 1);

  g_object_set (test->base.account, "title", "Office", NULL);
  g_assert_cmpstr (model_folder_get_name (account), ==, "Office");
}

static gboolean
is_flagged_counted (gpointer data)
{
  return model_folder_get_total (model_folder_tree_find (data, MODEL_VIEW_FLAGGED)) == 1;
}

static void
test_views_add_up (TreeTest *test, gconstpointer data)
{
  gint64 account = account_get_id (test->base.account);
  gint64 sent = store_folders_find_role (test->base.database, account, MAIL_ROLE_SENT, NULL);
  gint64 junk = store_folders_find_role (test->base.database, account, MAIL_ROLE_JUNK, NULL);
  gint64 id = model_test_add (&test->base, test->base.inbox, "a@example.org", "new", 1);

  model_test_add (&test->base, sent, "b@example.org", "new", 2);
  model_test_add (&test->base, junk, "c@example.org", "new", 3);
  model_test_settle (300);
  g_assert_cmpuint (model_folder_get_unread (model_folder_tree_find (test->tree, MODEL_VIEW_INBOXES)), ==, 1);
  g_assert_cmpuint (model_folder_get_unread (model_folder_tree_find (test->tree, MODEL_VIEW_UNREAD)), ==, 2); /* junk is not worth reading */
  g_assert_true (store_messages_set_flags (test->base.database, &id, 1, MAIL_FLAG_FLAGGED, 0, NULL));
  model_test_wait (is_flagged_counted, test->tree);
}

static void
test_favourite_is_on_top (TreeTest *test, gconstpointer data)
{
  g_autoptr (ModelFolder) top = NULL;
  g_autoptr (ModelFolder) row = NULL;

  g_assert_true (store_favourites_set (test->base.database, test->base.inbox, TRUE, NULL));
  wait_for_refresh (test);
  top = g_list_model_get_item (G_LIST_MODEL (test->tree), 0);
  row = g_list_model_get_item (model_folder_get_children (top), 0);
  g_assert_cmpint (model_folder_get_kind (top), ==, MODEL_FOLDER_FAVOURITES);
  g_assert_cmpint (model_folder_get_id (row), ==, test->base.inbox);
  g_assert_cmpstr (model_folder_get_place (row), ==, "Work");
  g_assert_true (row != find_inbox (test));
  g_assert_true (model_folder_tree_contains (test->tree, row));
  g_assert_true (model_folder_tree_find_parent (test->tree, row) == top);
}

static void
test_favourite_counts_live (TreeTest *test, gconstpointer data)
{
  g_autoptr (ModelFolder) top = NULL;
  g_autoptr (ModelFolder) row = NULL;

  g_assert_true (store_favourites_set (test->base.database, test->base.inbox, TRUE, NULL));
  wait_for_refresh (test);
  top = g_list_model_get_item (G_LIST_MODEL (test->tree), 0);
  row = g_list_model_get_item (model_folder_get_children (top), 0);
  model_test_add (&test->base, test->base.inbox, "a@example.org", "new", 1);
  wait_for_refresh (test);
  g_assert_cmpuint (model_folder_get_unread (row), ==, 1);
  g_assert_true (model_folder_tree_contains (test->tree, row)); /* and is still the same row */
}

static void
test_last_favourite_takes_the_heading_along (TreeTest *test, gconstpointer data)
{
  g_autoptr (ModelFolder) first = NULL;

  g_assert_true (store_favourites_set (test->base.database, test->base.inbox, TRUE, NULL));
  wait_for_refresh (test);
  g_assert_true (model_folder_tree_has_favourite (test->tree, test->base.inbox));
  g_assert_true (store_favourites_set (test->base.database, test->base.inbox, FALSE, NULL));
  wait_for_refresh (test);
  first = g_list_model_get_item (G_LIST_MODEL (test->tree), 0);
  g_assert_cmpint (model_folder_get_kind (first), ==, MODEL_FOLDER_VIEWS);
  g_assert_false (model_folder_tree_has_favourite (test->tree, test->base.inbox));
}

static void
test_inside_is_added_up (TreeTest *test, gconstpointer data)
{
  gint64 account = account_get_id (test->base.account);
  gint64 junk = store_folders_find_role (test->base.database, account, MAIL_ROLE_JUNK, NULL);
  gint64 projects = store_folders_create (test->base.database, account, "Projects", MAIL_ROLE_NONE, NULL);
  gint64 porto = store_folders_create (test->base.database, account, "Projects/Porto", MAIL_ROLE_NONE, NULL);
  g_autoptr (ModelFolder) row = g_list_model_get_item (G_LIST_MODEL (test->tree), 1);

  model_test_add (&test->base, porto, "a@example.org", "one", 1);
  model_test_add (&test->base, test->base.inbox, "a@example.org", "two", 2);
  model_test_add (&test->base, junk, "a@example.org", "three", 3);
  model_test_settle (300);
  g_assert_cmpuint (model_folder_get_inside (model_folder_tree_find (test->tree, projects)), ==, 1);
  g_assert_cmpuint (model_folder_get_inside (model_folder_tree_find (test->tree, porto)), ==, 0);
  g_assert_cmpuint (model_folder_get_inside (row), ==, 2); /* nobody waits for junk */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/models/folder-tree/" path, TreeTest, NULL, set_up, func, tear_down)
  ADD ("views/add-up-what-the-folders-keep", test_views_add_up);
  ADD ("accounts/stand-above-this-computer", test_accounts_then_local);
  ADD ("an-account/has-its-inbox-first", test_inbox_is_first);
  ADD ("new-mail/keeps-the-row-and-changes-its-counts", test_counts_keep_the_row);
  ADD ("new-mail/moves-no-row", test_counts_move_nothing);
  ADD ("a-first-child/makes-its-parent-appear-anew", test_child_makes_parent_expandable);
  ADD ("a-deleted-folder/goes", test_deleted_folder_goes);
  ADD ("a-removed-account-with-its-mail-kept/comes-to-this-computer", test_removed_account_comes_home);
  ADD ("an-account-s-title/is-followed", test_title_follows_the_account);
  ADD ("a-favourite/has-a-second-row-at-the-top", test_favourite_is_on_top);
  ADD ("a-favourite/counts-as-its-folder-does", test_favourite_counts_live);
  ADD ("the-last-favourite/takes-the-heading-along", test_last_favourite_takes_the_heading_along);
  ADD ("unread-mail-inside/is-added-up-for-a-folded-row", test_inside_is_added_up);
  return g_test_run ();
}
