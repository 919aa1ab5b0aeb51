/* SPDX-License-Identifier: GPL-3.0-or-later */
/* web-view-probe wall|editor|bare|any FILE.html…: shows pages as they are, without the sanitiser, each in a view of its own: behind the wall, in the
 * composer's editor, or in a web view with nothing set. Fails when a script of the page ran in the editor, and when a page does not settle; but
 * "any" is "bare" without that: WebKit's media player has been seen to hang over a page with films. Says "shown" when one has settled, waits for what
 * comes late, and goes on. For test-remote-load.py. */
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <webkit/webkit.h>

#include "web-editor.h"
#include "web-view.h"

#define LATE_SECONDS 2
#define PATIENCE_SECONDS 60
#define PATIENCE_WITH_ANY 20

static GMainLoop *loop;       /* one at a time, for the page that is shown */
static gboolean is_settled;
static gboolean has_run;      /* a script of the page */

static gboolean
on_end (gpointer data)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static gboolean
on_late (gpointer data)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE; /* removed with the loop */
}

static void
on_settled (void)
{
  if (is_settled)
    return;
  is_settled = TRUE;
  printf ("shown\n");
  fflush (stdout);
  g_timeout_add_seconds (LATE_SECONDS, on_end, NULL);
}

static void
on_load_changed (WebKitWebView *view, WebKitLoadEvent event, gpointer data)
{
  if (event == WEBKIT_LOAD_FINISHED)
    on_settled ();
}

static void
on_broken (GtkWidget *view, const GError *error, gpointer data)
{
  fprintf (stderr, "%s\n", error->message);
  g_main_loop_quit (loop);
}

/* What a page does that runs: its words are ours then. */
#define RUN "document.body.textContent='ran'"
#define RUNNING "<script>" RUN "</script><img src=\"cid:none\" onerror=\"" RUN "\"><div tabindex=1 autofocus onfocus=\"" RUN "\">x</div>"

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *html = web_editor_read_finish (GTK_WIDGET (source), result, &error);

  has_run = !html || g_str_equal (html, "ran");
  if (has_run)
    fprintf (stderr, "%s\n", html ? "a script of the page ran" : error->message);
  g_main_loop_quit (loop);
}

static gboolean
on_editor_late (gpointer data)
{
  web_editor_read_async (data, on_read, NULL);
  return G_SOURCE_REMOVE;
}

static void
on_ready (GtkWidget *view)
{
  is_settled = TRUE;
  printf ("shown\n");
  fflush (stdout);
  g_timeout_add_seconds (LATE_SECONDS, on_editor_late, view);
}

static GtkWidget *
make_editor (const char *folder, const char *html)
{
  GtkWidget *view = web_editor_new (folder);
  g_autofree char *running = g_strconcat (html, RUNNING, NULL);
  WebPage page = { .html = running };

  g_signal_connect (view, "ready", G_CALLBACK (on_ready), NULL);
  g_signal_connect (view, "broken", G_CALLBACK (on_broken), NULL);
  web_editor_show (view, &page, WEB_CARET_FIRST);
  return view;
}

static GtkWidget *
make_view (const char *kind, const char *folder, const char *html)
{
  GtkWidget *view;
  WebPage page = { .html = html };

  if (g_str_equal (kind, "editor"))
    return make_editor (folder, html);
  if (g_str_equal (kind, "bare") || g_str_equal (kind, "any"))
    {
      view = webkit_web_view_new ();
      g_signal_connect (view, "load-changed", G_CALLBACK (on_load_changed), NULL);
      webkit_web_view_load_html (WEBKIT_WEB_VIEW (view), html, NULL);
      return view;
    }
  view = web_view_new (folder, NULL);
  g_signal_connect (view, "settled", G_CALLBACK (on_settled), NULL);
  g_signal_connect (view, "broken", G_CALLBACK (on_broken), NULL);
  web_view_show (view, &page);
  return view;
}

static gboolean
show (GtkWindow *window, const char *kind, const char *folder, const char *path)
{
  g_autofree char *html = NULL;
  gboolean is_any = g_str_equal (kind, "any");
  guint patience;

  if (!g_file_get_contents (path, &html, NULL, NULL))
    return FALSE;
  is_settled = FALSE;
  loop = g_main_loop_new (NULL, FALSE);
  patience = g_timeout_add_seconds (is_any ? PATIENCE_WITH_ANY : PATIENCE_SECONDS, on_late, NULL);
  gtk_window_set_child (window, make_view (kind, folder, html));
  gtk_window_present (window);
  g_main_loop_run (loop);
  g_source_remove (patience);
  gtk_window_set_child (window, NULL);
  g_clear_pointer (&loop, g_main_loop_unref);
  return (is_settled || is_any) && !has_run;
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = NULL;
  GtkWindow *window;

  if (argc < 3 || !gtk_init_check ())
    return 2;
  folder = g_dir_make_tmp ("posthorn-probe-XXXXXX", NULL);
  window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (window, 800, 600);
  for (int i = 2; i < argc; i++)
    if (!show (window, argv[1], folder, argv[i]))
      return 1;
  gtk_window_destroy (window);
  return 0;
}
