/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Outbox: in out of Drafts in one go, its states, and out of it into Sent, Drafts or Deleted. */
#include "store-fixture.h"
#include "store-outbox.h"
#include "store-pending.h"
#include "store-private.h"

#include "base-error.h"

typedef struct
{
  StoreFixture base;
  gint64 drafts, sent;
  gint64 answered, draft;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  store_fixture_set_up (&self->base, NULL);
  self->answered = store_fixture_add (&self->base, store_fixture_inbox (&self->base), "question");
  self->drafts = store_folders_find_role (self->base.database, 1, MAIL_ROLE_DRAFTS, NULL);
  self->sent = store_folders_find_role (self->base.database, 1, MAIL_ROLE_SENT, NULL);
  self->draft = store_fixture_add (&self->base, self->drafts, "draft");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  store_fixture_assert_sound (&self->base);
  store_fixture_tear_down (&self->base, NULL);
}

static gint64
put (Fixture *self, StoreOutboxState state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) recipients = g_ptr_array_new ();
  StoreOutboxRecipient ana = { (char *) "ana@example.org", STORE_RECIPIENT_WAITING, NULL };
  StoreOutboxRecipient tom = { (char *) "tom@example.org", STORE_RECIPIENT_WAITING, NULL };
  StoreOutboxItem item = { .account = 1, .state = state, .sender = (char *) "me@example.org", .recipients = recipients,
                           .not_before = 5, .answers = self->answered, .answer_flag = MAIL_FLAG_ANSWERED };
  g_autoptr (MailSummary) summary = store_fixture_make_summary ("answer", "Re: question", "me");
  g_autoptr (GBytes) source = g_bytes_new_static ("Bcc: x\r\n\r\n", 10);
  gint64 id;

  g_ptr_array_add (recipients, &ana);
  g_ptr_array_add (recipients, &tom);
  summary->flags = MAIL_FLAG_DRAFT;
  id = store_outbox_add (self->base.database, source, summary, &item, self->draft, &error);
  g_assert_no_error (error);
  return id;
}

static void
test_add (Fixture *self, gconstpointer data)
{
  gint64 id = put (self, STORE_OUTBOX_HELD);
  g_autoptr (StoreOutboxItem) item = store_outbox_get (self->base.database, id, NULL);
  g_autoptr (MailSummary) row = store_messages_get (self->base.database, id, NULL);

  g_assert_cmpint (item->state, ==, STORE_OUTBOX_HELD);
  g_assert_cmpint (item->account, ==, 1);
  g_assert_cmpstr (item->sender, ==, "me@example.org");
  g_assert_cmpint (item->not_before, ==, 5);
  g_assert_cmpuint (item->attempts, ==, 0);
  g_assert_cmpuint (item->recipients->len, ==, 2);
  g_assert_cmpstr (((StoreOutboxRecipient *) g_ptr_array_index (item->recipients, 1))->address, ==, "tom@example.org");
  g_assert_cmpint (item->answers, ==, self->answered);
  g_assert_cmpint (row->flags, ==, MAIL_FLAG_SEEN);
  g_assert_null (store_messages_get (self->base.database, self->draft, NULL));
}

