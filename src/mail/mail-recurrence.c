/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How an event repeats, as far as a sentence can say it. */
#include "mail-recurrence.h"

#include <stdlib.h>
#include <string.h>

#define MAX_NUMBER 9999
#define MAX_PARTS 20

void
mail_recurrence_free (MailRecurrence *self)
{
  g_clear_pointer (&self->until, g_date_time_unref);
  g_free (self);
}

static gboolean
read_unit (MailRecurrence *self, const char *word)
{
  static const char *const words[] = { "DAILY", "WEEKLY", "MONTHLY", "YEARLY" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (word, words[i]) == 0)
      {
        self->unit = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_number (const char *text, int lowest, int highest, int *number)
{
  char *end;
  long value = strtol (text, &end, 10);

  *number = (int) CLAMP (value, lowest, highest);
  return end != text && *end == '\0' && value == *number;
}

/* "MO,WE", or one with its place in the month: "2TU", "-1FR" */
static gboolean
read_weekdays (MailRecurrence *self, const char *text)
{
  static const char *const names[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
  g_auto (GStrv) days = g_strsplit (text, ",", 8);

  for (guint i = 0; days[i]; i++)
    {
      char *name;
      long nth = strtol (days[i], &name, 10);
      guint day;

      for (day = 0; day < G_N_ELEMENTS (names) && g_ascii_strcasecmp (name, names[day]) != 0; day++)
        ;
      if (day == G_N_ELEMENTS (names) || nth < -5 || nth > 5 || (nth != 0 && (i > 0 || days[1])))
        return FALSE;
      self->nth = (int) nth;
      self->weekdays |= 1u << day;
    }
  return self->weekdays != 0;
}

/* 20271231 or 20271231T225959Z */
static gboolean
read_until (MailRecurrence *self, const char *text)
{
  int year, month, day;
  g_autofree char *y = g_strndup (text, 4);
  g_autofree char *m = strlen (text) >= 8 ? g_strndup (text + 4, 2) : NULL;
  g_autofree char *d = m ? g_strndup (text + 6, 2) : NULL;

  if (!d || !read_number (y, 1, 9999, &year) || !read_number (m, 1, 12, &month) || !read_number (d, 1, 31, &day))
    return FALSE;
  g_clear_pointer (&self->until, g_date_time_unref);
  self->until = g_date_time_new_utc (year, month, day, 0, 0, 0);
  return self->until != NULL;
}

static gboolean
read_part (MailRecurrence *self, const char *name, const char *value)
{
  int number;

  if (g_ascii_strcasecmp (name, "FREQ") == 0)
    return read_unit (self, value);
  if (g_ascii_strcasecmp (name, "WKST") == 0)
    return self->interval == 1; /* else it decides which weeks are meant */
  if (g_ascii_strcasecmp (name, "BYDAY") == 0)
    return read_weekdays (self, value);
  if (g_ascii_strcasecmp (name, "UNTIL") == 0)
    return read_until (self, value);
  if (g_ascii_strcasecmp (name, "BYMONTHDAY") == 0)
    return read_number (value, 1, 31, &self->month_day);
  if (g_ascii_strcasecmp (name, "COUNT") == 0 && read_number (value, 1, MAX_NUMBER, &number))
    {
      self->count = (guint) number;
      return TRUE;
    }
  if (g_ascii_strcasecmp (name, "INTERVAL") == 0 && read_number (value, 1, MAX_NUMBER, &number))
    {
      self->interval = (guint) number;
      return TRUE;
    }
  return FALSE;
}

/* What a sentence could say wrong */
static gboolean
is_sayable (const MailRecurrence *self)
{
  switch (self->unit)
    {
    case MAIL_RECURRENCE_WEEKLY:
      return self->nth == 0 && self->month_day == 0;
    case MAIL_RECURRENCE_MONTHLY:
      return (self->weekdays == 0) == (self->nth == 0) && (self->nth == 0 || self->month_day == 0);
    case MAIL_RECURRENCE_DAILY:
    case MAIL_RECURRENCE_YEARLY:
    default:
      return self->weekdays == 0 && self->month_day == 0;
    }
}

MailRecurrence *
mail_recurrence_parse (const char *rule)
{
  g_autoptr (MailRecurrence) self = g_new0 (MailRecurrence, 1);
  g_auto (GStrv) parts = g_strsplit (rule, ";", MAX_PARTS);
  gboolean has_unit = FALSE;

  self->interval = 1;
  for (guint pass = 0; pass < 2; pass++) /* the interval first: it stands anywhere */
    for (guint i = 0; parts[i]; i++)
      {
        const char *equals = strchr (parts[i], '=');
        g_autofree char *name = equals ? g_strndup (parts[i], (gsize) (equals - parts[i])) : NULL;
        gboolean is_interval = name && g_ascii_strcasecmp (name, "INTERVAL") == 0;

        if (!*parts[i] || is_interval != (pass == 0))
          continue; /* its turn comes, or was */
        if (!name || !read_part (self, name, equals + 1))
          return NULL;
        has_unit = has_unit || g_ascii_strcasecmp (name, "FREQ") == 0;
      }
  return has_unit && is_sayable (self) ? g_steal_pointer (&self) : NULL;
}
