/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One message through servers that follow a script: groups, refusals, cuts, and when it may have been sent. */
#include "smtp-submission.h"

#include "test-server.h"

#include <string.h>

#define HELLO "S: 220 hi\nC: EHLO [127.0.0.1]\n"
#define PLAIN HELLO "S: 250 localhost\n"
#define PIPELINING HELLO "S: 250-localhost\nS: 250 PIPELINING\n"
#define MAIL "C: MAIL FROM:<ann@example.org>\n"
#define RCPT_BOB "C: RCPT TO:<bob@example.net>\n"
#define RCPT_EVE "C: RCPT TO:<eve@example.net>\n"
#define DATA "C: DATA\n"
#define OK "S: 250 2.0.0 ok\n"
#define GO "S: 354 go\n"
#define RSET "C: RSET\nS: 250 2.0.0 reset\n"
#define QUIT "C: QUIT\nS: 221 bye\n"
#define LEAVES "MAYBE\nEOF\n"

static const char text[] = "Subject: hi\r\n\r\n.dot\r\ntext\r\n";

typedef struct
{
  TestServer *server;
  SmtpSession *session;
  SmtpSubmission *submission;
  GBytes *message;
  guint n_last_dots;
  guint accepted_at_last_dot;
  gboolean refuses_last_dot;
  gsize progress;
  GCancellable *cancellable;
  gboolean cancels_at_progress;
  gboolean is_sent;
  GError *error;
} Fixture;

static gboolean
on_last_dot (SmtpSubmission *submission, gpointer data, GError **error)
{
  Fixture *fixture = data;
  GPtrArray *recipients = smtp_submission_get_recipients (submission);

  fixture->n_last_dots++;
  for (guint i = 0; i < recipients->len; i++)
    fixture->accepted_at_last_dot += ((SmtpRecipient *) g_ptr_array_index (recipients, i))->result == SMTP_RECIPIENT_ACCEPTED;
  if (fixture->refuses_last_dot)
    g_set_error_literal (error, BASE_ERROR, BASE_ERROR_DISK_FULL, "full");
  return !fixture->refuses_last_dot;
}

static void
on_progress (gsize bytes, gpointer data)
{
  Fixture *fixture = data;

  g_assert_cmpuint (bytes, >, fixture->progress);
  fixture->progress = bytes;
  if (fixture->cancels_at_progress)
    g_cancellable_cancel (fixture->cancellable);
}

/* Opens a session with a server that plays @script. */
static void
begin (Fixture *fixture, const char *script)
{
  g_autoptr (MailLogin) login = NULL;
  g_autoptr (GError) error = NULL;

  fixture->server = test_server_new ();
  fixture->cancellable = g_cancellable_new ();
  if (!fixture->message)
    fixture->message = g_bytes_new_static (text, strlen (text));
  test_server_add_script (fixture->server, script);
  login = test_server_login (fixture->server, MAIL_SECURITY_PLAINTEXT, NULL, MAIL_SECRET_NONE, NULL);
  fixture->session = smtp_session_open (login, NULL, "test", NULL, &error);
  g_assert_no_error (error);
}

static void
submit_to (Fixture *fixture, const char *const *recipients)
{
  SmtpEnvelope envelope = { .sender = "ann@example.org", .recipients = recipients, .size = g_bytes_get_size (fixture->message) };

  g_clear_pointer (&fixture->submission, smtp_submission_free);
  g_clear_error (&fixture->error);
  fixture->submission = smtp_submission_new (fixture->session, &envelope, fixture->message);
  smtp_submission_set_progress (fixture->submission, on_progress, fixture);
  smtp_submission_set_last_dot (fixture->submission, on_last_dot, fixture);
  fixture->is_sent = smtp_submission_run (fixture->submission, fixture->cancellable, &fixture->error);
}

static void
submit (Fixture *fixture)
{
  static const char *const recipients[] = { "bob@example.net", "eve@example.net", NULL };

  submit_to (fixture, recipients);
}

static void
end (Fixture *fixture)
{
  smtp_session_quit (fixture->session);
  g_clear_pointer (&fixture->submission, smtp_submission_free);
  g_clear_object (&fixture->session);
  g_clear_pointer (&fixture->server, test_server_free);
  g_clear_pointer (&fixture->message, g_bytes_unref);
  g_clear_object (&fixture->cancellable);
  g_clear_error (&fixture->error);
}

