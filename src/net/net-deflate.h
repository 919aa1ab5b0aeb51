/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Both directions of a packed conversation (raw DEFLATE, RFC 1951, as RFC 4978 puts it between IMAP and TLS): sans-IO, by GIO's converters. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Unpacked bytes may be more than packed ones by this factor, once the first NET_DEFLATE_FREE are used up. Mail packs to a third or a fifth
 * of its size, a large picture of one colour to a thousandth. */
#define NET_DEFLATE_RATIO 256
#define NET_DEFLATE_FREE (64 * 1024 * 1024)

typedef struct _NetDeflate NetDeflate;

NetDeflate *net_deflate_new (void);
void net_deflate_free (NetDeflate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NetDeflate, net_deflate_free)

/**
 * net_deflate_pack:
 * @packed: appended to
 *
 * Ends on a boundary of bytes (Z_SYNC_FLUSH): the other side can unpack all of it.
 */
void net_deflate_pack (NetDeflate *self, const void *data, gsize size, GByteArray *packed);

/* net_deflate_add: takes what came from the other side; only when net_deflate_unpack () has said that it needs more, and at most 64 KiB */
void net_deflate_add (NetDeflate *self, const void *packed, gsize size);

/**
 * net_deflate_unpack:
 *
 * Never more than @size at a time: memory is the caller's affair, however much the packed bytes stand for.
 *
 * Returns: how many bytes are in @buffer; 0: more is needed; -1 with %BASE_ERROR_PROTOCOL for what cannot be unpacked, for an end of the packed
 *   stream, and for more than %NET_DEFLATE_RATIO allows. After -1 it stays so.
 */
gssize net_deflate_unpack (NetDeflate *self, void *buffer, gsize size, GError **error);

G_END_DECLS
