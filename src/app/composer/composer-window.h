/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing a message: its own window over a ModelDraft. */
#pragma once

#include <adwaita.h>

#include "model-draft.h"

G_BEGIN_DECLS

#define COMPOSER_TYPE_WINDOW (composer_window_get_type ())
G_DECLARE_FINAL_TYPE (ComposerWindow, composer_window, COMPOSER, WINDOW, AdwApplicationWindow)

/* Signal "sent" (gint64 message in the Outbox): queued, not yet gone; the main window shows the toast with Undo and runs the engine.
 * The draft saves itself; closing an unchanged new draft discards it. */
ComposerWindow *composer_window_new (GtkApplication *application, ModelDraft *draft);

G_END_DECLS
