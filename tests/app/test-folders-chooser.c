/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of choosing a folder by its name: what is offered, in what order, and what Enter takes. */
#include "folders-choice.h"
#include "folders-chooser.h"
#include "folders-recent.h"
#include "folders-row.h"
#include "screen-test.h"
#include "store-database.h"
#include "store-folders.h"

typedef struct
{
  Screen screen;
  ModelFolderTree *tree;
  AppState *state;
  FoldersChooser *chooser;
  GListModel *shown;
  gint64 inbox, porto, archive, other_archive, taxes;
  ModelFolder *chosen;
} ChooserTest;

static void
fill (ChooserTest *test)
{
  g_autoptr (StoreDatabase) database = store_open (test->screen.store, NULL);
  gint64 me = account_get_id (screen_add_account (&test->screen, "Me", "me@example.org"));
  gint64 work = account_get_id (screen_add_account (&test->screen, "Work", "me@example.com"));

  g_assert_true (store_folders_prepare_account (database, STORE_LOCAL_ACCOUNT, NULL));
  g_assert_true (store_folders_prepare_account (database, me, NULL));
  g_assert_true (store_folders_prepare_account (database, work, NULL));
  test->inbox = store_folders_find_role (database, me, MAIL_ROLE_INBOX, NULL);
  test->archive = store_folders_find_role (database, me, MAIL_ROLE_ARCHIVE, NULL);
  test->other_archive = store_folders_find_role (database, work, MAIL_ROLE_ARCHIVE, NULL);
  g_assert_cmpint (store_folders_create (database, me, "Projects", MAIL_ROLE_NONE, NULL), >, 0);
  test->porto = store_folders_create (database, me, "Projects/Pórto", MAIL_ROLE_NONE, NULL);
  test->taxes = store_folders_create (database, work, "Old taxes & more", MAIL_ROLE_NONE, NULL);
}

static void
on_chosen (ChooserTest *test, ModelFolder *folder)
{
  test->chosen = folder;
}

static void
open_chooser (ChooserTest *test, gint64 here)
{
  FoldersOffer offer = { folders_chooser_can_get_mail, NULL, test->state, model_folder_tree_find (test->tree, here) };

  test->chooser = folders_chooser_new (test->screen.parent, "Move to Folder", "_Move", test->tree, &offer);
  test->shown = G_LIST_MODEL (screen_part (test->chooser, FOLDERS_TYPE_CHOOSER, "shown"));
  g_signal_connect_swapped (test->chooser, "chosen", G_CALLBACK (on_chosen), test);
  gtk_window_present (GTK_WINDOW (test->chooser));
  screen_settle ();
}

static void
set_up (ChooserTest *test, gconstpointer data)
{
  screen_set_up (&test->screen, data);
  fill (test);
  test->tree = model_folder_tree_new (test->screen.store, test->screen.accounts);
  test->state = app_state_new (NULL);
}

static void
tear_down (ChooserTest *test, gconstpointer data)
{
  if (test->chooser)
    screen_assert_finalized (test->chooser);
  screen_settle ();
  g_assert_finalize_object (test->tree);
  g_assert_finalize_object (test->state);
  screen_tear_down (&test->screen, data);
}

static void
type (ChooserTest *test, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (screen_part (test->chooser, FOLDERS_TYPE_CHOOSER, "entry")), text);
  screen_settle ();
}

static gint64
get_shown (ChooserTest *test, guint position)
{
  g_autoptr (FoldersChoice) choice = g_list_model_get_item (test->shown, position);

  return choice ? model_folder_get_id (folders_choice_get_folder (choice)) : 0;
}

static void
test_all_of_all_accounts (ChooserTest *test, gconstpointer data)
{
  open_chooser (test, test->inbox);
  g_assert_cmpuint (g_list_model_get_n_items (test->shown), ==, 15); /* no Outbox */
  screen_picture (test->chooser, "folders-chooser");
}

static void
test_letters_narrow (ChooserTest *test, gconstpointer data)
{
  open_chooser (test, test->inbox);
  type (test, "port");
  g_assert_cmpuint (g_list_model_get_n_items (test->shown), ==, 1);
  g_assert_cmpint (get_shown (test, 0), ==, test->porto);
}

