/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GMime's tree as byte ranges. It reads the guarded bytes where they are (GMimeStreamMem over the source), and its headers and contents
 * tell where in them they stand. */
#include "mime-part.h"

#include <string.h>

typedef struct
{
  const char *data;
  const char *end;
  MimeGuard guard;
  GPtrArray *defects;      /* (nullable) */
  guint n_parts;
  gboolean is_truncated;   /* so GMime says, of headers too */
} Reader;

static MimePart *read_object (Reader *self, GMimeObject *object, MimePart *parent, guint depth);

gboolean
mime_part_is_type (const MimePart *self, const char *prefix)
{
  gsize length = strlen (prefix);

  if (length > 0 && prefix[length - 1] == '/')
    return g_str_has_prefix (self->type->value, prefix);
  return g_str_equal (self->type->value, prefix);
}

void
mime_part_free (MimePart *self)
{
  g_clear_pointer (&self->children, g_ptr_array_unref); /* at most MIME_PART_MAX_DEPTH deep */
  mime_value_free (self->type);
  g_clear_pointer (&self->disposition, mime_value_free);
  g_array_unref (self->fields);
  g_free (self->content_id);
  g_free (self);
}

static void
set_type (MimePart *part, const char *type)
{
  g_free (part->type->value);
  part->type->value = g_strdup (type);
}

static GMimeContentEncoding
read_encoding (const MimeField *field, GPtrArray *defects)
{
  g_autofree char *text = g_strndup (field->value, MIN (field->value_length, 60));

  text[strcspn (text, ";( \t\r\n")] = '\0';
  if (g_mime_content_encoding_from_string (text) != GMIME_CONTENT_ENCODING_DEFAULT)
    return g_mime_content_encoding_from_string (text);
  if (*text)
    mime_defects_add (defects, "unknown transfer encoding");
  return GMIME_CONTENT_ENCODING_DEFAULT;
}

static const char *
locate (Reader *self, gint64 offset)
{
  return self->data + MIN (mime_guard_map (&self->guard, (gsize) MAX (offset, 0)), (gsize) (self->end - self->data));
}

void
mime_part_add_field (GArray *fields, const char *start, const char *end)
{
  MimeField field = { .name = start, .start = start };
  const char *colon, *stop = start;

  do
    {
      const char *newline = memchr (stop, '\n', end - stop);

      stop = newline ? newline + 1 : end;
    }
  while (stop < end && (*stop == ' ' || *stop == '\t'));
  colon = memchr (start, ':', stop - start);
  if (!colon)
    return;
  field.length = stop - start;
  while (field.name + field.name_length < colon && (guchar) start[field.name_length] > 32)
    field.name_length++;
  field.value = colon + 1;
  field.value_length = stop - field.value;
  while (field.value_length > 0 && strchr ("\r\n", field.value[field.value_length - 1]))
    field.value_length--;
  while (field.value_length > 0 && strchr (" \t", *field.value))
    {
      field.value++;
      field.value_length--;
    }
  field.value_length = MIN (field.value_length, MIME_HEADER_MAX_VALUE);
  g_array_append_val (fields, field);
}

static const char *
skip_empty_line (Reader *self, const char *p)
{
  if (p < self->end && *p == '\r' && p + 1 < self->end && p[1] == '\n')
    return p + 2;
  return p < self->end && *p == '\n' ? p + 1 : p;
}

static const char *
find_body (Reader *self, const MimePart *part)
{
  const MimeField *last;

  if (part->fields->len == 0)
    return skip_empty_line (self, part->start);
  last = &g_array_index (part->fields, MimeField, part->fields->len - 1);
  return skip_empty_line (self, last->start + last->length);
}

