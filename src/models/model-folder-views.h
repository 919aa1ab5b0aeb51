/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The quick views at the top of the folder tree: all inboxes, what is unread, flagged, with attachments. */
#pragma once

#include "model-folder.h"

G_BEGIN_DECLS

typedef struct _Store Store;

/* model_folder_views_new: (transfer full): the row "Quick views" with its four */
ModelFolder *model_folder_views_new (void);

/* model_folder_views_find: (nullable) (transfer none): the one of that id */
ModelFolder *model_folder_views_find (ModelFolder *views, gint64 id);

/* model_folder_views_count: @folders: of StoreFolder, all there are: their counts are added up, nothing is counted */
void model_folder_views_count (ModelFolder *views, GPtrArray *folders);

/* model_folder_views_count_flagged: from an index that has only those: short */
void model_folder_views_count_flagged (ModelFolder *views, Store *store);

G_END_DECLS
