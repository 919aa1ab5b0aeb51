/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of the composer over a real store: what is written is kept, what is sent leaves once, what is wrong is said by the field. */
#include "composer-bar.h"
#include "composer-body.h"
#include "composer-file.h"
#include "composer-files.h"
#include "composer-headers.h"
#include "composer-later.h"
#include "composer-window.h"
#include "model-draft-file.h"
#include "screen-test.h"
#include "store-database.h"
#include "store-folders.h"
#include "store-room.h"

#include <string.h>

typedef struct
{
  Screen screen;
  Account *account;
  ModelDraft *draft;
  ComposerWindow *window;  /* NULL when it has closed itself */
  gpointer headers, body, text, files;
  gint64 sent, scheduled;
  guint n_kept, n_discarded;
} Composer;

static void
on_sent (ComposerWindow *window, gint64 id, gpointer data)
{
  ((Composer *) data)->sent = id;
}

static void
on_scheduled (ComposerWindow *window, gint64 id, gint64 when, gpointer data)
{
  ((Composer *) data)->scheduled = when;
}

static void
on_kept (ComposerWindow *window, gpointer data)
{
  ((Composer *) data)->n_kept++;
}

static void
on_discarded (ComposerWindow *window, gpointer data)
{
  ((Composer *) data)->n_discarded++;
}

static void
open_window (Composer *composer, ModelDraft *draft)
{
  composer->draft = draft;
  composer->window = composer_window_new (NULL, draft);
  g_object_add_weak_pointer (G_OBJECT (composer->window), (gpointer *) &composer->window);
  g_signal_connect (composer->window, "sent", G_CALLBACK (on_sent), composer);
  g_signal_connect (composer->window, "kept", G_CALLBACK (on_kept), composer);
  g_signal_connect (composer->window, "discarded", G_CALLBACK (on_discarded), composer);
  g_signal_connect (composer->window, "scheduled", G_CALLBACK (on_scheduled), composer);
  composer->headers = screen_part (composer->window, COMPOSER_TYPE_WINDOW, "headers");
  composer->body = screen_part (composer->window, COMPOSER_TYPE_WINDOW, "body");
  composer->text = screen_part (composer->body, COMPOSER_TYPE_BODY, "text_view");
  composer->files = screen_part (composer->window, COMPOSER_TYPE_WINDOW, "files");
  gtk_window_present (GTK_WINDOW (composer->window));
  /* GTK 4.8 dislikes a window that is hidden and destroyed before the X server has answered that it is there. */
  gtk_test_widget_wait_for_draw (GTK_WIDGET (composer->window));
}

static void
set_up (Composer *composer, gconstpointer data)
{
  screen_set_up (&composer->screen, NULL);
  composer->account = screen_add_account (&composer->screen, "Ana Ruiz", "ana@example.org");
  screen_add_account (&composer->screen, "Ana", "ana.ruiz.with.a.very.long.address.indeed@subdomain.of.some.company.example");
  open_window (composer, model_draft_new (composer->screen.store, composer->screen.accounts, composer->account));
}

static gboolean
is_closed (gpointer data)
{
  return ((Composer *) data)->window == NULL;
}

static void
tear_down (Composer *composer, gconstpointer data)
{
  if (composer->window)
    gtk_window_destroy (GTK_WINDOW (composer->window));
  screen_wait (is_closed, composer);
  screen_settle ();
  g_assert_finalize_object (g_steal_pointer (&composer->draft));
  screen_tear_down (&composer->screen, NULL);
}

static gpointer
header (Composer *composer, const char *id)
{
  return screen_part (composer->headers, COMPOSER_TYPE_HEADERS, id);
}

static void
write_message (Composer *composer)
{
  GtkTextIter start;

  screen_type (header (composer, "to_entry"), "Tom Berg <tom@post.example>");
  screen_type (header (composer, "subject_entry"), "Quarterly figures");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (composer->text), "Dear Tom,\n\nhere they are.\n", -1);
  gtk_text_buffer_get_start_iter (gtk_text_view_get_buffer (composer->text), &start);
  gtk_text_buffer_place_cursor (gtk_text_view_get_buffer (composer->text), &start);
}

