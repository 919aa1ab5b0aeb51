/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line at the foot of the window: what is going on, how far it is, the last problem with the button that helps, and the offline switch.
 * Its words unfold into a list of accounts. */
#pragma once

#include <gtk/gtk.h>

#include "account-list.h"
#include "app-state.h"
#include "model-folder-tree.h"
#include "model-refusals.h"
#include "sync-engine.h"
#include "sync-index.h"

G_BEGIN_DECLS

#define STATUS_TYPE_BAR (status_bar_get_type ())
G_DECLARE_FINAL_TYPE (StatusBar, status_bar, STATUS, BAR, GtkWidget)

/* Properties: is-busy (read-only, notify: something is being sent or received), is-offline (read-write: a person works offline; that there is no
 * network the bar sees by itself), is-narrow (read-write: there is room for one thing only). Its buttons activate win.cancel, win.account-help (x,
 * an account's id), win.work-offline and those of status-account.h. */

/* status_bar_set_models: also marks the accounts in @tree that have a problem; @state remembers which refusals a person has seen */
void status_bar_set_models (StatusBar *self, SyncEngine *engine, AccountList *accounts, ModelFolderTree *tree, ModelRefusals *refusals, AppState *state);

/* status_bar_set_index: whose progress is told while nothing is being sent or received */
void status_bar_set_index (StatusBar *self, SyncIndex *index);

G_END_DECLS
