/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the listing of a message list is shown: which conversations are open, and which day it is for its sections. */
#pragma once

#include "model-listing.h"
#include "model-message.h"

G_BEGIN_DECLS

typedef struct _ModelArrangement ModelArrangement;

ModelArrangement *model_arrangement_new (void);
void model_arrangement_free (ModelArrangement *self);

/* model_arrangement_take: (nullable) (transfer full): another listing of the same; what was open stays open */
void model_arrangement_take (ModelArrangement *self, ModelListing *listing);

/* model_arrangement_forget: of another folder: nothing is open */
void model_arrangement_forget (ModelArrangement *self);

/* model_arrangement_set_is_grouped: TRUE at first: by sections */
void model_arrangement_set_is_grouped (ModelArrangement *self, gboolean is_grouped);
gboolean model_arrangement_is_grouped (ModelArrangement *self);

/* model_arrangement_remove: what is gone, before the listing is read again */
void model_arrangement_remove (ModelArrangement *self, GArray *gone);

/* model_arrangement_see_day: whether another day has begun since the sections were found; they are found anew then */
gboolean model_arrangement_see_day (ModelArrangement *self);

/* model_arrangement_flatten: (transfer full): of gint64, the ids to be shown */
GArray *model_arrangement_flatten (ModelArrangement *self);

/* model_arrangement_open: @conversation shows all or its first alone; whether that changes anything */
gboolean model_arrangement_open (ModelArrangement *self, const ModelConversation *conversation, gboolean is_open);
gboolean model_arrangement_is_open (ModelArrangement *self, const ModelConversation *conversation);

/* model_arrangement_find: (nullable) (transfer none): the conversation that @id is in */
const ModelConversation *model_arrangement_find (ModelArrangement *self, gint64 id);

void model_arrangement_place (ModelArrangement *self, ModelMessage *message);

G_END_DECLS
