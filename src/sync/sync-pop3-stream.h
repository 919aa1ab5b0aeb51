/* SPDX-License-Identifier: GPL-3.0-or-later */
/* POP3 messages on their way: what a thread receives and takes apart for the pass to write. See sync-stream.h. */
#pragma once

#include "mail-summary.h"
#include "pop3-digest.h"
#include "pop3-retrieve.h"
#include "sync-stream.h"

G_BEGIN_DECLS

/* One answer to one request; immutable once it has left the receiving thread. */
typedef struct
{
  SyncStreamItem item;
  gsize request;           /* index of the request */
  GBytes *source;          /* (nullable): the message, or its headers; NULL when it was refused */
  gint64 size;             /* bytes that came, also when that was too much to keep */
  gboolean is_whole;
  gboolean is_too_large;
  Pop3Digest digest;       /* of `source` */
  MailSummary *summary;    /* of `source` */
  GError *refusal;         /* (nullable) */
} SyncPop3Arrival;

typedef struct _SyncPop3Stream SyncPop3Stream;

/**
 * sync_pop3_stream_new:
 * @session: belongs to the stream's thread until sync_pop3_stream_finish ()
 * @requests: must stay as they are until then
 * @now: seconds since 1970
 *
 * Starts to receive. About 16 MiB of messages, or one larger one, are received ahead of sync_pop3_stream_release ().
 */
SyncPop3Stream *sync_pop3_stream_new (Pop3Session *session, const Pop3Request *requests, gsize n_requests, gint64 now,
                                      GCancellable *cancellable);

/**
 * sync_pop3_stream_next:
 * @is_end: (out): nothing comes any more; ask sync_pop3_stream_finish () how it ended
 *
 * Returns: (transfer none) (nullable): the next arrival, for sync_pop3_stream_release () to take back; %NULL when none came in
 *   @patience microseconds or at the end
 */
SyncPop3Arrival *sync_pop3_stream_next (SyncPop3Stream *self, guint64 patience, gboolean *is_end);

/* sync_pop3_stream_release: @arrival is written or not wanted */
void sync_pop3_stream_release (SyncPop3Stream *self, SyncPop3Arrival *arrival);

/**
 * sync_pop3_stream_finish:
 *
 * Stops it if it has not ended, waits for its thread and frees everything; all arrivals must have been released. The session is the
 * caller's again.
 *
 * Returns: %FALSE with the error of pop3_retrieve ()
 */
gboolean sync_pop3_stream_finish (SyncPop3Stream *self, GError **error);

G_END_DECLS
