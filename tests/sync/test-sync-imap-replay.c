/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The replay of what a person did, against servers that follow a script: the poor ones, the cut ones, those that say no. */
#include "replay-fixture.h"

#include "base-error.h"
#include "mime-summary.h"

#include <string.h>

static void
move (ReplayFixture *self, gint64 id)
{
  g_assert_true (store_pending_move (self->base.database, &id, 1, self->archive, NULL));
}

static void
test_nothing (ReplayFixture *self, gconstpointer data)
{
  replay_fixture_assert_replays (self);
  g_assert_cmpuint (test_server_get_n_connections (self->server), ==, 0);
}

static void
test_marks_in_sets (ReplayFixture *self, gconstpointer data)
{
  gint64 ids[] = { replay_fixture_add (self, "a", 4), replay_fixture_add (self, "b", 5), replay_fixture_add (self, "c", 9) };

  g_assert_true (store_pending_mark (self->base.database, ids, 3, MAIL_FLAG_SEEN, 0, NULL));
  g_assert_true (store_pending_mark (self->base.database, ids, 1, MAIL_FLAG_FLAGGED, 0, NULL));
  test_server_add_script (self->server, IN (" UIDPLUS MOVE") SELECT ("a2", "INBOX")
                          "C: a3 UID STORE 4 +FLAGS.SILENT (\\Seen \\Flagged)\nS: a3 OK done\n"
                          "C: a4 UID STORE 5,9 +FLAGS.SILENT (\\Seen)\nS: a4 OK done\nEOF\n");
  replay_fixture_assert_replays (self);
  g_assert_cmpint (replay_fixture_count_waiting (self), ==, 0);
}

static void
test_move (ReplayFixture *self, gconstpointer data)
{
  gint64 ids[] = { replay_fixture_add (self, "a", 4), replay_fixture_add (self, "b", 5) };

  move (self, ids[0]);
  move (self, ids[1]);
  test_server_add_script (self->server, IN (" UIDPLUS MOVE") SELECT ("a2", "INBOX") SEARCH ("a3", "UID 4:5", " 4 5") STATUS ("a4", "Archive", "60")
                          "C: a5 UID MOVE 4:5 \"Archive\"\nS: * OK [COPYUID 7 4:5 61:60] moved\nS: * 1 EXPUNGE\nS: * 1 EXPUNGE\nS: a5 OK done\nEOF\n");
  replay_fixture_assert_replays (self);
  g_assert_cmpint (replay_fixture_get_uid (self, ids[0]), ==, 61);
  g_assert_cmpint (replay_fixture_get_uid (self, ids[1]), ==, 60);
  g_assert_cmpint (replay_fixture_count_waiting (self), ==, 0);
}

static void
test_move_on_old_server (ReplayFixture *self, gconstpointer data)
{
  gint64 id = replay_fixture_add (self, "a", 4);

  move (self, id);
  test_server_add_script (self->server, READY ("")
                          "C: a5 UID COPY 4 \"Archive\"\nS: a5 OK copied\nC: a6 UID STORE 4 +FLAGS.SILENT (\\Deleted)\nS: a6 OK done\n"
                          SEARCH ("a7", "DELETED", " 4") "C: a8 EXPUNGE\nS: * 1 EXPUNGE\nS: a8 OK done\nEOF\n");
  replay_fixture_assert_replays (self);
  g_assert_cmpint (store_imap_count_nameless (self->base.database, self->archive, NULL), ==, 1); /* the next pass recognises it */
  g_assert_cmpint (replay_fixture_count_waiting (self), ==, 0);
}

static void
test_others_deleted_stay (ReplayFixture *self, gconstpointer data)
{
  gint64 id = replay_fixture_add (self, "a", 4);

  g_assert_true (store_pending_delete (self->base.database, &id, 1, TRUE, NULL));
  test_server_add_script (self->server, IN ("") SELECT ("a2", "INBOX") "C: a3 UID STORE 4 +FLAGS.SILENT (\\Deleted)\nS: a3 OK done\n"
                          SEARCH ("a4", "DELETED", " 4 9") "EOF\n");
  replay_fixture_assert_replays (self);
  g_assert_cmpint (store_pending_count (self->base.database, 2, NULL), ==, 0);
  g_assert_cmpint (replay_fixture_count_waiting (self), ==, 1);

  test_server_add_script (self->server, IN ("") SELECT ("a2", "INBOX") SEARCH ("a3", "UID 4 DELETED", " 4")
                          "C: a4 UID STORE 4 +FLAGS.SILENT (\\Deleted)\nS: a4 OK done\n"
                          SEARCH ("a5", "DELETED", " 4") "C: a6 EXPUNGE\nS: * 1 EXPUNGE\nS: a6 OK done\nEOF\n");
  g_assert_true (replay_fixture_run (self, 20000));
  g_assert_cmpint (replay_fixture_count_waiting (self), ==, 0);
}

