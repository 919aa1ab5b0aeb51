/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rest of a message that is here in part: asked for by a reader's bar. */
#pragma once

#include "reader-view.h"
#include "sync-engine.h"

G_BEGIN_DECLS

/* app_fetching_start: @reader says that it is on its way; a failure is its signal "failed". Nothing is heard of it once @cancellable was
 * cancelled. Main thread. */
void app_fetching_start (ReaderView *reader, SyncEngine *engine, gint64 id, GCancellable *cancellable);

G_END_DECLS
