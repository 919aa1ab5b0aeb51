/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trying one server out: logs in and leaves, in a thread of its own that ends with it. Main thread. */
#pragma once

#include "account-secrets.h"
#include "base-trace.h"

G_BEGIN_DECLS

typedef struct _SyncCheck SyncCheck;

typedef void (*SyncCheckEnded) (SyncCheck *check, gpointer data);

/**
 * sync_check_new:
 * @password: (nullable): %NULL looks it up
 * @task: (transfer full): is given a boolean or the error
 * @ended: called in the main thread, once, before @task returns; it frees the check
 */
SyncCheck *sync_check_new (Account *account, AccountDirection direction, const char *password, AccountSecrets *secrets, BaseTrace *trace,
                           GTask *task, SyncCheckEnded ended, gpointer data);

/* sync_check_stop: cancels and joins the thread; @ended still comes, from the main loop */
void sync_check_stop (SyncCheck *self);
void sync_check_free (SyncCheck *self);

G_END_DECLS
