/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New mail as notifications of the desktop. */
#include "app-news.h"

#include "app-window.h"
#include "mail-address.h"

#include <glib/gi18n.h>
#include <string.h>

#define GROUP "notifications"
#define MAX_NAMES 4   /* in one notification about many */
#define MAX_TEXT 200  /* characters of what a stranger wrote */
#define EPOCH 1577836800 /* 2020: window.ini has numbers of 32 bits */

struct _AppNews
{
  GObject parent_instance;
  GtkApplication *application; /* borrowed; NULL after dispose */
  AccountList *accounts;
  AppState *state;
  ModelMessageList *messages;
  ModelMailbox *mailbox;
  ModelNews *news;
  GHashTable *told;            /* gint64: account → Told */
};

G_DEFINE_FINAL_TYPE (AppNews, app_news, G_TYPE_OBJECT)

/* What stands on the desktop for an account: either singles or one for all */
typedef struct
{
  GHashTable *singles;         /* gint64: messages */
  guint n_grouped;             /* 0: no group */
  gint64 newest;               /* of the group */
} Told;

static void
told_free (gpointer data)
{
  g_hash_table_unref (((Told *) data)->singles);
  g_free (data);
}

static char *
make_key (const char *word, gint64 id)
{
  return g_strdup_printf ("%s-%" G_GINT64_FORMAT, word, id);
}

gboolean
app_news_is_wanted (AppState *state, gint64 account)
{
  g_autofree char *key = make_key ("account", account);

  return app_state_get_int (state, GROUP, key, TRUE);
}

void
app_news_set_wanted (AppState *state, gint64 account, gboolean is_wanted)
{
  g_autofree char *key = make_key ("account", account);

  app_state_set_int (state, GROUP, key, is_wanted);
  app_state_save (state);
}

/* When the account was first known here: its first pass brings what is old. */
static gint64
get_beginning (AppNews *self, gint64 account)
{
  g_autofree char *key = make_key ("since", account);

  return EPOCH + (gint64) app_state_get_int (self->state, GROUP, key, G_MAXINT);
}

static void
note_accounts (AppNews *self)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC - EPOCH;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->accounts)); i++)
    {
      g_autoptr (Account) account = g_list_model_get_item (G_LIST_MODEL (self->accounts), i);
      g_autofree char *key = make_key ("since", account_get_id (account));

      if (app_state_get_int (self->state, GROUP, key, -1) < 0)
        app_state_set_int (self->state, GROUP, key, (int) CLAMP (now, 0, G_MAXINT));
    }
  app_state_save (self->state);
}

/* Words */

/* Some desktops take a body for markup, and fetch pictures that it names; the others would show it escaped. So nothing in it looks like a tag. */
static char *
make_plain (const char *text)
{
  g_autofree char *start = g_utf8_substring (text, 0, MIN (MAX_TEXT, g_utf8_strlen (text, -1)));
  g_autoptr (GString) plain = g_string_new (start);

  if (strlen (start) < strlen (text))
    g_string_append (plain, "…");
  g_string_replace (plain, "<", "‹", 0);
  g_string_replace (plain, ">", "›", 0);
  return g_string_free (g_steal_pointer (&plain), FALSE);
}

static char *
make_sender (const MailSummary *row)
{
  const char *label = row->from->len > 0 ? mail_address_get_label (g_ptr_array_index (row->from, 0)) : "";

  return make_plain (*label ? label : _("Unknown sender"));
}

/* The last senders, each once */
static char *
make_names (const GPtrArray *items)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *list = NULL;
  gboolean has_more = FALSE;

  for (guint i = items->len; i-- > 0 && !has_more;)
    {
      g_autofree char *name = make_sender (((ModelNewsItem *) items->pdata[i])->summary);

      if (g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        continue;
      has_more = names->len == MAX_NAMES;
      if (!has_more)
        g_ptr_array_add (names, g_steal_pointer (&name));
    }
  g_ptr_array_add (names, NULL);
  list = g_strjoinv (", ", (char **) names->pdata);
  return g_strconcat (list, has_more ? "…" : NULL, NULL);
}

/* Telling */

static void
send (AppNews *self, const char *id, GNotification *notification)
{
  g_notification_set_category (notification, "email.arrived");
  g_application_send_notification (G_APPLICATION (self->application), id, notification);
}

static void
withdraw (AppNews *self, const char *word, gint64 of)
{
  g_autofree char *id = make_key (word, of);

  g_application_withdraw_notification (G_APPLICATION (self->application), id);
}

