/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was wrong with a message, in a few words each. */
#include "mime-defects.h"

#define MAX_DEFECTS 100

void
mime_defects_add (GPtrArray *defects, const char *text)
{
  if (!defects || defects->len >= MAX_DEFECTS)
    return;
  for (guint i = 0; i < defects->len; i++)
    if (g_str_equal (g_ptr_array_index (defects, i), text))
      return;
  g_ptr_array_add (defects, g_strdup (text));
}
