/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The server's side of folders and messages. */
#include "store-imap.h"

#include "base-error.h"
#include "store-fixture.h"
#include "store-pending.h"
#include "store-private.h"
#include "store-replay.h"

static gint64
save (StoreFixture *self, gint64 folder, const char *wire_name, const char *path, MailRole role)
{
  StoreImapFolder row = { .folder = folder, .account = 1, .wire_name = (char *) wire_name, .path = (char *) path, .role = role, .can_be_opened = TRUE };
  g_autoptr (GError) error = NULL;
  gint64 id = store_imap_save_folder (self->database, &row, &error);

  g_assert_no_error (error);
  return id;
}

static GBytes *
make_source (const char *id, const char *body)
{
  g_autofree char *text = g_strdup_printf ("Message-ID: <%s@example.org>\r\n\r\n%s", id, body);

  return g_bytes_new (text, strlen (text));
}

static gint64
add (StoreFixture *self, gint64 folder, guint32 uid, const char *id, gboolean is_whole)
{
  g_autoptr (GBytes) source = make_source (id, is_whole ? "body" : "");
  g_autoptr (MailSummary) summary = store_fixture_make_summary (id, id, "tom@example.org");
  g_autoptr (GError) error = NULL;
  gint64 message;

  summary->is_whole = is_whole;
  message = store_imap_add (self->database, folder, uid, 0, source, summary, NULL, &error);
  g_assert_no_error (error);
  return message;
}

static void
assert_path (StoreFixture *self, gint64 folder, const char *path)
{
  g_autoptr (StoreFolder) row = store_folders_get (self->database, folder, NULL);

  g_assert_nonnull (row);
  g_assert_cmpstr (row->path, ==, path);
  g_assert_true (row->is_remote);
}

static void
test_parents (StoreFixture *self, gconstpointer data)
{
  gint64 id = save (self, 0, "A.B.C", "A/B/C", MAIL_ROLE_NONE);

  assert_path (self, id, "A/B/C");
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM folder WHERE path IN ('A', 'A/B') AND can_be_opened = 0"), ==, 2);
}

static void
test_saved_again (StoreFixture *self, gconstpointer data)
{
  gint64 id = save (self, 0, "Work", "Work", MAIL_ROLE_NONE);

  g_assert_cmpint (save (self, 0, "Work", "Work", MAIL_ROLE_NONE), ==, id);
}

static void
test_same_path (StoreFixture *self, gconstpointer data)
{
  gint64 one = save (self, 0, "Entw&APw-rfe", "Entwürfe", MAIL_ROLE_NONE);
  gint64 other = save (self, 0, "Entwürfe", "Entwürfe", MAIL_ROLE_NONE);

  g_assert_cmpint (one, !=, other);
  assert_path (self, other, "Entwürfe (2)");
  g_assert_cmpint (save (self, other, "Entwürfe", "Entwürfe", MAIL_ROLE_NONE), ==, other);
  assert_path (self, other, "Entwürfe (2)");
}

static void
test_renamed (StoreFixture *self, gconstpointer data)
{
  gint64 id = save (self, 0, "Old", "Old", MAIL_ROLE_NONE);
  gint64 message = add (self, id, 1, "m", TRUE);

  g_assert_cmpint (save (self, id, "New", "In/New", MAIL_ROLE_NONE), ==, id);
  assert_path (self, id, "In/New");
  g_assert_cmpint (store_imap_get_uid (self->database, message, NULL, NULL), ==, 1);
}

static void
test_role_moves (StoreFixture *self, gconstpointer data)
{
  gint64 one = save (self, 0, "Sent", "Sent", MAIL_ROLE_SENT);
  gint64 other = save (self, 0, "Gesendet", "Gesendet", MAIL_ROLE_SENT);

  g_assert_cmpint (store_folders_find_role (self->database, 1, MAIL_ROLE_SENT, NULL), ==, other);
  g_assert_cmpint (one, !=, other);
}

static void
test_local_role_is_adopted (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = store_fixture_inbox (self);

  g_assert_cmpint (save (self, 0, "INBOX", "INBOX", MAIL_ROLE_INBOX), ==, inbox);
  assert_path (self, inbox, "INBOX");
}

