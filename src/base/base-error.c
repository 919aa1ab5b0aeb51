/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The error domain and what travels with an error: which server, its words, its refused certificate. */
#include "base-error.h"

#define MAX_REPLY 1000

typedef struct
{
  char *host;
  guint port;
  char *security;
  char *reply;
  guint delay;
  char *certificate;
  char *problems;
} BaseErrorPrivate;

static const char *const words[BASE_N_ERRORS] = {
  [BASE_ERROR_FAILED] = "failed",
  [BASE_ERROR_INVALID] = "invalid",
  [BASE_ERROR_NOT_FOUND] = "not-found",
  [BASE_ERROR_NOT_AVAILABLE] = "not-available",
  [BASE_ERROR_EXISTS] = "exists",
  [BASE_ERROR_WRONG_PASSWORD] = "wrong-password",
  [BASE_ERROR_NO_PASSWORD] = "no-password",
  [BASE_ERROR_LOGIN_REFUSED] = "login-refused",
  [BASE_ERROR_NO_SECRET_SERVICE] = "no-secret-service",
  [BASE_ERROR_KEYRING_LOCKED] = "keyring-locked",
  [BASE_ERROR_NETWORK] = "network",
  [BASE_ERROR_HOST_NOT_FOUND] = "host-not-found",
  [BASE_ERROR_CONNECTION_REFUSED] = "connection-refused",
  [BASE_ERROR_TIMED_OUT] = "timed-out",
  [BASE_ERROR_CERTIFICATE] = "certificate",
  [BASE_ERROR_NO_TLS] = "no-tls",
  [BASE_ERROR_ATTACK] = "attack",
  [BASE_ERROR_PROTOCOL] = "protocol",
  [BASE_ERROR_REFUSED] = "refused",
  [BASE_ERROR_TRY_LATER] = "try-later",
  [BASE_ERROR_RECIPIENT_REFUSED] = "recipient-refused",
  [BASE_ERROR_SOME_RECIPIENTS_REFUSED] = "some-recipients-refused",
  [BASE_ERROR_SENDER_REFUSED] = "sender-refused",
  [BASE_ERROR_TOO_LARGE] = "too-large",
  [BASE_ERROR_MAILBOX_FULL] = "mailbox-full",
  [BASE_ERROR_MAYBE_SENT] = "maybe-sent",
  [BASE_ERROR_DISK_FULL] = "disk-full",
  [BASE_ERROR_STORE] = "store",
  [BASE_ERROR_STORE_DAMAGED] = "store-damaged",
  [BASE_ERROR_STORE_NEWER] = "store-newer",
  [BASE_ERROR_INDEX_RENEWED] = "index-renewed",
  [BASE_ERROR_FILE] = "file",
  [BASE_ERROR_PARTLY] = "partly",
};

static void
base_error_private_init (BaseErrorPrivate *priv)
{
}

static void
base_error_private_copy (const BaseErrorPrivate *from, BaseErrorPrivate *to)
{
  to->host = g_strdup (from->host);
  to->port = from->port;
  to->security = g_strdup (from->security);
  to->reply = g_strdup (from->reply);
  to->delay = from->delay;
  to->certificate = g_strdup (from->certificate);
  to->problems = g_strdup (from->problems);
}

static void
base_error_private_clear (BaseErrorPrivate *priv)
{
  g_free (priv->host);
  g_free (priv->security);
  g_free (priv->reply);
  g_free (priv->certificate);
  g_free (priv->problems);
}

G_DEFINE_EXTENDED_ERROR (BaseError, base_error)

static BaseErrorPrivate *
get_private (const GError *error)
{
  return error && error->domain == BASE_ERROR ? base_error_get_private (error) : NULL;
}

const char *
base_error_get_word (const GError *error)
{
  if (error && error->domain == BASE_ERROR && error->code >= 0 && error->code < BASE_N_ERRORS)
    return words[error->code];
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return "cancelled";
  return "failed";
}

