/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TCP, then TLS at once or on demand (net-handshake.h); every read and write with a deadline. */
#include "net-connection.h"

#include "base-error.h"
#include "net-deadline.h"
#include "net-deflate.h"
#include "net-failure.h"
#include "net-handshake.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

#define FEED_SIZE 65536
#define PACKED_SIZE 16384
#define DEADLINE_CLOSE 2

struct _NetConnection
{
  GObject parent_instance;

  MailLogin *login;
  BaseTrace *trace;
  char *trace_tag;
  GThread *owner;

  GSocketConnection *socket;
  GIOStream *stream;       /* the socket's, or TLS over it */
  GTlsConnection *tls;     /* the same stream, borrowed; NULL before the handshake */
  NetDeflate *deflate;     /* NULL while nothing is packed */
  GError *late_error;      /* found while looking for more: for the next read */
  gboolean is_at_end;
  gboolean is_closed;
};

G_DEFINE_FINAL_TYPE (NetConnection, net_connection, G_TYPE_OBJECT)

static void
net_connection_finalize (GObject *object)
{
  NetConnection *self = NET_CONNECTION (object);

  net_connection_close (self);
  g_clear_error (&self->late_error);
  g_clear_pointer (&self->deflate, net_deflate_free);
  g_clear_object (&self->stream);
  g_clear_object (&self->socket);
  g_clear_object (&self->trace);
  g_free (self->trace_tag);
  mail_login_unref (self->login);
  G_OBJECT_CLASS (net_connection_parent_class)->finalize (object);
}

static void
net_connection_class_init (NetConnectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = net_connection_finalize;
}

static void
net_connection_init (NetConnection *self)
{
  self->owner = g_thread_self ();
}

static gboolean
is_mine (NetConnection *self)
{
  return self->owner == g_thread_self ();
}

static void
note_failure (NetConnection *self, const char *what, const GError *error)
{
  base_trace_note (self->trace, self->trace_tag, "%s: %s", what, error ? error->message : "unknown");
}

/* Closes at once, without a goodbye: after a failure in mid-write or mid-handshake nothing more must be said. */
static void
cut (NetConnection *self)
{
  if (self->is_closed)
    return;
  self->is_closed = TRUE;
  g_socket_close (g_socket_connection_get_socket (self->socket), NULL);
}

/* As cut (), and what the kernel still holds is not sent either: half a message must not trickle out after a cancel. */
static void
reset (NetConnection *self)
{
  struct linger now = { .l_onoff = 1, .l_linger = 0 };

  if (!self->is_closed)
    setsockopt (g_socket_get_fd (g_socket_connection_get_socket (self->socket)), SOL_SOCKET, SO_LINGER, &now, sizeof now);
  cut (self);
}

static void
trace_peer (NetConnection *self)
{
  g_autoptr (GSocketAddress) address = g_socket_connection_get_remote_address (self->socket, NULL);
  g_autofree char *text = address ? g_socket_connectable_to_string (G_SOCKET_CONNECTABLE (address)) : NULL;

  base_trace_note (self->trace, self->trace_tag, "connected to %s", text ? text : "a proxy");
}

static GSocketConnectable *
make_address (MailLogin *login, GError **error)
{
  g_autofree char *ascii = g_hostname_to_ascii (mail_login_get_host (login));

  if (ascii && *ascii)
    return g_network_address_new (ascii, mail_login_get_port (login));
  g_set_error (error, BASE_ERROR, BASE_ERROR_HOST_NOT_FOUND, "\"%s\" cannot be the name of a server.",
               mail_login_get_host (login));
  return NULL;
}

static gboolean
is_on_this_machine (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return address ? g_inet_address_get_is_loopback (address) : g_ascii_strcasecmp (host, "localhost") == 0;
}

#define QUIET_SECONDS 120
#define PROBE_SECONDS 30
#define MAX_PROBES 4

/* Where nobody says a word for long (IDLE), a peer that has gone without one is noticed within some minutes instead of hours. */
static void
watch_peer (GSocket *socket)
{
  g_socket_set_keepalive (socket, TRUE);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_KEEPIDLE, QUIET_SECONDS, NULL);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_KEEPINTVL, PROBE_SECONDS, NULL);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_KEEPCNT, MAX_PROBES, NULL);
}

