/* SPDX-License-Identifier: GPL-3.0-or-later */
/* accounts.ini: from groups to accounts and back, and how it gets onto the disk. */
#include "account-file.h"

#include "base-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define FORMAT 1
#define HEAD_GROUP "posthorn"
#define ACCOUNT_GROUP "account "
#define MAX_SIZE (16 * 1024 * 1024)

struct _AccountFile
{
  char *path;
  GKeyFile *keys;
  char *contents; /* as last read or written; NULL while there is no file */
};

static const char *const protocol_words[] = { "pop3", "imap" };
static const char *const leave_words[] = { "always", "never", "until-deleted", "days" };

/* Which property stands under which key. Numbers of enumerations never get into the file: words do. */
static const struct
{
  const char *key;
  const char *property;
} plain_keys[] = {
  { "name", "person-name" },
  { "email", "email" },
  { "incoming-host", "incoming-host" },
  { "incoming-port", "incoming-port" },
  { "incoming-user", "incoming-user" },
  { "outgoing-host", "outgoing-host" },
  { "outgoing-port", "outgoing-port" },
  { "outgoing-user", "outgoing-user" },
  { "outgoing-authenticates", "outgoing-authenticates" },
  { "same-password", "same-password" },
  { "leave-days", "leave-days" },
  { "headers-above", "headers-above" },
  { "keep-days", "keep-days" },
  { "watches", "watches" },
  { "check-minutes", "check-minutes" },
  { "deleted-days", "deleted-days" },
  { "junk-days", "junk-days" },
  { "reply-to", "reply-to" },
  { "signature", "signature" },
  { "ca", "ca-pem" },
};

void
account_file_free (AccountFile *self)
{
  g_free (self->path);
  g_key_file_unref (self->keys);
  g_free (self->contents);
  g_free (self);
}

gboolean
account_file_equal (const AccountFile *a, const AccountFile *b)
{
  return g_strcmp0 (a->contents, b->contents) == 0;
}

static gboolean
read_contents (AccountFile *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  GStatBuf info;
  gsize length;

  if (g_stat (self->path, &info) == 0 && info.st_size > MAX_SIZE)
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_INVALID, "%s is too large to be a list of accounts.", self->path);
      return FALSE;
    }
  if (!g_file_get_contents (self->path, &self->contents, &length, &local))
    {
      if (g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return TRUE;
      g_set_error (error, BASE_ERROR, BASE_ERROR_FILE, "The accounts cannot be read: %s", local->message);
      return FALSE;
    }
  if (strlen (self->contents) == length
      && g_key_file_load_from_data (self->keys, self->contents, length, G_KEY_FILE_KEEP_COMMENTS, &local))
    return TRUE;
  g_set_error (error, BASE_ERROR, BASE_ERROR_INVALID, "The list of accounts in %s cannot be understood (%s). It was left as it is.",
               self->path, local ? local->message : "it has a NUL byte");
  return FALSE;
}

AccountFile *
account_file_load (const char *path, GError **error)
{
  g_autoptr (AccountFile) self = g_new0 (AccountFile, 1);

  self->path = g_strdup (path);
  self->keys = g_key_file_new ();
  if (!read_contents (self, error))
    return NULL;
  if (g_key_file_get_integer (self->keys, HEAD_GROUP, "format", NULL) > FORMAT)
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_STORE_NEWER,
                   "The list of accounts in %s was written by a newer version of Posthorn.", path);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/* 0 for a group that is not an account's */
static gint64
get_group_id (const char *group)
{
  const char *digits = group + strlen (ACCOUNT_GROUP);
  gint64 id;

  if (!g_str_has_prefix (group, ACCOUNT_GROUP) || !g_ascii_string_to_signed (digits, 10, 1, G_MAXINT64 - 1, &id, NULL))
    return 0;
  return id;
}

static char *
make_group (gint64 id)
{
  return g_strdup_printf (ACCOUNT_GROUP "%" G_GINT64_FORMAT, id);
}

static gboolean
refuse_value (AccountFile *self, const char *group, const char *key, GError **error)
{
  g_set_error (error, BASE_ERROR, BASE_ERROR_INVALID,
               "The list of accounts in %s cannot be understood (%s of [%s]). It was left as it is.", self->path, key, group);
  return FALSE;
}

static gboolean
find_word (const char *const *words, gsize n_words, const char *word, int *index)
{
  for (gsize i = 0; word && i < n_words; i++)
    if (g_str_equal (words[i], word))
      {
        *index = i;
        return TRUE;
      }
  return FALSE;
}

