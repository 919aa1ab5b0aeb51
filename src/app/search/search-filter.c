/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chips over the message list. */
#include "search-filter.h"

#include "base-config.h"

#define N_CHIPS (MODEL_FILTER_ATTACHMENT + 1)

struct _SearchFilter
{
  GtkWidget parent_instance;

  ModelMessageList *list;
  gboolean is_settling;
  gboolean is_narrow;

  GtkWidget *box;
  GtkToggleButton *all;
  GtkToggleButton *unread;
  GtkToggleButton *flagged;
  GtkToggleButton *attachment;
  GtkDropDown *scope;
  GtkWidget *best;
  GtkWidget *save;
  GtkStack *unread_face;
  GtkStack *flagged_face;
  GtkStack *attachment_face;
};

G_DEFINE_FINAL_TYPE (SearchFilter, search_filter, GTK_TYPE_WIDGET)

static GtkToggleButton *
get_chip (SearchFilter *self, ModelFilter filter)
{
  switch (filter)
    {
    case MODEL_FILTER_UNREAD:
      return self->unread;
    case MODEL_FILTER_FLAGGED:
      return self->flagged;
    case MODEL_FILTER_ATTACHMENT:
      return self->attachment;
    case MODEL_FILTER_ALL:
    default:
      return self->all;
    }
}

static void
on_toggled (SearchFilter *self)
{
  if (self->is_settling || !self->list)
    return;
  for (int filter = 0; filter < N_CHIPS; filter++)
    if (gtk_toggle_button_get_active (get_chip (self, filter)))
      model_message_list_set_filter (self->list, filter);
}

static void
on_scope_changed (SearchFilter *self)
{
  if (!self->is_settling && self->list)
    model_message_list_set_is_everywhere (self->list, gtk_drop_down_get_selected (self->scope) == 0);
}

static void
show_search (SearchFilter *self)
{
  gboolean is_search = self->list && model_message_list_get_search (self->list);

  gtk_widget_set_visible (GTK_WIDGET (self->scope), is_search && model_message_list_get_folder (self->list) > 0);
  gtk_widget_set_visible (self->best, is_search && !self->is_narrow);
  gtk_widget_set_visible (self->save, is_search);
}

/* The list's word counts: it may have gone to another folder. */
static void
follow_list (SearchFilter *self)
{
  self->is_settling = TRUE;
  gtk_toggle_button_set_active (get_chip (self, model_message_list_get_filter (self->list)), TRUE);
  gtk_drop_down_set_selected (self->scope, model_message_list_is_everywhere (self->list) ? 0 : 1);
  self->is_settling = FALSE;
  show_search (self);
}

static void
search_filter_dispose (GObject *object)
{
  SearchFilter *self = SEARCH_FILTER (object);

  g_clear_object (&self->list);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (search_filter_parent_class)->dispose (object);
}

static void
search_filter_class_init (SearchFilterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = search_filter_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/search/search-filter.ui");
  gtk_widget_class_bind_template_child (widget_class, SearchFilter, box);
  gtk_widget_class_bind_template_child (widget_class, SearchFilter, all);
  gtk_widget_class_bind_template_child (widget_class, SearchFilter, unread);
  gtk_widget_class_bind_template_child (widget_class, SearchFilter, flagged);
  gtk_widget_class_bind_template_child (widget_class, SearchFilter, attachment);
  gtk_widget_class_bind_template_child (widget_class, SearchFilter, scope);
  gtk_widget_class_bind_template_child (widget_class, SearchFilter, best);
  gtk_widget_class_bind_template_child (widget_class, SearchFilter, save);
  gtk_widget_class_bind_template_child (widget_class, SearchFilter, unread_face);
  gtk_widget_class_bind_template_child (widget_class, SearchFilter, flagged_face);
  gtk_widget_class_bind_template_child (widget_class, SearchFilter, attachment_face);
  gtk_widget_class_bind_template_callback (widget_class, on_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_scope_changed);
}

static void
search_filter_init (SearchFilter *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
search_filter_set_list (SearchFilter *self, ModelMessageList *list)
{
  g_return_if_fail (SEARCH_IS_FILTER (self) && !self->list);

  self->list = g_object_ref (list);
  g_signal_connect_object (list, "notify::filter", G_CALLBACK (follow_list), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "notify::search", G_CALLBACK (follow_list), self, G_CONNECT_SWAPPED);
  follow_list (self);
}

void
search_filter_set_is_narrow (SearchFilter *self, gboolean is_narrow)
{
  GtkStack *faces[] = { self->unread_face, self->flagged_face, self->attachment_face };

  for (gsize i = 0; i < G_N_ELEMENTS (faces); i++)
    gtk_stack_set_visible_child_name (faces[i], is_narrow ? "icon" : "words");
  self->is_narrow = is_narrow;
  show_search (self);
}
