/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The saved searches as rows of the folder tree. */
#include "model-folder-searches.h"

#include "base-error.h"
#include "store-changes.h"
#include "store-saved.h"
#include "store-search.h"

/* Counted again this long after a change, and not before ten times what the last counting took has passed. */
#define RECOUNT_MS 200
#define RECOUNT_SHARE 10
#define MAX_WAIT_MS 30000

struct _ModelFolderSearches
{
  GObject parent_instance;

  Store *store;
  ModelFolder *views;
  GArray *waiting;            /* of gint64: saved searches that are still to be counted */
  GCancellable *cancellable;  /* of the count that is under way, if any */
  gboolean is_stale;          /* something changed meanwhile */
  guint source;
  gint64 began;
  gint64 took;                /* microseconds, the last counting of all */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ModelFolderSearches, model_folder_searches, G_TYPE_OBJECT)

static void count_next (ModelFolderSearches *self);

/* One count, in the searching thread */

static gpointer
count_unread (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (StoreSaved) saved = store_saved_get (database, *(gint64 *) data, error);
  g_autoptr (MailQuery) query = saved ? store_saved_parse (saved) : NULL;
  StoreSearch search = { .query = query, .narrow = { .folder = saved ? saved->folder : 0, .only_unread = TRUE } };
  g_autoptr (GArray) ids = query ? store_search_ids (database, &search, cancellable, error) : NULL;

  return ids ? g_memdup2 (&ids->len, sizeof ids->len) : NULL;
}

typedef struct
{
  ModelFolderSearches *searches;  /* weak */
  gint64 saved;
} Count;

static void
count_free (Count *count)
{
  g_clear_weak_pointer (&count->searches);
  g_free (count);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Count, count_free)

static void
on_counted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Count) count = data;
  g_autoptr (GError) error = NULL;
  g_autofree guint *n = store_run_finish (STORE_STORE (source), result, &error);
  ModelFolderSearches *self = count->searches;
  ModelFolder *folder;

  if (!self || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  folder = model_folder_searches_find (self, model_folder_id_from_saved (count->saved));
  if (folder && n)
    model_folder_update (folder, MAIL_ROLE_NONE, model_folder_get_name (folder), 0, *n);
  count_next (self);
}

static gboolean
on_due (gpointer data)
{
  ModelFolderSearches *self = data;
  GListModel *rows = model_folder_get_children (self->views);

  self->source = 0;
  self->is_stale = FALSE;
  self->began = g_get_monotonic_time ();
  for (guint i = g_list_model_get_n_items (rows); i > 0; i--)
    {
      g_autoptr (ModelFolder) folder = g_list_model_get_item (rows, i - 1);
      gint64 saved = model_folder_id_to_saved (model_folder_get_id (folder));

      if (saved)
        g_array_append_val (self->waiting, saved);
    }
  count_next (self);
  return G_SOURCE_REMOVE;
}

static void
schedule_count (ModelFolderSearches *self, guint soonest)
{
  if (self->cancellable || self->waiting->len > 0)
    self->is_stale = TRUE;
  else if (!self->source)
    self->source = g_timeout_add (soonest + (guint) MIN (self->took * RECOUNT_SHARE / 1000, MAX_WAIT_MS), on_due, self);
}

static void
count_next (ModelFolderSearches *self)
{
  Count *count;
  gint64 saved;

  if (self->waiting->len == 0)
    {
      self->took = g_get_monotonic_time () - self->began;
      if (self->is_stale)
        schedule_count (self, RECOUNT_MS);
      return;
    }
  saved = g_array_index (self->waiting, gint64, self->waiting->len - 1);
  g_array_set_size (self->waiting, self->waiting->len - 1);
  count = g_new0 (Count, 1);
  count->saved = saved;
  g_set_weak_pointer (&count->searches, self);
  self->cancellable = g_cancellable_new ();
  store_search_async (self->store, count_unread, g_memdup2 (&saved, sizeof saved), g_free, g_free, self->cancellable, on_counted, count);
}

/* The rows */

static gboolean
is_search_at (GListModel *rows, guint position)
{
  g_autoptr (ModelFolder) folder = g_list_model_get_item (rows, position);

  return folder && model_folder_get_kind (folder) == MODEL_FOLDER_SEARCH;
}

static gboolean
is_row (GListModel *rows, guint position, ModelFolder *folder)
{
  g_autoptr (ModelFolder) other = g_list_model_get_item (rows, position);

  return other == folder;
}

