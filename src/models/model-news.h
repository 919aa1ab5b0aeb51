/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New mail, told a moment after it came, when rules have had their turn: what they moved away is no news. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _Store Store;

#define MODEL_TYPE_NEWS (model_news_get_type ())
G_DECLARE_FINAL_TYPE (ModelNews, model_news, MODEL, NEWS, GObject) /* main thread */

/* Signal "arrived" (GPtrArray of MailSummary, guint): unread messages in Inboxes, and how many more there are than those */

/* model_news_new: what is there already is no news; @patience_ms: how long after the first arrival it is told */
ModelNews *model_news_new (Store *store, guint patience_ms);

/* model_news_is_news: whether the message is still unread and in an Inbox; one short read */
gboolean model_news_is_news (ModelNews *self, gint64 id);

/* model_news_find_account: whose folder that is; one short read; -1 when it is gone */
gint64 model_news_find_account (ModelNews *self, gint64 folder);

G_END_DECLS
