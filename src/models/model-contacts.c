/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The contacts, through the store's workers. */
#include "model-contacts.h"

#include "store-changes.h"
#include "store-completion.h"
#include "store-contacts.h"

struct _ModelContacts
{
  ModelRecords parent_instance;
};

G_DEFINE_FINAL_TYPE (ModelContacts, model_contacts, MODEL_TYPE_RECORDS)

typedef struct
{
  gint64 id;      /* of a contact or group */
  char *text;
  guint number;   /* a limit or a version */
  MailCard *card;
  GBytes *file;
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_free (wish->text);
  mail_card_free (wish->card);
  g_clear_pointer (&wish->file, g_bytes_unref);
  g_free (wish);
}

/* In the store's workers */

static gpointer
make_list (GPtrArray *rows, ModelPerson *(*make) (gpointer row))
{
  GListStore *list;

  if (!rows)
    return NULL;
  list = g_list_store_new (MODEL_TYPE_PERSON);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (ModelPerson) person = make (g_ptr_array_index (rows, i));

      g_list_store_append (list, person);
    }
  return list;
}

static ModelPerson *
person_from_completion (gpointer row)
{
  static const ModelPersonKind kinds[] = { MODEL_PERSON_CONTACT, MODEL_PERSON_CORRESPONDENT, MODEL_PERSON_GROUP };
  const StoreCompletion *completion = row;

  return model_person_new (kinds[completion->kind], 0, completion->name, completion->address, completion->n_members);
}

static ModelPerson *
person_from_contact (gpointer row)
{
  const StoreContact *contact = row;

  return model_person_new (MODEL_PERSON_CONTACT, contact->id, contact->name, contact->address, 0);
}

static ModelPerson *
person_from_group (gpointer row)
{
  const StoreContactGroup *group = row;

  return model_person_new (MODEL_PERSON_GROUP, group->id, group->name, "", group->n_members);
}

static gpointer
run_complete (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Wish *wish = data;
  g_autoptr (GPtrArray) rows = store_completion_list (database, wish->text, wish->number, error);

  return make_list (rows, person_from_completion);
}

static gpointer
run_list (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Wish *wish = data;
  g_autoptr (GPtrArray) rows = store_contacts_list (database, wish->text, wish->id, error);

  return make_list (rows, person_from_contact);
}

static gpointer
run_list_groups (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) rows = store_contact_groups_list (database, error);

  return make_list (rows, person_from_group);
}

static gpointer
run_load (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return store_contacts_load (database, ((Wish *) data)->id, error);
}

static gpointer
run_export (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return store_contacts_export (database, NULL, 0, ((Wish *) data)->number, error);
}

static gpointer
run_save (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Wish *wish = data;

  return model_records_give_number (store_contacts_save (database, wish->id, wish->card, error));
}

static gpointer
run_find (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_auto (GStrv) emails = mail_card_dup_emails (((Wish *) data)->card);
  gint64 id = 0;

  for (char **email = emails; *email && id == 0; email++)
    id = store_contacts_find_address (database, *email, error);
  return model_records_give_number (id);
}

static gpointer
run_merge (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Wish *wish = data;
  g_autoptr (MailCard) own = store_contacts_load (database, wish->id, error);

  if (!own)
    return NULL;
  return model_records_give_number (mail_card_merge (own, wish->card) ? store_contacts_save (database, wish->id, own, error) : wish->id);
}

static gpointer
run_delete (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return model_records_give_number (store_contacts_delete (database, &((Wish *) data)->id, 1, error) ? 0 : -1);
}

static gpointer
run_save_group (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Wish *wish = data;

  return model_records_give_number (store_contact_groups_save (database, wish->id, wish->text, error));
}

static gpointer
run_delete_group (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return model_records_give_number (store_contact_groups_delete (database, ((Wish *) data)->id, error) ? 0 : -1);
}

static gpointer
run_import (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  gsize size;
  const char *bytes = g_bytes_get_data (((Wish *) data)->file, &size);
  g_autoptr (GPtrArray) cards = mail_card_parse_list (bytes, size);
  guint n_added;

  return model_records_give_number (store_contacts_import (database, cards, &n_added, cancellable, error) ? (gint64) n_added : -1);
}

/* In the main thread */

