/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The contacts, through the store's workers. */
#include "model-contacts.h"

#include "store-changes.h"
#include "store-completion.h"
#include "store-contacts.h"

struct _ModelContacts
{
  GObject parent_instance;
  Store *store;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ModelContacts, model_contacts, G_TYPE_OBJECT)

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
give_number (gint64 number)
{
  return number < 0 ? NULL : g_memdup2 (&number, sizeof number);
}

static gpointer
run_save (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Wish *wish = data;

  return give_number (store_contacts_save (database, wish->id, wish->card, error));
}

static gpointer
run_delete (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return give_number (store_contacts_delete (database, &((Wish *) data)->id, 1, error) ? 0 : -1);
}

static gpointer
run_save_group (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Wish *wish = data;

  return give_number (store_contact_groups_save (database, wish->id, wish->text, error));
}

static gpointer
run_delete_group (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return give_number (store_contact_groups_delete (database, ((Wish *) data)->id, error) ? 0 : -1);
}

static gpointer
run_import (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  gsize size;
  const char *bytes = g_bytes_get_data (((Wish *) data)->file, &size);
  g_autoptr (GPtrArray) cards = mail_card_parse_list (bytes, size);
  guint n_added;

  return give_number (store_contacts_import (database, cards, &n_added, cancellable, error) ? (gint64) n_added : -1);
}

/* In the main thread */

static void
on_ran (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GDestroyNotify result_free = g_task_get_task_data (task);
  GError *error = NULL;
  gpointer value = store_run_finish (STORE_STORE (source), result, &error);

  if (value)
    g_task_return_pointer (task, value, result_free);
  else
    g_task_return_error (task, error);
}

/* Takes the wish. */
static void
run (ModelContacts *self, StoreFunc func, const Wish *wish, GDestroyNotify result_free, GCancellable *cancellable,
     GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, run);
  g_task_set_task_data (task, result_free, NULL);
  g_task_set_check_cancellable (task, cancellable != NULL);
  /* A suggestion must not wait for who writes. */
  (func == run_complete ? store_search_async : store_run_async) (self->store, func, g_memdup2 (wish, sizeof *wish), wish_free, result_free,
                                                                 cancellable, on_ran, task);
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
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
model_contacts_load_async (ModelContacts *self, gint64 id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  run (self, run_load, &(Wish) { .id = id }, (GDestroyNotify) mail_card_free, cancellable, callback, user_data);
}

MailCard *
model_contacts_load_finish (ModelContacts *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
model_contacts_save_async (ModelContacts *self, gint64 id, const MailCard *card, GAsyncReadyCallback callback, gpointer user_data)
{
  run (self, run_save, &(Wish) { .id = id, .card = mail_card_copy (card) }, g_free, NULL, callback, user_data);
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
  g_autofree gint64 *number = g_task_propagate_pointer (G_TASK (result), error);

  return number ? *number : -1;
}

void
model_contacts_export_async (ModelContacts *self, guint version, GAsyncReadyCallback callback, gpointer user_data)
{
  run (self, run_export, &(Wish) { .number = version }, (GDestroyNotify) g_bytes_unref, NULL, callback, user_data);
}

GBytes *
model_contacts_export_finish (ModelContacts *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_store_changed (StoreChanges *changes, GPtrArray *list, ModelContacts *self)
{
  if (store_changes_contain (list, STORE_CHANGED_CONTACTS | STORE_CHANGED_EVERYTHING))
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
model_contacts_finalize (GObject *object)
{
  g_clear_object (&MODEL_CONTACTS (object)->store);
  G_OBJECT_CLASS (model_contacts_parent_class)->finalize (object);
}

static void
model_contacts_class_init (ModelContactsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = model_contacts_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", MODEL_TYPE_CONTACTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
model_contacts_init (ModelContacts *self)
{
}

ModelContacts *
model_contacts_new (Store *store)
{
  ModelContacts *self = g_object_new (MODEL_TYPE_CONTACTS, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store_get_changes (store), "changed", G_CALLBACK (on_store_changed), self, 0);
  return self;
}
