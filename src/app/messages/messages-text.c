/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line of text that is laid out once, when it is drawn. */
#include "messages-text.h"

#include <pango/pangocairo.h>

#define MINIMUM_CHARS 3
#define NATURAL_CHARS 12

struct _MessagesText
{
  GtkWidget parent_instance;

  char *text;
  PangoAttrList *attributes;  /* (nullable) */
  gboolean is_bold, is_number, is_at_end;
  PangoLayout *layout;        /* NULL until it is drawn, and when anything changed */
  int height, baseline;       /* of the font; 0: not measured */
  int char_width;
  guint font_serial;          /* of the context that was measured, */
  double resolution;          /* and for which screen */
};

G_DEFINE_FINAL_TYPE (MessagesText, messages_text, GTK_TYPE_WIDGET)

static void
measure_font (MessagesText *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  PangoFontMetrics *metrics;

  if (self->height > 0)
    return;
  metrics = pango_context_get_metrics (context, NULL, NULL);
  self->font_serial = pango_context_get_serial (context);
  self->resolution = pango_cairo_context_get_resolution (context);
  self->height = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));
  self->baseline = PANGO_PIXELS_CEIL (pango_font_metrics_get_ascent (metrics));
  self->char_width = PANGO_PIXELS_CEIL (pango_font_metrics_get_approximate_char_width (metrics));
  pango_font_metrics_unref (metrics);
}

static void
messages_text_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                       int *natural_baseline)
{
  MessagesText *self = MESSAGES_TEXT (widget);

  measure_font (self);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MINIMUM_CHARS * self->char_width;
      *natural = NATURAL_CHARS * self->char_width;
      return;
    }
  *minimum = *natural = self->height;
  *minimum_baseline = *natural_baseline = self->baseline;
}

static void
ensure_layout (MessagesText *self)
{
  PangoAttrList *attributes;

  if (self->layout)
    return;
  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->text);
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (self->layout, TRUE);
  attributes = self->attributes ? pango_attr_list_copy (self->attributes) : pango_attr_list_new ();
  if (self->is_bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  if (self->is_number)
    pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (self->layout, attributes);
  pango_attr_list_unref (attributes);
}

static GdkRGBA
get_color (GtkWidget *widget)
{
  GdkRGBA color;

#if GTK_CHECK_VERSION (4, 10, 0)
  gtk_widget_get_color (widget, &color);
#else
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
#endif
  return color;
}

static void
messages_text_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MessagesText *self = MESSAGES_TEXT (widget);
  gboolean is_right = (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL) != self->is_at_end;
  int width = gtk_widget_get_width (widget);
  const GdkRGBA color = get_color (widget);
  PangoRectangle extents;

  if (*self->text == '\0')
    return;
  measure_font (self);
  ensure_layout (self);
  pango_layout_set_width (self->layout, width * PANGO_SCALE);
  pango_layout_set_alignment (self->layout, PANGO_ALIGN_LEFT);
  pango_layout_get_pixel_extents (self->layout, NULL, &extents);
  gtk_snapshot_save (snapshot);
  /* letters that came from another font may be higher: the line stays where it is */
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((is_right ? width - extents.width : 0) - extents.x,
                                                          (gtk_widget_get_height (widget) - self->height) / 2 + self->baseline
                                                          - PANGO_PIXELS (pango_layout_get_baseline (self->layout))));
  gtk_snapshot_append_layout (snapshot, self->layout, &color);
  gtk_snapshot_restore (snapshot);
}

static gboolean
has_other_font (MessagesText *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));

  return self->font_serial != pango_context_get_serial (context) || self->resolution != pango_cairo_context_get_resolution (context);
}

/* Another font, perhaps; rather, the pointer goes over the row, or the row has gone to another place. */
static void
messages_text_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  MessagesText *self = MESSAGES_TEXT (widget);

  GTK_WIDGET_CLASS (messages_text_parent_class)->css_changed (widget, change);
  if (!has_other_font (self))
    return;
  g_clear_object (&self->layout);
  self->height = 0;
}

static void
messages_text_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (messages_text_parent_class)->direction_changed (widget, previous);
  g_clear_object (&MESSAGES_TEXT (widget)->layout);
}

static void
messages_text_finalize (GObject *object)
{
  MessagesText *self = MESSAGES_TEXT (object);

  g_clear_object (&self->layout);
  g_clear_pointer (&self->attributes, pango_attr_list_unref);
  g_free (self->text);
  G_OBJECT_CLASS (messages_text_parent_class)->finalize (object);
}

static void
messages_text_class_init (MessagesTextClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = messages_text_finalize;
  widget_class->measure = messages_text_measure;
  widget_class->snapshot = messages_text_snapshot;
  widget_class->css_changed = messages_text_css_changed;
  widget_class->direction_changed = messages_text_direction_changed;
  gtk_widget_class_set_css_name (widget_class, "label");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
messages_text_init (MessagesText *self)
{
  self->text = g_strdup ("");
}

static void
draw_anew (MessagesText *self)
{
  g_clear_object (&self->layout);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
messages_text_set (MessagesText *self, const char *text, PangoAttrList *attributes, gboolean is_bold)
{
  gboolean is_other = !g_str_equal (text, self->text);

  if (!attributes && !self->attributes && !is_other && is_bold == self->is_bold)
    return;
  self->is_bold = is_bold;
  g_clear_pointer (&self->attributes, pango_attr_list_unref);
  self->attributes = attributes ? pango_attr_list_ref (attributes) : NULL;
  if (is_other)
    {
      g_free (self->text);
      self->text = g_strdup (text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
    }
  draw_anew (self);
}

void
messages_text_set_number (MessagesText *self, gboolean is_number, gboolean is_at_end)
{
  self->is_number = is_number;
  self->is_at_end = is_at_end;
  draw_anew (self);
}