static SmtpRecipient *
recipient (Fixture *fixture, guint n)
{
  return g_ptr_array_index (smtp_submission_get_recipients (fixture->submission), n);
}

/* The plain cases: what the server says, what comes of it. */
typedef struct
{
  const char *name;
  const char *script;
  int code;                      /* of BASE_ERROR, -1: sent */
  SmtpRecipientResult bob, eve;
  guint n_last_dots;             /* whether the point of no return was reached */
  const char *reply;             /* (nullable): the server's words in the error */
} Case;

static const Case cases[] = {
  { "one-by-one-where-nothing-is-offered",
    PLAIN MAIL OK RCPT_BOB OK RCPT_EVE OK DATA GO "C: Subject: hi\nC:\nC: ..dot\nC: text\nC: .\n" OK QUIT,
    -1, SMTP_RECIPIENT_ACCEPTED, SMTP_RECIPIENT_ACCEPTED, 1 },
  { "one-group-with-data-last",
    PIPELINING MAIL RCPT_BOB RCPT_EVE DATA OK OK OK GO "DOT\n" OK QUIT,
    -1, SMTP_RECIPIENT_ACCEPTED, SMTP_RECIPIENT_ACCEPTED, 1 },
  { "all-answers-in-one-packet",
    PIPELINING MAIL RCPT_BOB RCPT_EVE DATA "RAW 250 a\\r\\n250 b\\r\\n250 c\\r\\n354 d\\r\\n\n" "DOT\n" OK QUIT,
    -1, SMTP_RECIPIENT_ACCEPTED, SMTP_RECIPIENT_ACCEPTED, 1 },
  { "multi-line-answers",
    PIPELINING MAIL RCPT_BOB RCPT_EVE DATA "S: 250-a\nS: 250 b\nS: 250 c\nS: 250-d\nS: 250 e\nS: 354-f\nS: 354 g\nDOT\nS: 250-h\n" OK QUIT,
    -1, SMTP_RECIPIENT_ACCEPTED, SMTP_RECIPIENT_ACCEPTED, 1 },
  { "251-is-accepted-too",
    PLAIN MAIL OK RCPT_BOB "S: 251 will forward\n" RCPT_EVE "S: 252 will try\n" DATA GO "DOT\n" OK QUIT,
    -1, SMTP_RECIPIENT_ACCEPTED, SMTP_RECIPIENT_ACCEPTED, 1 },
  { "refused-recipient-does-not-stop-the-other",
    PIPELINING MAIL RCPT_BOB RCPT_EVE DATA OK "S: 550 5.1.1 no bob\n" OK GO "DOT\n" OK QUIT,
    -1, SMTP_RECIPIENT_REFUSED, SMTP_RECIPIENT_ACCEPTED, 1 },
  { "recipient-put-off-does-not-stop-the-other",
    PLAIN MAIL OK RCPT_BOB OK RCPT_EVE "S: 450 4.2.0 greylisted\n" DATA GO "DOT\n" OK QUIT,
    -1, SMTP_RECIPIENT_ACCEPTED, SMTP_RECIPIENT_LATER, 1 },
  { "too-many-recipients-is-for-the-next-transaction",
    PIPELINING MAIL RCPT_BOB RCPT_EVE DATA OK OK "S: 452 4.5.3 too many\n" GO "DOT\n" OK QUIT,
    -1, SMTP_RECIPIENT_ACCEPTED, SMTP_RECIPIENT_TOO_MANY, 1 },
  { "rcptmax-is-kept",
    HELLO "S: 250-localhost\nS: 250 LIMITS RCPTMAX=1\n" MAIL OK RCPT_BOB OK DATA GO "DOT\n" OK QUIT,
    -1, SMTP_RECIPIENT_ACCEPTED, SMTP_RECIPIENT_TOO_MANY, 1 },
  { "all-refused-sends-no-data",
    PLAIN MAIL OK RCPT_BOB "S: 550 5.1.1 no bob\n" RCPT_EVE "S: 550 5.1.1 no eve\n" RSET QUIT,
    BASE_ERROR_RECIPIENT_REFUSED, SMTP_RECIPIENT_REFUSED, SMTP_RECIPIENT_REFUSED, 0, "550 5.1.1 no bob" },
  { "all-refused-in-a-group",
    PIPELINING MAIL RCPT_BOB RCPT_EVE DATA OK "S: 550 no\nS: 550 no\nS: 554 5.5.1 no valid recipients\n" RSET QUIT,
    BASE_ERROR_RECIPIENT_REFUSED, SMTP_RECIPIENT_REFUSED, SMTP_RECIPIENT_REFUSED, 0, "550 no" },
  { "all-refused-and-yet-354-gets-a-lone-dot",
    PIPELINING MAIL RCPT_BOB RCPT_EVE DATA OK "S: 550 no\nS: 550 no\n" GO "C: .\nS: 554 5.5.1 no recipients\n" RSET QUIT,
    BASE_ERROR_RECIPIENT_REFUSED, SMTP_RECIPIENT_REFUSED, SMTP_RECIPIENT_REFUSED, 0, "550 no" },
  { "one-refused-one-put-off-is-tried-again",
    PLAIN MAIL OK RCPT_BOB "S: 550 no\n" RCPT_EVE "S: 451 4.7.1 later\n" RSET QUIT,
    BASE_ERROR_TRY_LATER, SMTP_RECIPIENT_REFUSED, SMTP_RECIPIENT_LATER, 0, "451 4.7.1 later" },
  { "sender-refused",
    PLAIN MAIL "S: 553 5.7.1 not your address\n" RSET QUIT,
    BASE_ERROR_SENDER_REFUSED, SMTP_RECIPIENT_UNTRIED, SMTP_RECIPIENT_UNTRIED, 0, "553 5.7.1 not your address" },
  { "sender-refused-in-a-group-says-nothing-of-recipients",
    PIPELINING MAIL RCPT_BOB RCPT_EVE DATA "S: 553 5.7.1 not yours\nS: 503 need MAIL\nS: 503 need MAIL\nS: 503 need RCPT\n" RSET QUIT,
    BASE_ERROR_SENDER_REFUSED, SMTP_RECIPIENT_UNTRIED, SMTP_RECIPIENT_UNTRIED, 0, "553 5.7.1 not yours" },
  { "sender-refused-and-the-rest-accepted-sends-nothing",
    PIPELINING MAIL RCPT_BOB RCPT_EVE DATA "S: 553 5.7.1 not yours\n" OK OK GO "C: .\n" OK RSET QUIT,
    BASE_ERROR_SENDER_REFUSED, SMTP_RECIPIENT_UNTRIED, SMTP_RECIPIENT_UNTRIED, 0, "553 5.7.1 not yours" },
  { "sender-refused-at-rcpt",
    PLAIN MAIL OK RCPT_BOB "S: 553 5.7.1 <ann@example.org>: Sender address rejected\n" RCPT_EVE "S: 553 5.7.1 <ann@example.org>: Sender address rejected\n" RSET QUIT,
    BASE_ERROR_SENDER_REFUSED, SMTP_RECIPIENT_UNTRIED, SMTP_RECIPIENT_UNTRIED, 0, NULL },
  { "530-wants-a-login",
    PLAIN MAIL "S: 530 5.7.0 Authentication required\n" RSET QUIT,
    BASE_ERROR_LOGIN_REFUSED, SMTP_RECIPIENT_UNTRIED, SMTP_RECIPIENT_UNTRIED, 0, "530 5.7.0 Authentication required" },
  { "421-at-mail", PIPELINING MAIL RCPT_BOB RCPT_EVE DATA "S: 421 4.3.2 going down\n" LEAVES,
    BASE_ERROR_TRY_LATER, SMTP_RECIPIENT_UNTRIED, SMTP_RECIPIENT_UNTRIED, 0, "421 4.3.2 going down" },
  { "421-between-recipients", PIPELINING MAIL RCPT_BOB RCPT_EVE DATA OK OK "S: 421 4.3.2 going down\n" LEAVES,
    BASE_ERROR_TRY_LATER, SMTP_RECIPIENT_ACCEPTED, SMTP_RECIPIENT_UNTRIED, 0, "421 4.3.2 going down" },
  { "data-refused", PLAIN MAIL OK RCPT_BOB OK RCPT_EVE OK DATA "S: 554 5.7.1 no\n" RSET QUIT,
    BASE_ERROR_REFUSED, SMTP_RECIPIENT_ACCEPTED, SMTP_RECIPIENT_ACCEPTED, 0, "554 5.7.1 no" },
  { "data-answered-with-250-is-out-of-order", PLAIN MAIL OK RCPT_BOB OK RCPT_EVE OK DATA OK LEAVES,
    BASE_ERROR_PROTOCOL, SMTP_RECIPIENT_ACCEPTED, SMTP_RECIPIENT_ACCEPTED, 0, NULL },
  { "mail-answered-with-354-is-out-of-order", PLAIN MAIL GO LEAVES,
    BASE_ERROR_PROTOCOL, SMTP_RECIPIENT_UNTRIED, SMTP_RECIPIENT_UNTRIED, 0, NULL },
  { "message-refused-after-the-dot", PLAIN MAIL OK RCPT_BOB OK RCPT_EVE OK DATA GO "DOT\nS: 554 5.7.1 spam\n" RSET QUIT,
    BASE_ERROR_REFUSED, SMTP_RECIPIENT_ACCEPTED, SMTP_RECIPIENT_ACCEPTED, 1, "554 5.7.1 spam" },
  { "message-too-large-after-the-dot", PLAIN MAIL OK RCPT_BOB OK RCPT_EVE OK DATA GO "DOT\nS: 552 5.3.4 too large\n" RSET QUIT,
    BASE_ERROR_TOO_LARGE, SMTP_RECIPIENT_ACCEPTED, SMTP_RECIPIENT_ACCEPTED, 1, "552 5.3.4 too large" },
  { "message-put-off-after-the-dot", PLAIN MAIL OK RCPT_BOB OK RCPT_EVE OK DATA GO "DOT\nS: 451 4.3.0 later\n" RSET QUIT,
    BASE_ERROR_TRY_LATER, SMTP_RECIPIENT_ACCEPTED, SMTP_RECIPIENT_ACCEPTED, 1, "451 4.3.0 later" },
  { "421-after-the-dot-is-not-sent", PLAIN MAIL OK RCPT_BOB OK RCPT_EVE OK DATA GO "DOT\nS: 421 4.3.2 down\n" LEAVES,
    BASE_ERROR_TRY_LATER, SMTP_RECIPIENT_ACCEPTED, SMTP_RECIPIENT_ACCEPTED, 1, "421 4.3.2 down" },
  { "cut-after-the-dot-is-maybe-sent", PLAIN MAIL OK RCPT_BOB OK RCPT_EVE OK DATA GO "DOT\nCUT\n",
    BASE_ERROR_MAYBE_SENT, SMTP_RECIPIENT_ACCEPTED, SMTP_RECIPIENT_ACCEPTED, 1, NULL },
  { "cut-within-the-answer-is-maybe-sent", PLAIN MAIL OK RCPT_BOB OK RCPT_EVE OK DATA GO "DOT\nRAW 250 2.0\nFIN\n",
    BASE_ERROR_MAYBE_SENT, SMTP_RECIPIENT_ACCEPTED, SMTP_RECIPIENT_ACCEPTED, 1, NULL },
  { "half-an-answer-is-no-answer", PLAIN MAIL OK RCPT_BOB OK RCPT_EVE OK DATA GO "DOT\nS: 250-2.0.0 ok\nFIN\n",
    BASE_ERROR_MAYBE_SENT, SMTP_RECIPIENT_ACCEPTED, SMTP_RECIPIENT_ACCEPTED, 1, NULL },
  { "nonsense-after-the-dot-is-maybe-sent", PLAIN MAIL OK RCPT_BOB OK RCPT_EVE OK DATA GO "DOT\nS: thanks\n" LEAVES,
    BASE_ERROR_MAYBE_SENT, SMTP_RECIPIENT_ACCEPTED, SMTP_RECIPIENT_ACCEPTED, 1, NULL },
  { "354-after-the-dot-is-maybe-sent", PLAIN MAIL OK RCPT_BOB OK RCPT_EVE OK DATA GO "DOT\n" GO LEAVES,
    BASE_ERROR_MAYBE_SENT, SMTP_RECIPIENT_ACCEPTED, SMTP_RECIPIENT_ACCEPTED, 1, NULL },
  { "cut-at-data-is-not-sent", PLAIN MAIL OK RCPT_BOB OK RCPT_EVE OK DATA "CUT\n",
    BASE_ERROR_NETWORK, SMTP_RECIPIENT_ACCEPTED, SMTP_RECIPIENT_ACCEPTED, 0, NULL },
  { "354-and-an-early-250-is-not-sent",
    PIPELINING MAIL RCPT_BOB RCPT_EVE DATA "RAW 250 a\\r\\n250 b\\r\\n250 c\\r\\n354 d\\r\\n250 queued\\r\\n\n" LEAVES,
    BASE_ERROR_PROTOCOL, SMTP_RECIPIENT_ACCEPTED, SMTP_RECIPIENT_ACCEPTED, 0, NULL },
  { "refused-while-data-is-written",
    PIPELINING MAIL RCPT_BOB RCPT_EVE DATA "RAW 250 a\\r\\n250 b\\r\\n250 c\\r\\n354 d\\r\\n552 5.3.4 too much\\r\\n\n" LEAVES,
    BASE_ERROR_TOO_LARGE, SMTP_RECIPIENT_ACCEPTED, SMTP_RECIPIENT_ACCEPTED, 0, "552 5.3.4 too much" },
  { "421-while-data-is-written",
    PIPELINING MAIL RCPT_BOB RCPT_EVE DATA "RAW 250 a\\r\\n250 b\\r\\n250 c\\r\\n354 d\\r\\n421 4.3.2 down\\r\\n\n" LEAVES,
    BASE_ERROR_TRY_LATER, SMTP_RECIPIENT_ACCEPTED, SMTP_RECIPIENT_ACCEPTED, 0, "421 4.3.2 down" },
};

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  Fixture fixture = { 0 };

  begin (&fixture, one->script);
  submit (&fixture);
  if (one->code < 0)
    g_assert_no_error (fixture.error);
  else
    g_assert_error (fixture.error, BASE_ERROR, one->code);
  g_assert_cmpint (fixture.is_sent, ==, one->code < 0);
  g_assert_cmpint (recipient (&fixture, 0)->result, ==, one->bob);
  g_assert_cmpint (recipient (&fixture, 1)->result, ==, one->eve);
  g_assert_cmpuint (fixture.n_last_dots, ==, one->n_last_dots);
  if (one->reply)
    g_assert_cmpstr (base_error_get_reply (fixture.error), ==, one->reply);
  if (fixture.error)
    g_assert_cmpstr (base_error_get_host (fixture.error), ==, "localhost");
  end (&fixture);
}

