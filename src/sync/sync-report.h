/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making and adding up SyncReports. */
#pragma once

#include "sync-engine.h"

G_BEGIN_DECLS

SyncReport *sync_report_new (gint64 account);

/* sync_report_add: counts, seconds and copies of the errors of @other */
void sync_report_add (SyncReport *self, const SyncReport *other);

/* sync_report_take_error: @error (transfer full) (nullable) */
void sync_report_take_error (SyncReport *self, GError *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyncReport, sync_report_free)

G_END_DECLS
