/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One contact to read and change. */
#include "contacts-editor.h"

#include "base-config.h"
#include "mail-address.h"

#include <glib/gi18n.h>

struct _ContactsEditor
{
  AdwBin parent_instance;
  MailCard *card;
  GPtrArray *email_rows;   /* of GtkWidget, the last one empty */
  gboolean is_filling;
  gboolean is_changed;

  /* the template's */
  GtkWidget *name_row;
  GtkWidget *nickname_row;
  AdwPreferencesGroup *email_group;
  GtkWidget *phone_row;
  GtkWidget *company_row;
  GtkWidget *groups_row;
  GtkWidget *note_row;
  GtkLabel *problem_label;
};

enum
{
  SIGNAL_EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ContactsEditor, contacts_editor, ADW_TYPE_BIN)

static const char *
get_text (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static void add_email_row (ContactsEditor *self, const char *email);

static void
on_edited (ContactsEditor *self)
{
  if (self->is_filling)
    return;
  if (*get_text (g_ptr_array_index (self->email_rows, self->email_rows->len - 1)))
    add_email_row (self, "");
  for (guint i = 0; i < self->email_rows->len; i++)
    gtk_widget_remove_css_class (g_ptr_array_index (self->email_rows, i), "error");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), FALSE);
  self->is_changed = TRUE;
  g_signal_emit (self, signals[SIGNAL_EDITED], 0);
}

static void
add_email_row (ContactsEditor *self, const char *email)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), self->email_rows->len == 0 ? _("E-mail") : _("Another e-mail"));
  gtk_editable_set_text (GTK_EDITABLE (row), email);
  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (row), GTK_INPUT_PURPOSE_EMAIL);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (on_edited), self);
  g_ptr_array_add (self->email_rows, row);
  adw_preferences_group_add (self->email_group, row);
}

static void
fill (GtkWidget *row, const MailCard *card, const char *property)
{
  g_autofree char *text = mail_card_dup_text (card, property);

  gtk_editable_set_text (GTK_EDITABLE (row), g_strdelimit (text ? text : (text = g_strdup ("")), "\n", ' '));
}

static void
fill_name (ContactsEditor *self, const MailCard *card)
{
  g_auto (GStrv) emails = mail_card_dup_emails (card);
  g_autofree char *name = mail_card_dup_name (card);

  gtk_editable_set_text (GTK_EDITABLE (self->name_row), g_strcmp0 (name, emails[0]) == 0 ? "" : name);
}

void
contacts_editor_show (ContactsEditor *self, const MailCard *card)
{
  g_auto (GStrv) emails = mail_card_dup_texts (card, "EMAIL");
  g_auto (GStrv) company = mail_card_dup_components (card, "ORG", 1);
  g_auto (GStrv) groups = mail_card_dup_groups (card);
  g_autofree char *joined = g_strjoinv (", ", groups);

  self->is_filling = TRUE;
  g_clear_pointer (&self->card, mail_card_free);
  self->card = mail_card_copy (card);
  fill_name (self, card);
  fill (self->nickname_row, card, "NICKNAME");
  fill (self->phone_row, card, "TEL");
  fill (self->note_row, card, "NOTE");
  gtk_editable_set_text (GTK_EDITABLE (self->company_row), company[0]);
  gtk_editable_set_text (GTK_EDITABLE (self->groups_row), joined);
  for (guint i = 0; i < self->email_rows->len; i++)
    adw_preferences_group_remove (self->email_group, g_ptr_array_index (self->email_rows, i));
  g_ptr_array_set_size (self->email_rows, 0);
  for (guint i = 0; emails[i]; i++)
    add_email_row (self, emails[i]);
  add_email_row (self, "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), FALSE);
  self->is_filling = FALSE;
  self->is_changed = FALSE;
  gtk_widget_grab_focus (self->name_row);
}

static gboolean
complain (ContactsEditor *self, GtkWidget *row, const char *sentence)
{
  gtk_label_set_label (self->problem_label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), TRUE);
  gtk_widget_add_css_class (row, "error");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence, -1);
  gtk_widget_grab_focus (row);
  return FALSE;
}

