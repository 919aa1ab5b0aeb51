/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules. */
#include "rules-window.h"

#include "app-alert.h"
#include "app-toast.h"
#include "app-words.h"
#include "base-config.h"
#include "rules-editor.h"
#include "rules-words.h"

#include <glib/gi18n.h>

struct _RulesWindow
{
  AdwWindow parent_instance;
  ModelRules *rules;
  ModelFolderTree *tree;
  SyncRules *work;
  GCancellable *cancellable;  /* of a run; NULL while there is none */
  GPtrArray *list;            /* of MailRule, as shown */
  GPtrArray *rows;            /* of GtkWidget */
  MailRule *deleted;          /* what "Undo" brings back, as the last one… */
  SyncRuleUndo *sorted;       /* …or the run that it takes back, which was later; one of the two at most */
  AdwToast *offer;            /* (nullable): that says so */
  gint64 folder;

  /* the template's */
  AdwToastOverlay *toasts;
  GtkStack *pages;
  GtkStack *stack;
  AdwPreferencesGroup *group;
  RulesEditor *editor;
  GtkWidget *save_button;
  GtkProgressBar *progress;
};

G_DEFINE_FINAL_TYPE (RulesWindow, rules_window, ADW_TYPE_WINDOW)

static void
say (RulesWindow *self, const char *text)
{
  if (self->toasts)
    adw_toast_overlay_add_toast (self->toasts, app_toast_new (text));
}

static void
say_error (RulesWindow *self, const GError *error)
{
  g_autofree char *text = error ? app_words_error (error) : NULL;

  if (text)
    say (self, text);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RulesWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (model_rules_finish (MODEL_RULES (source), result, &error) < 0)
    say_error (self, error);
}

static MailRule *
find_rule (RulesWindow *self, gint64 id)
{
  for (guint i = 0; self->list && i < self->list->len; i++)
    if (((MailRule *) g_ptr_array_index (self->list, i))->id == id)
      return g_ptr_array_index (self->list, i);
  return NULL;
}

/* The list */

static void
show_page (RulesWindow *self, const char *page)
{
  gtk_stack_set_visible_child_name (self->pages, page);
  gtk_widget_set_sensitive (self->save_button, FALSE);
}

void
rules_window_edit (RulesWindow *self, const MailRule *rule)
{
  show_page (self, "rule");
  rules_editor_show (self->editor, rule);
  gtk_widget_set_sensitive (self->save_button, rule->id == 0);
}

static void
on_row_activated (RulesWindow *self, GtkWidget *row)
{
  MailRule *rule = find_rule (self, *(gint64 *) g_object_get_data (G_OBJECT (row), "rule"));

  if (rule)
    rules_window_edit (self, rule);
}

static void
on_switched (RulesWindow *self, GParamSpec *pspec, GtkSwitch *widget)
{
  MailRule *rule = find_rule (self, *(gint64 *) g_object_get_data (G_OBJECT (widget), "rule"));

  if (!rule || rule->is_enabled == gtk_switch_get_active (widget))
    return;
  rule->is_enabled = gtk_switch_get_active (widget);
  model_rules_save_async (self->rules, rule, on_done, g_object_ref (self));
}

static GtkWidget *
make_button (const char *icon, const char *name, const char *action, gint64 id)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", id);
  return button;
}

/* Text from mail and from people stands in titles that would read markup in it. */
static GtkWidget *
make_row (RulesWindow *self, const MailRule *rule)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *enabled = gtk_switch_new ();
  g_autofree char *sentence = rules_words_describe (rule, self->tree);
  g_autofree char *title = g_markup_escape_text (*rule->name ? rule->name : sentence, -1);
  g_autofree char *subtitle = g_markup_escape_text (*rule->name ? sentence : "", -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "rule", g_memdup2 (&rule->id, sizeof rule->id), g_free);
  g_object_set_data_full (G_OBJECT (enabled), "rule", g_memdup2 (&rule->id, sizeof rule->id), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_row_activated), self, G_CONNECT_SWAPPED);
  gtk_switch_set_active (GTK_SWITCH (enabled), rule->is_enabled);
  gtk_widget_set_valign (enabled, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (enabled), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Rule is on"), -1);
  g_signal_connect_object (enabled, "notify::active", G_CALLBACK (on_switched), self, G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), enabled);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_button ("go-up-symbolic", _("Move Up"), "rules.up", rule->id));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_button ("go-down-symbolic", _("Move Down"), "rules.down", rule->id));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_button ("user-trash-symbolic", _("Delete Rule"), "rules.delete", rule->id));
  return row;
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RulesWindow) self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *list = model_rules_list_finish (MODEL_RULES (source), result, &error);

  if (!list || !self->group)
    {
      say_error (self, error);
      g_clear_pointer (&list, g_ptr_array_unref);
      return;
    }
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->list, g_ptr_array_unref);
  self->list = list;
  for (guint i = 0; i < list->len; i++)
    {
      GtkWidget *row = make_row (self, g_ptr_array_index (list, i));

      adw_preferences_group_add (self->group, row);
      g_ptr_array_add (self->rows, row);
    }
  gtk_stack_set_visible_child_name (self->stack, list->len > 0 ? "rules" : "none");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rules.run", self->work && self->folder && list->len > 0);
}

