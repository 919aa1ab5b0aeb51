/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Outbox through real submission servers, down to the other person's mailbox. Starts them by itself: Dovecot's submission service
 * before a relay, or, with "postfix" as its argument and as root, a Postfix. */
#include "base-error.h"
#include "mime-summary.h"
#include "outbox-fixture.h"
#include "test-servers.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <stdlib.h>
#include <string.h>

#define ARRIVAL_US (20 * G_USEC_PER_SEC)

static JsonNode *facts;

static gint64
get_number (const char *member)
{
  return json_object_get_int_member (json_node_get_object (facts), member);
}

static const char *
get_text (const char *member)
{
  return json_object_get_string_member (json_node_get_object (facts), member);
}

static MailLogin *
make_login (MailSecurity security, const char *password, gboolean with_trust)
{
  guint port = get_number (security == MAIL_SECURITY_TLS ? "smtp_tls" : "smtp_starttls");
  MailLogin *login = mail_login_new ("localhost", port, security, "ana@posthorn.test", MAIL_SECRET_PASSWORD, password);
  g_autofree char *ca = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (get_text ("ca"), &ca, NULL, &error);
  g_assert_no_error (error);
  mail_login_set_trust (login, with_trust ? ca : NULL, NULL);
  return login;
}

static char *
find_in_maildir (const char *subject)
{
  g_autofree char *path = g_strconcat (get_text ("dir"), "/mail/tom/Maildir/new", NULL);
  g_autofree char *needle = g_strconcat ("\nSubject: ", subject, "\n", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autofree char *text = NULL;

      if (g_file_get_contents (file, &text, NULL, NULL) && strstr (text, needle))
        return g_steal_pointer (&text);
    }
  return NULL;
}

/* What Tom gets, as his server keeps it (LF lines). */
static char *
wait_for (const char *subject)
{
  gint64 until = g_get_monotonic_time () + ARRIVAL_US;
  char *text = NULL;

  while (!(text = find_in_maildir (subject)) && g_get_monotonic_time () < until)
    g_usleep (50000);
  g_assert_nonnull (text);
  return text;
}

static gint64
add (OutboxFixture *fixture, const char *subject, const char *headers, const char *body)
{
  g_autofree char *source = g_strdup_printf ("From: Ana <ana@posthorn.test>\r\nSubject: %s\r\nDate: Sun, 22 Nov 2026 10:00:00 +0000\r\n"
                                             "Message-ID: <%s@posthorn.test>\r\n%s\r\n%s", subject, subject, headers, body);
  g_autoptr (GBytes) bytes = g_bytes_new (source, strlen (source));

  return outbox_fixture_add_source (fixture, bytes);
}

static void
send_with (OutboxFixture *fixture, MailSecurity security)
{
  g_autoptr (MailLogin) login = make_login (security, "ana-pw", TRUE);

  outbox_fixture_run (fixture, login, NULL);
  g_assert_no_error (fixture->error);
}

static void
test_arrives (OutboxFixture *fixture, gconstpointer data)
{
  MailSecurity security = GPOINTER_TO_INT (data);
  g_autofree char *subject = g_strconcat ("arrives-", mail_security_to_word (security), NULL);
  g_autofree char *text = NULL;

  add (fixture, subject, "To: tom@posthorn.test\r\nBcc: secret@x.test\r\n", ".\r\n..\r\n.dot\r\nplain\r\n");
  send_with (fixture, security);
  g_assert_cmpuint (fixture->report.n_sent, ==, 1);
  text = wait_for (subject);
  g_assert_true (g_str_has_suffix (text, "\n\n.\n..\n.dot\nplain\n"));
  g_assert_null (strstr (text, "secret@x.test"));
}

static void
test_gives_nothing_away (OutboxFixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  add (fixture, "nothing-given-away", "To: tom@posthorn.test\r\n", "x\r\n");
  send_with (fixture, MAIL_SECURITY_TLS);
  text = wait_for ("nothing-given-away");
  g_assert_null (strstr (text, g_get_host_name ()));
  g_assert_null (strstr (text, "osthorn/"));
}

static void
test_large (OutboxFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) body = g_string_new (NULL), expected = g_string_new (NULL);
  g_autofree char *text = NULL;
  char *lf;

  for (guint i = 0; i < 50000; i++)
    {
      g_string_append_printf (body, ".line %u of a long message, with a dot before it\r\n", i);
      g_string_append_printf (expected, ".line %u of a long message, with a dot before it\n", i);
    }
  add (fixture, "large", "To: tom@posthorn.test\r\n", body->str);
  send_with (fixture, MAIL_SECURITY_TLS);
  text = wait_for ("large");
  lf = strstr (text, "\n\n.line 0 ");
  g_assert_nonnull (lf);
  g_assert_cmpstr (lf + 2, ==, expected->str);
}

static void
test_several (OutboxFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *subject = g_strdup_printf ("several-%u", i);

      add (fixture, subject, "To: tom@posthorn.test\r\n", "x\r\n");
    }
  send_with (fixture, MAIL_SECURITY_TLS);
  g_assert_cmpuint (fixture->report.n_sent, ==, 10);
  g_test_message ("10 messages: %u round trips, %" G_GINT64_FORMAT " bytes", fixture->report.round_trips, fixture->report.bytes_out);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *subject = g_strdup_printf ("several-%u", i);
      g_autofree char *text = wait_for (subject);
    }
}

