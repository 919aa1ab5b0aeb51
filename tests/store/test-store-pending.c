/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person's changes: made at once; recorded only where a server has the folder; undone by moving back. */
#include "store-fixture.h"
#include "store-pending.h"
#include "store-private.h"

#include "base-error.h"

typedef struct
{
  StoreFixture base;
  gint64 inbox, trash, archive;   /* account 1: POP3 */
  gint64 remote, remote_trash;    /* account 2: on a server */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  StoreFixture *base = &self->base;

  store_fixture_set_up (base, NULL);
  self->inbox = store_fixture_inbox (base);
  self->trash = store_folders_find_role (base->database, 1, MAIL_ROLE_TRASH, NULL);
  self->archive = store_folders_find_role (base->database, 1, MAIL_ROLE_ARCHIVE, NULL);
  self->remote = store_folders_create (base->database, 2, "INBOX", MAIL_ROLE_INBOX, NULL);
  self->remote_trash = store_folders_create (base->database, 2, "Trash", MAIL_ROLE_TRASH, NULL);
  g_assert_true (store_folders_set_remote (base->database, self->remote, TRUE, NULL));
  g_assert_true (store_folders_set_remote (base->database, self->remote_trash, TRUE, NULL));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  store_fixture_assert_sound (&self->base);
  store_fixture_tear_down (&self->base, NULL);
}

static gint64
get_folder (Fixture *self, gint64 id)
{
  return store_filing_find_folder (self->base.database, id, NULL);
}

static gint64
count (Fixture *self, const char *condition)
{
  g_autofree char *sql = g_strconcat ("SELECT count (*) FROM pending WHERE ", condition, NULL);

  return store_fixture_count (&self->base, sql);
}

static gint64
add_remote (Fixture *self, const char *id)
{
  gint64 message = store_fixture_add (&self->base, self->remote, id);
  g_autofree char *sql = g_strdup_printf ("UPDATE message SET uid = %d WHERE id = %d", (int) message + 100, (int) message);

  g_assert_true (store_database_execute (self->base.database, sql, NULL));
  return message;
}

static void
test_local (Fixture *self, gconstpointer data)
{
  StoreDatabase *database = self->base.database;
  gint64 id = store_fixture_add (&self->base, self->inbox, "a");

  g_assert_true (store_pending_mark (database, &id, 1, MAIL_FLAG_SEEN, 0, NULL));
  g_assert_true (store_pending_move (database, &id, 1, self->archive, NULL));
  g_assert_true (store_pending_copy (database, &id, 1, self->inbox, NULL));
  g_assert_true (store_pending_delete (database, &id, 1, FALSE, NULL));
  g_assert_cmpint (get_folder (self, id), ==, self->trash);
  g_assert_true (store_pending_delete (database, &id, 1, FALSE, NULL));
  g_assert_cmpint (get_folder (self, id), ==, self->trash);
  g_assert_true (store_pending_delete (database, &id, 1, TRUE, NULL));
  g_assert_cmpint (get_folder (self, id), ==, 0);
  g_assert_cmpint (store_pending_count (database, 1, NULL), ==, 0);
}

static void
test_undo_local (Fixture *self, gconstpointer data)
{
  gint64 id = store_fixture_add (&self->base, self->inbox, "a");

  g_assert_true (store_pending_delete (self->base.database, &id, 1, FALSE, NULL));
  g_assert_true (store_pending_move (self->base.database, &id, 1, self->inbox, NULL));
  g_assert_cmpint (get_folder (self, id), ==, self->inbox);
}

static void
test_this_computer (Fixture *self, gconstpointer data)
{
  gint64 own = store_folders_create (self->base.database, 0, "Kept", 0, NULL);
  gint64 id = store_fixture_add (&self->base, own, "a");

  g_assert_cmpint (store_folders_find_role (self->base.database, 0, MAIL_ROLE_TRASH, NULL), ==, 0);
  g_assert_true (store_pending_delete (self->base.database, &id, 1, FALSE, NULL));
  g_assert_cmpint (get_folder (self, id), ==, store_folders_find_role (self->base.database, 0, MAIL_ROLE_TRASH, NULL));
}

