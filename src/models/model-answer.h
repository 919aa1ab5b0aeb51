/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers that a person gives with one button: that a mail was read, whether one comes. */
#pragma once

#include <gio/gio.h>

#include "account-list.h"

G_BEGIN_DECLS

typedef struct _Store Store;

typedef enum
{
  MODEL_ANSWER_READ,     /* a read receipt */
  MODEL_ANSWER_ACCEPT,   /* an invitation; likewise the next two */
  MODEL_ANSWER_MAYBE,
  MODEL_ANSWER_DECLINE,
} ModelAnswer;

/**
 * model_answer_async:
 * @id: of the message that asks
 * @delay: seconds in the Outbox before it goes
 *
 * Puts the answer into the Outbox, from the identity that was written to or invited, and marks the message, in one transaction. Main thread.
 *
 * finish returns the answer's id in the Outbox, or -1 with %BASE_ERROR_INVALID (nothing is asked any more, no such identity) or a store error
 */
void model_answer_async (Store *store, AccountList *accounts, gint64 id, ModelAnswer answer, guint delay,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gint64 model_answer_finish (GAsyncResult *result, GError **error);

G_END_DECLS
