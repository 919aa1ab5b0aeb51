/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saved searches: what a person looks for again and again, under a name of their own. */
#pragma once

#include "mail-query.h"
#include "store.h"

G_BEGIN_DECLS

typedef struct _StoreSaved StoreSaved;

struct _StoreSaved
{
  gint64 id;       /* 0: not kept yet */
  char *name;      /* unique; no blanks around it */
  char *query;     /* as it was typed (mail-query.h) */
  gint64 folder;   /* in this folder alone, with which the search goes; 0: in all mail */
};

void store_saved_free (StoreSaved *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreSaved, store_saved_free)

/* store_saved_list: (transfer full): of StoreSaved, by name; short */
GPtrArray *store_saved_list (StoreDatabase *database, GError **error);

/* store_saved_get: (transfer full): %BASE_ERROR_NOT_FOUND */
StoreSaved *store_saved_get (StoreDatabase *database, gint64 id, GError **error);

/**
 * store_saved_put:
 *
 * A new one, or one of that id written anew: renamed, or brought back after it was deleted. %BASE_ERROR_EXISTS when another one has the name,
 * %BASE_ERROR_INVALID for an empty name and for a query that looks for nothing, or for a date or size that is none.
 *
 * Returns: the id, or -1
 */
gint64 store_saved_put (StoreDatabase *database, const StoreSaved *saved, GError **error);

/* store_saved_rename: with the errors of store_saved_put () */
gboolean store_saved_rename (StoreDatabase *database, gint64 id, const char *name, GError **error);

/* store_saved_delete: one that is not there is fine */
gboolean store_saved_delete (StoreDatabase *database, gint64 id, GError **error);

/* store_saved_parse: (transfer full): as the window understood it while it was typed, by what day it is now; any thread */
MailQuery *store_saved_parse (const StoreSaved *self);

G_END_DECLS