static gboolean
connect_socket (NetConnection *self, NetDeadline *deadline, GError **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnectable) address = make_address (self->login, error);
  GSocket *socket;

  if (!address)
    return FALSE;
  base_trace_note (self->trace, self->trace_tag, "connecting to %s, port %u, %s", mail_login_get_host (self->login),
                   mail_login_get_port (self->login), mail_security_to_word (mail_login_get_security (self->login)));
  /* No proxy leads back to us; and asking for one takes longer than getting there. */
  g_socket_client_set_enable_proxy (client, !is_on_this_machine (mail_login_get_host (self->login)));
  g_socket_client_connect_async (client, address, deadline->inner, net_deadline_done, deadline);
  self->socket = g_socket_client_connect_finish (client, net_deadline_wait (deadline), error);
  net_deadline_again (deadline);
  if (!self->socket)
    return FALSE;

  socket = g_socket_connection_get_socket (self->socket);
  watch_peer (socket);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  self->stream = g_object_ref (G_IO_STREAM (self->socket));
  trace_peer (self);
  return TRUE;
}

static gboolean
shake_hands (NetConnection *self, NetDeadline *deadline, GError **error)
{
  const NetHandshake handshake = { self->login, make_address (self->login, error), self->trace, self->trace_tag };
  g_autoptr (GSocketConnectable) identity = handshake.identity;
  g_autoptr (GTlsConnection) tls = identity ? net_handshake (&handshake, self->socket, deadline, error) : NULL;

  if (!tls)
    return FALSE;
  g_set_object (&self->stream, G_IO_STREAM (tls));
  self->tls = tls;
  return TRUE;
}