/* What GMime makes of a type that it cannot understand says little; the words themselves say more. */
static void
mend_type (Reader *self, MimePart *part)
{
  const MimeField *field = mime_header_find (part->fields, "Content-Type");
  g_autofree char *text = NULL;

  if (!field || !mime_part_is_type (part, "application/octet-stream"))
    return;
  text = g_strndup (field->value, MIN (field->value_length, 200));
  g_strstrip (text);
  if (g_ascii_strncasecmp (text, "application/octet-stream", 24) == 0)
    return;
  if (g_ascii_strncasecmp (text, "text", 4) == 0 && (text[4] == '\0' || text[4] == ';')) /* RFC 1049, and some programs to this day */
    set_type (part, "text/plain");
  else
    {
      mime_defects_add (self->defects, "Content-Type that cannot be understood");
      if (!mime_value_get (part->type, "name") && !part->disposition)
        set_type (part, "text/plain");
    }
}

/* File names in encoded words, which mime_header_unfold () has to go over before GMime. */
static void
reread_parameters (MimePart *part)
{
  const MimeField *type = mime_header_find (part->fields, "Content-Type");
  const MimeField *disposition = mime_header_find (part->fields, "Content-Disposition");
  GMimeParserOptions *options = mime_header_new_options (NULL);

  if (type && type->value_length < 4096 && g_strstr_len (type->value, type->value_length, "=?"))
    {
      g_autoptr (GString) text = mime_header_unfold (type->value, type->value_length);
      GMimeContentType *again = g_mime_content_type_parse (options, text->str);

      mime_value_free (part->type);
      part->type = mime_value_new_type (again);
      g_object_unref (again);
    }
  if (part->disposition && disposition && disposition->value_length < 4096 && g_strstr_len (disposition->value, disposition->value_length, "=?"))
    {
      g_autoptr (GString) text = mime_header_unfold (disposition->value, disposition->value_length);
      GMimeContentDisposition *again = g_mime_content_disposition_parse (options, text->str);

      mime_value_free (part->disposition);
      part->disposition = mime_value_new_disposition (again);
      g_object_unref (again);
    }
  g_mime_parser_options_free (options);
}

static void
read_header (Reader *self, MimePart *part, GMimeObject *object)
{
  GMimeHeaderList *headers = g_mime_object_get_header_list (object);
  GMimeContentDisposition *disposition = g_mime_object_get_content_disposition (object);
  const MimeField *field;

  for (int i = 0, n = g_mime_header_list_get_count (headers); i < n; i++)
    mime_part_add_field (part->fields, locate (self, g_mime_header_get_offset (g_mime_header_list_get_header_at (headers, i))), self->end);
  part->type = mime_value_new_type (g_mime_object_get_content_type (object));
  if (disposition)
    part->disposition = mime_value_new_disposition (disposition);
  reread_parameters (part);
  mend_type (self, part);
  part->encoding = GMIME_CONTENT_ENCODING_DEFAULT;
  field = mime_header_find (part->fields, "Content-Transfer-Encoding");
  if (field)
    part->encoding = read_encoding (field, self->defects);
  field = mime_header_find (part->fields, "Content-ID");
  if (field)
    {
      g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

      mime_header_add_ids (ids, field->value, field->value_length);
      if (ids->len > 0)
        part->content_id = g_strdup (g_ptr_array_index (ids, 0));
    }
}

/* A line that begins with "--" and @boundary, at or after @p; the line end before it is its own (RFC 2046 §5.1.1). */
static const char *
find_boundary (Reader *self, const char *p, const char *boundary)
{
  gsize n = strlen (boundary);

  for (const char *dashes = p; (dashes = memmem (dashes, self->end - dashes, "--", 2)); dashes++)
    if ((dashes == self->data || dashes[-1] == '\n') && (gsize) (self->end - dashes) >= n + 2 && memcmp (dashes + 2, boundary, n) == 0)
      {
        if (dashes > p && dashes[-1] == '\n')
          dashes--;
        return dashes > p && dashes[-1] == '\r' ? dashes - 1 : dashes;
      }
  return NULL;
}

