/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New mail as notifications of the desktop. */
#include "app-news.h"

#include "mail-address.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>

#define GROUP "notifications"
#define MAX_NAMES 4 /* in one notification about many */

struct _AppNews
{
  GObject parent_instance;
  GApplication *application;  /* borrowed; NULL after dispose */
  AccountList *accounts;
  AppState *state;
  ModelMessageList *messages;
  ModelMailbox *mailbox;
  ModelNews *news;
  GHashTable *told;           /* gint64: the messages with a notification of their own */
};

G_DEFINE_FINAL_TYPE (AppNews, app_news, G_TYPE_OBJECT)

static char *
make_key (gint64 account)
{
  return g_strdup_printf ("account-%" G_GINT64_FORMAT, account);
}

gboolean
app_news_is_wanted (AppState *state, gint64 account)
{
  g_autofree char *key = make_key (account);

  return app_state_get_int (state, GROUP, key, TRUE);
}

void
app_news_set_wanted (AppState *state, gint64 account, gboolean is_wanted)
{
  g_autofree char *key = make_key (account);

  app_state_set_int (state, GROUP, key, is_wanted);
  app_state_save (state);
}

static char *
make_message_id (gint64 id)
{
  return g_strdup_printf ("message-%" G_GINT64_FORMAT, id);
}

static char *
make_account_id (gint64 account)
{
  return g_strdup_printf ("account-%" G_GINT64_FORMAT, account);
}

/* Who looks at the folder needs no telling. */
static gboolean
is_looked_at (AppNews *self, gint64 folder)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self->application));

  return window && gtk_window_is_active (window) && model_message_list_get_folder (self->messages) == folder;
}

static const char *
get_sender (const MailSummary *row)
{
  return row->from->len > 0 ? mail_address_get_label (g_ptr_array_index (row->from, 0)) : _("Unknown sender");
}

static void
tell_one (AppNews *self, const MailSummary *row)
{
  g_autoptr (GNotification) notification = g_notification_new (get_sender (row));
  g_autofree char *id = make_message_id (row->id);

  g_notification_set_body (notification, *row->subject ? row->subject : _("(no subject)"));
  g_notification_set_category (notification, "email.arrived");
  g_notification_set_default_action_and_target (notification, "app.news-open", "(xx)", row->folder, row->id);
  g_notification_add_button_with_target (notification, _("Mark as Read"), "app.news-read", "x", row->id);
  g_notification_add_button_with_target (notification, _("Delete"), "app.news-delete", "x", row->id);
  g_application_send_notification (self->application, id, notification);
  g_hash_table_add (self->told, g_memdup2 (&row->id, sizeof row->id));
}

static void
tell_many (AppNews *self, gint64 account, const GPtrArray *rows, guint n)
{
  Account *owner = account_list_find (self->accounts, account);
  const MailSummary *last = g_ptr_array_index (rows, rows->len - 1);
  g_autofree char *title = g_strdup_printf (ngettext ("%u new message in %s", "%u new messages in %s", n), n, owner ? account_get_title (owner) : "");
  g_autoptr (GNotification) notification = g_notification_new (title);
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char *id = make_account_id (account);

  for (guint i = 0; i < MIN (rows->len, MAX_NAMES); i++)
    g_string_append_printf (body, "%s%s", i > 0 ? ", " : "", get_sender (g_ptr_array_index (rows, i)));
  if (n > MAX_NAMES)
    g_string_append (body, "…");
  g_notification_set_body (notification, body->str);
  g_notification_set_category (notification, "email.arrived");
  g_notification_set_default_action_and_target (notification, "app.news-open", "(xx)", last->folder, (gint64) 0);
  g_application_send_notification (self->application, id, notification);
}

static void
tell_account (AppNews *self, gint64 account, const GPtrArray *rows, guint n_more)
{
  if (rows->len + n_more > APP_NEWS_MAX_SINGLE)
    tell_many (self, account, rows, rows->len + n_more);
  else
    for (guint i = 0; i < rows->len; i++)
      tell_one (self, g_ptr_array_index (rows, i));
}

/* What is beyond the rows is counted to each account that has any: then it is many anyway. */
static void
on_arrived (AppNews *self, const GPtrArray *rows, guint n_more)
{
  g_autoptr (GHashTable) accounts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  GHashTableIter iter;
  gpointer key, value;

  for (guint i = 0; i < rows->len; i++)
    {
      MailSummary *row = g_ptr_array_index (rows, i);
      gint64 account = row ? model_news_find_account (self->news, row->folder) : -1;
      GPtrArray *list = g_hash_table_lookup (accounts, &account);

      if (account <= 0 || !app_news_is_wanted (self->state, account) || is_looked_at (self, row->folder))
        continue;
      if (!list)
        {
          list = g_ptr_array_new ();
          g_hash_table_insert (accounts, g_memdup2 (&account, sizeof account), list);
        }
      g_ptr_array_add (list, row);
    }
  g_hash_table_iter_init (&iter, accounts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    tell_account (self, *(gint64 *) key, value, n_more);
}

/* A message that was read, moved or deleted is no news any more. */
static void
on_mailbox_changed (AppNews *self)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->told);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!model_news_is_news (self->news, *(gint64 *) key))
      {
        g_autofree char *id = make_message_id (*(gint64 *) key);

        g_application_withdraw_notification (self->application, id);
        g_hash_table_iter_remove (&iter);
      }
}

/* Actions */

static GArray *
ids_of (GVariant *parameter)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 id = g_variant_get_int64 (parameter);

  g_array_append_val (ids, id);
  return ids;
}

static void
on_read (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GArray) ids = ids_of (parameter);

  model_mailbox_mark_async (APP_NEWS (data)->mailbox, ids, MAIL_FLAG_SEEN, 0, NULL, NULL, NULL);
}

static void
on_delete (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GArray) ids = ids_of (parameter);

  model_mailbox_delete_async (APP_NEWS (data)->mailbox, ids, NULL, NULL, NULL);
}

static void
on_open (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AppNews *self = data;
  GtkWindow *window;
  gint64 folder, id;

  g_variant_get (parameter, "(xx)", &folder, &id);
  g_application_activate (self->application);
  window = gtk_application_get_active_window (GTK_APPLICATION (self->application));
  if (window)
    gtk_widget_activate_action (GTK_WIDGET (window), "win.show-message", "(xx)", folder, id);
}

static const GActionEntry entries[] = {
  { .name = "news-open", .activate = on_open, .parameter_type = "(xx)" },
  { .name = "news-read", .activate = on_read, .parameter_type = "x" },
  { .name = "news-delete", .activate = on_delete, .parameter_type = "x" },
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
  if (self->mailbox)
    g_signal_handlers_disconnect_by_data (self->mailbox, self);
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
  self->told = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

AppNews *
app_news_new (GApplication *application, const AppParts *parts, ModelNews *news)
{
  AppNews *self = g_object_new (APP_TYPE_NEWS, NULL);

  self->application = application;
  self->accounts = g_object_ref (parts->accounts);
  self->state = g_object_ref (parts->state);
  self->messages = g_object_ref (parts->messages);
  self->mailbox = g_object_ref (parts->mailbox);
  self->news = g_object_ref (news);
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_swapped (news, "arrived", G_CALLBACK (on_arrived), self);
  g_signal_connect_swapped (parts->mailbox, "changed", G_CALLBACK (on_mailbox_changed), self);
  return self;
}
