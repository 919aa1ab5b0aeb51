/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folders: their names, order, children and roles, and what becomes of them when an account goes. */
#include "store-favourites.h"
#include "store-fixture.h"
#include "store-imap.h"
#include "store-outbox.h"
#include "store-pop3.h"
#include "store-private.h"

#include "base-error.h"

static char *
join_paths (StoreDatabase *database, gint64 account)
{
  g_autoptr (GPtrArray) folders = store_folders_list (database, account, NULL);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < folders->len; i++)
    {
      const StoreFolder *folder = g_ptr_array_index (folders, i);

      g_string_append_printf (out, "%d:%s ", (int) folder->account, folder->path);
    }
  return g_string_free (out, FALSE);
}

static gint64
create (StoreFixture *self, gint64 account, const char *path)
{
  g_autoptr (GError) error = NULL;
  gint64 id = store_folders_create (self->database, account, path, MAIL_ROLE_NONE, &error);

  g_assert_no_error (error);
  return id;
}

static void
test_order (StoreFixture *self, gconstpointer data)
{
  g_autofree char *paths = NULL;

  store_fixture_inbox (self);
  g_assert_true (store_folders_prepare_account (self->database, 0, NULL));
  create (self, 1, "Work");
  create (self, 1, "Archive 2019");
  create (self, 1, "Work/Zebra");
  create (self, 1, "Work-shop");
  create (self, 0, "Kept");
  paths = join_paths (self->database, STORE_ALL_ACCOUNTS);
  g_assert_cmpstr (paths, ==, "0:Outbox 0:Kept 1:Inbox 1:Drafts 1:Sent 1:Junk 1:Deleted 1:Archive"
                              " 1:Archive 2019 1:Work 1:Work/Zebra 1:Work-shop ");
}

static void
test_prepared_twice (StoreFixture *self, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  store_fixture_inbox (self);
  before = join_paths (self->database, 1);
  g_assert_true (store_folders_prepare_account (self->database, 1, NULL));
  after = join_paths (self->database, 1);
  g_assert_cmpstr (before, ==, after);
}

static void
test_role_name_taken (StoreFixture *self, gconstpointer data)
{
  gint64 own = create (self, 0, "Deleted");
  gint64 trash = store_folders_need_role (self->database, 0, MAIL_ROLE_TRASH, NULL);
  g_autoptr (StoreFolder) folder = store_folders_get (self->database, trash, NULL);

  g_assert_cmpint (trash, !=, own);
  g_assert_cmpstr (folder->path, ==, "Deleted (2)");
  g_assert_cmpint (store_folders_need_role (self->database, 0, MAIL_ROLE_TRASH, NULL), ==, trash);
}

static void
test_bad_names (StoreFixture *self, gconstpointer data)
{
  static const char *const names[] = { "", "/", "a//b", "/a", "a/", ".", "..", "a/..", " a", "a ", "new\nline", "bell\a", "\xff\xfe", "\xc2\x85" };
  g_autofree char *long_name = g_strnfill (300, 'x');

  create (self, 0, "a");
  for (guint i = 0; i <= G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (store_folders_create (self->database, 0, i < G_N_ELEMENTS (names) ? names[i] : long_name, 0, &error), ==, -1);
      g_assert_error (error, BASE_ERROR, BASE_ERROR_INVALID);
    }
}

