/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Responses for the log. */
#include "imap-trace.h"

static char *
format_response (const ImapResponse *response)
{
  static const char *const words[] = { "OK", "NO", "BAD", "PREAUTH", "BYE" };
  g_autofree char *code = NULL;

  if (response->kind == IMAP_RESPONSE_CONTINUATION)
    return g_strdup ("+");
  if (response->kind == IMAP_RESPONSE_DATA)
    return response->has_number ? g_strdup_printf ("* %u %s", response->number, response->name) : g_strdup_printf ("* %s", response->name);
  code = response->code ? g_strdup_printf ("[%s] ", response->code) : g_strdup ("");
  return g_strdup_printf ("%s %s %s%s", response->tag ? response->tag : "*", words[response->status], code, response->text);
}

void
imap_trace_received (BaseTrace *trace, const char *tag, const ImapResponse *response)
{
  g_autofree char *line = trace ? format_response (response) : NULL;

  if (line)
    base_trace_received (trace, tag, line, -1);
}
