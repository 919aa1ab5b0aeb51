/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A body made fit for SMTP (RFC 5321 §2.3.8 and §4.5.3.1.6), part by part and only where it must be. */
#include "mime-rewrite.h"

#include <string.h>

#include "mime-charset.h"
#include "mime-encode.h"
#include "mime-name.h"
#include "mime-part.h"

#define MAX_MESSAGES 8 /* attached messages inside each other that are looked into */
#define MAX_NAME 76    /* bytes; what is longer is no field's name but a text with a colon in it: folded as it is, for a name cannot be */

typedef struct
{
  GString *out;
  const char *at;      /* what of the source is not written yet */
  gboolean is_7bit;
  guint depth;         /* attached messages around */
} Rewriter;

static void rewrite (GString *out, const char *data, gsize length, gboolean (*keep) (const MimeField *field), gboolean is_7bit, guint depth);

/* Line ends become CRLF; NUL goes; a line that is too long is broken (only what stands outside of all parts comes here with one). */
static void
append_canonical (GString *out, const char *p, const char *end)
{
  gsize column = 0;

  for (; p < end; p++)
    {
      if (*p == '\r' || *p == '\n')
        {
          if (*p == '\r' && p + 1 < end && p[1] == '\n')
            p++;
          g_string_append_len (out, "\r\n", 2);
          column = 0;
        }
      else if (*p != '\0')
        {
          if (column == MIME_REWRITE_MAX_LINE)
            {
              g_string_append_len (out, "\r\n", 2);
              column = 0;
            }
          g_string_append_c (out, *p);
          column++;
        }
    }
}

typedef struct
{
  gboolean has_long_line;
  gboolean has_nul;
  gboolean has_8bit;
} Faults;

static Faults
look_for_faults (const char *p, const char *end)
{
  Faults faults = { 0 };
  gsize column = 0;

  for (; p < end; p++)
    {
      if (*p == '\r' || *p == '\n')
        column = 0;
      else if (++column > MIME_REWRITE_MAX_LINE)
        faults.has_long_line = TRUE;
      if (*p == '\0')
        faults.has_nul = TRUE;
      else if ((guchar) *p >= 0x80)
        faults.has_8bit = TRUE;
    }
  return faults;
}

