/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The account wizard: one question a page. */
#pragma once

#include <adwaita.h>

#include "account-list.h"
#include "account-secrets.h"
#include "sync-engine.h"

G_BEGIN_DECLS

#define SETUP_TYPE_WINDOW (setup_window_get_type ())
G_DECLARE_FINAL_TYPE (SetupWindow, setup_window, SETUP, WINDOW, AdwWindow)

/* Signal "account-added" (Account): it is saved, its password stored, and the first Send/Receive may begin. */
SetupWindow *setup_window_new (GtkWindow *parent, AccountList *accounts, AccountSecrets *secrets, SyncEngine *engine);

G_END_DECLS
