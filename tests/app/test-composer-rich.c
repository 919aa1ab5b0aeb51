/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of writing with formatting: what is typed into the web view is kept as HTML, and the way to plain text and back loses nothing unsaid. */
#include "composer-bar.h"
#include "composer-body.h"
#include "composer-editor.h"
#include "composer-format.h"
#include "composer-window.h"
#include "screen-test.h"
#include "store-messages.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static char *programs; /* a folder, looked through before all others */

#ifdef __SANITIZE_ADDRESS__
/* LeakSanitizer falls over what WebKit's threads have for their own. With LSAN_OPTIONS=use_tls=0 it runs, and takes for lost whatever such a
 * thread alone knows of: for looking at by hand. */
int __lsan_is_turned_off (void);

int
__lsan_is_turned_off (void)
{
  return 1;
}
#endif

typedef struct
{
  Screen screen;
  ModelDraft *draft;
  ComposerWindow *window;  /* NULL when it has closed itself */
  gpointer body, editor, bar;
  const char *wanted;      /* in the HTML, or in the bar */
  gboolean is_asking;
} Rich;

/* Each of her addresses has a signature of its own. */
static void
sign (Account *account)
{
  AccountIdentityValue value = { (char *) "Sales", (char *) "sales@example.org", (char *) "", (char *) "The sales people" };
  g_autofree char *text = account_identity_value_format (&value);
  const char *texts[] = { text, NULL };

  g_object_set (account, "signature", "Ana at work", "identities", texts, NULL);
}

