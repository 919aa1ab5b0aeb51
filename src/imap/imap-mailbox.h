/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening a mailbox (RFC 9051 §6.3.2, RFC 7162). */
#pragma once

#include "imap-session.h"
#include "mail-flags.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 uidvalidity;       /* 0 when it was not said: names that mean nothing tomorrow */
  guint32 uidnext;           /* 0 when it was not said */
  guint32 n_messages;
  guint64 highestmodseq;     /* 0 without CONDSTORE, or NOMODSEQ for this mailbox */
  MailFlags permanent_flags; /* those of ours that are kept here; all when it was not said */
  gboolean is_read_only;
  char *mailbox_id;          /* OBJECTID; NULL when not said */
} ImapSelected;

void imap_selected_clear (ImapSelected *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImapSelected, imap_selected_clear)

/**
 * imap_mailbox_select:
 * @wire_name: the server's own spelling
 * @is_read_only: EXAMINE
 * @known_uidvalidity: with @known_modseq: ask for what has changed since (QRESYNC, where it is enabled); 0 does not
 * @selected: (out caller-allocates): clear with imap_selected_clear ()
 * @func: (nullable): for FETCH and VANISHED (EARLIER) that come with it
 *
 * Returns: %FALSE with %BASE_ERROR_NOT_FOUND when there is no such mailbox, or the errors of imap_session_run (). Nothing is selected then.
 */
gboolean imap_mailbox_select (ImapSession *session, const char *wire_name, gboolean is_read_only, guint32 known_uidvalidity, guint64 known_modseq,
                              ImapSelected *selected, ImapDataFunc func, gpointer data, GCancellable *cancellable, GError **error);

/* imap_mailbox_select_ahead: sends SELECT for a mailbox that is sure to be opened, and waits for nothing: imap_mailbox_select () of it has the answer
 * then, unless another mailbox was opened or changes since are asked for */
gboolean imap_mailbox_select_ahead (ImapSession *session, const char *wire_name, GCancellable *cancellable, GError **error);

/* imap_mailbox_read_vanished: (transfer full) (nullable): of ImapUidRange: what a VANISHED response names; %NULL for any other response
 * and for nonsense */
GArray *imap_mailbox_read_vanished (const ImapResponse *response, gboolean *is_earlier);

G_END_DECLS
