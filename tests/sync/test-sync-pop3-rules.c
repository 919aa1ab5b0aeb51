/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules that a POP3 mailbox is put under before anything is received: what is left stays, what is refused goes, and nothing else does. */
#include "mime-summary.h"
#include "pop3-fixture.h"
#include "store-pop3.h"
#include "store-rules.h"

#include <string.h>

static MailRule *
new_rule (const char *id, MailRuleDeed deed)
{
  MailRule *rule = mail_rule_new ();

  mail_rule_add_header_condition (rule, "Message-ID", FALSE, id);
  mail_rule_add_action (rule, deed, NULL, 0);
  return rule;
}

static void
save (Pop3Fixture *self, const MailRule *rule)
{
  g_assert_cmpint (store_rules_save (self->store.database, rule, NULL), >, 0);
}

static void
save_new (Pop3Fixture *self, const char *id, MailRuleDeed deed)
{
  g_autoptr (MailRule) rule = new_rule (id, deed);

  save (self, rule);
}

/* The server's own look into the store before each DELE is for what was received. */
static void
fill (Pop3Fixture *self)
{
  g_clear_pointer (&self->mailbox->database, g_free);
  pop3_mailbox_add (self->mailbox, "a", "a-good", "x");
  pop3_mailbox_add (self->mailbox, "b", "b-bad", "y");
  pop3_mailbox_add (self->mailbox, "c", "c-good", "z");
}

static gboolean
is_left (Pop3Fixture *self, gint64 message)
{
  gboolean answer;

  g_assert_true (store_pop3_is_left (self->store.database, message, &answer, NULL));
  return answer;
}

static void
test_left (Pop3Fixture *self, gconstpointer data)
{
  gint64 id;

  fill (self);
  save_new (self, "b-bad", MAIL_RULE_LEAVE);
  self->settings.leave = ACCOUNT_LEAVE_NEVER;
  pop3_fixture_run_well (self);
  id = pop3_fixture_find_message (self, "b-bad");
  g_assert_cmpint (id, >, 0);
  g_assert_true (is_left (self, id));
  g_assert_false (is_left (self, pop3_fixture_find_message (self, "a-good")));
  g_assert_cmpuint (self->mailbox->n_retr, ==, 2);
  g_assert_cmpuint (self->mailbox->messages->len, ==, 1);
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->mailbox->n_retr, ==, 0);
  g_assert_cmpint (pop3_fixture_count_messages (self), ==, 3);
}

static void
test_left_is_fetched (Pop3Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;
  gint64 id;
  SyncPass pass;

  fill (self);
  texts = pop3_fixture_copy_texts (self);
  save_new (self, "b-bad", MAIL_RULE_LEAVE);
  pop3_fixture_run_well (self);
  id = pop3_fixture_find_message (self, "b-bad");
  pass = pop3_fixture_make_pass (self);
  g_assert_true (sync_pop3_fetch_body (&pass, id, NULL, &self->error));
  g_assert_false (is_left (self, id));
  pop3_fixture_assert_all_kept_once (self, texts);
}

static void
assert_refused (Pop3Fixture *self)
{
  g_assert_cmpuint (self->report.n_deleted, ==, 1);
  g_assert_cmpuint (self->mailbox->messages->len, ==, 2);
  g_assert_cmpint (pop3_fixture_find_message (self, "b-bad"), ==, 0);
  g_assert_cmpint (pop3_fixture_count (self, "SELECT count(*) FROM pop3_uidl"), ==, 2);
}

static void
test_refused (Pop3Fixture *self, gconstpointer data)
{
  g_autoptr (BaseTrace) trace = base_trace_new (NULL, NULL);
  g_autofree char *text = NULL;
  SyncPass pass;

  fill (self);
  save_new (self, "b-bad", MAIL_RULE_REFUSE);
  pass = pop3_fixture_make_pass (self);
  pass.trace = trace;
  g_assert_true (sync_pop3_run (&pass, &self->settings, NULL, &self->error));
  g_assert_cmpuint (self->mailbox->n_retr, ==, 2);
  assert_refused (self);
  text = base_trace_dup_text (trace);
  g_assert_nonnull (strstr (text, "deletes from the server: “test” from Ana <ana@example.org> <b-bad@example.org>"));
}

/* A deletion that was not acknowledged is none: it is asked for again, and the message is not received for it. */
static void
test_quit_refused (Pop3Fixture *self, gconstpointer data)
{
  fill (self);
  save_new (self, "b-bad", MAIL_RULE_REFUSE);
  self->mailbox->quit = POP3_QUIT_REFUSED;
  g_assert_false (pop3_fixture_run (self));
  g_assert_cmpuint (self->mailbox->messages->len, ==, 3);
  g_assert_cmpint (pop3_fixture_count (self, "SELECT count(*) FROM pop3_uidl WHERE state = 5 AND message IS NULL"), ==, 1);
  self->mailbox->quit = POP3_QUIT_WELL;
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->mailbox->n_retr, ==, 0);
  assert_refused (self);
}

