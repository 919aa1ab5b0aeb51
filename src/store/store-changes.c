/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes what threads committed and tells it in the main thread, merged and thinned out; watches for commits of other processes.
 *
 * Every commit that changes what people see counts up the row of "generation". A handle claims its number before it
 * commits, with SQLite's write lock held; so when the write-ahead log has changed, the numbers that nobody here claimed are others'. */
#include "store-private.h"

#include <gio/gio.h>

#define EMIT_INTERVAL_US (G_USEC_PER_SEC / 10)
#define LOOK_DELAY_MS 500
#define POLL_SECONDS 2         /* only where the log cannot be watched */
#define MAX_WAITING_IDS 100000 /* more than that is EVERYTHING: nobody is listening or nobody can keep up */

typedef struct
{
  gint64 first, last;
} Range;

struct _StoreChanges
{
  GObject parent_instance;

  /* the thread that made it */
  GMainContext *context;
  StoreDatabase *reader;   /* borrowed; NULL while not watching */
  GFileMonitor *monitor;
  GSource *look;           /* a look that is due */
  GSource *poll;
  gint64 known;            /* generation up to which all is told */

  /* any thread, under lock */
  GMutex lock;
  GPtrArray *waiting;      /* of StoreChange */
  gsize n_waiting_ids;
  GSource *emission;
  gint64 last_emission;
  GArray *claims;          /* of Range, ascending */
  gboolean is_unsure;
  gboolean is_stopped;
};

G_DEFINE_FINAL_TYPE (StoreChanges, store_changes, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

StoreChange *
store_change_new (StoreChangeKind kind, gint64 folder)
{
  StoreChange *self = g_new (StoreChange, 1);

  self->kind = kind;
  self->folder = folder;
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

void
store_change_free (StoreChange *self)
{
  g_array_unref (self->ids);
  g_free (self);
}

static void
drop_source (GSource **source)
{
  GSource *dropped = g_steal_pointer (source);

  if (dropped)
    {
      g_source_destroy (dropped);
      g_source_unref (dropped);
    }
}

static GSource *
attach_timeout (StoreChanges *self, guint milliseconds, GSourceFunc callback)
{
  GSource *source = g_timeout_source_new (milliseconds);

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, callback, g_object_ref (self), g_object_unref);
  g_source_attach (source, self->context);
  return source;
}

static gboolean
on_emission_due (gpointer data)
{
  StoreChanges *self = STORE_CHANGES (data);
  g_autoptr (GPtrArray) changes = NULL;

  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->emission, g_source_unref);
  self->last_emission = g_get_monotonic_time ();
  changes = g_steal_pointer (&self->waiting);
  self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) store_change_free);
  self->n_waiting_ids = 0;
  g_mutex_unlock (&self->lock);

  if (changes->len > 0)
    g_signal_emit (self, signals[CHANGED], 0, changes);
  return G_SOURCE_REMOVE;
}

/* Under lock. */
static void
schedule_emission (StoreChanges *self)
{
  gint64 wait = self->last_emission + EMIT_INTERVAL_US - g_get_monotonic_time ();

  if (!self->emission && !self->is_stopped)
    self->emission = attach_timeout (self, wait > 0 ? (wait + 999) / 1000 : 0, on_emission_due);
}

/* Under lock. FOLDERS, OUTBOX and EVERYTHING say all they have to say once; lists of ids keep their order. */
static void
merge (StoreChanges *self, StoreChange *change)
{
  for (guint i = 0; change->ids->len == 0 && i < self->waiting->len; i++)
    {
      const StoreChange *other = g_ptr_array_index (self->waiting, i);

      if (other->kind == change->kind && other->folder == change->folder)
        {
          store_change_free (change);
          return;
        }
    }

  self->n_waiting_ids += change->ids->len;
  if (self->waiting->len > 0)
    {
      StoreChange *last = g_ptr_array_index (self->waiting, self->waiting->len - 1);

      if (last->kind == change->kind && last->folder == change->folder)
        {
          g_array_append_vals (last->ids, change->ids->data, change->ids->len);
          store_change_free (change);
          return;
        }
    }
  g_ptr_array_add (self->waiting, change);
}

/* Under lock. A commit ends with FOLDERS; taken out, lists of one folder from many commits meet and become one. */
static gboolean
take_folders (StoreChanges *self)
{
  StoreChange *last;

  if (self->waiting->len == 0)
    return FALSE;
  last = g_ptr_array_index (self->waiting, self->waiting->len - 1);
  if (last->kind != STORE_CHANGED_FOLDERS)
    return FALSE;
  g_ptr_array_set_size (self->waiting, self->waiting->len - 1);
  return TRUE;
}

