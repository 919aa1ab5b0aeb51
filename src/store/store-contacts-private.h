/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files about contacts share. */
#pragma once

#include "store-contacts.h"
#include "store-private.h"

G_BEGIN_DECLS

#define STORE_CONTACT_GROUP_MAX_NAME 200 /* bytes */

/* store_contact_members_run: a statement with up to two numbers and a text, where those are asked for; no rows */
gboolean store_contact_members_run (StoreDatabase *database, const char *sql, gint64 first, gint64 second, const char *text, GError **error);

/* store_contact_members_find_group: @id is 0 when there is none of this name */
gboolean store_contact_members_find_group (StoreDatabase *database, const char *name, gint64 *id, GError **error);

/* store_contact_members_make_group: in the open transaction */
gboolean store_contact_members_make_group (StoreDatabase *database, const char *name, gint64 *id, GError **error);

/* store_contact_members_join: contact @id is in the groups its @card names and in no others; in the open transaction */
gboolean store_contact_members_join (StoreDatabase *database, gint64 id, const MailCard *card, GError **error);

G_END_DECLS
