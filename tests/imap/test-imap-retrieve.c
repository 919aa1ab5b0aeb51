/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pipelined UID FETCH, with everything that a server may say in between. */
#include "imap-retrieve.h"

#include "base-error.h"
#include "imap-talk.h"

#include <string.h>

#define ITEMS "(UID BODY.PEEK[])"

typedef struct
{
  GString *bodies;          /* "uid=body " of what has both */
  GString *answers;         /* "0 1! " answered, refused */
  const char *const *sets;  /* the next one to send */
  int stop_at;              /* set after which no more are wanted; -1 */
  int fail_at;
} Record;

static void
record_init (Record *self, const char *const *sets)
{
  *self = (Record) { g_string_new (NULL), g_string_new (NULL), sets, -1, -1 };
}

static void
record_clear (Record *self)
{
  g_string_free (self->bodies, TRUE);
  g_string_free (self->answers, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Record, record_clear)

static gboolean
next (ImapRequest *request, gpointer data)
{
  Record *self = data;

  request->set = g_strdup (*self->sets);
  request->items = ITEMS;
  self->sets += request->set != NULL;
  return request->set != NULL;
}

static void
on_fetch (const ImapFetch *fetch, gpointer data)
{
  Record *self = data;
  gsize size;
  const char *bytes = fetch->body ? g_bytes_get_data (fetch->body, &size) : NULL;

  if (fetch->uid > 0 && fetch->body)
    g_string_append_printf (self->bodies, "%u=%.*s ", fetch->uid, (int) size, bytes);
}

static gboolean
on_set (guint index, const GError *refusal, gpointer data, GError **error)
{
  Record *self = data;

  g_string_append_printf (self->answers, "%u%s ", index, refusal ? "!" : "");
  if (self->fail_at == (int) index)
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_DISK_FULL, "No room.");
      return FALSE;
    }
  return self->stop_at != (int) index;
}

static gboolean
retrieve (ImapSession *session, Record *record, GError **error)
{
  return imap_retrieve_each (session, next, on_fetch, on_set, record, NULL, error);
}

static const char *const three[] = { "7:9", "4", "1", NULL };
static const char *const ten[] = { "10", "9", "8", "7", "6", "5", "4", "3", "2", "1", NULL };

static void
test_pipelined (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, "", "C: a2 UID FETCH 7:9 " ITEMS "\nC: a3 UID FETCH 4 " ITEMS "\nC: a4 UID FETCH 1 " ITEMS "\nS: * 2 FETCH (UID 9 BODY[] {2}\nRAW ab)\\r\\n\n"
    "S: * 1 FETCH (BODY[] \"c\" UID 7)\nS: a2 OK\nS: * 4 FETCH (UID 4 BODY[] \"d\")\nS: a3 OK\nS: a4 OK\nEOF\n");
  g_auto (Record) record = { 0 };
  g_autoptr (GError) error = NULL;

  record_init (&record, three);
  retrieve (session, &record, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (record.bodies->str, ==, "9=ab 7=c 4=d ");
  g_assert_cmpstr (record.answers->str, ==, "0 1 2 ");
  imap_session_close (session);
}

/* RFC 9051 §7: every response there is, and some of extensions, none of which changes what was asked for. */
static void
test_anything_in_between (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, "", "C: a2 UID FETCH 7 " ITEMS "\n"
    "S: * OK [ALERT] Going down\nS: * NO [SERVERBUG] hm\nS: * BAD so what\nS: * OK [BADCHARSET ({5}\nS: * CAPABILITY IMAP4rev1 LITERAL+\nS: * ENABLED\n"
    "S: * LIST () \"/\" {3}\nS: a b\nS: * LSUB (\\Noselect) NIL x\nS: * NAMESPACE ((\"\" \"/\")) NIL NIL\nS: * STATUS x (MESSAGES 3 UIDNEXT 4)\n"
    "S: * ESEARCH (TAG \"x\") UID ALL 3\nS: * SEARCH 1 2 (MODSEQ 917162500)\nS: * FLAGS (\\Seen \\*)\nS: * 23 EXISTS\nS: * 5 RECENT\nS: * 44 EXPUNGE\nS: * VANISHED 7\n"
    "S: * 1 FETCH (FLAGS (\\Seen) UID 7 MODSEQ (3))\nS: * 1 FETCH (UID 7 ENVELOPE (\"Wed, 17 Jul 1996\" {4}\nS: A\"b\n"
    "RAW  ((NIL NIL \"a\" NIL)) NIL NIL NIL NIL NIL NIL) BODY[TEXT]<0> \"part\" BINARY[1] ~{2}\\r\\n((" " BINARY.SIZE[1] 2 RFC822.TEXT \"x\" BODY[HEADER] {3}\\r\\na:b)\\r\\n\n"
    "S: * 1 FETCH (UID 8 BODY[1] \"not all\" PREVIEW NIL X-GM-LABELS (\\Inbox \"R&AOk-sum\"))\nS: * 2 FETCH (FLAGS ())\nS: * 3 FETCH ()\nS: * 4 FETCH NIL\n"
    "S: * QUOTAROOT INBOX \"\"\nS: * QUOTA \"\" (STORAGE 1 2)\nS: * ID NIL\nS: * ACL INBOX ana lrs\nS: * METADATA \"\" (/comment {2}\nRAW xx)\\r\\n\nS: * XYZZY (((((\nS: * 99 XYZZY\nS: *\nS: + not now\nS: * FETCH\nS: * 0 FETCH (UID 7 BODY[] NIL)\n"
    "S: * 1 FETCH (UID 7 BODY[] \"right\")\nS: a2 OK\nEOF\n");
  const char *const sets[] = { "7", NULL };
  g_auto (Record) record = { 0 };
  g_autoptr (GError) error = NULL;

  record_init (&record, sets);
  retrieve (session, &record, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (record.bodies->str, ==, "7=right ");
  g_assert_true (imap_session_is_open (session));
  imap_session_close (session);
}

