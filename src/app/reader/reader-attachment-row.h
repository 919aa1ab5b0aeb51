/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One attachment: its name, its size, Open and Save. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define READER_TYPE_ATTACHMENT_ROW (reader_attachment_row_get_type ())
G_DECLARE_FINAL_TYPE (ReaderAttachmentRow, reader_attachment_row, READER, ATTACHMENT_ROW, GtkWidget)

/* Properties: attachment (GObject with name, content-type, size), position (guint). Its buttons activate attachment.open and
 * attachment.save with the position (u). */

G_END_DECLS
