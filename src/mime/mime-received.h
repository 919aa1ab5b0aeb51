/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a message was received, where its server does not say so: POP3 knows no date of arrival, but the last server that handled the message
 * wrote one into the topmost Received field (RFC 5321 §4.4). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mime_received_get_time:
 * @source: a message or its headers
 * @now: seconds since 1970
 *
 * Any thread (mime_init () first).
 *
 * Returns: the time of the topmost Received field, else of the Date field; @now where neither says anything sensible, and never later than @now
 */
gint64 mime_received_get_time (GBytes *source, gint64 now);

G_END_DECLS
