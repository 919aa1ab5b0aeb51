/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules in their order. */
#include "store-rules.h"

#include "store-people.h"
#include "store-private.h"

/* A statement with up to three numbers, without rows */
static gboolean
run (StoreDatabase *database, const char *sql, gint64 first, gint64 second, gint64 third, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, sql, error);
  const gint64 numbers[] = { first, second, third };

  if (!statement)
    return FALSE;
  for (int i = 0; i < sqlite3_bind_parameter_count (statement); i++)
    sqlite3_bind_int64 (statement, i + 1, numbers[i]);
  return store_database_run (database, statement, error);
}

static gboolean
end (StoreDatabase *database, gboolean is_good, GError **error)
{
  if (is_good)
    {
      store_database_note (database, STORE_CHANGED_RULES, 0, 0);
      return store_database_commit (database, error);
    }
  store_database_rollback (database);
  return FALSE;
}

GPtrArray *
store_rules_list (StoreDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) mail_rule_free);
  g_autoptr (StoreStatement) statement = store_database_prepare (database, "SELECT id, text FROM rule ORDER BY position, id", error);
  gboolean has_row;

  while (statement && store_database_step (database, statement, &has_row, error))
    {
      MailRule *rule;

      if (!has_row)
        return g_steal_pointer (&list);
      rule = mail_rule_from_text ((const char *) sqlite3_column_text (statement, 1));
      if (!rule)
        continue;
      rule->id = sqlite3_column_int64 (statement, 0);
      g_ptr_array_add (list, rule);
    }
  return NULL;
}

gboolean
store_rules_are_wanted (StoreDatabase *database, gboolean *are_wanted, GError **error)
{
  gint64 found;

  if (!store_database_query_int (database, store_database_prepare (database, "SELECT 1 FROM rule WHERE is_enabled LIMIT 1", error), 0, &found, error))
    return FALSE;
  *are_wanted = found != 0;
  return TRUE;
}

/* Mail that was there before anybody wanted it sorted stays where it is. */
static gboolean
begin_here (StoreDatabase *database, GError **error)
{
  gboolean are_wanted;

  if (!store_rules_are_wanted (database, &are_wanted, error))
    return FALSE;
  return are_wanted || run (database, "UPDATE rule_mark SET message = ifnull ((SELECT seq FROM sqlite_sequence WHERE name = 'message'), 0)",
                            0, 0, 0, error);
}

static gboolean
write_rule (StoreDatabase *database, const MailRule *rule, gint64 *id, GError **error)
{
  g_autofree char *text = mail_rule_to_text (rule);
  sqlite3_stmt *statement = store_database_prepare (database,
    "INSERT INTO rule (id, position, is_enabled, text) VALUES (?1, (SELECT ifnull (max (position), 0) + 1 FROM rule), ?2, ?3)"
    " ON CONFLICT (id) DO UPDATE SET is_enabled = ?2, text = ?3", error);

  if (!statement)
    return FALSE;
  if (rule->id)
    sqlite3_bind_int64 (statement, 1, rule->id);
  sqlite3_bind_int (statement, 2, rule->is_enabled);
  sqlite3_bind_text (statement, 3, text, -1, SQLITE_STATIC);
  if (!store_database_run (database, statement, error))
    return FALSE;
  *id = rule->id ? rule->id : sqlite3_last_insert_rowid (store_database_get_handle (database));
  return TRUE;
}

gint64
store_rules_save (StoreDatabase *database, const MailRule *rule, GError **error)
{
  gint64 id = -1;

  if (!store_database_begin (database, error))
    return -1;
  return end (database, begin_here (database, error) && write_rule (database, rule, &id, error), error) ? id : -1;
}

gboolean
store_rules_delete (StoreDatabase *database, gint64 id, GError **error)
{
  return store_database_begin (database, error) && end (database, run (database, "DELETE FROM rule WHERE id = ?1", id, 0, 0, error), error);
}

static gboolean
swap (StoreDatabase *database, gint64 id, const char *find, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "SELECT position FROM rule WHERE id = ?1", error);
  gint64 position, other_position, other;

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  if (!store_database_query_int (database, statement, -1, &position, error))
    return FALSE;
  statement = store_database_prepare (database, find, error);
  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, position);
  if (!store_database_query_int (database, statement, 0, &other, error))
    return FALSE;
  if (!other)
    return TRUE;
  statement = store_database_prepare (database, "SELECT position FROM rule WHERE id = ?1", error);
  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, other);
  return store_database_query_int (database, statement, -1, &other_position, error)
         && run (database, "UPDATE rule SET position = ?2 WHERE id = ?1", id, other_position, 0, error)
         && run (database, "UPDATE rule SET position = ?2 WHERE id = ?1", other, position, 0, error);
}

