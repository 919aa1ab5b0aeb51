/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One account in the engine: a lane for receiving and one for sending, when each is due, and what only a person can help with.
 * Main thread. */
#pragma once

#include "sync-lane.h"

G_BEGIN_DECLS

#define SYNC_TYPE_ACCOUNT (sync_account_get_type ())
G_DECLARE_FINAL_TYPE (SyncAccount, sync_account, SYNC, ACCOUNT, GObject)

/* Signals: "password-needed" (direction as int, GError): once until a person has asked for a pass again. "rescheduled" (): its due times may be
 * others now. "news" (): while it is watched: the server has something new. */
SyncAccount *sync_account_new (Account *account, Store *store, AccountSecrets *secrets, BaseTrace *trace);

Account *sync_account_get_account (SyncAccount *self);
SyncStatus *sync_account_get_status (SyncAccount *self);

/**
 * sync_account_run_async:
 * @is_person: somebody asked for it: what was blocked is tried again, and asked for again
 *
 * The Outbox first, then incoming. What is blocked is left out unless @is_person.
 */
void sync_account_run_async (SyncAccount *self, SyncOptions options, gboolean is_person,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SyncReport *sync_account_run_finish (SyncAccount *self, GAsyncResult *result); /* (transfer full), never %NULL */

void sync_account_fetch_body_async (SyncAccount *self, gint64 message, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean sync_account_fetch_body_finish (SyncAccount *self, GAsyncResult *result, GError **error);

/* sync_account_next_receive, _next_send: seconds since 1970, 0 for never or not before what runs has ended */
gint64 sync_account_next_receive (SyncAccount *self, gint64 now);
gint64 sync_account_next_send (SyncAccount *self, gint64 now);

/* sync_account_note_changes: something was changed here: where the account's server has to be told (IMAP), a pass follows in a second. After a
 * failure it waits for the next one that is due. */
void sync_account_note_changes (SyncAccount *self);

/* sync_account_set_watching, _set_open_folder: see sync-lane.h */
void sync_account_set_watching (SyncAccount *self, gboolean is_watching);
void sync_account_set_open_folder (SyncAccount *self, gint64 folder);

gboolean sync_account_is_busy (SyncAccount *self);
void sync_account_cancel (SyncAccount *self);
void sync_account_stop (SyncAccount *self); /* joins both threads */

G_END_DECLS
