/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An invitation to something: the events of a text/calendar part, as far as people read them. */
#include "mail-invitation.h"

#include <string.h>

#include "mail-address.h"
#include "mail-calendar.h"
#include "mail-lines.h"

#define MAX_DURATION_DAYS 3660

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

static void
attendee_free (gpointer data)
{
  MailAttendee *self = data;

  g_free (self->name);
  g_free (self->address);
  g_free (self);
}

void
mail_invitation_free (MailInvitation *self)
{
  g_free (self->summary);
  g_free (self->location);
  g_free (self->organizer);
  g_free (self->organizer_address);
  g_free (self->uid);
  g_free (self->instance);
  g_free (self->zone);
  g_free (self->rule);
  g_clear_pointer (&self->attendees, g_ptr_array_unref);
  g_clear_pointer (&self->others, g_ptr_array_unref);
  g_clear_pointer (&self->start, g_date_time_unref);
  g_clear_pointer (&self->end, g_date_time_unref);
  g_free (self);
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
read_time (const MailCalendarLine *line, gboolean *is_day, gboolean *is_floating)
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
      zone = text[15] == 'Z' ? g_time_zone_new_utc () : find_zone (mail_calendar_line_get (line, "TZID"));
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
read_end (MailInvitation *self, const MailCalendarLine *line)
{
  gboolean is_day, is_floating;
  g_autoptr (GDateTime) end = read_time (line, &is_day, &is_floating);

  g_clear_pointer (&self->end, g_date_time_unref);
  /* The end of whole days is the day after (§3.6.1). */
  if (end)
    self->end = is_day ? g_date_time_add_days (end, -1) : g_date_time_ref (end);
}

static MailParticipation
read_participation (const char *word)
{
  static const struct { const char *word; MailParticipation participation; } words[] = {
    { "ACCEPTED", MAIL_PARTICIPATION_ACCEPTED }, { "TENTATIVE", MAIL_PARTICIPATION_TENTATIVE }, { "DECLINED", MAIL_PARTICIPATION_DECLINED },
  };

  for (gsize i = 0; word && i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (word, words[i].word) == 0)
      return words[i].participation;
  return MAIL_PARTICIPATION_NONE;
}

static void
read_attendee (MailInvitation *self, const MailCalendarLine *line)
{
  MailAttendee *attendee;

  if (self->attendees->len >= MAIL_INVITATION_MAX_ATTENDEES)
    return;
  attendee = g_new0 (MailAttendee, 1);
  attendee->name = mail_calendar_line_dup_person (line);
  attendee->address = mail_calendar_line_dup_address (line);
  attendee->participation = read_participation (mail_calendar_line_get (line, "PARTSTAT"));
  g_ptr_array_add (self->attendees, attendee);
}

static void
read_start (MailInvitation *self, const MailCalendarLine *line)
{
  const char *zone = mail_calendar_line_get (line, "TZID");
  g_autofree char *valid = zone ? g_utf8_make_valid (zone, -1) : NULL;

  if (self->start)
    return;
  self->start = read_time (line, &self->is_all_day, &self->is_floating);
  if (valid)
    replace (&self->zone, mail_lines_clean (valid));
}

/* Who and which it is, and how often */
static void
read_place_in_series (MailInvitation *self, const MailCalendarLine *line)
{
  if (g_str_equal (line->name, "UID") && !*self->uid)
    replace (&self->uid, g_strdup (line->value));
  else if (g_str_equal (line->name, "RECURRENCE-ID"))
    replace (&self->instance, g_strdup (line->value));
  else if (g_str_equal (line->name, "SEQUENCE"))
    self->sequence = g_ascii_strtoll (line->value, NULL, 10);
  else if (g_str_equal (line->name, "RRULE"))
    {
      /* Two rules are more than a sentence says. */
      self->has_exceptions = self->has_exceptions || *self->rule;
      self->repeats = TRUE;
      replace (&self->rule, mail_calendar_line_dup_text (line));
    }
  else if (g_str_equal (line->name, "RDATE") || g_str_equal (line->name, "EXDATE") || g_str_equal (line->name, "EXRULE"))
    {
      self->has_exceptions = TRUE;
      self->repeats = TRUE;
    }
}

static void
read_event_line (MailInvitation *self, const MailCalendarLine *line, gint64 *duration)
{
  if (g_str_equal (line->name, "SUMMARY"))
    replace (&self->summary, mail_calendar_line_dup_text (line));
  else if (g_str_equal (line->name, "LOCATION"))
    replace (&self->location, mail_calendar_line_dup_text (line));
  else if (g_str_equal (line->name, "ORGANIZER"))
    {
      replace (&self->organizer, mail_calendar_line_dup_person (line));
      replace (&self->organizer_address, mail_calendar_line_dup_address (line));
    }
  else if (g_str_equal (line->name, "ATTENDEE"))
    read_attendee (self, line);
  else if (g_str_equal (line->name, "DTSTART"))
    read_start (self, line);
  else if (g_str_equal (line->name, "DTEND"))
    read_end (self, line);
  else if (g_str_equal (line->name, "DURATION"))
    *duration = read_duration (line->value);
  else if (g_str_equal (line->name, "STATUS") && g_ascii_strcasecmp (line->value, "CANCELLED") == 0)
    self->kind = MAIL_INVITATION_CANCEL;
  else
    read_place_in_series (self, line);
}

static MailInvitationKind
read_method (const char *method)
{
  static const struct { const char *word; MailInvitationKind kind; } words[] = {
    { "REQUEST", MAIL_INVITATION_REQUEST }, { "REPLY", MAIL_INVITATION_REPLY },     { "CANCEL", MAIL_INVITATION_CANCEL },
    { "COUNTER", MAIL_INVITATION_COUNTER }, { "DECLINECOUNTER", MAIL_INVITATION_REFUSED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (method, words[i].word) == 0)
      return words[i].kind;
  return MAIL_INVITATION_EVENT;
}

static void
finish (MailInvitation *self, gint64 duration)
{
  if (self->start && !self->end && duration >= 0 && !self->is_all_day)
    self->end = g_date_time_add_seconds (self->start, (double) duration);
  if (self->start && self->end && g_date_time_compare (self->end, self->start) < 0)
    g_clear_pointer (&self->end, g_date_time_unref);
}

static MailInvitation *
event_new (MailInvitationKind kind)
{
  MailInvitation *self = g_new0 (MailInvitation, 1);

  self->kind = kind;
  self->summary = g_strdup ("");
  self->location = g_strdup ("");
  self->organizer = g_strdup ("");
  self->organizer_address = g_strdup ("");
  self->uid = g_strdup ("");
  self->instance = g_strdup ("");
  self->zone = g_strdup ("");
  self->rule = g_strdup ("");
  self->attendees = g_ptr_array_new_with_free_func (attendee_free);
  self->others = g_ptr_array_new_with_free_func ((GDestroyNotify) mail_invitation_free);
  return self;
}

/* Behind its BEGIN; *@text is moved behind its END. (nullable): one without a beginning is none. */
static MailInvitation *
read_event (const char **text, const char *end, MailInvitationKind kind)
{
  g_autoptr (MailInvitation) self = event_new (kind);
  g_autoptr (GString) unfolded = g_string_new (NULL);
  gint64 duration = -1;
  guint depth = 0;            /* of what is inside the event: its alarms */

  while (*text < end)
    {
      g_auto (MailCalendarLine) line = { 0 };

      *text = mail_calendar_next (*text, end, unfolded);
      mail_calendar_line_init (&line, unfolded->str);
      if (g_str_equal (line.name, "BEGIN"))
        depth++;
      else if (g_str_equal (line.name, "END") && depth-- == 0)
        break;
      else if (depth == 0 && !g_str_equal (line.name, "END"))
        read_event_line (self, &line, &duration);
    }
  finish (self, duration);
  return self->start ? g_steal_pointer (&self) : NULL;
}

MailInvitation *
mail_invitation_parse (const char *text)
{
  g_autoptr (MailInvitation) first = NULL;
  g_autoptr (GString) unfolded = g_string_new (NULL);
  const char *end = text + strnlen (text, MAIL_CALENDAR_MAX_TEXT);
  MailInvitationKind kind = MAIL_INVITATION_EVENT;

  while (text < end && (!first || first->others->len < MAIL_INVITATION_MAX_OTHERS))
    {
      g_auto (MailCalendarLine) line = { 0 };
      MailInvitation *event = NULL;

      text = mail_calendar_next (text, end, unfolded);
      mail_calendar_line_init (&line, unfolded->str);
      if (g_str_equal (line.name, "METHOD") && !first)
        kind = read_method (line.value);
      else if (g_str_equal (line.name, "BEGIN") && g_ascii_strcasecmp (line.value, "VEVENT") == 0)
        event = read_event (&text, end, kind);
      if (event && first)
        g_ptr_array_add (first->others, event);
      else if (event)
        first = event;
    }
  return g_steal_pointer (&first);
}

static const MailAttendee *
find_own_attendee (const MailInvitation *self, const char *address)
{
  for (guint i = 0; i < self->attendees->len; i++)
    {
      const MailAttendee *attendee = g_ptr_array_index (self->attendees, i);

      if (mail_address_equal (attendee->address, address))
        return attendee;
    }
  return NULL;
}

const MailAttendee *
mail_invitation_find_attendee (const MailInvitation *self, const char *address)
{
  const MailAttendee *found = find_own_attendee (self, address);

  for (guint i = 0; i < self->others->len && !found; i++)
    found = find_own_attendee (g_ptr_array_index (self->others, i), address);
  return found;
}

gboolean
mail_invitation_can_be_answered (const MailInvitation *self)
{
  return self->kind == MAIL_INVITATION_REQUEST && *self->uid && mail_address_is_valid (self->organizer_address);
}

static gboolean
is_answer_to (const MailInvitation *self, const MailInvitation *asking)
{
  return self->attendees->len > 0 && g_str_equal (self->uid, asking->uid) && g_str_equal (self->instance, asking->instance)
         && self->sequence >= asking->sequence;
}

/* The first event of an answer says it: what else was answered at once has the same answer. */
gboolean
mail_invitation_answers (const MailInvitation *self, const MailInvitation *asking)
{
  gboolean is_found = is_answer_to (self, asking);

  for (guint i = 0; i < asking->others->len && !is_found; i++)
    is_found = is_answer_to (self, g_ptr_array_index (asking->others, i));
  return is_found && self->kind == MAIL_INVITATION_REPLY;
}
