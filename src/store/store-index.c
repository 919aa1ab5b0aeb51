/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Building the search index: what is to be done, batch by batch, and the mail's words. */
#include "store-index.h"

#include "mail-words.h"
#include "store-index-file.h"
#include "store-index-repair.h"
#include "store-messages.h"
#include "store-people.h"
#include "store-private.h"

#include "base-error.h"

#define MESSAGES_A_BATCH 1000
#define TEXT_A_BATCH (8 * 1024 * 1024)     /* bytes of folded words */
#define SOURCES_A_BATCH (32 * 1024 * 1024) /* bytes that are read for them */
#define MERGE_PAGES 400                    /* of one call of store_index_tidy () */
#define CHANGES_KEPT 200                   /* rows of search_change that are not worth a transaction */
#define UNTIDY_MESSAGES 1000               /* taken in since the last merge */

struct _StoreIndex
{
  StoreDatabase *mail;
  StoreDatabase *index;
  StoreChanges *changes;  /* told about what can be found now */
  guint n_untidy;
  gboolean is_merging;
};

/* One message of a batch */
typedef struct
{
  gint64 message;
  gboolean is_gone;
  gboolean is_passing;    /* its words will go again soon: headers before the body, a draft */
  gint64 when;
  gint64 number;          /* the index's, once it is placed */
  GString *columns[STORE_INDEX_N_COLUMNS];
} Entry;

struct _StoreIndexBatch
{
  StoreIndexPlace before, after;
  GPtrArray *entries;
  StorePeople *people;    /* of what is new */
  gsize n_bytes, n_source_bytes;
};

void
store_index_text_clear (StoreIndexText *self)
{
  g_clear_pointer (&self->subject, g_free);
  g_clear_pointer (&self->from, g_free);
  g_clear_pointer (&self->to, g_free);
  g_clear_pointer (&self->body, g_free);
  g_clear_pointer (&self->attachments, g_free);
}

static void
entry_free (gpointer data)
{
  Entry *self = data;

  for (gsize i = 0; i < G_N_ELEMENTS (self->columns); i++)
    if (self->columns[i])
      g_string_free (self->columns[i], TRUE);
  g_free (self);
}

void
store_index_batch_free (StoreIndexBatch *self)
{
  g_ptr_array_unref (self->entries);
  store_people_free (self->people);
  g_free (self);
}

guint
store_index_batch_get_n_messages (const StoreIndexBatch *self)
{
  return self->entries->len;
}

gsize
store_index_batch_get_bytes (const StoreIndexBatch *self)
{
  return self->n_bytes;
}

StoreIndex *
store_index_open (Store *store, GError **error)
{
  g_autoptr (StoreIndex) self = g_new0 (StoreIndex, 1);

  self->changes = g_object_ref (store_get_changes (store));
  self->mail = store_open (store, error);
  self->index = self->mail ? store_index_file_open (self->mail, error) : NULL;
  return self->index ? g_steal_pointer (&self) : NULL;
}

void
store_index_free (StoreIndex *self)
{
  if (!self)
    return;
  store_database_free (self->index);
  store_database_free (self->mail);
  g_clear_object (&self->changes);
  g_free (self);
}

static void
fold_column (Entry *entry, int column, const char *text, gsize max_bytes)
{
  entry->columns[column] = g_string_new (NULL);
  mail_words_fold (entry->columns[column], text, max_bytes);
}

static void
fold_text (Entry *entry, const StoreIndexText *text)
{
  fold_column (entry, STORE_INDEX_SUBJECT, text->subject, STORE_INDEX_MAX_SUBJECT);
  fold_column (entry, STORE_INDEX_FROM, text->from, STORE_INDEX_MAX_PEOPLE);
  fold_column (entry, STORE_INDEX_TO, text->to, STORE_INDEX_MAX_PEOPLE);
  fold_column (entry, STORE_INDEX_BODY, text->body, STORE_INDEX_MAX_BODY);
  fold_column (entry, STORE_INDEX_ATTACHMENTS, text->attachments, STORE_INDEX_MAX_PEOPLE);
}

static gboolean
count_people (StoreDatabase *mail, StoreIndexBatch *batch, const MailSummary *summary, const StoreIndexText *text, gint64 when, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (mail, "SELECT role FROM folder WHERE id = ?1", error);
  gint64 role;

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, summary->folder);
  if (!store_database_query_int (mail, statement, MAIL_ROLE_NONE, &role, error))
    return FALSE;
  store_people_add (batch->people, (MailRole) role, summary->flags, text->from, text->to, when);
  return TRUE;
}