static void
tell_one (AppNews *self, Told *told, const MailSummary *row)
{
  g_autofree char *sender = make_sender (row);
  g_autofree char *subject = make_plain (*row->subject ? row->subject : _("(no subject)"));
  g_autofree char *id = make_key ("message", row->id);
  g_autoptr (GNotification) notification = g_notification_new (sender);

  if (!g_hash_table_add (told->singles, g_memdup2 (&row->id, sizeof row->id)))
    return;
  g_notification_set_body (notification, subject);
  g_notification_set_default_action_and_target (notification, "app.open-message", "x", row->id);
  g_notification_add_button_with_target (notification, _("Mark as Read"), "app.mark-read", "x", row->id);
  g_notification_add_button_with_target (notification, _("Delete"), "app.delete-message", "x", row->id);
  send (self, id, notification);
}

/* Fewer than before make no noise. */
static void
tell_many (AppNews *self, Told *told, gint64 account, const GPtrArray *items)
{
  const MailSummary *last = ((ModelNewsItem *) g_ptr_array_index (items, items->len - 1))->summary;
  Account *owner = account_list_find (self->accounts, account);
  g_autofree char *title = g_strdup_printf (ngettext ("%u new message in %s", "%u new messages in %s", items->len), items->len,
                                            owner ? account_get_title (owner) : "");
  g_autofree char *names = make_names (items);
  g_autofree char *id = make_key ("account", account);
  g_autoptr (GNotification) notification = g_notification_new (title);

  if (told->n_grouped == items->len && told->newest == last->id)
    return;
  g_notification_set_body (notification, names);
  g_notification_set_priority (notification, last->id > told->newest ? G_NOTIFICATION_PRIORITY_NORMAL : G_NOTIFICATION_PRIORITY_LOW);
  g_notification_set_default_action_and_target (notification, "app.open-folder", "x", last->folder);
  send (self, id, notification);
  told->n_grouped = items->len;
  told->newest = last->id;
}

static gboolean
has_item (const GPtrArray *items, gint64 id)
{
  for (guint i = 0; i < items->len; i++)
    if (((ModelNewsItem *) items->pdata[i])->summary->id == id)
      return TRUE;
  return FALSE;
}

static void
withdraw_singles (AppNews *self, Told *told, const GPtrArray *items)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, told->singles);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (items->len > APP_NEWS_MAX_SINGLE || !has_item (items, *(gint64 *) key))
      {
        withdraw (self, "message", *(gint64 *) key);
        g_hash_table_iter_remove (&iter);
      }
}

/* Many stay one notification until the last of them is read. */
static void
settle (AppNews *self, gint64 account, Told *told, const GPtrArray *items)
{
  withdraw_singles (self, told, items);
  if (items->len == 0 && told->n_grouped)
    {
      withdraw (self, "account", account);
      told->n_grouped = 0;
      told->newest = 0;
    }
  else if (told->n_grouped || items->len > APP_NEWS_MAX_SINGLE)
    tell_many (self, told, account, items);
  else
    for (guint i = 0; i < items->len; i++)
      tell_one (self, told, ((ModelNewsItem *) items->pdata[i])->summary);
}

/* Who looks at the folder, or at all new mail, needs no telling. */
static gboolean
is_looked_at (AppNews *self, gint64 folder)
{
  AppWindow *window = app_window_find (self->application);
  gint64 shown = model_message_list_get_folder (self->messages);

  return window && gtk_window_is_active (GTK_WINDOW (window)) && !model_message_list_get_search (self->messages)
         && (shown == folder || shown == MODEL_VIEW_INBOXES || shown == MODEL_VIEW_UNREAD);
}

static gboolean
is_kept (const ModelNewsItem *item, gpointer data)
{
  AppNews *self = data;

  return account_list_find (self->accounts, item->account) && app_news_is_wanted (self->state, item->account)
         && item->summary->received >= get_beginning (self, item->account) && !is_looked_at (self, item->summary->folder);
}

static void
refresh (AppNews *self)
{
  g_autoptr (GHashTable) lists = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  const GPtrArray *items = model_news_get_items (self->news);
  GHashTableIter iter;
  gpointer key, value;

  model_news_keep (self->news, is_kept, self);
  for (guint i = 0; i < items->len; i++)
    {
      ModelNewsItem *item = items->pdata[i];

      if (!g_hash_table_contains (lists, &item->account))
        g_hash_table_insert (lists, &item->account, g_ptr_array_new ());
      g_ptr_array_add (g_hash_table_lookup (lists, &item->account), item);
      if (!g_hash_table_contains (self->told, &item->account))
        {
          Told *told = g_new0 (Told, 1);

          told->singles = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
          g_hash_table_insert (self->told, g_memdup2 (&item->account, sizeof item->account), told);
        }
    }
  g_hash_table_iter_init (&iter, self->told);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const GPtrArray *list = g_hash_table_lookup (lists, key);

      settle (self, *(gint64 *) key, value, list ? list : none);
    }
}

