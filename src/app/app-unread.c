/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From one unread message to the next, through all folders. */
#include "app-unread.h"

#include "app-toast.h"
#include "app-words.h"
#include "model-unread.h"

#include <glib/gi18n.h>

struct _AppUnread
{
  GObject parent_instance;

  ModelFolderTree *tree;
  ModelMessageList *list;
  AppPlace *place;
  GtkApplicationWindow *window;   /* weak, like its parts */
  MessagesView *messages;
  AdwToastOverlay *toasts;
  GCancellable *cancellable;      /* of the look that is under way, NULL */
  GHashTable *passed;             /* of gint64: messages that were gone to, which need not count as read so soon… */
  GHashTable *finished;           /* of gint64: …and the folders that have no others */
  gint64 last;                    /* the message that was gone to last */
  gboolean is_backward;
  gboolean is_awaited;            /* a folder was opened for what is unread in it, and is not there yet */
};

G_DEFINE_FINAL_TYPE (AppUnread, app_unread, G_TYPE_OBJECT)

static void
tell (AppUnread *self, const char *sentence)
{
  if (self->toasts)
    adw_toast_overlay_add_toast (self->toasts, app_toast_new (sentence));
}

static void
begin_anew (AppUnread *self)
{
  g_hash_table_remove_all (self->passed);
  g_hash_table_remove_all (self->finished);
}

static void
note (GHashTable *set, gint64 id)
{
  g_hash_table_add (set, g_memdup2 (&id, sizeof id));
}

/* A search or a view has mail of many folders, and is gone through alone. */
static gboolean
is_in_folder (AppUnread *self)
{
  return !model_message_list_get_search (self->list) && model_message_list_get_folder (self->list) > 0;
}

static void
go_on (AppUnread *self)
{
  ModelFolder *here = is_in_folder (self) ? model_folder_tree_find (self->tree, model_message_list_get_folder (self->list)) : NULL;
  gboolean may_leave = here || !model_message_list_get_folder (self->list);
  ModelFolder *folder = NULL;

  if (here)
    note (self->finished, model_folder_get_id (here));
  if (may_leave)
    folder = model_unread_find_folder (self->tree, here, self->is_backward, self->finished);
  if (folder)
    {
      self->is_awaited = app_place_open_folder (self->place, folder);
      return;
    }
  begin_anew (self);
  tell (self, may_leave ? _("No more unread mail") : _("No more unread mail here"));
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AppUnread) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  gint64 id = model_unread_find_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !self->messages)
    return;
  self->is_awaited = FALSE;
  g_clear_object (&self->cancellable);
  if (id < 0)
    tell (self, (sentence = app_words_error (error)));
  else if (id == 0)
    go_on (self);
  else
    {
      note (self->passed, id);
      self->last = id;
      app_place_read (self->place, id);
    }
}

static void
look (AppUnread *self)
{
  g_autoptr (GArray) selected = messages_view_dup_selected_rows (self->messages);
  gint64 from = selected->len ? g_array_index (selected, gint64, self->is_backward ? 0 : selected->len - 1) : 0;

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (from)
    note (self->passed, from);
  model_unread_find_async (self->tree, self->list, from, self->is_backward, self->passed, self->cancellable, on_found, g_object_ref (self));
}

static void
on_loaded (AppUnread *self)
{
  if (self->is_awaited)
    look (self);
}

static void
on_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AppUnread *self = data;
  gboolean is_backward = g_str_equal (g_action_get_name (G_ACTION (action)), "previous-unread");
  g_autoptr (GArray) selected = messages_view_dup_selected_rows (self->messages);
  gboolean goes_on = selected->len == 1 && g_array_index (selected, gint64, 0) == self->last;

  if (!goes_on || is_backward != self->is_backward)
    begin_anew (self);
  self->is_awaited = FALSE;
  self->is_backward = is_backward;
  look (self);
}

static const GActionEntry entries[] = {
  { .name = "next-unread", .activate = on_activated },
  { .name = "previous-unread", .activate = on_activated },
};

static void
app_unread_dispose (GObject *object)
{
  AppUnread *self = APP_UNREAD (object);

  for (gsize i = 0; self->window && i < G_N_ELEMENTS (entries); i++)
    g_action_map_remove_action (G_ACTION_MAP (self->window), entries[i].name);
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_weak_pointer (&self->window);
  g_clear_weak_pointer (&self->messages);
  g_clear_weak_pointer (&self->toasts);
  g_clear_object (&self->tree);
  g_clear_object (&self->list);
  g_clear_object (&self->place);
  g_clear_pointer (&self->passed, g_hash_table_unref);
  g_clear_pointer (&self->finished, g_hash_table_unref);
  G_OBJECT_CLASS (app_unread_parent_class)->dispose (object);
}

static void
app_unread_class_init (AppUnreadClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = app_unread_dispose;
}

static void
app_unread_init (AppUnread *self)
{
  self->passed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->finished = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

AppUnread *
app_unread_new (GtkApplicationWindow *window, const AppParts *parts, AppPlace *place, MessagesView *messages, AdwToastOverlay *toasts)
{
  AppUnread *self = g_object_new (APP_TYPE_UNREAD, NULL);

  g_set_weak_pointer (&self->window, window);
  g_set_weak_pointer (&self->messages, messages);
  g_set_weak_pointer (&self->toasts, toasts);
  self->tree = g_object_ref (parts->tree);
  self->list = g_object_ref (parts->messages);
  self->place = g_object_ref (place);
  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (parts->messages, "loaded", G_CALLBACK (on_loaded), self, G_CONNECT_SWAPPED);
  return self;
}
