/* SPDX-License-Identifier: GPL-3.0-or-later */
/* IMAP messages on their way: what a thread receives and takes apart for the pass to write. See sync-stream.h. */
#pragma once

#include "mail-summary.h"
#include "sync-imap-plan.h"
#include "sync-stream.h"

G_BEGIN_DECLS

/* One message, or one set's refusal; immutable once it has left the receiving thread. */
typedef struct
{
  SyncStreamItem item;
  GError *refusal;      /* (nullable): then there is nothing else */
  guint index;          /* in the plan */
  guint32 uid;
  guint64 modseq;
  GBytes *source;       /* the message, or its headers, as `summary` says */
  MailSummary *summary;
  char *object_id;      /* (nullable): of the bytes */
  char *thread_id;      /* (nullable): of the conversation */
} SyncImapArrival;

typedef struct _SyncImapStream SyncImapStream;

/* SyncImapAllAskedFunc: all has been asked for, and comes still: what else may be said to the server (imap_session_leave ()) */
typedef void (*SyncImapAllAskedFunc) (gpointer data);

/* sync_imap_stream_new: starts to receive what @plan asks for in the mailbox that is selected. @session and @plan belong to the stream's thread
 * until sync_imap_stream_finish (), and @data while @all_asked runs in it; not called when the stream was stopped before. */
SyncImapStream *sync_imap_stream_new (ImapSession *session, SyncImapPlan *plan, SyncImapAllAskedFunc all_asked, gpointer data, GCancellable *cancellable);

/* As sync_stream_next (), _release () and _finish (); the errors are those of imap_retrieve_each () */
SyncImapArrival *sync_imap_stream_next (SyncImapStream *self, guint64 patience, gboolean *is_end);
void sync_imap_stream_release (SyncImapStream *self, SyncImapArrival *arrival);
gboolean sync_imap_stream_finish (SyncImapStream *self, GError **error);

/* sync_imap_stream_stop: nothing more is asked for; what was asked for comes still, and is to be taken */
void sync_imap_stream_stop (SyncImapStream *self);

G_END_DECLS