static guint
count (Composer *composer, gint64 account, MailRole role)
{
  StoreDatabase *database = store_get_reader (composer->screen.store);
  g_autoptr (StoreFolder) folder = NULL;
  gint64 id = store_folders_find_role (database, account, role, NULL);

  folder = id > 0 ? store_folders_get (database, id, NULL) : NULL;
  return folder ? folder->total : 0;
}

static gboolean
is_saved (gpointer data)
{
  Composer *composer = data;

  return model_draft_get_id (composer->draft) != 0 && !model_draft_is_changed (composer->draft);
}

static gboolean
has_file (gpointer data)
{
  return g_list_model_get_n_items (model_draft_get_files (((Composer *) data)->draft)) > 0;
}

static void
act (Composer *composer, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (composer->window), action, NULL));
}

static void
attach_file (Composer *composer, const char *name, gsize size)
{
  g_autofree char *zeros = g_malloc0 (size);
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_steal_pointer (&zeros), size);
  g_autoptr (ModelDraftFile) file = model_draft_file_new (name, "application/pdf", bytes);

  g_list_store_append (G_LIST_STORE (model_draft_get_files (composer->draft)), file);
}

static void
assert_problem (Composer *composer, const char *field, const char *part)
{
  g_autofree char *label_id = g_strconcat (field, "_problem", NULL);
  g_autofree char *entry_id = g_strconcat (field, "_entry", NULL);
  GtkLabel *label = header (composer, label_id);

  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (label)));
  g_assert_nonnull (strstr (gtk_label_get_label (label), part));
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (header (composer, entry_id)), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE);
}

static void
test_fields_have_names (Composer *composer, gconstpointer data)
{
  screen_assert_label (header (composer, "from_row"), "From");
  screen_assert_label (header (composer, "to_entry"), "To");
  screen_assert_label (header (composer, "cc_entry"), "Cc");
  screen_assert_label (header (composer, "bcc_entry"), "Bcc");
  screen_assert_label (header (composer, "subject_entry"), "Subject");
  screen_assert_label (composer->text, "Message Text");
  screen_assert_label (screen_part (composer->window, COMPOSER_TYPE_WINDOW, "send_button"), "Send");
  screen_picture (composer->window, "composer-new");
}

static void
test_copies_on_request (Composer *composer, gconstpointer data)
{
  g_assert_false (gtk_widget_get_visible (header (composer, "cc_entry")));
  screen_click (header (composer, "copies_button"));
  g_assert_true (gtk_widget_get_visible (header (composer, "cc_entry")));
  g_assert_true (gtk_widget_get_visible (header (composer, "bcc_entry")));
}

static void
test_saves_by_itself (Composer *composer, gconstpointer data)
{
  AdwWindowTitle *title = screen_part (composer->window, COMPOSER_TYPE_WINDOW, "window_title");

  write_message (composer);
  screen_wait (is_saved, composer);
  g_assert_cmpuint (count (composer, account_get_id (composer->account), MAIL_ROLE_DRAFTS), ==, 1);
  g_assert_cmpstr (adw_window_title_get_subtitle (title), ==, "Saved in Drafts");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (composer->window)), ==, "Quarterly figures");
  screen_picture (composer->window, "composer-saved");
}

static void
test_closing_saves (Composer *composer, gconstpointer data)
{
  write_message (composer);
  gtk_window_close (GTK_WINDOW (composer->window));
  screen_wait (is_closed, composer);
  g_assert_true (is_saved (composer));
  g_assert_cmpuint (count (composer, account_get_id (composer->account), MAIL_ROLE_DRAFTS), ==, 1);
}

