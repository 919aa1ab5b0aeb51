/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passwords through libsecret's asynchronous calls, and what its silence means. */
#include "account-secrets.h"

#include "base-config.h"
#include "base-error.h"

#include <libsecret/secret.h>
#include <string.h>

#define MAX_PASSWORD_FILE 4096

struct _AccountSecrets
{
  GObject parent_instance;

  char *profile_key;
  GHashTable *remembered; /* "id/direction" → password */
};

G_DEFINE_FINAL_TYPE (AccountSecrets, account_secrets, G_TYPE_OBJECT)

static const SecretSchema schema = {
  POSTHORN_APP_ID ".Account", SECRET_SCHEMA_NONE, {
    { "profile", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "account", SECRET_SCHEMA_ATTRIBUTE_INTEGER },
    { "direction", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  }
};

static const char *const direction_words[] = { "incoming", "outgoing" };

void
account_secrets_free_password (char *password)
{
  if (!password)
    return;
  explicit_bzero (password, strlen (password));
  g_free (password);
}

/* One entry serves both directions where the account has one password. */
static AccountDirection
get_entry (Account *account, AccountDirection direction)
{
  return account_get_same_password (account) ? ACCOUNT_INCOMING : direction;
}

static char *
make_key (Account *account, AccountDirection direction)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT "/%s", account_get_id (account), direction_words[get_entry (account, direction)]);
}

static GHashTable *
make_attributes (AccountSecrets *self, Account *account)
{
  GHashTable *attributes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  g_hash_table_insert (attributes, (gpointer) "profile", g_strdup (self->profile_key));
  g_hash_table_insert (attributes, (gpointer) "account", g_strdup_printf ("%" G_GINT64_FORMAT, account_get_id (account)));
  return attributes;
}

static GHashTable *
make_entry_attributes (AccountSecrets *self, Account *account, AccountDirection direction)
{
  GHashTable *attributes = make_attributes (self, account);

  g_hash_table_insert (attributes, (gpointer) "direction", g_strdup (direction_words[get_entry (account, direction)]));
  return attributes;
}

static GError *
new_locked_error (void)
{
  return g_error_new_literal (BASE_ERROR, BASE_ERROR_KEYRING_LOCKED, "The keyring that keeps the passwords is locked.");
}

/**
 * translate_error:
 * @error: (transfer full): libsecret's
 *
 * What libsecret says where nobody answers differs with the reason (no bus, no such service, a dead address), and
 * gnome-keyring that was never unlocked says that its collection does not exist.
 */
static GError *
translate_error (GError *error)
{
  g_autoptr (GError) original = error;

  if (g_error_matches (original, G_IO_ERROR, G_IO_ERROR_CANCELLED) || original->domain == BASE_ERROR)
    return g_steal_pointer (&original);
  if (g_error_matches (original, SECRET_ERROR, SECRET_ERROR_IS_LOCKED)
      || g_error_matches (original, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD)
      || g_error_matches (original, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT))
    return new_locked_error ();
  if (original->domain == SECRET_ERROR)
    return g_error_new (BASE_ERROR, BASE_ERROR_FAILED, "The keyring could not be used: %s", original->message);
  return g_error_new (BASE_ERROR, BASE_ERROR_NO_SECRET_SERVICE,
                      "No keyring (Secret Service) answers on this desktop: %s", original->message);
}

static gboolean
has_locked_item (GList *items)
{
  for (GList *l = items; l; l = l->next)
    if (SECRET_IS_ITEM (l->data) && secret_item_get_locked (l->data))
      return TRUE;
  return FALSE;
}

/* Looking up */

static void
return_no_password (GTask *task)
{
  Account *account = g_task_get_task_data (task);

  g_task_return_new_error (task, BASE_ERROR, BASE_ERROR_NO_PASSWORD, "No password is known for %s.", account_get_title (account));
}

