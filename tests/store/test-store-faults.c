/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Full disks, I/O errors, crashes and power cuts at every write of a day's work: what was committed is there, nothing is half there. */
#include "store-fixture.h"
#include "store-outbox.h"
#include "store-pending.h"
#include "store-pop3.h"
#include "store-private.h"
#include "test-vfs.h"

#include "base-error.h"

/* How far the work got, as its callers were told. */
typedef struct
{
  guint n_received;   /* committed batches */
  gboolean was_moved;
  gboolean was_deleted;
  guint n_failures;
  gboolean was_other_error;
} Told;

#define BATCHES 2
#define BATCH 2

static void
judge (Told *told, GError *error)
{
  told->n_failures++;
  if (!g_error_matches (error, BASE_ERROR, BASE_ERROR_DISK_FULL) && !g_error_matches (error, BASE_ERROR, BASE_ERROR_STORE))
    {
      g_test_message ("%s", error->message);
      told->was_other_error = TRUE;
    }
  g_error_free (error);
}

static gboolean
receive_one (StoreDatabase *database, gint64 inbox, guint number, GError **error)
{
  g_autofree char *uidl = g_strdup_printf ("uid-%u", number);
  g_autofree char *text = g_strnfill (3000 + number * 4000, 'a' + number);
  g_autoptr (GBytes) source = g_bytes_new (text, 3000 + number * 4000);
  g_autoptr (MailSummary) summary = store_fixture_make_summary (uidl, uidl, "Ana");
  StorePop3Entry entry = { .uidl = uidl, .first_seen = 1, .size = 5000, .state = STORE_POP3_KEPT };

  entry.message = store_messages_add (database, inbox, source, summary, error);
  return entry.message > 0 && store_pop3_add (database, 1, &entry, error);
}

static gboolean
receive_batch (StoreDatabase *database, gint64 inbox, guint batch, GError **error)
{
  if (!store_database_begin (database, error))
    return FALSE;
  for (guint i = 0; i < BATCH; i++)
    if (!receive_one (database, inbox, batch * BATCH + i, error))
      {
        store_database_rollback (database);
        return FALSE;
      }
  return store_database_commit (database, error);
}

/* Like a pass that stops at its first error. */
static Told
work (StoreDatabase *database, gint64 inbox)
{
  Told told = { 0 };
  GError *error = NULL;
  gint64 ids[] = { 1, 2 };

  for (guint batch = 0; batch < BATCHES; batch++)
    {
      if (!receive_batch (database, inbox, batch, &error))
        {
          judge (&told, error);
          return told;
        }
      told.n_received++;
    }
  if (store_pending_delete (database, ids, 2, FALSE, &error))
    told.was_moved = TRUE;
  else
    {
      judge (&told, g_steal_pointer (&error));
      return told;
    }
  if (store_pending_delete (database, ids, 1, TRUE, &error))
    told.was_deleted = TRUE;
  else
    judge (&told, g_steal_pointer (&error));
  return told;
}

/* @is_exact: what failed must not be there; a crash in the middle of a commit may leave either */
static void
assert_as_told (StoreFixture *self, const Told *told, gboolean is_exact)
{
  gint64 n_messages = store_fixture_count (self, "SELECT count (*) FROM message");
  gint64 n_uidls = store_fixture_count (self, "SELECT count (*) FROM pop3_uidl");
  gint64 n_moved = store_fixture_count (self, "SELECT count (*) FROM message m JOIN folder f ON f.id = m.folder WHERE f.role = 5");
  gint64 n_gone = store_fixture_count (self, "SELECT count (*) FROM pop3_uidl WHERE state = 3");
  guint slack = is_exact ? 0 : 1;

  store_fixture_assert_sound (self);
  g_assert_cmpint (n_uidls % BATCH, ==, 0);
  g_assert_cmpint (n_uidls / BATCH, >=, told->n_received);
  g_assert_cmpint (n_uidls / BATCH, <=, told->n_received + slack);
  g_assert_cmpint (n_messages, ==, n_uidls - n_gone);
  g_assert_cmpint (n_gone, >=, told->was_deleted);
  g_assert_cmpint (n_gone, <=, told->was_deleted + slack);
  g_assert_cmpint (n_moved + n_gone, >=, told->was_moved ? 2 : 0);
  g_assert_true (n_moved + n_gone == 0 || n_moved + n_gone == 2);
}

/* A store with the folders of account 1, closed: what every round begins with */
static GBytes *
make_template (void)
{
  StoreFixture self = { 0 };
  char *contents;
  gsize length;

  test_vfs_disarm ();
  store_fixture_set_up (&self, NULL);
  store_fixture_inbox (&self);
  store_fixture_close (&self);
  g_assert_true (g_file_get_contents (self.path, &contents, &length, NULL));
  store_fixture_tear_down (&self, NULL);
  return g_bytes_new_take (contents, length);
}

