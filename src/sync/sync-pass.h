/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every pass over a server is given and gives back. A pass is one blocking function that a worker runs; it knows no main
 * loop, no account settings object and no keyring. */
#pragma once

#include "mail-login.h"
#include "sync-engine.h"

G_BEGIN_DECLS

typedef struct _StoreDatabase StoreDatabase;

/* SyncPassProgress: called in the worker's thread, as often as the pass likes: the engine thins it out to ten a second */
typedef void (*SyncPassProgress) (SyncPhase phase, guint done, guint total, gint64 bytes, gpointer data);

typedef struct
{
  StoreDatabase *database;   /* the worker's own */
  gint64 account;
  MailLogin *login;          /* of the server of this pass, secret included */
  BaseTrace *trace;          /* (nullable) */
  const char *trace_tag;
  SyncOptions options;
  gint64 now;                /* seconds since 1970: passes have no clock */
  SyncPassProgress progress; /* (nullable) */
  gpointer progress_data;
  SyncReport *report;        /* counts are added to it; errors that do not end the pass go into its errors */
} SyncPass;

G_END_DECLS
