/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Certificates made with GnuTLS at first use. */
#include "test-certificates.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <string.h>

#define DAY (24 * 60 * 60)

typedef struct
{
  gnutls_x509_crt_t certificate;
  gnutls_x509_privkey_t key;
  char *pem;
  char *fingerprint;
  GTlsCertificate *tls;
} Made;

static Made authority, other_authority, made[TEST_N_CERTIFICATES];

#define MUST(call) g_assert_cmpint ((call), >=, 0)

static char *
export_pem (gnutls_x509_crt_t certificate, gnutls_x509_privkey_t key)
{
  gnutls_datum_t text = { NULL, 0 };
  char *pem;

  if (key)
    MUST (gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN, &text));
  else
    MUST (gnutls_x509_crt_export2 (certificate, GNUTLS_X509_FMT_PEM, &text));
  pem = g_strndup ((const char *) text.data, text.size);
  gnutls_free (text.data);
  return pem;
}

static void
set_basics (Made *out, const char *name, gint64 from, gint64 to)
{
  guint8 serial[8];

  MUST (gnutls_x509_privkey_init (&out->key));
  MUST (gnutls_x509_privkey_generate (out->key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0));
  MUST (gnutls_x509_crt_init (&out->certificate));
  MUST (gnutls_x509_crt_set_version (out->certificate, 3));
  MUST (gnutls_rnd (GNUTLS_RND_NONCE, serial, sizeof serial));
  serial[0] &= 0x7f;
  MUST (gnutls_x509_crt_set_serial (out->certificate, serial, sizeof serial));
  MUST (gnutls_x509_crt_set_dn_by_oid (out->certificate, GNUTLS_OID_X520_COMMON_NAME, 0, name, strlen (name)));
  MUST (gnutls_x509_crt_set_activation_time (out->certificate, from));
  MUST (gnutls_x509_crt_set_expiration_time (out->certificate, to));
  MUST (gnutls_x509_crt_set_key (out->certificate, out->key));
}

static void
make_authority (Made *out, const char *name, gint64 now)
{
  set_basics (out, name, 0, now + 36500LL * DAY);
  MUST (gnutls_x509_crt_set_basic_constraints (out->certificate, 1, -1));
  MUST (gnutls_x509_crt_set_key_usage (out->certificate, GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN));
  MUST (gnutls_x509_crt_sign2 (out->certificate, out->certificate, out->key, GNUTLS_DIG_SHA256, 0));
  out->pem = export_pem (out->certificate, NULL);
}

static void
add_names (gnutls_x509_crt_t certificate, gboolean is_elsewhere)
{
  static const guint8 v4[4] = { 127, 0, 0, 1 }, v6[16] = { [15] = 1 };
  static const char *const here[] = { "localhost", NULL };
  static const char *const elsewhere[] = { "mail.elsewhere.example", "*.elsewhere.example", NULL };

  for (const char *const *name = is_elsewhere ? elsewhere : here; *name; name++)
    MUST (gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_DNSNAME, *name, strlen (*name), GNUTLS_FSAN_APPEND));
  if (is_elsewhere)
    return;
  MUST (gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_IPADDRESS, v4, sizeof v4, GNUTLS_FSAN_APPEND));
  MUST (gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_IPADDRESS, v6, sizeof v6, GNUTLS_FSAN_APPEND));
}

static void
add_hostile_names (gnutls_x509_crt_t certificate)
{
  for (int i = 0; i < 50; i++)
    {
      g_autofree char *name = g_strdup_printf ("n%d\r\n\007\033[31m.example", i);

      MUST (gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_DNSNAME, name, strlen (name), GNUTLS_FSAN_APPEND));
    }
}

static char *
fingerprint (gnutls_x509_crt_t certificate)
{
  guint8 digest[32];
  size_t size = sizeof digest;
  GString *hex = g_string_new (NULL);

  MUST (gnutls_x509_crt_get_fingerprint (certificate, GNUTLS_DIG_SHA256, digest, &size));
  for (gsize i = 0; i < size; i++)
    g_string_append_printf (hex, "%02x", digest[i]);
  return g_string_free (hex, FALSE);
}

static void
make_leaf (TestCertificateKind kind, gint64 now)
{
  Made *out = &made[kind];
  gboolean is_elsewhere = kind == TEST_CERTIFICATE_WRONG_HOST || kind == TEST_CERTIFICATE_ALL_WRONG;
  gboolean is_other = kind == TEST_CERTIFICATE_OTHER_CA || kind == TEST_CERTIFICATE_ALL_WRONG;
  Made *issuer = kind == TEST_CERTIFICATE_SELF_SIGNED ? out : is_other ? &other_authority : &authority;
  gint64 from = now - DAY, to = now + DAY;
  g_autofree char *key_pem = NULL;
  g_autofree char *both = NULL;
  g_autoptr (GError) error = NULL;

  if (kind == TEST_CERTIFICATE_EXPIRED || kind == TEST_CERTIFICATE_ALL_WRONG)
    {
      from = 1577836800; /* 2020-01-01 */
      to = 1580731200;   /* 2020-02-03 12:00 */
    }
  else if (kind == TEST_CERTIFICATE_NOT_YET)
    {
      from = 3797755200; /* 2090-05-06 12:00 */
      to = from + 365LL * DAY;
    }
  set_basics (out, kind == TEST_CERTIFICATE_HOSTILE ? "bank\342\200\256gro.\nelpmaxe" : is_elsewhere ? "mail.elsewhere.example" : "localhost",
              from, to);
  add_names (out->certificate, is_elsewhere);
  if (kind == TEST_CERTIFICATE_HOSTILE)
    add_hostile_names (out->certificate);
  MUST (gnutls_x509_crt_set_key_usage (out->certificate, GNUTLS_KEY_DIGITAL_SIGNATURE));
  MUST (gnutls_x509_crt_set_key_purpose_oid (out->certificate, GNUTLS_KP_TLS_WWW_SERVER, 0));
  MUST (gnutls_x509_crt_sign2 (out->certificate, issuer->certificate, issuer->key, GNUTLS_DIG_SHA256, 0));

  out->pem = export_pem (out->certificate, NULL);
  out->fingerprint = fingerprint (out->certificate);
  key_pem = export_pem (NULL, out->key);
  both = g_strconcat (out->pem, key_pem, NULL);
  out->tls = g_tls_certificate_new_from_pem (both, -1, &error);
  g_assert_no_error (error);
}

static void
make_all (void)
{
  static gsize is_made = 0;

  if (g_once_init_enter (&is_made))
    {
      gint64 now = g_get_real_time () / G_USEC_PER_SEC;

      make_authority (&authority, "Posthorn Test CA", now);
      make_authority (&other_authority, "Posthorn Other CA", now);
      for (int kind = 0; kind < TEST_N_CERTIFICATES; kind++)
        make_leaf (kind, now);
      g_once_init_leave (&is_made, 1);
    }
}

GTlsCertificate *
test_certificate_get (TestCertificateKind kind)
{
  make_all ();
  return made[kind].tls;
}

const char *
test_certificate_get_pem (TestCertificateKind kind)
{
  make_all ();
  return made[kind].pem;
}

const char *
test_certificate_get_fingerprint (TestCertificateKind kind)
{
  make_all ();
  return made[kind].fingerprint;
}

const char *
test_certificate_get_ca_pem (void)
{
  make_all ();
  return authority.pem;
}
