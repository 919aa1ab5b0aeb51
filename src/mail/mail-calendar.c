/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The content lines that iCalendar is made of. */
#include "mail-calendar.h"

#include <string.h>

#include "mail-lines.h"

#define MAX_PARAMETERS 30

void
mail_calendar_line_clear (MailCalendarLine *self)
{
  g_free (self->name);
  g_free (self->value);
  g_clear_pointer (&self->parameters, g_ptr_array_unref);
}

/* A line end and a blank behind it are nothing. */
const char *
mail_calendar_next (const char *at, const char *end, GString *line)
{
  g_string_truncate (line, 0);
  for (;;)
    {
      const char *newline = memchr (at, '\n', (gsize) (end - at));
      const char *stop = newline ? newline : end;
      gsize length = (gsize) (stop - at);

      if (length && at[length - 1] == '\r')
        length--;
      if (line->len < MAIL_CALENDAR_MAX_LINE)
        g_string_append_len (line, at, (gssize) MIN (length, MAIL_CALENDAR_MAX_LINE));
      at = newline ? newline + 1 : end;
      if (at == end || (*at != ' ' && *at != '\t'))
        return at;
      at++;
    }
}

/* Where a name, a parameter, a value ends: not within quotes */
static gsize
find_end (const char *text, const char *marks)
{
  gboolean is_quoted = FALSE;
  gsize i;

  for (i = 0; text[i] && (is_quoted || !strchr (marks, text[i])); i++)
    if (text[i] == '"')
      is_quoted = !is_quoted;
  return i;
}

static void
add_parameter (MailCalendarLine *self, const char *text, gsize length)
{
  const char *equals = memchr (text, '=', length);
  g_autofree char *name = equals ? g_ascii_strup (text, equals - text) : NULL;
  g_autofree char *value = equals ? g_strndup (equals + 1, (gsize) (text + length - equals - 1)) : NULL;

  if (!equals || self->parameters->len >= MAX_PARAMETERS)
    return;
  g_strdelimit (value, "\"", ' ');
  g_ptr_array_add (self->parameters, g_strdup_printf ("%s=%s", name, g_strstrip (value)));
}

void
mail_calendar_line_init (MailCalendarLine *self, const char *text)
{
  gsize n = find_end (text, ";:");

  self->name = g_ascii_strup (text, (gssize) n);
  self->parameters = g_ptr_array_new_with_free_func (g_free);
  for (text += n; *text == ';'; text += n)
    {
      text++;
      n = find_end (text, ";:");
      add_parameter (self, text, n);
    }
  self->value = g_utf8_make_valid (*text == ':' ? text + 1 : "", -1);
}

const char *
mail_calendar_line_get (const MailCalendarLine *self, const char *name)
{
  gsize n = strlen (name);

  for (guint i = 0; i < self->parameters->len; i++)
    {
      const char *parameter = g_ptr_array_index (self->parameters, i);

      if (strncmp (parameter, name, n) == 0 && parameter[n] == '=')
        return parameter + n + 1;
    }
  return NULL;
}

static char *
dup_unescaped (const char *value)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (const char *p = value; *p; p++)
    if (*p == '\\' && p[1] && (guchar) p[1] < 0x80)
      {
        p++;
        g_string_append_c (text, *p == 'n' || *p == 'N' ? ' ' : *p);
      }
    else
      g_string_append_c (text, *p);
  return mail_lines_clean (text->str);
}

char *
mail_calendar_line_dup_text (const MailCalendarLine *self)
{
  return dup_unescaped (self->value);
}

char *
mail_calendar_line_dup_address (const MailCalendarLine *self)
{
  return mail_lines_clean (g_ascii_strncasecmp (self->value, "mailto:", 7) == 0 ? self->value + 7 : self->value);
}

char *
mail_calendar_line_dup_person (const MailCalendarLine *self)
{
  const char *name = mail_calendar_line_get (self, "CN");
  g_autofree char *valid = name && *name ? g_utf8_make_valid (name, -1) : NULL;

  return valid ? dup_unescaped (valid) : mail_calendar_line_dup_address (self);
}
