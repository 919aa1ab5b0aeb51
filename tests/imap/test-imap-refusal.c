/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every response code of RFC 5530, and those of others that say no, as a cause that a person can do something about. */
#include "imap-refusal.h"

#include <string.h>

typedef struct
{
  const char *line;
  BaseErrorCode code;
} Case;

static const Case cases[] = {
  /* RFC 5530 §3, all of them */
  { "a1 NO [UNAVAILABLE] x", BASE_ERROR_TRY_LATER },
  { "a1 NO [AUTHENTICATIONFAILED] x", BASE_ERROR_WRONG_PASSWORD },
  { "a1 NO [AUTHORIZATIONFAILED] x", BASE_ERROR_LOGIN_REFUSED },
  { "a1 NO [EXPIRED] x", BASE_ERROR_WRONG_PASSWORD },
  { "a1 NO [PRIVACYREQUIRED] x", BASE_ERROR_NO_TLS },
  { "a1 NO [CONTACTADMIN] x", BASE_ERROR_REFUSED },
  { "a1 NO [NOPERM] x", BASE_ERROR_REFUSED },
  { "a1 NO [INUSE] x", BASE_ERROR_TRY_LATER },
  { "a1 NO [EXPUNGEISSUED] x", BASE_ERROR_TRY_LATER },
  { "a1 NO [CORRUPTION] x", BASE_ERROR_REFUSED },
  { "a1 NO [SERVERBUG] x", BASE_ERROR_REFUSED },
  { "a1 BAD [CLIENTBUG] x", BASE_ERROR_PROTOCOL },
  { "a1 NO [CANNOT] x", BASE_ERROR_REFUSED },
  { "a1 NO [LIMIT] x", BASE_ERROR_TRY_LATER },
  { "a1 NO [OVERQUOTA] x", BASE_ERROR_MAILBOX_FULL },
  { "a1 NO [ALREADYEXISTS] x", BASE_ERROR_EXISTS },
  { "a1 NO [NONEXISTENT] x", BASE_ERROR_NOT_FOUND },
  /* RFC 3501, RFC 4469, RFC 2193 and 2221 */
  { "a1 NO [TRYCREATE] x", BASE_ERROR_NOT_FOUND },
  { "a1 NO [TOOBIG] x", BASE_ERROR_TOO_LARGE },
  { "a1 NO [REFERRAL imap://ana@elsewhere.example/INBOX] x", BASE_ERROR_REFUSED },
  /* in any case, and what nobody knows */
  { "a1 no [inuse] x", BASE_ERROR_TRY_LATER },
  { "a1 NO [X-SOMETHING (1 2)] x", BASE_ERROR_EXISTS },
  { "a1 NO x", BASE_ERROR_EXISTS },
  { "a1 NO", BASE_ERROR_EXISTS },
  { "a1 NO [INUSE x", BASE_ERROR_EXISTS },
  { "* BYE [UNAVAILABLE] x", BASE_ERROR_TRY_LATER },
};

static GError *
refuse (const char *line, BaseErrorCode fallback)
{
  g_autoptr (ImapParser) parser = imap_parser_new ();
  const ImapResponse *response = NULL;

  g_byte_array_append (imap_parser_get_pending (parser), (const guint8 *) line, strlen (line));
  g_byte_array_append (imap_parser_get_pending (parser), (const guint8 *) "\r\n", 2);
  g_assert_cmpint (imap_parser_next (parser, &response), ==, IMAP_EVENT_RESPONSE);
  return imap_refusal_new (response, "the thing", fallback);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GError) error = refuse (c->line, BASE_ERROR_EXISTS);

  g_assert_error (error, BASE_ERROR, (int) c->code);
  g_assert_null (strstr (error->message, "%s"));
  g_assert_true (g_str_has_suffix (error->message, ".") || g_str_has_suffix (error->message, "chosen."));
}

static void
test_words (void)
{
  g_autoptr (GError) error = refuse ("a1 NO [NOPERM] Not \x1b[31mfor you", BASE_ERROR_REFUSED);
  g_autoptr (GError) login = refuse ("a1 NO who?", BASE_ERROR_WRONG_PASSWORD);

  g_assert_cmpstr (error->message, ==, "The server does not permit the thing.");
  g_assert_cmpstr (base_error_get_reply (error), ==, "Not  [31mfor you");
  g_assert_cmpstr (login->message, ==, "The server refused the user name or the password.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/imap/refusal/is-a-cause/%02" G_GSIZE_FORMAT, i);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/imap/refusal/says-what-and-keeps-the-servers-words", test_words);
  return g_test_run ();
}