static void
test_closing_untouched_leaves_nothing (Composer *composer, gconstpointer data)
{
  gtk_window_close (GTK_WINDOW (composer->window));
  screen_wait (is_closed, composer);
  g_assert_cmpuint (count (composer, account_get_id (composer->account), MAIL_ROLE_DRAFTS), ==, 0);
}

static void
test_send (Composer *composer, gconstpointer data)
{
  write_message (composer);
  act (composer, "composer.send");
  screen_wait (is_closed, composer);
  g_assert_cmpint (composer->sent, >, 0);
  g_assert_cmpuint (count (composer, account_get_id (composer->account), MAIL_ROLE_DRAFTS), ==, 0);
  g_assert_cmpuint (count (composer, STORE_LOCAL_ACCOUNT, MAIL_ROLE_OUTBOX), ==, 1);
}

static gpointer
bar_part (Composer *composer, const char *id)
{
  return screen_part (screen_part (composer->window, COMPOSER_TYPE_WINDOW, "bar"), COMPOSER_TYPE_BAR, id);
}

static void
test_forgotten_attachment (Composer *composer, gconstpointer data)
{
  write_message (composer);
  g_object_set (composer->draft, "text", "See the attached file.", NULL);
  act (composer, "composer.send");
  screen_settle ();
  g_assert_nonnull (composer->window);
  g_assert_nonnull (strstr (gtk_label_get_label (bar_part (composer, "label")), "attachment"));
  screen_picture (composer->window, "composer-forgotten");
  screen_click (bar_part (composer, "first_button"));
  screen_wait (is_closed, composer);
  g_assert_cmpint (composer->sent, >, 0);
}

static void
test_others_are_hidden (Composer *composer, gconstpointer data)
{
  g_autoptr (GString) to = g_string_new (NULL);
  g_autofree char *left = NULL;
  g_autofree char *bcc = NULL;

  for (guint i = 0; i < 20; i++)
    g_string_append_printf (to, "%sperson%u@post.example", i ? ", " : "", i);
  write_message (composer);
  g_object_set (composer->draft, "to", to->str, NULL);
  act (composer, "composer.send");
  screen_settle ();
  screen_picture (composer->window, "composer-many");
  screen_click (bar_part (composer, "second_button"));
  g_object_get (composer->draft, "to", &left, "bcc", &bcc, NULL);
  g_assert_cmpstr (left, ==, "");
  g_assert_cmpstr (bcc, ==, to->str);
}

static void
test_send_later (Composer *composer, gconstpointer data)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  write_message (composer);
  act (composer, "composer.send-in-one-hour");
  screen_wait (is_closed, composer);
  g_assert_cmpint (composer->sent, ==, 0);
  g_assert_cmpint (composer->scheduled, >=, now + 3600);
  g_assert_cmpint (composer->scheduled, <, now + 3700);
}

static void
test_no_recipient (Composer *composer, gconstpointer data)
{
  act (composer, "composer.send");
  screen_settle ();
  assert_problem (composer, "to", "who the message goes to");
  screen_type (header (composer, "to_entry"), "t");
  g_assert_false (gtk_widget_get_visible (header (composer, "to_problem")));
}

static void
test_bad_recipient (Composer *composer, gconstpointer data)
{
  write_message (composer);
  screen_click (header (composer, "copies_button"));
  screen_type (header (composer, "cc_entry"), "eve@post.example, Uncle Bob");
  act (composer, "composer.send");
  screen_settle ();
  assert_problem (composer, "cc", "Uncle Bob");
  screen_picture (composer->window, "composer-problem");
  g_assert_cmpuint (count (composer, STORE_LOCAL_ACCOUNT, MAIL_ROLE_OUTBOX), ==, 0);
}

static void
test_other_sender (Composer *composer, gconstpointer data)
{
  g_autoptr (Account) account = NULL;

  gtk_drop_down_set_selected (header (composer, "from_row"), 1);
  g_object_get (composer->draft, "account", &account, NULL);
  g_assert_cmpstr (account_get_person_name (account), ==, "Ana");
}

