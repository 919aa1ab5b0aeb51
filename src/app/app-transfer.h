/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sending and receiving as actions of the window: when, for whom, not at all, and what helps where it failed. */
#pragma once

#include <adwaita.h>

#include "app-parts.h"

G_BEGIN_DECLS

#define APP_TYPE_TRANSFER (app_transfer_get_type ())
G_DECLARE_FINAL_TYPE (AppTransfer, app_transfer, APP, TRANSFER, GObject)

/* Properties: is-busy (read-write: whether there is something to stop), is-offline (read-only, notify: a person works offline) */

/**
 * app_transfer_new:
 * @window: gets the actions win.send-receive, win.send, win.receive, win.cancel; for one account (x) win.run-account, win.cancel-account and
 *   win.account-help; and win.work-offline (a switch)
 * @toasts: where failures are told that belong to no account
 *
 * Also asks for passwords when the engine needs them. Once it is disposed of, nothing is told any more, and what it asked for and nobody else
 * waits for ends.
 */
AppTransfer *app_transfer_new (GtkApplicationWindow *window, const AppParts *parts, AdwToastOverlay *toasts);

/* app_transfer_restore: before @engine starts: who worked offline when Posthorn ended does so still */
void app_transfer_restore (SyncEngine *engine, AppState *state);

G_END_DECLS
