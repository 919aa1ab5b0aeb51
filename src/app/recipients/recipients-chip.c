/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One recipient. */
#include "recipients-chip.h"

#include "base-config.h"

#include <glib/gi18n.h>
#include <string.h>

struct _RecipientsChip
{
  AdwBin parent_instance;
  MailAddress *address;

  /* the template's */
  GtkWidget *button;
  GtkLabel *label;
  GtkWidget *remove_button;
};

enum
{
  SIGNAL_REMOVED,
  SIGNAL_EDITED,
  SIGNAL_MENU,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RecipientsChip, recipients_chip, ADW_TYPE_BIN)

static void
on_remove_clicked (RecipientsChip *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVED], 0);
}

static void
on_clicked (RecipientsChip *self)
{
  g_signal_emit (self, signals[SIGNAL_EDITED], 0);
}

static void
on_menu (RecipientsChip *self)
{
  g_signal_emit (self, signals[SIGNAL_MENU], 0);
}

static gboolean
on_key_pressed (RecipientsChip *self, guint key, guint code, GdkModifierType state)
{
  if (key == GDK_KEY_Menu || (key == GDK_KEY_F10 && (state & GDK_SHIFT_MASK)))
    {
      on_menu (self);
      return TRUE;
    }
  if (key != GDK_KEY_BackSpace && key != GDK_KEY_Delete && key != GDK_KEY_KP_Delete)
    return FALSE;
  g_signal_emit (self, signals[SIGNAL_REMOVED], 0);
  return TRUE;
}

static GdkContentProvider *
on_drag_prepare (RecipientsChip *self, double x, double y)
{
  g_autofree char *text = mail_address_to_string (self->address);
  GdkContentProvider *providers[] = {
    gdk_content_provider_new_typed (MAIL_TYPE_ADDRESS, self->address),
    gdk_content_provider_new_typed (G_TYPE_STRING, text),
  };

  return gdk_content_provider_new_union (providers, G_N_ELEMENTS (providers));
}

static void
on_drag_begin (GtkDragSource *source, GdkDrag *drag)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source)));

  gtk_drag_source_set_icon (source, paintable, 0, 0);
}

static void
on_drag_end (RecipientsChip *self, GdkDrag *drag, gboolean is_moved)
{
  if (is_moved)
    g_signal_emit (self, signals[SIGNAL_REMOVED], 0);
}

char *
recipients_chip_dup_text (RecipientsChip *self)
{
  return *self->address->name ? mail_address_to_string (self->address) : g_strdup (self->address->address);
}

/* A name that reads like an address must not stand for the real one. */
static char *
make_label (RecipientsChip *self)
{
  const char *name = self->address->name;

  return !*name || strchr (name, '@') ? recipients_chip_dup_text (self) : g_strdup (name);
}

static void
show_address (RecipientsChip *self)
{
  g_autofree char *label = make_label (self);
  g_autofree char *whole = recipients_chip_dup_text (self);
  g_autofree char *remove = g_strdup_printf (_("Remove %s"), label);
  g_autofree char *complaint = NULL;

  gtk_label_set_label (self->label, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, whole, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove_button), GTK_ACCESSIBLE_PROPERTY_LABEL, remove, -1);
  gtk_widget_set_tooltip_text (self->remove_button, remove);
  if (!mail_address_is_valid (self->address->address))
    {
      complaint = g_strdup_printf (_("“%s” is not a complete e-mail address."), whole);
      gtk_widget_add_css_class (GTK_WIDGET (self), "error");
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, complaint, -1);
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
    }
  gtk_widget_set_tooltip_text (self->button, complaint ? complaint : whole);
}

static gboolean
recipients_chip_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (RECIPIENTS_CHIP (widget)->button);
}

static void
recipients_chip_dispose (GObject *object)
{
  RecipientsChip *self = RECIPIENTS_CHIP (object);

  g_clear_pointer (&self->address, mail_address_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), RECIPIENTS_TYPE_CHIP);
  G_OBJECT_CLASS (recipients_chip_parent_class)->dispose (object);
}

static void
recipients_chip_class_init (RecipientsChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = recipients_chip_dispose;
  widget_class->grab_focus = recipients_chip_grab_focus;

  signals[SIGNAL_REMOVED] = g_signal_new ("removed", RECIPIENTS_TYPE_CHIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_EDITED] = g_signal_new ("edited", RECIPIENTS_TYPE_CHIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_MENU] = g_signal_new ("menu", RECIPIENTS_TYPE_CHIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/recipients/recipients-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, RecipientsChip, button);
  gtk_widget_class_bind_template_child (widget_class, RecipientsChip, label);
  gtk_widget_class_bind_template_child (widget_class, RecipientsChip, remove_button);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_menu);
  gtk_widget_class_bind_template_callback (widget_class, on_drag_prepare);
  gtk_widget_class_bind_template_callback (widget_class, on_drag_begin);
  gtk_widget_class_bind_template_callback (widget_class, on_drag_end);
}

static void
recipients_chip_init (RecipientsChip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

RecipientsChip *
recipients_chip_new (const MailAddress *address)
{
  RecipientsChip *self = g_object_new (RECIPIENTS_TYPE_CHIP, NULL);

  self->address = mail_address_copy (address);
  show_address (self);
  return self;
}

const MailAddress *
recipients_chip_get_address (RecipientsChip *self)
{
  return self->address;
}
