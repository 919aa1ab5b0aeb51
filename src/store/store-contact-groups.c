/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Groups of contacts. */
#include "store-contacts-private.h"

#include "base-error.h"

#include <string.h>

void
store_contact_group_free (StoreContactGroup *self)
{
  if (!self)
    return;
  g_free (self->name);
  g_free (self);
}

GPtrArray *
store_contact_groups_list (StoreDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) store_contact_group_free);
  g_autoptr (StoreStatement) statement = store_database_prepare (database,
    "SELECT id, name, (SELECT count (*) FROM contact_member WHERE contact_group = id) FROM contact_group ORDER BY name COLLATE NOCASE, id", error);
  gboolean has_row;

  while (statement && store_database_step (database, statement, &has_row, error))
    {
      StoreContactGroup *group;

      if (!has_row)
        return g_steal_pointer (&list);
      group = g_new0 (StoreContactGroup, 1);
      *group = (StoreContactGroup) { sqlite3_column_int64 (statement, 0), g_strdup ((const char *) sqlite3_column_text (statement, 1)),
                                     (guint) sqlite3_column_int (statement, 2) };
      g_ptr_array_add (list, group);
    }
  return NULL;
}

static char *
find_name (StoreDatabase *database, gint64 id, GError **error)
{
  g_autoptr (StoreStatement) statement = store_database_prepare (database, "SELECT name FROM contact_group WHERE id = ?1", error);
  gboolean has_row;

  if (!statement)
    return NULL;
  sqlite3_bind_int64 (statement, 1, id);
  if (!store_database_step (database, statement, &has_row, error))
    return NULL;
  if (has_row)
    return g_strdup ((const char *) sqlite3_column_text (statement, 0));
  g_set_error_literal (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "This group is not there any more.");
  return NULL;
}

/* The members' cards name @old: they name @fresh (NULL: nothing) in its place. */
static gboolean
rename_in_cards (StoreDatabase *database, gint64 group, const char *old, const char *fresh, GError **error)
{
  g_autoptr (GPtrArray) members = store_contacts_list (database, NULL, group, error);

  for (guint i = 0; members && i < members->len; i++)
    {
      gint64 id = ((StoreContact *) g_ptr_array_index (members, i))->id;
      g_autoptr (MailCard) card = store_contacts_load (database, id, error);
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
      g_auto (GStrv) groups = NULL, changed = NULL;

      if (!card)
        return FALSE;
      groups = mail_card_dup_groups (card);
      for (guint j = 0; groups[j]; j++)
        if (!g_str_equal (groups[j], old))
          g_strv_builder_add (builder, groups[j]);
      if (fresh)
        g_strv_builder_add (builder, fresh);
      changed = g_strv_builder_end (builder);
      mail_card_set_groups (card, (const char *const *) changed);
      if (store_contacts_save (database, id, card, error) < 0)
        return FALSE;
    }
  return members != NULL;
}

static gboolean
save_inside (StoreDatabase *database, gint64 *id, const char *name, GError **error)
{
  g_autofree char *old = NULL;
  gint64 same;

  if (!store_contact_members_find_group (database, name, &same, error))
    return FALSE;
  if (same && same != *id)
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_EXISTS, "There is a group named “%s” already.", name);
      return FALSE;
    }
  store_database_note (database, STORE_CHANGED_CONTACTS, 0, 0);
  if (!*id)
    return store_contact_members_make_group (database, name, id, error);
  old = find_name (database, *id, error);
  return old && store_contact_members_run (database, "UPDATE contact_group SET name = ?3 WHERE id = ?1 AND ?2 = 0", *id, 0, name, error)
         && rename_in_cards (database, *id, old, name, error);
}

gint64
store_contact_groups_save (StoreDatabase *database, gint64 id, const char *name, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (name));

  if (!*stripped || strlen (stripped) > STORE_CONTACT_GROUP_MAX_NAME)
    {
      g_set_error_literal (error, BASE_ERROR, BASE_ERROR_INVALID, "A group needs a name, and not a very long one.");
      return -1;
    }
  if (!store_database_begin (database, error))
    return -1;
  if (save_inside (database, &id, stripped, error))
    return store_database_commit (database, error) ? id : -1;
  store_database_rollback (database);
  return -1;
}

static gboolean
delete_inside (StoreDatabase *database, gint64 id, GError **error)
{
  g_autofree char *name = find_name (database, id, error);

  store_database_note (database, STORE_CHANGED_CONTACTS, 0, 0);
  return name && rename_in_cards (database, id, name, NULL, error)
         && store_contact_members_run (database, "DELETE FROM contact_group WHERE id = ?1", id, 0, NULL, error);
}

gboolean
store_contact_groups_delete (StoreDatabase *database, gint64 id, GError **error)
{
  if (!store_database_begin (database, error))
    return FALSE;
  if (delete_inside (database, id, error))
    return store_database_commit (database, error);
  store_database_rollback (database);
  return FALSE;
}
