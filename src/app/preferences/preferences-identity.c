/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Edits a name, an address, where replies go, and a signature. */
#include "preferences-identity.h"

#include "app-names.h"
#include "base-config.h"
#include "mail-address.h"
#include "setup-field.h"

#include <glib/gi18n.h>

struct _PreferencesIdentity
{
  AdwExpanderRow parent_instance;
  gboolean is_own;

  /* the template's */
  GtkWidget *name_row;
  GtkWidget *address_row;
  GtkWidget *reply_row;
  GtkTextView *signature_view;
  GtkWidget *problem_row;
  GtkLabel *problem_label;
  GtkWidget *remove_row;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PreferencesIdentity, preferences_identity, ADW_TYPE_EXPANDER_ROW)

static char *
dup_field (GtkWidget *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

static char *
dup_signature (PreferencesIdentity *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->signature_view);
  g_autofree char *text = NULL;

  g_object_get (buffer, "text", &text, NULL);
  return g_strchomp (g_steal_pointer (&text));
}

static void
update_title (PreferencesIdentity *self)
{
  g_autofree char *name = dup_field (self->name_row);
  g_autofree char *address = dup_field (self->address_row);
  g_autofree char *signature = dup_signature (self);
  MailAddress who = { .name = name, .address = address };
  g_autofree char *title = self->is_own ? g_strdup (_("Signature and Replies")) : *address ? mail_address_to_string (&who) : g_strdup (_("New Address"));
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  g_autofree char *line = g_strdelimit (g_strdup (signature), "\n", ' ');
  g_autofree char *shown = g_markup_escape_text (*line ? line : _("No signature"), -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), escaped);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), shown);
  app_names_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, title);
}

static void
on_changed (PreferencesIdentity *self)
{
  gtk_widget_set_visible (self->problem_row, FALSE);
  setup_field_clear_problem (self->address_row, self->problem_label);
  setup_field_clear_problem (self->reply_row, self->problem_label);
  update_title (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_remove_clicked (PreferencesIdentity *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVE], 0);
}

static void
preferences_identity_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PREFERENCES_TYPE_IDENTITY);
  G_OBJECT_CLASS (preferences_identity_parent_class)->dispose (object);
}

static void
preferences_identity_class_init (PreferencesIdentityClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = preferences_identity_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", PREFERENCES_TYPE_IDENTITY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REMOVE] = g_signal_new ("remove", PREFERENCES_TYPE_IDENTITY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/preferences/preferences-identity.ui");
  gtk_widget_class_bind_template_child (widget_class, PreferencesIdentity, name_row);
  gtk_widget_class_bind_template_child (widget_class, PreferencesIdentity, address_row);
  gtk_widget_class_bind_template_child (widget_class, PreferencesIdentity, reply_row);
  gtk_widget_class_bind_template_child (widget_class, PreferencesIdentity, signature_view);
  gtk_widget_class_bind_template_child (widget_class, PreferencesIdentity, problem_row);
  gtk_widget_class_bind_template_child (widget_class, PreferencesIdentity, problem_label);
  gtk_widget_class_bind_template_child (widget_class, PreferencesIdentity, remove_row);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_clicked);
}

static void
preferences_identity_init (PreferencesIdentity *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

PreferencesIdentity *
preferences_identity_new (const AccountIdentityValue *value, gboolean is_own)
{
  PreferencesIdentity *self = g_object_new (PREFERENCES_TYPE_IDENTITY, NULL);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->signature_view);
  GtkWidget *rows[] = { self->name_row, self->address_row, self->reply_row };

  self->is_own = is_own;
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), value->name);
  gtk_editable_set_text (GTK_EDITABLE (self->address_row), value->address);
  gtk_editable_set_text (GTK_EDITABLE (self->reply_row), value->reply_to);
  gtk_text_buffer_set_text (buffer, value->signature, -1);
  gtk_widget_set_visible (self->name_row, !is_own);
  gtk_widget_set_visible (self->address_row, !is_own);
  gtk_widget_set_visible (self->remove_row, !is_own);
  update_title (self);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_signal_connect_object (rows[i], "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  return self;
}

void
preferences_identity_get_value (PreferencesIdentity *self, AccountIdentityValue *value)
{
  account_identity_value_clear (value);
  value->name = dup_field (self->name_row);
  value->address = dup_field (self->address_row);
  value->reply_to = dup_field (self->reply_row);
  value->signature = dup_signature (self);
}

gboolean
preferences_identity_check (PreferencesIdentity *self)
{
  g_auto (AccountIdentityValue) value = { 0 };
  GtkWidget *wrong = NULL;

  preferences_identity_get_value (self, &value);
  if (!self->is_own && !mail_address_is_valid (value.address))
    wrong = self->address_row;
  else if (*value.reply_to && !mail_address_is_valid (value.reply_to))
    wrong = self->reply_row;
  if (!wrong)
    return TRUE;
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);
  gtk_widget_set_visible (self->problem_row, TRUE);
  setup_field_set_problem (wrong, self->problem_label, _("This is not a complete e-mail address. It looks like ana@example.org."));
  gtk_widget_grab_focus (wrong);
  return FALSE;
}
