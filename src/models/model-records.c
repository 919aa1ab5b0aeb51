/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in the store for a window of its own. */
#include "model-records.h"

#include "store-changes.h"

typedef struct
{
  Store *store;
} ModelRecordsPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (ModelRecords, model_records, G_TYPE_OBJECT)

enum
{
  PROP_STORE = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];
static guint changed_signal;

static Store *
get_store (ModelRecords *self)
{
  return ((ModelRecordsPrivate *) model_records_get_instance_private (self))->store;
}

static void
on_ran (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GDestroyNotify result_free = g_task_get_task_data (task);
  GError *error = NULL;
  gpointer value = store_run_finish (STORE_STORE (source), result, &error);

  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, value, result_free);
}

void
model_records_run_async (ModelRecords *self, ModelRecordsFunc func, gpointer data, GDestroyNotify data_free, GDestroyNotify result_free,
                         gboolean is_search, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, model_records_run_async);
  g_task_set_task_data (task, result_free, NULL);
  g_task_set_check_cancellable (task, cancellable != NULL);
  (is_search ? store_search_async : store_run_async) (get_store (self), func, data, data_free, result_free, cancellable, on_ran, task);
}

gpointer
model_records_run_finish (ModelRecords *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

gpointer
model_records_give_number (gint64 number)
{
  return number < 0 ? NULL : g_memdup2 (&number, sizeof number);
}

gint64
model_records_take_number (ModelRecords *self, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *number = model_records_run_finish (self, result, error);

  return number ? *number : -1;
}

static void
on_store_changed (StoreChanges *changes, GPtrArray *list, ModelRecords *self)
{
  if (store_changes_contain (list, (StoreChangeKind) MODEL_RECORDS_GET_CLASS (self)->kinds | STORE_CHANGED_EVERYTHING))
    g_signal_emit (self, changed_signal, 0);
}

static void
model_records_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ModelRecordsPrivate *private = model_records_get_instance_private (MODEL_RECORDS (object));

  if (id != PROP_STORE)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  private->store = g_value_dup_object (value);
  g_signal_connect_object (store_get_changes (private->store), "changed", G_CALLBACK (on_store_changed), object, 0);
}

static void
model_records_finalize (GObject *object)
{
  ModelRecordsPrivate *private = model_records_get_instance_private (MODEL_RECORDS (object));

  g_clear_object (&private->store);
  G_OBJECT_CLASS (model_records_parent_class)->finalize (object);
}

static void
model_records_class_init (ModelRecordsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = model_records_set_property;
  object_class->finalize = model_records_finalize;
  props[PROP_STORE] = g_param_spec_object ("store", NULL, NULL, STORE_TYPE_STORE,
                                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  changed_signal = g_signal_new ("changed", MODEL_TYPE_RECORDS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
model_records_init (ModelRecords *self)
{
}
