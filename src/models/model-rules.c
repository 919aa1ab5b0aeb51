/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules, through the store's worker. */
#include "model-rules.h"

#include "store-changes.h"
#include "store-rules.h"

struct _ModelRules
{
  GObject parent_instance;
  Store *store;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ModelRules, model_rules, G_TYPE_OBJECT)

typedef enum
{
  WISH_SAVE,
  WISH_DELETE,
  WISH_MOVE_UP,
  WISH_MOVE_DOWN,
} WishKind;

typedef struct
{
  WishKind kind;
  gint64 id;
  MailRule *rule;
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  mail_rule_free (wish->rule);
  g_free (wish);
}

static gpointer
run_list (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return store_rules_list (database, error);
}

static gpointer
run_wish (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Wish *wish = data;
  gint64 id = wish->id;

  if (wish->kind == WISH_SAVE)
    id = store_rules_save (database, wish->rule, error);
  else if (wish->kind == WISH_DELETE ? !store_rules_delete (database, id, error)
           : !store_rules_move (database, id, wish->kind == WISH_MOVE_DOWN, error))
    id = -1;
  return id < 0 ? NULL : g_memdup2 (&id, sizeof id);
}

static void
on_ran (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  gpointer value = store_run_finish (STORE_STORE (source), result, &error);

  if (value)
    g_task_return_pointer (task, value, g_task_get_source_tag (task) == model_rules_list_async ? (GDestroyNotify) g_ptr_array_unref : g_free);
  else
    g_task_return_error (task, error);
}

void
model_rules_list_async (ModelRules *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, model_rules_list_async);
  store_run_async (self->store, run_list, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, NULL, on_ran, task);
}

GPtrArray *
model_rules_list_finish (ModelRules *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
run (ModelRules *self, const Wish *wish, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, run);
  store_run_async (self->store, run_wish, g_memdup2 (wish, sizeof *wish), wish_free, g_free, NULL, on_ran, task);
}

void
model_rules_save_async (ModelRules *self, const MailRule *rule, GAsyncReadyCallback callback, gpointer user_data)
{
  run (self, &(Wish) { WISH_SAVE, rule->id, mail_rule_copy (rule) }, callback, user_data);
}

void
model_rules_delete_async (ModelRules *self, gint64 id, GAsyncReadyCallback callback, gpointer user_data)
{
  run (self, &(Wish) { WISH_DELETE, id, NULL }, callback, user_data);
}

void
model_rules_move_async (ModelRules *self, gint64 id, gboolean is_down, GAsyncReadyCallback callback, gpointer user_data)
{
  run (self, &(Wish) { is_down ? WISH_MOVE_DOWN : WISH_MOVE_UP, id, NULL }, callback, user_data);
}

gint64
model_rules_finish (ModelRules *self, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *id = g_task_propagate_pointer (G_TASK (result), error);

  return id ? *id : -1;
}

static void
on_store_changed (StoreChanges *changes, GPtrArray *list, ModelRules *self)
{
  if (store_changes_contain (list, STORE_CHANGED_RULES | STORE_CHANGED_EVERYTHING))
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
model_rules_finalize (GObject *object)
{
  g_clear_object (&MODEL_RULES (object)->store);
  G_OBJECT_CLASS (model_rules_parent_class)->finalize (object);
}

static void
model_rules_class_init (ModelRulesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = model_rules_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", MODEL_TYPE_RULES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
model_rules_init (ModelRules *self)
{
}

ModelRules *
model_rules_new (Store *store)
{
  ModelRules *self = g_object_new (MODEL_TYPE_RULES, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store_get_changes (store), "changed", G_CALLBACK (on_store_changed), self, 0);
  return self;
}
