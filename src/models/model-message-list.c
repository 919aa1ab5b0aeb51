/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The messages of one folder, or those that a search finds, as a window over however many there are: all ids, and the rows that are in view. */
#include "model-message-list.h"

#include "model-message.h"
#include "model-reading.h"
#include "model-rows.h"
#include "store-changes.h"

/* Changed ids are read again this long after a change, and not before ten times the last reading's own time has passed, so that a big
 * folder that mail pours into does not keep the store's worker busy. */
#define REREAD_MS 60
#define REREAD_SHARE 10

/* So many hits of a search come before all the others: more than a screen shows. */
#define FIRST_HITS 100

/* More separate changes than this in one go are told as one. */
#define MAX_RUNS 100

struct _ModelMessageList
{
  GObject parent_instance;

  Store *store;
  ModelRows *rows;
  GArray *ids;                /* of gint64, in the order shown */

  StoreQuery query;           /* the folder, its order and filter */
  MailQuery *search;          /* (nullable): what is looked for instead */
  MailHighlight *highlight;   /* (nullable): its words */
  gboolean is_everywhere;     /* not in the folder alone */
  gboolean is_first;          /* of a search only the first hits are being read */
  guint generation;           /* of the query: answers to an older one are dropped */
  GCancellable *cancellable;  /* of the reading that is under way, if any */
  gboolean is_loading;
  gboolean is_replacing;      /* the next answer comes in another order: nothing to compare */
  gboolean is_stale;          /* something changed while a reading was under way */
  guint reread_source;
  gint64 read_began;
  gint64 read_took;           /* microseconds, of the last reading */
};

enum
{
  PROP_0,
  PROP_FOLDER,
  PROP_IS_LOADING,
  PROP_N_ITEMS,
  PROP_SEARCH,
  PROP_FILTER,
  N_PROPS
};

enum
{
  LOADED,
  FAILED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void model_message_list_list_model_init (GListModelInterface *iface);
static void begin_reading (ModelMessageList *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (ModelMessageList, model_message_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, model_message_list_list_model_init))

static GType
model_message_list_get_item_type (GListModel *model)
{
  return MODEL_TYPE_MESSAGE;
}

static guint
model_message_list_get_n_items (GListModel *model)
{
  return MODEL_MESSAGE_LIST (model)->ids->len;
}

static gpointer
model_message_list_get_item (GListModel *model, guint position)
{
  ModelMessageList *self = MODEL_MESSAGE_LIST (model);

  if (position >= self->ids->len)
    return NULL;
  return model_rows_get (self->rows, (const gint64 *) self->ids->data, self->ids->len, position);
}

static void
model_message_list_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = model_message_list_get_item_type;
  iface->get_n_items = model_message_list_get_n_items;
  iface->get_item = model_message_list_get_item;
}

static void
items_changed (ModelMessageList *self, guint position, guint removed, guint added)
{
  if (!removed && !added)
    return;
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
  if (removed != added)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_ITEMS]);
}

static void
set_is_loading (ModelMessageList *self, gboolean is_loading)
{
  if (self->is_loading == is_loading)
    return;
  self->is_loading = is_loading;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_IS_LOADING]);
}

/* One change of the list: @removed ids at @position make way for @added ones, taken from @source */
static void
splice (ModelMessageList *self, guint position, guint removed, const gint64 *source, guint added)
{
  if (removed)
    g_array_remove_range (self->ids, position, removed);
  if (added)
    g_array_insert_vals (self->ids, position, source, added);
  items_changed (self, position, removed, added);
}

static GHashTable *
make_set (const gint64 *ids, guint n_ids)
{
  GHashTable *set = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < n_ids; i++)
    g_hash_table_add (set, (gpointer) &ids[i]);
  return set;
}

/* From the old order to the new one by removed and added runs. With @self %NULL only counts them, up to MAX_RUNS. An id that both
 * have at different places is removed at the old one and added at the new. */
static guint
walk_runs (ModelMessageList *self, guint start, GArray *old_ids, GArray *new_ids)
{
  const gint64 *old = (const gint64 *) old_ids->data;
  const gint64 *new = (const gint64 *) new_ids->data;
  g_autoptr (GHashTable) in_old = make_set (old, old_ids->len);
  g_autoptr (GHashTable) in_new = make_set (new, new_ids->len);
  guint i = 0, j = 0, runs = 0;

  while ((i < old_ids->len || j < new_ids->len) && (self || runs <= MAX_RUNS))
    {
      guint removed = 0, added = 0;

      if (i < old_ids->len && j < new_ids->len && old[i] == new[j])
        {
          i++;
          j++;
          continue;
        }
      while (i + removed < old_ids->len && !g_hash_table_contains (in_new, &old[i + removed]))
        removed++;
      while (j + added < new_ids->len && !g_hash_table_contains (in_old, &new[j + added]))
        added++;
      if (!removed && !added)
        {
          if (i >= old_ids->len)
            added = new_ids->len - j;
          else
            {
              removed = 1;
              g_hash_table_remove (in_old, &old[i]);
            }
        }
      if (self)
        splice (self, start + j, removed, new + j, added);
      i += removed;
      j += added;
      runs++;
    }
  return runs;
}

