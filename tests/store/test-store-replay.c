/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits for a server: merged, named, ended, undone. */
#include "store-fixture.h"
#include "store-imap.h"
#include "store-outbox.h"
#include "store-pending.h"
#include "store-private.h"
#include "store-replay.h"

#include "base-error.h"

#include <string.h>

typedef struct
{
  StoreFixture base;
  gint64 inbox, archive, drafts, sent; /* account 2: on a server */
  gint64 local;                        /* account 1: not */
} Fixture;

static gint64
make_folder (Fixture *self, const char *path, MailRole role)
{
  StoreImapFolder folder = { .account = 2, .wire_name = (char *) path, .path = (char *) path, .role = role, .can_be_opened = TRUE,
                             .can_have_children = TRUE, .uidvalidity = 7, .uidnext = 1000 };
  g_autoptr (GError) error = NULL;

  folder.folder = store_imap_save_folder (self->base.database, &folder, &error);
  g_assert_no_error (error);
  g_assert_true (store_imap_set_state (self->base.database, &folder, &error));
  return folder.folder;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  store_fixture_set_up (&self->base, NULL);
  self->local = store_fixture_inbox (&self->base);
  self->inbox = make_folder (self, "INBOX", MAIL_ROLE_INBOX);
  self->archive = make_folder (self, "Archive", MAIL_ROLE_ARCHIVE);
  self->drafts = make_folder (self, "Drafts", MAIL_ROLE_DRAFTS);
  self->sent = make_folder (self, "Sent", MAIL_ROLE_SENT);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  store_fixture_assert_sound (&self->base);
  store_fixture_tear_down (&self->base, NULL);
}

static gint64
add (Fixture *self, const char *id, guint uid)
{
  gint64 message = store_fixture_add (&self->base, self->inbox, id);

  g_assert_true (store_imap_set_uid (self->base.database, message, self->inbox, uid, NULL));
  return message;
}

static GPtrArray *
list (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *operations = store_replay_list (self->base.database, 2, 0, &error);

  g_assert_no_error (error);
  return operations;
}

/* "kind:folder:uid:target" of all, folders by their first letter */
static void
assert_waits (Fixture *self, const char *expected)
{
  g_autoptr (GPtrArray) operations = list (self);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < operations->len; i++)
    {
      const StoreOperation *o = g_ptr_array_index (operations, i);

      g_string_append_printf (text, "%s%d %d %d %d", i ? ", " : "", o->kind, o->folder ? (int) (o->folder - self->inbox) : -9, (int) o->uid,
                              o->target ? (int) (o->target - self->inbox) : -9);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static StoreOperation *
take (GPtrArray *operations, guint i)
{
  return g_ptr_array_index (operations, i);
}

static void
begin (Fixture *self, StoreOperation *operation)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  g_ptr_array_add (one, operation);
  g_assert_true (store_replay_begin (self->base.database, one, 500, NULL));
  g_assert_cmpuint (one->len, ==, 1);
}

static void
fail (Fixture *self, StoreOperation *operation)
{
  g_autoptr (GError) reason = g_error_new_literal (BASE_ERROR, BASE_ERROR_REFUSED, "The server refused it.");
  g_autoptr (GError) error = NULL;

  base_error_set_reply (reason, "no way");
  store_replay_fail (self->base.database, operation, reason, &error);
  g_assert_no_error (error);
}

static MailFlags
get_flags (Fixture *self, gint64 message)
{
  g_autoptr (MailSummary) summary = store_messages_get (self->base.database, message, NULL);

  return summary->flags;
}

static gint64
get_folder (Fixture *self, gint64 id)
{
  return store_filing_find_folder (self->base.database, id, NULL);
}

static gint64
get_uid (Fixture *self, gint64 id)
{
  return store_imap_get_uid (self->base.database, id, NULL, NULL);
}

