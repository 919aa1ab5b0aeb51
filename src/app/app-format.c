/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates, sizes and people as they stand in lists and headers. */
#include "app-format.h"

#include "base-config.h"
#include "mail-address.h"
#include "model-days.h"

#include <glib/gi18n.h>

char *
app_format_date (gint64 time, gint64 now, GTimeZone *zone)
{
  g_autoptr (GDateTime) then_utc = time ? g_date_time_new_from_unix_utc (time) : NULL;
  g_autoptr (GDateTime) now_utc = g_date_time_new_from_unix_utc (now);
  g_autoptr (GDateTime) then = then_utc ? g_date_time_to_timezone (then_utc, zone) : NULL;
  g_autoptr (GDateTime) today = now_utc ? g_date_time_to_timezone (now_utc, zone) : NULL;
  char *text;
  int days;

  if (!then || !today)
    return g_strdup ("");
  days = model_days_count (time, now, zone);
  if (days == 0)
    /* Translators: time of a message of today, see g_date_time_format () */
    text = g_date_time_format (then, _("%H:%M"));
  else if (days == 1)
    /* Translators: time of a message of yesterday, see g_date_time_format () */
    text = g_date_time_format (then, _("Yesterday %H:%M"));
  else if (days > 1 && days < 7)
    /* Translators: weekday and time of a message of this week, see g_date_time_format () */
    text = g_date_time_format (then, _("%a %H:%M"));
  else if (g_date_time_get_year (then) == g_date_time_get_year (today))
    /* Translators: day and month of a message of this year, see g_date_time_format () */
    text = g_date_time_format (then, _("%-d %b"));
  else
    /* Translators: date of an older message, see g_date_time_format () */
    text = g_date_time_format (then, _("%-d %b %Y"));
  return text ? text : g_strdup ("");
}

char *
app_format_long_date (gint64 time, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = time ? g_date_time_new_from_unix_utc (time) : NULL;
  g_autoptr (GDateTime) then = utc ? g_date_time_to_timezone (utc, zone) : NULL;
  /* Translators: the date in a message's header, see g_date_time_format () */
  char *text = then ? g_date_time_format (then, _("%A %-d %B %Y, %H:%M")) : NULL;

  return text ? text : g_strdup ("");
}

char *
app_format_section (gint64 start, gint64 now, GTimeZone *zone)
{
  g_autoptr (GDateTime) start_utc = g_date_time_new_from_unix_utc (start);
  g_autoptr (GDateTime) now_utc = g_date_time_new_from_unix_utc (now);
  g_autoptr (GDateTime) then = start_utc ? g_date_time_to_timezone (start_utc, zone) : NULL;
  g_autoptr (GDateTime) today = now_utc ? g_date_time_to_timezone (now_utc, zone) : NULL;
  int days = model_days_count (start, now, zone);
  char *text;

  if (!then || !today)
    return g_strdup ("");
  if (days == 0)
    return g_strdup (_("Today"));
  if (days == 1)
    return g_strdup (_("Yesterday"));
  if (days < MODEL_DAYS_SINGLE)
    text = g_date_time_format (then, "%A");
  else if (days < 2 * MODEL_DAYS_SINGLE)
    return g_strdup (_("Last week"));
  else if (g_date_time_get_year (then) != g_date_time_get_year (today))
    /* Translators: heading over the messages of a month of another year, see g_date_time_format () */
    text = g_date_time_format (then, _("%OB %Y"));
  else if (g_date_time_get_month (then) == g_date_time_get_month (today))
    return g_strdup (_("Earlier this month"));
  else
    text = g_date_time_format (then, "%OB");
  return text ? text : g_strdup ("");
}

char *
app_format_size (gint64 bytes)
{
  return bytes > 0 ? g_format_size ((guint64) bytes) : g_strdup ("");
}

char *
app_format_people (const GPtrArray *addresses)
{
  return mail_address_list_to_string (addresses);
}
