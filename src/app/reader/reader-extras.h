/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a message tells besides its words: as high as it is at this width, up to a limit, and scrolled beyond. A GtkScrolledWindow alone asks
 * how high its content is where no line is broken, and cuts it off where one is. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define READER_TYPE_EXTRAS (reader_extras_get_type ())
G_DECLARE_FINAL_TYPE (ReaderExtras, reader_extras, READER, EXTRAS, GtkWidget)

/* Property: content (GtkWidget, construct-only) */

G_END_DECLS
