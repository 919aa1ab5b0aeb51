/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An invitation to something: the first event of a text/calendar part, as far as people read it. */
#include "mail-invitation.h"

#include <string.h>

#define MAX_PARAMETERS 30
#define MAX_DURATION_DAYS 3660

/* One content line (RFC 5545 §3.1) */
typedef struct
{
  char *name;            /* upper case */
  GPtrArray *parameters; /* "NAME=value", the name in upper case, without quotes */
  char *value;
} Line;

/* Outlook's names for zones, those that people really have; the rest shows its own hours. */
static const struct { const char *windows, *zone; } zones[] = {
  { "AUS Eastern Standard Time", "Australia/Sydney" }, { "Central Europe Standard Time", "Europe/Budapest" },
  { "Central European Standard Time", "Europe/Warsaw" }, { "Central Standard Time", "America/Chicago" },
  { "China Standard Time", "Asia/Shanghai" }, { "E. South America Standard Time", "America/Sao_Paulo" },
  { "Eastern Standard Time", "America/New_York" }, { "FLE Standard Time", "Europe/Kiev" }, { "GMT Standard Time", "Europe/London" },
  { "GTB Standard Time", "Europe/Bucharest" }, { "Greenwich Standard Time", "Atlantic/Reykjavik" }, { "India Standard Time", "Asia/Kolkata" },
  { "Mountain Standard Time", "America/Denver" }, { "Pacific Standard Time", "America/Los_Angeles" }, { "Romance Standard Time", "Europe/Paris" },
  { "Russian Standard Time", "Europe/Moscow" }, { "Tokyo Standard Time", "Asia/Tokyo" }, { "Turkey Standard Time", "Europe/Istanbul" },
  { "UTC", "UTC" }, { "W. Europe Standard Time", "Europe/Berlin" },
};

void
mail_invitation_free (MailInvitation *self)
{
  g_free (self->summary);
  g_free (self->location);
  g_free (self->organizer);
  g_free (self->answer);
  g_clear_pointer (&self->start, g_date_time_unref);
  g_clear_pointer (&self->end, g_date_time_unref);
  g_free (self);
}

static void
line_clear (Line *line)
{
  g_free (line->name);
  g_free (line->value);
  g_ptr_array_unref (line->parameters);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Line, line_clear)