/* The message as it is now; one that went meanwhile is gone. @is_new: it had no turn yet */
static gboolean
read_entry (StoreDatabase *mail, StoreIndexBatch *batch, gint64 message, gboolean is_new, StoreIndexFunc func, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (MailSummary) summary = store_messages_get (mail, message, &failure);
  g_autoptr (GBytes) source = summary ? store_messages_load_source (mail, message, &failure) : NULL;
  StoreIndexText text = { NULL };
  gboolean is_good;
  Entry *entry;

  if (!source && !g_error_matches (failure, BASE_ERROR, BASE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  entry = g_new0 (Entry, 1);
  entry->message = message;
  entry->is_gone = source == NULL;
  g_ptr_array_add (batch->entries, entry);
  if (entry->is_gone)
    return TRUE;
  entry->when = summary->received != 0 ? summary->received : summary->date;
  entry->is_passing = !summary->is_whole || (summary->flags & MAIL_FLAG_DRAFT);
  func (source, summary, &text);
  fold_text (entry, &text);
  is_good = !is_new || count_people (mail, batch, summary, &text, entry->when, error);
  store_index_text_clear (&text);
  for (gsize i = 0; i < G_N_ELEMENTS (entry->columns); i++)
    batch->n_bytes += entry->columns[i]->len;
  batch->n_source_bytes += g_bytes_get_size (source);
  return is_good;
}

/* @sql: gives pairs of a position and a message, from a position on; read to the end before anything is done, so that no read stays open */
static GArray *
list_pairs (StoreDatabase *mail, const char *sql, gint64 from, GError **error)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (StoreStatement) statement = store_database_prepare (mail, sql, error);
  gboolean has_row;

  if (!statement)
    return NULL;
  sqlite3_bind_int64 (statement, 1, from);
  sqlite3_bind_int (statement, 2, MESSAGES_A_BATCH);
  while (store_database_step (mail, statement, &has_row, error))
    {
      gint64 pair[2];

      if (!has_row)
        return g_steal_pointer (&pairs);
      pair[0] = sqlite3_column_int64 (statement, 0);
      pair[1] = sqlite3_column_int64 (statement, 1);
      g_array_append_vals (pairs, pair, 2);
    }
  return NULL;
}

static gboolean
is_full (const StoreIndexBatch *batch)
{
  return batch->entries->len >= MESSAGES_A_BATCH || batch->n_bytes >= TEXT_A_BATCH || batch->n_source_bytes >= SOURCES_A_BATCH;
}

/* @position: (inout): goes along. A change of what is above the watermark is seen when its turn comes. */
static gboolean
read_pairs (StoreDatabase *mail, StoreIndexBatch *batch, const GArray *pairs, gint64 *position, gint64 highest, StoreIndexFunc func,
            GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i + 1 < pairs->len && !is_full (batch); i += 2)
    {
      gint64 message = g_array_index (pairs, gint64, i + 1);

      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || (message <= highest && !read_entry (mail, batch, message, highest == G_MAXINT64, func, error)))
        return FALSE;
      *position = g_array_index (pairs, gint64, i);
    }
  return TRUE;
}

StoreIndexBatch *
store_index_read (StoreDatabase *mail, StoreIndexPlace *place, StoreIndexFunc func, GCancellable *cancellable, GError **error)
{
  g_autoptr (StoreIndexBatch) batch = g_new0 (StoreIndexBatch, 1);
  g_autoptr (GArray) changed = NULL;
  g_autoptr (GArray) added = NULL;

  batch->entries = g_ptr_array_new_with_free_func (entry_free);
  batch->people = store_people_new ();
  batch->before = batch->after = *place;
  changed = list_pairs (mail, "SELECT id, message FROM search_change WHERE id > ?1 ORDER BY id LIMIT ?2", place->change, error);
  added = changed ? list_pairs (mail, "SELECT id, id FROM message WHERE id > ?1 ORDER BY id LIMIT ?2", place->message, error) : NULL;
  if (!added || !read_pairs (mail, batch, changed, &batch->after.change, place->message, func, cancellable, error)
      || !read_pairs (mail, batch, added, &batch->after.message, G_MAXINT64, func, cancellable, error))
    return NULL;
  *place = batch->after;
  return g_steal_pointer (&batch);
}

static gboolean
write_words (StoreIndex *self, Entry *entry, GError **error)
{
  const char *columns[STORE_INDEX_N_COLUMNS];

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    columns[i] = entry->columns[i]->str;
  return store_index_file_add (self->index, entry->number, columns, entry->is_passing, error);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  const Entry *one = *(const Entry *const *) a, *other = *(const Entry *const *) b;

  return one->when < other->when ? -1 : one->when > other->when;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  const Entry *one = *(const Entry *const *) a, *other = *(const Entry *const *) b;

  return one->number < other->number ? -1 : one->number > other->number;
}

/* Out with what is there of them, a number for each, and then the words in the order of the numbers: mail mostly comes newest first, and FTS5 wants to
 * go one way. A message that changed twice is in the batch twice: only its last place has words. */
static gboolean
place_entries (StoreIndex *self, StoreIndexBatch *batch, GPtrArray *placed, gint64 *n_dead, GError **error)
{
  g_autoptr (GHashTable) by_message = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < batch->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (batch->entries, i);

      g_hash_table_insert (by_message, &entry->message, entry);
    }
  g_ptr_array_sort (batch->entries, compare_times);
  for (guint i = 0; i < batch->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (batch->entries, i);

      if (g_hash_table_lookup (by_message, &entry->message) != entry)
        continue;
      if (!store_index_file_drop (self->index, entry->message, n_dead, error))
        return FALSE;
      if (entry->is_gone)
        continue;
      if (!store_index_file_place (self->index, entry->message, entry->when, &entry->number, error))
        return FALSE;
      g_ptr_array_add (placed, entry);
    }
  g_ptr_array_sort (placed, compare_numbers);
  return TRUE;
}

