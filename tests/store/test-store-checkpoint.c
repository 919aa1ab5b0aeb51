/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The write-ahead log: taken in beside those who write, bounded however fast they are. */
#include "store-fixture.h"
#include "store-private.h"

#include <glib/gstdio.h>

#define MEGABYTE (1024 * 1024)
#define MOST_MEGABYTES 110 /* of log: forty, and what is written while the other thread is still at it */

static gint64
measure (StoreFixture *self, const char *ending)
{
  g_autofree char *path = g_strconcat (self->path, ending, NULL);
  GStatBuf status;

  return g_stat (path, &status) == 0 ? status.st_size : 0;
}

/* One transaction */
static void
add_megabytes (StoreFixture *self, int n, const char *name)
{
  g_autoptr (GError) error = NULL;

  store_database_begin (self->database, &error);
  g_assert_no_error (error);
  for (int i = 0; i < n; i++)
    {
      g_autofree char *text = g_strnfill (MEGABYTE, 'a' + i % 26);
      g_autofree char *id = g_strdup_printf ("%s-%d", name, i);
      g_autoptr (MailSummary) summary = store_fixture_make_summary (id, id, "Ann <ann@example.org>");
      g_autoptr (GBytes) source = NULL;

      memcpy (text, id, strlen (id)); /* each source once */
      source = g_bytes_new_take (g_steal_pointer (&text), MEGABYTE);
      store_messages_add (self->database, store_fixture_inbox (self), source, summary, &error);
      g_assert_no_error (error);
    }
  store_database_commit (self->database, &error);
  g_assert_no_error (error);
}

/* The writer itself takes nothing in before 40 MB: what grows the database behind a smaller log was the other thread. */
static void
test_beside (StoreFixture *self, gconstpointer data)
{
  gint64 before = measure (self, "");
  gint64 deadline = g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND;

  add_megabytes (self, 16, "beside");
  g_assert_cmpint (measure (self, "-wal"), >, 16 * MEGABYTE);
  while (measure (self, "") < before + 16 * MEGABYTE && g_get_monotonic_time () < deadline)
    g_usleep (1000);
  g_assert_cmpint (measure (self, ""), >=, before + 16 * MEGABYTE);
  store_fixture_assert_sound (self);
}

static void
test_bounded (StoreFixture *self, gconstpointer data)
{
  for (int i = 0; i < 25; i++)
    {
      g_autofree char *name = g_strdup_printf ("bounded-%d", i);

      add_megabytes (self, 6, name);
      g_assert_cmpint (measure (self, "-wal"), <, MOST_MEGABYTES * MEGABYTE);
    }
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM message"), ==, 150);
  store_fixture_close (self);
  g_assert_cmpint (measure (self, "-wal"), ==, 0);
  store_fixture_open (self);
  store_fixture_assert_sound (self);
}

/* A handle that outlives the thread goes on by itself. */
static void
test_stopped (StoreFixture *self, gconstpointer data)
{
  gint64 before = measure (self, "");

  store_close (self->store);
  add_megabytes (self, 16, "stopped");
  g_assert_cmpint (measure (self, ""), >=, before + 16 * MEGABYTE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/checkpoint/the log is taken in beside the writer", StoreFixture, NULL, store_fixture_set_up, test_beside, store_fixture_tear_down);
  g_test_add ("/store/checkpoint/the log has an end under a steady stream", StoreFixture, NULL, store_fixture_set_up, test_bounded, store_fixture_tear_down);
  g_test_add ("/store/checkpoint/a handle takes in its own log once the thread has ended", StoreFixture, NULL, store_fixture_set_up, test_stopped, store_fixture_tear_down);
  return g_test_run ();
}