/* A number that the property's own limits allow */
static gboolean
parse_number (GParamSpec *pspec, const char *text, GValue *value)
{
  gint64 least = G_IS_PARAM_SPEC_INT64 (pspec) ? G_PARAM_SPEC_INT64 (pspec)->minimum : 0;
  gint64 most = G_IS_PARAM_SPEC_INT64 (pspec) ? G_PARAM_SPEC_INT64 (pspec)->maximum : G_MAXUINT;
  gint64 number;

  if (!text || !g_ascii_string_to_signed (text, 10, least, most, &number, NULL))
    return FALSE;
  if (G_IS_PARAM_SPEC_UINT (pspec))
    {
      if (number > G_PARAM_SPEC_UINT (pspec)->maximum)
        return FALSE;
      g_value_set_uint (value, number);
    }
  else
    g_value_set_int64 (value, number);
  return TRUE;
}

static gboolean
read_plain (AccountFile *self, const char *group, const char *key, const char *property, Account *account, GError **error)
{
  GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (account), property);
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (GError) local = NULL;

  if (!g_key_file_has_key (self->keys, group, key, NULL))
    return TRUE;
  g_value_init (&value, pspec->value_type);
  if (pspec->value_type == G_TYPE_STRING)
    g_value_take_string (&value, g_key_file_get_string (self->keys, group, key, &local));
  else if (pspec->value_type == G_TYPE_BOOLEAN)
    g_value_set_boolean (&value, g_key_file_get_boolean (self->keys, group, key, &local));
  else
    {
      g_autofree char *text = g_key_file_get_string (self->keys, group, key, &local);

      if (!parse_number (pspec, text, &value))
        return refuse_value (self, group, key, error);
    }
  if (local)
    return refuse_value (self, group, key, error);
  g_object_set_property (G_OBJECT (account), property, &value);
  return TRUE;
}

static gboolean
read_security (AccountFile *self, const char *group, const char *key, Account *account, GError **error)
{
  g_autofree char *word = g_key_file_get_string (self->keys, group, key, NULL);
  MailSecurity security;

  if (!mail_security_from_word (word, &security))
    return refuse_value (self, group, key, error);
  g_object_set (account, key, (int) security, NULL);
  return TRUE;
}

static Account *
read_account (AccountFile *self, const char *group, int protocol, GError **error)
{
  g_autoptr (Account) account = account_new ();
  g_autofree char *leave_word = g_key_file_get_string (self->keys, group, "leave-on-server", NULL);
  g_autofree char *title = g_key_file_get_string (self->keys, group, "title", NULL);
  g_auto (GStrv) exceptions = g_key_file_get_string_list (self->keys, group, "certificate-exceptions", NULL, NULL);
  g_auto (GStrv) identities = g_key_file_get_string_list (self->keys, group, "identities", NULL, NULL);
  int leave = ACCOUNT_LEAVE_DAYS;

  g_object_set (account, "id", get_group_id (group), "protocol", protocol, "title", title, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (plain_keys); i++)
    if (!read_plain (self, group, plain_keys[i].key, plain_keys[i].property, account, error))
      return NULL;
  if (!read_security (self, group, "incoming-security", account, error)
      || !read_security (self, group, "outgoing-security", account, error))
    return NULL;
  if (leave_word && !find_word (leave_words, G_N_ELEMENTS (leave_words), leave_word, &leave))
    {
      refuse_value (self, group, "leave-on-server", error);
      return NULL;
    }
  g_object_set (account, "leave", leave, "certificate-exceptions", exceptions, "identities", identities, NULL);
  return g_steal_pointer (&account);
}

GPtrArray *
account_file_read (AccountFile *self, GError **error)
{
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GStrv) groups = g_key_file_get_groups (self->keys, NULL);

  for (char **group = groups; *group; group++)
    {
      g_autofree char *word = NULL;
      Account *account;
      int protocol;

      if (get_group_id (*group) == 0)
        continue;
      word = g_key_file_get_string (self->keys, *group, "protocol", NULL);
      if (!word)
        {
          refuse_value (self, *group, "protocol", error);
          return NULL;
        }
      if (!find_word (protocol_words, G_N_ELEMENTS (protocol_words), word, &protocol))
        continue;
      account = read_account (self, *group, protocol, error);
      if (!account)
        return NULL;
      g_ptr_array_add (accounts, account);
    }
  return g_steal_pointer (&accounts);
}

/* One more than any id that the file tells of */
static gint64
find_next_id (AccountFile *self)
{
  gint64 next = MAX (1, g_key_file_get_int64 (self->keys, HEAD_GROUP, "next-id", NULL));
  g_auto (GStrv) groups = g_key_file_get_groups (self->keys, NULL);

  for (char **group = groups; *group; group++)
    next = MAX (next, get_group_id (*group) + 1);
  return next;
}

gint64
account_file_take_id (AccountFile *self)
{
  gint64 id = find_next_id (self);

  g_key_file_set_int64 (self->keys, HEAD_GROUP, "next-id", id + 1);
  return id;
}

