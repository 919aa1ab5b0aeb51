/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What servers refused to do, after it was done here: undone, and kept so that a person hears of it. */
#pragma once

#include "account-list.h"

G_BEGIN_DECLS

typedef struct _Store Store;

typedef enum
{
  MODEL_REFUSAL_MARK,
  MODEL_REFUSAL_MOVE,
  MODEL_REFUSAL_COPY,
  MODEL_REFUSAL_DELETE,
  MODEL_REFUSAL_PUT,            /* a draft, sent mail, or mail of another account into a folder */
  MODEL_REFUSAL_CREATE_FOLDER,
  MODEL_REFUSAL_RENAME_FOLDER,
  MODEL_REFUSAL_DELETE_FOLDER,
  MODEL_REFUSAL_MOVE_FOLDER,
} ModelRefusalKind;

/* One of them. Immutable. */
#define MODEL_TYPE_REFUSAL (model_refusal_get_type ())
G_DECLARE_FINAL_TYPE (ModelRefusal, model_refusal, MODEL, REFUSAL, GObject)

gint64 model_refusal_get_id (ModelRefusal *self);            /* later ones have higher ids */
gint64 model_refusal_get_account (ModelRefusal *self);
ModelRefusalKind model_refusal_get_kind (ModelRefusal *self);
const char *model_refusal_get_name (ModelRefusal *self);     /* the message's subject or the folder's name; "" when neither is known */
const char *model_refusal_get_folder (ModelRefusal *self);   /* (nullable): path of the folder it was to go to or to be deleted in */
gint64 model_refusal_get_failed (ModelRefusal *self);        /* seconds since 1970 */
const GError *model_refusal_get_error (ModelRefusal *self);  /* with the server's words */

/* All that is kept, newest first, of all accounts; at most 1,000 of each */
#define MODEL_TYPE_REFUSALS (model_refusals_get_type ())
G_DECLARE_FINAL_TYPE (ModelRefusals, model_refusals, MODEL, REFUSALS, GObject) /* a GListModel of ModelRefusal; main thread */

/* model_refusals_new: reads them in the store's worker, and follows the store */
ModelRefusals *model_refusals_new (Store *store, AccountList *accounts);

/* model_refusals_count: of @account, those after the one whose id is @after. @latest: (out) (optional): the highest id, 0 when there are none */
guint model_refusals_count (ModelRefusals *self, gint64 account, gint64 after, gint64 *latest);

G_END_DECLS