static void
test_marks_cancel (Fixture *self, gconstpointer data)
{
  gint64 id = add (self, "a", 5);

  g_assert_true (store_pending_mark (self->base.database, &id, 1, MAIL_FLAG_SEEN | MAIL_FLAG_FLAGGED, 0, NULL));
  g_assert_true (store_pending_mark (self->base.database, &id, 1, 0, MAIL_FLAG_SEEN, NULL));
  assert_waits (self, "1 0 5 -9");
  g_assert_true (store_pending_mark (self->base.database, &id, 1, 0, MAIL_FLAG_FLAGGED, NULL));
  assert_waits (self, "");
}

static void
test_begun_mark_is_not_merged (Fixture *self, gconstpointer data)
{
  gint64 id = add (self, "a", 5);
  g_autoptr (GPtrArray) operations = NULL;

  g_assert_true (store_pending_mark (self->base.database, &id, 1, MAIL_FLAG_SEEN, 0, NULL));
  operations = list (self);
  begin (self, take (operations, 0));
  g_assert_true (store_pending_mark (self->base.database, &id, 1, 0, MAIL_FLAG_SEEN, NULL));
  assert_waits (self, "1 0 5 -9, 1 0 5 -9");
}

static void
test_changed_since_listed (Fixture *self, gconstpointer data)
{
  gint64 id = add (self, "a", 5);
  g_autoptr (GPtrArray) operations = NULL;

  g_assert_true (store_pending_mark (self->base.database, &id, 1, MAIL_FLAG_SEEN, 0, NULL));
  operations = list (self);
  g_assert_true (store_pending_mark (self->base.database, &id, 1, MAIL_FLAG_FLAGGED, 0, NULL));
  g_assert_true (store_replay_begin (self->base.database, operations, 0, NULL));
  g_assert_cmpuint (operations->len, ==, 0);
}

static void
test_there_and_back (Fixture *self, gconstpointer data)
{
  gint64 id = add (self, "a", 5);

  g_assert_true (store_pending_move (self->base.database, &id, 1, self->archive, NULL));
  g_assert_true (store_pending_mark (self->base.database, &id, 1, MAIL_FLAG_SEEN, 0, NULL));
  g_assert_true (store_pending_move (self->base.database, &id, 1, self->sent, NULL));
  assert_waits (self, "2 0 5 3, 1 3 0 -9");
  g_assert_true (store_pending_move (self->base.database, &id, 1, self->inbox, NULL));
  assert_waits (self, "1 0 5 -9");
  g_assert_cmpint (get_uid (self, id), ==, 5);
}

static void
test_moved_then_deleted (Fixture *self, gconstpointer data)
{
  gint64 id = add (self, "a", 5);

  g_assert_true (store_pending_move (self->base.database, &id, 1, self->archive, NULL));
  g_assert_true (store_pending_delete (self->base.database, &id, 1, TRUE, NULL));
  assert_waits (self, "4 0 5 -9");
}

static void
test_copy_deleted (Fixture *self, gconstpointer data)
{
  gint64 id = add (self, "a", 5);
  gint64 copy;

  g_assert_true (store_pending_copy (self->base.database, &id, 1, self->archive, NULL));
  copy = store_fixture_count (&self->base, "SELECT max (id) FROM message");
  assert_waits (self, "3 0 5 1");
  g_assert_true (store_pending_delete (self->base.database, &copy, 1, TRUE, NULL));
  assert_waits (self, "");
}

static void
test_later_gets_the_name (Fixture *self, gconstpointer data)
{
  gint64 id = add (self, "a", 5);
  g_autoptr (GPtrArray) operations = NULL;

  g_assert_true (store_pending_move (self->base.database, &id, 1, self->archive, NULL));
  operations = list (self);
  begin (self, take (operations, 0));
  g_assert_true (store_pending_mark (self->base.database, &id, 1, MAIL_FLAG_SEEN, 0, NULL));
  g_assert_true (store_pending_copy (self->base.database, &id, 1, self->sent, NULL));
  g_assert_true (store_replay_finish (self->base.database, take (operations, 0), 77, NULL));
  assert_waits (self, "1 1 77 -9, 3 1 77 3");
  g_assert_cmpint (get_uid (self, id), ==, 77);
}

