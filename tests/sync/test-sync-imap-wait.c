/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The wait for new mail between two passes, with servers of different habits. */
#include "imap-entry.h"
#include "store-fixture.h"
#include "store-imap.h"
#include "sync-imap.h"
#include "test-server.h"

#define OPENED "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\nC: a1 AUTHENTICATE PLAIN *\nS: a1 OK [CAPABILITY IMAP4rev1 IDLE] in\n" \
               "C: a2 SELECT \"INBOX\"\nS: * 3 EXISTS\nS: * OK [UIDVALIDITY 7] ok\nS: * OK [UIDNEXT 50] ok\nS: a2 OK [READ-WRITE] in\n"

typedef struct
{
  StoreFixture base;
  TestServer *server;
  GCancellable *wake;
  const char *script;
  gboolean ends_by_waking;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  StoreImapFolder inbox = { .account = 2, .wire_name = (char *) "INBOX", .path = (char *) "INBOX", .role = MAIL_ROLE_INBOX, .can_be_opened = TRUE,
                            .uidvalidity = 7, .uidnext = 50, .n_server = 3 };

  store_fixture_set_up (&self->base, NULL);
  inbox.folder = store_imap_save_folder (self->base.database, &inbox, NULL);
  g_assert_true (store_imap_set_state (self->base.database, &inbox, NULL));
  self->server = test_server_new ();
  self->wake = g_cancellable_new ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  test_server_free (self->server);
  g_object_unref (self->wake);
  store_fixture_tear_down (&self->base, NULL);
}

/* Plays the script, then has somebody wake the client, which must say goodbye to nothing more than what its wait began. */
static void
play (TestTalk *talk, gpointer data)
{
  Fixture *self = data;

  if (!test_talk_play (talk, self->script))
    return;
  if (self->ends_by_waking)
    g_cancellable_cancel (self->wake);
  test_talk_play (talk, "EOF\n");
}

static void
wait_for_news (Fixture *self, const char *script, gboolean ends_by_waking)
{
  g_autoptr (MailLogin) login = test_server_login (self->server, MAIL_SECURITY_TLS, "ana", MAIL_SECRET_PASSWORD, "secret");
  g_autoptr (ImapSession) session = NULL;
  g_autoptr (GError) error = NULL;
  SyncPass pass = { .database = self->base.database, .account = 2, .login = login, .trace_tag = "test" };

  self->script = script;
  self->ends_by_waking = ends_by_waking;
  test_server_add_func (self->server, play, self);
  session = imap_entry_open (login, NULL, "test", NULL, &error);
  g_assert_no_error (error);
  sync_imap_wait (&pass, &session, self->wake, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (session);
  imap_session_close (session);
}

static void
test_news (Fixture *self, gconstpointer data)
{
  wait_for_news (self, OPENED "C: a3 IDLE\nS: + idling\nS: * 4 EXISTS\nC: DONE\nS: a3 OK done\n", FALSE);
}

/* Dovecot and Gmail say so now and then, and it is no news. */
static void
test_still_here (Fixture *self, gconstpointer data)
{
  wait_for_news (self, OPENED "C: a3 IDLE\nS: + idling\nS: * OK Still here\nC: DONE\nS: a3 OK done\n"
                              "C: a4 IDLE\nS: + idling\nS: * 2 RECENT\nC: DONE\nS: a4 OK done\nC: a5 IDLE\nS: + idling\nS: * 3 EXPUNGE\nC: DONE\nS: a5 OK done\n",
                 FALSE);
}

/* Courier on a host without file watching; what is looked for every minute then is not waited for here. */
static void
test_refused (Fixture *self, gconstpointer data)
{
  wait_for_news (self, OPENED "C: a3 IDLE\nS: a3 NO IDLE is not possible here\n", TRUE);
}

#define TEST(path, func) g_test_add ("/sync/imap/wait/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("new-mail/ends-it", test_news);
  TEST ("still-here/goes-on", test_still_here);
  TEST ("idle-refused/is-no-failure", test_refused);
  return g_test_run ();
}