static void
test_cut_after_copy (ReplayFixture *self, gconstpointer data)
{
  gint64 id = replay_fixture_add (self, "a", 4);

  move (self, id);
  test_server_add_script (self->server, READY (" UIDPLUS")
                          "C: a5 UID COPY 4 \"Archive\"\nCUT\n");
  g_assert_false (replay_fixture_run (self, 10000));
  g_assert_cmpint (replay_fixture_get_folder (self, id), ==, self->archive);
  g_assert_cmpint (replay_fixture_count_waiting (self), ==, 1);

  /* the copy is recognised, and only then the original goes: nothing lost, nothing twice */
  test_server_add_script (self->server, IN (" UIDPLUS") SELECT ("a2", "Archive")
                          SEARCH ("a3", "UID 60:* HEADER Message-ID \"<a@example.org>\"", " 60") HEADER ("a4", "60", "60", "a")
                          SELECT ("a5", "INBOX") SEARCH ("a6", "UID 4", " 4")
                          REMOVED ("a7", "a8") "EOF\n");
  replay_fixture_assert_replays (self);
  g_assert_cmpint (replay_fixture_get_uid (self, id), ==, 60);
  g_assert_cmpint (replay_fixture_count_waiting (self), ==, 0);
}

/* Copied, cut before the original was removed, and the mailbox is made anew before anybody could do that: what is left finds its message by the
 * header, as the pass shows it. */
static void
test_cut_after_copy_and_renumbered (ReplayFixture *self, gconstpointer data)
{
  gint64 id = replay_fixture_add (self, "a", 4);
  StoreImapFolder inbox = { .folder = self->inbox, .uidvalidity = 8, .uidnext = 503 };
  g_autoptr (MailSummary) summary = store_fixture_make_summary ("a", "a", "ann@example.org");
  g_autoptr (GBytes) header = g_bytes_new_static ("Message-ID: <a@example.org>\r\n\r\n", 31);

  move (self, id);
  test_server_add_script (self->server, READY (" UIDPLUS") "C: a5 UID COPY 4 \"Archive\"\nS: a5 OK [COPYUID 7 4 60] copied\n"
                          "C: a6 UID STORE 4 +FLAGS.SILENT (\\Deleted)\nCUT\n");
  g_assert_false (replay_fixture_run (self, 10000));
  test_server_add_script (self->server, IN (" UIDPLUS") "C: a2 SELECT \"INBOX\"\nS: * 3 EXISTS\nS: * OK [UIDVALIDITY 8] new\nS: a2 OK in\nEOF\n");
  replay_fixture_assert_replays (self);
  g_assert_cmpint (replay_fixture_count_waiting (self), ==, 1);
  g_assert_true (store_imap_begin_renumbering (self->base.database, self->inbox, NULL));
  g_assert_cmpint (store_imap_recognise (self->base.database, self->inbox, 502, 0, header, summary, NULL), >, 0);
  g_assert_true (store_imap_end_renumbering (self->base.database, self->inbox, NULL));
  g_assert_true (store_imap_set_state (self->base.database, &inbox, NULL));
  test_server_add_script (self->server, IN (" UIDPLUS") "C: a2 SELECT \"INBOX\"\nS: * 3 EXISTS\nS: * OK [UIDVALIDITY 8] new\nS: a2 OK in\n"
                          "C: a3 UID STORE 502 +FLAGS.SILENT (\\Deleted)\nS: a3 OK done\nC: a4 UID EXPUNGE 502\nS: * 2 EXPUNGE\nS: a4 OK done\nEOF\n");
  replay_fixture_assert_replays (self);
  g_assert_cmpint (replay_fixture_count_waiting (self), ==, 0);
  g_assert_cmpint (replay_fixture_get_uid (self, id), ==, 60);
}

