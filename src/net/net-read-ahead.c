/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An input stream that takes all there is, and a GSocketConnection that has it for its input: GIO's TLS remembers sessions for those alone. */
#include "net-read-ahead.h"

#include <string.h>

#define BUFFER_SIZE (64 * 1024)

/* --- the stream --- */

#define NET_TYPE_AHEAD_STREAM (net_ahead_stream_get_type ())
G_DECLARE_FINAL_TYPE (NetAheadStream, net_ahead_stream, NET, AHEAD_STREAM, GFilterInputStream)

struct _NetAheadStream
{
  GFilterInputStream parent_instance;

  guint8 *buffer;
  gsize start, end; /* what is in it */
};

static void net_ahead_stream_pollable_init (GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (NetAheadStream, net_ahead_stream, G_TYPE_FILTER_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM, net_ahead_stream_pollable_init))

static GInputStream *
get_base (NetAheadStream *self)
{
  return g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (self));
}

static gssize
take (NetAheadStream *self, void *buffer, gsize count)
{
  gsize n = MIN (count, self->end - self->start);

  memcpy (buffer, self->buffer + self->start, n);
  self->start += n;
  return (gssize) n;
}

static gssize
fill (NetAheadStream *self, gboolean waits, GCancellable *cancellable, GError **error)
{
  gssize n = g_pollable_stream_read (get_base (self), self->buffer, BUFFER_SIZE, waits, cancellable, error);

  self->start = 0;
  self->end = MAX (n, 0);
  return n;
}

static gssize
read_some (NetAheadStream *self, void *buffer, gsize count, gboolean waits, GCancellable *cancellable, GError **error)
{
  gssize n = self->start < self->end ? 1 : fill (self, waits, cancellable, error);

  return n > 0 ? take (self, buffer, count) : n;
}

static gssize
net_ahead_stream_read (GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable, GError **error)
{
  return read_some (NET_AHEAD_STREAM (stream), buffer, count, TRUE, cancellable, error);
}

static gssize
net_ahead_stream_read_nonblocking (GPollableInputStream *stream, void *buffer, gsize count, GError **error)
{
  return read_some (NET_AHEAD_STREAM (stream), buffer, count, FALSE, NULL, error);
}

static gboolean
net_ahead_stream_is_readable (GPollableInputStream *stream)
{
  NetAheadStream *self = NET_AHEAD_STREAM (stream);

  return self->start < self->end || g_pollable_input_stream_is_readable (G_POLLABLE_INPUT_STREAM (get_base (self)));
}

static GSource *
net_ahead_stream_create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  NetAheadStream *self = NET_AHEAD_STREAM (stream);
  g_autoptr (GSource) child = self->start < self->end ? g_timeout_source_new (0)
                                                      : g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (get_base (self)), NULL);

  return g_pollable_source_new_full (stream, child, cancellable);
}

static void
net_ahead_stream_pollable_init (GPollableInputStreamInterface *iface)
{
  iface->is_readable = net_ahead_stream_is_readable;
  iface->create_source = net_ahead_stream_create_source;
  iface->read_nonblocking = net_ahead_stream_read_nonblocking;
}

static void
net_ahead_stream_finalize (GObject *object)
{
  g_free (NET_AHEAD_STREAM (object)->buffer);
  G_OBJECT_CLASS (net_ahead_stream_parent_class)->finalize (object);
}

static void
net_ahead_stream_class_init (NetAheadStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = net_ahead_stream_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = net_ahead_stream_read;
}

static void
net_ahead_stream_init (NetAheadStream *self)
{
  self->buffer = g_malloc (BUFFER_SIZE);
}

/* --- the connection --- */

#define NET_TYPE_READ_AHEAD (net_read_ahead_get_type ())
G_DECLARE_FINAL_TYPE (NetReadAhead, net_read_ahead, NET, READ_AHEAD, GSocketConnection)

struct _NetReadAhead
{
  GSocketConnection parent_instance;

  GInputStream *input;
};

G_DEFINE_FINAL_TYPE (NetReadAhead, net_read_ahead, G_TYPE_SOCKET_CONNECTION)

static GInputStream *
net_read_ahead_get_input_stream (GIOStream *stream)
{
  NetReadAhead *self = NET_READ_AHEAD (stream);

  if (!self->input)
    self->input = g_object_new (NET_TYPE_AHEAD_STREAM,
                                "base-stream", G_IO_STREAM_CLASS (net_read_ahead_parent_class)->get_input_stream (stream), NULL);
  return self->input;
}

static void
net_read_ahead_finalize (GObject *object)
{
  g_clear_object (&NET_READ_AHEAD (object)->input);
  G_OBJECT_CLASS (net_read_ahead_parent_class)->finalize (object);
}

static void
net_read_ahead_class_init (NetReadAheadClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = net_read_ahead_finalize;
  G_IO_STREAM_CLASS (klass)->get_input_stream = net_read_ahead_get_input_stream;
}

static void
net_read_ahead_init (NetReadAhead *self)
{
}

GSocketConnection *
net_read_ahead_new (GSocketConnection *socket)
{
  if (G_IS_TCP_WRAPPER_CONNECTION (socket))
    return g_object_ref (socket);
  return g_object_new (NET_TYPE_READ_AHEAD, "socket", g_socket_connection_get_socket (socket), NULL);
}
