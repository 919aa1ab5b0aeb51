/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes, cut in two at a place that the first byte chooses, give the same responses as in one piece. */
#include "imap-parser.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static guint
count (const guint8 *data, gsize size, gsize split)
{
  g_autoptr (ImapParser) parser = imap_parser_new ();
  const ImapResponse *response;
  guint n = 0;

  g_byte_array_append (imap_parser_get_pending (parser), data, split);
  while (imap_parser_next (parser, &response) == IMAP_EVENT_RESPONSE)
    n += 1 + imap_node_count (response->arguments);
  g_byte_array_append (imap_parser_get_pending (parser), data + split, size - split);
  while (imap_parser_next (parser, &response) == IMAP_EVENT_RESPONSE)
    n += 1 + imap_node_count (response->arguments);
  return n;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  if (size > 0 && count (data + 1, size - 1, 0) != count (data + 1, size - 1, MIN (data[0], size - 1)))
    abort ();
  return 0;
}
