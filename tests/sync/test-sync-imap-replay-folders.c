/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The replay of what a person did to folders, against servers that follow a script. */
#include "replay-fixture.h"

#include "mime-summary.h"

static void
test_folder_made (ReplayFixture *self, gconstpointer data)
{
  gint64 id = replay_fixture_add (self, "a", 4);
  gint64 folder = store_folders_create (self->base.database, 2, "Archive/Öl", MAIL_ROLE_NONE, NULL);

  g_assert_true (store_pending_move (self->base.database, &id, 1, folder, NULL));
  test_server_add_script (self->server, IN (" MOVE UIDPLUS NAMESPACE") "C: a2 NAMESPACE\nS: * NAMESPACE ((\"\" \".\")) NIL NIL\nS: a2 OK\n"
                          "C: a3 CREATE \"Archive.&ANY-l\"\nS: a3 OK\nC: a4 SUBSCRIBE \"Archive.&ANY-l\"\nS: a4 OK\n"
                          SELECT ("a5", "INBOX") SEARCH ("a6", "UID 4", " 4") STATUS ("a7", "Archive.&ANY-l", "1")
                          "C: a8 UID MOVE 4 \"Archive.&ANY-l\"\nS: * OK [COPYUID 7 4 1] moved\nS: a8 OK\nEOF\n");
  replay_fixture_assert_replays (self);
  g_assert_cmpint (replay_fixture_get_uid (self, id), ==, 1);
}

static void
test_folder_refused (ReplayFixture *self, gconstpointer data)
{
  gint64 id = replay_fixture_add (self, "a", 4);
  gint64 folder = store_folders_create (self->base.database, 2, "Work", MAIL_ROLE_NONE, NULL);

  g_assert_true (store_pending_move (self->base.database, &id, 1, folder, NULL));
  test_server_add_script (self->server, IN ("") "C: a2 LIST \"\" \"\"\nS: * LIST (\\Noselect) \"/\" \"\"\nS: a2 OK\nC: a3 CREATE \"Work\"\nS: a3 NO never\n"
                          "C: a4 STATUS \"Work\" *\nS: a4 NO none\nEOF\n");
  replay_fixture_assert_replays (self);
  g_assert_cmpint (replay_fixture_get_folder (self, id), ==, self->inbox);
  g_assert_cmpint (replay_fixture_get_uid (self, id), ==, 4);
}

static void
test_folder_with_news_stays (ReplayFixture *self, gconstpointer data)
{
  gint64 folder = replay_fixture_make_folder (self, "Work", MAIL_ROLE_NONE);

  g_assert_true (store_folders_delete (self->base.database, folder, TRUE, NULL));
  test_server_add_script (self->server, IN ("") STATUS ("a2", "Work", "51") "EOF\n");
  replay_fixture_assert_replays (self);
  g_assert_cmpuint (self->report.errors->len, ==, 1);
  g_assert_cmpint (replay_fixture_count_waiting (self), ==, 0);
}

#define ROOT(tag, prefix, delimiter) "C: " tag " NAMESPACE\nS: * NAMESPACE ((\"" prefix "\" " delimiter ")) NIL NIL\nS: " tag " OK\n"
#define PLAIN(tag, command) "C: " tag " " command "\nS: " tag " OK\n"

static void
assert_path (ReplayFixture *self, gint64 folder, const char *path, const char *wire)
{
  g_autoptr (StoreFolder) row = store_folders_get (self->base.database, folder, NULL);
  g_autofree char *name = store_replay_get_wire (self->base.database, folder, NULL, NULL);

  g_assert_cmpstr (row->path, ==, path);
  g_assert_cmpstr (name, ==, wire);
}

static void
move_folder (ReplayFixture *self, gint64 folder, gint64 parent)
{
  g_autoptr (GError) error = NULL;

  store_folders_move (self->base.database, folder, parent, &error);
  g_assert_no_error (error);
}

