/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was committed, told in the main thread. Whoever shows mail listens; nobody polls. Changes by another process (CLI beside
 * the app) arrive too, within two seconds, as STORE_CHANGED_EVERYTHING. */
#pragma once

#include "store.h"

G_BEGIN_DECLS

typedef enum
{
  STORE_CHANGED_FOLDERS = 1 << 0,    /* folders made, renamed, removed, or their counts changed */
  STORE_CHANGED_ADDED = 1 << 1,      /* message ids came into `folder` */
  STORE_CHANGED_REMOVED = 1 << 2,    /* message ids left `folder` */
  STORE_CHANGED_MESSAGES = 1 << 3,   /* rows changed: flags, body arrived, outbox state */
  STORE_CHANGED_OUTBOX = 1 << 4,     /* the outbox's contents or a state in it */
  STORE_CHANGED_EVERYTHING = 1 << 5, /* read again what you show */
  STORE_CHANGED_INDEX = 1 << 6,      /* a search may find more or less than before; told by this process's own building alone */
  STORE_CHANGED_REFUSALS = 1 << 7,   /* a server refused something: store_replay_list_refusals () */
  STORE_CHANGED_CONTACTS = 1 << 8,   /* contacts or their groups */
  STORE_CHANGED_RULES = 1 << 9,      /* rules */
  STORE_CHANGED_SAVED = 1 << 10,     /* saved searches */
} StoreChangeKind;

typedef struct
{
  StoreChangeKind kind; /* one of them */
  gint64 folder;        /* 0 where it does not apply */
  GArray *ids;          /* of gint64, in the order of the commit; may be empty */
} StoreChange;

#define STORE_TYPE_CHANGES (store_changes_get_type ())
G_DECLARE_FINAL_TYPE (StoreChanges, store_changes, STORE, CHANGES, GObject)

/* store_changes_contain: whether one of @list (of StoreChange) is of one of @kinds */
gboolean store_changes_contain (const GPtrArray *list, StoreChangeKind kinds);

/* Signal "changed" (GPtrArray of StoreChange, borrowed): main thread, one emission for all commits since the last one, at
 * most ten a second. */

G_END_DECLS
