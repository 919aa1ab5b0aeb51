/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The contacts. */
#include "store-contacts-private.h"

#include "base-error.h"
#include "mail-words.h"
#include "store-people.h"

#include <string.h>

#define MAX_WORDS 8 /* of what is looked for */

void
store_contact_free (StoreContact *self)
{
  if (!self)
    return;
  g_free (self->name);
  g_free (self->address);
  g_free (self);
}

/* Listing */

static GPtrArray *
read_contacts (StoreDatabase *database, sqlite3_stmt *statement, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) store_contact_free);
  gboolean has_row;

  while (store_database_step (database, statement, &has_row, error))
    {
      StoreContact *contact;

      if (!has_row)
        return g_steal_pointer (&list);
      contact = g_new0 (StoreContact, 1);
      contact->id = sqlite3_column_int64 (statement, 0);
      contact->name = g_strdup ((const char *) sqlite3_column_text (statement, 1));
      contact->address = g_strdup ((const char *) sqlite3_column_text (statement, 2));
      g_ptr_array_add (list, contact);
    }
  return NULL;
}

/* Words are looked for behind the space that stands before each of them. */
GPtrArray *
store_contacts_list (StoreDatabase *database, const char *text, gint64 group, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT c.id, c.name, ifnull (a.address, '') FROM contact c"
    " LEFT JOIN contact_address a ON a.contact = c.id AND a.position = 0"
    " WHERE (?1 = 0 OR EXISTS (SELECT 1 FROM contact_member m WHERE m.contact_group = ?1 AND m.contact = c.id))");
  g_autoptr (GPtrArray) wanted = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (StoreStatement) statement = NULL;
  MailWords words;

  mail_words_init (&words, text ? text : "", text ? (gssize) store_people_measure (text) : 0);
  while (wanted->len < MAX_WORDS && mail_words_next (&words))
    {
      g_ptr_array_add (wanted, g_strdup_printf (" %.*s", (int) words.length, words.word));
      g_string_append_printf (sql, " AND instr (c.words, ?%u) > 0", wanted->len + 1);
    }
  g_string_append (sql, " ORDER BY c.sort_name, c.id");
  statement = store_database_prepare (database, sql->str, error);
  if (!statement)
    return NULL;
  sqlite3_bind_int64 (statement, 1, group);
  for (guint i = 0; i < wanted->len; i++)
    sqlite3_bind_text (statement, (int) i + 2, g_ptr_array_index (wanted, i), -1, SQLITE_STATIC);
  return read_contacts (database, statement, error);
}

MailCard *
store_contacts_load (StoreDatabase *database, gint64 id, GError **error)
{
  g_autoptr (StoreStatement) statement = store_database_prepare (database, "SELECT card FROM contact WHERE id = ?1", error);
  g_autoptr (GPtrArray) cards = NULL;
  gboolean has_row;

  if (!statement)
    return NULL;
  sqlite3_bind_int64 (statement, 1, id);
  if (!store_database_step (database, statement, &has_row, error))
    return NULL;
  if (has_row)
    cards = mail_card_parse_list ((const char *) sqlite3_column_text (statement, 0), sqlite3_column_bytes (statement, 0));
  if (cards && cards->len > 0)
    return g_ptr_array_steal_index (cards, 0);
  g_set_error_literal (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "This contact is not there any more.");
  return NULL;
}

gint64
store_contacts_find_address (StoreDatabase *database, const char *address, GError **error)
{
  g_autofree char *folded = store_people_fold (address);
  sqlite3_stmt *statement = store_database_prepare (database, "SELECT contact FROM contact_address WHERE folded = ?1 ORDER BY contact LIMIT 1",
                                                    error);
  gint64 id;

  if (!statement)
    return -1;
  sqlite3_bind_text (statement, 1, folded, -1, SQLITE_STATIC);
  return store_database_query_int (database, statement, 0, &id, error) ? id : -1;
}

/* Saving */

/* As it is looked for, so that Łukasz stands with the others of his letter */
static char *
make_sort_name (const char *name)
{
  GString *words = g_string_new (NULL);

  mail_words_fold (words, name, G_MAXSIZE);
  return g_string_free (words, FALSE);
}

