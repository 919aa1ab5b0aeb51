/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of the main window on a filled store: what is chosen is shown, what is done is seen, and nothing is left behind. */
#include "app-message-window.h"
#include "app-window.h"
#include "base-error.h"
#include "folders-view.h"
#include "messages-view.h"
#include "mime-summary.h"
#include "reader-page.h"
#include "reader-text.h"
#include "reader-view.h"
#include "screen-test.h"
#include "status-bar.h"
#include "store-database.h"
#include "store-folders.h"
#include "store-messages.h"
#include "store-replay.h"

#include <glib/gstdio.h>
#include <string.h>

/* One for all tests: a process can register no second one. */
static GtkApplication *application;

typedef struct
{
  Screen screen;
  GtkApplication *application;
  AppParts parts;
  AppWindow *window;
  gint64 inbox, trash;
  FoldersView *folders;
  MessagesView *messages;
  ReaderView *reader;
} WindowTest;

static void
add_message (StoreDatabase *database, gint64 folder, guint i)
{
  g_autofree char *text = g_strdup_printf ("From: Ana Ruiz <ana@example.org>\r\nTo: me@example.org\r\nSubject: Letter %u\r\n"
                                           "Date: Sun, 22 Nov 2026 10:%02u:00 +0000\r\n\r\nHello, this is letter %u.\r\n", i, i, i);
  g_autoptr (GBytes) source = g_bytes_new (text, strlen (text));
  g_autoptr (MailSummary) summary = mime_summary_new (source, TRUE, 1795000000 + (gint64) i);

  g_assert_cmpint (store_messages_add (database, folder, source, summary, NULL), >, 0);
}

static void
fill (WindowTest *test, Account *account)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreDatabase) database = store_open (test->screen.store, &error);
  gint64 id = account_get_id (account);

  g_assert_no_error (error);
  g_assert_true (store_folders_prepare_account (database, STORE_LOCAL_ACCOUNT, NULL));
  g_assert_true (store_folders_prepare_account (database, id, NULL));
  test->inbox = store_folders_find_role (database, id, MAIL_ROLE_INBOX, NULL);
  test->trash = store_folders_find_role (database, id, MAIL_ROLE_TRASH, NULL);
  for (guint i = 0; i < 20; i++)
    add_message (database, test->inbox, i);
}

static void
set_up (WindowTest *test, gconstpointer data)
{
  Screen *screen = &test->screen;
  g_autofree char *state = NULL;

  screen_set_up (screen, data);
  if (g_strcmp0 (data, "empty") != 0)
    fill (test, screen_add_account (screen, "Me", "me@example.org"));
  state = g_build_filename (screen->folder, "window.ini", NULL);
  test->application = application;
  test->parts = (AppParts) {
    .accounts = screen->accounts, .secrets = screen->secrets, .engine = screen->engine,
    .tree = model_folder_tree_new (screen->store, screen->accounts),
    .messages = model_message_list_new (screen->store),
    .mailbox = model_mailbox_new (screen->store),
    .refusals = model_refusals_new (screen->store, screen->accounts),
    .saver = model_saver_new (screen->folder),
    .settings = app_settings_new (),
    .state = app_state_new (state),
  };
  test->window = app_window_new (test->application, &test->parts);
  test->folders = screen_part (test->window, APP_TYPE_WINDOW, "folders");
  test->messages = screen_part (test->window, APP_TYPE_WINDOW, "messages");
  test->reader = screen_part (test->window, APP_TYPE_WINDOW, "reader");
  gtk_window_present (GTK_WINDOW (test->window));
  screen_settle ();
}

static void
tear_down (WindowTest *test, gconstpointer data)
{
  screen_assert_finalized (test->window);
  screen_settle ();
  g_assert_finalize_object (test->parts.tree);
  g_assert_finalize_object (test->parts.messages);
  g_assert_finalize_object (test->parts.mailbox);
  g_assert_finalize_object (test->parts.refusals);
  g_assert_finalize_object (test->parts.saver);
  g_assert_finalize_object (test->parts.settings);
  g_assert_finalize_object (test->parts.state);
  screen_tear_down (&test->screen, data);
}

static gboolean
has_all (gpointer data)
{
  WindowTest *test = data;

  return g_list_model_get_n_items (G_LIST_MODEL (test->parts.messages)) == 20;
}

