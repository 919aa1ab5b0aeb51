/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a message as GMime finds them, as a tree of byte ranges: nothing decoded, nothing copied, free to go to other threads. */
#pragma once

#include <gmime/gmime.h>

#include "mime-defects.h"
#include "mime-guard.h"
#include "mime-header.h"

G_BEGIN_DECLS

#define MIME_PART_MAX_DEPTH 50
#define MIME_PART_MAX_PARTS MIME_GUARD_MAX_PARTS

/* A value with parameters: Content-Type, Content-Disposition. As GMime decodes them (RFC 2231, RFC 2047). */
typedef struct
{
  char *value;         /* lower case; "" when there is none */
  GPtrArray *names;    /* lower case */
  GPtrArray *values;   /* UTF-8 */
} MimeValue;

MimeValue *mime_value_new_type (GMimeContentType *type);
MimeValue *mime_value_new_disposition (GMimeContentDisposition *disposition);
void mime_value_free (MimeValue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MimeValue, mime_value_free)

/* mime_value_get: (nullable): a parameter; @self may be NULL */
const char *mime_value_get (const MimeValue *self, const char *name);

typedef struct _MimePart MimePart;

struct _MimePart
{
  MimePart *parent;        /* NULL at the top */
  GPtrArray *children;     /* of MimePart (owned); NULL for a leaf */
  GArray *fields;          /* of MimeField: its header, in order */
  const char *start;       /* its header block */
  const char *body;
  const char *end;         /* of the body, without the line end that belongs to the boundary; of a multipart: of its last part */
  MimeValue *type;         /* its value is never "": what it is taken for, as "text/plain" */
  MimeValue *disposition;  /* NULL when it says none */
  GMimeContentEncoding encoding;
  char *content_id;        /* without brackets; NULL when none */
};

/**
 * mime_part_parse:
 * @defects: (nullable): a GPtrArray of strings; what is wrong with the structure is added
 *
 * Bounds: those of mime-guard.h, and %MIME_PART_MAX_DEPTH levels; what lies beyond stays together as one leaf. Attached messages
 * are leaves: they are messages of their own (mime_init () tells GMime so).
 *
 * Returns: (transfer full): the whole message as a part; @data must outlive it
 */
MimePart *mime_part_parse (const char *data, gsize length, GPtrArray *defects);
void mime_part_free (MimePart *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MimePart, mime_part_free)

/* mime_part_add_field: to @fields (of MimeField) the one that begins at @start: up to the first line that does not go on with it, or @end; nothing
 * when there is no colon in it */
void mime_part_add_field (GArray *fields, const char *start, const char *end);

gboolean mime_part_is_type (const MimePart *self, const char *prefix); /* "text/" or a whole type */

/* mime_part_dup_file_name: (transfer full) (nullable): as the mail has it: never a safe name */
char *mime_part_dup_file_name (const MimePart *self);

/* mime_part_decode: (transfer full): the body with its transfer encoding undone */
GByteArray *mime_part_decode (const MimePart *self);
gsize mime_part_get_decoded_size (const MimePart *self);

G_END_DECLS
