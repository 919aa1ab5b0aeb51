/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of a rule being edited. */
#include "rules-line.h"

#include "base-config.h"
#include "mail-address.h"
#include "rules-words.h"

#include <glib/gi18n.h>
#include <string.h>

struct _RulesLine
{
  AdwBin parent_instance;
  gboolean is_condition;
  GArray *folders;      /* of gint64, as the drop-down lists them */
  GArray *accounts;     /* likewise */

  /* the template's */
  GtkDropDown *kind;
  GtkStack *values;
  GtkEntry *header;
  GtkEntry *text;
  GtkSpinButton *number;
  GtkDropDown *choice;
};

enum
{
  SIGNAL_EDITED,
  SIGNAL_REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RulesLine, rules_line, ADW_TYPE_BIN)

/* The list to choose from has each field twice, as it is and negated. */
static MailRuleField
get_field (RulesLine *self)
{
  return (MailRuleField) (gtk_drop_down_get_selected (self->kind) / 2);
}

static gboolean
is_about_header (RulesLine *self)
{
  return self->is_condition && get_field (self) == MAIL_RULE_HEADER;
}

static MailRuleDeed
get_deed (RulesLine *self)
{
  return (MailRuleDeed) gtk_drop_down_get_selected (self->kind);
}

static const char *
get_page (RulesLine *self)
{
  if (self->is_condition)
    return get_field (self) == MAIL_RULE_ATTACHMENT ? "nothing" : get_field (self) == MAIL_RULE_LARGER ? "number"
           : get_field (self) == MAIL_RULE_ACCOUNT ? "choice" : "text";
  switch (get_deed (self))
    {
    case MAIL_RULE_MOVE:
    case MAIL_RULE_COPY:
      return "choice";
    case MAIL_RULE_FORWARD:
    case MAIL_RULE_REPLY:
      return "text";
    default:
      return "nothing";
    }
}

static void
on_edited (RulesLine *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->header), "error");
  gtk_widget_remove_css_class (GTK_WIDGET (self->text), "error");
  g_signal_emit (self, signals[SIGNAL_EDITED], 0);
}

static void
on_kind_selected (RulesLine *self)
{
  guint kind = gtk_drop_down_get_selected (self->kind);

  if (kind == GTK_INVALID_LIST_POSITION)
    return;
  gtk_stack_set_visible_child_name (self->values, get_page (self));
  gtk_widget_set_visible (GTK_WIDGET (self->header), is_about_header (self));
  gtk_entry_set_placeholder_text (self->text, self->is_condition ? NULL : get_deed (self) == MAIL_RULE_FORWARD ? "tom@example.org" : _("The answer’s text"));
  on_edited (self);
}

static void
on_remove_clicked (RulesLine *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVED], 0);
}

static GArray *
get_choices (RulesLine *self)
{
  return self->is_condition ? self->accounts : self->folders;
}

static gboolean
refuse (GtkEntry *entry)
{
  gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  gtk_widget_grab_focus (GTK_WIDGET (entry));
  return FALSE;
}

static gboolean
is_list_of_addresses (const char *text)
{
  g_autoptr (GPtrArray) list = mail_address_list_parse (text);

  for (guint i = 0; i < list->len; i++)
    if (!mail_address_is_valid (((MailAddress *) g_ptr_array_index (list, i))->address))
      return FALSE;
  return list->len > 0;
}

gboolean
rules_line_add_to (RulesLine *self, MailRule *rule)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->text))));
  g_autofree char *header = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->header))));
  const char *page = get_page (self);
  guint chosen = gtk_drop_down_get_selected (self->choice);
  GArray *choices = get_choices (self);
  gint64 number = 0;

  if (g_str_has_suffix (header, ":"))
    header[strlen (header) - 1] = '\0';
  if (is_about_header (self) && !mail_rule_is_header_name (header))
    return refuse (self->header);
  if (g_str_equal (page, "text") && !*text)
    return refuse (self->text);
  if (!self->is_condition && get_deed (self) == MAIL_RULE_FORWARD && !is_list_of_addresses (text))
    return refuse (self->text);
  if (g_str_equal (page, "choice") && chosen >= choices->len)
    return FALSE;
  if (g_str_equal (page, "choice"))
    number = g_array_index (choices, gint64, chosen);
  else if (g_str_equal (page, "number"))
    number = (gint64) gtk_spin_button_get_value_as_int (self->number) * 1000;
  if (is_about_header (self))
    mail_rule_add_header_condition (rule, header, gtk_drop_down_get_selected (self->kind) % 2, text);
  else if (self->is_condition)
    mail_rule_add_condition (rule, get_field (self), gtk_drop_down_get_selected (self->kind) % 2, text, number);
  else
    mail_rule_add_action (rule, get_deed (self), text, number);
  return TRUE;
}

