/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One message to its recipients in one mail transaction (RFC 5321 §3.3), with the moment after which it may have been sent in the
 * caller's hand. */
#pragma once

#include "smtp-envelope.h"
#include "smtp-session.h"

G_BEGIN_DECLS

typedef enum
{
  SMTP_RECIPIENT_UNTRIED,   /* the server was not asked, or did not answer */
  SMTP_RECIPIENT_ACCEPTED,  /* RCPT was answered with 2xx: has the message if the submission succeeded, may have it if it ended MAYBE_SENT */
  SMTP_RECIPIENT_TOO_MANY,  /* only too many for one transaction: at once in the next */
  SMTP_RECIPIENT_LATER,     /* 4xx */
  SMTP_RECIPIENT_REFUSED,   /* 5xx, or an address that cannot be written to this server */
} SmtpRecipientResult;

typedef struct
{
  char *address;
  SmtpRecipientResult result;
  char *reply;              /* (nullable): the server's words; for an address that was not even tried, our sentence */
} SmtpRecipient;

typedef struct _SmtpSubmission SmtpSubmission;

/* SmtpSubmissionProgress: @bytes of the message are at the socket; in the session's thread, at every block */
typedef void (*SmtpSubmissionProgress) (gsize bytes, gpointer data);

/**
 * SmtpSubmissionLastDot:
 *
 * All of the message but the last dot has been written and the server has said nothing against it. What must be on disk before the
 * message may have been sent is committed here. %FALSE with @error (taken back meanwhile, a full disk) cuts the connection: not sent.
 */
typedef gboolean (*SmtpSubmissionLastDot) (SmtpSubmission *submission, gpointer data, GError **error);

/**
 * smtp_submission_new:
 * @session: open and logged in
 * @envelope: copied, but not the strings in it
 * @message: canonical CRLF lines, not dot-stuffed
 */
SmtpSubmission *smtp_submission_new (SmtpSession *session, const SmtpEnvelope *envelope, GBytes *message);
void smtp_submission_free (SmtpSubmission *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmtpSubmission, smtp_submission_free)

void smtp_submission_set_progress (SmtpSubmission *self, SmtpSubmissionProgress func, gpointer data);
void smtp_submission_set_last_dot (SmtpSubmission *self, SmtpSubmissionLastDot func, gpointer data);

/**
 * smtp_submission_run:
 *
 * Once. MAIL, RCPTs and DATA go as one group where the server offers PIPELINING, DATA last (RFC 2920 §3.1), 50 RCPTs at most between
 * two waits so that nobody's buffers fill up. Refused recipients do not keep the message from the others. An answer that comes while data is written ends the
 * writing. After the last dot the answer is waited for %SMTP_DEADLINE_LAST_DOT; cancelling cuts that to two seconds.
 *
 * Returns: %TRUE: the server has the message for every %SMTP_RECIPIENT_ACCEPTED. %FALSE with @error:
 *   - %BASE_ERROR_MAYBE_SENT: the last dot left (or began to), no answer that can be understood came
 *   - everything else: not sent. _RECIPIENT_REFUSED (all of them), _SENDER_REFUSED, _TOO_LARGE, _REFUSED, _INVALID, _LOGIN_REFUSED and _NO_TLS (530),
 *     _TRY_LATER (4xx, 421), the errors of smtp_session_read_reply (), of the last-dot function, or %G_IO_ERROR_CANCELLED
 *   The session is ready for another message if it is still open.
 */
gboolean smtp_submission_run (SmtpSubmission *self, GCancellable *cancellable, GError **error);

/* smtp_submission_get_recipients: (transfer none): of SmtpRecipient, in the envelope's order; true at any time, in the last-dot function too */
GPtrArray *smtp_submission_get_recipients (SmtpSubmission *self);

G_END_DECLS
