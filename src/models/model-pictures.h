/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures attached to a message, which stand below its text. */
#pragma once

#include "mime-message.h"

G_BEGIN_DECLS

typedef struct _ModelPictures ModelPictures;

/**
 * model_pictures_new:
 * @shown: a set of Content-IDs: pictures that the message's own page shows already
 *
 * Decodes them, up to twenty and 64 MB, of kinds that every web view knows; so not in the main thread. Immutable from then on.
 *
 * Returns: (transfer full) (nullable): %NULL where there are none
 */
ModelPictures *model_pictures_new (MimeMessage *message, GHashTable *shown);
void model_pictures_free (ModelPictures *self);

/* model_pictures_ref: (transfer full) (nullable): by the name that the page has for it; @type: (out) (transfer none) */
GBytes *model_pictures_ref (ModelPictures *self, const char *content_id, const char **type);

/* model_pictures_dup_page: (transfer full): @page, of html_clean () or html_page_new_from_text (), with the pictures at its end */
char *model_pictures_dup_page (ModelPictures *self, const char *page);

G_END_DECLS
