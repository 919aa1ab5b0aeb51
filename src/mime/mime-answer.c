/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers that are made and not written. */
#include "mime-answer.h"

#include <string.h>

#include "mime-encode.h"

#define MAX_ID 900 /* longer ones cannot stand on a line */

static void
append_address (GString *out, const char *name, const MailAddress *address)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  g_ptr_array_add (list, (gpointer) address);
  mime_encode_header_addresses (out, name, list, FALSE);
}

/* RFC 5322 §3.6.4 */
static void
append_references (GString *out, MimeMessage *message)
{
  const char *id = mime_message_get_message_id (message);
  const char *ids[] = { id, NULL };
  g_autoptr (GStrvBuilder) references = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  if (!id)
    return;
  for (const char *const *old = mime_message_get_references (message); *old; old++)
    g_strv_builder_add (references, *old);
  g_strv_builder_add (references, id);
  all = g_strv_builder_end (references);
  mime_encode_header_ids (out, "In-Reply-To", ids);
  mime_encode_header_ids (out, "References", (const char *const *) all);
}

static GString *
begin (const MimeAnswer *self, MimeMessage *message, const char *type, const char *boundary, GError **error)
{
  GString *out;

  if (!mime_encode_check (self->from, error) || !mime_encode_check (self->to, error))
    return NULL;
  out = g_string_new (NULL);
  mime_encode_header_date (out, self->now, self->zone_minutes);
  append_address (out, "From", self->from);
  append_address (out, "To", self->to);
  mime_encode_header_text (out, "Subject", self->subject);
  mime_encode_header_message_id (out, self->from->address);
  append_references (out, message);
  g_string_append_printf (out, "MIME-Version: 1.0\r\nContent-Type: %s;\r\n boundary=\"=_%s\"\r\n\r\n", type, boundary);
  return out;
}

static void
append_part (GString *out, const char *boundary, const char *type, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  g_string_append_printf (out, "--=_%s\r\nContent-Type: %s\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n", boundary, type);
  mime_encode_quoted (out, valid, strlen (valid));
  g_string_append (out, "\r\n");
}

static GBytes *
end (GString *out, const char *boundary)
{
  g_string_append_printf (out, "--=_%s--\r\n", boundary);
  return g_string_free_to_bytes (out);
}

/* What the sender's server gave as the address that was written to (RFC 3798 §2.3), to be said back to the letter */
static void
append_original_recipient (GString *out, MimeMessage *message)
{
  g_autofree char *value = mime_message_dup_header (message, "Original-Recipient");
  gboolean is_plain = value && *value && strlen (value) < 300 && strchr (value, ';');

  for (const char *p = value; is_plain && *p; p++)
    is_plain = *p >= 0x20 && *p < 0x7f;
  if (is_plain)
    g_string_append_printf (out, "Original-Recipient: %s\r\n", value);
}

/* The fields of RFC 8098 §3.2. This part may not be encoded otherwise than as what it is; so nothing but ASCII stands in it (an address with other
 * letters makes it message/global-disposition-notification, RFC 6533). */
static void
append_disposition (GString *out, const char *boundary, const char *address, MimeMessage *message)
{
  const char *id = mime_message_get_message_id (message);
  gboolean is_ascii = g_str_is_ascii (address);

  g_string_append_printf (out, "--=_%s\r\nContent-Type: message/%sdisposition-notification\r\n%s\r\n", boundary, is_ascii ? "" : "global-",
                          is_ascii ? "" : "Content-Transfer-Encoding: 8bit\r\n");
  append_original_recipient (out, message);
  g_string_append_printf (out, "Final-Recipient: %s;%s\r\n", is_ascii ? "rfc822" : "utf-8", address);
  if (id && strlen (id) < MAX_ID && g_str_is_ascii (id) && !strpbrk (id, "<> \t\r\n"))
    g_string_append_printf (out, "Original-Message-ID: <%s>\r\n", id);
  g_string_append (out, "Disposition: manual-action/MDN-sent-manually; displayed\r\n\r\n");
}

GBytes *
mime_answer_new_receipt (const MimeAnswer *self, MimeMessage *message, GError **error)
{
  g_autofree char *boundary = mime_encode_random ();
  g_autofree char *address = mime_encode_address (self->from->address);
  GString *out = begin (self, message, "multipart/report; report-type=disposition-notification", boundary, error);

  if (!out)
    return NULL;
  append_part (out, boundary, "text/plain; charset=utf-8", self->text);
  append_disposition (out, boundary, address, message);
  return end (out, boundary);
}

GBytes *
mime_answer_new_calendar (const MimeAnswer *self, MimeMessage *message, const char *calendar, GError **error)
{
  g_autofree char *boundary = mime_encode_random ();
  GString *out = begin (self, message, "multipart/alternative", boundary, error);

  if (!out)
    return NULL;
  append_part (out, boundary, "text/plain; charset=utf-8", self->text);
  append_part (out, boundary, "text/calendar; charset=utf-8; method=REPLY", calendar);
  return end (out, boundary);
}
