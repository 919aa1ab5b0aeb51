/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fetches a picture from the net: without cookies, referrer, credentials, cache or a name of ours. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define WEB_FETCH_MAX_SIZE (16 << 20) /* bytes of one picture */
#define WEB_FETCH_SECONDS 30          /* without a byte */
#define WEB_FETCH_ALL_SECONDS 60      /* for all of one picture */

typedef struct _WebFetch WebFetch;

/* web_fetch_new: one for a page: nothing is kept from one to the next but open connections, and those go with it */
WebFetch *web_fetch_new (void);
void web_fetch_free (WebFetch *self); /* what still runs is cancelled by who started it, and may end afterwards */

/* web_fetch_async: @uri: http or https; at most five redirections, within these two. Only public addresses are connected to, whatever a name
 * or a redirection says (web-address.h). Certificates are checked. */
void web_fetch_async (WebFetch *self, const char *uri, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* web_fetch_finish: (transfer full): %NULL also when it is no picture (web_fetch_is_picture ()) or too big; @type: (out) (transfer full) */
GBytes *web_fetch_finish (GAsyncResult *result, char **type, GError **error);

/* web_fetch_is_picture: image/ but SVG, which is a document */
gboolean web_fetch_is_picture (const char *type);

G_END_DECLS
