/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Old mail in Deleted and Junk: it goes when its account wants it to, counted from when it came there, and nothing else goes. */
#include "mime-summary.h"
#include "store-expiry.h"
#include "store-fixture.h"
#include "store-pending.h"
#include "sync-expiry.h"

#include <string.h>

#define DAY ((gint64) 24 * 60 * 60)

typedef struct
{
  StoreFixture base;
  AccountList *accounts;
  Account *account;
  BaseTrace *trace;
  char *file;
  gint64 now, inbox, junk, trash;
} ExpiryTest;

static void
set_up (ExpiryTest *self, gconstpointer data)
{
  g_autoptr (Account) account = account_new ();

  store_fixture_set_up (&self->base, data);
  self->file = g_build_filename (self->base.folder, "accounts.ini", NULL);
  self->accounts = account_list_new (self->file, NULL);
  self->trace = base_trace_new (NULL, NULL);
  self->now = g_get_real_time () / G_USEC_PER_SEC;
  g_object_set (account, "person-name", "Me", "email", "me@example.net", NULL);
  account_set_server (account, ACCOUNT_INCOMING, "127.0.0.1", 1, MAIL_SECURITY_PLAINTEXT, "me");
  account_set_server (account, ACCOUNT_OUTGOING, "127.0.0.1", 1, MAIL_SECURITY_PLAINTEXT, "me");
  g_assert_true (account_list_save (self->accounts, account, NULL));
  self->account = account_list_find_email (self->accounts, "me@example.net");
  g_assert_true (store_folders_prepare_account (self->base.database, account_get_id (self->account), NULL));
  self->inbox = store_folders_find_role (self->base.database, account_get_id (self->account), MAIL_ROLE_INBOX, NULL);
  self->junk = store_folders_find_role (self->base.database, account_get_id (self->account), MAIL_ROLE_JUNK, NULL);
  self->trash = store_folders_find_role (self->base.database, account_get_id (self->account), MAIL_ROLE_TRASH, NULL);
}

static void
tear_down (ExpiryTest *self, gconstpointer data)
{
  store_fixture_assert_sound (&self->base);
  g_clear_object (&self->accounts);
  g_clear_object (&self->trace);
  g_free (self->file);
  store_fixture_tear_down (&self->base, data);
}

/* Received long ago, whenever it comes into @folder. */
static gint64
add_mail (ExpiryTest *self, gint64 folder)
{
  static guint n;
  g_autofree char *text = g_strdup_printf ("Message-ID: <%u@example.org>\r\nSubject: x\r\n\r\nx", ++n);
  g_autoptr (GBytes) source = g_bytes_new (text, strlen (text));
  g_autoptr (MailSummary) summary = mime_summary_new (source, TRUE, 1000000000);

  return store_messages_add (self->base.database, folder, source, summary, NULL);
}

static gint64
add_moved (ExpiryTest *self, gint64 folder)
{
  gint64 id = add_mail (self, self->inbox);

  g_assert_true (store_pending_move (self->base.database, &id, 1, folder, NULL));
  return id;
}

static int
clear_after (ExpiryTest *self, int days)
{
  g_autoptr (SyncExpiry) expiry = sync_expiry_new (self->base.store, self->accounts, self->trace);
  g_autoptr (GError) error = NULL;
  int n = sync_expiry_catch_up (expiry, self->now + days * DAY, &error);

  g_assert_no_error (error);
  return n;
}

static gboolean
is_here (ExpiryTest *self, gint64 id)
{
  g_autoptr (MailSummary) summary = store_messages_get (self->base.database, id, NULL);

  return summary != NULL;
}

static void
change (ExpiryTest *self, const char *sql)
{
  g_assert_true (store_database_run (self->base.database, store_database_prepare (self->base.database, sql, NULL), NULL));
}

static void
test_off (ExpiryTest *self, gconstpointer data)
{
  add_moved (self, self->trash);
  g_assert_cmpint (clear_after (self, 10000), ==, 0);
  g_assert_cmpint (store_fixture_count (&self->base, "SELECT count (*) FROM message"), ==, 1);
}

