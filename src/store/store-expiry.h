/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Since when messages are in Deleted and Junk. Known from the move where it was made here or was seen to be made; what was found there otherwise
 * counts from when it was looked for. */
#pragma once

#include "store.h"

G_BEGIN_DECLS

/* store_expiry_notice: what is in @folder and of which nobody knows since when: since @now (seconds since 1970) */
gboolean store_expiry_notice (StoreDatabase *database, gint64 folder, gint64 now, GError **error);

/* store_expiry_list: (transfer full): of gint64: up to @limit messages that are in @folder since before @before, the oldest first */
GArray *store_expiry_list (StoreDatabase *database, gint64 folder, gint64 before, guint limit, GError **error);

G_END_DECLS