static void
test_move_refused (Fixture *self, gconstpointer data)
{
  gint64 id = add (self, "a", 5);
  g_autoptr (GPtrArray) operations = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  const StoreRefusal *refusal;

  g_assert_true (store_pending_move (self->base.database, &id, 1, self->archive, NULL));
  g_assert_true (store_pending_mark (self->base.database, &id, 1, MAIL_FLAG_SEEN, 0, NULL));
  operations = list (self);
  fail (self, take (operations, 0));
  g_assert_cmpint (get_folder (self, id), ==, self->inbox);
  g_assert_cmpint (get_uid (self, id), ==, 5);
  assert_waits (self, "1 0 5 -9");
  refusals = store_replay_list_refusals (self->base.database, 2, NULL);
  g_assert_cmpuint (refusals->len, ==, 1);
  refusal = g_ptr_array_index (refusals, 0);
  g_assert_cmpstr (refusal->error_word, ==, "refused");
  g_assert_cmpstr (refusal->error_reply, ==, "no way");
  g_assert_cmpint (refusal->message, ==, id);
}

static void
test_mark_refused (Fixture *self, gconstpointer data)
{
  gint64 id = add (self, "a", 5);
  g_autoptr (GPtrArray) operations = NULL;

  g_assert_true (store_messages_set_flags (self->base.database, &id, 1, MAIL_FLAG_FLAGGED, 0, NULL));
  g_assert_true (store_pending_mark (self->base.database, &id, 1, MAIL_FLAG_SEEN, MAIL_FLAG_FLAGGED, NULL));
  operations = list (self);
  begin (self, take (operations, 0));
  fail (self, take (operations, 0));
  g_assert_cmpint (get_flags (self, id), ==, MAIL_FLAG_FLAGGED);
}

static void
test_refused_copy_goes (Fixture *self, gconstpointer data)
{
  gint64 id = add (self, "a", 5);
  g_autoptr (GPtrArray) operations = NULL;

  g_assert_true (store_pending_copy (self->base.database, &id, 1, self->archive, NULL));
  operations = list (self);
  fail (self, take (operations, 0));
  g_assert_cmpint (store_fixture_count (&self->base, "SELECT count (*) FROM message"), ==, 1);
}

static void
test_refused_append_stays_here (Fixture *self, gconstpointer data)
{
  gint64 id = store_fixture_add (&self->base, self->local, "a");
  g_autoptr (GPtrArray) operations = NULL;

  g_assert_true (store_pending_move (self->base.database, &id, 1, self->archive, NULL));
  operations = list (self);
  begin (self, take (operations, 0));
  fail (self, take (operations, 0));
  g_assert_cmpint (get_folder (self, id), ==, self->local);
}

static void
test_refused_sent_copy_stays_here (Fixture *self, gconstpointer data)
{
  gint64 id = store_fixture_add (&self->base, self->local, "a");
  g_autoptr (GPtrArray) operations = NULL;

  g_assert_true (store_pending_file_sent (self->base.database, id, self->sent, FALSE, NULL));
  operations = list (self);
  g_assert_cmpint (take (operations, 0)->stage, ==, STORE_STAGE_BEGUN);
  fail (self, take (operations, 0));
  g_assert_cmpint (get_folder (self, id), ==, store_folders_find_role (self->base.database, 0, MAIL_ROLE_SENT, NULL));
}

static void
test_vanished_move (Fixture *self, gconstpointer data)
{
  gint64 id = add (self, "a", 5);
  g_autoptr (GPtrArray) operations = NULL;

  g_assert_true (store_pending_move (self->base.database, &id, 1, self->archive, NULL));
  operations = list (self);
  g_assert_true (store_replay_vanish (self->base.database, take (operations, 0), NULL));
  g_assert_cmpint (get_folder (self, id), ==, 0);
  assert_waits (self, "");
}

static void
test_vanished_copy_is_appended (Fixture *self, gconstpointer data)
{
  gint64 id = add (self, "a", 5);
  g_autoptr (GPtrArray) operations = NULL;

  g_assert_true (store_pending_copy (self->base.database, &id, 1, self->archive, NULL));
  operations = list (self);
  g_assert_true (store_replay_vanish (self->base.database, take (operations, 0), NULL));
  assert_waits (self, "5 -9 0 1");
}

