/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was read for a message list: the ids in order, by conversations where those are wanted, and where the sections by date begin.
 * Made in the store's worker, then the main thread's. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gint64 thread;
  gint64 head;   /* the first in the order shown: the newest of a list with the newest on top */
  GArray *rest;  /* of gint64: the others, in that order; at least one */
} ModelConversation;

typedef struct _ModelListing ModelListing;

/**
 * model_listing_new:
 * @ids: (transfer full): of gint64, in order, none twice
 * @received: (nullable) (transfer full): of gint64, when each of @ids was received: the list is in that order, one way or the other
 * @threads: (nullable): gint64 → gint64: the thread of each id that shares it; ids of one thread are made a conversation at the place
 *   of the first. %NULL: each stands for itself
 */
ModelListing *model_listing_new (GArray *ids, GArray *received, GHashTable *threads);
void model_listing_free (ModelListing *self);

/* model_listing_set_is_partial: what was found while the index was behind; there may be more */
void model_listing_set_is_partial (ModelListing *self, gboolean is_partial);
gboolean model_listing_is_partial (ModelListing *self);

/* model_listing_get_n_heads: messages and conversations */
guint model_listing_get_n_heads (ModelListing *self);

/* model_listing_flatten: (transfer full): of gint64: what is shown when the conversations of the threads in @expanded (gint64) are open */
GArray *model_listing_flatten (ModelListing *self, GHashTable *expanded);

/* model_listing_remove: what is gone, before the listing is read again; a conversation whose head is gone has the next one for it */
void model_listing_remove (ModelListing *self, GArray *gone);

/* model_listing_find: (nullable) (transfer none): the conversation that @id is in */
const ModelConversation *model_listing_find (ModelListing *self, gint64 id);

/* model_listing_set_day: finds the sections anew, by what day it is; a list in no order of time has none */
void model_listing_set_day (ModelListing *self, gint64 now, GTimeZone *zone);

/* model_listing_get_section: when the section begins (model-days.h) that @id is the first of; 0 for the others */
gint64 model_listing_get_section (ModelListing *self, gint64 id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ModelListing, model_listing_free)

G_END_DECLS
