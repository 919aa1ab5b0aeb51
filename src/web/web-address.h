/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A host of the internet, and of nothing nearer: a mail may not make us ask what only we can reach. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define WEB_TYPE_ADDRESS (web_address_get_type ())
G_DECLARE_FINAL_TYPE (WebAddress, web_address, WEB, ADDRESS, GNetworkAddress)

/**
 * web_address_new:
 * @uri: http or https
 *
 * A GSocketConnectable that is looked up like any other, but yields public addresses only: whatever a name resolves to, now or the next time,
 * nobody connects to one of the others. A proxy that the person has set up is used as it is, wherever it stands.
 *
 * Returns: (transfer full) (nullable): %NULL with %G_IO_ERROR_INVALID_ARGUMENT; %G_IO_ERROR_PERMISSION_DENIED where @uri itself names this
 * machine or a private address
 */
GSocketConnectable *web_address_new (GUri *uri, GError **error);

/* web_address_is_public: no loopback, private, link-local, shared (RFC 6598), multicast or reserved address, nor one of IPv6 that stands for
 * such a one of IPv4 */
gboolean web_address_is_public (GInetAddress *address);

G_END_DECLS
