/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opens a link that somebody clicked in a message. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*ReaderOpenerFunc) (GtkWidget *widget, const GError *error);

/**
 * reader_opener_open:
 * @widget: kept alive until it is done
 * @is_misleading: its text names another place: the person is asked first
 * @on_failed: called with %BASE_ERROR_INVALID for another scheme than http, https and mailto, or with what the desktop said
 *
 * mailto: goes to the action app.mailto, the rest to the desktop (or its portal).
 */
void reader_opener_open (GtkWidget *widget, const char *uri, gboolean is_misleading, ReaderOpenerFunc on_failed);

/* reader_opener_may_open: whether the scheme is one of these three */
gboolean reader_opener_may_open (const char *uri);

G_END_DECLS
