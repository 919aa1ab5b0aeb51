/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fetches a picture from the net: without cookies, referrer, credentials, cache or a name of ours. */
#include "web-fetch.h"

#include <libsoup/soup.h>
#include <string.h>

#define PIECE 65536

/* Some servers give nothing to who says nothing; this is what every browser begins with. */
#define USER_AGENT "Mozilla/5.0"

struct _WebFetch
{
  SoupSession *session;
};

typedef struct
{
  SoupSession *session;
  SoupMessage *message;
  GInputStream *stream;
  GByteArray *bytes;
  GCancellable *cancellable;     /* also cancelled by the clock */
  GCancellable *outer;
  gulong outer_handler;
  guint clock;
  char *type;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_cancellable_disconnect (job->outer, job->outer_handler);
  g_clear_handle_id (&job->clock, g_source_remove);
  g_clear_object (&job->outer);
  g_object_unref (job->cancellable);
  g_object_unref (job->session);
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

  self->session = soup_session_new_with_options ("timeout", WEB_FETCH_SECONDS, "user-agent", USER_AGENT, NULL);
  /* No passwords for anybody, no proxy's either */
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
  return self;
}

void
web_fetch_free (WebFetch *self)
{
  g_object_unref (self->session);
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

void
web_fetch_async (WebFetch *self, const char *uri, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->session = g_object_ref (self->session);
  job->bytes = g_byte_array_new ();
  job->cancellable = g_cancellable_new ();
  job->outer = g_object_ref (cancellable);
  job->outer_handler = g_cancellable_connect (cancellable, G_CALLBACK (on_outer_cancelled), g_object_ref (job->cancellable), g_object_unref);
  job->clock = g_timeout_add_seconds (WEB_FETCH_ALL_SECONDS, on_late, job);
  job->message = soup_message_new (SOUP_METHOD_GET, uri);
  g_task_set_task_data (task, job, job_free);
  if (!job->message)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "No address");
      return;
    }
  soup_message_headers_replace (soup_message_get_request_headers (job->message), "Accept", "image/*");
  soup_session_send_async (job->session, job->message, G_PRIORITY_LOW, job->cancellable, on_sent, g_steal_pointer (&task));
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
