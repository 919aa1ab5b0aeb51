/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The source of a message in a window. */
#pragma once

#include <gtk/gtk.h>

#include "model-body.h"

G_BEGIN_DECLS

/* reader_source_present: as received, made valid UTF-8; at most a megabyte is shown */
void reader_source_present (GtkWindow *parent, ModelBody *body);

G_END_DECLS
