/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Edits a copy of an account's settings, and saves or removes the account. */
#include "preferences-account.h"

#include "app-alert.h"
#include "app-names.h"
#include "app-words.h"
#include "base-config.h"
#include "base-error.h"
#include "mail-address.h"
#include "preferences-expiry.h"
#include "preferences-identities.h"
#include "setup-field.h"
#include "setup-keep-group.h"
#include "setup-leave-group.h"
#include "setup-password.h"
#include "setup-server-group.h"

#include <glib/gi18n.h>

struct _PreferencesAccount
{
  AdwBin parent_instance;
  Account *account;          /* the list's */
  Account *edited;           /* the copy that the fields are bound to */
  AccountList *accounts;
  AccountSecrets *secrets;
  SyncEngine *engine;
  PreferencesRemoveAccountFunc remove;
  gpointer remove_data;
  gboolean is_changed;

  /* the template's */
  AdwWindowTitle *window_title;
  GtkWidget *save_button;
  GtkWidget *title_row;
  GtkWidget *name_row;
  GtkWidget *email_row;
  GtkWidget *password_row;
  GtkLabel *problem_label;
  GtkSpinButton *minutes_button;
  PreferencesIdentities *identities_group;
  SetupLeaveGroup *leave_group;
  SetupKeepGroup *keep_group;
  PreferencesExpiry *expiry_group;
  SetupServerGroup *incoming_group;
  SetupServerGroup *outgoing_group;
  GtkWidget *remove_button;
};

enum
{
  SIGNAL_BACK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PreferencesAccount, preferences_account, ADW_TYPE_BIN)

static void
on_changed (PreferencesAccount *self)
{
  if (!self->edited)
    return; /* still being filled in */
  self->is_changed = TRUE;
  gtk_widget_set_sensitive (self->save_button, TRUE);
}

static void
on_email_edited (PreferencesAccount *self)
{
  setup_field_clear_problem (self->email_row, self->problem_label);
}

static void
show_sentence (PreferencesAccount *self, const char *sentence, const char *style)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->problem_label), "error");
  gtk_widget_remove_css_class (GTK_WIDGET (self->problem_label), "warning");
  gtk_widget_add_css_class (GTK_WIDGET (self->problem_label), style);
  gtk_label_set_label (self->problem_label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), TRUE);
}

static void
go_back (PreferencesAccount *self)
{
  g_signal_emit (self, signals[SIGNAL_BACK], 0);
}

/* Saving */

static gboolean
check (PreferencesAccount *self)
{
  const char *email = account_get_email (self->edited);
  Account *other = account_list_find_email (self->accounts, email);
  const char *sentence = NULL;

  if (!mail_address_is_valid (email))
    sentence = _("This is not a complete e-mail address. It looks like ana@example.org.");
  else if (other && account_get_id (other) != account_get_id (self->edited))
    sentence = _("There is another account with this address.");
  if (sentence)
    {
      show_sentence (self, sentence, "error");
      setup_field_set_problem (self->email_row, self->problem_label, sentence);
      return FALSE;
    }
  return preferences_identities_check (self->identities_group) && setup_server_group_check (self->incoming_group, FALSE) && setup_server_group_check (self->outgoing_group, FALSE);
}

static void
on_password_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (PreferencesAccount) self = PREFERENCES_ACCOUNT (data);
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (setup_password_keep_finish (result, &error) || !self->problem_label)
    return;
  sentence = setup_password_describe_failure (error);
  show_sentence (self, sentence, "warning");
}

static void
keep_passwords (PreferencesAccount *self)
{
  const char *password = gtk_editable_get_text (GTK_EDITABLE (self->password_row));
  const char *outgoing = setup_server_group_get_password (self->outgoing_group);

  if (*password)
    setup_password_keep_async (self->secrets, self->account, ACCOUNT_INCOMING, password, NULL, on_password_kept, g_object_ref (self));
  if (outgoing)
    setup_password_keep_async (self->secrets, self->account, ACCOUNT_OUTGOING, outgoing, NULL, on_password_kept, g_object_ref (self));
  gtk_editable_set_text (GTK_EDITABLE (self->password_row), "");
}

