/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds in a message what machines say to each other. */
#include "mime-report.h"

#include <string.h>

#include "mime-text.h"

#define MAX_HEADER (64 * 1024) /* bytes of the returned mail that are looked at */
#define MAX_DETAILS 8000       /* bytes of what only the curious read */

static gboolean
is_receipt (const MimePart *part)
{
  return mime_part_is_type (part, "message/disposition-notification") || mime_part_is_type (part, "message/global-disposition-notification");
}

static gboolean
is_delivery (const MimePart *part)
{
  return mime_part_is_type (part, "message/delivery-status") || mime_part_is_type (part, "message/global-delivery-status");
}

gboolean
mime_report_is_machinery (const MimePart *part)
{
  if (!part->parent)
    return FALSE;
  if (mime_part_is_type (part->parent, "multipart/report"))
    return is_receipt (part) || is_delivery (part);
  return mime_part_is_type (part->parent, "multipart/signed")
         && (mime_part_is_type (part, "application/pgp-signature") || mime_part_is_type (part, "application/pkcs7-signature")
             || mime_part_is_type (part, "application/x-pkcs7-signature"));
}

/* The Message-ID of the mail that came back, or of its header alone */
static char *
find_returned_id (const MimePart *report)
{
  for (guint i = 0; i < report->children->len; i++)
    {
      const MimePart *part = g_ptr_array_index (report->children, i);
      g_autoptr (GByteArray) bytes = NULL;
      g_autoptr (MimePart) message = NULL;
      g_autoptr (GPtrArray) ids = NULL;
      const MimeField *field;

      if (!mime_part_is_type (part, "message/rfc822") && !mime_part_is_type (part, "message/global") && !mime_part_is_type (part, "text/rfc822-headers")
          && !mime_part_is_type (part, "message/rfc822-headers"))
        continue;
      bytes = mime_part_decode (part);
      if (bytes->len == 0)
        continue;
      message = mime_part_parse ((const char *) bytes->data, MIN (bytes->len, MAX_HEADER), NULL);
      field = mime_header_find (message->fields, "Message-ID");
      ids = g_ptr_array_new_with_free_func (g_free);
      if (field)
        mime_header_add_ids (ids, field->value, field->value_length);
      if (ids->len > 0)
        return g_strdup (g_ptr_array_index (ids, 0));
    }
  return NULL;
}

static MailReport *
read_report (const MimePart *report, char **details)
{
  for (guint i = 0; i < report->children->len; i++)
    {
      const MimePart *part = g_ptr_array_index (report->children, i);
      g_autofree char *text = NULL;
      g_autofree char *id = NULL;
      MailReport *found;

      if (!is_receipt (part) && !is_delivery (part))
        continue;
      text = mime_text_from_part (part, NULL);
      found = mail_report_parse (is_receipt (part) ? MAIL_REPORT_RECEIPT : MAIL_REPORT_DELIVERY, text);
      if (!found)
        continue;
      id = find_returned_id (report);
      mail_report_set_original (found, id);
      if (strlen (text) > MAX_DETAILS)
        text[MAX_DETAILS] = '\0';
      *details = g_utf8_make_valid (text, -1);
      return found;
    }
  return NULL;
}

MailReport *
mime_report_find (const MimePart *top, char **details)
{
  MailReport *found = NULL;

  if (!top->children)
    return NULL;
  if (mime_part_is_type (top, "multipart/report"))
    found = read_report (top, details);
  for (guint i = 0; i < top->children->len && !found; i++) /* at most MIME_PART_MAX_DEPTH deep */
    found = mime_report_find (g_ptr_array_index (top->children, i), details);
  return found;
}

static char *
dup_value (const GArray *fields, const char *name)
{
  const MimeField *field = mime_header_find (fields, name);

  return field ? mime_header_decode_line (field, NULL) : NULL;
}

/* RFC 2919, RFC 2369, RFC 3834, and what is older than they are */
static gboolean
is_to_many (const GArray *fields)
{
  static const char *const marks[] = { "List-Id", "List-Post", "List-Unsubscribe", "Mailing-List", "X-Auto-Response-Suppress" };
  g_autofree char *precedence = dup_value (fields, "Precedence");
  g_autofree char *automatic = dup_value (fields, "Auto-Submitted");

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (mime_header_find (fields, marks[i]))
      return TRUE;
  if (automatic && g_ascii_strncasecmp (automatic, "no", 2) != 0)
    return TRUE;
  return precedence && (g_ascii_strncasecmp (precedence, "bulk", 4) == 0 || g_ascii_strncasecmp (precedence, "list", 4) == 0
                        || g_ascii_strncasecmp (precedence, "junk", 4) == 0);
}

/* (nullable): the topmost, which the server that delivers has put there; without brackets */
static char *
find_return_path (const GArray *fields)
{
  g_autofree char *path = dup_value (fields, "Return-Path");
  char *open = path ? strchr (path, '<') : NULL;
  char *close = open ? strrchr (open, '>') : NULL;

  return close ? g_strndup (open + 1, (gsize) (close - open - 1)) : g_steal_pointer (&path);
}

MailReceipt *
mime_report_find_wish (const GArray *fields, const GPtrArray *from)
{
  g_autoptr (GPtrArray) wanted = NULL;
  g_autofree char *options = NULL;
  g_autofree char *return_path = NULL;

  if (!mime_header_find (fields, "Disposition-Notification-To") || is_to_many (fields))
    return NULL;
  options = dup_value (fields, "Disposition-Notification-Options");
  if (options && strcasestr (options, "required"))
    return NULL;
  wanted = mail_address_list_new ();
  for (guint i = 0; i < fields->len; i++)
    {
      const MimeField *field = &g_array_index (fields, MimeField, i);

      if (mime_field_is (field, "Disposition-Notification-To"))
        mime_header_add_addresses (wanted, field->value, field->value_length, NULL);
    }
  return_path = find_return_path (fields);
  return mail_receipt_new (wanted, from, return_path);
}
