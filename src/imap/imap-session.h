/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One conversation with an IMAP server: it greets, secures, and runs commands. What the commands are for, the login among them, is the
 * business of the files beside it; imap-entry.h is the whole way in. All functions: the thread that opened it. */
#pragma once

#include "base-trace.h"
#include "imap-capabilities.h"
#include "imap-command.h"
#include "mail-login.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _NetConnection NetConnection;

#define IMAP_TYPE_SESSION (imap_session_get_type ())
G_DECLARE_FINAL_TYPE (ImapSession, imap_session, IMAP, SESSION, GObject)

/**
 * ImapDataFunc:
 * @response: untagged data, or an untagged OK/NO/BAD with its code; borrowed until the function returns
 *
 * Whatever the server says while a command is running, asked for or not (RFC 9051 §7): the function takes what is its own and
 * leaves the rest.
 */
typedef void (*ImapDataFunc) (ImapSession *self, const ImapResponse *response, gpointer data);

/**
 * imap_session_open:
 * @trace: (nullable)
 * @trace_tag: as "Work IMAP"
 *
 * Connects, waits for the greeting and, where it is demanded, does STARTTLS; the login is imap_login ()'s. What was said before the
 * handshake is forgotten; a PREAUTH greeting where STARTTLS is demanded is refused (RFC 9051 §11.3), and no referral is followed.
 *
 * Returns: (transfer full): or %NULL with the errors of net_connection_open (), %BASE_ERROR_NO_TLS, %BASE_ERROR_ATTACK, _TRY_LATER,
 *   _REFUSED, _PROTOCOL
 */
ImapSession *imap_session_open (MailLogin *login, BaseTrace *trace, const char *trace_tag, GCancellable *cancellable, GError **error);

gboolean imap_session_can (ImapSession *self, guint32 capabilities); /* all of them */
const ImapCapabilities *imap_session_get_capabilities (ImapSession *self);
NetConnection *imap_session_get_connection (ImapSession *self);

const ImapDialect *imap_session_get_dialect (ImapSession *self);

/* imap_session_set_enabled: of ImapCapability: what ENABLE was acknowledged for; with UTF8=ACCEPT or IMAP4rev2 the dialect is UTF-8 from here
 * on; imap_session_has_enabled: all of them */
void imap_session_set_enabled (ImapSession *self, guint32 capabilities);
gboolean imap_session_has_enabled (ImapSession *self, guint32 capabilities);

/* imap_session_set_mailbox: what is selected, for those who come next; %NULL: nothing, or nobody knows. imap_session_is_selected: that wire
 * name with that UIDVALIDITY (0: none was said, which is never taken for the same) */
void imap_session_set_mailbox (ImapSession *self, const char *wire_name, guint32 uidvalidity);
gboolean imap_session_is_selected (ImapSession *self, const char *wire_name, guint32 uidvalidity);

/**
 * imap_session_run:
 * @what: what a refusal refuses, as "the list of folders"
 * @func: (nullable): for the untagged responses
 *
 * Sends @command and reads up to its tagged answer.
 *
 * Returns: %FALSE for NO and BAD with a code of %BASE_ERROR after the response code (RFC 5530), and for a broken
 *   connection: imap_session_is_open () tells the two apart
 */
gboolean imap_session_run (ImapSession *self, ImapCommand *command, const char *what, ImapDataFunc func, gpointer data,
                           GCancellable *cancellable, GError **error);

/**
 * imap_session_send:
 *
 * For pipelining: sends @command and returns its number; imap_session_wait () reads up to its answer. Answers are waited for in the
 * order of sending. Only commands without waiting literals (imap_command_waits ()), and none that change what another one under way means
 * (RFC 9051 §5.5). At most %IMAP_WINDOW may be under way.
 *
 * Returns: 0 with @error
 */
guint imap_session_send (ImapSession *self, ImapCommand *command, GCancellable *cancellable, GError **error);
gboolean imap_session_wait (ImapSession *self, guint number, const char *what, ImapDataFunc func, gpointer data,
                            GCancellable *cancellable, GError **error);

#define IMAP_WINDOW 32

/* imap_session_get_status: of the last tagged answer */
ImapStatus imap_session_get_status (ImapSession *self);

/**
 * imap_session_leave:
 * @number: of imap_session_send ()
 * @func: (nullable): for the untagged responses up to its answer
 * @done: (nullable): for its tagged answer
 * @data: lives until then, or as long as the session
 *
 * Its answer is not waited for now: it is taken in passing by whoever waits for a later command, or by imap_session_settle (). A NO is no failure.
 * Spares a far server's round trip where what follows does not depend on it.
 */
void imap_session_leave (ImapSession *self, guint number, ImapDataFunc func, ImapDataFunc done, gpointer data);

/* imap_session_settle: waits for what was left; %FALSE when the connection broke */
gboolean imap_session_settle (ImapSession *self, GCancellable *cancellable, GError **error);

/* imap_session_dup_code: (transfer full) (nullable): response code of the last tagged answer, and in @arguments its values as text
 * with spaces between: "COPYUID" "38505 304,319:320 3956:3958" */
char *imap_session_dup_code (ImapSession *self, char **arguments);

/* imap_session_take_alert: (transfer full) (nullable): what the server said last with ALERT, which a person has to see (RFC 9051 §7.1): only
 * words that came under TLS and after the login. Valid UTF-8, otherwise as it came. */
char *imap_session_take_alert (ImapSession *self);

gboolean imap_session_is_open (ImapSession *self);

/* imap_session_is_alive: NOOP, answered within @seconds: a connection that was open for long may be dead without knowing it */
gboolean imap_session_is_alive (ImapSession *self, guint seconds, GCancellable *cancellable);

/* imap_session_log_out: LOGOUT, for at most a few seconds, and close */
void imap_session_log_out (ImapSession *self);
void imap_session_close (ImapSession *self);

/* imap_session_break: the server said what IMAP does not allow: closes and sets %BASE_ERROR_PROTOCOL. Returns %FALSE. */
gboolean imap_session_break (ImapSession *self, const char *fault, GError **error);

/* imap_session_describe: adds host, port and security to @error (nullable), that of an operation above */
void imap_session_describe (ImapSession *self, GError *error);

gint64 imap_session_get_bytes_in (ImapSession *self);
gint64 imap_session_get_bytes_out (ImapSession *self);
guint imap_session_get_round_trips (ImapSession *self);

G_END_DECLS
