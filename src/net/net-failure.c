/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GIO's errors in words of ours. */
#include "net-failure.h"

#include "base-error.h"

static gboolean
is_lost (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED) /* also BROKEN_PIPE, which is the same number */
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED)
         || g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_EOF);
}

static BaseErrorCode
get_code (const GError *error, gboolean was_shaking_hands)
{
  if (g_error_matches (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND))
    return BASE_ERROR_HOST_NOT_FOUND;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return BASE_ERROR_CONNECTION_REFUSED;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return BASE_ERROR_TIMED_OUT;
  if (was_shaking_hands && error->domain == G_TLS_ERROR && !is_lost (error))
    return BASE_ERROR_NO_TLS;
  return BASE_ERROR_NETWORK;
}

static char *
word (BaseErrorCode code, const GError *error, MailLogin *login)
{
  const char *host = mail_login_get_host (login);
  guint port = mail_login_get_port (login);

  switch (code)
    {
    case BASE_ERROR_HOST_NOT_FOUND:
      return g_strdup_printf ("There is no server named %s.", host);
    case BASE_ERROR_CONNECTION_REFUSED:
      return g_strdup_printf ("Nobody answers at %s, port %u: the connection was refused.", host, port);
    case BASE_ERROR_TIMED_OUT:
      return g_strdup_printf ("%s, port %u, did not answer in time.", host, port);
    case BASE_ERROR_NO_TLS:
      return g_strdup_printf ("No encrypted connection with %s, port %u, is possible: %s.", host, port, error->message);
    default:
      if (is_lost (error))
        return g_strdup_printf ("%s, port %u, cut the connection.", host, port);
      if (error->domain == G_RESOLVER_ERROR)
        return g_strdup_printf ("The name %s cannot be looked up at present: %s.", host, error->message);
      return g_strdup_printf ("The connection with %s, port %u, failed: %s.", host, port, error->message);
    }
}

void
net_failure_translate (GError **error, MailLogin *login, gboolean was_shaking_hands)
{
  if (!error || !*error)
    return;
  if ((*error)->domain != BASE_ERROR && !g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      BaseErrorCode code = get_code (*error, was_shaking_hands);
      g_autofree char *text = word (code, *error, login);

      g_clear_error (error);
      g_set_error_literal (error, BASE_ERROR, code, text);
    }
  base_error_set_server (*error, mail_login_get_host (login), mail_login_get_port (login),
                         mail_security_to_word (mail_login_get_security (login)));
}