/* Another message with the same Message-ID has come there meanwhile. */
static void
test_cut_before_copy_beside_another (ReplayFixture *self, gconstpointer data)
{
  gint64 id = replay_fixture_add (self, "a", 4);

  move (self, id);
  test_server_add_script (self->server, READY (" MOVE")
                          "C: a5 UID MOVE 4 \"Archive\"\nCUT\n");
  g_assert_false (replay_fixture_run (self, 10000));
  test_server_add_script (self->server, IN (" MOVE") SELECT ("a2", "Archive") SEARCH ("a3", "UID 60:* HEADER Message-ID \"<a@example.org>\"", " 60")
                          HEADER ("a4", "60", "60", "A") SELECT ("a5", "INBOX") SEARCH ("a6", "UID 4", " 4") STATUS ("a7", "Archive", "61")
                          "C: a8 UID MOVE 4 \"Archive\"\nS: * OK [COPYUID 7 4 61] moved\nS: a8 OK done\nEOF\n");
  replay_fixture_assert_replays (self);
  g_assert_cmpint (replay_fixture_get_uid (self, id), ==, 61);
}

static gint64
add_without_id (ReplayFixture *self, guint uid)
{
  const char *text = "Subject: none.message.id.27\r\n\r\nHello.\r\n";
  g_autoptr (GBytes) source = g_bytes_new_static (text, strlen (text));
  g_autoptr (MailSummary) summary = mime_summary_new (source, TRUE, 1000);
  gint64 message = store_messages_add (self->base.database, self->inbox, source, summary, NULL);

  g_assert_true (store_imap_set_uid (self->base.database, message, self->inbox, uid, NULL));
  return message;
}

#define HEADERS_WITHOUT_ID(tag, set, other, uid) "C: " tag " UID FETCH " set " (UID BODY.PEEK[HEADER])\nS: * 1 FETCH (UID " other \
  " BODY[HEADER] {31}\nS: Subject: none.message.id.26\nS: \nS: )\nS: * 2 FETCH (UID " uid " BODY[HEADER] {31}\nS: Subject: none.message.id.27\nS: \nS: )\n" \
  "S: " tag " OK done\n"
#define UIDS(tag, set) "C: " tag " UID FETCH " set " (UID)\nS: * 1 FETCH (UID 60)\nS: * 2 FETCH (UID 61)\nS: " tag " OK done\n"

static void
test_cut_after_copy_without_id (ReplayFixture *self, gconstpointer data)
{
  gint64 id = add_without_id (self, 4);

  move (self, id);
  test_server_add_script (self->server, READY (" UIDPLUS")
                          "C: a5 UID COPY 4 \"Archive\"\nCUT\n");
  g_assert_false (replay_fixture_run (self, 10000));
  test_server_add_script (self->server, IN (" UIDPLUS") SELECT ("a2", "Archive") UIDS ("a3", "60:*") HEADERS_WITHOUT_ID ("a4", "60:61", "60", "61")
                          SELECT ("a5", "INBOX") SEARCH ("a6", "UID 4", " 4")
                          REMOVED ("a7", "a8") "EOF\n");
  replay_fixture_assert_replays (self);
  g_assert_cmpint (replay_fixture_get_uid (self, id), ==, 61);
}

/* Copied by a server that does not say where, and moved on before a pass has seen it. */
static gint64
add_unnamed (ReplayFixture *self)
{
  gint64 id = add_without_id (self, 4);

  move (self, id);
  test_server_add_script (self->server, READY (" MOVE")
                          "C: a5 UID MOVE 4 \"Archive\"\nS: a5 OK done\nEOF\n");
  replay_fixture_assert_replays (self);
  return id;
}

static void
test_unnamed_moved_on (ReplayFixture *self, gconstpointer data)
{
  gint64 id = add_unnamed (self);

  g_assert_true (store_pending_move (self->base.database, &id, 1, self->inbox, NULL));
  test_server_add_script (self->server, IN (" MOVE") SELECT ("a2", "Archive") UIDS ("a3", "1:*") HEADERS_WITHOUT_ID ("a4", "60:61", "60", "61")
                          SEARCH ("a5", "UID 61", " 61") STATUS ("a6", "INBOX", "70")
                          "C: a7 UID MOVE 61 \"INBOX\"\nS: * OK [COPYUID 7 61 70] moved\nS: a7 OK done\nEOF\n");
  replay_fixture_assert_replays (self);
  g_assert_cmpint (replay_fixture_get_uid (self, id), ==, 70);
  g_assert_cmpint (replay_fixture_count_waiting (self), ==, 0);
}

