/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much room mail has and takes at its server, and how much of it goes out at once, by the server's last word. */
#pragma once

#include "store.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 used;  /* bytes */
  gint64 limit; /* bytes; 0: none is known, and used says nothing */
} StoreQuota;

/* store_room_get_quota: of an account; all 0 where nothing is known */
gboolean store_room_get_quota (StoreDatabase *database, gint64 account, StoreQuota *quota, GError **error);

/* store_room_set_quota: a limit of 0 forgets what was known */
gboolean store_room_set_quota (StoreDatabase *database, gint64 account, const StoreQuota *quota, GError **error);

/* store_room_get_size: @size: (out): bytes of a folder's mail at the server; -1 where nothing is known */
gboolean store_room_get_size (StoreDatabase *database, gint64 folder, gint64 *size, GError **error);
gboolean store_room_set_size (StoreDatabase *database, gint64 folder, gint64 size, GError **error);

/* store_room_get_limit: @limit: (out): bytes that a message may have which an account sends, by its server's last word (RFC 1870); 0 where
 * nothing is known */
gboolean store_room_get_limit (StoreDatabase *database, gint64 account, gint64 *limit, GError **error);

/* store_room_note_limit: 0 forgets what was known; nothing is written where nothing is new */
gboolean store_room_note_limit (StoreDatabase *database, gint64 account, gint64 limit, GError **error);

G_END_DECLS
