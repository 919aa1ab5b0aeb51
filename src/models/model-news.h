/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New mail that nobody has looked at yet: told a moment after it came, when rules have had their turn, until it is read or gone. */
#pragma once

#include "mail-summary.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _Store Store;

/* So many are kept in mind, the newest; what came longer ago than this, in seconds, is no news when it gets here. */
#define MODEL_NEWS_MAX 1000
#define MODEL_NEWS_MAX_AGE (24 * 60 * 60)

typedef struct
{
  gint64 account;
  MailSummary *summary; /* as it was when it came */
} ModelNewsItem;

#define MODEL_TYPE_NEWS (model_news_get_type ())
G_DECLARE_FINAL_TYPE (ModelNews, model_news, MODEL, NEWS, GObject) /* main thread */

/* Signal "changed": something came, or was read, moved or deleted */

/* model_news_new: what is there already is no news; @patience_ms: how long it has to be quiet before what came is told. The store's worker looks. */
ModelNews *model_news_new (Store *store, guint patience_ms);

/* model_news_get_items: (transfer none): of ModelNewsItem, of all accounts, in the order in which they came */
const GPtrArray *model_news_get_items (ModelNews *self);

/* ModelNewsFunc: whether @item is to be kept in mind */
typedef gboolean (*ModelNewsFunc) (const ModelNewsItem *item, gpointer data);

/* model_news_keep: forgets all others; tells nobody */
void model_news_keep (ModelNews *self, ModelNewsFunc is_kept, gpointer data);

/* model_news_find_folder: where any message is now, 0 when it is gone: one short read */
gint64 model_news_find_folder (ModelNews *self, gint64 message);

G_END_DECLS
