/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the folder tree: an account, "On this computer", or a mailbox in one of them; "Quick views", or one of those. */
#pragma once

#include <gio/gio.h>

#include "account.h"
#include "mail-role.h"

G_BEGIN_DECLS

typedef enum
{
  MODEL_FOLDER_MAILBOX,
  MODEL_FOLDER_ACCOUNT,
  MODEL_FOLDER_LOCAL,   /* "On this computer"; app/ words it, and those below */
  MODEL_FOLDER_VIEWS,
  MODEL_FOLDER_VIEW,    /* its id is a ModelView */
  MODEL_FOLDER_FAVOURITES,
  MODEL_FOLDER_SEARCH,  /* a saved search; its id is model_folder_id_from_saved () */
} ModelFolderKind;

/* What a quick view has for an id */
typedef enum
{
  MODEL_VIEW_INBOXES = -1,
  MODEL_VIEW_UNREAD = -2,
  MODEL_VIEW_FLAGGED = -3,
  MODEL_VIEW_ATTACHMENT = -4,
} ModelView;

/* Saved searches, by the store's number, have ids below those of the views. model_folder_id_to_saved: 0 for any other */
#define MODEL_FOLDER_BEFORE_SAVED (-1000)

static inline gint64
model_folder_id_from_saved (gint64 saved)
{
  return MODEL_FOLDER_BEFORE_SAVED - saved;
}

static inline gint64
model_folder_id_to_saved (gint64 id)
{
  return id < MODEL_FOLDER_BEFORE_SAVED ? MODEL_FOLDER_BEFORE_SAVED - id : 0;
}

#define MODEL_TYPE_FOLDER (model_folder_get_type ())
G_DECLARE_FINAL_TYPE (ModelFolder, model_folder, MODEL, FOLDER, GObject)

/* Properties (read-only, notify; main thread): id (gint64, 0 for what cannot be opened), account-id (gint64, 0 on this computer), kind, role (both as int), name
 * (an account's title; "" for the local one), total, unread (guint), is-plaintext (an account that a person set to talk
 * without encryption), inside (guint: unread mail in the folders below, but for what nobody waits for), problem (string, nullable, read-write: a sentence of the app's about an account that did not work). */

ModelFolder *model_folder_new_account (Account *account); /* follows its title and its security */
ModelFolder *model_folder_new_local (void);
ModelFolder *model_folder_new_views (void);
ModelFolder *model_folder_new_view (ModelView view);
ModelFolder *model_folder_new_search (gint64 saved);
ModelFolder *model_folder_new_mailbox (gint64 id, gint64 account);
ModelFolder *model_folder_new_favourites (void);

/* model_folder_new_favourite: @folder's second row, without children: the same id, and counts that follow; @owner: (nullable): its account's row */
ModelFolder *model_folder_new_favourite (ModelFolder *folder, ModelFolder *owner);

/* model_folder_is_favourite: whether it is such a second row */
gboolean model_folder_is_favourite (ModelFolder *self);

/* model_folder_get_place: (nullable): of a second row: the title of the account whose folder it is */
const char *model_folder_get_place (ModelFolder *self);

/* model_folder_update: what the store says now; tells only what changed */
void model_folder_update (ModelFolder *self, MailRole role, const char *name, guint total, guint unread);

ModelFolderKind model_folder_get_kind (ModelFolder *self);
gint64 model_folder_get_id (ModelFolder *self);
gint64 model_folder_get_account_id (ModelFolder *self);
Account *model_folder_get_account (ModelFolder *self); /* (nullable): of an account's own row */
MailRole model_folder_get_role (ModelFolder *self);
const char *model_folder_get_name (ModelFolder *self);
guint model_folder_get_total (ModelFolder *self);
guint model_folder_get_unread (ModelFolder *self);
guint model_folder_get_inside (ModelFolder *self);
void model_folder_set_inside (ModelFolder *self, guint inside);
const char *model_folder_get_problem (ModelFolder *self); /* (nullable) */
void model_folder_set_problem (ModelFolder *self, const char *problem);
GListModel *model_folder_get_children (ModelFolder *self); /* of ModelFolder; never %NULL */

G_END_DECLS
