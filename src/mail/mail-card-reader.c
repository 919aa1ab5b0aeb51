/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of vCards taken apart. Lines are unfolded, 2.1's quoted-printable is undone, and nothing that comes can make it slow: every byte is
 * looked at a fixed number of times. */
#include "mail-card-private.h"

#include <string.h>

#define MAX_NAME 200
#define MAX_PARAMS 2000

typedef struct
{
  const char *p;
  const char *end;
} Reader;

/* One line as it stands, without its end; %FALSE when there is none left */
static gboolean
next_raw (Reader *self, const char **line, gsize *length)
{
  const char *newline;

  if (self->p >= self->end)
    return FALSE;
  newline = memchr (self->p, '\n', self->end - self->p);
  *line = self->p;
  *length = (newline ? newline : self->end) - self->p;
  self->p = newline ? newline + 1 : self->end;
  if (*length > 0 && (*line)[*length - 1] == '\r')
    --*length;
  return TRUE;
}

static gboolean
says_quoted_printable (const char *params)
{
  g_autofree char *upper = g_ascii_strup (params, -1);

  return strstr (upper, "QUOTED-PRINTABLE") != NULL;
}

/* Among the parameters: a property may be named or filled as it likes. */
static gboolean
is_quoted_printable (const GString *line)
{
  const char *colon = memchr (line->str, ':', line->len);
  const char *semicolon = colon ? memchr (line->str, ';', colon - line->str) : NULL;
  g_autofree char *params = semicolon ? g_strndup (semicolon, MIN (colon - semicolon, MAX_PARAMS)) : NULL;

  return params && says_quoted_printable (params);
}

static void
append_bounded (GString *line, const char *text, gsize length)
{
  if (line->len + length <= MAIL_CARD_MAX_VALUE + MAX_PARAMS)
    g_string_append_len (line, text, length);
  else
    g_string_set_size (line, MAIL_CARD_MAX_VALUE + MAX_PARAMS); /* too long: left out as a whole later */
}

/* With the lines that go on with it: a blank begins those (RFC 6350 §3.2), or 2.1's "=" ended the one before */
static gboolean
next_line (Reader *self, GString *line)
{
  const char *raw;
  gsize length;
  gboolean is_quoted;

  if (!next_raw (self, &raw, &length))
    return FALSE;
  g_string_truncate (line, 0);
  append_bounded (line, raw, length);
  is_quoted = is_quoted_printable (line);
  for (;;)
    {
      if (is_quoted && line->len > 0 && line->str[line->len - 1] == '=')
        {
          g_string_truncate (line, line->len - 1);
          if (!next_raw (self, &raw, &length))
            return TRUE;
          append_bounded (line, raw, length);
        }
      else if (self->p < self->end && (*self->p == ' ' || *self->p == '\t') && next_raw (self, &raw, &length))
        append_bounded (line, raw + 1, length - 1);
      else
        return TRUE;
    }
}

/* 2.1 only; its line ends are ours */
static char *
decode_quoted (const char *value)
{
  GString *out = g_string_new (NULL);

  for (const char *p = value; *p; p++)
    if (*p == '=' && g_ascii_isxdigit (p[1]) && g_ascii_isxdigit (p[2]))
      {
        char c = (char) (g_ascii_xdigit_value (p[1]) << 4 | g_ascii_xdigit_value (p[2]));

        if (c == '\n')
          g_string_append (out, "\\n");
        else if (c != '\r' && c != '\0')
          g_string_append_c (out, c);
        p += 2;
      }
    else
      g_string_append_c (out, *p);
  return g_string_free (out, FALSE);
}

/* (transfer full): valid UTF-8 without control characters */
static char *
make_readable (const char *text, const char *charset)
{
  g_autofree char *converted = NULL;
  char *valid;

  if (charset || !g_utf8_validate (text, -1, NULL))
    converted = g_convert_with_fallback (text, -1, "UTF-8", charset ? charset : "WINDOWS-1252", "?", NULL, NULL, NULL);
  valid = g_utf8_make_valid (converted ? converted : text, -1);
  for (char *p = valid; *p; p++)
    if ((guchar) *p < 0x20 || *p == 0x7f)
      *p = ' ';
  return valid;
}

/* What holds a card together is no property of it. */
static gboolean
is_frame (const char *name)
{
  return g_ascii_strcasecmp (name, "BEGIN") == 0 || g_ascii_strcasecmp (name, "END") == 0 || g_ascii_strcasecmp (name, "VERSION") == 0;
}

