/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three panes beside and below each other; where the window is too narrow for all, one after the other. */
#include "app-panes.h"

#include "base-config.h"

struct _AppPanes
{
  GtkWidget parent_instance;

  AppLayout layout;
  AppMode mode;
  AppPage page;
  int width;             /* as last laid out */
  gboolean is_roomy;     /* wide enough for all three, whether all are shown or not */
  guint mode_source;
  int messages_height;   /* of the pane above the reader, and beside it; kept while the other is used */
  int messages_width;

  GtkPaned *outer;       /* folders | the rest */
  GtkPaned *inner;       /* messages above or beside the reader */
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
  PROP_LAYOUT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (AppPanes, app_panes, GTK_TYPE_WIDGET)

GType
app_layout_get_type (void)
{
  static gsize type;
  static const GEnumValue values[] = {
    { APP_LAYOUT_BELOW, "APP_LAYOUT_BELOW", "below" },
    { APP_LAYOUT_RIGHT, "APP_LAYOUT_RIGHT", "right" },
    { APP_LAYOUT_OFF, "APP_LAYOUT_OFF", "off" },
    { 0, NULL, NULL },
  };

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("AppLayout", values));
  return type;
}

/* A reader on a page of its own leaves the folders where they are as long as there is room for both. */
static void
show_panes (AppPanes *self)
{
  gboolean is_reading = self->mode != APP_MODE_WIDE && self->page == APP_PAGE_READER;
  gboolean has_folders = self->mode == APP_MODE_NARROW ? self->page == APP_PAGE_FOLDERS
                         : !is_reading || self->is_roomy;
  gboolean has_messages = self->mode == APP_MODE_NARROW ? self->page == APP_PAGE_MESSAGES : !is_reading;
  gboolean has_reader = self->mode == APP_MODE_WIDE || is_reading;

  if (!self->folders || !self->messages || !self->reader)
    return;
  gtk_widget_set_visible (self->folders, has_folders);
  gtk_widget_set_visible (self->messages, has_messages);
  gtk_widget_set_visible (self->reader, has_reader);
  gtk_widget_set_visible (GTK_WIDGET (self->inner), has_messages || has_reader);
}

static AppMode
find_mode (AppPanes *self)
{
  if (self->width < APP_PANES_NARROW)
    return APP_MODE_NARROW;
  return self->width < APP_PANES_MEDIUM || self->layout == APP_LAYOUT_OFF ? APP_MODE_MEDIUM : APP_MODE_WIDE;
}

static void
settle_mode (AppPanes *self)
{
  AppMode mode = find_mode (self);
  gboolean is_roomy = self->width >= APP_PANES_MEDIUM;
  gboolean is_other = mode != self->mode || is_roomy != self->is_roomy;

  self->mode = mode;
  self->is_roomy = is_roomy;
  show_panes (self);
  if (is_other)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MODE]);
}

static gboolean
on_mode_due (gpointer data)
{
  AppPanes *self = data;

  self->mode_source = 0;
  settle_mode (self);
  return G_SOURCE_REMOVE;
}

/* Only what a person can have set: a pane that has the place for itself says nothing. */
static void
note_position (AppPanes *self)
{
  if (self->mode != APP_MODE_WIDE || !gtk_widget_get_visible (self->messages))
    return;
  if (gtk_orientable_get_orientation (GTK_ORIENTABLE (self->inner)) == GTK_ORIENTATION_HORIZONTAL)
    self->messages_width = gtk_paned_get_position (self->inner);
  else
    self->messages_height = gtk_paned_get_position (self->inner);
}

static void
lay_out (AppPanes *self)
{
  gboolean is_beside = self->layout == APP_LAYOUT_RIGHT;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->inner), is_beside ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_paned_set_position (self->inner, is_beside ? self->messages_width : self->messages_height);
}

static void
set_layout (AppPanes *self, AppLayout layout)
{
  if (self->layout == layout)
    return;
  note_position (self);
  self->layout = layout;
  if (layout == APP_LAYOUT_OFF && self->page == APP_PAGE_READER)
    self->page = APP_PAGE_MESSAGES;
  lay_out (self);
  settle_mode (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LAYOUT]);
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

  self->width = width;
  if ((find_mode (self) != self->mode || self->is_roomy != (width >= APP_PANES_MEDIUM)) && !self->mode_source)
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
    case PROP_LAYOUT:
      set_layout (self, g_value_get_enum (value));
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
  else if (prop_id == PROP_LAYOUT)
    g_value_set_enum (value, APP_PANES (object)->layout);
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
  props[PROP_LAYOUT] = g_param_spec_enum ("layout", NULL, NULL, APP_TYPE_LAYOUT, APP_LAYOUT_BELOW,
                                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/app-panes.ui");
  gtk_widget_class_bind_template_child (widget_class, AppPanes, outer);
  gtk_widget_class_bind_template_child (widget_class, AppPanes, inner);
}

static void
app_panes_init (AppPanes *self)
{
  self->page = APP_PAGE_MESSAGES;
  self->width = APP_PANES_MEDIUM;
  self->is_roomy = TRUE;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_init_template (GTK_WIDGET (self));
}

AppMode
app_panes_get_mode (AppPanes *self)
{
  return self->mode;
}

gboolean
app_panes_is_roomy (AppPanes *self)
{
  return self->is_roomy;
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
  self->messages_height = CLAMP (app_state_get_int (state, "window", "messages-height", 430), 80, 5000);
  self->messages_width = CLAMP (app_state_get_int (state, "window", "messages-width", 400), 200, 5000);
  set_layout (self, CLAMP (app_state_get_int (state, "window", "layout", APP_LAYOUT_BELOW), APP_LAYOUT_BELOW, APP_LAYOUT_OFF));
  lay_out (self);
}

void
app_panes_keep (AppPanes *self, AppState *state)
{
  note_position (self);
  if (self->mode != APP_MODE_NARROW && gtk_widget_get_visible (self->folders))
    app_state_set_int (state, "window", "folders-width", gtk_paned_get_position (self->outer));
  app_state_set_int (state, "window", "messages-height", self->messages_height);
  app_state_set_int (state, "window", "messages-width", self->messages_width);
  app_state_set_int (state, "window", "layout", self->layout);
}