static char *
dup_reader_text (WindowTest *test)
{
  ReaderPage *page = screen_part (test->reader, READER_TYPE_VIEW, "page");
  GtkTextView *view = screen_part (reader_page_get_content (page), READER_TYPE_BODY, "text");
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static gboolean
shows_letter_19 (gpointer data)
{
  g_autofree char *text = dup_reader_text (data);

  return strstr (text, "this is letter 19") != NULL;
}

static void
select_first (WindowTest *test)
{
  screen_wait (has_all, test);
  g_assert_true (messages_view_select (test->messages, model_message_list_get_id (test->parts.messages, 0)));
}

static void
test_inbox_opens (WindowTest *test, gconstpointer data)
{
  ModelFolder *folder = folders_view_get_selected (test->folders);

  g_assert_nonnull (folder);
  g_assert_cmpint (model_folder_get_id (folder), ==, test->inbox);
  screen_wait (has_all, test);
}

static void
test_chosen_is_shown (WindowTest *test, gconstpointer data)
{
  select_first (test);
  screen_wait (shows_letter_19, test);
  screen_picture (test->window, "window");
}

static gboolean
is_read (gpointer data)
{
  WindowTest *test = data;

  return model_folder_get_unread (model_folder_tree_find (test->parts.tree, test->inbox)) == 19;
}

static void
test_shown_is_read (WindowTest *test, gconstpointer data)
{
  select_first (test);
  screen_wait (is_read, test);
}

static gboolean
on_while (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
is_over (gpointer data)
{
  return *(gboolean *) data;
}

static void
test_shown_stays_unread (WindowTest *test, gconstpointer data)
{
  gboolean is_while_over = FALSE;

  g_object_set (test->parts.settings, "mark-seen", FALSE, "mark-seen-seconds", 0, NULL);
  select_first (test);
  screen_wait (shows_letter_19, test);
  g_timeout_add (300, on_while, &is_while_over);
  screen_wait (is_over, &is_while_over);
  g_assert_false (is_read (test));
  g_object_set (test->parts.settings, "mark-seen", TRUE, "mark-seen-seconds", 2, NULL);
}

static gboolean
is_deleted (gpointer data)
{
  WindowTest *test = data;

  return model_folder_get_total (model_folder_tree_find (test->parts.tree, test->trash)) == 1
         && g_list_model_get_n_items (G_LIST_MODEL (test->parts.messages)) == 19;
}

static void
test_deleted_and_undone (WindowTest *test, gconstpointer data)
{
  gint64 second;

  select_first (test);
  second = model_message_list_get_id (test->parts.messages, 1);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (test->messages), "message.delete", NULL));
  screen_wait (is_deleted, test);
  g_assert_cmpint (reader_view_get_id (test->reader), ==, second); /* reading goes on with the next */

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (test->messages), "message.undo", NULL));
  screen_wait (has_all, test);
}

static GtkWindow *
find_message_window (WindowTest *test)
{
  for (GList *l = gtk_application_get_windows (test->application); l; l = l->next)
    if (APP_IS_MESSAGE_WINDOW (l->data))
      return l->data;
  return NULL;
}

static gboolean
shows_its_subject (gpointer data)
{
  return g_strcmp0 (gtk_window_get_title (find_message_window (data)), "Letter 19") == 0;
}

static GtkWindow *
open_first (WindowTest *test)
{
  select_first (test);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (test->messages), "message.open", NULL));
  screen_wait (shows_its_subject, test);
  return find_message_window (test);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static void
test_window_of_one (WindowTest *test, gconstpointer data)
{
  GtkWindow *window = open_first (test);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (test->messages), "message.open", NULL));
  g_assert_true (find_message_window (test) == window);
  g_assert_cmpuint (g_list_length (gtk_application_get_windows (test->application)), ==, 2);
  screen_picture (window, "message-window");
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "message.delete", NULL));
  screen_wait (is_deleted, test);
  screen_wait (is_gone, &window);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (test->messages), "message.undo", NULL));
  screen_wait (has_all, test);
  window = open_first (test);
  screen_assert_finalized (window);
}

static gboolean
is_in_trash (gpointer data)
{
  WindowTest *test = data;

  return model_folder_get_total (model_folder_tree_find (test->parts.tree, test->trash)) == 20;
}

static void
test_all_are_moved (WindowTest *test, gconstpointer data)
{
  screen_wait (has_all, test);
  messages_view_select_all (test->messages);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (test->messages), "message.move", "x", test->trash));
  screen_wait (is_in_trash, test);
  g_assert_cmpint (reader_view_get_id (test->reader), ==, 0);
}

