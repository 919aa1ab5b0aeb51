/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The messages of one folder, or those that a search finds, as a window over however many there are: all ids, and the rows that are in view. */
#pragma once

#include <gio/gio.h>

#include "mail-highlight.h"
#include "model-order.h"

G_BEGIN_DECLS

typedef struct _Store Store;

#define MODEL_TYPE_MESSAGE_LIST (model_message_list_get_type ())
G_DECLARE_FINAL_TYPE (ModelMessageList, model_message_list, MODEL, MESSAGE_LIST, GObject) /* a GListModel of ModelMessage; main thread */

/* Properties (read-only, notify): folder (gint64), is-loading (ids are being read and none are shown yet), n-items (guint),
 * search (string, %NULL while a folder is shown), filter (int) */

ModelMessageList *model_message_list_new (Store *store);

/**
 * model_message_list_show:
 * @folder: or a ModelView of model-folder.h, or a saved search's id; 0, or a saved search that is gone, empties the list
 *
 * The ids are read in the store's worker; what an earlier call asked for and that comes late is dropped. Another order of
 * the same folder replaces the rows in one go when it has come.
 */
void model_message_list_show (ModelMessageList *self, gint64 folder, ModelSort sort, gboolean is_ascending);

/**
 * model_message_list_set_arrangement:
 * @is_threaded: the messages of one conversation as one row, the first of them in the list's order (FALSE at first); not in a search
 * @is_grouped: in the order of arrival the first row of a day knows it ("section" of ModelMessage; TRUE at first)
 */
void model_message_list_set_arrangement (ModelMessageList *self, gboolean is_threaded, gboolean is_grouped);

/* model_message_list_set_expanded: the conversation that @id is in shows all its messages, or its first alone. Returns the first one's id, 0
 * when it is in none. */
gint64 model_message_list_set_expanded (ModelMessageList *self, gint64 id, gboolean is_expanded);

/* model_message_list_add_folded: to @ids (of gint64) those that @id stands for, when it is the first of a conversation that is not open */
void model_message_list_add_folded (ModelMessageList *self, gint64 id, GArray *ids);

/* model_message_list_set_filter: of the folder or of what is found only these, until another folder is shown; a message that is read
 * meanwhile stays */
void model_message_list_set_filter (ModelMessageList *self, ModelFilter filter);
ModelFilter model_message_list_get_filter (ModelMessageList *self);

/**
 * model_message_list_search:
 * @text: (nullable): what a person types (mail-query.h); %NULL or what says nothing shows the folder again
 *
 * To be called with every keystroke: the search before is cancelled. What is shown stays until the new hits are there, the first page before
 * the rest; the list follows the index. Notifies "search".
 */
void model_message_list_search (ModelMessageList *self, const char *text);

/* model_message_list_set_is_everywhere: a search looks in all mail (TRUE at first), or in the folder alone */
void model_message_list_set_is_everywhere (ModelMessageList *self, gboolean is_everywhere);
gboolean model_message_list_is_everywhere (ModelMessageList *self);

/* model_message_list_set_is_best_first: what a person looks for comes as the words weigh, instead of in the list's order (FALSE at first) */
void model_message_list_set_is_best_first (ModelMessageList *self, gboolean is_best_first);
gboolean model_message_list_is_best_first (ModelMessageList *self);

/* model_message_list_get_search: (nullable): what a person looks for; %NULL while a folder is shown, also when it is a saved search */
const char *model_message_list_get_search (ModelMessageList *self);

/* model_message_list_get_highlight: (nullable) (transfer none): the words that are looked for */
MailHighlight *model_message_list_get_highlight (ModelMessageList *self);

/* model_message_list_get_complaint: (nullable): what is wrong with it: a date or size that is none, an English sentence */
const char *model_message_list_get_complaint (ModelMessageList *self);

/* model_message_list_is_partial: more may be found, because much of the mail is not indexed yet; "rearranged" tells when that changes */
gboolean model_message_list_is_partial (ModelMessageList *self);

gint64 model_message_list_get_folder (ModelMessageList *self);
gboolean model_message_list_is_loading (ModelMessageList *self);

/* model_message_list_get_id: the id at @position without loading a row; 0 beyond the end */
gint64 model_message_list_get_id (ModelMessageList *self, guint position);

/* model_message_list_find: where a message stands; %FALSE when it is not in the list. Looks at up to all ids. */
gboolean model_message_list_find (ModelMessageList *self, gint64 id, guint *position);

/* model_message_list_get_n_loaded: how many rows are in memory; for tests and figures */
guint model_message_list_get_n_loaded (ModelMessageList *self);

/**
 * model_message_list_find_beginning:
 * @text: what a person types
 *
 * The first message from @position on, and then from the top, whose subject begins with @text, without Re: and regardless of accents; where the
 * list is in the order of people, the person. Of very many it may be another one than the first. None while a search is shown.
 *
 * Returns: its id, or 0
 */
gint64 model_message_list_find_beginning (ModelMessageList *self, const char *text, guint position);

/* Signal "rearranged": ids that were read anew have been told; a message that was shown may be folded into its conversation now */
/* Signal "loaded": the first ids of what was asked for by model_message_list_show () are there (there may be none) */
/* Signal "failed" (GError): they could not be read */

G_END_DECLS