/* A line with those that go on with it: a line end and a blank are nothing (§3.1). */
static const char *
unfold (const char *at, const char *end, GString *line)
{
  g_string_truncate (line, 0);
  for (;;)
    {
      const char *newline = memchr (at, '\n', (gsize) (end - at));
      const char *stop = newline ? newline : end;
      gsize length = (gsize) (stop - at);

      if (length && at[length - 1] == '\r')
        length--;
      if (line->len < MAIL_INVITATION_MAX_VALUE)
        g_string_append_len (line, at, (gssize) MIN (length, MAIL_INVITATION_MAX_VALUE));
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
add_parameter (Line *line, const char *text, gsize length)
{
  const char *equals = memchr (text, '=', length);
  g_autofree char *name = equals ? g_ascii_strup (text, equals - text) : NULL;
  g_autofree char *value = equals ? g_strndup (equals + 1, (gsize) (text + length - equals - 1)) : NULL;

  if (!equals || line->parameters->len >= MAX_PARAMETERS)
    return;
  g_strdelimit (value, "\"", ' ');
  g_ptr_array_add (line->parameters, g_strdup_printf ("%s=%s", name, g_strstrip (value)));
}

static void
line_init (Line *line, const char *text)
{
  gsize n = find_end (text, ";:");

  line->name = g_ascii_strup (text, (gssize) n);
  line->parameters = g_ptr_array_new_with_free_func (g_free);
  for (text += n; *text == ';'; text += n)
    {
      text++;
      n = find_end (text, ";:");
      add_parameter (line, text, n);
    }
  line->value = g_utf8_make_valid (*text == ':' ? text + 1 : "", -1);
}

static const char *
get_parameter (const Line *line, const char *name)
{
  gsize n = strlen (name);

  for (guint i = 0; i < line->parameters->len; i++)
    {
      const char *parameter = g_ptr_array_index (line->parameters, i);

      if (strncmp (parameter, name, n) == 0 && parameter[n] == '=')
        return parameter + n + 1;
    }
  return NULL;
}

/* §3.3.11, made one line without controls */
static char *
dup_text (const char *value)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (const char *p = value; *p; p = g_utf8_next_char (p))
    {
      gunichar letter = g_utf8_get_char (p);

      if (letter == '\\' && p[1] && (guchar) p[1] < 0x80)
        {
          p++;
          letter = *p == 'n' || *p == 'N' ? ' ' : (gunichar) *p;
        }
      if (g_unichar_iscntrl (letter))
        letter = ' ';
      if (g_unichar_type (letter) != G_UNICODE_FORMAT) /* what turns the direction of what is around it */
        g_string_append_unichar (text, letter);
    }
  g_strstrip (text->str);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Who: a name, else the address */
static char *
dup_person (const Line *line)
{
  const char *name = get_parameter (line, "CN");
  const char *address = g_ascii_strncasecmp (line->value, "mailto:", 7) == 0 ? line->value + 7 : line->value;
  g_autofree char *valid = g_utf8_make_valid (name && *name ? name : address, -1);

  return dup_text (valid);
}

static GTimeZone *
find_zone (const char *name)
{
  const char *slash = name ? strchr (name, '/') : NULL;

  if (!name)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++)
    if (g_ascii_strcasecmp (zones[i].windows, name) == 0)
      return g_time_zone_new_identifier (zones[i].zone);
  /* "/mozilla.org/20070129_1/Europe/Berlin": what such programs put before it says nothing. No path into the file system. */
  if (name[0] == '/')
    for (slash = name + 1; slash && strchr (slash, '/') && strchr (strchr (slash, '/') + 1, '/'); slash = strchr (slash, '/') + 1)
      ;
  name = name[0] == '/' ? slash : name;
  return name && slash && !strstr (name, "..") ? g_time_zone_new_identifier (name) : NULL;
}

static gboolean
read_digits (const char *text, gsize n, int *number)
{
  *number = 0;
  for (gsize i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      *number = *number * 10 + (text[i] - '0');
    }
  return TRUE;
}

/* §3.3.4 and §3.3.5: 20261123, 20261123T100000, 20261123T090000Z */
static GDateTime *
read_time (const Line *line, gboolean *is_day, gboolean *is_floating)
{
  g_autoptr (GTimeZone) zone = NULL;
  const char *text = line->value;
  int year, month, day, hour = 0, minute = 0, second = 0;

  if (!read_digits (text, 4, &year) || !read_digits (text + 4, 2, &month) || !read_digits (text + 6, 2, &day))
    return NULL;
  *is_day = text[8] != 'T';
  *is_floating = FALSE;
  if (!*is_day)
    {
      if (!read_digits (text + 9, 2, &hour) || !read_digits (text + 11, 2, &minute) || !read_digits (text + 13, 2, &second))
        return NULL;
      zone = text[15] == 'Z' ? g_time_zone_new_utc () : find_zone (get_parameter (line, "TZID"));
      *is_floating = !zone;
    }
  if (!zone)
    zone = g_time_zone_new_utc ();
  return g_date_time_new (zone, year, month, day, hour, minute, MIN (second, 59));
}

/* §3.3.6: P1D, PT1H30M, P1W; seconds, or -1 */
static gint64
read_duration (const char *text)
{
  gint64 all = 0;

  if (*text == '+')
    text++;
  if (*text++ != 'P')
    return -1;
  while (*text)
    {
      gint64 number = 0;
      const char *begin = text;

      if (*text == 'T')
        {
          text++;
          continue;
        }
      for (; g_ascii_isdigit (*text); text++)
        number = MIN (number * 10 + (*text - '0'), G_GINT64_CONSTANT (1000000000));
      if (text == begin || !strchr ("WDHMS", *text) || !*text)
        return -1;
      all += number * (*text == 'W' ? 604800 : *text == 'D' ? 86400 : *text == 'H' ? 3600 : *text == 'M' ? 60 : 1);
      text++;
    }
  return all <= (gint64) MAX_DURATION_DAYS * 86400 ? all : -1;
}

static void
replace (char **text, char *with)
{
  g_free (*text);
  *text = with;
}

static void
read_end (MailInvitation *self, const Line *line)
{
  gboolean is_day, is_floating;
  g_autoptr (GDateTime) end = read_time (line, &is_day, &is_floating);

  g_clear_pointer (&self->end, g_date_time_unref);
  /* The end of whole days is the day after (§3.6.1). */
  if (end)
    self->end = is_day ? g_date_time_add_days (end, -1) : g_date_time_ref (end);
}

static void
read_event_line (MailInvitation *self, const Line *line, gint64 *duration)
{
  if (g_str_equal (line->name, "SUMMARY"))
    replace (&self->summary, dup_text (line->value));
  else if (g_str_equal (line->name, "LOCATION"))
    replace (&self->location, dup_text (line->value));
  else if (g_str_equal (line->name, "ORGANIZER"))
    replace (&self->organizer, dup_person (line));
  else if (g_str_equal (line->name, "ATTENDEE") && !*self->answer && get_parameter (line, "PARTSTAT"))
    {
      g_autofree char *person = dup_person (line);

      replace (&self->answer, g_strdup_printf ("%s:%s", person, get_parameter (line, "PARTSTAT")));
    }
  else if (g_str_equal (line->name, "DTSTART") && !self->start)
    self->start = read_time (line, &self->is_all_day, &self->is_floating);
  else if (g_str_equal (line->name, "DTEND"))
    read_end (self, line);
  else if (g_str_equal (line->name, "DURATION"))
    *duration = read_duration (line->value);
  else if (g_str_equal (line->name, "RRULE") || g_str_equal (line->name, "RDATE"))
    self->repeats = TRUE;
  else if (g_str_equal (line->name, "STATUS") && g_ascii_strcasecmp (line->value, "CANCELLED") == 0)
    self->kind = MAIL_INVITATION_CANCEL;
}

static void
read_method (MailInvitation *self, const char *method)
{
  if (g_ascii_strcasecmp (method, "REQUEST") == 0)
    self->kind = MAIL_INVITATION_REQUEST;
  else if (g_ascii_strcasecmp (method, "REPLY") == 0)
    self->kind = MAIL_INVITATION_REPLY;
  else if (g_ascii_strcasecmp (method, "CANCEL") == 0)
    self->kind = MAIL_INVITATION_CANCEL;
}

static void
finish (MailInvitation *self, gint64 duration)
{
  if (self->start && !self->end && duration >= 0 && !self->is_all_day)
    self->end = g_date_time_add_seconds (self->start, (double) duration);
  if (self->start && self->end && g_date_time_compare (self->end, self->start) < 0)
    g_clear_pointer (&self->end, g_date_time_unref);
  if (self->kind != MAIL_INVITATION_REPLY)
    replace (&self->answer, g_strdup (""));
}

MailInvitation *
mail_invitation_parse (const char *text)
{
  g_autoptr (MailInvitation) self = g_new0 (MailInvitation, 1);
  g_autoptr (GString) unfolded = g_string_new (NULL);
  const char *end = text + strnlen (text, MAIL_INVITATION_MAX_TEXT);
  gint64 duration = -1;
  guint depth = 0;            /* of what is inside the event: its alarms */
  gboolean is_inside = FALSE;

  self->summary = g_strdup ("");
  self->location = g_strdup ("");
  self->organizer = g_strdup ("");
  self->answer = g_strdup ("");
  while (text < end)
    {
      g_auto (Line) line = { 0 };

      text = unfold (text, end, unfolded);
      line_init (&line, unfolded->str);
      if (g_str_equal (line.name, "BEGIN") && (is_inside || g_ascii_strcasecmp (line.value, "VEVENT") == 0))
        {
          depth += is_inside;
          is_inside = TRUE;
        }
      else if (g_str_equal (line.name, "END") && is_inside)
        {
          if (depth == 0)
            break;
          depth--;
        }
      else if (is_inside && depth == 0)
        read_event_line (self, &line, &duration);
      else if (!is_inside && g_str_equal (line.name, "METHOD"))
        read_method (self, line.value);
    }
  finish (self, duration);
  return self->start ? g_steal_pointer (&self) : NULL;
}
