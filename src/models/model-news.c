/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New mail that nobody has looked at yet. */
#include "model-news.h"

#include "store-changes.h"
#include "store-messages.h"
#include "store-news.h"
#include "store-rules.h"

/* However much is still coming, and whatever the rules have to do: after so many times the patience it is told. */
#define MAX_PATIENCES 10

struct _ModelNews
{
  GObject parent_instance;
  Store *store;
  guint patience_ms;
  gint64 mark;          /* messages up to this one were looked at */
  GPtrArray *items;     /* of ModelNewsItem */
  guint source;         /* that will look */
  gint64 began;         /* when the first came of what has not been told, on the monotonic clock; 0 */
  gboolean is_looking;
  gboolean is_stale;    /* something changed while it looked */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ModelNews, model_news, G_TYPE_OBJECT)

static void
item_free (gpointer data)
{
  ModelNewsItem *item = data;

  mail_summary_unref (item->summary);
  g_free (item);
}

static void
add_item (GPtrArray *items, gint64 account, MailSummary *summary)
{
  ModelNewsItem *item = g_new0 (ModelNewsItem, 1);

  *item = (ModelNewsItem) { account, mail_summary_ref (summary) };
  g_ptr_array_add (items, item);
}

/* In the store's worker */

typedef struct
{
  GArray *ids;          /* that were news */
  gint64 mark;
  gboolean is_patient;  /* what rules have yet to look at can wait */
} Wish;

typedef struct
{
  GPtrArray *items;
  gint64 mark;
  gboolean is_early;    /* it did wait */
} Look;

static void
wish_free (gpointer data)
{
  g_array_unref (((Wish *) data)->ids);
  g_free (data);
}

static void
look_free (gpointer data)
{
  g_clear_pointer (&((Look *) data)->items, g_ptr_array_unref);
  g_free (data);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Look, look_free)

static gboolean
is_early (StoreDatabase *database, gboolean *is, GError **error)
{
  return store_rules_are_wanted (database, is, error) && (!*is || store_rules_have_turns (database, is, error));
}

static gboolean
add_arrivals (StoreDatabase *database, GArray *ids, gint64 *mark, GError **error)
{
  gint64 since = g_get_real_time () / G_USEC_PER_SEC - MODEL_NEWS_MAX_AGE;
  g_autoptr (GArray) arrivals = store_news_list (database, mark, since, MODEL_NEWS_MAX, error);

  if (!arrivals)
    return FALSE;
  g_array_append_vals (ids, arrivals->data, arrivals->len);
  if (ids->len > MODEL_NEWS_MAX)
    g_array_remove_range (ids, 0, ids->len - MODEL_NEWS_MAX);
  return TRUE;
}

static gpointer
run_look (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Wish *wish = data;
  g_autoptr (Look) look = g_new0 (Look, 1);
  g_autoptr (GPtrArray) rows = NULL;

  look->mark = wish->mark;
  look->items = g_ptr_array_new_with_free_func (item_free);
  if ((wish->is_patient && !is_early (database, &look->is_early, error))
      || (!look->is_early && !add_arrivals (database, wish->ids, &look->mark, error)))
    return NULL;
  rows = store_messages_get_rows (database, (const gint64 *) wish->ids->data, wish->ids->len, error);
  for (guint i = 0; rows && i < rows->len; i++)
    {
      gint64 account = rows->pdata[i] ? store_news_find_account (database, g_array_index (wish->ids, gint64, i), error) : 0;

      if (account < 0)
        return NULL;
      if (account > 0)
        add_item (look->items, account, rows->pdata[i]);
    }
  return rows ? g_steal_pointer (&look) : NULL;
}

/* In the main thread */

static void schedule (ModelNews *self);

static gboolean
is_patient (ModelNews *self)
{
  return !self->began || g_get_monotonic_time () - self->began < (gint64) MAX_PATIENCES * self->patience_ms * 1000;
}

static gboolean
is_same (const GPtrArray *a, const GPtrArray *b)
{
  for (guint i = 0; a->len == b->len && i < a->len; i++)
    if (((ModelNewsItem *) a->pdata[i])->summary->id != ((ModelNewsItem *) b->pdata[i])->summary->id)
      return FALSE;
  return a->len == b->len;
}

