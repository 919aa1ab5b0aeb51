/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Connections with a server that follows a script: TLS, its faults and attacks, deadlines, cuts, cancelling. */
#include "net-connection.h"

#include "base-error.h"
#include "test-server.h"

#include <string.h>

static MailLogin *
login_for (TestServer *server, MailSecurity security)
{
  return test_server_login (server, security, NULL, MAIL_SECRET_NONE, NULL);
}

static NetConnection *
open_well (TestServer *server, MailSecurity security)
{
  g_autoptr (MailLogin) login = login_for (server, security);
  g_autoptr (GError) error = NULL;
  NetConnection *connection = net_connection_open (login, NULL, "test", NULL, &error);

  g_assert_no_error (error);
  return connection;
}

static GError *
open_badly (MailLogin *login)
{
  g_autoptr (GError) error = NULL;
  NetConnection *connection = net_connection_open (login, NULL, "test", NULL, &error);

  g_assert_null (connection);
  g_assert_nonnull (error);
  return g_steal_pointer (&error);
}

static void
say (NetConnection *connection, const char *text)
{
  g_autoptr (GError) error = NULL;

  net_connection_write (connection, text, strlen (text), NULL, &error);
  g_assert_no_error (error);
}

static void
feed_to (NetConnection *connection, GByteArray *pending, gsize size)
{
  g_autoptr (GError) error = NULL;

  while (pending->len < size)
    if (!net_connection_feed (connection, pending, NULL, &error))
      break;
  g_assert_no_error (error);
  g_assert_cmpuint (pending->len, ==, size);
}

static void
expect_text (NetConnection *connection, const char *text)
{
  g_autoptr (GByteArray) pending = g_byte_array_new ();

  feed_to (connection, pending, strlen (text));
  g_assert_cmpmem (pending->data, pending->len, text, strlen (text));
}

static void
expect_failure (NetConnection *connection, int code)
{
  g_autoptr (GByteArray) pending = g_byte_array_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (net_connection_feed (connection, pending, NULL, &error));
  g_assert_error (error, BASE_ERROR, code);
  g_assert_cmpuint (pending->len, ==, 0);
}

static void
test_tls (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (NetConnection) connection = NULL;
  const char *type;

  test_server_add_script (server, "TLS\nS: hello\nC: bye\nS: bye\nEOF\n");
  connection = open_well (server, MAIL_SECURITY_TLS);
  expect_text (connection, "hello\r\n");
  g_assert_true (net_connection_is_encrypted (connection));
  g_bytes_unref (net_connection_get_channel_binding (connection, &type));
  g_assert_cmpstr (type, ==, "tls-exporter");
  say (connection, "bye\r\n");
  expect_text (connection, "bye\r\n");
  net_connection_close (connection);
  net_connection_close (connection);
}

static void
test_plain (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (NetConnection) connection = NULL;
  const char *type;

  test_server_add_script (server, "S: hello\nEOF\n");
  connection = open_well (server, MAIL_SECURITY_PLAINTEXT);
  expect_text (connection, "hello\r\n");
  g_assert_false (net_connection_is_encrypted (connection));
  g_assert_null (net_connection_get_channel_binding (connection, &type));
  net_connection_close (connection);
}

/* --- certificates --- */

typedef struct
{
  const char *path;
  TestCertificateKind kind;
  const char *host;
  const char *problems; /* a pattern */
} Fault;

static const Fault faults[] = {
  { "/net/connection/certificate-expired/is-refused-with-the-date", TEST_CERTIFICATE_EXPIRED, "localhost",
    "The certificate expired on 2020-02-03 12:00 UTC.*" },
  { "/net/connection/certificate-not-yet-valid/is-refused-with-the-date", TEST_CERTIFICATE_NOT_YET, "localhost",
    "The certificate is not valid before 2090-05-06 12:00 UTC.*" },
  { "/net/connection/certificate-for-another-host/is-refused-with-both-names", TEST_CERTIFICATE_WRONG_HOST, "localhost",
    "The certificate is for mail.elsewhere.example, \\*.elsewhere.example, not for localhost.*" },
  { "/net/connection/certificate-for-another-address/is-refused-with-both-names", TEST_CERTIFICATE_WRONG_HOST, "127.0.0.1",
    "The certificate is for mail.elsewhere.example, \\*.elsewhere.example, not for 127.0.0.1.*" },
  { "/net/connection/certificate-signed-by-itself/is-refused-saying-so", TEST_CERTIFICATE_SELF_SIGNED, "localhost",
    "The certificate is signed by nobody but itself." },
  { "/net/connection/certificate-of-an-unknown-authority/is-refused-naming-it", TEST_CERTIFICATE_OTHER_CA, "localhost",
    "The certificate's issuer, Posthorn Other CA, is not an authority that this computer trusts." },
  { "/net/connection/certificate-with-three-faults/is-refused-for-each", TEST_CERTIFICATE_ALL_WRONG, "localhost",
    "The certificate expired on *.\nThe certificate is for *, not for localhost.\nThe certificate's issuer, Posthorn Other CA*" },
};

