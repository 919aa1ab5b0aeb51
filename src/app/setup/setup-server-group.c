/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Binds one server's fields to an account that is being edited, and checks them. */
#include "setup-server-group.h"

#include "app-names.h"
#include "base-config.h"
#include "setup-field.h"

#include <glib/gi18n.h>
#include <string.h>

struct _SetupServerGroup
{
  AdwPreferencesGroup parent_instance;
  Account *account;
  AccountDirection direction;
  MailSecurity security; /* before the person chose another: tells whether the port was its default */

  /* the template's */
  GtkWidget *host_row;
  AdwComboRow *security_row;
  GtkWidget *warning_row;
  GtkWidget *port_row;
  GtkWidget *login_row;
  GtkSwitch *login_switch;
  GtkWidget *user_row;
  GtkWidget *same_row;
  GtkSwitch *same_switch;
  GtkWidget *password_row;
  GtkLabel *problem_label;
};

enum
{
  SIGNAL_PASSWORD_EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SetupServerGroup, setup_server_group, ADW_TYPE_PREFERENCES_GROUP)

static const char *
get_property_name (SetupServerGroup *self, const char *incoming, const char *outgoing)
{
  return self->direction == ACCOUNT_INCOMING ? incoming : outgoing;
}

static const char *
get_text (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static gboolean
trim (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  g_value_take_string (to, g_strstrip (g_value_dup_string (from)));
  return TRUE;
}

static gboolean
show_port (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  guint port = g_value_get_uint (from);

  g_value_take_string (to, port > 0 ? g_strdup_printf ("%u", port) : g_strdup (""));
  return TRUE;
}

/* 0 is what no port is: the check says so. */
static gboolean
read_port (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  g_autofree char *text = g_strstrip (g_value_dup_string (from));
  guint64 port;

  g_value_set_uint (to, g_ascii_string_to_unsigned (text, 10, 1, 65535, &port, NULL) ? (guint) port : 0);
  return TRUE;
}

static void
on_edited (SetupServerGroup *self, GtkWidget *row)
{
  setup_field_clear_problem (row, self->problem_label);
  if (row == self->password_row)
    g_signal_emit (self, signals[SIGNAL_PASSWORD_EDITED], 0);
}

static void
update_visibility (SetupServerGroup *self)
{
  gboolean is_outgoing = self->direction == ACCOUNT_OUTGOING;
  gboolean logs_in = !is_outgoing || account_get_outgoing_authenticates (self->account);

  gtk_widget_set_visible (self->warning_row, account_get_security (self->account, self->direction) == MAIL_SECURITY_PLAINTEXT);
  gtk_widget_set_visible (self->login_row, is_outgoing);
  gtk_widget_set_visible (self->user_row, logs_in);
  gtk_widget_set_visible (self->same_row, is_outgoing && logs_in);
  gtk_widget_set_visible (self->password_row, is_outgoing && logs_in && !account_get_same_password (self->account));
}

static void
on_security_selected (SetupServerGroup *self)
{
  AccountProtocol protocol;
  MailSecurity security;

  if (!self->account)
    return;
  protocol = account_get_protocol (self->account);
  security = (MailSecurity) adw_combo_row_get_selected (self->security_row);
  if (security == self->security)
    return;
  if (account_get_port (self->account, self->direction) == account_default_port (protocol, self->direction, self->security))
    g_object_set (self->account, get_property_name (self, "incoming-port", "outgoing-port"),
                  account_default_port (protocol, self->direction, security), NULL);
  self->security = security;
  g_object_set (self->account, get_property_name (self, "incoming-security", "outgoing-security"), (int) security, NULL);
}

/* The account was changed from elsewhere, as by a new guess. */
static void
on_security_changed (SetupServerGroup *self)
{
  self->security = account_get_security (self->account, self->direction);
  adw_combo_row_set_selected (self->security_row, self->security);
  update_visibility (self);
}

static void
set_labels (SetupServerGroup *self)
{
  gboolean is_incoming = self->direction == ACCOUNT_INCOMING;

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), is_incoming ? _("Receiving") : _("Sending"));
  /* Two groups of the same fields stand on one page: a screen reader must be told which is which. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->host_row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  is_incoming ? _("Server for Receiving") : _("Server for Sending"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->security_row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  is_incoming ? _("Connection for Receiving") : _("Connection for Sending"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->port_row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  is_incoming ? _("Port for Receiving") : _("Port for Sending"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->user_row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  is_incoming ? _("User Name for Receiving") : _("User Name for Sending"), -1);
}

static void
setup_server_group_dispose (GObject *object)
{
  SetupServerGroup *self = SETUP_SERVER_GROUP (object);

  g_clear_object (&self->account);
  gtk_widget_dispose_template (GTK_WIDGET (self), SETUP_TYPE_SERVER_GROUP);
  G_OBJECT_CLASS (setup_server_group_parent_class)->dispose (object);
}

static void
setup_server_group_class_init (SetupServerGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = setup_server_group_dispose;

  signals[SIGNAL_PASSWORD_EDITED] = g_signal_new ("password-edited", SETUP_TYPE_SERVER_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                  G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/setup/setup-server-group.ui");
  gtk_widget_class_bind_template_child (widget_class, SetupServerGroup, host_row);
  gtk_widget_class_bind_template_child (widget_class, SetupServerGroup, security_row);
  gtk_widget_class_bind_template_child (widget_class, SetupServerGroup, warning_row);
  gtk_widget_class_bind_template_child (widget_class, SetupServerGroup, port_row);
  gtk_widget_class_bind_template_child (widget_class, SetupServerGroup, login_row);
  gtk_widget_class_bind_template_child (widget_class, SetupServerGroup, login_switch);
  gtk_widget_class_bind_template_child (widget_class, SetupServerGroup, user_row);
  gtk_widget_class_bind_template_child (widget_class, SetupServerGroup, same_row);
  gtk_widget_class_bind_template_child (widget_class, SetupServerGroup, same_switch);
  gtk_widget_class_bind_template_child (widget_class, SetupServerGroup, password_row);
  gtk_widget_class_bind_template_child (widget_class, SetupServerGroup, problem_label);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_security_selected);
}

static void
setup_server_group_init (SetupServerGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  app_names_password (self->password_row);
}

static void
watch (SetupServerGroup *self, const char *detailed_signal, GCallback callback)
{
  g_signal_connect_object (self->account, detailed_signal, callback, self, G_CONNECT_SWAPPED);
}

void
setup_server_group_set_account (SetupServerGroup *self, Account *account, AccountDirection direction)
{
  const GBindingFlags both = G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE;

  g_return_if_fail (self->account == NULL);

  self->account = g_object_ref (account);
  self->direction = direction;
  set_labels (self);

  g_object_bind_property_full (account, get_property_name (self, "incoming-host", "outgoing-host"), self->host_row, "text", both,
                               NULL, trim, NULL, NULL);
  g_object_bind_property_full (account, get_property_name (self, "incoming-user", "outgoing-user"), self->user_row, "text", both,
                               NULL, trim, NULL, NULL);
  g_object_bind_property_full (account, get_property_name (self, "incoming-port", "outgoing-port"), self->port_row, "text", both,
                               show_port, read_port, NULL, NULL);
  if (direction == ACCOUNT_OUTGOING)
    {
      g_object_bind_property (account, "outgoing-authenticates", self->login_switch, "active", both);
      g_object_bind_property (account, "same-password", self->same_switch, "active", both);
    }
  watch (self, direction == ACCOUNT_INCOMING ? "notify::incoming-security" : "notify::outgoing-security", G_CALLBACK (on_security_changed));
  watch (self, "notify::outgoing-authenticates", G_CALLBACK (update_visibility));
  watch (self, "notify::same-password", G_CALLBACK (update_visibility));
  on_security_changed (self);
}

gboolean
setup_server_group_check (SetupServerGroup *self, gboolean needs_password)
{
  const char *host = get_text (self->host_row);

  if (!*host)
    setup_field_set_problem (self->host_row, self->problem_label, _("Enter the server’s name. Your mail provider’s help pages tell it."));
  else if (!account_is_host (account_get_host (self->account, self->direction)))
    setup_field_set_problem (self->host_row, self->problem_label, _("This is not the name of a server. It looks like mail.example.org."));
  else if (account_get_port (self->account, self->direction) == 0)
    setup_field_set_problem (self->port_row, self->problem_label, _("A port is a number from 1 to 65535."));
  else if (gtk_widget_get_visible (self->user_row) && !*account_get_user (self->account, self->direction))
    setup_field_set_problem (self->user_row, self->problem_label, _("Enter the user name. Mostly it is the e-mail address."));
  else if (needs_password && gtk_widget_get_visible (self->password_row) && !*get_text (self->password_row))
    setup_field_set_problem (self->password_row, self->problem_label, _("Enter the password for sending."));
  else
    return TRUE;
  return FALSE;
}

const char *
setup_server_group_get_password (SetupServerGroup *self)
{
  return gtk_widget_get_visible (self->password_row) && *get_text (self->password_row) ? get_text (self->password_row) : NULL;
}

void
setup_server_group_ask_password (SetupServerGroup *self, const char *sentence)
{
  setup_field_set_problem (self->password_row, self->problem_label, sentence);
  gtk_editable_select_region (GTK_EDITABLE (self->password_row), 0, -1);
}

char *
setup_server_group_describe (Account *account, AccountDirection direction)
{
  const char *host = account_get_host (account, direction);
  gboolean is_encrypted = account_get_security (account, direction) != MAIL_SECURITY_PLAINTEXT;

  if (direction == ACCOUNT_INCOMING)
    return g_strdup_printf (is_encrypted ? _("Mail arrives through %s, encrypted.") : _("Mail arrives through %s, not encrypted."), host);
  return g_strdup_printf (is_encrypted ? _("Mail leaves through %s, encrypted.") : _("Mail leaves through %s, not encrypted."), host);
}
