/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one place of imap/ that reads and writes. */
#include "imap-session.h"

#include "imap-facts.h"
#include "imap-left.h"
#include "imap-outcome.h"
#include "imap-refusal.h"
#include "imap-session-private.h"
#include "imap-trace.h"
#include "net-connection.h"

#include <string.h>

struct _ImapSession
{
  GObject parent_instance;

  NetConnection *connection;
  MailLogin *login;
  BaseTrace *trace;
  char *trace_tag;

  ImapParser *parser;
  ImapFacts facts;
  gboolean is_closed;

  guint last_number;      /* of the tag that was used last: "a<number>" */
  guint answered_early;   /* a command refused in the middle of its literal: its answer is in outcome already */
  GArray *left;           /* of ImapLeft, in the order of sending */
  ImapOutcome outcome;    /* of the last tagged answer */
};

G_DEFINE_FINAL_TYPE (ImapSession, imap_session, G_TYPE_OBJECT)

static void
imap_session_finalize (GObject *object)
{
  ImapSession *self = IMAP_SESSION (object);

  imap_session_close (self);
  g_clear_object (&self->connection);
  g_clear_object (&self->trace);
  g_clear_pointer (&self->login, mail_login_unref);
  g_free (self->trace_tag);
  g_clear_pointer (&self->parser, imap_parser_free);
  imap_facts_clear (&self->facts);
  imap_outcome_clear (&self->outcome);
  g_array_unref (self->left);
  G_OBJECT_CLASS (imap_session_parent_class)->finalize (object);
}

static void
imap_session_class_init (ImapSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = imap_session_finalize;
}

static void
imap_session_init (ImapSession *self)
{
  self->parser = imap_parser_new ();
  self->left = g_array_new (FALSE, FALSE, sizeof (ImapLeft));
  imap_facts_init (&self->facts);
}

void
imap_session_describe (ImapSession *self, GError *error)
{
  if (error)
    base_error_set_server (error, mail_login_get_host (self->login), mail_login_get_port (self->login),
                           mail_security_to_word (mail_login_get_security (self->login)));
}

static gboolean
take_error (ImapSession *self, GError *made, GError **error)
{
  imap_session_describe (self, made);
  g_propagate_error (error, made);
  return FALSE;
}

gboolean
imap_session_break (ImapSession *self, const char *fault, GError **error)
{
  imap_session_close (self);
  base_trace_note (self->trace, self->trace_tag, "broken: %s", fault);
  return take_error (self, g_error_new (BASE_ERROR, BASE_ERROR_PROTOCOL, "%s does not speak IMAP as it should: %s",
                                        mail_login_get_host (self->login), fault), error);
}

static gboolean
check_open (ImapSession *self, GError **error)
{
  if (!self->is_closed)
    return TRUE;
  return take_error (self, g_error_new (BASE_ERROR, BASE_ERROR_NETWORK, "The connection to %s is closed.",
                                        mail_login_get_host (self->login)), error);
}

static gboolean
write_bytes (ImapSession *self, const void *data, gsize size, GCancellable *cancellable, GError **error)
{
  if (!check_open (self, error))
    return FALSE;
  if (!net_connection_write (self->connection, data, size, cancellable, error))
    {
      imap_session_close (self);
      return FALSE;
    }
  imap_facts_count_out (&self->facts, size);
  return TRUE;
}

/* Says why the server hung up, where it said so itself. */
static void
explain_end (ImapSession *self, GError **error)
{
  if (self->facts.farewell && error && g_error_matches (*error, BASE_ERROR, BASE_ERROR_NETWORK))
    base_error_set_reply (*error, self->facts.farewell);
}

static gboolean
feed (ImapSession *self, GCancellable *cancellable, GError **error)
{
  GByteArray *pending = imap_parser_get_pending (self->parser);
  guint before = pending->len;

  if (!check_open (self, error))
    return FALSE;
  imap_facts_begin_wait (&self->facts);
  if (!net_connection_feed (self->connection, pending, cancellable, error))
    {
      explain_end (self, error);
      return FALSE;
    }
  imap_facts_count_in (&self->facts, pending->len - before);
  return TRUE;
}

/* The next response; a failure leaves the connection open only when nothing but waiting was interrupted: see imap_session_await (). */
static const ImapResponse *
read_response (ImapSession *self, GCancellable *cancellable, GError **error)
{
  const ImapResponse *response = NULL;

  for (;;)
    switch (imap_parser_next (self->parser, &response))
      {
      case IMAP_EVENT_RESPONSE:
        imap_trace_received (self->trace, self->trace_tag, response);
        imap_facts_notice (&self->facts, response, net_connection_is_encrypted (self->connection));
        return response;
      case IMAP_EVENT_BROKEN:
        imap_session_break (self, imap_parser_get_fault (self->parser), error);
        return NULL;
      case IMAP_EVENT_NEED_BYTES:
        if (!feed (self, cancellable, error))
          return NULL;
      }
}

