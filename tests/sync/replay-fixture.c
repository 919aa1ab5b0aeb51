/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An account with an Inbox and an Archive, a server that follows a script, and one replay of what waits. */
#include "replay-fixture.h"

gint64
replay_fixture_make_folder (ReplayFixture *self, const char *path, MailRole role)
{
  StoreImapFolder folder = { .account = 2, .wire_name = (char *) path, .path = (char *) path, .role = role, .can_be_opened = TRUE,
                             .can_have_children = TRUE, .is_subscribed = TRUE, .uidvalidity = 7, .uidnext = 50 };

  folder.folder = store_imap_save_folder (self->base.database, &folder, NULL);
  g_assert_cmpint (folder.folder, >, 0);
  g_assert_true (store_imap_set_state (self->base.database, &folder, NULL));
  return folder.folder;
}

void
replay_fixture_set_up (ReplayFixture *self, gconstpointer data)
{
  store_fixture_set_up (&self->base, NULL);
  self->inbox = replay_fixture_make_folder (self, "INBOX", MAIL_ROLE_INBOX);
  self->archive = replay_fixture_make_folder (self, "Archive", MAIL_ROLE_ARCHIVE);
  self->server = test_server_new ();
}

void
replay_fixture_forget (ReplayFixture *self)
{
  g_clear_error (&self->error);
  g_clear_pointer (&self->report.errors, g_ptr_array_unref);
}

void
replay_fixture_tear_down (ReplayFixture *self, gconstpointer data)
{
  replay_fixture_forget (self);
  test_server_free (self->server);
  store_fixture_assert_sound (&self->base);
  store_fixture_tear_down (&self->base, NULL);
}

gint64
replay_fixture_add (ReplayFixture *self, const char *id, guint uid)
{
  gint64 message = store_fixture_add (&self->base, self->inbox, id);

  g_assert_true (store_imap_set_uid (self->base.database, message, self->inbox, uid, NULL));
  return message;
}

gboolean
replay_fixture_run (ReplayFixture *self, gint64 now)
{
  g_autoptr (MailLogin) login = test_server_login (self->server, MAIL_SECURITY_TLS, "ana", MAIL_SECRET_PASSWORD, "secret");
  g_autoptr (ImapSession) session = NULL;
  SyncPass pass = { .database = self->base.database, .account = 2, .login = login, .trace_tag = "test", .now = now, .options = SYNC_BY_ITSELF,
                    .report = &self->report };
  gboolean is_done;

  replay_fixture_forget (self);
  self->report.errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  is_done = sync_imap_replay (&pass, &session, NULL, &self->error);
  if (session)
    imap_session_close (session);
  return is_done;
}

void
replay_fixture_assert_replays (ReplayFixture *self)
{
  gboolean is_done = replay_fixture_run (self, 10000);

  g_assert_no_error (self->error);
  g_assert_true (is_done);
}

gint64
replay_fixture_get_uid (ReplayFixture *self, gint64 id)
{
  return store_imap_get_uid (self->base.database, id, NULL, NULL);
}

gint64
replay_fixture_get_folder (ReplayFixture *self, gint64 id)
{
  return store_filing_find_folder (self->base.database, id, NULL);
}

gint64
replay_fixture_count_waiting (ReplayFixture *self)
{
  return store_fixture_count (&self->base, "SELECT count (*) FROM pending");
}
