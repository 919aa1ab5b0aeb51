/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passes over the Outbox with servers that follow a script. */
#include "outbox-fixture.h"
#include "mime-summary.h"
#include "base-error.h"
#include "mail-role.h"
#include "store-room.h"
#include "sync-delivery.h"
#include "sync-lock.h"

#include "test-server.h"

#include <string.h>

#define HELLO "S: 220 hi\nC: EHLO [127.0.0.1]\nS: 250-localhost\nS: 250 PIPELINING\n"
#define MAIL "C: MAIL FROM:<ann@example.org>\n"
#define BOB "C: RCPT TO:<bob@example.net>\n"
#define EVE "C: RCPT TO:<eve@example.net>\n"
#define TIM "C: RCPT TO:<tim@example.net>\n"
#define DATA "C: DATA\n"
#define OK "S: 250 2.0.0 ok\n"
#define GO "S: 354 go\n"
#define SEND_BOB MAIL BOB DATA OK OK GO "DOT\n" OK
#define RSET "C: RSET\n" OK
#define QUIT "C: QUIT\nS: 221 bye\n"
#define LEAVES "MAYBE\nEOF\n"

static const char *const to_bob[] = { "bob@example.net", NULL };
static const char *const to_two[] = { "bob@example.net", "eve@example.net", NULL };
static const char *const to_three[] = { "bob@example.net", "eve@example.net", "tim@example.net", NULL };

/* One pass with a server that plays @script. */
static gboolean
run_with (OutboxFixture *fixture, const char *script)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (MailLogin) login = test_server_login (server, MAIL_SECURITY_PLAINTEXT, NULL, MAIL_SECRET_NONE, NULL);

  test_server_add_script (server, script);
  return outbox_fixture_run (fixture, login, NULL);
}

/* A pass that must not connect. */
static void
run_idle (OutboxFixture *fixture)
{
  g_autoptr (MailLogin) login = mail_login_new ("127.0.0.1", 1, MAIL_SECURITY_PLAINTEXT, NULL, MAIL_SECRET_NONE, NULL);

  g_assert_true (outbox_fixture_run (fixture, login, NULL));
  g_assert_no_error (fixture->error);
}

static void
assert_fine (OutboxFixture *fixture, guint n_sent)
{
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->report.n_sent, ==, n_sent);
  g_assert_cmpuint (fixture->report.errors->len, ==, 0);
}

static void
assert_gone (OutboxFixture *fixture, gint64 id)
{
  g_autoptr (StoreOutboxItem) item = outbox_fixture_get (fixture, id);

  g_assert_null (item);
}

static void
test_limit_is_noted (OutboxFixture *fixture, gconstpointer data)
{
  gint64 limit = 0;

  outbox_fixture_add (fixture, "one", to_bob);
  run_with (fixture, "S: 220 hi\nC: EHLO [127.0.0.1]\nS: 250-localhost\nS: 250 SIZE 10\n" QUIT);
  g_assert_true (store_room_get_limit (fixture->database, OUTBOX_ACCOUNT, &limit, NULL));
  g_assert_cmpint (limit, ==, 10);
}

static void
test_sent (OutboxFixture *fixture, gconstpointer data)
{
  gint64 id = outbox_fixture_add (fixture, "one", to_bob);
  g_autoptr (MailSummary) summary = NULL;

  run_with (fixture, HELLO SEND_BOB QUIT);
  assert_fine (fixture, 1);
  assert_gone (fixture, id);
  summary = store_messages_get (fixture->database, id, NULL);
  g_assert_cmpint (summary->folder, ==, fixture->sent);
  g_assert_true (summary->flags & MAIL_FLAG_SEEN);
  g_assert_cmpuint (fixture->report.round_trips, ==, 4); /* EHLO, group, dot, QUIT */
  g_assert_cmpint (fixture->report.bytes_out, >, 0);
}

static void
test_empty (OutboxFixture *fixture, gconstpointer data)
{
  run_idle (fixture);
}

static void
test_one_connection (OutboxFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    outbox_fixture_add (fixture, "one", to_bob);
  run_with (fixture, HELLO SEND_BOB SEND_BOB SEND_BOB QUIT);
  assert_fine (fixture, 3);
  g_assert_cmpuint (outbox_fixture_count (fixture, fixture->sent), ==, 3);
}

