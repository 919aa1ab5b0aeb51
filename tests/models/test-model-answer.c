/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of answers with one button: what goes into the Outbox, what is marked, and what taking it back leaves. */
#include "base-error.h"
#include "mime-message.h"
#include "mime-summary.h"
#include "model-answer.h"
#include "model-mailbox.h"
#include "model-redirect.h"
#include "model-test.h"
#include "store-folders.h"
#include "store-messages.h"
#include "store-outbox.h"

#include <string.h>

typedef struct
{
  ModelTest base;
  ModelMailbox *mailbox;
} AnswerTest;

static void
set_up (AnswerTest *test, gconstpointer data)
{
  model_test_set_up (&test->base, data);
  test->mailbox = model_mailbox_new (test->base.store);
}

static void
tear_down (AnswerTest *test, gconstpointer data)
{
  model_test_settle (10);
  g_assert_finalize_object (test->mailbox);
  model_test_tear_down (&test->base, data);
}

static gint64
add (AnswerTest *test, const char *headers)
{
  g_autofree char *text = g_strdup_printf ("From: Ana Ruiz <ana@example.org>\nTo: %s\nSubject: Figures\nMessage-ID: <a@example.org>\n%s\nHello\n",
                                           account_get_email (test->base.account), headers);
  g_autoptr (GBytes) source = g_bytes_new (text, strlen (text));
  g_autoptr (MailSummary) summary = mime_summary_new (source, TRUE, 1);

  return store_messages_add (test->base.database, test->base.inbox, source, summary, NULL);
}

static gint64
answer (AnswerTest *test, gint64 id, ModelAnswer kind, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  model_answer_async (test->base.store, test->base.accounts, id, kind, 100, NULL, model_test_on_done, test);
  result = model_test_take_result (&test->base);
  return model_answer_finish (result, error);
}

static MailFlags
flags_of (AnswerTest *test, gint64 id)
{
  g_autoptr (MailSummary) summary = store_messages_get (test->base.database, id, NULL);

  return summary->flags;
}

#define ASKS "Disposition-Notification-To: ana@example.org\n"

static void
test_receipt (AnswerTest *test, gconstpointer data)
{
  gint64 asking = add (test, ASKS);
  g_autoptr (GError) error = NULL;
  gint64 id = answer (test, asking, MODEL_ANSWER_READ, &error);
  g_autoptr (StoreOutboxItem) item = store_outbox_get (test->base.database, id, NULL);

  g_assert_no_error (error);
  g_assert_cmpstr (item->sender, ==, ""); /* RFC 8098 §3 */
  g_assert_cmpuint (item->recipients->len, ==, 1);
  g_assert_cmpstr (((StoreOutboxRecipient *) item->recipients->pdata[0])->address, ==, "ana@example.org");
  g_assert_cmpint (item->not_before, >, 0);
  g_assert_true (flags_of (test, asking) & MAIL_FLAG_RECEIPT);
}

static void
test_once (AnswerTest *test, gconstpointer data)
{
  gint64 asking = add (test, ASKS);
  g_autoptr (GError) error = NULL;

  answer (test, asking, MODEL_ANSWER_READ, NULL);
  g_assert_cmpint (answer (test, asking, MODEL_ANSWER_READ, &error), ==, -1);
  g_assert_error (error, BASE_ERROR, BASE_ERROR_INVALID);
}

static void
test_not_asked (AnswerTest *test, gconstpointer data)
{
  gint64 id = add (test, "");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (answer (test, id, MODEL_ANSWER_READ, &error), ==, -1);
  g_assert_error (error, BASE_ERROR, BASE_ERROR_INVALID);
  g_assert_false (flags_of (test, id) & MAIL_FLAG_RECEIPT);
}

/* It is gone, and no draft that somebody could write on. */
static void
assert_dropped (AnswerTest *test, gint64 id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_draft = TRUE;

  model_mailbox_take_back_async (test->mailbox, id, NULL, model_test_on_done, test);
  result = model_test_take_result (&test->base);
  g_assert_true (model_mailbox_take_back_finish (test->mailbox, result, &is_draft, &error));
  g_assert_no_error (error);
  g_assert_false (is_draft);
  g_assert_null (store_messages_get (test->base.database, id, NULL));
}

static void
test_taken_back (AnswerTest *test, gconstpointer data)
{
  gint64 asking = add (test, ASKS);

  assert_dropped (test, answer (test, asking, MODEL_ANSWER_READ, NULL));
  g_assert_false (flags_of (test, asking) & MAIL_FLAG_RECEIPT);
}

