/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A socket read in large pieces. TLS asks it for five bytes and then for one record, 16 KiB at most and with many servers 4 KiB: two calls of the
 * kernel for each, which a whole mailbox has tens of thousands of. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * net_read_ahead_new:
 * @socket: of which nothing was read ahead, and from which nobody else reads from now on
 *
 * The same socket as a connection whose input comes through a buffer, and can be polled. Deadlines, addresses and closing are the socket's.
 *
 * Returns: (transfer full): @socket itself where something lies between it and the wire (a proxy that speaks TLS)
 */
GSocketConnection *net_read_ahead_new (GSocketConnection *socket);

G_END_DECLS