static void
select_choice (RulesLine *self, gint64 number)
{
  GArray *choices = get_choices (self);

  for (guint i = 0; i < choices->len; i++)
    if (g_array_index (choices, gint64, i) == number)
      gtk_drop_down_set_selected (self->choice, i);
}

static void
rules_line_dispose (GObject *object)
{
  RulesLine *self = RULES_LINE (object);

  g_clear_pointer (&self->folders, g_array_unref);
  g_clear_pointer (&self->accounts, g_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), RULES_TYPE_LINE);
  G_OBJECT_CLASS (rules_line_parent_class)->dispose (object);
}

static void
rules_line_class_init (RulesLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rules_line_dispose;
  signals[SIGNAL_EDITED] = g_signal_new ("edited", RULES_TYPE_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REMOVED] = g_signal_new ("removed", RULES_TYPE_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/rules/rules-line.ui");
  gtk_widget_class_bind_template_child (widget_class, RulesLine, kind);
  gtk_widget_class_bind_template_child (widget_class, RulesLine, values);
  gtk_widget_class_bind_template_child (widget_class, RulesLine, header);
  gtk_widget_class_bind_template_child (widget_class, RulesLine, text);
  gtk_widget_class_bind_template_child (widget_class, RulesLine, number);
  gtk_widget_class_bind_template_child (widget_class, RulesLine, choice);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_kind_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_clicked);
}

static void
rules_line_init (RulesLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_choices (RulesLine *self, const char *const *labels)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (labels);

  gtk_drop_down_set_model (self->choice, G_LIST_MODEL (list));
}

static RulesLine *
make (gboolean is_condition, guint kind, const char *text, gint64 number)
{
  RulesLine *self = g_object_new (RULES_TYPE_LINE, NULL);
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);

  self->is_condition = is_condition;
  for (int i = 0; is_condition && i < 2 * MAIL_RULE_N_FIELDS; i++)
    gtk_string_list_append (kinds, rules_words_get_field ((MailRuleField) (i / 2), i % 2));
  for (int i = 0; !is_condition && i < MAIL_RULE_N_DEEDS; i++)
    gtk_string_list_append (kinds, rules_words_get_deed ((MailRuleDeed) i));
  gtk_drop_down_set_model (self->kind, G_LIST_MODEL (kinds));
  gtk_drop_down_set_selected (self->kind, kind);
  gtk_editable_set_text (GTK_EDITABLE (self->text), text);
  gtk_spin_button_set_value (self->number, number > 0 ? number / 1000.0 : 1000);
  on_kind_selected (self);
  return self;
}

RulesLine *
rules_line_new_condition (ModelFolderTree *tree, AccountList *accounts, const MailRuleCondition *condition)
{
  RulesLine *self = make (TRUE, condition->field * 2 + (condition->is_negated ? 1 : 0), condition->text, condition->number);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) labels = NULL;

  self->accounts = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (accounts)); i++)
    {
      g_autoptr (Account) account = g_list_model_get_item (G_LIST_MODEL (accounts), i);
      gint64 id = account_get_id (account);

      g_strv_builder_add (builder, account_get_title (account));
      g_array_append_val (self->accounts, id);
    }
  labels = g_strv_builder_end (builder);
  set_choices (self, (const char *const *) labels);
  select_choice (self, condition->number);
  gtk_editable_set_text (GTK_EDITABLE (self->header), condition->header);
  return self;
}

RulesLine *
rules_line_new_action (ModelFolderTree *tree, AccountList *accounts, const MailRuleAction *action)
{
  RulesLine *self = make (FALSE, action->deed, action->text, 0);
  g_auto (GStrv) labels = rules_words_list_folders (tree, &self->folders);

  set_choices (self, (const char *const *) labels);
  select_choice (self, action->number);
  return self;
}
