/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A test that needs real servers (servers.py) runs between their start and their end, and they end with it however it ends. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * test_servers_are_here:
 * @argv: of main ()
 * @smtp: dovecot or postfix
 * @imap: full, rev1, cyrus or cyrus-alt
 * @status: (out): what main () is to return when %FALSE
 *
 * First in main (). Where no servers run yet, this program is run once more with them, and the result is %FALSE; so it is where this machine does not
 * have them, which is told as a skipped test. Once %TRUE, the variable POSTHORN_SERVERS has the facts in JSON.
 */
gboolean test_servers_are_here (char **argv, const char *smtp, const char *imap, int *status);

G_END_DECLS
