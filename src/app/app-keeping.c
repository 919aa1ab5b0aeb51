/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What keeps order beside the main window. */
#include "app-keeping.h"

#include "contacts-window.h"

struct _AppKeeping
{
  GObject parent_instance;
  GtkApplication *application;
  ModelContacts *contacts;
  GtkWindow *contacts_window;  /* weak */
};

G_DEFINE_FINAL_TYPE (AppKeeping, app_keeping, G_TYPE_OBJECT)

static void
on_contacts (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AppKeeping *self = data;
  GtkWindow *parent = gtk_application_get_active_window (self->application);

  if (!self->contacts_window)
    g_set_weak_pointer (&self->contacts_window, GTK_WINDOW (contacts_window_new (parent, self->contacts)));
  gtk_window_present (self->contacts_window);
}

static const GActionEntry entries[] = {
  { .name = "contacts", .activate = on_contacts },
};

static const struct
{
  const char *action;
  const char *keys[4];
} shortcuts[] = {
  { "app.contacts", { "<Control><Shift>b" } },
};

static void
app_keeping_dispose (GObject *object)
{
  AppKeeping *self = APP_KEEPING (object);

  for (gsize i = 0; i < G_N_ELEMENTS (entries) && self->application; i++)
    g_action_map_remove_action (G_ACTION_MAP (self->application), entries[i].name);
  self->application = NULL;
  g_clear_weak_pointer (&self->contacts_window);
  g_clear_object (&self->contacts);
  G_OBJECT_CLASS (app_keeping_parent_class)->dispose (object);
}

static void
app_keeping_class_init (AppKeepingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = app_keeping_dispose;
}

static void
app_keeping_init (AppKeeping *self)
{
}

AppKeeping *
app_keeping_new (GtkApplication *application, ModelContacts *contacts)
{
  AppKeeping *self = g_object_new (APP_TYPE_KEEPING, NULL);

  self->application = application;
  self->contacts = g_object_ref (contacts);
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries), self);
  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (application, shortcuts[i].action, shortcuts[i].keys);
  return self;
}
