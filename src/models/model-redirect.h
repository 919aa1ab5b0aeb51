/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sends a message on as it is. */
#pragma once

#include <gio/gio.h>

#include "account-identity.h"

G_BEGIN_DECLS

typedef struct _Store Store;

/**
 * model_redirect_async:
 * @id: of the message
 * @to: addresses as typed
 * @delay: seconds in the Outbox before it goes
 *
 * From the identity that the message was sent to, else from its account's own (mime_redirect_new ()). Main thread.
 *
 * finish returns the message's id in the Outbox, or -1 with %BASE_ERROR_INVALID (no recipient, an address that cannot be, no account) or a
 * store error
 */
void model_redirect_async (Store *store, AccountList *accounts, gint64 id, const char *to, guint delay,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gint64 model_redirect_finish (GAsyncResult *result, GError **error);

G_END_DECLS
