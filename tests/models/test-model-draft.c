/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of drafts against a real store: nothing written is lost, nothing is there twice, nothing is sent by halves. */
#include "base-error.h"
#include "mime-builder.h"
#include "mime-message.h"
#include "mime-summary.h"
#include "model-draft-file.h"
#include "model-draft.h"
#include "model-redirect.h"
#include "store-database.h"
#include "store-folders.h"
#include "store-messages.h"
#include "store-outbox.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *folder;
  Store *store;
  AccountList *accounts;
  Account *work, *home;  /* the list's */
  ModelDraftWishes wishes;
} Fixture;

static Account *
add_account (AccountList *accounts, const char *name, const char *email)
{
  g_autoptr (Account) account = account_new ();
  g_autoptr (GError) error = NULL;

  g_object_set (account, "person-name", name, "email", email, NULL);
  account_set_server (account, ACCOUNT_INCOMING, "pop.example.org", 995, MAIL_SECURITY_TLS, email);
  account_set_server (account, ACCOUNT_OUTGOING, "smtp.example.org", 465, MAIL_SECURITY_TLS, email);
  account_list_save (accounts, account, &error);
  g_assert_no_error (error);
  return account_list_find_email (accounts, email);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *database = NULL;
  g_autofree char *settings = NULL;

  fixture->folder = g_dir_make_tmp ("posthorn-draft-XXXXXX", &error);
  g_assert_no_error (error);
  database = g_build_filename (fixture->folder, "mail.sqlite", NULL);
  settings = g_build_filename (fixture->folder, "accounts.ini", NULL);
  fixture->store = store_new (database, &error);
  g_assert_no_error (error);
  fixture->accounts = account_list_new (settings, &error);
  g_assert_no_error (error);
  fixture->work = add_account (fixture->accounts, "Ana Ruiz", "ana@work.example");
  fixture->home = add_account (fixture->accounts, "Ana", "ana@home.example");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  g_clear_object (&fixture->accounts);
  store_close (fixture->store);
  while (g_main_context_iteration (NULL, FALSE)) /* what was told to the main thread and holds a reference */
    ;
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

/* Waiting for what runs in the store's worker */

static void
on_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (!*result)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static gboolean
save (ModelDraft *draft, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  model_draft_save_async (draft, NULL, on_ended, &result);
  return model_draft_finish (draft, wait_for (&result), error);
}

static gint64
send_draft (ModelDraft *draft, guint delay, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  model_draft_send_async (draft, delay, NULL, on_ended, &result);
  return model_draft_send_finish (draft, wait_for (&result), error);
}

static ModelDraft *
open_draft (Fixture *fixture, gint64 id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ModelDraft *draft;

  model_draft_open_async (fixture->store, fixture->accounts, id, NULL, on_ended, &result);
  draft = model_draft_open_finish (wait_for (&result), &error);
  g_assert_no_error (error);
  return draft;
}

static ModelDraft *
answer (Fixture *fixture, gint64 id, ModelDraftKind kind)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ModelDraft *draft;

  model_draft_new_reply_async (fixture->store, fixture->accounts, id, kind, fixture->wishes, NULL, on_ended, &result);
  draft = model_draft_new_reply_finish (wait_for (&result), &error);
  g_assert_no_error (error);
  return draft;
}

/* What is in the store */

static guint
count (Fixture *fixture, gint64 account, MailRole role)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreDatabase) database = store_open (fixture->store, &error);
  g_autoptr (StoreFolder) folder = NULL;
  gint64 id = store_folders_find_role (database, account, role, &error);

  g_assert_no_error (error);
  if (id == 0)
    return 0;
  folder = store_folders_get (database, id, &error);
  g_assert_no_error (error);
  return folder->total;
}

static GBytes *
load (Fixture *fixture, gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreDatabase) database = store_open (fixture->store, &error);
  GBytes *source = store_messages_load_source (database, id, &error);

  g_assert_no_error (error);
  return source;
}

