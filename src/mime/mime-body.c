/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of a message's parts is to be read, and what is attached. */
#include "mime-body.h"

#include <string.h>

/* What a part's surroundings say of it. */
typedef struct
{
  gboolean in_related;   /* beside an HTML page: pictures with a content id belong to it */
  gboolean in_wrapper;   /* signature, encryption, delivery report: machinery, not gifts */
  gboolean in_choice;    /* one of several forms of the same */
} Surroundings;

static void add_part (MimeBody *self, const MimePart *part, Surroundings around);

MimeBody *
mime_body_new (const MimePart *top)
{
  MimeBody *self = g_new (MimeBody, 1);

  self->pieces = g_array_new (FALSE, TRUE, sizeof (MimePiece));
  self->extras = g_array_new (FALSE, TRUE, sizeof (MimeExtra));
  add_part (self, top, (Surroundings){ 0 });
  return self;
}

void
mime_body_free (MimeBody *self)
{
  g_array_unref (self->pieces);
  g_array_unref (self->extras);
  g_free (self);
}

static gboolean
has_disposition (const MimePart *part, const char *word)
{
  return part->disposition && g_str_equal (part->disposition->value, word);
}

/* RFC 2183 §2.8: what is neither "inline" nor known is treated as an attachment. */
static gboolean
is_put_away (const MimePart *part)
{
  return part->disposition && *part->disposition->value && !has_disposition (part, "inline");
}

static gboolean
is_blank (const MimePart *part)
{
  gsize length = part->end - part->body;

  if (length > 2000)
    return FALSE;
  if (part->encoding == GMIME_CONTENT_ENCODING_BASE64 || part->encoding == GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE)
    {
      g_autoptr (GByteArray) bytes = mime_part_decode (part);

      for (guint i = 0; i < bytes->len; i++)
        if (!g_ascii_isspace (bytes->data[i]))
          return FALSE;
      return TRUE;
    }
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isspace (part->body[i]))
      return FALSE;
  return TRUE;
}

static gboolean
is_signature (const MimePart *part)
{
  return mime_part_is_type (part, "application/pgp-signature") || mime_part_is_type (part, "application/pkcs7-signature")
         || mime_part_is_type (part, "application/x-pkcs7-signature");
}

static void
add_extra (MimeBody *self, const MimePart *part, Surroundings around)
{
  gboolean is_picture = mime_part_is_type (part, "image/");
  gboolean belongs_to_page = around.in_related && part->content_id && is_picture;
  MimeExtra extra = { .part = part };

  extra.is_inline = has_disposition (part, "inline") || (belongs_to_page && !has_disposition (part, "attachment"));
  extra.counts = !belongs_to_page && !around.in_wrapper && !is_signature (part)
                 && !(around.in_choice && !has_disposition (part, "attachment"))
                 && !(extra.is_inline && is_picture && part->content_id);
  g_array_append_val (self->extras, extra);
}

static gboolean
is_readable (const MimeBody *self, const MimePart *part, Surroundings around)
{
  g_autofree char *name = NULL;

  if (is_put_away (part) || !mime_part_is_type (part, "text/"))
    return FALSE;
  name = mime_part_dup_file_name (part);
  if (mime_part_is_type (part, "text/plain") || mime_part_is_type (part, "text/html"))
    return !name || self->pieces->len == 0; /* some programs name even the letter itself */
  if (mime_part_is_type (part, "text/calendar") || mime_part_is_type (part, "text/vcard") || mime_part_is_type (part, "text/x-vcard")
      || mime_part_is_type (part, "text/csv") || mime_part_is_type (part, "text/rfc822-headers") || mime_part_is_type (part, "text/xml")
      || mime_part_is_type (part, "text/css") || mime_part_is_type (part, "text/rtf") || mime_part_is_type (part, "text/x-amp-html"))
    return FALSE;
  return !name && !around.in_choice;
}

