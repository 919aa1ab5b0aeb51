/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-draft.h"
#include "reader-dragged.h"
#include "reader-page.h"
#include "reader-window.h"
#include "screen-test.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define OUTER \
  "From: Ana Ruiz <ana@example.org>\nTo: tom@example.org\nSubject: Outer\nDate: Sun, 22 Nov 2026 10:00:00 +0000\nMIME-Version: 1.0\n" \
  "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nSee the letter.\n--b\nContent-Type: message/rfc822\n\n" \
  "From: Tom <tom@example.org>\nSubject: Inner\n\nI am the letter.\n--b--\n"

static GtkApplication *application; /* one for all: a second one of its name cannot be registered */

typedef struct
{
  char *folder;
  char *path;
  ModelSaver *saver;
  const char *title;         /* waited for */
} WindowTest;

static void
set_up (WindowTest *test, gconstpointer data)
{
  g_autofree char *cache = NULL;

  test->folder = g_dir_make_tmp ("reader-window-XXXXXX", NULL);
  test->path = g_build_filename (test->folder, "letter.eml", NULL);
  cache = g_build_filename (test->folder, "opened", NULL);
  test->saver = model_saver_new (cache);
}

static gboolean
is_only_ours (gpointer object)
{
  return G_OBJECT (object)->ref_count == 1;
}

static void
tear_down (WindowTest *test, gconstpointer data)
{
  g_autofree char *cache = NULL;
  GList *windows;

  while ((windows = gtk_application_get_windows (application)))
    screen_assert_finalized (windows->data);
  screen_wait (is_only_ours, test->saver); /* its thread lets go of a task after that has been answered */
  g_assert_finalize_object (test->saver);
  g_remove (test->path);
  cache = g_build_filename (test->folder, "opened", NULL);
  g_rmdir (cache);
  g_rmdir (test->folder);
  g_free (test->path);
  g_free (test->folder);
}

static gboolean
has_title (gpointer data)
{
  return screen_find_window (((WindowTest *) data)->title) != NULL;
}

static ReaderWindow *
wait_for (WindowTest *test, const char *title)
{
  test->title = title;
  screen_wait (has_title, test);
  return READER_WINDOW (screen_find_window (title));
}

static void
open_path (WindowTest *test)
{
  g_autoptr (GFile) file = g_file_new_for_path (test->path);

  reader_window_open_file (application, test->saver, NULL, file);
}

static ReaderWindow *
open_outer (WindowTest *test)
{
  g_assert_true (g_file_set_contents (test->path, OUTER, -1, NULL));
  open_path (test);
  return wait_for (test, "Outer");
}

static void
test_file (WindowTest *test, gconstpointer data)
{
  ReaderWindow *window = open_outer (test);
  ReaderPage *page = screen_part (window, READER_TYPE_WINDOW, "page");

  g_assert_cmpstr (model_body_get_subject (reader_page_get_body (page)), ==, "Outer");
  screen_picture (window, "reader-window");
}

static void
test_attached (WindowTest *test, gconstpointer data)
{
  ReaderWindow *outer = open_outer (test);
  ReaderPage *page = screen_part (outer, READER_TYPE_WINDOW, "page");

  g_signal_emit_by_name (page, "message", 0);
  page = screen_part (wait_for (test, "Inner"), READER_TYPE_WINDOW, "page");
  g_assert_nonnull (strstr (model_body_get_text (reader_page_get_body (page)), "I am the letter."));
}

