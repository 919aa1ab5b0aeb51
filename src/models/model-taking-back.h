/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message comes out of the Outbox to be written on. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _StoreDatabase StoreDatabase;

/**
 * model_taking_back_run:
 * @id: of a message in the Outbox
 * @is_draft: (out): it can be written on; else it is gone
 *
 * It becomes a draft of its account, in one transaction. Who has got it already does not stand in the draft any more, so that nobody
 * gets it twice; the copy in Sent names them all. An answer that nobody wrote (model-answer.h) goes for good, and what it answers is as it was
 * before. In the store's worker.
 *
 * Returns: %FALSE with %BASE_ERROR_INVALID when it is being sent just now, %BASE_ERROR_NOT_FOUND when it is not in the Outbox
 */
gboolean model_taking_back_run (StoreDatabase *database, gint64 id, gboolean *is_draft, GError **error);

G_END_DECLS
