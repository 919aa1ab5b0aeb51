/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules at work: on what arrives, in a thread of their own soon after it was committed, and on a folder when a person says so. */
#pragma once

#include <gio/gio.h>

#include "account-list.h"
#include "sync-rule-undo.h"

G_BEGIN_DECLS

typedef struct _Store Store;

#define SYNC_TYPE_RULES (sync_rules_get_type ())
G_DECLARE_FINAL_TYPE (SyncRules, sync_rules, SYNC, RULES, GObject) /* main thread */

SyncRules *sync_rules_new (Store *store, AccountList *accounts);

/* sync_rules_start: looks at what arrived since, and from now on at whatever arrives; without a rule nothing is read and nothing written.
 *
 * What is done with a message and that it had its turn are one transaction: whatever happens, it is done once. Servers hear of it as of what a
 * person did. */
void sync_rules_start (SyncRules *self);

/* sync_rules_stop: ends after the messages in hand, joins the thread; call before the store is closed */
void sync_rules_stop (SyncRules *self);

/* sync_rules_catch_up: blocks until all that arrived had its turn: for the CLI, in the main thread, instead of start and stop */
gboolean sync_rules_catch_up (SyncRules *self, GCancellable *cancellable, GError **error);

/* SyncRulesProgress: @done of @total messages looked at, in the main thread */
typedef void (*SyncRulesProgress) (guint done, guint total, gpointer data);

/**
 * sync_rules_run_async:
 * @rule: the one to run, 0 for all that are enabled
 * @progress: (nullable)
 *
 * On all that is in @folder now. Nothing is forwarded and nobody answered: that is for what arrives. What a run has done that was cancelled, or
 * failed, stays done, until it is taken back.
 */
void sync_rules_run_async (SyncRules *self, gint64 folder, gint64 rule, SyncRulesProgress progress, gpointer progress_data,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* sync_rules_run_finish: how many messages a rule fitted; -1 with @error. @undo: (out) (transfer full) (nullable) (optional): what was done in any case;
 * %NULL for nothing */
int sync_rules_run_finish (SyncRules *self, GAsyncResult *result, SyncRuleUndo **undo, GError **error);

/* sync_rules_undo_async: @undo: (transfer full): see sync_rule_undo_run () */
void sync_rules_undo_async (SyncRules *self, SyncRuleUndo *undo, GAsyncReadyCallback callback, gpointer user_data);
gboolean sync_rules_undo_finish (SyncRules *self, GAsyncResult *result, GError **error);

G_END_DECLS
