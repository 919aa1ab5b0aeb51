/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a message is recognised by. */
#include "pop3-digest.h"

#include <string.h>

static const char *const ignored[] = { "Status", "X-Status", "X-UIDL", "X-UID", "X-Keywords", "X-IMAP", "X-IMAPbase", "Content-Length" };

/* The line at @data without its end; *next is where the following one begins. */
static gsize
measure_line (const char *data, gsize size, gsize *next)
{
  const char *feed = memchr (data, '\n', size);
  gsize length = feed != NULL ? (gsize) (feed - data) : size;

  *next = feed != NULL ? length + 1 : size;
  while (length > 0 && data[length - 1] == '\r')
    length--;
  return length;
}

gsize
pop3_digest_measure_headers (const char *data, gsize size)
{
  gsize at = 0;

  while (at < size)
    {
      gsize next;
      gsize length = measure_line (data + at, size - at, &next);

      at += next;
      if (length == 0)
        break;
    }
  return at;
}

static gboolean
is_field (const char *line, gsize length, const char *name)
{
  gsize n = strlen (name);

  if (length <= n || g_ascii_strncasecmp (line, name, n) != 0)
    return FALSE;
  while (n < length && (line[n] == ' ' || line[n] == '\t'))
    n++;
  return n < length && line[n] == ':';
}

static gboolean
is_ignored (const char *line, gsize length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ignored); i++)
    if (is_field (line, length, ignored[i]))
      return TRUE;
  return FALSE;
}

void
pop3_digest_headers (GBytes *source, Pop3Digest *digest)
{
  g_autoptr (GChecksum) sha256 = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size, at = 0, n_bytes = POP3_DIGEST_SIZE;
  const char *data = g_bytes_get_data (source, &size);
  gboolean skips = FALSE;

  digest->is_strong = FALSE;
  while (at < size)
    {
      gsize next;
      const char *line = data + at;
      gsize length = measure_line (line, size - at, &next);

      if (length == 0)
        break;
      at += next;
      if (line[0] != ' ' && line[0] != '\t')
        {
          skips = is_ignored (line, length);
          digest->is_strong |= is_field (line, length, "Message-ID") || is_field (line, length, "Received");
        }
      if (skips)
        continue;
      g_checksum_update (sha256, (const guchar *) line, (gssize) length);
      g_checksum_update (sha256, (const guchar *) "\n", 1);
    }
  g_checksum_get_digest (sha256, digest->bytes, &n_bytes);
}

char *
pop3_digest_dup_message_id (GBytes *source)
{
  gsize size, at = 0;
  const char *data = g_bytes_get_data (source, &size);
  g_autoptr (GString) value = NULL;

  while (at < size)
    {
      gsize next;
      const char *line = data + at;
      gsize length = measure_line (line, size - at, &next);

      at += next;
      if (length == 0 || (value != NULL && line[0] != ' ' && line[0] != '\t'))
        break;
      if (value != NULL)
        g_string_append_len (value, line, (gssize) length);
      else if (is_field (line, length, "Message-ID"))
        {
          const char *colon = memchr (line, ':', length);

          value = g_string_new_len (colon + 1, (gssize) (length - (gsize) (colon + 1 - line)));
        }
    }
  if (value == NULL || g_strstrip (value->str)[0] == '\0')
    return NULL;
  return g_strdup (value->str);
}
