/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine: one worker thread per connection, every account's passes, the Outbox. Everything here is called in the main
 * thread and returns at once. */
#pragma once

#include <gio/gio.h>

#include "account-list.h"
#include "account-secrets.h"
#include "base-trace.h"
#include "sync-status.h"

G_BEGIN_DECLS

typedef struct _Store Store;

#define SYNC_TYPE_ENGINE (sync_engine_get_type ())
G_DECLARE_FINAL_TYPE (SyncEngine, sync_engine, SYNC, ENGINE, GObject)

SyncEngine *sync_engine_new (Store *store, AccountList *accounts, AccountSecrets *secrets, BaseTrace *trace);

/* sync_engine_get_statuses: GListModel of SyncStatus, one an account, in the accounts' order */
GListModel *sync_engine_get_statuses (SyncEngine *self);
SyncStatus *sync_engine_get_status (SyncEngine *self, gint64 account); /* (nullable) */

/* What one Send/Receive did for one account: the CLI's figures. */
typedef struct
{
  gint64 account;
  guint n_new, n_deleted, n_flags_changed, n_sent;
  gint64 bytes_in, bytes_out;
  guint round_trips;
  guint login_delay;   /* seconds that the server logged in to wants to pass before the next login (RFC 2449 §6.5); 0 when it said nothing */
  double seconds;
  GPtrArray *errors;   /* of GError; empty when all went well */
  char *alert;         /* what a server wants the person to read (IMAP's ALERT), fit to be shown; NULL */
} SyncReport;

void sync_report_free (SyncReport *self);

typedef enum
{
  SYNC_DEFAULT = 0,
  SYNC_HEADERS_ONLY = 1 << 0,  /* bodies later */
  SYNC_NO_SENDING = 1 << 1,
  SYNC_NO_RECEIVING = 1 << 2,
  SYNC_BY_ITSELF = 1 << 3,     /* a timer's idea, not a person's: mail that waits out a back-off after a failed try waits on */
} SyncOptions;

/**
 * sync_engine_run_async:
 * @account: one account, or 0 for all
 *
 * Send/Receive: the Outbox first, then incoming; accounts side by side. A pass that is already running is joined, not doubled.
 */
void sync_engine_run_async (SyncEngine *self, gint64 account, SyncOptions options,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* sync_engine_run_finish: (transfer full): of SyncReport, one an account: failures are in the reports. %NULL only when cancelled or
 * when there is no such account. */
GPtrArray *sync_engine_run_finish (SyncEngine *self, GAsyncResult *result, GError **error);

/**
 * sync_engine_check_async:
 * @account: settings, saved or not
 * @password: (nullable): as typed; %NULL looks it up
 *
 * Logs in to that one server and leaves again: the wizard's "testing" page and `account check`.
 */
void sync_engine_check_async (SyncEngine *self, Account *account, AccountDirection direction, const char *password,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean sync_engine_check_finish (SyncEngine *self, GAsyncResult *result, GError **error);

/**
 * sync_engine_fetch_body_async:
 * @message: one that is headers only
 *
 * Gets the rest of it now, ahead of everything else that waits.
 */
void sync_engine_fetch_body_async (SyncEngine *self, gint64 message,
                                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean sync_engine_fetch_body_finish (SyncEngine *self, GAsyncResult *result, GError **error);

/* sync_engine_set_network_monitor: before sync_engine_start (); without it the system's default one tells when the network is back */
void sync_engine_set_network_monitor (SyncEngine *self, GNetworkMonitor *monitor);

/* sync_engine_start: passes by themselves from now on: the Outbox at once and whenever mail in it has its time; incoming mail at once and by every
 * account's check-minutes, but never by itself where they are 0 ("only by hand"). The CLI does not call it. */
void sync_engine_start (SyncEngine *self);

/**
 * sync_engine_set_watching:
 *
 * Connections of IMAP accounts wait for news between passes. sync_engine_start () does it too and then runs the passes by itself; without it the
 * signal "news" (account as gint64) says that one is worth while: what `sync --watch` waits for.
 */
void sync_engine_set_watching (SyncEngine *self, gboolean is_watching);

/**
 * sync_engine_set_online:
 *
 * FALSE: a person works offline: what runs is cancelled, nothing runs or waits at a server, sync_engine_run_async () does nothing, and fetching
 * a body fails with %BASE_ERROR_NETWORK. What is done meanwhile is recorded in the store, and is told to the servers at once with TRUE.
 */
void sync_engine_set_online (SyncEngine *self, gboolean is_online);
gboolean sync_engine_is_online (SyncEngine *self); /* TRUE at first */

/* sync_engine_set_open_folder: the folder of @account that a person looks at (0: none): its newest messages come before all else */
void sync_engine_set_open_folder (SyncEngine *self, gint64 account, gint64 folder);

/* sync_engine_cancel: what is running for @account (0: everything) */
void sync_engine_cancel (SyncEngine *self, gint64 account);

/* Signal "password-needed" (Account, AccountDirection as int, GError *why): the app asks, remembers or stores the password, and runs again. Once an
 * account and direction until a password is given: no loop. */

/* sync_engine_stop: cancels, joins all workers (at most a few seconds); call before the store is closed */
void sync_engine_stop (SyncEngine *self);

G_END_DECLS
