/* SPDX-License-Identifier: GPL-3.0-or-later */
/* POP3 messages known by their UIDL, where it names them well, badly, or not at all. */
#include "mime-summary.h"
#include "pop3-fixture.h"

static void
test_no_uidl (Pop3Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  self->mailbox->has_uidl = FALSE;
  pop3_mailbox_fill (self->mailbox, 12);
  texts = pop3_fixture_copy_texts (self);
  pop3_fixture_run_well (self);
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 0);
  g_assert_cmpuint (self->mailbox->n_retr, ==, 0);
  pop3_mailbox_remove (self->mailbox, 0);
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 0);
  pop3_fixture_assert_all_kept_once (self, texts);
}

static void
test_no_uidl_no_top (Pop3Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  self->mailbox->has_uidl = self->mailbox->has_top = FALSE;
  pop3_mailbox_fill (self->mailbox, 5);
  texts = pop3_fixture_copy_texts (self);
  pop3_fixture_run_well (self);
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 0);
  pop3_fixture_assert_all_kept_once (self, texts);
  self->settings.leave = ACCOUNT_LEAVE_NEVER;
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->report.n_deleted, ==, 5);
  pop3_fixture_assert_all_kept_once (self, texts);
}

static void
test_no_uidl_deletes (Pop3Fixture *self, gconstpointer data)
{
  self->mailbox->has_uidl = FALSE;
  self->settings.leave = ACCOUNT_LEAVE_UNTIL_DELETED;
  pop3_mailbox_fill (self->mailbox, 5);
  pop3_fixture_run_well (self);
  pop3_fixture_delete_here (self, "m2");
  g_clear_pointer (&self->mailbox->database, g_free);
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->report.n_deleted, ==, 1);
  g_assert_cmpstr (pop3_mailbox_get (self->mailbox, 1)->uidl, ==, "u3");
}

/* Nothing tells these two apart but their bodies. */
static void
test_twins (Pop3Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  self->mailbox->has_uidl = !GPOINTER_TO_INT (data);
  pop3_mailbox_add (self->mailbox, "a", NULL, "body 1");
  pop3_fixture_run_well (self);
  pop3_mailbox_add (self->mailbox, "b", NULL, "body 2");
  texts = pop3_fixture_copy_texts (self);
  pop3_mailbox_remove (self->mailbox, 0);
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 1);
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 0);
  pop3_fixture_assert_all_kept_once (self, texts);
}

static void
test_repeated_uidls (Pop3Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  pop3_mailbox_add (self->mailbox, "same", "m1", "one");
  pop3_fixture_run_well (self);
  pop3_mailbox_add (self->mailbox, "same", "m2", "two");
  pop3_mailbox_add (self->mailbox, "same", "m3", "three");
  texts = pop3_fixture_copy_texts (self);
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 2);
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 0);
  pop3_mailbox_remove (self->mailbox, 0);
  pop3_mailbox_remove (self->mailbox, 0);
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 0);
  pop3_fixture_assert_all_kept_once (self, texts);
}

static void
rename_all (Pop3Fixture *self, const char *prefix)
{
  for (guint i = 0; i < self->mailbox->messages->len; i++)
    {
      Pop3MailboxMessage *message = pop3_mailbox_get (self->mailbox, i);

      g_free (message->uidl);
      message->uidl = g_strdup_printf ("%s%u", prefix, i + 1);
    }
}

static void
test_renumbered (Pop3Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  pop3_mailbox_fill (self->mailbox, GPOINTER_TO_UINT (data));
  texts = pop3_fixture_copy_texts (self);
  pop3_fixture_run_well (self);
  rename_all (self, "other");
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 0);
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->mailbox->n_retr + self->mailbox->n_top, ==, 0);
  pop3_fixture_assert_all_kept_once (self, texts);
}

/* The names move down by one when the first message is deleted, and a new message gets the last name. */
static void
test_shifted (Pop3Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  self->settings.leave = ACCOUNT_LEAVE_DAYS;
  self->settings.leave_days = 1;
  pop3_mailbox_fill (self->mailbox, 6);
  rename_all (self, data);
  pop3_fixture_run_well (self);
  pop3_mailbox_add (self->mailbox, "x", "m7", "the seventh");
  texts = pop3_fixture_copy_texts (self);
  pop3_mailbox_remove (self->mailbox, 0);
  rename_all (self, data);
  self->now += 2 * POP3_FIXTURE_DAY;
  pop3_fixture_run_well (self);
  pop3_fixture_run_well (self);
  pop3_fixture_assert_all_kept_once (self, texts);
  g_assert_cmpuint (self->mailbox->messages->len, ==, 1);
}