static void
test_last_dot_refused (void)
{
  Fixture fixture = { .refuses_last_dot = TRUE };
  g_autofree char *said = NULL;

  begin (&fixture, PIPELINING MAIL RCPT_BOB RCPT_EVE DATA OK OK OK GO "MAYBE\nC: Subject: hi\nC:\nC: ..dot\nC: text\nEOF\n");
  submit (&fixture);
  g_assert_error (fixture.error, BASE_ERROR, BASE_ERROR_DISK_FULL);
  g_assert_false (smtp_session_is_open (fixture.session));
  g_assert_cmpuint (fixture.accepted_at_last_dot, ==, 2);
  test_server_finish (fixture.server);
  said = test_server_dup_received (fixture.server, 0, NULL);
  g_assert_true (g_str_has_suffix (said, "text\r\n"));
  end (&fixture);
}

static void
test_two_messages (void)
{
  Fixture fixture = { 0 };

  begin (&fixture, PIPELINING MAIL RCPT_BOB RCPT_EVE DATA "S: 553 no\nS: 503 no\nS: 503 no\nS: 503 no\n" RSET
                   MAIL RCPT_BOB RCPT_EVE DATA OK OK OK GO "DOT\n" OK QUIT);
  submit (&fixture);
  g_assert_error (fixture.error, BASE_ERROR, BASE_ERROR_SENDER_REFUSED);
  submit (&fixture);
  g_assert_no_error (fixture.error);
  end (&fixture);
}

