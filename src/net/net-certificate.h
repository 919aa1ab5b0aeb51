/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Server certificates: whom this login trusts beyond the system's authorities, what is wrong with a refused one, and what
 * a person may read of it. All texts are cleaned of control and direction characters: certificates come from strangers. */
#pragma once

#include "mail-login.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  char *subject;      /* the whole distinguished name, RFC 4514 */
  char *issuer;
  char *subject_name; /* the short one: common name, else organisation, else the whole */
  char *issuer_name;
  char **names;       /* DNS names and addresses it is for, at most 20; never NULL */
  gint64 from;        /* seconds since 1970 */
  gint64 until;
  char *fingerprint;  /* SHA-256 of the DER form, lower-case hex: what mail_login_set_trust () takes */
  gboolean is_self_signed;
} NetCertificate;

/**
 * net_certificate_new_from_pem:
 * @pem: as base_error_get_certificate () gives it; the first certificate of it counts
 *
 * Any thread.
 *
 * Returns: (transfer full): or %NULL with %BASE_ERROR_INVALID
 */
NetCertificate *net_certificate_new_from_pem (const char *pem, GError **error);
void net_certificate_free (NetCertificate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NetCertificate, net_certificate_free)

/**
 * net_certificate_describe:
 *
 * Returns: (transfer full): lines in English for a log or a terminal: subject, issuer, names, valid from and until (UTC),
 *   SHA-256 fingerprint in pairs
 */
char *net_certificate_describe (const NetCertificate *self);

/* net_certificate_dup_pem: (transfer full): without the rest of its chain */
char *net_certificate_dup_pem (GTlsCertificate *certificate);

/**
 * net_certificate_is_trusted:
 * @peer: as the server showed it, its chain attached
 * @login: host, further trust anchors, exceptions
 *
 * The decision about a certificate that the system's authorities do not vouch for: whether it is one of the login's
 * exceptions to the byte, or is whole and valid for the host under the login's own anchors. Those anchors count for this
 * login alone.
 */
gboolean net_certificate_is_trusted (GTlsCertificate *peer, MailLogin *login);

/**
 * net_certificate_list_problems:
 * @flags: what GIO found
 * @host: the name that was asked for
 *
 * Returns: (transfer full): one English sentence a problem, joined by newlines, never empty
 */
char *net_certificate_list_problems (GTlsCertificate *peer, GTlsCertificateFlags flags, const char *host);

/* net_certificate_check_pem: whether @pem holds at least one certificate and nothing unreadable; else %BASE_ERROR_INVALID */
gboolean net_certificate_check_pem (const char *pem, GError **error);

G_END_DECLS
