/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The headings of a list by date. */
#include "messages-heading.h"

#include "app-format.h"

static GtkWidget *
make_heading (GtkWidget *owner)
{
  GtkWidget *heading = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_label_set_ellipsize (GTK_LABEL (heading), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (heading, "messages-heading");
  gtk_widget_set_can_target (heading, FALSE);
  gtk_widget_insert_after (heading, owner, NULL);
  return heading;
}

void
messages_heading_show (GtkWidget **heading, GtkWidget *owner, GtkWidget *row, gint64 section)
{
  if (row && section)
    gtk_widget_add_css_class (row, "section");
  else if (row)
    gtk_widget_remove_css_class (row, "section");
  if (section && !*heading)
    *heading = make_heading (owner);
  /* Never hidden: GTK 4.8 tells a screen reader of children that come and go, also of those that it has no name for yet, and stumbles. */
  if (section)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
      g_autofree char *text = app_format_section (section, g_get_real_time () / G_USEC_PER_SEC, zone);

      gtk_label_set_text (GTK_LABEL (*heading), text);
    }
  else if (*heading)
    gtk_label_set_text (GTK_LABEL (*heading), "");
}

void
messages_heading_allocate (GtkWidget *heading, GtkWidget *owner, GtkWidget *row, gboolean is_first)
{
  graphene_point_t origin;
  int height;

  if (!heading)
    return;
  gtk_widget_set_child_visible (heading, is_first && *gtk_label_get_text (GTK_LABEL (heading)));
  if (!row || !gtk_widget_compute_point (owner, row, graphene_point_zero (), &origin))
    return;
  gtk_widget_measure (heading, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  gtk_widget_size_allocate (heading, &(GtkAllocation) { -(int) origin.x, -(int) origin.y - height, MAX (gtk_widget_get_width (row), 1), height }, -1);
}
