/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One SQLite handle in one thread: transactions, cached statements, errors in our domain. */
#pragma once

#include <sqlite3.h>

#include "store.h"

G_BEGIN_DECLS

void store_database_free (StoreDatabase *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreDatabase, store_database_free)

/**
 * store_database_begin:
 *
 * BEGIN IMMEDIATE, or a savepoint inside an open transaction: the functions of the table groups each open their own, so that
 * they are whole by themselves and can be put together in a larger one.
 */
gboolean store_database_begin (StoreDatabase *self, GError **error);

/* How soon a transaction is safe from a power cut. From a crash of the program it always is. */
typedef enum
{
  STORE_SAFE_AT_ONCE,   /* when it is committed */
  STORE_SAFE_LATER,     /* with the next one that is safe at once, or some megabytes on: for what a server has and is asked for again */
} StoreSafety;

/**
 * store_database_begin_whole:
 *
 * An outermost transaction for many messages at once: what is begun inside it sets no savepoint, because SQLite then copies every page that it
 * touches for the first time (a sixth of the time of receiving). So where a part of it takes changes back, all are taken back, nothing more is
 * written, and the commit fails. A part that changed nothing may be rolled back as ever.
 *
 * Transactions become safe in their order and whole: a power cut takes the last ones or none, as if they had not been yet.
 */
gboolean store_database_begin_whole (StoreDatabase *self, StoreSafety safety, GError **error);

/* store_database_commit: on failure everything is rolled back. The outermost commit hands the collected changes to the hub. */
gboolean store_database_commit (StoreDatabase *self, GError **error);
void store_database_rollback (StoreDatabase *self);

/* store_database_prepare: (transfer none): a cached statement, reset and with its bindings cleared; %NULL with @error */
sqlite3_stmt *store_database_prepare (StoreDatabase *self, const char *sql, GError **error);

/* store_database_run: steps a statement that returns no row, and resets it */
gboolean store_database_run (StoreDatabase *self, sqlite3_stmt *statement, GError **error);

/**
 * store_database_step:
 * @has_row: (out): whether a row is there
 *
 * The caller resets the statement after its last row.
 */
gboolean store_database_step (StoreDatabase *self, sqlite3_stmt *statement, gboolean *has_row, GError **error);

/* store_database_set_error: SQLite's last error as one of ours (SQLITE_FULL is BASE_ERROR_DISK_FULL, CORRUPT is _STORE_DAMAGED) */
void store_database_set_error (StoreDatabase *self, GError **error);

sqlite3 *store_database_get_handle (StoreDatabase *self);

G_END_DECLS
