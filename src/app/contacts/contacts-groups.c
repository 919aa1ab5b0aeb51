/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which group of contacts is shown. */
#include "contacts-groups.h"

#include "app-alert.h"
#include "app-toast.h"
#include "app-words.h"
#include "folders-name-dialog.h"

#include <glib/gi18n.h>

struct _ContactsGroups
{
  GObject parent_instance;
  GtkDropDown *drop_down;      /* the window's; NULL when that is gone */
  AdwToastOverlay *toasts;
  ModelContacts *contacts;
  GSimpleActionGroup *actions;
  GListModel *groups;          /* of ModelPerson, without the first row */
  gint64 selected;
  gint64 named;                /* what the dialog's name is for; 0: a new one */
  FoldersNameDialog *dialog;   /* weak */
  gboolean is_filling;
};

enum
{
  SIGNAL_SELECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ContactsGroups, contacts_groups, G_TYPE_OBJECT)

static ModelPerson *
find_selected (ContactsGroups *self, guint *position)
{
  for (guint i = 0; self->groups && i < g_list_model_get_n_items (self->groups); i++)
    {
      g_autoptr (ModelPerson) group = g_list_model_get_item (self->groups, i);

      if (model_person_get_id (group) != self->selected)
        continue;
      if (position)
        *position = i + 1;
      return group; /* the list holds it */
    }
  return NULL;
}

gint64
contacts_groups_get_selected (ContactsGroups *self)
{
  return self->selected;
}

const char *
contacts_groups_get_selected_name (ContactsGroups *self)
{
  ModelPerson *group = find_selected (self, NULL);

  return group ? model_person_get_name (group) : NULL;
}

static void
enable (ContactsGroups *self, const char *action)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), action)), self->selected != 0);
}

static void
select_group (ContactsGroups *self, gint64 id)
{
  if (self->selected == id)
    return;
  self->selected = id;
  enable (self, "rename");
  enable (self, "delete");
  g_signal_emit (self, signals[SIGNAL_SELECTED], 0);
}

static void
on_selected (ContactsGroups *self)
{
  guint position = gtk_drop_down_get_selected (self->drop_down);
  g_autoptr (ModelPerson) group = NULL;

  if (self->is_filling || !self->groups)
    return;
  group = position > 0 ? g_list_model_get_item (self->groups, position - 1) : NULL;
  select_group (self, group ? model_person_get_id (group) : 0);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ContactsGroups) self = data;
  g_autoptr (GListModel) groups = model_contacts_list_finish (MODEL_CONTACTS (source), result, NULL);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint position = 0;

  if (!groups || !self->drop_down)
    return;
  gtk_string_list_append (names, _("All Contacts"));
  for (guint i = 0; i < g_list_model_get_n_items (groups); i++)
    {
      g_autoptr (ModelPerson) group = g_list_model_get_item (groups, i);

      gtk_string_list_append (names, model_person_get_name (group));
    }
  g_set_object (&self->groups, groups);
  if (!find_selected (self, &position))
    select_group (self, 0);
  self->is_filling = TRUE;
  gtk_drop_down_set_model (self->drop_down, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->drop_down, position);
  self->is_filling = FALSE;
}

static void
refresh (ContactsGroups *self)
{
  model_contacts_list_groups_async (self->contacts, NULL, on_listed, g_object_ref (self));
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ContactsGroups) self = data;
  g_autoptr (GError) error = NULL;
  gint64 id = model_contacts_finish (MODEL_CONTACTS (source), result, &error);
  g_autofree char *text = error ? app_words_error (error) : NULL;

  if (text && self->dialog)
    folders_name_dialog_refuse (self->dialog, text);
  else if (text && self->toasts)
    adw_toast_overlay_add_toast (self->toasts, app_toast_new (text));
  if (id > 0 && self->dialog)
    gtk_window_close (GTK_WINDOW (self->dialog));
  if (id > 0)
    select_group (self, id);
}

static GtkWindow *
get_window (ContactsGroups *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self->drop_down)));
}

static void
on_named (ContactsGroups *self, const char *name)
{
  model_contacts_save_group_async (self->contacts, self->named, name, on_done, g_object_ref (self));
}

static void
ask_name (ContactsGroups *self, gint64 id, const char *title, const char *button, const char *name)
{
  self->named = id;
  g_clear_weak_pointer (&self->dialog);
  g_set_weak_pointer (&self->dialog, folders_name_dialog_new (get_window (self), title, button, name));
  g_signal_connect_object (self->dialog, "named", G_CALLBACK (on_named), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (self->dialog));
}

static void
on_new (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ask_name (data, 0, _("New Group"), _("_Create"), NULL);
}

static void
on_rename (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ContactsGroups *self = data;

  ask_name (self, self->selected, _("Rename Group"), _("_Rename"), contacts_groups_get_selected_name (self));
}

static void
on_delete_answered (const char *choice, gpointer data)
{
  ContactsGroups *self = data;

  if (g_str_equal (choice, "delete"))
    model_contacts_delete_group_async (self->contacts, self->selected, on_done, g_object_ref (self));
}

static void
on_delete (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ContactsGroups *self = data;
  const AppAlertChoice choices[] = {
    { "cancel", _("_Cancel"), APP_ALERT_PLAIN },
    { "delete", _("_Delete the Group"), APP_ALERT_DESTRUCTIVE },
  };
  g_autofree char *heading = g_strdup_printf (_("Delete the group “%s”?"), contacts_groups_get_selected_name (self));

  app_alert_present (get_window (self), heading, _("The contacts in it stay."), choices, G_N_ELEMENTS (choices), on_delete_answered,
                     g_object_ref (self), g_object_unref);
}

static void
contacts_groups_dispose (GObject *object)
{
  ContactsGroups *self = CONTACTS_GROUPS (object);

  g_clear_weak_pointer (&self->drop_down);
  g_clear_weak_pointer (&self->toasts);
  g_clear_weak_pointer (&self->dialog);
  g_clear_object (&self->contacts);
  g_clear_object (&self->actions);
  g_clear_object (&self->groups);
  G_OBJECT_CLASS (contacts_groups_parent_class)->dispose (object);
}

static void
contacts_groups_class_init (ContactsGroupsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = contacts_groups_dispose;
  signals[SIGNAL_SELECTED] = g_signal_new ("selected", CONTACTS_TYPE_GROUPS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static const GActionEntry entries[] = {
  { .name = "new", .activate = on_new },
  { .name = "rename", .activate = on_rename },
  { .name = "delete", .activate = on_delete },
};

static void
contacts_groups_init (ContactsGroups *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  enable (self, "rename");
  enable (self, "delete");
}

ContactsGroups *
contacts_groups_new (GtkDropDown *drop_down, ModelContacts *contacts, AdwToastOverlay *toasts)
{
  ContactsGroups *self = g_object_new (CONTACTS_TYPE_GROUPS, NULL);

  g_set_weak_pointer (&self->drop_down, drop_down);
  g_set_weak_pointer (&self->toasts, toasts);
  self->contacts = g_object_ref (contacts);
  g_signal_connect_object (drop_down, "notify::selected", G_CALLBACK (on_selected), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (contacts, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  gtk_widget_insert_action_group (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (drop_down))), "group", G_ACTION_GROUP (self->actions));
  refresh (self);
  return self;
}
