/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How an event repeats (RFC 5545 §3.3.10), as far as a sentence can say it. Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  MAIL_RECURRENCE_DAILY,
  MAIL_RECURRENCE_WEEKLY,
  MAIL_RECURRENCE_MONTHLY,
  MAIL_RECURRENCE_YEARLY,
} MailRecurrenceUnit;

typedef struct
{
  MailRecurrenceUnit unit;
  guint interval;     /* every so many of them, 1 or more */
  guint weekdays;     /* bits of a week, Monday the lowest: 0 where the rule names none */
  int nth;            /* of a month: the nth such weekday, below 0 from its end; 0: none */
  int month_day;      /* of a month; 0 where the rule names none */
  guint count;        /* ends after so many; 0 */
  GDateTime *until;   /* ends then; NULL */
} MailRecurrence;

/* mail_recurrence_parse: (transfer full) (nullable): @rule: the value of RRULE; %NULL where it says more than the fields above can hold, so that
 * nothing is told that is not so */
MailRecurrence *mail_recurrence_parse (const char *rule);
void mail_recurrence_free (MailRecurrence *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MailRecurrence, mail_recurrence_free)

G_END_DECLS