static void
on_searched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  GList *items = secret_password_search_finish (result, &error);

  if (error)
    g_task_return_error (task, translate_error (g_steal_pointer (&error)));
  else if (has_locked_item (items))
    g_task_return_error (task, new_locked_error ());
  else
    return_no_password (task);
  g_list_free_full (items, g_object_unref);
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  char *password = secret_password_lookup_finish (result, &error);
  GHashTable *attributes = g_object_get_data (G_OBJECT (task), "attributes");

  if (error)
    g_task_return_error (task, translate_error (g_steal_pointer (&error)));
  else if (password)
    {
      g_task_return_pointer (task, g_strdup (password), (GDestroyNotify) account_secrets_free_password);
      secret_password_free (password);
    }
  else
    {
      /* "none" and "locked, and nobody unlocked it" look the same: ask again for what there is, without unlocking */
      GCancellable *cancellable = g_task_get_cancellable (task);

      secret_password_searchv (&schema, attributes, SECRET_SEARCH_ALL, cancellable, on_searched, g_steal_pointer (&task));
    }
}

static void
look_into_service (GTask *task)
{
  GHashTable *attributes = g_object_get_data (G_OBJECT (task), "attributes");

  secret_password_lookupv (&schema, attributes, g_task_get_cancellable (task), on_looked_up, task);
}

typedef struct
{
  GTask *task;
  GInputStream *stream;
  char bytes[MAX_PASSWORD_FILE + 1];
} FileRead;

static void
file_read_free (FileRead *read)
{
  explicit_bzero (read->bytes, sizeof read->bytes);
  g_clear_object (&read->stream);
  g_clear_object (&read->task);
  g_free (read);
}

static void
return_file_error (FileRead *read, GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (read->task, error);
  else
    {
      g_task_return_new_error (read->task, BASE_ERROR, BASE_ERROR_FILE, "The password file cannot be read: %s", error->message);
      g_error_free (error);
    }
  file_read_free (read);
}

static void
on_password_read (GObject *source, GAsyncResult *result, gpointer data)
{
  FileRead *read = data;
  GError *error = NULL;
  gsize n = 0;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &n, &error))
    {
      return_file_error (read, error);
      return;
    }
  read->bytes[n] = '\0';
  read->bytes[strcspn (read->bytes, "\r\n")] = '\0'; /* the first line is the password */
  if (*read->bytes && g_utf8_validate (read->bytes, -1, NULL))
    g_task_return_pointer (read->task, g_strdup (read->bytes), (GDestroyNotify) account_secrets_free_password);
  else
    g_task_return_new_error (read->task, BASE_ERROR, BASE_ERROR_FILE, "The password file holds no password.");
  file_read_free (read);
}

static void
on_password_file_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  FileRead *read = data;
  GError *error = NULL;

  read->stream = G_INPUT_STREAM (g_file_read_finish (G_FILE (source), result, &error));
  if (!read->stream)
    return_file_error (read, error);
  else
    g_input_stream_read_all_async (read->stream, read->bytes, MAX_PASSWORD_FILE, G_PRIORITY_DEFAULT,
                                   g_task_get_cancellable (read->task), on_password_read, read);
}

static const char *
find_password_file (Account *account, AccountDirection direction)
{
  const char *format = get_entry (account, direction) == ACCOUNT_INCOMING ? "POSTHORN_PASSWORD_FILE_" : "POSTHORN_SMTP_PASSWORD_FILE_";
  g_autofree char *name = g_strdup_printf ("%s%" G_GINT64_FORMAT, format, account_get_id (account));
  const char *path = account_get_id (account) != 0 ? g_getenv (name) : NULL;

  return path && *path ? path : NULL;
}