static void
test_drop (Composer *composer, gconstpointer data)
{
  g_autofree char *path = g_build_filename (composer->screen.folder, "notes.txt", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GListModel) controllers = NULL;
  g_auto (GValue) value = G_VALUE_INIT;
  GSList list = { file, NULL };
  gboolean is_taken = FALSE;

  g_assert_true (g_file_set_contents (path, "abc", 3, NULL));
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_set_boxed (&value, &list);
  controllers = gtk_widget_observe_controllers (screen_part (composer->window, COMPOSER_TYPE_WINDOW, "content"));
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        g_signal_emit_by_name (controller, "drop", &value, 0.0, 0.0, &is_taken);
    }
  g_assert_true (is_taken);
  screen_wait (has_file, composer);
  g_assert_cmpint (model_draft_get_files_size (composer->draft), ==, 3);
}

static void
test_removing_a_file (Composer *composer, gconstpointer data)
{
  GtkFlowBox *box = screen_part (composer->files, COMPOSER_TYPE_FILES, "flow_box");
  GtkWidget *row, *button;

  attach_file (composer, "first.pdf", 10);
  attach_file (composer, "second.pdf", 10);
  row = gtk_widget_get_first_child (GTK_WIDGET (gtk_flow_box_get_child_at_index (box, 0)));
  button = screen_part (row, COMPOSER_TYPE_FILE, "remove_button");
  screen_assert_label (button, "Remove first.pdf");
  screen_click (button);
  row = gtk_widget_get_first_child (GTK_WIDGET (gtk_flow_box_get_child_at_index (box, 0)));
  g_assert_cmpstr (model_draft_file_get_name (composer_file_get_file (COMPOSER_FILE (row))), ==, "second.pdf");
}

/* A picture as noisy as a photo, which no format makes small. */
static void
attach_photo (Composer *composer, const char *name)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 1200, 900);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  guchar *pixels = gdk_pixbuf_get_pixels (pixbuf);
  g_autoptr (GBytes) bytes = NULL;
  gsize size;
  char *data;

  for (int i = 0; i < gdk_pixbuf_get_rowstride (pixbuf) * 899; i++)
    pixels[i] = (guchar) g_rand_int (rand);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, "jpeg", NULL, "quality", "95", NULL));
  bytes = g_bytes_new_take (data, size);
  g_assert_true (model_draft_attach_bytes (composer->draft, name, "image/jpeg", bytes, NULL));
}

static gboolean
is_whole (gpointer data)
{
  return !composer_files_is_reading (((Composer *) data)->files);
}

static void
test_photos_become_smaller (Composer *composer, gconstpointer data)
{
  GtkWidget *button = screen_part (composer->files, COMPOSER_TYPE_FILES, "photos_button");
  GListModel *files = model_draft_get_files (composer->draft);
  g_autoptr (ModelDraftFile) photo = NULL;
  g_autoptr (ModelDraftFile) text = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  gint64 before;

  g_assert_false (gtk_widget_get_visible (button));
  attach_photo (composer, "flat.jpg");
  attach_file (composer, "notes.pdf", 400000);
  g_assert_true (gtk_widget_get_visible (button));
  screen_picture (composer->window, "composer-photos");
  before = model_draft_get_files_size (composer->draft);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (composer->files), "files.shrink", "i", 800));
  screen_wait (is_whole, composer);
  g_assert_cmpint (model_draft_get_files_size (composer->draft), <, before);
  photo = g_list_model_get_item (files, 0);
  text = g_list_model_get_item (files, 1);
  g_assert_cmpstr (model_draft_file_get_name (photo), ==, "flat.jpg");
  g_assert_cmpint (model_draft_file_get_size (text), ==, 400000);
  stream = g_memory_input_stream_new_from_bytes (model_draft_file_get_data (photo));
  pixbuf = gdk_pixbuf_new_from_stream (stream, NULL, NULL);
  g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, 800);
  g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), ==, 600);
}

