/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From an account's settings to a login: certificate exceptions, further authorities, who and where. */
#include "account.h"

#include "base-error.h"

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <string.h>

#define MAX_EXCEPTIONS 64 /* of one account: nobody decides that often */

/* SHA-256 of the DER form, lower-case hex, or NULL for what is no certificate */
static char *
compute_fingerprint (const char *pem)
{
  gnutls_x509_crt_t certificate;
  gnutls_datum_t datum = { (unsigned char *) pem, strlen (pem) };
  guint8 digest[32];
  gsize size = sizeof digest;
  gboolean is_good;
  GString *hex;

  if (gnutls_x509_crt_init (&certificate) < 0)
    return NULL;
  is_good = gnutls_x509_crt_import (certificate, &datum, GNUTLS_X509_FMT_PEM) >= 0
            && gnutls_x509_crt_get_fingerprint (certificate, GNUTLS_DIG_SHA256, digest, &size) >= 0;
  gnutls_x509_crt_deinit (certificate);
  if (!is_good)
    return NULL;

  hex = g_string_new (NULL);
  for (gsize i = 0; i < size; i++)
    g_string_append_printf (hex, "%02x", digest[i]);
  return g_string_free (hex, FALSE);
}

/* What an exception for that server begins with. Host names know no case. */
static char *
make_exception_prefix (const char *host, guint port)
{
  g_autofree char *folded = g_ascii_strdown (host, -1);

  return g_strdup_printf ("%s:%u=", folded, port);
}

gboolean
account_trust_certificate (Account *self, const char *host, guint port, const char *pem, GError **error)
{
  g_autofree char *prefix = make_exception_prefix (host, port);
  g_autofree char *fingerprint = compute_fingerprint (pem);
  g_autofree char *entry = NULL;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);

  if (!fingerprint)
    {
      g_set_error_literal (error, BASE_ERROR, BASE_ERROR_INVALID, "This is not a certificate in PEM form.");
      return FALSE;
    }
  entry = g_strconcat (prefix, fingerprint, NULL);
  for (const char *const *old = account_get_certificate_exceptions (self); *old; old++)
    if (!g_str_equal (*old, entry))
      g_ptr_array_add (list, g_strdup (*old));
  while (list->len >= MAX_EXCEPTIONS)
    g_ptr_array_remove_index (list, 0);
  g_ptr_array_add (list, g_steal_pointer (&entry));
  g_ptr_array_add (list, NULL);
  g_object_set (self, "certificate-exceptions", (char **) list->pdata, NULL);
  return TRUE;
}

static char **
find_fingerprints (Account *self, AccountDirection direction)
{
  g_autofree char *prefix = make_exception_prefix (account_get_host (self, direction), account_get_port (self, direction));
  GPtrArray *found = g_ptr_array_new ();

  for (const char *const *entry = account_get_certificate_exceptions (self); *entry; entry++)
    if (g_str_has_prefix (*entry, prefix))
      g_ptr_array_add (found, g_ascii_strdown (*entry + strlen (prefix), -1));
  g_ptr_array_add (found, NULL);
  return (char **) g_ptr_array_free (found, FALSE);
}

MailLogin *
account_dup_login (Account *self, AccountDirection direction, const char *password)
{
  gboolean authenticates = direction == ACCOUNT_INCOMING || account_get_outgoing_authenticates (self);
  g_auto (GStrv) fingerprints = find_fingerprints (self, direction);
  MailLogin *login = mail_login_new (account_get_host (self, direction), account_get_port (self, direction),
                                     account_get_security (self, direction),
                                     authenticates ? account_get_user (self, direction) : NULL,
                                     authenticates ? MAIL_SECRET_PASSWORD : MAIL_SECRET_NONE,
                                     authenticates ? password : NULL);

  mail_login_set_trust (login, account_get_ca_pem (self), (const char *const *) fingerprints);
  return login;
}
