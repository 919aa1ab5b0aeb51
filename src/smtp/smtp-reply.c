/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SmtpReply: the value, and the one place that knows which refusal means what. */
#include "smtp-reply.h"

#include <string.h>

#define MAX_WORDS 1000

SmtpReply *
smtp_reply_new (int code)
{
  SmtpReply *self = g_new0 (SmtpReply, 1);

  self->code = code;
  self->lines = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
smtp_reply_free (SmtpReply *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->lines);
  g_free (self);
}

/* Reads "5.1.1" followed by a space or the end: one digit, then twice one to three (RFC 3463 §2). Returns its length, 0 when it is none. */
static gsize
scan_enhanced (const char *text, int numbers[3])
{
  const char *at = text;

  for (int i = 0; i < 3; i++)
    {
      int n_digits = 0;

      numbers[i] = 0;
      while (g_ascii_isdigit (*at) && n_digits < (i == 0 ? 1 : 3))
        {
          numbers[i] = numbers[i] * 10 + (*at++ - '0');
          n_digits++;
        }
      if (n_digits == 0 || (i < 2 && *at++ != '.'))
        return 0;
    }
  return *at == '\0' || *at == ' ' || *at == '\t' ? (gsize) (at - text) : 0;
}

/* Servers' words are shown to people and put into logs: they get no control characters through. */
static char *
clean_text (const char *text, gsize length)
{
  char *clean = g_utf8_make_valid (text, length);

  for (char *at = clean; *at; at++)
    if (g_ascii_iscntrl (*at))
      *at = ' ';
  return clean;
}

void
smtp_reply_add_line (SmtpReply *self, const char *text, gsize length)
{
  char *line = clean_text (text, length);
  int numbers[3];

  if (self->lines->len == 0 && scan_enhanced (line, numbers) > 0 && numbers[0] == self->code / 100
      && (numbers[0] == 2 || numbers[0] == 4 || numbers[0] == 5))
    memcpy (self->enhanced, numbers, sizeof numbers);
  g_ptr_array_add (self->lines, line);
}

gboolean
smtp_reply_is_positive (const SmtpReply *self)
{
  return self->code / 100 == 2;
}

gboolean
smtp_reply_is_temporary (const SmtpReply *self)
{
  return self->code / 100 == 4;
}

gboolean
smtp_reply_has_enhanced (const SmtpReply *self, int subject, int detail)
{
  return self->enhanced[0] != 0 && self->enhanced[1] == subject && self->enhanced[2] == detail;
}

char *
smtp_reply_dup_words (const SmtpReply *self)
{
  g_autoptr (GString) words = g_string_new (NULL);

  g_string_printf (words, "%d", self->code);
  for (guint i = 0; i < self->lines->len; i++)
    {
      const char *line = g_ptr_array_index (self->lines, i);
      int numbers[3];

      if (i > 0 && self->enhanced[0] != 0)
        line += scan_enhanced (line, numbers);
      while (*line == ' ' || *line == '\t')
        line++;
      if (*line)
        g_string_append_printf (words, " %s", line);
      if (words->len > MAX_WORDS)
        break;
    }
  if (words->len > MAX_WORDS)
    {
      const char *end = g_utf8_find_prev_char (words->str, words->str + MAX_WORDS + 1);

      g_string_truncate (words, end - words->str);
    }
  return g_strdup (g_strchomp (words->str));
}

static gboolean
mentions (const SmtpReply *self, const char *needle)
{
  g_autofree char *low_needle = g_ascii_strdown (needle, -1);

  for (guint i = 0; i < self->lines->len; i++)
    {
      g_autofree char *low = g_ascii_strdown (g_ptr_array_index (self->lines, i), -1);

      if (strstr (low, low_needle))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_about_size (const SmtpReply *self)
{
  if (self->enhanced[0] != 0)
    return smtp_reply_has_enhanced (self, 3, 4) || smtp_reply_has_enhanced (self, 2, 3);
  return self->code == 552;
}

/* Postfix asks for the sender's rights only at RCPT (smtpd_delay_reject) and says 550 or 553 5.7.1 for it: there its words decide. */
static gboolean
is_about_sender (const SmtpReply *self)
{
  return smtp_reply_has_enhanced (self, 1, 7) || smtp_reply_has_enhanced (self, 1, 8)
         || mentions (self, "sender address rejected");
}

static BaseErrorCode
get_login_error_code (const SmtpReply *self)
{
  if (self->code == 535 || smtp_reply_has_enhanced (self, 7, 8))
    {
      /* 5.7.9 to 5.7.14 (RFC 4954, RFC 5248): mechanism, encryption, password transition, account disabled; 5.7.139 is what
       * Microsoft says when an account may not submit by SMTP at all. A better password would not help. */
      if ((self->enhanced[1] == 7 && self->enhanced[2] >= 9 && self->enhanced[2] <= 14) || smtp_reply_has_enhanced (self, 7, 139))
        return BASE_ERROR_LOGIN_REFUSED;
      return BASE_ERROR_WRONG_PASSWORD;
    }
  return BASE_ERROR_LOGIN_REFUSED;
}

BaseErrorCode
smtp_reply_get_error_code (const SmtpReply *self, SmtpStage stage)
{
  if (self->code < 400)
    return BASE_ERROR_PROTOCOL;
  if (self->code == 432) /* a password transition is needed (RFC 4954 §4.7.12): waiting does not help */
    return BASE_ERROR_LOGIN_REFUSED;
  if (self->code < 500)
    return stage == SMTP_STAGE_TLS && self->code != 421 ? BASE_ERROR_NO_TLS : BASE_ERROR_TRY_LATER;
  if (stage == SMTP_STAGE_LOGIN)
    return get_login_error_code (self);
  if (self->code == 530)
    return mentions (self, "starttls") ? BASE_ERROR_NO_TLS : BASE_ERROR_LOGIN_REFUSED;

  switch (stage)
    {
    case SMTP_STAGE_TLS:
      return BASE_ERROR_NO_TLS;
    case SMTP_STAGE_SENDER:
      if (is_about_size (self))
        return BASE_ERROR_TOO_LARGE;
      return self->code >= 550 || is_about_sender (self) ? BASE_ERROR_SENDER_REFUSED : BASE_ERROR_REFUSED;
    case SMTP_STAGE_RECIPIENT:
      return is_about_sender (self) ? BASE_ERROR_SENDER_REFUSED : BASE_ERROR_RECIPIENT_REFUSED;
    case SMTP_STAGE_DATA:
    case SMTP_STAGE_MESSAGE:
      return is_about_size (self) ? BASE_ERROR_TOO_LARGE : BASE_ERROR_REFUSED;
    case SMTP_STAGE_GREETING:
    case SMTP_STAGE_HELLO:
    case SMTP_STAGE_LOGIN:
    default:
      return BASE_ERROR_REFUSED;
    }
}

gboolean
smtp_reply_is_too_many_recipients (const SmtpReply *self)
{
  if (self->enhanced[0] != 0)
    return smtp_reply_has_enhanced (self, 5, 3);
  return self->code == 452 || self->code == 552;
}
