/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands behind the colon of a query's operator: dates, sizes, states. */
#include "mail-query-value.h"

#include <string.h>

static const struct
{
  const char *word;
  MailFlags flags;
  gboolean is_unset;
} states[] = {
  { "unread", MAIL_FLAG_SEEN, TRUE },
  { "unseen", MAIL_FLAG_SEEN, TRUE },
  { "read", MAIL_FLAG_SEEN, FALSE },
  { "seen", MAIL_FLAG_SEEN, FALSE },
  { "flagged", MAIL_FLAG_FLAGGED, FALSE },
  { "starred", MAIL_FLAG_FLAGGED, FALSE },
  { "unflagged", MAIL_FLAG_FLAGGED, TRUE },
  { "answered", MAIL_FLAG_ANSWERED, FALSE },
  { "replied", MAIL_FLAG_ANSWERED, FALSE },
  { "unanswered", MAIL_FLAG_ANSWERED, TRUE },
  { "forwarded", MAIL_FLAG_FORWARDED, FALSE },
  { "draft", MAIL_FLAG_DRAFT, FALSE },
};

static const char *const attachments[] = { "attachment", "attachments" };

gboolean
mail_query_value_state (const char *value, MailQueryState *state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_ascii_strcasecmp (value, states[i].word) == 0)
      {
        *state = (MailQueryState) { states[i].flags, states[i].is_unset };
        return TRUE;
      }
  return FALSE;
}

gboolean
mail_query_value_is_attachment (const char *value)
{
  for (gsize i = 0; i < G_N_ELEMENTS (attachments); i++)
    if (g_ascii_strcasecmp (value, attachments[i]) == 0)
      return TRUE;
  return FALSE;
}

gboolean
mail_query_value_may_become (const char *operator, const char *value)
{
  gsize length = strlen (value);

  if (g_str_equal (operator, "has"))
    return g_ascii_strncasecmp (attachments[1], value, length) == 0;
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_ascii_strncasecmp (states[i].word, value, length) == 0)
      return TRUE;
  return FALSE;
}

/* Up to nine digits, or fewer; -1 for none */
static int
read_number (const char **p)
{
  const char *start = *p;
  int number = 0;

  while (g_ascii_isdigit (**p) && *p - start < 9)
    number = number * 10 + g_ascii_digit_value (*(*p)++);
  return *p > start ? number : -1;
}

/* 2026, 2026-11, 2026-11-22; slashes and dots are as good */
static GDateTime *
parse_day (const char *value, GTimeZone *zone)
{
  int parts[3] = { 0, 1, 1 };
  const char *p = value;

  for (int i = 0; i < 3; i++)
    {
      parts[i] = read_number (&p);
      if (*p == '\0' && parts[i] >= 0)
        break;
      if (i == 2 || parts[i] < 0 || !strchr ("-/.", *p))
        return NULL;
      p++;
      if (*p == '\0') /* "2026-" is 2026 that somebody still types */
        break;
    }
  if (parts[0] < 1900 || parts[0] > 9999)
    return NULL;
  return g_date_time_new (zone, parts[0], parts[1], parts[2], 0, 0, 0);
}

static GDateTime *
begin_day (GDateTime *moment, GTimeZone *zone)
{
  return g_date_time_new (zone, g_date_time_get_year (moment), g_date_time_get_month (moment), g_date_time_get_day_of_month (moment), 0, 0, 0);
}

/* 7d, 2w, 3m, 1y */
static GDateTime *
go_back (GDateTime *moment, const char *value)
{
  const char *p = value;
  int number = read_number (&p);

  if (number < 0 || number > 36500 || !*p || p[1])
    return NULL;
  switch (g_ascii_tolower (*p))
    {
    case 'd': return g_date_time_add_days (moment, -number);
    case 'w': return g_date_time_add_weeks (moment, -number);
    case 'm': return g_date_time_add_months (moment, -number);
    case 'y': return g_date_time_add_years (moment, -number);
    default: return NULL;
    }
}

gboolean
mail_query_value_date (const char *value, gint64 now, GTimeZone *zone, gint64 *seconds)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now);
  g_autoptr (GDateTime) moment = utc ? g_date_time_to_timezone (utc, zone) : NULL;
  g_autoptr (GDateTime) day = NULL;
  g_autoptr (GDateTime) start = NULL;

  if (!moment)
    return FALSE;
  if (g_ascii_strcasecmp (value, "today") == 0)
    day = g_date_time_ref (moment);
  else if (g_ascii_strcasecmp (value, "yesterday") == 0)
    day = g_date_time_add_days (moment, -1);
  else
    day = go_back (moment, value);
  if (!day)
    day = parse_day (value, zone);
  if (day)
    start = begin_day (day, zone);
  if (!start)
    return FALSE;
  *seconds = g_date_time_to_unix (start);
  return TRUE;
}

gboolean
mail_query_value_size (const char *value, gint64 *bytes)
{
  static const char units[] = "kmgt";
  char *end;
  double number, factor = 1;
  const char *unit;

  if (!g_ascii_isdigit (*value))
    return FALSE;
  number = g_ascii_strtod (value, &end);
  if (*end && *end != 'b' && *end != 'B')
    {
      unit = strchr (units, g_ascii_tolower (*end++));
      if (!unit)
        return FALSE;
      for (const char *p = units; p <= unit; p++)
        factor *= 1000;
    }
  if (*end == 'b' || *end == 'B')
    end++;
  if (*end || !(number * factor < 9e18))
    return FALSE;
  *bytes = (gint64) (number * factor);
  return TRUE;
}
