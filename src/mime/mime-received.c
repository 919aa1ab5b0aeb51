/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The time of arrival out of the trace fields. */
#include "mime-received.h"

#include <gmime/gmime.h>
#include <string.h>

#define MAX_HEADERS 65536 /* trace fields stand at the top */
#define MAX_FIELD 4096
#define EARLIEST 315532800 /* 1980: nothing before it was received by anybody's server */

/* The value of the first such field, continuation lines included; NULL when there is none. */
static char *
dup_field (const char *data, gsize size, const char *name)
{
  gsize name_length = strlen (name);
  const char *end = data + MIN (size, MAX_HEADERS);

  for (const char *line = data; line < end;)
    {
      const char *next = memchr (line, '\n', end - line);
      const char *from = line + name_length + 1;

      if (!next || next == line || (next == line + 1 && *line == '\r'))
        return NULL;
      next++;
      if ((gsize) (end - line) > name_length && line[name_length] == ':' && g_ascii_strncasecmp (line, name, name_length) == 0)
        {
          const char *stop = next;

          while (stop < end && (*stop == ' ' || *stop == '\t'))
            {
              const char *line_end = memchr (stop, '\n', end - stop);

              stop = line_end ? line_end + 1 : end;
            }
          return g_strndup (from, MIN (stop - from, MAX_FIELD));
        }
      line = next;
    }
  return NULL;
}

static gint64
read_date (const char *text, gint64 now)
{
  g_autoptr (GDateTime) date = text ? g_mime_utils_header_decode_date (text) : NULL;
  gint64 when = date ? g_date_time_to_unix (date) : 0;

  return when < EARLIEST ? 0 : MIN (when, now);
}

gint64
mime_received_get_time (GBytes *source, gint64 now)
{
  gsize size;
  const char *data = g_bytes_get_data (source, &size);
  g_autofree char *trace = dup_field (data, size, "Received");
  g_autofree char *date = NULL;
  const char *semicolon = trace ? strrchr (trace, ';') : NULL;
  gint64 when = read_date (semicolon ? semicolon + 1 : NULL, now);

  if (when == 0)
    {
      date = dup_field (data, size, "Date");
      when = read_date (date, now);
    }
  return when ? when : now;
}