static void
test_uid_once (StoreFixture *self, gconstpointer data)
{
  gint64 folder = save (self, 0, "INBOX", "INBOX", MAIL_ROLE_INBOX);
  gint64 id = add (self, folder, 7, "m", TRUE);

  g_assert_cmpint (add (self, folder, 7, "m", TRUE), ==, id);
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM message"), ==, 1);
}

static void
test_moved_away (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = save (self, 0, "INBOX", "INBOX", MAIL_ROLE_INBOX), work = save (self, 0, "Work", "Work", MAIL_ROLE_NONE);
  gint64 id = add (self, inbox, 7, "m", TRUE);
  g_autoptr (GArray) entries = NULL;

  g_assert_true (store_pending_move (self->database, &id, 1, work, NULL));
  g_assert_cmpint (add (self, inbox, 7, "m", TRUE), ==, 0);
  entries = store_imap_list_entries (self->database, inbox, NULL);
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpuint (g_array_index (entries, StoreImapEntry, 0).uid, ==, 7);
  g_assert_cmpint (g_array_index (entries, StoreImapEntry, 0).message, ==, 0);
}

static void
test_flags_wait (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = save (self, 0, "INBOX", "INBOX", MAIL_ROLE_INBOX);
  gint64 id = add (self, inbox, 7, "m", TRUE);
  gint64 other = add (self, inbox, 8, "n", TRUE);

  g_assert_true (store_pending_mark (self->database, &id, 1, MAIL_FLAG_FLAGGED, 0, NULL));
  g_assert_true (store_imap_take_flags (self->database, inbox, 7, MAIL_FLAG_SEEN, 5, NULL));
  g_assert_true (store_imap_take_flags (self->database, inbox, 8, MAIL_FLAG_SEEN, 5, NULL));
  g_assert_cmpint (store_fixture_count (self, "SELECT flags FROM message WHERE uid = 7"), ==, MAIL_FLAG_FLAGGED);
  g_assert_cmpint (store_fixture_count (self, "SELECT flags FROM message WHERE uid = 8"), ==, MAIL_FLAG_SEEN);
  g_assert_cmpint (other, >, 0);
}

static void
test_two_become_one (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = save (self, 0, "INBOX", "INBOX", MAIL_ROLE_INBOX);
  gint64 ours = add (self, inbox, 99, "m", TRUE);

  g_assert_true (store_imap_set_uid (self->database, ours, inbox, 0, NULL));
  g_assert_cmpint (add (self, inbox, 7, "m", FALSE), !=, ours);
  g_assert_true (store_imap_set_uid (self->database, ours, inbox, 7, NULL));
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM message"), ==, 1);
  g_assert_cmpint (store_fixture_count (self, "SELECT id FROM message WHERE uid = 7 AND is_whole = 1"), ==, ours);
}

static void
test_expunge (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = save (self, 0, "INBOX", "INBOX", MAIL_ROLE_INBOX);
  const guint32 uids[] = { 1, 3, 99 };

  for (guint32 uid = 1; uid <= 3; uid++)
    add (self, inbox, uid, "m", TRUE);
  g_assert_true (store_imap_expunge (self->database, inbox, uids, 3, NULL));
  g_assert_cmpint (store_fixture_count (self, "SELECT uid FROM message"), ==, 2);
}

static void
test_missing (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = save (self, 0, "INBOX", "INBOX", MAIL_ROLE_INBOX);
  gint64 headers = add (self, inbox, 1, "h", FALSE);
  g_autoptr (GArray) ids = NULL;

  add (self, inbox, 2, "w", TRUE);
  ids = store_imap_list_missing (self->database, inbox, 0, 0, 10, NULL);
  g_assert_cmpuint (ids->len, ==, 1);
  g_assert_cmpint (g_array_index (ids, gint64, 0), ==, headers);
}

static void
test_object (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = save (self, 0, "INBOX", "INBOX", MAIL_ROLE_INBOX), all = save (self, 0, "All", "All", MAIL_ROLE_ALL);
  gint64 one = add (self, inbox, 1, "m", TRUE), other = add (self, all, 5, "m", FALSE);

  g_assert_true (store_imap_set_object (self->database, one, "gmail:1", NULL) && store_imap_set_object (self->database, other, "gmail:1", NULL));
  g_assert_true (store_imap_share_objects (self->database, all, NULL));
  g_assert_cmpint (store_fixture_count (self, "SELECT count (DISTINCT source) FROM message WHERE is_whole = 1"), ==, 1);
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM message WHERE is_whole = 1"), ==, 2);
}

