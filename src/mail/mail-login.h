/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that is needed to reach one server and be let in: where, how secured, who, and whom to trust. One immutable
 * value, so that the wizard, the accounts, the engine and the protocols speak of the same thing and it can cross threads. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  MAIL_SECURITY_TLS = 0,       /* TLS from the first byte (RFC 8314) */
  MAIL_SECURITY_STARTTLS = 1,  /* asked for in plain text and never gone on without */
  MAIL_SECURITY_PLAINTEXT = 2, /* only where a person chose it for this account */
} MailSecurity;

/* "tls", "starttls", "plaintext": the CLI's words */
const char *mail_security_to_word (MailSecurity security);
gboolean mail_security_from_word (const char *word, MailSecurity *security);

typedef enum
{
  MAIL_SECRET_NONE,         /* no authentication (a relay at home) */
  MAIL_SECRET_PASSWORD,
  MAIL_SECRET_OAUTH_TOKEN,  /* an access token, for XOAUTH2 and OAUTHBEARER */
} MailSecretKind;

typedef struct _MailLogin MailLogin;

#define MAIL_TYPE_LOGIN (mail_login_get_type ())
GType mail_login_get_type (void);

/**
 * mail_login_new:
 * @host: a name, IPv4 or IPv6 address (without brackets)
 * @port: 1 to 65535
 * @user: (nullable): with %MAIL_SECRET_NONE
 * @secret: (nullable): copied into memory that is wiped before it is freed
 *
 * Returns: (transfer full): with one reference; any thread may hold and drop references
 */
MailLogin *mail_login_new (const char *host, guint port, MailSecurity security,
                           const char *user, MailSecretKind kind, const char *secret);
MailLogin *mail_login_ref (MailLogin *self);
void mail_login_unref (MailLogin *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MailLogin, mail_login_unref)

/**
 * mail_login_set_trust:
 * @ca_pem: (nullable): further trust anchors, PEM, for this login alone
 * @fingerprints: (nullable): SHA-256 of leaf certificates (DER), lower-case hex, that are accepted for this host and port
 *   whatever is wrong with them: exceptions a person made
 *
 * Call before the value is shared.
 */
void mail_login_set_trust (MailLogin *self, const char *ca_pem, const char *const *fingerprints);

const char *mail_login_get_host (const MailLogin *self);
guint mail_login_get_port (const MailLogin *self);
MailSecurity mail_login_get_security (const MailLogin *self);
const char *mail_login_get_user (const MailLogin *self);          /* "" with MAIL_SECRET_NONE */
MailSecretKind mail_login_get_secret_kind (const MailLogin *self);
const char *mail_login_get_secret (const MailLogin *self);        /* "" with MAIL_SECRET_NONE */
const char *mail_login_get_ca_pem (const MailLogin *self);        /* (nullable) */
const char *const *mail_login_get_fingerprints (const MailLogin *self); /* never NULL */

G_END_DECLS