static void
test_due (ExpiryTest *self, gconstpointer data)
{
  gint64 deleted = add_moved (self, self->trash), junk = add_moved (self, self->junk), kept = add_mail (self, self->inbox);
  g_autofree char *text = NULL;

  g_object_set (self->account, "deleted-days", 30, "junk-days", 7, NULL);
  g_assert_cmpint (clear_after (self, 6), ==, 0);
  g_assert_cmpint (clear_after (self, 8), ==, 1);
  g_assert_false (is_here (self, junk));
  g_assert_true (is_here (self, deleted));
  g_assert_cmpint (clear_after (self, 31), ==, 1);
  g_assert_false (is_here (self, deleted));
  g_assert_true (is_here (self, kept));
  text = base_trace_dup_text (self->trace);
  g_assert_nonnull (strstr (text, "deleted for good: 1 messages"));
  g_assert_nonnull (strstr (text, "in Junk for more than 7 days"));
}

/* What another program put there counts from when it was first seen, however old the mail is. */
static void
test_found (ExpiryTest *self, gconstpointer data)
{
  gint64 id = add_mail (self, self->trash);

  g_object_set (self->account, "deleted-days", 30, NULL);
  g_assert_cmpint (clear_after (self, 0), ==, 0);
  g_assert_cmpint (clear_after (self, 29), ==, 0);
  g_assert_true (is_here (self, id));
  g_assert_cmpint (clear_after (self, 31), ==, 1);
}

/* Taken out and thrown away again: the days begin anew. */
static void
test_moved_again (ExpiryTest *self, gconstpointer data)
{
  gint64 id = add_moved (self, self->trash);

  g_object_set (self->account, "deleted-days", 30, NULL);
  change (self, "UPDATE filed SET since = since - 40 * 86400");
  g_assert_true (store_pending_move (self->base.database, &id, 1, self->inbox, NULL));
  g_assert_cmpint (clear_after (self, 0), ==, 0);
  g_assert_true (store_pending_move (self->base.database, &id, 1, self->trash, NULL));
  g_assert_cmpint (clear_after (self, 1), ==, 0);
  g_assert_true (is_here (self, id));
}

/* A computer that was started with the clock of its factory. */
static void
test_clock (ExpiryTest *self, gconstpointer data)
{
  add_moved (self, self->trash);
  g_object_set (self->account, "deleted-days", 30, NULL);
  change (self, "UPDATE filed SET since = 5");
  g_assert_cmpint (clear_after (self, 0), ==, 0);
  g_assert_cmpint (clear_after (self, 31), ==, 1);
}

static void
test_many (ExpiryTest *self, gconstpointer data)
{
  for (guint i = 0; i < 120; i++)
    add_moved (self, self->trash);
  g_object_set (self->account, "deleted-days", 1, NULL);
  g_assert_cmpint (clear_after (self, 2), ==, 120);
  g_assert_cmpint (store_fixture_count (&self->base, "SELECT count (*) FROM filed"), ==, 0);
}

/* An IMAP server hears of it as of any deletion. */
static void
test_told (ExpiryTest *self, gconstpointer data)
{
  gint64 id = add_moved (self, self->trash);

  change (self, "UPDATE folder SET is_remote = 1 WHERE role = 5");
  change (self, "UPDATE message SET uid = 77");
  g_object_set (self->account, "deleted-days", 1, NULL);
  g_assert_cmpint (clear_after (self, 2), ==, 1);
  g_assert_false (is_here (self, id));
  g_assert_cmpint (store_fixture_count (&self->base, "SELECT count (*) FROM pending WHERE uid = 77"), ==, 1);
  change (self, "DELETE FROM pending");
  change (self, "UPDATE folder SET is_remote = 0");
}

#define add(path, func) g_test_add (path, ExpiryTest, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  mime_init ();
  add ("/sync/expiry/nothing-goes-where-nobody-asked-for-it", test_off);
  add ("/sync/expiry/what-is-due-goes-and-the-log-says-so", test_due);
  add ("/sync/expiry/what-was-found-there-counts-from-then", test_found);
  add ("/sync/expiry/what-was-taken-out-begins-anew", test_moved_again);
  add ("/sync/expiry/a-wrong-clock-deletes-nothing", test_clock);
  add ("/sync/expiry/many-go-in-batches", test_many);
  add ("/sync/expiry/a-server-is-told", test_told);
  return g_test_run ();
}