/* The work with the fault at its @n-th write; returns whether it had so many. */
static gboolean
run_with_fault (GBytes *template, guint n, TestVfsFault fault)
{
  StoreFixture self = { .folder = g_dir_make_tmp ("posthorn-store-XXXXXX", NULL) };
  gboolean has_struck;
  gint64 inbox;
  Told told;

  self.path = g_build_filename (self.folder, "mail.sqlite", NULL);
  g_assert_true (g_file_set_contents (self.path, g_bytes_get_data (template, NULL), g_bytes_get_size (template), NULL));
  test_vfs_disarm ();
  store_fixture_open (&self);
  inbox = store_fixture_inbox (&self);
  test_vfs_arm (n, fault);
  told = work (self.database, inbox);
  has_struck = test_vfs_has_struck ();
  g_assert_false (told.was_other_error);
  if (fault == TEST_VFS_FULL)
    {
      /* The same handles go on when there is room again. */
      test_vfs_disarm ();
      assert_as_told (&self, &told, TRUE);
      if (told.n_received < BATCHES)
        g_assert_true (receive_batch (self.database, inbox, told.n_received, NULL));
    }
  store_fixture_close (&self);
  test_vfs_disarm ();
  store_fixture_open (&self);
  if (fault != TEST_VFS_FULL)
    assert_as_told (&self, &told, FALSE);
  store_fixture_tear_down (&self, NULL);
  return has_struck;
}

/* At every write with "-m slow", else at every sixth, from another one each time. */
static void
run_with_fault_everywhere (TestVfsFault fault)
{
  g_autoptr (GBytes) template = make_template ();
  guint step = g_test_slow () ? 1 : 6;
  guint n = g_test_rand_int_range (1, step + 1);

  while (run_with_fault (template, n, fault))
    n += step;
  g_test_message ("about %u writes, syncs and truncations", n);
  g_assert_cmpuint (n, >, 20);
}

static void
test_full (void)
{
  run_with_fault_everywhere (TEST_VFS_FULL);
}

static void
test_io_error (void)
{
  run_with_fault_everywhere (TEST_VFS_IO_ERROR);
}

static void
test_crash (void)
{
  run_with_fault_everywhere (TEST_VFS_CRASH);
}

static void
test_power_cut (void)
{
  run_with_fault_everywhere (TEST_VFS_POWER_CUT);
}

/* A full disk while the file is made: a clear error, and the next try makes it. */
static void
test_full_at_first_start (void)
{
  gboolean has_struck = TRUE;

  for (guint n = 1; has_struck; n++)
    {
      g_autofree char *folder = g_dir_make_tmp ("posthorn-store-XXXXXX", NULL);
      g_autofree char *path = g_build_filename (folder, "mail.sqlite", NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (Store) store = NULL;
      g_autoptr (Store) again = NULL;

      test_vfs_arm (n, TEST_VFS_FULL);
      store = store_new (path, &error);
      has_struck = test_vfs_has_struck ();
      if (!store)
        g_assert_error (error, BASE_ERROR, BASE_ERROR_DISK_FULL);
      g_assert_true (store || has_struck);
      g_clear_object (&store);
      test_vfs_disarm ();
      g_clear_error (&error);
      again = store_new (path, &error);
      g_assert_no_error (error);
      g_clear_object (&again);
      store_fixture_remove (folder);
    }
}

/* A caller who overlooks a failure inside its transaction must not have the rest committed piece by piece. */
static void
test_overlooked_failure (void)
{
  StoreFixture self = { 0 };
  gint64 inbox;

  test_vfs_disarm ();
  store_fixture_set_up (&self, NULL);
  inbox = store_fixture_inbox (&self);
  g_assert_true (store_database_begin (self.database, NULL));
  g_assert_true (receive_one (self.database, inbox, 1, NULL));
  g_assert_cmpint (sqlite3_exec (store_database_get_handle (self.database), "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_false (receive_one (self.database, inbox, 2, NULL));
  g_assert_false (store_database_commit (self.database, NULL));
  g_assert_cmpint (store_fixture_count (&self, "SELECT count (*) FROM message"), ==, 0);
  g_assert_true (receive_batch (self.database, inbox, 0, NULL));
  store_fixture_assert_sound (&self);
  store_fixture_tear_down (&self, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  test_vfs_install ();
  g_test_add_func ("/store/faults/disk-full-at-any-write/leaves-what-was-told-and-goes-on-later", test_full);
  g_test_add_func ("/store/faults/io-error-at-any-write/leaves-what-was-told", test_io_error);
  g_test_add_func ("/store/faults/crash-at-any-write/leaves-what-was-told", test_crash);
  g_test_add_func ("/store/faults/power-cut-at-any-write/loses-nothing-committed", test_power_cut);
  g_test_add_func ("/store/faults/disk-full-at-first-start/can-be-started-again", test_full_at_first_start);
  g_test_add_func ("/store/faults/failure-overlooked-in-a-transaction/commits-nothing", test_overlooked_failure);
  return g_test_run ();
}