static void
test_any_word_of_the_name (ChooserTest *test, gconstpointer data)
{
  open_chooser (test, test->inbox);
  type (test, "tax");
  g_assert_cmpint (get_shown (test, 0), ==, test->taxes);
}

static void
test_folder_and_account (ChooserTest *test, gconstpointer data)
{
  open_chooser (test, test->inbox);
  type (test, "example.com arch");
  g_assert_cmpuint (g_list_model_get_n_items (test->shown), ==, 1);
  g_assert_cmpint (get_shown (test, 0), ==, test->other_archive);
}

static void
test_own_account_first (ChooserTest *test, gconstpointer data)
{
  open_chooser (test, test->taxes);
  type (test, "arch");
  g_assert_cmpint (get_shown (test, 0), ==, test->other_archive);
  g_assert_cmpint (get_shown (test, 1), ==, test->archive);
}

static void
test_last_used_first (ChooserTest *test, gconstpointer data)
{
  folders_recent_note (test->state, test->porto);
  folders_recent_note (test->state, test->taxes);
  folders_recent_note (test->state, test->porto);
  open_chooser (test, test->inbox);
  g_assert_cmpint (get_shown (test, 0), ==, test->porto);
  g_assert_cmpint (get_shown (test, 1), ==, test->taxes);
  g_assert_cmpint (get_shown (test, 2), ==, test->inbox);
}

static void
test_only_so_many_are_remembered (ChooserTest *test, gconstpointer data)
{
  g_autoptr (GArray) ids = NULL;

  for (gint64 id = 1; id <= 20; id++)
    folders_recent_note (test->state, id);
  ids = folders_recent_list (test->state);
  g_assert_cmpuint (ids->len, ==, FOLDERS_RECENT_MAX);
  g_assert_cmpint (g_array_index (ids, gint64, 0), ==, 20);
}

static void
test_spoilt_memory (ChooserTest *test, gconstpointer data)
{
  g_autoptr (GArray) ids = NULL;

  app_state_set_text (test->state, "folders", "recent", "7 x -3 99999999999999999999 8");
  ids = folders_recent_list (test->state);
  g_assert_cmpuint (ids->len, ==, 2);
}

static void
test_enter_takes_the_first (ChooserTest *test, gconstpointer data)
{
  open_chooser (test, test->inbox);
  type (test, "port");
  g_signal_emit_by_name (screen_part (test->chooser, FOLDERS_TYPE_CHOOSER, "entry"), "activate");
  g_assert_nonnull (test->chosen);
  g_assert_cmpint (model_folder_get_id (test->chosen), ==, test->porto);
  test->chooser = NULL; /* closed by itself */
}

static void
test_nothing_fits (ChooserTest *test, gconstpointer data)
{
  open_chooser (test, test->inbox);
  type (test, "zzz");
  g_signal_emit_by_name (screen_part (test->chooser, FOLDERS_TYPE_CHOOSER, "entry"), "activate");
  g_assert_null (test->chosen);
  g_assert_false (gtk_widget_get_sensitive (screen_part (test->chooser, FOLDERS_TYPE_CHOOSER, "accept_button")));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (screen_part (test->chooser, FOLDERS_TYPE_CHOOSER, "stack")), ==, "none");
}

int
main (int argc, char **argv)
{
  screen_test_init (&argc, &argv);
#define ADD(path, func) g_test_add ("/app/folders-chooser/" path, ChooserTest, NULL, set_up, func, tear_down)
  ADD ("nothing-typed/offers-all-of-all-accounts", test_all_of_all_accounts);
  ADD ("letters/narrow-regardless-of-accents", test_letters_narrow);
  ADD ("any-word-of-the-name/finds-it", test_any_word_of_the_name);
  ADD ("account-and-folder/find-that-one", test_folder_and_account);
  ADD ("of-two-that-fit/the-own-account-comes-first", test_own_account_first);
  ADD ("last-used/come-first", test_last_used_first);
  ADD ("last-used/only-so-many-are-remembered", test_only_so_many_are_remembered);
  ADD ("last-used/a-spoilt-file-is-read-as-far-as-it-goes", test_spoilt_memory);
  ADD ("enter/takes-the-first", test_enter_takes_the_first);
  ADD ("nothing-fits/nothing-is-taken", test_nothing_fits);
  return g_test_run ();
}