static void
test_copied_leaves_a_deletion (Fixture *self, gconstpointer data)
{
  gint64 id = add (self, "a", 5);
  g_autoptr (GPtrArray) operations = NULL;

  g_assert_true (store_pending_move (self->base.database, &id, 1, self->archive, NULL));
  operations = list (self);
  begin (self, take (operations, 0));
  g_assert_true (store_replay_copied (self->base.database, take (operations, 0), 90, NULL));
  assert_waits (self, "4 0 5 -9");
  g_assert_cmpint (get_uid (self, id), ==, 90);
}

static gint64
save_draft (Fixture *self, gint64 id, const char *text)
{
  g_autoptr (GBytes) source = g_bytes_new (text, strlen (text));
  g_autoptr (MailSummary) summary = store_fixture_make_summary (text, "draft", "ann@example.org");

  return store_pending_save_draft (self->base.database, self->drafts, id, source, summary, NULL);
}

static void
test_draft_replaces (Fixture *self, gconstpointer data)
{
  gint64 id = save_draft (self, 0, "one");
  g_autoptr (GPtrArray) operations = NULL;

  g_assert_cmpint (save_draft (self, id, "two"), ==, id);
  assert_waits (self, "5 -9 0 2");
  operations = list (self);
  begin (self, take (operations, 0));
  g_assert_true (store_replay_finish (self->base.database, take (operations, 0), 11, NULL));
  g_assert_cmpint (save_draft (self, id, "three"), ==, id);
  g_assert_cmpint (save_draft (self, id, "four"), ==, id);
  assert_waits (self, "5 -9 0 2, 4 2 11 -9");
}

static void
test_draft_saved_on_its_way (Fixture *self, gconstpointer data)
{
  gint64 id = save_draft (self, 0, "one");
  g_autoptr (GPtrArray) operations = list (self);

  begin (self, take (operations, 0));
  g_assert_cmpint (save_draft (self, id, "two"), ==, id);
  assert_waits (self, "5 -9 0 2, 5 -9 0 2");
  g_assert_true (store_replay_finish (self->base.database, take (operations, 0), 11, NULL));
  assert_waits (self, "5 -9 0 2, 4 2 11 -9");
  g_assert_cmpint (get_uid (self, id), ==, 0);
}

static void
test_discarded_draft (Fixture *self, gconstpointer data)
{
  gint64 id = save_draft (self, 0, "one");
  g_autoptr (GPtrArray) operations = list (self);

  begin (self, take (operations, 0));
  g_assert_true (store_replay_finish (self->base.database, take (operations, 0), 11, NULL));
  save_draft (self, id, "two");
  g_assert_true (store_pending_delete (self->base.database, &id, 1, TRUE, NULL));
  assert_waits (self, "4 2 11 -9");
}

static void
test_other_account_first (Fixture *self, gconstpointer data)
{
  gint64 id = add (self, "a", 5);
  StoreImapFolder other = { .account = 3, .wire_name = (char *) "INBOX", .path = (char *) "INBOX", .role = MAIL_ROLE_INBOX, .can_be_opened = TRUE };
  gint64 there = store_imap_save_folder (self->base.database, &other, NULL);
  g_autoptr (GPtrArray) operations = NULL;
  g_autoptr (GPtrArray) theirs = NULL;

  g_assert_true (store_pending_move (self->base.database, &id, 1, there, NULL));
  operations = list (self);
  g_assert_cmpuint (operations->len, ==, 1);
  g_assert_true (take (operations, 0)->is_blocked);
  theirs = store_replay_list (self->base.database, 3, 0, NULL);
  fail (self, take (theirs, 0));
  g_assert_cmpint (get_folder (self, id), ==, self->inbox);
  g_assert_cmpint (get_uid (self, id), ==, 5);
  assert_waits (self, "");
}

