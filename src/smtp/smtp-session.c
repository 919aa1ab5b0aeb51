/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SmtpSession: greeting, EHLO, STARTTLS, and one command at a time. The only place of smtp/ that reads and writes. */
#include "smtp-session.h"

#include "net-connection.h"
#include "smtp-parser.h"

#include <string.h>

#define HELLO_NAME "[127.0.0.1]"
#define QUIT_DEADLINE 3

struct _SmtpSession
{
  GObject parent_instance;

  NetConnection *connection;
  MailLogin *login;
  BaseTrace *trace;
  char *trace_tag;

  SmtpParser parser;
  SmtpExtensions *extensions;
  GByteArray *unsent;       /* commands that leave with the next read */
  gboolean is_open;
  gboolean is_waited_for;   /* something was written since the last wait */
  guint grace_s;
  guint round_trips;
  gint64 bytes_out;
};

G_DEFINE_FINAL_TYPE (SmtpSession, smtp_session, G_TYPE_OBJECT)

static void
smtp_session_finalize (GObject *object)
{
  SmtpSession *self = SMTP_SESSION (object);

  smtp_session_cut (self);
  g_clear_object (&self->connection);
  g_clear_pointer (&self->login, mail_login_unref);
  g_clear_object (&self->trace);
  g_clear_pointer (&self->trace_tag, g_free);
  g_clear_pointer (&self->extensions, smtp_extensions_free);
  g_byte_array_unref (self->unsent);
  smtp_parser_clear (&self->parser);
  G_OBJECT_CLASS (smtp_session_parent_class)->finalize (object);
}

static void
smtp_session_class_init (SmtpSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smtp_session_finalize;
}

static void
smtp_session_init (SmtpSession *self)
{
  smtp_parser_init (&self->parser);
  self->extensions = smtp_extensions_new (NULL);
  self->unsent = g_byte_array_new ();
}

void
smtp_session_set_error (SmtpSession *self, GError **error, BaseErrorCode code, const SmtpReply *reply, const char *format, ...)
{
  g_autofree char *words = reply ? smtp_reply_dup_words (reply) : NULL;
  g_autofree char *sentence = NULL;
  va_list args;

  if (!error)
    return;
  va_start (args, format);
  sentence = g_strdup_vprintf (format, args);
  va_end (args);
  *error = words ? g_error_new (BASE_ERROR, code, "%s: %s", sentence, words) : g_error_new_literal (BASE_ERROR, code, sentence);
  smtp_session_name_server (self, *error);
  base_error_set_reply (*error, words);
}

void
smtp_session_name_server (SmtpSession *self, GError *error)
{
  base_error_set_server (error, mail_login_get_host (self->login), mail_login_get_port (self->login),
                         mail_security_to_word (mail_login_get_security (self->login)));
}

static void
trace_reply (SmtpSession *self, const SmtpReply *reply)
{
  for (guint i = 0; self->trace && i < reply->lines->len; i++)
    {
      g_autofree char *line = g_strdup_printf ("%d%c%s", reply->code, i + 1 < reply->lines->len ? '-' : ' ',
                                               (const char *) g_ptr_array_index (reply->lines, i));

      base_trace_received (self->trace, self->trace_tag, line, -1);
    }
}

static gboolean
check_open (SmtpSession *self, GError **error)
{
  if (!self->is_open)
    smtp_session_set_error (self, error, BASE_ERROR_NETWORK, NULL, "The connection to %s is closed", smtp_session_get_host (self));
  return self->is_open;
}

static gboolean
write_all (SmtpSession *self, const void *data, gsize size, guint deadline_s, GCancellable *cancellable, GError **error)
{
  net_connection_set_deadline (self->connection, deadline_s);
  if (!net_connection_write (self->connection, data, size, cancellable, error))
    {
      smtp_session_cut (self);
      return FALSE;
    }
  self->bytes_out += size;
  self->is_waited_for = TRUE;
  return TRUE;
}

static gboolean
send_unsent (SmtpSession *self, guint deadline_s, GCancellable *cancellable, GError **error)
{
  gboolean is_sent = TRUE;

  if (self->unsent->len > 0)
    {
      is_sent = write_all (self, self->unsent->data, self->unsent->len, deadline_s, cancellable, error);
      explicit_bzero (self->unsent->data, self->unsent->len); /* it may have been a password */
    }
  g_byte_array_set_size (self->unsent, 0);
  return is_sent;
}

