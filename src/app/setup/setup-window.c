/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The account wizard: leads from page to page, and saves what came of it. */
#include "setup-window.h"

#include "app-words.h"
#include "base-config.h"
#include "setup-certificate-dialog.h"
#include "setup-password.h"
#include "setup-person.h"
#include "setup-servers.h"
#include "setup-test.h"

#include <glib/gi18n.h>
#include <string.h>

struct _SetupWindow
{
  AdwWindow parent_instance;
  AccountList *accounts;
  AccountSecrets *secrets;
  SyncEngine *engine;
  Account *account;          /* in no list until the end */
  gboolean is_saving;

  /* the template's */
  GtkStack *stack;
  GtkButton *back_button;
  GtkButton *next_button;
  SetupPerson *person_page;
  SetupServers *servers_page;
  SetupTest *test_page;
  AdwStatusPage *done_page;
  GtkLabel *keyring_label;
};

enum
{
  SIGNAL_ACCOUNT_ADDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SetupWindow, setup_window, ADW_TYPE_WINDOW)

static gboolean
is_on (SetupWindow *self, const char *page)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), page) == 0;
}

static void
go_to (SetupWindow *self, const char *page)
{
  gtk_stack_set_visible_child_name (self->stack, page);
}

static const char *
get_outgoing_password (SetupWindow *self)
{
  const char *own = setup_servers_get_outgoing_password (self->servers_page);

  return own ? own : setup_person_get_password (self->person_page);
}

static void
start_test (SetupWindow *self)
{
  go_to (self, "test");
  setup_test_start (self->test_page, self->engine, self->account, setup_person_get_password (self->person_page), get_outgoing_password (self));
}

/* The account is saved, and what could be done with its passwords is done. */
static void
finish (SetupWindow *self, const GError *keyring_error)
{
  g_autofree char *description = NULL;

  g_signal_emit (self, signals[SIGNAL_ACCOUNT_ADDED], 0, self->account);
  if (!self->stack)
    return; /* closed meanwhile */
  if (setup_test_get_error (self->test_page, ACCOUNT_INCOMING))
    {
      adw_status_page_set_icon_name (self->done_page, "document-save-symbolic");
      adw_status_page_set_title (self->done_page, _("The Account Is Saved"));
      description = g_strdup (_("What does not work yet can be put right under Accounts in the preferences."));
    }
  else if (setup_test_get_error (self->test_page, ACCOUNT_OUTGOING))
    description = g_markup_printf_escaped (_("Posthorn is receiving the mail of %s. Sending does not work yet: it can be put right under Accounts in "
                                             "the preferences."), account_get_email (self->account));
  else
    description = g_markup_printf_escaped (_("Posthorn is receiving the mail of %s."), account_get_email (self->account));
  adw_status_page_set_description (self->done_page, description);
  if (keyring_error)
    {
      g_autofree char *sentence = setup_password_describe_failure (keyring_error);

      gtk_label_set_label (self->keyring_label, sentence);
      gtk_widget_set_visible (GTK_WIDGET (self->keyring_label), TRUE);
    }
  go_to (self, "done");
}

static void
on_outgoing_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SetupWindow) self = SETUP_WINDOW (data);
  g_autoptr (GError) error = NULL;

  setup_password_keep_finish (result, &error);
  finish (self, error);
}

static void
on_incoming_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SetupWindow) self = SETUP_WINDOW (data);
  g_autoptr (GError) error = NULL;
  g_autofree char *outgoing = g_object_steal_data (G_OBJECT (self), "outgoing-password");

  setup_password_keep_finish (result, &error);
  if (outgoing)
    setup_password_keep_async (self->secrets, self->account, ACCOUNT_OUTGOING, outgoing, NULL, on_outgoing_kept, g_object_ref (self));
  else
    finish (self, error);
  if (outgoing)
    explicit_bzero (outgoing, strlen (outgoing));
}

static void
save (SetupWindow *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *why = NULL;

  if (self->is_saving)
    return;
  if (!account_list_save (self->accounts, self->account, &error))
    {
      why = app_words_error (error);
      setup_test_show_problem (self->test_page, why);
      return;
    }
  self->is_saving = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->back_button), FALSE);
  g_object_set_data_full (G_OBJECT (self), "outgoing-password", g_strdup (setup_servers_get_outgoing_password (self->servers_page)),
                          (GDestroyNotify) account_secrets_free_password);
  setup_password_keep_async (self->secrets, self->account, ACCOUNT_INCOMING, setup_person_get_password (self->person_page), NULL,
                             on_incoming_kept, g_object_ref (self));
}

static void
on_passed (SetupWindow *self)
{
  save (self);
}

static void
ask_password (SetupWindow *self, AccountDirection direction)
{
  const char *host = account_get_host (self->account, direction);
  g_autofree char *sentence = g_strdup_printf (_("%s did not accept this password."), host);

  if (direction == ACCOUNT_OUTGOING && setup_servers_get_outgoing_password (self->servers_page))
    {
      go_to (self, "servers");
      setup_servers_ask_outgoing_password (self->servers_page, sentence);
      return;
    }
  go_to (self, "person");
  setup_person_ask_password (self->person_page, sentence);
}

