/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one place of pop3/ that reads and writes. */
#include "pop3-session.h"

#include "net-connection.h"
#include "pop3-parser.h"
#include "pop3-reply.h"

#include <stdarg.h>
#include <string.h>

struct _Pop3Session
{
  GObject parent;

  NetConnection *connection;
  MailLogin *login;
  BaseTrace *trace;
  char *trace_tag;

  Pop3Parser parser;
  GString *unsent;
  char *greeting;
  Pop3Capabilities *capabilities;
  gboolean is_closed;

  _Atomic gint64 bytes_in, bytes_out;
  guint round_trips;
  gboolean is_asking; /* something was sent since the last wait */
};

G_DEFINE_FINAL_TYPE (Pop3Session, pop3_session, G_TYPE_OBJECT)

/* Secrets go through this buffer, so it is wiped whenever it is emptied. */
static void
wipe_unsent (Pop3Session *self)
{
  if (self->unsent->len > 0)
    explicit_bzero (self->unsent->str, self->unsent->len);
  g_string_truncate (self->unsent, 0);
}

static gboolean
flush (Pop3Session *self, GCancellable *cancellable, GError **error)
{
  gboolean is_written;

  if (self->unsent->len == 0)
    return TRUE;
  is_written = net_connection_write (self->connection, self->unsent->str, self->unsent->len, cancellable, error);
  if (is_written)
    self->bytes_out += (gint64) self->unsent->len;
  wipe_unsent (self);
  self->is_asking = TRUE;
  if (!is_written)
    pop3_session_close (self);
  return is_written;
}

static gboolean
feed (Pop3Session *self, GCancellable *cancellable, GError **error)
{
  guint before;

  if (self->is_closed)
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_NETWORK, "The connection to %s is closed.", mail_login_get_host (self->login));
      pop3_session_describe (self, error != NULL ? *error : NULL);
      return FALSE;
    }
  if (!flush (self, cancellable, error))
    return FALSE;
  self->round_trips += self->is_asking;
  self->is_asking = FALSE;
  before = self->parser.lines.pending->len;
  if (!net_connection_feed (self->connection, self->parser.lines.pending, cancellable, error))
    {
      /* A reply that is cut off in its middle has nothing to resume from: the commands after it are on their way. */
      pop3_session_close (self);
      return FALSE;
    }
  self->bytes_in += self->parser.lines.pending->len - before;
  return TRUE;
}

static Pop3Event
read_event (Pop3Session *self, GString *text, GCancellable *cancellable, GError **error)
{
  for (;;)
    {
      Pop3Event event = pop3_parser_next (&self->parser, text);

      if (event == POP3_EVENT_BROKEN)
        {
          if (text != NULL && text->len > 0)
            pop3_session_trace_line (self, text);
          return pop3_session_break (self, self->parser.fault, error);
        }
      if (event != POP3_EVENT_NEED_BYTES)
        return event;
      if (!feed (self, cancellable, error))
        return POP3_EVENT_BROKEN;
    }
}

static void
trace_status (Pop3Session *self, Pop3Event event, const char *text)
{
  g_autofree char *line = NULL;

  if (self->trace == NULL)
    return;
  /* A SASL challenge may carry what, with the rest of the exchange, allows guessing the password at leisure. */
  if (event == POP3_EVENT_CONTINUE)
    line = g_strdup ("+ [challenge]");
  else
    line = g_strdup_printf ("%s%s%s", event == POP3_EVENT_OK ? "+OK" : "-ERR", *text != '\0' ? " " : "", text);
  base_trace_received (self->trace, self->trace_tag, line, -1);
}

static gboolean
greet (Pop3Session *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GError *refusal = NULL;

  switch (pop3_session_read_status (self, POP3_REPLY_LINE, text, cancellable, error))
    {
    case POP3_EVENT_OK:
      self->greeting = g_strdup (text->str);
      return TRUE;
    case POP3_EVENT_ERR:
      pop3_reply_set_error (&refusal, BASE_ERROR_REFUSED, "the connection", text->str);
      pop3_session_describe (self, refusal);
      g_propagate_error (error, refusal);
      pop3_session_close (self);
      return FALSE;
    case POP3_EVENT_BROKEN:
      return FALSE;
    default:
      pop3_session_break (self, "its greeting is none", error);
      return FALSE;
    }
}

