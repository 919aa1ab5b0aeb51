/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page behind the wall that a person writes in: WebKit edits it, and a few lines of script of our own, in a world that the page does not
 * see, say that it changed and what it has become. */
#include "web-editor.h"

#include "html-clean.h"
#include "html-writing.h"
#include "web-view.h"

#include <string.h>

#define WORLD "posthorn"
#define CHANGED "changed"
#define READ_SECONDS 10 /* for a page of megabytes on a busy machine */

/* Paragraphs are <div>, formatting is elements: what every mail program understands, and short. */
#define BEGIN \
  "const body = document.body;" \
  "document.execCommand ('defaultParagraphSeparator', false, 'div');" \
  "document.execCommand ('styleWithCSS', false, false);" \
  "if (!body.firstChild) body.innerHTML = '<div><br></div>';" \
  "let place = body.firstChild;" \
  "if (last) {" \
  "  const quote = body.querySelector (':scope > blockquote:last-of-type');" \
  "  place = (quote && quote.nextElementSibling) || place;" \
  "}" \
  "getSelection ().collapse (place, 0);" \
  "if (last && place.scrollIntoView) place.scrollIntoView (false);" \
  "new MutationObserver (() => webkit.messageHandlers." CHANGED ".postMessage (0))" \
  "  .observe (body, { subtree: true, childList: true, characterData: true, attributes: true });"

#define LINK \
  "const chosen = getSelection ();" \
  "if (!chosen.isCollapsed) { document.execCommand ('createLink', false, uri); return; }" \
  "const link = document.createElement ('a');" \
  "link.href = link.textContent = uri;" \
  "document.execCommand ('insertHTML', false, link.outerHTML + '&nbsp;');"

/* The one that is written, not one in a quote; one that a person has changed is theirs and stays. */
#define SWAP \
  "const make = (html) => { const box = document.createElement ('div'); box.innerHTML = html; return box.firstElementChild; };" \
  "const words = (element) => element.innerText.replace (/\\s+/g, ' ').trim ();" \
  "const found = [...document.querySelectorAll ('.signature')].filter ((e) => !e.closest ('blockquote')).pop ();" \
  "const fresh = signature ? make (signature) : null;" \
  "if (found && old) {" \
  "  document.body.appendChild (make (old));" \
  "  const same = words (document.body.lastElementChild) == words (found);" \
  "  document.body.lastElementChild.remove ();" \
  "  if (same && fresh) found.replaceWith (fresh); else if (same) found.remove ();" \
  "} else if (fresh && !found) {" \
  "  const quote = document.querySelector ('body > blockquote');" \
  "  document.body.insertBefore (fresh, quote ? quote.previousElementSibling || quote : null);" \
  "}"

typedef struct
{
  WebCaret caret;
  gboolean is_ready;         /* the page can be written in */
  GCancellable *cancellable; /* of reading the clipboard; cancelled with the editor */
} Editor;

static Editor *
get_editor (GtkWidget *view)
{
  return g_object_get_data (G_OBJECT (view), "posthorn-editor");
}

static void
editor_free (gpointer data)
{
  Editor *self = data;

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_free (self);
}

/* Scripts */

static void
on_called (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JSCValue) value = webkit_web_view_call_async_javascript_function_finish (WEBKIT_WEB_VIEW (source), result, &error);

  if (!value && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("The editor's script: %s", error->message);
}

/* WebKit reads the arguments at once and does not take them. */
static void
call (GtkWidget *view, const char *body, GVariant *arguments, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GVariant) own = g_variant_ref_sink (arguments);

  webkit_web_view_call_async_javascript_function (web_view_get_web (view), body, -1, own, WORLD, NULL, NULL, callback, data);
}

