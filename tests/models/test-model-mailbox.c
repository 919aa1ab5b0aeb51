/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of what a person does to messages: done, told, and taken back. */
#include "base-error.h"
#include "mime-draft.h"
#include "mime-summary.h"
#include "model-mailbox.h"
#include "model-saver.h"
#include "model-test.h"
#include "store-folders.h"
#include "store-messages.h"
#include "store-outbox.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  ModelTest base;
  ModelMailbox *mailbox;
} MailboxTest;

static void
set_up (MailboxTest *test, gconstpointer data)
{
  model_test_set_up (&test->base, data);
  test->mailbox = model_mailbox_new (test->base.store);
}

static void
tear_down (MailboxTest *test, gconstpointer data)
{
  model_test_settle (10);
  g_assert_finalize_object (test->mailbox);
  model_test_tear_down (&test->base, data);
}

static GArray *
ids_of (gint64 id)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (ids, id);
  return ids;
}

static gint64
folder_of (MailboxTest *test, gint64 id)
{
  g_autoptr (MailSummary) summary = store_messages_get (test->base.database, id, NULL);

  return summary ? summary->folder : 0;
}

static void
test_delete_and_undo (MailboxTest *test, gconstpointer data)
{
  gint64 id = model_test_add (&test->base, test->base.inbox, "a@example.org", "x", 1);
  g_autoptr (GArray) ids = ids_of (id);
  g_autoptr (GAsyncResult) deleted = NULL;
  g_autoptr (GAsyncResult) undone = NULL;
  g_autoptr (ModelUndo) undo = NULL;
  g_autoptr (GError) error = NULL;

  model_mailbox_delete_async (test->mailbox, ids, NULL, model_test_on_done, test);
  deleted = model_test_take_result (&test->base);
  undo = model_mailbox_move_finish (test->mailbox, deleted, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (model_undo_get_n_messages (undo), ==, 1);
  g_assert_cmpint (folder_of (test, id), ==, test->base.trash);

  model_mailbox_undo_async (test->mailbox, undo, NULL, model_test_on_done, test);
  undone = model_test_take_result (&test->base);
  g_assert_true (model_mailbox_finish (test->mailbox, undone, &error));
  g_assert_cmpint (folder_of (test, id), ==, test->base.inbox);
}

static void
test_mark (MailboxTest *test, gconstpointer data)
{
  gint64 id = model_test_add (&test->base, test->base.inbox, "a@example.org", "x", 1);
  g_autoptr (GArray) ids = ids_of (id);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (MailSummary) summary = NULL;

  model_mailbox_mark_async (test->mailbox, ids, MAIL_FLAG_SEEN | MAIL_FLAG_FLAGGED, 0, NULL, model_test_on_done, test);
  result = model_test_take_result (&test->base);
  g_assert_true (model_mailbox_finish (test->mailbox, result, NULL));
  summary = store_messages_get (test->base.database, id, NULL);
  g_assert_cmpint (summary->flags, ==, MAIL_FLAG_SEEN | MAIL_FLAG_FLAGGED);
}

static void
assert_place (MailboxTest *test, gint64 id, MailRole role, MailFlags flags)
{
  g_autoptr (MailSummary) summary = store_messages_get (test->base.database, id, NULL);
  g_autoptr (StoreFolder) folder = store_folders_get (test->base.database, summary->folder, NULL);

  g_assert_cmpint (folder->role, ==, role);
  g_assert_cmpint (summary->flags, ==, flags);
}

static gboolean
is_body_junk (MailboxTest *test, gint64 id)
{
  g_autoptr (ModelBody) body = model_body_load (test->base.database, id, NULL);

  return model_body_is_junk (body);
}

/* Junk and back, and the undoing of it: the folder and what the server's filter reads agree. */
static void
test_junk (MailboxTest *test, gconstpointer data)
{
  gint64 id = model_test_add (&test->base, test->base.inbox, "a@example.org", "x", 1);
  g_autoptr (GArray) ids = ids_of (id);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ModelUndo) undo = NULL;

  model_mailbox_file_async (test->mailbox, ids, MAIL_ROLE_JUNK, NULL, model_test_on_done, test);
  result = model_test_take_result (&test->base);
  undo = model_mailbox_move_finish (test->mailbox, result, NULL);
  assert_place (test, id, MAIL_ROLE_JUNK, MAIL_FLAG_JUNK);
  g_assert_true (is_body_junk (test, id));
  g_clear_object (&result);
  model_mailbox_undo_async (test->mailbox, undo, NULL, model_test_on_done, test);
  result = model_test_take_result (&test->base);
  g_assert_true (model_mailbox_finish (test->mailbox, result, NULL));
  assert_place (test, id, MAIL_ROLE_INBOX, 0);
  g_assert_false (is_body_junk (test, id));
  g_clear_object (&result);
  g_clear_pointer (&undo, model_undo_unref);
  model_mailbox_file_async (test->mailbox, ids, MAIL_ROLE_JUNK, NULL, model_test_on_done, test);
  result = model_test_take_result (&test->base);
  g_clear_object (&result);
  model_mailbox_file_async (test->mailbox, ids, MAIL_ROLE_INBOX, NULL, model_test_on_done, test);
  result = model_test_take_result (&test->base);
  undo = model_mailbox_move_finish (test->mailbox, result, NULL);
  assert_place (test, id, MAIL_ROLE_INBOX, MAIL_FLAG_NOT_JUNK);
}