static void
keep_outcome (ImapSession *self, const ImapResponse *response, const char *what)
{
  imap_outcome_take (&self->outcome, response, what, BASE_ERROR_REFUSED);
  imap_session_describe (self, self->outcome.refusal);
}

/* Reads up to the server's "+" or the tagged answer of @number. Returns the response that ended it, or NULL with @error. */
static const ImapResponse *
read_until (ImapSession *self, guint number, gboolean until_continuation, ImapDataFunc func, gpointer data, GCancellable *cancellable, GError **error)
{
  for (;;)
    {
      const ImapResponse *response = read_response (self, cancellable, error);

      if (!response)
        {
          imap_session_close (self); /* in mid-command there is nothing to resume from */
          return NULL;
        }
      if (response->tag)
        {
          if (imap_left_is_answer (response, number))
            return response;
          if (imap_left_take (self->left, self, response))
            continue;
          imap_session_break (self, "it answered a command that was not given", error);
          return NULL;
        }
      if (response->kind == IMAP_RESPONSE_CONTINUATION)
        {
          if (until_continuation)
            return response;
          continue; /* harmless where nothing is waiting for it: Courier has been seen to send one too many */
        }
      imap_left_hand (self->left, self, response);
      if (func)
        func (self, response, data);
    }
}

static gboolean
send_chunks (ImapSession *self, GPtrArray *chunks, guint number, const char *what, ImapDataFunc func, gpointer data,
             GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < chunks->len; i++)
    {
      const ImapChunk *chunk = g_ptr_array_index (chunks, i);
      const ImapResponse *response;
      gsize size;
      const void *bytes = g_bytes_get_data (chunk->bytes, &size);

      if (!write_bytes (self, bytes, size, cancellable, error))
        return FALSE;
      if (!chunk->wait)
        continue;
      response = read_until (self, number, TRUE, func, data, cancellable, error);
      if (!response)
        return FALSE;
      if (response->kind == IMAP_RESPONSE_STATUS)
        {
          keep_outcome (self, response, what);
          self->answered_early = number;
          return TRUE;
        }
    }
  return TRUE;
}

static guint
send_command (ImapSession *self, ImapCommand *command, const char *what, ImapDataFunc func, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree char *tag = g_strdup_printf ("a%u", self->last_number + 1);
  g_autoptr (GPtrArray) chunks = imap_command_render (command, tag, &self->facts.dialect);
  gboolean is_sent;

  if (self->trace)
    {
      g_autofree char *shown = imap_command_to_trace (command, &self->facts.dialect);
      g_autofree char *line = g_strdup_printf ("%s %s", tag, shown);

      base_trace_sent (self->trace, self->trace_tag, line);
    }
  self->last_number++;
  is_sent = send_chunks (self, chunks, self->last_number, what, func, data, cancellable, error);
  imap_command_wipe (command, chunks);
  return is_sent ? self->last_number : 0;
}

guint
imap_session_send (ImapSession *self, ImapCommand *command, GCancellable *cancellable, GError **error)
{
  return send_command (self, command, "the command", NULL, NULL, cancellable, error);
}

gboolean
imap_session_wait (ImapSession *self, guint number, const char *what, ImapDataFunc func, gpointer data, GCancellable *cancellable, GError **error)
{
  if (self->answered_early == number)
    self->answered_early = 0;
  else
    {
      const ImapResponse *response = read_until (self, number, FALSE, func, data, cancellable, error);

      if (!response)
        return FALSE;
      keep_outcome (self, response, what);
    }
  if (self->outcome.status == IMAP_STATUS_OK)
    return TRUE;
  g_propagate_error (error, g_error_copy (self->outcome.refusal));
  return FALSE;
}

void
imap_session_leave (ImapSession *self, guint number, ImapDataFunc func, ImapDataFunc done, gpointer data)
{
  g_array_append_vals (self->left, &(ImapLeft) { number, func, done, data }, 1);
}

gboolean
imap_session_settle (ImapSession *self, GCancellable *cancellable, GError **error)
{
  while (self->left->len > 0)
    {
      const ImapResponse *response = read_until (self, g_array_index (self->left, ImapLeft, 0).number, FALSE, NULL, NULL, cancellable, error);

      if (!response)
        return FALSE;
      imap_left_take (self->left, self, response);
    }
  return TRUE;
}