/* The caret stands where it is to: what is typed before is lost. */
static void
on_begun (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) view = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JSCValue) value = webkit_web_view_call_async_javascript_function_finish (WEBKIT_WEB_VIEW (source), result, &error);
  Editor *self = get_editor (view);

  if (!value)
    g_message ("The editor could not begin: %s", error->message);
  else if (!self->is_ready)
    {
      self->is_ready = TRUE;
      g_signal_emit_by_name (view, "ready");
    }
}

static void
on_settled (GtkWidget *view)
{
  Editor *self = get_editor (view);

  if (!self->is_ready)
    call (view, BEGIN, g_variant_new_parsed ("{'last': <%i>}", self->caret == WEB_CARET_LAST), on_begun, g_object_ref (view));
}

static void
on_script_message (WebKitUserContentManager *contents, JSCValue *value, GtkWidget *view)
{
  g_signal_emit_by_name (view, "changed");
}

static void
on_attributes (WebKitEditorState *state, GParamSpec *pspec, GtkWidget *view)
{
  guint attributes = webkit_editor_state_get_typing_attributes (state);

  g_signal_emit_by_name (view, "state",
                         (attributes & WEBKIT_EDITOR_TYPING_ATTRIBUTE_BOLD ? WEB_STATE_BOLD : 0)
                         | (attributes & WEBKIT_EDITOR_TYPING_ATTRIBUTE_ITALIC ? WEB_STATE_ITALIC : 0)
                         | (attributes & WEBKIT_EDITOR_TYPING_ATTRIBUTE_UNDERLINE ? WEB_STATE_UNDERLINE : 0));
}

GtkWidget *
web_editor_new (const char *folder)
{
  GtkWidget *view = web_view_new_editable (folder);
  WebKitWebView *web = web_view_get_web (view);
  WebKitUserContentManager *contents = webkit_web_view_get_user_content_manager (web);
  Editor *self = g_new0 (Editor, 1);

  self->cancellable = g_cancellable_new ();
  g_object_set_data_full (G_OBJECT (view), "posthorn-editor", self, editor_free);
  webkit_user_content_manager_register_script_message_handler (contents, CHANGED, WORLD);
  g_signal_connect_object (contents, "script-message-received::" CHANGED, G_CALLBACK (on_script_message), view, 0);
  g_signal_connect_object (webkit_web_view_get_editor_state (web), "notify::typing-attributes", G_CALLBACK (on_attributes), view, 0);
  g_signal_connect (view, "settled", G_CALLBACK (on_settled), NULL);
  webkit_web_view_set_editable (web, TRUE);
  return view;
}

void
web_editor_check_spelling (GtkWidget *view, const char *const *languages)
{
  WebKitWebContext *context = webkit_web_view_get_context (web_view_get_web (view));

  webkit_web_context_set_spell_checking_languages (context, languages);
  webkit_web_context_set_spell_checking_enabled (context, *languages != NULL);
}

void
web_editor_show (GtkWidget *view, const WebPage *page, WebCaret caret)
{
  Editor *self = get_editor (view);
  GString *html = html_page_begin ();
  WebPage whole = *page;

  g_string_append_printf (html, "<style>div, p, li, blockquote, h1, h2, h3, td { unicode-bidi: plaintext }</style></head><body>%s</body></html>", page->html);
  whole.html = html->str;
  self->caret = caret;
  self->is_ready = FALSE;
  web_view_show (view, &whole);
  g_string_free (html, TRUE);
}

/* Editing */

void
web_editor_command (GtkWidget *view, const char *command, const char *value)
{
  if (value)
    webkit_web_view_execute_editing_command_with_argument (web_view_get_web (view), command, value);
  else
    webkit_web_view_execute_editing_command (web_view_get_web (view), command);
}

void
web_editor_link (GtkWidget *view, const char *uri)
{
  call (view, LINK, g_variant_new_parsed ("{'uri': <%s>}", uri), on_called, NULL);
}

static void
insert (GtkWidget *view, const char *html)
{
  g_autoptr (HtmlPage) page = html_clean (html, HTML_CLEAN_TO_WRITE);

  if (page)
    web_editor_command (view, "InsertHTML", page->html);
}

