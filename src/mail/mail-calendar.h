/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The content lines that iCalendar is made of (RFC 5545 §3.1). Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MAIL_CALENDAR_MAX_TEXT (512 * 1024) /* bytes that are looked at */
#define MAIL_CALENDAR_MAX_LINE 4000         /* bytes of one line, about; what is longer is cut */

typedef struct
{
  char *name;            /* upper case */
  GPtrArray *parameters; /* "NAME=value", the name in upper case, without quotes */
  char *value;           /* valid UTF-8, escaped as it stands */
} MailCalendarLine;

/* mail_calendar_next: the line at @at, with those that go on with it, into @line; the place of the next */
const char *mail_calendar_next (const char *at, const char *end, GString *line);

void mail_calendar_line_init (MailCalendarLine *self, const char *text);
void mail_calendar_line_clear (MailCalendarLine *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MailCalendarLine, mail_calendar_line_clear)

/* mail_calendar_line_get: (nullable) (transfer none): a parameter; @name in upper case */
const char *mail_calendar_line_get (const MailCalendarLine *self, const char *name);

/* mail_calendar_line_dup_text: (transfer full): its value as it is read (§3.3.11), made one clean line */
char *mail_calendar_line_dup_text (const MailCalendarLine *self);

/* mail_calendar_line_dup_address: (transfer full): of a calendar user: what stands behind "mailto:"; else all of it */
char *mail_calendar_line_dup_address (const MailCalendarLine *self);

/* mail_calendar_line_dup_person: (transfer full): the name (CN), else the address; one clean line */
char *mail_calendar_line_dup_person (const MailCalendarLine *self);

G_END_DECLS