static void
test_refused_set (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, "", "C: a2 *\nC: a3 *\nC: a4 *\nS: a2 NO [INUSE] later\nS: a3 BAD\nS: * 1 FETCH (UID 1 BODY[] \"x\")\nS: a4 OK\nEOF\n");
  g_auto (Record) record = { 0 };
  g_autoptr (GError) error = NULL;

  record_init (&record, three);
  retrieve (session, &record, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (record.answers->str, ==, "0! 1! 2 ");
  g_assert_cmpstr (record.bodies->str, ==, "1=x ");
  imap_session_close (session);
}

static void
test_stop (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, "", "C: a2 *\nC: a3 *\nC: a4 *\nC: a5 *\nC: a6 *\nC: a7 *\nC: a8 *\nC: a9 *\nS: a2 OK\n"
    "S: * 1 FETCH (UID 9 BODY[] \"x\")\nS: a3 OK\nS: a4 OK\nS: a5 OK\nS: a6 OK\nS: a7 OK\nS: a8 OK\nS: a9 OK\nC: a10 LOGOUT\nS: * BYE\nS: a10 OK\nEOF\n");
  g_auto (Record) record = { 0 };
  g_autoptr (GError) error = NULL;

  record_init (&record, ten);
  record.stop_at = 0;
  retrieve (session, &record, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (record.answers->str, ==, "0 1 2 3 4 5 6 7 ");
  imap_session_log_out (session);
}

/* Nobody would read the other answers. */
static void
test_failure_closes (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, "", "C: a2 *\nC: a3 *\nC: a4 *\nS: a2 OK\nMAYBE\nEOF\n");
  g_auto (Record) record = { 0 };
  g_autoptr (GError) error = NULL;

  record_init (&record, three);
  record.fail_at = 0;
  g_assert_false (retrieve (session, &record, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_DISK_FULL);
  g_assert_false (imap_session_is_open (session));
}

static void
test_one_set (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, "", "C: a2 UID FETCH 3:* (UID FLAGS)\nS: * 3 FETCH (FLAGS () UID 9 BODY[] \"x\")\nS: a2 OK\nC: a3 UID FETCH 1 (UID)\nS: a3 NO gone\nEOF\n");
  g_auto (Record) record = { 0 };
  g_autoptr (GError) error = NULL;

  record_init (&record, NULL);
  g_assert_true (imap_retrieve (session, "3:*", "(UID FLAGS)", on_fetch, &record, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (record.bodies->str, ==, "9=x ");
  g_assert_false (imap_retrieve (session, "1", "(UID)", on_fetch, &record, NULL, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_REFUSED);
  imap_session_close (session);
}

static void
test_cut (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, "", "C: a2 *\nS: * 2 FETCH (UID 9 BODY[] \"whole\")\nS: * 1 FETCH (UID 8 BODY[] {100}\nRAW half\nCUT\n");
  const char *const sets[] = { "7:9", NULL };
  g_auto (Record) record = { 0 };
  g_autoptr (GError) error = NULL;

  record_init (&record, sets);
  g_assert_false (retrieve (session, &record, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_NETWORK);
  g_assert_cmpstr (record.bodies->str, ==, "9=whole ");
}

/* What a lying server may cost: an error, and nothing else. */
static void
assert_broken (const char *script)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autofree char *whole = g_strconcat ("C: a2 *\n", script, "\nMAYBE\nWAIT\n", NULL);
  g_autoptr (ImapSession) session = imap_talk_open (server, "", whole);
  const char *const sets[] = { "7:9", NULL };
  g_auto (Record) record = { 0 };
  g_autoptr (GError) error = NULL;

  record_init (&record, sets);
  g_assert_false (retrieve (session, &record, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_PROTOCOL);
  g_assert_cmpstr (base_error_get_host (error), ==, "localhost");
  g_assert_false (imap_session_is_open (session));
}

static void
test_limits (void)
{
  g_autoptr (GString) pieces = g_string_new ("S: * 1 FETCH (");
  g_autofree char *line = g_strnfill (1100000, 'x');
  g_autofree char *endless = g_strconcat ("S: * 1 FETCH (UID ", line, NULL);

  for (int i = 0; i <= 1024; i++)
    g_string_append (pieces, "x {0}\nS:  ");
  g_string_append (pieces, ")");
  assert_broken ("S: * 1 FETCH (BODY[] {536870913}");
  assert_broken ("S: * 1 FETCH (BODY[] {99999999999999}");
  assert_broken (pieces->str);
  assert_broken (endless);
  assert_broken ("S: a9 OK not yours");
  assert_broken ("S: a1 OK once more");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imap/retrieve/commands-under-way-side-by-side", test_pipelined);
  g_test_add_func ("/imap/retrieve/anything-said-in-between-changes-nothing", test_anything_in_between);
  g_test_add_func ("/imap/retrieve/refused-set-is-told-and-the-rest-comes", test_refused_set);
  g_test_add_func ("/imap/retrieve/stopping-reads-what-is-under-way", test_stop);
  g_test_add_func ("/imap/retrieve/failure-with-commands-under-way-closes", test_failure_closes);
  g_test_add_func ("/imap/retrieve/one-set-alone", test_one_set);
  g_test_add_func ("/imap/retrieve/half-a-body-is-none", test_cut);
  g_test_add_func ("/imap/retrieve/limits-cost-an-error", test_limits);
  return g_test_run ();
}