/* Takes the wish. A suggestion must not wait for who writes. */
static void
run (ModelContacts *self, ModelRecordsFunc func, const Wish *wish, GDestroyNotify result_free, GCancellable *cancellable,
     GAsyncReadyCallback callback, gpointer user_data)
{
  model_records_run_async (MODEL_RECORDS (self), func, g_memdup2 (wish, sizeof *wish), wish_free, result_free, func == run_complete, cancellable,
                           callback, user_data);
}

void
model_contacts_complete_async (ModelContacts *self, const char *text, guint limit, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  run (self, run_complete, &(Wish) { .text = g_strdup (text), .number = limit }, g_object_unref, cancellable, callback, user_data);
}

void
model_contacts_list_async (ModelContacts *self, const char *text, gint64 group, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  run (self, run_list, &(Wish) { .id = group, .text = g_strdup (text) }, g_object_unref, cancellable, callback, user_data);
}

void
model_contacts_list_groups_async (ModelContacts *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  run (self, run_list_groups, &(Wish) { 0 }, g_object_unref, cancellable, callback, user_data);
}

GListModel *
model_contacts_list_finish (ModelContacts *self, GAsyncResult *result, GError **error)
{
  return model_records_run_finish (MODEL_RECORDS (self), result, error);
}

void
model_contacts_load_async (ModelContacts *self, gint64 id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  run (self, run_load, &(Wish) { .id = id }, (GDestroyNotify) mail_card_free, cancellable, callback, user_data);
}

MailCard *
model_contacts_load_finish (ModelContacts *self, GAsyncResult *result, GError **error)
{
  return model_records_run_finish (MODEL_RECORDS (self), result, error);
}

void
model_contacts_save_async (ModelContacts *self, gint64 id, const MailCard *card, GAsyncReadyCallback callback, gpointer user_data)
{
  run (self, run_save, &(Wish) { .id = id, .card = mail_card_copy (card) }, g_free, NULL, callback, user_data);
}

void
model_contacts_find_async (ModelContacts *self, const MailCard *card, GAsyncReadyCallback callback, gpointer user_data)
{
  run (self, run_find, &(Wish) { .card = mail_card_copy (card) }, g_free, NULL, callback, user_data);
}

void
model_contacts_merge_async (ModelContacts *self, gint64 id, const MailCard *card, GAsyncReadyCallback callback, gpointer user_data)
{
  run (self, run_merge, &(Wish) { .id = id, .card = mail_card_copy (card) }, g_free, NULL, callback, user_data);
}

void
model_contacts_delete_async (ModelContacts *self, gint64 id, GAsyncReadyCallback callback, gpointer user_data)
{
  run (self, run_delete, &(Wish) { .id = id }, g_free, NULL, callback, user_data);
}

void
model_contacts_save_group_async (ModelContacts *self, gint64 id, const char *name, GAsyncReadyCallback callback, gpointer user_data)
{
  run (self, run_save_group, &(Wish) { .id = id, .text = g_strdup (name) }, g_free, NULL, callback, user_data);
}

void
model_contacts_delete_group_async (ModelContacts *self, gint64 id, GAsyncReadyCallback callback, gpointer user_data)
{
  run (self, run_delete_group, &(Wish) { .id = id }, g_free, NULL, callback, user_data);
}

void
model_contacts_import_async (ModelContacts *self, GBytes *file, GAsyncReadyCallback callback, gpointer user_data)
{
  run (self, run_import, &(Wish) { .file = g_bytes_ref (file) }, g_free, NULL, callback, user_data);
}

gint64
model_contacts_finish (ModelContacts *self, GAsyncResult *result, GError **error)
{
  return model_records_take_number (MODEL_RECORDS (self), result, error);
}

void
model_contacts_export_async (ModelContacts *self, guint version, GAsyncReadyCallback callback, gpointer user_data)
{
  run (self, run_export, &(Wish) { .number = version }, (GDestroyNotify) g_bytes_unref, NULL, callback, user_data);
}

GBytes *
model_contacts_export_finish (ModelContacts *self, GAsyncResult *result, GError **error)
{
  return model_records_run_finish (MODEL_RECORDS (self), result, error);
}

static void
model_contacts_class_init (ModelContactsClass *klass)
{
  MODEL_RECORDS_CLASS (klass)->kinds = STORE_CHANGED_CONTACTS;
}

static void
model_contacts_init (ModelContacts *self)
{
}

ModelContacts *
model_contacts_new (Store *store)
{
  return g_object_new (MODEL_TYPE_CONTACTS, "store", store, NULL);
}
