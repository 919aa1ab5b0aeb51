/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TLS, PLAIN, and what comes after. */
#include "imap-talk.h"

#include "imap-enable.h"
#include "imap-login.h"

ImapSession *
imap_talk_enter (TestServer *server)
{
  g_autoptr (MailLogin) login = test_server_login (server, MAIL_SECURITY_TLS, "ana", MAIL_SECRET_PASSWORD, "secret");
  g_autoptr (GError) error = NULL;
  ImapSession *session = imap_session_open (login, NULL, "test", NULL, &error);

  g_assert_no_error (error);
  imap_login (session, login, NULL, &error);
  g_assert_no_error (error);
  return session;
}

ImapSession *
imap_talk_open (TestServer *server, const char *capabilities, const char *script)
{
  g_autofree char *whole = g_strdup_printf ("TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hi\nC: a1 AUTHENTICATE *\n"
                                            "S: a1 OK [CAPABILITY IMAP4rev1 %s] in\n%s", capabilities, script);

  test_server_add_script (server, whole);
  return imap_talk_enter (server);
}

ImapSession *
imap_talk_open_enabled (TestServer *server, const char *capabilities, const char *enabled, const char *script)
{
  g_autofree char *whole = g_strdup_printf ("C: a2 ENABLE %s\nS: * ENABLED %s\nS: a2 OK enabled\n%s", enabled, enabled, script);
  ImapSession *session = imap_talk_open (server, capabilities, whole);
  g_autoptr (GError) error = NULL;

  imap_enable (session, NULL, &error);
  g_assert_no_error (error);
  return session;
}
