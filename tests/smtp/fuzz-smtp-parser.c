/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a server's replies, in pieces of any size: the first byte says which. */
#include "smtp-extensions.h"
#include "smtp-parser.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
use_reply (const SmtpReply *reply)
{
  g_autofree char *words = smtp_reply_dup_words (reply);
  g_autoptr (SmtpExtensions) extensions = smtp_extensions_new (reply);

  g_assert (extensions != NULL);
  g_assert (reply->code >= 200 && reply->code <= 599);
  g_assert (reply->lines->len >= 1 && reply->lines->len <= SMTP_PARSER_MAX_LINES);
  g_assert (g_utf8_validate (words, -1, NULL));
  for (int stage = SMTP_STAGE_GREETING; stage <= SMTP_STAGE_MESSAGE; stage++)
    smtp_reply_get_error_code (reply, stage);
  smtp_reply_is_too_many_recipients (reply);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  gsize step = size > 0 ? MAX (data[0], 1) : 1;
  SmtpParser parser;

  smtp_parser_init (&parser);
  for (gsize at = 1; at < size; at += step)
    {
      SmtpReply *reply;

      g_byte_array_append (parser.lines.pending, data + at, MIN (step, size - at));
      while (smtp_parser_next (&parser, &reply) == SMTP_EVENT_REPLY)
        {
          use_reply (reply);
          smtp_reply_free (reply);
        }
      g_assert (parser.lines.pending->len <= SMTP_PARSER_MAX_LINE + 512);
      if (smtp_parser_get_problem (&parser))
        break;
    }
  smtp_parser_clear (&parser);
  return 0;
}