static gboolean
write_contact (StoreDatabase *database, gint64 *id, const char *name, const char *words, const MailCard *card, GError **error)
{
  g_autofree char *uid = mail_card_dup_uid (card);
  g_autofree char *sort_name = make_sort_name (name);
  g_autoptr (GString) text = g_string_new (NULL);
  sqlite3_stmt *statement = store_database_prepare (database,
    "INSERT INTO contact (id, uid, name, sort_name, words, card) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
    " ON CONFLICT (id) DO UPDATE SET uid = ?2, name = ?3, sort_name = ?4, words = ?5, card = ?6", error);

  if (!statement)
    return FALSE;
  mail_card_write (card, text, 4);
  if (*id)
    sqlite3_bind_int64 (statement, 1, *id);
  sqlite3_bind_text (statement, 2, uid, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 3, name, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 4, sort_name, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 5, words, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 6, text->str, (int) text->len, SQLITE_STATIC);
  if (!store_database_run (database, statement, error))
    return FALSE;
  if (!*id)
    *id = sqlite3_last_insert_rowid (store_database_get_handle (database));
  return TRUE;
}

static gboolean
write_address (StoreDatabase *database, gint64 id, guint position, const char *address, GError **error)
{
  g_autofree char *folded = store_people_fold (address);
  sqlite3_stmt *statement = store_database_prepare (database,
    "INSERT INTO contact_address (contact, position, address, folded) VALUES (?1, ?2, ?3, ?4)", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  sqlite3_bind_int (statement, 2, (int) position);
  sqlite3_bind_text (statement, 3, address, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 4, folded, -1, SQLITE_STATIC);
  return store_database_run (database, statement, error);
}

static gboolean
write_words (StoreDatabase *database, gint64 id, const char *name, const char *address, GError **error)
{
  g_auto (GStrv) words = store_people_list_words (name, address);

  for (guint i = 0; words[i]; i++)
    if (!store_contact_members_run (database, "INSERT OR IGNORE INTO contact_word (contact, word) SELECT ?1, ?3 WHERE ?2 = 0", id, 0, words[i], error))
      return FALSE;
  return TRUE;
}

/* (transfer full): names by which one looks for somebody */
static char *
join_names (const MailCard *card, const char *name)
{
  g_autofree char *nick = mail_card_dup_text (card, "NICKNAME");
  g_autofree char *company = mail_card_dup_text (card, "ORG");

  return g_strjoin (" ", name, nick ? nick : "", company ? company : "", NULL);
}

static gboolean
save_inside (StoreDatabase *database, gint64 *id, const char *name, MailCard *card, GError **error)
{
  g_auto (GStrv) emails = mail_card_dup_emails (card);
  g_autofree char *names = join_names (card, name);
  g_autoptr (GString) words = g_string_new (NULL);

  store_people_add_words (words, names, "");
  for (guint i = 0; emails[i]; i++)
    store_people_add_words (words, "", emails[i]);
  if (!write_contact (database, id, name, words->str, card, error)
      || !store_contact_members_run (database, "DELETE FROM contact_address WHERE contact = ?1", *id, 0, NULL, error)
      || !store_contact_members_run (database, "DELETE FROM contact_word WHERE contact = ?1", *id, 0, NULL, error)
      || !write_words (database, *id, names, "", error))
    return FALSE;
  for (guint i = 0; emails[i]; i++)
    if (!write_address (database, *id, i, emails[i], error) || !write_words (database, *id, "", emails[i], error))
      return FALSE;
  store_database_note (database, STORE_CHANGED_CONTACTS, 0, 0);
  return store_contact_members_join (database, *id, card, error);
}

gint64
store_contacts_save (StoreDatabase *database, gint64 id, MailCard *card, GError **error)
{
  g_autofree char *name = mail_card_dup_name (card);
  g_autofree char *uid = mail_card_dup_uid (card);

  if (!*name)
    {
      g_set_error_literal (error, BASE_ERROR, BASE_ERROR_INVALID, "A contact needs a name or an address.");
      return -1;
    }
  if (!uid)
    {
      g_autofree char *fresh = g_uuid_string_random ();
      g_autofree char *urn = g_strconcat ("urn:uuid:", fresh, NULL);

      mail_card_set_text (card, "UID", urn);
    }
  if (!store_database_begin (database, error))
    return -1;
  if (save_inside (database, &id, name, card, error))
    return store_database_commit (database, error) ? id : -1;
  store_database_rollback (database);
  return -1;
}

static gboolean
delete_inside (StoreDatabase *database, const gint64 *ids, gsize n_ids, GError **error)
{
  for (gsize i = 0; i < n_ids; i++)
    if (!store_contact_members_run (database, "DELETE FROM contact WHERE id = ?1", ids[i], 0, NULL, error))
      return FALSE;
  store_database_note (database, STORE_CHANGED_CONTACTS, 0, 0);
  return TRUE;
}

gboolean
store_contacts_delete (StoreDatabase *database, const gint64 *ids, gsize n_ids, GError **error)
{
  if (!store_database_begin (database, error))
    return FALSE;
  if (delete_inside (database, ids, n_ids, error))
    return store_database_commit (database, error);
  store_database_rollback (database);
  return FALSE;
}

/* Files */

/* 0 when no contact has it */
static gboolean
find_uid (StoreDatabase *database, const char *uid, gint64 *id, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "SELECT id FROM contact WHERE uid = ?1", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_text (statement, 1, uid, -1, SQLITE_STATIC);
  return store_database_query_int (database, statement, 0, id, error);
}

/* A card without a UID would come again with every import of its file. */
static void
name_card (MailCard *card)
{
  g_autofree char *uid = mail_card_dup_uid (card);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *sum = NULL;

  if (uid)
    return;
  mail_card_write (card, text, 4);
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, (gssize) text->len);
  mail_card_set_text (card, "UID", sum);
}

