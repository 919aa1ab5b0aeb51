/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for the password of one server, keeps it, and lets the account run again. */
#include "setup-password-dialog.h"

#include "app-names.h"
#include "app-words.h"
#include "base-config.h"
#include "base-error.h"
#include "setup-password.h"

#include <glib/gi18n.h>

#define SETUP_TYPE_PASSWORD_DIALOG (setup_password_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SetupPasswordDialog, setup_password_dialog, SETUP, PASSWORD_DIALOG, AdwWindow)

struct _SetupPasswordDialog
{
  AdwWindow parent_instance;
  AccountSecrets *secrets;
  SyncEngine *engine;
  Account *account;
  AccountDirection direction;
  gboolean is_kept;          /* the answer is given; only the note about the keyring is still to be read */

  /* the template's */
  GtkButton *cancel_button;
  GtkButton *accept_button;
  GtkLabel *why_label;
  GtkWidget *group;
  GtkEditable *password_row;
  GtkSwitch *remember_switch;
  GtkLabel *keyring_label;
};

G_DEFINE_FINAL_TYPE (SetupPasswordDialog, setup_password_dialog, ADW_TYPE_WINDOW)

/* One question at a time: the parent knows its dialog, and who waits until that one is answered. */
#define OPEN_KEY "setup-password-dialog"
#define WAITING_KEY "setup-password-waiting" /* a GQueue of Waiting */

typedef struct
{
  AccountList *accounts;
  AccountSecrets *secrets;
  SyncEngine *engine;
  Account *account;
  AccountDirection direction;
  GError *why;               /* (nullable) */
} Waiting;

static void
waiting_free (gpointer data)
{
  Waiting *self = data;

  g_object_unref (self->accounts);
  g_object_unref (self->secrets);
  g_object_unref (self->engine);
  g_object_unref (self->account);
  g_clear_error (&self->why);
  g_free (self);
}

static void
queue_free (gpointer queue)
{
  g_queue_free_full (queue, waiting_free);
}

/* A second question about the same password takes the place of the first: the newer reason counts. */
static void
enqueue (GtkWindow *parent, AccountList *accounts, AccountSecrets *secrets, SyncEngine *engine, Account *account,
         AccountDirection direction, const GError *why)
{
  GQueue *queue = g_object_get_data (G_OBJECT (parent), WAITING_KEY);
  Waiting *waiting = NULL;

  if (!queue)
    {
      queue = g_queue_new ();
      g_object_set_data_full (G_OBJECT (parent), WAITING_KEY, queue, queue_free);
    }
  for (GList *l = queue->head; l; l = l->next)
    {
      Waiting *other = l->data;

      if (other->account == account && other->direction == direction)
        waiting = other;
    }
  if (!waiting)
    {
      waiting = g_new0 (Waiting, 1);
      waiting->accounts = g_object_ref (accounts);
      waiting->secrets = g_object_ref (secrets);
      waiting->engine = g_object_ref (engine);
      waiting->account = g_object_ref (account);
      waiting->direction = direction;
      g_queue_push_tail (queue, waiting);
    }
  g_clear_error (&waiting->why);
  waiting->why = why ? g_error_copy (why) : NULL;
}

/* Not from within the closing of the one before; and of accounts that were removed meanwhile nothing is asked. */
static gboolean
present_next (gpointer data)
{
  GtkWindow *parent = data;
  GQueue *queue = g_object_get_data (G_OBJECT (parent), WAITING_KEY);
  Waiting *waiting;

  while (queue && gtk_widget_get_visible (GTK_WIDGET (parent)) && !g_object_get_data (G_OBJECT (parent), OPEN_KEY)
         && (waiting = g_queue_pop_head (queue)))
    {
      if (account_list_find (waiting->accounts, account_get_id (waiting->account)))
        setup_password_dialog_present (parent, waiting->accounts, waiting->secrets, waiting->engine, waiting->account,
                                       waiting->direction, waiting->why);
      waiting_free (waiting);
    }
  return G_SOURCE_REMOVE;
}

static void
on_edited (SetupPasswordDialog *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->accept_button), *gtk_editable_get_text (self->password_row) != '\0');
}

static void
run_account (SetupPasswordDialog *self)
{
  sync_engine_run_async (self->engine, account_get_id (self->account), SYNC_DEFAULT, NULL, NULL, NULL);
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SetupPasswordDialog) self = SETUP_PASSWORD_DIALOG (data);
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (setup_password_keep_finish (result, &error))
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  if (!self->group)
    return; /* closed meanwhile */
  /* It works for now all the same; the person reads why it will be asked for again. */
  sentence = setup_password_describe_failure (error);
  gtk_label_set_label (self->keyring_label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->keyring_label), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->why_label), FALSE);
  gtk_widget_set_visible (self->group, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->cancel_button), FALSE);
  gtk_button_set_label (self->accept_button, _("_Close"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->accept_button), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->accept_button));
}

