/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as responses, read as FETCH with all it may say, and as VANISHED. */
#include "imap-fetch.h"
#include "imap-mailbox.h"
#include "imap-structure.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
read_one (const ImapResponse *response)
{
  gboolean is_earlier;
  g_autoptr (GArray) ranges = imap_mailbox_read_vanished (response, &is_earlier);
  ImapFetch fetch;

  if (!imap_fetch_read (response, &fetch))
    return;
  if (fetch.structure)
    {
      g_autoptr (GPtrArray) parts = imap_structure_list_parts (fetch.structure);

      imap_structure_has_attachments (fetch.structure);
    }
  imap_fetch_clear (&fetch);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (ImapParser) parser = imap_parser_new ();
  const ImapResponse *response;

  g_byte_array_append (imap_parser_get_pending (parser), data, size);
  while (imap_parser_next (parser, &response) == IMAP_EVENT_RESPONSE)
    read_one (response);
  return 0;
}