static void
test_bcc (OutboxFixture *fixture, gconstpointer data)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (MailLogin) login = test_server_login (server, MAIL_SECURITY_PLAINTEXT, NULL, MAIL_SECRET_NONE, NULL);
  gint64 id = outbox_fixture_add (fixture, "one", to_three);
  g_autofree char *said = NULL;
  g_autoptr (GBytes) kept = NULL;
  const char *body;

  test_server_add_script (server, HELLO MAIL BOB EVE TIM DATA OK OK OK OK GO "DOT\n" OK QUIT);
  outbox_fixture_run (fixture, login, NULL);
  assert_fine (fixture, 1);
  test_server_finish (server);
  said = test_server_dup_received (server, 0, NULL);
  body = strstr (said, "DATA\r\n");
  g_assert_nonnull (strstr (body, "eve@example.net"));
  g_assert_null (strstr (body, "tim@example.net"));
  g_assert_null (strstr (body, "Bcc"));
  kept = store_messages_load_source (fixture->database, id, NULL);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (kept, NULL), g_bytes_get_size (kept), "Bcc: tim@example.net"));
}

/* What must never be on the wire, from a source that has all of it. */
static void
test_hostile_source (OutboxFixture *fixture, gconstpointer data)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (MailLogin) login = test_server_login (server, MAIL_SECURITY_PLAINTEXT, NULL, MAIL_SECRET_NONE, NULL);
  g_autoptr (GString) source = g_string_new ("From: ann@example.org\nTo: bob@example.net\nBcc: eve@example.net,\n tim@example.net\nSubject: x\rRCPT TO:<z@example.net>\r\n\r\n");
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *said = NULL;
  gsize length, line = 0;

  g_string_append (source, "a\n.\nMAIL FROM:<evil@example.net>\n.\r\nb\r.\rc\n");
  g_string_append_len (source, "nul \0 here\n", 11);
  for (guint i = 0; i < 5000; i++)
    g_string_append_c (source, 'x');
  g_string_append (source, "\n.\n..\n.");
  bytes = g_bytes_new (source->str, source->len);
  outbox_fixture_add_source (fixture, bytes);
  test_server_add_script (server, HELLO MAIL BOB EVE TIM DATA OK OK OK OK GO "DOT\n" OK QUIT);
  outbox_fixture_run (fixture, login, NULL);
  assert_fine (fixture, 1);
  test_server_finish (server);
  said = test_server_dup_received (server, 0, &length);
  g_assert_null (memchr (said, '\0', length));
  g_assert_null (g_strstr_len (strstr (said, "DATA\r\n"), -1, "tim@example.net"));
  for (gsize i = 0; i < length; i++)
    {
      if (said[i] == '\n')
        {
          g_assert_true (i > 0 && said[i - 1] == '\r');
          g_assert_cmpuint (i - line, <=, 999); /* 998 and the CR */
          line = i + 1;
        }
      else if (said[i] == '\r')
        g_assert_cmpint (said[i + 1], ==, '\n');
    }
}

static void
test_some_refused (OutboxFixture *fixture, gconstpointer data)
{
  gint64 id = outbox_fixture_add (fixture, "one", to_three);
  g_autoptr (StoreOutboxItem) item = NULL;
  const GError *error;

  run_with (fixture, HELLO MAIL BOB EVE TIM DATA OK OK "S: 550 5.1.1 no eve\n" OK GO "DOT\n" OK QUIT);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->report.n_sent, ==, 1);
  g_assert_cmpuint (fixture->report.errors->len, ==, 1);
  error = g_ptr_array_index (fixture->report.errors, 0);
  g_assert_error (error, BASE_ERROR, BASE_ERROR_SOME_RECIPIENTS_REFUSED);
  g_assert_nonnull (strstr (error->message, "eve@example.net"));
  g_assert_null (strstr (error->message, "bob@example.net"));
  outbox_fixture_assert (fixture, id, STORE_OUTBOX_FAILED, "ara", "some-recipients-refused");
  item = outbox_fixture_get (fixture, id);
  g_assert_cmpstr (((StoreOutboxRecipient *) g_ptr_array_index (item->recipients, 1))->reply, ==, "550 5.1.1 no eve");
  g_assert_cmpuint (outbox_fixture_count (fixture, fixture->sent), ==, 1);
  run_idle (fixture); /* FAILED waits for a person */
}

