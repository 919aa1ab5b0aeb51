/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The server's side of messages: named by UIDs, marked, gone. */
#include "base-error.h"
#include "store-imap.h"
#include "store-messages.h"
#include "store-private.h"

static gboolean
end (StoreDatabase *database, gboolean is_good, GError **error)
{
  if (is_good)
    return store_database_commit (database, error);
  store_database_rollback (database);
  return FALSE;
}

/* Two walks along indexes that are in UID order already, merged: the named ones, and those taken away here. */
GArray *
store_imap_list_entries (StoreDatabase *database, gint64 folder, GError **error)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (StoreImapEntry));
  g_autoptr (StoreStatement) statement = store_database_prepare (database,
    "SELECT m.uid, m.id, m.flags, m.is_whole, EXISTS (SELECT 1 FROM pending WHERE message = m.id) FROM message m WHERE m.folder = ?1 AND m.uid > 0"
    " UNION ALL SELECT p.uid, 0, 0, 1, 1 FROM pending p WHERE p.folder = ?1 AND p.uid > 0 AND p.kind IN (2, 4)"
    " AND NOT EXISTS (SELECT 1 FROM message WHERE folder = ?1 AND uid = p.uid) ORDER BY 1", error);
  gboolean has_row;

  if (!statement)
    return NULL;
  sqlite3_bind_int64 (statement, 1, folder);
  while (store_database_step (database, statement, &has_row, error))
    {
      StoreImapEntry entry;

      if (!has_row)
        return g_steal_pointer (&entries);
      entry.uid = sqlite3_column_int64 (statement, 0);
      entry.message = sqlite3_column_int64 (statement, 1);
      entry.flags = sqlite3_column_int (statement, 2);
      entry.is_whole = sqlite3_column_int (statement, 3) != 0;
      entry.has_pending = sqlite3_column_int (statement, 4) != 0;
      if (entries->len == 0 || g_array_index (entries, StoreImapEntry, entries->len - 1).uid != entry.uid)
        g_array_append_val (entries, entry);
    }
  return NULL;
}

/* The message's id; 0 when there is none, -1 with @error. @is_whole: (out) */
static gint64
find_row (StoreDatabase *database, gint64 folder, gint64 uid, gboolean *is_whole, GError **error)
{
  g_autoptr (StoreStatement) statement = store_database_prepare (database, "SELECT id, is_whole FROM message WHERE folder = ?1 AND uid = ?2", error);
  gboolean has_row;

  *is_whole = FALSE;
  if (!statement)
    return -1;
  sqlite3_bind_int64 (statement, 1, folder);
  sqlite3_bind_int64 (statement, 2, uid);
  if (!store_database_step (database, statement, &has_row, error))
    return -1;
  *is_whole = has_row && sqlite3_column_int (statement, 1) != 0;
  return has_row ? sqlite3_column_int64 (statement, 0) : 0;
}

static gint64
find_uid (StoreDatabase *database, gint64 folder, gint64 uid, GError **error)
{
  gboolean is_whole;

  return find_row (database, folder, uid, &is_whole, error);
}

static gboolean
is_taken_away (StoreDatabase *database, gint64 folder, guint32 uid, gboolean *is_away, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database,
    "SELECT EXISTS (SELECT 1 FROM pending WHERE folder = ?1 AND uid = ?2 AND kind IN (2, 4))", error);
  gint64 value = 0;

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, folder);
  sqlite3_bind_int64 (statement, 2, uid);
  if (!store_database_query_int (database, statement, 0, &value, error))
    return FALSE;
  *is_away = value != 0;
  return TRUE;
}

gint64
store_imap_add (StoreDatabase *database, gint64 folder, guint32 uid, guint64 modseq, GBytes *source, MailSummary *summary, gboolean *is_new, GError **error)
{
  gboolean is_away = FALSE, is_whole, is_added = FALSE;
  gint64 id;

  if (is_new)
    *is_new = FALSE;
  if (!store_database_begin (database, error))
    return -1;
  id = find_row (database, folder, uid, &is_whole, error);
  if (id > 0 && !is_whole && summary->is_whole && !store_messages_replace (database, id, source, summary, error))
    id = -1;
  else if (id == 0 && !is_taken_away (database, folder, uid, &is_away, error))
    id = -1;
  else if (id == 0 && !is_away)
    {
      id = store_messages_insert (database, folder, source, summary, uid, modseq, error);
      is_added = id > 0;
    }
  if (!end (database, id >= 0, error))
    return -1;
  if (is_new)
    *is_new = is_added;
  return id;
}

/* 52 bits: a number that JSON's readers keep as it is, and that no row's id has */
gint64
store_imap_number_thread (gint64 account, const char *name)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT ":%s", account, name);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  digest[13] = '\0';
  return -1 - (gint64) g_ascii_strtoull (digest, NULL, 16);
}

