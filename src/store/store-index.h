/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Building the search index. It is a file of its own beside the mail ("mail.sqlite-search"): writing it takes no lock that receiving
 * waits for, and whoever throws it away loses nothing, because it is built again from the mail.
 *
 * What is indexed already is a watermark in the index itself, written in the same transaction as the words: ids of messages are never
 * used twice and are committed in their order. What changes below the watermark (a body came, a message went) leaves a row in
 * "search_change" of the mail. So a process may die at any point, and what is missing is known at the next start. */
#pragma once

#include "mail-summary.h"
#include "store-database.h"

G_BEGIN_DECLS

/* So many bytes of a message's text are indexed, of its names and addresses, and of its subject; the rest is not found. */
#define STORE_INDEX_MAX_BODY (512 * 1024)
#define STORE_INDEX_MAX_PEOPLE (64 * 1024)
#define STORE_INDEX_MAX_SUBJECT 4096

/* The index in the thread that builds it, with a handle of the mail */
typedef struct _StoreIndex StoreIndex;

/* What is to be found of a message, valid UTF-8; not folded: the index does that. */
typedef struct
{
  char *subject;
  char *from;
  char *to;           /* and Cc and Bcc */
  char *body;
  char *attachments;  /* their names, a line each */
} StoreIndexText;

void store_index_text_clear (StoreIndexText *self);

/**
 * StoreIndexFunc:
 * @source: whole or headers alone, as @summary says
 * @text: (out): all fields are set
 *
 * Takes a message apart; in the thread that builds.
 */
typedef void (*StoreIndexFunc) (GBytes *source, const MailSummary *summary, StoreIndexText *text);

/**
 * store_index_open:
 *
 * Makes the file where there is none; one of another version, of another profile or that is no index is made anew.
 *
 * Returns: (transfer full): belongs to the calling thread; free with store_index_free () in it
 */
StoreIndex *store_index_open (Store *store, GError **error);
void store_index_free (StoreIndex *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreIndex, store_index_free)

/**
 * store_index_advance:
 * @n_done: (out) (optional): messages that were taken in or out
 * @is_more: (out): there is more to do
 *
 * One batch: a few hundred messages or a few megabytes of text, one transaction of the index. The mail is only read. Whoever
 * searches sees it at once; STORE_CHANGED_INDEX is told. When there is nothing more, the rows of "search_change" that were
 * worked off are removed, in one short transaction of the mail.
 */
gboolean store_index_advance (StoreIndex *self, StoreIndexFunc func, guint *n_done, gboolean *is_more, GCancellable *cancellable, GError **error);

/* The same in two halves, for two threads: much of the work is to read and take apart. */

/* How far the index has come */
typedef struct
{
  gint64 message;  /* all messages up to this id have had their turn */
  gint64 change;   /* and all rows of search_change up to this one */
} StoreIndexPlace;

gboolean store_index_get_place (StoreIndex *self, StoreIndexPlace *place, GError **error);

/* What was read; immutable, and of no thread */
typedef struct _StoreIndexBatch StoreIndexBatch;

void store_index_batch_free (StoreIndexBatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreIndexBatch, store_index_batch_free)

guint store_index_batch_get_n_messages (const StoreIndexBatch *self);
gsize store_index_batch_get_bytes (const StoreIndexBatch *self);

/**
 * store_index_read:
 * @mail: the calling thread's
 * @place: (inout): from where on; goes behind what was read, and stays where there is nothing more
 *
 * Returns: (transfer full): the next batch; %NULL with @error
 */
StoreIndexBatch *store_index_read (StoreDatabase *mail, StoreIndexPlace *place, StoreIndexFunc func, GCancellable *cancellable, GError **error);

/* store_index_write: one transaction. @is_taken: (out): %FALSE when another process was faster: then what was read behind it is of no use either */
gboolean store_index_write (StoreIndex *self, StoreIndexBatch *batch, gboolean *is_taken, GError **error);

/**
 * store_index_tidy:
 * @is_more: (out): call again
 *
 * Merges a piece of what many batches wrote, so that searching reads in few places; to be called when all is indexed.
 */
gboolean store_index_tidy (StoreIndex *self, gboolean *is_more, GError **error);

/* store_index_repair_after: whether the index was damaged, and is made anew now: to be advanced again (store-index-repair.h) */
gboolean store_index_repair_after (StoreIndex *self, const GError *failure);

/* store_index_count_waiting: messages that are not indexed yet, about; -1 with @error */
gint64 store_index_count_waiting (StoreIndex *self, GError **error);

G_END_DECLS
