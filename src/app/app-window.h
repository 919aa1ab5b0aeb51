/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The main window: wires folders, messages, reader and status together; knows none of their work. */
#pragma once

#include <adwaita.h>

#include "account-list.h"
#include "account-secrets.h"
#include "app-settings.h"
#include "app-state.h"
#include "model-folder-tree.h"
#include "model-mailbox.h"
#include "model-message-list.h"
#include "model-saver.h"
#include "sync-engine.h"

G_BEGIN_DECLS

#define APP_TYPE_WINDOW (app_window_get_type ())
G_DECLARE_FINAL_TYPE (AppWindow, app_window, APP, WINDOW, AdwApplicationWindow)

/* What the window shows: made by the application, each held by the window for as long as it is open. */
typedef struct
{
  AccountList *accounts;
  AccountSecrets *secrets;
  SyncEngine *engine;
  ModelFolderTree *tree;
  ModelMessageList *messages;
  ModelMailbox *mailbox;
  ModelSaver *saver;
  AppSettings *settings;
  AppState *state;
} AppParts;

/* Actions: win.send-receive, win.receive (x: an account), win.send, win.cancel, win.account-help (x), win.fetch-body (x), win.outbox-send (x),
 * win.outbox-edit (x), win.outbox-arrived (x), win.back; and those of the group "message" (messages-actions.h). */
AppWindow *app_window_new (GtkApplication *application, const AppParts *parts);

/* app_window_show_sending: a composer has put message @id into the Outbox, to go in @delay seconds: a toast with Undo */
void app_window_show_sending (AppWindow *self, gint64 id, guint delay);

/* app_window_show_notice, _show_error: a toast */
void app_window_show_notice (AppWindow *self, const char *text);
void app_window_show_error (AppWindow *self, const GError *error);

G_END_DECLS
