/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SASL (RFC 4422) as seen by POP3, IMAP and SMTP: sans-IO. The session says what the server offers, carries base64 both
 * ways, and asks at the end whether the server has proved itself. */
#pragma once

#include "mail-login.h"

G_BEGIN_DECLS

#define NET_TYPE_SASL (net_sasl_get_type ())
G_DECLARE_FINAL_TYPE (NetSasl, net_sasl, NET, SASL, GObject)

/**
 * net_sasl_new:
 * @login: user and secret
 * @offered: mechanism names as the server spelled them, in any order
 * @is_encrypted: whether TLS protects the connection
 * @channel_binding: (nullable), @channel_binding_type: (nullable): from net_connection_get_channel_binding ()
 * @external_works: a client certificate is in use: EXTERNAL may be chosen
 *
 * Chooses the strongest mechanism that both sides have: SCRAM-SHA-256-PLUS, SCRAM-SHA-256, SCRAM-SHA-1-PLUS, SCRAM-SHA-1,
 * CRAM-MD5, PLAIN, LOGIN; OAUTHBEARER then XOAUTH2 for a token. PLAIN, LOGIN and tokens only when @is_encrypted or when
 * the login's security is %MAIL_SECURITY_PLAINTEXT, the person's own choice. There is one choice: after a refusal nothing
 * weaker is tried. EXTERNAL comes before all where @external_works.
 *
 * Returns: (transfer full): or %NULL with %BASE_ERROR_LOGIN_REFUSED naming what was offered, %BASE_ERROR_NO_PASSWORD for an
 *   empty secret, %BASE_ERROR_INVALID where user or password have characters that cannot be sent
 */
NetSasl *net_sasl_new (MailLogin *login, const char *const *offered, gboolean is_encrypted,
                       GBytes *channel_binding, const char *channel_binding_type, gboolean external_works, GError **error);

const char *net_sasl_get_mechanism (NetSasl *self);

/**
 * net_sasl_get_initial_response:
 *
 * Returns: (transfer full) (nullable): base64 ("=" for an empty one) to send with the command (SASL-IR), or %NULL where
 *   the mechanism lets the server speak first. It may be a secret: see net_sasl_wipe ().
 *
 * Where it cannot go with the command (too long for a line, a server without SASL-IR), do not ask for it: the server's first,
 * empty challenge is answered by net_sasl_respond () with it.
 */
char *net_sasl_get_initial_response (NetSasl *self);

/**
 * net_sasl_respond:
 * @challenge: base64 as received, may be ""
 *
 * Returns: (transfer full): base64 to send, or %NULL with %BASE_ERROR_PROTOCOL (nonsense, iterations out of bounds),
 *   %BASE_ERROR_ATTACK (forged server signature, nonce not ours) or %BASE_ERROR_WRONG_PASSWORD (SCRAM's e=, a token's error
 *   document; the session still answers with net_sasl_get_last_word () and waits for the server's refusal)
 */
char *net_sasl_respond (NetSasl *self, const char *challenge, GError **error);

/* net_sasl_awaits_proof: nothing but SCRAM's server signature is wanted still, whose answer is an empty line (RFC 5802 §5): that may be sent along with
 * the last answer. net_sasl_respond () judges the signature all the same, and net_sasl_finish () one that did not come. */
gboolean net_sasl_awaits_proof (NetSasl *self);

/* net_sasl_get_last_word: what to send after net_sasl_respond () has failed: "*", or the token mechanisms' farewell
 * ("AQ==", RFC 7628 §3.2.3; an empty line for XOAUTH2), after which the server says why it refuses */
const char *net_sasl_get_last_word (NetSasl *self);

/* net_sasl_wipe: (nullable) (transfer full): frees an answer and leaves nothing of it in memory */
void net_sasl_wipe (char *answer);

/**
 * net_sasl_finish:
 * @final_data: (nullable): base64 that came along with the server's success, where the protocol allows it
 *
 * To be called when the server says success: a SCRAM server that has not shown its signature by then is a liar.
 */
gboolean net_sasl_finish (NetSasl *self, const char *final_data, GError **error);

G_END_DECLS
