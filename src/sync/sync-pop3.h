/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One POP3 pass: what is new is received, what may go is removed from the server, and no mail is lost whatever breaks. */
#pragma once

#include "sync-pass.h"

G_BEGIN_DECLS

typedef struct
{
  AccountLeave leave;
  guint leave_days;
  gint64 headers_above;  /* bytes; larger messages come headers first; 0 never */
} SyncPop3Settings;

/**
 * sync_pop3_run:
 *
 * Connects, compares the server's UIDLs with the store's, receives what is new (pipelined, committed in batches: message and
 * UIDL in one transaction, synced to disk) but for what rules leave or refuse there by its headers (sync-pop3-rules.h), fetches bodies that were wanted, and then, for what @settings allows and only for
 * what this session's UIDL named and the store safely holds, or a rule refused, sends DELE; the store forgets those only when QUIT was
 * acknowledged (RFC 1939 §6). A cut at any byte loses nothing and doubles nothing.
 *
 * Returns: %FALSE with @error when the pass ended early; what was committed before stays and is counted in the report
 */
gboolean sync_pop3_run (SyncPass *pass, const SyncPop3Settings *settings, GCancellable *cancellable, GError **error);

/* sync_pop3_fetch_body: one message that is headers only, by its id in the store */
gboolean sync_pop3_fetch_body (SyncPass *pass, gint64 message, GCancellable *cancellable, GError **error);

/* sync_pop3_check: logs in (and has UIDL and STAT answered), QUITs; database and report of @pass are not used and may be %NULL */
gboolean sync_pop3_check (SyncPass *pass, GCancellable *cancellable, GError **error);

G_END_DECLS
