/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A search made into one SQL statement. Words go to the index, which lists their hits newest first; conditions that a covering index of the
 * mail can answer are answered there once, as sets; what is left is asked of the message's row. All text is bound, never written into SQL,
 * and FTS5's own language is given quoted words alone. */
#include "store-search-sql.h"

#include "mail-words.h"
#include "store-folders.h"
#include "store-index-file.h"

#define SPILL_SECONDS (30 * 24 * 3600) /* how far from its second a number can be; see store-index-file.c */

static const char *const columns[] = {
  [MAIL_FIELD_ANY] = "",
  [MAIL_FIELD_SUBJECT] = "subject:",
  [MAIL_FIELD_FROM] = "sender:",
  [MAIL_FIELD_TO] = "receiver:",
  [MAIL_FIELD_BODY] = "body:",
  [MAIL_FIELD_ATTACHMENT] = "attachment:",
};

typedef struct
{
  StoreSearchSql *out;
  const StoreSearch *search;
  const GPtrArray *folders;
  GString *conditions;      /* each begins with " AND " */
  gboolean needs_row;       /* of the message, as m */
} Maker;

static const MailTerm *
get_only (const GPtrArray *clause)
{
  return clause->len == 1 ? g_ptr_array_index (clause, 0) : NULL;
}

static void
append_match (GString *match, const MailTerm *term)
{
  g_string_append_printf (match, "%s\"%s\"%s", columns[term->field], term->words, term->is_prefix ? "*" : "");
}

