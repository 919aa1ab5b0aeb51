/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is attached to the message that is read. */
#pragma once

#include <gtk/gtk.h>

#include "model-saver.h"

G_BEGIN_DECLS

#define READER_TYPE_ATTACHMENTS (reader_attachments_get_type ())
G_DECLARE_FINAL_TYPE (ReaderAttachments, reader_attachments, READER, ATTACHMENTS, GtkWidget)

/* Signal "failed" (GError): one could not be opened or saved; "saved" (GFile); "message" (uint position): one that is a message is to be opened */

void reader_attachments_set_saver (ReaderAttachments *self, ModelSaver *saver);

/* reader_attachments_show: @body: (nullable); @hides_shown: pictures that its page shows are not listed a second time. Signatures and reports, which the
 * reader names, never are. */
void reader_attachments_show (ReaderAttachments *self, ModelBody *body, gboolean hides_shown);

/* reader_attachments_open_type: the first one of either type, listed or not; nothing where there is none */
void reader_attachments_open_type (ReaderAttachments *self, const char *type, const char *other);

G_END_DECLS
