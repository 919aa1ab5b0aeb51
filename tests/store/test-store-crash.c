/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A process that writes is killed at random moments: the store is whole, and what it said was committed is there. */
#include "store-fixture.h"
#include "store-pending.h"
#include "store-pop3.h"
#include "store-private.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROUNDS 12
#define BATCH 5
#define MAX_DELAY_US 60000

/* In the child: batches with their UIDLs, some deleted again; tells each commit by one byte. */
static int
write_until_killed (const char *path, int first)
{
  StoreFixture self = { .path = (char *) path };
  gint64 inbox;

  store_fixture_open (&self);
  inbox = store_fixture_inbox (&self);
  for (int n = first;; n++)
    {
      gint64 ids[BATCH];

      store_database_begin (self.database, NULL);
      for (int i = 0; i < BATCH; i++)
        {
          g_autofree char *uidl = g_strdup_printf ("u%d-%d", n, i);
          g_autofree char *text = g_strnfill (1000 + i * 9000, 'a' + (n + i) % 26);
          g_autofree char *whole = g_strconcat (uidl, text, NULL);
          g_autoptr (GBytes) source = g_bytes_new (whole, strlen (whole));
          g_autoptr (MailSummary) summary = store_fixture_make_summary (uidl, uidl, "f");
          StorePop3Entry entry = { .uidl = uidl };

          entry.message = ids[i] = store_messages_add (self.database, inbox, source, summary, NULL);
          store_pop3_add (self.database, 1, &entry, NULL);
        }
      if (!store_database_commit (self.database, NULL) || write (STDOUT_FILENO, "c", 1) != 1)
        return 1;
      store_pending_mark (self.database, ids, 2, MAIL_FLAG_SEEN, 0, NULL);
      store_pending_delete (self.database, ids, 1, FALSE, NULL);
      store_pending_delete (self.database, ids + 1, 1, TRUE, NULL);
    }
}

/* Returns how many commits the child told of before it was killed. */
static int
run_and_kill (const char *path, int first, gulong delay)
{
  g_autofree char *number = g_strdup_printf ("%d", first);
  const char *arguments[] = { "/proc/self/exe", "--write", path, number, NULL };
  g_autoptr (GError) error = NULL;
  char buffer[4096];
  int n_told = 0, out;
  ssize_t got;
  GPid child;

  g_assert_true (g_spawn_async_with_pipes (NULL, (char **) arguments, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &child, NULL, &out, NULL, &error));
  g_assert_no_error (error);
  got = read (out, buffer, 1); /* the first commit, so that the moments fall into the work */
  g_assert_cmpint (got, ==, 1);
  n_told = 1;
  g_usleep (delay);
  kill (child, SIGKILL);
  waitpid (child, NULL, 0);
  while ((got = read (out, buffer, sizeof buffer)) > 0)
    n_told += got;
  close (out);
  return n_told;
}

static void
test_killed (void)
{
  g_autofree char *folder = g_dir_make_tmp ("posthorn-store-XXXXXX", NULL);
  StoreFixture self = { .folder = folder, .path = g_build_filename (folder, "mail.sqlite", NULL) };
  int n_batches = 0;

  for (int round = 0; round < ROUNDS; round++)
    {
      gulong delay = g_test_rand_int_range (0, MAX_DELAY_US);
      int n_told = run_and_kill (self.path, n_batches, delay);
      gint64 n_uidls;

      g_test_message ("round %d: killed after %lu us and %d commits", round, delay, n_told);
      store_fixture_open (&self);
      store_fixture_assert_sound (&self);
      n_uidls = store_fixture_count (&self, "SELECT count (*) FROM pop3_uidl");
      g_assert_cmpint (n_uidls % BATCH, ==, 0);
      g_assert_cmpint (n_uidls / BATCH, >=, n_batches + n_told);
      g_assert_cmpint (n_uidls / BATCH, <=, n_batches + n_told + 1);
      n_batches = n_uidls / BATCH;
      store_fixture_close (&self);
    }
  store_fixture_remove (folder);
  g_free (self.path);
}

int
main (int argc, char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], "--write"))
    return write_until_killed (argv[2], atoi (argv[3]));
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/crash/killed-at-random-moments/is-whole-and-has-all-that-was-told", test_killed);
  return g_test_run ();
}
