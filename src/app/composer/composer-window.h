/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing a message: its own window over a ModelDraft. */
#pragma once

#include <adwaita.h>

#include "app-spelling.h"
#include "model-draft.h"

G_BEGIN_DECLS

#define COMPOSER_TYPE_WINDOW (composer_window_get_type ())
G_DECLARE_FINAL_TYPE (ComposerWindow, composer_window, COMPOSER, WINDOW, AdwApplicationWindow)

/* Property "undo-seconds" (guint, 8): how long a message that was sent can be called back ("Sending in 8 s — Undo").
 * Property "asks-receipt" (gboolean): the draft's.
 * Signal "sent" (gint64 message in the Outbox): queued, not yet gone; the main window shows the toast with Undo and runs the engine.
 * Signal "scheduled" (gint64 message in the Outbox, gint64 seconds since 1970): "Send later": it stays in the Outbox until then.
 * Signal "kept": closed, and the draft waits in Drafts. Signal "discarded": it was removed from there, and somebody might miss it;
 * model_draft_restore () brings it back.
 * Signal "form-chosen" (gboolean): with formatting, or without: for the next message; not when an answer is written.
 * The draft saves itself every few seconds and when the window closes; closing one that nobody would miss discards it. */
ComposerWindow *composer_window_new (GtkApplication *application, ModelDraft *draft);

/* composer_window_set_spelling: in which languages it is checked; a choice in its menu holds for all windows, since the engine knows but one */
void composer_window_set_spelling (ComposerWindow *self, AppSpelling *spelling);

ModelDraft *composer_window_get_draft (ComposerWindow *self); /* (transfer none) */

G_END_DECLS