static void
refresh (RulesWindow *self)
{
  model_rules_list_async (self->rules, on_listed, g_object_ref (self));
}

/* What can be done */

static void
on_new (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (MailRule) rule = mail_rule_new ();

  rules_window_edit (RULES_WINDOW (widget), rule);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RulesWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (model_rules_finish (MODEL_RULES (source), result, &error) < 0)
    say_error (self, error);
  else if (self->pages)
    show_page (self, "list");
}

typedef struct
{
  RulesWindow *window;
  MailRule *rule;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->window);
  mail_rule_free (question->rule);
  g_free (question);
}

static void
on_answered (const char *choice, gpointer data)
{
  Question *question = data;

  if (g_str_equal (choice, "delete") && question->window->rules)
    model_rules_save_async (question->window->rules, question->rule, on_saved, g_object_ref (question->window));
}

/* Where no undo exists, and only there, a question is asked. Takes the rule. */
static void
ask_about_server (RulesWindow *self, MailRule *rule)
{
  const AppAlertChoice choices[] = {
    { "cancel", _("_Cancel"), APP_ALERT_PLAIN },
    { "delete", _("_Delete Such Mail"), APP_ALERT_DESTRUCTIVE },
  };
  g_autofree char *sentence = rules_words_describe (rule, self->tree);
  g_autofree char *body = g_strdup_printf (_("%s\n\nSuch mail is deleted at the servers of your POP3 accounts before it comes here. It cannot be brought back. "
                                             "Rules above this one go first: what one of them fits is received. "
                                             "The connection log says what was deleted."), sentence);
  Question *question = g_new0 (Question, 1);

  *question = (Question) { g_object_ref (self), rule };
  app_alert_present (GTK_WINDOW (self), _("Delete Mail at the Server?"), body, choices, G_N_ELEMENTS (choices), on_answered, question, question_free);
}

static void
on_save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RulesWindow *self = RULES_WINDOW (widget);
  g_autoptr (MailRule) rule = rules_editor_check (self->editor);

  if (rule && mail_rule_has_deed (rule, MAIL_RULE_REFUSE))
    ask_about_server (self, g_steal_pointer (&rule));
  else if (rule)
    model_rules_save_async (self->rules, rule, on_saved, g_object_ref (self));
}

static void
on_back (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RulesWindow *self = RULES_WINDOW (widget);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "rule") == 0)
    show_page (self, "list");
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
on_edited (RulesWindow *self)
{
  gtk_widget_set_sensitive (self->save_button, TRUE);
}

static void
on_move (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RulesWindow *self = RULES_WINDOW (widget);

  model_rules_move_async (self->rules, g_variant_get_int64 (parameter), g_str_equal (action, "rules.down"), on_done, g_object_ref (self));
}

static void
on_taken_back (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RulesWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (!sync_rules_undo_finish (SYNC_RULES (source), result, &error))
    say_error (self, error);
}

static void
take_back (gpointer window, gpointer what)
{
  RulesWindow *self = window;
  g_autoptr (MailRule) rule = g_steal_pointer (&self->deleted);

  if (rule)
    model_rules_save_async (self->rules, rule, on_done, g_object_ref (self));
  else if (self->sorted && self->work)
    sync_rules_undo_async (self->work, g_steal_pointer (&self->sorted), on_taken_back, g_object_ref (self));
  if (self->offer)
    adw_toast_dismiss (self->offer);
  g_clear_object (&self->offer);
}

/* "Undo" takes back what was done last, and the toast that offers it is the only one that does. Takes either. */
static void
offer_undo (RulesWindow *self, const char *text, MailRule *deleted, SyncRuleUndo *sorted)
{
  g_clear_pointer (&self->deleted, mail_rule_free);
  g_clear_pointer (&self->sorted, sync_rule_undo_free);
  self->deleted = deleted;
  self->sorted = sorted;
  if (self->offer)
    adw_toast_dismiss (self->offer);
  g_clear_object (&self->offer);
  self->offer = app_toast_new_undo (text, self, take_back, NULL, g_free);
  adw_toast_overlay_add_toast (self->toasts, g_object_ref (self->offer));
}

