/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One account in the list of what is going on: its state in words, how far it is, what is wrong, and the buttons for it. */
#include "status-account.h"

#include "app-words.h"
#include "base-config.h"
#include "status-words.h"

#include <glib/gi18n.h>

struct _StatusAccount
{
  GtkWidget parent_instance;

  SyncStatus *status;
  Account *account;

  GtkWidget *box;
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *state;
  GtkProgressBar *progress;
  GtkLabel *problem;
  GtkLabel *details;
  GtkLabel *refused;
  GtkWidget *helps;
  GtkButton *help;
  GtkButton *refusals;
  GtkButton *run;
  GtkButton *cancel;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StatusAccount, status_account, GTK_TYPE_WIDGET)

const GError *
status_account_find_problem (SyncStatus *status)
{
  const GError *problem = sync_status_get_problem (status);

  if (!problem || g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    problem = sync_status_get_send_problem (status);
  return problem && !g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? problem : NULL;
}

static void
on_chosen (StatusAccount *self)
{
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text && text[0]);
}

static void
show_problem (StatusAccount *self, const GError *problem)
{
  const char *label = problem ? app_words_get_help_label (app_words_get_help (problem)) : NULL;
  g_autofree char *text = problem ? app_words_error (problem) : NULL;
  g_autofree char *details = problem ? app_words_error_details (problem) : NULL;

  set_text (self->problem, text);
  set_text (self->details, details);
  gtk_widget_set_visible (GTK_WIDGET (self->help), label != NULL);
  if (label)
    gtk_button_set_label (self->help, label);
}

static void
show_state (StatusAccount *self, gboolean is_offline, const GError *problem)
{
  g_autofree char *step = status_words_step (self->status);
  g_autofree char *rest = NULL;
  gint64 last;

  g_object_get (self->status, "last-success", &last, NULL);
  if (!step && is_offline)
    rest = g_strdup (_("Offline"));
  else if (!step)
    rest = last ? status_words_rest (last, g_get_real_time () / G_USEC_PER_SEC, problem != NULL) : g_strdup (_("Not checked yet"));
  set_text (self->state, step ? step : rest);
  gtk_image_set_from_icon_name (self->icon, step ? "mail-send-receive-symbolic" : problem ? "dialog-warning-symbolic"
                                            : is_offline ? "network-offline-symbolic" : last ? "object-select-symbolic" : "mail-read-symbolic");
  if (problem && !step)
    gtk_widget_add_css_class (GTK_WIDGET (self->icon), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), "error");

  gtk_widget_set_visible (GTK_WIDGET (self->progress), step != NULL);
  if (step && sync_status_get_fraction (self->status) >= 0)
    gtk_progress_bar_set_fraction (self->progress, sync_status_get_fraction (self->status));
  else if (step)
    gtk_progress_bar_pulse (self->progress);
  gtk_widget_set_visible (GTK_WIDGET (self->cancel), step != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->run), step == NULL);
}

void
status_account_update (StatusAccount *self, gboolean is_offline, guint n_refused, gboolean has_refusals)
{
  const GError *problem = status_account_find_problem (self->status);
  g_autofree char *refused = NULL;

  if (n_refused)
    refused = g_strdup_printf (ngettext ("The server refused %u change.", "The server refused %u changes.", n_refused), n_refused);
  gtk_label_set_text (self->title, account_get_title (self->account));
  show_state (self, is_offline, problem);
  show_problem (self, problem);
  set_text (self->refused, refused);
  gtk_widget_set_visible (GTK_WIDGET (self->refusals), has_refusals);
  gtk_widget_set_visible (self->helps, has_refusals || gtk_widget_get_visible (GTK_WIDGET (self->help)));
}

SyncStatus *
status_account_get_status (StatusAccount *self)
{
  return self->status;
}

static void
status_account_dispose (GObject *object)
{
  StatusAccount *self = STATUS_ACCOUNT (object);

  g_clear_object (&self->status);
  g_clear_object (&self->account);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (status_account_parent_class)->dispose (object);
}

static void
status_account_class_init (StatusAccountClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = status_account_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", STATUS_TYPE_ACCOUNT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/status/status-account.ui");
  gtk_widget_class_bind_template_child (widget_class, StatusAccount, box);
  gtk_widget_class_bind_template_child (widget_class, StatusAccount, icon);
  gtk_widget_class_bind_template_child (widget_class, StatusAccount, title);
  gtk_widget_class_bind_template_child (widget_class, StatusAccount, state);
  gtk_widget_class_bind_template_child (widget_class, StatusAccount, progress);
  gtk_widget_class_bind_template_child (widget_class, StatusAccount, problem);
  gtk_widget_class_bind_template_child (widget_class, StatusAccount, details);
  gtk_widget_class_bind_template_child (widget_class, StatusAccount, refused);
  gtk_widget_class_bind_template_child (widget_class, StatusAccount, helps);
  gtk_widget_class_bind_template_child (widget_class, StatusAccount, help);
  gtk_widget_class_bind_template_child (widget_class, StatusAccount, refusals);
  gtk_widget_class_bind_template_child (widget_class, StatusAccount, run);
  gtk_widget_class_bind_template_child (widget_class, StatusAccount, cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
}

static void
status_account_init (StatusAccount *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Says which account a button is for, too: several stand below each other. */
static void
name_button (GtkButton *button, const char *format, Account *account)
{
  g_autoptr (GString) name = g_string_new (format);

  g_string_replace (name, "{account}", account_get_title (account), 1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (button), name->str);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str, -1);
}

GtkWidget *
status_account_new (SyncStatus *status, Account *account)
{
  StatusAccount *self = g_object_new (STATUS_TYPE_ACCOUNT, NULL);
  GtkButton *buttons[] = { self->run, self->cancel, self->help, self->refusals };

  self->status = g_object_ref (status);
  self->account = g_object_ref (account);
  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (buttons[i]), "x", account_get_id (account));
  /* Translators: {account} is an account's title; keep what is in braces as it is */
  name_button (self->run, _("Send and receive for {account}"), account);
  name_button (self->cancel, _("Stop for {account}"), account);
  return GTK_WIDGET (self);
}
