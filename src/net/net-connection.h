/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One connection to one server: TCP through the desktop's proxies, TLS at once or by STARTTLS, deadlines on every wait. */
#pragma once

#include "base-trace.h"
#include "mail-login.h"

G_BEGIN_DECLS

/* Seconds; 0 waits for ever, which only IDLE may. */
#define NET_DEADLINE_CONNECT 30
#define NET_DEADLINE_LOGIN 60
#define NET_DEADLINE_COMMAND 120

#define NET_TYPE_CONNECTION (net_connection_get_type ())
G_DECLARE_FINAL_TYPE (NetConnection, net_connection, NET, CONNECTION, GObject)

/**
 * net_connection_open:
 * @login: where to go, how secured, whom to trust; user and secret are not looked at
 * @trace: (nullable)
 * @trace_tag: whose lines they are, as "Work POP3"
 *
 * Connects and, for %MAIL_SECURITY_TLS, shakes hands with the server's identity set to the host. The connection
 * belongs to the calling thread. Blocks at most %NET_DEADLINE_CONNECT.
 *
 * Returns: (transfer full): or %NULL with %BASE_ERROR_HOST_NOT_FOUND, _CONNECTION_REFUSED, _NETWORK, _TIMED_OUT,
 *   _CERTIFICATE (certificate and problems attached), _NO_TLS (no handshake possible), or %G_IO_ERROR_CANCELLED.
 *   Every error of this file carries host, port and security.
 */
NetConnection *net_connection_open (MailLogin *login, BaseTrace *trace, const char *trace_tag,
                                    GCancellable *cancellable, GError **error);

/**
 * net_connection_set_deadline:
 * @seconds: without a byte in either direction before a read or write gives up (GIO's TLS may take it twice); 0 for ever
 *
 * After opening and after the handshake it is %NET_DEADLINE_LOGIN. A read that timed out may be repeated.
 */
void net_connection_set_deadline (NetConnection *self, guint seconds);

/**
 * net_connection_read:
 *
 * Blocks until at least one byte is here. A cancelled read loses no bytes and may be repeated.
 *
 * Returns: bytes read, 0 at end of stream, -1 with %BASE_ERROR_TIMED_OUT, _NETWORK or %G_IO_ERROR_CANCELLED
 */
gssize net_connection_read (NetConnection *self, void *buffer, gsize size, GCancellable *cancellable, GError **error);

/**
 * net_connection_feed:
 * @pending: a read of up to 64 KiB is appended to it
 *
 * What a session does when its parser wants bytes.
 *
 * Returns: %FALSE with the errors of net_connection_read (), or %BASE_ERROR_NETWORK at end of stream
 */
gboolean net_connection_feed (NetConnection *self, GByteArray *pending, GCancellable *cancellable, GError **error);

/**
 * net_connection_feed_waiting:
 * @pending: what has come already, up to 64 KiB, is appended to it
 *
 * Never blocks. What a writer of much data asks between two blocks: a server that has said no does not read on.
 *
 * Returns: whether a read has something to tell: bytes were appended, or the end or an error is there (which the next read returns)
 */
gboolean net_connection_feed_waiting (NetConnection *self, GByteArray *pending);

/**
 * net_connection_write:
 *
 * Writes all of it. A failed or cancelled write closes the connection: nobody knows how much went out.
 */
gboolean net_connection_write (NetConnection *self, const void *data, gsize size, GCancellable *cancellable, GError **error);

/**
 * net_connection_start_tls:
 * @pending: what the session's parser has not used yet: there must be nothing, neither there nor waiting in the socket
 *
 * The handshake after the server's yes to STARTTLS or STLS.
 *
 * Returns: %FALSE with %BASE_ERROR_ATTACK when bytes were waiting (RFC 3207 §4.2, RFC 9051 §11.1, CVE-2011-0411), else as
 *   net_connection_open ()
 */
gboolean net_connection_start_tls (NetConnection *self, const GByteArray *pending, GCancellable *cancellable, GError **error);

gboolean net_connection_is_encrypted (NetConnection *self);

/**
 * net_connection_start_deflate:
 * @rest: packed bytes that came with the server's yes, and belong to what follows
 *
 * From here on everything is packed in both directions, below the session and above TLS (RFC 4978). Never with compression in TLS itself,
 * which no GnuTLS that we build with has. What the other side packs is bounded, see net-deflate.h: a read may fail with %BASE_ERROR_PROTOCOL.
 */
void net_connection_start_deflate (NetConnection *self, const void *rest, gsize size);

/* net_connection_is_near: the server answers so fast that packing would cost more time than it saves: it is this machine or, by the
 * system's measure of the line (TCP_INFO), nearer than NET_NEAR. FALSE where the system does not measure. */
#define NET_NEAR 4000 /* microseconds of a round trip */
gboolean net_connection_is_near (NetConnection *self);

/**
 * net_connection_get_channel_binding:
 * @type: (out) (nullable): "tls-exporter" or "tls-unique", for SCRAM-…-PLUS (RFC 5929, RFC 9266)
 *
 * Returns: (transfer full) (nullable): %NULL without TLS or where GnuTLS has none to give
 */
GBytes *net_connection_get_channel_binding (NetConnection *self, const char **type);

/* net_connection_get_login, _get_trace, _get_trace_tag: (transfer none) */
MailLogin *net_connection_get_login (NetConnection *self);
BaseTrace *net_connection_get_trace (NetConnection *self);
const char *net_connection_get_trace_tag (NetConnection *self);

/* net_connection_adopt: the calling thread is the owner from now on: whoever was it has let go, and does not come back before it adopts
 * the connection in turn. For a long download beside which the worker writes to the disk. */
void net_connection_adopt (NetConnection *self);

/* net_connection_close: never fails, never waits longer than two seconds; may be called twice */
void net_connection_close (NetConnection *self);

G_END_DECLS