static gboolean
import_one (StoreDatabase *database, MailCard *card, guint *n_added, GError **error)
{
  g_autofree char *name = mail_card_dup_name (card);
  g_autofree char *uid = NULL;
  gint64 id;

  if (!*name)
    return TRUE;
  name_card (card);
  uid = mail_card_dup_uid (card);
  if (!find_uid (database, uid, &id, error))
    return FALSE;
  *n_added += id == 0;
  return store_contacts_save (database, id, card, error) >= 0;
}

/* What a group's card says of its members is written into theirs. */
static gboolean
import_group (StoreDatabase *database, const MailCard *group, GError **error)
{
  g_auto (GStrv) members = mail_card_dup_members (group);
  g_autofree char *name = mail_card_dup_name (group);

  for (guint i = 0; members[i] && *name; i++)
    {
      g_autoptr (MailCard) card = NULL;
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
      g_auto (GStrv) groups = NULL, all = NULL;
      gint64 id;

      if (!find_uid (database, members[i], &id, error))
        return FALSE;
      if (!id)
        continue;
      card = store_contacts_load (database, id, error);
      if (!card)
        return FALSE;
      groups = mail_card_dup_groups (card);
      if (g_strv_contains ((const char *const *) groups, name))
        continue;
      g_strv_builder_addv (builder, (const char **) groups);
      g_strv_builder_add (builder, name);
      all = g_strv_builder_end (builder);
      mail_card_set_groups (card, (const char *const *) all);
      if (store_contacts_save (database, id, card, error) < 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
import_inside (StoreDatabase *database, const GPtrArray *cards, guint *n_added, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < cards->len; i++)
    if (!mail_card_is_group (g_ptr_array_index (cards, i))
        && (g_cancellable_set_error_if_cancelled (cancellable, error)
            || !import_one (database, g_ptr_array_index (cards, i), n_added, error)))
      return FALSE;
  for (guint i = 0; i < cards->len; i++)
    if (mail_card_is_group (g_ptr_array_index (cards, i)) && !import_group (database, g_ptr_array_index (cards, i), error))
      return FALSE;
  return TRUE;
}

gboolean
store_contacts_import (StoreDatabase *database, const GPtrArray *cards, guint *n_added, GCancellable *cancellable, GError **error)
{
  *n_added = 0;
  if (!store_database_begin (database, error))
    return FALSE;
  if (import_inside (database, cards, n_added, cancellable, error))
    return store_database_commit (database, error);
  store_database_rollback (database);
  return FALSE;
}

GBytes *
store_contacts_export (StoreDatabase *database, const gint64 *ids, gsize n_ids, guint version, GError **error)
{
  g_autoptr (GPtrArray) all = ids ? NULL : store_contacts_list (database, NULL, 0, error);
  g_autoptr (GString) out = g_string_new (NULL);

  if (!ids && !all)
    return NULL;
  for (gsize i = 0; i < (ids ? n_ids : all->len); i++)
    {
      gint64 id = ids ? ids[i] : ((StoreContact *) g_ptr_array_index (all, i))->id;
      g_autoptr (MailCard) card = store_contacts_load (database, id, error);

      if (!card)
        return NULL;
      mail_card_write (card, out, version);
    }
  return g_string_free_to_bytes (g_steal_pointer (&out));
}
