/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A search made into one SQL statement. Only for store-search.c. */
#pragma once

#include "store-search.h"

G_BEGIN_DECLS

typedef struct
{
  GString *sql;
  GPtrArray *texts;  /* of char *: bound to ?1, ?2 … */
  gboolean is_void;  /* nothing can be found: no need to ask */
} StoreSearchSql;

/* store_search_sql_init: @folders: of StoreFolder, all of them; clear @self whatever happened */
void store_search_sql_init (StoreSearchSql *self, const StoreSearch *search, const GPtrArray *folders);
void store_search_sql_clear (StoreSearchSql *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StoreSearchSql, store_search_sql_clear)

G_END_DECLS
