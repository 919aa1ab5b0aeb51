/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The widget that shows a page behind the wall. */
#include "web-view.h"

#include "html-url.h"
#include "web-menu.h"
#include "web-schemes.h"
#include "web-wall.h"

#include <string.h>

#define MAX_FOUND 1000

/* Below what a mail says itself, and only what makes any mail readable: its own colours and sizes count more. */
#define SHEET_ALL \
  "html { overflow-wrap: break-word; } body { margin: 18px; }" \
  "img { max-width: 100%; object-fit: contain; } table { max-width: 100%; } pre { white-space: pre-wrap; }" \
  "::selection { background-color: #3584e4 !important; color: #ffffff !important; }" /* what was found is selected, without the keyboard being there */ \
  "blockquote[type=cite], blockquote.gmail_quote { margin: 6px 0 6px 0; padding-left: 12px; border-left: 2px solid #888a85; }"
#define SHEET_UNLOADED \
  ":root { --unloaded: #757575; }" /* black and white have the same contrast to it, 4.6 */ \
  "[background^='remote:'], [style*='background-image:url(\"remote:'] { background-color: var(--under); }"
#define SHEET_LIGHT SHEET_ALL "html { background-color: #ffffff; color: #1e1e1e; } a { color: #1b6acb; }"
#define SHEET_DARK SHEET_ALL ":root { color-scheme: dark; } html { background-color: #1e1e1e; color: #ebebeb; } a { color: #78aeed; }"

struct _WebView
{
  GtkWidget parent_instance;

  WebWall *wall;
  WebKitUserContentManager *contents;
  WebKitWebView *web;
  WebKitUserContentFilter *filter; /* NULL until the wall stands: nothing is loaded before */
  GCancellable *cancellable;

  char *html;                      /* what waits for the wall; NULL when nothing */
  gboolean is_dark;
  gboolean loads_remote;
  char *found_text;
};

enum
{
  LINK,
  HOVER,
  SETTLED,
  BROKEN,
  FOUND,
  CHANGED,
  STATE,
  READY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WebView, web_view, GTK_TYPE_WIDGET)

static void
on_link (const char *uri, gpointer data)
{
  g_signal_emit (data, signals[LINK], 0, uri);
}

static void
on_hover (WebKitWebView *web, WebKitHitTestResult *hit, guint modifiers, WebView *self)
{
  g_signal_emit (self, signals[HOVER], 0, webkit_hit_test_result_context_is_link (hit) ? webkit_hit_test_result_get_link_uri (hit) : NULL);
}

static void
on_load_changed (WebKitWebView *web, WebKitLoadEvent event, WebView *self)
{
  if (event == WEBKIT_LOAD_FINISHED)
    g_signal_emit (self, signals[SETTLED], 0);
}

static void
on_terminated (WebKitWebView *web, WebKitWebProcessTerminationReason reason, WebView *self)
{
  g_autoptr (GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, reason == WEBKIT_WEB_PROCESS_EXCEEDED_MEMORY_LIMIT
                                                                             ? "The page needed too much memory"
                                                                             : "The web process ended");

  g_signal_emit (self, signals[BROKEN], 0, error);
}

static void
on_counted (WebKitFindController *finder, guint n, WebView *self)
{
  g_signal_emit (self, signals[FOUND], 0, n);
}

static void
set_sheet (WebView *self)
{
  static const GdkRGBA light = { 1, 1, 1, 1 }, dark = { 0x1e / 255.0f, 0x1e / 255.0f, 0x1e / 255.0f, 1 };
  WebKitUserStyleSheet *sheet = webkit_user_style_sheet_new (self->is_dark ? SHEET_DARK : self->loads_remote ? SHEET_LIGHT : SHEET_LIGHT SHEET_UNLOADED,
                                                             WEBKIT_USER_CONTENT_INJECT_TOP_FRAME,
                                                             WEBKIT_USER_STYLE_LEVEL_USER, NULL, NULL);

  webkit_user_content_manager_remove_all_style_sheets (self->contents);
  webkit_user_content_manager_add_style_sheet (self->contents, sheet);
  webkit_user_style_sheet_unref (sheet);
  webkit_web_view_set_background_color (self->web, self->is_dark ? &dark : &light);
}

