/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Outlook wraps into a winmail.dat (TNEF, [MS-OXTNEF]). Pure. A reader of our own, because the library there is copies by lengths that the
 * mail names and has been broken by it a dozen times; this one hands out pieces of what came and nothing else. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MIME_TNEF_MAX_FILES 1000
#define MIME_TNEF_MAX_PROPERTIES 10000 /* of one file */

typedef struct
{
  char *name;    /* valid UTF-8, as it came: never a safe name; "" when there is none */
  char *type;    /* media type; NULL when it says none */
  GBytes *data;
} MimeTnefFile;

void mime_tnef_file_free (MimeTnefFile *self);

gboolean mime_tnef_is (const char *data, gsize length);

/* mime_tnef_unpack: (transfer full): of MimeTnefFile; pieces of @bytes. Stops at the first thing that does not fit: what was whole before, counts. */
GPtrArray *mime_tnef_unpack (GBytes *bytes);

G_END_DECLS