static void
on_help (SetupWindow *self, int direction, int help)
{
  switch ((AppHelp) help)
    {
    case APP_HELP_PASSWORD:
      ask_password (self, direction);
      break;
    case APP_HELP_CERTIFICATE:
      setup_certificate_dialog_present (GTK_WINDOW (self), self->accounts, self->engine, self->account, direction,
                                        setup_test_get_error (self->test_page, direction));
      break;
    default:
      go_to (self, "servers");
      setup_servers_show_fields (self->servers_page);
    }
}

/* A certificate was accepted: what it stood in the way of is tried again. */
static void
on_trusted (SetupWindow *self)
{
  if (is_on (self, "test") && !self->is_saving)
    start_test (self);
}

static void
on_next_clicked (SetupWindow *self)
{
  if (is_on (self, "person"))
    {
      if (!setup_person_check (self->person_page, self->accounts))
        return;
      setup_servers_guess (self->servers_page);
      go_to (self, "servers");
    }
  else if (is_on (self, "servers"))
    {
      if (setup_servers_check (self->servers_page))
        start_test (self);
    }
  else if (is_on (self, "done"))
    gtk_window_close (GTK_WINDOW (self));
}

static void
on_back_clicked (SetupWindow *self)
{
  if (is_on (self, "servers"))
    go_to (self, "person");
  else if (is_on (self, "test"))
    {
      setup_test_cancel (self->test_page);
      go_to (self, "servers");
    }
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
on_page_changed (SetupWindow *self)
{
  gboolean is_first = is_on (self, "person"), is_last = is_on (self, "done");

  if (!self->next_button)
    return; /* still being built */
  gtk_button_set_label (self->back_button, is_first ? _("_Cancel") : _("_Back"));
  gtk_widget_set_visible (GTK_WIDGET (self->back_button), !is_last);
  gtk_button_set_label (self->next_button, is_last ? _("_Done") : _("_Next"));
  gtk_widget_set_visible (GTK_WIDGET (self->next_button), !is_on (self, "test"));
  if (is_first)
    setup_person_start (self->person_page);
  else if (!is_on (self, "test"))
    gtk_widget_grab_focus (GTK_WIDGET (self->next_button));
}

static void
setup_window_dispose (GObject *object)
{
  SetupWindow *self = SETUP_WINDOW (object);

  if (self->account)
    g_signal_handlers_disconnect_by_data (self->account, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), SETUP_TYPE_WINDOW);
  G_OBJECT_CLASS (setup_window_parent_class)->dispose (object);
}

static void
setup_window_finalize (GObject *object)
{
  SetupWindow *self = SETUP_WINDOW (object);

  g_clear_object (&self->account);
  g_clear_object (&self->accounts);
  g_clear_object (&self->secrets);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (setup_window_parent_class)->finalize (object);
}

static void
setup_window_class_init (SetupWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = setup_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = setup_window_finalize;

  signals[SIGNAL_ACCOUNT_ADDED] = g_signal_new ("account-added", SETUP_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                G_TYPE_NONE, 1, ACCOUNT_TYPE_ACCOUNT);

  g_type_ensure (SETUP_TYPE_PERSON);
  g_type_ensure (SETUP_TYPE_SERVERS);
  g_type_ensure (SETUP_TYPE_TEST);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/setup/setup-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SetupWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, SetupWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, SetupWindow, next_button);
  gtk_widget_class_bind_template_child (widget_class, SetupWindow, person_page);
  gtk_widget_class_bind_template_child (widget_class, SetupWindow, servers_page);
  gtk_widget_class_bind_template_child (widget_class, SetupWindow, test_page);
  gtk_widget_class_bind_template_child (widget_class, SetupWindow, done_page);
  gtk_widget_class_bind_template_child (widget_class, SetupWindow, keyring_label);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_help);
  gtk_widget_class_bind_template_callback (widget_class, on_next_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_page_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_passed);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
setup_window_init (SetupWindow *self)
{
  self->account = account_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  setup_person_set_account (self->person_page, self->account);
  setup_servers_set_account (self->servers_page, self->account);
  g_signal_connect_swapped (self->account, "notify::certificate-exceptions", G_CALLBACK (on_trusted), self);
  on_page_changed (self);
}

SetupWindow *
setup_window_new (GtkWindow *parent, AccountList *accounts, AccountSecrets *secrets, SyncEngine *engine)
{
  SetupWindow *self = g_object_new (SETUP_TYPE_WINDOW, "transient-for", parent, "destroy-with-parent", TRUE, NULL);

  self->accounts = g_object_ref (accounts);
  self->secrets = g_object_ref (secrets);
  self->engine = g_object_ref (engine);
  return self;
}
