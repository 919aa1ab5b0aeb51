/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The beginning of a name made into the people it may mean. What fits many fits some of those whom one writes to most, so they are looked
 * through first; what fits few has few rows in the table of words, where the rank stands beside each. */
#include "store-completion.h"

#include "mail-address.h"
#include "mail-words.h"
#include "store-contacts-private.h"
#include "store-people.h"

#include <string.h>

#define MAX_WORDS 6
#define MAX_CONTACTS 300      /* whose first word fits, that are weighed */
#define MAX_GROUP_MEMBERS 500
#define FIRST_PEOPLE 500      /* that are looked through */
#define MAX_PEOPLE 2000       /* whose first word fits, that are looked through for the others */
#define LAST_LETTER "\xf4\x8f\xbf\xbf"

typedef struct
{
  char *words[MAX_WORDS];     /* each with a space before it */
  guint n_words;
  guint key;                  /* the one that is looked up */
} Wanted;

static void
wanted_clear (Wanted *self)
{
  for (guint i = 0; i < self->n_words; i++)
    g_free (self->words[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wanted, wanted_clear)

void
store_completion_free (StoreCompletion *self)
{
  if (!self)
    return;
  g_free (self->name);
  g_free (self->address);
  g_free (self);
}

/* The longest word finds fewest. */
static void
read_wanted (Wanted *self, const char *text)
{
  MailWords words;

  mail_words_init (&words, text, (gssize) store_people_measure (text));
  while (self->n_words < MAX_WORDS && mail_words_next (&words))
    self->words[self->n_words++] = g_strdup_printf (" %.*s", (int) words.length, words.word);
  for (guint i = 1; i < self->n_words; i++)
    if (strlen (self->words[i]) > strlen (self->words[self->key]))
      self->key = i;
}

/* @sql: whose ?1 and ?2 are the range of the key; @column: in which every word must be, as ?3, ?4 …; @tail: what follows on that */
static sqlite3_stmt *
prepare (StoreDatabase *database, const Wanted *wanted, const char *sql, const char *column, const char *tail, GError **error)
{
  g_autoptr (GString) whole = g_string_new (sql);
  g_autofree char *end = g_strconcat (wanted->words[wanted->key] + 1, LAST_LETTER, NULL);
  sqlite3_stmt *statement;

  for (guint i = 0; i < wanted->n_words; i++)
    g_string_append_printf (whole, " AND instr (%s, ?%u) > 0", column, i + 3);
  g_string_append (whole, tail);
  statement = store_database_prepare (database, whole->str, error);
  if (!statement)
    return NULL;
  sqlite3_bind_text (statement, 1, wanted->words[wanted->key] + 1, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, end, -1, SQLITE_TRANSIENT);
  for (guint i = 0; i < wanted->n_words; i++)
    sqlite3_bind_text (statement, (int) i + 3, wanted->words[i], -1, SQLITE_STATIC);
  return statement;
}

/* Rows of name and address; an address that is there already is passed over. */
static gboolean
read_people (StoreDatabase *database, sqlite3_stmt *prepared, StoreCompletionKind kind, GHashTable *seen, GPtrArray *list, guint limit,
             GError **error)
{
  g_autoptr (StoreStatement) statement = prepared;
  gboolean has_row;

  while (statement && store_database_step (database, statement, &has_row, error))
    {
      StoreCompletion *completion;
      char *folded;

      if (!has_row || list->len >= limit)
        return TRUE;
      folded = store_people_fold ((const char *) sqlite3_column_text (statement, 1));
      if (!g_hash_table_add (seen, folded))
        continue;
      completion = g_new0 (StoreCompletion, 1);
      completion->kind = kind;
      completion->name = g_strdup ((const char *) sqlite3_column_text (statement, 0));
      completion->address = g_strdup ((const char *) sqlite3_column_text (statement, 1));
      g_ptr_array_add (list, completion);
    }
  return FALSE;
}

/* All addresses of a contact that fits, those that one writes to first */
static gboolean
add_contacts (StoreDatabase *database, const Wanted *wanted, GHashTable *seen, GPtrArray *list, guint limit, GError **error)
{
  g_autofree char *tail = g_strdup_printf (" LIMIT %d) f JOIN contact_address a ON a.contact = f.id"
    " LEFT JOIN person p ON p.folded = a.folded ORDER BY p.rank IS NULL, p.rank DESC, a.position, f.id", MAX_CONTACTS);

  return read_people (database, prepare (database, wanted, "SELECT f.name, a.address FROM (SELECT DISTINCT c.id, c.name FROM contact_word w"
                                         " JOIN contact c ON c.id = w.contact WHERE w.word >= ?1 AND w.word < ?2", "c.words", tail, error),
                      STORE_COMPLETION_CONTACT, seen, list, limit, error);
}

/* The rest come in the order of their rank already: the join is done in the order written, and ends when there are enough. */
static gboolean
add_people (StoreDatabase *database, const Wanted *wanted, GHashTable *seen, GPtrArray *list, guint limit, GError **error)
{
  static const char first[] = "SELECT f.name, f.address FROM (SELECT name, address, words FROM person ORDER BY rank DESC LIMIT "
                              G_STRINGIFY (FIRST_PEOPLE) ") f WHERE (?1 <> ?2)";
  static const char rest[] = "SELECT p.name, p.address FROM (SELECT person FROM person_word WHERE word >= ?1 AND word < ?2 ORDER BY rank DESC LIMIT "
                             G_STRINGIFY (MAX_PEOPLE) ") w CROSS JOIN person p ON p.id = w.person WHERE 1";

  return read_people (database, prepare (database, wanted, first, "f.words", "", error), STORE_COMPLETION_PERSON, seen, list, limit, error)
         && (list->len >= limit
             || read_people (database, prepare (database, wanted, rest, "p.words", "", error), STORE_COMPLETION_PERSON,
                             seen, list, limit, error));
}

static gboolean
fits (const Wanted *wanted, const char *name)
{
  g_autoptr (GString) words = g_string_new (NULL);

  mail_words_fold (words, name, G_MAXSIZE);
  for (guint i = 0; i < wanted->n_words; i++)
    if (!strstr (words->str, wanted->words[i]))
      return FALSE;
  return TRUE;
}

static gboolean
fill_group (StoreDatabase *database, gint64 group, StoreCompletion *completion, GError **error)
{
  g_autoptr (GPtrArray) members = store_contacts_list (database, NULL, group, error);
  g_autoptr (GPtrArray) addresses = mail_address_list_new ();

  if (!members)
    return FALSE;
  for (guint i = 0; i < members->len && addresses->len < MAX_GROUP_MEMBERS; i++)
    {
      const StoreContact *contact = g_ptr_array_index (members, i);

      if (*contact->address)
        g_ptr_array_add (addresses, mail_address_new (contact->name, contact->address));
    }
  completion->address = mail_address_list_to_string (addresses);
  completion->n_members = addresses->len;
  return TRUE;
}

static gboolean
add_groups (StoreDatabase *database, const Wanted *wanted, GPtrArray *list, guint limit, GError **error)
{
  g_autoptr (GPtrArray) groups = store_contact_groups_list (database, error);

  for (guint i = 0; groups && i < groups->len && list->len < limit; i++)
    {
      const StoreContactGroup *group = g_ptr_array_index (groups, i);
      StoreCompletion *completion;

      if (group->n_members == 0 || !fits (wanted, group->name))
        continue;
      completion = g_new0 (StoreCompletion, 1);
      completion->kind = STORE_COMPLETION_GROUP;
      completion->name = g_strdup (group->name);
      g_ptr_array_add (list, completion);
      if (!fill_group (database, group->id, completion, error))
        return FALSE;
      if (completion->n_members == 0)
        g_ptr_array_remove (list, completion);
    }
  return groups != NULL;
}

static gboolean
list_inside (StoreDatabase *database, const Wanted *wanted, GPtrArray *list, guint limit, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return add_groups (database, wanted, list, MIN (limit, 3), error) && add_contacts (database, wanted, seen, list, limit, error)
         && add_people (database, wanted, seen, list, limit, error);
}

GPtrArray *
store_completion_list (StoreDatabase *database, const char *text, guint limit, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) store_completion_free);
  g_auto (Wanted) wanted = { .n_words = 0 };
  gboolean is_good;

  read_wanted (&wanted, text);
  if (wanted.n_words == 0)
    return g_steal_pointer (&list);
  if (!store_database_begin_read (database, error))
    return NULL;
  is_good = list_inside (database, &wanted, list, limit, error);
  store_database_end_read (database);
  return is_good ? g_steal_pointer (&list) : NULL;
}
