/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The contacts, for the window that shows them and for who writes: read, searched, completed, changed. Main thread; the store's workers do it. */
#pragma once

#include <gio/gio.h>

#include "mail-card.h"
#include "model-person.h"
#include "model-records.h"

G_BEGIN_DECLS

#define MODEL_TYPE_CONTACTS (model_contacts_get_type ())
G_DECLARE_FINAL_TYPE (ModelContacts, model_contacts, MODEL, CONTACTS, ModelRecords)

ModelContacts *model_contacts_new (Store *store);

/**
 * model_contacts_complete_async:
 * @text: the beginning of a name or address
 *
 * finish: (transfer full): a GListModel of ModelPerson, those that are meant most likely first
 */
void model_contacts_complete_async (ModelContacts *self, const char *text, guint limit, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);

/* model_contacts_list_async: @text: (nullable): see store_contacts_list (); @group: 0 for all
 * model_contacts_list_groups_async
 *
 * finish of these three: (transfer full): a GListModel of ModelPerson */
void model_contacts_list_async (ModelContacts *self, const char *text, gint64 group, GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data);
void model_contacts_list_groups_async (ModelContacts *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GListModel *model_contacts_list_finish (ModelContacts *self, GAsyncResult *result, GError **error);

/* model_contacts_load_async: finish: (transfer full): %BASE_ERROR_NOT_FOUND */
void model_contacts_load_async (ModelContacts *self, gint64 id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
MailCard *model_contacts_load_finish (ModelContacts *self, GAsyncResult *result, GError **error);

/* model_contacts_save_async: @id: 0 for a new one; a deleted one comes back under its number
 * model_contacts_delete_async
 * model_contacts_save_group_async: @id: 0 for a new one
 * model_contacts_delete_group_async: its contacts stay
 * model_contacts_import_async: @file: vCards
 * model_contacts_find_async: the contact with one of @card's addresses
 * model_contacts_merge_async: adds to contact @id what @card has and it lacks (mail_card_merge ())
 *
 * finish of these: the id that was saved or found, the number of contacts that were added; 0 where there is none to tell; -1 with @error */
void model_contacts_save_async (ModelContacts *self, gint64 id, const MailCard *card, GAsyncReadyCallback callback, gpointer user_data);
void model_contacts_delete_async (ModelContacts *self, gint64 id, GAsyncReadyCallback callback, gpointer user_data);
void model_contacts_save_group_async (ModelContacts *self, gint64 id, const char *name, GAsyncReadyCallback callback, gpointer user_data);
void model_contacts_delete_group_async (ModelContacts *self, gint64 id, GAsyncReadyCallback callback, gpointer user_data);
void model_contacts_import_async (ModelContacts *self, GBytes *file, GAsyncReadyCallback callback, gpointer user_data);
void model_contacts_find_async (ModelContacts *self, const MailCard *card, GAsyncReadyCallback callback, gpointer user_data);
void model_contacts_merge_async (ModelContacts *self, gint64 id, const MailCard *card, GAsyncReadyCallback callback, gpointer user_data);
gint64 model_contacts_finish (ModelContacts *self, GAsyncResult *result, GError **error);

/* model_contacts_export_async: all, as vCards of @version 3 or 4; finish: (transfer full) */
void model_contacts_export_async (ModelContacts *self, guint version, GAsyncReadyCallback callback, gpointer user_data);
GBytes *model_contacts_export_finish (ModelContacts *self, GAsyncResult *result, GError **error);

G_END_DECLS