static MailLogin *
login_to (TestServer *server, const char *host, const char *ca_pem, const char *fingerprint)
{
  MailLogin *login = mail_login_new (host, test_server_get_port (server), MAIL_SECURITY_TLS, NULL, MAIL_SECRET_NONE, NULL);

  mail_login_set_trust (login, ca_pem, (const char *const[]) { fingerprint, NULL });
  return login;
}

static void
test_certificate_fault (gconstpointer data)
{
  const Fault *fault = data;
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (MailLogin) login = login_to (server, fault->host, test_certificate_get_ca_pem (), NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *pattern = g_strcompress (fault->problems);

  test_server_set_certificate (server, fault->kind);
  test_server_add_script (server, "TLS?\nMAYBE\nEOF\n");
  error = open_badly (login);
  g_assert_error (error, BASE_ERROR, BASE_ERROR_CERTIFICATE);
  g_test_message ("%s", base_error_get_certificate_problems (error));
  g_assert_true (g_pattern_match_simple (pattern, base_error_get_certificate_problems (error)));
  g_assert_cmpstr (base_error_get_certificate (error), ==, test_certificate_get_pem (fault->kind));
  g_assert_cmpstr (base_error_get_host (error), ==, fault->host);
  g_assert_cmpuint (base_error_get_port (error), ==, test_server_get_port (server));
  g_assert_cmpstr (base_error_get_security (error), ==, "tls");
}

static void
test_good_certificate_without_its_authority (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (MailLogin) login = login_to (server, "localhost", NULL, NULL);
  g_autoptr (GError) error = NULL;

  test_server_add_script (server, "TLS?\nMAYBE\nEOF\n");
  error = open_badly (login);
  g_assert_error (error, BASE_ERROR, BASE_ERROR_CERTIFICATE);
}

static void
test_address_as_host (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (MailLogin) login = login_to (server, "127.0.0.1", test_certificate_get_ca_pem (), NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (NetConnection) connection = NULL;

  test_server_add_script (server, "TLS\nEOF\n");
  connection = net_connection_open (login, NULL, "test", NULL, &error);
  g_assert_no_error (error);
}

static void
test_exception (void)
{
  for (int kind = TEST_CERTIFICATE_EXPIRED; kind <= TEST_CERTIFICATE_ALL_WRONG; kind++)
    {
      g_autoptr (TestServer) server = test_server_new ();
      g_autoptr (MailLogin) login = login_to (server, "localhost", NULL, test_certificate_get_fingerprint (kind));
      g_autoptr (GError) error = NULL;
      g_autoptr (NetConnection) connection = NULL;

      test_server_set_certificate (server, kind);
      test_server_add_script (server, "TLS\nEOF\n");
      connection = net_connection_open (login, NULL, "test", NULL, &error);
      g_assert_no_error (error);
    }
}

static void
test_exception_for_another (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (MailLogin) login = login_to (server, "localhost", NULL, test_certificate_get_fingerprint (TEST_CERTIFICATE_EXPIRED));
  g_autoptr (GError) error = NULL;

  test_server_set_certificate (server, TEST_CERTIFICATE_SELF_SIGNED);
  test_server_add_script (server, "TLS?\nMAYBE\nEOF\n");
  error = open_badly (login);
  g_assert_error (error, BASE_ERROR, BASE_ERROR_CERTIFICATE);
}

static void
test_own_certificate_as_anchor (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (MailLogin) login = login_to (server, "localhost", test_certificate_get_pem (TEST_CERTIFICATE_SELF_SIGNED), NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (NetConnection) connection = NULL;

  test_server_set_certificate (server, TEST_CERTIFICATE_SELF_SIGNED);
  test_server_add_script (server, "TLS\nEOF\n");
  connection = net_connection_open (login, NULL, "test", NULL, &error);
  g_assert_no_error (error);
}

/* --- where no connection comes to be --- */

static void
test_nobody_listens (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (MailLogin) login = login_for (server, MAIL_SECURITY_TLS);
  g_autoptr (GError) error = NULL;

  test_server_finish (server);
  error = open_badly (login);
  g_assert_error (error, BASE_ERROR, BASE_ERROR_CONNECTION_REFUSED);
}

static void
test_no_such_host (void)
{
  g_autoptr (MailLogin) login = mail_login_new ("not a host..", 995, MAIL_SECURITY_TLS, NULL, MAIL_SECRET_NONE, NULL);
  g_autoptr (GError) error = open_badly (login);

  g_assert_error (error, BASE_ERROR, BASE_ERROR_HOST_NOT_FOUND);
}

static void
test_no_tls_there (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (MailLogin) login = login_for (server, MAIL_SECURITY_TLS);
  g_autoptr (GError) error = NULL;

  test_server_add_script (server, "MAYBE\nS: +OK hello\nWAIT 5000\n");
  error = open_badly (login);
  g_assert_error (error, BASE_ERROR, BASE_ERROR_NO_TLS);
}

static void
test_cancelled_open (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (MailLogin) login = login_for (server, MAIL_SECURITY_TLS);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (net_connection_open (login, NULL, "test", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (100000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_cancelled_handshake (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (MailLogin) login = login_for (server, MAIL_SECURITY_TLS);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);

  test_server_add_script (server, "MAYBE\nWAIT 5000\n");
  g_assert_null (net_connection_open (login, NULL, "test", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
}

/* --- STARTTLS --- */

static void
test_starttls (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (NetConnection) connection = NULL;
  g_autoptr (GByteArray) pending = g_byte_array_new ();
  g_autoptr (GError) error = NULL;

  test_server_add_script (server, "S: hello\nC: STLS\nS: +OK\nTLS\nC: more\nS: well\nEOF\n");
  connection = open_well (server, MAIL_SECURITY_STARTTLS);
  expect_text (connection, "hello\r\n");
  g_assert_false (net_connection_is_encrypted (connection));
  say (connection, "STLS\r\n");
  expect_text (connection, "+OK\r\n");
  g_assert_true (net_connection_start_tls (connection, pending, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (net_connection_is_encrypted (connection));
  say (connection, "more\r\n");
  expect_text (connection, "well\r\n");
  net_connection_close (connection);
}

static void
test_bytes_in_the_parser (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (NetConnection) connection = NULL;
  g_autoptr (GByteArray) pending = g_byte_array_new ();
  g_autoptr (GError) error = NULL;

  test_server_add_script (server, "S: +OK\nEOF\n");
  connection = open_well (server, MAIL_SECURITY_STARTTLS);
  expect_text (connection, "+OK\r\n");
  g_byte_array_append (pending, (const guint8 *) "x", 1);
  g_assert_false (net_connection_start_tls (connection, pending, NULL, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_ATTACK);
  g_assert_cmpstr (base_error_get_security (error), ==, "starttls");
}

static void
test_bytes_in_the_socket (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (NetConnection) connection = NULL;
  g_autoptr (GByteArray) pending = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  char buffer[5];
  gssize n;

  test_server_add_script (server, "RAW +OK\\r\\n+OK injected\\r\\n\nMAYBE\nWAIT 5000\n");
  connection = open_well (server, MAIL_SECURITY_STARTTLS);
  n = net_connection_read (connection, buffer, sizeof buffer, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, sizeof buffer);
  g_assert_false (net_connection_start_tls (connection, pending, NULL, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_ATTACK);
  g_assert_false (net_connection_is_encrypted (connection));
  g_clear_error (&error);
  g_assert_false (net_connection_write (connection, "x", 1, NULL, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_NETWORK);
}

static void
test_starttls_certificate (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (NetConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  test_server_set_certificate (server, TEST_CERTIFICATE_WRONG_HOST);
  test_server_add_script (server, "S: +OK\nTLS?\nMAYBE\nEOF\n");
  connection = open_well (server, MAIL_SECURITY_STARTTLS);
  expect_text (connection, "+OK\r\n");
  g_assert_false (net_connection_start_tls (connection, NULL, NULL, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_CERTIFICATE);
  g_assert_false (net_connection_is_encrypted (connection));
}

/* --- waiting, and losing --- */

static void
check_deadline (MailSecurity security, const char *script)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (NetConnection) connection = NULL;
  gint64 before;

  test_server_add_script (server, script);
  connection = open_well (server, security);
  expect_text (connection, "hello\r\n");
  net_connection_set_deadline (connection, 1);
  before = g_get_monotonic_time ();
  expect_failure (connection, BASE_ERROR_TIMED_OUT);
  g_assert_cmpint (g_get_monotonic_time () - before, >, 900000);
  g_assert_cmpint (g_get_monotonic_time () - before, <, 3000000);
  expect_text (connection, "late\r\n"); /* a time-out is not the end: the session decides */
}

static void
test_deadline (void)
{
  check_deadline (MAIL_SECURITY_PLAINTEXT, "S: hello\nWAIT 1500\nS: late\nMAYBE\nEOF\n");
}

static void
test_deadline_in_tls (void)
{
  check_deadline (MAIL_SECURITY_TLS, "TLS\nS: hello\nWAIT 1500\nS: late\nMAYBE\nEOF\n");
}

static void
test_cut (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (NetConnection) connection = NULL;

  test_server_add_script (server, "TLS\nS: hello\nC: go on\nCUT\n");
  connection = open_well (server, MAIL_SECURITY_TLS);
  expect_text (connection, "hello\r\n");
  say (connection, "go on\r\n");
  expect_failure (connection, BASE_ERROR_NETWORK);
}

static void
test_truncation (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (NetConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  char buffer[10];

  test_server_add_script (server, "TLS\nS: hello\nFIN\n");
  connection = open_well (server, MAIL_SECURITY_TLS);
  expect_text (connection, "hello\r\n");
  g_assert_cmpint (net_connection_read (connection, buffer, sizeof buffer, NULL, &error), ==, -1);
  g_assert_error (error, BASE_ERROR, BASE_ERROR_NETWORK);
}

static void
test_end (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (NetConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  char buffer[10];

  test_server_add_script (server, "TLS\nS: hello\n");
  connection = open_well (server, MAIL_SECURITY_TLS);
  expect_text (connection, "hello\r\n");
  g_assert_cmpint (net_connection_read (connection, buffer, sizeof buffer, NULL, &error), ==, 0);
  g_assert_no_error (error);
  expect_failure (connection, BASE_ERROR_NETWORK);
}

static void
check_cancelled_read (MailSecurity security, const char *script)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (NetConnection) connection = NULL;
  g_autoptr (GByteArray) pending = g_byte_array_new ();
  gsize n_cancelled = 0;

  test_server_set_split (server, 3);
  test_server_add_script (server, script);
  connection = open_well (server, security);
  net_connection_set_deadline (connection, 0);
  while (pending->len < 36)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);

      while (net_connection_feed (connection, pending, cancellable, &error) && pending->len < 36)
        ;
      if (error)
        {
          g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
          n_cancelled++;
        }
      g_thread_join (thread);
    }
  g_assert_cmpuint (n_cancelled, >=, 2);
  g_assert_cmpmem (pending->data, pending->len, "0123456789\r\nabcdefghij\r\nABCDEFGHIJ\r\n", 36);
  say (connection, "DONE\r\n");
}

static void
test_cancelled_read (void)
{
  check_cancelled_read (MAIL_SECURITY_PLAINTEXT,
                        "S: 0123456789\nWAIT 300\nS: abcdefghij\nWAIT 300\nS: ABCDEFGHIJ\nC: DONE\nEOF\n");
}

static void
test_cancelled_read_in_tls (void)
{
  check_cancelled_read (MAIL_SECURITY_TLS,
                        "TLS\nS: 0123456789\nWAIT 300\nS: abcdefghij\nWAIT 300\nS: ABCDEFGHIJ\nC: DONE\nEOF\n");
}

static void
check_cancelled_write (MailSecurity security, const char *script)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (NetConnection) connection = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *much = g_malloc0 (30000000);
  GThread *thread = NULL;

  test_server_add_script (server, script);
  connection = open_well (server, security);
  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  g_assert_false (net_connection_write (connection, much, 30000000, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
  g_clear_error (&error);
  g_assert_false (net_connection_write (connection, "x", 1, NULL, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_NETWORK);
}

static void
test_cancelled_write (void)
{
  check_cancelled_write (MAIL_SECURITY_PLAINTEXT, "MAYBE\nWAIT 400\n");
}

static void
test_cancelled_write_in_tls (void)
{
  check_cancelled_write (MAIL_SECURITY_TLS, "TLS\nMAYBE\nWAIT 400\n");
}

static void
test_write_deadline (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (NetConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *much = g_malloc0 (30000000);
  gint64 before;

  test_server_add_script (server, "TLS\nMAYBE\nWAIT 9000\n");
  connection = open_well (server, MAIL_SECURITY_TLS);
  net_connection_set_deadline (connection, 1);
  before = g_get_monotonic_time ();
  g_assert_false (net_connection_write (connection, much, 30000000, NULL, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_TIMED_OUT);
  g_assert_cmpint (g_get_monotonic_time () - before, <, 5 * G_USEC_PER_SEC); /* GIO's TLS asks twice */
}

static void
test_much (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (NetConnection) connection = NULL;
  g_autoptr (GByteArray) pending = g_byte_array_new ();
  g_autofree char *much = g_strnfill (20000000, 'y');

  test_server_set_body (server, "much", much, 20000000);
  test_server_add_script (server, "TLS\nBYTES much\nEOF\n");
  connection = open_well (server, MAIL_SECURITY_TLS);
  for (gsize left = 20000000; left > 0; left -= pending->len)
    {
      g_autoptr (GError) error = NULL;

      g_byte_array_set_size (pending, 0);
      net_connection_feed (connection, pending, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (pending->len, <=, 65536);
    }
}

static void
test_trace (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (BaseTrace) trace = base_trace_new (NULL, NULL);
  g_autoptr (MailLogin) login = test_server_login (server, MAIL_SECURITY_TLS, "ann", MAIL_SECRET_PASSWORD, "tell nobody");
  g_autoptr (NetConnection) connection = NULL;
  g_autofree char *text = NULL;

  test_server_add_script (server, "TLS\nEOF\n");
  connection = net_connection_open (login, trace, "Work POP3", NULL, NULL);
  g_assert_nonnull (connection);
  net_connection_close (connection);
  text = base_trace_dup_text (trace);
  g_assert_nonnull (strstr (text, "Work POP3 * connecting to localhost, port "));
  g_assert_nonnull (strstr (text, "Work POP3 * TLS 1.3, "));
  g_assert_nonnull (strstr (text, "Work POP3 * closed"));
  g_assert_null (strstr (text, "tell nobody"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/connection/tls/speaks", test_tls);
  g_test_add_func ("/net/connection/plain-text/speaks", test_plain);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    g_test_add_data_func (faults[i].path, &faults[i], test_certificate_fault);
  g_test_add_func ("/net/connection/authority-of-another-login/is-not-trusted", test_good_certificate_without_its_authority);
  g_test_add_func ("/net/connection/address-as-host/matches-the-certificate's-address", test_address_as_host);
  g_test_add_func ("/net/connection/exception/accepts-that-certificate-whatever-is-wrong", test_exception);
  g_test_add_func ("/net/connection/exception/does-not-accept-another-certificate", test_exception_for_another);
  g_test_add_func ("/net/connection/self-signed-certificate-as-authority/is-accepted", test_own_certificate_as_anchor);
  g_test_add_func ("/net/connection/nobody-listens/is-connection-refused", test_nobody_listens);
  g_test_add_func ("/net/connection/impossible-host/is-host-not-found", test_no_such_host);
  g_test_add_func ("/net/connection/plain-server-on-a-tls-port/is-no-tls", test_no_tls_there);
  g_test_add_func ("/net/connection/cancelled-open/is-cancelled", test_cancelled_open);
  g_test_add_func ("/net/connection/cancelled-handshake/is-cancelled", test_cancelled_handshake);
  g_test_add_func ("/net/connection/starttls/speaks-encrypted", test_starttls);
  g_test_add_func ("/net/connection/starttls-with-bytes-in-the-parser/is-an-attack", test_bytes_in_the_parser);
  g_test_add_func ("/net/connection/starttls-with-bytes-in-the-socket/is-an-attack", test_bytes_in_the_socket);
  g_test_add_func ("/net/connection/starttls-certificate-for-another-host/is-refused", test_starttls_certificate);
  g_test_add_func ("/net/connection/silence/times-out", test_deadline);
  g_test_add_func ("/net/connection/silence-in-tls/times-out", test_deadline_in_tls);
  g_test_add_func ("/net/connection/reset/is-a-network-error", test_cut);
  g_test_add_func ("/net/connection/tls-without-goodbye/is-a-network-error", test_truncation);
  g_test_add_func ("/net/connection/orderly-end/reads-zero", test_end);
  g_test_add_func ("/net/connection/cancelled-read/loses-no-bytes", test_cancelled_read);
  g_test_add_func ("/net/connection/cancelled-read-in-tls/loses-no-bytes", test_cancelled_read_in_tls);
  g_test_add_func ("/net/connection/cancelled-write/closes", test_cancelled_write);
  g_test_add_func ("/net/connection/cancelled-write-in-tls/closes", test_cancelled_write_in_tls);
  g_test_add_func ("/net/connection/stuck-write/times-out", test_write_deadline);
  g_test_add_func ("/net/connection/twenty-megabytes/come-in-large-pieces", test_much);
  g_test_add_func ("/net/connection/trace/tells-no-secret", test_trace);
  return g_test_run ();
}
