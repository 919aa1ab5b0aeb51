/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One conversation with a submission server (RFC 5321, RFC 6409): connects, says EHLO, secures the line, and runs one command.
 * Logging in, sending a message and whatever comes later are operations above it, in files of their own. */
#pragma once

#include "base-trace.h"
#include "mail-login.h"
#include "smtp-extensions.h"
#include "smtp-reply.h"

G_BEGIN_DECLS

typedef struct _NetConnection NetConnection;

/* Seconds a server may take for its answer as a whole, byte by byte included (RFC 5321 §4.5.3.2). */
#define SMTP_DEADLINE_ENVELOPE 300
#define SMTP_DEADLINE_DATA 120
#define SMTP_DEADLINE_BLOCK 180
#define SMTP_DEADLINE_LAST_DOT 600

/* A command line, CRLF included, is at most this long where nothing longer was agreed on (RFC 5321 §4.5.3.1.4). */
#define SMTP_MAX_COMMAND 512

#define SMTP_TYPE_SESSION (smtp_session_get_type ())
G_DECLARE_FINAL_TYPE (SmtpSession, smtp_session, SMTP, SESSION, GObject)

/**
 * smtp_session_open:
 * @trace: (nullable)
 *
 * Connects, reads the greeting, says EHLO, and secures the line as @login demands: what was offered before STARTTLS is forgotten and
 * asked for anew. It does not log in: see smtp-login.h. HELO is fallen back to only where a person chose plain text and no login,
 * for then there is nothing to lose.
 *
 * EHLO says "[127.0.0.1]": RFC 5321 §4.1.3 lets a client without a name of its own give an address literal, every submission
 * server takes it, and it gives away neither host name nor address ("localhost" is refused by some that want a full name).
 *
 * The session belongs to the calling thread.
 *
 * Returns: (transfer full): or %NULL with the errors of net_connection_open (), %BASE_ERROR_NO_TLS (STARTTLS not offered or
 *   refused), _ATTACK (bytes before the handshake), _TRY_LATER, _REFUSED, _PROTOCOL or %G_IO_ERROR_CANCELLED. Errors of
 *   this file carry host, port, security, and the server's words where it had any.
 */
SmtpSession *smtp_session_open (MailLogin *login, BaseTrace *trace, const char *trace_tag,
                                GCancellable *cancellable, GError **error);

const SmtpExtensions *smtp_session_get_extensions (SmtpSession *self);
NetConnection *smtp_session_get_connection (SmtpSession *self);

/* smtp_session_is_open: %FALSE after a 421, and after every failure but a reply that says no: then nobody knows where the
 * conversation stands, and it has been cut */
gboolean smtp_session_is_open (SmtpSession *self);

/**
 * smtp_session_write_command:
 * @line: without CRLF; must not hold CR, LF or NUL
 * @shown: (nullable): what the trace shows followed by "[secret]"; %NULL shows @line
 *
 * Commands are kept until the next read, so that a group written one after the other leaves as one (RFC 2920).
 */
void smtp_session_write_command (SmtpSession *self, const char *line, const char *shown);

/**
 * smtp_session_read_reply:
 * @deadline_s: seconds for the whole reply
 *
 * Sends what waits to be written, and reads the next reply, whatever it says.
 *
 * Returns: (transfer full): or %NULL with %BASE_ERROR_NETWORK, _TIMED_OUT, _PROTOCOL or %G_IO_ERROR_CANCELLED; the
 *   session is then cut
 */
SmtpReply *smtp_session_read_reply (SmtpSession *self, guint deadline_s, GCancellable *cancellable, GError **error);

/**
 * smtp_session_check_quiet:
 *
 * Before a command or a group of them: a reply that is already here belongs to nothing, and would be taken for the next one's.
 *
 * Returns: %FALSE with %BASE_ERROR_PROTOCOL, or with %BASE_ERROR_TRY_LATER when it is a 421, or as smtp_session_read_reply ()
 */
gboolean smtp_session_check_quiet (SmtpSession *self, GCancellable *cancellable, GError **error);

/* smtp_session_command: one command, one reply, after smtp_session_check_quiet () */
SmtpReply *smtp_session_command (SmtpSession *self, const char *line, guint deadline_s,
                                 GCancellable *cancellable, GError **error);

/* smtp_session_write_data: message data, after 354; not traced. A failed or cancelled write cuts the session. */
gboolean smtp_session_write_data (SmtpSession *self, const void *data, gsize size, guint deadline_s,
                                  GCancellable *cancellable, GError **error);

/* smtp_session_set_grace: how many seconds a read goes on when it is cancelled; 0 (the rule) for none. After the last dot a little
 * patience decides between "sent" and "nobody knows". */
void smtp_session_set_grace (SmtpSession *self, guint seconds);

/* smtp_session_has_reply: without waiting, whether the server has said something (or hung up) that is not read yet */
gboolean smtp_session_has_reply (SmtpSession *self);

/* smtp_session_set_error: @reply (nullable): its words go along with the error and, after a colon, to the end of the sentence */
void smtp_session_set_error (SmtpSession *self, GError **error, BaseErrorCode code, const SmtpReply *reply,
                             const char *format, ...) G_GNUC_PRINTF (5, 6);

/* smtp_session_name_server: says in an error that came from elsewhere (net-sasl) which server it is about */
void smtp_session_name_server (SmtpSession *self, GError *error);

/* smtp_session_quit: QUIT, its answer waited for a few seconds, close. Never fails. */
void smtp_session_quit (SmtpSession *self);

/* smtp_session_cut: closes without a word */
void smtp_session_cut (SmtpSession *self);

const char *smtp_session_get_host (SmtpSession *self);
guint smtp_session_get_round_trips (SmtpSession *self);   /* how often the server was waited for, handshakes not counted */
gint64 smtp_session_get_bytes_out (SmtpSession *self);

G_END_DECLS
