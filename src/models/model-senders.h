/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may send, taken along to the store's worker, and who of them a message was written to. */
#pragma once

#include "account-identity.h"
#include "mime-message.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 account;
  MailAddress *address;
} ModelSender;

/* model_senders_list: (transfer full): of ModelSender, each account's own first. Main thread. */
GArray *model_senders_list (AccountList *accounts);

/* model_senders_find: (nullable) (transfer none): the one with that address */
const ModelSender *model_senders_find (const GArray *senders, const char *address);

/* model_senders_choose: (nullable) (transfer none): who is named in To, else in Cc, else the first of @account, else the first of all; %NULL when there
 * is nobody */
const ModelSender *model_senders_choose (const GArray *senders, MimeMessage *message, gint64 account);

G_END_DECLS