/* What was forgotten while it was looked for stays so. */
static void
take_look (ModelNews *self, Look *look)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->items);
  g_autoptr (GHashTable) known = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < before->len; i++)
    g_hash_table_add (known, &((ModelNewsItem *) before->pdata[i])->summary->id);
  self->items = g_ptr_array_new_with_free_func (item_free);
  for (guint i = 0; i < look->items->len; i++)
    {
      ModelNewsItem *item = look->items->pdata[i];

      if (item->summary->id > self->mark || g_hash_table_contains (known, &item->summary->id))
        add_item (self->items, item->account, item->summary);
    }
  self->mark = MAX (self->mark, look->mark);
  self->began = look->is_early ? self->began : 0;
  if (!is_same (before, self->items))
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree ModelNews **place = data;
  ModelNews *self = *place;
  g_autoptr (GError) error = NULL;
  g_autoptr (Look) look = store_run_finish (STORE_STORE (source), result, &error);

  g_clear_weak_pointer (place);
  if (!self)
    return;
  self->is_looking = FALSE;
  if (look)
    take_look (self, look);
  else
    g_message ("Nobody could be told of new mail: %s", error->message);
  if (self->is_stale || (look && look->is_early))
    schedule (self);
}

static gboolean
on_due (gpointer data)
{
  ModelNews *self = data;
  Wish *wish = g_new0 (Wish, 1);
  ModelNews **place = g_new0 (ModelNews *, 1);

  self->source = 0;
  self->is_looking = TRUE;
  self->is_stale = FALSE;
  wish->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < self->items->len; i++)
    g_array_append_val (wish->ids, ((ModelNewsItem *) self->items->pdata[i])->summary->id);
  wish->mark = self->mark;
  wish->is_patient = is_patient (self);
  g_set_weak_pointer (place, self);
  store_run_async (self->store, run_look, wish, wish_free, look_free, NULL, on_looked, place);
  return G_SOURCE_REMOVE;
}

static void
schedule (ModelNews *self)
{
  self->is_stale = self->is_looking;
  if (!self->source && !self->is_looking)
    self->source = g_timeout_add (self->patience_ms, on_due, self);
}

/* More is coming: all of it is told at once. */
static void
put_off (ModelNews *self)
{
  if (!self->began)
    self->began = g_get_monotonic_time ();
  if (is_patient (self))
    g_clear_handle_id (&self->source, g_source_remove);
  schedule (self);
}

static void
on_store_changed (StoreChanges *changes, GPtrArray *list, ModelNews *self)
{
  StoreChangeKind kinds = 0;

  for (guint i = 0; i < list->len; i++)
    kinds |= ((const StoreChange *) g_ptr_array_index (list, i))->kind;
  if (kinds & (STORE_CHANGED_ADDED | STORE_CHANGED_EVERYTHING))
    put_off (self);
  else if (kinds & (STORE_CHANGED_MESSAGES | STORE_CHANGED_REMOVED) && (self->items->len > 0 || self->is_looking))
    schedule (self);
}

static void
model_news_dispose (GObject *object)
{
  ModelNews *self = MODEL_NEWS (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (model_news_parent_class)->dispose (object);
}

static void
model_news_finalize (GObject *object)
{
  g_ptr_array_unref (MODEL_NEWS (object)->items);
  G_OBJECT_CLASS (model_news_parent_class)->finalize (object);
}

static void
model_news_class_init (ModelNewsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = model_news_dispose;
  G_OBJECT_CLASS (klass)->finalize = model_news_finalize;
  signals[CHANGED] = g_signal_new ("changed", MODEL_TYPE_NEWS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
model_news_init (ModelNews *self)
{
  self->items = g_ptr_array_new_with_free_func (item_free);
}

ModelNews *
model_news_new (Store *store, guint patience_ms)
{
  ModelNews *self = g_object_new (MODEL_TYPE_NEWS, NULL);

  self->store = g_object_ref (store);
  self->patience_ms = patience_ms;
  self->mark = MAX (0, store_news_get_mark (store_get_reader (store), NULL));
  g_signal_connect_object (store_get_changes (store), "changed", G_CALLBACK (on_store_changed), self, 0);
  return self;
}

const GPtrArray *
model_news_get_items (ModelNews *self)
{
  return self->items;
}

void
model_news_keep (ModelNews *self, ModelNewsFunc is_kept, gpointer data)
{
  for (guint i = self->items->len; i-- > 0;)
    if (!is_kept (self->items->pdata[i], data))
      g_ptr_array_remove_index (self->items, i);
}

gint64
model_news_find_folder (ModelNews *self, gint64 message)
{
  g_autoptr (MailSummary) summary = store_messages_get (store_get_reader (self->store), message, NULL);

  return summary ? summary->folder : 0;
}