/* The end of a multipart that is taken for a leaf, which GMime does not tell: where one around it goes on. */
static const char *
find_end (Reader *self, const MimePart *part)
{
  for (const MimePart *parent = part->parent; parent; parent = parent->parent)
    {
      const char *boundary = mime_value_get (parent->type, "boundary");
      const char *end = boundary ? find_boundary (self, part->body, boundary) : NULL;

      if (end)
        return end;
    }
  return self->end;
}

static gboolean
is_closed (Reader *self, const MimePart *part, const char *end)
{
  const char *boundary = mime_value_get (part->type, "boundary");
  const char *found = boundary ? find_boundary (self, part->body, boundary) : NULL;

  return found && found < end;
}

static void
read_multipart (Reader *self, MimePart *part, GMimeMultipart *multipart, guint depth)
{
  int n = g_mime_multipart_get_count (multipart);

  part->body = find_body (self, part);
  if (n == 0 || depth == MIME_PART_MAX_DEPTH)
    {
      part->end = find_end (self, part);
      if (n > 0)
        mime_defects_add (self->defects, "parts nested too deep");
      else if (is_closed (self, part, part->end))
        part->children = g_ptr_array_new ();
      else /* a multipart in which no boundary ever came is text */
        set_type (part, "text/plain");
      return;
    }
  part->children = g_ptr_array_new_with_free_func ((GDestroyNotify) mime_part_free);
  for (int i = 0; i < n && self->n_parts < MIME_PART_MAX_PARTS; i++)
    g_ptr_array_add (part->children, read_object (self, g_mime_multipart_get_part (multipart, i), part, depth + 1));
  if (part->children->len > 0)
    part->end = ((MimePart *) g_ptr_array_index (part->children, part->children->len - 1))->end;
  else
    part->end = part->body;
}

static void
read_leaf (Reader *self, MimePart *part, GMimeObject *object)
{
  GMimeDataWrapper *content = GMIME_IS_PART (object) ? g_mime_part_get_content (GMIME_PART (object)) : NULL;
  GMimeStream *stream = content ? g_mime_data_wrapper_get_stream (content) : NULL;

  part->body = part->end = find_body (self, part);
  if (!stream)
    return;
  part->body = locate (self, stream->bound_start);
  part->end = stream->bound_end < 0 ? self->end : locate (self, stream->bound_end);
  part->end = MAX (part->end, part->body);
}

/* A part without header fields begins with the empty line before its body, if there is one. */
static const char *
find_start (Reader *self, const MimePart *part)
{
  const char *p = part->body;

  if (part->fields->len > 0)
    return g_array_index (part->fields, MimeField, 0).start;
  if (p - self->data < 2 || p[-1] != '\n')
    return p;
  p -= p[-2] == '\r' ? 2 : 1;
  return p > self->data && p[-1] != '\n' ? part->body : p;
}

static MimePart *
read_object (Reader *self, GMimeObject *object, MimePart *parent, guint depth)
{
  MimePart *part = g_new0 (MimePart, 1);

  self->n_parts++;
  part->parent = parent;
  part->fields = g_array_new (FALSE, FALSE, sizeof (MimeField));
  part->start = self->data;
  read_header (self, part, object);
  if (GMIME_IS_MULTIPART (object))
    read_multipart (self, part, GMIME_MULTIPART (object), depth);
  else
    read_leaf (self, part, object);
  if (parent)
    part->start = find_start (self, part);
  return part;
}

static void
on_warning (gint64 offset, GMimeParserWarning warning, const char *item, gpointer data)
{
  Reader *self = data;

  switch (warning)
    {
    case GMIME_CRIT_CONFLICTING_HEADER:
    case GMIME_WARN_DUPLICATED_HEADER:
      if (g_ascii_strcasecmp (item ? item : "", "Content-Type") == 0)
        mime_defects_add (self->defects, "more than one Content-Type");
      break;
    case GMIME_WARN_MALFORMED_MULTIPART:
      mime_defects_add (self->defects, "a multipart's end is missing");
      break;
    case GMIME_WARN_TRUNCATED_MESSAGE:
      self->is_truncated = TRUE;
      break;
    case GMIME_CRIT_MULTIPART_WITHOUT_BOUNDARY:
      mime_defects_add (self->defects, "multipart without a boundary");
      break;
    case GMIME_CRIT_NESTING_OVERFLOW:
      mime_defects_add (self->defects, "parts nested too deep");
      break;
    default:
      break;
    }
}

