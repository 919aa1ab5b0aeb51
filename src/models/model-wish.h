/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a message list is asked to show: a folder or view, its order, the filter on top of it, and what is looked for instead. */
#pragma once

#include "model-order.h"
#include "store-changes.h"
#include "store-saved.h"
#include "store-search.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 folder;            /* or a ModelView of model-folder.h, or a saved search; 0: nothing */
  ModelFilter filter;
  gboolean is_threaded;
  gboolean is_everywhere;   /* what is looked for, not in the folder alone */
  gboolean is_best_first;   /* what a person looks for: as the words weigh, instead of query's order */
  MailQuery *search;        /* (nullable): held: what a person looks for */
  MailQuery *saved;         /* (nullable): held: what the folder, a saved search, looks for… */
  gint64 saved_folder;      /* …and where; 0: in all mail */
  StoreQuery query;         /* what folder and filter mean: model_wish_settle (); its order is set by whoever asks */
} ModelWish;

void model_wish_clear (ModelWish *self);
void model_wish_settle (ModelWish *self);

/* model_wish_set_search: (nullable): whether that changes anything. Text that says nothing (yet) is no search. */
gboolean model_wish_set_search (ModelWish *self, const char *text);

/* model_wish_set_folder: @saved: (nullable): when it is a saved search */
void model_wish_set_folder (ModelWish *self, gint64 folder, const StoreSaved *saved);

/* model_wish_get_query: (nullable) (transfer none): what is looked for; %NULL while a folder is shown */
MailQuery *model_wish_get_query (const ModelWish *self);

/* model_wish_to_search: @limit: 0: all; holds nothing of its own */
StoreSearch model_wish_to_search (const ModelWish *self, guint limit);

/* model_wish_is_about_folder: whether what came into the change's folder or left it may have done so here; never while something is looked for */
gboolean model_wish_is_about_folder (const ModelWish *self, const StoreChange *change);

/* model_wish_needs_reading: whether ids may have come, or stand elsewhere: what a search shows may have moved or gone from anywhere, what came is
 * found when it is indexed, and what moved from one folder of a view to another stays in it */
gboolean model_wish_needs_reading (const ModelWish *self, const StoreChange *change);

G_END_DECLS