/* The person corrects the address: only that one is sent to, and there is still one copy. */
static void
test_corrected (OutboxFixture *fixture, gconstpointer data)
{
  gint64 id = outbox_fixture_add (fixture, "one", to_two);
  g_autoptr (StoreOutboxItem) item = NULL;
  StoreOutboxRecipient *eve;

  run_with (fixture, HELLO MAIL BOB EVE DATA OK OK "S: 550 5.1.1 no eve\n" GO "DOT\n" OK QUIT);
  item = outbox_fixture_get (fixture, id);
  eve = g_ptr_array_index (item->recipients, 1);
  g_free (eve->address);
  eve->address = g_strdup ("tim@example.net");
  eve->state = STORE_RECIPIENT_WAITING;
  store_outbox_set_recipients (fixture->database, id, item->recipients, NULL);
  store_outbox_set_state (fixture->database, id, STORE_OUTBOX_QUEUED, 0, NULL, NULL);
  run_with (fixture, HELLO MAIL TIM DATA OK OK GO "DOT\n" OK QUIT);
  assert_fine (fixture, 1);
  assert_gone (fixture, id);
  g_assert_cmpuint (outbox_fixture_count (fixture, fixture->sent), ==, 1);
}

static void
test_all_refused (OutboxFixture *fixture, gconstpointer data)
{
  gint64 id = outbox_fixture_add (fixture, "one", to_two);

  run_with (fixture, HELLO MAIL BOB EVE DATA OK "S: 550 no\nS: 550 no\nS: 554 nobody\n" RSET QUIT);
  outbox_fixture_assert (fixture, id, STORE_OUTBOX_FAILED, "rr", "recipient-refused");
  g_assert_cmpuint (fixture->report.n_sent, ==, 0);
  g_assert_cmpuint (outbox_fixture_count (fixture, fixture->sent), ==, 0);
}

static void
test_some_later (OutboxFixture *fixture, gconstpointer data)
{
  gint64 id = outbox_fixture_add (fixture, "one", to_two);

  run_with (fixture, HELLO MAIL BOB EVE DATA OK OK "S: 450 4.2.0 greylisted\n" GO "DOT\n" OK QUIT);
  outbox_fixture_assert (fixture, id, STORE_OUTBOX_QUEUED, "aw", "try-later");
  g_assert_cmpuint (outbox_fixture_count (fixture, fixture->sent), ==, 1);
  g_assert_cmpint (sync_outbox_next_due (fixture->database, OUTBOX_ACCOUNT, NULL), ==, OUTBOX_NOW + 60);

  fixture->now += 60;
  fixture->options = SYNC_BY_ITSELF;
  run_with (fixture, HELLO MAIL EVE DATA OK OK GO "DOT\n" OK QUIT);
  assert_fine (fixture, 1);
  assert_gone (fixture, id);
  g_assert_cmpuint (outbox_fixture_count (fixture, fixture->sent), ==, 1);
}

/* One refused, one put off: the refusal is remembered while the other is tried again. */
static void
test_refused_and_later (OutboxFixture *fixture, gconstpointer data)
{
  gint64 id = outbox_fixture_add (fixture, "one", to_two);

  run_with (fixture, HELLO MAIL BOB EVE DATA OK "S: 550 no bob\nS: 450 not now\nS: 554 nobody\n" RSET QUIT);
  outbox_fixture_assert (fixture, id, STORE_OUTBOX_QUEUED, "rw", "try-later");
  run_with (fixture, HELLO MAIL EVE DATA OK OK GO "DOT\n" OK QUIT);
  outbox_fixture_assert (fixture, id, STORE_OUTBOX_FAILED, "ra", "some-recipients-refused");
  g_assert_cmpuint (outbox_fixture_count (fixture, fixture->sent), ==, 1);
}

static void
test_too_many (OutboxFixture *fixture, gconstpointer data)
{
  gint64 id = outbox_fixture_add (fixture, "one", to_three);

  run_with (fixture, HELLO MAIL BOB EVE TIM DATA OK OK "S: 452 4.5.3 too many\nS: 452 4.5.3 too many\n" GO "DOT\n" OK
                     MAIL EVE TIM DATA OK OK OK GO "DOT\n" OK QUIT);
  assert_fine (fixture, 1);
  assert_gone (fixture, id);
  g_assert_cmpuint (outbox_fixture_count (fixture, fixture->sent), ==, 1);
}

typedef struct
{
  const char *name;
  const char *script;
  StoreOutboxState state;
  const char *recipients;
  const char *error_word;
} Case;

