/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading certificates with GnuTLS, and the words for what is wrong with them. */
#include "net-certificate.h"

#include "base-error.h"

#include <arpa/inet.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <string.h>

#define MAX_NAMES 20
#define MAX_TEXT 512
#define MAX_CHAIN 16

typedef struct gnutls_x509_crt_int Certificate;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Certificate, gnutls_x509_crt_deinit)

/* Strangers write these: valid UTF-8, nothing that moves the cursor or turns the line, no more than fits. */
static char *
clean (const char *text, gsize length)
{
  g_autofree char *valid = g_utf8_make_valid (text, MIN (length, MAX_TEXT));
  GString *out = g_string_new (NULL);

  for (const char *p = valid; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      GUnicodeType type = g_unichar_type (c);

      if (type != G_UNICODE_CONTROL && type != G_UNICODE_FORMAT && type != G_UNICODE_LINE_SEPARATOR
          && type != G_UNICODE_PARAGRAPH_SEPARATOR)
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

static char *
take_clean (gnutls_datum_t *text)
{
  char *out = clean ((const char *) text->data, text->size);

  gnutls_free (text->data);
  text->data = NULL;
  return out;
}

static char *
dup_distinguished_name (Certificate *certificate, gboolean is_issuer)
{
  gnutls_datum_t text = { NULL, 0 };
  int status = is_issuer ? gnutls_x509_crt_get_issuer_dn3 (certificate, &text, 0)
                         : gnutls_x509_crt_get_dn3 (certificate, &text, 0);

  return status < 0 || !text.data ? g_strdup ("") : take_clean (&text);
}

static char *
dup_short_name (Certificate *certificate, gboolean is_issuer)
{
  static const char *const oids[] = { GNUTLS_OID_X520_COMMON_NAME, GNUTLS_OID_X520_ORGANIZATION_NAME };

  for (gsize i = 0; i < G_N_ELEMENTS (oids); i++)
    {
      char text[MAX_TEXT];
      size_t size = sizeof text;
      int status = is_issuer ? gnutls_x509_crt_get_issuer_dn_by_oid (certificate, oids[i], 0, 0, text, &size)
                             : gnutls_x509_crt_get_dn_by_oid (certificate, oids[i], 0, 0, text, &size);

      if (status >= 0 && size > 0)
        return clean (text, size);
    }
  return dup_distinguished_name (certificate, is_issuer);
}

static char *
dup_address (const void *bytes, gsize size)
{
  char text[INET6_ADDRSTRLEN];

  if (size == 4 && inet_ntop (AF_INET, bytes, text, sizeof text))
    return g_strdup (text);
  if (size == 16 && inet_ntop (AF_INET6, bytes, text, sizeof text))
    return g_strdup (text);
  return NULL;
}

/* RFC 6125 §6.4.4: the common name counts only where no name of another kind is there. */
static char **
dup_names (Certificate *certificate)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  guint n = 0;

  for (unsigned i = 0; n < MAX_NAMES; i++)
    {
      char text[MAX_TEXT];
      size_t size = sizeof text;
      int type = gnutls_x509_crt_get_subject_alt_name (certificate, i, text, &size, NULL);
      g_autofree char *name = NULL;

      if (type == GNUTLS_E_SHORT_MEMORY_BUFFER)
        continue;
      if (type < 0)
        break;
      if (type == GNUTLS_SAN_DNSNAME)
        name = clean (text, size);
      else if (type == GNUTLS_SAN_IPADDRESS)
        name = dup_address (text, size);
      if (!name)
        continue;
      g_strv_builder_add (names, name);
      n++;
    }
  if (n == 0)
    {
      g_autofree char *name = dup_short_name (certificate, FALSE);

      if (*name)
        g_strv_builder_add (names, name);
    }
  return g_strv_builder_end (names);
}

static char *
dup_fingerprint (Certificate *certificate)
{
  guint8 digest[32];
  size_t size = sizeof digest;
  GString *hex = g_string_new (NULL);

  if (gnutls_x509_crt_get_fingerprint (certificate, GNUTLS_DIG_SHA256, digest, &size) >= 0)
    for (gsize i = 0; i < size; i++)
      g_string_append_printf (hex, "%02x", digest[i]);
  return g_string_free (hex, FALSE);
}

static NetCertificate *
read_certificate (Certificate *certificate)
{
  NetCertificate *self = g_new0 (NetCertificate, 1);

  self->subject = dup_distinguished_name (certificate, FALSE);
  self->issuer = dup_distinguished_name (certificate, TRUE);
  self->subject_name = dup_short_name (certificate, FALSE);
  self->issuer_name = dup_short_name (certificate, TRUE);
  self->names = dup_names (certificate);
  self->from = gnutls_x509_crt_get_activation_time (certificate);
  self->until = gnutls_x509_crt_get_expiration_time (certificate);
  self->fingerprint = dup_fingerprint (certificate);
  self->is_self_signed = gnutls_x509_crt_check_issuer (certificate, certificate) != 0;
  return self;
}

static Certificate *
import (const void *bytes, gsize size, gnutls_x509_crt_fmt_t format, int *status)
{
  gnutls_datum_t data = { (void *) bytes, size };
  g_autoptr (Certificate) certificate = NULL;

  *status = gnutls_x509_crt_init (&certificate);
  if (*status >= 0)
    *status = gnutls_x509_crt_import (certificate, &data, format);
  return *status < 0 ? NULL : g_steal_pointer (&certificate);
}

static Certificate *
import_peer (GTlsCertificate *peer)
{
  g_autoptr (GByteArray) der = NULL;
  int status;

  g_object_get (peer, "certificate", &der, NULL);
  return der ? import (der->data, der->len, GNUTLS_X509_FMT_DER, &status) : NULL;
}

NetCertificate *
net_certificate_new_from_pem (const char *pem, GError **error)
{
  int status;
  g_autoptr (Certificate) certificate = import (pem, strlen (pem), GNUTLS_X509_FMT_PEM, &status);

  if (certificate)
    return read_certificate (certificate);
  g_set_error (error, BASE_ERROR, BASE_ERROR_INVALID, "The certificate cannot be read: %s", gnutls_strerror (status));
  return NULL;
}

gboolean
net_certificate_check_pem (const char *pem, GError **error)
{
  gnutls_datum_t data = { (void *) pem, strlen (pem) };
  gnutls_x509_crt_t *list = NULL;
  unsigned n = 0;
  int status = gnutls_x509_crt_list_import2 (&list, &n, &data, GNUTLS_X509_FMT_PEM, 0);

  if (status < 0 || n == 0)
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_INVALID, "The text holds no readable certificate: %s",
                   status < 0 ? gnutls_strerror (status) : "it is empty");
      return FALSE;
    }
  for (unsigned i = 0; i < n; i++)
    gnutls_x509_crt_deinit (list[i]);
  gnutls_free (list);
  return TRUE;
}

