/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes what threads committed and tells it in the main thread, merged and thinned out. What other processes commit is store-watch.c's. */
#include "store-private.h"

#include <gio/gio.h>

#define EMIT_INTERVAL_US (G_USEC_PER_SEC / 10)
#define MAX_WAITING_IDS 100000 /* more than that is EVERYTHING: nobody is listening or nobody can keep up */
#define MAX_WAITING_LISTS 1000

typedef struct
{
  gint64 first, last;
} Range;

struct _StoreChanges
{
  GObject parent_instance;

  GMainContext *context;   /* of the thread that made it */

  /* any thread, under lock */
  GMutex lock;
  GPtrArray *waiting;      /* of StoreChange with ids */
  GHashTable *latest;      /* message id → position in `waiting`, plus one, of the last change that names it */
  StoreChangeKind kinds;   /* those that wait without ids */
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

static StoreChange *
change_new (StoreChangeKind kind, gint64 folder)
{
  StoreChange *self = g_new (StoreChange, 1);

  self->kind = kind;
  self->folder = folder;
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

static void
change_free (StoreChange *self)
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

/* Under lock. What is EVERYTHING needs no more words. */
static GPtrArray *
take_waiting (StoreChanges *self)
{
  static const StoreChangeKind plain[] = { STORE_CHANGED_FOLDERS, STORE_CHANGED_OUTBOX, STORE_CHANGED_EVERYTHING, STORE_CHANGED_INDEX,
                                           STORE_CHANGED_REFUSALS, STORE_CHANGED_CONTACTS, STORE_CHANGED_RULES, STORE_CHANGED_SAVED };
  GPtrArray *changes = g_steal_pointer (&self->waiting);

  if (self->kinds & STORE_CHANGED_EVERYTHING)
    {
      g_ptr_array_set_size (changes, 0);
      self->kinds = STORE_CHANGED_EVERYTHING;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (plain); i++)
    if (self->kinds & plain[i])
      g_ptr_array_add (changes, change_new (plain[i], 0));
  self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) change_free);
  self->kinds = 0;
  g_hash_table_remove_all (self->latest);
  return changes;
}

static gboolean
on_emission_due (gpointer data)
{
  StoreChanges *self = STORE_CHANGES (data);
  g_autoptr (GPtrArray) changes = NULL;

  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->emission, g_source_unref);
  self->last_emission = g_get_monotonic_time ();
  changes = take_waiting (self);
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

/* Under lock. The list of that kind and folder that may take another id: none after it may name the same one, as a message that
 * is moved there and back must be told so in this order. */
static guint
find_list (StoreChanges *self, const StoreNote *note, guint latest)
{
  StoreChange *change;

  for (guint i = self->waiting->len; i > latest; i--)
    {
      change = g_ptr_array_index (self->waiting, i - 1);
      if (change->kind == note->kind && change->folder == note->folder)
        return i;
    }
  g_ptr_array_add (self->waiting, change_new (note->kind, note->folder));
  return self->waiting->len;
}

/* Under lock. */
static void
merge (StoreChanges *self, const StoreNote *note)
{
  guint latest = GPOINTER_TO_UINT (g_hash_table_lookup (self->latest, &note->id));
  gint64 *key;
  StoreChange *change;

  if (latest > 0)
    {
      change = g_ptr_array_index (self->waiting, latest - 1);
      if (change->kind == note->kind && change->folder == note->folder)
        return;
    }
  latest = find_list (self, note, latest);
  change = g_ptr_array_index (self->waiting, latest - 1);
  g_array_append_val (change->ids, note->id);
  key = g_memdup2 (&note->id, sizeof note->id);
  g_hash_table_replace (self->latest, key, GUINT_TO_POINTER (latest));
}

void
store_changes_push (StoreChanges *self, const StoreNote *notes, gsize n_notes, StoreChangeKind kinds)
{
  g_mutex_lock (&self->lock);
  self->kinds |= kinds;
  for (gsize i = 0; i < n_notes && !(self->kinds & STORE_CHANGED_EVERYTHING); i++)
    {
      merge (self, &notes[i]);
      if (g_hash_table_size (self->latest) > MAX_WAITING_IDS || self->waiting->len > MAX_WAITING_LISTS)
        self->kinds |= STORE_CHANGED_EVERYTHING;
    }
  if (self->kinds & STORE_CHANGED_EVERYTHING)
    {
      g_ptr_array_set_size (self->waiting, 0);
      g_hash_table_remove_all (self->latest);
    }
  schedule_emission (self);
  g_mutex_unlock (&self->lock);
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

gboolean
store_changes_take_claims (StoreChanges *self, gint64 from, gint64 to)
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

void
store_changes_stop (StoreChanges *self)
{
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
  g_hash_table_unref (self->latest);
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
  self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) change_free);
  self->latest = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->claims = g_array_new (FALSE, FALSE, sizeof (Range));
  self->last_emission = -EMIT_INTERVAL_US;
  g_mutex_init (&self->lock);
}

StoreChanges *
store_changes_new (void)
{
  return g_object_new (STORE_TYPE_CHANGES, NULL);
}

gboolean
store_changes_contain (const GPtrArray *list, StoreChangeKind kinds)
{
  for (guint i = 0; i < list->len; i++)
    if (((const StoreChange *) g_ptr_array_index (list, i))->kind & kinds)
      return TRUE;
  return FALSE;
}