static void
test_unnamed_deleted (ReplayFixture *self, gconstpointer data)
{
  gint64 id = add_unnamed (self);

  g_assert_true (store_pending_delete (self->base.database, &id, 1, TRUE, NULL));
  test_server_add_script (self->server, IN (" UIDPLUS") SELECT ("a2", "Archive") UIDS ("a3", "1:*") HEADERS_WITHOUT_ID ("a4", "60:61", "60", "61")
                          "C: a5 UID STORE 61 +FLAGS.SILENT (\\Deleted)\nS: a5 OK done\nC: a6 UID EXPUNGE 61\nS: a6 OK done\nEOF\n");
  replay_fixture_assert_replays (self);
  g_assert_cmpint (replay_fixture_count_waiting (self), ==, 0);
}

static void
test_unnamed_gone (ReplayFixture *self, gconstpointer data)
{
  gint64 id = add_unnamed (self);

  g_assert_true (store_pending_move (self->base.database, &id, 1, self->inbox, NULL));
  test_server_add_script (self->server, IN (" MOVE") SELECT ("a2", "Archive") UIDS ("a3", "1:*") HEADERS_WITHOUT_ID ("a4", "60:61", "60", "59") "EOF\n");
  replay_fixture_assert_replays (self);
  g_assert_cmpint (replay_fixture_count_waiting (self), ==, 0);
  g_assert_cmpint (replay_fixture_get_folder (self, id), ==, 0);
}

/* Moved, and sent on into a folder that was made later and the server does not have yet. */
static void
test_sent_on_into_new_folder (ReplayFixture *self, gconstpointer data)
{
  gint64 id = replay_fixture_add (self, "a", 4);
  gint64 folder;

  move (self, id);
  folder = store_folders_create (self->base.database, 2, "Work", MAIL_ROLE_NONE, NULL);
  g_assert_true (store_pending_move (self->base.database, &id, 1, folder, NULL));
  test_server_add_script (self->server, IN (" MOVE UIDPLUS NAMESPACE") "C: a2 NAMESPACE\nS: * NAMESPACE ((\"\" \".\")) NIL NIL\nS: a2 OK\n"
                          "C: a3 CREATE \"Work\"\nS: a3 OK\nC: a4 SUBSCRIBE \"Work\"\nS: a4 OK\n"
                          SELECT ("a5", "INBOX") SEARCH ("a6", "UID 4", " 4") STATUS ("a7", "Work", "1")
                          "C: a8 UID MOVE 4 \"Work\"\nS: * OK [COPYUID 7 4 1] moved\nS: a8 OK\nEOF\n");
  replay_fixture_assert_replays (self);
  g_assert_cmpint (replay_fixture_get_uid (self, id), ==, 1);
}

/* Somebody renamed or deleted it: it is not made again by what was to go into it. */
static void
test_target_gone (ReplayFixture *self, gconstpointer data)
{
  gint64 id = replay_fixture_add (self, "a", 4);
  gint64 folder = replay_fixture_make_folder (self, "Work", MAIL_ROLE_NONE);
  g_autoptr (GPtrArray) refusals = NULL;

  g_assert_true (store_pending_move (self->base.database, &id, 1, folder, NULL));
  test_server_add_script (self->server, IN (" MOVE") SELECT ("a2", "INBOX") SEARCH ("a3", "UID 4", " 4") "C: a4 STATUS \"Work\" *\nS: a4 NO no such\nEOF\n");
  replay_fixture_assert_replays (self);
  g_assert_cmpint (replay_fixture_get_folder (self, id), ==, self->inbox);
  g_assert_cmpint (replay_fixture_get_uid (self, id), ==, 4);
  g_assert_cmpuint (self->report.errors->len, ==, 1);
  refusals = store_replay_list_refusals (self->base.database, 2, NULL);
  g_assert_cmpuint (refusals->len, ==, 1);
}

