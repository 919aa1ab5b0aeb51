/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person's name and address, and what can be done with them. */
#include "contacts-popover.h"

#include "base-config.h"

struct _ContactsPopover
{
  GtkPopover parent_instance;
  ModelContacts *contacts;  /* NULL: nobody is known */
  MailAddress *address;     /* NULL: nobody */
  guint n_shown;            /* counts up: what was looked for before is not this person */

  /* the template's */
  GtkLabel *name;
  GtkLabel *email;
  GtkWidget *known_row;
  GtkWidget *write_button;
  GtkWidget *add_button;
  GtkWidget *edit_button;
};

G_DEFINE_FINAL_TYPE (ContactsPopover, contacts_popover, GTK_TYPE_POPOVER)

static MailCard *
make_card (const MailAddress *address)
{
  MailCard *card = mail_card_new ();

  mail_card_set_text (card, "FN", mail_address_get_label (address));
  mail_card_set_text (card, "EMAIL", address->address);
  return card;
}

static void
show_known (ContactsPopover *self, gint64 id)
{
  gtk_widget_set_visible (self->known_row, id > 0);
  gtk_widget_set_visible (self->edit_button, id > 0);
  gtk_widget_set_visible (self->add_button, id == 0);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->edit_button), "x", id);
}

typedef struct
{
  ContactsPopover *popover;
  guint shown;
} Looking;

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Looking *looking = data;
  g_autoptr (ContactsPopover) self = looking->popover;
  g_autoptr (GError) error = NULL;
  gint64 id = model_contacts_finish (MODEL_CONTACTS (source), result, &error);

  if (error)
    g_message ("Whether somebody is in the contacts could not be found out: %s", error->message);
  if (self->name && looking->shown == self->n_shown)
    show_known (self, MAX (id, 0));
}

/* Each time: they may have become a contact since. */
static void
contacts_popover_show (GtkWidget *widget)
{
  ContactsPopover *self = CONTACTS_POPOVER (widget);

  if (self->contacts && self->address)
    {
      g_autoptr (MailCard) card = make_card (self->address);
      Looking *looking = g_new (Looking, 1);

      *looking = (Looking) { g_object_ref (self), ++self->n_shown };
      model_contacts_find_async (self->contacts, card, on_found, looking);
    }
  GTK_WIDGET_CLASS (contacts_popover_parent_class)->show (widget);
}

static void
on_copy (ContactsPopover *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->address->address);
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
contacts_popover_dispose (GObject *object)
{
  ContactsPopover *self = CONTACTS_POPOVER (object);

  g_clear_object (&self->contacts);
  g_clear_pointer (&self->address, mail_address_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONTACTS_TYPE_POPOVER);
  G_OBJECT_CLASS (contacts_popover_parent_class)->dispose (object);
}

static void
contacts_popover_class_init (ContactsPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = contacts_popover_dispose;
  widget_class->show = contacts_popover_show;

  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/contacts/contacts-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, ContactsPopover, name);
  gtk_widget_class_bind_template_child (widget_class, ContactsPopover, email);
  gtk_widget_class_bind_template_child (widget_class, ContactsPopover, known_row);
  gtk_widget_class_bind_template_child (widget_class, ContactsPopover, write_button);
  gtk_widget_class_bind_template_child (widget_class, ContactsPopover, add_button);
  gtk_widget_class_bind_template_child (widget_class, ContactsPopover, edit_button);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_bind_template_callback (widget_class, gtk_popover_popdown);
}

static void
contacts_popover_init (ContactsPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
contacts_popover_set_person (ContactsPopover *self, ModelContacts *contacts, const MailAddress *address)
{
  g_autoptr (MailCard) card = address ? make_card (address) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *escaped = address ? g_uri_escape_string (address->address, "@", FALSE) : NULL;
  g_autofree char *uri = g_strconcat ("mailto:", escaped, NULL);

  self->n_shown++;
  g_set_object (&self->contacts, contacts);
  g_clear_pointer (&self->address, mail_address_free);
  self->address = address ? mail_address_copy (address) : NULL;
  gtk_label_set_text (self->name, address ? mail_address_get_label (address) : "");
  gtk_label_set_text (self->email, address && *address->name ? address->address : "");
  gtk_widget_set_visible (GTK_WIDGET (self->email), address && *address->name);
  if (card)
    mail_card_write (card, text, 4);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->write_button), "s", uri);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->add_button), "s", text->str);
  show_known (self, 0);
}
