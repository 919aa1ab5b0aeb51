/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail-authentication.h"

#include <string.h>

#define GOOGLE \
  "mx.google.com;\r\n       dkim=pass header.i=@example.org header.s=s1 header.b=abc;\r\n       spf=pass (google.com: domain of x@example.org " \
  "designates 192.0.2.1 as permitted sender) smtp.mailfrom=x@example.org;\r\n       dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=example.org"

static MailVerdict
judge (const char *value, const char *domain)
{
  g_autoptr (MailAuthentication) parsed = mail_authentication_parse (value, strlen (value));

  g_assert_nonnull (parsed);
  return mail_authentication_judge (parsed, domain);
}

static void
test_verdicts (void)
{
  g_assert_cmpint (judge (GOOGLE, "example.org"), ==, MAIL_VERDICT_CONFIRMED);
  g_assert_cmpint (judge ("a.b 1; dmarc=fail header.from=example.org; dkim=pass header.d=evil.example", "example.org"), ==, MAIL_VERDICT_DOUBTED);
  g_assert_cmpint (judge ("a.b; dkim=pass header.d=example.org", "news.example.org"), ==, MAIL_VERDICT_CONFIRMED);
  g_assert_cmpint (judge ("a.b; dkim=pass header.d=evil.example", "example.org"), ==, MAIL_VERDICT_SILENT);
  g_assert_cmpint (judge ("a.b; dkim=pass header.d=notexample.org", "example.org"), ==, MAIL_VERDICT_SILENT);
  g_assert_cmpint (judge ("a.b; dkim=pass header.d=org", "example.org"), ==, MAIL_VERDICT_SILENT);
  g_assert_cmpint (judge ("a.b; dmarc=pass header.from=evil.example", "example.org"), ==, MAIL_VERDICT_SILENT);
  g_assert_cmpint (judge ("a.b; spf=fail smtp.mailfrom=example.org", "example.org"), ==, MAIL_VERDICT_SILENT);
  g_assert_cmpint (judge ("a.b; spf/1 = PASS reason=\"a;b\" smtp.mailfrom=\"x@example.org\"", "example.org"), ==, MAIL_VERDICT_CONFIRMED);
  g_assert_cmpint (judge ("a.b; none", "example.org"), ==, MAIL_VERDICT_SILENT);
  g_assert_cmpint (judge ("a.b; (dmarc=pass \\) header.from=example.org)", "example.org"), ==, MAIL_VERDICT_SILENT);
}

static void
assert_by (const char *server, const char *host, gboolean is_by)
{
  g_autoptr (MailAuthentication) parsed = mail_authentication_parse (server, strlen (server));

  if (mail_authentication_is_by (parsed, host) != is_by)
    g_error ("%s for %s", server, host);
}

static void
test_servers (void)
{
  assert_by ("mail.example.org", "imap.example.org", TRUE);
  assert_by ("example.org", "IMAP.example.org", TRUE);
  assert_by ("mx.google.com", "imap.gmail.com", TRUE);
  assert_by ("mx1.messagingengine.com", "imap.fastmail.com", TRUE);
  assert_by ("mx.example.co.uk", "imap.example.co.uk", TRUE);
  assert_by ("evil.co.uk", "imap.example.co.uk", FALSE);
  assert_by ("evil.co.uk", "example.co.uk", FALSE);
  assert_by ("evil.example", "imap.example.org", FALSE);
  assert_by ("notexample.org", "imap.example.org", FALSE);
  assert_by ("evil.google.com", "imap.gmail.com", FALSE);
  assert_by ("spf=pass", "imap.example.org", FALSE);
}

static void
test_broken (void)
{
  static const char *const values[] = { "", ";", "(", "\"", "=", " \t", "a.b;", "a.b;;;;", "a.b; dkim", "a.b; dkim=", "a.b; =x", "a.b; dkim=pass header.d=",
                                        "a.b; dkim=pass header.d=\"", "a.b; dkim/=", "a.b; (((", "a.b; \\" };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (MailAuthentication) parsed = mail_authentication_parse (values[i], strlen (values[i]));

      if (parsed)
        g_assert_cmpint (mail_authentication_judge (parsed, "example.org"), ==, MAIL_VERDICT_SILENT);
    }
}

/* Cut anywhere, a value says nothing that the whole one does not. */
static void
test_cut (void)
{
  for (gsize i = 0; i <= strlen (GOOGLE); i++)
    {
      g_autofree char *cut = g_strndup (GOOGLE, i);
      g_autoptr (MailAuthentication) parsed = mail_authentication_parse (cut, i);

      if (parsed)
        g_assert_cmpint (mail_authentication_judge (parsed, "example.org"), !=, MAIL_VERDICT_DOUBTED);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mail/authentication/results/are-judged-by-the-sender's-domain", test_verdicts);
  g_test_add_func ("/mail/authentication/a-server/is-known-by-its-name", test_servers);
  g_test_add_func ("/mail/authentication/broken-values/say-nothing", test_broken);
  g_test_add_func ("/mail/authentication/values-cut-anywhere/say-no-more", test_cut);
  return g_test_run ();
}
