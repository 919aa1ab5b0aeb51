/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UID sets: runs joined when written, bounded when read. */
#include "imap-uid-set.h"

#include <string.h>

char **
imap_uid_set_format (const guint32 *uids, gsize n_uids, gsize max_length)
{
  GPtrArray *sets = g_ptr_array_new ();
  g_autoptr (GString) set = g_string_new (NULL);

  for (gsize i = 0; i < n_uids;)
    {
      gsize last = i;
      char run[24];

      while (last + 1 < n_uids && uids[last + 1] == uids[last] + 1)
        last++;
      if (last > i)
        g_snprintf (run, sizeof run, "%u:%u", uids[i], uids[last]);
      else
        g_snprintf (run, sizeof run, "%u", uids[i]);
      if (set->len > 0 && set->len + 1 + strlen (run) > max_length)
        {
          g_ptr_array_add (sets, g_strdup (set->str));
          g_string_truncate (set, 0);
        }
      g_string_append_printf (set, "%s%s", set->len ? "," : "", run);
      i = last + 1;
    }
  if (set->len > 0)
    g_ptr_array_add (sets, g_strdup (set->str));
  g_ptr_array_add (sets, NULL);
  return (char **) g_ptr_array_free (sets, FALSE);
}

static gboolean
read_number (const char **p, guint32 *number)
{
  guint64 value = 0;

  if (!g_ascii_isdigit (**p))
    return FALSE;
  for (; g_ascii_isdigit (**p); (*p)++)
    if ((value = value * 10 + (**p - '0')) > G_MAXUINT32)
      return FALSE;
  *number = value;
  return value > 0;
}

static gboolean
add_run (GArray *uids, guint32 first, guint32 last, gsize max)
{
  gsize count = (first < last ? last - first : first - last) + (gsize) 1;

  if (uids->len + count > max)
    return FALSE;
  for (gsize i = 0; i < count; i++)
    {
      guint32 uid = first < last ? first + i : first - i;

      g_array_append_val (uids, uid);
    }
  return TRUE;
}

GArray *
imap_uid_set_parse (const char *text, gsize max)
{
  g_autoptr (GArray) uids = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (const char *p = text;;)
    {
      guint32 first, last;

      if (!read_number (&p, &first))
        return NULL;
      last = first;
      if (*p == ':' && (p++, !read_number (&p, &last)))
        return NULL;
      if (!add_run (uids, first, last, max))
        return NULL;
      if (*p == '\0')
        return g_steal_pointer (&uids);
      if (*p++ != ',')
        return NULL;
    }
}

GArray *
imap_uid_set_parse_ranges (const char *text, gsize max)
{
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (ImapUidRange));

  for (const char *p = text;;)
    {
      ImapUidRange range;

      if (!read_number (&p, &range.first))
        return NULL;
      range.last = range.first;
      if (*p == ':' && (p++, !read_number (&p, &range.last)))
        return NULL;
      if (range.last < range.first)
        range = (ImapUidRange) { range.last, range.first };
      if (ranges->len >= max)
        return NULL;
      g_array_append_val (ranges, range);
      if (*p == '\0')
        return g_steal_pointer (&ranges);
      if (*p++ != ',')
        return NULL;
    }
}