void
net_certificate_free (NetCertificate *self)
{
  g_free (self->subject);
  g_free (self->issuer);
  g_free (self->subject_name);
  g_free (self->issuer_name);
  g_strfreev (self->names);
  g_free (self->fingerprint);
  g_free (self);
}

static char *
dup_time (gint64 seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);

  return time ? g_date_time_format (time, "%Y-%m-%d %H:%M UTC") : g_strdup ("an impossible time");
}

char *
net_certificate_describe (const NetCertificate *self)
{
  g_autofree char *names = g_strjoinv (", ", self->names);
  g_autofree char *from = dup_time (self->from);
  g_autofree char *until = dup_time (self->until);
  g_autoptr (GString) pairs = g_string_new (NULL);

  for (const char *p = self->fingerprint; p[0] && p[1]; p += 2)
    g_string_append_printf (pairs, "%s%c%c", pairs->len ? ":" : "", g_ascii_toupper (p[0]), g_ascii_toupper (p[1]));
  return g_strdup_printf ("Subject: %s\nIssuer: %s\nFor: %s\nValid from: %s\nValid until: %s\nSHA-256 fingerprint: %s\n",
                          self->subject, self->issuer, names, from, until, pairs->str);
}

char *
net_certificate_dup_pem (GTlsCertificate *certificate)
{
  char *pem = NULL;

  g_object_get (certificate, "certificate-pem", &pem, NULL);
  return pem ? pem : g_strdup ("");
}

static gboolean
is_exception (Certificate *leaf, MailLogin *login)
{
  g_autofree char *fingerprint = dup_fingerprint (leaf);

  return *fingerprint && g_strv_contains (mail_login_get_fingerprints (login), fingerprint);
}

