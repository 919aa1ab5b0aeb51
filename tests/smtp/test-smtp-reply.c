/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person is told for which refusal. */
#include "smtp-reply.h"

#include <string.h>

static SmtpReply *
make_reply (const char *line)
{
  SmtpReply *reply = smtp_reply_new (atoi (line));

  smtp_reply_add_line (reply, line + 4, strlen (line + 4));
  return reply;
}

typedef struct
{
  SmtpStage stage;
  const char *line;
  BaseErrorCode code;
} Case;

static const Case cases[] = {
  { SMTP_STAGE_GREETING, "554 5.7.1 your address is on a list", BASE_ERROR_REFUSED },
  { SMTP_STAGE_GREETING, "421 4.3.2 too busy", BASE_ERROR_TRY_LATER },
  { SMTP_STAGE_HELLO, "502 what", BASE_ERROR_REFUSED },
  { SMTP_STAGE_TLS, "454 4.7.0 TLS not available", BASE_ERROR_NO_TLS },
  { SMTP_STAGE_TLS, "502 5.5.1 no", BASE_ERROR_NO_TLS },
  { SMTP_STAGE_LOGIN, "535 5.7.8 bad password", BASE_ERROR_WRONG_PASSWORD },
  { SMTP_STAGE_LOGIN, "535 authentication failed", BASE_ERROR_WRONG_PASSWORD },
  { SMTP_STAGE_LOGIN, "535 5.7.3 Authentication unsuccessful", BASE_ERROR_WRONG_PASSWORD },
  { SMTP_STAGE_LOGIN, "535 5.7.139 SmtpClientAuthentication is disabled", BASE_ERROR_LOGIN_REFUSED },
  { SMTP_STAGE_LOGIN, "534 5.7.9 Application-specific password required", BASE_ERROR_LOGIN_REFUSED },
  { SMTP_STAGE_LOGIN, "538 5.7.11 encryption required", BASE_ERROR_LOGIN_REFUSED },
  { SMTP_STAGE_LOGIN, "432 4.7.12 a password transition is needed", BASE_ERROR_LOGIN_REFUSED },
  { SMTP_STAGE_LOGIN, "454 4.7.0 temporary authentication failure", BASE_ERROR_TRY_LATER },
  { SMTP_STAGE_LOGIN, "421 4.7.0 bye", BASE_ERROR_TRY_LATER },
  { SMTP_STAGE_LOGIN, "504 5.5.4 no such mechanism", BASE_ERROR_LOGIN_REFUSED },
  { SMTP_STAGE_SENDER, "530 5.7.0 Authentication required", BASE_ERROR_LOGIN_REFUSED },
  { SMTP_STAGE_SENDER, "530 5.7.0 Must issue a STARTTLS command first", BASE_ERROR_NO_TLS },
  { SMTP_STAGE_SENDER, "550 5.7.1 not yours", BASE_ERROR_SENDER_REFUSED },
  { SMTP_STAGE_SENDER, "501 5.1.7 bad sender address syntax", BASE_ERROR_SENDER_REFUSED },
  { SMTP_STAGE_SENDER, "553 sorry", BASE_ERROR_SENDER_REFUSED },
  { SMTP_STAGE_SENDER, "552 too big", BASE_ERROR_TOO_LARGE },
  { SMTP_STAGE_SENDER, "552 5.3.4 message size exceeds fixed limit", BASE_ERROR_TOO_LARGE },
  { SMTP_STAGE_SENDER, "501 5.5.4 syntax", BASE_ERROR_REFUSED },
  { SMTP_STAGE_SENDER, "452 4.3.1 insufficient storage", BASE_ERROR_TRY_LATER },
  { SMTP_STAGE_RECIPIENT, "550 5.1.1 no such user", BASE_ERROR_RECIPIENT_REFUSED },
  { SMTP_STAGE_RECIPIENT, "552 5.2.2 mailbox full", BASE_ERROR_RECIPIENT_REFUSED },
  { SMTP_STAGE_RECIPIENT, "450 4.7.1 greylisted", BASE_ERROR_TRY_LATER },
  { SMTP_STAGE_RECIPIENT, "553 5.7.1 <a@b>: Sender address rejected: not owned by user", BASE_ERROR_SENDER_REFUSED },
  { SMTP_STAGE_RECIPIENT, "550 5.1.8 <a@b>: sender's domain", BASE_ERROR_SENDER_REFUSED },
  { SMTP_STAGE_DATA, "554 5.5.1 no valid recipients", BASE_ERROR_REFUSED },
  { SMTP_STAGE_DATA, "250 what", BASE_ERROR_PROTOCOL },
  { SMTP_STAGE_MESSAGE, "552 5.3.4 too big", BASE_ERROR_TOO_LARGE },
  { SMTP_STAGE_MESSAGE, "552 5.2.2 over quota", BASE_ERROR_REFUSED },
  { SMTP_STAGE_MESSAGE, "554 5.7.1 spam", BASE_ERROR_REFUSED },
  { SMTP_STAGE_MESSAGE, "451 4.3.0 later", BASE_ERROR_TRY_LATER },
};

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (SmtpReply) reply = make_reply (one->line);

  g_assert_cmpint (smtp_reply_get_error_code (reply, one->stage), ==, one->code);
}

static void
test_words (void)
{
  g_autoptr (SmtpReply) reply = smtp_reply_new (550);
  g_autofree char *words = NULL;

  smtp_reply_add_line (reply, "5.1.1 No such user;", 19);
  smtp_reply_add_line (reply, "5.1.1 ask the postmaster", 24);
  words = smtp_reply_dup_words (reply);
  g_assert_cmpstr (words, ==, "550 5.1.1 No such user; ask the postmaster");
}

static void
test_words_are_cut (void)
{
  g_autoptr (SmtpReply) reply = smtp_reply_new (550);
  g_autofree char *words = NULL;

  for (guint i = 0; i < 200; i++)
    smtp_reply_add_line (reply, "ünündlich ünündlich", strlen ("ünündlich ünündlich"));
  words = smtp_reply_dup_words (reply);
  g_assert_cmpuint (strlen (words), <=, 1000);
  g_assert_true (g_utf8_validate (words, -1, NULL));
}

static void
test_too_many (void)
{
  g_autoptr (SmtpReply) plain = make_reply ("452 too many recipients");
  g_autoptr (SmtpReply) old = make_reply ("552 too many recipients");
  g_autoptr (SmtpReply) enhanced = make_reply ("452 4.5.3 too many");
  g_autoptr (SmtpReply) full = make_reply ("552 5.2.2 mailbox full");

  g_assert_true (smtp_reply_is_too_many_recipients (plain));
  g_assert_true (smtp_reply_is_too_many_recipients (old));
  g_assert_true (smtp_reply_is_too_many_recipients (enhanced));
  g_assert_false (smtp_reply_is_too_many_recipients (full));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("/smtp/reply/meaning/%d/%s", cases[i].stage, cases[i].line);

      g_strdelimit (name + strlen ("/smtp/reply/meaning/0/"), "/", '-');
      g_test_add_data_func (name, &cases[i], test_case);
    }
  g_test_add_func ("/smtp/reply/words-are-one-line", test_words);
  g_test_add_func ("/smtp/reply/words-are-cut-between-characters", test_words_are_cut);
  g_test_add_func ("/smtp/reply/too-many-recipients-is-told-from-a-full-mailbox", test_too_many);
  return g_test_run ();
}
