/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The switches of the message list: by conversations, by days. They hold for all folders: who wants them wants them everywhere. */
#pragma once

#include <gio/gio.h>

#include "app-state.h"
#include "model-message-list.h"

G_BEGIN_DECLS

/* messages_arrangement_add: conversations and group-by-day (boolean states) to @map; they arrange @list, at once as they were left; all outlive it */
void messages_arrangement_add (GActionMap *map, ModelMessageList *list, AppState *state);

G_END_DECLS