static GArray *
sub_array (GArray *array, guint start, guint length)
{
  GArray *part = g_array_sized_new (FALSE, FALSE, sizeof (gint64), length);

  if (length)
    g_array_append_vals (part, &g_array_index (array, gint64, start), length);
  return part;
}

/* Makes the list hold @ids and tells it as the few runs that differ: the equal beginning and end are found without any table, so
 * that new mail on top of a big folder costs one look over the ids. */
static void
settle (ModelMessageList *self, GArray *ids)
{
  const gint64 *old = (const gint64 *) self->ids->data;
  const gint64 *new = (const gint64 *) ids->data;
  guint shorter = MIN (self->ids->len, ids->len);
  guint start = 0, end = 0;
  g_autoptr (GArray) old_middle = NULL;
  g_autoptr (GArray) new_middle = NULL;

  while (start < shorter && old[start] == new[start])
    start++;
  while (end < shorter - start && old[self->ids->len - 1 - end] == new[ids->len - 1 - end])
    end++;

  old_middle = sub_array (self->ids, start, self->ids->len - start - end);
  new_middle = sub_array (ids, start, ids->len - start - end);
  if (self->is_replacing || !old_middle->len || !new_middle->len || walk_runs (NULL, start, old_middle, new_middle) > MAX_RUNS)
    splice (self, start, old_middle->len, (const gint64 *) new_middle->data, new_middle->len);
  else
    walk_runs (self, start, old_middle, new_middle);
}

typedef struct
{
  ModelMessageList *list;   /* weak */
  guint generation;
} Reading;

static void
reading_free (Reading *reading)
{
  g_clear_weak_pointer (&reading->list);
  g_free (reading);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static gboolean
on_reread_due (gpointer data)
{
  ModelMessageList *self = data;

  self->reread_source = 0;
  begin_reading (self);
  return G_SOURCE_REMOVE;
}

static void
schedule_reading (ModelMessageList *self)
{
  guint wait = REREAD_MS + (guint) MIN (self->read_took * REREAD_SHARE / 1000, 5000);

  if (!self->query.folder && !self->search)
    return;
  if (self->cancellable)
    self->is_stale = TRUE;
  else if (!self->reread_source)
    self->reread_source = g_timeout_add (wait, on_reread_due, self);
}

static void
on_ids_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Reading) reading = data;
  ModelMessageList *self = reading->list;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = model_reading_finish (STORE_STORE (source), result, &error);
  gboolean is_part;

  if (!self || reading->generation != self->generation)
    return;
  g_clear_object (&self->cancellable);
  self->read_took = g_get_monotonic_time () - self->read_began;
  if (!ids)
    {
      set_is_loading (self, FALSE);
      g_signal_emit (self, signals[FAILED], 0, error);
      return;
    }

  g_object_ref (self);
  is_part = self->is_first && ids->len == FIRST_HITS;
  self->is_first = FALSE;
  settle (self, ids);
  self->is_replacing = FALSE;
  if (self->is_loading)
    {
      set_is_loading (self, FALSE);
      g_signal_emit (self, signals[LOADED], 0);
    }
  if (is_part)
    begin_reading (self);
  else if (self->is_stale)
    {
      self->is_stale = FALSE;
      schedule_reading (self);
    }
  g_object_unref (self);
}

static void
begin_reading (ModelMessageList *self)
{
  Reading *reading = g_new0 (Reading, 1);
  StoreSearch wish = { .query = self->search, .narrow = self->query, .limit = self->is_first ? FIRST_HITS : 0 };

  if (self->search && self->is_everywhere)
    wish.narrow.folder = 0;
  g_set_weak_pointer (&reading->list, self);
  reading->generation = self->generation;
  self->is_stale = FALSE;
  self->read_began = g_get_monotonic_time ();
  g_set_object (&self->cancellable, NULL);
  self->cancellable = g_cancellable_new ();
  model_reading_begin (self->store, &wish, self->cancellable, on_ids_read, reading);
}