static void
put_plain (AccountFile *self, const char *group, const char *key, const char *property, Account *account)
{
  GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (account), property);
  g_auto (GValue) value = G_VALUE_INIT;

  g_object_get_property (G_OBJECT (account), property, &value);
  if (pspec->value_type == G_TYPE_BOOLEAN)
    g_key_file_set_boolean (self->keys, group, key, g_value_get_boolean (&value));
  else if (pspec->value_type == G_TYPE_UINT)
    g_key_file_set_int64 (self->keys, group, key, g_value_get_uint (&value));
  else if (pspec->value_type == G_TYPE_INT64)
    g_key_file_set_int64 (self->keys, group, key, g_value_get_int64 (&value));
  else if (g_value_get_string (&value))
    g_key_file_set_string (self->keys, group, key, g_value_get_string (&value));
  else
    g_key_file_remove_key (self->keys, group, key, NULL);
}

static void
put_list (AccountFile *self, const char *group, const char *key, const char *const *list)
{
  if (list[0])
    g_key_file_set_string_list (self->keys, group, key, list, g_strv_length ((char **) list));
  else
    g_key_file_remove_key (self->keys, group, key, NULL);
}

void
account_file_put (AccountFile *self, Account *account)
{
  g_autofree char *group = make_group (account_get_id (account));
  const char *const *exceptions = account_get_certificate_exceptions (account);
  const char *title = account_get_title (account);

  g_key_file_set_string (self->keys, group, "protocol", protocol_words[account_get_protocol (account)]);
  if (g_str_equal (title, account_get_email (account)))
    g_key_file_remove_key (self->keys, group, "title", NULL);
  else
    g_key_file_set_string (self->keys, group, "title", title);
  for (gsize i = 0; i < G_N_ELEMENTS (plain_keys); i++)
    put_plain (self, group, plain_keys[i].key, plain_keys[i].property, account);
  g_key_file_set_string (self->keys, group, "incoming-security", mail_security_to_word (account_get_security (account, ACCOUNT_INCOMING)));
  g_key_file_set_string (self->keys, group, "outgoing-security", mail_security_to_word (account_get_security (account, ACCOUNT_OUTGOING)));
  g_key_file_set_string (self->keys, group, "leave-on-server", leave_words[account_get_leave (account)]);
  put_list (self, group, "certificate-exceptions", exceptions);
  put_list (self, group, "identities", account_get_identities (account));
}

gboolean
account_file_remove (AccountFile *self, gint64 id)
{
  g_autofree char *group = make_group (id);

  g_key_file_set_int64 (self->keys, HEAD_GROUP, "next-id", find_next_id (self));
  return g_key_file_remove_group (self->keys, group, NULL);
}

static gboolean
refuse_write (const char *path, GError **error)
{
  int code = errno;

  g_set_error (error, BASE_ERROR, code == ENOSPC || code == EDQUOT ? BASE_ERROR_DISK_FULL : BASE_ERROR_FILE,
               "The accounts cannot be written to %s: %s", path, g_strerror (code));
  return FALSE;
}

static gboolean
write_all (int fd, const char *data, gsize size)
{
  while (size > 0)
    {
      gssize n = write (fd, data, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      data += n;
      size -= n;
    }
  return fsync (fd) == 0;
}

/* The rename itself must outlive a power cut too. */
static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

static gboolean
replace_file (const char *path, const char *data, gsize size, GError **error)
{
  g_autofree char *fresh = g_strconcat (path, ".XXXXXX", NULL);
  int fd = g_mkstemp_full (fresh, O_WRONLY | O_CLOEXEC, 0600);
  gboolean is_written;

  if (fd < 0)
    return refuse_write (path, error);
  is_written = write_all (fd, data, size);
  if (!is_written)
    {
      refuse_write (path, error);
      close (fd);
    }
  else if (close (fd) != 0 || g_rename (fresh, path) != 0)
    is_written = refuse_write (path, error);

  if (is_written)
    sync_folder (path);
  else
    g_unlink (fresh);
  return is_written;
}

gboolean
account_file_save (AccountFile *self, GError **error)
{
  g_autofree char *target = realpath (self->path, NULL); /* who keeps settings behind a symbolic link keeps the link */
  g_autofree char *contents = NULL;
  gsize length;

  g_key_file_set_integer (self->keys, HEAD_GROUP, "format", FORMAT);
  contents = g_key_file_to_data (self->keys, &length, NULL);
  if (!replace_file (target ? target : self->path, contents, length, error))
    return FALSE;
  g_free (self->contents);
  self->contents = g_steal_pointer (&contents);
  return TRUE;
}

int
account_file_lock (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  for (int i = 0; fd >= 0 && i < 100; i++)
    {
      if (flock (fd, LOCK_EX | LOCK_NB) == 0)
        return fd;
      if (errno != EWOULDBLOCK && errno != EINTR)
        break;
      g_usleep (20 * G_TIME_SPAN_MILLISECOND);
    }
  g_set_error (error, BASE_ERROR, BASE_ERROR_FILE, "The folder %s cannot be locked: %s", folder, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return -1;
}

void
account_file_unlock (int lock)
{
  close (lock);
}
