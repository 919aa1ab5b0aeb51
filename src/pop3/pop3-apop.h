/* SPDX-License-Identifier: GPL-3.0-or-later */
/* APOP (RFC 1939 §7): a password that does not cross the wire, by an MD5 that no longer deserves trust. Only where a connection
 * in plain text was chosen and the server offers nothing better. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * pop3_apop_find_timestamp:
 * @greeting: the text of the server's greeting
 *
 * Only a well-formed msg-id is taken: printable ASCII, one "@". The known attacks (CVE-2007-1558) that recover a password
 * from MD5 collisions need challenges that are none.
 *
 * Returns: (transfer full) (nullable): with its angle brackets
 */
char *pop3_apop_find_timestamp (const char *greeting);

/* pop3_apop_digest: (transfer full): 32 lower-case hex digits */
char *pop3_apop_digest (const char *timestamp, const char *secret);

G_END_DECLS
