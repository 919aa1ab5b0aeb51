/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window that lists what one account's server refused, and why. */
#include "status-refusals.h"

#include "base-config.h"
#include "status-words.h"

struct _StatusRefusals
{
  AdwWindow parent_instance;

  Account *account;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (StatusRefusals, status_refusals, ADW_TYPE_WINDOW)

static GtkWidget *
create_row (gpointer item, gpointer data)
{
  StatusRefusals *self = data;
  g_autofree char *what = status_words_refusal (item);
  g_autofree char *why = status_words_refusal_reason (item, self->account, g_get_real_time () / G_USEC_PER_SEC);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), what);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), why);
  return row;
}

static gboolean
is_of_account (gpointer item, gpointer data)
{
  return model_refusal_get_account (item) == account_get_id (data);
}

static void
status_refusals_dispose (GObject *object)
{
  StatusRefusals *self = STATUS_REFUSALS (object);

  if (self->list)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  g_clear_object (&self->account);
  gtk_widget_dispose_template (GTK_WIDGET (object), STATUS_TYPE_REFUSALS);
  G_OBJECT_CLASS (status_refusals_parent_class)->dispose (object);
}

static void
status_refusals_class_init (StatusRefusalsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = status_refusals_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/status/status-refusals.ui");
  gtk_widget_class_bind_template_child (widget_class, StatusRefusals, list);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
status_refusals_init (StatusRefusals *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
status_refusals_new (GtkWindow *parent, ModelRefusals *refusals, Account *account)
{
  StatusRefusals *self = g_object_new (STATUS_TYPE_REFUSALS, "transient-for", parent, "destroy-with-parent", TRUE, NULL);
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (is_of_account, g_object_ref (account), g_object_unref));
  g_autoptr (GtkFilterListModel) model = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (refusals)), filter);

  self->account = g_object_ref (account);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (model), create_row, self, NULL);
  return GTK_WINDOW (self);
}
