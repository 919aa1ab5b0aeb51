/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contacts, their groups, and whom the beginning of a name may mean. */
#include "search-fixture.h"

#include "base-error.h"
#include "mail-address.h"
#include "store-completion.h"
#include "store-contacts.h"

#include <string.h>

static gint64
add_contact (StoreFixture *self, const char *name, const char *first, const char *second, const char *group)
{
  g_autoptr (MailCard) card = mail_card_new ();
  const char *const emails[] = { first, second, NULL };
  const char *const groups[] = { group, NULL };
  g_autoptr (GError) error = NULL;
  gint64 id;

  mail_card_set_text (card, "FN", name);
  mail_card_set_texts (card, "EMAIL", emails);
  mail_card_set_groups (card, groups);
  id = store_contacts_save (self->database, 0, card, &error);
  g_assert_no_error (error);
  return id;
}

/* A message of account 1 as it would come or go */
static gint64
add_mail (StoreFixture *self, MailRole role, const char *from, const char *to, gint64 when)
{
  g_autoptr (MailSummary) summary = mail_summary_new ();
  g_autofree char *text = g_strdup_printf ("From: %s\r\nTo: %s\r\n\r\n%" G_GINT64_FORMAT, from, to, when);
  g_autoptr (GBytes) source = g_bytes_new (text, strlen (text));
  gint64 folder, id;

  store_fixture_inbox (self);
  folder = store_folders_find_role (self->database, 1, role, NULL);
  g_ptr_array_unref (summary->from);
  summary->from = mail_address_list_parse (from);
  g_ptr_array_unref (summary->to);
  summary->to = mail_address_list_parse (to);
  summary->received = when;
  id = store_messages_add (self->database, folder, source, summary, NULL);
  g_assert_cmpint (id, >, 0);
  return id;
}

static void
assert_completion (StoreFixture *self, const char *text, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreDatabase) database = store_search_open (self->store, &error);
  g_autoptr (GPtrArray) list = database ? store_completion_list (database, text, 10, &error) : NULL;
  g_autoptr (GString) found = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < list->len; i++)
    {
      const StoreCompletion *one = g_ptr_array_index (list, i);

      g_string_append_printf (found, "%s%s<%s>", i > 0 ? " " : "", one->name, one->address);
    }
  g_assert_cmpstr (found->str, ==, expected);
}

static void
assert_names (StoreFixture *self, const char *text, gint64 group, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = store_contacts_list (self->database, text, group, &error);
  g_autoptr (GString) names = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < list->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", ((StoreContact *) g_ptr_array_index (list, i))->name);
  g_assert_cmpstr (names->str, ==, expected);
}

static void
test_search (StoreFixture *self, gconstpointer data)
{
  add_contact (self, "Łukasz Żak", "lukasz@example.org", NULL, NULL);
  add_contact (self, "ana Ruiz", "ana@example.org", "ruiz@work.example", NULL);
  add_contact (self, "Zoë", "zoe@example.org", NULL, NULL);
  assert_names (self, NULL, 0, "ana Ruiz, Łukasz Żak, Zoë");
  assert_names (self, "zak", 0, "Łukasz Żak");
  assert_names (self, "zoe", 0, "Zoë");
  assert_names (self, "ru an", 0, "ana Ruiz");
  assert_names (self, "uiz", 0, "");
}

static void
test_undo (StoreFixture *self, gconstpointer data)
{
  gint64 id = add_contact (self, "Ana", "ana@example.org", NULL, "Choir");
  g_autoptr (MailCard) card = store_contacts_load (self->database, id, NULL);
  g_autoptr (MailCard) gone = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (store_contacts_delete (self->database, &id, 1, NULL));
  gone = store_contacts_load (self->database, id, &error);
  g_assert_null (gone);
  g_assert_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND);
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM contact_word"), ==, 0);
  g_assert_cmpint (store_contacts_save (self->database, id, card, NULL), ==, id);
  assert_names (self, "ana", 0, "Ana");
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM contact_member"), ==, 1);
}

static void
test_groups (StoreFixture *self, gconstpointer data)
{
  gint64 id = add_contact (self, "Ana", "ana@example.org", NULL, "Choir");
  g_autoptr (GError) error = NULL;
  g_autoptr (MailCard) card = NULL;
  g_auto (GStrv) groups = NULL;
  gint64 choir, family;

  choir = store_fixture_count (self, "SELECT id FROM contact_group");
  family = store_contact_groups_save (self->database, 0, " Family ", NULL);
  g_assert_cmpint (store_contact_groups_save (self->database, family, "Choir", &error), ==, -1);
  g_assert_error (error, BASE_ERROR, BASE_ERROR_EXISTS);
  g_assert_cmpint (store_contact_groups_save (self->database, choir, "The choir", NULL), ==, choir);
  assert_names (self, NULL, choir, "Ana");
  assert_names (self, NULL, family, "");
  card = store_contacts_load (self->database, id, NULL);
  groups = mail_card_dup_groups (card);
  g_assert_cmpstr (groups[0], ==, "The choir");
  g_assert_true (store_contact_groups_delete (self->database, choir, NULL));
  assert_names (self, NULL, 0, "Ana");
  g_assert_cmpint (store_fixture_count (self, "SELECT count (*) FROM contact_group"), ==, 1);
}

