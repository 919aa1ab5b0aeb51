/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All accounts: a list model over accounts.ini that other processes may change too. */
#include "account-list.h"

#include "account-file.h"
#include "base-error.h"
#include "mail-address.h"

struct _AccountList
{
  GObject parent_instance;

  char *path;
  AccountFile *file;   /* as last read or written */
  GPtrArray *accounts; /* of Account, in the file's order */
  GFileMonitor *monitor;
};

static void account_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AccountList, account_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, account_list_model_init))

static GType
account_list_get_item_type (GListModel *model)
{
  return ACCOUNT_TYPE_ACCOUNT;
}

static guint
account_list_get_n_items (GListModel *model)
{
  return ACCOUNT_LIST (model)->accounts->len;
}

static gpointer
account_list_get_item (GListModel *model, guint position)
{
  AccountList *self = ACCOUNT_LIST (model);

  return position < self->accounts->len ? g_object_ref (g_ptr_array_index (self->accounts, position)) : NULL;
}

static void
account_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = account_list_get_item_type;
  iface->get_n_items = account_list_get_n_items;
  iface->get_item = account_list_get_item;
}

static int
find_position (GPtrArray *accounts, gint64 id)
{
  for (guint i = 0; i < accounts->len; i++)
    if (account_get_id (g_ptr_array_index (accounts, i)) == id)
      return i;
  return -1;
}

static void
remove_position (AccountList *self, guint position)
{
  g_ptr_array_remove_index (self->accounts, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

/* Makes the list what the file says; an account that stays remains the same object. */
static void
show (AccountList *self, GPtrArray *fresh)
{
  for (guint i = self->accounts->len; i > 0; i--)
    if (find_position (fresh, account_get_id (g_ptr_array_index (self->accounts, i - 1))) < 0)
      remove_position (self, i - 1);
  for (guint i = 0; i < fresh->len; i++)
    {
      Account *account = g_ptr_array_index (fresh, i);
      int position = find_position (self->accounts, account_get_id (account));

      if (position >= 0)
        account_assign (g_ptr_array_index (self->accounts, position), account);
      else
        {
          g_ptr_array_add (self->accounts, g_object_ref (account));
          g_list_model_items_changed (G_LIST_MODEL (self), self->accounts->len - 1, 0, 1);
        }
    }
}

/* Reads the file again when its bytes are not those that we know. */
static gboolean
refresh (AccountList *self, GError **error)
{
  g_autoptr (AccountFile) file = account_file_load (self->path, error);
  g_autoptr (GPtrArray) fresh = NULL;

  if (!file)
    return FALSE;
  if (self->file && account_file_equal (self->file, file))
    return TRUE;
  fresh = account_file_read (file, error);
  if (!fresh)
    return FALSE;
  g_clear_pointer (&self->file, account_file_free);
  self->file = g_steal_pointer (&file);
  show (self, fresh);
  return TRUE;
}

/* A file that is damaged meanwhile changes nothing here, and saving will say so. */
static void
on_file_changed (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, AccountList *self)
{
  g_autoptr (GError) error = NULL;

  if (!refresh (self, &error))
    g_debug ("%s", error->message);
}

static void
account_list_finalize (GObject *object)
{
  AccountList *self = ACCOUNT_LIST (object);

  if (self->monitor)
    {
      g_signal_handlers_disconnect_by_data (self->monitor, self);
      g_file_monitor_cancel (self->monitor);
      g_object_unref (self->monitor);
    }
  g_clear_pointer (&self->file, account_file_free);
  g_ptr_array_unref (self->accounts);
  g_free (self->path);
  G_OBJECT_CLASS (account_list_parent_class)->finalize (object);
}

static void
account_list_class_init (AccountListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = account_list_finalize;
}

static void
account_list_init (AccountList *self)
{
  self->accounts = g_ptr_array_new_with_free_func (g_object_unref);
}

AccountList *
account_list_new (const char *path, GError **error)
{
  g_autoptr (AccountList) self = g_object_new (ACCOUNT_TYPE_LIST, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  self->path = g_strdup (path);
  if (!refresh (self, error))
    return NULL;
  /* without a monitor the list is only as old as the last save */
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor)
    g_signal_connect (self->monitor, "changed", G_CALLBACK (on_file_changed), self);
  return g_steal_pointer (&self);
}

Account *
account_list_find (AccountList *self, gint64 id)
{
  int position = find_position (self->accounts, id);

  return position < 0 ? NULL : g_ptr_array_index (self->accounts, position);
}

Account *
account_list_find_email (AccountList *self, const char *email)
{
  for (guint i = 0; i < self->accounts->len; i++)
    {
      Account *account = g_ptr_array_index (self->accounts, i);

      if (mail_address_equal (account_get_email (account), email))
        return account;
    }
  return NULL;
}

/* Under the lock, and on top of what other processes have written since we looked. The list changes when the file has. */
static gboolean
save_locked (AccountList *self, Account *account, GError **error)
{
  g_autoptr (AccountFile) file = account_file_load (self->path, error);
  g_autoptr (GPtrArray) known = NULL;
  g_autoptr (Account) written = NULL;

  if (!file || !(known = account_file_read (file, error)))
    return FALSE;
  written = account_copy (account);
  if (account_get_id (account) == 0)
    g_object_set (written, "id", account_file_take_id (file), NULL);
  else if (find_position (known, account_get_id (account)) < 0)
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "The account %s is not there any more.", account_get_title (account));
      return FALSE;
    }
  account_file_put (file, written);
  if (!account_file_save (file, error))
    return FALSE;

  if (account_get_id (account) == 0)
    {
      g_object_set (account, "id", account_get_id (written), NULL);
      g_ptr_array_add (self->accounts, g_object_ref (account));
      g_list_model_items_changed (G_LIST_MODEL (self), self->accounts->len - 1, 0, 1);
    }
  return refresh (self, error);
}

gboolean
account_list_save (AccountList *self, Account *account, GError **error)
{
  gboolean is_saved;
  int lock;

  if (!account_validate (account, error))
    return FALSE;
  lock = account_file_lock (self->path, error);
  if (lock < 0)
    return FALSE;
  is_saved = save_locked (self, account, error);
  account_file_unlock (lock);
  return is_saved;
}

static gboolean
remove_locked (AccountList *self, gint64 id, GError **error)
{
  g_autoptr (AccountFile) file = account_file_load (self->path, error);

  if (!file)
    return FALSE;
  if (!account_file_remove (file, id))
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "There is no account %" G_GINT64_FORMAT ".", id);
      return FALSE;
    }
  return account_file_save (file, error) && refresh (self, error);
}

gboolean
account_list_remove (AccountList *self, gint64 id, GError **error)
{
  int lock = account_file_lock (self->path, error);
  gboolean is_removed;

  if (lock < 0)
    return FALSE;
  is_removed = remove_locked (self, id, error);
  account_file_unlock (lock);
  return is_removed;
}
