/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The message that is read, saved as a file. */
#pragma once

#include "reader-page.h"

G_BEGIN_DECLS

/* reader_saving_begin: asks where to, saves the message that @page shows, byte for byte, and tells by the page how it went */
void reader_saving_begin (ReaderPage *page);

G_END_DECLS
