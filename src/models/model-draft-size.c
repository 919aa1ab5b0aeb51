/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How large a draft is, how large it will be on its way, and how large it may be. */
#include "model-draft-private.h"
#include "store-room.h"

#include <string.h>

#define HEADER_SIZE 2000 /* bytes, about: the header, and what stands between the parts */

gint64
model_draft_get_files_size (ModelDraft *self)
{
  GHashTableIter pictures;
  ModelDraftFile *picture;
  gint64 size = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->files)); i++)
    {
      g_autoptr (ModelDraftFile) file = g_list_model_get_item (G_LIST_MODEL (self->files), i);

      size += model_draft_file_get_size (file);
    }
  g_hash_table_iter_init (&pictures, self->pictures);
  while (g_hash_table_iter_next (&pictures, NULL, (gpointer *) &picture))
    size += self->is_rich ? model_draft_file_get_size (picture) : 0;
  return size;
}

/* base64 makes four bytes of three, and a line end for 76 (RFC 2045 §6.8). */
gint64
model_draft_estimate_size (ModelDraft *self)
{
  gint64 text = (gint64) strlen (model_draft_get_written_text (self)) + (self->is_rich ? (gint64) strlen (model_draft_get_html (self)) : 0);
  gint64 files = model_draft_get_files_size (self);

  return HEADER_SIZE + text * 11 / 10 + files / 57 * 78 + (files > 0 ? 78 : 0);
}

gint64
model_draft_get_limit (ModelDraft *self)
{
  gint64 limit = 0;

  if (self->identity)
    store_room_get_limit (store_get_reader (self->store), account_get_id (account_identity_get_account (self->identity)), &limit, NULL);
  return limit;
}