void
store_changes_push (StoreChanges *self, GPtrArray *changes)
{
  gboolean has_folders;

  g_mutex_lock (&self->lock);
  has_folders = take_folders (self);
  for (guint i = 0; i < changes->len; i++)
    merge (self, g_steal_pointer (&g_ptr_array_index (changes, i)));
  if (has_folders)
    merge (self, store_change_new (STORE_CHANGED_FOLDERS, 0));
  if (self->n_waiting_ids > MAX_WAITING_IDS)
    {
      g_ptr_array_set_size (self->waiting, 0);
      self->n_waiting_ids = 0;
      merge (self, store_change_new (STORE_CHANGED_EVERYTHING, 0));
    }
  schedule_emission (self);
  g_mutex_unlock (&self->lock);

  g_ptr_array_set_free_func (changes, NULL);
  g_ptr_array_unref (changes);
}

void
store_changes_claim (StoreChanges *self, gint64 generation)
{
  Range range = { generation, generation };
  Range *last = NULL;

  g_mutex_lock (&self->lock);
  if (self->claims->len > 0)
    last = &g_array_index (self->claims, Range, self->claims->len - 1);
  if (last && last->last + 1 == generation)
    last->last = generation;
  else
    g_array_append_val (self->claims, range);
  g_mutex_unlock (&self->lock);
}

void
store_changes_disclaim (StoreChanges *self)
{
  g_mutex_lock (&self->lock);
  self->is_unsure = TRUE;
  g_mutex_unlock (&self->lock);
}

/* Whether all of (@from, @to] was claimed here; forgets the claims up to @to. */
static gboolean
take_claims (StoreChanges *self, gint64 from, gint64 to)
{
  gint64 covered = from;
  gboolean is_unsure;

  g_mutex_lock (&self->lock);
  is_unsure = self->is_unsure;
  self->is_unsure = FALSE;
  while (self->claims->len > 0)
    {
      Range *range = &g_array_index (self->claims, Range, 0);

      if (range->first <= covered + 1)
        covered = MAX (covered, MIN (range->last, to));
      if (range->last > to)
        break;
      g_array_remove_index (self->claims, 0);
    }
  g_mutex_unlock (&self->lock);
  return covered >= to && !is_unsure;
}

static gboolean
read_generation (StoreDatabase *reader, gint64 *generation)
{
  sqlite3_stmt *statement = store_database_prepare (reader, "SELECT value FROM generation", NULL);

  return store_database_query_int (reader, statement, 0, generation, NULL);
}

static void
look_for_others (StoreChanges *self)
{
  gint64 generation;
  gint64 known = self->known;

  if (!self->reader || !read_generation (self->reader, &generation) || generation == known)
    return;
  self->known = generation;
  if (!take_claims (self, known, generation))
    {
      GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) store_change_free);

      g_ptr_array_add (changes, store_change_new (STORE_CHANGED_EVERYTHING, 0));
      store_changes_push (self, changes);
    }
}

static gboolean
on_look_due (gpointer data)
{
  StoreChanges *self = STORE_CHANGES (data);

  g_clear_pointer (&self->look, g_source_unref);
  look_for_others (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_poll (gpointer data)
{
  look_for_others (STORE_CHANGES (data));
  return G_SOURCE_CONTINUE;
}

static void
on_log_changed (StoreChanges *self)
{
  if (!self->look && self->reader)
    self->look = attach_timeout (self, LOOK_DELAY_MS, on_look_due);
}

void
store_changes_watch (StoreChanges *self, const char *path, StoreDatabase *reader)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (log);

  self->reader = reader;
  if (!read_generation (reader, &self->known))
    self->known = 0;
  g_main_context_push_thread_default (self->context);
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, NULL);
  g_main_context_pop_thread_default (self->context);
  if (self->monitor)
    {
      g_file_monitor_set_rate_limit (self->monitor, LOOK_DELAY_MS);
      g_signal_connect_object (self->monitor, "changed", G_CALLBACK (on_log_changed), self, G_CONNECT_SWAPPED);
    }
  else
    self->poll = attach_timeout (self, POLL_SECONDS * 1000, on_poll);
}

void
store_changes_stop (StoreChanges *self)
{
  self->reader = NULL;
  if (self->monitor)
    g_file_monitor_cancel (self->monitor);
  g_clear_object (&self->monitor);
  drop_source (&self->look);
  drop_source (&self->poll);

  g_mutex_lock (&self->lock);
  self->is_stopped = TRUE;
  drop_source (&self->emission);
  g_mutex_unlock (&self->lock);
}

static void
store_changes_finalize (GObject *object)
{
  StoreChanges *self = STORE_CHANGES (object);

  g_ptr_array_unref (self->waiting);
  g_array_unref (self->claims);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (store_changes_parent_class)->finalize (object);
}

static void
store_changes_class_init (StoreChangesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = store_changes_finalize;

  signals[CHANGED] = g_signal_new ("changed", STORE_TYPE_CHANGES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   G_TYPE_PTR_ARRAY | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
store_changes_init (StoreChanges *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) store_change_free);
  self->claims = g_array_new (FALSE, FALSE, sizeof (Range));
  self->last_emission = -EMIT_INTERVAL_US;
  g_mutex_init (&self->lock);
}

StoreChanges *
store_changes_new (void)
{
  return g_object_new (STORE_TYPE_CHANGES, NULL);
}