gboolean
store_imap_set_object (StoreDatabase *database, gint64 message, const char *object_id, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "UPDATE message SET object_id = ?2 WHERE id = ?1", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, message);
  sqlite3_bind_text (statement, 2, object_id, -1, SQLITE_STATIC);
  return store_database_run (database, statement, error);
}

typedef struct
{
  gint64 message;
  gint64 twin;
} Pair;

static GArray *
list_twins (StoreDatabase *database, gint64 folder, GError **error)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  g_autoptr (StoreStatement) statement = store_database_prepare (database,
    "SELECT m.id, max (o.id) FROM message m JOIN message o ON o.object_id = m.object_id AND o.is_whole = 1 JOIN folder f ON f.id = o.folder"
    " WHERE m.folder = ?1 AND m.is_whole = 0 AND m.uid IS NOT NULL AND m.object_id IS NOT NULL"
    " AND f.account = (SELECT account FROM folder WHERE id = ?1) GROUP BY m.id", error);
  gboolean has_row;

  if (!statement)
    return NULL;
  sqlite3_bind_int64 (statement, 1, folder);
  while (store_database_step (database, statement, &has_row, error))
    {
      Pair pair;

      if (!has_row)
        return g_steal_pointer (&pairs);
      pair.message = sqlite3_column_int64 (statement, 0);
      pair.twin = sqlite3_column_int64 (statement, 1);
      g_array_append_val (pairs, pair);
    }
  return NULL;
}

/* @message, headers only, takes the bytes of @twin, and what is known from them */
static gboolean
take_bytes (StoreDatabase *database, gint64 folder, gint64 message, gint64 twin, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database,
    "UPDATE message SET is_whole = 1, (source, size, has_attachments) = (SELECT source, size, has_attachments FROM message WHERE id = ?2)"
    " WHERE id = ?1", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, message);
  sqlite3_bind_int64 (statement, 2, twin);
  if (!store_database_run (database, statement, error))
    return FALSE;
  store_database_note (database, STORE_CHANGED_MESSAGES, folder, message);
  return TRUE;
}

static gboolean
share_all (StoreDatabase *database, gint64 folder, GError **error)
{
  g_autoptr (GArray) pairs = list_twins (database, folder, error);

  for (guint i = 0; pairs && i < pairs->len; i++)
    {
      const Pair *pair = &g_array_index (pairs, Pair, i);

      if (!take_bytes (database, folder, pair->message, pair->twin, error))
        return FALSE;
    }
  return pairs != NULL;
}

gboolean
store_imap_share_objects (StoreDatabase *database, gint64 folder, GError **error)
{
  return store_database_begin (database, error) && end (database, share_all (database, folder, error), error);
}

/* Steps an UPDATE or DELETE with RETURNING to its end; @value is 0 when it touched no row */
static gboolean
run_returning (StoreDatabase *database, sqlite3_stmt *statement, gint64 *value, GError **error)
{
  gboolean has_row = TRUE;

  *value = 0;
  while (has_row)
    {
      if (!store_database_step (database, statement, &has_row, error))
        return FALSE;
      if (has_row)
        *value = sqlite3_column_int64 (statement, 0);
    }
  sqlite3_reset (statement);
  return TRUE;
}

static gboolean
take_flags (StoreDatabase *database, gint64 folder, guint32 uid, MailFlags flags, guint64 modseq, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database,
    "UPDATE message SET flags = ?3, modseq = ifnull (nullif (?4, 0), modseq) WHERE folder = ?1 AND uid = ?2 AND flags <> ?3"
    " AND NOT EXISTS (SELECT 1 FROM pending WHERE message = message.id) RETURNING id", error);
  gint64 id;

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, folder);
  sqlite3_bind_int64 (statement, 2, uid);
  sqlite3_bind_int (statement, 3, flags);
  sqlite3_bind_int64 (statement, 4, modseq);
  if (!run_returning (database, statement, &id, error))
    return FALSE;
  if (id == 0)
    return TRUE;
  store_database_note (database, STORE_CHANGED_MESSAGES, folder, id);
  store_database_note (database, STORE_CHANGED_FOLDERS, 0, 0);
  return TRUE;
}

gboolean
store_imap_take_flags (StoreDatabase *database, gint64 folder, guint32 uid, MailFlags flags, guint64 modseq, GError **error)
{
  return store_database_begin (database, error) && end (database, take_flags (database, folder, uid, flags, modseq, error), error);
}

gboolean
store_imap_has_waiting (StoreDatabase *database, gint64 folder, gboolean *has_any, GError **error)
{
  gint64 value = 0;
  sqlite3_stmt *statement = store_database_prepare (database,
    "SELECT EXISTS (SELECT 1 FROM pending p JOIN message m ON m.id = p.message WHERE m.folder = ?1)", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, folder);
  if (!store_database_query_int (database, statement, 0, &value, error))
    return FALSE;
  *has_any = value != 0;
  return TRUE;
}