static void
on_dragged (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (gdk_content_provider_write_mime_type_finish (GDK_CONTENT_PROVIDER (source), result, &error));
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

/* What a file manager asks for when something is dropped on it */
static void
test_dragged (WindowTest *test, gconstpointer data)
{
  ReaderPage *page = screen_part (open_outer (test), READER_TYPE_WINDOW, "page");
  g_autoptr (GdkContentProvider) provider = reader_dragged_new (test->saver, reader_page_get_body (page), 0);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autofree char *uri = NULL;
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *content = NULL;
  gboolean is_written = FALSE;

  gdk_content_provider_write_mime_type_async (provider, "text/uri-list", stream, G_PRIORITY_DEFAULT, NULL, on_dragged, &is_written);
  screen_wait (is_true, &is_written);
  g_output_stream_write (stream, "", 1, NULL, NULL);
  uri = g_strdup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)));
  path = g_filename_from_uri (g_strstrip (uri), NULL, NULL);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_nonnull (strstr (content, "I am the letter."));
  folder = g_path_get_dirname (path);
  g_remove (path);
  g_rmdir (folder);
}

static void
on_answer (ReaderWindow *window, ModelBody *body, int kind, int *answered)
{
  g_assert_cmpstr (model_body_get_subject (body), ==, "Outer");
  *answered = kind;
}

static void
test_answer (WindowTest *test, gconstpointer data)
{
  ReaderWindow *window = open_outer (test);
  int answered = -1;

  g_signal_connect (window, "answer", G_CALLBACK (on_answer), &answered);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "message.forward", NULL));
  g_assert_cmpint (answered, ==, MODEL_DRAFT_FORWARD);
}

static void
on_keep (ReaderWindow *window, ModelBody *body, gint64 folder, gint64 *kept)
{
  g_assert_cmpstr (model_body_get_subject (body), ==, "Outer");
  *kept = folder;
}

static void
test_keep (WindowTest *test, gconstpointer data)
{
  ReaderWindow *window = open_outer (test);
  gint64 kept = 0;

  g_signal_connect (window, "keep", G_CALLBACK (on_keep), &kept);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "message.keep", "x", (gint64) 7));
  g_assert_cmpint (kept, ==, 7);
}

static gboolean
has_bar (gpointer bar)
{
  return gtk_widget_get_visible (bar);
}

static void
assert_refused (WindowTest *test, const char *name)
{
  ReaderWindow *window;
  ReaderPage *page;
  gpointer bar;

  open_path (test);
  window = READER_WINDOW (gtk_application_get_windows (application)->data);
  page = screen_part (window, READER_TYPE_WINDOW, "page");
  bar = screen_part (page, READER_TYPE_PAGE, "bar");
  screen_wait (has_bar, bar);
  g_assert_null (reader_page_get_body (page));
  screen_picture (window, name);
}

static void
test_no_message (WindowTest *test, gconstpointer data)
{
  g_assert_true (g_file_set_contents (test->path, "\x89PNG\r\n\x1a\n", -1, NULL));
  assert_refused (test, "reader-window-no-message");
}

static void
test_pipe (WindowTest *test, gconstpointer data)
{
  g_assert_no_errno (mkfifo (test->path, 0600));
  assert_refused (test, "reader-window-pipe");
}

static void
test_too_large (WindowTest *test, gconstpointer data)
{
  g_assert_true (g_file_set_contents (test->path, OUTER, -1, NULL));
  g_assert_no_errno (truncate (test->path, MODEL_SAVER_MAX_MESSAGE + 1));
  assert_refused (test, "reader-window-too-large");
}

#define ADD(path, func) g_test_add ("/app/reader-window/" path, WindowTest, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  int status;

  screen_test_init (&argc, &argv);
  application = gtk_application_new ("org.posthorn.Test", G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  ADD ("file/is-shown-as-a-message", test_file);
  ADD ("attached-message/opens-in-a-window-of-its-own", test_attached);
  ADD ("attachment-dragged-out/is-a-file", test_dragged);
  ADD ("forward/is-handed-to-the-program", test_answer);
  ADD ("a-file/is-put-into-a-folder-on-request", test_keep);
  ADD ("file/that-is-no-message-says-so", test_no_message);
  ADD ("file/that-is-a-pipe-keeps-nobody-waiting", test_pipe);
  ADD ("file/that-is-too-large-is-not-read", test_too_large);
  status = g_test_run ();
  g_clear_object (&application);
  return status;
}