static gboolean
write_entries (StoreIndex *self, StoreIndexBatch *batch, gboolean *is_taken, GError **error)
{
  g_autoptr (GPtrArray) placed = g_ptr_array_new ();
  StoreIndexMark mark;

  if (!store_index_file_read_mark (self->index, &mark, error))
    return FALSE;
  *is_taken = mark.message == batch->before.message && mark.change == batch->before.change;
  if (!*is_taken)
    return TRUE;
  mark.message = batch->after.message;
  mark.change = batch->after.change;
  if (!place_entries (self, batch, placed, &mark.n_dead, error))
    return FALSE;
  for (guint i = 0; i < placed->len; i++)
    if (!write_words (self, g_ptr_array_index (placed, i), error))
      return FALSE;
  return store_people_write (batch->people, self->index, error) && store_index_file_write_mark (self->index, &mark, error);
}

gboolean
store_index_write (StoreIndex *self, StoreIndexBatch *batch, gboolean *is_taken, GError **error)
{
  *is_taken = FALSE;
  if (!store_database_begin (self->index, error))
    return FALSE;
  if (!write_entries (self, batch, is_taken, error))
    {
      store_database_rollback (self->index);
      return FALSE;
    }
  if (!store_database_commit (self->index, error))
    return FALSE;
  self->n_untidy += batch->entries->len;
  if (batch->entries->len > 0)
    store_changes_push (self->changes, NULL, 0, STORE_CHANGED_INDEX);
  return TRUE;
}

gboolean
store_index_get_place (StoreIndex *self, StoreIndexPlace *place, GError **error)
{
  StoreIndexMark mark;

  if (!store_index_file_read_mark (self->index, &mark, error))
    return FALSE;
  *place = (StoreIndexPlace) { mark.message, mark.change };
  return TRUE;
}

/* What was worked off; a few rows may wait for more. */
static gboolean
forget_changes (StoreIndex *self, gint64 up_to, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (self->mail, "SELECT ?1 - min (id) FROM search_change", error);
  gint64 n;

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, up_to);
  if (!store_database_query_int (self->mail, statement, 0, &n, error))
    return FALSE;
  if (n < CHANGES_KEPT)
    return TRUE;
  statement = store_database_prepare (self->mail, "DELETE FROM search_change WHERE id <= ?1", error);
  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, up_to);
  return store_database_run (self->mail, statement, error);
}

gboolean
store_index_advance (StoreIndex *self, StoreIndexFunc func, guint *n_done, gboolean *is_more, GCancellable *cancellable, GError **error)
{
  g_autoptr (StoreIndexBatch) batch = NULL;
  StoreIndexPlace before, after;
  gboolean is_taken;

  *is_more = FALSE;
  if (n_done)
    *n_done = 0;
  if (!store_index_get_place (self, &before, error))
    return FALSE;
  after = before;
  batch = store_index_read (self->mail, &after, func, cancellable, error);
  if (!batch)
    return FALSE;
  if (after.message == before.message && after.change == before.change)
    return forget_changes (self, before.change, error) && store_index_file_renew_if_stale (self->index, self->mail, is_more, error);
  if (!store_index_write (self, batch, &is_taken, error))
    return FALSE;
  *is_more = TRUE;
  if (n_done)
    *n_done = batch->entries->len;
  return TRUE;
}

gboolean
store_index_tidy (StoreIndex *self, gboolean *is_more, GError **error)
{
  *is_more = FALSE;
  if (self->n_untidy < UNTIDY_MESSAGES && !self->is_merging)
    return TRUE;
  if (!store_index_file_merge (self->index, self->is_merging ? MERGE_PAGES : -MERGE_PAGES, is_more, error))
    return FALSE;
  self->is_merging = *is_more;
  self->n_untidy = 0;
  return TRUE;
}

gboolean
store_index_repair_after (StoreIndex *self, const GError *failure)
{
  if (!store_index_repair (self->mail, failure))
    return FALSE;
  store_changes_push (self->changes, NULL, 0, STORE_CHANGED_INDEX);
  return TRUE;
}

gint64
store_index_count_waiting (StoreIndex *self, GError **error)
{
  StoreIndexMark mark;
  sqlite3_stmt *statement;
  gint64 n;

  if (!store_index_file_read_mark (self->index, &mark, error))
    return -1;
  statement = store_database_prepare (self->mail,
    "SELECT (SELECT count (*) FROM message WHERE id > ?1) + (SELECT count (*) FROM search_change WHERE id > ?2)", error);
  if (!statement)
    return -1;
  sqlite3_bind_int64 (statement, 1, mark.message);
  sqlite3_bind_int64 (statement, 2, mark.change);
  return store_database_query_int (self->mail, statement, 0, &n, error) ? n : -1;
}