static const Case cases[] = {
  { "sender-refused-fails", HELLO MAIL BOB DATA "S: 553 5.7.1 not yours\nS: 503 no\nS: 503 no\n" RSET QUIT, STORE_OUTBOX_FAILED, "w", "sender-refused" },
  { "message-refused-after-the-dot-fails", HELLO MAIL BOB DATA OK OK GO "DOT\nS: 554 5.7.1 spam\n" RSET QUIT, STORE_OUTBOX_FAILED, "w", "refused" },
  { "message-put-off-after-the-dot-waits", HELLO MAIL BOB DATA OK OK GO "DOT\nS: 451 4.3.0 later\n" RSET QUIT, STORE_OUTBOX_QUEUED, "w", "try-later" },
  { "421-waits", HELLO MAIL BOB DATA "S: 421 4.3.2 down\n" LEAVES, STORE_OUTBOX_QUEUED, "w", "try-later" },
  { "cut-before-the-dot-waits", HELLO MAIL BOB DATA OK OK "CUT\n", STORE_OUTBOX_QUEUED, "w", "network" },
  { "cut-after-the-dot-is-maybe-sent", HELLO MAIL BOB DATA OK OK GO "DOT\nCUT\n", STORE_OUTBOX_MAYBE_SENT, "s", "maybe-sent" },
  { "too-large-fails-without-sending", "S: 220 hi\nC: EHLO [127.0.0.1]\nS: 250-localhost\nS: 250 SIZE 10\n" QUIT, STORE_OUTBOX_FAILED, "w", "too-large" },
};

static void
test_case (OutboxFixture *fixture, gconstpointer data)
{
  const Case *one = data;
  gint64 id = outbox_fixture_add (fixture, "one", to_bob);

  run_with (fixture, one->script);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->report.n_sent, ==, 0);
  g_assert_cmpuint (fixture->report.errors->len, ==, 1);
  outbox_fixture_assert (fixture, id, one->state, one->recipients, one->error_word);
  g_assert_cmpuint (outbox_fixture_count (fixture, fixture->sent), ==, 0);
}

static void
test_next_after_failure (OutboxFixture *fixture, gconstpointer data)
{
  gint64 one = outbox_fixture_add (fixture, "one", to_two);
  gint64 two = outbox_fixture_add (fixture, "two", to_bob);

  run_with (fixture, HELLO MAIL BOB EVE DATA "S: 553 no\nS: 503 no\nS: 503 no\nS: 503 no\n" RSET SEND_BOB QUIT);
  outbox_fixture_assert (fixture, one, STORE_OUTBOX_FAILED, "ww", "sender-refused");
  assert_gone (fixture, two);
}

/* A message at which the server breaks off keeps no other from going. */
static void
test_next_after_cut (OutboxFixture *fixture, gconstpointer data)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (MailLogin) login = test_server_login (server, MAIL_SECURITY_PLAINTEXT, NULL, MAIL_SECRET_NONE, NULL);
  gint64 one = outbox_fixture_add (fixture, "one", to_bob);
  gint64 two = outbox_fixture_add (fixture, "two", to_bob);

  test_server_add_script (server, HELLO MAIL BOB DATA OK OK GO "DOT\nCUT\n");
  test_server_add_script (server, HELLO SEND_BOB QUIT);
  outbox_fixture_run (fixture, login, NULL);
  g_assert_no_error (fixture->error);
  outbox_fixture_assert (fixture, one, STORE_OUTBOX_MAYBE_SENT, "s", "maybe-sent");
  assert_gone (fixture, two);
}

static void
test_maybe_sent_rests (OutboxFixture *fixture, gconstpointer data)
{
  gint64 id = outbox_fixture_add (fixture, "one", to_bob);

  run_with (fixture, HELLO MAIL BOB DATA OK OK GO "DOT\nCUT\n");
  run_idle (fixture);
  g_assert_cmpint (sync_outbox_next_due (fixture->database, OUTBOX_ACCOUNT, NULL), ==, 0);

  /* unless a person says so */
  store_outbox_send_again (fixture->database, id, NULL);
  run_with (fixture, HELLO SEND_BOB QUIT);
  assert_fine (fixture, 1);
  assert_gone (fixture, id);
}