/* A draft of it would be another's words in one's own name. */
static void
test_redirect_taken_back (AnswerTest *test, gconstpointer data)
{
  gint64 original = add (test, "");
  g_autoptr (GAsyncResult) result = NULL;

  model_redirect_async (test->base.store, test->base.accounts, original, "eve@example.org", 100, NULL, model_test_on_done, test);
  result = model_test_take_result (&test->base);
  assert_dropped (test, model_redirect_finish (result, NULL));
  g_assert_false (flags_of (test, original) & MAIL_FLAG_FORWARDED);
}

#define INVITES \
  "MIME-Version: 1.0\nContent-Type: text/calendar; method=REQUEST\n\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:u\nSUMMARY:Cake\n" \
  "ORGANIZER:mailto:ana@example.org\nATTENDEE:mailto:%s\nDTSTART:20261123T090000Z\nEND:VEVENT\n"

static gint64
invite (AnswerTest *test, const char *whom)
{
  g_autofree char *text = g_strdup_printf (INVITES, whom);

  return add (test, text);
}

static MailParticipation
get_given (AnswerTest *test, gint64 id)
{
  g_autoptr (ModelBody) body = model_body_load (test->base.database, id, NULL);

  return model_body_get_participation (body);
}

static void
test_accepted (AnswerTest *test, gconstpointer data)
{
  gint64 asking = invite (test, account_get_email (test->base.account));
  g_autoptr (GError) error = NULL;
  gint64 id = answer (test, asking, MODEL_ANSWER_ACCEPT, &error);
  g_autoptr (StoreOutboxItem) item = store_outbox_get (test->base.database, id, NULL);

  g_assert_no_error (error);
  g_assert_cmpstr (item->sender, ==, account_get_email (test->base.account));
  g_assert_cmpstr (((StoreOutboxRecipient *) item->recipients->pdata[0])->address, ==, "ana@example.org");
  g_assert_cmpint (get_given (test, asking), ==, MAIL_PARTICIPATION_ACCEPTED);
}

/* The last word counts, wherever it stands. */
static void
test_changed_mind (AnswerTest *test, gconstpointer data)
{
  gint64 asking = invite (test, account_get_email (test->base.account));
  gint64 sent = store_folders_find_role (test->base.database, account_get_id (test->base.account), MAIL_ROLE_SENT, NULL);
  gint64 id = answer (test, asking, MODEL_ANSWER_ACCEPT, NULL);

  g_assert_true (store_outbox_finish (test->base.database, id, sent, NULL));
  g_assert_cmpint (get_given (test, asking), ==, MAIL_PARTICIPATION_ACCEPTED);
  answer (test, asking, MODEL_ANSWER_DECLINE, NULL);
  g_assert_cmpint (get_given (test, asking), ==, MAIL_PARTICIPATION_DECLINED);
}

static void
test_not_invited (AnswerTest *test, gconstpointer data)
{
  gint64 asking = invite (test, "eve@example.net");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (answer (test, asking, MODEL_ANSWER_ACCEPT, &error), ==, -1);
  g_assert_error (error, BASE_ERROR, BASE_ERROR_INVALID);
}

/* Where the mail that is told of is here, it can be shown. */
static void
test_linked (AnswerTest *test, gconstpointer data)
{
  gint64 asking = add (test, ASKS);
  gint64 id = answer (test, asking, MODEL_ANSWER_READ, NULL);
  g_autoptr (ModelBody) body = model_body_load (test->base.database, id, NULL);

  g_assert_cmpint (model_body_get_reported (body)->id, ==, asking);
  g_assert_null (model_body_get_receipt (body));
}

#define ADD(path, func) g_test_add ("/models/answer/" path, AnswerTest, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mime_init ();
  ADD ("a-receipt/waits-in-the-outbox-from-nobody", test_receipt);
  ADD ("a-receipt/is-given-once", test_once);
  ADD ("who-does-not-ask/is-told-nothing", test_not_asked);
  ADD ("a-receipt/taken-back/is-asked-for-again", test_taken_back);
  ADD ("redirected/taken-back-is-not-ones-own-draft", test_redirect_taken_back);
  ADD ("an-invitation/is-answered-by-whom-it-names", test_accepted);
  ADD ("an-invitation/answered-twice/has-the-last-answer", test_changed_mind);
  ADD ("an-invitation-of-others/cannot-be-answered", test_not_invited);
  ADD ("a-report/knows-the-mail-it-is-about", test_linked);
  return g_test_run ();
}