/* EHLO, the group, the dot: three waits, however many recipients there are. */
static void
test_round_trips (void)
{
  Fixture fixture = { 0 };

  begin (&fixture, PIPELINING MAIL RCPT_BOB RCPT_EVE DATA OK OK OK GO "DOT\n" OK QUIT);
  submit (&fixture);
  g_assert_no_error (fixture.error);
  g_assert_cmpuint (smtp_session_get_round_trips (fixture.session), ==, 3);
  end (&fixture);
}

/* Groups of 50, each answered before the next; MAIL's answer comes first, DATA goes with the last group. */
static void
test_many_recipients (gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  Fixture fixture = { 0 };
  g_autoptr (GString) script = g_string_new (PIPELINING MAIL);
  g_autoptr (GPtrArray) recipients = g_ptr_array_new_with_free_func (g_free);

  for (guint from = 0; from < n; from += 50)
    {
      guint size = MIN (50, n - from);

      for (guint i = from; i < from + size; i++)
        {
          g_ptr_array_add (recipients, g_strdup_printf ("r%u@example.net", i));
          g_string_append_printf (script, "C: RCPT TO:<r%u@example.net>\n", i);
        }
      if (from + size == n)
        g_string_append (script, DATA);
      for (guint i = 0; i < size + (from == 0 ? 1 : 0); i++)
        g_string_append (script, OK);
    }
  g_ptr_array_add (recipients, NULL);
  g_string_append (script, GO "DOT\n" OK QUIT);
  begin (&fixture, script->str);
  submit_to (&fixture, (const char *const *) recipients->pdata);
  g_assert_no_error (fixture.error);
  g_assert_cmpuint (fixture.accepted_at_last_dot, ==, n);
  end (&fixture);
}

