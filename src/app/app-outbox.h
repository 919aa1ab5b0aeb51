/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done to one message of the Outbox: actions of the window. */
#pragma once

#include <adwaita.h>

#include "model-mailbox.h"

G_BEGIN_DECLS

#define APP_TYPE_OUTBOX (app_outbox_get_type ())
G_DECLARE_FINAL_TYPE (AppOutbox, app_outbox, APP, OUTBOX, GObject)

/**
 * app_outbox_new:
 * @window: gets the actions win.outbox-send, win.outbox-edit and win.outbox-arrived, each with a message's id (x)
 * @toasts: where failures are told
 *
 * Sending again asks the window for "win.send", writing on for "app.edit". Nothing is told once the window is gone.
 */
AppOutbox *app_outbox_new (GtkApplicationWindow *window, ModelMailbox *mailbox, AdwToastOverlay *toasts);

G_END_DECLS