/* RFC 2595 §4. What it can do before the handshake is not even asked: the answer could be anybody's. */
static gboolean
secure (Pop3Session *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GError *refusal = NULL;
  Pop3Event event;

  if (!pop3_session_send (self, "STLS", cancellable, error))
    return FALSE;
  event = pop3_session_read_status (self, POP3_REPLY_LINE, text, cancellable, error);
  if (event == POP3_EVENT_BROKEN)
    return FALSE;
  if (event != POP3_EVENT_OK)
    {
      refusal = g_error_new (BASE_ERROR, BASE_ERROR_NO_TLS, "%s does not offer encryption on this port.", mail_login_get_host (self->login));
      base_error_set_reply (refusal, text->str);
      pop3_session_describe (self, refusal);
      g_propagate_error (error, refusal);
      pop3_session_close (self);
      return FALSE;
    }
  if (!net_connection_start_tls (self->connection, net_line_buffer_get_rest (&self->parser.lines), cancellable, error))
    {
      pop3_session_close (self);
      return FALSE;
    }
  g_free (self->greeting);
  self->greeting = g_strdup ("");
  return TRUE;
}

static void
pop3_session_finalize (GObject *object)
{
  Pop3Session *self = POP3_SESSION (object);

  pop3_session_close (self);
  g_clear_object (&self->connection);
  g_clear_object (&self->trace);
  g_clear_pointer (&self->login, mail_login_unref);
  g_free (self->trace_tag);
  g_free (self->greeting);
  pop3_parser_clear (&self->parser);
  wipe_unsent (self);
  g_string_free (self->unsent, TRUE);
  pop3_capabilities_free (self->capabilities);
  G_OBJECT_CLASS (pop3_session_parent_class)->finalize (object);
}

static void
pop3_session_class_init (Pop3SessionClass *class)
{
  G_OBJECT_CLASS (class)->finalize = pop3_session_finalize;
}

static void
pop3_session_init (Pop3Session *self)
{
  pop3_parser_init (&self->parser);
  /* Never grown while a secret is in it: growing would leave a copy behind. */
  self->unsent = g_string_sized_new (16 * 1024);
  self->capabilities = pop3_capabilities_new ();
  self->is_asking = TRUE;
}

Pop3Session *
pop3_session_open (MailLogin *login, BaseTrace *trace, const char *trace_tag, GCancellable *cancellable, GError **error)
{
  g_autoptr (Pop3Session) self = g_object_new (POP3_TYPE_SESSION, NULL);

  self->login = mail_login_ref (login);
  self->trace = trace != NULL ? g_object_ref (trace) : NULL;
  self->trace_tag = g_strdup (trace_tag);
  self->connection = net_connection_open (login, trace, trace_tag, cancellable, error);
  if (self->connection == NULL)
    return NULL;
  net_connection_set_deadline (self->connection, NET_DEADLINE_LOGIN);
  if (!greet (self, cancellable, error)
      || (mail_login_get_security (login) == MAIL_SECURITY_STARTTLS && !secure (self, cancellable, error)))
    return NULL;
  return g_steal_pointer (&self);
}

NetConnection *
pop3_session_get_connection (Pop3Session *self)
{
  return self->connection;
}

const char *
pop3_session_get_greeting (Pop3Session *self)
{
  return self->greeting;
}

const Pop3Capabilities *
pop3_session_get_capabilities (Pop3Session *self)
{
  return self->capabilities;
}

void
pop3_session_take_capabilities (Pop3Session *self, Pop3Capabilities *capabilities)
{
  pop3_capabilities_free (self->capabilities);
  self->capabilities = capabilities;
}

guint
pop3_session_get_window (Pop3Session *self)
{
  return self->capabilities->has_pipelining ? POP3_WINDOW : 1;
}

static gboolean
queue (Pop3Session *self, const char *line, GCancellable *cancellable, GError **error)
{
  gsize length = strlen (line);

  if (self->unsent->len + length + 2 >= self->unsent->allocated_len && !self->is_closed && !flush (self, cancellable, error))
    return FALSE;
  g_string_append_len (self->unsent, line, (gssize) length);
  g_string_append_len (self->unsent, "\r\n", 2);
  return TRUE;
}

gboolean
pop3_session_send (Pop3Session *self, const char *line, GCancellable *cancellable, GError **error)
{
  base_trace_sent (self->trace, self->trace_tag, line);
  return queue (self, line, cancellable, error);
}

