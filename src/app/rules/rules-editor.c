/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One rule to read and change. */
#include "rules-editor.h"

#include "base-config.h"
#include "rules-line.h"

#include <glib/gi18n.h>

struct _RulesEditor
{
  AdwBin parent_instance;
  ModelFolderTree *tree;
  AccountList *accounts;
  MailRule *rule;           /* as it was shown */

  /* the template's */
  GtkWidget *name_row;
  AdwComboRow *all_row;
  GtkBox *conditions;
  GtkBox *actions;
  GtkSwitch *stops_switch;
  GtkLabel *problem_label;
};

enum
{
  SIGNAL_EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RulesEditor, rules_editor, ADW_TYPE_BIN)

static void
on_edited (RulesEditor *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), FALSE);
  g_signal_emit (self, signals[SIGNAL_EDITED], 0);
}

static void
on_line_removed (RulesEditor *self, GtkWidget *line)
{
  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (line)), line);
  on_edited (self);
}

static void
add_line (RulesEditor *self, GtkBox *box, RulesLine *line)
{
  g_signal_connect_object (line, "edited", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (line, "removed", G_CALLBACK (on_line_removed), self, G_CONNECT_SWAPPED);
  gtk_box_append (box, GTK_WIDGET (line));
}

static void
on_add_condition (RulesEditor *self)
{
  const MailRuleCondition condition = { MAIL_RULE_FROM, FALSE, (char *) "", 0, (char *) "" };

  add_line (self, self->conditions, rules_line_new_condition (self->tree, self->accounts, &condition));
  on_edited (self);
}

static void
on_add_action (RulesEditor *self)
{
  const MailRuleAction action = { MAIL_RULE_MOVE, (char *) "", 0 };

  add_line (self, self->actions, rules_line_new_action (self->tree, self->accounts, &action));
  on_edited (self);
}

static void
clear (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))))
    gtk_box_remove (box, child);
}

void
rules_editor_show (RulesEditor *self, const MailRule *rule)
{
  MailRule *copy = mail_rule_copy (rule);

  g_clear_pointer (&self->rule, mail_rule_free);
  self->rule = copy;
  clear (self->conditions);
  clear (self->actions);
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), rule->name);
  adw_combo_row_set_selected (self->all_row, rule->needs_all ? 0 : 1);
  gtk_switch_set_active (self->stops_switch, rule->stops);
  for (guint i = 0; i < rule->conditions->len; i++)
    add_line (self, self->conditions, rules_line_new_condition (self->tree, self->accounts, g_ptr_array_index (rule->conditions, i)));
  for (guint i = 0; i < rule->actions->len; i++)
    add_line (self, self->actions, rules_line_new_action (self->tree, self->accounts, g_ptr_array_index (rule->actions, i)));
  if (rule->conditions->len == 0)
    on_add_condition (self);
  if (rule->actions->len == 0)
    on_add_action (self);
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), FALSE);
}

static MailRule *
complain (RulesEditor *self, const char *sentence)
{
  gtk_label_set_label (self->problem_label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), TRUE);
  return NULL;
}

static gboolean
take_lines (GtkBox *box, MailRule *rule)
{
  for (GtkWidget *line = gtk_widget_get_first_child (GTK_WIDGET (box)); line; line = gtk_widget_get_next_sibling (line))
    if (!rules_line_add_to (RULES_LINE (line), rule))
      return FALSE;
  return TRUE;
}

/* (nullable): why a POP3 server cannot be asked this: what it is asked is decided from a message's header, before anything else of it comes */
static const char *
find_fault_at_server (const MailRule *rule)
{
  gboolean refuses = mail_rule_has_deed (rule, MAIL_RULE_REFUSE);

  if (!refuses && !mail_rule_has_deed (rule, MAIL_RULE_LEAVE))
    return NULL;
  if (refuses && rule->conditions->len == 0)
    return _("Say which mail is to be deleted from the server.");
  if (refuses && rule->actions->len > 1)
    return _("Mail that is deleted from the server never comes: nothing else can be done with it.");
  for (guint i = 0; i < rule->conditions->len; i++)
    {
      MailRuleField field = ((MailRuleCondition *) g_ptr_array_index (rule->conditions, i))->field;

      if (field == MAIL_RULE_WORDS || field == MAIL_RULE_ATTACHMENT)
        return _("At the server only the header of a message can be looked at: not its text, and not what is attached.");
    }
  return NULL;
}

MailRule *
rules_editor_check (RulesEditor *self)
{
  g_autoptr (MailRule) rule = mail_rule_new ();

  g_free (rule->name);
  rule->id = self->rule->id;
  rule->is_enabled = self->rule->is_enabled;
  rule->name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));
  rule->needs_all = adw_combo_row_get_selected (self->all_row) == 0;
  rule->stops = gtk_switch_get_active (self->stops_switch);
  if (!take_lines (self->conditions, rule) || !take_lines (self->actions, rule))
    return complain (self, _("Fill in every line, or remove it. Mail is forwarded to complete addresses only."));
  if (rule->actions->len == 0)
    return complain (self, _("Say what is to be done with such mail."));
  if (rule->conditions->len > MAIL_RULE_MAX_CONDITIONS || rule->actions->len > MAIL_RULE_MAX_ACTIONS)
    return complain (self, _("A rule cannot have so many lines. Make two of it."));
  if (find_fault_at_server (rule))
    return complain (self, find_fault_at_server (rule));
  return g_steal_pointer (&rule);
}

static void
rules_editor_dispose (GObject *object)
{
  RulesEditor *self = RULES_EDITOR (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RULES_TYPE_EDITOR);
  g_clear_object (&self->tree);
  g_clear_object (&self->accounts);
  g_clear_pointer (&self->rule, mail_rule_free);
  G_OBJECT_CLASS (rules_editor_parent_class)->dispose (object);
}

static void
rules_editor_class_init (RulesEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rules_editor_dispose;
  signals[SIGNAL_EDITED] = g_signal_new ("edited", RULES_TYPE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/rules/rules-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, RulesEditor, name_row);
  gtk_widget_class_bind_template_child (widget_class, RulesEditor, all_row);
  gtk_widget_class_bind_template_child (widget_class, RulesEditor, conditions);
  gtk_widget_class_bind_template_child (widget_class, RulesEditor, actions);
  gtk_widget_class_bind_template_child (widget_class, RulesEditor, stops_switch);
  gtk_widget_class_bind_template_child (widget_class, RulesEditor, problem_label);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_add_condition);
  gtk_widget_class_bind_template_callback (widget_class, on_add_action);
}

static void
rules_editor_init (RulesEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rules_editor_set_models (RulesEditor *self, ModelFolderTree *tree, AccountList *accounts)
{
  g_set_object (&self->tree, tree);
  g_set_object (&self->accounts, accounts);
}
