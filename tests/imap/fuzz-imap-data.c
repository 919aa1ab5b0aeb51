/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as responses, read by everything that reads responses. */
#include "imap-capabilities.h"
#include "imap-fetch.h"
#include "imap-mailbox.h"
#include "imap-outcome.h"
#include "imap-room.h"
#include "imap-search.h"
#include "imap-structure.h"

#include <stdlib.h>

#define MAX_UIDS 1000

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
read_fetch (const ImapResponse *response)
{
  ImapFetch fetch;

  if (!imap_fetch_read (response, &fetch))
    return;
  if (fetch.structure)
    {
      g_autoptr (GPtrArray) parts G_GNUC_UNUSED = imap_structure_list_parts (fetch.structure);

      imap_structure_has_attachments (fetch.structure);
    }
  imap_fetch_clear (&fetch);
}

static void
read_status (const ImapResponse *response)
{
  ImapOutcome outcome = { 0 };
  ImapCapabilities capabilities;

  imap_outcome_take (&outcome, response, "the thing", BASE_ERROR_REFUSED);
  if ((response->status == IMAP_STATUS_OK) != (outcome.refusal == NULL))
    abort ();
  imap_outcome_clear (&outcome);
  imap_capabilities_init (&capabilities);
  imap_capabilities_read (&capabilities, response->code_arguments);
  imap_capabilities_clear (&capabilities);
}

static void
read_one (const ImapResponse *response, GArray *uids, ImapQuota *quota)
{
  gboolean is_earlier;
  g_autoptr (GArray) ranges G_GNUC_UNUSED = imap_mailbox_read_vanished (response, &is_earlier);

  imap_search_read (response, uids, MAX_UIDS);
  imap_room_read_quota (response, quota);
  read_fetch (response);
  if (response->kind == IMAP_RESPONSE_STATUS)
    read_status (response);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (ImapParser) parser = imap_parser_new ();
  g_autoptr (GArray) uids = g_array_new (FALSE, FALSE, sizeof (guint32));
  ImapQuota quota = { 0 };
  const ImapResponse *response;

  g_byte_array_append (imap_parser_get_pending (parser), data, size);
  while (imap_parser_next (parser, &response) == IMAP_EVENT_RESPONSE)
    read_one (response, uids, &quota);
  if (uids->len > MAX_UIDS)
    abort ();
  return 0;
}