GError *
base_error_new_from_word (const char *word, const char *message, const char *reply)
{
  int code = BASE_ERROR_FAILED;
  GError *error;

  for (int i = 0; i < BASE_N_ERRORS; i++)
    if (g_strcmp0 (words[i], word) == 0)
      code = i;
  error = g_error_new_literal (BASE_ERROR, code, message ? message : "Unknown error");
  base_error_set_reply (error, reply);
  return error;
}

void
base_error_set_server (GError *error, const char *host, guint port, const char *security)
{
  BaseErrorPrivate *priv = get_private (error);

  if (!priv || priv->host)
    return;
  priv->host = g_strdup (host);
  priv->port = port;
  priv->security = g_strdup (security);
}

/* Servers' words end up in windows and terminals: nothing in them may move the cursor or turn the line. */
char *
base_error_clean_reply (const char *reply)
{
  g_autofree char *cut = g_strndup (reply, MAX_REPLY);
  g_autofree char *valid = g_utf8_make_valid (cut, -1);
  GString *out = g_string_new (NULL);

  for (const char *p = valid; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      GUnicodeType type = g_unichar_type (c);

      if (c == '\n')
        g_string_append_c (out, '\n'); /* of several lines, as SMTP's */
      else if (type == G_UNICODE_CONTROL)
        g_string_append_c (out, ' ');
      else if (type != G_UNICODE_FORMAT)
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

void
base_error_set_reply (GError *error, const char *reply)
{
  BaseErrorPrivate *priv = get_private (error);

  if (!priv || !reply)
    return;
  g_free (priv->reply);
  priv->reply = base_error_clean_reply (reply);
}

void
base_error_set_delay (GError *error, guint seconds)
{
  BaseErrorPrivate *priv = get_private (error);

  if (priv)
    priv->delay = seconds;
}

guint
base_error_get_delay (const GError *error)
{
  const BaseErrorPrivate *priv = get_private (error);

  return priv ? priv->delay : 0;
}

void
base_error_set_certificate (GError *error, const char *pem, const char *problems)
{
  BaseErrorPrivate *priv = get_private (error);

  if (!priv)
    return;
  g_free (priv->certificate);
  g_free (priv->problems);
  priv->certificate = g_strdup (pem);
  priv->problems = g_strdup (problems);
}

const char *
base_error_get_host (const GError *error)
{
  BaseErrorPrivate *priv = get_private (error);

  return priv ? priv->host : NULL;
}

guint
base_error_get_port (const GError *error)
{
  BaseErrorPrivate *priv = get_private (error);

  return priv ? priv->port : 0;
}

const char *
base_error_get_security (const GError *error)
{
  BaseErrorPrivate *priv = get_private (error);

  return priv ? priv->security : NULL;
}

const char *
base_error_get_reply (const GError *error)
{
  BaseErrorPrivate *priv = get_private (error);

  return priv ? priv->reply : NULL;
}

const char *
base_error_get_certificate (const GError *error)
{
  BaseErrorPrivate *priv = get_private (error);

  return priv ? priv->certificate : NULL;
}

const char *
base_error_get_certificate_problems (const GError *error)
{
  BaseErrorPrivate *priv = get_private (error);

  return priv ? priv->problems : NULL;
}

gboolean
base_error_is_temporary (const GError *error)
{
  return g_error_matches (error, BASE_ERROR, BASE_ERROR_NETWORK)
         || g_error_matches (error, BASE_ERROR, BASE_ERROR_HOST_NOT_FOUND)
         || g_error_matches (error, BASE_ERROR, BASE_ERROR_CONNECTION_REFUSED)
         || g_error_matches (error, BASE_ERROR, BASE_ERROR_TIMED_OUT)
         || g_error_matches (error, BASE_ERROR, BASE_ERROR_TRY_LATER);
}
