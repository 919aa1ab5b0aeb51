/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands over the list: where one is, the chips, how many messages, and how they are arranged. */
#include "messages-header.h"

#include "base-config.h"
#include "search-filter.h"

#include <glib/gi18n.h>

struct _MessagesHeader
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *back;
  GtkLabel *title;
  SearchFilter *filter;
  GtkLabel *count;
  GMenuModel *columns_menu;
  gboolean is_narrow;
  gboolean is_partial;
};

G_DEFINE_FINAL_TYPE (MessagesHeader, messages_header, GTK_TYPE_WIDGET)

static void
messages_header_dispose (GObject *object)
{
  g_clear_pointer (&MESSAGES_HEADER (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (messages_header_parent_class)->dispose (object);
}

static void
messages_header_class_init (MessagesHeaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = messages_header_dispose;
  g_type_ensure (SEARCH_TYPE_FILTER);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/messages/messages-header.ui");
  gtk_widget_class_bind_template_child (widget_class, MessagesHeader, box);
  gtk_widget_class_bind_template_child (widget_class, MessagesHeader, back);
  gtk_widget_class_bind_template_child (widget_class, MessagesHeader, title);
  gtk_widget_class_bind_template_child (widget_class, MessagesHeader, filter);
  gtk_widget_class_bind_template_child (widget_class, MessagesHeader, count);
  gtk_widget_class_bind_template_child (widget_class, MessagesHeader, columns_menu);
}

static void
messages_header_init (MessagesHeader *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* That there may be more has to be seen however little room there is. */
static void
show_count (MessagesHeader *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->count), !self->is_narrow || self->is_partial);
}

void
messages_header_set_list (MessagesHeader *self, ModelMessageList *list)
{
  search_filter_set_list (self->filter, list);
}

void
messages_header_set_title (MessagesHeader *self, const char *title)
{
  gtk_label_set_text (self->title, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), *title ? title : NULL);
}

void
messages_header_set_count (MessagesHeader *self, guint n, guint n_selected, gboolean is_partial)
{
  g_autofree char *text = NULL;

  if (n_selected > 1)
    text = g_strdup_printf (ngettext ("%u of %u selected", "%u of %u selected", n_selected), n_selected, n);
  else if (n && is_partial)
    text = g_strdup_printf (ngettext ("%u message so far", "%u messages so far", n), n);
  else if (n)
    text = g_strdup_printf (ngettext ("%u message", "%u messages", n), n);
  self->is_partial = n && is_partial && n_selected <= 1;
  gtk_label_set_text (self->count, text ? text : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->count), self->is_partial ? _("Your mail is still being made searchable: there may be more") : NULL);
  show_count (self);
}

void
messages_header_set_is_narrow (MessagesHeader *self, gboolean is_narrow)
{
  search_filter_set_is_narrow (self->filter, is_narrow);
  self->is_narrow = is_narrow;
  show_count (self);
}

void
messages_header_set_has_back (MessagesHeader *self, gboolean has_back)
{
  gtk_widget_set_visible (self->back, has_back);
}

GMenuModel *
messages_header_get_columns_menu (MessagesHeader *self)
{
  return self->columns_menu;
}
