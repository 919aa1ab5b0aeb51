/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message that is headers only, and that a person wants to see whole. */
#pragma once

#include "store.h"

G_BEGIN_DECLS

/**
 * sync_body_want_async:
 *
 * In the store's worker: notes that the body of @message is wanted, so that it comes with the next pass even when fetching it now fails.
 */
void sync_body_want_async (Store *store, gint64 message, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* sync_body_want_finish: the account whose server has it; 0 when it is whole already, -1 with @error */
gint64 sync_body_want_finish (Store *store, GAsyncResult *result, GError **error);

G_END_DECLS