/* Bob's transaction was cut after the dot; Eve was put off in it, and must not be forgotten when a person says "it arrived". */
static void
test_arrived (OutboxFixture *fixture, gconstpointer data)
{
  gint64 id = outbox_fixture_add (fixture, "one", to_two);
  g_autoptr (GError) error = NULL;

  run_with (fixture, HELLO MAIL BOB EVE DATA OK OK "S: 450 4.2.0 greylisted\n" GO "DOT\nCUT\n");
  outbox_fixture_assert (fixture, id, STORE_OUTBOX_MAYBE_SENT, "sw", "maybe-sent");
  store_outbox_arrived (fixture->database, id, fixture->sent, &error);
  g_assert_no_error (error);
  outbox_fixture_assert (fixture, id, STORE_OUTBOX_QUEUED, "aw", NULL);
  g_assert_cmpuint (outbox_fixture_count (fixture, fixture->sent), ==, 1);
  run_with (fixture, HELLO MAIL EVE DATA OK OK GO "DOT\n" OK QUIT);
  assert_fine (fixture, 1);
  assert_gone (fixture, id);
  g_assert_cmpuint (outbox_fixture_count (fixture, fixture->sent), ==, 1);
}

static void
test_arrived_for_all (OutboxFixture *fixture, gconstpointer data)
{
  gint64 id = outbox_fixture_add (fixture, "one", to_bob);
  g_autoptr (GError) error = NULL;

  g_assert_false (store_outbox_arrived (fixture->database, id, fixture->sent, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_INVALID);
  run_with (fixture, HELLO MAIL BOB DATA OK OK GO "DOT\nCUT\n");
  g_assert_true (store_outbox_arrived (fixture->database, id, fixture->sent, NULL));
  assert_gone (fixture, id);
  g_assert_cmpuint (outbox_fixture_count (fixture, fixture->sent), ==, 1);
}

/* "Try again" is for those who do not have it: refused ones too, for a mailbox may be empty by now. */
static void
test_try_again (OutboxFixture *fixture, gconstpointer data)
{
  gint64 id = outbox_fixture_add (fixture, "one", to_two);

  run_with (fixture, HELLO MAIL BOB EVE DATA OK OK "S: 552 5.2.2 mailbox full\n" GO "DOT\n" OK QUIT);
  outbox_fixture_assert (fixture, id, STORE_OUTBOX_FAILED, "ar", "some-recipients-refused");
  store_outbox_send_again (fixture->database, id, NULL);
  run_with (fixture, HELLO MAIL EVE DATA OK OK GO "DOT\n" OK QUIT);
  assert_fine (fixture, 1);
  assert_gone (fixture, id);
  g_assert_cmpuint (outbox_fixture_count (fixture, fixture->sent), ==, 1);
}

static void
test_found_sending (OutboxFixture *fixture, gconstpointer data)
{
  gint64 id = outbox_fixture_add (fixture, "one", to_bob);

  store_outbox_set_state (fixture->database, id, STORE_OUTBOX_SENDING, 0, NULL, NULL);
  run_idle (fixture);
  outbox_fixture_assert (fixture, id, STORE_OUTBOX_MAYBE_SENT, "w", "maybe-sent");
  g_assert_cmpuint (fixture->report.errors->len, ==, 1);
}

static void
test_held (OutboxFixture *fixture, gconstpointer data)
{
  gint64 id = outbox_fixture_add (fixture, "one", to_bob);

  store_outbox_set_state (fixture->database, id, STORE_OUTBOX_HELD, 0, NULL, NULL);
  run_idle (fixture);
  outbox_fixture_assert (fixture, id, STORE_OUTBOX_HELD, "w", NULL);
  g_assert_cmpint (sync_outbox_next_due (fixture->database, OUTBOX_ACCOUNT, NULL), ==, 0);
}

static void
test_not_before (OutboxFixture *fixture, gconstpointer data)
{
  gint64 id = outbox_fixture_add (fixture, "one", to_bob);

  g_assert_cmpint (sync_outbox_next_due (fixture->database, OUTBOX_ACCOUNT, NULL), ==, 1);
  store_outbox_set_state (fixture->database, id, STORE_OUTBOX_QUEUED, OUTBOX_NOW + 8, NULL, NULL);
  g_assert_cmpint (sync_outbox_next_due (fixture->database, OUTBOX_ACCOUNT, NULL), ==, OUTBOX_NOW + 8);
  run_idle (fixture);
  fixture->now += 8;
  run_with (fixture, HELLO SEND_BOB QUIT);
  assert_fine (fixture, 1);
}

static void
test_back_off (OutboxFixture *fixture, gconstpointer data)
{
  static const gint64 minutes[] = { 1, 5, 15, 60, 60 };
  gint64 id = outbox_fixture_add (fixture, "one", to_bob);

  fixture->options = SYNC_BY_ITSELF;
  for (guint i = 0; i < G_N_ELEMENTS (minutes); i++)
    {
      run_with (fixture, HELLO MAIL BOB DATA "S: 451 later\nS: 503 no\nS: 503 no\n" RSET QUIT);
      g_assert_cmpint (sync_outbox_next_due (fixture->database, OUTBOX_ACCOUNT, NULL), ==, fixture->now + minutes[i] * 60);
      fixture->now += minutes[i] * 60 - 1;
      run_idle (fixture);
      fixture->now++;
    }
  fixture->now -= 10;
  fixture->options = SYNC_DEFAULT; /* a person says "send": at once */
  run_with (fixture, HELLO SEND_BOB QUIT);
  assert_fine (fixture, 1);
  assert_gone (fixture, id);
}

static void
test_gives_up (OutboxFixture *fixture, gconstpointer data)
{
  gint64 id = outbox_fixture_add (fixture, "one", to_bob);
  g_autoptr (GError) why = g_error_new_literal (BASE_ERROR, BASE_ERROR_TRY_LATER, "later");
  g_autoptr (StoreOutboxItem) item = NULL;

  store_outbox_put_off (fixture->database, id, 0, SYNC_OUTBOX_MAX_ATTEMPTS - 1, why, NULL);
  run_with (fixture, HELLO MAIL BOB DATA OK "S: 450 4.2.0 not today\n" "S: 554 nobody\n" RSET QUIT);
  outbox_fixture_assert (fixture, id, STORE_OUTBOX_FAILED, "w", "try-later");
  item = outbox_fixture_get (fixture, id);
  g_assert_cmpstr (item->error_reply, ==, "450 4.2.0 not today");
}

static void
test_no_server (OutboxFixture *fixture, gconstpointer data)
{
  g_autoptr (MailLogin) login = mail_login_new ("127.0.0.1", 1, MAIL_SECURITY_PLAINTEXT, NULL, MAIL_SECRET_NONE, NULL);
  gint64 id = outbox_fixture_add (fixture, "one", to_bob);

  g_assert_false (outbox_fixture_run (fixture, login, NULL));
  g_assert_error (fixture->error, BASE_ERROR, BASE_ERROR_CONNECTION_REFUSED);
  outbox_fixture_assert (fixture, id, STORE_OUTBOX_QUEUED, "w", "connection-refused");
  g_assert_cmpint (sync_outbox_next_due (fixture->database, OUTBOX_ACCOUNT, NULL), >, OUTBOX_NOW);
}

static void
test_login_demanded (OutboxFixture *fixture, gconstpointer data)
{
  gint64 one = outbox_fixture_add (fixture, "one", to_bob);
  gint64 two = outbox_fixture_add (fixture, "two", to_bob);

  g_assert_false (run_with (fixture, HELLO MAIL BOB DATA "S: 530 5.7.0 Authentication required\nS: 503 no\nS: 503 no\n" RSET QUIT));
  g_assert_error (fixture->error, BASE_ERROR, BASE_ERROR_LOGIN_REFUSED);
  outbox_fixture_assert (fixture, one, STORE_OUTBOX_QUEUED, "w", "login-refused");
  outbox_fixture_assert (fixture, two, STORE_OUTBOX_QUEUED, "w", "login-refused");
  g_assert_cmpint (sync_outbox_next_due (fixture->database, OUTBOX_ACCOUNT, NULL), ==, OUTBOX_NOW + 3600);
}

/* While a large message is uploaded, its writer takes it back: the upload ends without its dot. */
typedef struct
{
  OutboxFixture *fixture;
  gint64 id;
} TakeBack;

static void
play_take_back (TestTalk *talk, gpointer data)
{
  TakeBack *take_back = data;
  OutboxFixture other = { 0 };
  gint64 drafts;
  g_autoptr (GError) error = NULL;

  if (!test_talk_play (talk, HELLO MAIL BOB DATA OK OK))
    return;
  outbox_fixture_open_at (&other, take_back->fixture->path);
  drafts = store_folders_find_role (other.database, OUTBOX_ACCOUNT, MAIL_ROLE_DRAFTS, NULL);
  store_outbox_take_back (other.database, take_back->id, drafts, &error);
  g_assert_no_error (error);
  outbox_fixture_close (&other);
  test_talk_allow_leaving (talk);
  test_talk_play (talk, GO "DOT\n" OK);
}

static void
test_taken_back (OutboxFixture *fixture, gconstpointer data)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (MailLogin) login = test_server_login (server, MAIL_SECURITY_PLAINTEXT, NULL, MAIL_SECRET_NONE, NULL);
  TakeBack take_back = { fixture, outbox_fixture_add (fixture, "one", to_bob) };
  g_autofree char *said = NULL;

  test_server_add_func (server, play_take_back, &take_back);
  g_assert_true (outbox_fixture_run (fixture, login, NULL));
  assert_fine (fixture, 0);
  assert_gone (fixture, take_back.id);
  test_server_finish (server);
  said = test_server_dup_received (server, 0, NULL);
  g_assert_null (strstr (said, "\r\n.\r\n"));
  g_assert_cmpuint (outbox_fixture_count (fixture, fixture->sent), ==, 0);
}