static void
test_import (StoreFixture *self, gconstpointer data)
{
  static const char file[] = "BEGIN:VCARD\nFN:Ana\nUID:urn:uuid:1\nEMAIL:ana@example.org\nEND:VCARD\n"
                             "BEGIN:VCARD\nFN:Tom\nEMAIL:tom@example.org\nEND:VCARD\n"
                             "BEGIN:VCARD\nKIND:group\nFN:Choir\nMEMBER:urn:uuid:1\nEND:VCARD\n"
                             "BEGIN:VCARD\nNOTE:nobody\nEND:VCARD\n";
  guint n_first, n_second;

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (GPtrArray) cards = mail_card_parse_list (file, strlen (file));

      g_assert_true (store_contacts_import (self->database, cards, i == 0 ? &n_first : &n_second, NULL, NULL));
    }
  g_assert_cmpuint (n_first, ==, 2);
  g_assert_cmpuint (n_second, ==, 0);
  assert_names (self, NULL, 0, "Ana, Tom");
  assert_names (self, NULL, store_fixture_count (self, "SELECT id FROM contact_group"), "Ana");
}

static void
test_export (StoreFixture *self, gconstpointer data)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GPtrArray) cards = NULL;
  guint n;

  add_contact (self, "Ana", "ana@example.org", NULL, "Choir");
  add_contact (self, "Tom", "tom@example.org", NULL, NULL);
  bytes = store_contacts_export (self->database, NULL, 0, 3, NULL);
  cards = mail_card_parse_list (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_cmpuint (cards->len, ==, 2);
  g_assert_true (store_contacts_import (self->database, cards, &n, NULL, NULL));
  g_assert_cmpuint (n, ==, 0);
}

/* Recipients of sent mail before those who only wrote, whoever is written to more and later before others; junk teaches nothing. */
static void
test_collected (StoreFixture *self, gconstpointer data)
{
  const gint64 day = 24 * 3600;
  const gint64 start = 1700000000;

  for (int i = 0; i < 3; i++)
    add_mail (self, MAIL_ROLE_INBOX, "Anton Wrote <anton@example.org>", "me@example.net", start + i * day);
  add_mail (self, MAIL_ROLE_SENT, "me@example.net", "Anna Often <anna@example.org>, Andrea <andrea@example.org>", start);
  add_mail (self, MAIL_ROLE_SENT, "me@example.net", "anna@example.org", start + day);
  add_mail (self, MAIL_ROLE_JUNK, "Angel Offer <angel@spam.example>", "me@example.net", start + 9 * day);
  add_mail (self, MAIL_ROLE_INBOX, "Announcements <no-reply@example.org>", "me@example.net", start);
  search_fixture_index (self);
  assert_completion (self, "an", "Anna Often<anna@example.org> Andrea<andrea@example.org> Anton Wrote<anton@example.org>");
  assert_completion (self, "often an", "Anna Often<anna@example.org>");
  assert_completion (self, "andrea@example.org", "Andrea<andrea@example.org>");
  assert_completion (self, "org", "");
  assert_completion (self, "  ", "");
}

static void
test_counted_once (StoreFixture *self, gconstpointer data)
{
  gint64 id = add_mail (self, MAIL_ROLE_INBOX, "Ana <ana@example.org>", "me@example.net", 1700000000);
  g_autoptr (MailSummary) summary = store_messages_get (self->database, id, NULL);
  g_autoptr (GBytes) source = g_bytes_new_static ("From: Ana <ana@example.org>\r\n\r\nmore", 35);
  g_autoptr (StoreDatabase) database = NULL;
  sqlite3_stmt *statement;
  gboolean has_row;

  search_fixture_index (self);
  g_assert_true (store_messages_replace (self->database, id, source, summary, NULL));
  search_fixture_index (self);
  database = store_search_open (self->store, NULL);
  statement = store_database_prepare (database, "SELECT n_received FROM person", NULL);
  g_assert_true (store_database_step (database, statement, &has_row, NULL) && has_row);
  g_assert_cmpint (sqlite3_column_int (statement, 0), ==, 1);
  sqlite3_reset (statement);
}

static void
test_contacts_first (StoreFixture *self, gconstpointer data)
{
  add_mail (self, MAIL_ROLE_SENT, "me@example.net", "ana@work.example, Anabel <anabel@example.org>", 1700000000);
  add_contact (self, "Ana Ruiz", "ana@example.org", "ana@work.example", "Analysts");
  search_fixture_index (self);
  assert_completion (self, "ana", "Analysts<Ana Ruiz <ana@example.org>> Ana Ruiz<ana@work.example> Ana Ruiz<ana@example.org>"
                     " Anabel<anabel@example.org>");
  assert_completion (self, "ruiz", "Ana Ruiz<ana@work.example> Ana Ruiz<ana@example.org>");
}

static void
test_new_name (StoreFixture *self, gconstpointer data)
{
  add_mail (self, MAIL_ROLE_SENT, "me@example.net", "Miss Maiden <ana@example.org>", 1700000000);
  search_fixture_index (self);
  add_mail (self, MAIL_ROLE_SENT, "me@example.net", "Mrs. Married <ana@example.org>", 1700000100);
  search_fixture_index (self);
  assert_completion (self, "maiden", "");
  assert_completion (self, "married", "Mrs. Married<ana@example.org>");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  store_fixture_test ("/store/contacts/searched-by-the-beginnings-of-words", test_search);
  store_fixture_test ("/store/contacts/a-deleted-one-can-come-back", test_undo);
  store_fixture_test ("/store/contacts/groups-are-renamed-and-go-without-their-members", test_groups);
  store_fixture_test ("/store/contacts/a-file-imported-twice-is-there-once", test_import);
  store_fixture_test ("/store/contacts/what-is-exported-can-be-imported", test_export);
  store_fixture_test ("/store/completion/who-is-written-to-comes-first", test_collected);
  store_fixture_test ("/store/completion/a-message-counts-once", test_counted_once);
  store_fixture_test ("/store/completion/contacts-come-before-others", test_contacts_first);
  store_fixture_test ("/store/completion/the-newest-name-holds", test_new_name);
  return g_test_run ();
}