static void
refuse (WindowTest *test, const char *reply)
{
  g_autoptr (Account) account = g_list_model_get_item (G_LIST_MODEL (test->screen.accounts), 0);
  g_autoptr (StoreDatabase) database = store_open (test->screen.store, NULL);
  StoreOperation operation = { .kind = STORE_OPERATION_MARK, .account = account_get_id (account), .created = 1795000000,
                               .message = model_message_list_get_id (test->parts.messages, 0), .folder = test->inbox };
  g_autoptr (GError) reason = g_error_new_literal (BASE_ERROR, BASE_ERROR_REFUSED, "The server refused it.");
  g_autoptr (GError) error = NULL;

  base_error_set_reply (reason, reply);
  store_replay_fail (database, &operation, reason, &error);
  g_assert_no_error (error);
}

static gboolean
shows_problem (gpointer data)
{
  WindowTest *test = data;

  return gtk_widget_get_visible (screen_part (screen_part (test->window, APP_TYPE_WINDOW, "status"), STATUS_TYPE_BAR, "problem_box"));
}

static gboolean
shows_no_problem (gpointer data)
{
  return !shows_problem (data);
}

static void
test_refusal_is_told_until_seen (WindowTest *test, gconstpointer data)
{
  g_autoptr (Account) account = g_list_model_get_item (G_LIST_MODEL (test->screen.accounts), 0);
  StatusBar *bar = screen_part (test->window, APP_TYPE_WINDOW, "status");
  GtkLabel *problem = screen_part (bar, STATUS_TYPE_BAR, "problem");

  screen_wait (has_all, test);
  refuse (test, "over quota");
  screen_wait (shows_problem, test);
  g_assert_nonnull (strstr (gtk_label_get_text (problem), "the server refused a change"));
  screen_picture (test->window, "window-refused");

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (bar), "status.show-refusals", "x", account_get_id (account)));
  g_assert_nonnull (screen_find_window ("Refused Changes"));
  screen_picture (screen_find_window ("Refused Changes"), "refusals");
  gtk_window_destroy (screen_find_window ("Refused Changes"));
  screen_wait (shows_no_problem, test);
}

static void
test_offline_stops_sending (WindowTest *test, gconstpointer data)
{
  GActionGroup *actions = G_ACTION_GROUP (test->window);

  g_assert_true (g_action_group_get_action_enabled (actions, "send-receive"));
  g_action_group_activate_action (actions, "work-offline", NULL);
  g_assert_false (sync_engine_is_online (test->screen.engine));
  g_assert_false (g_action_group_get_action_enabled (actions, "send-receive"));
  g_action_group_activate_action (actions, "work-offline", NULL);
  g_assert_true (sync_engine_is_online (test->screen.engine));
  g_assert_true (g_action_group_get_action_enabled (actions, "send-receive"));
}

static void
test_no_account_is_welcomed (WindowTest *test, gconstpointer data)
{
  GtkStack *stack = screen_part (test->window, APP_TYPE_WINDOW, "stack");

  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "welcome");
  screen_picture (test->window, "window-welcome");
}

static void
test_right_to_left (WindowTest *test, gconstpointer data)
{
  select_first (test);
  screen_wait (shows_letter_19, test);
  screen_picture (test->window, "window-rtl");
}

static void
set_up_right_to_left (WindowTest *test, gconstpointer data)
{
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  set_up (test, data);
}

static void
tear_down_right_to_left (WindowTest *test, gconstpointer data)
{
  tear_down (test, data);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

int
main (int argc, char **argv)
{
  int result;

  screen_test_init (&argc, &argv);
  application = gtk_application_new ("org.posthorn.Test", G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
#define ADD(path, func) g_test_add ("/app/window/" path, WindowTest, NULL, set_up, func, tear_down)
  ADD ("opened/shows-the-inbox", test_inbox_opens);
  ADD ("a-message-chosen/is-shown", test_chosen_is_shown);
  ADD ("a-message-shown-for-a-moment/is-read", test_shown_is_read);
  ADD ("a-message-shown/stays-unread-where-a-person-wants-to-say-so", test_shown_stays_unread);
  ADD ("a-message-deleted/leaves-and-comes-back-by-undo", test_deleted_and_undone);
  ADD ("a-message-in-a-window-of-its-own/is-there-once-and-goes-with-it", test_window_of_one);
  ADD ("all-messages-moved/are-in-the-other-folder", test_all_are_moved);
  ADD ("a-change-refused/is-told-until-it-was-looked-at", test_refusal_is_told_until_seen);
  ADD ("work-offline/is-told-to-the-engine-and-switches-sending-off", test_offline_stops_sending);
  g_test_add ("/app/window/without-an-account/says-what-to-do", WindowTest, "empty", set_up, test_no_account_is_welcomed, tear_down);
  g_test_add ("/app/window/right-to-left/shows-the-same", WindowTest, NULL, set_up_right_to_left, test_right_to_left, tear_down_right_to_left);
  result = g_test_run ();
  g_clear_object (&application);
  return result;
}
