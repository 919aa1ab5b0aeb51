/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of the search index: its tables, and one message's words put in and taken out. Only for the files of this folder. */
#pragma once

#include "store-database.h"

G_BEGIN_DECLS

/* The columns of "words"; their order is written into files. */
enum
{
  STORE_INDEX_SUBJECT,
  STORE_INDEX_FROM,
  STORE_INDEX_TO,
  STORE_INDEX_BODY,
  STORE_INDEX_ATTACHMENTS,
  STORE_INDEX_N_COLUMNS
};

/* "doc" gives every message a number that grows with the time it was received, so that the index itself lists the newest first: four
 * numbers a second, and where they are taken one near by. */
#define STORE_INDEX_NUMBERS_A_SECOND 4

typedef struct
{
  gint64 message;  /* all messages up to this id have had their turn */
  gint64 change;   /* and all rows of search_change up to this one */
  gint64 n_dead;   /* numbers whose words are still in the index, though the message is not */
} StoreIndexMark;

/* store_index_file_dup_path: (transfer full): where the index of that handle's mail is */
char *store_index_file_dup_path (StoreDatabase *mail);

/* store_index_file_open: (transfer full): a handle for writing; the file is made, or made anew, where it is not @mail's */
StoreDatabase *store_index_file_open (StoreDatabase *mail, GError **error);

/* store_index_file_attach: @mail can be asked for its words from now on, under the name "search"; made where it is not there */
gboolean store_index_file_attach (StoreDatabase *mail, GError **error);

/**
 * store_index_file_empty:
 *
 * The file at @path becomes an empty database, whatever is in it. It is not removed: whoever has it open would go on writing into what is gone,
 * and at its end remove the new one's log.
 */
gboolean store_index_file_empty (const char *path, GError **error);

/* store_index_file_is_of_mail: whether it would be left as it is */
gboolean store_index_file_is_of_mail (StoreDatabase *index, StoreDatabase *mail, gboolean *result, GError **error);

gboolean store_index_file_read_mark (StoreDatabase *index, StoreIndexMark *mark, GError **error);
gboolean store_index_file_write_mark (StoreDatabase *index, const StoreIndexMark *mark, GError **error);

/**
 * store_index_file_place:
 * @when: seconds since 1970
 * @number: (out): what the index calls the message from now on
 */
gboolean store_index_file_place (StoreDatabase *index, gint64 message, gint64 when, gint64 *number, GError **error);

/**
 * store_index_file_add:
 * @number: of store_index_file_place (), in ascending order within a transaction: with every step back FTS5 writes out what it has gathered, and so many
 *   small pieces cost twice as much as the words
 * @columns: folded words
 * @is_passing: the words are kept, so that they can be taken out again
 */
gboolean store_index_file_add (StoreDatabase *index, gint64 number, const char *const *columns, gboolean is_passing, GError **error);

/* store_index_file_drop: @n_dead: (inout): one more where its words have to stay; a message that is not there is fine */
gboolean store_index_file_drop (StoreDatabase *index, gint64 message, gint64 *n_dead, GError **error);

/* store_index_file_merge: see FTS5's 'merge' command */
gboolean store_index_file_merge (StoreDatabase *index, int pages, gboolean *is_more, GError **error);

/* store_index_file_renew_if_stale: empties an index of which more is dead than alive; @was_renewed: (out): it is to be filled again */
gboolean store_index_file_renew_if_stale (StoreDatabase *index, StoreDatabase *mail, gboolean *was_renewed, GError **error);

G_END_DECLS