/* A base of NULL: the page is about:blank, and no relative address leads anywhere. */
static void
load (WebView *self)
{
  g_autofree char *html = g_steal_pointer (&self->html);

  if (!html)
    return;
  set_sheet (self);
  webkit_web_view_load_html (self->web, html, NULL);
}

static void prepare (WebView *self);

static void
on_prepared (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WebView) self = data;
  g_autoptr (GError) error = NULL;
  WebKitUserContentFilter *filter = web_wall_prepare_finish (WEB_WALL (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    {
      g_clear_pointer (&filter, webkit_user_content_filter_unref);
      return;
    }
  if (!filter)
    {
      g_clear_object (&self->cancellable);
      g_signal_emit (self, signals[BROKEN], 0, error);
      return;
    }
  self->filter = filter;
  webkit_user_content_manager_add_filter (self->contents, filter);
  load (self);
}

/* Once, and again after it failed */
static void
prepare (WebView *self)
{
  if (self->filter || self->cancellable)
    return;
  self->cancellable = g_cancellable_new ();
  web_wall_prepare_async (self->wall, self->cancellable, on_prepared, g_object_ref (self));
}

static gboolean
web_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (WEB_VIEW (widget)->web));
}

static void
web_view_dispose (GObject *object)
{
  WebView *self = WEB_VIEW (object);

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  if (self->web)
    web_schemes_set_source (self->web, NULL);
  g_clear_pointer ((GtkWidget **) &self->web, gtk_widget_unparent);
  g_clear_pointer (&self->filter, webkit_user_content_filter_unref);
  g_clear_object (&self->contents);
  g_clear_object (&self->wall);
  G_OBJECT_CLASS (web_view_parent_class)->dispose (object);
}

static void
web_view_finalize (GObject *object)
{
  WebView *self = WEB_VIEW (object);

  g_clear_object (&self->cancellable);
  g_free (self->html);
  g_free (self->found_text);
  G_OBJECT_CLASS (web_view_parent_class)->finalize (object);
}

