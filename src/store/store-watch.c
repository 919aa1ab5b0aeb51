/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Watches for commits of other processes.
 *
 * Every commit that changes what people see counts up the row of "generation". A handle claims its number before it
 * commits, with SQLite's write lock held; so when the write-ahead log has changed, the numbers that nobody here claimed are others'. */
#include "store-watch.h"

#include "store-private.h"

#define LOOK_DELAY_MS 500
#define POLL_MS 2000 /* only where the log cannot be watched */

struct _StoreWatch
{
  GMainContext *context;
  StoreChanges *changes;
  StoreDatabase *reader;   /* borrowed */
  GFileMonitor *monitor;   /* NULL where there is none for that place */
  GSource *look;           /* that is due, or comes again and again; NULL */
  gint64 known;            /* generation up to which all is told */
};

static gboolean
read_generation (StoreDatabase *reader, gint64 *generation)
{
  sqlite3_stmt *statement = store_database_prepare (reader, "SELECT value FROM generation", NULL);

  return store_database_query_int (reader, statement, 0, generation, NULL);
}

static void
look_for_others (StoreWatch *self)
{
  gint64 generation;
  gint64 known = self->known;

  if (!read_generation (self->reader, &generation) || generation == known)
    return;
  self->known = generation;
  if (!store_changes_take_claims (self->changes, known, generation))
    store_changes_push (self->changes, NULL, 0, STORE_CHANGED_EVERYTHING);
}

static gboolean
on_look_due (gpointer data)
{
  StoreWatch *self = data;

  g_clear_pointer (&self->look, g_source_unref);
  look_for_others (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_poll (gpointer data)
{
  look_for_others (data);
  return G_SOURCE_CONTINUE;
}

static void
look_after (StoreWatch *self, guint milliseconds, GSourceFunc callback)
{
  self->look = g_timeout_source_new (milliseconds);
  g_source_set_priority (self->look, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->look, callback, self, NULL);
  g_source_attach (self->look, self->context);
}

static void
on_log_changed (StoreWatch *self)
{
  if (!self->look)
    look_after (self, LOOK_DELAY_MS, on_look_due);
}

StoreWatch *
store_watch_new (StoreChanges *changes, const char *path, StoreDatabase *reader)
{
  StoreWatch *self = g_new0 (StoreWatch, 1);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (log);

  self->context = g_main_context_ref_thread_default ();
  self->changes = g_object_ref (changes);
  self->reader = reader;
  if (!read_generation (reader, &self->known))
    self->known = 0;
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->monitor)
    {
      g_file_monitor_set_rate_limit (self->monitor, LOOK_DELAY_MS);
      g_signal_connect_swapped (self->monitor, "changed", G_CALLBACK (on_log_changed), self);
    }
  else
    look_after (self, POLL_MS, on_poll);
  return self;
}

void
store_watch_free (StoreWatch *self)
{
  if (self->monitor)
    {
      g_signal_handlers_disconnect_by_data (self->monitor, self);
      g_file_monitor_cancel (self->monitor);
    }
  g_clear_object (&self->monitor);
  if (self->look)
    g_source_destroy (self->look);
  g_clear_pointer (&self->look, g_source_unref);
  g_object_unref (self->changes);
  g_main_context_unref (self->context);
  g_free (self);
}
