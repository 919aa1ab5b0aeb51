/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says in words through which servers mail would go, and lets a person change them. */
#include "setup-servers.h"

#include "autoconfig-guess.h"
#include "base-config.h"
#include "setup-leave-group.h"
#include "setup-server-group.h"

#include <glib/gi18n.h>

struct _SetupServers
{
  AdwBin parent_instance;
  Account *account;
  char *guessed_for;         /* the address that the fields were filled in for */

  /* the template's */
  GtkLabel *origin_label;
  GtkWidget *summary;
  AdwPreferencesRow *incoming_row;
  AdwPreferencesRow *outgoing_row;
  GtkWidget *fields;
  SetupServerGroup *incoming_group;
  SetupServerGroup *outgoing_group;
  SetupLeaveGroup *leave_group;
};

G_DEFINE_FINAL_TYPE (SetupServers, setup_servers, ADW_TYPE_BIN)

static void
update_words (SetupServers *self)
{
  g_autofree char *incoming = setup_server_group_describe (self->account, ACCOUNT_INCOMING);
  g_autofree char *outgoing = setup_server_group_describe (self->account, ACCOUNT_OUTGOING);
  g_autofree char *leave = setup_leave_group_describe (self->account);

  adw_preferences_row_set_title (self->incoming_row, incoming);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->incoming_row), leave);
  adw_preferences_row_set_title (self->outgoing_row, outgoing);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->incoming_row), GTK_ACCESSIBLE_PROPERTY_LABEL, incoming, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->outgoing_row), GTK_ACCESSIBLE_PROPERTY_LABEL, outgoing, -1);
}

static void
show_fields (SetupServers *self, gboolean is_shown)
{
  gtk_widget_set_visible (self->summary, !is_shown);
  gtk_widget_set_visible (self->fields, is_shown);
}

static void
on_change_clicked (SetupServers *self)
{
  show_fields (self, TRUE);
  gtk_widget_child_focus (self->fields, GTK_DIR_TAB_FORWARD);
}

/* Where the settings come from, and what to know before the first try. */
static char *
describe_origin (const AutoconfigGuess *guess)
{
  if (!guess)
    return g_strdup (_("Enter the servers of your mail provider. Its help pages name them."));
  if (!guess->provider)
    return g_strdup (_("Guessed from your address. If the test fails, the help pages of your mail provider name the right servers."));
  if (guess->wants_oauth)
    return g_strdup_printf (_("%s lets no program in by password, so this version of Posthorn cannot fetch mail there yet."), guess->provider);
  if (!guess->has_protocol)
    return g_strdup_printf (_("%s is not known to offer POP3, the one way of receiving that this version of Posthorn has."), guess->provider);
  if (guess->wants_app_password)
    return g_strdup_printf (_("%s lets mail programs in with an app password only. Make one in its web settings, and enter it as the password."),
                            guess->provider);
  return g_strdup_printf (_("These are the servers of %s."), guess->provider);
}

static void
setup_servers_dispose (GObject *object)
{
  SetupServers *self = SETUP_SERVERS (object);

  g_clear_object (&self->account);
  g_clear_pointer (&self->guessed_for, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), SETUP_TYPE_SERVERS);
  G_OBJECT_CLASS (setup_servers_parent_class)->dispose (object);
}

static void
setup_servers_class_init (SetupServersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = setup_servers_dispose;

  g_type_ensure (SETUP_TYPE_SERVER_GROUP);
  g_type_ensure (SETUP_TYPE_LEAVE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/setup/setup-servers.ui");
  gtk_widget_class_bind_template_child (widget_class, SetupServers, origin_label);
  gtk_widget_class_bind_template_child (widget_class, SetupServers, summary);
  gtk_widget_class_bind_template_child (widget_class, SetupServers, incoming_row);
  gtk_widget_class_bind_template_child (widget_class, SetupServers, outgoing_row);
  gtk_widget_class_bind_template_child (widget_class, SetupServers, fields);
  gtk_widget_class_bind_template_child (widget_class, SetupServers, incoming_group);
  gtk_widget_class_bind_template_child (widget_class, SetupServers, outgoing_group);
  gtk_widget_class_bind_template_child (widget_class, SetupServers, leave_group);
  gtk_widget_class_bind_template_callback (widget_class, on_change_clicked);
}

static void
setup_servers_init (SetupServers *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
setup_servers_set_account (SetupServers *self, Account *account)
{
  g_return_if_fail (self->account == NULL);

  self->account = g_object_ref (account);
  setup_server_group_set_account (self->incoming_group, account, ACCOUNT_INCOMING);
  setup_server_group_set_account (self->outgoing_group, account, ACCOUNT_OUTGOING);
  setup_leave_group_set_account (self->leave_group, account);
  g_signal_connect_object (account, "notify", G_CALLBACK (update_words), self, G_CONNECT_SWAPPED);
}

void
setup_servers_guess (SetupServers *self)
{
  const char *email = account_get_email (self->account);
  g_autoptr (AutoconfigGuess) guess = NULL;
  g_autofree char *origin = NULL;

  if (g_strcmp0 (self->guessed_for, email) == 0)
    return;
  g_free (self->guessed_for);
  self->guessed_for = g_strdup (email);
  guess = autoconfig_guess_new (email, ACCOUNT_POP3);
  if (guess)
    autoconfig_guess_apply (guess, ACCOUNT_POP3, self->account);
  origin = describe_origin (guess);
  gtk_label_set_label (self->origin_label, origin);
  show_fields (self, guess == NULL);
  update_words (self);
}

gboolean
setup_servers_check (SetupServers *self)
{
  if (setup_server_group_check (self->incoming_group, FALSE) && setup_server_group_check (self->outgoing_group, TRUE))
    return TRUE;
  show_fields (self, TRUE);
  return FALSE;
}

void
setup_servers_show_fields (SetupServers *self)
{
  on_change_clicked (self);
}

const char *
setup_servers_get_outgoing_password (SetupServers *self)
{
  return setup_server_group_get_password (self->outgoing_group);
}

void
setup_servers_ask_outgoing_password (SetupServers *self, const char *sentence)
{
  show_fields (self, TRUE);
  setup_server_group_ask_password (self->outgoing_group, sentence);
}
