/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules in plain words, and the folders they may name. */
#pragma once

#include "mail-rule.h"
#include "model-folder-tree.h"

G_BEGIN_DECLS

/* rules_words_get_field, rules_words_get_deed: what the lists to choose from say, translated */
const char *rules_words_get_field (MailRuleField field, gboolean is_negated);
const char *rules_words_get_deed (MailRuleDeed deed);

/* rules_words_describe: (transfer full): the whole rule as a sentence */
char *rules_words_describe (const MailRule *rule, ModelFolderTree *tree);

/* rules_words_list_folders: (transfer full): all folders that mail can be put into, as "Work / Projects"; @ids: (out) (transfer full): of gint64 */
char **rules_words_list_folders (ModelFolderTree *tree, GArray **ids);

G_END_DECLS
