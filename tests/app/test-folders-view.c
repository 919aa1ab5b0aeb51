/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of the folder tree in its view: favourites, names edited where they stand, what a folded row says, and keys. */
#include "folders-actions.h"
#include "folders-name-entry.h"
#include "folders-row.h"
#include "folders-view.h"
#include "mime-summary.h"
#include "screen-test.h"
#include "store-database.h"
#include "store-folders.h"
#include "store-messages.h"

#include <string.h>

typedef struct
{
  Screen screen;
  GtkWindow *window;
  ModelFolderTree *tree;
  FoldersView *view;
  FoldersActions *actions;
  GActionGroup *group;
  AdwToastOverlay *toasts;
  gint64 inbox, projects, porto;
} ViewTest;

static void
add_unread (StoreDatabase *database, gint64 folder)
{
  static const char text[] = "From: ana@example.org\r\nSubject: Keys\r\nDate: Sun, 22 Nov 2026 10:00:00 +0000\r\n\r\nUnder the mat.\r\n";
  g_autoptr (GBytes) source = g_bytes_new_static (text, strlen (text));
  g_autoptr (MailSummary) summary = mime_summary_new (source, TRUE, 1795000000);

  g_assert_cmpint (store_messages_add (database, folder, source, summary, NULL), >, 0);
}

static void
fill (ViewTest *test)
{
  g_autoptr (StoreDatabase) database = store_open (test->screen.store, NULL);
  gint64 account = account_get_id (screen_add_account (&test->screen, "Me", "me@example.org"));

  g_assert_true (store_folders_prepare_account (database, account, NULL));
  test->inbox = store_folders_find_role (database, account, MAIL_ROLE_INBOX, NULL);
  test->projects = store_folders_create (database, account, "Projects", MAIL_ROLE_NONE, NULL);
  test->porto = store_folders_create (database, account, "Projects/Porto", MAIL_ROLE_NONE, NULL);
  g_assert_cmpint (store_folders_create (database, account, "Taken", MAIL_ROLE_NONE, NULL), >, 0);
  add_unread (database, test->porto);
}

static void
set_up (ViewTest *test, gconstpointer data)
{
  screen_set_up (&test->screen, data);
  fill (test);
  test->tree = model_folder_tree_new (test->screen.store, test->screen.accounts);
  test->view = g_object_new (FOLDERS_TYPE_VIEW, NULL);
  test->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  test->window = GTK_WINDOW (adw_window_new ());
  adw_toast_overlay_set_child (test->toasts, GTK_WIDGET (test->view));
  adw_window_set_content (ADW_WINDOW (test->window), GTK_WIDGET (test->toasts));
  gtk_window_set_default_size (test->window, 260, 600);
  folders_view_set_tree (test->view, test->tree);
  test->actions = folders_actions_new (test->view, test->tree, test->toasts);
  test->group = folders_actions_get_group (test->actions);
  gtk_widget_insert_action_group (GTK_WIDGET (test->window), "folder", test->group);
  gtk_window_present (test->window);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (test->window));
  screen_settle ();
}

static void
tear_down (ViewTest *test, gconstpointer data)
{
  screen_assert_finalized (test->window);
  g_assert_finalize_object (test->actions);
  screen_settle ();
  g_assert_finalize_object (test->tree);
  screen_tear_down (&test->screen, data);
}

/* (nullable): the row of that folder, once it is drawn */
static FoldersRow *
find_row (GtkWidget *widget, ModelFolder *folder)
{
  g_autoptr (ModelFolder) shown = NULL;
  FoldersRow *found = NULL;

  if (FOLDERS_IS_ROW (widget))
    {
      g_object_get (widget, "folder", &shown, NULL);
      return shown == folder && gtk_widget_get_mapped (widget) ? FOLDERS_ROW (widget) : NULL;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_row (child, folder);
  return found;
}

static FoldersRow *
get_row (ViewTest *test, gint64 id)
{
  FoldersRow *row = find_row (GTK_WIDGET (test->view), model_folder_tree_find (test->tree, id));

  g_assert_nonnull (row);
  return row;
}

static void
choose (ViewTest *test, gint64 id)
{
  g_assert_true (folders_view_select (test->view, model_folder_tree_find (test->tree, id)));
  screen_settle ();
}

static GtkWidget *
get_entry (ViewTest *test, gint64 id)
{
  return screen_part (screen_part (get_row (test, id), FOLDERS_TYPE_ROW, "name_entry"), FOLDERS_TYPE_NAME_ENTRY, "entry");
}

static gboolean
is_edited (ViewTest *test, gint64 id)
{
  return gtk_widget_get_visible (screen_part (get_row (test, id), FOLDERS_TYPE_ROW, "name_entry"));
}

static void
type_name (ViewTest *test, gint64 id, const char *name)
{
  g_action_group_activate_action (test->group, "rename", NULL);
  g_assert_true (is_edited (test, id));
  screen_type (get_entry (test, id), name);
  g_signal_emit_by_name (get_entry (test, id), "activate");
}

static gboolean
is_renamed (gpointer data)
{
  ViewTest *test = data;

  return g_str_equal (model_folder_get_name (model_folder_tree_find (test->tree, test->porto)), "Lisbon");
}

static void
test_name_is_taken (ViewTest *test, gconstpointer data)
{
  choose (test, test->porto);
  type_name (test, test->porto, "Lisbon");
  g_assert_false (is_edited (test, test->porto));
  screen_wait (is_renamed, test);
}

static void
test_escape_leaves_the_name (ViewTest *test, gconstpointer data)
{
  choose (test, test->porto);
  g_action_group_activate_action (test->group, "rename", NULL);
  screen_picture (test->window, "folders-rename");
  screen_type (get_entry (test, test->porto), "Lisbon");
  folders_name_entry_cancel (screen_part (get_row (test, test->porto), FOLDERS_TYPE_ROW, "name_entry"));
  g_assert_false (is_edited (test, test->porto));
  screen_settle ();
  g_assert_cmpstr (model_folder_get_name (model_folder_tree_find (test->tree, test->porto)), ==, "Porto");
}

static void
test_bad_name_is_told_and_stays (ViewTest *test, gconstpointer data)
{
  GtkLabel *problem;

  choose (test, test->porto);
  type_name (test, test->porto, "Por/to");
  g_assert_true (is_edited (test, test->porto));
  problem = screen_part (screen_part (get_row (test, test->porto), FOLDERS_TYPE_ROW, "name_entry"), FOLDERS_TYPE_NAME_ENTRY, "problem");
  g_assert_nonnull (strstr (gtk_label_get_text (problem), "/"));
  screen_picture (test->window, "folders-rename-bad");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_entry (test, test->porto))), ==, "Por/to");
  folders_name_entry_cancel (screen_part (get_row (test, test->porto), FOLDERS_TYPE_ROW, "name_entry"));
}

