/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Photos among the attachments, made smaller before they go. */
#pragma once

#include <gio/gio.h>

#include "model-draft.h"

G_BEGIN_DECLS

/* composer_photos_get_size: bytes of all JPEG pictures that are worth it (over 300 kB each); 0 for none */
gint64 composer_photos_get_size (ModelDraft *draft);

/**
 * composer_photos_shrink_async:
 * @pixels: of the longer side
 *
 * Decoded, scaled and written anew out of the main thread, one after the other; what a camera noted in them (place, time) does not go
 * along. One that would not become smaller, or cannot be read, stays as it is; so does one that was removed meanwhile.
 *
 * finish: %FALSE only when cancelled
 */
void composer_photos_shrink_async (ModelDraft *draft, int pixels, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean composer_photos_shrink_finish (GAsyncResult *result, GError **error);

G_END_DECLS