static void
add_leaf (MimeBody *self, const MimePart *part, Surroundings around)
{
  MimePiece piece = { 0 };

  if (!is_readable (self, part, around))
    {
      if (part->body < part->end || part->disposition || !mime_part_is_type (part, "text/")) /* no file of nothing */
        add_extra (self, part, around);
      return;
    }
  if (mime_part_is_type (part, "text/html"))
    piece.html = part;
  else
    piece.plain = part;
  g_array_append_val (self->pieces, piece);
}

/* The plain form that has words in it, the richest HTML (the last: RFC 2046 §5.1.4), whatever their order; files of all forms. */
static void
add_alternative (MimeBody *self, const MimePart *part, Surroundings around)
{
  MimePiece chosen = { 0 };

  around.in_choice = TRUE;
  for (guint i = 0; i < part->children->len; i++)
    {
      g_autoptr (MimeBody) form = g_new0 (MimeBody, 1);

      form->pieces = g_array_new (FALSE, TRUE, sizeof (MimePiece));
      form->extras = g_array_new (FALSE, TRUE, sizeof (MimeExtra));
      add_part (form, g_ptr_array_index (part->children, i), around);
      g_array_append_vals (self->extras, form->extras->data, form->extras->len);
      if (form->pieces->len > 1 && !chosen.plain && !chosen.html && i + 1 == part->children->len)
        {
          g_array_append_vals (self->pieces, form->pieces->data, form->pieces->len);
          return;
        }
      for (guint j = 0; j < form->pieces->len; j++)
        {
          const MimePiece *piece = &g_array_index (form->pieces, MimePiece, j);

          if (piece->plain && (!chosen.plain || is_blank (chosen.plain)))
            chosen.plain = piece->plain;
          if (piece->html && (j == 0 || !chosen.html))
            chosen.html = piece->html;
        }
    }
  if (chosen.plain && chosen.html && is_blank (chosen.plain))
    chosen.plain = NULL;
  if (chosen.plain || chosen.html)
    g_array_append_val (self->pieces, chosen);
}

static guint
find_root (const MimePart *part)
{
  const char *start = mime_value_get (part->type, "start");
  g_autofree char *id = start ? g_strdup (start) : NULL;
  char *bare = id;

  if (bare && *bare == '<')
    bare++;
  if (bare && g_str_has_suffix (bare, ">"))
    bare[strlen (bare) - 1] = '\0';
  for (guint i = 0; bare && i < part->children->len; i++)
    if (g_strcmp0 (((MimePart *) g_ptr_array_index (part->children, i))->content_id, bare) == 0)
      return i;
  /* Some put the picture first and say nothing: the page is the one that can be read. */
  for (guint i = 0; i < part->children->len; i++)
    {
      const MimePart *child = g_ptr_array_index (part->children, i);

      if (mime_part_is_type (child, "text/html") || mime_part_is_type (child, "multipart/"))
        return i;
    }
  return 0;
}

static void
add_related (MimeBody *self, const MimePart *part, Surroundings around)
{
  guint root = find_root (part);

  add_part (self, g_ptr_array_index (part->children, root), around);
  around.in_related = TRUE;
  for (guint i = 0; i < part->children->len; i++)
    if (i != root)
      add_part (self, g_ptr_array_index (part->children, i), around);
}

static void
add_wrapper (MimeBody *self, const MimePart *part, Surroundings around)
{
  for (guint i = 0; i < part->children->len; i++)
    {
      Surroundings inner = around;

      /* The first part is what the wrapper is about; with encryption even that is machinery. */
      inner.in_wrapper = around.in_wrapper || i > 0 || mime_part_is_type (part, "multipart/encrypted");
      add_part (self, g_ptr_array_index (part->children, i), inner);
    }
}

