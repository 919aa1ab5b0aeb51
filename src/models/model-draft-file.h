/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One file that goes with a draft: what a row at the composer's foot binds to. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MODEL_TYPE_DRAFT_FILE (model_draft_file_get_type ())
G_DECLARE_FINAL_TYPE (ModelDraftFile, model_draft_file, MODEL, DRAFT_FILE, GObject)

/* Immutable. Properties (read-only): name, content-type, size (gint64 bytes). */
ModelDraftFile *model_draft_file_new (const char *name, const char *content_type, GBytes *data);

const char *model_draft_file_get_name (ModelDraftFile *self);
const char *model_draft_file_get_content_type (ModelDraftFile *self);
gint64 model_draft_file_get_size (ModelDraftFile *self);
GBytes *model_draft_file_get_data (ModelDraftFile *self); /* (transfer none) */

G_END_DECLS