static void
on_accept_clicked (SetupPasswordDialog *self)
{
  const char *password = gtk_editable_get_text (self->password_row);

  if (self->is_kept)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  self->is_kept = TRUE;
  gtk_window_set_focus (GTK_WINDOW (self), NULL); /* a field that cannot be typed into must not keep it */
  gtk_widget_set_sensitive (self->group, FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->accept_button), FALSE);
  if (gtk_switch_get_active (self->remember_switch))
    {
      setup_password_keep_async (self->secrets, self->account, self->direction, password, NULL, on_kept, g_object_ref (self));
      run_account (self); /* it is known from now on, whatever the keyring says */
      return;
    }
  account_secrets_remember (self->secrets, self->account, self->direction, password);
  run_account (self);
  gtk_window_close (GTK_WINDOW (self));
}

static void
setup_password_dialog_dispose (GObject *object)
{
  SetupPasswordDialog *self = SETUP_PASSWORD_DIALOG (object);

  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (parent && g_object_get_data (G_OBJECT (parent), OPEN_KEY) == self)
    {
      g_object_set_data (G_OBJECT (parent), OPEN_KEY, NULL);
      g_idle_add_full (G_PRIORITY_DEFAULT, present_next, g_object_ref (parent), g_object_unref);
    }
  g_clear_object (&self->account);
  g_clear_object (&self->secrets);
  g_clear_object (&self->engine);
  gtk_widget_dispose_template (GTK_WIDGET (self), SETUP_TYPE_PASSWORD_DIALOG);
  G_OBJECT_CLASS (setup_password_dialog_parent_class)->dispose (object);
}

static void
setup_password_dialog_class_init (SetupPasswordDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = setup_password_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/setup/setup-password-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SetupPasswordDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, SetupPasswordDialog, accept_button);
  gtk_widget_class_bind_template_child (widget_class, SetupPasswordDialog, why_label);
  gtk_widget_class_bind_template_child (widget_class, SetupPasswordDialog, group);
  gtk_widget_class_bind_template_child (widget_class, SetupPasswordDialog, password_row);
  gtk_widget_class_bind_template_child (widget_class, SetupPasswordDialog, remember_switch);
  gtk_widget_class_bind_template_child (widget_class, SetupPasswordDialog, keyring_label);
  gtk_widget_class_bind_template_callback (widget_class, on_accept_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
setup_password_dialog_init (SetupPasswordDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  app_names_password (GTK_WIDGET (self->password_row));
  app_names_inside (self->group, GTK_TYPE_LIST_BOX, _("Password"));
}

/* Whose password, for what, and why now. */
static char *
describe (Account *account, AccountDirection direction, const GError *why)
{
  gboolean is_told = why && !g_error_matches (why, BASE_ERROR, BASE_ERROR_NO_PASSWORD); /* that one is needed the title says */
  g_autofree char *reason = is_told ? app_words_error (why) : NULL;
  g_autofree char *purpose = g_strdup_printf (direction == ACCOUNT_INCOMING ? _("Enter the password for receiving the mail of %s.")
                                                                            : _("Enter the password for sending mail as %s."),
                                              account_get_email (account));

  return reason ? g_strdup_printf ("%s\n%s", reason, purpose) : g_steal_pointer (&purpose);
}

void
setup_password_dialog_present (GtkWindow *parent, AccountList *accounts, AccountSecrets *secrets, SyncEngine *engine,
                               Account *account, AccountDirection direction, const GError *why)
{
  SetupPasswordDialog *self = g_object_get_data (G_OBJECT (parent), OPEN_KEY);
  g_autofree char *sentence = describe (account, direction, why);

  if (self && (self->account != account || self->direction != direction))
    {
      enqueue (parent, accounts, secrets, engine, account, direction, why);
      return;
    }
  if (!self)
    {
      self = g_object_new (SETUP_TYPE_PASSWORD_DIALOG, "transient-for", parent, NULL);
      self->account = g_object_ref (account);
      self->secrets = g_object_ref (secrets);
      self->engine = g_object_ref (engine);
      self->direction = direction;
      g_object_set_data (G_OBJECT (parent), OPEN_KEY, self);
    }
  gtk_label_set_label (self->why_label, sentence);
  gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
  gtk_window_present (GTK_WINDOW (self));
}
