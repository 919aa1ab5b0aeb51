/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commits by other processes (the CLI beside the app), noticed and told as STORE_CHANGED_EVERYTHING. The thread that made it. */
#pragma once

#include "store-changes.h"

G_BEGIN_DECLS

typedef struct _StoreWatch StoreWatch;

/* store_watch_new: of the database at @path, by looking through @reader, which must outlive it; reports to @changes */
StoreWatch *store_watch_new (StoreChanges *changes, const char *path, StoreDatabase *reader);
void store_watch_free (StoreWatch *self);

G_END_DECLS