/* A clause that the index can answer by itself */
static gboolean
is_words (const GPtrArray *clause)
{
  for (guint i = 0; i < clause->len; i++)
    {
      const MailTerm *term = g_ptr_array_index (clause, i);

      if (term->kind != MAIL_TERM_WORDS || term->is_negated)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_unwanted_words (const GPtrArray *clause)
{
  const MailTerm *term = get_only (clause);

  return term && term->kind == MAIL_TERM_WORDS && term->is_negated;
}

/* (transfer full): what FTS5 is asked; "" when no clause is of words alone */
static char *
make_match (const GPtrArray *clauses)
{
  GString *match = g_string_new (NULL);

  for (guint i = 0; i < clauses->len; i++)
    {
      const GPtrArray *clause = g_ptr_array_index (clauses, i);

      if (!is_words (clause))
        continue;
      g_string_append (match, match->len > 0 ? " AND (" : "(");
      for (guint j = 0; j < clause->len; j++)
        {
          g_string_append (match, j > 0 ? " OR " : "");
          append_match (match, g_ptr_array_index (clause, j));
        }
      g_string_append_c (match, ')');
    }
  for (guint i = 0; i < clauses->len && match->len > 0; i++)
    if (is_unwanted_words (g_ptr_array_index (clauses, i)))
      {
        g_string_prepend_c (match, '(');
        g_string_append (match, ") NOT ");
        append_match (match, get_only (g_ptr_array_index (clauses, i)));
      }
  return g_string_free (match, FALSE);
}

static guint
bind (Maker *self, char *text)
{
  g_ptr_array_add (self->out->texts, text);
  return self->out->texts->len;
}

static gboolean
is_named (const StoreFolder *folder, const char *words)
{
  const char *const names[] = { folder->name, folder->path, mail_role_to_word (folder->role), folder->role == MAIL_ROLE_TRASH ? "deleted" : "" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GString) folded = g_string_new (NULL);

      mail_words_fold (folded, names[i], G_MAXSIZE);
      if (folded->len > 0 && g_str_equal (folded->str + 1, words))
        return TRUE;
    }
  return FALSE;
}

/* "1, 2, 3"; "" when no folder bears that name */
static void
append_folders (Maker *self, GString *sql, const char *words)
{
  const char *separator = "";

  for (guint i = 0; i < self->folders->len; i++)
    {
      const StoreFolder *folder = g_ptr_array_index (self->folders, i);

      if (!is_named (folder, words))
        continue;
      g_string_append_printf (sql, "%s%" G_GINT64_FORMAT, separator, folder->id);
      separator = ", ";
    }
}

/* A condition on @table's columns, which has those of "message" */
static void
append_condition (Maker *self, GString *sql, const MailTerm *term, const char *table)
{
  switch (term->kind)
    {
    case MAIL_TERM_ATTACHED:
      g_string_append_printf (sql, "%shas_attachments <> 0", table);
      break;
    case MAIL_TERM_FLAGS:
      g_string_append_printf (sql, "%sflags & %u %s 0", table, term->flags, term->is_unset ? "=" : "<>");
      break;
    case MAIL_TERM_FOLDER:
      g_string_append_printf (sql, "%sfolder IN (", table);
      append_folders (self, sql, term->words);
      g_string_append_c (sql, ')');
      break;
    case MAIL_TERM_BEFORE:
    case MAIL_TERM_AFTER:
      g_string_append_printf (sql, "ifnull (nullif (%sreceived, 0), %sdate) %s %" G_GINT64_FORMAT, table, table,
                              term->kind == MAIL_TERM_BEFORE ? "<" : ">=", term->number);
      break;
    case MAIL_TERM_LARGER:
    case MAIL_TERM_SMALLER:
      g_string_append_printf (sql, "%ssize %s %" G_GINT64_FORMAT, table, term->kind == MAIL_TERM_LARGER ? ">" : "<", term->number);
      break;
    case MAIL_TERM_WORDS:
    default:
      g_string_append (sql, "TRUE");
      break;
    }
}

static const char *
find_covering_index (const MailTerm *term)
{
  switch (term->kind)
    {
    case MAIL_TERM_ATTACHED:
    case MAIL_TERM_FLAGS:
    case MAIL_TERM_FOLDER:
      return "message_state";
    case MAIL_TERM_LARGER:
    case MAIL_TERM_SMALLER:
      return "message_size";
    default:
      return NULL;
    }
}

/* What was received in time has its number in range, so that the walk begins and ends near by. */
static void
add_range (Maker *self, const MailTerm *term, gboolean has_match)
{
  const char *number = has_match ? "w.rowid" : "d.id";

  if (term->is_negated)
    return;
  if (term->kind == MAIL_TERM_AFTER && term->number > 0)
    g_string_append_printf (self->conditions, " AND %s >= %" G_GINT64_FORMAT, number, term->number * STORE_INDEX_NUMBERS_A_SECOND);
  if (term->kind == MAIL_TERM_BEFORE && term->number >= 0)
    g_string_append_printf (self->conditions, " AND %s < %" G_GINT64_FORMAT, number,
                            (term->number + SPILL_SECONDS) * STORE_INDEX_NUMBERS_A_SECOND);
}

/* One alternative of a clause */
static void
append_term (Maker *self, GString *sql, const MailTerm *term)
{
  const char *index = find_covering_index (term);

  g_string_append (sql, term->is_negated ? "NOT (" : "(");
  if (term->kind == MAIL_TERM_WORDS)
    {
      g_autoptr (GString) match = g_string_new (NULL);

      append_match (match, term);
      g_string_append_printf (sql, "d.id IN (SELECT rowid FROM search.words WHERE words MATCH ?%u)", bind (self, g_strdup (match->str)));
    }
  else if (index)
    {
      g_string_append_printf (sql, "d.message IN (SELECT id FROM main.message INDEXED BY %s WHERE ", index);
      append_condition (self, sql, term, "");
      g_string_append_c (sql, ')');
    }
  else
    {
      append_condition (self, sql, term, "m.");
      self->needs_row = TRUE;
    }
  g_string_append_c (sql, ')');
}

static void
add_clauses (Maker *self, const GPtrArray *clauses, gboolean has_match)
{
  for (guint i = 0; i < clauses->len; i++)
    {
      const GPtrArray *clause = g_ptr_array_index (clauses, i);

      if (has_match && (is_words (clause) || is_unwanted_words (clause)))
        continue;
      g_string_append (self->conditions, " AND (");
      for (guint j = 0; j < clause->len; j++)
        {
          g_string_append (self->conditions, j > 0 ? " OR " : "");
          append_term (self, self->conditions, g_ptr_array_index (clause, j));
        }
      g_string_append_c (self->conditions, ')');
      if (clause->len == 1)
        add_range (self, get_only (clause), has_match);
    }
}

static void
add_narrow (Maker *self)
{
  const StoreQuery *narrow = &self->search->narrow;

  if (!narrow->folder && !narrow->only_unread && !narrow->only_flagged && !narrow->only_attachments)
    return;
  g_string_append (self->conditions, " AND d.message IN (SELECT id FROM main.message INDEXED BY message_state WHERE TRUE");
  if (narrow->folder)
    g_string_append_printf (self->conditions, " AND folder = %" G_GINT64_FORMAT, narrow->folder);
  if (narrow->only_unread)
    g_string_append_printf (self->conditions, " AND flags & %u = 0", MAIL_FLAG_SEEN);
  if (narrow->only_flagged)
    g_string_append_printf (self->conditions, " AND flags & %u <> 0", MAIL_FLAG_FLAGGED);
  if (narrow->only_attachments)
    g_string_append (self->conditions, " AND has_attachments <> 0");
  g_string_append_c (self->conditions, ')');
}

/* The index may still have what is gone from the mail since its mark. */
static void
add_living (Maker *self)
{
  g_string_append (self->conditions,
                   " AND d.message NOT IN (SELECT c.message FROM main.search_change c WHERE c.id > (SELECT change FROM search.state)"
                   " AND NOT EXISTS (SELECT 1 FROM main.message WHERE id = c.message))");
}

static const char *
find_order (Maker *self, gboolean has_match)
{
  static const struct { const char *ascending, *descending; } orders[] = {
    [STORE_SORT_RECEIVED] = { "d.id", "d.id DESC" },
    [STORE_SORT_DATE] = { "m.date, d.id", "m.date DESC, d.id DESC" },
    [STORE_SORT_FROM] = { "m.sort_from, m.date, d.id", "m.sort_from DESC, m.date DESC, d.id DESC" },
    [STORE_SORT_TO] = { "m.sort_to, m.date, d.id", "m.sort_to DESC, m.date DESC, d.id DESC" },
    [STORE_SORT_SUBJECT] = { "m.sort_subject, m.date, d.id", "m.sort_subject DESC, m.date DESC, d.id DESC" },
    [STORE_SORT_SIZE] = { "m.size, d.id", "m.size DESC, d.id DESC" },
  };
  const StoreQuery *narrow = &self->search->narrow;

  if (narrow->sort == STORE_SORT_RECEIVED && has_match) /* the very column by which FTS5 can walk */
    return narrow->is_ascending ? "w.rowid" : "w.rowid DESC";
  self->needs_row = self->needs_row || narrow->sort != STORE_SORT_RECEIVED;
  return narrow->is_ascending ? orders[narrow->sort].ascending : orders[narrow->sort].descending;
}

static void
write_statement (Maker *self, gboolean has_match)
{
  gboolean is_weighed = has_match && self->search->best_first;
  const char *order = is_weighed ? "w.rowid DESC" : find_order (self, has_match);
  GString *sql = self->out->sql;

  if (is_weighed)
    g_string_append (sql, "SELECT message FROM (SELECT d.message AS message, d.id AS id, bm25 (words, 8.0, 4.0, 2.0, 1.0, 2.0) AS weight FROM ");
  else
    g_string_append (sql, "SELECT d.message FROM ");
  g_string_append (sql, has_match ? "search.words w CROSS JOIN search.doc d ON d.id = w.rowid" : "search.doc d");
  if (self->needs_row)
    g_string_append (sql, " CROSS JOIN main.message m ON m.id = d.message");
  g_string_append (sql, has_match ? " WHERE w.words MATCH ?1" : " WHERE TRUE");
  g_string_append_printf (sql, "%s ORDER BY %s", self->conditions->str, order);
  if (is_weighed)
    g_string_append_printf (sql, " LIMIT %d) ORDER BY weight, id DESC", STORE_SEARCH_MAX_WEIGHED);
  if (self->search->limit > 0)
    g_string_append_printf (sql, " LIMIT %u", self->search->limit);
}

void
store_search_sql_init (StoreSearchSql *self, const StoreSearch *search, const GPtrArray *folders)
{
  const GPtrArray *clauses = mail_query_get_clauses (search->query);
  g_autofree char *match = make_match (clauses);
  gboolean has_match = *match != '\0';
  g_autoptr (GString) conditions = g_string_new (NULL);
  Maker maker = { self, search, folders, conditions, FALSE };

  self->sql = g_string_new (NULL);
  self->texts = g_ptr_array_new_with_free_func (g_free);
  self->is_void = clauses->len == 0;
  if (self->is_void)
    return;
  if (has_match)
    bind (&maker, g_steal_pointer (&match));
  add_clauses (&maker, clauses, has_match);
  add_narrow (&maker);
  add_living (&maker);
  write_statement (&maker, has_match);
}

void
store_search_sql_clear (StoreSearchSql *self)
{
  if (self->sql)
    g_string_free (self->sql, TRUE);
  g_clear_pointer (&self->texts, g_ptr_array_unref);
}
