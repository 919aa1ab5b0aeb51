/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes are told once, merged, in the main thread; those of another process are noticed, our own are not mistaken for them. */
#include "store-fixture.h"
#include "store-private.h"

#include <sys/wait.h>
#include <unistd.h>

typedef struct
{
  StoreFixture base;
  GString *told;      /* as "added 1:3,4 folders " */
  guint n_emissions;
  GThread *thread;
} Fixture;

static const char *
name_kind (StoreChangeKind kind)
{
  switch (kind)
    {
    case STORE_CHANGED_FOLDERS:
      return "folders";
    case STORE_CHANGED_ADDED:
      return "added";
    case STORE_CHANGED_REMOVED:
      return "removed";
    case STORE_CHANGED_MESSAGES:
      return "messages";
    case STORE_CHANGED_OUTBOX:
      return "outbox";
    case STORE_CHANGED_EVERYTHING:
      return "everything";
    default:
      g_assert_not_reached ();
    }
}

static void
on_changed (StoreChanges *changes, GPtrArray *list, gpointer data)
{
  Fixture *self = data;

  g_assert_true (self->thread == g_thread_self ());
  self->n_emissions++;
  for (guint i = 0; i < list->len; i++)
    {
      const StoreChange *change = g_ptr_array_index (list, i);

      g_string_append_printf (self->told, "%s ", name_kind (change->kind));
      for (guint k = 0; k < change->ids->len; k++)
        g_string_append_printf (self->told, "%d%s", (int) g_array_index (change->ids, gint64, k), k + 1 < change->ids->len ? "," : " ");
    }
}