static void
test_size_is_warned_of (Composer *composer, gconstpointer data)
{
  GtkLabel *summary = screen_part (composer->files, COMPOSER_TYPE_FILES, "summary_label");

  write_message (composer);
  attach_file (composer, "figures.ods", 22000);
  g_assert_cmpstr (gtk_label_get_label (summary), ==, "1 attachment, 22.0\302\240kB");
  attach_file (composer, "A very long name of a file that somebody gave it in a hurry, second version, final (3).pdf", 26000000);
  g_assert_nonnull (strstr (gtk_label_get_label (summary), "Many mail servers refuse"));
  screen_picture (composer->window, "composer-files");
}

static void
test_limit_of_the_server (Composer *composer, gconstpointer data)
{
  ComposerBar *bar = screen_part (composer->window, COMPOSER_TYPE_WINDOW, "bar");
  GtkLabel *summary = screen_part (composer->files, COMPOSER_TYPE_FILES, "summary_label");
  g_autoptr (StoreDatabase) database = store_open (composer->screen.store, NULL);

  g_assert_true (store_room_note_limit (database, account_get_id (composer->account), 100000, NULL));
  write_message (composer);
  attach_file (composer, "small.pdf", 60000);
  g_assert_null (strstr (gtk_label_get_label (summary), "takes no message"));
  attach_file (composer, "figures.pdf", 30000); /* less than the limit, but not as it is sent */
  g_assert_nonnull (strstr (gtk_label_get_label (summary), "The mail server takes no message of more than 100.0\302\240kB"));
  act (composer, "composer.send");
  g_assert_true (composer_bar_is_shown (bar));
  g_assert_nonnull (strstr (gtk_label_get_label (screen_part (bar, COMPOSER_TYPE_BAR, "label")), "and the mail server takes no more than 100.0\302\240kB."));
  g_assert_cmpint (composer->sent, ==, 0);
  screen_picture (composer->window, "composer-limit");
}

static void
test_discarding_can_be_undone (Composer *composer, gconstpointer data)
{
  g_autofree char *to = NULL;
  g_autofree char *text = NULL;

  write_message (composer);
  screen_wait (is_saved, composer);
  act (composer, "composer.discard");
  screen_wait (is_closed, composer);
  g_assert_cmpuint (composer->n_discarded, ==, 1);
  g_assert_cmpuint (composer->n_kept, ==, 0);
  g_assert_cmpuint (count (composer, account_get_id (composer->account), MAIL_ROLE_DRAFTS), ==, 0);
  model_draft_restore (composer->draft);
  open_window (composer, composer->draft);
  screen_wait (is_saved, composer);
  g_object_get (composer->draft, "to", &to, "text", &text, NULL);
  g_assert_cmpstr (to, ==, "Tom Berg <tom@post.example>");
  g_assert_cmpstr (text, ==, "Dear Tom,\n\nhere they are.\n");
  g_assert_cmpuint (count (composer, account_get_id (composer->account), MAIL_ROLE_DRAFTS), ==, 1);
}

static void
test_closing_with_text_says_so (Composer *composer, gconstpointer data)
{
  write_message (composer);
  gtk_window_close (GTK_WINDOW (composer->window));
  screen_wait (is_closed, composer);
  g_assert_cmpuint (composer->n_kept, ==, 1);
  g_assert_cmpuint (composer->n_discarded, ==, 0);
}

static void
test_later_is_asked_for (Composer *composer, gconstpointer data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  GtkWindow *dialog;
  gint64 asked = composer_later_tomorrow (now) + 1800;

  write_message (composer);
  act (composer, "composer.send-at");
  dialog = screen_find_window ("Send Later");
  g_assert_nonnull (dialog);
  screen_picture (dialog, "composer-later");
  gtk_spin_button_set_value (screen_part (dialog, COMPOSER_TYPE_LATER, "minute"), 30);
  screen_click (screen_part (dialog, COMPOSER_TYPE_LATER, "accept_button"));
  screen_wait (is_closed, composer);
  g_assert_cmpint (ABS (composer->scheduled - asked), <=, 1);
}

