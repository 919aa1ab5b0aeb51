/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contacts through the model: changed, listed, completed, and told about. */
#include "model-contacts.h"
#include "model-test.h"

#include "base-error.h"

#include <string.h>

typedef struct
{
  ModelTest base;
  ModelContacts *contacts;
  GAsyncResult *result;
  guint n_changes;
} ContactsTest;

static void
on_changed (ContactsTest *test)
{
  test->n_changes++;
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  ((ContactsTest *) data)->result = g_object_ref (result);
}

static gboolean
is_done (gpointer data)
{
  return ((ContactsTest *) data)->result != NULL;
}

static gboolean
is_told (gpointer data)
{
  return ((ContactsTest *) data)->n_changes > 0;
}

static GAsyncResult *
wait_for (ContactsTest *test)
{
  model_test_wait (is_done, test);
  return g_steal_pointer (&test->result);
}

static gint64
finish (ContactsTest *test, GError **error)
{
  g_autoptr (GAsyncResult) result = wait_for (test);

  return model_contacts_finish (test->contacts, result, error);
}

static void
set_up (ContactsTest *test, gconstpointer data)
{
  model_test_set_up (&test->base, data);
  test->contacts = model_contacts_new (test->base.store);
  g_signal_connect_swapped (test->contacts, "changed", G_CALLBACK (on_changed), test);
}

static void
tear_down (ContactsTest *test, gconstpointer data)
{
  model_test_settle (10);
  g_assert_finalize_object (test->contacts);
  model_test_tear_down (&test->base, data);
}

static gint64
save (ContactsTest *test, const char *name, const char *email, const char *group)
{
  const char *const groups[] = { group, NULL };
  g_autoptr (MailCard) card = mail_card_new ();

  mail_card_set_text (card, "FN", name);
  mail_card_set_text (card, "EMAIL", email);
  mail_card_set_groups (card, groups);
  model_contacts_save_async (test->contacts, 0, card, on_done, test);
  return finish (test, NULL);
}

static void
assert_list (ContactsTest *test, const char *expected)
{
  g_autoptr (GAsyncResult) result = wait_for (test);
  g_autoptr (GListModel) list = model_contacts_list_finish (test->contacts, result, NULL);
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (ModelPerson) person = g_list_model_get_item (list, i);

      g_string_append_printf (found, "%s%s <%s> %u", i > 0 ? "; " : "", model_person_get_name (person), model_person_get_address (person),
                              model_person_get_n_members (person));
    }
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_told (ContactsTest *test, gconstpointer data)
{
  gint64 id = save (test, "Ana", "ana@example.org", "Choir");

  g_assert_cmpint (id, >, 0);
  model_test_wait (is_told, test);
  model_contacts_list_async (test->contacts, "an", 0, NULL, on_done, test);
  assert_list (test, "Ana <ana@example.org> 0");
  model_contacts_list_groups_async (test->contacts, NULL, on_done, test);
  assert_list (test, "Choir <> 1");
}

/* A card that came by mail finds the person by any of its addresses, and adds what is new. */
static void
test_newcomer (ContactsTest *test, gconstpointer data)
{
  gint64 id = save (test, "Ana", "ana@example.org", NULL);
  const char *const emails[] = { "ruiz@example.net", "ANA@example.org", NULL };
  g_autoptr (MailCard) card = mail_card_new ();

  mail_card_set_text (card, "FN", "Ana Ruiz");
  mail_card_set_texts (card, "EMAIL", emails);
  model_contacts_find_async (test->contacts, card, on_done, test);
  g_assert_cmpint (finish (test, NULL), ==, id);
  model_contacts_merge_async (test->contacts, id, card, on_done, test);
  g_assert_cmpint (finish (test, NULL), ==, id);
  mail_card_set_text (card, "EMAIL", "ruiz@example.net");
  model_contacts_find_async (test->contacts, card, on_done, test);
  g_assert_cmpint (finish (test, NULL), ==, id);
}

static void
test_suggested (ContactsTest *test, gconstpointer data)
{
  save (test, "Ana", "ana@example.org", "Choir");
  model_contacts_complete_async (test->contacts, "an", 5, NULL, on_done, test);
  assert_list (test, "Ana <ana@example.org> 0");
  model_contacts_complete_async (test->contacts, "cho", 5, NULL, on_done, test);
  assert_list (test, "Choir <Ana <ana@example.org>> 1");
}

static void
test_undone (ContactsTest *test, gconstpointer data)
{
  gint64 id = save (test, "Ana", "ana@example.org", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (MailCard) card = NULL;

  model_contacts_load_async (test->contacts, id, NULL, on_done, test);
  result = wait_for (test);
  card = model_contacts_load_finish (test->contacts, result, NULL);
  model_contacts_delete_async (test->contacts, id, on_done, test);
  g_assert_cmpint (finish (test, NULL), ==, 0);
  model_contacts_list_async (test->contacts, NULL, 0, NULL, on_done, test);
  assert_list (test, "");
  model_contacts_save_async (test->contacts, id, card, on_done, test);
  g_assert_cmpint (finish (test, NULL), ==, id);
  model_contacts_list_async (test->contacts, NULL, 0, NULL, on_done, test);
  assert_list (test, "Ana <ana@example.org> 0");
}

static void
test_files (ContactsTest *test, gconstpointer data)
{
  static const char file[] = "BEGIN:VCARD\nFN:Ana\nEND:VCARD\nBEGIN:VCARD\nFN:Tom\nEND:VCARD\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (file, strlen (file));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) exported = NULL;

  model_contacts_import_async (test->contacts, bytes, on_done, test);
  g_assert_cmpint (finish (test, NULL), ==, 2);
  model_contacts_export_async (test->contacts, 4, on_done, test);
  result = wait_for (test);
  exported = model_contacts_export_finish (test->contacts, result, NULL);
  model_contacts_import_async (test->contacts, exported, on_done, test);
  g_assert_cmpint (finish (test, NULL), ==, 0);
}

static void
test_refused (ContactsTest *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  model_contacts_save_group_async (test->contacts, 0, "Choir", on_done, test);
  g_assert_cmpint (finish (test, NULL), >, 0);
  model_contacts_save_group_async (test->contacts, 0, "Choir", on_done, test);
  g_assert_cmpint (finish (test, &error), ==, -1);
  g_assert_error (error, BASE_ERROR, BASE_ERROR_EXISTS);
}

#define add(path, func) g_test_add (path, ContactsTest, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("/models/contacts/what-is-saved-is-told-and-listed", test_told);
  add ("/models/contacts/a-card-that-came-finds-its-person-and-adds-to-it", test_newcomer);
  add ("/models/contacts/contacts-and-groups-are-suggested", test_suggested);
  add ("/models/contacts/a-deletion-is-undone", test_undone);
  add ("/models/contacts/files-go-in-and-out", test_files);
  add ("/models/contacts/a-name-that-is-taken-is-refused", test_refused);
  return g_test_run ();
}
