/* SPDX-License-Identifier: GPL-3.0-or-later */
/* AUTH over an open session: carries net-sasl's words both ways. */
#include "smtp-login.h"

#include "net-connection.h"
#include "net-sasl.h"

#include <string.h>

/* SCRAM takes two, LOGIN two; a server that asks for ever is stopped. */
#define MAX_CHALLENGES 8

static NetSasl *
choose_mechanism (SmtpSession *session, MailLogin *login, GError **error)
{
  NetConnection *connection = smtp_session_get_connection (session);
  const char *const *offered = smtp_extensions_get_mechanisms (smtp_session_get_extensions (session));
  const char *binding_type = NULL;
  g_autoptr (GBytes) binding = net_connection_get_channel_binding (connection, &binding_type);
  NetSasl *sasl;
  GError *why = NULL;

  if (!offered[0])
    {
      smtp_session_set_error (session, error, BASE_ERROR_LOGIN_REFUSED, NULL, "%s offers no way to log in on port %u",
                              smtp_session_get_host (session), mail_login_get_port (login));
      return NULL;
    }
  sasl = net_sasl_new (login, offered, net_connection_is_encrypted (connection), binding, binding_type, FALSE, &why);
  if (!sasl)
    {
      smtp_session_name_server (session, why);
      g_propagate_error (error, why);
    }
  return sasl;
}

/* Sends AUTH; @first is what is left to say with the first 334: cleared when it went along. */
static SmtpReply *
begin (SmtpSession *session, NetSasl *sasl, char **first, GCancellable *cancellable, GError **error)
{
  g_autofree char *command = g_strdup_printf ("AUTH %s", net_sasl_get_mechanism (sasl));
  g_autofree char *line = *first ? g_strdup_printf ("%s %s", command, *first) : NULL;

  if (line && strlen (line) + 2 <= SMTP_MAX_COMMAND)
    {
      smtp_session_write_command (session, line, command);
      g_clear_pointer (first, g_free);
    }
  else
    {
      smtp_session_write_command (session, command, NULL);
      if (*first && strcmp (*first, "=") == 0) /* "=" is an empty response in the command alone (RFC 4954 §4) */
        **first = '\0';
    }
  if (line)
    explicit_bzero (line, strlen (line));
  return smtp_session_read_reply (session, NET_DEADLINE_LOGIN, cancellable, error);
}

/* The mechanism found the server's challenge wanting: @why. The exchange is ended as the mechanism asks, so that the server's last word
 * can be kept: an empty line after a token's error document (XOAUTH2), "*" otherwise (RFC 4954 §4). */
static void
give_up (SmtpSession *session, NetSasl *sasl, GError *why, GCancellable *cancellable)
{
  gboolean is_xoauth2 = g_ascii_strcasecmp (net_sasl_get_mechanism (sasl), "XOAUTH2") == 0;
  g_autoptr (SmtpReply) reply = NULL;

  smtp_session_name_server (session, why);
  smtp_session_write_command (session, is_xoauth2 ? "" : "*", NULL);
  reply = smtp_session_read_reply (session, NET_DEADLINE_LOGIN, cancellable, NULL);
  if (reply)
    {
      g_autofree char *words = smtp_reply_dup_words (reply);

      base_error_set_reply (why, words);
    }
  smtp_session_cut (session);
}

static SmtpReply *
answer (SmtpSession *session, NetSasl *sasl, const SmtpReply *challenge, GCancellable *cancellable, GError **error)
{
  g_autofree char *response = NULL;
  GError *why = NULL;

  response = net_sasl_respond (sasl, g_ptr_array_index (challenge->lines, 0), &why);
  if (!response)
    {
      give_up (session, sasl, why, cancellable);
      g_propagate_error (error, why);
      return NULL;
    }
  smtp_session_write_command (session, response, "AUTH response");
  explicit_bzero (response, strlen (response));
  return smtp_session_read_reply (session, NET_DEADLINE_LOGIN, cancellable, error);
}

static gboolean
end (SmtpSession *session, MailLogin *login, NetSasl *sasl, const SmtpReply *reply, GError **error)
{
  BaseErrorCode code;
  GError *why = NULL;

  if (smtp_reply_is_positive (reply))
    {
      if (net_sasl_finish (sasl, NULL, &why))
        return TRUE;
      smtp_session_name_server (session, why);
      g_propagate_error (error, why);
      smtp_session_cut (session);
      return FALSE;
    }
  code = smtp_reply_get_error_code (reply, SMTP_STAGE_LOGIN);
  smtp_session_set_error (session, error, code, reply,
                          code == BASE_ERROR_WRONG_PASSWORD ? "%s refused the password of %s" : "%s did not let %s log in",
                          smtp_session_get_host (session), mail_login_get_user (login));
  return FALSE;
}

gboolean
smtp_login_run (SmtpSession *session, MailLogin *login, GCancellable *cancellable, GError **error)
{
  g_autoptr (NetSasl) sasl = NULL;
  g_autoptr (SmtpReply) reply = NULL;
  g_autofree char *first = NULL;

  if (mail_login_get_secret_kind (login) == MAIL_SECRET_NONE)
    return TRUE;
  sasl = choose_mechanism (session, login, error);
  if (!sasl)
    return FALSE;
  first = net_sasl_get_initial_response (sasl);
  reply = begin (session, sasl, &first, cancellable, error);

  for (guint n = 0; reply && reply->code == 334; n++)
    {
      SmtpReply *next;

      if (n == MAX_CHALLENGES)
        {
          smtp_session_set_error (session, error, BASE_ERROR_PROTOCOL, NULL, "%s never stops asking while logging in",
                                  smtp_session_get_host (session));
          smtp_session_cut (session);
          return FALSE;
        }
      if (first)
        {
          smtp_session_write_command (session, first, "AUTH response");
          explicit_bzero (first, strlen (first));
          g_clear_pointer (&first, g_free);
          next = smtp_session_read_reply (session, NET_DEADLINE_LOGIN, cancellable, error);
        }
      else
        next = answer (session, sasl, reply, cancellable, error);
      smtp_reply_free (reply);
      reply = next;
    }
  return reply && end (session, login, sasl, reply, error);
}
