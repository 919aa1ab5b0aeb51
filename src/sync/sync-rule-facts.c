/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What rules ask about a message. */
#include "sync-rule-facts.h"

#include "mail-address.h"

static char *
fold_people (const GPtrArray *people)
{
  g_autofree char *text = mail_address_list_to_string (people);

  return mail_rule_fold (text);
}

void
sync_rule_facts_take (MailRuleFacts *facts, const MailSummary *summary, gint64 account)
{
  facts->from = fold_people (summary->from);
  facts->to = fold_people (summary->to);
  facts->subject = mail_rule_fold (summary->subject);
  facts->size = summary->size;
  facts->account = account;
  facts->has_attachments = summary->has_attachments;
}

void
sync_rule_facts_take_headers (MailRuleFacts *facts, MimeMessage *message)
{
  g_auto (GStrv) lines = facts->headers ? NULL : mime_message_dup_header_lines (message);
  GString *folded;

  if (facts->headers)
    return;
  folded = g_string_new (NULL);
  for (char **line = lines; *line; line++)
    {
      g_autofree char *one = mail_rule_fold (*line);

      g_string_append (folded, one);
      g_string_append_c (folded, '\n');
    }
  facts->headers = g_string_free (folded, FALSE);
}