static gint64
receive (Fixture *fixture, Account *account, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreDatabase) database = store_open (fixture->store, &error);
  g_autoptr (GBytes) source = g_bytes_new_static (text, strlen (text));
  g_autoptr (MailSummary) summary = mime_summary_new (source, TRUE, 1700000000);
  gint64 folder, id;

  store_folders_prepare_account (database, account_get_id (account), &error);
  g_assert_no_error (error);
  folder = store_folders_find_role (database, account_get_id (account), MAIL_ROLE_INBOX, &error);
  id = store_messages_add (database, folder, source, summary, &error);
  g_assert_no_error (error);
  return id;
}

static void
assert_text (ModelDraft *draft, const char *property, const char *expected)
{
  g_autofree char *text = NULL;

  g_object_get (draft, property, &text, NULL);
  g_assert_cmpstr (text, ==, expected);
}

static ModelDraft *
write_draft (Fixture *fixture)
{
  ModelDraft *draft = model_draft_new (fixture->store, fixture->accounts, fixture->home);

  g_object_set (draft, "to", "Tom Berg <tom@example.org>", "cc", "eve@example.org", "bcc", "secret@example.org",
                "subject", "Größe — 世界", "text", "Dear Tom,\n\n  two spaces, a line that ends in one \n-- \nAna\n", NULL);
  return draft;
}

static void
attach_text (Fixture *fixture, ModelDraft *draft, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  model_draft_attach_async (draft, file, NULL, on_ended, &result);
  model_draft_attach_finish (draft, wait_for (&result), &error);
  g_assert_no_error (error);
}

/* The tests */

static void
test_reopened_is_equal (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ModelDraft) draft = write_draft (fixture);
  g_autoptr (ModelDraft) again = NULL;
  g_autoptr (ModelDraftFile) file = NULL;
  g_autoptr (Account) account = NULL;

  attach_text (fixture, draft, "Zahlen für März.txt", "1 2 3\n");
  g_assert_true (save (draft, NULL));
  g_assert_false (model_draft_is_changed (draft));

  again = open_draft (fixture, model_draft_get_id (draft));
  assert_text (again, "to", "Tom Berg <tom@example.org>");
  assert_text (again, "cc", "eve@example.org");
  assert_text (again, "bcc", "secret@example.org");
  assert_text (again, "subject", "Größe — 世界");
  assert_text (again, "text", "Dear Tom,\n\n  two spaces, a line that ends in one \n-- \nAna\n");
  g_object_get (again, "account", &account, NULL);
  g_assert_true (account == fixture->home);
  g_assert_cmpuint (g_list_model_get_n_items (model_draft_get_files (again)), ==, 1);
  file = g_list_model_get_item (model_draft_get_files (again), 0);
  g_assert_cmpstr (model_draft_file_get_name (file), ==, "Zahlen für März.txt");
  g_assert_cmpmem (g_bytes_get_data (model_draft_file_get_data (file), NULL), model_draft_file_get_size (file), "1 2 3\n", 6);
  g_assert_false (model_draft_is_changed (again));
}

static void
test_reopened_answer_marks_the_original (Fixture *fixture, gconstpointer data)
{
  static const char text[] = "From: Tom <tom@example.org>\r\nTo: ana@work.example\r\nSubject: Figures\r\nMessage-ID: <f1@example.org>\r\n\r\nHello\r\n";
  gint64 original = receive (fixture, fixture->work, text);
  g_autoptr (ModelDraft) draft = answer (fixture, original, MODEL_DRAFT_REPLY);
  g_autoptr (StoreDatabase) database = store_open (fixture->store, NULL);
  g_autoptr (StoreOutboxItem) item = NULL;
  g_autoptr (ModelDraft) again = NULL;
  gint64 sent;

  g_object_set (draft, "text", "An answer that was not finished at once", NULL);
  g_assert_true (save (draft, NULL));
  again = open_draft (fixture, model_draft_get_id (draft));
  sent = send_draft (again, 0, NULL);
  item = store_outbox_get (database, sent, NULL);
  g_assert_nonnull (item);
  g_assert_cmpint (item->answers, ==, original);
  g_assert_cmpint (item->answer_flag, ==, MAIL_FLAG_ANSWERED);
}