static void
add_part (MimeBody *self, const MimePart *part, Surroundings around)
{
  if (!part->children)
    add_leaf (self, part, around);
  else if (mime_part_is_type (part, "multipart/alternative") && part->children->len > 0)
    add_alternative (self, part, around);
  else if (mime_part_is_type (part, "multipart/related") && part->children->len > 0)
    add_related (self, part, around);
  else if (mime_part_is_type (part, "multipart/signed") || mime_part_is_type (part, "multipart/encrypted")
           || mime_part_is_type (part, "multipart/report"))
    add_wrapper (self, part, around);
  else
    for (guint i = 0; i < part->children->len; i++)
      add_part (self, g_ptr_array_index (part->children, i), around);
}

/* A uuencoded file in the text: mime-text.c takes it out with the same mark. */
static gboolean
has_uuencoded (const MimePart *part)
{
  const char *p = part->body;

  if (part->encoding == GMIME_CONTENT_ENCODING_BASE64 || part->encoding == GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE)
    return FALSE;
  while ((p = memmem (p, part->end - p, "begin ", 6)))
    {
      if ((p == part->body || p[-1] == '\n') && part->end - p > 12
          && g_ascii_isdigit (p[6]) && g_ascii_isdigit (p[7]) && g_ascii_isdigit (p[8]))
        return memmem (p, part->end - p, "\nend", 4) != NULL;
      p += 6;
    }
  return FALSE;
}

gboolean
mime_body_has_attachments (const MimeBody *self)
{
  for (guint i = 0; i < self->extras->len; i++)
    if (g_array_index (self->extras, MimeExtra, i).counts)
      return TRUE;
  for (guint i = 0; i < self->pieces->len; i++)
    {
      const MimePiece *piece = &g_array_index (self->pieces, MimePiece, i);

      if (piece->plain && has_uuencoded (piece->plain))
        return TRUE;
    }
  return FALSE;
}

/* RFC 3156, RFC 8551 §3.5, and PGP as it was before MIME */
static MimeProtection
find_in_leaf (const MimePart *part)
{
  static const char begin[] = "-----BEGIN PGP ";
  const char *smime, *line;
  MimeProtection found = MIME_PROTECTION_NONE;

  if (mime_part_is_type (part, "application/pkcs7-mime") || mime_part_is_type (part, "application/x-pkcs7-mime"))
    {
      smime = mime_value_get (part->type, "smime-type");
      if (smime && g_ascii_strcasecmp (smime, "compressed-data") == 0)
        return MIME_PROTECTION_NONE;
      return smime && (g_ascii_strcasecmp (smime, "signed-data") == 0 || g_ascii_strcasecmp (smime, "certs-only") == 0) ? MIME_SIGNED_SMIME
                                                                                                                           : MIME_ENCRYPTED_SMIME;
    }
  if (!mime_part_is_type (part, "text/plain"))
    return MIME_PROTECTION_NONE;
  for (line = part->body; line && (line = memmem (line, part->end - line, begin, strlen (begin)));)
    {
      gboolean starts = line == part->body || line[-1] == '\n';

      line += strlen (begin); /* at most the end: there may be nothing behind it */
      if (starts && part->end - line > 15 && memcmp (line, "SIGNED MESSAGE-", 15) == 0)
        found |= MIME_SIGNED_PGP;
      else if (starts && part->end - line > 8 && memcmp (line, "MESSAGE-", 8) == 0)
        found |= MIME_ENCRYPTED_PGP;
    }
  return found;
}

MimeProtection
mime_body_find_protection (const MimePart *top)
{
  const char *protocol = mime_value_get (top->type, "protocol");
  MimeProtection found = MIME_PROTECTION_NONE;

  if (!top->children)
    return find_in_leaf (top);
  if (mime_part_is_type (top, "multipart/signed"))
    found = protocol && strstr (protocol, "pkcs7") ? MIME_SIGNED_SMIME : MIME_SIGNED_PGP;
  else if (mime_part_is_type (top, "multipart/encrypted"))
    found = MIME_ENCRYPTED_PGP;
  for (guint i = 0; i < top->children->len; i++) /* at most MIME_PART_MAX_DEPTH deep */
    found |= mime_body_find_protection (g_ptr_array_index (top->children, i));
  return found;
}
