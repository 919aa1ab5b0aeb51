/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a session knows of its server, and what has gone over the line. It reads what passes by and says nothing itself. */
#pragma once

#include "imap-capabilities.h"
#include "imap-command.h"

G_BEGIN_DECLS

/* Made to be a field, all zeros before imap_facts_init (). */
typedef struct
{
  ImapCapabilities capabilities;
  ImapDialect dialect;
  guint32 enabled;       /* of ImapCapability */
  char *mailbox;         /* selected; NULL: none, or nobody knows */
  guint32 uidvalidity;   /* of it; 0 when none was said */
  char *farewell;        /* the text of a BYE */
  char *alert;           /* nobody has taken yet */
  gboolean is_preauth;   /* the greeting let us in */
  gboolean is_logged_in;

  gint64 bytes_in, bytes_out;
  guint round_trips;
  gboolean is_asking;    /* something was sent since the last wait */
} ImapFacts;

void imap_facts_init (ImapFacts *self);
void imap_facts_clear (ImapFacts *self);

/* imap_facts_forget: all that was said before TLS was anybody's word */
void imap_facts_forget (ImapFacts *self);

/* imap_facts_notice: any response. @is_encrypted: ALERTs count only under TLS and after the login (RFC 9051 §11.3) */
void imap_facts_notice (ImapFacts *self, const ImapResponse *response, gboolean is_encrypted);

/* imap_facts_set_enabled: with UTF8=ACCEPT or IMAP4rev2 the dialect is UTF-8 from here on */
void imap_facts_set_enabled (ImapFacts *self, guint32 capabilities);

/* imap_facts_set_mailbox: @wire_name: (nullable) */
void imap_facts_set_mailbox (ImapFacts *self, const char *wire_name, guint32 uidvalidity);

/* Traffic. A round trip is a wait for bytes after something was sent, however much it was. */
void imap_facts_count_out (ImapFacts *self, gsize size);
void imap_facts_begin_wait (ImapFacts *self);
void imap_facts_count_in (ImapFacts *self, gsize size);

G_END_DECLS
