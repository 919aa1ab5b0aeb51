/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A server that speaks UTF8=ACCEPT since yesterday. */
#include "sync-imap-names.h"

#include "imap-talk.h"
#include "store-fixture.h"
#include "store-imap.h"

static gint64
keep (StoreFixture *self, const char *wire_name, const char *path)
{
  const StoreImapFolder folder = { .account = 1, .wire_name = (char *) wire_name, .path = (char *) path, .can_be_opened = TRUE, .is_subscribed = TRUE };
  g_autoptr (GError) error = NULL;
  gint64 id = store_imap_save_folder (self->database, &folder, &error);

  g_assert_no_error (error);
  return id;
}

static void
assert_kept (StoreFixture *self, gint64 id, const char *wire_name, const char *path)
{
  g_autoptr (StoreImapFolder) folder = store_imap_get_folder (self->database, id, NULL);

  g_assert_nonnull (folder);
  g_assert_cmpstr (folder->wire_name, ==, wire_name);
  g_assert_cmpstr (folder->path, ==, path);
}

static void
respell (StoreFixture *self, ImapSession *session)
{
  SyncPass pass = { .database = self->database, .account = 1, .trace_tag = "IMAP" };
  g_autoptr (GError) error = NULL;

  sync_imap_names_respell (&pass, session, &error);
  g_assert_no_error (error);
  imap_session_close (session);
}

static void
test_utf8 (StoreFixture *self, gconstpointer data)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open_enabled (server, "ENABLE UTF8=ACCEPT", "UTF8=ACCEPT", "EOF\n");
  gint64 drafts = keep (self, "Entw&APw-rfe", "Entw\u00fcrfe");
  gint64 both = keep (self, "R &- D", "R & D");
  gint64 plain = keep (self, "AT&T", "AT&T");

  respell (self, session);
  assert_kept (self, drafts, "Entw\u00fcrfe", "Entw\u00fcrfe");
  assert_kept (self, both, "R & D", "R & D");
  assert_kept (self, plain, "AT&T", "AT&T");
}

static void
test_utf7 (StoreFixture *self, gconstpointer data)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, "", "EOF\n");
  gint64 drafts = keep (self, "Entw&APw-rfe", "Entw\u00fcrfe");
  gint64 raw = keep (self, "Gel\u00f6scht", "Gel\u00f6scht"); /* a server's own way, which is left to it */

  respell (self, session);
  assert_kept (self, drafts, "Entw&APw-rfe", "Entw\u00fcrfe");
  assert_kept (self, raw, "Gel\u00f6scht", "Gel\u00f6scht");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/sync/imap-names/" path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)
  ADD ("are-utf8-once-the-server-speaks-it", test_utf8);
  ADD ("stay-as-they-are-where-it-does-not", test_utf7);
  return g_test_run ();
}
