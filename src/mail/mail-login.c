/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How to reach and enter one server: an immutable value with a secret that is wiped at the end. */
#include "mail-login.h"

#include <string.h>

struct _MailLogin
{
  gatomicrefcount references;
  char *host;
  guint port;
  MailSecurity security;
  char *user;
  MailSecretKind kind;
  char *secret;
  char *ca_pem;
  char **fingerprints;
};

G_DEFINE_BOXED_TYPE (MailLogin, mail_login, mail_login_ref, mail_login_unref)

static const char *const security_words[] = { "tls", "starttls", "plaintext" };

const char *
mail_security_to_word (MailSecurity security)
{
  g_return_val_if_fail (security <= MAIL_SECURITY_PLAINTEXT, "tls");
  return security_words[security];
}

gboolean
mail_security_from_word (const char *word, MailSecurity *security)
{
  for (gsize i = 0; word && i < G_N_ELEMENTS (security_words); i++)
    if (g_ascii_strcasecmp (word, security_words[i]) == 0)
      {
        *security = i;
        return TRUE;
      }
  return FALSE;
}

MailLogin *
mail_login_new (const char *host, guint port, MailSecurity security,
                const char *user, MailSecretKind kind, const char *secret)
{
  MailLogin *self = g_new0 (MailLogin, 1);

  g_atomic_ref_count_init (&self->references);
  self->host = g_strdup (host);
  self->port = port;
  self->security = security;
  self->user = g_strdup (user ? user : "");
  self->kind = kind;
  self->secret = g_strdup (secret && kind != MAIL_SECRET_NONE ? secret : "");
  self->fingerprints = g_new0 (char *, 1);
  return self;
}

MailLogin *
mail_login_ref (MailLogin *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
mail_login_unref (MailLogin *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  explicit_bzero (self->secret, strlen (self->secret));
  g_free (self->secret);
  g_free (self->host);
  g_free (self->user);
  g_free (self->ca_pem);
  g_strfreev (self->fingerprints);
  g_free (self);
}

void
mail_login_set_trust (MailLogin *self, const char *ca_pem, const char *const *fingerprints)
{
  g_free (self->ca_pem);
  self->ca_pem = g_strdup (ca_pem);
  if (fingerprints)
    {
      g_strfreev (self->fingerprints);
      self->fingerprints = g_strdupv ((char **) fingerprints);
    }
}

const char *
mail_login_get_host (const MailLogin *self)
{
  return self->host;
}

guint
mail_login_get_port (const MailLogin *self)
{
  return self->port;
}

MailSecurity
mail_login_get_security (const MailLogin *self)
{
  return self->security;
}

const char *
mail_login_get_user (const MailLogin *self)
{
  return self->user;
}

MailSecretKind
mail_login_get_secret_kind (const MailLogin *self)
{
  return self->kind;
}

const char *
mail_login_get_secret (const MailLogin *self)
{
  return self->secret;
}

const char *
mail_login_get_ca_pem (const MailLogin *self)
{
  return self->ca_pem;
}

const char *const *
mail_login_get_fingerprints (const MailLogin *self)
{
  return (const char *const *) self->fingerprints;
}
