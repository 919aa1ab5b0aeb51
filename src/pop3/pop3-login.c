/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way into a mailbox. */
#include "pop3-login.h"

#include "net-connection.h"
#include "net-sasl.h"
#include "pop3-apop.h"
#include "pop3-reply.h"

#include <string.h>

/* RFC 5034 §4: of an AUTH command with its initial response, CRLF included */
#define AUTH_LINE_LIMIT 255
#define CAPABILITY_LIMIT 256 /* some twenty are registered */

static void
wipe_and_free (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

/* The names say what is meant: a string that is wiped before it is freed. */
typedef char Secret;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Secret, wipe_and_free)

static gboolean
take_refusal (Pop3Session *session, GError *refusal, GError **error)
{
  pop3_session_describe (session, refusal);
  g_propagate_error (error, refusal);
  return FALSE;
}

/* RFC 2449 §6.5: the server said with its capabilities how long it means. */
static GError *
new_delay_error (guint seconds, const char *text)
{
  guint minutes = (seconds + 59) / 60;
  GError *error = g_error_new (BASE_ERROR, BASE_ERROR_TRY_LATER, "The server wants %u %s to pass between two logins.",
                               seconds < 120 ? seconds : minutes, seconds < 120 ? "seconds" : "minutes");

  base_error_set_reply (error, text);
  base_error_set_delay (error, seconds);
  return error;
}

static gboolean
refuse (Pop3Session *session, BaseErrorCode code, const char *text, GError **error)
{
  guint delay = pop3_session_get_capabilities (session)->login_delay;
  GError *refusal = NULL;

  if (delay > 0 && pop3_reply_get_code (text) == POP3_CODE_LOGIN_DELAY)
    refusal = new_delay_error (delay, text);
  else
    pop3_reply_set_error (&refusal, code, "the login", text);
  return take_refusal (session, refusal, error);
}

/* Sends one line (NULL: it was sent already) and reads the answer; anything but OK and CONTINUE ends the login. */
static Pop3Event
ask (Pop3Session *session, const char *line, const char *shown, GString *text, GCancellable *cancellable, GError **error)
{
  Pop3Event event;

  if (line != NULL && !pop3_session_send_secret (session, line, shown, cancellable, error))
    return POP3_EVENT_BROKEN;
  event = pop3_session_read_status (session, POP3_REPLY_LINE, text, cancellable, error);
  if (event == POP3_EVENT_ERR)
    refuse (session, BASE_ERROR_WRONG_PASSWORD, text->str, error);
  return event == POP3_EVENT_ERR ? POP3_EVENT_BROKEN : event;
}

/* Gives the exchange up as RFC 5034 §4 asks, or with the farewell of a token; the server's answer is read so that nothing is left in the air. */
static void
abandon (Pop3Session *session, NetSasl *sasl, GString *text, GCancellable *cancellable)
{
  if (pop3_session_send (session, net_sasl_get_last_word (sasl), cancellable, NULL))
    pop3_session_read_status (session, POP3_REPLY_LINE, text, cancellable, NULL);
}

/* SCRAM ends with the server's proof and an empty line for it. To a server that reads lines one by one, whenever they come (PIPELINING), the line is sent
 * along with what comes before, which spares a round trip: one that lets nobody in takes it for a command, and we are gone. */
static char *
answer_challenge (Pop3Session *session, NetSasl *sasl, const char *challenge, gboolean *is_ahead, GError **error)
{
  g_autoptr (Secret) answer = net_sasl_respond (sasl, challenge, error);

  *is_ahead = answer != NULL && net_sasl_awaits_proof (sasl) && pop3_session_get_capabilities (session)->has_pipelining;
  return *is_ahead ? g_strconcat (answer, "\r\n", NULL) : g_steal_pointer (&answer);
}

static gboolean
exchange (Pop3Session *session, NetSasl *sasl, char *initial, GCancellable *cancellable, GError **error)
{
  const char *mechanism = net_sasl_get_mechanism (sasl);
  g_autofree char *shown = g_strdup_printf ("AUTH %s", mechanism);
  g_autoptr (Secret) line = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean was_ahead = FALSE;
  Pop3Event event;

  if (initial != NULL)
    line = g_strdup_printf ("AUTH %s %s", mechanism, initial);
  if (line != NULL && strlen (line) + 2 <= AUTH_LINE_LIMIT)
    {
      initial = NULL;
      event = ask (session, line, shown, text, cancellable, error);
    }
  else
    event = ask (session, shown, shown, text, cancellable, error);
  while (event == POP3_EVENT_CONTINUE)
    {
      g_autoptr (Secret) response = NULL;
      gboolean is_ahead = FALSE;

      /* RFC 4422 §5: "=" stands for an empty initial response only in the command itself. */
      if (initial != NULL)
        response = g_strdup (strcmp (initial, "=") == 0 ? "" : initial);
      else
        response = answer_challenge (session, sasl, text->str, &is_ahead, error);
      initial = NULL;
      if (response == NULL)
        {
          abandon (session, sasl, text, cancellable);
          pop3_session_describe (session, error != NULL ? *error : NULL);
          return FALSE;
        }
      event = ask (session, was_ahead ? NULL : response, shown, text, cancellable, error);
      was_ahead = is_ahead;
    }
  if (event != POP3_EVENT_OK)
    return FALSE;
  if (net_sasl_finish (sasl, NULL, error))
    return TRUE;
  pop3_session_describe (session, error != NULL ? *error : NULL);
  return FALSE;
}

