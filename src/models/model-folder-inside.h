/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a folded row of the folder tree still says: the unread mail in the folders below it. */
#pragma once

#include "model-folder.h"

G_BEGIN_DECLS

/* model_folder_inside_count: sets "inside" of all rows in @rows and below. Inboxes, archives and own folders count: nobody waits for
 * what is in the others. */
void model_folder_inside_count (GListModel *rows);

/* model_folder_inside_is_awaited: whether folders of that role count */
gboolean model_folder_inside_is_awaited (MailRole role);

G_END_DECLS
