/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one bar above a message's text: a sentence, what helps, and details folded under it. */
#pragma once

#include <gtk/gtk.h>

#include "model-body.h"

G_BEGIN_DECLS

#define READER_TYPE_BAR (reader_bar_get_type ())
G_DECLARE_FINAL_TYPE (ReaderBar, reader_bar, READER, BAR, GtkWidget)

/**
 * reader_bar_show:
 * @body: what there is to say about it, the gravest first: the Outbox, only headers, a draft, somebody who asks for a receipt, no page,
 *   pictures that wait, text that was cut; nothing hides the bar
 * @now: seconds since 1970
 * @receipt: (nullable): who asks to be told that it was read
 * @offers_images: its page waits for pictures from the net
 * @page_error: (nullable): why its text is shown instead of its page
 *
 * Its buttons activate win.fetch-body, win.outbox-send, win.outbox-edit, win.account-help (with ids), message.edit, message.delete,
 * reader.save, reader.show-images, reader.always-show-images, app.tell-read, app.refuse-receipt.
 */
void reader_bar_show (ReaderBar *self, ModelBody *body, gint64 now, const MailReceipt *receipt, gboolean offers_images, const GError *page_error);

/* reader_bar_show_error: the message could not be read */
void reader_bar_show_error (ReaderBar *self, const GError *error);

/* reader_bar_set_is_busy: the whole message is on its way */
void reader_bar_set_is_busy (ReaderBar *self, gboolean is_busy);

void reader_bar_hide (ReaderBar *self);

G_END_DECLS