static void
test_no_8bitmime (OutboxFixture *fixture, gconstpointer data)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (MailLogin) login = test_server_login (server, MAIL_SECURITY_PLAINTEXT, NULL, MAIL_SECRET_NONE, NULL);
  static const char source[] = "From: ann@example.org\r\nTo: bob@example.net\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                               "Content-Transfer-Encoding: 8bit\r\n\r\nGrüße\r\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (source, strlen (source));
  g_autofree char *said = NULL;

  outbox_fixture_add_source (fixture, bytes);
  test_server_add_script (server, HELLO SEND_BOB QUIT);
  outbox_fixture_run (fixture, login, NULL);
  assert_fine (fixture, 1);
  test_server_finish (server);
  said = test_server_dup_received (server, 0, NULL);
  for (const char *at = said; *at; at++)
    g_assert_cmpint ((guchar) *at, <, 128);
}

static void
test_8bitmime (OutboxFixture *fixture, gconstpointer data)
{
  static const char source[] = "From: ann@example.org\r\nTo: bob@example.net\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                               "Content-Transfer-Encoding: 8bit\r\n\r\nGrüße\r\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (source, strlen (source));

  outbox_fixture_add_source (fixture, bytes);
  run_with (fixture, "S: 220 hi\nC: EHLO [127.0.0.1]\nS: 250-localhost\nS: 250-8BITMIME\nS: 250 PIPELINING\n"
                     "C: MAIL FROM:<ann@example.org> BODY=8BITMIME\n" BOB DATA OK OK GO "DOT\n" OK QUIT);
  assert_fine (fixture, 1);
}

