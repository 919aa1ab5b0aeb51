/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates, sizes and people as they stand in lists and headers. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * app_format_date:
 * @time: seconds since 1970
 * @now: likewise; the caller has the clock
 * @zone: what "today" is measured by
 *
 * Returns: (transfer full): for a list: "10:42" today, "Yesterday 10:42", "Mon 10:42" within a week, "3 Nov" this year, else
 *   "3 Nov 2024"; "" for 0
 */
char *app_format_date (gint64 time, gint64 now, GTimeZone *zone);

/* app_format_long_date: (transfer full): for a header: "Sunday 22 November 2026, 10:42", in the local zone */
char *app_format_long_date (gint64 time, GTimeZone *zone);

/* app_format_section: (transfer full): the heading of a section that begins at @start (model-days.h): "Today", "Monday", "Last week", "October" */
char *app_format_section (gint64 start, gint64 now, GTimeZone *zone);

/* app_format_size: (transfer full): "24 kB" */
char *app_format_size (gint64 bytes);

/* app_format_people: (transfer full): of MailAddress: name AND address of each, as "Ana Ruiz <ana@example.org>, …" */
char *app_format_people (const GPtrArray *addresses);

G_END_DECLS