static gboolean
verify_chain (gnutls_x509_crt_t *chain, unsigned n, MailLogin *login)
{
  const char *pem = mail_login_get_ca_pem (login);
  gnutls_datum_t anchors = { (void *) pem, strlen (pem) };
  g_autofree char *host = g_hostname_to_ascii (mail_login_get_host (login));
  gnutls_typed_vdata_st wanted[] = {
    { GNUTLS_DT_DNS_HOSTNAME, (void *) host, 0 },
    { GNUTLS_DT_KEY_PURPOSE_OID, (void *) GNUTLS_KP_TLS_WWW_SERVER, 0 },
  };
  gnutls_x509_trust_list_t list;
  unsigned status = GNUTLS_CERT_INVALID;

  if (!host || gnutls_x509_trust_list_init (&list, 0) < 0)
    return FALSE;
  if (gnutls_x509_trust_list_add_trust_mem (list, &anchors, NULL, GNUTLS_X509_FMT_PEM, 0, 0) <= 0
      || gnutls_x509_trust_list_verify_crt2 (list, chain, n, wanted, G_N_ELEMENTS (wanted), 0, &status, NULL) < 0)
    status = GNUTLS_CERT_INVALID;
  gnutls_x509_trust_list_deinit (list, 1);
  return status == 0;
}

gboolean
net_certificate_is_trusted (GTlsCertificate *peer, MailLogin *login)
{
  gnutls_x509_crt_t chain[MAX_CHAIN];
  unsigned n = 0;
  gboolean is_trusted;

  for (GTlsCertificate *one = peer; one && n < MAX_CHAIN; one = g_tls_certificate_get_issuer (one))
    {
      Certificate *certificate = import_peer (one);

      if (!certificate)
        break;
      chain[n++] = certificate;
    }
  is_trusted = n > 0
               && (is_exception (chain[0], login)
                   || (mail_login_get_ca_pem (login) && verify_chain (chain, n, login)));
  for (unsigned i = 0; i < n; i++)
    gnutls_x509_crt_deinit (chain[i]);
  return is_trusted;
}

static void
add_problem (GString *out, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
add_problem (GString *out, const char *format, ...)
{
  va_list args;

  if (out->len)
    g_string_append_c (out, '\n');
  va_start (args, format);
  g_string_append_vprintf (out, format, args);
  va_end (args);
}

static void
add_time_problems (GString *out, const NetCertificate *leaf, GTlsCertificateFlags flags)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *from = dup_time (leaf->from);
  g_autofree char *until = dup_time (leaf->until);

  if (leaf->until < now)
    add_problem (out, "The certificate expired on %s.", until);
  else if (flags & G_TLS_CERTIFICATE_EXPIRED)
    add_problem (out, "A certificate of the authorities that vouch for it has expired.");
  if (leaf->from > now)
    add_problem (out, "The certificate is not valid before %s.", from);
  else if (flags & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    add_problem (out, "A certificate of the authorities that vouch for it is not valid yet.");
}

static void
add_host_problem (GString *out, Certificate *certificate, const NetCertificate *leaf, GTlsCertificateFlags flags, const char *host)
{
  g_autofree char *ascii = g_hostname_to_ascii (host);
  g_autofree char *names = g_strjoinv (", ", leaf->names);

  if (!(flags & G_TLS_CERTIFICATE_BAD_IDENTITY) && gnutls_x509_crt_check_hostname (certificate, ascii ? ascii : host))
    return;
  if (*names)
    add_problem (out, "The certificate is for %s, not for %s.", names, host);
  else
    add_problem (out, "The certificate names no server, so it is not for %s.", host);
}

static void
add_issuer_problems (GString *out, Certificate *certificate, const NetCertificate *leaf, GTlsCertificateFlags flags)
{
  const char *algorithm = gnutls_sign_get_name (gnutls_x509_crt_get_signature_algorithm (certificate));

  if (flags & G_TLS_CERTIFICATE_UNKNOWN_CA)
    {
      if (leaf->is_self_signed)
        add_problem (out, "The certificate is signed by nobody but itself.");
      else
        add_problem (out, "The certificate's issuer, %s, is not an authority that this computer trusts.", leaf->issuer_name);
    }
  if (flags & G_TLS_CERTIFICATE_REVOKED)
    add_problem (out, "The certificate was revoked by its issuer, %s.", leaf->issuer_name);
  if (flags & G_TLS_CERTIFICATE_INSECURE)
    add_problem (out, "The certificate or one that vouches for it is signed in a way that is no longer safe (its own: %s).",
                 algorithm ? algorithm : "unknown");
}

char *
net_certificate_list_problems (GTlsCertificate *peer, GTlsCertificateFlags flags, const char *host)
{
  g_autoptr (Certificate) certificate = import_peer (peer);
  g_autoptr (NetCertificate) leaf = certificate ? read_certificate (certificate) : NULL;
  GString *out = g_string_new (NULL);

  if (leaf)
    {
      add_time_problems (out, leaf, flags);
      add_host_problem (out, certificate, leaf, flags, host);
      add_issuer_problems (out, certificate, leaf, flags);
    }
  if (out->len == 0)
    add_problem (out, "The certificate could not be verified.");
  return g_string_free (out, FALSE);
}
