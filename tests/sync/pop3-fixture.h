/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store, a POP3 server that a test tells its habits, and passes between them. */
#pragma once

#include "pop3-mailbox.h"
#include "store-fixture.h"
#include "sync-pop3.h"

G_BEGIN_DECLS

#define POP3_FIXTURE_NOW 1700000000
#define POP3_FIXTURE_DAY (24 * 60 * 60)

typedef struct
{
  StoreFixture store;
  Pop3Mailbox *mailbox;
  TestServer *server;
  MailLogin *login;
  SyncPop3Settings settings;
  SyncOptions options;
  gint64 now;
  SyncReport report;
  GError *error;
} Pop3Fixture;

void pop3_fixture_set_up (Pop3Fixture *self, gconstpointer data);
void pop3_fixture_tear_down (Pop3Fixture *self, gconstpointer data);
/* pop3_fixture_make_pass: one whose report and error are the fixture's, and empty; the mailbox counts from 0
 * pop3_fixture_run: whether it went well; pop3_fixture_run_well: it must */
SyncPass pop3_fixture_make_pass (Pop3Fixture *self);
gboolean pop3_fixture_run (Pop3Fixture *self);
void pop3_fixture_run_well (Pop3Fixture *self);
gint64 pop3_fixture_count (Pop3Fixture *self, const char *sql);
gint64 pop3_fixture_count_messages (Pop3Fixture *self);
/* pop3_fixture_assert_kept_once: the store has these bytes in one message, and in one only
 * pop3_fixture_copy_texts: (transfer full): of all messages at the server
 * pop3_fixture_assert_all_kept_once: and nothing else */
void pop3_fixture_assert_kept_once (Pop3Fixture *self, const char *text);
GPtrArray *pop3_fixture_copy_texts (Pop3Fixture *self);
void pop3_fixture_assert_all_kept_once (Pop3Fixture *self, GPtrArray *texts);
/* pop3_fixture_find_message: by the beginning of its Message-ID; 0 when it is not here */
gint64 pop3_fixture_find_message (Pop3Fixture *self, const char *id);
void pop3_fixture_delete_here (Pop3Fixture *self, const char *id);

#define POP3_FIXTURE_ADD(path, data, func) g_test_add ("/sync/pop3/" path, Pop3Fixture, data, pop3_fixture_set_up, func, pop3_fixture_tear_down)

G_END_DECLS
