/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves the store whole. */
#pragma once

#include "store.h"

G_BEGIN_DECLS

/* StoreCheckProgress: @done of @total messages looked at */
typedef void (*StoreCheckProgress) (gint64 done, gint64 total, gpointer data);

/**
 * store_check:
 * @n_messages: (out): how many messages were looked at
 *
 * SQLite's own integrity and foreign-key checks, every source against its SHA-256 and size, folder counts against the
 * rows, every message in a folder, UIDLs and Outbox rows against their messages; the search index, where there is one, against the messages.
 *
 * Returns: (transfer full): of char *, one English sentence a fault, empty when all is well; %NULL with @error when it could not be looked at
 */
GPtrArray *store_check (StoreDatabase *database, gint64 *n_messages, StoreCheckProgress progress, gpointer data,
                        GCancellable *cancellable, GError **error);

G_END_DECLS
