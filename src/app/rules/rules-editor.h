/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One rule to read and change. */
#pragma once

#include <adwaita.h>

#include "account-list.h"
#include "mail-rule.h"
#include "model-folder-tree.h"

G_BEGIN_DECLS

#define RULES_TYPE_EDITOR (rules_editor_get_type ())
G_DECLARE_FINAL_TYPE (RulesEditor, rules_editor, RULES, EDITOR, AdwBin)

/* Signal "edited": something was changed */

void rules_editor_set_models (RulesEditor *self, ModelFolderTree *tree, AccountList *accounts);
void rules_editor_show (RulesEditor *self, const MailRule *rule);

/* rules_editor_check: (transfer full) (nullable): the rule as it stands; %NULL when something lacks, which is said then */
MailRule *rules_editor_check (RulesEditor *self);

G_END_DECLS