static void
web_view_class_init (WebViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = web_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = web_view_finalize;
  widget_class->grab_focus = web_view_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  signals[LINK] = g_signal_new ("link", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[HOVER] = g_signal_new ("hover", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SETTLED] = g_signal_new ("settled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[BROKEN] = g_signal_new ("broken", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[FOUND] = g_signal_new ("found", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[READY] = g_signal_new ("ready", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[STATE] = g_signal_new ("state", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
web_view_init (WebView *self)
{
  self->contents = webkit_user_content_manager_new ();
}

static GtkWidget *
make (WebWall *wall, WebView *other, WebWallPage page)
{
  WebView *self = g_object_new (WEB_TYPE_VIEW, NULL);
  WebKitFindController *finder;

  self->wall = wall;
  self->web = web_wall_new_view (self->wall, other ? other->web : NULL, self->contents, page, on_link, self);
  gtk_widget_set_parent (GTK_WIDGET (self->web), GTK_WIDGET (self));
  gtk_widget_set_vexpand (GTK_WIDGET (self->web), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->web), TRUE);
  finder = webkit_web_view_get_find_controller (self->web);
  g_signal_connect_object (self->web, "mouse-target-changed", G_CALLBACK (on_hover), self, 0);
  g_signal_connect_object (self->web, "load-changed", G_CALLBACK (on_load_changed), self, 0);
  g_signal_connect_object (self->web, "web-process-terminated", G_CALLBACK (on_terminated), self, 0);
  g_signal_connect_object (finder, "counted-matches", G_CALLBACK (on_counted), self, 0);
  web_menu_attach (self->web, page == WEB_WALL_TO_WRITE, on_link, self);
  return GTK_WIDGET (self);
}

GtkWidget *
web_view_new (const char *folder, GtkWidget *related)
{
  WebView *other = related && WEB_IS_VIEW (related) ? WEB_VIEW (related) : NULL;

  return make (other ? g_object_ref (other->wall) : web_wall_new (folder), other, WEB_WALL_TO_READ);
}

GtkWidget *
web_view_new_editable (const char *folder)
{
  return make (web_wall_new (folder), NULL, WEB_WALL_TO_WRITE);
}

WebKitWebView *
web_view_get_web (GtkWidget *view)
{
  return WEB_VIEW (view)->web;
}

void
web_view_show (GtkWidget *view, const WebPage *page)
{
  WebView *self = WEB_VIEW (view);

  web_schemes_set_source (self->web, web_source_new (page));
  g_free (self->html);
  self->html = g_strdup (page->html);
  self->is_dark = page->is_dark;
  self->loads_remote = page->loads_remote;
  web_view_find (view, NULL, 0);
  if (self->filter)
    load (self);
  else
    prepare (self);
}

void
web_view_set_zoom (GtkWidget *view, double zoom)
{
  webkit_web_view_set_zoom_level (WEB_VIEW (view)->web, zoom);
}

void
web_view_find (GtkWidget *view, const char *text, int step)
{
  WebView *self = WEB_VIEW (view);
  WebKitFindController *finder = webkit_web_view_get_find_controller (self->web);
  WebKitFindOptions options = WEBKIT_FIND_OPTIONS_CASE_INSENSITIVE | WEBKIT_FIND_OPTIONS_WRAP_AROUND;

  if (!text || !*text)
    {
      if (self->found_text)
        webkit_find_controller_search_finish (finder);
      g_clear_pointer (&self->found_text, g_free);
    }
  else if (step == 0 || g_strcmp0 (text, self->found_text) != 0)
    {
      g_free (self->found_text);
      self->found_text = g_strdup (text);
      webkit_find_controller_search (finder, text, options, MAX_FOUND);
      webkit_find_controller_count_matches (finder, text, options, MAX_FOUND);
    }
  else if (step > 0)
    webkit_find_controller_search_next (finder);
  else
    webkit_find_controller_search_previous (finder);
}

void
web_view_select_all (GtkWidget *view)
{
  webkit_web_view_execute_editing_command (WEB_VIEW (view)->web, WEBKIT_EDITING_COMMAND_SELECT_ALL);
}

void
web_view_copy (GtkWidget *view)
{
  webkit_web_view_execute_editing_command (WEB_VIEW (view)->web, WEBKIT_EDITING_COMMAND_COPY);
}

/* WebKit destroys its dialog itself, once it is answered: closing it, as Escape does, must not do so first. */
static gboolean
on_dialog_open (gpointer data)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (gtk_window_get_transient_for (window) == data && g_str_equal (G_OBJECT_TYPE_NAME (window), "GtkPrintUnixDialog"))
        gtk_window_set_hide_on_close (window, TRUE);
    }
  return G_SOURCE_REMOVE;
}

void
web_view_print (GtkWidget *view, GtkWindow *parent)
{
  g_autoptr (WebKitPrintOperation) operation = webkit_print_operation_new (WEB_VIEW (view)->web);

  g_idle_add_full (G_PRIORITY_HIGH, on_dialog_open, g_object_ref (parent), g_object_unref); /* in the dialog's own loop */
  webkit_print_operation_run_dialog (operation, parent);
}

static void
on_snapshot (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GdkTexture *texture = webkit_web_view_get_snapshot_finish (WEBKIT_WEB_VIEW (source), result, &error);

  if (texture)
    g_task_return_pointer (task, texture, g_object_unref);
  else
    g_task_return_error (task, error);
}

void
web_view_snapshot_async (GtkWidget *view, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (view, cancellable, callback, user_data);

  webkit_web_view_get_snapshot (WEB_VIEW (view)->web, WEBKIT_SNAPSHOT_REGION_FULL_DOCUMENT, WEBKIT_SNAPSHOT_OPTIONS_NONE, cancellable, on_snapshot, task);
}

GdkTexture *
web_view_snapshot_finish (GtkWidget *view, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
