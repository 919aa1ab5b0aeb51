/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The messages of one folder, or those that a search finds, as a window over however many there are: all ids, and the rows that are in view. */
#include "model-message-list.h"

#include "base-error.h"
#include "model-arrangement.h"
#include "model-folder.h"
#include "model-inquiry.h"
#include "model-rows.h"
#include "model-runs.h"
#include "store-changes.h"

/* Whether another day has begun is looked at this often. */
#define DAY_SECONDS 60

struct _ModelMessageList
{
  GObject parent_instance;

  Store *store;
  ModelRows *rows;
  GArray *ids;                /* of gint64, in the order shown */
  ModelArrangement *arrangement; /* what they are made of */

  ModelWish wish;
  MailHighlight *highlight;   /* (nullable): the words that are looked for */
  ModelInquiry *inquiry;
  gboolean is_loading;
  gboolean is_partial;        /* found while the index was behind */
  gboolean is_replacing;      /* the next answer comes in another order: nothing to compare */
  guint day_source;
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
  REARRANGED,
  FAILED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void model_message_list_list_model_init (GListModelInterface *iface);

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

static void
on_run (guint position, guint removed, const gint64 *added, guint n_added, gpointer data)
{
  splice (data, position, removed, added, n_added);
}

static void
place_message (ModelMessage *message, gpointer data)
{
  model_arrangement_place (MODEL_MESSAGE_LIST (data)->arrangement, message);
}

/* Makes the list hold what the arrangement says, and tells it as the few runs that differ. Rows that come learn their place at once, those
 * that are there already when all have come. */
static void
settle (ModelMessageList *self)
{
  g_autoptr (GArray) ids = model_arrangement_flatten (self->arrangement);

  model_runs_walk (self->ids, ids, self->is_replacing, on_run, self);
  model_rows_place (self->rows);
}

/* At midnight "Today" is another day, and the rows' times are said in other words. */
static gboolean
on_day_due (gpointer data)
{
  ModelMessageList *self = data;

  if (model_arrangement_see_day (self->arrangement))
    {
      model_rows_place (self->rows);
      model_rows_tell_day (self->rows);
    }
  return G_SOURCE_CONTINUE;
}

static void
forget_listing (ModelMessageList *self)
{
  self->is_partial = FALSE;
  model_arrangement_forget (self->arrangement);
  splice (self, 0, self->ids->len, NULL, 0);
}

static void
on_answered (ModelListing *listing, const GError *error, gpointer data)
{
  g_autoptr (ModelMessageList) self = g_object_ref (data);

  if (!listing)
    {
      set_is_loading (self, FALSE);
      g_signal_emit (self, signals[FAILED], 0, error);
      return;
    }
  self->is_partial = model_listing_is_partial (listing);
  model_arrangement_take (self->arrangement, listing);
  settle (self);
  self->is_replacing = FALSE;
  if (self->is_loading)
    {
      set_is_loading (self, FALSE);
      g_signal_emit (self, signals[LOADED], 0);
    }
  g_signal_emit (self, signals[REARRANGED], 0);
}

/* What left is taken out at once, without waiting for the ids to be read again. */
static void
remove_ids (ModelMessageList *self, GArray *gone)
{
  model_arrangement_remove (self->arrangement, gone);
  settle (self);
}

static void
on_store_changed (StoreChanges *changes, GPtrArray *list, ModelMessageList *self)
{
  gboolean is_new = FALSE;

  for (guint i = 0; i < list->len; i++)
    {
      const StoreChange *change = list->pdata[i];

      if (change->kind & STORE_CHANGED_EVERYTHING)
        model_rows_reload (self->rows, NULL, 0);
      if ((change->kind & STORE_CHANGED_REMOVED) && model_wish_is_about_folder (&self->wish, change) && change->ids && change->ids->len)
        {
          remove_ids (self, change->ids);
          model_inquiry_doubt (self->inquiry); /* the answer under way may still have them */
        }
      if (change->kind & STORE_CHANGED_MESSAGES)
        model_rows_reload (self->rows, (const gint64 *) change->ids->data, change->ids->len);
      is_new = is_new || model_wish_needs_reading (&self->wish, change);
    }
  if (is_new && (self->wish.folder || self->wish.search))
    model_inquiry_ask_again (self->inquiry);
}

static void
model_message_list_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ModelMessageList *self = MODEL_MESSAGE_LIST (object);

