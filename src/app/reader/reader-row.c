/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said and the buttons that go with it, laid out by the width there is. */
#include "reader-row.h"

#define ROOM 320 /* pixels that words need beside buttons; with less, the buttons go below */
#define SPACING 12
#define SPACING_BELOW 6

struct _ReaderRow
{
  GtkWidget parent_instance;

  GtkWidget *words;
  GtkWidget *buttons;
};

enum
{
  PROP_WORDS = 1,
  PROP_BUTTONS,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (ReaderRow, reader_row, GTK_TYPE_WIDGET)

/* Of the buttons, with what is between them and the words, where they stand beside these; 0: there are none */
static int
find_side (ReaderRow *self)
{
  int natural;

  gtk_widget_measure (self->buttons, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural ? natural + SPACING : 0;
}

static GtkSizeRequestMode
reader_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_height (ReaderRow *self, int width, int *minimum, int *natural)
{
  int side = find_side (self);
  gboolean is_beside = width < 0 || width >= side + ROOM;
  int words_width = width < 0 || !is_beside ? width : width - side;
  int least[2], wanted[2];

  gtk_widget_measure (self->words, GTK_ORIENTATION_VERTICAL, words_width, &least[0], &wanted[0], NULL, NULL);
  gtk_widget_measure (self->buttons, GTK_ORIENTATION_VERTICAL, is_beside ? -1 : width, &least[1], &wanted[1], NULL, NULL);
  if (is_beside)
    {
      *minimum = MAX (least[0], least[1]);
      *natural = MAX (wanted[0], wanted[1]);
      return;
    }
  *minimum = least[0] + least[1] + (least[1] ? SPACING_BELOW : 0);
  *natural = wanted[0] + wanted[1] + (wanted[1] ? SPACING_BELOW : 0);
}

static void
reader_row_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  ReaderRow *self = READER_ROW (widget);
  int least[2], wanted[2];

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      measure_height (self, for_size, minimum, natural);
      return;
    }
  gtk_widget_measure (self->words, orientation, -1, &least[0], &wanted[0], NULL, NULL);
  gtk_widget_measure (self->buttons, orientation, -1, &least[1], &wanted[1], NULL, NULL);
  *minimum = MAX (least[0], least[1]);
  *natural = MAX (*minimum, wanted[0] + wanted[1] + (wanted[1] ? SPACING : 0));
}

static void
reader_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ReaderRow *self = READER_ROW (widget);
  gboolean is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int side = find_side (self), buttons = MAX (side - SPACING, 0);
  int below;

  if (width >= side + ROOM)
    {
      gtk_widget_size_allocate (self->words, &(GtkAllocation) { is_mirrored ? side : 0, 0, width - side, height }, -1);
      gtk_widget_size_allocate (self->buttons, &(GtkAllocation) { is_mirrored ? 0 : width - buttons, 0, buttons, height }, -1);
      return;
    }
  gtk_widget_measure (self->buttons, GTK_ORIENTATION_VERTICAL, width, &below, NULL, NULL, NULL);
  gtk_widget_size_allocate (self->words, &(GtkAllocation) { 0, 0, width, MAX (height - below - (below ? SPACING_BELOW : 0), 0) }, -1);
  gtk_widget_size_allocate (self->buttons, &(GtkAllocation) { 0, MAX (height - below, 0), width, below }, -1);
}

static void
reader_row_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  ReaderRow *self = READER_ROW (object);

  if (prop_id == PROP_WORDS)
    self->words = g_value_get_object (value);
  else if (prop_id == PROP_BUTTONS)
    self->buttons = g_value_get_object (value);
  else
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }
  gtk_widget_set_parent (g_value_get_object (value), GTK_WIDGET (self));
}

static void
reader_row_dispose (GObject *object)
{
  g_clear_pointer (&READER_ROW (object)->words, gtk_widget_unparent);
  g_clear_pointer (&READER_ROW (object)->buttons, gtk_widget_unparent);
  G_OBJECT_CLASS (reader_row_parent_class)->dispose (object);
}

static void
add_property (GObjectClass *klass, guint id, const char *name)
{
  g_object_class_install_property (klass, id, g_param_spec_object (name, NULL, NULL, GTK_TYPE_WIDGET,
                                                                   G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS));
}

static void
reader_row_class_init (ReaderRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->set_property = reader_row_set_property;
  G_OBJECT_CLASS (klass)->dispose = reader_row_dispose;
  widget_class->get_request_mode = reader_row_get_request_mode;
  widget_class->measure = reader_row_measure;
  widget_class->size_allocate = reader_row_size_allocate;
  add_property (G_OBJECT_CLASS (klass), PROP_WORDS, "words");
  add_property (G_OBJECT_CLASS (klass), PROP_BUTTONS, "buttons");
}

static void
reader_row_init (ReaderRow *self)
{
}
