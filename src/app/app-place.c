/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a person is in the main window: which folder is open, and which message of it is to be shown. */
#include "app-place.h"

#include "folders-chooser.h"

#include <glib/gi18n.h>

struct _AppPlace
{
  GObject parent_instance;

  AccountList *accounts;
  SyncEngine *engine;
  ModelFolderTree *tree;
  ModelMessageList *list;
  AppState *state;

  GtkApplicationWindow *window;   /* weak, like its parts */
  AppPanes *panes;
  FoldersView *folders;
  MessagesView *messages;

  gint64 open_account;            /* whose folder the engine was told a person looks at */
  gint64 wanted;                  /* the message to show as soon as the list has it, 0 */
};

G_DEFINE_FINAL_TYPE (AppPlace, app_place, G_TYPE_OBJECT)

/* Its newest messages come before all else. */
static void
tell_open_folder (AppPlace *self, ModelFolder *folder)
{
  gint64 account = folder ? model_folder_get_account_id (folder) : 0;

  if (self->open_account && self->open_account != account)
    sync_engine_set_open_folder (self->engine, self->open_account, 0);
  if (account)
    sync_engine_set_open_folder (self->engine, account, model_folder_get_id (folder));
  self->open_account = account;
}

static void
on_folder_selected (AppPlace *self)
{
  ModelFolder *folder = folders_view_get_selected (self->folders);
  gboolean can_be_opened = folder && model_folder_get_id (folder) != 0;

  if (folder && !can_be_opened)
    return; /* an account's own row only folds */
  self->wanted = 0;
  messages_view_show_folder (self->messages, folder, folder ? model_folder_tree_find_root (self->tree, folder) : NULL);
  tell_open_folder (self, folder);
  if (can_be_opened)
    {
      app_state_set_int (self->state, "window", "folder", (int) model_folder_get_id (folder));
      app_panes_set_page (self->panes, APP_PAGE_MESSAGES);
    }
}

static void
on_message_selected (AppPlace *self)
{
  if (messages_view_get_n_selected (self->messages) > 0)
    self->wanted = 0; /* somebody chose */
}

static ModelFolder *
find_first_inbox (AppPlace *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->accounts)); i++)
    {
      g_autoptr (Account) account = g_list_model_get_item (G_LIST_MODEL (self->accounts), i);
      ModelFolder *inbox = model_folder_tree_find_role (self->tree, account_get_id (account), MAIL_ROLE_INBOX);

      if (inbox)
        return inbox;
    }
  return NULL;
}

/* With the first account, its Inbox as soon as it is there */
void
app_place_open_some (AppPlace *self)
{
  ModelFolder *folder;

  if (!self->folders || folders_view_get_selected (self->folders))
    return;
  folder = model_folder_tree_find (self->tree, app_state_get_int (self->state, "window", "folder", 0));
  if (!folder)
    folder = find_first_inbox (self);
  if (folder)
    folders_view_select (self->folders, folder);
}

gboolean
app_place_open_folder (AppPlace *self, ModelFolder *folder)
{
  if (!folders_view_select (self->folders, folder))
    return FALSE;
  app_panes_set_page (self->panes, APP_PAGE_MESSAGES);
  return TRUE;
}

/* That of the account whose folder is open, else the first */
static void
on_go_inbox (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AppPlace *self = data;
  ModelFolder *folder = folders_view_get_selected (self->folders);
  gint64 account = folder ? model_folder_get_account_id (folder) : 0;
  ModelFolder *inbox = account ? model_folder_tree_find_role (self->tree, account, MAIL_ROLE_INBOX) : NULL;

  if (!inbox)
    inbox = find_first_inbox (self);
  if (inbox && app_place_open_folder (self, inbox))
    gtk_widget_grab_focus (GTK_WIDGET (self->messages));
}

static void
show_wanted (AppPlace *self)
{
  gint64 id = self->wanted;

  if (id && !model_message_list_is_loading (self->list)
      && (messages_view_select (self->messages, id)
          || (model_message_list_set_expanded (self->list, id, TRUE) && messages_view_select (self->messages, id))))
    {
      self->wanted = 0;
      app_panes_set_page (self->panes, APP_PAGE_READER);
    }
}

