/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules, through the store's worker. */
#include "model-rules.h"

#include "store-changes.h"
#include "store-rules.h"

struct _ModelRules
{
  ModelRecords parent_instance;
};

G_DEFINE_FINAL_TYPE (ModelRules, model_rules, MODEL_TYPE_RECORDS)

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
  return model_records_give_number (id);
}

void
model_rules_list_async (ModelRules *self, GAsyncReadyCallback callback, gpointer user_data)
{
  model_records_run_async (MODEL_RECORDS (self), run_list, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, FALSE, NULL, callback, user_data);
}

GPtrArray *
model_rules_list_finish (ModelRules *self, GAsyncResult *result, GError **error)
{
  return model_records_run_finish (MODEL_RECORDS (self), result, error);
}

static void
run (ModelRules *self, const Wish *wish, GAsyncReadyCallback callback, gpointer user_data)
{
  model_records_run_async (MODEL_RECORDS (self), run_wish, g_memdup2 (wish, sizeof *wish), wish_free, g_free, FALSE, NULL, callback, user_data);
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
  return model_records_take_number (MODEL_RECORDS (self), result, error);
}

static void
model_rules_class_init (ModelRulesClass *klass)
{
  MODEL_RECORDS_CLASS (klass)->kinds = STORE_CHANGED_RULES;
}

static void
model_rules_init (ModelRules *self)
{
}

ModelRules *
model_rules_new (Store *store)
{
  return g_object_new (MODEL_TYPE_RULES, "store", store, NULL);
}
