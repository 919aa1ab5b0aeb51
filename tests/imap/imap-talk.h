/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A session with a server that follows a script, logged in: for tests of what stands above the session. */
#pragma once

#include "imap-session.h"
#include "test-server.h"

G_BEGIN_DECLS

/* imap_talk_open: (transfer full): @capabilities beside IMAP4rev1; @script begins behind the login: its first command has the tag a2 */
ImapSession *imap_talk_open (TestServer *server, const char *capabilities, const char *script);

/* imap_talk_enter: (transfer full): with what @server has been given to play, which begins with TLS and lets in who says a1 */
ImapSession *imap_talk_enter (TestServer *server);

/* imap_talk_open_enabled: the same with ENABLE @enabled (which is to be among @capabilities, with ENABLE) behind it: the first tag is a3 */
ImapSession *imap_talk_open_enabled (TestServer *server, const char *capabilities, const char *enabled, const char *script);

G_END_DECLS
