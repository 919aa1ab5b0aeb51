/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules: what fits, what does not, and what cannot be known yet. */
#include "mail-rule.h"

static MailRuleFacts
make_facts (gboolean has_text)
{
  return (MailRuleFacts) { mail_rule_fold ("Ana Ruíz <ana@example.org>"), mail_rule_fold ("me@example.net, Tom <tom@example.org>"),
                           mail_rule_fold ("Quarterly  FIGURES"), has_text ? mail_rule_fold ("Dear all,\nthe flat\nin Pörto") : NULL,
                           5000, 7, FALSE,
                           g_strdup ("list-id: the choir <choir.example.org>\nreceived: by a\nreceived: from b by c\nx-empty:\n") };
}

static MailRuleAnswer
match (const MailRule *rule, gboolean has_text)
{
  g_auto (MailRuleFacts) facts = make_facts (has_text);

  return mail_rule_match (rule, &facts);
}

static void
assert_one (MailRuleField field, const char *text, gint64 number, MailRuleAnswer expected)
{
  g_autoptr (MailRule) rule = mail_rule_new ();

  mail_rule_add_condition (rule, field, FALSE, text, number);
  g_assert_cmpint (match (rule, TRUE), ==, expected);
}

static void
test_fields (void)
{
  assert_one (MAIL_RULE_FROM, "ruiz", 0, MAIL_RULE_YES);
  assert_one (MAIL_RULE_FROM, "ANA@example", 0, MAIL_RULE_YES);
  assert_one (MAIL_RULE_FROM, "tom", 0, MAIL_RULE_NO);
  assert_one (MAIL_RULE_TO, "tom@", 0, MAIL_RULE_YES);
  assert_one (MAIL_RULE_SUBJECT, "quarterly figures", 0, MAIL_RULE_YES);
  assert_one (MAIL_RULE_WORDS, "flat in porto", 0, MAIL_RULE_YES);
  assert_one (MAIL_RULE_WORDS, "figures", 0, MAIL_RULE_YES);
  assert_one (MAIL_RULE_LARGER, NULL, 4999, MAIL_RULE_YES);
  assert_one (MAIL_RULE_LARGER, NULL, 5000, MAIL_RULE_NO);
  assert_one (MAIL_RULE_ACCOUNT, NULL, 7, MAIL_RULE_YES);
  assert_one (MAIL_RULE_ACCOUNT, NULL, 8, MAIL_RULE_NO);
  assert_one (MAIL_RULE_ATTACHMENT, NULL, 0, MAIL_RULE_NO);
}

static void
assert_header (const char *header, const char *text, MailRuleAnswer expected)
{
  g_autoptr (MailRule) rule = mail_rule_new ();

  mail_rule_add_header_condition (rule, header, FALSE, text);
  g_assert_cmpint (match (rule, TRUE), ==, expected);
}

static void
test_headers (void)
{
  g_autoptr (MailRule) unknown = mail_rule_new ();
  g_auto (MailRuleFacts) facts = make_facts (TRUE);

  assert_header ("List-Id", "CHOIR.example", MAIL_RULE_YES);
  assert_header ("list-ID", "orchestra", MAIL_RULE_NO);
  assert_header ("List", "choir", MAIL_RULE_NO);
  assert_header ("Received", "from b", MAIL_RULE_YES);
  assert_header ("Received", "a\nreceived", MAIL_RULE_NO);
  assert_header ("X-Empty", "x", MAIL_RULE_NO);
  assert_header ("X-Absent", "x", MAIL_RULE_NO);
  assert_header ("", "choir", MAIL_RULE_NO);
  assert_header ("List-Id: x", "choir", MAIL_RULE_NO);
  assert_header ("List-Id", " ", MAIL_RULE_NO);
  g_clear_pointer (&facts.headers, g_free);
  mail_rule_add_header_condition (unknown, "List-Id", TRUE, "choir");
  g_assert_cmpint (mail_rule_match (unknown, &facts), ==, MAIL_RULE_LATER);
}

static void
test_at_server (void)
{
  g_autoptr (MailRule) rule = mail_rule_new ();

  mail_rule_add_action (rule, MAIL_RULE_FLAG, NULL, 0);
  g_assert_false (mail_rule_acts_at_server (rule));
  mail_rule_add_action (rule, MAIL_RULE_REFUSE, NULL, 0);
  g_assert_true (mail_rule_acts_at_server (rule));
  rule->is_enabled = FALSE;
  g_assert_false (mail_rule_acts_at_server (rule));
}

/* An empty field was not filled in: it must not throw away all mail. */
static void
test_empty (void)
{
  g_autoptr (MailRule) negated = mail_rule_new ();

  assert_one (MAIL_RULE_FROM, " ", 0, MAIL_RULE_NO);
  mail_rule_add_condition (negated, MAIL_RULE_SUBJECT, TRUE, "", 0);
  g_assert_cmpint (match (negated, TRUE), ==, MAIL_RULE_NO);
}

