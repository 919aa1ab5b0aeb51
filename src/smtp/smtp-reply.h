/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One reply of an SMTP server (RFC 5321 §4.2), its enhanced status code (RFC 2034, RFC 3463), and what a refusal means for a person. */
#pragma once

#include "base-error.h"

G_BEGIN_DECLS

typedef struct
{
  int code;          /* 200 to 599 */
  int enhanced[3];   /* class, subject, detail as in 5.1.1; all 0 when there is none or it contradicts @code */
  GPtrArray *lines;  /* of char *: each line's text without code; valid UTF-8 without control characters; at least one, may be "" */
} SmtpReply;

SmtpReply *smtp_reply_new (int code);
void smtp_reply_free (SmtpReply *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmtpReply, smtp_reply_free)

/**
 * smtp_reply_add_line:
 * @text: what followed the code and its separator, any bytes
 *
 * The first line's enhanced status code is taken into @self->enhanced. The texts stay as the server wrote them.
 */
void smtp_reply_add_line (SmtpReply *self, const char *text, gsize length);

gboolean smtp_reply_is_positive (const SmtpReply *self);  /* 2xx */
gboolean smtp_reply_is_temporary (const SmtpReply *self); /* 4xx */

/* smtp_reply_has_enhanced: whether the enhanced code is x.@subject.@detail */
gboolean smtp_reply_has_enhanced (const SmtpReply *self, int subject, int detail);

/* smtp_reply_dup_words: (transfer full): code and all lines as one, "550 5.1.1 No such user; ask the postmaster": enhanced codes that
 * later lines repeat are left out; cut to 1,000 bytes */
char *smtp_reply_dup_words (const SmtpReply *self);

/* Where in the conversation a reply came: the same code means different things. */
typedef enum
{
  SMTP_STAGE_GREETING,
  SMTP_STAGE_HELLO,
  SMTP_STAGE_TLS,
  SMTP_STAGE_LOGIN,
  SMTP_STAGE_SENDER,     /* MAIL FROM */
  SMTP_STAGE_RECIPIENT,  /* RCPT TO */
  SMTP_STAGE_DATA,       /* the answer to DATA, or one that came while data was written */
  SMTP_STAGE_MESSAGE,    /* the answer to the last dot */
} SmtpStage;

/**
 * smtp_reply_get_error_code:
 *
 * What a reply that was not hoped for means: 4xx is %BASE_ERROR_TRY_LATER at every stage; 530 is %BASE_ERROR_LOGIN_REFUSED, or
 * _NO_TLS where it asks for STARTTLS; else _WRONG_PASSWORD, _LOGIN_REFUSED, _NO_TLS, _SENDER_REFUSED, _RECIPIENT_REFUSED, _TOO_LARGE
 * or _REFUSED by stage, code and enhanced code; %BASE_ERROR_PROTOCOL for a 2xx or 3xx in the wrong place.
 */
BaseErrorCode smtp_reply_get_error_code (const SmtpReply *self, SmtpStage stage);

/**
 * smtp_reply_is_too_many_recipients:
 *
 * Whether a refused RCPT only says that this transaction has enough of them (RFC 5321 §4.5.3.1.10, RFC 3463 x.5.3): the rest goes in the next.
 */
gboolean smtp_reply_is_too_many_recipients (const SmtpReply *self);

G_END_DECLS