static void
test_trace (OutboxFixture *fixture, gconstpointer data)
{
  g_autofree char *log = NULL;

  fixture->trace = base_trace_new (NULL, NULL);
  outbox_fixture_add (fixture, "one", to_bob);
  run_with (fixture, HELLO SEND_BOB QUIT);
  log = base_trace_dup_text (fixture->trace);
  g_assert_nonnull (strstr (log, "MAIL FROM:<ann@example.org>"));
  g_assert_nonnull (strstr (log, "bytes of message"));
  g_assert_null (strstr (log, "Hello"));
  g_assert_null (strstr (log, "Message-ID"));
}

static void
test_cancelled (OutboxFixture *fixture, gconstpointer data)
{
  g_autoptr (MailLogin) login = mail_login_new ("127.0.0.1", 1, MAIL_SECURITY_PLAINTEXT, NULL, MAIL_SECRET_NONE, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gint64 id = outbox_fixture_add (fixture, "one", to_bob);

  g_cancellable_cancel (cancellable);
  g_assert_false (outbox_fixture_run (fixture, login, cancellable));
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  outbox_fixture_assert (fixture, id, STORE_OUTBOX_QUEUED, "w", "cancelled");
}

/* Somebody else is at it: what is SENDING is in living hands. */
static gpointer
let_go_soon (gpointer data)
{
  g_usleep (300000);
  sync_lock_free (data);
  return NULL;
}

static void
test_takes_turns (OutboxFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SyncLock *lock = sync_lock_take (fixture->database, "outbox", OUTBOX_ACCOUNT, 0, NULL, &error);
  gint64 begun = g_get_monotonic_time ();
  GThread *thread;

  g_assert_no_error (error);
  g_assert_null (sync_lock_take (fixture->database, "outbox", OUTBOX_ACCOUNT, 0, NULL, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_TRY_LATER);
  thread = g_thread_new ("let go", let_go_soon, lock);
  run_idle (fixture);
  g_assert_cmpint (g_get_monotonic_time () - begun, >, 200000);
  g_thread_join (thread);
}

static void
test_other_account (OutboxFixture *fixture, gconstpointer data)
{
  g_autoptr (SyncLock) lock = sync_lock_take (fixture->database, "outbox", OUTBOX_ACCOUNT + 1, 0, NULL, NULL);

  g_assert_nonnull (lock);
  run_idle (fixture);
}

static void
test_check (OutboxFixture *fixture, gconstpointer data)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (MailLogin) login = test_server_login (server, MAIL_SECURITY_TLS, "ann", MAIL_SECRET_PASSWORD, "geheim");
  SyncPass pass = { .login = login, .trace_tag = "test" };
  g_autoptr (GError) error = NULL;

  test_server_add_script (server, "TLS\nS: 220 hi\nC: EHLO [127.0.0.1]\nS: 250-localhost\nS: 250 AUTH PLAIN\nC: AUTH PLAIN *\nS: 235 in\n" QUIT);
  g_assert_true (sync_outbox_check (&pass, NULL, &error));
  g_assert_no_error (error);
}

static void
test_check_wrong_password (OutboxFixture *fixture, gconstpointer data)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (MailLogin) login = test_server_login (server, MAIL_SECURITY_TLS, "ann", MAIL_SECRET_PASSWORD, "geheim");
  SyncPass pass = { .login = login, .trace_tag = "test" };
  g_autoptr (GError) error = NULL;

  test_server_add_script (server, "TLS\nS: 220 hi\nC: EHLO [127.0.0.1]\nS: 250-localhost\nS: 250 AUTH PLAIN\nC: AUTH PLAIN *\nS: 535 5.7.8 no\n" QUIT);
  g_assert_false (sync_outbox_check (&pass, NULL, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_WRONG_PASSWORD);
}

static void
add_test (const char *name, const void *data, void (*func) (OutboxFixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/sync/outbox/", name, NULL);

  g_test_add (path, OutboxFixture, data, outbox_fixture_set_up, func, outbox_fixture_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mime_init ();
  add_test ("sent-message-goes-to-sent", NULL, test_sent);
  add_test ("what-the-server-takes-is-noted", NULL, test_limit_is_noted);
  add_test ("nothing-due-does-not-connect", NULL, test_empty);
  add_test ("several-messages-share-one-connection", NULL, test_one_connection);
  add_test ("bcc-never-leaves-and-stays-in-the-copy", NULL, test_bcc);
  add_test ("hostile-source-is-canonical-on-the-wire", NULL, test_hostile_source);
  add_test ("refused-recipient-is-named-and-the-others-served", NULL, test_some_refused);
  add_test ("corrected-recipient-alone-is-sent-to", NULL, test_corrected);
  add_test ("all-recipients-refused-keeps-no-copy", NULL, test_all_refused);
  add_test ("recipient-put-off-is-tried-again-alone", NULL, test_some_later);
  add_test ("refusal-is-remembered-while-another-waits", NULL, test_refused_and_later);
  add_test ("too-many-recipients-take-several-transactions", NULL, test_too_many);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    add_test (cases[i].name, &cases[i], test_case);
  add_test ("next-message-after-a-failure", NULL, test_next_after_failure);
  add_test ("next-message-after-a-cut-on-a-new-connection", NULL, test_next_after_cut);
  add_test ("maybe-sent-is-never-repeated-by-itself", NULL, test_maybe_sent_rests);
  add_test ("it-arrived-forgets-nobody", NULL, test_arrived);
  add_test ("it-arrived-files-the-message", NULL, test_arrived_for_all);
  add_test ("try-again-is-for-those-who-have-it-not", NULL, test_try_again);
  add_test ("found-sending-is-maybe-sent", NULL, test_found_sending);
  add_test ("held-is-never-sent", NULL, test_held);
  add_test ("not-before-is-kept", NULL, test_not_before);
  add_test ("back-off-grows-and-a-person-passes-over-it", NULL, test_back_off);
  add_test ("gives-up-after-five-days", NULL, test_gives_up);
  add_test ("no-server-keeps-everything", NULL, test_no_server);
  add_test ("login-demanded-ends-the-pass", NULL, test_login_demanded);
  add_test ("taken-back-while-uploading-is-not-sent", NULL, test_taken_back);
  add_test ("no-8bitmime-sends-seven-bits", NULL, test_no_8bitmime);
  add_test ("8bitmime-is-said", NULL, test_8bitmime);
  add_test ("trace-has-commands-but-no-message", NULL, test_trace);
  add_test ("cancelled-keeps-everything", NULL, test_cancelled);
  add_test ("two-passes-take-turns", NULL, test_takes_turns);
  add_test ("another-account-does-not-wait", NULL, test_other_account);
  add_test ("check-logs-in-and-quits", NULL, test_check);
  add_test ("check-names-a-wrong-password", NULL, test_check_wrong_password);
  return g_test_run ();
}
