/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules before anything is received. */
#include "sync-pop3-rules.h"

#include "mail-address.h"
#include "mime-summary.h"
#include "pop3-retrieve.h"
#include "store-rules.h"
#include "sync-pop3-keep.h"
#include "sync-rule-facts.h"

typedef enum
{
  VERDICT_RECEIVE,
  VERDICT_LEAVE,
  VERDICT_REFUSE,
} Verdict;

typedef struct
{
  SyncPass *pass;
  Pop3Session *session;
  SyncPop3Plan *plan;
  const GPtrArray *rules;   /* of MailRule, all that are enabled */
  GArray *looked_at;        /* of guint: index of the message of each request */
  GArray *refused;          /* of guint, likewise */
  GPtrArray *notes;         /* of char *: what is said of them once they are gone */
} Court;

static SyncPop3Message *
get_message (SyncPop3Plan *plan, guint index)
{
  return &g_array_index (plan->messages, SyncPop3Message, index);
}

/* Nobody would see what else was done with a message that never comes. */
static gboolean
only_refuses (const MailRule *rule)
{
  for (guint i = 0; i < rule->actions->len; i++)
    if (((const MailRuleAction *) g_ptr_array_index (rule->actions, i))->deed != MAIL_RULE_REFUSE)
      return FALSE;
  return rule->actions->len > 0;
}

/* @by: (out): the rule that decides */
static Verdict
judge (const GPtrArray *rules, const MailRuleFacts *facts, const MailRule **by)
{
  Verdict verdict = VERDICT_RECEIVE;
  gboolean is_wanted = FALSE;

  for (guint i = 0; i < rules->len; i++)
    {
      const MailRule *rule = g_ptr_array_index (rules, i);
      MailRuleAnswer answer = mail_rule_match (rule, facts);
      gboolean is_sure = answer == MAIL_RULE_YES && !mail_rule_needs_text (rule);

      if (answer == MAIL_RULE_NO)
        continue;
      if (is_sure && !is_wanted && only_refuses (rule))
        {
          *by = rule;
          return VERDICT_REFUSE;
        }
      if (is_sure && verdict == VERDICT_RECEIVE && mail_rule_has_deed (rule, MAIL_RULE_LEAVE))
        {
          *by = rule;
          verdict = VERDICT_LEAVE;
        }
      is_wanted = TRUE;
      if (rule->stops)
        break;
    }
  return verdict;
}

static char *
describe (const MailRule *rule, const MailSummary *summary, const char *what)
{
  g_autofree char *from = mail_address_list_to_string (summary->from);

  return g_strdup_printf ("the rule “%s” %s: “%s” from %s <%s>", rule->name, what, summary->subject, from,
                          summary->message_id ? summary->message_id : "");
}

static Verdict
try (Court *self, const SyncPop3Message *message, GBytes *headers, char **note)
{
  g_autoptr (MailSummary) summary = mime_summary_new (headers, FALSE, self->pass->now);
  g_auto (MailRuleFacts) facts = { 0 };
  const MailRule *rule = NULL;
  Verdict verdict;

  summary->size = MAX (message->size, summary->size);
  sync_rule_facts_take (&facts, summary, self->pass->account);
  for (guint i = 0; i < self->rules->len && !facts.headers; i++)
    if (mail_rule_needs_headers (g_ptr_array_index (self->rules, i)))
      {
        g_autoptr (MimeMessage) parsed = mime_message_new (headers);

        sync_rule_facts_take_headers (&facts, parsed);
      }
  verdict = judge (self->rules, &facts, &rule);
  if (verdict != VERDICT_RECEIVE)
    *note = describe (rule, summary, verdict == VERDICT_LEAVE ? "leaves on the server" : "deletes from the server");
  return verdict;
}

static gboolean
on_headers (gsize request, const Pop3Retrieved *answer, gpointer data, GError **error)
{
  Court *self = data;
  guint index = g_array_index (self->looked_at, guint, request);
  SyncPop3Message *message = get_message (self->plan, index);
  g_autofree char *note = NULL;
  Pop3Digest digest;

  if (answer->source == NULL)
    return TRUE;
  pop3_digest_headers (answer->source, &digest);
  if (sync_pop3_plan_find_lost (self->plan, &digest, NULL) != NULL)
    return TRUE;
  switch (try (self, message, answer->source, &note))
    {
    case VERDICT_LEAVE:
      message->need = SYNC_POP3_HEADERS;
      message->is_left = TRUE;
      pop3_session_trace_note (self->session, "%s", note);
      break;
    case VERDICT_REFUSE:
      sync_pop3_plan_set_digest (self->plan, index, &digest);
      g_array_append_val (self->refused, index);
      g_ptr_array_add (self->notes, g_steal_pointer (&note));
      break;
    default:
      break;
    }
  return TRUE;
}

static GPtrArray *
load_rules (SyncPass *pass, gboolean *act, GError **error)
{
  GPtrArray *rules = store_rules_list (pass->database, error);

  *act = FALSE;
  for (guint i = 0; rules != NULL && i < rules->len; i++)
    *act = *act || mail_rule_acts_at_server (g_ptr_array_index (rules, i));
  return rules;
}

static gboolean
look_at_new (Court *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) requests = g_array_new (FALSE, FALSE, sizeof (Pop3Request));

  for (guint i = 0; i < self->plan->messages->len; i++)
    {
      const SyncPop3Message *message = get_message (self->plan, i);
      Pop3Request request = { message->number, TRUE, -1 };

      if (message->memory != NULL || message->suspect != NULL || (message->need != SYNC_POP3_HEADERS && message->need != SYNC_POP3_WHOLE))
        continue;
      g_array_append_val (requests, request);
      g_array_append_val (self->looked_at, i);
    }
  return pop3_retrieve (self->session, (const Pop3Request *) (gpointer) requests->data, requests->len, on_headers, self, cancellable, error);
}

gboolean
sync_pop3_rules_apply (SyncPass *pass, Pop3Session *session, SyncPop3Plan *plan, GCancellable *cancellable, GError **error)
{
  gboolean act;
  g_autoptr (GPtrArray) rules = load_rules (pass, &act, error);
  g_autoptr (GArray) looked_at = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) refused = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  Court self = { pass, session, plan, rules, looked_at, refused, notes };

  if (rules == NULL)
    return FALSE;
  if (!act || !plan->has_top)
    return TRUE;
  if (!look_at_new (&self, cancellable, error))
    return FALSE;
  if (refused->len > 0 && !sync_pop3_keep_refused (pass, plan, refused, error))
    return FALSE;
  for (guint i = 0; i < notes->len; i++)
    pop3_session_trace_note (session, "%s", (const char *) g_ptr_array_index (notes, i));
  return TRUE;
}