gboolean
imap_session_run (ImapSession *self, ImapCommand *command, const char *what, ImapDataFunc func, gpointer data, GCancellable *cancellable, GError **error)
{
  guint number = send_command (self, command, what, func, data, cancellable, error);

  return number > 0 && imap_session_wait (self, number, what, func, data, cancellable, error);
}

const ImapResponse *
imap_session_converse (ImapSession *self, const char *line, const char *shown, GCancellable *cancellable, GError **error)
{
  g_autoptr (GString) bytes = g_string_new (NULL);
  gboolean is_new = shown != NULL;
  gboolean is_sent;

  if (!line)
    return read_until (self, self->last_number, TRUE, NULL, NULL, cancellable, error);
  if (is_new)
    g_string_printf (bytes, "a%u ", ++self->last_number);
  g_string_append_printf (bytes, "%s\r\n", line);
  if (is_new && g_str_equal (shown, line))
    base_trace_sent (self->trace, self->trace_tag, shown);
  else
    base_trace_secret (self->trace, self->trace_tag, is_new ? shown : "");
  is_sent = write_bytes (self, bytes->str, bytes->len, cancellable, error);
  explicit_bzero (bytes->str, bytes->len);
  return is_sent ? read_until (self, self->last_number, TRUE, NULL, NULL, cancellable, error) : NULL;
}

static gboolean
greet (ImapSession *self, GCancellable *cancellable, GError **error)
{
  const ImapResponse *response = read_response (self, cancellable, error);

  if (!response)
    return FALSE;
  if (response->kind != IMAP_RESPONSE_STATUS || response->tag)
    return imap_session_break (self, "its greeting is none", error);
  switch (response->status)
    {
    case IMAP_STATUS_OK:
      return TRUE;
    case IMAP_STATUS_PREAUTH:
      self->facts.is_preauth = TRUE;
      return TRUE;
    default:
      return take_error (self, imap_refusal_new (response, "the connection", BASE_ERROR_TRY_LATER), error);
    }
}

/* RFC 9051 §6.2.1. Capabilities from before are anybody's words. */
static gboolean
secure (ImapSession *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImapCommand) command = imap_command_new ("STARTTLS");
  g_autoptr (GError) refusal = NULL;

  if (self->facts.is_preauth)
    return take_error (self, g_error_new (BASE_ERROR, BASE_ERROR_ATTACK, "%s lets everybody in before the encryption begins: "
                                          "somebody may be in between.", mail_login_get_host (self->login)), error);
  if (!imap_session_run (self, command, "encryption", NULL, NULL, cancellable, &refusal))
    {
      GError *none;

      if (self->is_closed)
        {
          g_propagate_error (error, g_steal_pointer (&refusal));
          return FALSE;
        }
      none = g_error_new (BASE_ERROR, BASE_ERROR_NO_TLS, "%s does not offer encryption on this port.", mail_login_get_host (self->login));
      base_error_set_reply (none, base_error_get_reply (refusal));
      return take_error (self, none, error);
    }
  if (!imap_parser_is_idle (self->parser))
    return take_error (self, g_error_new (BASE_ERROR, BASE_ERROR_ATTACK, "Somebody between here and %s added unencrypted text before "
                                          "the encryption began.", mail_login_get_host (self->login)), error);
  if (!net_connection_start_tls (self->connection, NULL, cancellable, error))
    return FALSE;
  imap_facts_forget (&self->facts);
  return TRUE;
}

ImapSession *
imap_session_open (MailLogin *login, BaseTrace *trace, const char *trace_tag, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImapSession) self = g_object_new (IMAP_TYPE_SESSION, NULL);

  self->login = mail_login_ref (login);
  g_set_object (&self->trace, trace);
  self->trace_tag = g_strdup (trace_tag);
  self->connection = net_connection_open (login, trace, trace_tag, cancellable, error);
  self->is_closed = self->connection == NULL;
  if (self->is_closed
      || !greet (self, cancellable, error)
      || (mail_login_get_security (login) == MAIL_SECURITY_STARTTLS && !secure (self, cancellable, error)))
    return NULL;
  return g_steal_pointer (&self);
}

gboolean
imap_session_can (ImapSession *self, guint32 capabilities)
{
  return (self->facts.capabilities.can & capabilities) == capabilities;
}

const ImapCapabilities *
imap_session_get_capabilities (ImapSession *self)
{
  return &self->facts.capabilities;
}

void
imap_session_doubt_capabilities (ImapSession *self)
{
  self->facts.capabilities.is_known = FALSE;
}

gboolean
imap_session_is_preauth (ImapSession *self)
{
  return self->facts.is_preauth;
}