static void
test_into_outbox (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 id = store_fixture_add (&self->base, self->inbox, "a");
  gint64 outbox = store_folders_need_role (self->base.database, 0, MAIL_ROLE_OUTBOX, NULL);

  g_assert_false (store_pending_move (self->base.database, &id, 1, outbox, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (store_pending_copy (self->base.database, &id, 1, outbox, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_INVALID);
  g_assert_cmpint (get_folder (self, id), ==, self->inbox);
}

static void
test_remote_recorded (Fixture *self, gconstpointer data)
{
  StoreDatabase *database = self->base.database;
  gint64 ids[] = { add_remote (self, "a"), add_remote (self, "b") };

  g_assert_true (store_pending_mark (database, ids, 2, MAIL_FLAG_SEEN, MAIL_FLAG_FLAGGED, NULL));
  g_assert_cmpint (count (self, "kind = 1 AND add_flags = 1 AND remove_flags = 0 AND uid = message + 100"), ==, 2);
  g_assert_true (store_pending_delete (database, ids, 1, FALSE, NULL));
  g_assert_cmpint (get_folder (self, ids[0]), ==, self->remote_trash);
  g_assert_cmpint (count (self, "kind = 2 AND uid = message + 100"), ==, 1);
  g_assert_true (store_pending_delete (database, ids + 1, 1, TRUE, NULL));
  g_assert_cmpint (count (self, "kind = 4 AND uid = message + 100"), ==, 1);
  g_assert_cmpint (store_pending_count (database, 2, NULL), ==, 3);
}

static void
test_remote_undone (Fixture *self, gconstpointer data)
{
  gint64 id = add_remote (self, "a");

  g_assert_true (store_pending_delete (self->base.database, &id, 1, FALSE, NULL));
  g_assert_true (store_pending_move (self->base.database, &id, 1, self->remote, NULL));
  g_assert_cmpint (store_pending_count (self->base.database, 2, NULL), ==, 0);
  g_assert_cmpint (store_fixture_count (&self->base, "SELECT uid - id FROM message"), ==, 100);
  g_assert_cmpint (get_folder (self, id), ==, self->remote);
}

static void
test_between_accounts (Fixture *self, gconstpointer data)
{
  StoreDatabase *database = self->base.database;
  gint64 going = store_fixture_add (&self->base, self->inbox, "a");
  gint64 coming = add_remote (self, "b");

  g_assert_true (store_pending_move (database, &going, 1, self->remote, NULL));
  g_assert_true (store_pending_move (database, &coming, 1, self->archive, NULL));
  g_assert_cmpint (count (self, "kind = 5 AND account = 2"), ==, 1);
  g_assert_cmpint (count (self, "kind = 4 AND account = 2 AND uid = message + 100"), ==, 1);
  g_assert_cmpint (store_pending_count (database, 1, NULL), ==, 0);
  g_assert_cmpint (get_folder (self, coming), ==, self->archive);
}

static void
test_half_message_stays (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 id = add_remote (self, "a");

  g_assert_true (store_database_execute (self->base.database, "UPDATE message SET is_whole = 0", NULL));
  g_assert_false (store_pending_move (self->base.database, &id, 1, self->archive, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_NOT_AVAILABLE);
  g_assert_cmpint (get_folder (self, id), ==, self->remote);
}

static void
test_copies (Fixture *self, gconstpointer data)
{
  gint64 id = add_remote (self, "a");
  gint64 local = store_fixture_add (&self->base, self->inbox, "b");

  g_assert_true (store_pending_copy (self->base.database, &id, 1, self->remote_trash, NULL));
  g_assert_true (store_pending_copy (self->base.database, &local, 1, self->remote_trash, NULL));
  g_assert_cmpint (count (self, "kind = 3 AND uid = 101 AND message IN (SELECT id FROM message WHERE folder = target)"), ==, 1);
  g_assert_cmpint (count (self, "kind = 5 AND uid IS NULL AND message IN (SELECT id FROM message WHERE folder = target)"), ==, 1);
}

#define TEST(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("/store/pending/local-folders/are-changed-and-nothing-recorded", test_local);
  TEST ("/store/pending/delete/is-undone-by-moving-back", test_undo_local);
  TEST ("/store/pending/delete-on-this-computer/makes-deleted-when-first-needed", test_this_computer);
  TEST ("/store/pending/move-into-outbox/is-refused", test_into_outbox);
  TEST ("/store/pending/remote-folder/is-changed-and-recorded", test_remote_recorded);
  TEST ("/store/pending/remote-move-undone/drops-its-record", test_remote_undone);
  TEST ("/store/pending/between-accounts/is-append-and-delete", test_between_accounts);
  TEST ("/store/pending/headers-only/stay-on-their-server", test_half_message_stays);
  TEST ("/store/pending/copies/are-recorded-with-the-copy", test_copies);
  return g_test_run ();
}
