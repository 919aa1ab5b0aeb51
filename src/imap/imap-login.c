/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way into a mailbox. */
#include "imap-login.h"

#include "imap-refusal.h"
#include "imap-session-private.h"
#include "net-connection.h"
#include "net-sasl.h"

#include <string.h>

static void
wipe_and_free (char *secret)
{
  if (secret)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

typedef char Secret;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Secret, wipe_and_free)

static gboolean
take_error (ImapSession *session, GError *made, GError **error)
{
  imap_session_describe (session, made);
  g_propagate_error (error, made);
  return FALSE;
}

static gboolean
ask_capabilities (ImapSession *session, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImapCommand) command = imap_command_new ("CAPABILITY");

  return imap_session_get_capabilities (session)->is_known
         || imap_session_run (session, command, "the list of its abilities", NULL, NULL, cancellable, error);
}

static gboolean
is_let_in (ImapSession *session, const ImapResponse *response, GError **error)
{
  if (response->status == IMAP_STATUS_OK)
    return TRUE;
  return take_error (session, imap_refusal_new (response, "the login", BASE_ERROR_WRONG_PASSWORD), error);
}

/* RFC 9051 §6.2.2: "*" gives the exchange up, and the server's answer to it is read. */
static gboolean
give_up (ImapSession *session, GError *reason, GCancellable *cancellable, GError **error)
{
  imap_session_converse (session, "*", NULL, cancellable, NULL);
  return take_error (session, reason, error);
}

/* SCRAM ends with the server's proof and an empty line for it. Sent along with what comes before, the line spares a far server's round trip: a server
 * that lets nobody in takes it for a command, and we are gone. (transfer full): what to send for @response; NULL with @reason */
static char *
answer_challenge (NetSasl *sasl, const ImapResponse *response, gboolean *is_ahead, GError **reason)
{
  g_autoptr (Secret) answer = net_sasl_respond (sasl, response->text, reason);

  *is_ahead = answer && net_sasl_awaits_proof (sasl);
  return *is_ahead ? g_strconcat (answer, "\r\n", NULL) : g_steal_pointer (&answer);
}

static gboolean
authenticate (ImapSession *session, NetSasl *sasl, GCancellable *cancellable, GError **error)
{
  g_autofree char *shown = g_strdup_printf ("AUTHENTICATE %s", net_sasl_get_mechanism (sasl));
  g_autoptr (Secret) initial = net_sasl_get_initial_response (sasl);
  g_autoptr (Secret) line = NULL;
  const ImapResponse *response;
  gboolean is_initial_sent = initial && imap_session_can (session, IMAP_CAN_SASL_IR);
  gboolean was_ahead = FALSE;

  line = is_initial_sent ? g_strdup_printf ("%s %s", shown, initial) : g_strdup (shown);
  response = imap_session_converse (session, line, shown, cancellable, error);
  while (response && response->kind == IMAP_RESPONSE_CONTINUATION)
    {
      g_autoptr (Secret) answer = NULL;
      g_autoptr (GError) reason = NULL;
      gboolean is_ahead = FALSE;

      if (initial && !is_initial_sent)
        {
          answer = g_strdup (g_str_equal (initial, "=") ? "" : initial);
          is_initial_sent = TRUE;
        }
      else
        answer = answer_challenge (sasl, response, &is_ahead, &reason);
      if (!answer)
        return give_up (session, g_steal_pointer (&reason), cancellable, error);
      response = imap_session_converse (session, was_ahead ? NULL : answer, NULL, cancellable, error);
      was_ahead = is_ahead;
    }
  if (!response || !is_let_in (session, response, error))
    return FALSE;
  if (net_sasl_finish (sasl, NULL, error))
    return TRUE;
  imap_session_describe (session, error ? *error : NULL);
  return FALSE;
}

static gboolean
log_in_by_command (ImapSession *session, MailLogin *login, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImapCommand) command = imap_command_new ("LOGIN");
  g_autofree char *code = NULL;
  g_autoptr (GError) refusal = NULL;

  imap_command_add_secret (command, mail_login_get_user (login));
  imap_command_add_secret (command, mail_login_get_secret (login));
  if (imap_session_run (session, command, "the login", NULL, NULL, cancellable, &refusal))
    return TRUE;
  code = imap_session_dup_code (session, NULL);
  if (imap_session_is_open (session) && g_error_matches (refusal, BASE_ERROR, BASE_ERROR_REFUSED) && !imap_refusal_is_known (code))
    {
      GError *made = g_error_new_literal (BASE_ERROR, BASE_ERROR_WRONG_PASSWORD, "The server refused the user name or the password.");

      base_error_set_reply (made, base_error_get_reply (refusal));
      return take_error (session, made, error);
    }
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

static gboolean
log_in (ImapSession *session, MailLogin *login, GCancellable *cancellable, GError **error)
{
  NetConnection *connection = imap_session_get_connection (session);
  gboolean is_encrypted = net_connection_is_encrypted (connection);
  const ImapCapabilities *capabilities = imap_session_get_capabilities (session);
  const char *type = NULL;
  g_autoptr (GBytes) binding = is_encrypted ? net_connection_get_channel_binding (connection, &type) : NULL;
  g_autoptr (GError) none = NULL;
  g_autoptr (NetSasl) sasl = net_sasl_new (login, (const char *const *) capabilities->mechanisms->pdata, is_encrypted, binding, type, FALSE, &none);

  if (sasl)
    return authenticate (session, sasl, cancellable, error);
  if (capabilities->mechanisms->len > 1 || (capabilities->can & IMAP_CAN_NOT_LOGIN) || mail_login_get_secret_kind (login) != MAIL_SECRET_PASSWORD
      || (!is_encrypted && mail_login_get_security (login) != MAIL_SECURITY_PLAINTEXT))
    return take_error (session, g_steal_pointer (&none), error);
  return log_in_by_command (session, login, cancellable, error);
}

static gboolean
can_be_sent (const char *text)
{
  for (; *text; text++)
    if ((guchar) *text < 0x20 || *text == 0x7f)
      return FALSE;
  return TRUE;
}

static gboolean
get_in (ImapSession *session, MailLogin *login, GCancellable *cancellable, GError **error)
{
  if (imap_session_is_preauth (session))
    return TRUE;
  if (mail_login_get_secret_kind (login) == MAIL_SECRET_NONE || !*mail_login_get_user (login))
    return take_error (session, g_error_new (BASE_ERROR, BASE_ERROR_NO_PASSWORD, "There is no password for %s.", mail_login_get_host (login)), error);
  if (!can_be_sent (mail_login_get_user (login)) || !can_be_sent (mail_login_get_secret (login)))
    return take_error (session, g_error_new (BASE_ERROR, BASE_ERROR_INVALID,
                                             "The user name or the password holds a character that cannot be sent."), error);
  if (!ask_capabilities (session, cancellable, error))
    return FALSE;
  imap_session_doubt_capabilities (session);
  return log_in (session, login, cancellable, error);
}

gboolean
imap_login (ImapSession *session, MailLogin *login, GCancellable *cancellable, GError **error)
{
  if (!get_in (session, login, cancellable, error) || !ask_capabilities (session, cancellable, error))
    return FALSE;
  imap_session_enter (session);
  return TRUE;
}
