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
  GString *zones;      /* VTIMEZONE, whole lines */
  GString *event;      /* what is said back of the event, likewise */
  char *attendee;      /* the value of ours; NULL until found */
  char *name;          /* CN; "" */
  guint has_said;      /* bits: those of find_said () */
  gboolean is_broken;  /* a line that would have to be said back cannot be */
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
      if (is_sound (raw))
        mail_lines_append_folded (self->event, raw->str);
      else
        self->is_broken = self->is_broken || said < N_NEEDED;
    }
}

/* The first event, and all zones, wherever they stand */
static void
collect (Reply *self, const char *text)
{
  g_autoptr (GString) raw = g_string_new (NULL);
  const char *end = text + strnlen (text, MAIL_CALENDAR_MAX_TEXT);
  gboolean is_in_zone = FALSE, is_in_event = FALSE, has_event = FALSE;
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
          is_in_event = !has_event && g_ascii_strcasecmp (line.value, "VEVENT") == 0;
          has_event = has_event || is_in_event;
          depth = 0;
        }
      else if (begins)
        depth++;
      if (is_in_zone && self->zones->len < MAX_ZONES && is_sound (raw))
        mail_lines_append_folded (self->zones, raw->str);
      else if (is_in_event && depth == 0 && !begins && !ends)
        take_event_line (self, &line, raw);
      if (ends && (is_in_zone || is_in_event) && depth == 0)
        is_in_zone = is_in_event = FALSE;
      else if (ends && depth > 0)
        depth--;
    }
  if (is_in_zone || self->zones->len >= MAX_ZONES)
    self->is_broken = TRUE;
}

static void
append_attendee (GString *out, const Reply *self, MailParticipation participation)
{
  static const char *const words[] = { "NEEDS-ACTION", "ACCEPTED", "TENTATIVE", "DECLINED" };
  g_autofree char *name = g_utf8_make_valid (self->name, -1);
  g_autofree char *line = NULL;

  g_strdelimit (name, "\"\t", ' ');
  line = *name ? g_strdup_printf ("ATTENDEE;CN=\"%s\";PARTSTAT=%s:%s", name, words[participation], self->attendee)
               : g_strdup_printf ("ATTENDEE;PARTSTAT=%s:%s", words[participation], self->attendee);
  mail_lines_append_folded (out, line);
}

static char *
write_reply (const Reply *self, MailParticipation participation, gint64 now)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (now);
  g_autofree char *stamp = time ? g_date_time_format (time, "DTSTAMP:%Y%m%dT%H%M%SZ\r\n") : g_strdup ("");
  GString *out = g_string_new ("BEGIN:VCALENDAR\r\nPRODID:-//Posthorn//EN\r\nVERSION:2.0\r\nMETHOD:REPLY\r\n");

  g_string_append (out, self->zones->str);
  g_string_append (out, "BEGIN:VEVENT\r\n");
  append_attendee (out, self, participation);
  g_string_append (out, stamp);
  g_string_append (out, self->event->str);
  g_string_append (out, "END:VEVENT\r\nEND:VCALENDAR\r\n");
  return g_string_free (out, FALSE);
}

char *
mail_invitation_write_reply (const char *text, const char *address, MailParticipation participation, gint64 now)
{
  g_autoptr (MailInvitation) invitation = mail_invitation_parse (text);
  Reply self = { .address = address };
  char *reply = NULL;

  if (!invitation || !mail_invitation_can_be_answered (invitation))
    return NULL;
  self.zones = g_string_new (NULL);
  self.event = g_string_new (NULL);
  collect (&self, text);
  if (self.attendee && !self.is_broken)
    reply = write_reply (&self, participation, now);
  g_string_free (self.zones, TRUE);
  g_string_free (self.event, TRUE);
  g_free (self.attendee);
  g_free (self.name);
  return reply;
}
