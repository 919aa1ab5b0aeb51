/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes unpacked, in lots that the first byte chooses: the same as in one piece, and never more than the bound. */
#include "net-deflate.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static GByteArray *
run (const guint8 *data, gsize size, gsize lot, gsize room)
{
  g_autoptr (NetDeflate) self = net_deflate_new ();
  GByteArray *out = g_byte_array_new ();
  guint8 buffer[512];

  for (gsize at = 0; at < size; at += lot)
    {
      gssize n;

      net_deflate_add (self, data + at, MIN (lot, size - at));
      while ((n = net_deflate_unpack (self, buffer, room, NULL)) > 0)
        g_byte_array_append (out, buffer, n);
      if (n < 0)
        break;
    }
  if (out->len > NET_DEFLATE_FREE + size * NET_DEFLATE_RATIO + sizeof buffer)
    abort ();
  return out;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GByteArray) whole = NULL, in_lots = NULL;

  if (size < 2)
    return 0;
  whole = run (data + 1, size - 1, size, 512);
  in_lots = run (data + 1, size - 1, 1 + data[0] % 40, 1 + data[0] % 100);
  /* a stream that breaks may give its last bytes before the break or not at all, as it was cut */
  if (memcmp (whole->data ? whole->data : (const guint8 *) "", in_lots->data ? in_lots->data : (const guint8 *) "", MIN (whole->len, in_lots->len)) != 0)
    abort ();
  return 0;
}
