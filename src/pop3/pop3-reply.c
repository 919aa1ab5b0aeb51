/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a refusal means. */
#include "pop3-reply.h"

#include <string.h>

static const struct
{
  const char *word;
  Pop3Code code;
} codes[] = {
  { "IN-USE", POP3_CODE_IN_USE },     { "LOGIN-DELAY", POP3_CODE_LOGIN_DELAY }, { "SYS/TEMP", POP3_CODE_SYS_TEMP },
  { "SYS/PERM", POP3_CODE_SYS_PERM }, { "AUTH", POP3_CODE_AUTH },               { "UTF8", POP3_CODE_UTF8 },
};

Pop3Code
pop3_reply_get_code (const char *text)
{
  gsize length;

  if (text[0] != '[')
    return POP3_CODE_NONE;
  length = strcspn (++text, "]");
  if (text[length] != ']')
    return POP3_CODE_NONE;
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      gsize n = strlen (codes[i].word);

      /* RFC 2449 §8: what follows a slash only says more, so a code we know may have a longer tail */
      if (length >= n && g_ascii_strncasecmp (text, codes[i].word, n) == 0 && (length == n || text[n] == '/'))
        return codes[i].code;
    }
  return POP3_CODE_NONE;
}

const char *
pop3_reply_skip_code (const char *text)
{
  const char *end = text[0] == '[' ? strchr (text, ']') : NULL;

  if (end == NULL)
    return text;
  return end[1] == ' ' ? end + 2 : end + 1;
}

void
pop3_reply_set_error (GError **error, BaseErrorCode code, const char *what, const char *text)
{
  GError *made = NULL;

  switch (pop3_reply_get_code (text))
    {
    case POP3_CODE_IN_USE:
      made = g_error_new (BASE_ERROR, BASE_ERROR_TRY_LATER, "Another program has this mailbox open just now.");
      break;
    case POP3_CODE_LOGIN_DELAY:
      made = g_error_new (BASE_ERROR, BASE_ERROR_TRY_LATER, "The server wants more time to pass between two logins.");
      break;
    case POP3_CODE_SYS_TEMP:
      made = g_error_new (BASE_ERROR, BASE_ERROR_TRY_LATER, "The server has a problem of its own for the moment and refused %s.", what);
      break;
    case POP3_CODE_SYS_PERM:
      made = g_error_new (BASE_ERROR, code == BASE_ERROR_WRONG_PASSWORD ? BASE_ERROR_LOGIN_REFUSED : BASE_ERROR_REFUSED,
                          "The server has a lasting problem that only its operators can solve, and refused %s.", what);
      break;
    case POP3_CODE_AUTH:
      made = g_error_new (BASE_ERROR, BASE_ERROR_WRONG_PASSWORD, "The server refused the user name or the password.");
      break;
    case POP3_CODE_UTF8:
    case POP3_CODE_NONE:
    default:
      if (code == BASE_ERROR_WRONG_PASSWORD)
        made = g_error_new (BASE_ERROR, code, "The server refused the user name or the password.");
      else
        made = g_error_new (BASE_ERROR, (int) code, "The server refused %s.", what);
      break;
    }
  base_error_set_reply (made, text);
  g_propagate_error (error, made);
}
