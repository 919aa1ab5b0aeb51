/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run of rules on a folder did, so that all of it can be taken back. */
#pragma once

#include "mail-summary.h"

G_BEGIN_DECLS

typedef struct _StoreDatabase StoreDatabase;

/* Filled in one thread, then given away. */
typedef struct _SyncRuleUndo SyncRuleUndo;

SyncRuleUndo *sync_rule_undo_new (void);
void sync_rule_undo_free (SyncRuleUndo *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyncRuleUndo, sync_rule_undo_free)

/* sync_rule_undo_is_empty: whether nothing changed */
gboolean sync_rule_undo_is_empty (const SyncRuleUndo *self);

/**
 * sync_rule_undo_note:
 * @before: the message as it was before rules had their way with it
 * @newest: store_rules_get_newest () at that time: what came since are copies of it
 *
 * In the transaction of what was done.
 */
gboolean sync_rule_undo_note (SyncRuleUndo *self, StoreDatabase *database, const MailSummary *before, gint64 newest, GError **error);

/* sync_rule_undo_begin: here a transaction begins; sync_rule_undo_roll_back: it came to nothing, and so do its notes */
void sync_rule_undo_begin (SyncRuleUndo *self);
void sync_rule_undo_roll_back (SyncRuleUndo *self);

/**
 * sync_rule_undo_run:
 *
 * Takes it back, some messages in a transaction. What a person moved on since stays there; a copy whose message is gone stays, too: it may be the
 * last one. Servers hear of it as of what a person did.
 */
gboolean sync_rule_undo_run (const SyncRuleUndo *self, StoreDatabase *database, GError **error);

G_END_DECLS
