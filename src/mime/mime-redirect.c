/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts a block of Resent fields before a message. */
#include "mime-redirect.h"

#include <string.h>

#include "base-error.h"
#include "mime-encode.h"

/* The fields of the encoder, under the names that they have here. */
static void
append_resent (GString *out, GString *fields)
{
  g_string_append (out, "Resent-");
  g_string_append_len (out, fields->str, (gssize) fields->len);
  g_string_truncate (fields, 0);
}

GBytes *
mime_redirect_new (GBytes *source, const MailAddress *from, const GPtrArray *to, gint64 now, int zone_minutes, GError **error)
{
  g_autoptr (GString) fields = g_string_new (NULL);
  g_autoptr (GPtrArray) sender = g_ptr_array_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  gsize length;
  const char *data = g_bytes_get_data (source, &length);

  if (to->len == 0)
    {
      g_set_error_literal (error, BASE_ERROR, BASE_ERROR_INVALID, "The message has no recipient.");
      return NULL;
    }
  if (!mime_encode_check (from, error))
    return NULL;
  for (guint i = 0; i < to->len; i++)
    if (!mime_encode_check (g_ptr_array_index (to, i), error))
      return NULL;
  g_ptr_array_add (sender, (gpointer) from);
  mime_encode_header_date (fields, now, zone_minutes);
  append_resent (out, fields);
  mime_encode_header_addresses (fields, "From", sender, FALSE);
  append_resent (out, fields);
  mime_encode_header_addresses (fields, "To", to, FALSE);
  append_resent (out, fields);
  mime_encode_header_message_id (fields, from->address);
  append_resent (out, fields);
  if (length >= 5 && memcmp (data, "From ", 5) == 0)
    {
      const char *end = memchr (data, '\n', length);
      gsize skipped = end ? (gsize) (end + 1 - data) : length;

      data += skipped;
      length -= skipped;
    }
  g_string_append_len (out, data, (gssize) length);
  return g_string_free_to_bytes (g_steal_pointer (&out));
}

gboolean
mime_redirect_is (GBytes *source)
{
  static const char mark[] = "Resent-";
  gsize length;
  const char *text = g_bytes_get_data (source, &length);

  return length >= strlen (mark) && g_ascii_strncasecmp (text, mark, strlen (mark)) == 0;
}
