/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says in words through which servers mail would go, and lets a person change them. */
#include "setup-servers.h"

#include "app-names.h"
#include "autoconfig-guess.h"
#include "base-config.h"
#include "setup-keep-group.h"
#include "setup-leave-group.h"
#include "setup-protocol-group.h"
#include "setup-server-group.h"

#include <glib/gi18n.h>

struct _SetupServers
{
  AdwBin parent_instance;
  Account *account;
  char *guessed_for;         /* the address that the fields were filled in for */

  /* the template's */
  GtkLabel *origin_label;
  SetupProtocolGroup *protocol_group;
  GtkWidget *summary;
  AdwPreferencesRow *incoming_row;
  AdwPreferencesRow *outgoing_row;
  GtkWidget *fields;
  SetupServerGroup *incoming_group;
  SetupServerGroup *outgoing_group;
  SetupLeaveGroup *leave_group;
  SetupKeepGroup *keep_group;
};

G_DEFINE_FINAL_TYPE (SetupServers, setup_servers, ADW_TYPE_BIN)

static void
update_words (SetupServers *self)
{
  g_autofree char *incoming = setup_server_group_describe (self->account, ACCOUNT_INCOMING);
  g_autofree char *outgoing = setup_server_group_describe (self->account, ACCOUNT_OUTGOING);
  gboolean is_imap = account_get_protocol (self->account) == ACCOUNT_IMAP;
  g_autofree char *leave = is_imap ? setup_keep_group_describe (self->account) : setup_leave_group_describe (self->account);

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
describe_origin (const AutoconfigGuess *guess, AccountProtocol protocol)
{
  if (!guess)
    return g_strdup (_("Enter the servers of your mail provider. Its help pages name them."));
  if (!guess->provider)
    return g_strdup (_("Guessed from your address. If the test fails, the help pages of your mail provider name the right servers."));
  if (guess->wants_oauth)
    return g_strdup_printf (_("%s lets no program in by password, so this version of Posthorn cannot fetch mail there yet."), guess->provider);
  if (!guess->has_protocol)
    return g_strdup_printf (protocol == ACCOUNT_POP3 ? _("%s is not known to offer POP3. Choose IMAP if it does not work.")
                                                     : _("%s is not known to offer IMAP. Choose POP3 if it does not work."), guess->provider);
  if (guess->wants_app_password)
    return g_strdup_printf (_("%s lets mail programs in with an app password only. Make one in its web settings, and enter it as the password."),
                            guess->provider);
  return g_strdup_printf (_("These are the servers of %s."), guess->provider);
}

/* The protocol that a person sees first: IMAP, but for providers that have nothing but POP3. */
static AccountProtocol
get_best_protocol (const char *email)
{
  g_autoptr (AutoconfigGuess) imap = autoconfig_guess_new (email, ACCOUNT_IMAP);
  g_autoptr (AutoconfigGuess) pop3 = autoconfig_guess_new (email, ACCOUNT_POP3);

  return imap && !imap->has_protocol && pop3->has_protocol ? ACCOUNT_POP3 : ACCOUNT_IMAP;
}

static gboolean
is_as_guessed (const AutoconfigGuess *guess, Account *account)
{
  return guess && g_str_equal (account_get_host (account, ACCOUNT_INCOMING), guess->incoming.host)
         && account_get_port (account, ACCOUNT_INCOMING) == guess->incoming.port
         && account_get_security (account, ACCOUNT_INCOMING) == guess->incoming.security;
}

/* What a person has entered by hand stays, but for a port that was the other protocol's own. */
static void
on_protocol_changed (SetupServers *self)
{
  AccountProtocol protocol = account_get_protocol (self->account);
  AccountProtocol other = protocol == ACCOUNT_IMAP ? ACCOUNT_POP3 : ACCOUNT_IMAP;
  const char *email = account_get_email (self->account);
  MailSecurity security = account_get_security (self->account, ACCOUNT_INCOMING);
  g_autoptr (AutoconfigGuess) before = autoconfig_guess_new (email, other);
  g_autoptr (AutoconfigGuess) guess = autoconfig_guess_new (email, protocol);
  g_autofree char *origin = describe_origin (guess, protocol);

  gtk_widget_set_visible (GTK_WIDGET (self->leave_group), protocol == ACCOUNT_POP3);
  gtk_widget_set_visible (GTK_WIDGET (self->keep_group), protocol == ACCOUNT_IMAP);
  if (guess && is_as_guessed (before, self->account))
    account_set_server (self->account, ACCOUNT_INCOMING, guess->incoming.host, guess->incoming.port, guess->incoming.security,
                        guess->incoming.user);
  else if (account_get_port (self->account, ACCOUNT_INCOMING) == account_default_port (other, ACCOUNT_INCOMING, security))
    g_object_set (self->account, "incoming-port", account_default_port (protocol, ACCOUNT_INCOMING, security), NULL);
  gtk_label_set_label (self->origin_label, origin);
  update_words (self);
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
  g_type_ensure (SETUP_TYPE_KEEP_GROUP);
  g_type_ensure (SETUP_TYPE_LEAVE_GROUP);
  g_type_ensure (SETUP_TYPE_PROTOCOL_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/setup/setup-servers.ui");
  gtk_widget_class_bind_template_child (widget_class, SetupServers, origin_label);
  gtk_widget_class_bind_template_child (widget_class, SetupServers, protocol_group);
  gtk_widget_class_bind_template_child (widget_class, SetupServers, summary);
  gtk_widget_class_bind_template_child (widget_class, SetupServers, incoming_row);
  gtk_widget_class_bind_template_child (widget_class, SetupServers, outgoing_row);
  gtk_widget_class_bind_template_child (widget_class, SetupServers, fields);
  gtk_widget_class_bind_template_child (widget_class, SetupServers, incoming_group);
  gtk_widget_class_bind_template_child (widget_class, SetupServers, outgoing_group);
  gtk_widget_class_bind_template_child (widget_class, SetupServers, leave_group);
  gtk_widget_class_bind_template_child (widget_class, SetupServers, keep_group);
  gtk_widget_class_bind_template_callback (widget_class, on_change_clicked);
}

static void
setup_servers_init (SetupServers *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  app_names_groups (GTK_WIDGET (self), _("Servers"));
}

void
setup_servers_set_account (SetupServers *self, Account *account)
{
  g_return_if_fail (self->account == NULL);

  self->account = g_object_ref (account);
  setup_server_group_set_account (self->incoming_group, account, ACCOUNT_INCOMING);
  setup_server_group_set_account (self->outgoing_group, account, ACCOUNT_OUTGOING);
  setup_leave_group_set_account (self->leave_group, account);
  setup_keep_group_set_account (self->keep_group, account);
  setup_protocol_group_set_account (self->protocol_group, account);
  g_signal_connect_object (account, "notify::protocol", G_CALLBACK (on_protocol_changed), self, G_CONNECT_SWAPPED);
  on_protocol_changed (self);
  g_signal_connect_object (account, "notify", G_CALLBACK (update_words), self, G_CONNECT_SWAPPED);
}

void
setup_servers_guess (SetupServers *self)
{
  const char *email = account_get_email (self->account);
  AccountProtocol protocol;
  g_autoptr (AutoconfigGuess) guess = NULL;
  g_autofree char *origin = NULL;

  if (g_strcmp0 (self->guessed_for, email) == 0)
    return;
  g_free (self->guessed_for);
  self->guessed_for = g_strdup (email);
  protocol = get_best_protocol (email);
  guess = autoconfig_guess_new (email, protocol);
  if (guess)
    autoconfig_guess_apply (guess, protocol, self->account);
  else
    g_object_set (self->account, "protocol", protocol, NULL);
  origin = describe_origin (guess, protocol);
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