/* The server's filter may call something junk and leave it where it is. */
static void
test_said_junk (MailboxTest *test, gconstpointer data)
{
  gint64 id = model_test_add (&test->base, test->base.inbox, "a@example.org", "x", 1);
  gint64 other = model_test_add (&test->base, test->base.trash, "a@example.org", "y", 2);
  g_autoptr (GArray) ids = ids_of (id);
  g_autoptr (GAsyncResult) result = NULL;

  g_array_append_val (ids, other);
  g_assert_true (store_messages_set_flags (test->base.database, &id, 1, MAIL_FLAG_JUNK, 0, NULL));
  model_mailbox_file_async (test->mailbox, ids, MAIL_ROLE_INBOX, NULL, model_test_on_done, test);
  result = model_test_take_result (&test->base);
  g_assert_nonnull (result);
  assert_place (test, id, MAIL_ROLE_INBOX, MAIL_FLAG_NOT_JUNK);
  assert_place (test, other, MAIL_ROLE_TRASH, 0);
}

static void
test_copy_and_back (MailboxTest *test, gconstpointer data)
{
  gint64 id = model_test_add (&test->base, test->base.inbox, "a@example.org", "x", 1);
  StoreQuery in_trash = { .view = STORE_VIEW_FOLDER, .folder = test->base.trash };
  g_autoptr (GArray) ids = ids_of (id);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ModelUndo) undo = NULL;

  model_mailbox_copy_async (test->mailbox, ids, test->base.trash, NULL, model_test_on_done, test);
  result = model_test_take_result (&test->base);
  undo = model_mailbox_move_finish (test->mailbox, result, NULL);
  g_assert_nonnull (undo);
  g_assert_cmpuint (model_undo_get_n_messages (undo), ==, 1);
  g_assert_cmpint (store_messages_count (test->base.database, &in_trash, NULL), ==, 1);
  g_clear_object (&result);
  model_mailbox_undo_async (test->mailbox, undo, NULL, model_test_on_done, test);
  result = model_test_take_result (&test->base);
  g_assert_true (model_mailbox_finish (test->mailbox, result, NULL));
  g_assert_cmpint (store_messages_count (test->base.database, &in_trash, NULL), ==, 0);
  assert_place (test, id, MAIL_ROLE_INBOX, 0);
}

/* A message to three that ana has got and that the server refused for tom; eve's turn has not come. */
static gint64
put_partly_accepted (MailboxTest *test)
{
  static const char text[] = "From: me@example.org\r\nTo: Ana <ana@example.org>, tom@example.org\r\nBcc: eve@example.org\r\nSubject: x\r\n\r\nHello\r\n";
  g_autoptr (GBytes) source = g_bytes_new_static (text, strlen (text));
  g_autoptr (MailSummary) summary = mime_summary_new (source, TRUE, 1700000000);
  g_autoptr (GPtrArray) recipients = g_ptr_array_new ();
  StoreOutboxRecipient ana = { (char *) "ana@example.org", STORE_RECIPIENT_ACCEPTED, NULL };
  StoreOutboxRecipient tom = { (char *) "tom@example.org", STORE_RECIPIENT_REFUSED, NULL };
  StoreOutboxRecipient eve = { (char *) "eve@example.org", STORE_RECIPIENT_WAITING, NULL };
  StoreOutboxItem item = { .account = account_get_id (test->base.account), .sender = (char *) "me@example.org", .recipients = recipients };
  g_autoptr (GError) error = NULL;
  gint64 id;

  g_ptr_array_add (recipients, &ana);
  g_ptr_array_add (recipients, &tom);
  g_ptr_array_add (recipients, &eve);
  id = store_outbox_add (test->base.database, source, summary, &item, 0, &error);
  g_assert_no_error (error);
  return id;
}

static void
test_edit_of_partly_accepted (MailboxTest *test, gconstpointer data)
{
  gint64 id = put_partly_accepted (test);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) source = NULL;
  g_autoptr (MimeDraft) draft = NULL;
  g_autofree char *to = NULL;
  g_autofree char *bcc = NULL;

  model_mailbox_take_back_async (test->mailbox, id, NULL, model_test_on_done, test);
  result = model_test_take_result (&test->base);
  model_mailbox_finish (test->mailbox, result, &error);
  g_assert_no_error (error);
  source = store_messages_load_source (test->base.database, id, NULL);
  draft = mime_draft_from_source (source);
  to = mail_address_list_to_string (draft->to);
  bcc = mail_address_list_to_string (draft->bcc);
  g_assert_cmpstr (to, ==, "tom@example.org");
  g_assert_cmpstr (bcc, ==, "eve@example.org");
  g_assert_cmpstr (draft->text, ==, "Hello");
  g_assert_null (store_outbox_get (test->base.database, id, NULL));
}

