/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names that come from strangers, made safe to show and to save under. */
#include "mime-name.h"

#include <string.h>

static const struct
{
  const char *type; /* a whole type, or "image/" for all others of it */
  const char *name;
} default_names[] = {
  { "application/pgp-signature", "signature.asc" },
  { "application/pgp-encrypted", "encryption.asc" },
  { "application/pgp-keys", "key.asc" },
  { "application/pkcs7-signature", "smime.p7s" },
  { "application/x-pkcs7-signature", "smime.p7s" },
  { "application/pkcs7-mime", "smime.p7m" },
  { "application/x-pkcs7-mime", "smime.p7m" },
  { "application/ms-tnef", "winmail.dat" },
  { "application/vnd.ms-tnef", "winmail.dat" },
  { "application/pdf", "document.pdf" },
  { "application/zip", "archive.zip" },
  { "application/json", "data.json" },
  { "application/xml", "data.xml" },
  { "application/rtf", "document.rtf" },
  { "application/ics", "invitation.ics" },
  { "application/msword", "document.doc" },
  { "application/vnd.ms-excel", "table.xls" },
  { "application/vnd.ms-powerpoint", "slides.ppt" },
  { "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "document.docx" },
  { "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "table.xlsx" },
  { "application/vnd.openxmlformats-officedocument.presentationml.presentation", "slides.pptx" },
  { "application/vnd.oasis.opendocument.text", "document.odt" },
  { "application/vnd.oasis.opendocument.spreadsheet", "table.ods" },
  { "application/vnd.oasis.opendocument.presentation", "slides.odp" },
  { "audio/mpeg", "sound.mp3" },
  { "audio/ogg", "sound.ogg" },
  { "audio/wav", "sound.wav" },
  { "image/jpeg", "picture.jpg" },
  { "image/jpg", "picture.jpg" },
  { "image/png", "picture.png" },
  { "image/gif", "picture.gif" },
  { "image/webp", "picture.webp" },
  { "image/svg+xml", "picture.svg" },
  { "image/tiff", "picture.tif" },
  { "image/bmp", "picture.bmp" },
  { "image/heic", "picture.heic" },
  { "message/rfc822", "message.eml" },
  { "message/global", "message.eml" },
  { "message/delivery-status", "delivery status.txt" },
  { "message/disposition-notification", "receipt.txt" },
  { "message/partial", "part of a message.eml" },
  { "message/external-body", "reference.txt" },
  { "text/calendar", "invitation.ics" },
  { "text/csv", "table.csv" },
  { "text/html", "text.html" },
  { "text/rfc822-headers", "headers.txt" },
  { "text/vcard", "contact.vcf" },
  { "text/x-vcard", "contact.vcf" },
  { "text/x-patch", "patch.diff" },
  { "text/xml", "data.xml" },
  { "video/mp4", "video.mp4" },
  { "video/quicktime", "video.mov" },
  { "text/", "text.txt" },
  { "multipart/", "parts.txt" },
  { "image/", "picture" },
  { "audio/", "sound" },
  { "video/", "video" },
};

static const char *
get_default_name (const char *content_type)
{
  for (gsize i = 0; content_type && i < G_N_ELEMENTS (default_names); i++)
    {
      const char *type = default_names[i].type;
      gsize length = strlen (type);

      if (type[length - 1] == '/' ? g_str_has_prefix (content_type, type) : g_str_equal (content_type, type))
        return default_names[i].name;
    }
  return "attachment.bin";
}

/* Characters that change the direction of what follows (the "exe.fdp" trick) or have no width and no use in one line. */
static gboolean
is_deceptive (gunichar c)
{
  return c == 0x061c || c == 0x180e || c == 0x200b || c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e)
         || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe007f);
}

static gboolean
is_control (gunichar c)
{
  return c < 0x20 || (c >= 0x7f && c < 0xa0);
}

char *
mime_name_clean_line (const char *text)
{
  GString *out = g_string_sized_new (strlen (text) + 1);
  gboolean was_break = FALSE;

  for (const char *p = text; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\n' || c == '\r' || c == '\t' || c == 0x2028 || c == 0x2029)
        {
          was_break = TRUE;
          continue;
        }
      if (is_control (c) || is_deceptive (c) || (c == ' ' && was_break))
        continue;
      if (was_break)
        {
          if (out->len > 0 && out->str[out->len - 1] != ' ')
            g_string_append_c (out, ' ');
          was_break = FALSE;
        }
      g_string_append_unichar (out, c);
    }
  g_strstrip (out->str);
  return g_string_free (out, FALSE);
}

/* Windows opens the device, not the file, for these, with any extension. */
static gboolean
is_reserved (const char *name)
{
  static const char *const devices[] = { "con", "prn", "aux", "nul", "conin$", "conout$" };
  gsize length = strcspn (name, ".");

  while (length > 0 && name[length - 1] == ' ')
    length--;
  for (gsize i = 0; i < G_N_ELEMENTS (devices); i++)
    if (strlen (devices[i]) == length && g_ascii_strncasecmp (name, devices[i], length) == 0)
      return TRUE;
  return length == 4 && (g_ascii_strncasecmp (name, "com", 3) == 0 || g_ascii_strncasecmp (name, "lpt", 3) == 0)
         && g_ascii_isdigit (name[3]);
}

static const char *
find_last_component (const char *name)
{
  const char *start = name;

  for (const char *p = name; *p; p++)
    if ((*p == '/' || *p == '\\') && p[1])
      start = p + 1;
  return start;
}

/* Keeps the extension, because it decides what opens the file. */
static void
shorten (GString *name)
{
  const char *dot = strrchr (name->str, '.');
  g_autofree char *extension = dot && strlen (dot) <= 20 ? g_strdup (dot) : g_strdup ("");
  gsize room = MIME_NAME_MAX - strlen (extension);

  if (name->len <= MIME_NAME_MAX)
    return;
  while (room > 0 && ((guchar) name->str[room] & 0xc0) == 0x80)
    room--;
  g_string_truncate (name, room);
  while (name->len > 0 && strchr (" .", name->str[name->len - 1]))
    g_string_truncate (name, name->len - 1);
  g_string_append (name, extension);
}

char *
mime_name_clean_file (const char *name, const char *content_type)
{
  g_autofree char *line = mime_name_clean_line (name ? name : "");
  g_autofree char *normal = g_utf8_normalize (line, -1, G_NORMALIZE_NFC);
  GString *out = g_string_new (NULL);

  for (const char *p = find_last_component (normal ? normal : line); *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == 0x200c || c == 0x200d || c == 0x00ad) /* invisible, and wanted in sentences alone */
        continue;
      if (out->len == 0 && (c == '.' || c == ' ' || c == '~'))
        continue;
      if (c < 0x80 && strchr ("/\\:*?\"<>|", c))
        g_string_append_c (out, '_');
      else
        g_string_append_unichar (out, c);
    }
  while (out->len > 0 && strchr (" .", out->str[out->len - 1])) /* Windows drops them: "a.exe." is "a.exe" */
    g_string_truncate (out, out->len - 1);
  if (out->len == 0 || g_str_equal (out->str, "_"))
    g_string_assign (out, get_default_name (content_type));
  if (is_reserved (out->str))
    g_string_prepend_c (out, '_');
  shorten (out);
  return g_string_free (out, FALSE);
}
