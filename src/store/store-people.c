/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Collects who was written to and who wrote.
 *
 * The rank grows with each message and fades with time, but is never touched by time: it is the logarithm of a sum in which every message
 * weighs as much as its time is late, so that two ranks compare the same today and in a year. */
#include "store-people.h"

#include "mail-address.h"
#include "mail-words.h"
#include "store-private.h"

#include <math.h>
#include <string.h>

#define HALF_LIFE (90.0 * 24 * 3600) /* seconds after which a message counts half */
#define WRITTEN_WEIGHT 3.0           /* as a power of two: writing to somebody counts as much as eight messages from there */
#define MAX_PEOPLE 50                /* of one message: who writes to more writes to nobody in particular */
#define MAX_NAME 200                 /* bytes */
#define MAX_WORDS 16

typedef struct
{
  char *address;
  char *name;
  gint64 last;
  double rank;
  int n_written, n_received;
} Tally;

struct _StorePeople
{
  GHashTable *tallies; /* folded address → Tally */
};

static void
tally_free (gpointer data)
{
  Tally *self = data;

  g_free (self->address);
  g_free (self->name);
  g_free (self);
}

StorePeople *
store_people_new (void)
{
  StorePeople *self = g_new0 (StorePeople, 1);

  self->tallies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, tally_free);
  return self;
}

void
store_people_free (StorePeople *self)
{
  if (!self)
    return;
  g_hash_table_unref (self->tallies);
  g_free (self);
}

char *
store_people_fold (const char *address)
{
  g_autofree char *valid = g_utf8_make_valid (address, -1);

  return g_utf8_casefold (valid, -1);
}

gsize
store_people_measure (const char *address)
{
  const char *at = strrchr (address, '@');
  const char *dot = at ? strrchr (at, '.') : NULL;

  return dot ? (gsize) (dot - address) : strlen (address);
}

void
store_people_add_words (GString *words, const char *name, const char *address)
{
  g_autofree char *head = g_strndup (address, store_people_measure (address));

  mail_words_fold (words, name, MAX_NAME);
  mail_words_fold (words, head, MAX_NAME * 2);
}

static void
add_words (GPtrArray *list, const char *text, gssize length)
{
  MailWords words;

  mail_words_init (&words, text, length);
  while (list->len < MAX_WORDS && mail_words_next (&words))
    if (!g_ptr_array_find_with_equal_func (list, words.word, g_str_equal, NULL))
      g_ptr_array_add (list, g_strndup (words.word, words.length));
}

char **
store_people_list_words (const char *name, const char *address)
{
  GPtrArray *list = g_ptr_array_new ();

  add_words (list, name, MIN (strlen (name), MAX_NAME));
  add_words (list, address, store_people_measure (address));
  g_ptr_array_add (list, NULL);
  return (char **) g_ptr_array_free (list, FALSE);
}

static double
add_ranks (double a, double b)
{
  return MAX (a, b) + log2 (1 + exp2 (MIN (a, b) - MAX (a, b)));
}