static void
test_bad_address (void)
{
  static const char *const recipients[] = { "bob@example.net", "eve>\r\nRSET\r\n@example.net", NULL };
  Fixture fixture = { 0 };

  begin (&fixture, PIPELINING MAIL RCPT_BOB DATA OK OK GO "DOT\n" OK QUIT);
  submit_to (&fixture, recipients);
  g_assert_no_error (fixture.error);
  g_assert_cmpint (recipient (&fixture, 1)->result, ==, SMTP_RECIPIENT_REFUSED);
  g_assert_nonnull (recipient (&fixture, 1)->reply);
  end (&fixture);
}

static void
test_too_large (void)
{
  Fixture fixture = { 0 };

  begin (&fixture, HELLO "S: 250-localhost\nS: 250 SIZE 10\n" QUIT);
  submit (&fixture);
  g_assert_error (fixture.error, BASE_ERROR, BASE_ERROR_TOO_LARGE);
  g_assert_cmpstr (base_error_get_host (fixture.error), ==, "localhost");
  end (&fixture);
}

static GBytes *
make_large (gsize size)
{
  g_autoptr (GString) message = g_string_new ("Subject: large\r\n\r\n");

  while (message->len < size)
    g_string_append (message, ".23456789 123456789 123456789 123456789 123456789 123456789 1234567\r\n");
  return g_string_free_to_bytes (g_steal_pointer (&message));
}

