/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window that says what a folder is: where, how much is in it, how large. */
#include "folders-properties.h"

#include "app-names.h"
#include "base-config.h"
#include "folders-row.h"

#include <glib/gi18n.h>

struct _FoldersProperties
{
  AdwWindow parent_instance;

  ModelFolder *folder;

  GtkWidget *group;
  GtkLabel *name;
  AdwActionRow *path_row;
  AdwActionRow *place_row;
  GtkLabel *messages;
  GtkLabel *unread;
  GtkLabel *size;
  GtkWidget *server_size_row;
  GtkLabel *server_size;
  AdwActionRow *room_row;
};

G_DEFINE_FINAL_TYPE (FoldersProperties, folders_properties, ADW_TYPE_WINDOW)

static void
show_counts (FoldersProperties *self)
{
  g_autofree char *messages = g_strdup_printf ("%u", model_folder_get_total (self->folder));
  g_autofree char *unread = g_strdup_printf ("%u", model_folder_get_unread (self->folder));

  gtk_label_set_text (self->name, folders_row_get_title (self->folder));
  gtk_label_set_text (self->messages, messages);
  gtk_label_set_text (self->unread, unread);
}

static char *
describe_place (Account *account, const ModelFolderFacts *facts)
{
  g_autoptr (GString) text = NULL;

  if (!account)
    return g_strdup (_("On this computer"));
  if (!facts->is_remote)
    return g_strdup_printf (_("On this computer, for %s"), account_get_title (account));
  /* Translators: {host} is a server's name, {account} an account's title; keep what is in braces as it is */
  text = g_string_new (_("On the server {host} of {account}; a copy is kept here"));
  g_string_replace (text, "{host}", account_get_host (account, ACCOUNT_INCOMING), 1);
  g_string_replace (text, "{account}", account_get_title (account), 1);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What only the server knows, and not every server says; its own count only where it is another than ours */
static void
show_room (FoldersProperties *self, const ModelFolderFacts *facts)
{
  g_autofree char *size = g_format_size_full ((guint64) MAX (facts->server_size, 0), G_FORMAT_SIZE_LONG_FORMAT);
  g_autofree char *used = g_format_size ((guint64) facts->room_used);
  g_autofree char *limit = g_format_size ((guint64) facts->room_limit);
  /* Translators: {used} and {limit} are sizes (“1.2 GB”); keep what is in braces as it is */
  g_autoptr (GString) room = g_string_new (_("{used} of {limit} is taken"));

  g_string_replace (room, "{used}", used, 1);
  g_string_replace (room, "{limit}", limit, 1);
  gtk_label_set_text (self->server_size, size);
  gtk_widget_set_visible (self->server_size_row, facts->server_size >= 0 && facts->server_size != facts->size);
  adw_action_row_set_subtitle (self->room_row, room->str);
  gtk_widget_set_visible (GTK_WIDGET (self->room_row), facts->room_limit > 0);
}

static void
folders_properties_dispose (GObject *object)
{
  g_clear_object (&FOLDERS_PROPERTIES (object)->folder);
  gtk_widget_dispose_template (GTK_WIDGET (object), FOLDERS_TYPE_PROPERTIES);
  G_OBJECT_CLASS (folders_properties_parent_class)->dispose (object);
}

static void
folders_properties_class_init (FoldersPropertiesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = folders_properties_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/folders/folders-properties.ui");
  gtk_widget_class_bind_template_child (widget_class, FoldersProperties, group);
  gtk_widget_class_bind_template_child (widget_class, FoldersProperties, name);
  gtk_widget_class_bind_template_child (widget_class, FoldersProperties, path_row);
  gtk_widget_class_bind_template_child (widget_class, FoldersProperties, place_row);
  gtk_widget_class_bind_template_child (widget_class, FoldersProperties, messages);
  gtk_widget_class_bind_template_child (widget_class, FoldersProperties, unread);
  gtk_widget_class_bind_template_child (widget_class, FoldersProperties, size);
  gtk_widget_class_bind_template_child (widget_class, FoldersProperties, server_size_row);
  gtk_widget_class_bind_template_child (widget_class, FoldersProperties, server_size);
  gtk_widget_class_bind_template_child (widget_class, FoldersProperties, room_row);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
folders_properties_init (FoldersProperties *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  app_names_groups (self->group, _("Folder Properties"));
}

GtkWindow *
folders_properties_new (GtkWindow *parent, ModelFolder *folder, Account *account, const ModelFolderFacts *facts)
{
  FoldersProperties *self = g_object_new (FOLDERS_TYPE_PROPERTIES, "transient-for", parent, "destroy-with-parent", TRUE, NULL);
  g_autofree char *place = describe_place (account, facts);
  g_autofree char *size = g_format_size_full ((guint64) facts->size, G_FORMAT_SIZE_LONG_FORMAT);

  self->folder = g_object_ref (folder);
  adw_action_row_set_subtitle (self->path_row, facts->path);
  adw_action_row_set_subtitle (self->place_row, place);
  gtk_label_set_text (self->size, size);
  show_room (self, facts);
  g_signal_connect_object (folder, "notify", G_CALLBACK (show_counts), self, G_CONNECT_SWAPPED);
  show_counts (self);
  return GTK_WINDOW (self);
}
