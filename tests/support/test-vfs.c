/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A disk that fails when told to: wraps SQLite's own file layer. */
#include "test-vfs.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What a write that is not synced yet covered. */
typedef struct
{
  sqlite3_int64 old_size;
  sqlite3_int64 offset;
  GBytes *old_bytes;
} Undo;

typedef struct
{
  sqlite3_file base;
  char *path;
  sqlite3_file *real; /* stands behind this struct */
} VfsFile;

static sqlite3_vfs *real_vfs;
static sqlite3_vfs vfs;

static GMutex lock;
static TestVfsFault fault;
static guint countdown;
static guint count;
static gboolean has_struck;
static GHashTable *undo_lists; /* path → GPtrArray of Undo, while a power cut is armed */

static void
undo_free (Undo *self)
{
  g_bytes_unref (self->old_bytes);
  g_free (self);
}

static GBytes *
read_piece (sqlite3_file *real, sqlite3_int64 offset, sqlite3_int64 end)
{
  gsize size = end > offset ? end - offset : 0;
  char *data = g_malloc0 (size + 1);

  if (size > 0)
    real->pMethods->xRead (real, data, size, offset);
  return g_bytes_new_take (data, size);
}

/* Under lock, before a write of @size bytes, or before a truncation to @offset (@size -1). */
static void
remember (VfsFile *file, sqlite3_int64 offset, sqlite3_int64 size)
{
  GPtrArray *list;
  Undo *undo;

  if (fault != TEST_VFS_POWER_CUT || has_struck || !file->path)
    return;
  list = g_hash_table_lookup (undo_lists, file->path);
  if (!list)
    {
      list = g_ptr_array_new_with_free_func ((GDestroyNotify) undo_free);
      g_hash_table_insert (undo_lists, g_strdup (file->path), list);
    }
  undo = g_new0 (Undo, 1);
  file->real->pMethods->xFileSize (file->real, &undo->old_size);
  undo->offset = offset;
  undo->old_bytes = read_piece (file->real, offset, size < 0 ? undo->old_size : MIN (offset + size, undo->old_size));
  g_ptr_array_add (list, undo);
}

/* Under lock: the disk as it was at the last sync. */
static void
lose_unsynced (void)
{
  GHashTableIter iter;
  gpointer path, value;

  g_hash_table_iter_init (&iter, undo_lists);
  while (g_hash_table_iter_next (&iter, &path, &value))
    {
      GPtrArray *list = value;
      FILE *file = fopen (path, "r+b");

      for (guint i = list->len; file && i > 0; i--)
        {
          const Undo *undo = g_ptr_array_index (list, i - 1);

          g_assert_cmpint (fseeko (file, undo->offset, SEEK_SET), ==, 0);
          fwrite (g_bytes_get_data (undo->old_bytes, NULL), 1, g_bytes_get_size (undo->old_bytes), file);
          fflush (file);
          g_assert_cmpint (ftruncate (fileno (file), undo->old_size), ==, 0);
        }
      if (file)
        fclose (file);
    }
  g_hash_table_remove_all (undo_lists);
}

/* Under lock: counts, and says what this operation comes to. */
static int
strike (gboolean is_sync)
{
  gboolean is_now = countdown > 0 && --countdown == 0;

  count++;
  if (is_now)
    {
      has_struck = TRUE;
      if (fault == TEST_VFS_POWER_CUT)
        lose_unsynced ();
    }
  if (!has_struck)
    return SQLITE_OK;
  switch (fault)
    {
    case TEST_VFS_FULL:
      return is_sync ? SQLITE_OK : SQLITE_FULL;
    case TEST_VFS_IO_ERROR:
      return is_now ? SQLITE_IOERR : SQLITE_OK;
    case TEST_VFS_CRASH:
    case TEST_VFS_POWER_CUT:
      return SQLITE_IOERR;
    case TEST_VFS_SOUND:
    default:
      return SQLITE_OK;
    }
}

static gboolean
is_dead (void)
{
  return has_struck && (fault == TEST_VFS_CRASH || fault == TEST_VFS_POWER_CUT);
}

#define REAL(file) (((VfsFile *) (file))->real)
#define CALL(file, method, ...) REAL (file)->pMethods->method (REAL (file), ##__VA_ARGS__)

static int
on_close (sqlite3_file *base)
{
  VfsFile *file = (VfsFile *) base;
  int code = CALL (base, xClose);

  g_clear_pointer (&file->path, g_free);
  return code;
}

static int
on_read (sqlite3_file *base, void *data, int size, sqlite3_int64 offset)
{
  return CALL (base, xRead, data, size, offset);
}

static int
on_write (sqlite3_file *base, const void *data, int size, sqlite3_int64 offset)
{
  int code;

  g_mutex_lock (&lock);
  code = strike (FALSE);
  if (code == SQLITE_OK)
    {
      remember ((VfsFile *) base, offset, size);
      code = CALL (base, xWrite, data, size, offset);
    }
  g_mutex_unlock (&lock);
  return code;
}

static int
on_truncate (sqlite3_file *base, sqlite3_int64 size)
{
  int code;

  g_mutex_lock (&lock);
  code = strike (FALSE);
  if (code == SQLITE_OK)
    {
      remember ((VfsFile *) base, size, -1);
      code = CALL (base, xTruncate, size);
    }
  g_mutex_unlock (&lock);
  return code;
}

