/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a message as a tree of byte ranges: found in one pass without recursion, nothing decoded, nothing copied. */
#pragma once

#include <gmime/gmime.h>

#include "mime-header.h"

G_BEGIN_DECLS

#define MIME_PART_MAX_DEPTH 50
#define MIME_PART_MAX_PARTS 10000
#define MIME_PART_MAX_PARAMETERS 100

/* A value with parameters: Content-Type, Content-Disposition. RFC 2231 pieces are joined and decoded, RFC 2047 words too. */
typedef struct
{
  char *value;         /* lower case; "" when there is none */
  GPtrArray *names;    /* lower case */
  GPtrArray *values;   /* UTF-8 */
} MimeValue;

MimeValue *mime_value_parse (const char *text, gsize length);
void mime_value_free (MimeValue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MimeValue, mime_value_free)

/* mime_value_get: (nullable): a parameter; @self may be NULL */
const char *mime_value_get (const MimeValue *self, const char *name);

typedef struct _MimePart MimePart;

struct _MimePart
{
  MimePart *parent;        /* NULL at the top */
  GPtrArray *children;     /* of MimePart (owned); NULL for a leaf */
  const char *start;       /* its header block */
  const char *body;
  const char *end;         /* of the body, without the line end that belongs to the boundary */
  MimeValue *type;         /* its value is never "": what it is taken for, as "text/plain" */
  MimeValue *disposition;  /* NULL when it says none */
  GMimeContentEncoding encoding;
  char *content_id;        /* without brackets; NULL when none */
};

/**
 * mime_part_parse:
 * @fields: (nullable): a GArray of MimeField for the message's own header; filled
 * @defects: (nullable): a GPtrArray of strings; what is wrong with the structure is added
 *
 * Bounds: %MIME_PART_MAX_DEPTH levels and %MIME_PART_MAX_PARTS parts; what lies beyond stays together as one leaf. Attached messages
 * are leaves: they are messages of their own.
 *
 * Returns: (transfer full): the whole message as a part; @data must outlive it
 */
MimePart *mime_part_parse (const char *data, gsize length, GArray *fields, GPtrArray *defects);
void mime_part_free (MimePart *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MimePart, mime_part_free)

gboolean mime_part_is_type (const MimePart *self, const char *prefix); /* "text/" or a whole type */

/* mime_part_dup_file_name: (transfer full) (nullable): as the mail has it: never a safe name */
char *mime_part_dup_file_name (const MimePart *self);

/* mime_part_decode: (transfer full): the body with its transfer encoding undone */
GByteArray *mime_part_decode (const MimePart *self);
gsize mime_part_get_decoded_size (const MimePart *self);

/* mime_defects_add: adds @text if it is not there yet */
void mime_defects_add (GPtrArray *defects, const char *text);

G_END_DECLS