ModelFolder *
model_folder_searches_find (ModelFolderSearches *self, gint64 id)
{
  GListModel *rows = model_folder_get_children (self->views);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (ModelFolder) folder = g_list_model_get_item (rows, i);

      if (model_folder_get_id (folder) == id && model_folder_get_kind (folder) == MODEL_FOLDER_SEARCH)
        return folder; /* the row above holds it */
    }
  return NULL;
}

/* (transfer full): of ModelFolder, those that are there already the very same */
static GPtrArray *
make_rows (ModelFolderSearches *self, GPtrArray *list, gboolean *is_renamed)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < list->len; i++)
    {
      const StoreSaved *saved = list->pdata[i];
      ModelFolder *folder = model_folder_searches_find (self, model_folder_id_from_saved (saved->id));

      folder = folder ? g_object_ref (folder) : model_folder_new_search (saved->id);
      *is_renamed = *is_renamed || g_strcmp0 (model_folder_get_name (folder), saved->name) != 0;
      model_folder_update (folder, MAIL_ROLE_NONE, saved->name, 0, model_folder_get_unread (folder));
      g_ptr_array_add (rows, folder);
    }
  return rows;
}

/* Where the searches stand among the views, the equal beginning and end left alone; whether anything had to change */
static gboolean
settle_rows (GListModel *rows, GPtrArray *wanted)
{
  guint first = 0, n = 0, start = 0, end = 0;

  while (first < g_list_model_get_n_items (rows) && !is_search_at (rows, first))
    first++;
  while (is_search_at (rows, first + n))
    n++;
  while (start < MIN (n, wanted->len) && is_row (rows, first + start, wanted->pdata[start]))
    start++;
  while (end < MIN (n, wanted->len) - start && is_row (rows, first + n - 1 - end, wanted->pdata[wanted->len - 1 - end]))
    end++;
  if (n - start - end == 0 && wanted->len - start - end == 0)
    return FALSE;
  g_list_store_splice (G_LIST_STORE (rows), first + start, n - start - end, wanted->pdata + start, wanted->len - start - end);
  return TRUE;
}

static void
refresh (ModelFolderSearches *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = store_saved_list (store_get_reader (self->store), &error);
  g_autoptr (GPtrArray) wanted = NULL;
  gboolean is_renamed = FALSE, is_other;

  if (!list)
    {
      g_warning ("The saved searches could not be read: %s", error->message);
      return;
    }
  wanted = make_rows (self, list, &is_renamed);
  is_other = settle_rows (model_folder_get_children (self->views), wanted);
  if (is_other)
    schedule_count (self, 0);
  if (is_other || is_renamed)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_store_changed (StoreChanges *changes, GPtrArray *list, ModelFolderSearches *self)
{
  /* a folder that goes takes its searches along */
  if (store_changes_contain (list, STORE_CHANGED_SAVED | STORE_CHANGED_FOLDERS | STORE_CHANGED_EVERYTHING))
    refresh (self);
  if (store_changes_contain (list, STORE_CHANGED_INDEX | STORE_CHANGED_REMOVED | STORE_CHANGED_MESSAGES | STORE_CHANGED_EVERYTHING))
    schedule_count (self, RECOUNT_MS);
}

static void
model_folder_searches_dispose (GObject *object)
{
  ModelFolderSearches *self = MODEL_FOLDER_SEARCHES (object);

  g_clear_handle_id (&self->source, g_source_remove);
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_object (&self->views);
  G_OBJECT_CLASS (model_folder_searches_parent_class)->dispose (object);
}

static void
model_folder_searches_finalize (GObject *object)
{
  g_array_unref (MODEL_FOLDER_SEARCHES (object)->waiting);
  G_OBJECT_CLASS (model_folder_searches_parent_class)->finalize (object);
}

static void
model_folder_searches_class_init (ModelFolderSearchesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = model_folder_searches_dispose;
  G_OBJECT_CLASS (klass)->finalize = model_folder_searches_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
model_folder_searches_init (ModelFolderSearches *self)
{
  self->waiting = g_array_new (FALSE, FALSE, sizeof (gint64));
}

ModelFolderSearches *
model_folder_searches_new (Store *store, ModelFolder *views)
{
  ModelFolderSearches *self = g_object_new (MODEL_TYPE_FOLDER_SEARCHES, NULL);

  self->store = g_object_ref (store);
  self->views = g_object_ref (views);
  g_signal_connect_object (store_get_changes (store), "changed", G_CALLBACK (on_store_changed), self, 0);
  refresh (self);
  return self;
}
