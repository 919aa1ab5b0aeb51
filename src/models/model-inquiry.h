/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One question of a message list to the store at a time: the answer to an earlier one is dropped, and what changes is asked for again, not too often. */
#pragma once

#include "model-listing.h"
#include "model-wish.h"

G_BEGIN_DECLS

#define MODEL_TYPE_INQUIRY (model_inquiry_get_type ())
G_DECLARE_FINAL_TYPE (ModelInquiry, model_inquiry, MODEL, INQUIRY, GObject) /* main thread */

/* ModelInquiryFunc: @listing: (nullable) (transfer full): %NULL with @error. May ask again, or forget. */
typedef void (*ModelInquiryFunc) (ModelListing *listing, const GError *error, gpointer data);

/* model_inquiry_new: @wish: read whenever the store is asked; it and @data must outlive the object, or model_inquiry_forget () comes before their end */
ModelInquiry *model_inquiry_new (Store *store, const ModelWish *wish, ModelInquiryFunc answered, gpointer data);

/* model_inquiry_ask: instead of what was asked before; @in_parts: the first hits of a search come before all the others, as two answers */
void model_inquiry_ask (ModelInquiry *self, gboolean in_parts);

/* model_inquiry_ask_again: soon; when an answer is under way, after it */
void model_inquiry_ask_again (ModelInquiry *self);

/* model_inquiry_doubt: an answer that is under way may be wrong by now: it is asked for again when it has come */
void model_inquiry_doubt (ModelInquiry *self);

/* model_inquiry_forget: no answer comes any more */
void model_inquiry_forget (ModelInquiry *self);

G_END_DECLS