static gboolean
log_in_by_sasl (Pop3Session *session, NetSasl *sasl, GCancellable *cancellable, GError **error)
{
  g_autoptr (Secret) initial = net_sasl_get_initial_response (sasl);

  return exchange (session, sasl, initial, cancellable, error);
}

static gboolean
log_in_by_apop (Pop3Session *session, MailLogin *login, const char *timestamp, GCancellable *cancellable, GError **error)
{
  g_autofree char *digest = pop3_apop_digest (timestamp, mail_login_get_secret (login));
  g_autofree char *line = g_strdup_printf ("APOP %s %s", mail_login_get_user (login), digest);
  g_autoptr (GString) text = g_string_new (NULL);

  return ask (session, line, "APOP", text, cancellable, error) == POP3_EVENT_OK;
}

static gboolean
log_in_by_password (Pop3Session *session, MailLogin *login, GCancellable *cancellable, GError **error)
{
  g_autofree char *user = g_strdup_printf ("USER %s", mail_login_get_user (login));
  g_autoptr (Secret) pass = g_strdup_printf ("PASS %s", mail_login_get_secret (login));
  g_autoptr (GString) text = g_string_new (NULL);
  Pop3Code code;

  if (!pop3_session_send (session, user, cancellable, error))
    return FALSE;
  switch (pop3_session_read_status (session, POP3_REPLY_LINE, text, cancellable, error))
    {
    case POP3_EVENT_OK:
      break;
    case POP3_EVENT_ERR:
      /* In plain text, it is the plain text that a server refuses here, before it knows the password. */
      code = pop3_reply_get_code (text->str);
      if (!net_connection_is_encrypted (pop3_session_get_connection (session)) && (code == POP3_CODE_AUTH || code == POP3_CODE_NONE))
        {
          GError *refusal = g_error_new (BASE_ERROR, BASE_ERROR_LOGIN_REFUSED,
                                         "The server does not take a password without encryption.");

          base_error_set_reply (refusal, text->str);
          return take_refusal (session, refusal, error);
        }
      return refuse (session, BASE_ERROR_WRONG_PASSWORD, text->str, error);
    case POP3_EVENT_BROKEN:
      return FALSE;
    default:
      pop3_session_break (session, "it asks where nothing is to be asked", error);
      return FALSE;
    }
  return ask (session, pass, "PASS", text, cancellable, error) == POP3_EVENT_OK;
}

/* CR or LF in there would be commands of their own; other control characters have no meaning in RFC 1939's strings. */
static gboolean
can_be_sent (const char *text)
{
  for (; *text != '\0'; text++)
    if ((guchar) *text < 0x20 || *text == 0x7f)
      return FALSE;
  return TRUE;
}

static gboolean
hides_secrets (const char *mechanism)
{
  return g_str_has_prefix (mechanism, "SCRAM-") || strcmp (mechanism, "CRAM-MD5") == 0;
}

static NetSasl *
choose_sasl (Pop3Session *session, MailLogin *login, gboolean only_hiding, GError **error)
{
  NetConnection *connection = pop3_session_get_connection (session);
  const Pop3Capabilities *capabilities = pop3_session_get_capabilities (session);
  g_autoptr (GPtrArray) offered = g_ptr_array_new ();
  g_autoptr (GBytes) binding = NULL;
  const char *type = NULL;

  for (guint i = 0; i + 1 < capabilities->mechanisms->len; i++)
    if (!only_hiding || hides_secrets (g_ptr_array_index (capabilities->mechanisms, i)))
      g_ptr_array_add (offered, g_ptr_array_index (capabilities->mechanisms, i));
  g_ptr_array_add (offered, NULL);
  if (net_connection_is_encrypted (connection))
    binding = net_connection_get_channel_binding (connection, &type);
  return net_sasl_new (login, (const char *const *) offered->pdata, net_connection_is_encrypted (connection), binding, type, FALSE, error);
}