void
imap_session_enter (ImapSession *self)
{
  self->facts.is_logged_in = TRUE;
  net_connection_set_deadline (self->connection, NET_DEADLINE_COMMAND);
}

char *
imap_session_take_alert (ImapSession *self)
{
  return g_steal_pointer (&self->facts.alert);
}

NetConnection *
imap_session_get_connection (ImapSession *self)
{
  return self->connection;
}

const ImapDialect *
imap_session_get_dialect (ImapSession *self)
{
  return &self->facts.dialect;
}

void
imap_session_set_enabled (ImapSession *self, guint32 capabilities)
{
  imap_facts_set_enabled (&self->facts, capabilities);
}

gboolean
imap_session_has_enabled (ImapSession *self, guint32 capabilities)
{
  return (self->facts.enabled & capabilities) == capabilities;
}

void
imap_session_set_mailbox (ImapSession *self, const char *wire_name, guint32 uidvalidity)
{
  imap_facts_set_mailbox (&self->facts, wire_name, uidvalidity);
}

gboolean
imap_session_is_selected (ImapSession *self, const char *wire_name, guint32 uidvalidity)
{
  return uidvalidity > 0 && self->facts.uidvalidity == uidvalidity && g_strcmp0 (self->facts.mailbox, wire_name) == 0;
}

gboolean
imap_session_await (ImapSession *self, ImapDataFunc func, gpointer data, GCancellable *wake, GError **error)
{
  g_autoptr (GError) ended = NULL;
  const ImapResponse *response = read_response (self, wake, &ended);

  if (response && response->tag)
    return imap_session_break (self, "it ended IDLE by itself", error);
  if (response)
    {
      if (func)
        func (self, response, data);
      return TRUE;
    }
  if (!self->is_closed && (g_error_matches (ended, G_IO_ERROR, G_IO_ERROR_CANCELLED) || g_error_matches (ended, BASE_ERROR, BASE_ERROR_TIMED_OUT)))
    return TRUE;
  imap_session_close (self);
  g_propagate_error (error, g_steal_pointer (&ended));
  return FALSE;
}

gboolean
imap_session_end_wait (ImapSession *self, const char *line, const char *what, ImapDataFunc func, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree char *bytes = g_strconcat (line, "\r\n", NULL);

  base_trace_sent (self->trace, self->trace_tag, line);
  return write_bytes (self, bytes, strlen (bytes), cancellable, error)
         && imap_session_wait (self, self->last_number, what, func, data, cancellable, error);
}

gboolean
imap_session_refuse (ImapSession *self, const ImapResponse *response, const char *what, GError **error)
{
  keep_outcome (self, response, what);
  return take_error (self, g_error_copy (self->outcome.refusal), error);
}

void
imap_session_start_deflate (ImapSession *self)
{
  const char *rest;
  gsize size = imap_parser_take_rest (self->parser, &rest);

  net_connection_start_deflate (self->connection, rest, size);
}

ImapStatus
imap_session_get_status (ImapSession *self)
{
  return self->outcome.status;
}

char *
imap_session_dup_code (ImapSession *self, char **arguments)
{
  if (arguments)
    *arguments = g_strdup (self->outcome.arguments);
  return g_strdup (self->outcome.code);
}

gboolean
imap_session_is_open (ImapSession *self)
{
  return !self->is_closed;
}

gboolean
imap_session_is_alive (ImapSession *self, guint seconds, GCancellable *cancellable)
{
  g_autoptr (ImapCommand) command = imap_command_new ("NOOP");
  gboolean is_alive;

  if (self->is_closed)
    return FALSE;
  net_connection_set_deadline (self->connection, seconds);
  is_alive = imap_session_run (self, command, "a sign of life", NULL, NULL, cancellable, NULL);
  if (!self->is_closed)
    net_connection_set_deadline (self->connection, NET_DEADLINE_COMMAND);
  return is_alive && !self->is_closed;
}

void
imap_session_log_out (ImapSession *self)
{
  g_autoptr (ImapCommand) command = imap_command_new ("LOGOUT");

  if (self->is_closed)
    return;
  net_connection_set_deadline (self->connection, 3);
  imap_session_run (self, command, "the farewell", NULL, NULL, NULL, NULL);
  imap_session_close (self);
}

void
imap_session_close (ImapSession *self)
{
  self->is_closed = TRUE;
  if (self->connection)
    net_connection_close (self->connection);
}

gint64
imap_session_get_bytes_in (ImapSession *self)
{
  return self->facts.bytes_in;
}

gint64
imap_session_get_bytes_out (ImapSession *self)
{
  return self->facts.bytes_out;
}

guint
imap_session_get_round_trips (ImapSession *self)
{
  return self->facts.round_trips;
}
