/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The handshake, and who is believed. */
#include "net-handshake.h"

#include "base-error.h"
#include "net-certificate.h"
#include "net-read-ahead.h"

#include <string.h>

/* One handshake under way, and the certificate it refused */
typedef struct
{
  const NetHandshake *about;
  char *refused_pem;
  char *problems;
} Judge;

static void
forget_refusal (Judge *self)
{
  g_clear_pointer (&self->refused_pem, g_free);
  g_clear_pointer (&self->problems, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Judge, forget_refusal)

/* A login with trust of its own (a private authority, an exception) is judged by that first: reading all the system's
 * authorities costs more than the rest of the handshake, and most often they know nothing of such a server. */
static gboolean
has_own_trust (const NetHandshake *about)
{
  return mail_login_get_ca_pem (about->login) || mail_login_get_fingerprints (about->login)[0];
}

static GTlsCertificateFlags
ask_system (const NetHandshake *about, GTlsCertificate *peer, GTlsCertificateFlags flags)
{
  g_autoptr (GTlsDatabase) system = g_tls_backend_get_default_database (g_tls_backend_get_default ());

  if (!system)
    return flags;
  return g_tls_database_verify_chain (system, peer, G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER, about->identity, NULL,
                                      G_TLS_DATABASE_VERIFY_NONE, NULL, NULL);
}

/* Emitted in the thread that waits for the handshake, and only for certificates that are not vouched for yet. */
static gboolean
on_accept_certificate (GTlsConnection *tls, GTlsCertificate *peer, GTlsCertificateFlags flags, Judge *self)
{
  if (net_certificate_is_trusted (peer, self->about->login))
    return TRUE;
  if (has_own_trust (self->about))
    flags = ask_system (self->about, peer, flags);
  if (flags == 0)
    return TRUE;
  forget_refusal (self);
  self->refused_pem = net_certificate_dup_pem (peer);
  self->problems = net_certificate_list_problems (peer, flags, mail_login_get_host (self->about->login));
  return FALSE;
}

static void
set_certificate_error (Judge *self, GError **error)
{
  const char *host = mail_login_get_host (self->about->login);
  const char *end = strchr (self->problems, '\n');

  g_clear_error (error);
  g_set_error (error, BASE_ERROR, BASE_ERROR_CERTIFICATE, "The certificate of %s was refused: %.*s", host,
               end ? (int) (end - self->problems) : -1, self->problems);
  if (error)
    base_error_set_certificate (*error, self->refused_pem, self->problems);
}

/* A resumed session is not asked about again, and GIO's memory of sessions is one for the whole process: another account
 * may have accepted for itself what this one must not. */
static gboolean
check_peer (Judge *self, GTlsConnection *tls, GError **error)
{
  GTlsCertificate *peer = g_tls_connection_get_peer_certificate (tls);
  GTlsCertificateFlags flags = g_tls_connection_get_peer_certificate_errors (tls);

  if (peer && (flags == 0 || on_accept_certificate (tls, peer, flags, self)))
    {
      if (flags != 0)
        base_trace_note (self->about->trace, self->about->trace_tag, "the certificate is trusted");
      return TRUE;
    }
  if (peer)
    set_certificate_error (self, error);
  else
    g_set_error (error, BASE_ERROR, BASE_ERROR_NO_TLS, "%s showed no certificate.", mail_login_get_host (self->about->login));
  return FALSE;
}

/* GnuTLS offers nothing older by itself on the systems we know; a system-wide policy might. RFC 8996. */
static gboolean
check_version (const NetHandshake *about, GTlsConnection *tls, GError **error)
{
  GTlsProtocolVersion version = g_tls_connection_get_protocol_version (tls);
  g_autofree char *cipher = g_tls_connection_get_ciphersuite_name (tls);

  if (version < G_TLS_PROTOCOL_VERSION_TLS_1_2)
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_NO_TLS, "%s only knows encryption that is no longer safe (before TLS 1.2).",
                   mail_login_get_host (about->login));
      return FALSE;
    }
  base_trace_note (about->trace, about->trace_tag, "TLS %s, %s", version == G_TLS_PROTOCOL_VERSION_TLS_1_2 ? "1.2" : "1.3",
                   cipher ? cipher : "unknown cipher");
  return TRUE;
}

/* Without a database every certificate is unknown, and we are asked. */
static GTlsConnection *
new_tls (const NetHandshake *about, GSocketConnection *socket, GError **error)
{
  g_autoptr (GSocketConnection) base = net_read_ahead_new (socket);

  if (!has_own_trust (about))
    return G_TLS_CONNECTION (g_tls_client_connection_new (G_IO_STREAM (base), about->identity, error));
  return g_initable_new (g_tls_backend_get_client_connection_type (g_tls_backend_get_default ()), NULL, error,
                         "base-io-stream", base, "server-identity", about->identity, "database", NULL, NULL);
}

static gboolean
run (Judge *self, GTlsConnection *tls, NetDeadline *deadline, GError **error)
{
  gboolean is_done;

  g_tls_connection_handshake_async (tls, G_PRIORITY_DEFAULT, deadline->inner, net_deadline_done, deadline);
  is_done = g_tls_connection_handshake_finish (tls, net_deadline_wait (deadline), error);
  net_deadline_again (deadline);
  if (!is_done && self->problems)
    set_certificate_error (self, error);
  return is_done && check_version (self->about, tls, error) && check_peer (self, tls, error);
}

GTlsConnection *
net_handshake (const NetHandshake *about, GSocketConnection *socket, NetDeadline *deadline, GError **error)
{
  g_auto (Judge) self = { .about = about };
  g_autoptr (GTlsConnection) tls = new_tls (about, socket, error);
  gboolean is_good;

  if (!tls)
    return NULL;
  g_signal_connect (tls, "accept-certificate", G_CALLBACK (on_accept_certificate), &self);
  is_good = run (&self, tls, deadline, error);
  g_signal_handlers_disconnect_by_data (tls, &self);
  if (is_good)
    return g_steal_pointer (&tls);
  if (self.problems)
    base_trace_note (about->trace, about->trace_tag, "certificate: %s", self.problems);
  g_socket_close (g_socket_connection_get_socket (socket), NULL); /* first: a TLS stream that goes says goodbye, and waits for it */
  return NULL;
}
