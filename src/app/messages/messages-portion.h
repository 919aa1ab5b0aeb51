/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A long list that is opened: what a screen shows first, and the rest once that has been painted. A list view makes two hundred rows whatever is seen of
 * them, which is most of the time until a folder, and at the start the window, is seen. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MESSAGES_PORTION_ROWS 50

#define MESSAGES_TYPE_PORTION (messages_portion_get_type ())
G_DECLARE_FINAL_TYPE (MessagesPortion, messages_portion, MESSAGES, PORTION, GObject) /* a GListModel; main thread */

/**
 * messages_portion_new:
 * @list: positions here are positions there
 * @painter: (nullable): the widget that shows it, which holds this object
 *
 * When all of @list was replaced by other things, the first %MESSAGES_PORTION_ROWS of them are here at once, and all of them after the next frame of
 * @painter, or after a second where nothing is painted. Any other change of @list is passed on; one among the first rows brings the rest along.
 */
MessagesPortion *messages_portion_new (GListModel *list, GtkWidget *painter);

/* messages_portion_complete: whoever is about to speak of positions further down cannot wait for a frame */
void messages_portion_complete (MessagesPortion *self);

G_END_DECLS