static void
test_half_typed_recipient_is_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ModelDraft) draft = model_draft_new (fixture->store, fixture->accounts, NULL);
  g_autoptr (ModelDraft) again = NULL;

  g_object_set (draft, "to", "tom@example.org, ann", "text", "x", NULL);
  g_assert_true (save (draft, NULL));
  again = open_draft (fixture, model_draft_get_id (draft));
  assert_text (again, "to", "tom@example.org, ann");
}

static void
test_saving_again_keeps_one (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ModelDraft) draft = write_draft (fixture);
  gint64 id;

  g_assert_true (save (draft, NULL));
  id = model_draft_get_id (draft);
  g_object_set (draft, "text", "another text", NULL);
  g_assert_true (model_draft_is_changed (draft));
  g_assert_true (save (draft, NULL));
  g_assert_cmpint (model_draft_get_id (draft), ==, id);
  g_assert_cmpuint (count (fixture, account_get_id (fixture->home), MAIL_ROLE_DRAFTS), ==, 1);
}

static void
test_saves_at_once_keep_one (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ModelDraft) draft = write_draft (fixture);
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;

  model_draft_save_async (draft, NULL, on_ended, &first);
  g_object_set (draft, "text", "typed while the first save ran", NULL);
  model_draft_save_async (draft, NULL, on_ended, &second);
  g_assert_true (model_draft_finish (draft, wait_for (&first), NULL));
  g_assert_true (model_draft_finish (draft, wait_for (&second), NULL));
  g_assert_false (model_draft_is_changed (draft));
  g_assert_cmpuint (count (fixture, account_get_id (fixture->home), MAIL_ROLE_DRAFTS), ==, 1);
}

static void
test_other_sender_moves_it (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ModelDraft) draft = write_draft (fixture);

  g_assert_true (save (draft, NULL));
  g_object_set (draft, "account", fixture->work, NULL);
  g_assert_true (save (draft, NULL));
  g_assert_cmpuint (count (fixture, account_get_id (fixture->home), MAIL_ROLE_DRAFTS), ==, 0);
  g_assert_cmpuint (count (fixture, account_get_id (fixture->work), MAIL_ROLE_DRAFTS), ==, 1);
}

static void
test_removed_elsewhere_is_saved_anew (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ModelDraft) draft = write_draft (fixture);
  g_autoptr (StoreDatabase) database = store_open (fixture->store, NULL);
  gint64 id;

  g_assert_true (save (draft, NULL));
  id = model_draft_get_id (draft);
  g_assert_true (store_messages_delete (database, &id, 1, NULL));
  g_object_set (draft, "text", "still being written", NULL);
  g_assert_true (save (draft, NULL));
  g_assert_cmpuint (count (fixture, account_get_id (fixture->home), MAIL_ROLE_DRAFTS), ==, 1);
}

static guint
count_interrupted (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GArray) ids = NULL;

  model_draft_list_interrupted_async (fixture->store, NULL, on_ended, &result);
  ids = model_draft_list_interrupted_finish (wait_for (&result), NULL);
  g_assert_nonnull (ids);
  return ids->len;
}

static void
test_unclosed_is_interrupted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ModelDraft) draft = write_draft (fixture);

  g_assert_cmpuint (count_interrupted (fixture), ==, 0);
  g_assert_true (save (draft, NULL));
  g_assert_cmpuint (count_interrupted (fixture), ==, 1);
}