/* A message that the server counts among the conversation @thread (0: it says nothing), and that names @parent (nullable) as what it answers */
static gint64
add_to_thread (StoreFixture *self, gint64 folder, guint32 uid, const char *id, gint64 thread, const char *parent, gboolean is_whole)
{
  g_autoptr (GBytes) source = make_source (id, is_whole ? "body" : "");
  g_autoptr (MailSummary) summary = store_fixture_make_summary (id, id, "tom@example.org");
  g_autoptr (MailSummary) kept = NULL;
  g_autoptr (GError) error = NULL;
  gint64 message;

  summary->is_whole = is_whole;
  summary->thread = thread;
  summary->in_reply_to = g_strdup (parent);
  g_free (summary->message_id);
  summary->message_id = g_strconcat (id, "@example.org", NULL);
  message = store_imap_add (self->database, folder, uid, 0, source, summary, NULL, &error);
  g_assert_no_error (error);
  kept = store_messages_get (self->database, message, NULL);
  return kept->thread;
}

static void
test_thread (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = save (self, 0, "INBOX", "INBOX", MAIL_ROLE_INBOX);
  gint64 thread = store_imap_number_thread (1, "gmail:7");

  g_assert_cmpint (thread, <, 0);
  g_assert_cmpint (thread, ==, store_imap_number_thread (1, "gmail:7"));
  g_assert_cmpint (thread, !=, store_imap_number_thread (2, "gmail:7"));
  add_to_thread (self, inbox, 1, "root", 0, NULL, TRUE);
  g_assert_cmpint (add_to_thread (self, inbox, 2, "answer", thread, "root@example.org", FALSE), ==, thread);
  g_assert_cmpint (add_to_thread (self, inbox, 2, "answer", 0, "root@example.org", TRUE), ==, thread); /* the body comes without it */
  g_assert_cmpint (add_to_thread (self, inbox, 3, "answer to that", 0, "answer@example.org", TRUE), ==, thread);
}

static gint64
recognise (StoreFixture *self, gint64 folder, guint32 uid, const char *id, const char *header_id)
{
  g_autoptr (GBytes) header = make_source (header_id, "");
  g_autoptr (MailSummary) summary = store_fixture_make_summary (id, id, "tom@example.org");
  g_autoptr (GError) error = NULL;
  gint64 found = store_imap_recognise (self->database, folder, uid, 0, header, summary, &error);

  g_assert_no_error (error);
  return found;
}

static void
test_renumbering (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = save (self, 0, "INBOX", "INBOX", MAIL_ROLE_INBOX);
  gint64 one = add (self, inbox, 1, "one", TRUE);

  add (self, inbox, 2, "two", TRUE);
  g_assert_true (store_imap_begin_renumbering (self->database, inbox, NULL));
  g_assert_cmpint (store_imap_count_nameless (self->database, inbox, NULL), ==, 2);
  g_assert_cmpint (recognise (self, inbox, 2, "one", "one"), ==, one);
  g_assert_cmpint (recognise (self, inbox, 3, "three", "three"), ==, 0);
  g_assert_cmpint (recognise (self, inbox, 4, "two", "forged"), ==, 0);
  g_assert_true (store_imap_end_renumbering (self->database, inbox, NULL));
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM message"), ==, 1);
  g_assert_cmpint (store_imap_get_uid (self->database, one, NULL, NULL), ==, 2);
}

static void
test_renumbering_pending (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = save (self, 0, "INBOX", "INBOX", MAIL_ROLE_INBOX), work = save (self, 0, "Work", "Work", MAIL_ROLE_NONE);
  gint64 moved = add (self, inbox, 1, "one", TRUE), deleted = add (self, inbox, 2, "two", TRUE);

  g_assert_true (store_pending_move (self->database, &moved, 1, work, NULL));
  g_assert_true (store_pending_delete (self->database, &deleted, 1, TRUE, NULL));
  g_assert_true (store_imap_begin_renumbering (self->database, inbox, NULL));
  g_assert_cmpint (recognise (self, inbox, 501, "one", "one"), ==, moved);
  g_assert_true (store_imap_end_renumbering (self->database, inbox, NULL));
  g_assert_cmpint (store_fixture_count (self, "SELECT uid FROM pending"), ==, 501);
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM pending"), ==, 1);
}

