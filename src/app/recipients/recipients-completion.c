/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The people that may be meant. */
#include "recipients-completion.h"

#include "base-config.h"

#include <glib/gi18n.h>

#define MAX_PEOPLE 8

struct _RecipientsCompletion
{
  GtkPopover parent_instance;
  ModelContacts *contacts;
  GCancellable *cancellable; /* of the last question */
  GListModel *people;        /* of the last answer */

  /* the template's */
  GtkListBox *list;
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RecipientsCompletion, recipients_completion, GTK_TYPE_POPOVER)

static char *
describe (ModelPerson *person)
{
  guint n = model_person_get_n_members (person);

  if (model_person_get_kind (person) == MODEL_PERSON_GROUP)
    return g_strdup_printf (ngettext ("Group of %u person", "Group of %u people", n), n);
  return g_strdup (model_person_get_address (person));
}

static GtkWidget *
make_label (const char *text, gboolean is_dim)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (is_dim)
    {
      gtk_widget_add_css_class (label, "dim-label");
      gtk_widget_add_css_class (label, "caption");
    }
  return label;
}

/* A name from mail may pretend: the address is always there. */
static GtkWidget *
make_row (gpointer item, gpointer data)
{
  ModelPerson *person = item;
  const char *name = model_person_get_name (person);
  g_autofree char *description = describe (person);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *label = g_strdup_printf ("%s %s", name, description);

  gtk_widget_add_css_class (box, "suggestion");
  if (*name)
    gtk_box_append (GTK_BOX (box), make_label (name, FALSE));
  gtk_box_append (GTK_BOX (box), make_label (description, *name != '\0'));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_focusable (row, FALSE); /* the keyboard stays where one types */
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return row;
}

static void
on_row_activated (RecipientsCompletion *self, GtkListBoxRow *row)
{
  g_autoptr (ModelPerson) person = g_list_model_get_item (self->people, (guint) gtk_list_box_row_get_index (row));

  recipients_completion_hide (self);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, person);
}

static void
show_people (RecipientsCompletion *self, GListModel *people)
{
  gboolean has_any = people && g_list_model_get_n_items (people) > 0;

  g_set_object (&self->people, people);
  gtk_list_box_bind_model (self->list, has_any ? people : NULL, make_row, NULL, NULL);
  if (!has_any)
    {
      gtk_popover_popdown (GTK_POPOVER (self));
      return;
    }
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
  gtk_popover_popup (GTK_POPOVER (self));
}

static void
on_completed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RecipientsCompletion) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) people = model_contacts_list_finish (MODEL_CONTACTS (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !self->list)
    return;
  if (error)
    g_message ("Nobody can be suggested: %s", error->message);
  g_clear_object (&self->cancellable);
  show_people (self, people);
}

void
recipients_completion_hide (RecipientsCompletion *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_popover_popdown (GTK_POPOVER (self));
}

void
recipients_completion_look_for (RecipientsCompletion *self, const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (!*stripped || !self->contacts)
    {
      gtk_popover_popdown (GTK_POPOVER (self));
      return;
    }
  self->cancellable = g_cancellable_new ();
  model_contacts_complete_async (self->contacts, stripped, MAX_PEOPLE, self->cancellable, on_completed, g_object_ref (self));
}

gboolean
recipients_completion_step (RecipientsCompletion *self, int by)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int n = self->people ? (int) g_list_model_get_n_items (self->people) : 0;

  if (!gtk_widget_get_visible (GTK_WIDGET (self)) || n == 0)
    return FALSE;
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, row ? (gtk_list_box_row_get_index (row) + by + n) % n : 0));
  return TRUE;
}

ModelPerson *
recipients_completion_get_selected (RecipientsCompletion *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  g_autoptr (ModelPerson) person = NULL;

  if (gtk_widget_get_visible (GTK_WIDGET (self)) && row && self->people)
    person = g_list_model_get_item (self->people, (guint) gtk_list_box_row_get_index (row));
  return person; /* the list holds it */
}

void
recipients_completion_set_contacts (RecipientsCompletion *self, ModelContacts *contacts)
{
  g_set_object (&self->contacts, contacts);
}

static void
recipients_completion_dispose (GObject *object)
{
  RecipientsCompletion *self = RECIPIENTS_COMPLETION (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->contacts);
  g_clear_object (&self->people);
  gtk_widget_dispose_template (GTK_WIDGET (self), RECIPIENTS_TYPE_COMPLETION);
  G_OBJECT_CLASS (recipients_completion_parent_class)->dispose (object);
}

static void
recipients_completion_class_init (RecipientsCompletionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = recipients_completion_dispose;
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", RECIPIENTS_TYPE_COMPLETION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                         1, MODEL_TYPE_PERSON);

  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/recipients/recipients-completion.ui");
  gtk_widget_class_bind_template_child (widget_class, RecipientsCompletion, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
recipients_completion_init (RecipientsCompletion *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
