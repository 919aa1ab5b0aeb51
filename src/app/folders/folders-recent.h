/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folders that messages were moved or copied to last, kept in window.ini. */
#pragma once

#include "app-state.h"

G_BEGIN_DECLS

/* As many are remembered. */
#define FOLDERS_RECENT_MAX 8

/* folders_recent_note: that one was used now */
void folders_recent_note (AppState *state, gint64 folder);

/* folders_recent_list: (transfer full): of gint64, the last used first; some may be gone */
GArray *folders_recent_list (AppState *state);

G_END_DECLS