void
account_secrets_lookup_async (AccountSecrets *self, Account *account, AccountDirection direction,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *key = make_key (account, direction);
  const char *remembered = g_hash_table_lookup (self->remembered, key);
  const char *path = find_password_file (account, direction);

  g_task_set_source_tag (task, account_secrets_lookup_async);
  g_task_set_task_data (task, g_object_ref (account), g_object_unref);
  g_object_set_data_full (G_OBJECT (task), "attributes", make_entry_attributes (self, account, direction),
                          (GDestroyNotify) g_hash_table_unref);
  if (remembered)
    {
      g_task_return_pointer (task, g_strdup (remembered), (GDestroyNotify) account_secrets_free_password);
      g_object_unref (task);
    }
  else if (path)
    {
      g_autoptr (GFile) file = g_file_new_for_path (path);
      FileRead *read = g_new0 (FileRead, 1);

      read->task = task;
      g_file_read_async (file, G_PRIORITY_DEFAULT, cancellable, on_password_file_opened, read);
    }
  else
    look_into_service (task);
}

char *
account_secrets_lookup_finish (AccountSecrets *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Storing */

static void
on_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (secret_password_store_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else if (error)
    g_task_return_error (task, translate_error (error));
  else
    g_task_return_error (task, new_locked_error ());
}

void
account_secrets_store_async (AccountSecrets *self, Account *account, AccountDirection direction, const char *password,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GHashTable) attributes = make_entry_attributes (self, account, direction);
  g_autofree char *label = g_strdup_printf ("Posthorn: %s at %s", account_get_user (account, get_entry (account, direction)),
                                            account_get_host (account, get_entry (account, direction)));

  g_task_set_source_tag (task, account_secrets_store_async);
  secret_password_storev (&schema, attributes, SECRET_COLLECTION_DEFAULT, label, password, cancellable, on_stored, task);
}

gboolean
account_secrets_store_finish (AccountSecrets *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Clearing */

static void
on_clear_searched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  GList *items = secret_password_search_finish (result, &error);

  if (error)
    g_task_return_error (task, translate_error (g_steal_pointer (&error)));
  else if (has_locked_item (items))
    g_task_return_error (task, new_locked_error ());
  else
    g_task_return_boolean (task, TRUE);
  g_list_free_full (items, g_object_unref);
}

static void
on_cleared (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GHashTable *attributes = g_object_get_data (G_OBJECT (task), "attributes");
  GError *error = NULL;

  if (secret_password_clear_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else if (error)
    g_task_return_error (task, translate_error (error));
  else
    {
      GCancellable *cancellable = g_task_get_cancellable (task);

      secret_password_searchv (&schema, attributes, SECRET_SEARCH_ALL, cancellable, on_clear_searched, g_steal_pointer (&task));
    }
}

void
account_secrets_clear_async (AccountSecrets *self, Account *account,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  GHashTable *attributes = make_attributes (self, account);

  g_task_set_source_tag (task, account_secrets_clear_async);
  g_object_set_data_full (G_OBJECT (task), "attributes", attributes, (GDestroyNotify) g_hash_table_unref);
  for (gsize i = 0; i < G_N_ELEMENTS (direction_words); i++)
    {
      g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT "/%s", account_get_id (account), direction_words[i]);

      g_hash_table_remove (self->remembered, key);
    }
  secret_password_clearv (&schema, attributes, cancellable, on_cleared, task);
}

gboolean
account_secrets_clear_finish (AccountSecrets *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
account_secrets_remember (AccountSecrets *self, Account *account, AccountDirection direction, const char *password)
{
  g_autofree char *key = make_key (account, direction);

  if (password)
    g_hash_table_replace (self->remembered, g_steal_pointer (&key), g_strdup (password));
  else
    g_hash_table_remove (self->remembered, key);
}

static void
account_secrets_finalize (GObject *object)
{
  AccountSecrets *self = ACCOUNT_SECRETS (object);

  g_hash_table_unref (self->remembered);
  g_free (self->profile_key);
  G_OBJECT_CLASS (account_secrets_parent_class)->finalize (object);
}

static void
account_secrets_class_init (AccountSecretsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = account_secrets_finalize;
}

static void
account_secrets_init (AccountSecrets *self)
{
  self->remembered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) account_secrets_free_password);
}

AccountSecrets *
account_secrets_new (const char *profile_key)
{
  AccountSecrets *self = g_object_new (ACCOUNT_TYPE_SECRETS, NULL);

  self->profile_key = g_strdup (profile_key);
  return self;
}
