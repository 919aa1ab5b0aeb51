/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Subject, people and date of the message that is read; all its headers on request. */
#include "reader-header.h"

#include "app-format.h"
#include "base-config.h"
#include "contacts-popover.h"
#include "mail-address.h"
#include "reader-notes.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* More recipients than this stand in the headers only. */
#define MAX_SHOWN 12

struct _ReaderHeader
{
  GtkWidget parent_instance;

  AccountList *accounts;   /* NULL: none */
  ModelContacts *contacts; /* likewise */

  GtkWidget *box;
  GtkLabel *subject;
  AdwAvatar *avatar;
  GtkLabel *name;
  GtkLabel *address;
  GtkWidget *person_button;
  ContactsPopover *person;
  GtkLabel *date;
  GtkWidget *warnings_row;
  GtkLabel *warnings;
  GtkWidget *remarks_row;
  GtkLabel *remarks;
  GtkWidget *to_row;
  GtkLabel *to;
  GtkWidget *cc_row;
  GtkLabel *cc;
  GtkWidget *bcc_row;
  GtkLabel *bcc;
  GtkWidget *reply_row;
  GtkLabel *reply_to;
  GtkExpander *expander;
  GtkTextView *headers;
};

G_DEFINE_FINAL_TYPE (ReaderHeader, reader_header, GTK_TYPE_WIDGET)

static char *
dup_people (GPtrArray *people)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();
  g_autofree char *text = NULL;
  guint more;

  if (people->len <= MAX_SHOWN)
    return app_format_people (people);
  for (guint i = 0; i < MAX_SHOWN; i++)
    g_ptr_array_add (shown, people->pdata[i]);
  text = app_format_people (shown);
  more = people->len - MAX_SHOWN;
  /* Translators: a list of people, and how many more there are */
  return g_strdup_printf (ngettext ("%s and %u more", "%s and %u more", more), text, more);
}

static void
show_people (GtkWidget *row, GtkLabel *label, GPtrArray *people)
{
  g_autofree char *text = dup_people (people);

  gtk_widget_set_visible (row, people->len > 0);
  gtk_label_set_text (label, text);
}

/* The name and the address, always both: a name alone is what a forger chooses. */
static void
show_sender (ReaderHeader *self, GPtrArray *from)
{
  const MailAddress *sender = from->len ? from->pdata[0] : NULL;
  g_autofree char *address = NULL;

  if (!sender)
    {
      gtk_label_set_text (self->name, _("Unknown sender"));
      gtk_label_set_text (self->address, "");
    }
  else if (from->len > 1)
    {
      address = dup_people (from);
      gtk_label_set_text (self->name, mail_address_get_label (sender));
      gtk_label_set_text (self->address, address);
    }
  else
    {
      address = sender->name[0] ? g_strdup_printf ("<%s>", sender->address) : g_strdup ("");
      gtk_label_set_text (self->name, mail_address_get_label (sender));
      gtk_label_set_text (self->address, address);
    }
  contacts_popover_set_person (self->person, self->contacts, sender);
  gtk_widget_set_visible (self->person_button, sender && *sender->address);
  adw_avatar_set_text (self->avatar, sender ? mail_address_get_label (sender) : "");
}

static void
show_date (ReaderHeader *self, ModelBody *body)
{
  MailSummary *summary = model_body_get_summary (body);
  GDateTime *date = model_body_get_date (body);
  gint64 time = date ? g_date_time_to_unix (date) : summary->received;
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *text = app_format_long_date (time, zone);
  g_autofree char *theirs = date ? g_date_time_format (date, "%F %R %:z") : NULL;

  gtk_label_set_text (self->date, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->date), theirs);
}

/* Reply-To is shown where it leads elsewhere than From. */
static void
show_reply_to (ReaderHeader *self, ModelBody *body)
{
  GPtrArray *from = model_body_get_from (body);
  GPtrArray *reply_to = model_body_get_reply_to (body);
  gboolean is_same = reply_to->len == 1 && from->len == 1
                     && mail_address_equal (((MailAddress *) reply_to->pdata[0])->address, ((MailAddress *) from->pdata[0])->address);

  show_people (self->reply_row, self->reply_to, reply_to);
  if (is_same)
    gtk_widget_set_visible (self->reply_row, FALSE);
}