static void
test_folder_made (Fixture *self, gconstpointer data)
{
  gint64 id = store_folders_create (self->base.database, 2, "New", MAIL_ROLE_NONE, NULL);

  assert_waits (self, "6 4 0 -9");
  g_assert_true (store_folders_rename (self->base.database, id, "Newer", NULL));
  assert_waits (self, "6 4 0 -9");
  g_assert_true (store_folders_delete (self->base.database, id, FALSE, NULL));
  assert_waits (self, "");
}

static void
test_folder_refused (Fixture *self, gconstpointer data)
{
  gint64 id = add (self, "a", 5);
  gint64 folder = store_folders_create (self->base.database, 2, "New", MAIL_ROLE_NONE, NULL);
  g_autoptr (GPtrArray) operations = NULL;

  g_assert_true (store_pending_move (self->base.database, &id, 1, folder, NULL));
  operations = list (self);
  fail (self, take (operations, 0));
  g_assert_cmpint (get_folder (self, id), ==, self->inbox);
  g_assert_null (store_folders_get (self->base.database, folder, NULL));
  assert_waits (self, "");
}

static void
test_folder_renamed_back (Fixture *self, gconstpointer data)
{
  gint64 folder = make_folder (self, "Work", MAIL_ROLE_NONE);

  g_assert_true (store_folders_rename (self->base.database, folder, "Play", NULL));
  g_assert_cmpint (store_pending_count (self->base.database, 2, NULL), ==, 1);
  g_assert_true (store_folders_rename (self->base.database, folder, "Work", NULL));
  g_assert_cmpint (store_pending_count (self->base.database, 2, NULL), ==, 0);
}

static void
test_rename_refused (Fixture *self, gconstpointer data)
{
  gint64 folder = make_folder (self, "Work", MAIL_ROLE_NONE);
  g_autoptr (GPtrArray) operations = NULL;
  g_autoptr (StoreFolder) row = NULL;

  g_assert_true (store_folders_rename (self->base.database, folder, "Play", NULL));
  operations = list (self);
  fail (self, take (operations, 0));
  row = store_folders_get (self->base.database, folder, NULL);
  g_assert_cmpstr (row->path, ==, "Work");
}

static void
assert_path (Fixture *self, gint64 folder, const char *path)
{
  g_autoptr (StoreFolder) row = store_folders_get (self->base.database, folder, NULL);

  g_assert_cmpstr (row->path, ==, path);
}

static void
test_folder_moved_back (Fixture *self, gconstpointer data)
{
  gint64 folder = make_folder (self, "Work", MAIL_ROLE_NONE);

  g_assert_true (store_folders_move (self->base.database, folder, self->archive, NULL));
  g_assert_true (store_folders_rename (self->base.database, folder, "Play", NULL));
  g_assert_cmpint (store_pending_count (self->base.database, 2, NULL), ==, 1);
  g_assert_true (store_folders_rename (self->base.database, folder, "Work", NULL));
  g_assert_true (store_folders_move (self->base.database, folder, 0, NULL));
  g_assert_cmpint (store_pending_count (self->base.database, 2, NULL), ==, 0);
  assert_path (self, folder, "Work");
}

static void
test_folder_moved_after_begun (Fixture *self, gconstpointer data)
{
  gint64 folder = make_folder (self, "Work", MAIL_ROLE_NONE);
  g_autoptr (GPtrArray) operations = NULL;
  g_autofree char *name = NULL;
  gint64 parent;

  g_assert_true (store_folders_move (self->base.database, folder, self->archive, NULL));
  operations = list (self);
  begin (self, take (operations, 0));
  g_assert_true (store_folders_move (self->base.database, folder, 0, NULL));
  assert_waits (self, "7 4 0 -9, 7 4 0 -9");
  g_assert_true (store_replay_get_place (self->base.database, take (operations, 0), &name, &parent, NULL));
  g_assert_cmpstr (name, ==, "Work");
  g_assert_cmpint (parent, ==, self->archive);
  fail (self, take (operations, 0)); /* the later one starts from where it still is, and so has nothing to do */
  assert_path (self, folder, "Work");
}

