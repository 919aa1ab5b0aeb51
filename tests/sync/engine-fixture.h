/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine, and a small POP3 server of our own that can be made to hang. */
#pragma once

#include "store.h"
#include "sync-engine.h"
#include "test-server.h"

G_BEGIN_DECLS

#define ENGINE_FIXTURE_MAX_MESSAGES 8

/* What the server has and does; the scripts of all connections share it. */
typedef struct
{
  const char *password;
  const char *messages[ENGINE_FIXTURE_MAX_MESSAGES]; /* NULL ends them */
  gint hang_at_retr;                  /* message number that hangs in the first connection that wants it; 0 none. Atomic */
  gint n_logins;                      /* atomic */
  gint is_hanging;                    /* atomic */
  guint login_delay;                  /* seconds, announced; 0 not */
} EngineMailbox;

typedef struct
{
  char *folder;
  Store *store;
  AccountList *accounts;
  AccountSecrets *secrets;
  SyncEngine *engine;
  TestServer *server;
  EngineMailbox mailbox;
  Account *account;
  guint n_asked;
} EngineFixture;

extern const char engine_fixture_first[], engine_fixture_second[]; /* the messages that the server has at first */

/* engine_fixture_main: what main () does; @add adds the tests, and the keyring is a file of this run's alone */
int engine_fixture_main (int argc, char **argv, void (*add) (void));

void engine_fixture_set_up (EngineFixture *self, gconstpointer data);
void engine_fixture_tear_down (EngineFixture *self, gconstpointer data);
/* engine_fixture_on_ready: a callback whose data is where the result goes, for engine_fixture_iterate_until_set () */
void engine_fixture_on_ready (GObject *source, GAsyncResult *result, gpointer data);
void engine_fixture_iterate_until_set (gpointer *place);
GPtrArray *engine_fixture_finish_run (EngineFixture *self, GAsyncResult **place, GError **error);
/* engine_fixture_run: (transfer full): all accounts; the reports */
GPtrArray *engine_fixture_run (EngineFixture *self, SyncOptions options);
SyncReport *engine_fixture_get_report (GPtrArray *reports);
void engine_fixture_assert_only_error (GPtrArray *reports, GQuark domain, int code);
void engine_fixture_wait_for_hang (EngineFixture *self);
void engine_fixture_iterate_for (guint milliseconds);

G_END_DECLS
