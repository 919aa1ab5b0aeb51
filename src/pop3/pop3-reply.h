/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a refusal means: the response codes of RFC 2449 §8, RFC 3206 and RFC 6856 as our errors. */
#pragma once

#include "base-error.h"

G_BEGIN_DECLS

typedef enum
{
  POP3_CODE_NONE,
  POP3_CODE_IN_USE,       /* another session holds the mailbox */
  POP3_CODE_LOGIN_DELAY,  /* too soon after the last one */
  POP3_CODE_SYS_TEMP,
  POP3_CODE_SYS_PERM,
  POP3_CODE_AUTH,         /* the credentials are the problem */
  POP3_CODE_UTF8,         /* a message that only a UTF8 session may have */
} Pop3Code;

/* pop3_reply_get_code: of the text after "-ERR " */
Pop3Code pop3_reply_get_code (const char *text);

/* pop3_reply_skip_code: the words after the code, for people */
const char *pop3_reply_skip_code (const char *text);

/**
 * pop3_reply_set_error:
 * @code: what it is when the response code does not say: %BASE_ERROR_WRONG_PASSWORD for a refused login
 * @what: the thing that was refused, as "the login": the sentence is made of it
 * @text: the text after "-ERR ", kept as the server's own words
 */
void pop3_reply_set_error (GError **error, BaseErrorCode code, const char *what, const char *text);

G_END_DECLS
