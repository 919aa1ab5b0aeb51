/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is in which group of contacts: what contacts and groups both stand on. */
#include "store-contacts-private.h"

#include <string.h>

gboolean
store_contact_members_run (StoreDatabase *database, const char *sql, gint64 first, gint64 second, const char *text, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, sql, error);
  int n;

  if (!statement)
    return FALSE;
  n = sqlite3_bind_parameter_count (statement);
  if (n >= 1)
    sqlite3_bind_int64 (statement, 1, first);
  if (n >= 2)
    sqlite3_bind_int64 (statement, 2, second);
  if (n >= 3)
    sqlite3_bind_text (statement, 3, text, -1, SQLITE_STATIC);
  return store_database_run (database, statement, error);
}

gboolean
store_contact_members_find_group (StoreDatabase *database, const char *name, gint64 *id, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "SELECT id FROM contact_group WHERE name = ?1", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_text (statement, 1, name, -1, SQLITE_STATIC);
  return store_database_query_int (database, statement, 0, id, error);
}

gboolean
store_contact_members_make_group (StoreDatabase *database, const char *name, gint64 *id, GError **error)
{
  if (!store_contact_members_run (database, "INSERT INTO contact_group (name) SELECT ?3 WHERE ?1 = ?2", 0, 0, name, error))
    return FALSE;
  *id = sqlite3_last_insert_rowid (store_database_get_handle (database));
  return TRUE;
}

gboolean
store_contact_members_join (StoreDatabase *database, gint64 id, const MailCard *card, GError **error)
{
  g_auto (GStrv) groups = mail_card_dup_groups (card);

  if (!store_contact_members_run (database, "DELETE FROM contact_member WHERE contact = ?1", id, 0, NULL, error))
    return FALSE;
  for (guint i = 0; groups[i]; i++)
    {
      gint64 group;

      if (strlen (groups[i]) > STORE_CONTACT_GROUP_MAX_NAME)
        continue;
      if (!store_contact_members_find_group (database, groups[i], &group, error) || (!group && !store_contact_members_make_group (database, groups[i], &group, error))
          || !store_contact_members_run (database, "INSERT OR IGNORE INTO contact_member (contact_group, contact) VALUES (?1, ?2)", group, id, NULL, error))
        return FALSE;
    }
  return TRUE;
}
