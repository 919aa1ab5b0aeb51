/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sections that a list by date falls into: today, yesterday, the days of a week, the week before, months. Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* So many days, today among them, are sections of their own; those up to twice as many ago are one; what is older goes by months. */
#define MODEL_DAYS_SINGLE 7

/**
 * model_days_find_start:
 * @time: seconds since 1970
 * @now: likewise; what lies ahead of it counts as today
 *
 * Returns: when the section that @time is in begins, which names it; 0 where no calendar knows @time
 */
gint64 model_days_find_start (gint64 time, gint64 now, GTimeZone *zone);

/* model_days_count: midnights between two times in @zone: 0 the same day, 1 @then was yesterday */
int model_days_count (gint64 then, gint64 now, GTimeZone *zone);

G_END_DECLS