static gboolean
take_emails (ContactsEditor *self, MailCard *card, gboolean *has_any)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) emails = NULL;

  for (guint i = 0; i < self->email_rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->email_rows, i);
      g_autofree char *email = g_strstrip (g_strdup (get_text (row)));

      if (!*email)
        continue;
      if (!mail_address_is_valid (email))
        return complain (self, row, _("This is not a complete e-mail address. It looks like ana@example.org."));
      g_strv_builder_add (builder, email);
    }
  emails = g_strv_builder_end (builder);
  *has_any = emails[0] != NULL;
  mail_card_set_texts (card, "EMAIL", (const char *const *) emails);
  return TRUE;
}

static void
take (GtkWidget *row, MailCard *card, const char *property)
{
  g_autofree char *old = mail_card_dup_text (card, property);
  g_autofree char *shown = g_strdelimit (g_strdup (old ? old : ""), "\n", ' ');

  if (g_strcmp0 (shown, get_text (row)) != 0) /* a note of several lines that nobody touched keeps them */
    mail_card_set_text (card, property, get_text (row));
}

static void
take_company (ContactsEditor *self, MailCard *card)
{
  g_auto (GStrv) company = mail_card_dup_components (card, "ORG", 1);

  g_free (company[0]);
  company[0] = g_strdup (get_text (self->company_row));
  mail_card_set_components (card, "ORG", (const char *const *) company);
}

static void
take_groups (ContactsEditor *self, MailCard *card)
{
  g_auto (GStrv) pieces = g_strsplit (get_text (self->groups_row), ",", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) groups = NULL;

  for (guint i = 0; pieces[i]; i++)
    if (*g_strstrip (pieces[i]))
      g_strv_builder_add (builder, pieces[i]);
  groups = g_strv_builder_end (builder);
  mail_card_set_groups (card, (const char *const *) groups);
}

/* The pieces of a name that was changed as a whole would contradict it. */
static void
take_name (ContactsEditor *self, MailCard *card)
{
  g_autofree char *old = mail_card_dup_name (card);
  g_autofree char *name = g_strstrip (g_strdup (get_text (self->name_row)));

  if (g_strcmp0 (old, name) == 0)
    return;
  mail_card_set_text (card, "FN", name);
  mail_card_set_text (card, "N", NULL);
}

MailCard *
contacts_editor_check (ContactsEditor *self)
{
  g_autoptr (MailCard) card = mail_card_copy (self->card);
  gboolean has_email = FALSE;

  take_name (self, card);
  if (!take_emails (self, card, &has_email))
    return NULL;
  take (self->nickname_row, card, "NICKNAME");
  take (self->phone_row, card, "TEL");
  take (self->note_row, card, "NOTE");
  take_company (self, card);
  take_groups (self, card);
  if (!has_email && !*get_text (self->name_row) && !*get_text (self->company_row))
    {
      complain (self, self->name_row, _("A contact needs a name or an address."));
      return NULL;
    }
  return g_steal_pointer (&card);
}

gboolean
contacts_editor_is_changed (ContactsEditor *self)
{
  return self->is_changed;
}

static void
contacts_editor_dispose (GObject *object)
{
  ContactsEditor *self = CONTACTS_EDITOR (object);

  self->is_filling = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), CONTACTS_TYPE_EDITOR);
  g_clear_pointer (&self->email_rows, g_ptr_array_unref);
  g_clear_pointer (&self->card, mail_card_free);
  G_OBJECT_CLASS (contacts_editor_parent_class)->dispose (object);
}

static void
contacts_editor_class_init (ContactsEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = contacts_editor_dispose;
  signals[SIGNAL_EDITED] = g_signal_new ("edited", CONTACTS_TYPE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/contacts/contacts-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, ContactsEditor, name_row);
  gtk_widget_class_bind_template_child (widget_class, ContactsEditor, nickname_row);
  gtk_widget_class_bind_template_child (widget_class, ContactsEditor, email_group);
  gtk_widget_class_bind_template_child (widget_class, ContactsEditor, phone_row);
  gtk_widget_class_bind_template_child (widget_class, ContactsEditor, company_row);
  gtk_widget_class_bind_template_child (widget_class, ContactsEditor, groups_row);
  gtk_widget_class_bind_template_child (widget_class, ContactsEditor, note_row);
  gtk_widget_class_bind_template_child (widget_class, ContactsEditor, problem_label);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
}

static void
contacts_editor_init (ContactsEditor *self)
{
  g_autoptr (MailCard) blank = mail_card_new ();

  self->email_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  contacts_editor_show (self, blank);
}
