/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a message as a tree of byte ranges. GMime's own parser is not used for this: it wants seconds for some hostile headers,
 * its objects belong to one thread, and the transport needs to know where each part lies to leave the others as they are. */
#include "mime-part.h"

#include <string.h>

typedef struct
{
  const char *data;
  const char *end;
  GPtrArray *defects;      /* (nullable) */
  GArray *scratch;         /* fields of the part at hand */
  guint n_parts;

  MimePart *open[MIME_PART_MAX_DEPTH]; /* multiparts whose end was not seen, outermost first */
  const char *boundaries[MIME_PART_MAX_DEPTH];
  gsize boundary_lengths[MIME_PART_MAX_DEPTH];
  guint depth;

  MimePart *current;       /* the leaf that lines go to; NULL in a preamble or epilogue */
} Parser;

void
mime_defects_add (GPtrArray *defects, const char *text)
{
  if (!defects || defects->len >= 100)
    return;
  for (guint i = 0; i < defects->len; i++)
    if (g_str_equal (g_ptr_array_index (defects, i), text))
      return;
  g_ptr_array_add (defects, g_strdup (text));
}

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
  g_free (self->content_id);
  g_free (self);
}

static void
set_type (MimePart *part, const char *type)
{
  g_free (part->type->value);
  part->type->value = g_strdup (type);
}

