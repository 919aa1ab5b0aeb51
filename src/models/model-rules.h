/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules, for the window that shows them. Main thread; the store's worker does it. */
#pragma once

#include <gio/gio.h>

#include "mail-rule.h"
#include "model-records.h"

G_BEGIN_DECLS

#define MODEL_TYPE_RULES (model_rules_get_type ())
G_DECLARE_FINAL_TYPE (ModelRules, model_rules, MODEL, RULES, ModelRecords)

ModelRules *model_rules_new (Store *store);

/* model_rules_list_async: finish: (transfer full): of MailRule, in order */
void model_rules_list_async (ModelRules *self, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *model_rules_list_finish (ModelRules *self, GAsyncResult *result, GError **error);

/* model_rules_save_async: @rule: copied; its id 0: a new one, the last
 * model_rules_delete_async
 * model_rules_move_async: one place up or down
 *
 * finish of these: the rule's id, -1 with @error */
void model_rules_save_async (ModelRules *self, const MailRule *rule, GAsyncReadyCallback callback, gpointer user_data);
void model_rules_delete_async (ModelRules *self, gint64 id, GAsyncReadyCallback callback, gpointer user_data);
void model_rules_move_async (ModelRules *self, gint64 id, gboolean is_down, GAsyncReadyCallback callback, gpointer user_data);
gint64 model_rules_finish (ModelRules *self, GAsyncResult *result, GError **error);

G_END_DECLS