static void
test_refused (OutboxFixture *fixture, gconstpointer data)
{
  gint64 id = add (fixture, "some-refused", "To: tom@posthorn.test, bounce5xx@x.test\r\n", "x\r\n");
  g_autofree char *text = NULL;

  send_with (fixture, MAIL_SECURITY_STARTTLS);
  outbox_fixture_assert (fixture, id, STORE_OUTBOX_FAILED, "ar", "some-recipients-refused");
  g_assert_cmpuint (outbox_fixture_count (fixture, fixture->sent), ==, 1);
  text = wait_for ("some-refused");
}

static void
test_later (OutboxFixture *fixture, gconstpointer data)
{
  gint64 id = add (fixture, "some-later", "To: tom@posthorn.test, tempfail4xx@x.test\r\n", "x\r\n");
  g_autofree char *text = NULL;

  send_with (fixture, MAIL_SECURITY_STARTTLS);
  outbox_fixture_assert (fixture, id, STORE_OUTBOX_QUEUED, "aw", "try-later");
  text = wait_for ("some-later");
}

static void
test_too_large (OutboxFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) body = g_string_new (NULL);
  gint64 id;

  while (body->len < 28 * 1024 * 1024)
    g_string_append (body, "0123456789012345678901234567890123456789012345678901234567890123456789\r\n");
  id = add (fixture, "too-large", "To: tom@posthorn.test\r\n", body->str);
  send_with (fixture, MAIL_SECURITY_TLS);
  outbox_fixture_assert (fixture, id, STORE_OUTBOX_FAILED, "w", "too-large");
  g_assert_cmpint (fixture->report.bytes_out, <, 10000);
}

static void
test_wrong_password (OutboxFixture *fixture, gconstpointer data)
{
  g_autoptr (MailLogin) login = make_login (MAIL_SECURITY_TLS, "wrong", TRUE);
  gint64 id = add (fixture, "wrong-password", "To: tom@posthorn.test\r\n", "x\r\n");

  g_assert_false (outbox_fixture_run (fixture, login, NULL));
  g_assert_error (fixture->error, BASE_ERROR, BASE_ERROR_WRONG_PASSWORD);
  outbox_fixture_assert (fixture, id, STORE_OUTBOX_QUEUED, "w", "wrong-password");
}

static void
test_certificate (OutboxFixture *fixture, gconstpointer data)
{
  g_autoptr (MailLogin) login = make_login (MAIL_SECURITY_TLS, "ana-pw", FALSE);
  SyncPass pass = { .login = login, .trace_tag = "test" };
  g_autoptr (GError) error = NULL;

  g_assert_false (sync_outbox_check (&pass, NULL, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_CERTIFICATE);
}

static void
test_check (OutboxFixture *fixture, gconstpointer data)
{
  g_autoptr (MailLogin) login = make_login (GPOINTER_TO_INT (data), "ana-pw", TRUE);
  SyncPass pass = { .login = login, .trace_tag = "test" };
  g_autoptr (GError) error = NULL;

  g_assert_true (sync_outbox_check (&pass, NULL, &error));
  g_assert_no_error (error);
}

static void
add_test (const char *smtp, const char *name, int data, void (*func) (OutboxFixture *, gconstpointer))
{
  g_autofree char *path = g_strdup_printf ("/servers/%s/outbox/%s", smtp, name);

  g_test_add (path, OutboxFixture, GINT_TO_POINTER (data), outbox_fixture_set_up, func, outbox_fixture_tear_down);
}

int
main (int argc, char **argv)
{
  const char *smtp = argc > 1 && argv[1][0] != '-' ? argv[1] : "dovecot";
  int status;

  if (!test_servers_are_here (argv, smtp, "full", &status))
    return status;
  facts = json_from_string (g_getenv ("POSTHORN_SERVERS"), NULL);
  g_assert_nonnull (facts);
  g_test_init (&argc, &argv, NULL);
  mime_init ();
  add_test (smtp, "arrives-over-tls", MAIL_SECURITY_TLS, test_arrives);
  add_test (smtp, "arrives-over-starttls", MAIL_SECURITY_STARTTLS, test_arrives);
  add_test (smtp, "gives-nothing-away", 0, test_gives_nothing_away);
  add_test (smtp, "large-message-arrives-whole", 0, test_large);
  add_test (smtp, "several-messages-in-one-session", 0, test_several);
  add_test (smtp, "refused-recipient-is-named-and-the-other-served", 0, test_refused);
  add_test (smtp, "recipient-put-off-waits-and-the-other-is-served", 0, test_later);
  add_test (smtp, "too-large-is-not-uploaded", 0, test_too_large);
  add_test (smtp, "wrong-password-keeps-everything", 0, test_wrong_password);
  add_test (smtp, "unknown-issuer-is-refused", 0, test_certificate);
  add_test (smtp, "check-over-tls", MAIL_SECURITY_TLS, test_check);
  add_test (smtp, "check-over-starttls", MAIL_SECURITY_STARTTLS, test_check);
  return g_test_run ();
}
