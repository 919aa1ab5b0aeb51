/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mail that rules send: forwarded messages, and answers to who wrote (RFC 3834). */
#pragma once

#include "mail-rule.h"
#include "mime-message.h"

G_BEGIN_DECLS

typedef struct _StoreDatabase StoreDatabase;

/* Somebody answers at most once in so many days by the same rule. */
#define SYNC_RULE_REPLY_DAYS 7

/* Who sends for an account */
typedef struct
{
  gint64 account;
  char *name;
  char *email;
} SyncRuleSender;

typedef struct
{
  StoreDatabase *database;
  const SyncRuleSender *sender;  /* (nullable): nothing is sent without one */
  gint64 rule;
  gint64 message;
  MimeMessage *original;
  gint64 now;                    /* seconds since 1970 */
} SyncRuleMail;

/**
 * sync_rule_mail_reply:
 * @text: of the answer
 *
 * Into the Outbox, in the open transaction. Nothing is sent, and it is no error, where it should not be: to lists and bulk mail, to what a
 * program sent, to an address that reads no answers, to oneself, to mail that was not addressed to the person, and twice in
 * %SYNC_RULE_REPLY_DAYS (RFC 3834 §2).
 */
gboolean sync_rule_mail_reply (const SyncRuleMail *mail, const char *text, GError **error);

/* sync_rule_mail_forward: @to: a list of addresses. Not what came here by way of here, or by many others' rules, however each of them made a new
 * message of it; and no bounces and no answers of programs: the one for what is forwarded would come back and be forwarded itself */
gboolean sync_rule_mail_forward (const SyncRuleMail *mail, const char *to, GError **error);

G_END_DECLS