static gboolean
asks_again (gpointer data)
{
  ViewTest *test = data;

  return is_edited (test, test->projects);
}

static void
test_taken_name_is_asked_for_again (ViewTest *test, gconstpointer data)
{
  choose (test, test->projects);
  type_name (test, test->projects, "Taken");
  screen_wait (asks_again, test);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_entry (test, test->projects))), ==, "Taken");
  folders_name_entry_cancel (screen_part (get_row (test, test->projects), FOLDERS_TYPE_ROW, "name_entry"));
}

/* Favourites */

static gboolean
is_favourite (gpointer data)
{
  ViewTest *test = data;

  return model_folder_tree_has_favourite (test->tree, test->porto);
}

static gboolean
is_no_favourite (gpointer data)
{
  return !is_favourite (data);
}

static ModelFolder *
get_favourite (ViewTest *test)
{
  g_autoptr (ModelFolder) top = g_list_model_get_item (G_LIST_MODEL (test->tree), 0);
  g_autoptr (ModelFolder) row = g_list_model_get_item (model_folder_get_children (top), 0);

  return row; /* the tree holds it */
}

static void
test_favourite_by_menu (ViewTest *test, gconstpointer data)
{
  choose (test, test->porto);
  g_assert_true (g_action_group_get_action_enabled (test->group, "add-favourite"));
  g_assert_false (g_action_group_get_action_enabled (test->group, "remove-favourite"));
  g_action_group_activate_action (test->group, "add-favourite", NULL);
  screen_wait (is_favourite, test);
  g_assert_true (folders_view_get_selected (test->view) == model_folder_tree_find (test->tree, test->porto));
  screen_picture (test->window, "folders-favourites");
  g_assert_true (g_action_group_get_action_enabled (test->group, "remove-favourite"));
}

static void
test_open_favourite_that_goes_stays_open (ViewTest *test, gconstpointer data)
{
  g_action_group_activate_action (test->group, "add-favourite-of", g_variant_new_int64 (test->porto));
  screen_wait (is_favourite, test);
  g_assert_true (folders_view_select (test->view, get_favourite (test)));
  g_assert_true (folders_view_get_selected (test->view) == get_favourite (test));
  g_action_group_activate_action (test->group, "remove-favourite", NULL);
  screen_wait (is_no_favourite, test);
  screen_settle ();
  g_assert_true (folders_view_get_selected (test->view) == model_folder_tree_find (test->tree, test->porto));
}

/* Counts */

static GtkTreeListRow *
get_list_row (ViewTest *test, gint64 id)
{
  GtkTreeListRow *list_row = NULL;

  g_object_get (get_row (test, id), "list-row", &list_row, NULL);
  return list_row;
}

static void
test_folded_row_counts_what_is_inside (ViewTest *test, gconstpointer data)
{
  g_autoptr (GtkTreeListRow) list_row = get_list_row (test, test->projects);
  GtkLabel *count = screen_part (get_row (test, test->projects), FOLDERS_TYPE_ROW, "count");

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (count)));
  gtk_tree_list_row_set_expanded (list_row, FALSE);
  screen_settle ();
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (count)));
  g_assert_cmpstr (gtk_label_get_text (count), ==, "1");
  screen_picture (test->window, "folders-folded");
}

int
main (int argc, char **argv)
{
  screen_test_init (&argc, &argv);
#define ADD(path, func) g_test_add ("/app/folders/" path, ViewTest, NULL, set_up, func, tear_down)
  ADD ("a-name-edited-in-place/is-the-folder-s", test_name_is_taken);
  ADD ("a-name-left-with-escape/stays", test_escape_leaves_the_name);
  ADD ("a-name-that-cannot-be-one/is-told-and-can-be-corrected", test_bad_name_is_told_and_stays);
  ADD ("a-name-that-is-taken/is-asked-for-again", test_taken_name_is_asked_for_again);
  ADD ("a-favourite-added-by-the-menu/leaves-the-selection", test_favourite_by_menu);
  ADD ("a-favourite-that-is-open-and-removed/stays-open-in-its-place", test_open_favourite_that_goes_stays_open);
  ADD ("a-folded-row/counts-what-is-inside", test_folded_row_counts_what_is_inside);
  return g_test_run ();
}