static void
test_moved (ReplayFixture *self, gconstpointer data)
{
  gint64 work = replay_fixture_make_folder (self, "Work", MAIL_ROLE_NONE);
  gint64 child = replay_fixture_make_folder (self, "Work/Lisbon", MAIL_ROLE_NONE);

  move_folder (self, work, self->archive);
  test_server_add_script (self->server, IN (" NAMESPACE") ROOT ("a2", "", "\"/\"") STATUS ("a3", "Archive", "60")
                          PLAIN ("a4", "RENAME \"Work\" \"Archive/Work\"") PLAIN ("a5", "UNSUBSCRIBE \"Work\"") PLAIN ("a6", "SUBSCRIBE \"Archive/Work\"")
                          PLAIN ("a7", "SUBSCRIBE \"Archive/Work/Lisbon\"") PLAIN ("a8", "UNSUBSCRIBE \"Work/Lisbon\"") "EOF\n");
  replay_fixture_assert_replays (self);
  g_assert_cmpuint (self->report.errors->len, ==, 0);
  assert_path (self, work, "Archive/Work", "Archive/Work");
  assert_path (self, child, "Archive/Work/Lisbon", "Archive/Work/Lisbon");
}

/* Back to the top once the server has heard of it: the opposite, with a prefix that its names have */
static void
test_moved_to_top (ReplayFixture *self, gconstpointer data)
{
  gint64 work;

  replay_fixture_make_folder (self, "INBOX.A", MAIL_ROLE_NONE);
  work = replay_fixture_make_folder (self, "INBOX.A.Work", MAIL_ROLE_NONE);
  g_assert_true (store_database_execute (self->base.database, "UPDATE folder SET path = 'A', name = 'A' WHERE wire_name = 'INBOX.A';"
                                         "UPDATE folder SET path = 'A/Work', name = 'Work', parent = (SELECT id FROM folder WHERE path = 'A')"
                                         " WHERE wire_name = 'INBOX.A.Work'", NULL));
  move_folder (self, work, 0);
  test_server_add_script (self->server, IN (" NAMESPACE") ROOT ("a2", "INBOX.", "\".\"") PLAIN ("a3", "RENAME \"INBOX.A.Work\" \"INBOX.Work\"")
                          PLAIN ("a4", "UNSUBSCRIBE \"INBOX.A.Work\"") PLAIN ("a5", "SUBSCRIBE \"INBOX.Work\"") "EOF\n");
  replay_fixture_assert_replays (self);
  assert_path (self, work, "Work", "INBOX.Work");
}

static void
assert_move_refused (ReplayFixture *self, gint64 work)
{
  g_autoptr (GPtrArray) refusals = NULL;

  replay_fixture_assert_replays (self);
  g_assert_cmpuint (self->report.errors->len, ==, 1);
  assert_path (self, work, "Work", "Work");
  g_assert_cmpint (replay_fixture_count_waiting (self), ==, 0);
  refusals = store_replay_list_refusals (self->base.database, 2, NULL);
  g_assert_cmpint (((const StoreRefusal *) g_ptr_array_index (refusals, 0))->kind, ==, STORE_OPERATION_MOVE_FOLDER);
  g_assert_cmpint (((const StoreRefusal *) g_ptr_array_index (refusals, 0))->target, ==, self->archive);
}

static void
test_move_refused (ReplayFixture *self, gconstpointer data)
{
  gint64 work = replay_fixture_make_folder (self, "Work", MAIL_ROLE_NONE);

  move_folder (self, work, self->archive);
  test_server_add_script (self->server, IN (" NAMESPACE") ROOT ("a2", "", "\"/\"") STATUS ("a3", "Archive", "60")
                          "C: a4 RENAME \"Work\" \"Archive/Work\"\nS: a4 NO [NOPERM] not yours\nEOF\n");
  assert_move_refused (self, work);
}

/* Another client deleted it, and many servers would make it again. */
static void
test_move_into_gone (ReplayFixture *self, gconstpointer data)
{
  gint64 work = replay_fixture_make_folder (self, "Work", MAIL_ROLE_NONE);

  move_folder (self, work, self->archive);
  test_server_add_script (self->server, IN (" NAMESPACE") ROOT ("a2", "", "\"/\"") "C: a3 STATUS \"Archive\" *\nS: a3 NO [NONEXISTENT] none\nEOF\n");
  assert_move_refused (self, work);
}

