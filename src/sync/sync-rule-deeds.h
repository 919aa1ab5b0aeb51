/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One message under all rules: what fits is done. */
#pragma once

#include "mail-rule.h"
#include "sync-rule-mail.h"

G_BEGIN_DECLS

typedef struct
{
  StoreDatabase *database;
  const GPtrArray *rules;    /* of MailRule, in order */
  const GPtrArray *senders;  /* of SyncRuleSender */
  gint64 now;
  gboolean sends;            /* forwards and answers: for what arrives, not for what was here */
} SyncRuleWork;

typedef enum
{
  SYNC_RULE_FAILED = -1,
  SYNC_RULE_NOTHING = 0,
  SYNC_RULE_DONE,            /* at least one rule fitted */
  SYNC_RULE_LATER,           /* the whole message must be here for rule @rule */
} SyncRuleResult;

/**
 * sync_rule_deeds_apply:
 * @rule: (inout): the one to go on with, 0 for the first; (out) where %SYNC_RULE_LATER says so, the one that has to wait
 *
 * In the open transaction. A message that is gone is nothing; a folder that is gone moves nothing.
 */
SyncRuleResult sync_rule_deeds_apply (const SyncRuleWork *work, gint64 message, gint64 *rule, GError **error);

G_END_DECLS