static void
set_up (Rich *rich, gconstpointer data)
{
  Account *account;

  screen_set_up (&rich->screen, NULL);
  account = screen_add_account (&rich->screen, "Ana Ruiz", "ana@example.org");
  if (data)
    sign (account);
  rich->draft = model_draft_new (rich->screen.store, rich->screen.accounts, account);
  g_object_set (rich->draft, "subject", "Figures", "text", data ? "Dear Tom,\n\n-- \nAna at work" : "Dear Tom,\n\n  so it is.\n", NULL);
  rich->window = composer_window_new (NULL, rich->draft);
  g_object_add_weak_pointer (G_OBJECT (rich->window), (gpointer *) &rich->window);
  rich->bar = screen_part (rich->window, COMPOSER_TYPE_WINDOW, "bar");
  rich->body = screen_part (rich->window, COMPOSER_TYPE_WINDOW, "body");
  rich->editor = screen_part (rich->body, COMPOSER_TYPE_BODY, "editor");
  gtk_window_present (GTK_WINDOW (rich->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (rich->window));
}

static gboolean
is_closed (gpointer data)
{
  return ((Rich *) data)->window == NULL;
}

static void
tear_down (Rich *rich, gconstpointer data)
{
  if (rich->window)
    gtk_window_destroy (GTK_WINDOW (rich->window));
  screen_wait (is_closed, rich);
  screen_settle ();
  g_assert_finalize_object (g_steal_pointer (&rich->draft));
  screen_tear_down (&rich->screen, NULL);
}

static gpointer
part (Rich *rich, const char *id)
{
  return screen_part (rich->window, COMPOSER_TYPE_WINDOW, id);
}

static gboolean
is_saved (gpointer data)
{
  Rich *rich = data;

  return model_draft_get_id (rich->draft) != 0 && !model_draft_is_changed (rich->draft);
}

static gboolean
has_html (gpointer data)
{
  Rich *rich = data;

  return is_saved (rich) && strstr (model_draft_get_html (rich->draft), rich->wanted);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  ((Rich *) data)->is_asking = FALSE;
  model_draft_finish (MODEL_DRAFT (source), result, NULL);
}

/* Without waiting until it is saved by itself */
static gboolean
shows_html (gpointer data)
{
  Rich *rich = data;

  if (!rich->is_asking && model_draft_is_typed (rich->draft))
    {
      rich->is_asking = TRUE;
      model_draft_read_async (rich->draft, NULL, on_read, rich);
    }
  return !rich->is_asking && strstr (model_draft_get_html (rich->draft), rich->wanted);
}

static gboolean
is_said (gpointer data)
{
  Rich *rich = data;
  GtkLabel *label = screen_part (rich->bar, COMPOSER_TYPE_BAR, "label");

  return composer_bar_is_shown (rich->bar) && strstr (gtk_label_get_label (label), rich->wanted);
}

static gboolean
is_plain (gpointer data)
{
  return !model_draft_is_rich (((Rich *) data)->draft);
}

static void
on_ready (gboolean *is_there)
{
  *is_there = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

static void
open_rich (Rich *rich)
{
  gboolean is_there = FALSE;
  gulong handler = g_signal_connect_swapped (rich->editor, "ready", G_CALLBACK (on_ready), &is_there);

  screen_click (part (rich, "rich_button"));
  g_assert_true (model_draft_is_rich (rich->draft));
  screen_wait (is_true, &is_there);
  g_signal_handler_disconnect (rich->editor, handler);
}

static void
press (Rich *rich, const char *keys)
{
  g_autofree char *command = g_strconcat ("xdotool mousemove 300 300 ", keys, NULL);

  gtk_widget_grab_focus (rich->body);
  screen_settle ();
  g_assert_true (g_spawn_command_line_async (command, NULL));
}

static gboolean
cannot_press (void)
{
  g_autofree char *program = g_find_program_in_path ("xdotool");

  if (!program)
    g_test_skip ("xdotool is not installed");
  return !program;
}

static gboolean
is_on (Rich *rich, const char *action)
{
  GActionGroup *actions = composer_format_get_actions (screen_part (rich->body, COMPOSER_TYPE_BODY, "format"));
  g_autoptr (GVariant) state = g_action_group_get_action_state (actions, action);

  return g_variant_get_boolean (state);
}

static void
test_typing_is_kept (Rich *rich, gconstpointer data)
{
  g_autoptr (GBytes) source = NULL;
  g_autofree char *text = NULL;

  if (cannot_press ())
    return;
  open_rich (rich);
  press (rich, "key ctrl+b type --delay 20 Bold");
  rich->wanted = "<b>Bold</b>Dear Tom";
  screen_wait (has_html, rich);
  g_object_get (rich->draft, "text", &text, NULL);
  g_assert_cmpstr (text, ==, "BoldDear Tom,\n\n  so it is.");
  source = store_messages_load_source (store_get_reader (rich->screen.store), model_draft_get_id (rich->draft), NULL);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (source, NULL), (gssize) g_bytes_get_size (source), "multipart/alternative"));
  g_assert_true (gtk_widget_activate_action (rich->body, "format.italic", NULL));
  g_assert_true (is_on (rich, "bold"));
  g_assert_true (is_on (rich, "italic"));
  screen_picture (rich->window, "composer-rich");
}

static void
test_picture_is_kept (Rich *rich, gconstpointer data)
{
  static const char png[] = "\211PNG\r\n\032\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\4\0\0\0\265\034\014\2\0\0\0\013IDATx\332cd`\0\0\0\6\0\2""0\201\320/\0\0\0\0IEND\256B`\202";
  g_autofree char *path = g_build_filename (rich->screen.folder, "dot.png", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) source = NULL;

  g_assert_true (g_file_set_contents (path, png, sizeof png - 1, NULL));
  g_assert_false (composer_body_drop (rich->body, file)); /* plain text has no pictures */
  open_rich (rich);
  g_assert_true (composer_body_drop (rich->body, file));
  rich->wanted = "<img alt=\"dot.png\" src=\"cid:";
  screen_wait (has_html, rich);
  source = store_messages_load_source (store_get_reader (rich->screen.store), model_draft_get_id (rich->draft), NULL);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (source, NULL), (gssize) g_bytes_get_size (source), "Content-Type: image/png\r\nContent-ID: <"));
}

static void
paste (Rich *rich)
{
  g_assert_true (gtk_widget_activate_action (rich->body, "editor.paste", NULL));
}

