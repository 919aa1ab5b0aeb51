/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for name, address and password. */
#include "setup-person.h"

#include "app-names.h"
#include "base-config.h"
#include "mail-address.h"
#include "setup-field.h"

#include <glib/gi18n.h>

struct _SetupPerson
{
  AdwBin parent_instance;

  /* the template's */
  GtkWidget *name_row;
  GtkWidget *email_row;
  GtkWidget *password_row;
  GtkLabel *problem_label;
};

G_DEFINE_FINAL_TYPE (SetupPerson, setup_person, ADW_TYPE_BIN)

static const char *
get_text (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static void
on_edited (SetupPerson *self, GtkWidget *row)
{
  setup_field_clear_problem (row, self->problem_label);
}

static gboolean
trim (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  g_value_take_string (to, g_strstrip (g_value_dup_string (from)));
  return TRUE;
}

static void
setup_person_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SETUP_TYPE_PERSON);
  G_OBJECT_CLASS (setup_person_parent_class)->dispose (object);
}

static void
setup_person_class_init (SetupPersonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = setup_person_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/setup/setup-person.ui");
  gtk_widget_class_bind_template_child (widget_class, SetupPerson, name_row);
  gtk_widget_class_bind_template_child (widget_class, SetupPerson, email_row);
  gtk_widget_class_bind_template_child (widget_class, SetupPerson, password_row);
  gtk_widget_class_bind_template_child (widget_class, SetupPerson, problem_label);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
}

static void
setup_person_init (SetupPerson *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  app_names_groups (GTK_WIDGET (self), _("You"));
  app_names_password (self->password_row);
}

void
setup_person_set_account (SetupPerson *self, Account *account)
{
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), account_get_person_name (account));
  gtk_editable_set_text (GTK_EDITABLE (self->email_row), account_get_email (account));
  g_object_bind_property_full (self->name_row, "text", account, "person-name", G_BINDING_DEFAULT, trim, NULL, NULL, NULL);
  g_object_bind_property_full (self->email_row, "text", account, "email", G_BINDING_DEFAULT, trim, NULL, NULL, NULL);
}

gboolean
setup_person_check (SetupPerson *self, AccountList *accounts)
{
  g_autofree char *email = g_strstrip (g_strdup (get_text (self->email_row)));

  setup_field_clear_problem (self->email_row, self->problem_label);
  setup_field_clear_problem (self->password_row, self->problem_label);
  if (!*email)
    setup_field_set_problem (self->email_row, self->problem_label, _("Enter your e-mail address, as ana@example.org."));
  else if (!mail_address_is_valid (email))
    setup_field_set_problem (self->email_row, self->problem_label, _("This is not a complete e-mail address. It looks like ana@example.org."));
  else if (account_list_find_email (accounts, email))
    setup_field_set_problem (self->email_row, self->problem_label, _("There is an account with this address already."));
  else if (!*get_text (self->password_row))
    setup_field_set_problem (self->password_row, self->problem_label, _("Enter the password of your mailbox."));
  else
    return TRUE;
  return FALSE;
}

const char *
setup_person_get_password (SetupPerson *self)
{
  return get_text (self->password_row);
}

void
setup_person_ask_password (SetupPerson *self, const char *sentence)
{
  setup_field_set_problem (self->password_row, self->problem_label, sentence);
  gtk_editable_select_region (GTK_EDITABLE (self->password_row), 0, -1);
}

void
setup_person_start (SetupPerson *self)
{
  gtk_widget_grab_focus (*get_text (self->name_row) ? self->email_row : self->name_row);
}