  switch (prop_id)
    {
    case PROP_FOLDER:
      g_value_set_int64 (value, self->wish.folder);
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

  if (self->inquiry)
    model_inquiry_forget (self->inquiry);
  g_clear_object (&self->inquiry);
  g_clear_handle_id (&self->day_source, g_source_remove);
  model_wish_clear (&self->wish);
  g_clear_pointer (&self->highlight, mail_highlight_unref);
  g_clear_object (&self->rows);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (model_message_list_parent_class)->dispose (object);
}

static void
model_message_list_finalize (GObject *object)
{
  ModelMessageList *self = MODEL_MESSAGE_LIST (object);

  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->arrangement, model_arrangement_free);
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

  props[PROP_FOLDER] = g_param_spec_int64 ("folder", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  props[PROP_IS_LOADING] = g_param_spec_boolean ("is-loading", NULL, NULL, FALSE, flags);
  props[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_FILTER] = g_param_spec_int ("filter", NULL, NULL, 0, MODEL_FILTER_ATTACHMENT, 0, flags);
  props[PROP_SEARCH] = g_param_spec_string ("search", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REARRANGED] = g_signal_new ("rearranged", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
model_message_list_init (ModelMessageList *self)
{
  self->wish.is_everywhere = TRUE;
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->arrangement = model_arrangement_new ();
}

ModelMessageList *
model_message_list_new (Store *store)
{
  ModelMessageList *self = g_object_new (MODEL_TYPE_MESSAGE_LIST, NULL);

  self->store = g_object_ref (store);
  self->rows = model_rows_new (store, place_message, self);
  self->inquiry = model_inquiry_new (store, &self->wish, on_answered, self);
  self->day_source = g_timeout_add_seconds (DAY_SECONDS, on_day_due, self);
  g_signal_connect_object (store_get_changes (store), "changed", G_CALLBACK (on_store_changed), self, 0);
  return self;
}

static void
set_filter (ModelMessageList *self, ModelFilter filter)
{
  if (filter == self->wish.filter)
    return;
  self->wish.filter = filter;
  model_wish_settle (&self->wish);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FILTER]);
}

/* What is looked for is another thing now. */
static void
tell_search (ModelMessageList *self)
{
  MailQuery *query = model_wish_get_query (&self->wish);

  g_clear_pointer (&self->highlight, mail_highlight_unref);
  self->highlight = query ? mail_highlight_new (query) : NULL;
  model_rows_set_highlight (self->rows, self->highlight);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SEARCH]);
}

/* The same place, but other messages of it. Nothing is taken away before they are there. */
static void
read_anew (ModelMessageList *self)
{
  gboolean is_search = model_wish_get_query (&self->wish) != NULL;

  model_inquiry_forget (self->inquiry);
  self->is_replacing = TRUE;
  if (model_message_list_get_complaint (self) || (!self->wish.folder && !is_search))
    forget_listing (self);
  else
    model_inquiry_ask (self->inquiry, is_search && self->wish.query.sort == STORE_SORT_RECEIVED && !(self->wish.search && self->wish.is_best_first));
}

/* (transfer full) (nullable): what that folder looks for, when it is a saved search */
static StoreSaved *
find_saved (ModelMessageList *self, gint64 folder)
{
  gint64 id = model_folder_id_to_saved (folder);
  g_autoptr (GError) error = NULL;
  StoreSaved *saved = id ? store_saved_get (store_get_reader (self->store), id, &error) : NULL;

  if (error && !g_error_matches (error, BASE_ERROR, BASE_ERROR_NOT_FOUND))
    g_warning ("A saved search could not be read: %s", error->message);
  return saved;
}

static void
go_to (ModelMessageList *self, gint64 folder)
{
  g_autoptr (StoreSaved) saved = find_saved (self, folder);

  model_wish_set_folder (&self->wish, model_folder_id_to_saved (folder) && !saved ? 0 : folder, saved);
  model_wish_set_search (&self->wish, NULL);
  set_filter (self, MODEL_FILTER_ALL);
  tell_search (self);
  forget_listing (self);
  set_is_loading (self, self->wish.folder != 0);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FOLDER]);
}

void
model_message_list_show (ModelMessageList *self, gint64 folder, ModelSort sort, gboolean is_ascending)
{
  gboolean is_other_folder;

  g_return_if_fail (MODEL_IS_MESSAGE_LIST (self));

  is_other_folder = folder != self->wish.folder;
  if (!is_other_folder && self->wish.query.sort == (StoreSort) sort && self->wish.query.is_ascending == is_ascending)
    return;
  model_inquiry_forget (self->inquiry);
  self->wish.query.sort = (StoreSort) sort;
  self->wish.query.is_ascending = is_ascending;
  if (is_other_folder)
    go_to (self, folder);
  if (self->wish.folder || self->wish.search)
    read_anew (self);
}