gboolean
store_rules_move (StoreDatabase *database, gint64 id, gboolean is_down, GError **error)
{
  const char *find = is_down ? "SELECT id FROM rule WHERE position > ?1 ORDER BY position LIMIT 1"
                             : "SELECT id FROM rule WHERE position < ?1 ORDER BY position DESC LIMIT 1";

  return store_database_begin (database, error) && end (database, swap (database, id, find, error), error);
}

/* Turns */

static gboolean
read_turns (StoreDatabase *database, const char *sql, gint64 from, guint limit, GArray *turns, gint64 *last, GError **error)
{
  g_autoptr (StoreStatement) statement = store_database_prepare (database, sql, error);
  gboolean has_row;

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, from);
  sqlite3_bind_int (statement, 2, (int) limit);
  while (store_database_step (database, statement, &has_row, error))
    {
      StoreRuleTurn turn;

      if (!has_row)
        return TRUE;
      turn = (StoreRuleTurn) { sqlite3_column_int64 (statement, 0), sqlite3_column_int64 (statement, 1) };
      *last = turn.message;
      if (sqlite3_column_int (statement, 2))
        g_array_append_val (turns, turn);
    }
  return FALSE;
}

gboolean
store_rules_have_turns (StoreDatabase *database, gboolean *have_turns, GError **error)
{
  gint64 found;

  if (!store_database_query_int (database, store_database_prepare (database,
        "SELECT EXISTS (SELECT 1 FROM message WHERE id > (SELECT message FROM rule_mark))"
        " OR EXISTS (SELECT 1 FROM rule_waiting w JOIN message m ON m.id = w.message WHERE m.is_whole)", error), 0, &found, error))
    return FALSE;
  *have_turns = found != 0;
  return TRUE;
}

/* What is no arrival moves the mark too, so that it is not read again. */
gboolean
store_rules_next (StoreDatabase *database, guint limit, GArray **turns, gint64 *mark, GError **error)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (StoreRuleTurn));
  gint64 ignored = 0;

  if (!store_database_query_int (database, store_database_prepare (database, "SELECT message FROM rule_mark", error), 0, mark, error)
      || !read_turns (database, "SELECT w.message, w.rule, 1 FROM rule_waiting w JOIN message m ON m.id = w.message"
                      " WHERE m.is_whole AND ?1 = 0 LIMIT ?2", 0, limit, list, &ignored, error)
      || !read_turns (database, "SELECT m.id, 0, f.role = 1 AND (NOT f.is_remote OR m.flags & 1 = 0) FROM message m"
                      " JOIN folder f ON f.id = m.folder WHERE m.id > ?1 ORDER BY m.id LIMIT ?2", *mark, limit, list, mark, error))
    return FALSE;
  *turns = g_steal_pointer (&list);
  return TRUE;
}

gboolean
store_rules_set_mark (StoreDatabase *database, gint64 mark, GError **error)
{
  return run (database, "UPDATE rule_mark SET message = ?1 WHERE message < ?1", mark, 0, 0, error);
}

gboolean
store_rules_wait (StoreDatabase *database, gint64 message, gint64 rule, GError **error)
{
  return run (database, "INSERT OR REPLACE INTO rule_waiting (message, rule) VALUES (?1, ?2)", message, rule, 0, error);
}

gboolean
store_rules_stop_waiting (StoreDatabase *database, gint64 message, GError **error)
{
  return run (database, "DELETE FROM rule_waiting WHERE message = ?1", message, 0, 0, error);
}

gint64
store_rules_get_newest (StoreDatabase *database, GError **error)
{
  gint64 newest;

  return store_database_query_int (database, store_database_prepare (database, "SELECT seq FROM sqlite_sequence WHERE name = 'message'", error),
                                   0, &newest, error) ? newest : -1;
}

GArray *
store_rules_list_newer (StoreDatabase *database, gint64 newest, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "SELECT id FROM message WHERE id > ?1 ORDER BY id", error);

  if (!statement)
    return NULL;
  sqlite3_bind_int64 (statement, 1, newest);
  return store_database_query_ids (database, statement, error);
}

gboolean
store_rules_may_reply (StoreDatabase *database, gint64 rule, const char *address, gint64 since, gint64 now, gboolean *may_reply, GError **error)
{
  g_autofree char *folded = store_people_fold (address);
  sqlite3_stmt *statement = store_database_prepare (database,
    "INSERT INTO rule_reply (rule, address, sent) VALUES (?1, ?2, ?4)"
    " ON CONFLICT (rule, address) DO UPDATE SET sent = ?4 WHERE sent < ?3", error);

  *may_reply = FALSE;
  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, rule);
  sqlite3_bind_text (statement, 2, folded, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 3, since);
  sqlite3_bind_int64 (statement, 4, now);
  if (!store_database_run (database, statement, error))
    return FALSE;
  *may_reply = sqlite3_changes (store_database_get_handle (database)) > 0;
  return TRUE;
}