static void
test_kept (MailboxTest *test, gconstpointer data)
{
  static const char text[] = "From: ana@example.org\nSubject: From a file\n\nHello\n";
  g_autoptr (GBytes) source = g_bytes_new_static (text, strlen (text));
  g_autoptr (ModelBody) body = model_body_new_from_source (source);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GError) error = NULL;
  StoreQuery query = { .folder = test->base.inbox };

  model_mailbox_keep_async (test->mailbox, body, test->base.inbox, NULL, model_test_on_done, test);
  result = model_test_take_result (&test->base);
  g_assert_true (model_mailbox_finish (test->mailbox, result, &error));
  g_assert_no_error (error);
  ids = store_messages_list_ids (test->base.database, &query, NULL);
  g_assert_cmpuint (ids->len, ==, 1);
}

static void
test_gone_message_is_not_found (MailboxTest *test, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  model_mailbox_load_async (test->mailbox, 4711, NULL, model_test_on_done, test);
  result = model_test_take_result (&test->base);
  g_assert_null (model_mailbox_load_finish (test->mailbox, result, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND);
}

static ModelBody *
load (MailboxTest *test, const char *text)
{
  g_autoptr (GBytes) source = g_bytes_new (text, strlen (text));
  g_autoptr (MailSummary) summary = mime_summary_new (source, TRUE, 1);
  gint64 id = store_messages_add (test->base.database, test->base.inbox, source, summary, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ModelBody *body;

  model_mailbox_load_async (test->mailbox, id, NULL, model_test_on_done, test);
  result = model_test_take_result (&test->base);
  body = model_mailbox_load_finish (test->mailbox, result, &error);
  g_assert_no_error (error);
  return body;
}

static void
test_long_text_is_cut (MailboxTest *test, gconstpointer data)
{
  g_autofree char *line = g_strnfill (3 * 1024 * 1024, 'x');
  g_autofree char *text = g_strconcat ("From: a@example.org\r\n\r\n", line, "\r\n", NULL);
  g_autoptr (ModelBody) body = load (test, text);
  const char *at = model_body_get_text (body);

  g_assert_true (model_body_is_text_cut (body));
  g_assert_cmpuint (strlen (at), <, MODEL_BODY_MAX_TEXT + 2000);
  while (*at)
    {
      gsize length = strcspn (at, "\n");

      g_assert_cmpuint (length, <=, MODEL_BODY_MAX_LINE);
      at += length + (at[length] == '\n');
    }
}

static void
test_attachment_is_saved (MailboxTest *test, gconstpointer data)
{
  g_autoptr (ModelBody) body = load (test, "From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
                                           "--x\r\nContent-Type: text/plain\r\n\r\nhello\r\n"
                                           "--x\r\nContent-Type: application/octet-stream; name=a.bin\r\nContent-Disposition: attachment; filename=a.bin\r\n"
                                           "Content-Transfer-Encoding: base64\r\n\r\nAAEC\r\n--x--\r\n");
  g_autofree char *cache = g_build_filename (test->base.path, "opened", NULL);
  g_autofree char *path = g_build_filename (test->base.path, "saved.bin", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) written = NULL;
  g_autofree char *contents = NULL;
  gsize length;
  ModelSaver *saver = model_saver_new (cache);

  g_assert_cmpuint (g_list_model_get_n_items (model_body_get_attachments (body)), ==, 1);
  model_saver_save_attachment_async (saver, body, 0, file, NULL, model_test_on_done, test);
  result = model_test_take_result (&test->base);
  written = model_saver_finish (saver, result, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_cmpmem (contents, length, "\0\1\2", 3);
  g_clear_object (&result);
  model_test_settle (10);
  g_assert_finalize_object (saver);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mime_init ();
#define ADD(path, func) g_test_add ("/models/mailbox/" path, MailboxTest, NULL, set_up, func, tear_down)
  ADD ("deleted-and-undone/is-back-in-its-folder", test_delete_and_undo);
  ADD ("junk-and-back/is-where-and-what-was-said", test_junk);
  ADD ("not-junk/takes-back-what-was-said-and-nothing-else", test_said_junk);
  ADD ("copy-and-back/leaves-the-original", test_copy_and_back);
  ADD ("marked/is-marked-in-the-store", test_mark);
  ADD ("a-message-that-some-have-already/is-edited-for-the-others-alone", test_edit_of_partly_accepted);
  ADD ("a-message-of-a-file/is-put-into-a-folder", test_kept);
  ADD ("a-message-that-is-gone/is-not-found", test_gone_message_is_not_found);
  ADD ("endless-text/is-cut-and-broken-into-lines", test_long_text_is_cut);
  ADD ("an-attachment/is-saved-decoded", test_attachment_is_saved);
  return g_test_run ();
}