/* What cancels out is never told. */
static void
test_cancelled_out (ReplayFixture *self, gconstpointer data)
{
  gint64 id = replay_fixture_add (self, "a", 4);
  gint64 folder;

  g_assert_true (store_pending_mark (self->base.database, &id, 1, MAIL_FLAG_SEEN | MAIL_FLAG_FLAGGED, 0, NULL));
  move (self, id);
  g_assert_true (store_pending_move (self->base.database, &id, 1, self->inbox, NULL));
  g_assert_true (store_pending_mark (self->base.database, &id, 1, 0, MAIL_FLAG_SEEN | MAIL_FLAG_FLAGGED, NULL));
  folder = store_folders_create (self->base.database, 2, "Work", MAIL_ROLE_NONE, NULL);
  g_assert_true (store_folders_delete (self->base.database, folder, TRUE, NULL));
  replay_fixture_assert_replays (self);
  g_assert_cmpuint (test_server_get_n_connections (self->server), ==, 0);
  g_assert_cmpint (replay_fixture_get_uid (self, id), ==, 4);
}

static void
test_cut_before_copy (ReplayFixture *self, gconstpointer data)
{
  gint64 id = replay_fixture_add (self, "a", 4);

  move (self, id);
  test_server_add_script (self->server, READY (" UIDPLUS")
                          "C: a5 UID COPY 4 \"Archive\"\nCUT\n");
  g_assert_false (replay_fixture_run (self, 10000));
  test_server_add_script (self->server, IN (" UIDPLUS") SELECT ("a2", "Archive")
                          SEARCH ("a3", "UID 60:* HEADER Message-ID \"<a@example.org>\"", " 59") SELECT ("a4", "INBOX") SEARCH ("a5", "UID 4", " 4")
                          STATUS ("a6", "Archive", "60") "C: a7 UID COPY 4 \"Archive\"\nS: a7 OK [COPYUID 7 4 60] copied\n"
                          "C: a8 UID STORE 4 +FLAGS.SILENT (\\Deleted)\nS: a8 OK done\nC: a9 UID EXPUNGE 4\nS: a9 OK done\nEOF\n");
  replay_fixture_assert_replays (self);
  g_assert_cmpint (replay_fixture_get_uid (self, id), ==, 60);
}

static void
test_cut_after_move (ReplayFixture *self, gconstpointer data)
{
  gint64 id = replay_fixture_add (self, "a", 4);

  move (self, id);
  test_server_add_script (self->server, READY (" MOVE")
                          "C: a5 UID MOVE 4 \"Archive\"\nCUT\n");
  g_assert_false (replay_fixture_run (self, 10000));
  test_server_add_script (self->server, IN (" MOVE") SELECT ("a2", "Archive") SEARCH ("a3", "UID 60:* HEADER Message-ID \"<a@example.org>\"", " 60")
                          HEADER ("a4", "60", "60", "a") SELECT ("a5", "INBOX") SEARCH ("a6", "UID 4", "") GONE ("a7", "4") "EOF\n");
  replay_fixture_assert_replays (self);
  g_assert_cmpint (replay_fixture_get_uid (self, id), ==, 60);
  g_assert_cmpint (replay_fixture_get_folder (self, id), ==, self->archive);
}

static void
test_refused_move (ReplayFixture *self, gconstpointer data)
{
  gint64 id = replay_fixture_add (self, "a", 4);

  move (self, id);
  test_server_add_script (self->server, READY (" MOVE")
                          "C: a5 UID MOVE 4 \"Archive\"\nS: a5 NO [OVERQUOTA] full\nEOF\n");
  replay_fixture_assert_replays (self);
  g_assert_cmpint (replay_fixture_get_folder (self, id), ==, self->inbox);
  g_assert_cmpint (replay_fixture_get_uid (self, id), ==, 4);
  g_assert_cmpuint (self->report.errors->len, ==, 1);
  g_assert_cmpstr (base_error_get_reply (g_ptr_array_index (self->report.errors, 0)), ==, "full");
}

