/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line at the foot of the window: what is going on, how far it is, and the last problem with the button that helps. */
#pragma once

#include <gtk/gtk.h>

#include "account-list.h"
#include "model-folder-tree.h"
#include "sync-engine.h"

G_BEGIN_DECLS

#define STATUS_TYPE_BAR (status_bar_get_type ())
G_DECLARE_FINAL_TYPE (StatusBar, status_bar, STATUS, BAR, GtkWidget)

/* Properties: is-busy (read-only, notify: something is being sent or received), is-offline (read-write: a person works offline; that there is no
 * network the bar sees by itself). Its buttons activate win.cancel and win.account-help (x, an account's id). */

/* status_bar_set_models: also marks the accounts in @tree that have a problem */
void status_bar_set_models (StatusBar *self, SyncEngine *engine, AccountList *accounts, ModelFolderTree *tree);

G_END_DECLS
