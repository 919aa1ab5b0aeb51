/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stands before GMime: bounds what would cost its parser minutes or the stack, and mends what it would drop. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MIME_GUARD_MAX_FIELDS 2000      /* of one header */
#define MIME_GUARD_MAX_ALL_FIELDS 50000 /* of all headers of a message */
#define MIME_GUARD_MAX_FIELD (1 << 16)  /* bytes of one field */
#define MIME_GUARD_MAX_PARAMETERS 100
#define MIME_GUARD_MAX_PARTS 10000
#define MIME_GUARD_MAX_MULTIPARTS 1000

/* What GMime may read in place of a message. */
typedef struct
{
  const char *bytes;  /* the source itself where nothing was wrong */
  gsize length;

  /*< private >*/
  GString *copy;
  GArray *shifts;
} MimeGuard;

/**
 * mime_guard_init:
 * @defects: (nullable): a GPtrArray of strings that is added to
 *
 * One pass over the lines. Headers are looked for where they can be: at the start and after each line that begins with "--"; text
 * that only looks so may be changed in the copy too, which does no harm: it tells where parts are, what is in them is read from the
 * source.
 */
void mime_guard_init (MimeGuard *self, const char *data, gsize length, GPtrArray *defects);
void mime_guard_clear (MimeGuard *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MimeGuard, mime_guard_clear)

/* mime_guard_map: from an offset in @self->bytes to one in the source */
gsize mime_guard_map (const MimeGuard *self, gsize offset);

G_END_DECLS
