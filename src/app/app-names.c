/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names for the parts inside the toolkit's widgets. */
#include "app-names.h"

#include "base-config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* @icon: NULL, or of images only those that show it */
static void
set_names (GtkWidget *widget, GType type, const char *icon, const char *name)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      if (g_type_is_a (G_OBJECT_TYPE (child), type)
          && (!icon || g_strcmp0 (gtk_image_get_icon_name (GTK_IMAGE (child)), icon) == 0))
        gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      set_names (child, type, icon, name);
    }
}

void
app_names_inside (GtkWidget *widget, GType type, const char *name)
{
  g_return_if_fail (GTK_IS_WIDGET (widget) && name);

  set_names (widget, type, NULL, name);
}

void
app_names_groups (GtkWidget *widget, const char *name)
{
  g_return_if_fail (GTK_IS_WIDGET (widget) && name);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      const char *title = ADW_IS_PREFERENCES_GROUP (child) ? adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (child)) : NULL;

      if (title)
        set_names (child, GTK_TYPE_LIST_BOX, NULL, *title ? title : name);
      else if (ADW_IS_COMBO_ROW (child))
        set_names (child, GTK_TYPE_LIST_VIEW, NULL, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (child)));
      app_names_groups (child, name);
    }
}

/* The menu button is two in one: itself, and the toggle button that it draws. */
void
app_names_menu (GtkWidget *split_button, const char *name)
{
  g_return_if_fail (GTK_IS_WIDGET (split_button) && name);

  set_names (split_button, GTK_TYPE_MENU_BUTTON, NULL, name);
  set_names (split_button, GTK_TYPE_TOGGLE_BUTTON, NULL, name);
}

/* The other image of the row, the pencil, only adorns. */
void
app_names_password (GtkWidget *row)
{
  g_return_if_fail (GTK_IS_WIDGET (row));

  set_names (row, GTK_TYPE_IMAGE, "view-reveal-symbolic", _("Show or Hide the Password"));
}