static gboolean
is_sane_type (const char *type)
{
  const char *slash = strchr (type, '/');

  if (!slash || slash == type || !slash[1])
    return FALSE;
  for (const char *p = type; *p; p++)
    if (!(g_ascii_isalnum (*p) || strchr ("!#$&-^_.+", *p)) && p != slash)
      return FALSE;
  return TRUE;
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

static void
read_type (MimePart *part, const MimeField *field, GPtrArray *defects)
{
  MimePart *parent = part->parent;

  part->type = field ? mime_value_parse (field->value, field->value_length) : mime_value_parse ("", 0);
  if (is_sane_type (part->type->value))
    return;
  if (field && g_str_equal (part->type->value, "text")) /* RFC 1049, and some programs to this day */
    set_type (part, "text/plain");
  else if (field)
    {
      mime_defects_add (defects, "Content-Type that cannot be understood");
      set_type (part, mime_value_get (part->type, "name") || part->disposition ? "application/octet-stream" : "text/plain");
    }
  else if (parent && mime_part_is_type (parent, "multipart/digest"))
    set_type (part, "message/rfc822");
  else
    set_type (part, "text/plain");
}

static void
read_header (Parser *self, MimePart *part, const GArray *fields)
{
  const MimeField *type = NULL, *field;
  MimeField *fields_data = (MimeField *) (gpointer) fields->data;

  part->encoding = GMIME_CONTENT_ENCODING_DEFAULT;
  for (guint i = 0; i < fields->len; i++)
    {
      field = &fields_data[i];
      if (field->name_length < 10 || g_ascii_strncasecmp (field->name, "Content-", 8) != 0)
        continue;
      if (mime_field_is (field, "Content-Type") && type)
        mime_defects_add (self->defects, "more than one Content-Type");
      else if (mime_field_is (field, "Content-Type"))
        type = field;
      else if (mime_field_is (field, "Content-Disposition") && !part->disposition)
        part->disposition = mime_value_parse (field->value, field->value_length);
      else if (mime_field_is (field, "Content-Transfer-Encoding") && part->encoding == GMIME_CONTENT_ENCODING_DEFAULT)
        part->encoding = read_encoding (field, self->defects);
      else if (mime_field_is (field, "Content-ID") && !part->content_id)
        {
          g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

          mime_header_add_ids (ids, field->value, field->value_length);
          if (ids->len > 0)
            part->content_id = g_strdup (g_ptr_array_index (ids, 0));
        }
    }
  read_type (part, type, self->defects);
}

/* Where a multipart names no boundary, the first line that looks like one is it. */
static char *
guess_boundary (const char *p, const char *end)
{
  for (guint i = 0; i < 200 && p < end; i++)
    {
      const char *newline = memchr (p, '\n', end - p);
      const char *stop = newline ? newline : end;

      if (stop - p > 4 && stop - p < 80 && p[0] == '-' && p[1] == '-' && !g_ascii_isspace (p[2]) && p[2] != '-')
        return g_strchomp (g_strndup (p + 2, stop - p - 2));
      p = newline ? newline + 1 : end;
    }
  return NULL;
}

static void
open_multipart (Parser *self, MimePart *part)
{
  const char *boundary = mime_value_get (part->type, "boundary");

  if (!boundary || !*boundary)
    {
      char *guess = guess_boundary (part->body, self->end);

      mime_defects_add (self->defects, "multipart without a boundary");
      if (!guess)
        {
          set_type (part, "text/plain");
          self->current = part;
          return;
        }
      g_ptr_array_add (part->type->names, g_strdup ("boundary"));
      g_ptr_array_add (part->type->values, guess);
      boundary = guess;
    }
  if (self->depth == MIME_PART_MAX_DEPTH)
    {
      mime_defects_add (self->defects, "parts nested too deep");
      self->current = part;
      return;
    }
  part->children = g_ptr_array_new_with_free_func ((GDestroyNotify) mime_part_free);
  self->open[self->depth] = part;
  self->boundaries[self->depth] = boundary;
  self->boundary_lengths[self->depth] = strlen (boundary);
  self->depth++;
  self->current = NULL;
}

/* Reads a part's header at @p and makes the part current; returns where its body starts. */
static const char *
begin_part (Parser *self, const char *p, MimePart *parent, GArray *fields)
{
  MimePart *part = g_new0 (MimePart, 1);
  gboolean has_garbage;

  part->parent = parent;
  part->start = p;
  g_array_set_size (fields, 0);
  part->body = p + mime_header_scan (p, self->end - p, fields, &has_garbage);
  part->end = self->end;
  if (has_garbage)
    mime_defects_add (self->defects, "lines in a header that are none");
  read_header (self, part, fields);
  if (parent)
    g_ptr_array_add (parent->children, part);
  self->n_parts++;
  if (mime_part_is_type (part, "multipart/"))
    open_multipart (self, part);
  else
    self->current = part;
  return part->body;
}

/* The line end before a boundary belongs to the boundary: RFC 2046 §5.1.1. */
static const char *
strip_line_end (const char *body, const char *line)
{
  if (line > body && line[-1] == '\n')
    line--;
  if (line > body && line[-1] == '\r')
    line--;
  return line;
}

/* A multipart in which no boundary ever came is text. */
static void
close_multipart (Parser *self, MimePart *part, const char *line, gboolean is_ended)
{
  part->end = line == self->end && !is_ended ? line : strip_line_end (part->body, line);
  if (!is_ended)
    mime_defects_add (self->defects, "a multipart's end is missing");
  if (part->children->len == 0 && !is_ended)
    {
      g_clear_pointer (&part->children, g_ptr_array_unref);
      set_type (part, "text/plain");
    }
}

static void
close_down_to (Parser *self, guint level, const char *line)
{
  if (self->current)
    self->current->end = strip_line_end (self->current->body, line);
  self->current = NULL;
  while (self->depth > level)
    close_multipart (self, self->open[--self->depth], line, FALSE);
}

/* Whether @line is a boundary of an open multipart; tells which, and whether it ends it. */
static gboolean
find_boundary (Parser *self, const char *line, gsize length, guint *level, gboolean *is_end)
{
  while (length > 2 && g_ascii_isspace (line[length - 1]))
    length--;
  for (guint i = self->depth; i-- > 0;)
    {
      gsize n = self->boundary_lengths[i];

      if (length < n + 2 || memcmp (line + 2, self->boundaries[i], n) != 0)
        continue;
      *is_end = length == n + 4 && line[n + 2] == '-' && line[n + 3] == '-';
      *level = i;
      if (length == n + 2 || *is_end)
        return TRUE;
    }
  return FALSE;
}

static void
scan_body (Parser *self, const char *p)
{
  while (p < self->end && self->depth > 0)
    {
      const char *newline = memchr (p, '\n', self->end - p), *next = newline ? newline + 1 : self->end;
      guint level;
      gboolean is_end;

      if (p[0] != '-' || next - p < 3 || p[1] != '-' || !find_boundary (self, p, next - p, &level, &is_end))
        {
          p = next;
          continue;
        }
      if (self->n_parts >= MIME_PART_MAX_PARTS && !is_end)
        {
          mime_defects_add (self->defects, "too many parts");
          if (self->current)
            break;
        }
      close_down_to (self, level + 1, p);
      if (is_end)
        close_multipart (self, self->open[--self->depth], p, TRUE);
      else
        next = begin_part (self, next, self->open[level], self->scratch);
      if (self->n_parts > MIME_PART_MAX_PARTS) /* the last one takes all the rest */
        break;
      p = next;
    }
  self->current = NULL; /* no boundary follows: the last line end is text */
  close_down_to (self, 0, self->end);
}

MimePart *
mime_part_parse (const char *data, gsize length, GArray *fields, GPtrArray *defects)
{
  g_autoptr (GArray) own_fields = g_array_new (FALSE, FALSE, sizeof (MimeField));
  g_autoptr (GArray) scratch = g_array_new (FALSE, FALSE, sizeof (MimeField));
  Parser self = { .data = data, .end = data + length, .defects = defects, .scratch = scratch };
  MimePart *top;
  const char *body;

  if (!fields)
    fields = own_fields;
  body = begin_part (&self, data, NULL, fields);
  top = self.current ? self.current : self.open[0];
  scan_body (&self, body);
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