static void
test_reused_name (Pop3Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  pop3_mailbox_add (self->mailbox, "a", "m1", "first");
  pop3_mailbox_add (self->mailbox, "b", "m2", "second");
  pop3_fixture_run_well (self);
  pop3_mailbox_add (self->mailbox, "c", "m3", "another one, of another size");
  texts = pop3_fixture_copy_texts (self);
  pop3_mailbox_remove (self->mailbox, 0);
  g_free (pop3_mailbox_get (self->mailbox, 1)->uidl);
  pop3_mailbox_get (self->mailbox, 1)->uidl = g_strdup ("a");
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 1);
  pop3_fixture_assert_all_kept_once (self, texts);
}

static void
test_emptied_and_back (Pop3Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;
  g_autoptr (GPtrArray) away = NULL;

  pop3_mailbox_fill (self->mailbox, 10);
  texts = pop3_fixture_copy_texts (self);
  pop3_fixture_run_well (self);
  away = self->mailbox->messages;
  self->mailbox->messages = g_ptr_array_new ();
  pop3_fixture_run_well (self);
  g_assert_cmpint (pop3_fixture_count_messages (self), ==, 10);
  g_ptr_array_unref (self->mailbox->messages);
  self->mailbox->messages = g_steal_pointer (&away);
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 0);
  pop3_fixture_assert_all_kept_once (self, texts);
}

static void
test_gone_for_a_month (Pop3Fixture *self, gconstpointer data)
{
  pop3_mailbox_fill (self->mailbox, 3);
  pop3_fixture_run_well (self);
  pop3_mailbox_remove (self->mailbox, 0);
  pop3_fixture_run_well (self);
  g_assert_cmpint (pop3_fixture_count (self, "SELECT count(*) FROM pop3_uidl"), ==, 3);
  self->now += 31 * POP3_FIXTURE_DAY;
  pop3_fixture_run_well (self);
  g_assert_cmpint (pop3_fixture_count (self, "SELECT count(*) FROM pop3_uidl"), ==, 2);
  g_assert_cmpint (pop3_fixture_count_messages (self), ==, 3);
}

static void
test_long_uidl (Pop3Fixture *self, gconstpointer data)
{
  g_autofree char *uidl = g_strnfill (300, 'u');
  g_autoptr (GPtrArray) texts = NULL;

  pop3_mailbox_add (self->mailbox, uidl, "m1", "x");
  pop3_mailbox_add (self->mailbox, "two words", "m2", "x");
  texts = pop3_fixture_copy_texts (self);
  pop3_fixture_run_well (self);
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 0);
  pop3_fixture_assert_all_kept_once (self, texts);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mime_init ();
  POP3_FIXTURE_ADD ("no-uidl/knows-messages-by-headers", NULL, test_no_uidl);
  POP3_FIXTURE_ADD ("no-uidl-no-top/knows-messages-by-bytes", NULL, test_no_uidl_no_top);
  POP3_FIXTURE_ADD ("no-uidl/deletes-the-right-one", NULL, test_no_uidl_deletes);
  POP3_FIXTURE_ADD ("equal-headers/are-two-messages", GINT_TO_POINTER (FALSE), test_twins);
  POP3_FIXTURE_ADD ("equal-headers-no-uidl/are-two-messages", GINT_TO_POINTER (TRUE), test_twins);
  POP3_FIXTURE_ADD ("repeated-uidls/keep-each-message-once", NULL, test_repeated_uidls);
  POP3_FIXTURE_ADD ("renumbered/few-doubles-nothing", GUINT_TO_POINTER (5), test_renumbered);
  POP3_FIXTURE_ADD ("renumbered/many-doubles-nothing", GUINT_TO_POINTER (40), test_renumbered);
  POP3_FIXTURE_ADD ("uidls-that-are-numbers/lose-nothing", "", test_shifted);
  POP3_FIXTURE_ADD ("uidls-that-move-on/lose-nothing", "n", test_shifted);
  POP3_FIXTURE_ADD ("uidl-used-again/receives-the-new-one", NULL, test_reused_name);
  POP3_FIXTURE_ADD ("mailbox-empty-for-once/doubles-nothing", NULL, test_emptied_and_back);
  POP3_FIXTURE_ADD ("gone-for-a-month/is-forgotten", NULL, test_gone_for_a_month);
  POP3_FIXTURE_ADD ("uidl-too-long-or-odd/keeps-each-message-once", NULL, test_long_uidl);
  return g_test_run ();
}
