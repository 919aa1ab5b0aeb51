/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening and closing the profile, waiting, signals, passwords from files. */
#include "cli-session.h"

#include "base-error.h"
#include "store-folders.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define MAX_PASSWORD 4096
#define MAX_FILE (G_GINT64_CONSTANT (1) << 30)

CliSession *
cli_session_new (void)
{
  CliSession *self = g_new0 (CliSession, 1);

  self->cancellable = g_cancellable_new ();
  return self;
}

void
cli_session_free (CliSession *self)
{
  if (self->engine)
    sync_engine_stop (self->engine);
  g_clear_object (&self->engine);
  g_clear_pointer (&self->database, store_database_free);
  if (self->store)
    store_close (self->store);
  g_clear_object (&self->store);
  g_clear_object (&self->secrets);
  g_clear_object (&self->accounts);
  g_clear_object (&self->trace);
  g_clear_object (&self->paths);
  g_clear_object (&self->cancellable);
  g_free (self->profile);
  g_free (self->trace_path);
  g_free (self);
}

gboolean
cli_session_open_accounts (CliSession *self, GError **error)
{
  if (self->accounts)
    return TRUE;
  if (!self->paths && !(self->paths = base_paths_new (self->profile, error)))
    return FALSE;
  if (self->trace_path && !self->trace && !(self->trace = base_trace_new (self->trace_path, error)))
    return FALSE;
  self->accounts = account_list_new (base_paths_get_accounts (self->paths), error);
  if (!self->accounts)
    return FALSE;
  self->secrets = account_secrets_new (base_paths_get_profile_key (self->paths));
  return TRUE;
}

gboolean
cli_session_open_store (CliSession *self, GError **error)
{
  if (self->database)
    return TRUE;
  if (!cli_session_open_accounts (self, error))
    return FALSE;
  self->store = store_new (base_paths_get_database (self->paths), error);
  if (!self->store)
    return FALSE;
  self->database = store_open (self->store, error);
  return self->database && store_folders_prepare_account (self->database, STORE_LOCAL_ACCOUNT, error);
}

gboolean
cli_session_open_engine (CliSession *self, GError **error)
{
  if (self->engine)
    return TRUE;
  if (!cli_session_open_store (self, error))
    return FALSE;
  self->engine = sync_engine_new (self->store, self->accounts, self->secrets, self->trace);
  return TRUE;
}

static gboolean
on_signal (gpointer data)
{
  CliSession *self = data;

  if (self->was_interrupted)
    _exit (CLI_FAILED);
  self->was_interrupted = TRUE;
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_CONTINUE;
}

void
cli_session_catch_signals (CliSession *self)
{
  g_unix_signal_add (SIGINT, on_signal, self);
  g_unix_signal_add (SIGTERM, on_signal, self);
}

void
cli_session_on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

GAsyncResult *
cli_session_wait (CliSession *self, GAsyncResult **result)
{
  while (!*result)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (result);
}

Account *
cli_session_find_account (CliSession *self, const char *text, GError **error)
{
  gint64 id;
  Account *account = NULL;

  if (g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &id, NULL))
    account = account_list_find (self->accounts, id);
  if (!account)
    g_set_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "There is no account %s.", text);
  return account;
}

GBytes *
cli_session_read_file (const char *path, GError **error)
{
  gboolean is_stdin = g_str_equal (path, "-");
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree guint8 *buffer = g_malloc (65536);
  FILE *file = is_stdin ? stdin : fopen (path, "rb");
  gsize n;
  int code;

  if (!file)
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_FILE, "%s cannot be read: %s", path, g_strerror (errno));
      return NULL;
    }
  errno = 0;
  while ((n = fread (buffer, 1, 65536, file)) > 0 && bytes->len + n <= MAX_FILE)
    g_byte_array_append (bytes, buffer, n);
  code = ferror (file) ? (errno ? errno : EIO) : n > 0 ? EFBIG : 0;
  if (!is_stdin)
    fclose (file);
  if (code == 0)
    return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  g_set_error (error, BASE_ERROR, BASE_ERROR_FILE, "%s cannot be read: %s", is_stdin ? "Standard input" : path, g_strerror (code));
  return NULL;
}

/* Unbuffered, so that no other copy of it stays in memory. */
static gssize
read_line (int fd, char *line, gsize size)
{
  gsize length = 0;

  while (length + 1 < size)
    {
      gssize n = read (fd, line + length, 1);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return -1;
      if (n == 0 || line[length] == '\n')
        break;
      length++;
    }
  if (length > 0 && line[length - 1] == '\r')
    length--;
  line[length] = '\0';
  return length;
}

char *
cli_session_read_password (const char *path, GError **error)
{
  gboolean is_stdin = g_str_equal (path, "-");
  int fd = is_stdin ? STDIN_FILENO : open (path, O_RDONLY | O_CLOEXEC);
  g_autofree char *line = g_malloc0 (MAX_PASSWORD);
  char *password = NULL;
  gssize length = fd < 0 ? -1 : read_line (fd, line, MAX_PASSWORD);

  if (length < 0)
    g_set_error (error, BASE_ERROR, BASE_ERROR_FILE, "The password file %s cannot be read: %s", path, g_strerror (errno));
  else if (length == 0 || !g_utf8_validate (line, -1, NULL))
    g_set_error (error, BASE_ERROR, BASE_ERROR_FILE, "The first line of %s is no password.", is_stdin ? "standard input" : path);
  else
    password = g_strdup (line);
  if (fd >= 0 && !is_stdin)
    close (fd);
  explicit_bzero (line, MAX_PASSWORD);
  return password;
}

char *
cli_session_ask_password (const char *prompt)
{
  g_autofree char *line = NULL;
  struct termios shown, hidden;
  char *password = NULL;

  if (!isatty (STDIN_FILENO) || !isatty (STDERR_FILENO) || tcgetattr (STDIN_FILENO, &shown) != 0)
    return NULL;
  hidden = shown;
  hidden.c_lflag &= ~ECHO;
  g_printerr ("%s: ", prompt);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &hidden);
  line = g_malloc0 (MAX_PASSWORD);
  if (read_line (STDIN_FILENO, line, MAX_PASSWORD) > 0)
    password = g_strdup (line);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &shown);
  g_printerr ("\n");
  explicit_bzero (line, MAX_PASSWORD);
  return password;
}

gboolean
cli_session_remember_password (CliSession *self, char **ids, const char *path, GError **error)
{
  char *password = cli_session_read_password (path, error);
  gboolean is_remembered = password != NULL;

  for (guint i = 0; is_remembered && ids && ids[i]; i++)
    {
      Account *account = cli_session_find_account (self, ids[i], error);

      is_remembered = account != NULL;
      if (account)
        account_secrets_remember (self->secrets, account, ACCOUNT_INCOMING, password);
    }
  for (guint i = 0; is_remembered && !(ids && ids[0]) && i < g_list_model_get_n_items (G_LIST_MODEL (self->accounts)); i++)
    {
      g_autoptr (Account) account = g_list_model_get_item (G_LIST_MODEL (self->accounts), i);

      account_secrets_remember (self->secrets, account, ACCOUNT_INCOMING, password);
    }
  account_secrets_free_password (password);
  return is_remembered;
}