/* Its row is gone, so what is left to know it by is its header; one that only looks like it is another message. */
static void
test_renumbering_deleted (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = save (self, 0, "INBOX", "INBOX", MAIL_ROLE_INBOX);
  gint64 deleted = add (self, inbox, 2, "two", TRUE);

  g_assert_true (store_pending_delete (self->database, &deleted, 1, TRUE, NULL));
  g_assert_true (store_imap_begin_renumbering (self->database, inbox, NULL));
  g_assert_cmpint (recognise (self, inbox, 501, "two", "forged"), ==, 0);
  g_assert_cmpint (recognise (self, inbox, 502, "two", "two"), >, 0);
  g_assert_cmpint (recognise (self, inbox, 503, "two", "two"), ==, 0); /* its twin */
  g_assert_true (store_imap_end_renumbering (self->database, inbox, NULL));
  g_assert_cmpint (store_fixture_count (self, "SELECT uid FROM pending"), ==, 502);
}

static gint64
move_copied (StoreFixture *self, gint64 message, gint64 to, guint32 uid)
{
  g_autoptr (GPtrArray) operations = NULL;

  g_assert_true (store_pending_move (self->database, &message, 1, to, NULL));
  operations = store_replay_list (self->database, 1, 0, NULL);
  g_assert_true (store_replay_begin (self->database, operations, 1, NULL));
  g_assert_true (store_replay_copied (self->database, g_ptr_array_index (operations, 0), uid, NULL));
  return message;
}

/* Copied to where it was to go, and not removed yet: the original is known by its header, and what has come there is not touched. */
static void
test_renumbering_copied (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = save (self, 0, "INBOX", "INBOX", MAIL_ROLE_INBOX), work = save (self, 0, "Work", "Work", MAIL_ROLE_NONE);
  gint64 moved = move_copied (self, add (self, inbox, 1, "one", TRUE), work, 77);

  g_assert_true (store_imap_begin_renumbering (self->database, inbox, NULL));
  g_assert_cmpint (store_imap_has_nameless (self->database, inbox, NULL), ==, 1);
  g_assert_cmpint (recognise (self, inbox, 501, "other", "other"), ==, 0);
  g_assert_cmpint (recognise (self, inbox, 502, "one", "one"), >, 0);
  g_assert_cmpint (recognise (self, inbox, 503, "one", "one"), ==, 0);
  g_assert_true (store_imap_end_renumbering (self->database, inbox, NULL));
  g_assert_cmpint (store_fixture_count (self, "SELECT uid FROM pending WHERE kind = 4"), ==, 502);
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM pending"), ==, 1);
  g_assert_cmpint (store_imap_get_uid (self->database, moved, NULL, NULL), ==, 77);
}

/* It is not there: somebody was faster, and nobody has to hear of it. One that nothing is known of may be there: that is told. */
static void
test_renumbering_deleted_gone (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = save (self, 0, "INBOX", "INBOX", MAIL_ROLE_INBOX);
  gint64 deleted = add (self, inbox, 2, "two", TRUE);

  for (int is_known = 1; is_known >= 0; is_known--)
    {
      if (!is_known)
        deleted = add (self, inbox, 3, "three", TRUE);
      g_assert_true (store_pending_delete (self->database, &deleted, 1, TRUE, NULL));
      g_assert_true (is_known || store_database_execute (self->database, "UPDATE pending SET name = NULL", NULL));
      g_assert_true (store_imap_begin_renumbering (self->database, inbox, NULL));
      g_assert_true (store_imap_end_renumbering (self->database, inbox, NULL));
      g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM pending"), ==, 0);
      g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM pending_log WHERE kind = 4"), ==, !is_known);
    }
}

