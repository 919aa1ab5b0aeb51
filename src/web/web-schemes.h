/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers the two schemes by which a page gets pictures: cid: from the message, remote: from the net where that is allowed. */
#pragma once

#include <webkit/webkit.h>

#include "web-api.h"

G_BEGIN_DECLS

typedef struct _WebSource WebSource;

/* web_schemes_register: once for a context */
void web_schemes_register (WebKitWebContext *context);

/**
 * web_schemes_set_source:
 * @source: (transfer full) (nullable): where the pictures of @view's page come from; what is still being fetched for the page before is
 *   given up
 */
void web_schemes_set_source (WebKitWebView *view, WebSource *source);

/* web_source_new: takes @page's data over */
WebSource *web_source_new (const WebPage *page);

G_END_DECLS
