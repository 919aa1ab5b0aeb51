/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves the search index whole, and that it has what its mark says. Only for store-check.c. */
#pragma once

#include "store-database.h"

G_BEGIN_DECLS

/**
 * store_index_check:
 * @mail: the checking thread's handle
 *
 * An index that is not there, or would be built anew at the next start, has no faults. Building waits while the messages are compared.
 *
 * Returns: (transfer full): of char *, sentences; %NULL with @error when it could not be looked at
 */
GPtrArray *store_index_check (StoreDatabase *mail, GCancellable *cancellable, GError **error);

G_END_DECLS
