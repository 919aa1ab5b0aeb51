/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers the two schemes by which a page gets pictures: cid: from the message, remote: from the net where that is allowed. */
#include "web-schemes.h"

#include "html-url.h"
#include "web-fetch.h"

#define SOURCE "posthorn-source"

/* A page may not make us fetch for ever. */
#define MAX_PICTURES 500
#define MAX_BYTES (128 << 20)

struct _WebSource
{
  grefcount references;
  WebPartFunc get_part;
  gpointer data;
  GDestroyNotify destroy;
  gboolean loads_remote;
  GCancellable *cancellable;
  WebFetch *fetch;               /* NULL until something is to be fetched */
  guint n_pictures;
  gsize n_bytes;
};

WebSource *
web_source_new (const WebPage *page)
{
  WebSource *self = g_new0 (WebSource, 1);

  g_ref_count_init (&self->references);
  self->get_part = page->get_part;
  self->data = page->data;
  self->destroy = page->destroy;
  self->loads_remote = page->loads_remote;
  self->cancellable = g_cancellable_new ();
  return self;
}

static void
source_unref (gpointer data)
{
  WebSource *self = data;

  if (!g_ref_count_dec (&self->references))
    return;
  if (self->destroy)
    self->destroy (self->data);
  g_clear_pointer (&self->fetch, web_fetch_free);
  g_object_unref (self->cancellable);
  g_free (self);
}

/* Off the view: whoever still waits holds a reference. */
static void
source_close (gpointer data)
{
  WebSource *self = data;

  g_cancellable_cancel (self->cancellable);
  source_unref (self);
}

void
web_schemes_set_source (WebKitWebView *view, WebSource *source)
{
  g_object_set_data_full (G_OBJECT (view), SOURCE, source, source_close);
}

static WebSource *
find_source (WebKitURISchemeRequest *request)
{
  WebKitWebView *view = webkit_uri_scheme_request_get_web_view (request);

  return view ? g_object_get_data (G_OBJECT (view), SOURCE) : NULL;
}

static void
refuse (WebKitURISchemeRequest *request)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "Not shown");

  webkit_uri_scheme_request_finish_error (request, error);
}

static void
answer (WebKitURISchemeRequest *request, GBytes *data, const char *type)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (data);

  webkit_uri_scheme_request_finish (request, stream, (gint64) g_bytes_get_size (data), type);
}

static void
on_part (WebKitURISchemeRequest *request, gpointer data)
{
  WebSource *source = find_source (request);
  g_autofree char *id = html_url_get_part (webkit_uri_scheme_request_get_uri (request));
  const char *type = NULL;
  g_autoptr (GBytes) bytes = source && id && source->get_part ? source->get_part (id, &type, source->data) : NULL;

  if (bytes && web_fetch_is_picture (type))
    answer (request, bytes, type);
  else
    refuse (request);
}

typedef struct
{
  WebKitURISchemeRequest *request;
  WebSource *source;
} Wait;

static void
on_fetched (GObject *object, GAsyncResult *result, gpointer data)
{
  Wait *wait = data;
  g_autofree char *type = NULL;
  g_autoptr (GBytes) bytes = web_fetch_finish (result, &type, NULL);

  if (bytes)
    {
      wait->source->n_bytes += g_bytes_get_size (bytes);
      answer (wait->request, bytes, type);
    }
  else
    refuse (wait->request);
  source_unref (wait->source);
  g_object_unref (wait->request);
  g_free (wait);
}

static void
on_remote (WebKitURISchemeRequest *request, gpointer data)
{
  WebSource *source = find_source (request);
  g_autofree char *uri = html_url_from_remote (webkit_uri_scheme_request_get_uri (request));
  Wait *wait;

  if (!source || !uri || !source->loads_remote || source->n_pictures >= MAX_PICTURES || source->n_bytes >= MAX_BYTES)
    {
      refuse (request);
      return;
    }
  source->n_pictures++;
  if (!source->fetch)
    source->fetch = web_fetch_new ();
  wait = g_new0 (Wait, 1);
  wait->request = g_object_ref (request);
  wait->source = source;
  g_ref_count_inc (&source->references);
  web_fetch_async (source->fetch, uri, source->cancellable, on_fetched, wait);
}

void
web_schemes_register (WebKitWebContext *context)
{
  webkit_web_context_register_uri_scheme (context, "cid", on_part, NULL, NULL);
  webkit_web_context_register_uri_scheme (context, HTML_REMOTE_SCHEME, on_remote, NULL, NULL);
}