static void
test_move_without_levels (ReplayFixture *self, gconstpointer data)
{
  gint64 work = replay_fixture_make_folder (self, "Work", MAIL_ROLE_NONE);

  move_folder (self, work, self->archive);
  test_server_add_script (self->server, IN (" NAMESPACE") ROOT ("a2", "", "NIL") STATUS ("a3", "Archive", "60") "EOF\n");
  assert_move_refused (self, work);
}

/* Cut before the answer came: the old name is gone, the new one is there. */
static void
test_move_cut (ReplayFixture *self, gconstpointer data)
{
  gint64 work = replay_fixture_make_folder (self, "Work", MAIL_ROLE_NONE);

  move_folder (self, work, self->archive);
  test_server_add_script (self->server, IN (" NAMESPACE") ROOT ("a2", "", "\"/\"") STATUS ("a3", "Archive", "60")
                          "C: a4 RENAME \"Work\" \"Archive/Work\"\nCUT\n");
  g_assert_false (replay_fixture_run (self, 10000));
  test_server_add_script (self->server, IN (" NAMESPACE") ROOT ("a2", "", "\"/\"") STATUS ("a3", "Archive", "60")
                          "C: a4 RENAME \"Work\" \"Archive/Work\"\nS: a4 NO [NONEXISTENT] none\nC: a5 STATUS \"Work\" *\nS: a5 NO none\n"
                          STATUS ("a6", "Archive/Work", "50") "EOF\n");
  replay_fixture_assert_replays (self);
  g_assert_cmpuint (self->report.errors->len, ==, 0);
  assert_path (self, work, "Archive/Work", "Archive/Work");
}

/* Into a folder that was made for it, and that one into another that was made later: each as it was when its turn came. */
static void
test_moved_into_new (ReplayFixture *self, gconstpointer data)
{
  gint64 work = replay_fixture_make_folder (self, "Work", MAIL_ROLE_NONE);
  gint64 made = store_folders_create (self->base.database, 2, "New", MAIL_ROLE_NONE, NULL);
  gint64 later;

  move_folder (self, work, made);
  later = store_folders_create (self->base.database, 2, "Later", MAIL_ROLE_NONE, NULL);
  move_folder (self, made, later);
  test_server_add_script (self->server, IN (" NAMESPACE") ROOT ("a2", "", "\"/\"") PLAIN ("a3", "CREATE \"New\"") PLAIN ("a4", "SUBSCRIBE \"New\"")
                          "C: a5 STATUS \"New\" *\nS: * STATUS New (MESSAGES 0)\nS: a5 OK\n" PLAIN ("a6", "RENAME \"Work\" \"New/Work\"")
                          PLAIN ("a7", "UNSUBSCRIBE \"Work\"") PLAIN ("a8", "SUBSCRIBE \"New/Work\"")
                          PLAIN ("a9", "CREATE \"Later\"") PLAIN ("a10", "SUBSCRIBE \"Later\"") "C: a11 STATUS \"Later\" *\nS: * STATUS Later (MESSAGES 0)\nS: a11 OK\n"
                          PLAIN ("a12", "RENAME \"New\" \"Later/New\"") PLAIN ("a13", "UNSUBSCRIBE \"New\"") PLAIN ("a14", "SUBSCRIBE \"Later/New\"")
                          PLAIN ("a15", "SUBSCRIBE \"Later/New/Work\"") PLAIN ("a16", "UNSUBSCRIBE \"New/Work\"") "EOF\n");
  replay_fixture_assert_replays (self);
  g_assert_cmpuint (self->report.errors->len, ==, 0);
  assert_path (self, work, "Later/New/Work", "Later/New/Work");
}