/* Connects where there is no socket yet, shakes hands where asked; all within one deadline. */
static gboolean
establish (NetConnection *self, gboolean with_tls, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean is_done, was_connected;
  NetDeadline deadline;

  net_deadline_begin (&deadline, NET_DEADLINE_CONNECT, cancellable);
  is_done = self->socket || connect_socket (self, &deadline, &local_error);
  was_connected = is_done;
  if (is_done && with_tls)
    is_done = shake_hands (self, &deadline, &local_error);
  net_deadline_end (&deadline, &local_error);
  if (is_done)
    {
      net_connection_set_deadline (self, NET_DEADLINE_LOGIN);
      return TRUE;
    }

  net_failure_translate (&local_error, self->login, was_connected);
  note_failure (self, was_connected ? "no TLS" : "no connection", local_error);
  if (self->socket)
    cut (self);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

NetConnection *
net_connection_open (MailLogin *login, BaseTrace *trace, const char *trace_tag, GCancellable *cancellable, GError **error)
{
  g_autoptr (NetConnection) self = g_object_new (NET_TYPE_CONNECTION, NULL);

  self->login = mail_login_ref (login);
  g_set_object (&self->trace, trace);
  self->trace_tag = g_strdup (trace_tag ? trace_tag : mail_login_get_host (login));
  if (!establish (self, mail_login_get_security (login) == MAIL_SECURITY_TLS, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
net_connection_adopt (NetConnection *self)
{
  self->owner = g_thread_self ();
}

void
net_connection_set_deadline (NetConnection *self, guint seconds)
{
  g_socket_set_timeout (g_socket_connection_get_socket (self->socket), seconds);
}

static gboolean
check_open (NetConnection *self, GError **error)
{
  g_autoptr (GError) closed = NULL;

  g_assert (is_mine (self));
  if (!self->is_closed)
    return TRUE;
  closed = g_error_new (BASE_ERROR, BASE_ERROR_NETWORK, "The connection with %s is closed.", mail_login_get_host (self->login));
  net_failure_translate (&closed, self->login, FALSE);
  g_propagate_error (error, g_steal_pointer (&closed));
  return FALSE;
}

static gssize
receive_bytes (NetConnection *self, void *buffer, gsize size, gboolean waits, GCancellable *cancellable, GError **error)
{
  GInputStream *in = g_io_stream_get_input_stream (self->stream);

  if (waits)
    return g_input_stream_read (in, buffer, size, cancellable, error);
  if (G_IS_POLLABLE_INPUT_STREAM (in) && g_pollable_input_stream_can_poll (G_POLLABLE_INPUT_STREAM (in)))
    return g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (in), buffer, size, cancellable, error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "Nothing is known without waiting");
  return -1;
}

/* What the session is meant to see: unpacked where it came packed. A packed piece may stand for nothing yet. */
static gssize
receive (NetConnection *self, void *buffer, gsize size, gboolean waits, GCancellable *cancellable, GError **error)
{
  if (!self->deflate)
    return receive_bytes (self, buffer, size, waits, cancellable, error);
  for (;;)
    {
      guint8 packed[PACKED_SIZE];
      gssize n = net_deflate_unpack (self->deflate, buffer, size, error);

      if (n != 0)
        return n;
      n = receive_bytes (self, packed, sizeof packed, waits, cancellable, error);
      if (n <= 0)
        return n;
      net_deflate_add (self->deflate, packed, n);
    }
}

gssize
net_connection_read (NetConnection *self, void *buffer, gsize size, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gssize n = -1;

  if (!check_open (self, error))
    return -1;
  if (self->is_at_end)
    return 0;
  local_error = g_steal_pointer (&self->late_error);
  if (!local_error)
    n = receive (self, buffer, size, TRUE, cancellable, &local_error);
  if (n >= 0)
    {
      self->is_at_end = n == 0;
      return n;
    }
  net_failure_translate (&local_error, self->login, FALSE);
  if (local_error->domain == BASE_ERROR)
    note_failure (self, "reading", local_error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return -1;
}

/* A TLS record is at most 16 KiB: takes what else has come already, so that a session's parser runs over large pieces. */
static gsize
read_what_is_there (NetConnection *self, guint8 *buffer, gsize size)
{
  gsize got = 0;

  while (got < size)
    {
      g_autoptr (GError) error = NULL;
      gssize n = receive (self, buffer + got, size - got, FALSE, NULL, &error);

      if (n > 0)
        {
          got += n;
          continue;
        }
      if (n == 0)
        self->is_at_end = TRUE;
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        self->late_error = g_steal_pointer (&error);
      break;
    }
  return got;
}

gboolean
net_connection_feed (NetConnection *self, GByteArray *pending, GCancellable *cancellable, GError **error)
{
  gsize before = pending->len;
  gssize n;

  g_byte_array_set_size (pending, before + FEED_SIZE);
  n = net_connection_read (self, pending->data + before, FEED_SIZE, cancellable, error);
  if (n > 0)
    n += read_what_is_there (self, pending->data + before + n, FEED_SIZE - n);
  g_byte_array_set_size (pending, before + MAX (n, 0));
  if (n == 0)
    {
      g_autoptr (GError) lost = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "The end");

      net_failure_translate (&lost, self->login, FALSE);
      note_failure (self, "reading", lost);
      g_propagate_error (error, g_steal_pointer (&lost));
    }
  return n > 0;
}

gboolean
net_connection_feed_waiting (NetConnection *self, GByteArray *pending)
{
  gsize before = pending->len;
  gsize n;

  g_assert (is_mine (self));
  if (self->is_closed)
    return FALSE;
  if (self->is_at_end || self->late_error)
    return TRUE;
  g_byte_array_set_size (pending, before + FEED_SIZE);
  n = read_what_is_there (self, pending->data + before, FEED_SIZE);
  g_byte_array_set_size (pending, before + n);
  return n > 0 || self->is_at_end || self->late_error;
}

static gboolean
send_bytes (NetConnection *self, const void *data, gsize size, GCancellable *cancellable, GError **error)
{
  return g_output_stream_write_all (g_io_stream_get_output_stream (self->stream), data, size, NULL, cancellable, error);
}

/* A long message in pieces: it is not to stand in memory a second time. */
static gboolean
send_packed (NetConnection *self, const guint8 *data, gsize size, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) packed = g_byte_array_new ();

  for (gsize at = 0; at < size; at += FEED_SIZE)
    {
      g_byte_array_set_size (packed, 0);
      net_deflate_pack (self->deflate, data + at, MIN (size - at, FEED_SIZE), packed);
      if (!send_bytes (self, packed->data, packed->len, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
net_connection_write (NetConnection *self, const void *data, gsize size, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (!check_open (self, error))
    return FALSE;
  if (self->deflate ? send_packed (self, data, size, cancellable, &local_error) : send_bytes (self, data, size, cancellable, &local_error))
    return TRUE;
  net_failure_translate (&local_error, self->login, FALSE);
  note_failure (self, "writing", local_error);
  reset (self);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
has_waiting_bytes (NetConnection *self)
{
  GInputStream *in = g_io_stream_get_input_stream (self->stream);
  guint8 byte;

  return self->late_error == NULL && G_IS_POLLABLE_INPUT_STREAM (in)
         && g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (in), &byte, 1, NULL, NULL) > 0;
}

gboolean
net_connection_start_tls (NetConnection *self, const GByteArray *pending, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (!self->tls, FALSE);

  if (!check_open (self, error))
    return FALSE;
  if ((pending && pending->len > 0) || has_waiting_bytes (self))
    {
      g_autoptr (GError) attack = NULL;

      attack = g_error_new (BASE_ERROR, BASE_ERROR_ATTACK, "Somebody between here and %s added unencrypted text before the "
                            "encryption began.", mail_login_get_host (self->login));
      net_failure_translate (&attack, self->login, FALSE);
      note_failure (self, "no TLS", attack);
      cut (self);
      g_propagate_error (error, g_steal_pointer (&attack));
      return FALSE;
    }
  return establish (self, TRUE, cancellable, error);
}

void
net_connection_start_deflate (NetConnection *self, const void *rest, gsize size)
{
  g_return_if_fail (!self->deflate);

  self->deflate = net_deflate_new ();
  net_deflate_add (self->deflate, rest, size);
  base_trace_note (self->trace, self->trace_tag, "packed from here on");
}

gboolean
net_connection_is_near (NetConnection *self)
{
  struct tcp_info info = { 0 };
  socklen_t size = sizeof info;

  if (is_on_this_machine (mail_login_get_host (self->login)))
    return TRUE;
  return !self->is_closed && getsockopt (g_socket_get_fd (g_socket_connection_get_socket (self->socket)), IPPROTO_TCP, TCP_INFO, &info, &size) == 0
         && info.tcpi_rtt > 0 && info.tcpi_rtt < NET_NEAR;
}

gboolean
net_connection_is_encrypted (NetConnection *self)
{
  return self->tls && !self->is_closed;
}

GBytes *
net_connection_get_channel_binding (NetConnection *self, const char **type)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gboolean is_new = self->tls && g_tls_connection_get_protocol_version (self->tls) >= G_TLS_PROTOCOL_VERSION_TLS_1_3;

  *type = NULL;
  if (!self->tls
      || !g_tls_connection_get_channel_binding_data (self->tls, is_new ? G_TLS_CHANNEL_BINDING_TLS_EXPORTER
                                                                       : G_TLS_CHANNEL_BINDING_TLS_UNIQUE, bytes, NULL)
      || bytes->len == 0)
    return NULL;
  *type = is_new ? "tls-exporter" : "tls-unique";
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

MailLogin *
net_connection_get_login (NetConnection *self)
{
  return self->login;
}

BaseTrace *
net_connection_get_trace (NetConnection *self)
{
  return self->trace;
}

const char *
net_connection_get_trace_tag (NetConnection *self)
{
  return self->trace_tag;
}

void
net_connection_close (NetConnection *self)
{
  if (self->is_closed || !self->socket)
    return;
  net_connection_set_deadline (self, DEADLINE_CLOSE);
  g_io_stream_close (self->stream, NULL, NULL);
  cut (self);
  base_trace_note (self->trace, self->trace_tag, "closed");
}
