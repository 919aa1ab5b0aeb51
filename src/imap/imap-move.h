/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages of the selected mailbox go elsewhere: COPY, MOVE, and away for good (RFC 9051 §6.4.7 to §6.4.9, RFC 4315, RFC 6851). */
#pragma once

#include "imap-session.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 source;
  guint32 target;
} ImapUidPair;

/* What COPYUID said (RFC 4315 §3). */
typedef struct
{
  guint32 uidvalidity; /* of the target; 0 when the server does not say */
  GArray *pairs;       /* of ImapUidPair; empty when the server does not say */
} ImapCopied;

void imap_copied_init (ImapCopied *self);
void imap_copied_clear (ImapCopied *self);

/* imap_copied_find: the new UID of @source; 0 when it was not said */
guint32 imap_copied_find (const ImapCopied *self, guint32 source);

/* imap_copied_read: the three values of COPYUID, added to @self; nonsense (sets of different lengths) adds nothing */
void imap_copied_read (ImapCopied *self, const char *uidvalidity, const char *source, const char *target);

/**
 * imap_copy:
 * @uids: ascending, without repeats
 * @target: wire name; made when the server says that it could be (TRYCREATE)
 * @copied: (inout): gets what COPYUID says, also of a command that failed later on
 *
 * Returns: %FALSE with the errors of imap_session_run (): a refused set is not copied at all, sets before it are
 */
gboolean imap_copy (ImapSession *session, const guint32 *uids, gsize n_uids, const char *target, ImapCopied *copied,
                    GCancellable *cancellable, GError **error);

/* imap_move: likewise with MOVE, which the server must have; what @copied names has moved even where the server said NO in the end */
gboolean imap_move (ImapSession *session, const guint32 *uids, gsize n_uids, const char *target, ImapCopied *copied,
                    GCancellable *cancellable, GError **error);

/**
 * imap_remove:
 * @is_gone: (out): whether they are gone, or only marked
 *
 * For good: \Deleted, then UID EXPUNGE. A server without UIDPLUS has only EXPUNGE, which takes everybody's marked messages along:
 * it is sent only when no other than @uids is marked. May be repeated.
 */
gboolean imap_remove (ImapSession *session, const guint32 *uids, gsize n_uids, gboolean *is_gone, GCancellable *cancellable, GError **error);

G_END_DECLS
