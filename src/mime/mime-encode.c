/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every mail path carries: bodies in lines of 76 characters, addresses, dates and ids as the wire wants them. */
#include "mime-encode.h"

#include "base-error.h"

#include <gmime/gmime.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <string.h>

#define MAX_LINE 76

void
mime_encode_base64 (GString *out, const char *data, gsize length)
{
  for (gsize i = 0; i < length; i += 57) /* 57 bytes are 76 characters */
    {
      char line[MAX_LINE + 8];
      int state = 0, save = 0;
      gsize n = g_base64_encode_step ((const guchar *) data + i, MIN (57, length - i), FALSE, line, &state, &save);

      n += g_base64_encode_close (FALSE, line + n, &state, &save);
      g_string_append_len (out, line, n);
      g_string_append (out, "\r\n");
    }
}

static gboolean
is_line_end (const char *p, const char *end)
{
  return p == end || *p == '\n' || *p == '\r';
}

void
mime_encode_quoted (GString *out, const char *data, gsize length)
{
  const char *end = data + length;
  gsize column = 0;

  for (const char *p = data; p < end; p++)
    {
      guchar c = *p;
      gboolean is_plain = (c >= 33 && c < 127 && c != '=') || ((c == ' ' || c == '\t') && !is_line_end (p + 1, end));

      if (c == '\n' || c == '\r')
        {
          if (c == '\r' && p + 1 < end && p[1] == '\n')
            p++;
          g_string_append (out, "\r\n");
          column = 0;
          continue;
        }
      if (column == 0 && ((c == '.' && is_line_end (p + 1, end)) || (end - p >= 5 && memcmp (p, "From ", 5) == 0)))
        is_plain = FALSE;
      if (column + (is_plain ? 1 : 3) > MAX_LINE - 1)
        {
          g_string_append (out, "=\r\n");
          column = 0;
          if (c == '.' || (c == 'F' && end - p >= 5 && memcmp (p, "From ", 5) == 0))
            is_plain = FALSE;
        }
      if (is_plain)
        g_string_append_c (out, c);
      else
        g_string_append_printf (out, "=%02X", c);
      column += is_plain ? 1 : 3;
    }
  if (column > 0) /* the last line has no end of its own: a soft one adds none */
    g_string_append (out, "=\r\n");
}

gboolean
mime_encode_check (const MailAddress *address, GError **error)
{
  g_autofree char *encoded = mime_encode_address (address->address);

  if (!encoded)
    g_set_error (error, BASE_ERROR, BASE_ERROR_INVALID, "“%s” is not an address that mail can be sent to.",
                 *address->address ? address->address : address->name);
  return encoded != NULL;
}

char *
mime_encode_random (void)
{
  static const char digits[] = "abcdefghijklmnopqrstuvwxyz234567";
  guint8 bytes[32];
  char *text = g_malloc (sizeof bytes + 1);

  if (gnutls_rnd (GNUTLS_RND_NONCE, bytes, sizeof bytes) < 0)
    g_error ("the system gives no random numbers");
  for (gsize i = 0; i < sizeof bytes; i++)
    text[i] = digits[bytes[i] % 32];
  text[sizeof bytes] = '\0';
  return text;
}

char *
mime_encode_address (const char *address)
{
  const char *at;
  g_autofree char *domain = NULL;
  char *encoded;

  if (!mail_address_is_valid (address))
    return NULL;
  at = strrchr (address, '@');
  for (const char *p = address; p < at; p++)
    if ((guchar) *p >= 0x80) /* SMTPUTF8 is needed anyway, and then nothing is to be encoded: RFC 6532 §3.2 */
      return g_strdup (address);
  if (g_str_is_ascii (at))
    return g_strdup (address);
  domain = g_hostname_to_ascii (at + 1);
  if (!domain)
    return NULL;
  encoded = g_strdup_printf ("%.*s@%s", (int) (at - address), address, domain);
  if (!mail_address_is_valid (encoded))
    g_clear_pointer (&encoded, g_free);
  return encoded;
}

void
mime_encode_header_date (GString *out, gint64 now, int zone_minutes)
{
  static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  int zone = CLAMP (zone_minutes, -14 * 60, 14 * 60);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now);
  g_autoptr (GDateTime) local = utc ? g_date_time_add_minutes (utc, zone) : NULL;

  if (!local)
    local = g_date_time_new_from_unix_utc (0);
  g_string_append_printf (out, "Date: %s, %d %s %04d %02d:%02d:%02d %c%02d%02d\r\n",
                          days[g_date_time_get_day_of_week (local) - 1], g_date_time_get_day_of_month (local),
                          months[g_date_time_get_month (local) - 1], g_date_time_get_year (local), g_date_time_get_hour (local),
                          g_date_time_get_minute (local), g_date_time_get_second (local), zone < 0 ? '-' : '+', ABS (zone) / 60, ABS (zone) % 60);
}

void
mime_encode_header_message_id (GString *out, const char *address)
{
  g_autofree char *random = mime_encode_random ();
  g_autofree char *encoded = address ? mime_encode_address (address) : NULL;
  const char *domain = encoded ? mail_address_get_domain (encoded) : NULL;

  if (!domain || *domain == '[' || !g_str_is_ascii (domain))
    domain = "mail.invalid"; /* no address yet, or one that would tell too much */
  g_string_append_printf (out, "Message-ID: <%s@%s>\r\n", random, domain);
}

static gboolean
is_sound_id (const char *id)
{
  gsize n = 0;

  for (; id[n]; n++)
    if (id[n] <= ' ' || id[n] >= 0x7f || strchr ("<>", id[n]))
      return FALSE;
  return n > 0 && n <= 900;
}

void
mime_encode_header_ids (GString *out, const char *name, const char *const *ids)
{
  gboolean is_first = TRUE;

  for (; ids && *ids; ids++)
    {
      if (!is_sound_id (*ids))
        continue;
      if (is_first)
        g_string_append_printf (out, "%s: <%s>", name, *ids);
      else
        g_string_append_printf (out, "\r\n <%s>", *ids); /* one a line: they are long */
      is_first = FALSE;
    }
  if (!is_first)
    g_string_append (out, "\r\n");
}
