/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lays children out in lines: recipients and the text behind them, buttons of a row. (AdwWrapBox does this, from libadwaita 1.7 on.) */
#include "app-flow.h"

#define SPACING 4
#define LEAST_REST 120 /* pixels for a child that expands; with less it gets a line of its own */

struct _AppFlow
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (AppFlow, app_flow, GTK_TYPE_LAYOUT_MANAGER)

typedef struct
{
  GtkWidget *widget;
  int width, height;
} Piece;

static GtkWidget *
next_child (GtkWidget *child)
{
  while (child && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static int
measure_width (GtkWidget *child, int width)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  if (gtk_widget_get_hexpand (child))
    natural = MAX (minimum, LEAST_REST);
  return MAX (minimum, MIN (natural, width));
}

/* One line, which ends at @width */
static void
place_line (GtkWidget *parent, const Piece *line, guint n, int y, int height, int width)
{
  gboolean is_rtl = gtk_widget_get_direction (parent) == GTK_TEXT_DIR_RTL;
  int x = 0;

  for (guint i = 0; i < n; i++)
    {
      int given = gtk_widget_get_hexpand (line[i].widget) ? MAX (width - x, line[i].width) : line[i].width;

      gtk_widget_size_allocate (line[i].widget, &(GtkAllocation) { is_rtl ? width - x - given : x, y + (height - line[i].height) / 2,
                                                                   given, line[i].height }, -1);
      x += given + SPACING;
    }
}

/* The height that is needed; with @is_real everything is put where it belongs, from @top on. */
static int
lay_out (GtkWidget *widget, int width, int top, gboolean is_real)
{
  g_autoptr (GArray) line = g_array_new (FALSE, FALSE, sizeof (Piece));
  int x = 0, y = top, height = 0;

  for (GtkWidget *child = next_child (gtk_widget_get_first_child (widget)); child; child = next_child (gtk_widget_get_next_sibling (child)))
    {
      Piece piece = { child, measure_width (child, width), 0 };

      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, piece.width, NULL, &piece.height, NULL, NULL);
      if (line->len > 0 && x + piece.width > width)
        {
          if (is_real)
            place_line (widget, (const Piece *) line->data, line->len, y, height, width);
          g_array_set_size (line, 0);
          y += height + SPACING;
          x = height = 0;
        }
      g_array_append_val (line, piece);
      x += piece.width + SPACING;
      height = MAX (height, piece.height);
    }
  if (is_real)
    place_line (widget, (const Piece *) line->data, line->len, y, height, width);
  return y + height - top;
}

static GtkSizeRequestMode
app_flow_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
app_flow_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size,
                           int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    {
      *minimum = *natural = lay_out (widget, for_size, 0, FALSE);
      return;
    }
  for (GtkWidget *child = next_child (gtk_widget_get_first_child (widget)); child; child = next_child (gtk_widget_get_next_sibling (child)))
    {
      int child_minimum, child_natural;

      gtk_widget_measure (child, orientation, -1, &child_minimum, &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural = MAX (*natural, orientation == GTK_ORIENTATION_VERTICAL ? child_natural : child_minimum);
    }
}

static void
app_flow_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  lay_out (widget, width, MAX (0, height - lay_out (widget, width, 0, FALSE)) / 2, TRUE);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child) && gtk_widget_get_visible (child))
      gtk_popover_present (GTK_POPOVER (child));
}

static void
app_flow_class_init (AppFlowClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = app_flow_get_request_mode;
  layout_class->measure = app_flow_measure;
  layout_class->allocate = app_flow_allocate;
}

static void
app_flow_init (AppFlow *self)
{
}