static gboolean
is_address_field (const MimeField *field)
{
  static const char *const names[] = { "From", "To", "Cc", "Bcc", "Sender", "Reply-To", "Resent-From", "Resent-To", "Resent-Cc",
                                       "Resent-Bcc", "Resent-Sender", "Resent-Reply-To", "Disposition-Notification-To", "Mail-Followup-To" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (mime_field_is (field, names[i]))
      return TRUE;
  return FALSE;
}

/* 8-bit bytes in an address field: names become encoded words, addresses what mime_encode_address () makes of them. */
static void
append_addresses_encoded (GString *out, const MimeField *field, const char *name)
{
  g_autoptr (GPtrArray) list = mail_address_list_new ();

  mime_header_add_addresses (list, field->value, field->value_length, NULL);
  mime_encode_header_addresses (out, name, list, FALSE);
}

/* Folds where blanks are, before the limit; in a run without any, where the limit is: nothing else is left to do. */
static void
append_refolded (GString *out, const MimeField *field)
{
  gsize column = 0, blank = 0; /* where in @out the last blank of this line is */

  for (gsize i = 0; i < field->length; i++)
    {
      char c = field->start[i];

      if (c == '\r' || c == '\n' || c == '\0')
        continue;
      if (column >= 900 && blank > 0)
        {
          g_string_insert (out, blank, "\r\n");
          column = out->len - blank - 2;
          blank = 0;
        }
      else if (column >= 990)
        {
          g_string_append (out, "\r\n ");
          column = 1;
        }
      if ((c == ' ' || c == '\t') && column > 20)
        blank = out->len;
      g_string_append_c (out, c);
      column++;
    }
  g_string_append (out, "\r\n");
}

/* Without lines of blanks alone, at which some servers end the header. */
static void
append_folded_as_is (GString *out, const MimeField *field)
{
  const char *p = field->start, *end = field->start + field->length;

  while (p < end)
    {
      const char *newline = memchr (p, '\n', end - p), *stop = newline ? newline : end, *next = newline ? newline + 1 : end;
      gboolean is_blank = TRUE;

      while (stop > p && stop[-1] == '\r')
        stop--;
      for (const char *q = p; q < stop; q++)
        is_blank = is_blank && (*q == ' ' || *q == '\t');
      if (!is_blank)
        {
          for (const char *q = p; q < stop; q++)
            if (*q != '\0' && *q != '\r')
              g_string_append_c (out, *q);
          g_string_append (out, "\r\n");
        }
      p = next;
    }
}

/* In a header only LF ends a line; a CR elsewhere is dropped. */
static gboolean
has_long_line (const MimeField *field)
{
  gsize column = 0;

  for (gsize i = 0; i < field->length; i++)
    {
      column = field->start[i] == '\n' ? 0 : column + 1;
      if (column > MIME_REWRITE_MAX_LINE)
        return TRUE;
    }
  return FALSE;
}

static void
append_field (GString *out, const MimeField *field)
{
  Faults faults = look_for_faults (field->start, field->start + field->length);
  g_autofree char *name = g_strndup (field->name, field->name_length);

  if (faults.has_8bit && is_address_field (field))
    append_addresses_encoded (out, field, name);
  else if (faults.has_8bit && field->name_length <= MAX_NAME && !(field->name_length > 8 && g_ascii_strncasecmp (field->name, "Content-", 8) == 0))
    {
      g_autofree char *text = mime_header_decode_line (field, NULL);

      mime_encode_header_text (out, name, text);
    }
  else if (has_long_line (field))
    append_refolded (out, field);
  else
    append_folded_as_is (out, field);
}

/* Writes a part's header; with @encoding as its Content-Transfer-Encoding instead of its own. */
static void
append_header (Rewriter *self, const MimePart *part, const char *encoding, gboolean (*keep) (const MimeField *field))
{
  gboolean has_version = FALSE, has_type = FALSE;

  for (guint i = 0; i < part->fields->len; i++)
    {
      const MimeField *field = &g_array_index (part->fields, MimeField, i);

      has_version = has_version || mime_field_is (field, "MIME-Version");
      has_type = has_type || mime_field_is (field, "Content-Type");
      if ((encoding && mime_field_is (field, "Content-Transfer-Encoding")) || (keep && !keep (field)))
        continue;
      append_field (self->out, field);
    }
  if (encoding && !part->parent && !has_version)
    g_string_append (self->out, "MIME-Version: 1.0\r\n");
  if (encoding && !has_type && g_str_has_prefix (part->type->value, "text/"))
    g_string_append (self->out, g_utf8_validate_len (part->body, part->end - part->body, NULL)
                                  ? "Content-Type: text/plain; charset=utf-8\r\n" : "Content-Type: text/plain; charset=windows-1252\r\n");
  if (encoding && *encoding)
    g_string_append_printf (self->out, "Content-Transfer-Encoding: %s\r\n", encoding);
  g_string_append (self->out, "\r\n");
  self->at = part->body;
}

static gboolean
is_wide (const MimePart *part)
{
  const char *charset = mime_value_get (part->type, "charset");

  return charset && (g_ascii_strncasecmp (charset, "utf-16", 6) == 0 || g_ascii_strncasecmp (charset, "utf-32", 6) == 0
                     || g_ascii_strncasecmp (charset, "ucs-", 4) == 0);
}

static void
append_encoded_leaf (Rewriter *self, const MimePart *part, gboolean (*keep) (const MimeField *field))
{
  g_autoptr (GByteArray) bytes = mime_part_decode (part);
  const char *data = bytes->data ? (char *) bytes->data : "";
  gsize n_8bit = 0;

  for (guint i = 0; i < bytes->len; i++)
    n_8bit += bytes->data[i] >= 0x80;
  if (mime_part_is_type (part, "text/") && n_8bit <= bytes->len / 3 && !is_wide (part))
    {
      append_header (self, part, "quoted-printable", keep);
      mime_encode_quoted (self->out, data, bytes->len);
    }
  else
    {
      append_header (self, part, "base64", keep);
      mime_encode_base64 (self->out, data, bytes->len);
    }
  self->at = part->end;
}

/* An attached message may not be encoded as a whole (RFC 2046 §5.2.1): it is made fit itself. */
static void
append_message (Rewriter *self, const MimePart *part, gboolean (*keep) (const MimeField *field))
{
  gboolean is_ended = part->end[-1] == '\n' || part->end[-1] == '\r';

  append_header (self, part, self->is_7bit ? "" : NULL, keep);
  rewrite (self->out, part->body, part->end - part->body, NULL, self->is_7bit, self->depth + 1);
  if (part->parent && !is_ended) /* the line end before a boundary is the boundary's own */
    g_string_truncate (self->out, self->out->len - 2);
  self->at = part->end;
}

static gboolean
is_identity (const MimePart *part)
{
  return part->encoding != GMIME_CONTENT_ENCODING_BASE64 && part->encoding != GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE
         && part->encoding != GMIME_CONTENT_ENCODING_UUENCODE;
}

static void
append_part (Rewriter *self, const MimePart *part, gboolean (*keep) (const MimeField *field))
{
  Faults faults;

  append_canonical (self->out, self->at, part->start);
  self->at = part->start;
  if (part->children)
    {
      append_header (self, part, self->is_7bit && part->encoding == GMIME_CONTENT_ENCODING_8BIT ? "" : NULL, keep);
      for (guint i = 0; i < part->children->len; i++)
        append_part (self, g_ptr_array_index (part->children, i), NULL);
      append_canonical (self->out, self->at, part->end);
      self->at = part->end;
      return;
    }
  faults = look_for_faults (part->body, part->end);
  if (faults.has_long_line || faults.has_nul || (self->is_7bit && faults.has_8bit) || part->encoding == GMIME_CONTENT_ENCODING_BINARY)
    {
      if (mime_part_is_type (part, "message/rfc822") && is_identity (part) && self->depth < MAX_MESSAGES && part->body < part->end)
        append_message (self, part, keep);
      else
        append_encoded_leaf (self, part, keep);
      return;
    }
  append_header (self, part, NULL, keep);
  append_canonical (self->out, part->body, part->end);
  self->at = part->end;
}

static void
rewrite (GString *out, const char *data, gsize length, gboolean (*keep) (const MimeField *field), gboolean is_7bit, guint depth)
{
  g_autoptr (MimePart) top = mime_part_parse (data, length, NULL);
  Rewriter self = { .out = out, .at = data, .is_7bit = is_7bit, .depth = depth };

  append_part (&self, top, keep);
  append_canonical (out, self.at, data + length);
  if (out->len < 2 || memcmp (out->str + out->len - 2, "\r\n", 2) != 0)
    g_string_append (out, "\r\n");
}

GString *
mime_rewrite_message (const char *data, gsize length, gboolean (*keep) (const MimeField *field), gboolean is_7bit)
{
  GString *out = g_string_sized_new (length + length / 30 + 256);

  rewrite (out, data, length, keep, is_7bit, 0);
  return out;
}
