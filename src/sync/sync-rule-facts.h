/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What rules ask about a message, taken from its row and from its headers. Pure; any thread. */
#pragma once

#include "mail-rule.h"
#include "mail-summary.h"
#include "mime-message.h"

G_BEGIN_DECLS

/* sync_rule_facts_take: all that the row says; @facts was empty */
void sync_rule_facts_take (MailRuleFacts *facts, const MailSummary *summary, gint64 account);

/* sync_rule_facts_take_headers: the header's lines, decoded; nothing where they are known already */
void sync_rule_facts_take_headers (MailRuleFacts *facts, MimeMessage *message);

G_END_DECLS