static void
test_past_is_no_later (Composer *composer, gconstpointer data)
{
  g_autoptr (GDateTime) past = g_date_time_new_utc (2001, 1, 1, 0, 0, 0);
  ComposerLater *dialog = composer_later_new (GTK_WINDOW (composer->window), past);

  g_assert_false (gtk_widget_get_sensitive (screen_part (dialog, COMPOSER_TYPE_LATER, "accept_button")));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_keys (Composer *composer, gconstpointer data)
{
  const char *command = "xdotool mousemove 300 300 key Return key ctrl+Return";
  g_autofree char *program = g_find_program_in_path ("xdotool");
  g_autofree char *text = NULL;

  if (!program)
    {
      g_test_skip ("xdotool is not installed");
      return;
    }
  write_message (composer);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (composer->window));
  gtk_widget_grab_focus (composer->text);
  g_assert_true (g_spawn_command_line_async (command, NULL));
  screen_wait (is_closed, composer);
  g_assert_cmpint (composer->sent, >, 0);
  g_object_get (composer->draft, "text", &text, NULL);
  g_assert_cmpstr (text, ==, "\nDear Tom,\n\nhere they are.\n");
}

static void
test_pictures (Composer *composer, gconstpointer data)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  if (!g_getenv ("POSTHORN_PICTURES"))
    {
      g_test_skip ("POSTHORN_PICTURES is not set");
      return;
    }
  write_message (composer);
  attach_file (composer, "figures.ods", 22000);
  attach_file (composer, "A very long name of a file that somebody gave it in a hurry.pdf", 26000000);
  gtk_drop_down_set_selected (header (composer, "from_row"), 1);
  screen_click (header (composer, "copies_button"));
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  screen_picture (composer->window, "composer-dark");
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_DEFAULT);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  screen_picture (composer->window, "composer-rtl");
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  gtk_window_set_default_size (GTK_WINDOW (composer->window), 340, 600);
  screen_picture (composer->window, "composer-narrow");
}

#define TEST(path, function) g_test_add ("/app/composer/" path, Composer, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  screen_test_init (&argc, &argv);
  TEST ("fields/have-names", test_fields_have_names);
  TEST ("copies/are-there-on-request", test_copies_on_request);
  TEST ("typing/is-saved-by-itself", test_saves_by_itself);
  TEST ("closing/saves", test_closing_saves);
  TEST ("closing-untouched/leaves-nothing", test_closing_untouched_leaves_nothing);
  TEST ("sending/puts-it-into-the-outbox", test_send);
  TEST ("forgotten-attachment/is-said-and-sent-anyway", test_forgotten_attachment);
  TEST ("many-recipients/are-put-into-bcc", test_others_are_hidden);
  TEST ("sending-later/says-when", test_send_later);
  TEST ("no-recipient/is-said-by-the-field", test_no_recipient);
  TEST ("impossible-recipient/is-said-by-the-field", test_bad_recipient);
  TEST ("sender/can-be-another-account", test_other_sender);
  TEST ("dropped-file/is-attached", test_drop);
  TEST ("removed-file/is-the-one-that-was-meant", test_removing_a_file);
  TEST ("photos/become-smaller", test_photos_become_smaller);
  TEST ("many-megabytes/are-warned-of", test_size_is_warned_of);
  TEST ("limit-of-the-server/is-warned-of-before-sending", test_limit_of_the_server);
  TEST ("discarding/can-be-undone", test_discarding_can_be_undone);
  TEST ("closing-with-text/says-so", test_closing_with_text_says_so);
  TEST ("sending-later/asks-when", test_later_is_asked_for);
  TEST ("sending-later/is-never-in-the-past", test_past_is_no_later);
  TEST ("control-return/sends", test_keys);
  TEST ("pictures", test_pictures);
  return g_test_run ();
}
