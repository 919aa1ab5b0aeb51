/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ids that a message list asks the store for: those of a folder, or those that a search finds. */
#pragma once

#include "model-listing.h"
#include "store-search.h"

G_BEGIN_DECLS

/**
 * model_reading_begin:
 * @wish: copied; without a query what its narrow says, else what is found
 * @is_threaded: by conversations; what is found never is
 *
 * A folder is read in the store's worker, a search in its searching thread, where it waits for no writer. Cancelled, it stops at once.
 */
void model_reading_begin (Store *store, const StoreSearch *wish, gboolean is_threaded, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data);

/* model_reading_finish: (transfer full): its sections are not found yet */
ModelListing *model_reading_finish (Store *store, GAsyncResult *result, GError **error);

G_END_DECLS
