/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Children one after the other in lines, as words in a text; the last one takes what is left of its line. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RECIPIENTS_TYPE_LAYOUT (recipients_layout_get_type ())
G_DECLARE_FINAL_TYPE (RecipientsLayout, recipients_layout, RECIPIENTS, LAYOUT, GtkLayoutManager)

G_END_DECLS
