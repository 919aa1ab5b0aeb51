/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Capability names. */
#include "imap-capabilities.h"

#include <string.h>

#define MAX_MECHANISMS 50

/* RFC 9051 appendix E: what needs no name of its own once IMAP4rev2 is spoken */
#define PART_OF_REV2 (IMAP_CAN_SASL_IR | IMAP_CAN_LITERAL_MINUS | IMAP_CAN_IDLE | IMAP_CAN_UIDPLUS | IMAP_CAN_MOVE | IMAP_CAN_SPECIAL_USE \
                      | IMAP_CAN_LIST_EXTENDED | IMAP_CAN_LIST_STATUS | IMAP_CAN_NAMESPACE | IMAP_CAN_ENABLE | IMAP_CAN_ESEARCH \
                      | IMAP_CAN_STATUS_SIZE)

static const struct
{
  const char *name;
  guint32 can;
} names[] = {
  { "IMAP4REV1", IMAP_CAN_REV1 },
  { "IMAP4REV2", IMAP_CAN_REV2 },
  { "STARTTLS", IMAP_CAN_STARTTLS },
  { "LOGINDISABLED", IMAP_CAN_NOT_LOGIN },
  { "SASL-IR", IMAP_CAN_SASL_IR },
  { "LITERAL+", IMAP_CAN_LITERAL_PLUS },
  { "LITERAL-", IMAP_CAN_LITERAL_MINUS },
  { "IDLE", IMAP_CAN_IDLE },
  { "CONDSTORE", IMAP_CAN_CONDSTORE },
  { "QRESYNC", IMAP_CAN_QRESYNC | IMAP_CAN_CONDSTORE }, /* RFC 7162 §3.2.2 */
  { "UIDPLUS", IMAP_CAN_UIDPLUS },
  { "MOVE", IMAP_CAN_MOVE },
  { "SPECIAL-USE", IMAP_CAN_SPECIAL_USE },
  { "CREATE-SPECIAL-USE", IMAP_CAN_CREATE_SPECIAL_USE },
  { "LIST-EXTENDED", IMAP_CAN_LIST_EXTENDED },
  { "LIST-STATUS", IMAP_CAN_LIST_STATUS },
  { "NAMESPACE", IMAP_CAN_NAMESPACE },
  { "ENABLE", IMAP_CAN_ENABLE },
  { "UTF8=ACCEPT", IMAP_CAN_UTF8_ACCEPT },
  { "UTF8=ONLY", IMAP_CAN_UTF8_ACCEPT | IMAP_CAN_UTF8_ONLY },
  { "ESEARCH", IMAP_CAN_ESEARCH },
  { "ID", IMAP_CAN_ID },
  { "COMPRESS=DEFLATE", IMAP_CAN_COMPRESS },
  { "STATUS=SIZE", IMAP_CAN_STATUS_SIZE },
  { "QUOTA", IMAP_CAN_QUOTA },
  { "OBJECTID", IMAP_CAN_OBJECTID },
  { "X-GM-EXT-1", IMAP_CAN_GMAIL },
  { "XLIST", IMAP_CAN_XLIST },
  { "APPENDLIMIT", IMAP_CAN_MAILBOX_LIMIT },
};

void
imap_capabilities_init (ImapCapabilities *self)
{
  memset (self, 0, sizeof *self);
  self->mechanisms = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->mechanisms, NULL);
}

void
imap_capabilities_clear (ImapCapabilities *self)
{
  g_clear_pointer (&self->mechanisms, g_ptr_array_unref);
}

static void
read_name (ImapCapabilities *self, const char *name)
{
  if (g_ascii_strncasecmp (name, "AUTH=", 5) == 0 && self->mechanisms->len <= MAX_MECHANISMS)
    g_ptr_array_insert (self->mechanisms, self->mechanisms->len - 1, g_ascii_strup (name + 5, -1));
  else if (g_ascii_strncasecmp (name, "APPENDLIMIT=", 12) == 0)
    g_ascii_string_to_unsigned (name + 12, 10, 0, G_MAXINT64, &self->append_limit, NULL);
  else
    for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
      if (g_ascii_strcasecmp (name, names[i].name) == 0)
        self->can |= names[i].can;
}

void
imap_capabilities_read (ImapCapabilities *self, const ImapNode *first)
{
  imap_capabilities_clear (self);
  imap_capabilities_init (self);
  self->is_known = TRUE;
  for (const ImapNode *node = first; node; node = node->next)
    if (imap_node_get_string (node))
      read_name (self, imap_node_get_string (node));
  if (self->can & IMAP_CAN_REV2)
    self->can |= PART_OF_REV2;
}
