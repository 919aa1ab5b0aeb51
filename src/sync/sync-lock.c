/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A lock on one byte of a file beside the database. */
#include "sync-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base-error.h"
#include "store-database.h"

#define POLL_MS 100

struct _SyncLock
{
  int fd; /* -1: nothing to lock */
};

/* Of the open file description, not of the process: two workers of one process shut each other out as well. */
static gboolean
try_lock (int fd, gint64 byte)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1 };

  return fcntl (fd, F_OFD_SETLK, &lock) == 0;
}

/* Sleeps a moment; %FALSE when cancelled meanwhile. */
static gboolean
pause_for_a_moment (GCancellable *cancellable, GError **error)
{
  GPollFD poll_fd;

  if (cancellable && g_cancellable_make_pollfd (cancellable, &poll_fd))
    {
      g_poll (&poll_fd, 1, POLL_MS);
      g_cancellable_release_fd (cancellable);
    }
  else
    g_usleep (POLL_MS * 1000);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

SyncLock *
sync_lock_take (StoreDatabase *database, const char *what, gint64 account, guint patience_s,
                GCancellable *cancellable, GError **error)
{
  const char *database_path = sqlite3_db_filename (store_database_get_handle (database), "main");
  g_autofree char *path = NULL;
  g_autoptr (SyncLock) self = g_new0 (SyncLock, 1);
  gint64 until = g_get_monotonic_time () + patience_s * G_USEC_PER_SEC;

  self->fd = -1;
  if (!database_path || !*database_path)
    return g_steal_pointer (&self);

  path = g_strdup_printf ("%s-%s", database_path, what);
  self->fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->fd < 0)
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_FILE, "The lock %s cannot be made: %s", path, g_strerror (errno));
      return NULL;
    }
  while (!try_lock (self->fd, account))
    {
      if (errno != EAGAIN && errno != EACCES && errno != EINTR)
        {
          g_set_error (error, BASE_ERROR, BASE_ERROR_FILE, "The lock %s cannot be taken: %s", path, g_strerror (errno));
          return NULL;
        }
      if (g_get_monotonic_time () >= until)
        {
          g_set_error_literal (error, BASE_ERROR, BASE_ERROR_TRY_LATER, "Another Posthorn is busy with this account's mail");
          return NULL;
        }
      if (!pause_for_a_moment (cancellable, error))
        return NULL;
    }
  return g_steal_pointer (&self);
}

void
sync_lock_free (SyncLock *self)
{
  if (!self)
    return;
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}
