/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The message that is read, saved as a file. */
#pragma once

#include "reader-page.h"

G_BEGIN_DECLS

typedef enum
{
  READER_SAVING_MESSAGE,   /* byte for byte */
  READER_SAVING_TEXT,      /* what can be read, with who and when above it */
  READER_SAVING_PDF,
} ReaderSavingKind;

/* reader_saving_begin: asks where to, saves the message that @page shows, and tells by the page how it went */
void reader_saving_begin (ReaderPage *page, ReaderSavingKind kind);

/* reader_saving_preview: the message as it would be printed, opened with whatever shows PDFs; the file goes with the next start */
void reader_saving_preview (ReaderPage *page);

G_END_DECLS
