/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fetches a picture from the net: without cookies, referrer, credentials, cache or a name of ours. */
#include "web-fetch.h"

#include "web-address.h"

#include <libsoup/soup.h>
#include <string.h>

#define PIECE 65536

/* Some servers give nothing to who says nothing; this is what every browser begins with. */
#define USER_AGENT "Mozilla/5.0"

#define MAX_REDIRECTIONS 5

struct _WebFetch
{
  grefcount references;
  GHashTable *sessions;          /* "http://host:port" -> SoupSession that connects nowhere else */
};

typedef struct
{
  WebFetch *fetch;
  guint n_redirections;
  SoupMessage *message;
  GInputStream *stream;
  GByteArray *bytes;
  GCancellable *cancellable;     /* also cancelled by the clock */
  GCancellable *outer;
  gulong outer_handler;
  guint clock;
  char *type;
} Job;

static void send_to (GTask *task, GUri *uri);

static void
job_free (gpointer data)
{
  Job *job = data;

  g_cancellable_disconnect (job->outer, job->outer_handler);
  g_clear_handle_id (&job->clock, g_source_remove);
  g_clear_object (&job->outer);
  g_object_unref (job->cancellable);
  web_fetch_free (job->fetch);
  g_clear_object (&job->message);
  g_clear_object (&job->stream);
  g_byte_array_unref (job->bytes);
  g_free (job->type);
  g_free (job);
}

WebFetch *
web_fetch_new (void)
{
  WebFetch *self = g_new0 (WebFetch, 1);

  g_ref_count_init (&self->references);
  self->sessions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  return self;
}

void
web_fetch_free (WebFetch *self)
{
  if (!g_ref_count_dec (&self->references))
    return;
  g_hash_table_unref (self->sessions);
  g_free (self);
}

gboolean
web_fetch_is_picture (const char *type)
{
  return type && g_ascii_strncasecmp (type, "image/", 6) == 0 && g_ascii_strncasecmp (type, "image/svg", 9) != 0;
}

static void on_read (GObject *source, GAsyncResult *result, gpointer data);

static void
read_on (GTask *task)
{
  Job *job = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (job->stream, PIECE, G_PRIORITY_DEFAULT, job->cancellable, on_read, task);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) piece = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (!piece)
    {
      g_task_return_error (task, error);
      return;
    }
  if (g_bytes_get_size (piece) == 0)
    {
      g_task_return_pointer (task, g_byte_array_free_to_bytes (g_byte_array_ref (job->bytes)), (GDestroyNotify) g_bytes_unref);
      return;
    }
  g_byte_array_append (job->bytes, g_bytes_get_data (piece, NULL), (guint) g_bytes_get_size (piece));
  if (job->bytes->len > WEB_FETCH_MAX_SIZE)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "The picture is too big");
  else
    read_on (g_steal_pointer (&task));
}

/* Each step is looked at like the first: a public server may send us anywhere. */
static void
redirect (GTask *task)
{
  Job *job = g_task_get_task_data (task);
  const char *location = soup_message_headers_get_one (soup_message_get_response_headers (job->message), "Location");
  g_autoptr (GUri) uri = location ? g_uri_parse_relative (soup_message_get_uri (job->message), location, SOUP_HTTP_URI_FLAGS, NULL) : NULL;

  if (!uri || job->n_redirections++ >= MAX_REDIRECTIONS)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "Redirected to nowhere");
      g_object_unref (task);
      return;
    }
  g_clear_object (&job->stream);
  g_clear_object (&job->message);
  send_to (task, uri);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;
  const char *type;

  job->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (!job->stream)
    {
      g_task_return_error (task, error);
      return;
    }
  if (SOUP_STATUS_IS_REDIRECTION (soup_message_get_status (job->message)) && soup_message_get_status (job->message) != SOUP_STATUS_NOT_MODIFIED)
    {
      redirect (g_steal_pointer (&task));
      return;
    }
  type = soup_message_headers_get_content_type (soup_message_get_response_headers (job->message), NULL);
  if (soup_message_get_status (job->message) != SOUP_STATUS_OK || !web_fetch_is_picture (type))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "No picture came");
      return;
    }
  job->type = g_ascii_strdown (type, -1);
  read_on (g_steal_pointer (&task));
}

static gboolean
on_late (gpointer data)
{
  Job *job = data;

  job->clock = 0;
  g_cancellable_cancel (job->cancellable);
  return G_SOURCE_REMOVE;
}

static void
on_outer_cancelled (GCancellable *outer, GCancellable *inner)
{
  g_cancellable_cancel (inner);
}

/* One for each host and port, because a session connects where it is told, whatever a message names. */
static SoupSession *
get_session (WebFetch *self, GUri *uri, GError **error)
{
  g_autoptr (GSocketConnectable) address = web_address_new (uri, error);
  g_autofree char *key = NULL;
  SoupSession *session;

  if (!address)
    return NULL;
  key = g_strdup_printf ("%s://%s:%d", g_uri_get_scheme (uri), g_uri_get_host (uri), g_uri_get_port (uri));
  session = g_hash_table_lookup (self->sessions, key);
  if (!session)
    {
      session = soup_session_new_with_options ("timeout", WEB_FETCH_SECONDS, "user-agent", USER_AGENT, "remote-connectable", address, NULL);
      /* No passwords for anybody, no proxy's either */
      soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
      g_hash_table_insert (self->sessions, g_steal_pointer (&key), session);
    }
  return session;
}

/* Takes @task. */
static void
send_to (GTask *task, GUri *uri)
{
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;
  SoupSession *session = get_session (job->fetch, uri, &error);

  if (!session)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  job->message = soup_message_new_from_uri (SOUP_METHOD_GET, uri);
  soup_message_add_flags (job->message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_headers_replace (soup_message_get_request_headers (job->message), "Accept", "image/*");
  soup_session_send_async (session, job->message, G_PRIORITY_LOW, job->cancellable, on_sent, task);
}

void
web_fetch_async (WebFetch *self, const char *uri, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  g_autoptr (GUri) parsed = g_uri_parse (uri, SOUP_HTTP_URI_FLAGS, NULL);
  Job *job = g_new0 (Job, 1);

  g_ref_count_inc (&self->references);
  job->fetch = self;
  job->bytes = g_byte_array_new ();
  job->cancellable = g_cancellable_new ();
  job->outer = g_object_ref (cancellable);
  job->outer_handler = g_cancellable_connect (cancellable, G_CALLBACK (on_outer_cancelled), g_object_ref (job->cancellable), g_object_unref);
  job->clock = g_timeout_add_seconds (WEB_FETCH_ALL_SECONDS, on_late, job);
  g_task_set_task_data (task, job, job_free);
  if (parsed)
    send_to (g_steal_pointer (&task), parsed);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "No address");
}

GBytes *
web_fetch_finish (GAsyncResult *result, char **type, GError **error)
{
  Job *job = g_task_get_task_data (G_TASK (result));
  GBytes *bytes = g_task_propagate_pointer (G_TASK (result), error);

  if (bytes)
    *type = g_steal_pointer (&job->type);
  return bytes;
}
