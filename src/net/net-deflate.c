/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packing with a flush after every piece; unpacking on demand, with an eye on how much comes out. */
#include "net-deflate.h"

#include "base-error.h"

#define PIECE 16384
#define LEVEL 6

struct _NetDeflate
{
  GConverter *packer;
  GConverter *unpacker;
  GByteArray *packed;   /* came, and is not unpacked yet */
  gsize used;           /* of packed */
  guint64 total_in;     /* packed bytes that came */
  guint64 total_out;    /* what they were unpacked to */
  gboolean is_broken;
};

NetDeflate *
net_deflate_new (void)
{
  NetDeflate *self = g_new0 (NetDeflate, 1);

  self->packer = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW, LEVEL));
  self->unpacker = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW));
  self->packed = g_byte_array_new ();
  return self;
}

void
net_deflate_free (NetDeflate *self)
{
  g_object_unref (self->packer);
  g_object_unref (self->unpacker);
  g_byte_array_unref (self->packed);
  g_free (self);
}

void
net_deflate_pack (NetDeflate *self, const void *data, gsize size, GByteArray *packed)
{
  const guint8 *at = data;
  GConverterResult result = G_CONVERTER_CONVERTED;

  while (size > 0 || result != G_CONVERTER_FLUSHED)
    {
      gsize before = packed->len, n_read = 0, n_written = 0;

      g_byte_array_set_size (packed, before + PIECE);
      result = g_converter_convert (self->packer, at, size, packed->data + before, PIECE, G_CONVERTER_FLUSH, &n_read, &n_written, NULL);
      g_byte_array_set_size (packed, before + n_written);
      g_return_if_fail (result != G_CONVERTER_ERROR); /* zlib packs anything, given room */
      at += n_read;
      size -= n_read;
    }
}

void
net_deflate_add (NetDeflate *self, const void *packed, gsize size)
{
  if (self->used > 0)
    g_byte_array_remove_range (self->packed, 0, self->used);
  self->used = 0;
  g_byte_array_append (self->packed, packed, size);
  self->total_in += size;
}

static gssize
fail (NetDeflate *self, const char *sentence, GError **error)
{
  self->is_broken = TRUE;
  g_set_error_literal (error, BASE_ERROR, BASE_ERROR_PROTOCOL, sentence);
  return -1;
}

gssize
net_deflate_unpack (NetDeflate *self, void *buffer, gsize size, GError **error)
{
  gsize n_written = 0;

  if (self->is_broken)
    return fail (self, "The server's compressed data cannot be unpacked.", error);
  /* zlib may still hold what had no room in the last buffer, so it is asked even when nothing is left to give to it. */
  while (n_written == 0)
    {
      g_autoptr (GError) reason = NULL;
      gsize n_read = 0;
      GConverterResult result = g_converter_convert (self->unpacker, self->packed->data ? self->packed->data + self->used : (const guint8 *) "",
                                                     self->packed->len - self->used, buffer, size, G_CONVERTER_NO_FLAGS, &n_read, &n_written, &reason);

      self->used += n_read;
      if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
        return 0;
      if (result == G_CONVERTER_ERROR)
        return fail (self, "The server's compressed data cannot be unpacked.", error);
      if (result == G_CONVERTER_FINISHED && n_written == 0)
        return fail (self, "The server's compressed data ends in the middle of the conversation.", error);
    }
  self->total_out += n_written;
  if (self->total_out > NET_DEFLATE_FREE && (self->total_out - NET_DEFLATE_FREE) / NET_DEFLATE_RATIO > self->total_in)
    return fail (self, "The server's compressed data unpacks to more than any mail would.", error);
  return n_written;
}