static gboolean
expunge_all (StoreDatabase *database, gint64 folder, const guint32 *uids, gsize n_uids, GError **error)
{
  for (gsize i = 0; i < n_uids; i++)
    {
      sqlite3_stmt *statement = store_database_prepare (database, "DELETE FROM message WHERE folder = ?1 AND uid = ?2 RETURNING id", error);
      gint64 id;

      if (!statement)
        return FALSE;
      sqlite3_bind_int64 (statement, 1, folder);
      sqlite3_bind_int64 (statement, 2, uids[i]);
      if (!run_returning (database, statement, &id, error))
        return FALSE;
      if (id == 0)
        continue;
      store_database_note (database, STORE_CHANGED_REMOVED, folder, id);
      store_database_note (database, STORE_CHANGED_FOLDERS, 0, 0);
    }
  return TRUE;
}

gboolean
store_imap_expunge (StoreDatabase *database, gint64 folder, const guint32 *uids, gsize n_uids, GError **error)
{
  return store_database_begin (database, error) && end (database, expunge_all (database, folder, uids, n_uids, error), error);
}

static gboolean
write_uid (StoreDatabase *database, gint64 message, gint64 folder, guint32 uid, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "UPDATE message SET uid = nullif (?3, 0), modseq = NULL WHERE id = ?1 AND folder = ?2", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, message);
  sqlite3_bind_int64 (statement, 2, folder);
  sqlite3_bind_int64 (statement, 3, uid);
  return store_database_run (database, statement, error);
}

static gboolean
run_on_pair (StoreDatabase *database, const char *sql, gint64 kept, gint64 gone, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, sql, error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, kept);
  sqlite3_bind_int64 (statement, 2, gone);
  return store_database_run (database, statement, error);
}

/* A row that a pass made of the message while we put it there: what a person did to either counts. */
static gboolean
unite (StoreDatabase *database, gint64 kept, gint64 gone, gint64 folder, GError **error)
{
  g_autoptr (MailSummary) one = store_messages_get (database, kept, error);
  g_autoptr (MailSummary) other = one ? store_messages_get (database, gone, error) : NULL;

  if (!other || (!one->is_whole && other->is_whole && !take_bytes (database, folder, kept, gone, error)))
    return FALSE;
  return run_on_pair (database, "UPDATE pending SET message = ?1 WHERE message = ?2", kept, gone, error)
         && store_messages_delete (database, &gone, 1, error);
}

static gboolean
set_uid (StoreDatabase *database, gint64 message, gint64 folder, guint32 uid, GError **error)
{
  gint64 here = store_filing_find_folder (database, message, error);
  gint64 other;

  if (here < 0 || here != folder)
    return here >= 0; /* gone, or moved on by the person: the name is of no use for it there */
  other = uid > 0 ? find_uid (database, folder, uid, error) : 0;
  if (other < 0)
    return FALSE;
  if (other == 0 || other == message)
    return write_uid (database, message, folder, uid, error);
  return unite (database, MIN (message, other), MAX (message, other), folder, error)
         && write_uid (database, MIN (message, other), folder, uid, error);
}

gboolean
store_imap_set_uid (StoreDatabase *database, gint64 message, gint64 folder, guint32 uid, GError **error)
{
  return store_database_begin (database, error) && end (database, set_uid (database, message, folder, uid, error), error);
}

GArray *
store_imap_list_missing (StoreDatabase *database, gint64 folder, gint64 max_size, gint64 since, guint limit, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (StoreStatement) statement = store_database_prepare (database,
    "SELECT id FROM message WHERE folder = ?1 AND is_whole = 0 AND uid IS NOT NULL AND uid > 0 AND received >= ?2 AND (?3 = 0 OR size <= ?3)"
    " ORDER BY received DESC, uid DESC LIMIT ?4", error);
  gboolean has_row;

  if (!statement)
    return NULL;
  sqlite3_bind_int64 (statement, 1, folder);
  sqlite3_bind_int64 (statement, 2, since);
  sqlite3_bind_int64 (statement, 3, max_size);
  sqlite3_bind_int64 (statement, 4, limit);
  while (store_database_step (database, statement, &has_row, error))
    {
      gint64 id;

      if (!has_row)
        return g_steal_pointer (&ids);
      id = sqlite3_column_int64 (statement, 0);
      g_array_append_val (ids, id);
    }
  return NULL;
}

gint64
store_imap_get_uid (StoreDatabase *database, gint64 message, gint64 *folder, GError **error)
{
  g_autoptr (StoreStatement) statement = store_database_prepare (database, "SELECT max (ifnull (uid, 0), 0), folder FROM message WHERE id = ?1", error);
  gboolean has_row;

  if (!statement)
    return -1;
  sqlite3_bind_int64 (statement, 1, message);
  if (!store_database_step (database, statement, &has_row, error))
    return -1;
  if (folder)
    *folder = has_row ? sqlite3_column_int64 (statement, 1) : 0;
  return has_row ? sqlite3_column_int64 (statement, 0) : 0;
}
