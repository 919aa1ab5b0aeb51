/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which drafts a composer is open for: found at a start, they were being written when the program ended. */
#pragma once

#include "store.h"

G_BEGIN_DECLS

/* store_writing_set: the mark goes with its message; taking it from one that has none is no error */
gboolean store_writing_set (StoreDatabase *database, gint64 message, gboolean is_being_written, GError **error);

GArray *store_writing_list (StoreDatabase *database, GError **error); /* (transfer full): of gint64, in the order they were begun */

G_END_DECLS
