/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the web view's module offers. The program is not linked with it: WebKitGTK costs 0.1 s and 34 MB at the start of a program that may
 * never show an HTML message, so app/reader/reader-web.c loads it with the first one. Nothing but GTK's types crosses here. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WEB_MODULE "posthorn-web.so"
#define WEB_ENTRY "posthorn_web_get_api"

/* (transfer full) (nullable): a part of the message, by its Content-ID; @type: (out) (transfer none): its media type */
typedef GBytes *(*WebPartFunc) (const char *content_id, const char **type, gpointer data);

typedef struct
{
  const char *html;          /* copied */
  WebPartFunc get_part;      /* main thread, at once */
  gpointer data;             /* the view's from then on */
  GDestroyNotify destroy;
  gboolean is_dark;
  gboolean loads_remote;     /* pictures of the net are fetched */
} WebPage;

/* Where one begins to write in an editor */
typedef enum
{
  WEB_CARET_FIRST,
  WEB_CARET_LAST,            /* under the quote */
} WebCaret;

/* What is on at the place where one writes */
typedef enum
{
  WEB_STATE_BOLD = 1 << 0,
  WEB_STATE_ITALIC = 1 << 1,
  WEB_STATE_UNDERLINE = 1 << 2,
} WebState;

/**
 * WebApi:
 *
 * A view is a widget with the signals
 *   "link" (string): one was clicked: http, https, mailto, or "misleading:" and one of these; never opened by the view itself
 *   "hover" (string, nullable): what the pointer is over, of the same kinds
 *   "settled" (): the page and all its pictures are there, or are known not to come
 *   "broken" (GError): it cannot show anything: the wall could not be built, or the web process ended; the next show () tries again
 *   "found" (uint): how often the text looked for is there
 * Main thread.
 */
typedef struct
{
  const char *version;       /* POSTHORN_VERSION */

  /* @folder: for the compiled filter; made when missing. @related: (nullable): another view, whose process and wall this one shares */
  GtkWidget *(*new_view) (const char *folder, GtkWidget *related);
  void (*show) (GtkWidget *view, const WebPage *page);
  void (*set_zoom) (GtkWidget *view, double zoom);

  /* @text: %NULL or "" ends it and takes the marks away; @step: 0 looks for it from the start, 1 and -1 go on and back */
  void (*find) (GtkWidget *view, const char *text, int step);
  void (*select_all) (GtkWidget *view);
  void (*copy) (GtkWidget *view);
  void (*print) (GtkWidget *view, GtkWindow *parent);

  /* The page as a PDF, without asking; finish: %FALSE with an error */
  void (*save_pdf_async) (GtkWidget *view, GFile *file, GAsyncReadyCallback callback, gpointer user_data);
  gboolean (*save_pdf_finish) (GtkWidget *view, GAsyncResult *result, GError **error);

  /* The whole page, not only what is seen; a view that is in a window */
  void (*snapshot_async) (GtkWidget *view, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  GdkTexture *(*snapshot_finish) (GtkWidget *view, GAsyncResult *result, GError **error);

  /* An editor is such a view, in a process of its own, whose page is written in. It has besides the signals
   *   "ready" (): the page is there, and what is typed arrives
   *   "changed" (): the page is not what it was
   *   "state" (uint, WebState): at the place where one writes */
  GtkWidget *(*new_editor) (const char *folder);

  /* @languages: as "de_DE", those that are not installed are left out; none: it is not checked. For all editors: WebKit has one list. */
  void (*check_spelling) (GtkWidget *editor, const char *const *languages);

  /* @page: its html is what stands in the body, clean (html-clean.h); never dark: what is written is read on paper */
  void (*edit) (GtkWidget *editor, const WebPage *page, WebCaret caret);

  /* @command: one of WebKit's editing commands, as "Bold"; @value: (nullable): of those that want one, as "ForeColor" */
  void (*command) (GtkWidget *editor, const char *command, const char *value);
  void (*link) (GtkWidget *editor, const char *uri);       /* what is chosen, or the address itself */
  void (*insert_picture) (GtkWidget *editor, const char *content_id, const char *name);
  void (*paste) (GtkWidget *editor, GdkClipboard *clipboard);  /* text, cleaned where it has formatting */

  /* Both as elements, "" for none */
  void (*swap_signature) (GtkWidget *editor, const char *old, const char *signature);

  /* What stands in the body, as WebKit has it: not clean; finish: %NULL with an error, after ten seconds at the latest */
  void (*read_async) (GtkWidget *editor, GAsyncReadyCallback callback, gpointer user_data);
  char *(*read_finish) (GtkWidget *editor, GAsyncResult *result, GError **error);
} WebApi;

/* The module's one symbol */
typedef const WebApi *(*WebEntry) (void);

G_END_DECLS