static gboolean
is_name (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && text[i] != '-' && text[i] != '_')
      return FALSE;
  return length > 0 && length <= MAX_NAME;
}

/* Where the value begins: the first ":" outside quotes */
static const char *
find_colon (const char *line)
{
  gboolean is_quoted = FALSE;

  for (; *line; line++)
    if (*line == '"')
      is_quoted = !is_quoted;
    else if (*line == ':' && !is_quoted)
      return line;
  return NULL;
}

/* What told how the value was written says nothing any more. */
static char *
strip_encoding (const char *params)
{
  g_auto (GStrv) list = g_strsplit (params, ";", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) kept = NULL;

  for (guint i = 0; list[i]; i++)
    if (*list[i] && g_ascii_strncasecmp (list[i], "CHARSET=", 8) != 0 && !says_quoted_printable (list[i]))
      g_strv_builder_add (builder, list[i]);
  kept = g_strv_builder_end (builder);
  return g_strjoinv (";", kept);
}

static void
add_line (MailCard *card, const GString *line, const char *colon)
{
  g_autofree char *head = g_strndup (line->str, MIN (colon - line->str, MAX_PARAMS));
  g_autofree char *params = NULL, *readable_params = NULL, *decoded = NULL, *charset = NULL;
  char *semicolon = strchr (head, ';');
  const char *group = "";
  char *name = head;
  char *dot;
  MailCardProperty *property;

  if (semicolon)
    *semicolon = '\0';
  dot = strchr (head, '.');
  if (dot)
    {
      *dot = '\0';
      group = head;
      name = dot + 1;
    }
  if (!is_name (name, strlen (name)) || is_frame (name) || (dot && !is_name (group, strlen (group))) || strlen (colon + 1) > MAIL_CARD_MAX_VALUE)
    return;
  if (is_quoted_printable (line))
    {
      decoded = decode_quoted (colon + 1);
      charset = mail_card_dup_param (semicolon ? semicolon + 1 : "", "CHARSET");
      if (charset && g_ascii_strcasecmp (charset, "UTF-8") == 0)
        g_clear_pointer (&charset, g_free);
    }
  params = strip_encoding (semicolon ? semicolon + 1 : "");
  readable_params = make_readable (params, NULL);
  property = mail_card_add_property (card, name, readable_params, make_readable (decoded ? decoded : colon + 1, charset));
  g_free (property->group);
  property->group = g_strdup (group);
}

static void
finish (GPtrArray *cards, MailCard **card)
{
  if (*card && (*card)->properties->len > 0 && cards->len < MAIL_CARD_MAX_CARDS)
    g_ptr_array_add (cards, g_steal_pointer (card));
  g_clear_pointer (card, mail_card_free);
}

static gboolean
is_line (const GString *line, const char *text)
{
  gsize length = strlen (text);

  return g_ascii_strncasecmp (line->str, text, length) == 0 && strspn (line->str + length, " \t") == line->len - length;
}

/* A file in UTF-16, as some address books write it, becomes UTF-8. */
static char *
convert_wide (const char *data, gsize size)
{
  const guchar *bytes = (const guchar *) data;

  if (size < 2 || !((bytes[0] == 0xff && bytes[1] == 0xfe) || (bytes[0] == 0xfe && bytes[1] == 0xff)))
    return NULL;
  return g_convert (data, size & ~(gsize) 1, "UTF-8", "UTF-16", NULL, NULL, NULL);
}

GPtrArray *
mail_card_parse_list (const char *data, gsize size)
{
  g_autofree char *wide = convert_wide (data, size);
  Reader reader = { wide ? wide : data, wide ? wide + strlen (wide) : data + size };
  GPtrArray *cards = g_ptr_array_new_with_free_func ((GDestroyNotify) mail_card_free);
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (MailCard) card = NULL;

  if (reader.end - reader.p >= 3 && memcmp (reader.p, "\xef\xbb\xbf", 3) == 0)
    reader.p += 3;
  while (next_line (&reader, line))
    {
      const char *colon;

      for (gsize i = 0; i < line->len; i++)
        if (!line->str[i])
          line->str[i] = ' ';
      if (is_line (line, "BEGIN:VCARD"))
        {
          finish (cards, &card);
          card = mail_card_new ();
        }
      else if (is_line (line, "END:VCARD"))
        finish (cards, &card);
      else if (card && card->properties->len < MAIL_CARD_MAX_PROPERTIES && (colon = find_colon (line->str)))
        add_line (card, line, colon);
    }
  finish (cards, &card);
  return cards;
}