/* The new text is on the server, the old one is to go: however they are shown, it is the old one that goes. */
static void
test_renumbering_draft (StoreFixture *self, gconstpointer data)
{
  gint64 drafts = save (self, 0, "Drafts", "Drafts", MAIL_ROLE_DRAFTS);
  gint64 id = add (self, drafts, 1, "one", TRUE);
  g_autoptr (MailSummary) summary = store_fixture_make_summary ("two", "two", "tom@example.org");
  g_autoptr (GBytes) source = make_source ("two", "body");
  g_autoptr (GPtrArray) operations = NULL;

  g_assert_cmpint (store_pending_save_draft (self->database, drafts, id, source, summary, NULL), ==, id);
  operations = store_replay_list (self->database, 1, 0, NULL);
  g_assert_cmpuint (operations->len, ==, 2);
  g_assert_true (store_replay_finish (self->database, g_ptr_array_index (operations, 0), 2, NULL));
  g_assert_true (store_imap_begin_renumbering (self->database, drafts, NULL));
  g_assert_cmpint (recognise (self, drafts, 502, "two", "two"), ==, id);
  g_assert_cmpint (recognise (self, drafts, 501, "one", "one"), >, 0);
  g_assert_true (store_imap_end_renumbering (self->database, drafts, NULL));
  g_assert_cmpint (store_imap_get_uid (self->database, id, NULL, NULL), ==, 502);
  g_assert_cmpint (store_fixture_count (self, "SELECT uid FROM pending"), ==, 501);
}

static void
test_drop (StoreFixture *self, gconstpointer data)
{
  gint64 work = save (self, 0, "Work", "Work", MAIL_ROLE_NONE);

  add (self, work, 1, "one", TRUE);
  g_assert_true (store_imap_drop_folder (self->database, work, FALSE, NULL));
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM message"), ==, 0);
}

static void
test_drop_keeps (StoreFixture *self, gconstpointer data)
{
  gint64 work = save (self, 0, "Work", "Work", MAIL_ROLE_NONE);

  add (self, work, 1, "whole", TRUE);
  add (self, work, 2, "headers", FALSE);
  g_assert_true (store_imap_drop_folder (self->database, work, TRUE, NULL));
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM message m JOIN folder f ON f.id = m.folder WHERE f.account = 0 AND m.uid IS NULL"), ==, 1);
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM message"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  store_fixture_test ("/store/imap/folder/parents-are-made", test_parents);
  store_fixture_test ("/store/imap/folder/saved-again-is-the-same", test_saved_again);
  store_fixture_test ("/store/imap/folder/two-with-one-path-are-told-apart", test_same_path);
  store_fixture_test ("/store/imap/folder/renamed-keeps-its-mail", test_renamed);
  store_fixture_test ("/store/imap/folder/role-is-one-folders", test_role_moves);
  store_fixture_test ("/store/imap/folder/role-made-here-is-adopted", test_local_role_is_adopted);
  store_fixture_test ("/store/imap/folder/dropped-takes-its-mail-along", test_drop);
  store_fixture_test ("/store/imap/folder/dropped-in-doubt-leaves-what-is-nowhere-else", test_drop_keeps);
  store_fixture_test ("/store/imap/message/uid-comes-once", test_uid_once);
  store_fixture_test ("/store/imap/message/moved-here-does-not-come-back", test_moved_away);
  store_fixture_test ("/store/imap/message/pending-change-keeps-its-flags", test_flags_wait);
  store_fixture_test ("/store/imap/message/named-twice-becomes-one", test_two_become_one);
  store_fixture_test ("/store/imap/message/expunged-go", test_expunge);
  store_fixture_test ("/store/imap/message/missing-are-those-without-body", test_missing);
  store_fixture_test ("/store/imap/message/same-object-is-kept-once", test_object);
  store_fixture_test ("/store/imap/message/conversation-is-the-one-that-the-server-says", test_thread);
  store_fixture_test ("/store/imap/renumbering/recognises-by-header", test_renumbering);
  store_fixture_test ("/store/imap/renumbering/pending-operations-keep-to-their-message", test_renumbering_pending);
  store_fixture_test ("/store/imap/renumbering/deletion-that-waits-follows-its-message", test_renumbering_deleted);
  store_fixture_test ("/store/imap/renumbering/what-a-copied-move-has-left-is-deleted", test_renumbering_copied);
  store_fixture_test ("/store/imap/renumbering/deletion-of-what-is-gone-ends-and-of-what-may-be-there-is-told", test_renumbering_deleted_gone);
  store_fixture_test ("/store/imap/renumbering/old-text-of-a-draft-is-deleted-and-not-the-new", test_renumbering_draft);
  return g_test_run ();
}
