/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a command works with: the profile, opened as far as the command needs it, and the main loop that asynchronous calls end in. */
#pragma once

#include "account-list.h"
#include "account-secrets.h"
#include "base-paths.h"
#include "base-trace.h"
#include "store-database.h"
#include "store.h"
#include "sync-engine.h"

G_BEGIN_DECLS

/* Exit statuses: the contract of scripts. */
typedef enum
{
  CLI_DONE = 0,
  CLI_FAILED = 1,
  CLI_USAGE = 2,
  CLI_PARTLY = 3,
} CliStatus;

typedef struct
{
  /* from the command line */
  char *profile;      /* NULL: the XDG folders */
  gboolean json;
  char *trace_path;

  /* NULL until opened */
  BasePaths *paths;
  BaseTrace *trace;
  AccountList *accounts;
  AccountSecrets *secrets;
  Store *store;
  StoreDatabase *database; /* the main thread's, for reading and writing: a script may wait */
  SyncEngine *engine;

  GCancellable *cancellable; /* SIGINT and SIGTERM */
  gboolean was_interrupted;
} CliSession;

CliSession *cli_session_new (void);

/* cli_session_free: stops the engine, closes the store */
void cli_session_free (CliSession *self);

/* cli_session_open_accounts: paths, trace, accounts, secrets. cli_session_open_store: also store and database.
 * cli_session_open_engine: also the engine. Each does nothing when it is open already. */
gboolean cli_session_open_accounts (CliSession *self, GError **error);
gboolean cli_session_open_store (CliSession *self, GError **error);
gboolean cli_session_open_engine (CliSession *self, GError **error);

/* cli_session_catch_signals: from now on SIGINT cancels what runs instead of ending the program; the second one ends it */
void cli_session_catch_signals (CliSession *self);

/**
 * cli_session_wait:
 * @result: the place that cli_session_on_ready () was given as its data
 *
 * Runs the main loop until the asynchronous call has ended.
 *
 * Returns: (transfer full)
 */
GAsyncResult *cli_session_wait (CliSession *self, GAsyncResult **result);
void cli_session_on_ready (GObject *source, GAsyncResult *result, gpointer data);

/* cli_session_find_account: %BASE_ERROR_NOT_FOUND; @text that is no number is one too */
Account *cli_session_find_account (CliSession *self, const char *text, GError **error);

/* cli_session_read_password: the first line of @path, "-" is standard input; free with account_secrets_free_password () */
char *cli_session_read_password (const char *path, GError **error);

/* cli_session_ask_password: from the terminal, without an echo; NULL without an error where there is no terminal */
char *cli_session_ask_password (const char *prompt);

/* cli_session_read_file: a person's file, "-" is standard input; %BASE_ERROR_FILE */
GBytes *cli_session_read_file (const char *path, GError **error);

/* cli_session_remember_password: for this run, for those accounts (all of them when @ids is empty) */
gboolean cli_session_remember_password (CliSession *self, char **ids, const char *path, GError **error);

G_END_DECLS