void
model_message_list_set_filter (ModelMessageList *self, ModelFilter filter)
{
  g_return_if_fail (MODEL_IS_MESSAGE_LIST (self));

  if (filter == self->wish.filter)
    return;
  set_filter (self, filter);
  read_anew (self);
}

ModelFilter
model_message_list_get_filter (ModelMessageList *self)
{
  return self->wish.filter;
}

void
model_message_list_search (ModelMessageList *self, const char *text)
{
  g_return_if_fail (MODEL_IS_MESSAGE_LIST (self));

  if (!model_wish_set_search (&self->wish, text))
    return;
  tell_search (self);
  read_anew (self);
}

void
model_message_list_set_is_best_first (ModelMessageList *self, gboolean is_best_first)
{
  g_return_if_fail (MODEL_IS_MESSAGE_LIST (self));

  if (self->wish.is_best_first == is_best_first)
    return;
  self->wish.is_best_first = is_best_first;
  if (self->wish.search)
    read_anew (self);
}

gboolean
model_message_list_is_best_first (ModelMessageList *self)
{
  return self->wish.is_best_first;
}

void
model_message_list_set_arrangement (ModelMessageList *self, gboolean is_threaded, gboolean is_grouped)
{
  g_return_if_fail (MODEL_IS_MESSAGE_LIST (self));

  if (model_arrangement_is_grouped (self->arrangement) != is_grouped)
    {
      model_arrangement_set_is_grouped (self->arrangement, is_grouped);
      model_rows_place (self->rows);
    }
  if (self->wish.is_threaded == is_threaded)
    return;
  self->wish.is_threaded = is_threaded;
  if (self->wish.folder && !model_wish_get_query (&self->wish))
    read_anew (self);
}

gint64
model_message_list_set_expanded (ModelMessageList *self, gint64 id, gboolean is_expanded)
{
  const ModelConversation *conversation = model_arrangement_find (self->arrangement, id);

  g_return_val_if_fail (MODEL_IS_MESSAGE_LIST (self), 0);

  if (!conversation)
    return 0;
  if (model_arrangement_open (self->arrangement, conversation, is_expanded))
    settle (self);
  return conversation->head;
}

void
model_message_list_add_folded (ModelMessageList *self, gint64 id, GArray *ids)
{
  const ModelConversation *conversation = model_arrangement_find (self->arrangement, id);

  if (conversation && conversation->head == id && !model_arrangement_is_open (self->arrangement, conversation))
    g_array_append_vals (ids, conversation->rest->data, conversation->rest->len);
}

void
model_message_list_set_is_everywhere (ModelMessageList *self, gboolean is_everywhere)
{
  if (self->wish.is_everywhere == is_everywhere)
    return;
  self->wish.is_everywhere = is_everywhere;
  if (self->wish.search)
    read_anew (self);
}

gboolean
model_message_list_is_everywhere (ModelMessageList *self)
{
  return self->wish.is_everywhere;
}

MailHighlight *
model_message_list_get_highlight (ModelMessageList *self)
{
  return self->highlight;
}

const char *
model_message_list_get_search (ModelMessageList *self)
{
  return self->wish.search ? mail_query_get_text (self->wish.search) : NULL;
}

const char *
model_message_list_get_complaint (ModelMessageList *self)
{
  MailQuery *query = model_wish_get_query (&self->wish);

  return query ? mail_query_get_complaint (query) : NULL;
}

gboolean
model_message_list_is_partial (ModelMessageList *self)
{
  return self->is_partial;
}

gint64
model_message_list_get_folder (ModelMessageList *self)
{
  return self->wish.folder;
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

gint64
model_message_list_find_beginning (ModelMessageList *self, const char *text, guint position)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) found = NULL;

  if (model_wish_get_query (&self->wish) || !self->wish.folder || !self->ids->len)
    return 0;
  found = store_messages_list_beginning (store_get_reader (self->store), &self->wish.query, text, &error);
  if (!found)
    g_warning ("What begins with a letter could not be looked up: %s", error->message);
  for (guint i = 0; found && g_hash_table_size (found) && i < self->ids->len; i++)
    {
      const gint64 *id = &g_array_index (self->ids, gint64, (position + i) % self->ids->len);

      if (g_hash_table_contains (found, id))
        return *id;
    }
  return 0;
}

guint
model_message_list_get_n_loaded (ModelMessageList *self)
{
  return model_rows_get_n_loaded (self->rows);
}