gboolean
pop3_session_send_secret (Pop3Session *self, const char *line, const char *shown, GCancellable *cancellable, GError **error)
{
  base_trace_secret (self->trace, self->trace_tag, shown);
  return queue (self, line, cancellable, error);
}

Pop3Event
pop3_session_read_status (Pop3Session *self, Pop3ReplyKind kind, GString *text, GCancellable *cancellable, GError **error)
{
  g_autoptr (GString) own = NULL;
  Pop3Event event;

  if (text == NULL)
    text = own = g_string_new (NULL);
  pop3_parser_expect (&self->parser, kind);
  event = read_event (self, text, cancellable, error);
  if (event != POP3_EVENT_BROKEN)
    trace_status (self, event, text->str);
  return event;
}

Pop3Event
pop3_session_read_line (Pop3Session *self, GString *text, GCancellable *cancellable, GError **error)
{
  return read_event (self, text, cancellable, error);
}

Pop3Event
pop3_session_read_block (Pop3Session *self, GByteArray *message, GCancellable *cancellable, GError **error)
{
  if (pop3_parser_next_block (&self->parser, message) == POP3_EVENT_END)
    return POP3_EVENT_END;
  return feed (self, cancellable, error) ? POP3_EVENT_NEED_BYTES : POP3_EVENT_BROKEN;
}

gboolean
pop3_session_run (Pop3Session *self, const char *line, const char *what, GString *text, GCancellable *cancellable, GError **error)
{
  g_autoptr (GString) own = NULL;
  GError *refusal = NULL;

  if (text == NULL)
    text = own = g_string_new (NULL);
  if (!pop3_session_send (self, line, cancellable, error))
    return FALSE;
  switch (pop3_session_read_status (self, POP3_REPLY_LINE, text, cancellable, error))
    {
    case POP3_EVENT_OK:
      return TRUE;
    case POP3_EVENT_ERR:
      pop3_reply_set_error (&refusal, BASE_ERROR_REFUSED, what, text->str);
      pop3_session_describe (self, refusal);
      g_propagate_error (error, refusal);
      return FALSE;
    case POP3_EVENT_BROKEN:
      return FALSE;
    default:
      pop3_session_break (self, "it asks where nothing is to be asked", error);
      return FALSE;
    }
}

gboolean
pop3_session_quit (Pop3Session *self, GCancellable *cancellable, GError **error)
{
  gboolean is_acknowledged = pop3_session_run (self, "QUIT", "the removal of messages", NULL, cancellable, error);

  pop3_session_close (self);
  return is_acknowledged;
}

void
pop3_session_leave (Pop3Session *self)
{
  if (!self->is_closed && pop3_session_send (self, "QUIT", NULL, NULL))
    flush (self, NULL, NULL);
  pop3_session_close (self);
}

void
pop3_session_adopt (Pop3Session *self)
{
  net_connection_adopt (self->connection);
}

void
pop3_session_close (Pop3Session *self)
{
  if (self->is_closed)
    return;
  self->is_closed = TRUE;
  if (self->connection != NULL)
    net_connection_close (self->connection);
}

Pop3Event
pop3_session_break (Pop3Session *self, const char *fault, GError **error)
{
  GError *made = g_error_new (BASE_ERROR, BASE_ERROR_PROTOCOL, "%s does not keep to POP3: %s.", mail_login_get_host (self->login), fault);

  pop3_session_describe (self, made);
  g_propagate_error (error, made);
  pop3_session_close (self);
  return POP3_EVENT_BROKEN;
}

void
pop3_session_describe (Pop3Session *self, GError *error)
{
  if (error != NULL)
    base_error_set_server (error, mail_login_get_host (self->login), mail_login_get_port (self->login),
                           mail_security_to_word (mail_login_get_security (self->login)));
}

void
pop3_session_trace_line (Pop3Session *self, const GString *line)
{
  base_trace_received (self->trace, self->trace_tag, line->str, (gssize) line->len);
}

void
pop3_session_trace_note (Pop3Session *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  if (self->trace == NULL)
    return;
  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  base_trace_note (self->trace, self->trace_tag, "%s", text);
}

gint64
pop3_session_get_bytes_in (Pop3Session *self)
{
  return self->bytes_in;
}

gint64
pop3_session_get_bytes_out (Pop3Session *self)
{
  return self->bytes_out;
}

guint
pop3_session_get_round_trips (Pop3Session *self)
{
  return self->round_trips;
}
