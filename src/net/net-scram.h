/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SCRAM (RFC 5802, 7677) as a client: sans-IO, in plain text; base64 is net-sasl's. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* RFC 7677 §4 asks for at least 4096: a server that wants fewer wants to try passwords. Above a million a login would take
 * seconds of computing, which is a server's way to keep us busy. */
#define NET_SCRAM_MIN_ITERATIONS 4096
#define NET_SCRAM_MAX_ITERATIONS 1000000

typedef enum
{
  NET_SCRAM_SHA_1,
  NET_SCRAM_SHA_256,
} NetScramHash;

typedef enum
{
  NET_SCRAM_NO_BINDING,      /* "n": there is none to give */
  NET_SCRAM_BINDING_NOT_ASKED, /* "y": we could, the server offers no …-PLUS; a server that did knows somebody took it away */
  NET_SCRAM_BINDING,         /* "p" */
} NetScramBinding;

typedef struct _NetScram NetScram;

/**
 * net_scram_new:
 * @binding_type: with %NET_SCRAM_BINDING: "tls-exporter" or "tls-unique"; @binding_data likewise
 * @nonce: (nullable): for tests; %NULL makes 144 random bits
 *
 * Returns: (transfer full): or %NULL with %BASE_ERROR_INVALID where user or password cannot be prepared
 */
NetScram *net_scram_new (NetScramHash hash, const char *user, const char *password,
                         NetScramBinding binding, const char *binding_type, GBytes *binding_data,
                         const char *nonce, GError **error);

/* net_scram_free: (nullable): wipes password and keys */
void net_scram_free (NetScram *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NetScram, net_scram_free)

/* net_scram_get_first: (transfer none): client-first-message */
const char *net_scram_get_first (NetScram *self);

/**
 * net_scram_dup_final:
 * @server_first: any bytes
 *
 * Computes the proof: %NET_SCRAM_MAX_ITERATIONS take about a second.
 *
 * Returns: (transfer full): client-final-message; or %NULL with %BASE_ERROR_PROTOCOL (nonsense, salt or iterations out of
 *   bounds), %BASE_ERROR_ATTACK (the nonce does not begin with ours), or as net_scram_check () for e=
 */
char *net_scram_dup_final (NetScram *self, const char *server_first, gsize length, GError **error);

/**
 * net_scram_check:
 * @server_final: any bytes
 *
 * Whether the server has proved to know the password too. Afterwards net_scram_is_proved () tells.
 *
 * Returns: %FALSE with %BASE_ERROR_ATTACK (wrong signature; the channel binding differs), %BASE_ERROR_WRONG_PASSWORD (e=),
 *   %BASE_ERROR_TRY_LATER (e=no-resources), %BASE_ERROR_PROTOCOL
 */
gboolean net_scram_check (NetScram *self, const char *server_final, gsize length, GError **error);

gboolean net_scram_is_proved (NetScram *self);

G_END_DECLS