static void
test_states (Fixture *self, gconstpointer data)
{
  gint64 id = put (self, STORE_OUTBOX_QUEUED);
  g_autoptr (GError) reason = g_error_new (BASE_ERROR, BASE_ERROR_TRY_LATER, "busy");
  g_autoptr (StoreOutboxItem) item = NULL;
  g_autoptr (StoreOutboxItem) clean = NULL;
  g_autoptr (GError) error = NULL;

  base_error_set_reply (reason, "451 not now");
  g_assert_true (store_outbox_set_state (self->base.database, id, STORE_OUTBOX_SENDING, 0, NULL, NULL));
  g_assert_true (store_outbox_put_off (self->base.database, id, 99, 1, reason, NULL));
  item = store_outbox_get (self->base.database, id, NULL);
  g_assert_cmpint (item->state, ==, STORE_OUTBOX_QUEUED);
  g_assert_cmpint (item->not_before, ==, 99);
  g_assert_cmpuint (item->attempts, ==, 1);
  g_assert_cmpstr (item->error_word, ==, "try-later");
  g_assert_cmpstr (item->error_message, ==, "busy");
  g_assert_cmpstr (item->error_reply, ==, "451 not now");
  g_assert_true (store_outbox_set_state (self->base.database, id, STORE_OUTBOX_QUEUED, 0, NULL, NULL));
  clean = store_outbox_get (self->base.database, id, NULL);
  g_assert_null (clean->error_word);
  g_assert_cmpuint (clean->attempts, ==, 1);
  g_assert_false (store_outbox_set_state (self->base.database, 4711, STORE_OUTBOX_QUEUED, 0, NULL, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND);
}

static void
test_recipients (Fixture *self, gconstpointer data)
{
  gint64 id = put (self, STORE_OUTBOX_QUEUED);
  g_autoptr (StoreOutboxItem) item = store_outbox_get (self->base.database, id, NULL);
  g_autoptr (StoreOutboxItem) after = NULL;
  StoreOutboxRecipient *tom = g_ptr_array_index (item->recipients, 1);

  tom->state = STORE_RECIPIENT_REFUSED;
  tom->reply = g_strdup ("550 nobody here");
  g_assert_true (store_outbox_set_recipients (self->base.database, id, item->recipients, NULL));
  after = store_outbox_get (self->base.database, id, NULL);
  g_assert_cmpuint (after->recipients->len, ==, 2);
  tom = g_ptr_array_index (after->recipients, 1);
  g_assert_cmpint (tom->state, ==, STORE_RECIPIENT_REFUSED);
  g_assert_cmpstr (tom->reply, ==, "550 nobody here");
}

static void
test_finish (Fixture *self, gconstpointer data)
{
  gint64 id = put (self, STORE_OUTBOX_SENDING);
  g_autoptr (MailSummary) row = NULL;
  g_autoptr (MailSummary) question = NULL;

  g_assert_true (store_outbox_finish (self->base.database, id, self->sent, NULL));
  row = store_messages_get (self->base.database, id, NULL);
  question = store_messages_get (self->base.database, self->answered, NULL);
  g_assert_cmpint (row->folder, ==, self->sent);
  g_assert_cmpint (row->flags, ==, MAIL_FLAG_SEEN);
  g_assert_true (question->flags & MAIL_FLAG_ANSWERED);
  g_assert_cmpint (store_fixture_count (&self->base, "SELECT count (*) FROM outbox_recipient"), ==, 0);
}

static void
test_finish_without_copy (Fixture *self, gconstpointer data)
{
  gint64 id = put (self, STORE_OUTBOX_SENDING);

  g_assert_true (store_messages_delete (self->base.database, &self->answered, 1, NULL));
  g_assert_true (store_outbox_finish (self->base.database, id, 0, NULL));
  g_assert_null (store_messages_get (self->base.database, id, NULL));
}

static void
test_take_back (Fixture *self, gconstpointer data)
{
  gint64 id = put (self, STORE_OUTBOX_QUEUED);
  g_autoptr (GError) error = NULL;
  g_autoptr (MailSummary) row = NULL;

  g_assert_true (store_outbox_set_state (self->base.database, id, STORE_OUTBOX_SENDING, 0, NULL, NULL));
  g_assert_false (store_outbox_take_back (self->base.database, id, self->drafts, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_INVALID);
  g_assert_true (store_outbox_set_state (self->base.database, id, STORE_OUTBOX_FAILED, 0, NULL, NULL));
  g_assert_true (store_outbox_take_back (self->base.database, id, self->drafts, NULL));
  row = store_messages_get (self->base.database, id, NULL);
  g_assert_cmpint (row->folder, ==, self->drafts);
  g_assert_true (row->flags & MAIL_FLAG_DRAFT);
  g_assert_cmpint (store_fixture_count (&self->base, "SELECT count (*) FROM outbox"), ==, 0);
}

static void
test_take_back_accepted (Fixture *self, gconstpointer data)
{
  gint64 id = put (self, STORE_OUTBOX_QUEUED);
  g_autoptr (StoreOutboxItem) item = store_outbox_get (self->base.database, id, NULL);
  g_autoptr (MailSummary) summary = store_fixture_make_summary ("rest", "Re: question", "me");
  g_autoptr (GBytes) rest = g_bytes_new_static ("To: tom@example.org\r\n\r\n", 23);
  g_autoptr (GBytes) kept = NULL;
  g_autoptr (GError) error = NULL;

  ((StoreOutboxRecipient *) g_ptr_array_index (item->recipients, 0))->state = STORE_RECIPIENT_ACCEPTED;
  g_assert_true (store_outbox_set_recipients (self->base.database, id, item->recipients, NULL));
  g_assert_false (store_outbox_take_back (self->base.database, id, self->drafts, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_INVALID);
  g_assert_true (store_outbox_take_back_rest (self->base.database, id, self->drafts, rest, summary, NULL));
  kept = store_messages_load_source (self->base.database, id, NULL);
  g_assert_true (g_bytes_equal (kept, rest));
}

static void
test_delete (Fixture *self, gconstpointer data)
{
  gint64 ids[] = { put (self, STORE_OUTBOX_QUEUED), put (self, STORE_OUTBOX_SENDING) };
  g_autoptr (StoreOutboxItem) sending = NULL;

  g_assert_true (store_pending_delete (self->base.database, ids, 2, FALSE, NULL));
  g_assert_null (store_outbox_get (self->base.database, ids[0], NULL));
  g_assert_cmpint (store_fixture_count (&self->base, "SELECT f.role FROM message m JOIN folder f ON f.id = m.folder"
                                                     " WHERE f.account = 0 AND f.role <> 7"), ==, MAIL_ROLE_TRASH);
  g_assert_true (store_pending_delete (self->base.database, ids + 1, 1, TRUE, NULL));
  g_assert_true (store_pending_move (self->base.database, ids + 1, 1, self->drafts, NULL));
  sending = store_outbox_get (self->base.database, ids[1], NULL);
  g_assert_nonnull (sending);
}

#define TEST(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("/store/outbox/add/takes-the-draft-away", test_add);
  TEST ("/store/outbox/states/keep-reason-and-attempts", test_states);
  TEST ("/store/outbox/recipients/keep-what-the-server-said", test_recipients);
  TEST ("/store/outbox/finish/moves-to-sent-and-marks-the-answered", test_finish);
  TEST ("/store/outbox/finish-without-a-copy/deletes", test_finish_without_copy);
  TEST ("/store/outbox/take-back/not-while-it-is-being-sent", test_take_back);
  TEST ("/store/outbox/take-back/of-what-some-have-already-is-for-the-others-alone", test_take_back_accepted);
  TEST ("/store/outbox/delete/passes-over-what-is-being-sent", test_delete);
  return g_test_run ();
}