static void
test_closed_is_not_interrupted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ModelDraft) draft = write_draft (fixture);
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;

  g_assert_true (save (draft, NULL));
  model_draft_close_async (draft, NULL, on_ended, &first);
  g_assert_true (model_draft_finish (draft, wait_for (&first), NULL));
  g_assert_cmpuint (count_interrupted (fixture), ==, 0);

  g_object_set (draft, "text", "one word more", NULL);
  model_draft_close_async (draft, NULL, on_ended, &second);
  g_assert_true (model_draft_finish (draft, wait_for (&second), NULL));
  g_assert_false (model_draft_is_changed (draft));
  g_assert_cmpuint (count_interrupted (fixture), ==, 0);
  g_assert_cmpuint (count (fixture, account_get_id (fixture->home), MAIL_ROLE_DRAFTS), ==, 1);
}

static void
test_sent_is_not_interrupted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ModelDraft) draft = write_draft (fixture);

  g_assert_true (save (draft, NULL));
  g_assert_cmpint (send_draft (draft, 0, NULL), >, 0);
  g_assert_cmpuint (count_interrupted (fixture), ==, 0);
}

static void
test_restored_is_saved_anew (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ModelDraft) draft = write_draft (fixture);
  g_autoptr (GAsyncResult) result = NULL;

  attach_text (fixture, draft, "a.txt", "a");
  g_assert_true (save (draft, NULL));
  model_draft_discard_async (draft, NULL, on_ended, &result);
  g_assert_true (model_draft_finish (draft, wait_for (&result), NULL));
  model_draft_restore (draft);
  g_assert_true (model_draft_is_changed (draft));
  g_assert_true (save (draft, NULL));
  g_assert_cmpuint (count (fixture, account_get_id (fixture->home), MAIL_ROLE_DRAFTS), ==, 1);
  g_assert_cmpint (model_draft_get_files_size (draft), ==, 1);
}

static void
test_discard_removes_it (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ModelDraft) draft = write_draft (fixture);
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_true (save (draft, NULL));
  model_draft_discard_async (draft, NULL, on_ended, &result);
  g_assert_true (model_draft_finish (draft, wait_for (&result), NULL));
  g_object_set (draft, "text", "typed too late", NULL);
  g_assert_true (save (draft, NULL));
  g_assert_cmpuint (count (fixture, account_get_id (fixture->home), MAIL_ROLE_DRAFTS), ==, 0);
}

static void
test_send_moves_it (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ModelDraft) draft = write_draft (fixture);
  g_autoptr (StoreDatabase) database = store_open (fixture->store, NULL);
  g_autoptr (StoreOutboxItem) item = NULL;
  g_autoptr (GError) error = NULL;
  gint64 before = g_get_real_time () / G_USEC_PER_SEC, id;

  g_assert_true (save (draft, NULL));
  id = send_draft (draft, 8, &error);
  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  g_assert_cmpuint (count (fixture, account_get_id (fixture->home), MAIL_ROLE_DRAFTS), ==, 0);
  g_assert_cmpuint (count (fixture, STORE_LOCAL_ACCOUNT, MAIL_ROLE_OUTBOX), ==, 1);

  item = store_outbox_get (database, id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (item->account, ==, account_get_id (fixture->home));
  g_assert_cmpint (item->state, ==, STORE_OUTBOX_QUEUED);
  g_assert_cmpstr (item->sender, ==, "ana@home.example");
  g_assert_cmpuint (item->recipients->len, ==, 3);
  g_assert_cmpint (item->not_before, >=, before + 8);
}

static void
test_bcc_is_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ModelDraft) draft = write_draft (fixture);
  g_autoptr (GBytes) source = NULL;
  g_autoptr (MimeMessage) message = NULL;
  GPtrArray *bcc;

  source = load (fixture, send_draft (draft, 0, NULL));
  message = mime_message_new (source);
  bcc = mime_message_get_bcc (message);
  g_assert_cmpuint (bcc->len, ==, 1);
  g_assert_cmpstr (((MailAddress *) g_ptr_array_index (bcc, 0))->address, ==, "secret@example.org");
}

