/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of a rule being edited: what is looked at or done, and with which text, number, folder or account. */
#pragma once

#include <adwaita.h>

#include "account-list.h"
#include "mail-rule.h"
#include "model-folder-tree.h"

G_BEGIN_DECLS

#define RULES_TYPE_LINE (rules_line_get_type ())
G_DECLARE_FINAL_TYPE (RulesLine, rules_line, RULES, LINE, AdwBin)

/* Signals: "edited"; "removed": its button was pressed */

RulesLine *rules_line_new_condition (ModelFolderTree *tree, AccountList *accounts, const MailRuleCondition *condition);
RulesLine *rules_line_new_action (ModelFolderTree *tree, AccountList *accounts, const MailRuleAction *action);

/* rules_line_add_to: what it says is added to @rule; %FALSE when it lacks something, which is marked, and has the focus */
gboolean rules_line_add_to (RulesLine *self, MailRule *rule);

G_END_DECLS
