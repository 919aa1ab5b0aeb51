/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An account with an Inbox and an Archive, a server that follows a script, and one replay of what waits. */
#pragma once

#include "imap-session.h"
#include "store-fixture.h"
#include "store-imap.h"
#include "store-pending.h"
#include "store-private.h"
#include "store-replay.h"
#include "sync-imap.h"
#include "test-server.h"

#define IN(capabilities) "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\nC: a1 AUTHENTICATE PLAIN *\nS: a1 OK [CAPABILITY IMAP4rev1" \
                         capabilities "] in\n"
#define SELECT(tag, name) "C: " tag " SELECT \"" name "\"\nS: * 3 EXISTS\nS: * OK [UIDVALIDITY 7] ok\nS: * OK [UIDNEXT 50] ok\nS: " tag " OK [READ-WRITE] in\n"
#define SEARCH(tag, query, found) "C: " tag " UID SEARCH " query "\nS: * SEARCH" found "\nS: " tag " OK done\n"
#define GONE(tag, set) "C: " tag " UID FETCH " set " (UID FLAGS)\nS: " tag " OK done\n"
#define STATUS(tag, name, next) "C: " tag " STATUS \"" name "\" (UIDVALIDITY UIDNEXT MESSAGES)\nS: * STATUS \"" name "\" (UIDVALIDITY 7 UIDNEXT " next \
                                " MESSAGES 1)\nS: " tag " OK done\n"
/* 4 is there, and the Archive too: what follows begins with a5 */
#define READY(capabilities) IN (capabilities) SELECT ("a2", "INBOX") SEARCH ("a3", "UID 4", " 4") STATUS ("a4", "Archive", "60")
#define REMOVED(tag, next) "C: " tag " UID STORE 4 +FLAGS.SILENT (\\Deleted)\nS: " tag " OK done\nC: " next " UID EXPUNGE 4\nS: * 1 EXPUNGE\nS: " next " OK done\n"
/* of a message that store_fixture_add () has made, whose @id is one letter */
#define HEADER(tag, set, uid, id) "C: " tag " UID FETCH " set " (UID BODY.PEEK[HEADER])\nS: * 1 FETCH (UID " uid " BODY[HEADER] {31}\n" \
                                  "S: Message-ID: <" id "@example.org>\nS: \nS: )\nS: " tag " OK done\n"

typedef struct
{
  StoreFixture base;
  TestServer *server;
  gint64 inbox, archive;
  SyncReport report;
  GError *error;
} ReplayFixture;


void replay_fixture_set_up (ReplayFixture *self, gconstpointer data);
void replay_fixture_tear_down (ReplayFixture *self, gconstpointer data);

/* replay_fixture_make_folder: of UIDVALIDITY 7 and UIDNEXT 50 */
gint64 replay_fixture_make_folder (ReplayFixture *self, const char *path, MailRole role);

/* replay_fixture_add: a message of the Inbox, of Message-ID <id@example.org>; @uid: 0: the server has not named it */
gint64 replay_fixture_add (ReplayFixture *self, const char *id, guint uid);

/* replay_fixture_run: one replay over one connection, at @now by a timer; its report and error are in the fixture */
gboolean replay_fixture_run (ReplayFixture *self, gint64 now);
void replay_fixture_assert_replays (ReplayFixture *self);

/* replay_fixture_forget: what the last replay has left */
void replay_fixture_forget (ReplayFixture *self);

gint64 replay_fixture_get_uid (ReplayFixture *self, gint64 id);
gint64 replay_fixture_get_folder (ReplayFixture *self, gint64 id);
gint64 replay_fixture_count_waiting (ReplayFixture *self);

#define REPLAY_TEST(path, func) \
  g_test_add ("/sync/imap/replay/" path, ReplayFixture, NULL, replay_fixture_set_up, func, replay_fixture_tear_down)