void
app_place_read (AppPlace *self, gint64 id)
{
  self->wanted = id;
  show_wanted (self);
}

/* What hides it, a search or a filter, ends. */
static void
on_show_message (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AppPlace *self = data;
  gboolean is_hidden = model_message_list_get_search (self->list) || model_message_list_get_filter (self->list) != MODEL_FILTER_ALL;
  ModelFolder *folder;
  gint64 folder_id, id;

  g_variant_get (parameter, "(xx)", &folder_id, &id);
  folder = model_folder_tree_find (self->tree, folder_id);
  if (!folder)
    return;
  model_message_list_search (self->list, NULL);
  model_message_list_set_filter (self->list, MODEL_FILTER_ALL);
  folders_view_select (self->folders, folder);
  app_panes_set_page (self->panes, APP_PAGE_MESSAGES);
  self->wanted = id;
  if (!is_hidden)
    show_wanted (self);
}

static void
on_folder_chosen (AppPlace *self, ModelFolder *folder)
{
  if (self->folders && model_folder_tree_contains (self->tree, folder) && app_place_open_folder (self, folder))
    gtk_widget_grab_focus (GTK_WIDGET (self->messages));
}

static gboolean
is_mailbox (ModelFolder *folder, gpointer data)
{
  return model_folder_get_kind (folder) == MODEL_FOLDER_MAILBOX;
}

static void
on_go_folder (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AppPlace *self = data;
  FoldersOffer offer = { is_mailbox, NULL, NULL, folders_view_get_selected (self->folders) };
  FoldersChooser *chooser = folders_chooser_new (GTK_WINDOW (self->window), _("Go to Folder"), _("_Open"), self->tree, &offer);

  g_signal_connect_object (chooser, "chosen", G_CALLBACK (on_folder_chosen), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (chooser));
}

static const GActionEntry entries[] = {
  { .name = "go-folder", .activate = on_go_folder },
  { .name = "go-inbox", .activate = on_go_inbox },
  { .name = "show-message", .activate = on_show_message, .parameter_type = "(xx)" },
};

static void
app_place_dispose (GObject *object)
{
  AppPlace *self = APP_PLACE (object);

  for (gsize i = 0; self->window && i < G_N_ELEMENTS (entries); i++)
    g_action_map_remove_action (G_ACTION_MAP (self->window), entries[i].name);
  g_clear_weak_pointer (&self->window);
  g_clear_weak_pointer (&self->panes);
  g_clear_weak_pointer (&self->folders);
  g_clear_weak_pointer (&self->messages);
  g_clear_object (&self->accounts);
  g_clear_object (&self->engine);
  g_clear_object (&self->tree);
  g_clear_object (&self->list);
  g_clear_object (&self->state);
  G_OBJECT_CLASS (app_place_parent_class)->dispose (object);
}

static void
app_place_class_init (AppPlaceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = app_place_dispose;
}

static void
app_place_init (AppPlace *self)
{
}

AppPlace *
app_place_new (GtkApplicationWindow *window, const AppParts *parts, AppPanes *panes, FoldersView *folders, MessagesView *messages)
{
  AppPlace *self = g_object_new (APP_TYPE_PLACE, NULL);

  g_set_weak_pointer (&self->window, window);
  g_set_weak_pointer (&self->panes, panes);
  g_set_weak_pointer (&self->folders, folders);
  g_set_weak_pointer (&self->messages, messages);
  self->accounts = g_object_ref (parts->accounts);
  self->engine = g_object_ref (parts->engine);
  self->tree = g_object_ref (parts->tree);
  self->list = g_object_ref (parts->messages);
  self->state = g_object_ref (parts->state);
  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (folders, "notify::selected", G_CALLBACK (on_folder_selected), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (messages, "selection-changed", G_CALLBACK (on_message_selected), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (parts->tree, "refreshed", G_CALLBACK (app_place_open_some), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (parts->messages, "loaded", G_CALLBACK (show_wanted), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (parts->messages, "items-changed", G_CALLBACK (show_wanted), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  return self;
}
