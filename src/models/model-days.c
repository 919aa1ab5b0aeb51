/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sections that a list by date falls into: today, yesterday, the days of a week, the week before, months. */
#include "model-days.h"

static GDateTime *
to_local (gint64 time, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time);

  return utc ? g_date_time_to_timezone (utc, zone) : NULL;
}

static int
count_between (GDateTime *then, GDateTime *now)
{
  g_autoptr (GDate) a = g_date_new_dmy (g_date_time_get_day_of_month (then), g_date_time_get_month (then), g_date_time_get_year (then));
  g_autoptr (GDate) b = g_date_new_dmy (g_date_time_get_day_of_month (now), g_date_time_get_month (now), g_date_time_get_year (now));

  return g_date_days_between (a, b);
}

int
model_days_count (gint64 then, gint64 now, GTimeZone *zone)
{
  g_autoptr (GDateTime) a = to_local (then, zone);
  g_autoptr (GDateTime) b = to_local (now, zone);

  return a && b ? count_between (a, b) : 0;
}

/* Midnight, so many days before; a day of a clock that is set forward may have none, and then begins later */
static gint64
find_midnight (GDateTime *day, int days_before)
{
  g_autoptr (GDateTime) other = g_date_time_add_days (day, -days_before);
  g_autoptr (GDateTime) midnight = NULL;

  if (other)
    midnight = g_date_time_new (g_date_time_get_timezone (day), g_date_time_get_year (other), g_date_time_get_month (other),
                                g_date_time_get_day_of_month (other), 0, 0, 0);
  return midnight ? g_date_time_to_unix (midnight) : 0;
}

gint64
model_days_find_start (gint64 time, gint64 now, GTimeZone *zone)
{
  g_autoptr (GDateTime) then = to_local (time, zone);
  g_autoptr (GDateTime) today = to_local (now, zone);
  g_autoptr (GDateTime) month = NULL;
  int days;

  if (!then || !today)
    return 0;
  days = count_between (then, today);
  if (days < MODEL_DAYS_SINGLE)
    return find_midnight (today, MAX (days, 0));
  if (days < 2 * MODEL_DAYS_SINGLE)
    return find_midnight (today, 2 * MODEL_DAYS_SINGLE - 1);
  month = g_date_time_new (zone, g_date_time_get_year (then), g_date_time_get_month (then), 1, 0, 0, 0);
  return month ? g_date_time_to_unix (month) : 0;
}