void
web_editor_insert_picture (GtkWidget *view, const char *content_id, const char *name)
{
  g_autoptr (GString) html = g_string_new ("<img alt=\"");

  html_append_text (html, name, strlen (name));
  g_string_append_printf (html, "\" src=\"cid:%s\">", content_id);
  insert (view, html->str);
}

void
web_editor_swap_signature (GtkWidget *view, const char *old, const char *signature)
{
  call (view, SWAP, g_variant_new_parsed ("{'old': <%s>, 'signature': <%s>}", old, signature), on_called, NULL);
}

/* Pasting: whatever another program has put there goes the way of every mail */

typedef struct
{
  GtkWidget *view;   /* NULL once it is gone */
  gboolean is_html;
} Paste;

static void
paste_free (Paste *self)
{
  g_clear_weak_pointer (&self->view);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Paste, paste_free)

static void
insert_text (GtkWidget *view, const char *text)
{
  g_autofree char *html = NULL;

  if (!strchr (text, '\n'))
    {
      web_editor_command (view, "InsertText", text);
      return;
    }
  html = html_writing_from_text (text, "");
  insert (view, html);
}

static void
on_pasted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Paste) paste = data;
  gssize length = g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, NULL);
  g_autoptr (GBytes) bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (source));
  g_autofree char *text = length > 0 ? g_utf8_make_valid (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes)) : NULL;

  if (!text || !paste->view || g_cancellable_is_cancelled (get_editor (paste->view)->cancellable))
    return;
  if (paste->is_html)
    insert (paste->view, text);
  else
    insert_text (paste->view, text);
}

static void
on_clipboard (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Paste) paste = data;
  const char *type = NULL;
  g_autoptr (GInputStream) stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, &type, NULL);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  GCancellable *cancellable;

  if (!stream || !paste->view)
    return;
  paste->is_html = g_str_has_prefix (type, "text/html");
  cancellable = get_editor (paste->view)->cancellable;
  g_output_stream_splice_async (memory, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, G_PRIORITY_DEFAULT,
                                cancellable, on_pasted, g_steal_pointer (&paste));
}

void
web_editor_paste (GtkWidget *view, GdkClipboard *clipboard)
{
  static const char *types[] = { "text/html", "text/plain;charset=utf-8", "text/plain", NULL };
  Paste *paste = g_new0 (Paste, 1);

  g_set_weak_pointer (&paste->view, view);
  gdk_clipboard_read_async (clipboard, types, G_PRIORITY_DEFAULT, get_editor (view)->cancellable, on_clipboard, paste);
}

/* Reading */

typedef struct
{
  GCancellable *cancellable;
  guint timeout;
} Reading;

static void
reading_free (Reading *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_object_unref (self->cancellable);
  g_free (self);
}

static gboolean
on_too_late (gpointer data)
{
  Reading *reading = data;

  reading->timeout = 0;
  g_cancellable_cancel (reading->cancellable);
  return G_SOURCE_REMOVE;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (JSCValue) value = webkit_web_view_evaluate_javascript_finish (WEBKIT_WEB_VIEW (source), result, &error);

  if (!value)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, jsc_value_to_string (value), g_free);
}

void
web_editor_read_async (GtkWidget *view, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (view, NULL, callback, user_data);
  Reading *reading;

  if (!get_editor (view)->is_ready)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_INITIALIZED, "The page is not there yet");
      g_object_unref (task);
      return;
    }
  reading = g_new0 (Reading, 1);
  reading->cancellable = g_cancellable_new ();
  reading->timeout = g_timeout_add_seconds (READ_SECONDS, on_too_late, reading);
  g_task_set_task_data (task, reading, (GDestroyNotify) reading_free);
  webkit_web_view_evaluate_javascript (web_view_get_web (view), "document.body.innerHTML", -1, WORLD, NULL, reading->cancellable, on_read, task);
}

char *
web_editor_read_finish (GtkWidget *view, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
