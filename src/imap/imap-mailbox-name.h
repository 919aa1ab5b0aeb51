/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mailbox names: modified UTF-7 on the wire (RFC 3501 §5.1.3) unless UTF8=ACCEPT or IMAP4rev2 is on. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* imap_mailbox_name_encode: (transfer full): @name is valid UTF-8 */
char *imap_mailbox_name_encode (const char *name);

/**
 * imap_mailbox_name_decode:
 *
 * Servers send names that are not what they should be (raw UTF-8, broken shifts): those are kept as they are, made valid
 * UTF-8, and are still told apart by the caller, who keeps the wire's name beside this one.
 *
 * Returns: (transfer full): valid UTF-8
 */
char *imap_mailbox_name_decode (const char *wire);

G_END_DECLS
