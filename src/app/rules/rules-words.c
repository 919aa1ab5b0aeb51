/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules in plain words. */
#include "rules-words.h"

#include "folders-row.h"

#include <glib/gi18n.h>

#define MAX_DEPTH 20

static const char *const fields[MAIL_RULE_N_FIELDS][2] = {
  [MAIL_RULE_FROM] = { N_("The sender contains"), N_("The sender does not contain") },
  [MAIL_RULE_TO] = { N_("The recipients contain"), N_("The recipients do not contain") },
  [MAIL_RULE_SUBJECT] = { N_("The subject contains"), N_("The subject does not contain") },
  [MAIL_RULE_WORDS] = { N_("Subject or text contain"), N_("Subject and text do not contain") },
  [MAIL_RULE_LARGER] = { N_("It is larger than (kB)"), N_("It is not larger than (kB)") },
  [MAIL_RULE_ACCOUNT] = { N_("It came by the account"), N_("It did not come by the account") },
  [MAIL_RULE_ATTACHMENT] = { N_("It has an attachment"), N_("It has no attachment") },
  [MAIL_RULE_HEADER] = { N_("A header line contains"), N_("A header line does not contain") },
};

static const char *const deeds[MAIL_RULE_N_DEEDS] = {
  [MAIL_RULE_MOVE] = N_("Move it to"),
  [MAIL_RULE_COPY] = N_("Copy it to"),
  [MAIL_RULE_FLAG] = N_("Flag it"),
  [MAIL_RULE_MARK_READ] = N_("Mark it as read"),
  [MAIL_RULE_DELETE] = N_("Delete it"),
  [MAIL_RULE_FORWARD] = N_("Forward it to"),
  [MAIL_RULE_REPLY] = N_("Answer with"),
  [MAIL_RULE_LEAVE] = N_("Do not download it (POP3)"),
  [MAIL_RULE_REFUSE] = N_("Delete it from the server (POP3)"),
};

const char *
rules_words_get_field (MailRuleField field, gboolean is_negated)
{
  return _(fields[field][is_negated ? 1 : 0]);
}

const char *
rules_words_get_deed (MailRuleDeed deed)
{
  return _(deeds[deed]);
}

static char *
describe_condition (const MailRuleCondition *condition, ModelFolderTree *tree)
{
  const char *words = rules_words_get_field (condition->field, condition->is_negated);
  g_autofree char *size = g_format_size ((guint64) MAX (condition->number, 0));
  const char *account = "";

  switch (condition->field)
    {
    case MAIL_RULE_LARGER:
      return g_strdup_printf (condition->is_negated ? _("It is not larger than %s") : _("It is larger than %s"), size);
    case MAIL_RULE_ATTACHMENT:
      return g_strdup (words);
    case MAIL_RULE_ACCOUNT:
      for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (tree)); i++)
        {
          g_autoptr (ModelFolder) row = g_list_model_get_item (G_LIST_MODEL (tree), i);

          if (model_folder_get_account_id (row) == condition->number)
            account = folders_row_get_title (row); /* the row stays the tree's */
        }
      return g_strdup_printf ("%s “%s”", words, account);
    case MAIL_RULE_HEADER:
      /* translators: the name of a header line, as "List-Id", and what is looked for in it */
      return g_strdup_printf (condition->is_negated ? _("The header line %s does not contain “%s”") : _("The header line %s contains “%s”"),
                              condition->header, condition->text);
    default:
      return g_strdup_printf ("%s “%s”", words, condition->text);
    }
}

static char *
describe_action (const MailRuleAction *action, ModelFolderTree *tree)
{
  const char *words = rules_words_get_deed (action->deed);
  ModelFolder *folder;

  switch (action->deed)
    {
    case MAIL_RULE_MOVE:
    case MAIL_RULE_COPY:
      folder = model_folder_tree_find (tree, action->number);
      return folder ? g_strdup_printf ("%s “%s”", words, folders_row_get_title (folder)) : g_strdup_printf (_("%s a folder that is gone"), words);
    case MAIL_RULE_FORWARD:
      return g_strdup_printf ("%s %s", words, action->text);
    case MAIL_RULE_REPLY:
      return g_strdup (_("Answer the sender"));
    default:
      return g_strdup (words);
    }
}

char *
rules_words_describe (const MailRule *rule, ModelFolderTree *tree)
{
  const char *arrow = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL ? " ← " : " → ";
  GString *sentence = g_string_new (NULL);

  for (guint i = 0; i < rule->conditions->len; i++)
    {
      g_autofree char *one = describe_condition (g_ptr_array_index (rule->conditions, i), tree);

      g_string_append_printf (sentence, "%s%s", i == 0 ? "" : rule->needs_all ? _(" and ") : _(" or "), one);
    }
  if (rule->conditions->len == 0)
    g_string_append (sentence, _("All mail"));
  for (guint i = 0; i < rule->actions->len; i++)
    {
      g_autofree char *one = describe_action (g_ptr_array_index (rule->actions, i), tree);

      g_string_append_printf (sentence, "%s%s", i == 0 ? arrow : ", ", one);
    }
  return g_string_free (sentence, FALSE);
}

static void
append_folders (GListModel *folders, const char *parents, guint depth, GStrvBuilder *labels, GArray *ids)
{
  for (guint i = 0; i < g_list_model_get_n_items (folders) && depth < MAX_DEPTH; i++)
    {
      g_autoptr (ModelFolder) folder = g_list_model_get_item (folders, i);
      g_autofree char *label = g_strdup_printf ("%s / %s", parents, folders_row_get_title (folder));
      gint64 id = model_folder_get_id (folder);

      if (model_folder_get_kind (folder) == MODEL_FOLDER_MAILBOX && model_folder_get_role (folder) != MAIL_ROLE_OUTBOX)
        {
          g_strv_builder_add (labels, label);
          g_array_append_val (ids, id);
        }
      append_folders (model_folder_get_children (folder), label, depth + 1, labels, ids);
    }
}

char **
rules_words_list_folders (ModelFolderTree *tree, GArray **ids)
{
  g_autoptr (GStrvBuilder) labels = g_strv_builder_new ();

  *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (tree)); i++)
    {
      g_autoptr (ModelFolder) account = g_list_model_get_item (G_LIST_MODEL (tree), i);

      if (model_folder_get_kind (account) != MODEL_FOLDER_FAVOURITES) /* which are below their accounts, too */
        append_folders (model_folder_get_children (account), folders_row_get_title (account), 0, labels, *ids);
    }
  return g_strv_builder_end (labels);
}