static void
test_picture_is_pasted (Rich *rich, gconstpointer data)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 40, 30);
  g_autoptr (GdkTexture) texture = NULL;

  gdk_pixbuf_fill (pixbuf, 0x1a5fb4ff);
  texture = gdk_texture_new_for_pixbuf (pixbuf);
  open_rich (rich);
  gdk_clipboard_set_texture (gtk_widget_get_clipboard (rich->body), texture);
  paste (rich);
  rich->wanted = "<img alt=\"Picture.png\" src=\"cid:";
  screen_wait (shows_html, rich);
}

static void
test_pasted_page_is_clean (Rich *rich, gconstpointer data)
{
  static const char html[] = "<meta charset=\"utf-8\"><p style=\"color:red\" onclick=\"x()\">pasted<script>alert(1)</script><img src=\"http://127.0.0.1:9/a.png\"></p>";
  g_autoptr (GBytes) bytes = g_bytes_new_static (html, sizeof html - 1);
  g_autoptr (GdkContentProvider) provider = gdk_content_provider_new_for_bytes ("text/html", bytes);

  open_rich (rich);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (rich->body), provider);
  paste (rich);
  rich->wanted = "pasted";
  screen_wait (shows_html, rich);
  g_assert_null (strstr (model_draft_get_html (rich->draft), "127.0.0.1"));
  g_assert_null (strstr (model_draft_get_html (rich->draft), "onclick"));
  g_assert_null (strstr (model_draft_get_html (rich->draft), "script"));
}

static void
test_there_and_back (Rich *rich, gconstpointer data)
{
  g_autofree char *text = NULL, *html = NULL;

  open_rich (rich);
  screen_click (part (rich, "rich_button"));
  screen_wait (is_plain, rich);
  html = g_strdup (model_draft_get_html (rich->draft));
  g_object_get (rich->draft, "text", &text, NULL);
  g_assert_cmpstr (text, ==, "Dear Tom,\n\n  so it is.");
  open_rich (rich);
  g_assert_cmpstr (model_draft_get_html (rich->draft), ==, html);
}

static void
test_loss_is_said (Rich *rich, gconstpointer data)
{
  if (cannot_press ())
    return;
  open_rich (rich);
  press (rich, "key ctrl+i type --delay 20 Now");
  rich->wanted = "<i>Now</i>";
  screen_wait (shows_html, rich);
  screen_click (part (rich, "rich_button"));
  rich->wanted = "Plain text has no fonts and colours.";
  screen_wait (is_said, rich);
  g_assert_true (model_draft_is_rich (rich->draft));
  g_assert_true (gtk_toggle_button_get_active (part (rich, "rich_button")));
  screen_picture (rich->window, "composer-rich-losing");
  screen_click (screen_part (rich->bar, COMPOSER_TYPE_BAR, "first_button"));
  g_assert_false (model_draft_is_rich (rich->draft));
  rich->wanted = "The formatting was removed.";
  g_assert_true (is_said (rich));
  screen_click (screen_part (rich->bar, COMPOSER_TYPE_BAR, "first_button"));
  g_assert_true (model_draft_is_rich (rich->draft));
  g_assert_nonnull (strstr (model_draft_get_html (rich->draft), "<i>Now</i>"));
}

static gboolean
is_typed (gpointer data)
{
  return model_draft_is_typed (((Rich *) data)->draft);
}

static void
test_typed_last_is_warned_of (Rich *rich, gconstpointer data)
{
  open_rich (rich);
  screen_wait (is_saved, rich); /* not again for three seconds after the next change */
  g_object_set (rich->draft, "to", "tom@example.org", NULL);
  composer_editor_command (rich->editor, "InsertText", "See the attached file.");
  screen_wait (is_typed, rich);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (rich->window), "composer.send", NULL));
  rich->wanted = "You write of an attachment";
  screen_wait (is_said, rich);
  g_assert_nonnull (rich->window);
  screen_click (screen_part (rich->bar, COMPOSER_TYPE_BAR, "first_button"));
  screen_wait (is_closed, rich);
}