static void
on_save_clicked (PreferencesAccount *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *why = NULL;

  if (!check (self))
    return;
  if (!account_list_save (self->accounts, self->edited, &error))
    {
      why = app_words_error (error);
      show_sentence (self, why, "error");
      return;
    }
  keep_passwords (self);
  adw_window_title_set_title (self->window_title, account_get_title (self->edited));
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), FALSE);
  gtk_widget_set_sensitive (self->save_button, FALSE);
  self->is_changed = FALSE;
  /* Whether the new settings work is seen at once. */
  sync_engine_run_async (self->engine, account_get_id (self->account), SYNC_DEFAULT, NULL, NULL, NULL);
}

/* Leaving */

static void
on_leave_answered (const char *choice, gpointer data)
{
  if (g_str_equal (choice, "discard"))
    go_back (data);
}

void
preferences_account_leave (PreferencesAccount *self)
{
  const AppAlertChoice choices[] = {
    { "cancel", _("_Stay Here"), APP_ALERT_PLAIN },
    { "discard", _("_Leave Without Saving"), APP_ALERT_DESTRUCTIVE },
  };

  if (self->is_changed)
    app_alert_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _("Leave Without Saving?"),
                       _("The settings that you changed here are not saved yet."),
                       choices, G_N_ELEMENTS (choices), on_leave_answered, g_object_ref (self), g_object_unref);
  else
    go_back (self);
}

static void
on_back_clicked (PreferencesAccount *self)
{
  preferences_account_leave (self);
}

/* Removing */

static void
on_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (PreferencesAccount) self = PREFERENCES_ACCOUNT (data);
  g_autoptr (GError) error = NULL;
  g_autofree char *why = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      self->is_changed = FALSE;
      go_back (self);
      return;
    }
  if (!self->problem_label)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  why = app_words_error (error);
  show_sentence (self, why, "error");
}

static void
on_remove_answered (const char *choice, gpointer data)
{
  PreferencesAccount *self = data;

  if (g_str_equal (choice, "cancel"))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  self->remove (self->account, g_str_equal (choice, "keep"), on_removed, g_object_ref (self), self->remove_data);
}

static void
on_remove_clicked (PreferencesAccount *self)
{
  const AppAlertChoice choices[] = {
    { "cancel", _("_Cancel"), APP_ALERT_PLAIN },
    { "keep", _("_Keep the Mail"), APP_ALERT_SUGGESTED },
    { "delete", _("_Delete the Mail Too"), APP_ALERT_DESTRUCTIVE },
  };
  g_autofree char *heading = g_strdup_printf (_("Remove %s?"), account_get_title (self->account));

  app_alert_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), heading,
                     _("The mail that was received may stay, in folders under “On this computer”. If you delete it, only what is still on the server remains."),
                     choices, G_N_ELEMENTS (choices), on_remove_answered, g_object_ref (self), g_object_unref);
}

/* The object */

static void
preferences_account_dispose (GObject *object)
{
  PreferencesAccount *self = PREFERENCES_ACCOUNT (object);

  if (self->edited)
    g_signal_handlers_disconnect_by_data (self->edited, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), PREFERENCES_TYPE_ACCOUNT);
  G_OBJECT_CLASS (preferences_account_parent_class)->dispose (object);
}

static void
preferences_account_finalize (GObject *object)
{
  PreferencesAccount *self = PREFERENCES_ACCOUNT (object);

  g_clear_object (&self->account);
  g_clear_object (&self->edited);
  g_clear_object (&self->accounts);
  g_clear_object (&self->secrets);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (preferences_account_parent_class)->finalize (object);
}

