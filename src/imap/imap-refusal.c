/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Response codes and what a person can do about them. */
#include "imap-refusal.h"

static const struct
{
  const char *code;
  BaseErrorCode error;
  const char *sentence; /* %s is what was refused */
} codes[] = {
  { "AUTHENTICATIONFAILED", BASE_ERROR_WRONG_PASSWORD, "The server refused the user name or the password." },
  { "EXPIRED", BASE_ERROR_WRONG_PASSWORD, "The password has expired; the mail provider's web page lets you choose a new one." },
  { "AUTHORIZATIONFAILED", BASE_ERROR_LOGIN_REFUSED, "The server knows the password and still does not let this user in." },
  { "PRIVACYREQUIRED", BASE_ERROR_NO_TLS, "The server refused %s without encryption." },
  { "CONTACTADMIN", BASE_ERROR_REFUSED, "The server refused %s and asks you to talk to its operators." },
  { "NOPERM", BASE_ERROR_REFUSED, "The server does not permit %s." },
  { "INUSE", BASE_ERROR_TRY_LATER, "Another program is using the mailbox; the server refused %s for the moment." },
  { "EXPUNGEISSUED", BASE_ERROR_TRY_LATER, "Somebody removed the message meanwhile; the server refused %s." },
  { "UNAVAILABLE", BASE_ERROR_TRY_LATER, "A part of the server is out of order for the moment; it refused %s." },
  { "LIMIT", BASE_ERROR_TRY_LATER, "The server's limit has been reached; it refused %s for the moment." },
  { "OVERQUOTA", BASE_ERROR_MAILBOX_FULL, "The mailbox at the server is full; it refused %s." },
  { "TOOBIG", BASE_ERROR_TOO_LARGE, "The message is larger than the server takes." },
  { "ALREADYEXISTS", BASE_ERROR_EXISTS, "There is a folder of that name at the server." },
  { "NONEXISTENT", BASE_ERROR_NOT_FOUND, "The server has no such folder." },
  { "TRYCREATE", BASE_ERROR_NOT_FOUND, "The server has no such folder." },
  { "CANNOT", BASE_ERROR_REFUSED, "The server cannot do that: it refused %s." },
  { "SERVERBUG", BASE_ERROR_REFUSED, "The server ran into a fault of its own and refused %s." },
  { "CLIENTBUG", BASE_ERROR_PROTOCOL, "The server did not understand us and refused %s." },
  { "REFERRAL", BASE_ERROR_REFUSED, "The server names another server for %s; Posthorn goes to no server that you have not chosen." }, /* RFC 2193, 2221 */
  { "CORRUPTION", BASE_ERROR_REFUSED, "The mailbox is damaged at the server; it refused %s." },
};

/* "%s" put in by hand: the sentences come from a table, and format strings should not */
static char *
word_it (const char *sentence, const char *what)
{
  g_auto (GStrv) pieces = g_strsplit (sentence, "%s", -1);

  return g_strjoinv (what, pieces);
}

static const char *
find (const char *code, BaseErrorCode *error)
{
  for (gsize i = 0; code && i < G_N_ELEMENTS (codes); i++)
    if (g_str_equal (code, codes[i].code))
      {
        *error = codes[i].error;
        return codes[i].sentence;
      }
  return NULL;
}

gboolean
imap_refusal_is_known (const char *code)
{
  BaseErrorCode error;

  return find (code, &error) != NULL;
}

GError *
imap_refusal_new (const ImapResponse *response, const char *what, BaseErrorCode fallback)
{
  BaseErrorCode code = fallback;
  const char *sentence = find (response->code, &code);
  g_autofree char *message = NULL;
  GError *error;

  if (!sentence && fallback == BASE_ERROR_WRONG_PASSWORD)
    sentence = "The server refused the user name or the password.";
  else if (!sentence)
    sentence = response->status == IMAP_STATUS_BAD ? "The server did not understand us and refused %s." : "The server refused %s.";
  message = word_it (sentence, what);
  error = g_error_new_literal (BASE_ERROR, code, message);
  base_error_set_reply (error, response->text);
  return error;
}
