/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One contact to read and change. */
#include "contacts-editor.h"

#include "base-config.h"
#include "contacts-lines.h"
#include "mail-address.h"

#include <glib/gi18n.h>

struct _ContactsEditor
{
  AdwBin parent_instance;
  MailCard *card;
  ContactsLines *emails, *phones;
  gboolean is_filling;
  gboolean is_changed;

  /* the template's */
  GtkWidget *name_row;
  GtkWidget *nickname_row;
  AdwPreferencesGroup *email_group;
  AdwPreferencesGroup *phone_group;
  GtkWidget *company_row;
  GtkWidget *groups_row;
  GtkWidget *note_row;
  GtkWidget *street_row, *town_row, *region_row, *postcode_row, *country_row;
  GtkWidget *website_row;
  GtkWidget *birthday_row;
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

static void
on_edited (ContactsEditor *self)
{
  if (self->is_filling)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), FALSE);
  self->is_changed = TRUE;
  g_signal_emit (self, signals[SIGNAL_EDITED], 0);
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

/* Of a postal address (RFC 6350 §6.3.1): what its pieces are, and where each is shown. The first two are left alone. */
enum
{
  ADDRESS_STREET = 2,
  ADDRESS_TOWN,
  ADDRESS_REGION,
  ADDRESS_POSTCODE,
  ADDRESS_COUNTRY,
  ADDRESS_N_PIECES
};

static void
list_address_rows (ContactsEditor *self, GtkWidget *rows[ADDRESS_N_PIECES])
{
  rows[ADDRESS_STREET] = self->street_row;
  rows[ADDRESS_TOWN] = self->town_row;
  rows[ADDRESS_REGION] = self->region_row;
  rows[ADDRESS_POSTCODE] = self->postcode_row;
  rows[ADDRESS_COUNTRY] = self->country_row;
}

static void
fill_address (ContactsEditor *self, const MailCard *card)
{
  g_auto (GStrv) pieces = mail_card_dup_components (card, "ADR", ADDRESS_N_PIECES);
  GtkWidget *rows[ADDRESS_N_PIECES];

  list_address_rows (self, rows);
  for (guint i = ADDRESS_STREET; i < ADDRESS_N_PIECES; i++)
    gtk_editable_set_text (GTK_EDITABLE (rows[i]), g_strdelimit (pieces[i], "\n", ' '));
}

static void
take_address (ContactsEditor *self, MailCard *card)
{
  g_auto (GStrv) pieces = mail_card_dup_components (card, "ADR", ADDRESS_N_PIECES);
  GtkWidget *rows[ADDRESS_N_PIECES];
  gboolean is_other = FALSE;

  list_address_rows (self, rows);
  for (guint i = ADDRESS_STREET; i < ADDRESS_N_PIECES; i++)
    {
      g_autofree char *shown = g_strdelimit (g_strdup (pieces[i]), "\n", ' ');

      if (g_str_equal (shown, get_text (rows[i])))
        continue;
      is_other = TRUE;
      g_free (pieces[i]);
      pieces[i] = g_strdup (get_text (rows[i]));
    }
  if (is_other) /* several addresses that nobody touched stay */
    mail_card_set_components (card, "ADR", (const char *const *) pieces);
}

void
contacts_editor_show (ContactsEditor *self, const MailCard *card)
{
  g_auto (GStrv) company = mail_card_dup_components (card, "ORG", 1);
  g_auto (GStrv) groups = mail_card_dup_groups (card);
  g_autofree char *joined = g_strjoinv (", ", groups);

  self->is_filling = TRUE;
  g_clear_pointer (&self->card, mail_card_free);
  self->card = mail_card_copy (card);
  fill_name (self, card);
  fill (self->nickname_row, card, "NICKNAME");
  fill (self->website_row, card, "URL");
  fill (self->birthday_row, card, "BDAY");
  fill (self->note_row, card, "NOTE");
  gtk_editable_set_text (GTK_EDITABLE (self->company_row), company[0]);
  gtk_editable_set_text (GTK_EDITABLE (self->groups_row), joined);
  fill_address (self, card);
  contacts_lines_show (self->emails, card);
  contacts_lines_show (self->phones, card);
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), FALSE);
  self->is_filling = FALSE;
  self->is_changed = FALSE;
  gtk_widget_grab_focus (self->name_row);
}

static MailCard *
complain (ContactsEditor *self, GtkWidget *row, const char *sentence)
{
  gtk_label_set_label (self->problem_label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), TRUE);
  gtk_widget_add_css_class (row, "error");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence, -1);
  gtk_widget_grab_focus (row);
  return NULL;
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
  GtkWidget *wrong;

  take_name (self, card);
  wrong = contacts_lines_take (self->emails, card, mail_address_is_valid, &has_email);
  if (wrong)
    return complain (self, wrong, _("This is not a complete e-mail address. It looks like ana@example.org."));
  contacts_lines_take (self->phones, card, NULL, NULL);
  take_address (self, card);
  take (self->nickname_row, card, "NICKNAME");
  take (self->website_row, card, "URL");
  take (self->birthday_row, card, "BDAY");
  take (self->note_row, card, "NOTE");
  take_company (self, card);
  take_groups (self, card);
  if (!has_email && !*get_text (self->name_row) && !*get_text (self->company_row))
    return complain (self, self->name_row, _("A contact needs a name or an address."));
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
  g_clear_object (&self->emails);
  g_clear_object (&self->phones);
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
  gtk_widget_class_bind_template_child (widget_class, ContactsEditor, phone_group);
  gtk_widget_class_bind_template_child (widget_class, ContactsEditor, company_row);
  gtk_widget_class_bind_template_child (widget_class, ContactsEditor, groups_row);
  gtk_widget_class_bind_template_child (widget_class, ContactsEditor, note_row);
  gtk_widget_class_bind_template_child (widget_class, ContactsEditor, street_row);
  gtk_widget_class_bind_template_child (widget_class, ContactsEditor, town_row);
  gtk_widget_class_bind_template_child (widget_class, ContactsEditor, region_row);
  gtk_widget_class_bind_template_child (widget_class, ContactsEditor, postcode_row);
  gtk_widget_class_bind_template_child (widget_class, ContactsEditor, country_row);
  gtk_widget_class_bind_template_child (widget_class, ContactsEditor, website_row);
  gtk_widget_class_bind_template_child (widget_class, ContactsEditor, birthday_row);
  gtk_widget_class_bind_template_child (widget_class, ContactsEditor, problem_label);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
}

static void
contacts_editor_init (ContactsEditor *self)
{
  g_autoptr (MailCard) blank = mail_card_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->emails = contacts_lines_new (self->email_group, "EMAIL", _("E-mail"), _("Another e-mail"), GTK_INPUT_PURPOSE_EMAIL);
  self->phones = contacts_lines_new (self->phone_group, "TEL", _("Phone"), _("Another phone"), GTK_INPUT_PURPOSE_PHONE);
  g_signal_connect_object (self->emails, "edited", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->phones, "edited", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
  contacts_editor_show (self, blank);
}