/* Each server command has to find the tree as it was then: moving the second back is no business of the first any more. */
static void
test_folders_moved_in_turn (Fixture *self, gconstpointer data)
{
  gint64 a = make_folder (self, "a", MAIL_ROLE_NONE), b = make_folder (self, "b", MAIL_ROLE_NONE);

  g_assert_true (store_folders_rename (self->base.database, a, "c", NULL));
  g_assert_true (store_folders_rename (self->base.database, b, "a", NULL));
  g_assert_true (store_folders_move (self->base.database, a, b, NULL));
  assert_waits (self, "7 4 0 -9, 7 5 0 -9, 7 4 0 -9");
  assert_path (self, a, "a/c");
}

static void
test_move_of_folder_refused (Fixture *self, gconstpointer data)
{
  gint64 folder = make_folder (self, "Work", MAIL_ROLE_NONE);
  g_autoptr (GPtrArray) operations = NULL;
  gint64 child = make_folder (self, "Work/Lisbon", MAIL_ROLE_NONE);

  g_assert_true (store_folders_move (self->base.database, folder, self->archive, NULL));
  store_folders_create (self->base.database, 1, "Work", MAIL_ROLE_NONE, NULL);
  operations = list (self);
  fail (self, take (operations, 0));
  assert_path (self, folder, "Work");
  assert_path (self, child, "Work/Lisbon");
  g_assert_cmpint (store_fixture_count (&self->base, "SELECT kind FROM pending_log"), ==, STORE_OPERATION_MOVE_FOLDER);
  g_assert_cmpint (store_fixture_count (&self->base, "SELECT target FROM pending_log"), ==, self->archive);
}

static void
test_move_of_folder_refused_and_taken (Fixture *self, gconstpointer data)
{
  gint64 folder = make_folder (self, "Work", MAIL_ROLE_NONE);
  g_autoptr (GPtrArray) operations = NULL;

  g_assert_true (store_folders_move (self->base.database, folder, self->archive, NULL));
  g_assert_cmpint (store_folders_create (self->base.database, 2, "Work", MAIL_ROLE_NONE, NULL), >, 0);
  operations = list (self);
  fail (self, take (operations, 0));
  assert_path (self, folder, "Work (2)");
}

static void
test_folder_deleted (Fixture *self, gconstpointer data)
{
  gint64 folder = make_folder (self, "Work", MAIL_ROLE_NONE);
  gint64 id = add (self, "a", 5);
  gboolean is_deleted = FALSE;
  g_autofree char *wire = NULL;
  guint32 uidvalidity;

  g_assert_true (store_pending_move (self->base.database, &id, 1, folder, NULL));
  g_assert_true (store_folders_delete (self->base.database, folder, TRUE, NULL));
  assert_waits (self, "4 0 5 -9, 8 4 7 993");
  g_assert_true (store_pending_is_folder_deleted (self->base.database, 2, "Work", &is_deleted, NULL));
  g_assert_true (is_deleted);
  wire = store_replay_get_wire (self->base.database, folder, &uidvalidity, NULL);
  g_assert_cmpstr (wire, ==, "Work");
  g_assert_cmpuint (uidvalidity, ==, 7);
}

static void
test_deleted_folder_needed (Fixture *self, gconstpointer data)
{
  gint64 id = add (self, "a", 5);
  gint64 trash;

  g_assert_true (store_pending_delete (self->base.database, &id, 1, FALSE, NULL));
  trash = store_folders_find_role (self->base.database, 2, MAIL_ROLE_TRASH, NULL);
  g_assert_cmpint (trash, >, 0);
  g_assert_cmpint (get_folder (self, id), ==, trash);
  assert_waits (self, "6 4 0 -9, 2 0 5 4");
}

static void
test_empty_and_read (Fixture *self, gconstpointer data)
{
  add (self, "a", 5);
  add (self, "b", 6);
  g_assert_true (store_pending_mark_folder_read (self->base.database, self->inbox, NULL));
  assert_waits (self, "1 0 6 -9, 1 0 5 -9");
  g_assert_true (store_pending_empty_folder (self->base.database, self->inbox, TRUE, NULL));
  assert_waits (self, "4 0 6 -9, 4 0 5 -9");
}

