/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One message of the Outbox over an open submission session, with every step that cannot be taken back committed before it. */
#pragma once

#include "smtp-session.h"
#include "store-outbox.h"
#include "sync-pass.h"

G_BEGIN_DECLS

typedef struct
{
  SyncPass *pass;
  SmtpSession *session;   /* open, logged in */
  gint64 sent_folder;     /* 0: no copy is kept */
  gboolean was_sent;      /* out: at least one recipient has it that had not before */
  void (*progress) (gsize bytes, gpointer data);
  gpointer progress_data;
} SyncDelivery;

/**
 * sync_delivery_run:
 * @item: QUEUED and due, as it stands in the store
 *
 * Sends to the recipients that are WAITING, in as many transactions as the server's limits ask for, and settles in the store what became of
 * it: see sync_outbox_run (). What went wrong with this message alone is in the store and the report's errors.
 *
 * Returns: %FALSE with @error when no other message would fare better: login demanded, the store failed, cancelled. The session may
 *   be closed in either case.
 */
gboolean sync_delivery_run (SyncDelivery *self, const StoreOutboxItem *item, GCancellable *cancellable, GError **error);

/* sync_delivery_get_delay: seconds until the next try after @attempts tries that were put off: 1, 5, 15, then 60 minutes */
gint64 sync_delivery_get_delay (guint attempts);

G_END_DECLS