static void
test_taken_and_parentless (StoreFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  create (self, 0, "a");
  create (self, 1, "a");
  g_assert_cmpint (store_folders_create (self->database, 0, "a", 0, &error), ==, -1);
  g_assert_error (error, BASE_ERROR, BASE_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_cmpint (store_folders_create (self->database, 0, "b/c", 0, &error), ==, -1);
  g_assert_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_cmpint (store_folders_create (self->database, 0, "inbox", MAIL_ROLE_INBOX, NULL), >, 0);
  g_assert_cmpint (store_folders_create (self->database, 0, "inbox two", MAIL_ROLE_INBOX, &error), ==, -1);
  g_assert_error (error, BASE_ERROR, BASE_ERROR_EXISTS);
}

static void
test_rename (StoreFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 id = create (self, 0, "Straße");
  g_autofree char *paths = NULL;

  create (self, 0, "Straße/Porto");
  create (self, 0, "Straße/Porto/x");
  create (self, 0, "Straßenbahn");
  g_assert_true (store_folders_rename (self->database, id, "Weg", &error));
  paths = join_paths (self->database, 0);
  g_assert_cmpstr (paths, ==, "0:Straßenbahn 0:Weg 0:Weg/Porto 0:Weg/Porto/x ");
  g_assert_false (store_folders_rename (self->database, id, "Straßenbahn", &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_false (store_folders_rename (self->database, id, "a/b", &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (store_folders_rename (self->database, store_fixture_inbox (self), "Post", &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_INVALID);
}

static void
assert_not_moved (StoreFixture *self, gint64 id, gint64 parent, int code)
{
  for (int is_check = 0; is_check <= 1; is_check++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (is_check ? store_folders_check_move (self->database, id, parent, &error) : store_folders_move (self->database, id, parent, &error));
      g_assert_error (error, BASE_ERROR, code);
    }
}

static void
test_move (StoreFixture *self, gconstpointer data)
{
  gint64 id = create (self, 0, "Straße");
  gint64 other = create (self, 0, "Straßenbahn");
  gint64 child = create (self, 0, "Straße/Porto");
  g_autofree char *below = NULL;
  g_autofree char *top = NULL;

  create (self, 0, "Straße/Porto/x");
  g_assert_true (store_folders_check_move (self->database, id, other, NULL));
  g_assert_true (store_folders_move (self->database, id, other, NULL));
  g_assert_true (store_folders_move (self->database, id, other, NULL));
  below = join_paths (self->database, 0);
  g_assert_cmpstr (below, ==, "0:Straßenbahn 0:Straßenbahn/Straße 0:Straßenbahn/Straße/Porto 0:Straßenbahn/Straße/Porto/x ");
  g_assert_true (store_folders_move (self->database, child, 0, NULL));
  top = join_paths (self->database, 0);
  g_assert_cmpstr (top, ==, "0:Porto 0:Porto/x 0:Straßenbahn 0:Straßenbahn/Straße ");
  store_fixture_assert_sound (self);
}

static void
test_move_refused (StoreFixture *self, gconstpointer data)
{
  gint64 a = create (self, 1, "a"), below = create (self, 1, "a/b"), c = create (self, 1, "c"), local = create (self, 0, "a");
  gint64 inbox = store_fixture_inbox (self);

  create (self, 1, "c/a");
  g_assert_true (store_folders_prepare_account (self->database, 0, NULL));
  assert_not_moved (self, a, a, BASE_ERROR_INVALID);
  assert_not_moved (self, a, below, BASE_ERROR_INVALID);
  assert_not_moved (self, a, local, BASE_ERROR_INVALID);
  assert_not_moved (self, a, c, BASE_ERROR_EXISTS);
  assert_not_moved (self, inbox, c, BASE_ERROR_INVALID);
  assert_not_moved (self, a, 4711, BASE_ERROR_NOT_FOUND);
  assert_not_moved (self, 4711, a, BASE_ERROR_NOT_FOUND);
  assert_not_moved (self, local, store_folders_find_role (self->database, 0, MAIL_ROLE_OUTBOX, NULL), BASE_ERROR_INVALID);
  g_assert_true (store_folders_move (self->database, a, inbox, NULL));
}

static void
test_move_too_deep (StoreFixture *self, gconstpointer data)
{
  g_autofree char *name = g_strnfill (200, 'x');
  g_autoptr (GString) path = g_string_new (name);
  gint64 deep = create (self, 0, name), top = create (self, 0, "top");

  for (guint i = 1; i < 6; i++)
    {
      g_string_append_printf (path, "/%s", name);
      deep = create (self, 0, path->str);
    }
  g_string_assign (path, "top");
  for (guint i = 0; i < 4; i++)
    {
      g_string_append_printf (path, "/%s", name);
      create (self, 0, path->str);
    }
  g_assert_true (store_folders_move (self->database, store_fixture_count (self, "SELECT id FROM folder WHERE name = 'top'"), deep, NULL) == FALSE);
  g_assert_true (store_folders_check_move (self->database, top, 0, NULL));
}

/* The folder of a server's account: what the server has told counts. */
static void
test_move_below_no_inferiors (StoreFixture *self, gconstpointer data)
{
  StoreImapFolder a = { .account = 2, .wire_name = (char *) "a", .path = (char *) "a", .can_be_opened = TRUE, .can_have_children = TRUE };
  StoreImapFolder b = { .account = 2, .wire_name = (char *) "b", .path = (char *) "b", .can_be_opened = TRUE };
  StoreImapFolder deep = { .account = 2, .wire_name = (char *) "name/c", .path = (char *) "name/c", .can_be_opened = TRUE, .can_have_children = TRUE };
  gint64 id = store_imap_save_folder (self->database, &a, NULL);

  assert_not_moved (self, id, store_imap_save_folder (self->database, &b, NULL), BASE_ERROR_INVALID);
  g_assert_true (store_folders_move (self->database, store_imap_save_folder (self->database, &b, NULL), id, NULL));
  store_imap_save_folder (self->database, &deep, NULL);
  assert_not_moved (self, store_fixture_count (self, "SELECT id FROM folder WHERE path = 'name'"), id, BASE_ERROR_INVALID);
  g_assert_false (store_folders_rename (self->database, store_fixture_count (self, "SELECT id FROM folder WHERE path = 'name'"), "other", NULL));
}

static void
test_delete (StoreFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 top = create (self, 0, "a");
  gint64 child = create (self, 0, "a/b");

  store_fixture_add (self, child, "m");
  g_assert_false (store_folders_delete (self->database, top, FALSE, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (store_folders_delete (self->database, top, TRUE, &error));
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM folder"), ==, 0);
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM source"), ==, 0);
  g_assert_false (store_folders_delete (self->database, store_fixture_inbox (self), TRUE, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_INVALID);
  store_fixture_assert_sound (self);
}

static void
fill_account (StoreFixture *self)
{
  gint64 inbox = store_fixture_inbox (self);
  StorePop3Entry entry = { .uidl = (char *) "u", .state = STORE_POP3_KEPT };
  g_autoptr (GPtrArray) recipients = g_ptr_array_new ();
  StoreOutboxItem item = { .account = 1, .sender = (char *) "me@example.org", .recipients = recipients };
  g_autoptr (MailSummary) summary = store_fixture_make_summary ("out", "out", "me");
  g_autoptr (GBytes) source = g_bytes_new_static ("out", 3);

  entry.message = store_fixture_add (self, inbox, "m");
  g_assert_true (store_pop3_add (self->database, 1, &entry, NULL));
  create (self, 1, "Empty");
  create (self, 1, "Empty/Full");
  store_fixture_add (self, store_fixture_count (self, "SELECT max (id) FROM folder"), "n");
  g_assert_true (store_folders_prepare_account (self->database, 0, NULL));
  g_assert_cmpint (store_outbox_add (self->database, source, summary, &item, 0, NULL), >, 0);
}

static void
assert_outbox_failed (StoreFixture *self)
{
  g_autoptr (GPtrArray) items = store_outbox_list (self->database, 1, NULL);
  const StoreOutboxItem *item = g_ptr_array_index (items, 0);

  g_assert_cmpuint (items->len, ==, 1);
  g_assert_cmpint (item->state, ==, STORE_OUTBOX_FAILED);
  g_assert_nonnull (item->error_message);
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM pop3_uidl"), ==, 0);
  store_fixture_assert_sound (self);
}

static void
test_remove_and_keep (StoreFixture *self, gconstpointer data)
{
  g_autofree char *paths = NULL;

  fill_account (self);
  create (self, 0, "Work - me");
  g_assert_true (store_folders_remove_account (self->database, 1, "Work / me", TRUE, NULL));
  paths = join_paths (self->database, STORE_ALL_ACCOUNTS);
  g_assert_cmpstr (paths, ==, "0:Outbox 0:Work - me 0:Work - me (2) 0:Work - me (2)/Empty 0:Work - me (2)/Empty/Full 0:Work - me (2)/Inbox ");
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM message"), ==, 3);
  assert_outbox_failed (self);
}

static void
test_remove_and_delete (StoreFixture *self, gconstpointer data)
{
  g_autofree char *paths = NULL;

  fill_account (self);
  g_assert_true (store_folders_remove_account (self->database, 1, "Work", FALSE, NULL));
  paths = join_paths (self->database, STORE_ALL_ACCOUNTS);
  g_assert_cmpstr (paths, ==, "0:Outbox ");
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM message"), ==, 1);
  assert_outbox_failed (self);
}

static void
test_remove_local (StoreFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (store_folders_remove_account (self->database, 0, "x", FALSE, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_INVALID);
}

static void
assert_favourites (StoreFixture *self, gint64 first, gint64 second)
{
  g_autoptr (GArray) ids = store_favourites_list (self->database, NULL);

  g_assert_cmpuint (ids->len, ==, (first != 0) + (second != 0));
  if (first)
    g_assert_cmpint (g_array_index (ids, gint64, 0), ==, first);
  if (second)
    g_assert_cmpint (g_array_index (ids, gint64, 1), ==, second);
}

static void
test_favourites_in_order (StoreFixture *self, gconstpointer data)
{
  gint64 zebra = create (self, 0, "Zebra");
  gint64 ant = create (self, 0, "Ant");

  assert_favourites (self, 0, 0);
  g_assert_true (store_favourites_set (self->database, zebra, TRUE, NULL));
  g_assert_true (store_favourites_set (self->database, ant, TRUE, NULL));
  g_assert_true (store_favourites_set (self->database, zebra, TRUE, NULL));
  assert_favourites (self, zebra, ant);
  g_assert_true (store_favourites_set (self->database, zebra, FALSE, NULL));
  assert_favourites (self, ant, 0);
}

static void
test_favourites_are_placed (StoreFixture *self, gconstpointer data)
{
  gint64 ids[3];
  g_autoptr (GArray) listed = NULL;

  ids[0] = store_folders_create (self->database, 0, "One", MAIL_ROLE_NONE, NULL);
  ids[1] = store_folders_create (self->database, 0, "Two", MAIL_ROLE_NONE, NULL);
  ids[2] = store_folders_create (self->database, 0, "Three", MAIL_ROLE_NONE, NULL);
  g_assert_true (store_favourites_set (self->database, ids[0], TRUE, NULL));
  g_assert_true (store_favourites_set (self->database, ids[1], TRUE, NULL));
  g_assert_true (store_favourites_place (self->database, ids[2], 1, NULL)); /* none before */
  g_assert_true (store_favourites_place (self->database, ids[0], 99, NULL));
  g_assert_true (store_favourites_place (self->database, ids[1], 0, NULL));
  listed = store_favourites_list (self->database, NULL);
  g_assert_cmpuint (listed->len, ==, 3);
  g_assert_cmpint (g_array_index (listed, gint64, 0), ==, ids[1]);
  g_assert_cmpint (g_array_index (listed, gint64, 1), ==, ids[2]);
  g_assert_cmpint (g_array_index (listed, gint64, 2), ==, ids[0]);
}

static void
test_deleted_favourite (StoreFixture *self, gconstpointer data)
{
  gint64 id = create (self, 0, "Gone");

  g_assert_true (store_favourites_set (self->database, id, TRUE, NULL));
  g_assert_true (store_folders_delete (self->database, id, TRUE, NULL));
  assert_favourites (self, 0, 0);
}

static void
test_favourite_of_nothing (StoreFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (store_favourites_set (self->database, 4711, TRUE, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  store_fixture_test ("/store/folders/list/is-in-the-order-of-the-tree", test_order);
  store_fixture_test ("/store/folders/account-prepared-twice/has-its-folders-once", test_prepared_twice);
  store_fixture_test ("/store/folders/role-whose-name-is-taken/gets-another-name", test_role_name_taken);
  store_fixture_test ("/store/folders/unspeakable-names/are-refused", test_bad_names);
  store_fixture_test ("/store/folders/taken-name-and-missing-parent/are-told-apart", test_taken_and_parentless);
  store_fixture_test ("/store/folders/rename/takes-children-along-and-nobody-else", test_rename);
  store_fixture_test ("/store/folders/move/takes-children-along-and-comes-back", test_move);
  store_fixture_test ("/store/folders/move/that-cannot-be/says-why", test_move_refused);
  store_fixture_test ("/store/folders/move/too-deep/is-refused", test_move_too_deep);
  store_fixture_test ("/store/folders/move/of-a-server/goes-where-it-allows", test_move_below_no_inferiors);
  store_fixture_test ("/store/folders/delete/asks-before-mail-goes", test_delete);
  store_fixture_test ("/store/folders/account-removed/keeps-mail-on-this-computer", test_remove_and_keep);
  store_fixture_test ("/store/folders/account-removed-with-mail/leaves-only-the-outbox", test_remove_and_delete);
  store_fixture_test ("/store/folders/this-computer/cannot-be-removed", test_remove_local);
  store_fixture_test ("/store/favourites/are-listed-as-they-were-added", test_favourites_in_order);
  store_fixture_test ("/store/favourites/stand-where-they-are-put", test_favourites_are_placed);
  store_fixture_test ("/store/favourites/deleted-folder/is-none-any-more", test_deleted_favourite);
  store_fixture_test ("/store/favourites/unknown-folder/is-refused", test_favourite_of_nothing);
  return g_test_run ();
}