static void
assert_send_fails (Fixture *fixture, const char *to)
{
  g_autoptr (ModelDraft) draft = model_draft_new (fixture->store, fixture->accounts, fixture->home);
  g_autoptr (GError) error = NULL;

  g_object_set (draft, "to", to, "text", "keep me", NULL);
  g_assert_true (save (draft, NULL));
  g_assert_cmpint (send_draft (draft, 0, &error), ==, -1);
  g_assert_error (error, BASE_ERROR, BASE_ERROR_INVALID);
  g_assert_cmpuint (count (fixture, account_get_id (fixture->home), MAIL_ROLE_DRAFTS), ==, 1);
  g_assert_cmpuint (count (fixture, STORE_LOCAL_ACCOUNT, MAIL_ROLE_OUTBOX), ==, 0);
  assert_text (draft, "text", "keep me");
}

static void
test_no_recipient_changes_nothing (Fixture *fixture, gconstpointer data)
{
  assert_send_fails (fixture, "");
}

static void
test_bad_recipient_changes_nothing (Fixture *fixture, gconstpointer data)
{
  assert_send_fails (fixture, "tom@example.org, ann@");
}

static void
test_sent_twice_goes_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ModelDraft) draft = write_draft (fixture);
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;

  model_draft_send_async (draft, 0, NULL, on_ended, &first);
  model_draft_send_async (draft, 0, NULL, on_ended, &second);
  g_assert_cmpint (model_draft_send_finish (draft, wait_for (&first), NULL), >, 0);
  g_assert_cmpint (model_draft_send_finish (draft, wait_for (&second), &error), ==, -1);
  g_assert_error (error, BASE_ERROR, BASE_ERROR_INVALID);
  g_assert_cmpuint (count (fixture, STORE_LOCAL_ACCOUNT, MAIL_ROLE_OUTBOX), ==, 1);
}

#define QUESTION "From: Tom Berg <tom@example.org>\r\nTo: ana@work.example\r\nCc: eve@example.org\r\nSubject: Flat in Porto\r\n" \
                 "Date: Sun, 22 Nov 2026 10:42:00 +0000\r\nMessage-ID: <q1@example.org>\r\n\r\nShall we?\r\n"

static void
test_reply_answers (Fixture *fixture, gconstpointer data)
{
  gint64 question = receive (fixture, fixture->work, QUESTION);
  g_autoptr (ModelDraft) draft = answer (fixture, question, MODEL_DRAFT_REPLY);
  g_autoptr (StoreDatabase) database = store_open (fixture->store, NULL);
  g_autoptr (StoreOutboxItem) item = NULL;
  g_autoptr (Account) account = NULL;
  g_autofree char *text = NULL;

  g_object_get (draft, "account", &account, "text", &text, NULL);
  g_assert_true (account == fixture->work);
  g_assert_true (model_draft_is_answer (draft));
  g_assert_true (model_draft_is_blank (draft));
  assert_text (draft, "to", "Tom Berg <tom@example.org>");
  assert_text (draft, "cc", "");
  assert_text (draft, "subject", "Re: Flat in Porto");
  g_assert_nonnull (strstr (text, "Tom Berg wrote:"));
  g_assert_nonnull (strstr (text, "> Shall we?"));

  item = store_outbox_get (database, send_draft (draft, 0, NULL), NULL);
  g_assert_cmpint (item->answers, ==, question);
  g_assert_cmpint (item->answer_flag, ==, MAIL_FLAG_ANSWERED);
}

static void
test_reply_to_all_keeps_copies (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ModelDraft) draft = answer (fixture, receive (fixture, fixture->work, QUESTION), MODEL_DRAFT_REPLY_ALL);

  assert_text (draft, "to", "Tom Berg <tom@example.org>");
  assert_text (draft, "cc", "eve@example.org");
}

