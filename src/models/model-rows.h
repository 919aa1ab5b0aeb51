/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a message list that are in memory: loaded a page at a time where somebody looks, the oldest let go. */
#pragma once

#include "model-message.h"

G_BEGIN_DECLS

typedef struct _Store Store;

#define MODEL_TYPE_ROWS (model_rows_get_type ())
G_DECLARE_FINAL_TYPE (ModelRows, model_rows, MODEL, ROWS, GObject) /* main thread */

/* ModelRowsPlaceFunc: tells @message its place (model_message_set_place ()) */
typedef void (*ModelRowsPlaceFunc) (ModelMessage *message, gpointer data);

/* model_rows_new: @place: called for every message that is made, and by model_rows_place (); must outlive the object */
ModelRows *model_rows_new (Store *store, ModelRowsPlaceFunc place, gpointer data);

/* model_rows_place: all that anybody holds have perhaps another place now */
void model_rows_place (ModelRows *self);

/**
 * model_rows_get:
 * @ids: all ids of the list, @n_ids of them
 *
 * One object an id for as long as anybody holds it. Where the row is not in memory, its page is read at once (about a
 * millisecond); when many pages are asked for in one go, as when everything is selected, the row comes unloaded, and the pages that
 * were asked for last are read when the main loop is next at rest.
 *
 * Returns: (transfer full)
 */
ModelMessage *model_rows_get (ModelRows *self, const gint64 *ids, guint n_ids, guint position);

/* model_rows_tell_day: it is another day: "received" of all rows is notified, because it is said in other words now */
void model_rows_tell_day (ModelRows *self);

/* model_rows_set_highlight: (nullable): of all messages, those in memory and those to come */
void model_rows_set_highlight (ModelRows *self, MailHighlight *highlight);

/* model_rows_reload: reads again what is in memory of @ids; of everything with @n_ids 0 */
void model_rows_reload (ModelRows *self, const gint64 *ids, guint n_ids);

guint model_rows_get_n_loaded (ModelRows *self);

G_END_DECLS
