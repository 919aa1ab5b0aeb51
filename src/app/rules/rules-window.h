/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules: a list of sentences with a switch each, and a page for each to change it. */
#pragma once

#include <adwaita.h>

#include "account-list.h"
#include "model-folder-tree.h"
#include "model-rules.h"
#include "sync-rules.h"

G_BEGIN_DECLS

#define RULES_TYPE_WINDOW (rules_window_get_type ())
G_DECLARE_FINAL_TYPE (RulesWindow, rules_window, RULES, WINDOW, AdwWindow)

/* rules_window_new: @parent: (nullable); @work: (nullable): who runs rules on a folder */
RulesWindow *rules_window_new (GtkWindow *parent, ModelRules *rules, ModelFolderTree *tree, AccountList *accounts, SyncRules *work);

/* rules_window_set_folder: the folder that "Run Now" sorts; 0: none */
void rules_window_set_folder (RulesWindow *self, gint64 folder);

/* rules_window_edit: opens the page for @rule, a new one where its id is 0; copied */
void rules_window_edit (RulesWindow *self, const MailRule *rule);

G_END_DECLS
