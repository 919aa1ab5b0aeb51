/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages off the server: DELE marks them, and only an acknowledged QUIT removes them (RFC 1939 §5, §6). */
#pragma once

#include "pop3-session.h"

G_BEGIN_DECLS

/**
 * pop3_deletion_mark:
 * @numbers: of this session
 * @is_marked: (out): @n_numbers of them: whether the server said yes
 *
 * Nothing is gone afterwards: see pop3_session_quit ().
 *
 * Returns: %FALSE with the errors of a connection; a refused DELE is none
 */
gboolean pop3_deletion_mark (Pop3Session *session, const guint *numbers, gsize n_numbers, gboolean *is_marked,
                             GCancellable *cancellable, GError **error);

G_END_DECLS
