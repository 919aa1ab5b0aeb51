/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three panes beside and below each other; where the window is too narrow for all, one after the other. */
#include "app-panes.h"

#include "base-config.h"

struct _AppPanes
{
  GtkWidget parent_instance;

  AppMode mode;
  AppPage page;
  guint mode_source;
  AppMode next_mode;

  GtkPaned *outer;       /* folders | the rest */
  GtkPaned *inner;       /* messages above the reader */
  GtkWidget *folders;
  GtkWidget *messages;
  GtkWidget *reader;
};

enum
{
  PROP_0,
  PROP_FOLDERS,
  PROP_MESSAGES,
  PROP_READER,
  PROP_MODE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (AppPanes, app_panes, GTK_TYPE_WIDGET)

static void
show_panes (AppPanes *self)
{
  gboolean has_folders = self->mode == APP_MODE_WIDE || self->page == APP_PAGE_FOLDERS
                         || (self->mode == APP_MODE_MEDIUM && self->page != APP_PAGE_READER);
  gboolean has_messages = self->mode == APP_MODE_WIDE || self->page == APP_PAGE_MESSAGES
                          || (self->mode == APP_MODE_MEDIUM && self->page == APP_PAGE_FOLDERS);
  gboolean has_reader = self->mode == APP_MODE_WIDE || self->page == APP_PAGE_READER;

  if (!self->folders || !self->messages || !self->reader)
    return;
  gtk_widget_set_visible (self->folders, has_folders);
  gtk_widget_set_visible (self->messages, has_messages);
  gtk_widget_set_visible (self->reader, has_reader);
  gtk_widget_set_visible (GTK_WIDGET (self->inner), has_messages || has_reader);
}

static gboolean
on_mode_due (gpointer data)
{
  AppPanes *self = data;

  self->mode_source = 0;
  if (self->mode == self->next_mode)
    return G_SOURCE_REMOVE;
  self->mode = self->next_mode;
  show_panes (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MODE]);
  return G_SOURCE_REMOVE;
}

static void
app_panes_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                   int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (GTK_WIDGET (APP_PANES (widget)->outer), orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
  /* What is shown does not say how narrow the window may become: fewer panes need less. */
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MIN (*minimum, 360);
}

static void
app_panes_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  AppPanes *self = APP_PANES (widget);
  int minimum;

  self->next_mode = width < APP_PANES_NARROW ? APP_MODE_NARROW : width < APP_PANES_MEDIUM ? APP_MODE_MEDIUM : APP_MODE_WIDE;
  if (self->next_mode != self->mode && !self->mode_source)
    self->mode_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_mode_due, self, NULL); /* not amid a layout */
  gtk_widget_measure (GTK_WIDGET (self->outer), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_size_allocate (GTK_WIDGET (self->outer), &(GtkAllocation) { 0, 0, MAX (width, minimum), height }, baseline);
}

static void
app_panes_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  AppPanes *self = APP_PANES (object);

  switch (prop_id)
    {
    case PROP_FOLDERS:
      self->folders = g_value_get_object (value);
      gtk_paned_set_start_child (self->outer, self->folders);
      break;
    case PROP_MESSAGES:
      self->messages = g_value_get_object (value);
      gtk_paned_set_start_child (self->inner, self->messages);
      break;
    case PROP_READER:
      self->reader = g_value_get_object (value);
      gtk_paned_set_end_child (self->inner, self->reader);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
  show_panes (self);
}

static void
app_panes_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_MODE)
    g_value_set_int (value, APP_PANES (object)->mode);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
app_panes_dispose (GObject *object)
{
  AppPanes *self = APP_PANES (object);

  g_clear_handle_id (&self->mode_source, g_source_remove);
  self->folders = self->messages = self->reader = NULL;
  if (self->outer)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->outer)));
  G_OBJECT_CLASS (app_panes_parent_class)->dispose (object);
}

static void
app_panes_class_init (AppPanesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = app_panes_set_property;
  object_class->get_property = app_panes_get_property;
  object_class->dispose = app_panes_dispose;
  widget_class->measure = app_panes_measure;
  widget_class->size_allocate = app_panes_size_allocate;

  props[PROP_FOLDERS] = g_param_spec_object ("folders", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_MESSAGES] = g_param_spec_object ("messages", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_READER] = g_param_spec_object ("reader", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_MODE] = g_param_spec_int ("mode", NULL, NULL, 0, APP_MODE_NARROW, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/app-panes.ui");
  gtk_widget_class_bind_template_child (widget_class, AppPanes, outer);
  gtk_widget_class_bind_template_child (widget_class, AppPanes, inner);
}

static void
app_panes_init (AppPanes *self)
{
  self->page = APP_PAGE_MESSAGES;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_init_template (GTK_WIDGET (self));
}

AppMode
app_panes_get_mode (AppPanes *self)
{
  return self->mode;
}

AppPage
app_panes_get_page (AppPanes *self)
{
  return self->page;
}

void
app_panes_set_page (AppPanes *self, AppPage page)
{
  if (self->page == page)
    return;
  self->page = page;
  show_panes (self);
}

void
app_panes_go_back (AppPanes *self)
{
  if (self->page == APP_PAGE_READER)
    app_panes_set_page (self, APP_PAGE_MESSAGES);
  else
    app_panes_set_page (self, APP_PAGE_FOLDERS);
}

void
app_panes_restore (AppPanes *self, AppState *state)
{
  gtk_paned_set_position (self->outer, CLAMP (app_state_get_int (state, "window", "folders-width", 230), 120, 5000));
  gtk_paned_set_position (self->inner, CLAMP (app_state_get_int (state, "window", "messages-height", 430), 80, 5000));
}

void
app_panes_keep (AppPanes *self, AppState *state)
{
  if (self->mode != APP_MODE_NARROW && gtk_widget_get_visible (self->folders))
    app_state_set_int (state, "window", "folders-width", gtk_paned_get_position (self->outer));
  if (self->mode == APP_MODE_WIDE)
    app_state_set_int (state, "window", "messages-height", gtk_paned_get_position (self->inner));
}
