/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What arrived by POP3, into the store: recognised or new, message and unique-id in one transaction. */
#pragma once

#include "pop3-retrieve.h"
#include "sync-pop3-plan.h"

G_BEGIN_DECLS

typedef struct
{
  SyncPop3Message *message;
  GBytes *source;
  gint64 size;             /* what came, also when it was too large to be kept */
  gboolean is_whole;
  gboolean is_too_large;
  Pop3Digest digest;       /* of `source` */
} SyncPop3Arrival;

SyncPop3Arrival *sync_pop3_arrival_new (SyncPop3Message *message, const Pop3Retrieved *answer);
void sync_pop3_arrival_free (gpointer arrival);

/* sync_pop3_keep_names: renames, and sizes that the server changed its word about, before anything arrives */
gboolean sync_pop3_keep_names (SyncPass *pass, SyncPop3Plan *plan, GError **error);

/**
 * sync_pop3_keep:
 * @arrivals: of SyncPop3Arrival
 *
 * All of it in one transaction. Counts what is new in the pass's report once it is committed.
 */
gboolean sync_pop3_keep (SyncPass *pass, SyncPop3Plan *plan, gint64 folder, GPtrArray *arrivals, GError **error);

G_END_DECLS
