/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a draft to RFC 5322 bytes. */
#include "mime-builder.h"

#include <string.h>

#include "base-error.h"
#include "mime-encode.h"
#include "mime-html-text.h"
#include "mime-text.h"

static gboolean
check_list (const GPtrArray *list, GError **error)
{
  for (guint i = 0; i < list->len; i++)
    {
      const MailAddress *address = g_ptr_array_index (list, i);
      g_autofree char *encoded = mime_encode_address (address->address);

      if (!encoded)
        {
          g_set_error (error, BASE_ERROR, BASE_ERROR_INVALID, "“%s” is not an address that mail can be sent to.",
                       *address->address ? address->address : address->name);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
check_for_sending (MimeDraft *draft, GError **error)
{
  g_autofree char *sender = draft->from ? mime_encode_address (draft->from->address) : NULL;

  if (!sender)
    {
      g_set_error_literal (error, BASE_ERROR, BASE_ERROR_INVALID, "The message has no sender that mail can come from.");
      return FALSE;
    }
  if (draft->to->len + draft->cc->len + draft->bcc->len == 0)
    {
      g_set_error_literal (error, BASE_ERROR, BASE_ERROR_INVALID, "The message has no recipient.");
      return FALSE;
    }
  return check_list (draft->to, error) && check_list (draft->cc, error) && check_list (draft->bcc, error);
}

/* What a line-wise look at a text tells of how it may travel. */
typedef struct
{
  gsize n_8bit;
  gsize longest;
  gboolean is_fragile; /* blanks at line ends, mbox separators, controls: some path would change them */
} Look;

static Look
look_at (const char *text)
{
  Look look = { 0 };
  const char *line = text;

  for (const char *p = text;; p++)
    {
      if (*p == '\n' || *p == '\0')
        {
          look.longest = MAX (look.longest, (gsize) (p - line));
          look.is_fragile = look.is_fragile || (p > line && (p[-1] == ' ' || p[-1] == '\t')) || (p - line == 1 && *line == '.')
                            || strncmp (line, "From ", 5) == 0;
          if (!*p)
            return look;
          line = p + 1;
        }
      else if ((guchar) *p >= 0x80)
        look.n_8bit++;
      else if (((guchar) *p < 0x20 && *p != '\t') || *p == 0x7f)
        look.is_fragile = TRUE;
    }
}

static void
append_crlf (GString *out, const char *text)
{
  for (const char *p = text; *p; p++)
    if (*p == '\n')
      g_string_append (out, "\r\n");
    else
      g_string_append_c (out, *p);
}

/* The encoding and what is encoded by it; with @is_flowed what is fragile is known not to matter */
static void
append_encoded (GString *out, const char *lines, Look look, gboolean is_flowed)
{
  if (look.n_8bit == 0 && look.longest <= 990 && (is_flowed || !look.is_fragile))
    {
      g_string_append (out, "Content-Transfer-Encoding: 7bit\r\n\r\n");
      append_crlf (out, lines);
    }
  else if (look.n_8bit > strlen (lines) / 3)
    {
      g_autoptr (GString) canonical = g_string_new (NULL);

      append_crlf (canonical, lines);
      g_string_append (out, "Content-Transfer-Encoding: base64\r\n\r\n");
      mime_encode_base64 (out, canonical->str, canonical->len);
    }
  else
    {
      g_string_append (out, "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
      mime_encode_quoted (out, lines, strlen (lines));
    }
}

/* A flowed text says so; a draft is kept as typed, blanks at line ends included, and says "fixed". */
static void
append_text (GString *out, const char *text, MimeBuildPurpose purpose)
{
  g_autofree char *ended = g_strconcat (text, "\n", NULL);
  g_autofree char *valid = g_utf8_make_valid (ended, -1);
  g_autofree char *lines = purpose == MIME_BUILD_FOR_SENDING ? mime_text_flow (valid) : g_steal_pointer (&valid);
  Look look = look_at (lines);
  gboolean is_flowed = purpose == MIME_BUILD_FOR_SENDING;

  /* Soft line ends are blanks by design, and the flow has stuffed what else is fragile. */
  g_string_append_printf (out, "Content-Type: text/plain; charset=%s; format=%s\r\n", look.n_8bit > 0 ? "utf-8" : "us-ascii",
                          is_flowed ? "flowed" : "fixed");
  append_encoded (out, lines, look, is_flowed);
}

static void
append_page (GString *out, const char *html)
{
  g_autofree char *document = g_strconcat ("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head><body>", html, "</body></html>", NULL);
  g_autofree char *valid = g_utf8_make_valid (document, -1);
  Look look = look_at (valid);

  g_string_append_printf (out, "Content-Type: text/html; charset=%s\r\n", look.n_8bit > 0 ? "utf-8" : "us-ascii");
  append_encoded (out, valid, look, FALSE);
}

static gboolean
is_sane_type (const char *type)
{
  const char *slash = strchr (type, '/');

  if (!slash || slash == type || !slash[1] || strlen (type) > 120 || g_str_has_prefix (type, "multipart/"))
    return FALSE;
  for (const char *p = type; *p; p++)
    if (!(g_ascii_isalnum (*p) || strchr ("!#$&-^_.+", *p)) && p != slash)
      return FALSE;
  return TRUE;
}

/* Whether bytes may stand in a 7-bit body as they are and come out the same. */
static gboolean
is_7bit_crlf (const char *data, gsize length)
{
  gsize column = 0;

  for (gsize i = 0; i < length; i++, column++)
    {
      guchar c = data[i];

      if (c == '\r' && i + 1 < length && data[i + 1] == '\n')
        {
          i++;
          column = 0;
          continue;
        }
      if (c == 0 || c >= 0x80 || c == '\r' || c == '\n' || column > 990)
        return FALSE;
    }
  return TRUE;
}

static void
append_file (GString *out, const MimeDraftFile *file, MimeBuildPurpose purpose)
{
  gsize length;
  const char *data = g_bytes_get_data (file->data, &length);
  const char *type = is_sane_type (file->content_type) ? file->content_type : "application/octet-stream";
  gboolean is_message = g_str_equal (type, "message/rfc822");
  gboolean as_it_is = is_message && is_7bit_crlf (data, length);

  /* base64 is forbidden for messages (RFC 2046 §5.2.1), and other encodings would not keep theirs */
  if (g_str_has_prefix (type, "message/") && !as_it_is && purpose == MIME_BUILD_FOR_SENDING)
    type = "application/octet-stream";
  g_string_append_printf (out, "Content-Type: %s\r\n", type);
  if (file->content_id)
    g_string_append_printf (out, "Content-ID: <%s>\r\n", file->content_id);
  g_string_append_printf (out, "Content-Disposition: %s", file->content_id ? "inline" : "attachment");
  mime_encode_parameter (out, "filename", file->name);
  g_string_append_printf (out, "\r\nContent-Transfer-Encoding: %s\r\n\r\n", as_it_is ? "7bit" : "base64");
  if (as_it_is)
    g_string_append_len (out, data, length); /* the boundary brings the line end that ends it */
  else
    mime_encode_base64 (out, data, length);
}

/* Multiparts: "=_" can stand in no encoded body */

static char *
begin_parts (GString *out, const char *type)
{
  char *boundary = mime_encode_random ();

  g_string_append_printf (out, "Content-Type: multipart/%s; boundary=\"=_%s\"\r\n\r\n--=_%s\r\n", type, boundary, boundary);
  return boundary;
}

static void
append_parts (GString *out, const char *boundary, const GPtrArray *files, MimeBuildPurpose purpose)
{
  for (guint i = 0; i < files->len; i++)
    {
      g_string_append_printf (out, "\r\n--=_%s\r\n", boundary);
      append_file (out, g_ptr_array_index (files, i), purpose);
    }
  g_string_append_printf (out, "\r\n--=_%s--\r\n", boundary);
}

/* The page, with its pictures beside it: RFC 2387 */
static void
append_related (GString *out, MimeDraft *draft, MimeBuildPurpose purpose)
{
  g_autofree char *boundary = draft->pictures->len > 0 ? begin_parts (out, "related; type=\"text/html\"") : NULL;

  append_page (out, draft->html);
  if (boundary)
    append_parts (out, boundary, draft->pictures, purpose);
}

/* The text first: RFC 2046 §5.1.4 has the richest form last. */
static void
append_body (GString *out, MimeDraft *draft, MimeBuildPurpose purpose)
{
  g_autofree char *text = draft->html ? mime_html_to_written_text (draft->html) : NULL;
  g_autofree char *boundary = draft->html ? begin_parts (out, "alternative") : NULL;

  if (!draft->html)
    {
      append_text (out, draft->text ? draft->text : "", purpose);
      return;
    }
  if (g_str_has_suffix (text, "\n"))
    text[strlen (text) - 1] = '\0'; /* append_text () ends the last line */
  append_text (out, text, purpose);
  g_string_append_printf (out, "\r\n--=_%s\r\n", boundary);
  append_related (out, draft, purpose);
  g_string_append_printf (out, "\r\n--=_%s--\r\n", boundary);
}

static void
append_address (GString *out, const char *name, MailAddress *address, gboolean is_draft)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  if (!address)
    return;
  g_ptr_array_add (list, address);
  mime_encode_header_addresses (out, name, list, is_draft);
}

static void
append_headers (GString *out, MimeDraft *draft, MimeBuildPurpose purpose, gint64 now, int zone_minutes)
{
  gboolean is_draft = purpose == MIME_BUILD_FOR_DRAFTS;
  const char *in_reply_to[] = { draft->in_reply_to, NULL };

  mime_encode_header_date (out, now, zone_minutes);
  append_address (out, "From", draft->from, is_draft);
  append_address (out, "Reply-To", draft->reply_to, is_draft);
  if (draft->asks_receipt)
    append_address (out, "Disposition-Notification-To", draft->from, is_draft);
  mime_encode_header_addresses (out, "To", draft->to, is_draft);
  mime_encode_header_addresses (out, "Cc", draft->cc, is_draft);
  mime_encode_header_addresses (out, "Bcc", draft->bcc, is_draft);
  mime_encode_header_text (out, "Subject", draft->subject ? draft->subject : "");
  mime_encode_header_message_id (out, draft->from ? draft->from->address : NULL);
  mime_encode_header_ids (out, "In-Reply-To", in_reply_to);
  mime_encode_header_ids (out, "References", (const char *const *) draft->references);
  g_string_append (out, "MIME-Version: 1.0\r\n");
}

GBytes *
mime_builder_build (MimeDraft *draft, MimeBuildPurpose purpose, gint64 now, int zone_minutes, GError **error)
{
  GString *out;
  g_autofree char *boundary = NULL;

  if (purpose == MIME_BUILD_FOR_SENDING && !check_for_sending (draft, error))
    return NULL;
  out = g_string_new (NULL);
  append_headers (out, draft, purpose, now, zone_minutes);
  if (draft->files->len > 0)
    boundary = begin_parts (out, "mixed");
  append_body (out, draft, purpose);
  if (boundary)
    append_parts (out, boundary, draft->files, purpose);
  return g_string_free_to_bytes (out);
}
