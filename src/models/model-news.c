/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New mail, told a moment after it came. */
#include "model-news.h"

#include "store-changes.h"
#include "store-folders.h"
#include "store-messages.h"
#include "store-news.h"

#define MAX_TOLD 20

struct _ModelNews
{
  GObject parent_instance;
  Store *store;
  guint patience_ms;
  gint64 mark;
  guint source;        /* that will look */
  gboolean is_looking;
};

enum
{
  SIGNAL_ARRIVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ModelNews, model_news, G_TYPE_OBJECT)

typedef struct
{
  gint64 mark;
  guint n_more;
  GPtrArray *rows;
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_clear_pointer (&look->rows, g_ptr_array_unref);
  g_free (look);
}

static gpointer
run_look (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Look *look = g_new0 (Look, 1);

  look->mark = *(gint64 *) data;
  look->rows = store_news_list (database, &look->mark, MAX_TOLD, &look->n_more, error);
  if (look->rows)
    return look;
  look_free (look);
  return NULL;
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ModelNews) self = data;
  g_autoptr (GError) error = NULL;
  Look *look = store_run_finish (STORE_STORE (source), result, &error);

  self->is_looking = FALSE;
  if (!look)
    {
      g_message ("Nobody could be told of new mail: %s", error->message);
      return;
    }
  self->mark = MAX (self->mark, look->mark);
  if (look->rows->len > 0)
    g_signal_emit (self, signals[SIGNAL_ARRIVED], 0, look->rows, look->n_more);
  look_free (look);
}

static gboolean
on_due (gpointer data)
{
  ModelNews *self = data;

  self->source = 0;
  self->is_looking = TRUE;
  store_run_async (self->store, run_look, g_memdup2 (&self->mark, sizeof self->mark), g_free, look_free, NULL, on_looked, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
on_store_changed (StoreChanges *changes, GPtrArray *list, ModelNews *self)
{
  for (guint i = 0; i < list->len && !self->source && !self->is_looking; i++)
    if (((const StoreChange *) g_ptr_array_index (list, i))->kind & (STORE_CHANGED_ADDED | STORE_CHANGED_EVERYTHING))
      self->source = g_timeout_add (self->patience_ms, on_due, self);
}

gboolean
model_news_is_news (ModelNews *self, gint64 id)
{
  StoreDatabase *database = store_get_reader (self->store);
  g_autoptr (MailSummary) summary = store_messages_get (database, id, NULL);
  g_autoptr (StoreFolder) folder = summary && !(summary->flags & MAIL_FLAG_SEEN) ? store_folders_get (database, summary->folder, NULL) : NULL;

  return folder && folder->role == MAIL_ROLE_INBOX;
}

gint64
model_news_find_account (ModelNews *self, gint64 folder)
{
  g_autoptr (StoreFolder) row = store_folders_get (store_get_reader (self->store), folder, NULL);

  return row ? row->account : -1;
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
model_news_class_init (ModelNewsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = model_news_dispose;
  signals[SIGNAL_ARRIVED] = g_signal_new ("arrived", MODEL_TYPE_NEWS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                          2, G_TYPE_PTR_ARRAY, G_TYPE_UINT);
}

static void
model_news_init (ModelNews *self)
{
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
