/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The contacts and their groups. Which groups a contact is in stands in its card (CATEGORIES), so that it travels with it. */
#pragma once

#include "mail-card.h"
#include "store.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id;
  char *name;
  char *address;  /* the preferred one; "" when there is none */
} StoreContact;

void store_contact_free (StoreContact *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreContact, store_contact_free)

typedef struct
{
  gint64 id;
  char *name;
  guint n_members;
} StoreContactGroup;

void store_contact_group_free (StoreContactGroup *self);

/**
 * store_contacts_list:
 * @text: (nullable): each of its words must begin a word of the contact's
 * @group: 0 for all
 *
 * Returns: (transfer full): of StoreContact, by name
 */
GPtrArray *store_contacts_list (StoreDatabase *database, const char *text, gint64 group, GError **error);

/* store_contacts_load: (transfer full): %BASE_ERROR_NOT_FOUND */
MailCard *store_contacts_load (StoreDatabase *database, gint64 id, GError **error);

/**
 * store_contacts_save:
 * @id: 0 for a new one; one that is gone comes back under that number, which is how a deletion is undone
 * @card: gets a UID where it has none; groups it names are made where they are missing
 *
 * Returns: the id, or -1 with %BASE_ERROR_INVALID (a contact without a name and an address) or a store error
 */
gint64 store_contacts_save (StoreDatabase *database, gint64 id, MailCard *card, GError **error);

/* store_contacts_delete: ids that are gone are passed over */
gboolean store_contacts_delete (StoreDatabase *database, const gint64 *ids, gsize n_ids, GError **error);

/* store_contacts_find_address: the contact with that address; 0 when there is none, -1 with @error */
gint64 store_contacts_find_address (StoreDatabase *database, const char *address, GError **error);

/**
 * store_contacts_import:
 * @cards: of MailCard; cards that are groups put their members into one
 * @n_added: (out): contacts that are new; one with the UID of a contact replaces it, one that is there already to the letter does nothing
 *
 * One transaction.
 */
gboolean store_contacts_import (StoreDatabase *database, const GPtrArray *cards, guint *n_added, GCancellable *cancellable, GError **error);

/* store_contacts_export: (transfer full): a file of vCards; @ids: (nullable): %NULL for all; @version: 3 or 4 */
GBytes *store_contacts_export (StoreDatabase *database, const gint64 *ids, gsize n_ids, guint version, GError **error);

/* store_contact_groups_list: (transfer full): of StoreContactGroup, by name */
GPtrArray *store_contact_groups_list (StoreDatabase *database, GError **error);

/* store_contact_groups_save: @id: 0 for a new one; the id, or -1 with %BASE_ERROR_EXISTS, %BASE_ERROR_INVALID (no name) or a store error */
gint64 store_contact_groups_save (StoreDatabase *database, gint64 id, const char *name, GError **error);

/* store_contact_groups_delete: the contacts stay */
gboolean store_contact_groups_delete (StoreDatabase *database, gint64 id, GError **error);

G_END_DECLS
