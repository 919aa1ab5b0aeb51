/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bar that looks for words in the message. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define READER_TYPE_FINDER (reader_finder_get_type ())
G_DECLARE_FINAL_TYPE (ReaderFinder, reader_finder, READER, FINDER, GtkWidget)

/* Signals: "find" (string text, int step: -1 back, 0 begin, 1 on); "ended" () */

/* reader_finder_open: shows the bar; where it is open already, goes by @step */
void reader_finder_open (ReaderFinder *self, int step);
void reader_finder_close (ReaderFinder *self);

/* reader_finder_set_count: how often the text is there; 1000 stands for more */
void reader_finder_set_count (ReaderFinder *self, guint n);

G_END_DECLS
