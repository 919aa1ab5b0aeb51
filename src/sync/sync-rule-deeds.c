/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One message under all rules. */
#include "sync-rule-deeds.h"

#include "base-error.h"
#include "store-database.h"
#include "store-folders.h"
#include "store-messages.h"
#include "store-pending.h"
#include "sync-rule-facts.h"

/* What is known of the message in hand */
typedef struct
{
  const SyncRuleWork *work;
  MailSummary *summary;
  gint64 account;            /* whose folder it is in */
  MimeMessage *parsed;       /* NULL until needed */
  MailRuleFacts facts;
} Hand;

static void
hand_clear (Hand *self)
{
  g_clear_pointer (&self->summary, mail_summary_unref);
  g_clear_object (&self->parsed);
  mail_rule_facts_clear (&self->facts);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Hand, hand_clear)

static gboolean
parse (Hand *self, GError **error)
{
  g_autoptr (GBytes) source = self->parsed ? NULL : store_messages_load_source (self->work->database, self->summary->id, error);

  if (source)
    self->parsed = mime_message_new (source);
  return self->parsed != NULL;
}

/* 0: the message is gone; -1 with @error */
static int
take (Hand *self, gint64 message, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (StoreFolder) folder = NULL;

  self->summary = store_messages_get (self->work->database, message, &failure);
  folder = self->summary ? store_folders_get (self->work->database, self->summary->folder, &failure) : NULL;
  if (!folder)
    {
      if (g_error_matches (failure, BASE_ERROR, BASE_ERROR_NOT_FOUND))
        return 0;
      g_propagate_error (error, g_steal_pointer (&failure));
      return -1;
    }
  self->account = folder->account;
  sync_rule_facts_take (&self->facts, self->summary, folder->account);
  return 1;
}

static gboolean
prepare (Hand *self, const MailRule *rule, GError **error)
{
  gboolean needs_text = !self->facts.text && self->summary->is_whole && mail_rule_needs_text (rule);
  gboolean needs_headers = !self->facts.headers && mail_rule_needs_headers (rule);

  if (!needs_text && !needs_headers)
    return TRUE;
  if (!parse (self, error))
    return FALSE;
  if (needs_headers)
    sync_rule_facts_take_headers (&self->facts, self->parsed);
  if (needs_text)
    self->facts.text = mail_rule_fold (mime_message_get_text (self->parsed));
  return TRUE;
}

static const SyncRuleSender *
find_sender (const Hand *self)
{
  for (guint i = 0; i < self->work->senders->len; i++)
    if (((SyncRuleSender *) g_ptr_array_index (self->work->senders, i))->account == self->account)
      return g_ptr_array_index (self->work->senders, i);
  return NULL;
}

static gboolean
send (Hand *self, const MailRule *rule, const MailRuleAction *action, GError **error)
{
  SyncRuleMail mail = { self->work->database, find_sender (self), rule->id, self->summary->id, NULL, self->work->now };

  if (!self->work->sends)
    return TRUE;
  if (!parse (self, error))
    return FALSE;
  mail.original = self->parsed;
  return action->deed == MAIL_RULE_REPLY ? sync_rule_mail_reply (&mail, action->text, error) : sync_rule_mail_forward (&mail, action->text, error);
}

static gboolean
act (Hand *self, const MailRule *rule, const MailRuleAction *action, GError **error)
{
  StoreDatabase *database = self->work->database;
  gint64 id = self->summary->id;

  switch (action->deed)
    {
    case MAIL_RULE_MOVE:
      return store_pending_move (database, &id, 1, action->number, error);
    case MAIL_RULE_COPY:
      return store_pending_copy (database, &id, 1, action->number, error);
    case MAIL_RULE_FLAG:
      return store_pending_mark (database, &id, 1, MAIL_FLAG_FLAGGED, 0, error);
    case MAIL_RULE_MARK_READ:
      return store_pending_mark (database, &id, 1, MAIL_FLAG_SEEN, 0, error);
    case MAIL_RULE_DELETE:
      return store_pending_delete (database, &id, 1, FALSE, error);
    case MAIL_RULE_FORWARD:
    case MAIL_RULE_REPLY:
      return send (self, rule, action, error);
    case MAIL_RULE_LEAVE:
    case MAIL_RULE_REFUSE: /* were for the server: here it is */
    default:
      return TRUE;
    }
}

/* A rule is done as a whole: one whose message has to come from the server first is done when it has. */
static gboolean
act_all (Hand *self, const MailRule *rule, GError **error)
{
  for (guint i = 0; i < rule->actions->len; i++)
    {
      const MailRuleAction *action = g_ptr_array_index (rule->actions, i);
      g_autoptr (GError) failure = NULL;

      if (action->deed == MAIL_RULE_FORWARD && self->work->sends && !self->summary->is_whole)
        {
          g_set_error_literal (error, BASE_ERROR, BASE_ERROR_NOT_AVAILABLE, "The whole message must be here before it can be forwarded.");
          return FALSE;
        }
      if (act (self, rule, action, &failure) || g_error_matches (failure, BASE_ERROR, BASE_ERROR_NOT_FOUND)
          || g_error_matches (failure, BASE_ERROR, BASE_ERROR_INVALID))
        continue; /* its folder is gone */
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return TRUE;
}

static SyncRuleResult
carry_out (Hand *self, const MailRule *rule, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (!store_database_begin (self->work->database, error))
    return SYNC_RULE_FAILED;
  if (act_all (self, rule, &failure))
    return store_database_commit (self->work->database, error) ? SYNC_RULE_DONE : SYNC_RULE_FAILED;
  store_database_rollback (self->work->database);
  if (!self->summary->is_whole && g_error_matches (failure, BASE_ERROR, BASE_ERROR_NOT_AVAILABLE))
    return SYNC_RULE_LATER;
  g_propagate_error (error, g_steal_pointer (&failure));
  return SYNC_RULE_FAILED;
}

/* Rules may have gone since the message began to wait: then it goes on with the first that is left. */
static guint
find_start (const GPtrArray *rules, gint64 rule)
{
  for (guint i = 0; i < rules->len; i++)
    if (((MailRule *) g_ptr_array_index (rules, i))->id == rule)
      return i;
  return 0;
}

SyncRuleResult
sync_rule_deeds_apply (const SyncRuleWork *work, gint64 message, gint64 *rule, GError **error)
{
  g_auto (Hand) hand = { .work = work };
  SyncRuleResult result = SYNC_RULE_NOTHING;
  int is_there = take (&hand, message, error);

  if (is_there <= 0)
    return is_there < 0 ? SYNC_RULE_FAILED : SYNC_RULE_NOTHING;
  for (guint i = find_start (work->rules, *rule); i < work->rules->len; i++)
    {
      const MailRule *one = g_ptr_array_index (work->rules, i);
      SyncRuleResult done;

      if (!prepare (&hand, one, error))
        return SYNC_RULE_FAILED;
      *rule = one->id;
      switch (mail_rule_match (one, &hand.facts))
        {
        case MAIL_RULE_NO:
          continue;
        case MAIL_RULE_LATER:
          return SYNC_RULE_LATER;
        default:
          break;
        }
      done = carry_out (&hand, one, error);
      if (done != SYNC_RULE_DONE)
        return done;
      result = SYNC_RULE_DONE;
      if (one->stops)
        break;
    }
  return result;
}
