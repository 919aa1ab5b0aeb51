/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scrolled part that knows its height for a width. */
#include "reader-extras.h"

#define LEAST_HEIGHT 60
#define MOST_HEIGHT 260

struct _ReaderExtras
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkWidget *content;   /* the scroller's */
};

enum
{
  PROP_CONTENT = 1,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (ReaderExtras, reader_extras, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
reader_extras_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
reader_extras_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                       int *natural_baseline)
{
  ReaderExtras *self = READER_EXTRAS (widget);
  int least, wanted;

  gtk_widget_measure (self->scroller, orientation, for_size, minimum, natural, NULL, NULL);
  gtk_widget_measure (self->content, orientation, for_size, &least, &wanted, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *natural = MAX (*minimum, wanted);
      return;
    }
  *minimum = MAX (*minimum, MIN (wanted, LEAST_HEIGHT));
  *natural = MAX (*minimum, MIN (wanted, MOST_HEIGHT));
}

static void
reader_extras_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_size_allocate (READER_EXTRAS (widget)->scroller, &(GtkAllocation) { 0, 0, width, height }, baseline);
}

static void
reader_extras_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  ReaderExtras *self = READER_EXTRAS (object);

  if (prop_id != PROP_CONTENT)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }
  self->content = g_value_get_object (value);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->content);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

static void
reader_extras_dispose (GObject *object)
{
  READER_EXTRAS (object)->content = NULL;
  g_clear_pointer (&READER_EXTRAS (object)->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (reader_extras_parent_class)->dispose (object);
}

static void
reader_extras_class_init (ReaderExtrasClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->set_property = reader_extras_set_property;
  G_OBJECT_CLASS (klass)->dispose = reader_extras_dispose;
  widget_class->get_request_mode = reader_extras_get_request_mode;
  widget_class->measure = reader_extras_measure;
  widget_class->size_allocate = reader_extras_size_allocate;
  g_object_class_install_property (G_OBJECT_CLASS (klass), PROP_CONTENT,
                                   g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET,
                                                        G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS));
}

static void
reader_extras_init (ReaderExtras *self)
{
}
