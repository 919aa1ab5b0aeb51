/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A disk that fails when told to: SQLite's file layer with a fault at the n-th write, sync or truncation. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  TEST_VFS_SOUND,
  TEST_VFS_FULL,      /* that write and all later ones find the disk full, until test_vfs_disarm () */
  TEST_VFS_IO_ERROR,  /* that one write, sync or truncation fails */
  TEST_VFS_CRASH,     /* the process dies there: that write and all later ones do not reach the disk (and fail) */
  TEST_VFS_POWER_CUT, /* the same, and what was not synced is lost from the disk too */
} TestVfsFault;

/* test_vfs_install: makes it the default of this process; before the first database is opened. Any number of times. */
void test_vfs_install (void);

/**
 * test_vfs_arm:
 * @n: 1 is the next write, sync or truncation, of any file, in any thread
 *
 * Also sets the count of test_vfs_get_count () to 0. After a CRASH or POWER_CUT close every handle, test_vfs_disarm (), and open again.
 */
void test_vfs_arm (guint n, TestVfsFault fault);
void test_vfs_disarm (void);

/* test_vfs_get_count: writes, syncs and truncations since the last test_vfs_arm (); arm with TEST_VFS_SOUND to count only */
guint test_vfs_get_count (void);

/* test_vfs_has_struck: whether the fault has come */
gboolean test_vfs_has_struck (void);

G_END_DECLS
