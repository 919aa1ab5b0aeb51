/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The profile's mail: one SQLite file, a handle for every thread, and a hub that tells the main thread what changed. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define STORE_TYPE_STORE (store_get_type ())
G_DECLARE_FINAL_TYPE (Store, store, STORE, STORE, GObject)

/* One thread's handle; see store-database.h */
typedef struct _StoreDatabase StoreDatabase;
typedef struct _StoreChanges StoreChanges;

/**
 * store_new:
 * @path: the database file; made, readable by this user alone, or migrated forward where needed
 *
 * Main thread (of the app or the CLI). Blocks.
 *
 * Returns: (transfer full): or %NULL with %BASE_ERROR_STORE_NEWER, _STORE_DAMAGED, _DISK_FULL, _STORE
 */
Store *store_new (const char *path, GError **error);

/**
 * store_open:
 *
 * A read-write handle that belongs to the calling thread: every sync worker opens its own. WAL, foreign keys,
 * synchronous=FULL (but where STORE_SAFE_LATER is said), a busy time-out of 60 s (writers of other threads and of the CLI take turns).
 *
 * Returns: (transfer full): free with store_database_free () in the same thread
 */
StoreDatabase *store_open (Store *self, GError **error);

/* store_get_reader: (transfer none): the main thread's read-only handle, for one short indexed read at a time */
StoreDatabase *store_get_reader (Store *self);

StoreChanges *store_get_changes (Store *self);

/**
 * StoreFunc:
 *
 * Runs in the store's own worker thread with its handle. Returns the result, or %NULL with @error set (%NULL without an error is a result too).
 */
typedef gpointer (*StoreFunc) (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error);

/**
 * store_run_async:
 * @func: the work; writes and reads that are too long for the main thread
 * @data_free: (nullable), @result_free: (nullable)
 *
 * Jobs run one after the other in the order they were given.
 */
void store_run_async (Store *self, StoreFunc func, gpointer data, GDestroyNotify data_free, GDestroyNotify result_free,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gpointer store_run_finish (Store *self, GAsyncResult *result, GError **error);

/**
 * store_search_async:
 *
 * The same in another thread of the store's, for @func that only reads and searches (store-search.h): its handle has the index at hand
 * and waits for no writer. The index is made where there is none. One that turns out to be damaged is made anew: then the job fails with
 * %BASE_ERROR_INDEX_RENEWED, and STORE_CHANGED_EVERYTHING has it filled again.
 */
void store_search_async (Store *self, StoreFunc func, gpointer data, GDestroyNotify data_free, GDestroyNotify result_free,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* store_close: waits for the store's workers to end their queues; call before the last unref */
void store_close (Store *self);

G_END_DECLS