static gboolean
log_in (Pop3Session *session, MailLogin *login, GCancellable *cancellable, GError **error)
{
  gboolean is_encrypted = net_connection_is_encrypted (pop3_session_get_connection (session));
  gboolean has_password = mail_login_get_secret_kind (login) == MAIL_SECRET_PASSWORD;
  g_autofree char *timestamp = pop3_apop_find_timestamp (pop3_session_get_greeting (session));
  g_autoptr (NetSasl) sasl = NULL;
  g_autoptr (GError) none = NULL;

  if (has_password && !is_encrypted && timestamp != NULL)
    {
      sasl = choose_sasl (session, login, TRUE, NULL);
      if (sasl == NULL)
        return log_in_by_apop (session, login, timestamp, cancellable, error);
      return log_in_by_sasl (session, sasl, cancellable, error);
    }
  sasl = choose_sasl (session, login, FALSE, &none);
  if (sasl != NULL)
    return log_in_by_sasl (session, sasl, cancellable, error);
  if (!has_password || (!is_encrypted && mail_login_get_security (login) != MAIL_SECURITY_PLAINTEXT))
    return take_refusal (session, g_steal_pointer (&none), error);
  /* A server without USER among its capabilities may still have a timestamp, and nothing else to be tried. */
  if (pop3_session_get_capabilities (session)->is_known && !pop3_session_get_capabilities (session)->has_user && timestamp != NULL)
    return log_in_by_apop (session, login, timestamp, cancellable, error);
  return log_in_by_password (session, login, cancellable, error);
}

static gboolean
read_capabilities (Pop3Session *session, Pop3Capabilities *capabilities, GCancellable *cancellable, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  Pop3Event event;

  capabilities->is_known = TRUE;
  for (guint n_lines = 0; (event = pop3_session_read_line (session, text, cancellable, error)) == POP3_EVENT_LINE; n_lines++)
    {
      pop3_session_trace_line (session, text);
      pop3_capabilities_add_line (capabilities, text->str);
      if (n_lines >= CAPABILITY_LIMIT)
        {
          pop3_session_break (session, "its list of capabilities has no end", error);
          return FALSE;
        }
    }
  return event == POP3_EVENT_END;
}

/* One round trip. A server that refuses CAPA is one that knows no extensions: that is an answer, not an error. */
static gboolean
ask_capabilities (Pop3Session *session, GCancellable *cancellable, GError **error)
{
  g_autoptr (Pop3Capabilities) capabilities = pop3_capabilities_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  Pop3Event event;

  if (!pop3_session_send (session, "CAPA", cancellable, error))
    return FALSE;
  event = pop3_session_read_status (session, POP3_REPLY_LINES, text, cancellable, error);
  if (event == POP3_EVENT_BROKEN || (event != POP3_EVENT_ERR && !read_capabilities (session, capabilities, cancellable, error)))
    return FALSE;
  pop3_session_take_capabilities (session, g_steal_pointer (&capabilities));
  return TRUE;
}

/* RFC 6856 §2.1: only before the login. A refusal changes nothing. */
static gboolean
switch_to_utf8 (Pop3Session *session, GCancellable *cancellable, GError **error)
{
  if (!pop3_session_get_capabilities (session)->has_utf8)
    return TRUE;
  return pop3_session_send (session, "UTF8", cancellable, error)
         && pop3_session_read_status (session, POP3_REPLY_LINE, NULL, cancellable, error) != POP3_EVENT_BROKEN;
}

gboolean
pop3_login (Pop3Session *session, MailLogin *login, GCancellable *cancellable, GError **error)
{
  const Pop3Capabilities *capabilities;

  if (mail_login_get_secret_kind (login) == MAIL_SECRET_NONE || *mail_login_get_user (login) == '\0')
    return take_refusal (session, g_error_new (BASE_ERROR, BASE_ERROR_NO_PASSWORD, "There is no password for %s.", mail_login_get_host (login)),
                         error);
  if (!can_be_sent (mail_login_get_user (login)) || !can_be_sent (mail_login_get_secret (login)))
    return take_refusal (session, g_error_new (BASE_ERROR, BASE_ERROR_INVALID,
                                               "The user name or the password holds a character that cannot be sent."), error);
  if (!ask_capabilities (session, cancellable, error)
      || !switch_to_utf8 (session, cancellable, error)
      || !log_in (session, login, cancellable, error))
    return FALSE;
  net_connection_set_deadline (pop3_session_get_connection (session), NET_DEADLINE_COMMAND);
  /* RFC 2449 §5: some capabilities show only after the login. Not worth a round trip where nothing is missing. */
  capabilities = pop3_session_get_capabilities (session);
  if (capabilities->is_known && capabilities->has_uidl && capabilities->has_top && capabilities->has_pipelining)
    return TRUE;
  return ask_capabilities (session, cancellable, error);
}
