/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The connection log: what was said to the servers and what they answered, to read, copy and send with a bug report. */
#pragma once

#include <adwaita.h>

#include "base-trace.h"

G_BEGIN_DECLS

/* log_window_present: one window a @parent, brought to the front when it is open already; it follows @trace while it is open */
void log_window_present (GtkWindow *parent, BaseTrace *trace);

G_END_DECLS