static void
on_window_added (AppNews *self, GtkWindow *window)
{
  if (APP_IS_WINDOW (window))
    g_signal_connect_object (window, "notify::is-active", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
}

/* Actions: the program may have been started for one of them alone, and then ends when it is done */

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GApplication) application = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ModelUndo) undo = NULL;

  undo = model_mailbox_move_finish (MODEL_MAILBOX (source), result, &error);
  if (error)
    g_message ("What a notification asked for could not be done: %s", error->message);
  g_application_release (application);
}

static void
on_marked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GApplication) application = data;
  g_autoptr (GError) error = NULL;

  if (!model_mailbox_finish (MODEL_MAILBOX (source), result, &error))
    g_message ("What a notification asked for could not be done: %s", error->message);
  g_application_release (application);
}

static GArray *
begin_deed (AppNews *self, GVariant *parameter)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 id = g_variant_get_int64 (parameter);

  g_array_append_val (ids, id);
  g_application_hold (G_APPLICATION (self->application));
  return ids;
}

static void
on_mark_read (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AppNews *self = data;
  g_autoptr (GArray) ids = begin_deed (self, parameter);

  model_mailbox_mark_async (self->mailbox, ids, MAIL_FLAG_SEEN, 0, NULL, on_marked, g_object_ref (self->application));
}

static void
on_delete_message (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AppNews *self = data;
  g_autoptr (GArray) ids = begin_deed (self, parameter);

  model_mailbox_delete_async (self->mailbox, ids, NULL, on_done, g_object_ref (self->application));
}

static void
show (AppNews *self, gint64 folder, gint64 message)
{
  AppWindow *window;

  g_application_activate (G_APPLICATION (self->application));
  window = app_window_find (self->application);
  if (window && folder)
    gtk_widget_activate_action (GTK_WIDGET (window), "win.show-message", "(xx)", folder, message);
  else if (window)
    app_window_show_notice (window, _("This message is not here any more."));
}

static void
on_open_message (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AppNews *self = data;
  gint64 id = g_variant_get_int64 (parameter);

  show (self, model_news_find_folder (self->news, id), id);
}

static void
on_open_folder (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  show (data, g_variant_get_int64 (parameter), 0);
}

static const GActionEntry entries[] = {
  { .name = "open-message", .activate = on_open_message, .parameter_type = "x" },
  { .name = "open-folder", .activate = on_open_folder, .parameter_type = "x" },
  { .name = "mark-read", .activate = on_mark_read, .parameter_type = "x" },
  { .name = "delete-message", .activate = on_delete_message, .parameter_type = "x" },
};

static void
app_news_dispose (GObject *object)
{
  AppNews *self = APP_NEWS (object);

  for (gsize i = 0; i < G_N_ELEMENTS (entries) && self->application; i++)
    g_action_map_remove_action (G_ACTION_MAP (self->application), entries[i].name);
  self->application = NULL;
  if (self->news)
    g_signal_handlers_disconnect_by_data (self->news, self);
  if (self->messages)
    g_signal_handlers_disconnect_by_data (self->messages, self);
  if (self->accounts)
    g_signal_handlers_disconnect_by_data (self->accounts, self);
  g_clear_object (&self->accounts);
  g_clear_object (&self->state);
  g_clear_object (&self->messages);
  g_clear_object (&self->mailbox);
  g_clear_object (&self->news);
  g_clear_pointer (&self->told, g_hash_table_unref);
  G_OBJECT_CLASS (app_news_parent_class)->dispose (object);
}

static void
app_news_class_init (AppNewsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = app_news_dispose;
}

static void
app_news_init (AppNews *self)
{
  self->told = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, told_free);
}

AppNews *
app_news_new (GtkApplication *application, const AppParts *parts, ModelNews *news)
{
  AppNews *self = g_object_new (APP_TYPE_NEWS, NULL);

  self->application = application;
  self->accounts = g_object_ref (parts->accounts);
  self->state = g_object_ref (parts->state);
  self->messages = g_object_ref (parts->messages);
  self->mailbox = g_object_ref (parts->mailbox);
  self->news = g_object_ref (news);
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (news, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (parts->messages, "notify::folder", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (parts->accounts, "items-changed", G_CALLBACK (note_accounts), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (application, "window-added", G_CALLBACK (on_window_added), self, G_CONNECT_SWAPPED);
  note_accounts (self);
  return self;
}