static GMimeObject *
parse (Reader *self)
{
  GByteArray array = { .data = (guint8 *) self->guard.bytes, .len = (guint) MIN (self->guard.length, G_MAXUINT) };
  GMimeStream *stream = g_mime_stream_mem_new_with_byte_array (&array);
  GMimeParser *parser;
  GMimeParserOptions *options = mime_header_new_options (NULL);
  GMimeObject *object;

  g_mime_stream_mem_set_owner (GMIME_STREAM_MEM (stream), FALSE);
  parser = g_mime_parser_new_with_stream (stream);
  g_mime_parser_set_persist_stream (parser, TRUE);
#ifdef GMIME_WARNING_HAS_NOTIFY
  g_mime_parser_options_set_warning_callback (options, on_warning, self, NULL);
#else
  g_mime_parser_options_set_warning_callback (options, on_warning, self);
#endif
  object = g_mime_parser_construct_part (parser, options);
  g_mime_parser_options_free (options);
  g_object_unref (parser);
  g_object_unref (stream);
  return object;
}

MimePart *
mime_part_parse (const char *data, gsize length, GPtrArray *defects)
{
  Reader self = { .data = data, .end = data + length, .defects = defects };
  GMimeObject *object;
  MimePart *top;

  mime_guard_init (&self.guard, data, length, defects);
  object = parse (&self);
  if (!object) /* nothing at all */
    object = GMIME_OBJECT (g_mime_part_new_with_type ("text", "plain"));
  top = read_object (&self, object, NULL, 0);
  if (self.is_truncated && GMIME_IS_MULTIPART (object))
    mime_defects_add (defects, "a multipart's end is missing");
  g_object_unref (object);
  mime_guard_clear (&self.guard);
  return top;
}

char *
mime_part_dup_file_name (const MimePart *self)
{
  const char *name = mime_value_get (self->disposition, "filename");

  if (!name || !*name)
    name = mime_value_get (self->type, "name");
  if (!name || !*name)
    name = mime_value_get (self->type, "filename");
  return name && *name ? g_strdup (name) : NULL;
}

static gboolean
is_encoded (const MimePart *self)
{
  return self->encoding == GMIME_CONTENT_ENCODING_BASE64 || self->encoding == GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE
         || self->encoding == GMIME_CONTENT_ENCODING_UUENCODE;
}

/* Decodes piece by piece; @out may be NULL to count alone. */
static gsize
decode (const MimePart *self, GByteArray *out)
{
  GMimeEncoding state;
  g_autofree char *buffer = NULL;
  const gsize step = 1 << 15;
  gsize total = 0, n;

  g_mime_encoding_init_decode (&state, self->encoding);
  buffer = g_malloc (g_mime_encoding_outlen (&state, step) + 64);
  for (const char *p = self->body; p < self->end; p += MIN (step, (gsize) (self->end - p)))
    {
      n = g_mime_encoding_step (&state, p, MIN (step, (gsize) (self->end - p)), buffer);
      total += n;
      if (out)
        g_byte_array_append (out, (guint8 *) buffer, n);
    }
  n = g_mime_encoding_flush (&state, "", 0, buffer);
  total += n;
  if (out)
    g_byte_array_append (out, (guint8 *) buffer, n);
  return total;
}

GByteArray *
mime_part_decode (const MimePart *self)
{
  GByteArray *out = g_byte_array_new ();

  if (is_encoded (self))
    decode (self, out);
  else
    g_byte_array_append (out, (const guint8 *) self->body, self->end - self->body);
  return out;
}

gsize
mime_part_get_decoded_size (const MimePart *self)
{
  return is_encoded (self) ? decode (self, NULL) : (gsize) (self->end - self->body);
}