static void
test_back_off (Fixture *self, gconstpointer data)
{
  gint64 id = add (self, "a", 5);
  g_autoptr (GPtrArray) operations = NULL;
  g_autoptr (GPtrArray) later = NULL;

  g_assert_true (store_pending_mark (self->base.database, &id, 1, MAIL_FLAG_SEEN, 0, NULL));
  operations = list (self);
  g_assert_true (store_replay_put_off (self->base.database, take (operations, 0), 100, NULL, NULL));
  later = store_replay_list (self->base.database, 2, 99, NULL);
  g_assert_true (take (later, 0)->is_blocked);
  g_assert_cmpuint (take (later, 0)->attempts, ==, 1);
}

/* A folder that another client renamed or deleted while something waited to be taken out of it, and something to be put into it */
static void
test_folder_gone (Fixture *self, gconstpointer data)
{
  gint64 out = add (self, "out", 5), in = add (self, "in", 6);
  g_autoptr (MailSummary) back = NULL;

  g_assert_true (store_pending_move (self->base.database, &in, 1, self->drafts, NULL));
  g_assert_true (store_imap_drop_folder (self->base.database, self->drafts, FALSE, NULL));
  back = store_messages_get (self->base.database, in, NULL);
  g_assert_nonnull (back);
  g_assert_cmpint (back->folder, ==, self->inbox);
  g_assert_true (store_pending_move (self->base.database, &out, 1, self->archive, NULL));
  g_assert_true (store_imap_drop_folder (self->base.database, self->inbox, FALSE, NULL));
  assert_waits (self, "5 -9 0 1"); /* it is nowhere else: what is whole here is put there */
  g_assert_cmpint (get_folder (self, out), ==, self->archive);
}

/* The same mail is in another mailbox: it was renamed, or moved by the other client. */
static void
test_folder_gone_mail_elsewhere (Fixture *self, gconstpointer data)
{
  gint64 out = add (self, "out", 5);
  gint64 twin = store_fixture_add (&self->base, self->sent, "out");

  g_assert_true (store_imap_set_uid (self->base.database, twin, self->sent, 9, NULL));
  g_assert_true (store_pending_move (self->base.database, &out, 1, self->archive, NULL));
  g_assert_true (store_imap_drop_folder (self->base.database, self->inbox, FALSE, NULL));
  g_assert_null (store_messages_get (self->base.database, out, NULL));
  assert_waits (self, "");
}

/* Recognised as no mail of the new numbering: the person's move ends with it. */
static void
test_renumbered_away (Fixture *self, gconstpointer data)
{
  gint64 id = add (self, "a", 5);

  g_assert_true (store_pending_move (self->base.database, &id, 1, self->archive, NULL));
  g_assert_true (store_imap_begin_renumbering (self->base.database, self->inbox, NULL));
  g_assert_cmpint (store_imap_count_nameless (self->base.database, self->inbox, NULL), ==, 0);
  g_assert_cmpint (store_imap_has_nameless (self->base.database, self->inbox, NULL), ==, 1);
  g_assert_true (store_imap_end_renumbering (self->base.database, self->inbox, NULL));
  g_assert_null (store_messages_get (self->base.database, id, NULL));
  assert_waits (self, "");
}

static void
test_tidy (Fixture *self, gconstpointer data)
{
  gint64 below = make_folder (self, "One/Two/Three", MAIL_ROLE_NONE);

  g_assert_true (store_imap_tidy_folders (self->base.database, 2, NULL));
  g_assert_cmpint (store_fixture_count (&self->base, "SELECT count (*) FROM folder WHERE path LIKE 'One%'"), ==, 3);
  g_assert_true (store_imap_drop_folder (self->base.database, below, FALSE, NULL));
  g_assert_true (store_imap_tidy_folders (self->base.database, 2, NULL));
  g_assert_cmpint (store_fixture_count (&self->base, "SELECT count (*) FROM folder WHERE path LIKE 'One%'"), ==, 0);
}