static void
test_one_of_two_refused (ReplayFixture *self, gconstpointer data)
{
  gint64 ids[] = { replay_fixture_add (self, "a", 4), replay_fixture_add (self, "b", 5) };

  g_assert_true (store_pending_copy (self->base.database, ids, 2, self->archive, NULL));
  test_server_add_script (self->server, IN (" UIDPLUS") SELECT ("a2", "INBOX") SEARCH ("a3", "UID 4:5", " 4 5") STATUS ("a4", "Archive", "60")
                          "C: a5 UID COPY 4:5 \"Archive\"\nS: a5 NO not both\nC: a6 UID COPY 4 \"Archive\"\nS: a6 OK [COPYUID 7 4 60] done\n"
                          "C: a7 UID COPY 5 \"Archive\"\nS: a7 NO not this\nEOF\n");
  replay_fixture_assert_replays (self);
  g_assert_cmpint (store_fixture_count (&self->base, "SELECT count (*) FROM message"), ==, 3);
  g_assert_cmpuint (self->report.errors->len, ==, 1);
}

static void
test_busy_server (ReplayFixture *self, gconstpointer data)
{
  gint64 id = replay_fixture_add (self, "a", 4);

  move (self, id);
  test_server_add_script (self->server, READY (" MOVE")
                          "C: a5 UID MOVE 4 \"Archive\"\nS: a5 NO [INUSE] later\nEOF\n");
  replay_fixture_assert_replays (self);
  g_assert_cmpint (replay_fixture_get_folder (self, id), ==, self->archive);
  g_assert_cmpint (replay_fixture_count_waiting (self), ==, 1);
  g_assert_true (replay_fixture_run (self, 10030)); /* and does not even connect */
  g_assert_cmpuint (test_server_get_n_connections (self->server), ==, 1);
}

static void
test_gone_meanwhile (ReplayFixture *self, gconstpointer data)
{
  gint64 id = replay_fixture_add (self, "a", 4);

  move (self, id);
  test_server_add_script (self->server, IN (" MOVE") SELECT ("a2", "INBOX") SEARCH ("a3", "UID 4", "") GONE ("a4", "4") "EOF\n");
  replay_fixture_assert_replays (self);
  g_assert_cmpint (replay_fixture_get_folder (self, id), ==, 0);
}

static void
test_new_uidvalidity (ReplayFixture *self, gconstpointer data)
{
  gint64 id = replay_fixture_add (self, "a", 4);

  g_assert_true (store_pending_delete (self->base.database, &id, 1, TRUE, NULL));
  test_server_add_script (self->server, IN (" UIDPLUS") "C: a2 SELECT \"INBOX\"\nS: * 3 EXISTS\nS: * OK [UIDVALIDITY 8] new\nS: a2 OK in\nEOF\n");
  replay_fixture_assert_replays (self);
  g_assert_cmpint (replay_fixture_count_waiting (self), ==, 1);
}

static gint64
append (ReplayFixture *self)
{
  gint64 id = store_fixture_add (&self->base, store_fixture_inbox (&self->base), "a");

  move (self, id);
  return id;
}

static void
test_append (ReplayFixture *self, gconstpointer data)
{
  gint64 id = append (self);

  test_server_add_script (self->server, IN (" UIDPLUS LITERAL+") STATUS ("a2", "Archive", "60") "C: a3 APPEND \"Archive\" \"01-Jan-1970 00:16:40 +0000\" {*\n"
                          "MAYBE\nWAIT 50\nCUT\n");
  g_assert_false (replay_fixture_run (self, 10000));
  test_server_add_script (self->server, IN (" UIDPLUS") SELECT ("a2", "Archive") SEARCH ("a3", "UID 60:* HEADER Message-ID \"<a@example.org>\"", " 61") "EOF\n");
  test_server_add_script (self->server, "EOF\n");
  test_server_set_repeat (self->server, TRUE);
  g_assert_cmpint (replay_fixture_get_uid (self, id), ==, 0);
}

static void
test_append_too_large (ReplayFixture *self, gconstpointer data)
{
  gint64 id = append (self);

  test_server_add_script (self->server, IN (" APPENDLIMIT=10") STATUS ("a2", "Archive", "60") "EOF\n");
  replay_fixture_assert_replays (self);
  g_assert_cmpint (replay_fixture_get_folder (self, id), ==, store_fixture_inbox (&self->base));
  g_assert_error ((GError *) g_ptr_array_index (self->report.errors, 0), BASE_ERROR, BASE_ERROR_TOO_LARGE);
}

