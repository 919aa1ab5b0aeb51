/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files about contacts share. */
#pragma once

#include "store-contacts.h"
#include "store-private.h"

G_BEGIN_DECLS

/* store_contact_groups_join: contact @id is in the groups its @card names and in no others; in the open transaction */
gboolean store_contact_groups_join (StoreDatabase *database, gint64 id, const MailCard *card, GError **error);

/* store_contacts_run: a statement with up to two numbers and a text, where those are asked for; no rows */
gboolean store_contacts_run (StoreDatabase *database, const char *sql, gint64 first, gint64 second, const char *text, GError **error);

G_END_DECLS