static void
forget_reading (ModelMessageList *self)
{
  self->generation++;
  self->is_stale = FALSE;
  g_clear_handle_id (&self->reread_source, g_source_remove);
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* What left is taken out at once, without waiting for the ids to be read again. */
static void
remove_ids (ModelMessageList *self, GArray *gone)
{
  g_autoptr (GHashTable) set = make_set ((const gint64 *) gone->data, gone->len);
  g_autoptr (GArray) kept = g_array_sized_new (FALSE, FALSE, sizeof (gint64), self->ids->len);

  for (guint i = 0; i < self->ids->len; i++)
    if (!g_hash_table_contains (set, &g_array_index (self->ids, gint64, i)))
      g_array_append_val (kept, g_array_index (self->ids, gint64, i));
  settle (self, kept);
}

/* What a search shows may have moved or gone from anywhere, and what came is found when it is indexed. */
static gboolean
concerns_search (const StoreChange *change)
{
  return change->kind & (STORE_CHANGED_REMOVED | STORE_CHANGED_INDEX | STORE_CHANGED_EVERYTHING);
}

static void
on_store_changed (StoreChanges *changes, GPtrArray *list, ModelMessageList *self)
{
  gboolean is_new = FALSE;

  for (guint i = 0; i < list->len; i++)
    {
      const StoreChange *change = list->pdata[i];
      gboolean is_ours = !self->search && (change->folder == 0 || change->folder == self->query.folder);

      if (change->kind & STORE_CHANGED_EVERYTHING)
        {
          model_rows_reload (self->rows, NULL, 0);
          is_new = TRUE;
        }
      if ((change->kind & STORE_CHANGED_REMOVED) && is_ours && change->ids && change->ids->len)
        {
          remove_ids (self, change->ids);
          if (self->cancellable)
            self->is_stale = TRUE; /* the answer under way may still have them */
        }
      if (((change->kind & STORE_CHANGED_ADDED) && is_ours) || (self->search && concerns_search (change)))
        is_new = TRUE;
      if (change->kind & STORE_CHANGED_MESSAGES)
        {
          model_rows_reload (self->rows, (const gint64 *) change->ids->data, change->ids->len);
          is_new = is_new || self->query.sort != STORE_SORT_RECEIVED; /* a draft's subject may sort elsewhere now */
        }
    }
  if (is_new)
    schedule_reading (self);
}

static void
model_message_list_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ModelMessageList *self = MODEL_MESSAGE_LIST (object);

  switch (prop_id)
    {
    case PROP_FOLDER:
      g_value_set_int64 (value, self->query.folder);
      break;
    case PROP_IS_LOADING:
      g_value_set_boolean (value, self->is_loading);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, self->ids->len);
      break;
    case PROP_FILTER:
      g_value_set_int (value, model_message_list_get_filter (self));
      break;
    case PROP_SEARCH:
      g_value_set_string (value, model_message_list_get_search (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
model_message_list_dispose (GObject *object)
{
  ModelMessageList *self = MODEL_MESSAGE_LIST (object);

  forget_reading (self);
  g_clear_pointer (&self->search, mail_query_unref);
  g_clear_pointer (&self->highlight, mail_highlight_unref);
  g_clear_object (&self->rows);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (model_message_list_parent_class)->dispose (object);
}

static void
model_message_list_finalize (GObject *object)
{
  g_clear_pointer (&MODEL_MESSAGE_LIST (object)->ids, g_array_unref);
  G_OBJECT_CLASS (model_message_list_parent_class)->finalize (object);
}

static void
model_message_list_class_init (ModelMessageListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = model_message_list_get_property;
  object_class->dispose = model_message_list_dispose;
  object_class->finalize = model_message_list_finalize;

  props[PROP_FOLDER] = g_param_spec_int64 ("folder", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_IS_LOADING] = g_param_spec_boolean ("is-loading", NULL, NULL, FALSE, flags);
  props[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_FILTER] = g_param_spec_int ("filter", NULL, NULL, 0, MODEL_FILTER_ATTACHMENT, 0, flags);
  props[PROP_SEARCH] = g_param_spec_string ("search", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
model_message_list_init (ModelMessageList *self)
{
  self->is_everywhere = TRUE;
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
}

ModelMessageList *
model_message_list_new (Store *store)
{
  ModelMessageList *self = g_object_new (MODEL_TYPE_MESSAGE_LIST, NULL);

  self->store = g_object_ref (store);
  self->rows = model_rows_new (store);
  g_signal_connect_object (store_get_changes (store), "changed", G_CALLBACK (on_store_changed), self, 0);
  return self;
}

static void
set_filter (ModelMessageList *self, ModelFilter filter)
{
  if (filter == model_message_list_get_filter (self))
    return;
  self->query.only_unread = filter == MODEL_FILTER_UNREAD;
  self->query.only_flagged = filter == MODEL_FILTER_FLAGGED;
  self->query.only_attachments = filter == MODEL_FILTER_ATTACHMENT;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FILTER]);
}

/* @search: (nullable) */
static void
set_search (ModelMessageList *self, MailQuery *search)
{
  if (self->search)
    mail_query_unref (self->search);
  self->search = search ? mail_query_ref (search) : NULL;
  g_clear_pointer (&self->highlight, mail_highlight_unref);
  self->highlight = search ? mail_highlight_new (search) : NULL;
  model_rows_set_highlight (self->rows, self->highlight);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SEARCH]);
}

void
model_message_list_show (ModelMessageList *self, gint64 folder, ModelSort sort, gboolean is_ascending)
{
  gboolean is_other_folder;

  g_return_if_fail (MODEL_IS_MESSAGE_LIST (self));

  is_other_folder = folder != self->query.folder;
  if (!is_other_folder && self->query.sort == (StoreSort) sort && self->query.is_ascending == is_ascending)
    return;
  forget_reading (self);
  self->query.folder = folder;
  self->query.sort = (StoreSort) sort;
  self->query.is_ascending = is_ascending;
  self->is_replacing = TRUE;
  self->is_first = FALSE;
  if (is_other_folder)
    {
      set_filter (self, MODEL_FILTER_ALL);
      set_search (self, NULL);
    }
  if (is_other_folder)
    {
      splice (self, 0, self->ids->len, NULL, 0);
      set_is_loading (self, folder != 0);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FOLDER]);
    }
  if (folder || self->search)
    begin_reading (self);
}