static void
preferences_account_class_init (PreferencesAccountClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = preferences_account_dispose;
  G_OBJECT_CLASS (klass)->finalize = preferences_account_finalize;

  signals[SIGNAL_BACK] = g_signal_new ("back", PREFERENCES_TYPE_ACCOUNT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (PREFERENCES_TYPE_EXPIRY);
  g_type_ensure (PREFERENCES_TYPE_IDENTITIES);
  g_type_ensure (SETUP_TYPE_KEEP_GROUP);
  g_type_ensure (SETUP_TYPE_LEAVE_GROUP);
  g_type_ensure (SETUP_TYPE_SERVER_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/preferences/preferences-account.ui");
  gtk_widget_class_bind_template_child (widget_class, PreferencesAccount, window_title);
  gtk_widget_class_bind_template_child (widget_class, PreferencesAccount, save_button);
  gtk_widget_class_bind_template_child (widget_class, PreferencesAccount, title_row);
  gtk_widget_class_bind_template_child (widget_class, PreferencesAccount, name_row);
  gtk_widget_class_bind_template_child (widget_class, PreferencesAccount, email_row);
  gtk_widget_class_bind_template_child (widget_class, PreferencesAccount, password_row);
  gtk_widget_class_bind_template_child (widget_class, PreferencesAccount, problem_label);
  gtk_widget_class_bind_template_child (widget_class, PreferencesAccount, minutes_button);
  gtk_widget_class_bind_template_child (widget_class, PreferencesAccount, identities_group);
  gtk_widget_class_bind_template_child (widget_class, PreferencesAccount, leave_group);
  gtk_widget_class_bind_template_child (widget_class, PreferencesAccount, keep_group);
  gtk_widget_class_bind_template_child (widget_class, PreferencesAccount, expiry_group);
  gtk_widget_class_bind_template_child (widget_class, PreferencesAccount, incoming_group);
  gtk_widget_class_bind_template_child (widget_class, PreferencesAccount, outgoing_group);
  gtk_widget_class_bind_template_child (widget_class, PreferencesAccount, remove_button);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_email_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
}

static void
preferences_account_init (PreferencesAccount *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  app_names_groups (GTK_WIDGET (self), _("Account"));
  app_names_password (self->password_row);
}

static gboolean
trim (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  g_value_take_string (to, g_strstrip (g_value_dup_string (from)));
  return TRUE;
}

static void
bind_text (Account *account, const char *property, GtkWidget *row)
{
  g_object_bind_property_full (account, property, row, "text", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE, NULL, trim, NULL, NULL);
}

static void
set_account (PreferencesAccount *self, Account *account)
{
  g_autoptr (Account) edited = account_copy (account);

  self->account = g_object_ref (account);
  bind_text (edited, "title", self->title_row);
  bind_text (edited, "person-name", self->name_row);
  bind_text (edited, "email", self->email_row);
  g_object_bind_property (edited, "check-minutes", gtk_spin_button_get_adjustment (self->minutes_button), "value",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  preferences_identities_set_account (self->identities_group, edited);
  setup_leave_group_set_account (self->leave_group, edited);
  setup_keep_group_set_account (self->keep_group, edited);
  preferences_expiry_set_account (self->expiry_group, edited);
  gtk_widget_set_visible (GTK_WIDGET (self->leave_group), account_get_protocol (edited) == ACCOUNT_POP3);
  gtk_widget_set_visible (GTK_WIDGET (self->keep_group), account_get_protocol (edited) == ACCOUNT_IMAP);
  setup_server_group_set_account (self->incoming_group, edited, ACCOUNT_INCOMING);
  setup_server_group_set_account (self->outgoing_group, edited, ACCOUNT_OUTGOING);
  adw_window_title_set_title (self->window_title, account_get_title (account));
  g_signal_connect_swapped (edited, "notify", G_CALLBACK (on_changed), self);
  self->edited = g_steal_pointer (&edited);
}

PreferencesAccount *
preferences_account_new (Account *account, AccountList *accounts, AccountSecrets *secrets, SyncEngine *engine,
                         PreferencesRemoveAccountFunc remove, gpointer remove_data)
{
  PreferencesAccount *self = g_object_new (PREFERENCES_TYPE_ACCOUNT, NULL);

  self->accounts = g_object_ref (accounts);
  self->secrets = g_object_ref (secrets);
  self->engine = g_object_ref (engine);
  self->remove = remove;
  self->remove_data = remove_data;
  set_account (self, account);
  return self;
}

gboolean
preferences_account_is_changed (PreferencesAccount *self)
{
  return self->is_changed;
}