/* The target of a folder's deletion is its UIDNEXT, which may be another folder's number. */
static void
test_folder_deletion_stays (Fixture *self, gconstpointer data)
{
  gint64 doomed = make_folder (self, "Doomed", MAIL_ROLE_NONE);

  g_assert_true (store_fixture_count (&self->base, "SELECT count (*) FROM pending") == 0);
  g_assert_true (store_database_execute (self->base.database, "UPDATE folder SET uidnext = (SELECT id FROM folder WHERE path = 'Drafts')"
                                                              " WHERE path = 'Doomed'", NULL));
  g_assert_true (store_folders_delete (self->base.database, doomed, TRUE, NULL));
  g_assert_true (store_imap_drop_folder (self->base.database, self->drafts, FALSE, NULL));
  g_assert_cmpint (store_fixture_count (&self->base, "SELECT count (*) FROM pending WHERE kind = 8"), ==, 1);
}

#define TEST(path, func) g_test_add ("/store/replay/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("folder-gone/what-was-to-come-goes-back-and-what-left-arrives", test_folder_gone);
  TEST ("folder-gone-mail-elsewhere/is-not-put-anywhere-else", test_folder_gone_mail_elsewhere);
  TEST ("folder-gone/leaves-the-deletion-of-another", test_folder_deletion_stays);
  TEST ("folder-without-mailbox/goes-when-nothing-is-below-it", test_tidy);
  TEST ("renumbered-away/ends", test_renumbered_away);
  TEST ("marks/that-cancel-out/are-nothing", test_marks_cancel);
  TEST ("marks/on-their-way/are-not-merged", test_begun_mark_is_not_merged);
  TEST ("begin/what-was-changed-since/is-left-out", test_changed_since_listed);
  TEST ("move/there-and-back/is-nothing", test_there_and_back);
  TEST ("move/then-deleted/is-a-deletion", test_moved_then_deleted);
  TEST ("copy/then-deleted/is-nothing", test_copy_deleted);
  TEST ("move/later-operations/get-the-new-name", test_later_gets_the_name);
  TEST ("move/refused/is-back-and-in-the-log", test_move_refused);
  TEST ("mark/refused/is-taken-off", test_mark_refused);
  TEST ("copy/refused/goes", test_refused_copy_goes);
  TEST ("append/refused/is-where-it-came-from", test_refused_append_stays_here);
  TEST ("sent-copy/refused/stays-on-this-computer", test_refused_sent_copy_stays_here);
  TEST ("move/of-what-another-client-took/is-forgotten", test_vanished_move);
  TEST ("copy/of-what-another-client-took/is-appended", test_vanished_copy_is_appended);
  TEST ("move/copied/leaves-a-deletion", test_copied_leaves_a_deletion);
  TEST ("draft/saved-often/replaces-one-copy", test_draft_replaces);
  TEST ("draft/saved-on-its-way/removes-what-arrives", test_draft_saved_on_its_way);
  TEST ("draft/discarded/leaves-nothing", test_discarded_draft);
  TEST ("between-accounts/the-new-server-has-it-first", test_other_account_first);
  TEST ("folder/made-and-deleted/is-nothing", test_folder_made);
  TEST ("folder/refused/gives-back-what-was-in-it", test_folder_refused);
  TEST ("folder/renamed-back/is-nothing", test_folder_renamed_back);
  TEST ("folder/rename-refused/has-its-old-name", test_rename_refused);
  TEST ("folder/moved-back/is-nothing", test_folder_moved_back);
  TEST ("folder/moved-on-its-way/is-another-operation", test_folder_moved_after_begun);
  TEST ("folder/moved-after-others/keeps-their-order", test_folders_moved_in_turn);
  TEST ("folder/move-refused/is-where-it-was", test_move_of_folder_refused);
  TEST ("folder/move-refused-name-taken/gets-a-number", test_move_of_folder_refused_and_taken);
  TEST ("folder/deleted/does-not-come-back", test_folder_deleted);
  TEST ("delete/without-a-deleted-folder/makes-one", test_deleted_folder_needed);
  TEST ("folder/emptied-and-read/is-told-message-by-message", test_empty_and_read);
  TEST ("back-off/waits-for-its-time", test_back_off);
  return g_test_run ();
}
