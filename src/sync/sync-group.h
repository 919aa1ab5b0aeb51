/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several accounts that run side by side for one caller. Main thread. */
#pragma once

#include "sync-account.h"

G_BEGIN_DECLS

/**
 * sync_group_run:
 * @task: (transfer none): its data is the group's; returns a GPtrArray of SyncReport, in the order of @accounts, when the last has ended
 * @accounts: of SyncAccount
 *
 * A person has asked for it unless @options have %SYNC_BY_ITSELF. The task's cancellable is that of every run.
 */
void sync_group_run (GTask *task, GPtrArray *accounts, SyncOptions options);

G_END_DECLS