static void
test_append_made_folder (ReplayFixture *self, gconstpointer data)
{
  gint64 id = append (self);

  test_server_add_script (self->server, IN (" UIDPLUS") STATUS ("a2", "Archive", "60") "C: a3 APPEND \"Archive\" *\nS: a3 NO [TRYCREATE] no such\n"
                          "C: a4 CREATE \"Archive\"\nS: a4 OK made\nC: a5 SUBSCRIBE \"Archive\"\nS: a5 OK\n"
                          "C: a6 APPEND \"Archive\" *\nS: a6 NO [OVERQUOTA] full after all\nEOF\n");
  replay_fixture_assert_replays (self);
  g_assert_cmpint (replay_fixture_get_folder (self, id), ==, store_fixture_inbox (&self->base));
}

static void
test_sent_by_provider (ReplayFixture *self, gconstpointer data)
{
  gint64 id = store_fixture_add (&self->base, store_fixture_inbox (&self->base), "a");

  g_assert_true (store_pending_file_sent (self->base.database, id, self->archive, FALSE, NULL));
  test_server_add_script (self->server, IN (" UIDPLUS") STATUS ("a2", "Archive", "60") SELECT ("a3", "Archive")
                          SEARCH ("a4", "HEADER Message-ID \"<a@example.org>\"", " 48") "EOF\n");
  replay_fixture_assert_replays (self);
  g_assert_cmpint (replay_fixture_get_uid (self, id), ==, 48);
  g_assert_cmpint (replay_fixture_count_waiting (self), ==, 0);
}

#define NEWEST "(UID BODY.PEEK[HEADER.FIELDS (MESSAGE-ID X-MICROSOFT-ORIGINAL-MESSAGE-ID X-GOOGLE-ORIGINAL-MESSAGE-ID)])"
#define NONE_OF_NEWEST(tag) "C: " tag " FETCH 1:* " NEWEST "\nS: * 3 FETCH (UID 49 BODY[HEADER.FIELDS (MESSAGE-ID)] \"\")\nS: " tag " OK done\n"

static gint64
file_sent (ReplayFixture *self)
{
  gint64 id = store_fixture_add (&self->base, store_fixture_inbox (&self->base), "a");

  g_assert_true (store_pending_file_sent (self->base.database, id, self->archive, FALSE, NULL));
  return id;
}

static gint64
now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* Outlook.com gives a message another Message-ID and keeps ours beside it; other servers' SEARCH finds no header at all. */
static void
test_sent_renamed_by_provider (ReplayFixture *self, gconstpointer data)
{
  gint64 id = file_sent (self);

  test_server_add_script (self->server, IN (" UIDPLUS") STATUS ("a2", "Archive", "60") SELECT ("a3", "Archive")
                          "C: a4 UID SEARCH *\nS: a4 BAD Command Error. 12\nC: a5 FETCH 1:* *\n"
                          "S: * 2 FETCH (UID 47 BODY[HEADER.FIELDS (MESSAGE-ID)] \"Message-ID: <b@example.org>\")\n"
                          "S: * 3 FETCH (UID 48 BODY[HEADER.FIELDS (MESSAGE-ID)] {88}\n"
                          "RAW Message-ID: <PR1@prod.example.net>\\r\\nX-Microsoft-Original-Message-ID: <a@example.org>\\r\\n\\r\\n)\\r\\n\nS: a5 OK\nEOF\n");
  replay_fixture_assert_replays (self);
  g_assert_cmpint (replay_fixture_get_uid (self, id), ==, 48);
  g_assert_cmpint (replay_fixture_count_waiting (self), ==, 0);
}

/* What Gmail files itself comes a moment after it was sent. */
static void
test_sent_awaited (ReplayFixture *self, gconstpointer data)
{
  gint64 id = file_sent (self);

  test_server_add_script (self->server, IN (" UIDPLUS X-GM-EXT-1") STATUS ("a2", "Archive", "60") SELECT ("a3", "Archive")
                          SEARCH ("a4", "HEADER Message-ID \"<a@example.org>\"", "") NONE_OF_NEWEST ("a5") "EOF\n");
  g_assert_true (replay_fixture_run (self, now ()));
  g_assert_cmpint (replay_fixture_count_waiting (self), ==, 1);
  g_assert_cmpint (replay_fixture_get_uid (self, id), ==, 0);
  test_server_add_script (self->server, IN (" UIDPLUS X-GM-EXT-1") STATUS ("a2", "Archive", "60") SELECT ("a3", "Archive")
                          SEARCH ("a4", "HEADER Message-ID \"<a@example.org>\"", " 49") "EOF\n");
  g_assert_true (replay_fixture_run (self, now () + 70));
  g_assert_cmpint (replay_fixture_get_uid (self, id), ==, 49);
  g_assert_cmpint (replay_fixture_count_waiting (self), ==, 0);
}