/* The same place, but other messages of it. Nothing is taken away before they are there. */
static void
read_anew (ModelMessageList *self)
{
  forget_reading (self);
  self->is_replacing = TRUE;
  self->is_first = self->search != NULL && self->query.sort == STORE_SORT_RECEIVED;
  if (model_message_list_get_complaint (self) || (!self->query.folder && !self->search))
    splice (self, 0, self->ids->len, NULL, 0);
  else
    begin_reading (self);
}

void
model_message_list_set_filter (ModelMessageList *self, ModelFilter filter)
{
  g_return_if_fail (MODEL_IS_MESSAGE_LIST (self));

  if (filter == model_message_list_get_filter (self))
    return;
  set_filter (self, filter);
  read_anew (self);
}

ModelFilter
model_message_list_get_filter (ModelMessageList *self)
{
  return self->query.only_unread ? MODEL_FILTER_UNREAD : self->query.only_flagged ? MODEL_FILTER_FLAGGED
         : self->query.only_attachments ? MODEL_FILTER_ATTACHMENT : MODEL_FILTER_ALL;
}

void
model_message_list_search (ModelMessageList *self, const char *text)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (MailQuery) query = text ? mail_query_parse (text, TRUE, g_get_real_time () / G_USEC_PER_SEC, zone) : NULL;
  gboolean says_something;

  g_return_if_fail (MODEL_IS_MESSAGE_LIST (self));

  says_something = query && (mail_query_get_clauses (query)->len > 0 || mail_query_get_complaint (query));
  if (!says_something && !self->search)
    return;
  set_search (self, says_something ? query : NULL);
  read_anew (self);
}

void
model_message_list_set_is_everywhere (ModelMessageList *self, gboolean is_everywhere)
{
  if (self->is_everywhere == is_everywhere)
    return;
  self->is_everywhere = is_everywhere;
  if (self->search)
    read_anew (self);
}

gboolean
model_message_list_is_everywhere (ModelMessageList *self)
{
  return self->is_everywhere;
}

MailHighlight *
model_message_list_get_highlight (ModelMessageList *self)
{
  return self->highlight;
}

const char *
model_message_list_get_search (ModelMessageList *self)
{
  return self->search ? mail_query_get_text (self->search) : NULL;
}

const char *
model_message_list_get_complaint (ModelMessageList *self)
{
  return self->search ? mail_query_get_complaint (self->search) : NULL;
}

gint64
model_message_list_get_folder (ModelMessageList *self)
{
  return self->query.folder;
}

gboolean
model_message_list_is_loading (ModelMessageList *self)
{
  return self->is_loading;
}

gint64
model_message_list_get_id (ModelMessageList *self, guint position)
{
  return position < self->ids->len ? g_array_index (self->ids, gint64, position) : 0;
}

gboolean
model_message_list_find (ModelMessageList *self, gint64 id, guint *position)
{
  for (guint i = 0; i < self->ids->len; i++)
    if (g_array_index (self->ids, gint64, i) == id)
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}

guint
model_message_list_get_n_loaded (ModelMessageList *self)
{
  return model_rows_get_n_loaded (self->rows);
}

G_STATIC_ASSERT ((int) MODEL_SORT_RECEIVED == (int) STORE_SORT_RECEIVED);
G_STATIC_ASSERT ((int) MODEL_SORT_SIZE == (int) STORE_SORT_SIZE);
