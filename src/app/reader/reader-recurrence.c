/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often an event is, in words. */
#include "reader-recurrence.h"

#include "mail-lines.h"
#include "mail-recurrence.h"

#include <glib/gi18n.h>

/* In the language's own words: 5 January 1970 was a Monday. */
static char *
dup_weekday (guint day)
{
  g_autoptr (GDateTime) date = g_date_time_new_utc (1970, 1, 5 + (int) day, 0, 0, 0);

  return g_date_time_format (date, "%A");
}

static char *
dup_weekdays (guint days)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 7; i++)
    if (days & 1u << i)
      {
        g_autofree char *name = dup_weekday (i);

        g_string_append_printf (text, "%s%s", text->len ? ", " : "", name);
      }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
dup_unit (const MailRecurrence *rule)
{
  guint n = rule->interval;

  switch (rule->unit)
    {
    case MAIL_RECURRENCE_DAILY:
      return n == 1 ? g_strdup (_("every day")) : g_strdup_printf (ngettext ("every %u day", "every %u days", n), n);
    case MAIL_RECURRENCE_WEEKLY:
      return n == 1 ? g_strdup (_("every week")) : g_strdup_printf (ngettext ("every %u week", "every %u weeks", n), n);
    case MAIL_RECURRENCE_MONTHLY:
      return n == 1 ? g_strdup (_("every month")) : g_strdup_printf (ngettext ("every %u month", "every %u months", n), n);
    case MAIL_RECURRENCE_YEARLY:
    default:
      return n == 1 ? g_strdup (_("every year")) : g_strdup_printf (ngettext ("every %u year", "every %u years", n), n);
    }
}

/* Each with one %s for a weekday */
static const char *
get_nth (int nth)
{
  switch (nth)
    {
    case 1:
      return _("on the first %s");
    case 2:
      return _("on the second %s");
    case 3:
      return _("on the third %s");
    case 4:
      return _("on the fourth %s");
    case 5:
      return _("on the fifth %s");
    case -1:
      return _("on the last %s");
    default:
      return NULL;
    }
}

static char *
dup_day (const MailRecurrence *rule)
{
  g_autofree char *days = dup_weekdays (rule->weekdays);
  const char *nth = get_nth (rule->nth);

  if (rule->month_day)
    return g_strdup_printf (_("on day %d"), rule->month_day);
  if (nth)
    return mail_lines_put_in (nth, days);
  /* Translators: %s is one weekday or several, with commas between */
  return rule->weekdays ? g_strdup_printf (_("on %s"), days) : NULL;
}

static char *
dup_end (const MailRecurrence *rule)
{
  /* Translators: a day, in g_date_time_format ()'s letters */
  g_autofree char *until = rule->until ? g_date_time_format (rule->until, _("%-d %B %Y")) : NULL;

  if (until)
    /* Translators: %s is a day */
    return g_strdup_printf (_("until %s"), until);
  return rule->count ? g_strdup_printf (ngettext ("%u time", "%u times", rule->count), rule->count) : NULL;
}

char *
reader_recurrence_dup_words (const MailInvitation *invitation)
{
  g_autoptr (MailRecurrence) rule = *invitation->rule ? mail_recurrence_parse (invitation->rule) : NULL;
  gboolean is_odd = rule && rule->nth < -1; /* "the last but two" has no word here */
  g_autofree char *unit = rule ? dup_unit (rule) : NULL;
  g_autofree char *day = rule ? dup_day (rule) : NULL;
  g_autofree char *end = rule ? dup_end (rule) : NULL;
  GString *text;

  if (!invitation->repeats)
    return NULL;
  if (!*invitation->rule)
    return g_strdup (_("repeats"));
  if (!rule || is_odd)
    /* Translators: %s is a rule as calendars write it, for those who can read it */
    return g_strdup_printf (_("repeats by the rule %s"), invitation->rule);
  text = g_string_new (unit);
  if (day)
    g_string_append_printf (text, " %s", day);
  if (end)
    g_string_append_printf (text, ", %s", end);
  if (invitation->has_exceptions)
    g_string_append_printf (text, ", %s", _("with exceptions"));
  return g_string_free (text, FALSE);
}
