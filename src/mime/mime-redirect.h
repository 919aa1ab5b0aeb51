/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message sent on as it is (RFC 5322 §3.6.6). Pure. */
#pragma once

#include <gio/gio.h>

#include "mail-address.h"

G_BEGIN_DECLS

/**
 * mime_redirect_new:
 * @source: what came
 * @from: who sends it on
 * @to: of MailAddress: to whom
 * @now: seconds since 1970, @zone_minutes: east of UTC: the caller has the clock
 *
 * The message byte for byte, with a block of Resent-… fields before all others. A line that only an mbox file has ("From ") goes.
 *
 * Returns: (transfer full): or %NULL with %BASE_ERROR_INVALID (no recipient, an address that cannot be)
 */
GBytes *mime_redirect_new (GBytes *source, const MailAddress *from, const GPtrArray *to, gint64 now, int zone_minutes, GError **error);

/* mime_redirect_is: whether @source was made so: somebody else wrote it */
gboolean mime_redirect_is (GBytes *source);

G_END_DECLS