static void
on_delete (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RulesWindow *self = RULES_WINDOW (widget);
  MailRule *rule = find_rule (self, g_variant_get_int64 (parameter));
  MailRule *copy = rule ? mail_rule_copy (rule) : NULL;

  if (!rule)
    return;
  copy->id = 0;
  model_rules_delete_async (self->rules, rule->id, on_done, g_object_ref (self));
  offer_undo (self, _("Rule deleted"), copy, NULL);
}

static void
on_undo (GtkWidget *widget, const char *action, GVariant *parameter)
{
  take_back (widget, NULL);
}

/* Running */

static void
on_progress (guint done, guint total, gpointer data)
{
  RulesWindow *self = data;

  if (self->progress && total > 0)
    gtk_progress_bar_set_fraction (self->progress, (double) done / total);
}

static void
on_run (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RulesWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SyncRuleUndo) undo = NULL;
  int n = sync_rules_run_finish (SYNC_RULES (source), result, &undo, &error);
  g_autofree char *text = NULL;

  g_clear_object (&self->cancellable);
  if (!self->progress)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->progress), FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rules.cancel", FALSE);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    text = undo ? g_strdup (_("Stopped. Some messages were sorted")) : NULL;
  else
    text = n < 0 ? app_words_error (error) : g_strdup_printf (ngettext ("%d message was sorted", "%d messages were sorted", (gulong) n), n);
  if (undo)
    offer_undo (self, text, NULL, g_steal_pointer (&undo));
  else if (text)
    say (self, text);
}

static void
on_run_now (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RulesWindow *self = RULES_WINDOW (widget);

  if (self->cancellable || !self->work || !self->folder)
    return;
  self->cancellable = g_cancellable_new ();
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), TRUE);
  gtk_widget_action_set_enabled (widget, "rules.cancel", TRUE);
  sync_rules_run_async (self->work, self->folder, 0, on_progress, self, self->cancellable, on_run, g_object_ref (self));
}

static void
on_cancel (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RulesWindow *self = RULES_WINDOW (widget);

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
}

void
rules_window_set_folder (RulesWindow *self, gint64 folder)
{
  self->folder = folder;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rules.run", self->work && folder && self->list && self->list->len > 0);
}

/* The object */

static void
rules_window_dispose (GObject *object)
{
  RulesWindow *self = RULES_WINDOW (object);

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  if (self->rules)
    g_signal_handlers_disconnect_by_data (self->rules, self);
  g_clear_object (&self->rules);
  g_clear_object (&self->tree);
  g_clear_object (&self->work);
  gtk_widget_dispose_template (GTK_WIDGET (self), RULES_TYPE_WINDOW);
  g_clear_pointer (&self->list, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->deleted, mail_rule_free);
  g_clear_pointer (&self->sorted, sync_rule_undo_free);
  g_clear_object (&self->offer);
  G_OBJECT_CLASS (rules_window_parent_class)->dispose (object);
}

static void
rules_window_class_init (RulesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rules_window_dispose;
  g_type_ensure (RULES_TYPE_EDITOR);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/rules/rules-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RulesWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, RulesWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, RulesWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, RulesWindow, group);
  gtk_widget_class_bind_template_child (widget_class, RulesWindow, editor);
  gtk_widget_class_bind_template_child (widget_class, RulesWindow, save_button);
  gtk_widget_class_bind_template_child (widget_class, RulesWindow, progress);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
  gtk_widget_class_install_action (widget_class, "rules.new", NULL, on_new);
  gtk_widget_class_install_action (widget_class, "rules.save", NULL, on_save);
  gtk_widget_class_install_action (widget_class, "rules.back", NULL, on_back);
  gtk_widget_class_install_action (widget_class, "rules.up", "x", on_move);
  gtk_widget_class_install_action (widget_class, "rules.down", "x", on_move);
  gtk_widget_class_install_action (widget_class, "rules.delete", "x", on_delete);
  gtk_widget_class_install_action (widget_class, "rules.undo", NULL, on_undo);
  gtk_widget_class_install_action (widget_class, "rules.run", NULL, on_run_now);
  gtk_widget_class_install_action (widget_class, "rules.cancel", NULL, on_cancel);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "rules.new", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "rules.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "rules.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "rules.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}

static void
rules_window_init (RulesWindow *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rules.run", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rules.cancel", FALSE);
}

RulesWindow *
rules_window_new (GtkWindow *parent, ModelRules *rules, ModelFolderTree *tree, AccountList *accounts, SyncRules *work)
{
  RulesWindow *self = g_object_new (RULES_TYPE_WINDOW, "transient-for", parent, NULL);

  self->rules = g_object_ref (rules);
  self->tree = g_object_ref (tree);
  g_set_object (&self->work, work);
  rules_editor_set_models (self->editor, tree, accounts);
  g_signal_connect_swapped (rules, "changed", G_CALLBACK (refresh), self);
  refresh (self);
  return self;
}