/* Nobody writes to those. */
static gboolean
is_robot (const char *folded)
{
  static const char *const robots[] = { "noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "mailer-daemon", "bounce", "postmaster@" };

  for (gsize i = 0; i < G_N_ELEMENTS (robots); i++)
    if (g_str_has_prefix (folded, robots[i]))
      return TRUE;
  return strstr (folded, "+bounce") || strstr (folded, "noreply@") || strstr (folded, "no-reply@");
}

static void
add_one (StorePeople *self, const MailAddress *address, gboolean is_written, gint64 when)
{
  g_autofree char *folded = NULL;
  double rank = when / HALF_LIFE + (is_written ? WRITTEN_WEIGHT : 0);
  Tally *tally;

  if (!mail_address_is_valid (address->address))
    return;
  folded = store_people_fold (address->address);
  if (!is_written && is_robot (folded))
    return;
  tally = g_hash_table_lookup (self->tallies, folded);
  if (!tally)
    {
      tally = g_new0 (Tally, 1);
      *tally = (Tally) { g_strdup (address->address), g_strdup (""), when, rank, 0, 0 };
      g_hash_table_insert (self->tallies, g_steal_pointer (&folded), tally);
    }
  else
    tally->rank = add_ranks (tally->rank, rank);
  if (*address->name && strlen (address->name) <= MAX_NAME && (!*tally->name || when >= tally->last))
    {
      g_free (tally->name);
      tally->name = g_strdup (address->name);
    }
  tally->last = MAX (tally->last, when);
  tally->n_written += is_written;
  tally->n_received += !is_written;
}

void
store_people_add (StorePeople *self, MailRole role, MailFlags flags, const char *from, const char *to, gint64 when)
{
  gboolean is_written = role == MAIL_ROLE_SENT || role == MAIL_ROLE_OUTBOX;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (GPtrArray) list = NULL;

  if (role == MAIL_ROLE_DRAFTS || role == MAIL_ROLE_JUNK || role == MAIL_ROLE_TRASH || (flags & (MAIL_FLAG_DRAFT | MAIL_FLAG_JUNK)))
    return;
  list = mail_address_list_parse (is_written ? to : from);
  for (guint i = 0; i < MIN (list->len, MAX_PEOPLE); i++)
    add_one (self, g_ptr_array_index (list, i), is_written, CLAMP (when, 0, now));
}

/* Writing */

typedef struct
{
  gint64 id; /* 0: not known yet */
  char *name;
  double rank;
  gint64 last;
} Known;

static gboolean
find_known (StoreDatabase *index, const char *folded, Known *known, GError **error)
{
  g_autoptr (StoreStatement) statement = store_database_prepare (index, "SELECT id, name, rank, last FROM person WHERE folded = ?1", error);
  gboolean has_row;

  if (!statement)
    return FALSE;
  sqlite3_bind_text (statement, 1, folded, -1, SQLITE_STATIC);
  if (!store_database_step (index, statement, &has_row, error))
    return FALSE;
  if (has_row)
    *known = (Known) { sqlite3_column_int64 (statement, 0), g_strdup ((const char *) sqlite3_column_text (statement, 1)),
                       sqlite3_column_double (statement, 2), sqlite3_column_int64 (statement, 3) };
  return TRUE;
}

static gboolean
write_person (StoreDatabase *index, const char *folded, const Tally *tally, const char *name, double rank, gint64 *id, GError **error)
{
  g_autoptr (GString) words = g_string_new (NULL);
  sqlite3_stmt *statement = store_database_prepare (index,
    "INSERT INTO person (folded, address, name, words, rank, n_written, n_received, last) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
    " ON CONFLICT (folded) DO UPDATE SET name = ?3, words = ?4, rank = ?5, n_written = n_written + ?6, n_received = n_received + ?7,"
    " last = max (last, ?8)", error);

  if (!statement)
    return FALSE;
  store_people_add_words (words, name, tally->address);
  sqlite3_bind_text (statement, 1, folded, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, tally->address, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 3, name, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 4, words->str, (int) words->len, SQLITE_STATIC);
  sqlite3_bind_double (statement, 5, rank);
  sqlite3_bind_int (statement, 6, tally->n_written);
  sqlite3_bind_int (statement, 7, tally->n_received);
  sqlite3_bind_int64 (statement, 8, tally->last);
  if (!store_database_run (index, statement, error))
    return FALSE;
  if (!*id)
    *id = sqlite3_last_insert_rowid (store_database_get_handle (index));
  return TRUE;
}

static gboolean
write_words (StoreDatabase *index, const char *sql, const char *name, const char *address, gint64 id, double rank, GError **error)
{
  g_auto (GStrv) words = store_people_list_words (name, address);

  for (guint i = 0; words[i]; i++)
    {
      sqlite3_stmt *statement = store_database_prepare (index, sql, error);

      if (!statement)
        return FALSE;
      sqlite3_bind_text (statement, 1, words[i], -1, SQLITE_STATIC);
      sqlite3_bind_int64 (statement, 2, id);
      sqlite3_bind_double (statement, 3, rank);
      if (!store_database_run (index, statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_tally (StoreDatabase *index, const char *folded, const Tally *tally, GError **error)
{
  static const char forget[] = "DELETE FROM person_word WHERE word = ?1 AND person = ?2 AND ?3 IS NOT NULL";
  static const char keep[] = "INSERT OR REPLACE INTO person_word (word, person, rank) VALUES (?1, ?2, ?3)";
  Known known = { 0 };
  g_autofree char *old_name = NULL;
  const char *name;
  double rank;

  if (!find_known (index, folded, &known, error))
    return FALSE;
  old_name = known.name;
  name = known.id && (!*tally->name || (tally->last < known.last && *old_name)) ? old_name : tally->name;
  rank = known.id ? add_ranks (known.rank, tally->rank) : tally->rank;
  if (known.id && !g_str_equal (name, old_name) && !write_words (index, forget, old_name, tally->address, known.id, 0, error))
    return FALSE;
  return write_person (index, folded, tally, name, rank, &known.id, error)
         && write_words (index, keep, name, tally->address, known.id, rank, error);
}

gboolean
store_people_write (StorePeople *self, StoreDatabase *index, GError **error)
{
  GHashTableIter iter;
  gpointer folded, tally;

  g_hash_table_iter_init (&iter, self->tallies);
  while (g_hash_table_iter_next (&iter, &folded, &tally))
    if (!write_tally (index, folded, tally, error))
      return FALSE;
  return TRUE;
}
