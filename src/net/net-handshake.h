/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TLS over a socket that is connected, with a server that proved who it is. */
#pragma once

#include "base-trace.h"
#include "mail-login.h"
#include "net-deadline.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  MailLogin *login;             /* whom it trusts beyond the system's authorities */
  GSocketConnectable *identity; /* the name that the certificate must be for */
  BaseTrace *trace;             /* (nullable) */
  const char *trace_tag;
} NetHandshake;

/**
 * net_handshake:
 * @deadline: under way; it begins again with what comes next
 *
 * Blocks the thread that owns the connection. At least TLS 1.2 (RFC 8996), and a certificate that the system or the login vouches for,
 * also for a session that was resumed.
 *
 * Returns: (transfer full): or %NULL with %BASE_ERROR_CERTIFICATE, which bears the certificate and what is wrong with it, with
 *   %BASE_ERROR_NO_TLS, or with what GIO said, to be translated; the socket is closed then
 */
GTlsConnection *net_handshake (const NetHandshake *self, GSocketConnection *socket, NetDeadline *deadline, GError **error);

G_END_DECLS
