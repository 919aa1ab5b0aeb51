/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a server wants a person to read (IMAP's ALERT), shown once each time it says something new. */
#pragma once

#include <gtk/gtk.h>

#include "account-list.h"
#include "sync-engine.h"

G_BEGIN_DECLS

/* status_alerts_watch: as long as @window lives */
void status_alerts_watch (GtkWindow *window, SyncEngine *engine, AccountList *accounts);

G_END_DECLS
