/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a server says it can do (RFC 9051 §7.2.2), as far as we use it. */
#pragma once

#include "imap-parser.h"

G_BEGIN_DECLS

typedef enum
{
  IMAP_CAN_REV1 = 1 << 0,           /* IMAP4rev1 */
  IMAP_CAN_REV2 = 1 << 1,           /* IMAP4rev2 */
  IMAP_CAN_STARTTLS = 1 << 2,
  IMAP_CAN_NOT_LOGIN = 1 << 3,      /* LOGINDISABLED */
  IMAP_CAN_SASL_IR = 1 << 4,
  IMAP_CAN_LITERAL_PLUS = 1 << 5,
  IMAP_CAN_LITERAL_MINUS = 1 << 6,
  IMAP_CAN_IDLE = 1 << 7,
  IMAP_CAN_CONDSTORE = 1 << 8,
  IMAP_CAN_QRESYNC = 1 << 9,
  IMAP_CAN_UIDPLUS = 1 << 10,
  IMAP_CAN_MOVE = 1 << 11,
  IMAP_CAN_SPECIAL_USE = 1 << 12,
  IMAP_CAN_CREATE_SPECIAL_USE = 1 << 13,
  IMAP_CAN_LIST_EXTENDED = 1 << 14,
  IMAP_CAN_LIST_STATUS = 1 << 15,
  IMAP_CAN_NAMESPACE = 1 << 16,
  IMAP_CAN_ENABLE = 1 << 17,
  IMAP_CAN_UTF8_ACCEPT = 1 << 18,   /* UTF8=ACCEPT or UTF8=ONLY */
  IMAP_CAN_UTF8_ONLY = 1 << 19,
  IMAP_CAN_ESEARCH = 1 << 20,
  IMAP_CAN_ID = 1 << 21,
  IMAP_CAN_COMPRESS = 1 << 22,      /* COMPRESS=DEFLATE */
  IMAP_CAN_STATUS_SIZE = 1 << 23,
  IMAP_CAN_QUOTA = 1 << 24,
  IMAP_CAN_OBJECTID = 1 << 25,
  IMAP_CAN_GMAIL = 1 << 26,         /* X-GM-EXT-1 */
  IMAP_CAN_XLIST = 1 << 27,         /* the old SPECIAL-USE of Google and a few others */
  IMAP_CAN_MAILBOX_LIMIT = 1 << 28, /* APPENDLIMIT without a number: each mailbox has its own (RFC 7889 §2) */
} ImapCapability;

typedef struct
{
  gboolean is_known;       /* the server has said so in this state of the connection */
  guint32 can;             /* of ImapCapability */
  GPtrArray *mechanisms;   /* of char *, upper case, ended by NULL; never NULL itself */
  guint64 append_limit;    /* bytes (RFC 7889); 0 when none was said */
} ImapCapabilities;

void imap_capabilities_init (ImapCapabilities *self);
void imap_capabilities_clear (ImapCapabilities *self);

/**
 * imap_capabilities_read:
 * @first: the values of a CAPABILITY response or response code
 *
 * Replaces what was known. IMAP4rev2 brings along what it makes part of itself (RFC 9051 appendix E).
 */
void imap_capabilities_read (ImapCapabilities *self, const ImapNode *first);

G_END_DECLS
