/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a read receipt or a delivery report tells, in sentences; what machines say of it is folded under them. */
#pragma once

#include <gtk/gtk.h>

#include "model-body.h"

G_BEGIN_DECLS

#define READER_TYPE_REPORT (reader_report_get_type ())
G_DECLARE_FINAL_TYPE (ReaderReport, reader_report, READER, REPORT, GtkWidget)

/* reader_report_show: (nullable) @body: without a report in it, nothing is shown. Its button activates win.show-message. */
void reader_report_show (ReaderReport *self, ModelBody *body);

/* reader_report_dup_sentences: (transfer full): of its report, one a line */
char *reader_report_dup_sentences (ModelBody *body);

G_END_DECLS