static void
test_large (void)
{
  Fixture fixture = { .message = make_large (3 * 1024 * 1024) };
  gsize length = 0;
  g_autofree char *said = NULL;

  begin (&fixture, PIPELINING MAIL RCPT_BOB RCPT_EVE DATA OK OK OK GO "DOT\n" OK QUIT);
  submit (&fixture);
  g_assert_no_error (fixture.error);
  g_assert_cmpuint (fixture.progress, ==, g_bytes_get_size (fixture.message));
  smtp_session_quit (fixture.session);
  test_server_finish (fixture.server);
  said = test_server_dup_received (fixture.server, 0, &length);
  g_assert_cmpuint (length, >, g_bytes_get_size (fixture.message));
  g_assert_nonnull (g_strstr_len (said, length, "\r\n..23456789"));
  end (&fixture);
}

/* A server that says no in the middle and reads no further: the answer is found between two blocks. */
static void
test_refused_in_the_middle (void)
{
  Fixture fixture = { .message = make_large (8 * 1024 * 1024) };

  begin (&fixture, PIPELINING MAIL RCPT_BOB RCPT_EVE DATA OK OK OK GO "MAYBE\nREAD 100000\nS: 552 5.3.4 enough\nREAD 8000000\nEOF\n");
  submit (&fixture);
  g_assert_error (fixture.error, BASE_ERROR, BASE_ERROR_TOO_LARGE);
  g_assert_cmpuint (fixture.n_last_dots, ==, 0);
  g_assert_cmpuint (fixture.progress, <, g_bytes_get_size (fixture.message));
  end (&fixture);
}

