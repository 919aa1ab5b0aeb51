/* SPDX-License-Identifier: GPL-3.0-or-later */
/* APOP. */
#include "pop3-apop.h"

#include <string.h>

/* Longer than any host name with a process number and a clock in front of it; and it bounds what an attacker may choose. */
#define TIMESTAMP_LIMIT 320

static gboolean
is_msg_id (const char *id, gsize length)
{
  gsize n_at = 0;

  if (length < 5 || length > TIMESTAMP_LIMIT || id[1] == '@' || id[length - 2] == '@')
    return FALSE;
  for (gsize i = 1; i < length - 1; i++)
    {
      if (!g_ascii_isgraph (id[i]) || strchr ("<>()[]\\,;:\"", id[i]) != NULL)
        return FALSE;
      n_at += id[i] == '@';
    }
  return n_at == 1;
}

char *
pop3_apop_find_timestamp (const char *greeting)
{
  const char *start = strchr (greeting, '<');
  const char *end = start != NULL ? strchr (start, '>') : NULL;

  if (end == NULL || !is_msg_id (start, (gsize) (end - start) + 1))
    return NULL;
  return g_strndup (start, (gsize) (end - start) + 1);
}

char *
pop3_apop_digest (const char *timestamp, const char *secret)
{
  g_autoptr (GChecksum) md5 = g_checksum_new (G_CHECKSUM_MD5);

  g_checksum_update (md5, (const guchar *) timestamp, (gssize) strlen (timestamp));
  g_checksum_update (md5, (const guchar *) secret, (gssize) strlen (secret));
  return g_strdup (g_checksum_get_string (md5));
}
