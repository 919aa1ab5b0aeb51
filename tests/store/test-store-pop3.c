/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is remembered of a POP3 server's mailbox, and how deletions here get into it. */
#include "store-fixture.h"
#include "store-pop3.h"
#include "store-private.h"

#include "base-error.h"

#include <string.h>

static gint64
add (StoreFixture *self, const char *uidl, StorePop3State state)
{
  g_autoptr (GError) error = NULL;
  StorePop3Entry entry = { .uidl = (char *) uidl, .first_seen = 77, .size = 1234, .state = state };

  memset (entry.digest, 0xab, sizeof entry.digest);
  entry.message = store_fixture_add (self, store_fixture_inbox (self), uidl);
  g_assert_true (store_pop3_add (self->database, 1, &entry, &error));
  g_assert_no_error (error);
  return entry.message;
}

static void
test_entry_comes_back (StoreFixture *self, gconstpointer data)
{
  gint64 message = add (self, "\"strange \xff uidl~", STORE_POP3_KEPT);
  g_autoptr (GHashTable) entries = store_pop3_load (self->database, 1, NULL);
  g_autoptr (GHashTable) others = store_pop3_load (self->database, 2, NULL);
  const StorePop3Entry *entry = g_hash_table_lookup (entries, "\"strange \xff uidl~");

  g_assert_cmpuint (g_hash_table_size (entries), ==, 1);
  g_assert_cmpuint (g_hash_table_size (others), ==, 0);
  g_assert_nonnull (entry);
  g_assert_cmpint (entry->message, ==, message);
  g_assert_cmpint (entry->first_seen, ==, 77);
  g_assert_cmpint (entry->size, ==, 1234);
  g_assert_cmpint (entry->state, ==, STORE_POP3_KEPT);
  g_assert_cmpint (entry->digest[31], ==, 0xab);
}

static void
test_repeated_uidl (StoreFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  StorePop3Entry entry = { .uidl = (char *) "u" };

  add (self, "u", STORE_POP3_KEPT);
  g_assert_false (store_pop3_add (self->database, 1, &entry, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_STORE);
  g_assert_true (store_pop3_add (self->database, 2, &entry, NULL));
}

static StorePop3State
get_state (StoreFixture *self, const char *uidl, gint64 *message)
{
  g_autoptr (GHashTable) entries = store_pop3_load (self->database, 1, NULL);
  const StorePop3Entry *entry = g_hash_table_lookup (entries, uidl);

  *message = entry->message;
  return entry->state;
}

static void
test_deleted_for_good (StoreFixture *self, gconstpointer data)
{
  gint64 id = add (self, "u", STORE_POP3_KEPT);
  gint64 trash = store_folders_find_role (self->database, 1, MAIL_ROLE_TRASH, NULL);
  gint64 message;

  g_assert_true (store_messages_move (self->database, &id, 1, trash, NULL));
  g_assert_cmpint (get_state (self, "u", &message), ==, STORE_POP3_KEPT);
  g_assert_cmpint (message, ==, id);
  g_assert_true (store_messages_delete (self->database, &id, 1, NULL));
  g_assert_cmpint (get_state (self, "u", &message), ==, STORE_POP3_DELETED_HERE);
  g_assert_cmpint (message, ==, 0);
  store_fixture_assert_sound (self);
}

static void
test_rename_and_forget (StoreFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 id = add (self, "old", STORE_POP3_KEPT);
  gint64 message;

  g_assert_true (store_pop3_rename (self->database, 1, "old", "new", NULL));
  g_assert_cmpint (get_state (self, "new", &message), ==, STORE_POP3_KEPT);
  g_assert_cmpint (message, ==, id);
  g_assert_false (store_pop3_rename (self->database, 1, "old", "newer", &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND);
  g_assert_true (store_pop3_forget (self->database, 1, "new", NULL));
  g_assert_true (store_pop3_forget (self->database, 1, "new", NULL));
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM pop3_uidl"), ==, 0);
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM message"), ==, 1);
}

static void
test_want_body (StoreFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 headers = add (self, "h", STORE_POP3_HEADERS);
  gint64 whole = add (self, "w", STORE_POP3_KEPT);
  gint64 message;

  g_assert_true (store_pop3_want_body (self->database, headers, NULL));
  g_assert_true (store_pop3_want_body (self->database, headers, NULL));
  g_assert_cmpint (get_state (self, "h", &message), ==, STORE_POP3_BODY_WANTED);
  g_assert_true (store_pop3_set_state (self->database, 1, "h", STORE_POP3_KEPT, NULL));
  g_assert_false (store_pop3_want_body (self->database, whole, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND);
  g_assert_cmpint (get_state (self, "w", &message), ==, STORE_POP3_KEPT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  store_fixture_test ("/store/pop3/entry/comes-back", test_entry_comes_back);
  store_fixture_test ("/store/pop3/repeated-uidl/is-refused-in-its-account-only", test_repeated_uidl);
  store_fixture_test ("/store/pop3/message-deleted-for-good/is-remembered-as-deleted-here", test_deleted_for_good);
  store_fixture_test ("/store/pop3/rename-and-forget/keep-the-message", test_rename_and_forget);
  store_fixture_test ("/store/pop3/wanted-body/only-where-headers-are", test_want_body);
  return g_test_run ();
}
