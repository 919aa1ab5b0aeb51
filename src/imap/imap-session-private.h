/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The doors of a session that only the files of imap/ use which are part of the conversation itself: login, IDLE, COMPRESS. */
#pragma once

#include "imap-session.h"

G_BEGIN_DECLS

/**
 * imap_session_converse:
 * @line: (nullable): without tag and CRLF; never traced; %NULL where it was sent before, with another
 * @shown: (nullable): begins a command that the trace knows by these words; %NULL goes on with the one that was begun
 *
 * One line, and then up to "+" or the tagged answer.
 *
 * Returns: (transfer none) (nullable): a continuation or a tagged status, until the next read
 */
const ImapResponse *imap_session_converse (ImapSession *self, const char *line, const char *shown, GCancellable *cancellable, GError **error);

/* imap_session_doubt_capabilities: the login changes them: what is not said anew has to be asked for */
void imap_session_doubt_capabilities (ImapSession *self);

/* imap_session_is_preauth: the greeting was PREAUTH (RFC 9051 §7.1.4) */
gboolean imap_session_is_preauth (ImapSession *self);

/* imap_session_enter: logged in: from here on commands have their own deadline, and ALERTs are believed */
void imap_session_enter (ImapSession *self);

/**
 * imap_session_await:
 * @wake: ends the waiting; no byte is lost
 *
 * In the middle of a command that waits (IDLE): up to one untagged response, @wake, or the connection's deadline.
 *
 * Returns: %FALSE only when the connection is of no more use
 */
gboolean imap_session_await (ImapSession *self, ImapDataFunc func, gpointer data, GCancellable *wake, GError **error);

/* imap_session_end_wait: says @line, as "DONE", and reads up to the answer of the command that was begun last */
gboolean imap_session_end_wait (ImapSession *self, const char *line, const char *what, ImapDataFunc func, gpointer data,
                                GCancellable *cancellable, GError **error);

/* imap_session_refuse: a tagged @response that imap_session_converse () gave back, kept and made an error. Returns %FALSE. */
gboolean imap_session_refuse (ImapSession *self, const ImapResponse *response, const char *what, GError **error);

/* imap_session_start_deflate: the server's OK to COMPRESS was the last thing read: all that follows it is packed (RFC 4978) */
void imap_session_start_deflate (ImapSession *self);

G_END_DECLS
