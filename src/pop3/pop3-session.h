/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One conversation with a POP3 server: it greets, secures, and carries commands and replies. What the commands are for is the
 * business of the files beside it. All functions: the thread that opened it. */
#pragma once

#include "base-trace.h"
#include "mail-login.h"
#include "pop3-capabilities.h"
#include "pop3-event.h"

G_BEGIN_DECLS

typedef struct _NetConnection NetConnection;

#define POP3_TYPE_SESSION (pop3_session_get_type ())
G_DECLARE_FINAL_TYPE (Pop3Session, pop3_session, POP3, SESSION, GObject)

/* Commands that are sent ahead of their replies, at most. All of them together must be less than any peer and any socket
 * between buffers (64 × 20 bytes): we write without reading at that time, and it does not read while we do not. */
#define POP3_WINDOW 64

/**
 * pop3_session_open:
 * @trace: (nullable)
 * @trace_tag: as "Work POP3"
 *
 * Connects, waits for the greeting and, for %MAIL_SECURITY_STARTTLS, sends STLS and shakes hands. Nothing that was said before the
 * handshake is kept, the greeting's timestamp included (RFC 2595 §4).
 *
 * Returns: (transfer full): or %NULL with the errors of net_connection_open (), %BASE_ERROR_NO_TLS when STLS was refused,
 *   %BASE_ERROR_TRY_LATER or _REFUSED for a greeting that says no, %BASE_ERROR_PROTOCOL for a server that speaks something else
 */
Pop3Session *pop3_session_open (MailLogin *login, BaseTrace *trace, const char *trace_tag, GCancellable *cancellable, GError **error);

NetConnection *pop3_session_get_connection (Pop3Session *self);     /* (transfer none) */
const char *pop3_session_get_greeting (Pop3Session *self);          /* "" after STLS */

/* pop3_session_get_capabilities: what the server said last; nothing known until pop3_session_take_capabilities () was called */
const Pop3Capabilities *pop3_session_get_capabilities (Pop3Session *self);
void pop3_session_take_capabilities (Pop3Session *self, Pop3Capabilities *capabilities); /* (transfer full) */

/* pop3_session_get_window: commands that may be under way at once: %POP3_WINDOW with PIPELINING (RFC 2449 §6.6), else 1 */
guint pop3_session_get_window (Pop3Session *self);

/**
 * pop3_session_send:
 * @line: without CRLF; must hold no control character (callers check what comes from outside)
 *
 * Queued; it goes out with the next read, together with all that is queued by then.
 */
gboolean pop3_session_send (Pop3Session *self, const char *line, GCancellable *cancellable, GError **error);

/* pop3_session_send_secret: the same for a line that no trace may show: it says "@shown [secret]" */
gboolean pop3_session_send_secret (Pop3Session *self, const char *line, const char *shown, GCancellable *cancellable, GError **error);

/**
 * pop3_session_read_status:
 * @kind: of the reply to the oldest command that has none yet
 * @text: (nullable): what follows +OK, -ERR or +
 *
 * Returns: %POP3_EVENT_OK, _ERR, _CONTINUE; or _BROKEN with @error: the connection is closed
 */
Pop3Event pop3_session_read_status (Pop3Session *self, Pop3ReplyKind kind, GString *text, GCancellable *cancellable, GError **error);

/* pop3_session_read_line: %POP3_EVENT_LINE, _END; or _BROKEN with @error. Not traced. */
Pop3Event pop3_session_read_line (Pop3Session *self, GString *text, GCancellable *cancellable, GError **error);

/**
 * pop3_session_read_block:
 * @message: appended to, at most 64 KiB at a time
 *
 * Returns: %POP3_EVENT_NEED_BYTES when some are here and more follow: look at them and call again; _END; or _BROKEN with @error
 */
Pop3Event pop3_session_read_block (Pop3Session *self, GByteArray *message, GCancellable *cancellable, GError **error);

/**
 * pop3_session_run:
 * @what: what a refusal refuses, as "the list of messages"
 * @text: (nullable): what the server said
 *
 * One command with a reply of one line.
 *
 * Returns: %FALSE also for -ERR: %BASE_ERROR_REFUSED or what its response code says
 */
gboolean pop3_session_run (Pop3Session *self, const char *line, const char *what, GString *text, GCancellable *cancellable, GError **error);

/**
 * pop3_session_quit:
 *
 * Only +OK to QUIT makes deletions true (RFC 1939 §6). Closes the connection whatever comes.
 */
gboolean pop3_session_quit (Pop3Session *self, GCancellable *cancellable, GError **error);

/* pop3_session_leave: QUIT, and nobody waits for the answer: where nothing hangs on it, as no DELE was sent. Closes the connection. */
void pop3_session_leave (Pop3Session *self);

/* pop3_session_adopt: net_connection_adopt () for the whole session */
void pop3_session_adopt (Pop3Session *self);

/* pop3_session_close: without QUIT: the server forgets every DELE. May be called twice. */
void pop3_session_close (Pop3Session *self);

/* pop3_session_break: the server said what POP3 does not allow: closes, sets %BASE_ERROR_PROTOCOL. Returns %POP3_EVENT_BROKEN. */
Pop3Event pop3_session_break (Pop3Session *self, const char *fault, GError **error);

/* pop3_session_describe: adds host, port and security to @error, that of an operation above */
void pop3_session_describe (Pop3Session *self, GError *error);

void pop3_session_trace_line (Pop3Session *self, const GString *line);
void pop3_session_trace_note (Pop3Session *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* What went over the wire, in bytes of the protocol, TLS and TCP not counted. A round trip is each time we sent something and had to
 * wait for the answer. The bytes may be asked for from any thread. */
gint64 pop3_session_get_bytes_in (Pop3Session *self);
gint64 pop3_session_get_bytes_out (Pop3Session *self);
guint pop3_session_get_round_trips (Pop3Session *self);

G_END_DECLS