static void
show_notes (ReaderHeader *self, ModelBody *body)
{
  g_autofree char *warnings = reader_notes_dup_warnings (body, self->accounts);
  g_autofree char *remarks = reader_notes_dup_remarks (body, self->accounts);

  gtk_label_set_text (self->warnings, warnings);
  gtk_widget_set_visible (self->warnings_row, *warnings);
  gtk_label_set_text (self->remarks, remarks);
  gtk_widget_set_visible (self->remarks_row, *remarks);
}

void
reader_header_set_accounts (ReaderHeader *self, AccountList *accounts)
{
  g_set_object (&self->accounts, accounts);
}

void
reader_header_set_contacts (ReaderHeader *self, ModelContacts *contacts)
{
  g_set_object (&self->contacts, contacts);
}

void
reader_header_show (ReaderHeader *self, ModelBody *body)
{
  const char *subject = model_body_get_subject (body);

  gtk_label_set_text (self->subject, subject[0] ? subject : _("(no subject)"));
  show_sender (self, model_body_get_from (body));
  show_notes (self, body);
  show_people (self->to_row, self->to, model_body_get_to (body));
  show_people (self->cc_row, self->cc, model_body_get_cc (body));
  show_people (self->bcc_row, self->bcc, model_body_get_bcc (body));
  show_reply_to (self, body);
  show_date (self, body);
  gtk_expander_set_expanded (self->expander, FALSE);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->headers), model_body_get_headers (body), -1);
}

static void
reader_header_dispose (GObject *object)
{
  g_clear_object (&READER_HEADER (object)->accounts);
  g_clear_object (&READER_HEADER (object)->contacts);
  g_clear_pointer (&READER_HEADER (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (reader_header_parent_class)->dispose (object);
}

static void
reader_header_class_init (ReaderHeaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reader_header_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  g_type_ensure (CONTACTS_TYPE_POPOVER);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/reader/reader-header.ui");
  gtk_widget_class_bind_template_child (widget_class, ReaderHeader, box);
  gtk_widget_class_bind_template_child (widget_class, ReaderHeader, subject);
  gtk_widget_class_bind_template_child (widget_class, ReaderHeader, avatar);
  gtk_widget_class_bind_template_child (widget_class, ReaderHeader, name);
  gtk_widget_class_bind_template_child (widget_class, ReaderHeader, address);
  gtk_widget_class_bind_template_child (widget_class, ReaderHeader, person_button);
  gtk_widget_class_bind_template_child (widget_class, ReaderHeader, person);
  gtk_widget_class_bind_template_child (widget_class, ReaderHeader, date);
  gtk_widget_class_bind_template_child (widget_class, ReaderHeader, warnings_row);
  gtk_widget_class_bind_template_child (widget_class, ReaderHeader, warnings);
  gtk_widget_class_bind_template_child (widget_class, ReaderHeader, remarks_row);
  gtk_widget_class_bind_template_child (widget_class, ReaderHeader, remarks);
  gtk_widget_class_bind_template_child (widget_class, ReaderHeader, to_row);
  gtk_widget_class_bind_template_child (widget_class, ReaderHeader, to);
  gtk_widget_class_bind_template_child (widget_class, ReaderHeader, cc_row);
  gtk_widget_class_bind_template_child (widget_class, ReaderHeader, cc);
  gtk_widget_class_bind_template_child (widget_class, ReaderHeader, bcc_row);
  gtk_widget_class_bind_template_child (widget_class, ReaderHeader, bcc);
  gtk_widget_class_bind_template_child (widget_class, ReaderHeader, reply_row);
  gtk_widget_class_bind_template_child (widget_class, ReaderHeader, reply_to);
  gtk_widget_class_bind_template_child (widget_class, ReaderHeader, expander);
  gtk_widget_class_bind_template_child (widget_class, ReaderHeader, headers);
}

static void
reader_header_init (ReaderHeader *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
