/* SPDX-License-Identifier: GPL-3.0-or-later */
/* POP3 headers first, and the bodies when they are wanted. */
#include "base-error.h"
#include "mime-summary.h"
#include "pop3-fixture.h"
#include "store-pop3.h"

static void
make_large (Pop3Fixture *self)
{
  g_autofree char *body = g_strnfill (5000, 'L');

  pop3_mailbox_add (self->mailbox, "small", "small", "x");
  pop3_mailbox_add (self->mailbox, "large", "large", body);
  self->settings.headers_above = 2000;
}

static void
test_headers_first (Pop3Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;
  gint64 large;

  self->settings.leave = ACCOUNT_LEAVE_NEVER;
  make_large (self);
  texts = pop3_fixture_copy_texts (self);
  pop3_fixture_run_well (self);
  g_assert_cmpint (pop3_fixture_count (self, "SELECT count(*) FROM message WHERE NOT is_whole"), ==, 1);
  g_assert_cmpuint (self->mailbox->messages->len, ==, 1);
  large = pop3_fixture_find_message (self, "large");
  g_assert_true (store_pop3_want_body (self->store.database, large, NULL));
  pop3_fixture_run_well (self);
  g_assert_cmpint (pop3_fixture_find_message (self, "large"), ==, large);
  g_assert_cmpuint (self->mailbox->messages->len, ==, 0);
  pop3_fixture_assert_all_kept_once (self, texts);
}

static void
test_headers_only (Pop3Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  pop3_mailbox_fill (self->mailbox, 4);
  texts = pop3_fixture_copy_texts (self);
  self->options = SYNC_HEADERS_ONLY;
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->mailbox->n_retr, ==, 0);
  g_assert_cmpint (pop3_fixture_count (self, "SELECT count(*) FROM message WHERE NOT is_whole"), ==, 4);
  self->options = SYNC_DEFAULT;
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 0);
  pop3_fixture_assert_all_kept_once (self, texts);
}

static void
test_top_refused (Pop3Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  self->mailbox->top_is_refused = TRUE;
  make_large (self);
  texts = pop3_fixture_copy_texts (self);
  pop3_fixture_run_well (self);
  pop3_fixture_assert_all_kept_once (self, texts);
  self->settings.leave = ACCOUNT_LEAVE_NEVER;
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->report.n_deleted, ==, 2);
}

static void
test_fetch_body (Pop3Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;
  gint64 large;
  SyncPass pass;

  make_large (self);
  self->mailbox->has_uidl = !GPOINTER_TO_INT (data);
  texts = pop3_fixture_copy_texts (self);
  pop3_fixture_run_well (self);
  large = pop3_fixture_find_message (self, "large");
  pass = pop3_fixture_make_pass (self);
  g_assert_true (sync_pop3_fetch_body (&pass, large, NULL, &self->error));
  g_assert_no_error (self->error);
  g_assert_cmpuint (self->mailbox->n_retr, ==, 1);
  pop3_fixture_assert_all_kept_once (self, texts);
  g_assert_true (sync_pop3_fetch_body (&pass, large, NULL, &self->error));
  g_assert_cmpuint (self->mailbox->n_retr, ==, 1);
}

static void
test_fetch_body_gone (Pop3Fixture *self, gconstpointer data)
{
  gint64 large;
  SyncPass pass;

  make_large (self);
  pop3_fixture_run_well (self);
  large = pop3_fixture_find_message (self, "large");
  pop3_mailbox_remove (self->mailbox, 1);
  pass = pop3_fixture_make_pass (self);
  g_assert_false (sync_pop3_fetch_body (&pass, large, NULL, &self->error));
  g_assert_error (self->error, BASE_ERROR, BASE_ERROR_NOT_FOUND);
  g_assert_cmpint (pop3_fixture_find_message (self, "large"), ==, large);
}

static void
test_deleted_headers (Pop3Fixture *self, gconstpointer data)
{
  self->settings.leave = ACCOUNT_LEAVE_UNTIL_DELETED;
  make_large (self);
  pop3_fixture_run_well (self);
  pop3_fixture_delete_here (self, "large");
  g_clear_pointer (&self->mailbox->database, g_free);
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->report.n_deleted, ==, 1);
  g_assert_cmpuint (self->report.n_new, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mime_init ();
  POP3_FIXTURE_ADD ("large-message/headers-first-then-body", NULL, test_headers_first);
  POP3_FIXTURE_ADD ("headers-only/bodies-later", NULL, test_headers_only);
  POP3_FIXTURE_ADD ("top-refused/gets-the-whole", NULL, test_top_refused);
  POP3_FIXTURE_ADD ("fetch-body/gets-that-one", GINT_TO_POINTER (FALSE), test_fetch_body);
  POP3_FIXTURE_ADD ("fetch-body-no-uidl/gets-that-one", GINT_TO_POINTER (TRUE), test_fetch_body);
  POP3_FIXTURE_ADD ("fetch-body/gone-from-server", NULL, test_fetch_body_gone);
  POP3_FIXTURE_ADD ("headers-deleted-here/go-from-server", NULL, test_deleted_headers);
  return g_test_run ();
}
