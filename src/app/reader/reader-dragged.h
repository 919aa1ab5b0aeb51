/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An attachment on its way out of the window: a file, made when somebody wants to have it. */
#pragma once

#include <gtk/gtk.h>

#include "model-saver.h"

G_BEGIN_DECLS

#define READER_TYPE_DRAGGED (reader_dragged_get_type ())
G_DECLARE_FINAL_TYPE (ReaderDragged, reader_dragged, READER, DRAGGED, GdkContentProvider)

/* reader_dragged_new: (transfer full): offers the attachment of @body at @position as a file, which is put away (model_saver_put_away_async ())
 * with the first drop, and not before: most drags end nowhere */
GdkContentProvider *reader_dragged_new (ModelSaver *saver, ModelBody *body, guint position);

G_END_DECLS
