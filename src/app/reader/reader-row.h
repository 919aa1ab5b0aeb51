/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said and the buttons that go with it: beside each other, or the buttons below where they would leave the words no room. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define READER_TYPE_ROW (reader_row_get_type ())
G_DECLARE_FINAL_TYPE (ReaderRow, reader_row, READER, ROW, GtkWidget)

/* Properties, for templates: "words" and "buttons", a widget each. */

G_END_DECLS