/* The deadline is the whole reply's: a server that drips byte after byte is held to it as well. */
static gboolean
wait_for_bytes (SmtpSession *self, gint64 until_us, GCancellable *cancellable, GError **error)
{
  gint64 left_us = until_us - g_get_monotonic_time ();

  if (left_us <= 0)
    {
      smtp_session_set_error (self, error, BASE_ERROR_TIMED_OUT, NULL, "%s did not answer in time", smtp_session_get_host (self));
      return FALSE;
    }
  if (self->is_waited_for)
    self->round_trips++;
  self->is_waited_for = FALSE;
  net_connection_set_deadline (self->connection, (left_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
  return net_connection_feed (self->connection, self->parser.lines.pending, cancellable, error);
}

SmtpReply *
smtp_session_read_reply (SmtpSession *self, guint deadline_s, GCancellable *cancellable, GError **error)
{
  gint64 until_us = g_get_monotonic_time () + deadline_s * G_USEC_PER_SEC;
  gint64 grace_us = self->grace_s * G_USEC_PER_SEC;
  SmtpReply *reply = NULL;
  GError *why = NULL;

  if (!check_open (self, error) || !send_unsent (self, deadline_s, cancellable, error))
    return NULL;
  for (;;)
    {
      switch (smtp_parser_next (&self->parser, &reply))
        {
        case SMTP_EVENT_REPLY:
          trace_reply (self, reply);
          if (reply->code == 421) /* RFC 5321 §3.8: it closes, whatever was asked */
            smtp_session_cut (self);
          return reply;
        case SMTP_EVENT_NEED_BYTES:
          if (wait_for_bytes (self, until_us, cancellable, &why))
            continue;
          if (grace_us > 0 && g_error_matches (why, G_IO_ERROR, G_IO_ERROR_CANCELLED))
            {
              g_clear_error (&why);
              cancellable = NULL;
              until_us = g_get_monotonic_time () + grace_us;
              continue;
            }
          g_propagate_error (error, why);
          smtp_session_cut (self);
          return NULL;
        case SMTP_EVENT_BROKEN:
        default:
          smtp_session_set_error (self, error, BASE_ERROR_PROTOCOL, NULL, "%s does not speak SMTP: it sent %s",
                                  smtp_session_get_host (self), smtp_parser_get_problem (&self->parser));
          smtp_session_cut (self);
          return NULL;
        }
    }
}

void
smtp_session_write_command (SmtpSession *self, const char *line, const char *shown)
{
  g_assert (!strpbrk (line, "\r\n"));

  if (shown)
    base_trace_secret (self->trace, self->trace_tag, shown);
  else
    base_trace_sent (self->trace, self->trace_tag, line);
  g_byte_array_append (self->unsent, (const guint8 *) line, strlen (line));
  g_byte_array_append (self->unsent, (const guint8 *) "\r\n", 2);
}

gboolean
smtp_session_has_reply (SmtpSession *self)
{
  return !smtp_parser_is_idle (&self->parser)
         || (self->is_open && net_connection_feed_waiting (self->connection, self->parser.lines.pending));
}

gboolean
smtp_session_check_quiet (SmtpSession *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (SmtpReply) early = NULL;

  if (!check_open (self, error))
    return FALSE;
  if (!smtp_session_has_reply (self))
    return TRUE;
  early = smtp_session_read_reply (self, NET_DEADLINE_COMMAND, cancellable, error);
  if (!early)
    return FALSE;
  smtp_session_cut (self);
  if (early->code == 421)
    smtp_session_set_error (self, error, BASE_ERROR_TRY_LATER, early, "%s closed the connection", smtp_session_get_host (self));
  else
    smtp_session_set_error (self, error, BASE_ERROR_PROTOCOL, early, "%s answered what nobody asked", smtp_session_get_host (self));
  return FALSE;
}

SmtpReply *
smtp_session_command (SmtpSession *self, const char *line, guint deadline_s, GCancellable *cancellable, GError **error)
{
  if (!smtp_session_check_quiet (self, cancellable, error))
    return NULL;
  smtp_session_write_command (self, line, NULL);
  return smtp_session_read_reply (self, deadline_s, cancellable, error);
}

gboolean
smtp_session_write_data (SmtpSession *self, const void *data, gsize size, guint deadline_s,
                         GCancellable *cancellable, GError **error)
{
  return check_open (self, error)
         && send_unsent (self, deadline_s, cancellable, error)
         && write_all (self, data, size, deadline_s, cancellable, error);
}

static gboolean
expect_greeting (SmtpSession *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (SmtpReply) reply = smtp_session_read_reply (self, NET_DEADLINE_LOGIN, cancellable, error);

  if (!reply)
    return FALSE;
  if (smtp_reply_is_positive (reply))
    return TRUE;
  smtp_session_set_error (self, error, smtp_reply_get_error_code (reply, SMTP_STAGE_GREETING), reply,
                          "%s does not take mail", smtp_session_get_host (self));
  return FALSE;
}

/* Whether a server that does not know EHLO may be talked to as one of 1982. */
static gboolean
may_say_helo (SmtpSession *self, const SmtpReply *reply)
{
  return mail_login_get_security (self->login) == MAIL_SECURITY_PLAINTEXT
         && mail_login_get_secret_kind (self->login) == MAIL_SECRET_NONE
         && (reply->code == 500 || reply->code == 502 || reply->code == 504 || reply->code == 550);
}

static gboolean
say_hello (SmtpSession *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (SmtpReply) reply = smtp_session_command (self, "EHLO " HELLO_NAME, NET_DEADLINE_LOGIN, cancellable, error);
  gboolean is_extended = TRUE;

  if (reply && may_say_helo (self, reply))
    {
      g_clear_pointer (&reply, smtp_reply_free);
      reply = smtp_session_command (self, "HELO " HELLO_NAME, NET_DEADLINE_LOGIN, cancellable, error);
      is_extended = FALSE;
    }
  if (!reply)
    return FALSE;
  if (!smtp_reply_is_positive (reply))
    {
      smtp_session_set_error (self, error, smtp_reply_get_error_code (reply, SMTP_STAGE_HELLO), reply,
                              "%s does not want to talk", smtp_session_get_host (self));
      return FALSE;
    }
  g_clear_pointer (&self->extensions, smtp_extensions_free);
  self->extensions = smtp_extensions_new (is_extended ? reply : NULL);
  return TRUE;
}

static gboolean
start_tls (SmtpSession *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (SmtpReply) reply = NULL;

  if (!self->extensions->has_starttls)
    {
      smtp_session_set_error (self, error, BASE_ERROR_NO_TLS, NULL, "%s offers no encryption (STARTTLS) on port %u",
                              smtp_session_get_host (self), mail_login_get_port (self->login));
      return FALSE;
    }
  reply = smtp_session_command (self, "STARTTLS", NET_DEADLINE_LOGIN, cancellable, error);
  if (!reply)
    return FALSE;
  if (reply->code != 220)
    {
      BaseErrorCode code = reply->code == 421 ? BASE_ERROR_TRY_LATER : BASE_ERROR_NO_TLS;

      smtp_session_set_error (self, error, code, reply, "%s refused to encrypt the connection", smtp_session_get_host (self));
      return FALSE;
    }
  /* RFC 3207 §4.2: whatever was learned before the handshake, an attacker may have said. */
  g_clear_pointer (&self->extensions, smtp_extensions_free);
  self->extensions = smtp_extensions_new (NULL);
  return net_connection_start_tls (self->connection, net_line_buffer_get_rest (&self->parser.lines), cancellable, error)
         && say_hello (self, cancellable, error);
}

SmtpSession *
smtp_session_open (MailLogin *login, BaseTrace *trace, const char *trace_tag, GCancellable *cancellable, GError **error)
{
  g_autoptr (SmtpSession) self = g_object_new (SMTP_TYPE_SESSION, NULL);

  self->login = mail_login_ref (login);
  self->trace = trace ? g_object_ref (trace) : NULL;
  self->trace_tag = g_strdup (trace_tag);
  self->connection = net_connection_open (login, trace, trace_tag, cancellable, error);
  if (!self->connection)
    return NULL;
  self->is_open = TRUE;
  if (!expect_greeting (self, cancellable, error)
      || !say_hello (self, cancellable, error)
      || (mail_login_get_security (login) == MAIL_SECURITY_STARTTLS && !start_tls (self, cancellable, error)))
    return NULL;
  return g_steal_pointer (&self);
}

void
smtp_session_cut (SmtpSession *self)
{
  self->is_open = FALSE;
  if (self->connection)
    net_connection_close (self->connection);
}

void
smtp_session_quit (SmtpSession *self)
{
  g_autoptr (SmtpReply) reply = NULL;

  if (self->is_open)
    reply = smtp_session_command (self, "QUIT", QUIT_DEADLINE, NULL, NULL);
  smtp_session_cut (self);
}

const SmtpExtensions *
smtp_session_get_extensions (SmtpSession *self)
{
  return self->extensions;
}

NetConnection *
smtp_session_get_connection (SmtpSession *self)
{
  return self->connection;
}

gboolean
smtp_session_is_open (SmtpSession *self)
{
  return self->is_open;
}

void
smtp_session_set_grace (SmtpSession *self, guint seconds)
{
  self->grace_s = seconds;
}

const char *
smtp_session_get_host (SmtpSession *self)
{
  return mail_login_get_host (self->login);
}

guint
smtp_session_get_round_trips (SmtpSession *self)
{
  return self->round_trips;
}

gint64
smtp_session_get_bytes_out (SmtpSession *self)
{
  return self->bytes_out;
}