static void
test_reply_is_threaded_after_reopening (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ModelDraft) draft = answer (fixture, receive (fixture, fixture->work, QUESTION), MODEL_DRAFT_REPLY);
  g_autoptr (ModelDraft) again = NULL;
  g_autoptr (GBytes) source = NULL;
  g_autoptr (MimeMessage) message = NULL;

  g_object_set (draft, "text", "Yes.", NULL);
  g_assert_true (save (draft, NULL));
  again = open_draft (fixture, model_draft_get_id (draft));
  source = load (fixture, send_draft (again, 0, NULL));
  message = mime_message_new (source);
  g_assert_cmpstr (mime_message_get_in_reply_to (message)[0], ==, "q1@example.org");
  g_assert_cmpstr (mime_message_get_references (message)[0], ==, "q1@example.org");
}

static void
test_forward_is_marked (Fixture *fixture, gconstpointer data)
{
  gint64 question = receive (fixture, fixture->work, QUESTION);
  g_autoptr (ModelDraft) draft = answer (fixture, question, MODEL_DRAFT_FORWARD);
  g_autoptr (StoreDatabase) database = store_open (fixture->store, NULL);
  g_autoptr (StoreOutboxItem) item = NULL;

  assert_text (draft, "to", "");
  assert_text (draft, "subject", "Fwd: Flat in Porto");
  g_object_set (draft, "to", "eve@example.org", NULL);
  item = store_outbox_get (database, send_draft (draft, 0, NULL), NULL);
  g_assert_cmpint (item->answer_flag, ==, MAIL_FLAG_FORWARDED);
}

/* Another address of the work account, each with its own signature. */
static void
add_identity (Fixture *fixture)
{
  AccountIdentityValue value = { (char *) "Sales", (char *) "sales@work.example", (char *) "desk@work.example", (char *) "The sales people" };
  g_autofree char *text = account_identity_value_format (&value);
  const char *texts[] = { text, NULL };

  g_object_set (fixture->work, "signature", "Ana at work", "identities", texts, NULL);
  g_assert_true (account_list_save (fixture->accounts, fixture->work, NULL));
}

static void
test_answer_comes_from_who_was_addressed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ModelDraft) draft = NULL;
  g_autoptr (GBytes) source = NULL;
  g_autoptr (MimeMessage) message = NULL;
  g_autofree char *text = NULL;

  add_identity (fixture);
  draft = answer (fixture, receive (fixture, fixture->work, "From: tom@example.org\r\nTo: sales@work.example\r\nSubject: x\r\n\r\nHow much?\r\n"),
                  MODEL_DRAFT_REPLY);
  g_object_get (draft, "text", &text, NULL);
  g_assert_true (g_str_has_prefix (text, "\n\n-- \nThe sales people\n"));
  g_assert_true (model_draft_is_blank (draft));
  source = load (fixture, send_draft (draft, 0, NULL));
  message = mime_message_new (source);
  g_assert_cmpstr (((MailAddress *) g_ptr_array_index (mime_message_get_from (message), 0))->address, ==, "sales@work.example");
  g_assert_cmpstr (((MailAddress *) g_ptr_array_index (mime_message_get_reply_to (message), 0))->address, ==, "desk@work.example");
}

static void
test_other_identity_signs_otherwise (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ModelDraft) draft = NULL;
  g_autoptr (AccountIdentity) other = NULL;

  add_identity (fixture);
  draft = model_draft_new (fixture->store, fixture->accounts, fixture->work);
  assert_text (draft, "text", "\n\n-- \nAna at work\n");
  other = g_list_model_get_item (model_draft_get_identities (draft), 1);
  g_object_set (draft, "identity", other, NULL);
  assert_text (draft, "text", "\n\n-- \nThe sales people\n");
  g_assert_true (model_draft_is_blank (draft));
}