static gboolean
on_time (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
run_for (guint milliseconds)
{
  gboolean is_over = FALSE;

  g_timeout_add (milliseconds, on_time, &is_over);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  store_fixture_set_up (&self->base, NULL);
  store_fixture_inbox (&self->base);
  run_for (1);
  self->told = g_string_new (NULL);
  self->thread = g_thread_self ();
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_signal_connect (store_get_changes (self->base.store), "changed", G_CALLBACK (on_changed), self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  store_fixture_tear_down (&self->base, NULL);
  g_string_free (self->told, TRUE);
}

static void
test_merged (Fixture *self, gconstpointer data)
{
  gint64 inbox = store_fixture_inbox (&self->base);
  gint64 ids[] = { store_fixture_add (&self->base, inbox, "a"), store_fixture_add (&self->base, inbox, "b") };

  store_messages_set_flags (self->base.database, ids, 2, MAIL_FLAG_SEEN, 0, NULL);
  run_for (150);
  g_assert_cmpuint (self->n_emissions, ==, 1);
  g_assert_cmpstr (self->told->str, ==, "added 1,2 messages 1,2 folders ");
}

static void
test_nothing_changed (Fixture *self, gconstpointer data)
{
  gint64 id = store_fixture_add (&self->base, store_fixture_inbox (&self->base), "a");

  run_for (150);
  g_string_truncate (self->told, 0);
  store_messages_set_flags (self->base.database, &id, 1, 0, MAIL_FLAG_SEEN, NULL);
  run_for (150);
  g_assert_cmpstr (self->told->str, ==, "");
}

static void
test_rolled_back (Fixture *self, gconstpointer data)
{
  gint64 inbox = store_fixture_inbox (&self->base);

  store_database_begin (self->base.database, NULL);
  store_fixture_add (&self->base, inbox, "a");
  store_database_begin (self->base.database, NULL);
  store_fixture_add (&self->base, inbox, "b");
  store_database_rollback (self->base.database);
  store_database_commit (self->base.database, NULL);
  store_database_begin (self->base.database, NULL);
  store_fixture_add (&self->base, inbox, "c");
  store_database_rollback (self->base.database);
  run_for (150);
  g_assert_cmpstr (self->told->str, ==, "added 1 folders ");
}

static void
test_move (Fixture *self, gconstpointer data)
{
  gint64 inbox = store_fixture_inbox (&self->base);
  gint64 trash = store_folders_find_role (self->base.database, 1, MAIL_ROLE_TRASH, NULL);
  gint64 ids[] = { store_fixture_add (&self->base, inbox, "a"), store_fixture_add (&self->base, inbox, "b") };

  run_for (150);
  g_string_truncate (self->told, 0);
  store_messages_move (self->base.database, ids, 2, trash, NULL);
  run_for (150);
  g_assert_cmpstr (self->told->str, ==, "removed 1,2 added 1,2 folders ");
}

static void
test_there_and_back (Fixture *self, gconstpointer data)
{
  gint64 inbox = store_fixture_inbox (&self->base);
  gint64 trash = store_folders_find_role (self->base.database, 1, MAIL_ROLE_TRASH, NULL);
  gint64 ids[] = { store_fixture_add (&self->base, inbox, "a"), store_fixture_add (&self->base, inbox, "b") };

  run_for (150);
  g_string_truncate (self->told, 0);
  store_messages_move (self->base.database, ids, 2, trash, NULL);
  store_messages_move (self->base.database, ids, 1, inbox, NULL);
  store_messages_move (self->base.database, ids, 1, trash, NULL);
  run_for (150);
  g_assert_cmpstr (self->told->str, ==, "removed 1,2 added 1,2 removed 1 added 1 removed 1 added 1 folders ");
}

static void
test_at_most_ten_a_second (Fixture *self, gconstpointer data)
{
  gint64 inbox = store_fixture_inbox (&self->base);
  gint64 start = g_get_monotonic_time ();

  for (int i = 0; i < 50; i++)
    {
      g_autofree char *id = g_strdup_printf ("m%d", i);

      store_fixture_add (&self->base, inbox, id);
      run_for (8);
    }
  run_for (150);
  g_assert_cmpuint (self->n_emissions, >=, 2);
  g_assert_cmpuint (self->n_emissions, <=, 2 + (g_get_monotonic_time () - start) / 100000);
}

static gpointer
add_in_thread (gpointer data)
{
  Fixture *self = data;
  StoreFixture mine = { .store = self->base.store, .database = store_open (self->base.store, NULL) };
  g_autoptr (GError) error = NULL;
  gint64 inbox = store_folders_find_role (mine.database, 1, MAIL_ROLE_INBOX, &error);

  for (int i = 0; i < 20; i++)
    store_fixture_add (&mine, inbox, "threaded");
  store_database_free (mine.database);
  return NULL;
}

/* Own commits from every handle, long enough for the watch to look several times. */
static void
test_own_commits (Fixture *self, gconstpointer data)
{
  gint64 inbox = store_fixture_inbox (&self->base);
  GThread *thread = g_thread_new ("adder", add_in_thread, self);

  for (int i = 0; i < 30; i++)
    {
      store_fixture_add (&self->base, inbox, "own");
      run_for (50);
    }
  g_thread_join (thread);
  run_for (700);
  g_assert_null (strstr (self->told->str, "everything"));
  g_assert_cmpint (store_fixture_count (&self->base, "SELECT count (*) FROM message"), ==, 50);
}

/* Runs this program again as another process: a child of fork must not use the parent's handles. */
static void
run_other_process (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  const char *arguments[] = { "/proc/self/exe", "--add-one", self->base.path, NULL };
  int status;

  g_assert_true (g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error));
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static void
test_other_process (Fixture *self, gconstpointer data)
{
  run_other_process (self);
  for (int i = 0; i < 40 && self->told->len == 0; i++)
    run_for (50);
  g_assert_cmpstr (self->told->str, ==, "everything ");
  run_for (700);
  g_assert_cmpstr (self->told->str, ==, "everything ");
}

static void
test_other_process_between_ours (Fixture *self, gconstpointer data)
{
  gint64 inbox = store_fixture_inbox (&self->base);

  store_fixture_add (&self->base, inbox, "before");
  run_other_process (self);
  store_fixture_add (&self->base, inbox, "after");
  run_for (1500);
  g_assert_nonnull (strstr (self->told->str, "everything"));
  g_string_truncate (self->told, 0);
  store_fixture_add (&self->base, inbox, "later");
  run_for (1500);
  g_assert_null (strstr (self->told->str, "everything"));
}

/* Nobody runs the main loop: what waits must not grow without end. */
static void
test_flood (Fixture *self, gconstpointer data)
{
  StoreChanges *changes = store_get_changes (self->base.store);

  for (gint64 id = 1; id <= 300000; id++)
    {
      StoreNote note = { STORE_CHANGED_ADDED, 1 + id % 2, id };

      store_changes_push (changes, &note, 1, 0);
    }
  store_fixture_add (&self->base, store_fixture_inbox (&self->base), "last");
  run_for (150);
  g_assert_cmpuint (self->n_emissions, ==, 1);
  g_assert_cmpstr (self->told->str, ==, "everything ");
}

static int
add_one (const char *path)
{
  StoreFixture fixture = { .path = (char *) path };

  store_fixture_open (&fixture);
  store_fixture_add (&fixture, store_fixture_inbox (&fixture), "from outside");
  store_fixture_close (&fixture);
  return 0;
}

#define TEST(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "--add-one"))
    return add_one (argv[2]);
  g_test_init (&argc, &argv, NULL);
  TEST ("/store/changes/commits-in-a-row/are-told-once-and-merged", test_merged);
  TEST ("/store/changes/write-that-changes-nothing/is-not-told", test_nothing_changed);
  TEST ("/store/changes/rolled-back/is-not-told", test_rolled_back);
  TEST ("/store/changes/move/is-removed-and-added", test_move);
  TEST ("/store/changes/moved-there-and-back/is-told-in-order", test_there_and_back);
  TEST ("/store/changes/many-commits/are-told-ten-times-a-second", test_at_most_ten_a_second);
  TEST ("/store/changes/own-commits-from-all-threads/are-not-taken-for-others", test_own_commits);
  TEST ("/store/changes/other-process/is-noticed-once-within-two-seconds", test_other_process);
  TEST ("/store/changes/other-process-between-own-commits/is-noticed", test_other_process_between_ours);
  TEST ("/store/changes/flood/becomes-everything", test_flood);
  return g_test_run ();
}