static void
test_all_and_any (void)
{
  g_autoptr (MailRule) rule = mail_rule_new ();

  mail_rule_add_condition (rule, MAIL_RULE_FROM, FALSE, "ana", 0);
  mail_rule_add_condition (rule, MAIL_RULE_SUBJECT, FALSE, "holiday", 0);
  g_assert_cmpint (match (rule, TRUE), ==, MAIL_RULE_NO);
  rule->needs_all = FALSE;
  g_assert_cmpint (match (rule, TRUE), ==, MAIL_RULE_YES);
  rule->is_enabled = FALSE;
  g_assert_cmpint (match (rule, TRUE), ==, MAIL_RULE_NO);
}

static void
test_negated (void)
{
  g_autoptr (MailRule) rule = mail_rule_new ();

  mail_rule_add_condition (rule, MAIL_RULE_FROM, TRUE, "tom", 0);
  mail_rule_add_condition (rule, MAIL_RULE_ATTACHMENT, TRUE, NULL, 0);
  g_assert_cmpint (match (rule, TRUE), ==, MAIL_RULE_YES);
}

static void
test_later (void)
{
  g_autoptr (MailRule) rule = mail_rule_new ();

  mail_rule_add_condition (rule, MAIL_RULE_WORDS, FALSE, "porto", 0);
  g_assert_cmpint (match (rule, FALSE), ==, MAIL_RULE_LATER);
  mail_rule_add_condition (rule, MAIL_RULE_FROM, FALSE, "nobody", 0);
  g_assert_cmpint (match (rule, FALSE), ==, MAIL_RULE_NO);
  rule->needs_all = FALSE;
  g_assert_cmpint (match (rule, FALSE), ==, MAIL_RULE_LATER);
  mail_rule_add_condition (rule, MAIL_RULE_FROM, FALSE, "ana", 0);
  g_assert_cmpint (match (rule, FALSE), ==, MAIL_RULE_YES);
}

static void
test_kept (void)
{
  g_autoptr (MailRule) rule = mail_rule_new ();
  g_autoptr (MailRule) again = NULL;
  g_autofree char *text = NULL, *twice = NULL;

  g_free (rule->name);
  rule->name = g_strdup ("Tom; \"all\"\nof = it");
  rule->stops = TRUE;
  rule->needs_all = FALSE;
  mail_rule_add_condition (rule, MAIL_RULE_FROM, TRUE, " tom;\\ ", 0);
  mail_rule_add_condition (rule, MAIL_RULE_LARGER, FALSE, NULL, G_GINT64_CONSTANT (5000000000));
  mail_rule_add_header_condition (rule, "List-Id", TRUE, "choir");
  mail_rule_add_action (rule, MAIL_RULE_MOVE, NULL, 12);
  mail_rule_add_action (rule, MAIL_RULE_REPLY, "I am away.\n\nAna", 0);
  text = mail_rule_to_text (rule);
  again = mail_rule_from_text (text);
  twice = mail_rule_to_text (again);
  g_assert_cmpstr (text, ==, twice);
  g_assert_cmpstr (again->name, ==, rule->name);
  g_assert_cmpstr (((MailRuleCondition *) again->conditions->pdata[2])->header, ==, "List-Id");
  g_assert_cmpstr (((MailRuleAction *) again->actions->pdata[1])->text, ==, "I am away.\n\nAna");
}

/* Half of what a rule says may be the opposite of it. */
static void
test_unknown (void)
{
  g_assert_null (mail_rule_from_text (""));
  g_assert_null (mail_rule_from_text ("[rule]\nversion=2\n"));
  g_assert_null (mail_rule_from_text ("[rule]\nversion=1\nenabled=true\n[if 0]\nfield=moon\n"));
  g_assert_null (mail_rule_from_text ("[rule]\nversion=1\n[do 0]\ndeed=explode\n"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mail/rule/every-field-is-compared", test_fields);
  g_test_add_func ("/mail/rule/any-line-of-the-header-is-compared", test_headers);
  g_test_add_func ("/mail/rule/one-that-acts-at-the-server-is-known-as-such", test_at_server);
  g_test_add_func ("/mail/rule/an-empty-condition-fits-nothing", test_empty);
  g_test_add_func ("/mail/rule/all-or-any", test_all_and_any);
  g_test_add_func ("/mail/rule/not", test_negated);
  g_test_add_func ("/mail/rule/what-is-not-here-is-asked-later", test_later);
  g_test_add_func ("/mail/rule/what-is-kept-comes-back", test_kept);
  g_test_add_func ("/mail/rule/what-is-not-understood-does-nothing", test_unknown);
  return g_test_run ();
}