/* The test's own machine stays up, so its disk need not be bothered. */
static int
on_sync (sqlite3_file *base, int flags)
{
  VfsFile *file = (VfsFile *) base;
  int code;

  g_mutex_lock (&lock);
  code = strike (TRUE);
  if (code == SQLITE_OK && file->path && undo_lists)
    g_hash_table_remove (undo_lists, file->path);
  g_mutex_unlock (&lock);
  return code;
}

static int
on_file_size (sqlite3_file *base, sqlite3_int64 *size)
{
  return CALL (base, xFileSize, size);
}

static int
on_lock (sqlite3_file *base, int level)
{
  return CALL (base, xLock, level);
}

static int
on_unlock (sqlite3_file *base, int level)
{
  return CALL (base, xUnlock, level);
}

static int
on_check_reserved_lock (sqlite3_file *base, int *is_locked)
{
  return CALL (base, xCheckReservedLock, is_locked);
}

static int
on_file_control (sqlite3_file *base, int operation, void *argument)
{
  return CALL (base, xFileControl, operation, argument);
}

static int
on_sector_size (sqlite3_file *base)
{
  return CALL (base, xSectorSize);
}

static int
on_device_characteristics (sqlite3_file *base)
{
  return CALL (base, xDeviceCharacteristics);
}

static int
on_shm_map (sqlite3_file *base, int page, int size, int extend, void volatile **memory)
{
  return CALL (base, xShmMap, page, size, extend, memory);
}

static int
on_shm_lock (sqlite3_file *base, int offset, int n, int flags)
{
  return CALL (base, xShmLock, offset, n, flags);
}

static void
on_shm_barrier (sqlite3_file *base)
{
  CALL (base, xShmBarrier);
}

static int
on_shm_unmap (sqlite3_file *base, int delete)
{
  return CALL (base, xShmUnmap, delete);
}

static const sqlite3_io_methods methods = {
  .iVersion = 2, /* without memory-mapped reading, which would go past us */
  .xClose = on_close,
  .xRead = on_read,
  .xWrite = on_write,
  .xTruncate = on_truncate,
  .xSync = on_sync,
  .xFileSize = on_file_size,
  .xLock = on_lock,
  .xUnlock = on_unlock,
  .xCheckReservedLock = on_check_reserved_lock,
  .xFileControl = on_file_control,
  .xSectorSize = on_sector_size,
  .xDeviceCharacteristics = on_device_characteristics,
  .xShmMap = on_shm_map,
  .xShmLock = on_shm_lock,
  .xShmBarrier = on_shm_barrier,
  .xShmUnmap = on_shm_unmap,
};

static int
on_open (sqlite3_vfs *self, const char *name, sqlite3_file *base, int flags, int *out_flags)
{
  VfsFile *file = (VfsFile *) base;
  int code;

  memset (file, 0, sizeof *file);
  file->real = (sqlite3_file *) (file + 1);
  code = real_vfs->xOpen (real_vfs, name, file->real, flags, out_flags);
  if (!file->real->pMethods)
    return code;
  file->base.pMethods = &methods;
  file->path = g_strdup (name);
  return code;
}

static int
on_delete (sqlite3_vfs *self, const char *name, int sync)
{
  gboolean is_kept;

  g_mutex_lock (&lock);
  is_kept = is_dead ();
  g_mutex_unlock (&lock);
  return is_kept ? SQLITE_IOERR_DELETE : real_vfs->xDelete (real_vfs, name, sync);
}

void
test_vfs_install (void)
{
  if (real_vfs)
    return;
  sqlite3_initialize ();
  real_vfs = sqlite3_vfs_find (NULL);
  vfs = *real_vfs;
  vfs.zName = "test";
  vfs.pNext = NULL;
  vfs.szOsFile = sizeof (VfsFile) + real_vfs->szOsFile;
  vfs.xOpen = on_open;
  vfs.xDelete = on_delete;
  g_assert_cmpint (sqlite3_vfs_register (&vfs, 1), ==, SQLITE_OK);
}

static void
set (guint n, TestVfsFault wanted)
{
  g_mutex_lock (&lock);
  fault = wanted;
  countdown = wanted == TEST_VFS_SOUND ? 0 : n;
  count = 0;
  has_struck = FALSE;
  g_clear_pointer (&undo_lists, g_hash_table_unref);
  if (wanted == TEST_VFS_POWER_CUT)
    undo_lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  g_mutex_unlock (&lock);
}

void
test_vfs_arm (guint n, TestVfsFault wanted)
{
  g_return_if_fail (n > 0 && real_vfs);
  set (n, wanted);
}

void
test_vfs_disarm (void)
{
  set (0, TEST_VFS_SOUND);
}

guint
test_vfs_get_count (void)
{
  guint n;

  g_mutex_lock (&lock);
  n = count;
  g_mutex_unlock (&lock);
  return n;
}

gboolean
test_vfs_has_struck (void)
{
  gboolean answer;

  g_mutex_lock (&lock);
  answer = has_struck;
  g_mutex_unlock (&lock);
  return answer;
}
