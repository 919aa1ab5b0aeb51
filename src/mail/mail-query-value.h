/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands behind the colon of a query's operator. */
#pragma once

#include "mail-flags.h"

G_BEGIN_DECLS

typedef struct
{
  MailFlags flags;
  gboolean is_unset;
} MailQueryState;

/* mail_query_value_date: the beginning of that day, month or year in @zone, seconds since 1970; see mail_query_parse () */
gboolean mail_query_value_date (const char *value, gint64 now, GTimeZone *zone, gint64 *seconds);

gboolean mail_query_value_size (const char *value, gint64 *bytes);
gboolean mail_query_value_state (const char *value, MailQueryState *state);
gboolean mail_query_value_is_attachment (const char *value);

/* mail_query_value_may_become: whether @value begins something that is: or has: knows */
gboolean mail_query_value_may_become (const char *operator, const char *value);

G_END_DECLS