/* The person's move waits for its time; meanwhile another client does the opposite. */
static void
test_moved_both_ways (ReplayFixture *self, gconstpointer data)
{
  gint64 a = replay_fixture_make_folder (self, "a", MAIL_ROLE_NONE), b = replay_fixture_make_folder (self, "b", MAIL_ROLE_NONE);
  StoreImapFolder state = { .folder = b, .uidvalidity = 9, .uidnext = 30, .n_server = 5 };
  g_autoptr (MailLogin) login = test_server_login (self->server, MAIL_SECURITY_TLS, "ana", MAIL_SECRET_PASSWORD, "secret");
  g_autoptr (ImapSession) session = NULL;
  const SyncImapSettings settings = { .keep_days = -1 };
  SyncPass pass = { .database = self->base.database, .account = 2, .login = login, .trace_tag = "test", .now = 10000, .options = SYNC_BY_ITSELF,
                    .report = &self->report };

  g_assert_true (store_imap_set_state (self->base.database, &state, NULL));
  move_folder (self, a, b);
  g_assert_true (store_database_execute (self->base.database, "UPDATE pending SET not_before = 20000", NULL));
  self->report.errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  test_server_add_script (self->server, IN (" LIST-EXTENDED LIST-STATUS") "C: a2 LIST *\nS: * LIST () \"/\" INBOX\nS: * LIST () \"/\" Archive\n"
                          "S: * LIST () \"/\" a\nS: * LIST () \"/\" \"a/b\"\nS: * STATUS a (MESSAGES 1 UNSEEN 0 UIDNEXT 50 UIDVALIDITY 7)\n"
                          "S: * STATUS \"a/b\" (MESSAGES 5 UNSEEN 0 UIDNEXT 30 UIDVALIDITY 9)\nS: * STATUS INBOX (MESSAGES 1 UNSEEN 0 UIDNEXT 50 UIDVALIDITY 7)\n"
                          "S: * STATUS Archive (MESSAGES 1 UNSEEN 0 UIDNEXT 50 UIDVALIDITY 7)\nS: a2 OK\nC: *\nCUT\n");
  sync_imap_run (&pass, &settings, &session, NULL, NULL, NULL, NULL);
  g_clear_object (&session);
  assert_path (self, a, "a", "a");
  assert_path (self, b, "a/b", "a/b");
  g_assert_cmpint (store_fixture_count (&self->base, "SELECT count (*) FROM folder"), ==, 4);
  g_assert_cmpint (store_fixture_count (&self->base, "SELECT count (*) FROM pending_log"), ==, 1);
}

/* Another client makes a folder in one that a person has put elsewhere. */
static void
test_made_in_moved (ReplayFixture *self, gconstpointer data)
{
  gint64 work = replay_fixture_make_folder (self, "Work", MAIL_ROLE_NONE);
  StoreImapFolder row = { .account = 2, .wire_name = (char *) "Work/New", .path = (char *) "Archive/Work/New", .can_be_opened = TRUE, .can_have_children = TRUE };
  gint64 made;

  move_folder (self, work, self->archive);
  made = store_imap_save_folder (self->base.database, &row, NULL); /* as sync-imap-folders.c does */
  test_server_add_script (self->server, IN (" NAMESPACE") ROOT ("a2", "", "\"/\"") STATUS ("a3", "Archive", "60")
                          PLAIN ("a4", "RENAME \"Work\" \"Archive/Work\"") PLAIN ("a5", "UNSUBSCRIBE \"Work\"") PLAIN ("a6", "SUBSCRIBE \"Archive/Work\"") "EOF\n");
  replay_fixture_assert_replays (self);
  assert_path (self, made, "Archive/Work/New", "Archive/Work/New");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mime_init ();
  REPLAY_TEST ("folder-made/before-what-goes-into-it", test_folder_made);
  REPLAY_TEST ("folder-refused/gives-back-what-was-to-go-there", test_folder_refused);
  REPLAY_TEST ("folder-with-new-mail/is-not-deleted", test_folder_with_news_stays);
  REPLAY_TEST ("folder-moved/takes-children-and-subscriptions-along", test_moved);
  REPLAY_TEST ("folder-moved-to-the-top/begins-where-names-begin", test_moved_to_top);
  REPLAY_TEST ("folder-move-refused/is-where-it-was-and-in-the-log", test_move_refused);
  REPLAY_TEST ("folder-moved-into-one-that-is-gone/does-not-make-it-again", test_move_into_gone);
  REPLAY_TEST ("folder-moved-on-a-server-without-levels/is-back", test_move_without_levels);
  REPLAY_TEST ("folder-move-cut/is-known-to-be-done", test_move_cut);
  REPLAY_TEST ("folder-moved-into-new-ones/each-in-its-turn", test_moved_into_new);
  REPLAY_TEST ("folder-moved-both-ways/the-other-client-was-first", test_moved_both_ways);
  REPLAY_TEST ("folder-made-in-a-moved-one/goes-along", test_made_in_moved);
  return g_test_run ();
}
