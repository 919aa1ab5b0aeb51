/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who was written to and who wrote: collected from mail while the search index is built, in the index's file, and like it made again from the
 * mail where it is lost. Every message counts once. Only for the files of this folder. */
#pragma once

#include "mail-flags.h"
#include "mail-role.h"
#include "store-database.h"

G_BEGIN_DECLS

/* The tables, for the file of the index; STORE_PEOPLE_DROP takes them away, STORE_PEOPLE_EMPTY empties them */
#define STORE_PEOPLE_TABLES \
  "CREATE TABLE person (" \
  "  id INTEGER PRIMARY KEY, folded TEXT NOT NULL UNIQUE, address TEXT NOT NULL, name TEXT NOT NULL, words TEXT NOT NULL," \
  "  rank REAL NOT NULL, n_written INTEGER NOT NULL, n_received INTEGER NOT NULL, last INTEGER NOT NULL);" \
  "CREATE TABLE person_word (" \
  "  word TEXT NOT NULL, person INTEGER NOT NULL, rank REAL NOT NULL, PRIMARY KEY (word, person)) WITHOUT ROWID;" \
  "CREATE INDEX person_rank ON person (rank);"
#define STORE_PEOPLE_DROP "DROP TABLE IF EXISTS person; DROP TABLE IF EXISTS person_word;"
#define STORE_PEOPLE_EMPTY "DELETE FROM person; DELETE FROM person_word;"

/* What a batch of messages says of people */
typedef struct _StorePeople StorePeople;

StorePeople *store_people_new (void);
void store_people_free (StorePeople *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StorePeople, store_people_free)

/**
 * store_people_add:
 * @role: of the folder that the message is in: of sent mail the recipients count, and most; of other mail the senders; drafts, junk and
 *   deleted mail say nothing of anybody
 * @from, @to: as mail_address_list_to_string () wrote them
 * @when: seconds since 1970
 */
void store_people_add (StorePeople *self, MailRole role, MailFlags flags, const char *from, const char *to, gint64 when);

/* store_people_write: in the open transaction of the @index */
gboolean store_people_write (StorePeople *self, StoreDatabase *index, GError **error);

/* store_people_measure: the bytes of an address (or of what is typed of one) by which it is found: all but the end of its domain, because "com"
 * is half the world */
gsize store_people_measure (const char *address);

/* store_people_add_words: the folded words of name and address are added to @words, a space before each */
void store_people_add_words (GString *words, const char *name, const char *address);

/* store_people_list_words: (transfer full): the same, each once */
char **store_people_list_words (const char *name, const char *address);

/* store_people_fold: (transfer full): what two spellings of one address have in common */
char *store_people_fold (const char *address);

G_END_DECLS