/* Wherever the line is cut while data is written, the last dot was not reached. */
static void
test_cut_in_data (void)
{
  for (gsize n_read = 1; n_read < 100; n_read += 7)
    {
      Fixture fixture = { .message = make_large (4 * 1024 * 1024) };
      g_autofree char *script = g_strdup_printf (PIPELINING MAIL RCPT_BOB RCPT_EVE DATA OK OK OK GO "READ %" G_GSIZE_FORMAT "\nCUT\n", n_read);

      begin (&fixture, script);
      submit (&fixture);
      g_assert_error (fixture.error, BASE_ERROR, BASE_ERROR_NETWORK);
      g_assert_cmpuint (fixture.n_last_dots, ==, 0);
      end (&fixture);
    }
}

static void
test_cancel_in_data (void)
{
  Fixture fixture = { .message = make_large (1024 * 1024), .cancels_at_progress = TRUE };

  begin (&fixture, PIPELINING MAIL RCPT_BOB RCPT_EVE DATA OK OK OK GO "MAYBE\nREAD 4000000\nEOF\n");
  submit (&fixture);
  g_assert_error (fixture.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (fixture.n_last_dots, ==, 0);
  g_assert_false (smtp_session_is_open (fixture.session));
  end (&fixture);
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (100000);
  g_cancellable_cancel (data);
  return NULL;
}

static void
run_cancel_after_dot (const char *rest, int code)
{
  Fixture fixture = { 0 };
  g_autofree char *script = g_strconcat (PIPELINING MAIL RCPT_BOB RCPT_EVE DATA OK OK OK GO "DOT\n", rest, NULL);
  GThread *thread;

  begin (&fixture, script);
  thread = g_thread_new ("cancel", cancel_soon, fixture.cancellable);
  submit (&fixture);
  g_thread_join (thread);
  if (code < 0)
    g_assert_no_error (fixture.error);
  else
    g_assert_error (fixture.error, BASE_ERROR, code);
  end (&fixture);
}

static void
test_cancel_after_dot_answered (void)
{
  run_cancel_after_dot ("WAIT 600\n" OK QUIT, -1);
}

static void
test_cancel_after_dot_silent (void)
{
  run_cancel_after_dot ("MAYBE\nWAIT 9000\n", BASE_ERROR_MAYBE_SENT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strconcat ("/smtp/submission/", cases[i].name, NULL);

      g_test_add_data_func (name, &cases[i], test_case);
    }
  g_test_add_func ("/smtp/submission/refused-last-dot-is-not-sent", test_last_dot_refused);
  g_test_add_func ("/smtp/submission/next-message-after-a-refusal", test_two_messages);
  g_test_add_func ("/smtp/submission/a-group-is-one-round-trip", test_round_trips);
  g_test_add_data_func ("/smtp/submission/49-recipients", GUINT_TO_POINTER (49), test_many_recipients);
  g_test_add_data_func ("/smtp/submission/50-recipients", GUINT_TO_POINTER (50), test_many_recipients);
  g_test_add_data_func ("/smtp/submission/120-recipients-in-three-groups", GUINT_TO_POINTER (120), test_many_recipients);
  g_test_add_func ("/smtp/submission/address-that-cannot-be-is-refused-alone", test_bad_address);
  g_test_add_func ("/smtp/submission/too-large-for-the-announced-size-sends-nothing", test_too_large);
  g_test_add_func ("/smtp/submission/large-message-in-blocks", test_large);
  g_test_add_func ("/smtp/submission/refusal-in-the-middle-ends-the-writing", test_refused_in_the_middle);
  g_test_add_func ("/smtp/submission/cut-while-data-is-written-is-not-sent", test_cut_in_data);
  g_test_add_func ("/smtp/submission/cancel-while-data-is-written-is-not-sent", test_cancel_in_data);
  g_test_add_func ("/smtp/submission/cancel-after-the-dot-waits-a-little", test_cancel_after_dot_answered);
  g_test_add_func ("/smtp/submission/cancel-after-the-dot-without-an-answer-is-maybe-sent", test_cancel_after_dot_silent);
  return g_test_run ();
}
