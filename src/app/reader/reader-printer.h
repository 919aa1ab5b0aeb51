/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page that nobody sees: what goes to paper or into a PDF is laid out in it, and the one that is read stays as it is. */
#pragma once

#include <gtk/gtk.h>

#include "model-body.h"
#include "web-api.h"

G_BEGIN_DECLS

#define READER_TYPE_PRINTER (reader_printer_get_type ())
G_DECLARE_FINAL_TYPE (ReaderPrinter, reader_printer, READER, PRINTER, GtkWidget)

/* reader_printer_new: @related: the view that is read in, whose process it shares */
ReaderPrinter *reader_printer_new (const WebApi *api, GtkWidget *related);

/* Both: a second call before the first has its page takes its place; that one is told %G_IO_ERROR_CANCELLED. */

/* @file: what was asked for; NULL for paper */
typedef void (*ReaderPrinterFunc) (GFile *file, const GError *error, gpointer data);

/* reader_printer_print: asks with the desktop's dialog, which has a preview; @func is called before that, or with an error */
void reader_printer_print (ReaderPrinter *self, ModelBody *body, gboolean is_plain, gboolean loads_remote, GtkWindow *parent,
                           ReaderPrinterFunc func, gpointer data);

void reader_printer_save (ReaderPrinter *self, ModelBody *body, gboolean is_plain, gboolean loads_remote, GFile *file,
                          ReaderPrinterFunc func, gpointer data);

G_END_DECLS