static void
test_answer_under_the_quote (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ModelDraft) draft = NULL;
  g_autofree char *text = NULL;
  const char *place;

  g_object_set (fixture->work, "signature", "Ana at work", NULL);
  fixture->wishes = MODEL_DRAFT_QUOTE_FIRST;
  draft = answer (fixture, receive (fixture, fixture->work, QUESTION), MODEL_DRAFT_REPLY);
  g_object_get (draft, "text", &text, NULL);
  place = g_utf8_offset_to_pointer (text, model_draft_get_cursor (draft));
  g_assert_true (g_str_has_prefix (text, "On "));
  g_assert_cmpstr (place, ==, "\n-- \nAna at work\n");
}

static void
test_request_stands_above_the_signature (Fixture *fixture, gconstpointer data)
{
  ModelDraftRequest request = { "tom@example.org", "", "", "Hello", "What I want", "1@example.org" };
  g_autoptr (ModelDraft) draft = NULL;
  g_autoptr (GBytes) source = NULL;
  g_autoptr (MimeMessage) message = NULL;

  g_object_set (fixture->work, "signature", "Ana at work", NULL);
  draft = model_draft_new_request (fixture->store, fixture->accounts, fixture->work, &request);
  assert_text (draft, "text", "What I want\n\n-- \nAna at work\n");
  g_assert_false (model_draft_is_blank (draft));
  source = load (fixture, send_draft (draft, 0, NULL));
  message = mime_message_new (source);
  g_assert_cmpstr (mime_message_get_in_reply_to (message)[0], ==, "1@example.org");
}

static void
test_redirect_goes_to_those_asked_alone (Fixture *fixture, gconstpointer data)
{
  gint64 id = receive (fixture, fixture->work, "Resent-To: victim@example.org\r\n" QUESTION);
  g_autoptr (StoreDatabase) database = store_open (fixture->store, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (StoreOutboxItem) item = NULL;
  gint64 sent;

  model_redirect_async (fixture->store, fixture->accounts, id, "Eve <eve@example.org>, eve@example.org", 0, NULL, on_ended, &result);
  sent = model_redirect_finish (wait_for (&result), NULL);
  g_assert_cmpint (sent, >, 0);
  item = store_outbox_get (database, sent, NULL);
  g_assert_cmpstr (item->sender, ==, "ana@work.example");
  g_assert_cmpuint (item->recipients->len, ==, 1);
  g_assert_cmpstr (((StoreOutboxRecipient *) g_ptr_array_index (item->recipients, 0))->address, ==, "eve@example.org");
  g_assert_cmpint (item->answer_flag, ==, MAIL_FLAG_FORWARDED);
}

static void
test_receipt_is_asked_for (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ModelDraft) draft = write_draft (fixture);
  g_autoptr (ModelDraft) again = NULL;
  g_autoptr (GBytes) source = NULL;
  g_autoptr (MimeMessage) message = NULL;
  g_autofree char *receipt = NULL;

  g_object_set (draft, "asks-receipt", TRUE, NULL);
  g_assert_true (save (draft, NULL));
  again = open_draft (fixture, model_draft_get_id (draft));
  source = load (fixture, send_draft (again, 0, NULL));
  message = mime_message_new (source);
  receipt = mime_message_dup_header (message, "Disposition-Notification-To");
  g_assert_cmpstr (receipt, ==, "Ana <ana@home.example>");
}

