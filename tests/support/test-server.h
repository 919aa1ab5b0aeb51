/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A server that plays a written conversation on 127.0.0.1, for tests of everything that talks to servers.
 *
 *   g_autoptr (TestServer) server = test_server_new ();
 *   g_autoptr (MailLogin) login = NULL;
 *
 *   test_server_add_script (server,
 *                           "TLS\n"
 *                           "S: +OK hello\n"
 *                           "C: USER ann\n"
 *                           "S: -ERR who?\n"
 *                           "C: QUIT\n"
 *                           "S: +OK\n");
 *   login = test_server_login (server, MAIL_SECURITY_TLS, "ann", MAIL_SECRET_PASSWORD, "secret");
 *   …                              the client under test, in this thread
 *
 * Freeing the server fails the test when the client said something else, hung up early, or never came.
 *
 * A script is lines; empty lines and lines that begin with "#" say nothing:
 *
 *   S: text      sends text and CRLF ("S:" alone sends an empty line)
 *   RAW text     sends exactly these bytes; \r \n \t \0 \\ \xHH
 *   MULTI name   sends a body dot-stuffed, its lines ended by CRLF, and the final dot: what test_server_set_body () named so,
 *                or a file, relative to tests/data
 *   BYTES name   sends a body as it is (an IMAP literal)
 *   C: pattern   the client must say this line, CRLF included; "*" stands for anything, also for nothing
 *   C~           any line
 *   READ n       n bytes from the client, whatever they are
 *   DOT          lines from the client up to and with a lone "." (SMTP DATA)
 *   EOF          the client must hang up now
 *   TLS          shakes hands as a server; TLS? may fail, which ends the script (a client that refuses the certificate)
 *   DEFLATE      from here on both sides are packed (RFC 4978)
 *   MAYBE        from here on the client may hang up at any time
 *   WAIT ms      says nothing for so long, or until the client hangs up
 *   SPLIT n      from here on sends n bytes at a time with a pause between (1: byte by byte); 0 ends it
 *   FIN          closes TCP in order but says no TLS goodbye (truncation)
 *   CUT          closes hard (RST)
 *
 * At a script's end the connection is closed in order.
 */
#pragma once

#include "mail-login.h"
#include "test-certificates.h"

G_BEGIN_DECLS

typedef struct _TestServer TestServer;
typedef struct _TestTalk TestTalk;

/* Plays one connection in the server's thread, by the test_talk_… functions. */
typedef void (*TestServerFunc) (TestTalk *talk, gpointer data);

/* test_server_new: listens at once; connections without a script left are a failure */
TestServer *test_server_new (void);

/* test_server_free: test_server_finish (), and forgets */
void test_server_free (TestServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestServer, test_server_free)

guint test_server_get_port (TestServer *self);

/* One connection after the other plays one script each, in the order of adding. May be added while clients talk. */
void test_server_add_script (TestServer *self, const char *script);
void test_server_add_file (TestServer *self, const char *path); /* a script in a file, relative to tests/data */
void test_server_add_func (TestServer *self, TestServerFunc func, gpointer data);

/* test_server_set_repeat: the last script is played for all further connections, and need not be reached at all */
void test_server_set_repeat (TestServer *self, gboolean does_repeat);

/* These count for the scripts added afterwards. */
void test_server_set_certificate (TestServer *self, TestCertificateKind kind); /* default GOOD */
void test_server_set_split (TestServer *self, gsize n_bytes);                  /* as SPLIT */

/* test_server_cut_after: closes hard after so many bytes (of plain text) were sent or received; -1 for never; counts for
 * the next added script alone, whose rest is then not owed. */
void test_server_cut_after (TestServer *self, gssize n_sent, gssize n_received);

/* test_server_set_body: what MULTI name and BYTES name send */
void test_server_set_body (TestServer *self, const char *name, const char *text, gssize length);

/* test_server_get_body_size: of what MULTI would send, in bytes, before dot-stuffing and without the final dot */
gsize test_server_get_body_size (TestServer *self, const char *name);

/* test_server_login: (transfer full): how to reach this server at "localhost", trusting the test CA */
MailLogin *test_server_login (TestServer *self, MailSecurity security, const char *user, MailSecretKind kind, const char *secret);

/* test_server_dup_received: (transfer full): all that the client said (in plain text) in connection @n, from 0; only after
 * that connection's end it is whole. "" when there was none. NUL bytes stay: see @length. */
char *test_server_dup_received (TestServer *self, guint n, gsize *length);

/* test_server_get_n_connections: so many came so far */
guint test_server_get_n_connections (TestServer *self);

/* test_server_finish: waits until the last script has ended (at most 10 seconds), stops listening, and fails the running test
 * for everything that did not go as written. Returns whether all was well. */
gboolean test_server_finish (TestServer *self);

/* test_server_take_failure: (transfer full) (nullable): as test_server_finish (), but hands the first mismatch over instead
 * of failing the test: for a client that is meant to be wrong */
char *test_server_take_failure (TestServer *self);

/* For a TestServerFunc. All return whether the talk goes on: FALSE after a cut, a mismatch, or the client's leaving. */
gboolean test_talk_send_line (TestTalk *talk, const char *line);
gboolean test_talk_send (TestTalk *talk, const void *bytes, gssize length);
gboolean test_talk_send_multi (TestTalk *talk, const char *text, gssize length); /* dot-stuffed, with the final dot */
gboolean test_talk_expect (TestTalk *talk, const char *pattern);
char *test_talk_read_line (TestTalk *talk);        /* (transfer full) (nullable): without CRLF */
gboolean test_talk_play (TestTalk *talk, const char *script);
gboolean test_talk_start_tls (TestTalk *talk);
void test_talk_start_deflate (TestTalk *talk);
void test_talk_allow_leaving (TestTalk *talk);     /* as MAYBE */
void test_talk_cut (TestTalk *talk);
void test_talk_fail (TestTalk *talk, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
