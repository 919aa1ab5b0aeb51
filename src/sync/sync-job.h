/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One blocking pass, packed for a worker thread: everything that it needs goes in with it, everything that it found comes out. */
#pragma once

#include "account.h"
#include "base-worker.h"
#include "sync-imap-link.h"
#include "sync-imap.h"
#include "sync-pop3.h"
#include "sync-status-writer.h"

G_BEGIN_DECLS

typedef struct _Store Store;

typedef enum
{
  SYNC_JOB_PEEK,       /* looks whether the Outbox has anything to do */
  SYNC_JOB_SEND,
  SYNC_JOB_RECEIVE,
  SYNC_JOB_FETCH_BODY,
  SYNC_JOB_CHECK,      /* logs in and leaves */
  SYNC_JOB_WAIT,       /* IMAP: until there is news, or the worker has something else to do */
} SyncJobKind;

typedef struct
{
  SyncJobKind kind;
  AccountDirection direction;
  gint64 account;
  Store *store;              /* NULL for a check */
  BaseTrace *trace;          /* (nullable) */
  char *trace_tag;
  MailLogin *login;          /* NULL for a peek */
  SyncOptions options;
  gboolean has_server_folders; /* the account receives by IMAP */
  gboolean is_imap;          /* and this is about receiving */
  SyncPop3Settings settings;
  SyncImapSettings imap;
  SyncImapLink *link;        /* the worker's IMAP session; NULL for all else */
  BaseWorker *worker;        /* borrowed while it runs */
  gint64 message;            /* to fetch */
  SyncStatus *status;        /* (nullable): where progress goes, in the main thread */

  /* what came out */
  SyncReport *report;
  gint64 due;                /* of a peek: see sync_outbox_next_due () */
  gboolean is_unsettled;     /* of a peek: a message was in the hands of a process that died */

  /* the worker's, while it runs */
  GMainContext *context;
  SyncPhase last_phase;
  gint64 last_told;
  gboolean has_told_last;
} SyncJob;

/**
 * sync_job_new:
 * @account: its settings are copied
 * @password: (nullable): as is the login made of it
 */
SyncJob *sync_job_new (SyncJobKind kind, Account *account, AccountDirection direction, const char *password,
                       Store *store, BaseTrace *trace, SyncStatus *status);

/**
 * sync_job_push:
 * @job: (transfer full)
 * @is_first: ahead of what waits
 *
 * The worker opens a database handle of its own for the job. @callback comes in the main thread when it has ended.
 */
void sync_job_push (SyncJob *job, BaseWorker *worker, gboolean is_first,
                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* sync_job_get: (transfer none): lives as long as @result */
SyncJob *sync_job_get (GAsyncResult *result);
gboolean sync_job_finish (GAsyncResult *result, GError **error);

G_END_DECLS
