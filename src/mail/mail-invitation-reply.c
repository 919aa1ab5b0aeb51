/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answer to an invitation, made of the invitation's own lines. */
#include "mail-invitation.h"

#include <string.h>

#include "mail-address.h"
#include "mail-calendar.h"
#include "mail-lines.h"

#define N_NEEDED 4 /* without these it is no answer (RFC 5546 §3.2.3) */
#define N_SAID 9
#define MAX_ZONES (32 * 1024) /* bytes of the zones that are said back */

typedef struct
{
  const char *address;
  const char *organizer;  /* an address: whose events are answered */
  MailParticipation participation;
  const char *stamp;      /* the DTSTAMP of each answer, a whole line */
  GString *zones;         /* VTIMEZONE, whole lines */
  GString *events;        /* the answers, likewise */
  guint n_events;         /* that were read */

  /* the event that is read */
  GString *event;         /* what is said back of it */
  char *attendee;         /* the value of ours; NULL until found */
  char *name;             /* CN; "" */
  guint has_said;         /* bits: those of find_said () */
  gboolean is_broken;     /* a line that would have to be said back cannot be */
  gboolean is_of_another; /* organizer */
} Reply;

/* A line that can be said back to the letter: whole, and nothing in it that ends it for others */
static gboolean
is_sound (const GString *line)
{
  if (line->len >= MAIL_CALENDAR_MAX_LINE || !g_utf8_validate (line->str, (gssize) line->len, NULL))
    return FALSE;
  for (const char *p = line->str; *p; p++)
    if (((guchar) *p < 0x20 && *p != '\t') || *p == 0x7f)
      return FALSE;
  return TRUE;
}

/* Which of the lines that are said back it is; N_SAID: none */
static guint
find_said (const char *name)
{
  static const char *const said[N_SAID] = { "UID", "RECURRENCE-ID", "SEQUENCE", "ORGANIZER", "DTSTART", "DTEND", "DURATION", "SUMMARY", "LOCATION" };
  guint i;

  for (i = 0; i < N_SAID && !g_str_equal (name, said[i]); i++)
    ;
  return i;
}

static void
take_event_line (Reply *self, const MailCalendarLine *line, const GString *raw)
{
  guint said = find_said (line->name);

  if (g_str_equal (line->name, "ATTENDEE") && !self->attendee)
    {
      g_autofree char *address = mail_calendar_line_dup_address (line);
      const char *name = mail_calendar_line_get (line, "CN");

      if (!mail_address_equal (address, self->address) || !is_sound (raw))
        return;
      self->attendee = g_strdup (line->value);
      self->name = g_strdup (name ? name : "");
    }
  else if (said < N_SAID && !(self->has_said & 1u << said)) /* each once: the first is what was read */
    {
      self->has_said |= 1u << said;
      if (g_str_equal (line->name, "ORGANIZER"))
        {
          g_autofree char *address = mail_calendar_line_dup_address (line);

          self->is_of_another = !mail_address_equal (address, self->organizer);
        }
      if (is_sound (raw))
        mail_lines_append_folded (self->event, raw->str);
      else
        self->is_broken = self->is_broken || said < N_NEEDED;
    }
}

static void
append_attendee (GString *out, const Reply *self)
{
  static const char *const words[] = { "NEEDS-ACTION", "ACCEPTED", "TENTATIVE", "DECLINED" };
  g_autofree char *name = g_utf8_make_valid (self->name, -1);
  g_autofree char *line = NULL;

  g_strdelimit (name, "\"\t", ' ');
  line = *name ? g_strdup_printf ("ATTENDEE;CN=\"%s\";PARTSTAT=%s:%s", name, words[self->participation], self->attendee)
               : g_strdup_printf ("ATTENDEE;PARTSTAT=%s:%s", words[self->participation], self->attendee);
  mail_lines_append_folded (out, line);
}

static void
begin_event (Reply *self)
{
  g_string_truncate (self->event, 0);
  g_clear_pointer (&self->attendee, g_free);
  g_clear_pointer (&self->name, g_free);
  self->has_said = 0;
  self->is_broken = FALSE;
  self->is_of_another = FALSE;
}

static void
end_event (Reply *self)
{
  const guint needed = (1u << find_said ("UID")) | (1u << find_said ("ORGANIZER"));

  self->n_events++;
  if (!self->attendee || self->is_broken || self->is_of_another || (self->has_said & needed) != needed)
    return;
  g_string_append (self->events, "BEGIN:VEVENT\r\n");
  append_attendee (self->events, self);
  g_string_append (self->events, self->stamp);
  g_string_append_len (self->events, self->event->str, (gssize) self->event->len);
  g_string_append (self->events, "END:VEVENT\r\n");
}

/* The events, and all zones, wherever they stand; %FALSE when the zones are too many to be said back */
static gboolean
collect (Reply *self, const char *text)
{
  g_autoptr (GString) raw = g_string_new (NULL);
  const char *end = text + strnlen (text, MAIL_CALENDAR_MAX_TEXT);
  gboolean is_in_zone = FALSE, is_in_event = FALSE;
  guint depth = 0;

  while (text < end)
    {
      g_auto (MailCalendarLine) line = { 0 };
      gboolean begins, ends;

      text = mail_calendar_next (text, end, raw);
      mail_calendar_line_init (&line, raw->str);
      begins = g_str_equal (line.name, "BEGIN");
      ends = g_str_equal (line.name, "END");
      if (begins && !is_in_event && !is_in_zone)
        {
          is_in_zone = g_ascii_strcasecmp (line.value, "VTIMEZONE") == 0;
          is_in_event = self->n_events <= MAIL_INVITATION_MAX_OTHERS && g_ascii_strcasecmp (line.value, "VEVENT") == 0;
          depth = 0;
          if (is_in_event)
            begin_event (self);
        }
      else if (begins)
        depth++;
      if (is_in_zone && self->zones->len < MAX_ZONES && is_sound (raw))
        mail_lines_append_folded (self->zones, raw->str);
      else if (is_in_event && depth == 0 && !begins && !ends)
        take_event_line (self, &line, raw);
      if (ends && (is_in_zone || is_in_event) && depth == 0)
        {
          if (is_in_event)
            end_event (self);
          is_in_zone = is_in_event = FALSE;
        }
      else if (ends && depth > 0)
        depth--;
    }
  if (is_in_event)
    end_event (self); /* whose end was cut off */
  return !is_in_zone && self->zones->len < MAX_ZONES;
}

char *
mail_invitation_write_reply (const char *text, const char *address, MailParticipation participation, gint64 now)
{
  g_autoptr (MailInvitation) invitation = mail_invitation_parse (text);
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (now);
  g_autofree char *stamp = time ? g_date_time_format (time, "DTSTAMP:%Y%m%dT%H%M%SZ\r\n") : g_strdup ("");
  g_autoptr (GString) zones = g_string_new (NULL);
  g_autoptr (GString) events = g_string_new (NULL);
  g_autoptr (GString) event = g_string_new (NULL);
  Reply self = { .address = address, .participation = participation, .stamp = stamp, .zones = zones, .events = events, .event = event };
  gboolean is_whole;

  if (!invitation || !mail_invitation_can_be_answered (invitation))
    return NULL;
  self.organizer = invitation->organizer_address;
  is_whole = collect (&self, text);
  begin_event (&self);
  if (!is_whole || events->len == 0)
    return NULL;
  return g_strdup_printf ("BEGIN:VCALENDAR\r\nPRODID:-//Posthorn//EN\r\nVERSION:2.0\r\nMETHOD:REPLY\r\n%s%sEND:VCALENDAR\r\n", zones->str, events->str);
}