/* The name of what was refused is now another message's, as far as anybody can tell without its headers. */
static void
test_name_again (Pop3Fixture *self, gconstpointer data)
{
  fill (self);
  save_new (self, "b-bad", MAIL_RULE_REFUSE);
  self->mailbox->quit = POP3_QUIT_REFUSED;
  g_assert_false (pop3_fixture_run (self));
  self->mailbox->quit = POP3_QUIT_WELL;
  self->mailbox->has_top = !GPOINTER_TO_INT (data);
  pop3_mailbox_remove (self->mailbox, 1);
  pop3_mailbox_add (self->mailbox, "b", "d-good", "y");
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->report.n_deleted, ==, 0);
  g_assert_cmpuint (self->mailbox->messages->len, ==, 3);
  g_assert_true (GPOINTER_TO_INT (data) || pop3_fixture_find_message (self, "d-good") > 0);
}

/* Whoever wants the message itself goes first, also who can only tell when its text is here. */
static void
test_wanted_above (Pop3Fixture *self, gconstpointer data)
{
  g_autoptr (MailRule) words = mail_rule_new ();

  fill (self);
  if (GPOINTER_TO_INT (data))
    {
      mail_rule_add_condition (words, MAIL_RULE_WORDS, FALSE, "nothing of the kind", 0);
      mail_rule_add_action (words, MAIL_RULE_FLAG, NULL, 0);
      save (self, words);
    }
  else
    save_new (self, "b-bad", MAIL_RULE_FLAG);
  save_new (self, "b-bad", MAIL_RULE_REFUSE);
  pop3_fixture_run_well (self);
  g_assert_cmpint (pop3_fixture_count_messages (self), ==, 3);
  g_assert_cmpuint (self->mailbox->messages->len, ==, 3);
}

static void
test_stopped_above (Pop3Fixture *self, gconstpointer data)
{
  g_autoptr (MailRule) first = new_rule ("b-bad", MAIL_RULE_FLAG);

  fill (self);
  first->stops = TRUE;
  save (self, first);
  save_new (self, "b-bad", MAIL_RULE_LEAVE);
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->mailbox->n_retr, ==, 3);
}

/* What a rule wants besides would never be done. */
static void
test_mixed (Pop3Fixture *self, gconstpointer data)
{
  g_autoptr (MailRule) rule = new_rule ("b-bad", MAIL_RULE_REFUSE);

  fill (self);
  mail_rule_add_action (rule, MAIL_RULE_FORWARD, "tom@example.org", 0);
  save (self, rule);
  pop3_fixture_run_well (self);
  g_assert_cmpint (pop3_fixture_count_messages (self), ==, 3);
  g_assert_cmpuint (self->mailbox->messages->len, ==, 3);
}

/* Without TOP nobody knows what it is. */
static void
test_no_top (Pop3Fixture *self, gconstpointer data)
{
  fill (self);
  save_new (self, "b-bad", MAIL_RULE_REFUSE);
  self->mailbox->has_top = FALSE;
  pop3_fixture_run_well (self);
  g_assert_cmpint (pop3_fixture_count_messages (self), ==, 3);
  g_assert_cmpuint (self->mailbox->messages->len, ==, 3);
}

/* Who has no such rule pays nothing for it. */
static void
test_switched_off (Pop3Fixture *self, gconstpointer data)
{
  g_autoptr (MailRule) rule = new_rule ("b-bad", MAIL_RULE_REFUSE);

  fill (self);
  rule->is_enabled = FALSE;
  save (self, rule);
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->mailbox->n_top, ==, 0);
  g_assert_cmpint (pop3_fixture_count_messages (self), ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mime_init ();
  POP3_FIXTURE_ADD ("rules/what-is-left-stays-and-only-its-headers-come", NULL, test_left);
  POP3_FIXTURE_ADD ("rules/what-was-left-comes-when-asked-for", NULL, test_left_is_fetched);
  POP3_FIXTURE_ADD ("rules/what-is-refused-goes-and-the-log-says-so", NULL, test_refused);
  POP3_FIXTURE_ADD ("rules/a-deletion-not-acknowledged-is-asked-for-again", NULL, test_quit_refused);
  POP3_FIXTURE_ADD ("rules/another-message-of-the-refused-ones-name-is-received", GINT_TO_POINTER (FALSE), test_name_again);
  POP3_FIXTURE_ADD ("rules/another-message-of-its-name-stays-where-nobody-can-look", GINT_TO_POINTER (TRUE), test_name_again);
  POP3_FIXTURE_ADD ("rules/a-rule-above-that-fits-has-it-received", GINT_TO_POINTER (FALSE), test_wanted_above);
  POP3_FIXTURE_ADD ("rules/a-rule-above-that-may-fit-has-it-received", GINT_TO_POINTER (TRUE), test_wanted_above);
  POP3_FIXTURE_ADD ("rules/a-rule-above-that-stops-has-it-received", NULL, test_stopped_above);
  POP3_FIXTURE_ADD ("rules/one-that-wants-more-than-deleting-has-it-received", NULL, test_mixed);
  POP3_FIXTURE_ADD ("rules/without-top-all-is-received", NULL, test_no_top);
  POP3_FIXTURE_ADD ("rules/one-that-is-off-costs-nothing", NULL, test_switched_off);
  return g_test_run ();
}