/* Gmail's IMAP with somebody else's SMTP: nobody files it. */
static void
test_sent_not_filed_by_anybody (ReplayFixture *self, gconstpointer data)
{
  gint64 id = file_sent (self);

  test_server_add_script (self->server, IN (" UIDPLUS X-GM-EXT-1 LITERAL+") STATUS ("a2", "Archive", "60") SELECT ("a3", "Archive")
                          SEARCH ("a4", "HEADER Message-ID \"<a@example.org>\"", "") NONE_OF_NEWEST ("a5")
                          "C: a6 APPEND \"Archive\" \"01-Jan-1970 00:16:40 +0000\" {*\nC~\nC~\nC~\nC~\nS: a6 OK [APPENDUID 7 60] done\nEOF\n");
  g_assert_true (replay_fixture_run (self, now () + 3600));
  g_assert_no_error (self->error);
  g_assert_cmpint (replay_fixture_get_uid (self, id), ==, 60);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mime_init ();
  REPLAY_TEST ("nothing-waits/nobody-is-asked", test_nothing);
  REPLAY_TEST ("marks/go-in-sets", test_marks_in_sets);
  REPLAY_TEST ("move/goes-in-a-set-and-gets-its-names", test_move);
  REPLAY_TEST ("move-on-old-server/copies-then-removes", test_move_on_old_server);
  REPLAY_TEST ("delete-on-old-server/leaves-what-others-marked", test_others_deleted_stay);
  REPLAY_TEST ("cut-after-copy/loses-nothing-and-doubles-nothing", test_cut_after_copy);
  REPLAY_TEST ("cut-after-copy-and-renumbered/removes-the-original", test_cut_after_copy_and_renumbered);
  REPLAY_TEST ("cut-before-copy/copies-again", test_cut_before_copy);
  REPLAY_TEST ("cut-before-copy-beside-another-of-that-message-id/copies-again", test_cut_before_copy_beside_another);
  REPLAY_TEST ("cut-after-copy-without-message-id/recognises-it", test_cut_after_copy_without_id);
  REPLAY_TEST ("cut-after-move/recognises-it", test_cut_after_move);
  REPLAY_TEST ("unnamed-moved-on/is-found-by-its-header", test_unnamed_moved_on);
  REPLAY_TEST ("unnamed-deleted/is-found-by-its-header", test_unnamed_deleted);
  REPLAY_TEST ("unnamed-gone/ends", test_unnamed_gone);
  REPLAY_TEST ("sent-on-into-new-folder/makes-it-first", test_sent_on_into_new_folder);
  REPLAY_TEST ("target-gone/is-not-made-again", test_target_gone);
  REPLAY_TEST ("cancelled-out/nobody-is-asked", test_cancelled_out);
  REPLAY_TEST ("move-refused/is-undone-and-reported", test_refused_move);
  REPLAY_TEST ("one-of-two-refused/does-the-other", test_one_of_two_refused);
  REPLAY_TEST ("server-busy/waits", test_busy_server);
  REPLAY_TEST ("gone-meanwhile/stays-gone", test_gone_meanwhile);
  REPLAY_TEST ("new-uidvalidity/deletes-nothing", test_new_uidvalidity);
  REPLAY_TEST ("append-cut/keeps-it-here", test_append);
  REPLAY_TEST ("append-over-limit/sends-nothing", test_append_too_large);
  REPLAY_TEST ("append-into-missing-folder/makes-it-once", test_append_made_folder);
  REPLAY_TEST ("sent-copy-filed-by-provider/is-not-filed-again", test_sent_by_provider);
  REPLAY_TEST ("sent-copy-under-another-message-id/is-recognised", test_sent_renamed_by_provider);
  REPLAY_TEST ("sent-copy-of-gmail/is-awaited", test_sent_awaited);
  REPLAY_TEST ("sent-copy-that-nobody-files/is-filed-in-the-end", test_sent_not_filed_by_anybody);
  return g_test_run ();
}