static void
write_from (Rich *rich, guint position)
{
  g_autoptr (AccountIdentity) identity = g_list_model_get_item (model_draft_get_identities (rich->draft), position);

  g_object_set (rich->draft, "identity", identity, NULL);
}

static void
test_signature_follows_the_sender (Rich *rich, gconstpointer data)
{
  open_rich (rich);
  write_from (rich, 1);
  rich->wanted = "The sales people";
  screen_wait (shows_html, rich);
  g_assert_null (strstr (model_draft_get_html (rich->draft), "Ana at work"));
  g_assert_nonnull (strstr (model_draft_get_html (rich->draft), "Dear Tom"));
  write_from (rich, 0);
  rich->wanted = "Ana at work";
  screen_wait (shows_html, rich);
  g_assert_null (strstr (model_draft_get_html (rich->draft), "The sales people"));
}

static void
test_own_signature_stays (Rich *rich, gconstpointer data)
{
  open_rich (rich);
  composer_editor_command (rich->editor, "MoveToEndOfDocument", NULL);
  composer_editor_command (rich->editor, "InsertText", ", Ltd.");
  rich->wanted = "Ana at work, Ltd.";
  screen_wait (shows_html, rich);
  write_from (rich, 1);
  composer_editor_command (rich->editor, "InsertText", " Madrid");
  rich->wanted = "Madrid";
  screen_wait (shows_html, rich);
  g_assert_nonnull (strstr (model_draft_get_html (rich->draft), "Ana at work, Ltd."));
  g_assert_null (strstr (model_draft_get_html (rich->draft), "The sales people"));
}

static void
test_without_sandbox (Rich *rich, gconstpointer data)
{
  g_autofree char *path = g_build_filename (programs, "bwrap", NULL);
  g_autofree char *text = NULL;

  g_assert_cmpint (symlink ("/bin/false", path), ==, 0);
  screen_click (part (rich, "rich_button"));
  screen_wait (is_plain, rich);
  rich->wanted = "Formatting is not possible on this system";
  g_assert_true (is_said (rich));
  g_assert_false (gtk_toggle_button_get_active (part (rich, "rich_button")));
  g_object_get (rich->draft, "text", &text, NULL);
  g_assert_cmpstr (text, ==, "Dear Tom,\n\n  so it is.");
  g_assert_cmpint (g_unlink (path), ==, 0);
}

#define TEST(path, function) g_test_add ("/app/composer-rich/" path, Rich, NULL, set_up, function, tear_down)
#define TEST_SIGNED(path, function) g_test_add ("/app/composer-rich/" path, Rich, "signed", set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_autofree char *path = NULL;
  int status;

  programs = g_dir_make_tmp ("posthorn-programs-XXXXXX", NULL);
  path = g_strconcat (programs, ":", g_getenv ("PATH"), NULL);
  g_setenv ("PATH", path, TRUE);
  screen_test_init (&argc, &argv);
  TEST ("without-a-sandbox/is-plain-and-says-so", test_without_sandbox);
  TEST ("typing/is-kept-as-html-and-text", test_typing_is_kept);
  TEST ("dropped-picture/stands-in-the-text", test_picture_is_kept);
  TEST ("pasted-picture/stands-in-the-text", test_picture_is_pasted);
  TEST ("pasted-page/is-clean-before-it-is-shown", test_pasted_page_is_clean);
  TEST ("plain-and-back/loses-nothing", test_there_and_back);
  TEST ("formatting-that-would-go/is-said-and-can-be-had-back", test_loss_is_said);
  TEST ("attachment-spoken-of-last/is-warned-of", test_typed_last_is_warned_of);
  TEST_SIGNED ("another-sender/signs-in-the-others-place", test_signature_follows_the_sender);
  TEST_SIGNED ("another-sender/leaves-a-signature-that-was-changed", test_own_signature_stays);
  status = g_test_run ();
  g_rmdir (programs);
  g_free (programs);
  return status;
}