static void
test_folder_is_not_attached (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ModelDraft) draft = model_draft_new (fixture->store, fixture->accounts, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (fixture->folder);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  model_draft_attach_async (draft, file, NULL, on_ended, &result);
  g_assert_false (model_draft_attach_finish (draft, wait_for (&result), &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_FILE);
  g_assert_false (model_draft_is_changed (draft));
}

static void
test_huge_file_is_refused_unread (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ModelDraft) draft = model_draft_new (fixture->store, fixture->accounts, NULL);
  g_autofree char *path = g_build_filename (fixture->folder, "huge", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  g_assert_cmpint (truncate (path, MODEL_DRAFT_HARD_LIMIT + 1), ==, 0);
  model_draft_attach_async (draft, file, NULL, on_ended, &result);
  g_assert_false (model_draft_attach_finish (draft, wait_for (&result), &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_TOO_LARGE);
}

static void
test_emptied_is_blank (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ModelDraft) draft = write_draft (fixture);

  g_assert_false (model_draft_is_blank (draft));
  g_object_set (draft, "to", "", "cc", "", "bcc", "", "subject", "", "text", "", NULL);
  g_assert_true (model_draft_is_blank (draft));
}

static void
test_nothing_leaks (Fixture *fixture, gconstpointer data)
{
  ModelDraft *draft = write_draft (fixture);

  attach_text (fixture, draft, "a.txt", "a");
  g_assert_true (save (draft, NULL));
  g_assert_finalize_object (draft);
}

#define TEST(path, function) g_test_add ("/models/draft/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mime_init ();
  TEST ("saved-and-opened-again/is-equal", test_reopened_is_equal);
  TEST ("saved-and-opened-again/an-answer-still-marks-the-original", test_reopened_answer_marks_the_original);
  TEST ("saved-and-opened-again/half-typed-recipient-is-kept", test_half_typed_recipient_is_kept);
  TEST ("saved-again/is-there-once", test_saving_again_keeps_one);
  TEST ("saved-while-saving/is-there-once", test_saves_at_once_keep_one);
  TEST ("saved-from-another-account/moves", test_other_sender_moves_it);
  TEST ("saved-after-removal-elsewhere/is-there-again", test_removed_elsewhere_is_saved_anew);
  TEST ("not-closed/was-interrupted", test_unclosed_is_interrupted);
  TEST ("closed/was-not-interrupted", test_closed_is_not_interrupted);
  TEST ("sent/was-not-interrupted", test_sent_is_not_interrupted);
  TEST ("restored/is-saved-anew", test_restored_is_saved_anew);
  TEST ("discarded/is-gone-for-good", test_discard_removes_it);
  TEST ("sent/is-in-the-outbox-and-no-draft", test_send_moves_it);
  TEST ("sent/source-keeps-bcc", test_bcc_is_kept);
  TEST ("sent-without-recipient/changes-nothing", test_no_recipient_changes_nothing);
  TEST ("sent-to-impossible-address/changes-nothing", test_bad_recipient_changes_nothing);
  TEST ("sent-twice/goes-once", test_sent_twice_goes_once);
  TEST ("reply/says-what-it-answers", test_reply_answers);
  TEST ("reply-to-all/keeps-copies", test_reply_to_all_keeps_copies);
  TEST ("reply-opened-again/stays-in-its-thread", test_reply_is_threaded_after_reopening);
  TEST ("forward/says-what-it-forwards", test_forward_is_marked);
  TEST ("answer/comes-from-who-was-addressed", test_answer_comes_from_who_was_addressed);
  TEST ("another-identity/signs-otherwise", test_other_identity_signs_otherwise);
  TEST ("answer-under-the-quote/is-begun-there", test_answer_under_the_quote);
  TEST ("request/stands-above-the-signature", test_request_stands_above_the_signature);
  TEST ("redirect/goes-to-those-asked-alone", test_redirect_goes_to_those_asked_alone);
  TEST ("receipt/is-asked-for-after-reopening-too", test_receipt_is_asked_for);
  TEST ("attach-folder/is-an-error", test_folder_is_not_attached);
  TEST ("attach-huge-file/is-refused-unread", test_huge_file_is_refused_unread);
  TEST ("emptied/is-blank", test_emptied_is_blank);
  TEST ("let-go/leaves-nothing", test_nothing_leaks);
  return g_test_run ();
}
