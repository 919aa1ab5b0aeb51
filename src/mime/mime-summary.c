/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From bytes to the row of a message list. */
#include "mime-summary.h"

#include <gmime/gmime.h>
#include <string.h>

#include "mail-address.h"
#include "mime-body.h"
#include "mime-scan.h"

void
mime_init (void)
{
  static const char *const messages[] = { "rfc822", "rfc2822", "global", "news" };

  g_mime_init ();
  /* Attached messages are kept whole, as files are: however many lie inside each other, GMime does not look into them. */
  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    g_mime_object_register_type ("message", messages[i], GMIME_TYPE_PART);
}

static const char *
get_charset (const MimePart *top)
{
  return mime_value_get (top->type, "charset");
}

static char *
dup_first_id (const MimeField *field)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  mime_header_add_ids (ids, field->value, field->value_length);
  return ids->len > 0 ? g_strdup (g_ptr_array_index (ids, 0)) : NULL;
}

static void
read_references (MailSummary *self, const MimeField *field)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  mime_header_add_ids (ids, field->value, field->value_length);
  g_ptr_array_set_free_func (ids, NULL);
  g_ptr_array_add (ids, NULL);
  g_strfreev (self->references_ids);
  self->references_ids = (char **) g_ptr_array_free (ids, FALSE);
}

static void
read_date (MailSummary *self, const MimeField *field)
{
  g_autoptr (GDateTime) date = mime_header_parse_date (field->value, field->value_length);

  if (!date)
    return;
  self->date = g_date_time_to_unix (date);
  self->date_offset = (int) (g_date_time_get_utc_offset (date) / G_TIME_SPAN_MINUTE);
}

/* The first of each counts, but all address fields of a kind do: nobody is hidden by a second To. */
static void
read_field (MailSummary *self, const MimeField *field, const char *charset, gboolean *has_date, gboolean *has_subject, GPtrArray *cc)
{
  switch (g_ascii_tolower (*field->name))
    {
    case 'f':
      if (mime_field_is (field, "From"))
        mime_header_add_addresses (self->from, field->value, field->value_length, charset);
      break;
    case 't':
      if (mime_field_is (field, "To"))
        mime_header_add_addresses (self->to, field->value, field->value_length, charset);
      break;
    case 'c':
      if (mime_field_is (field, "Cc"))
        mime_header_add_addresses (cc, field->value, field->value_length, charset);
      break;
    case 'd':
      if (mime_field_is (field, "Date") && !*has_date)
        {
          read_date (self, field);
          *has_date = TRUE;
        }
      break;
    case 's':
      if (mime_field_is (field, "Subject") && !*has_subject)
        {
          g_free (self->subject);
          self->subject = mime_header_decode_line (field, charset);
          *has_subject = TRUE;
        }
      break;
    case 'm':
      if (mime_field_is (field, "Message-ID") && !self->message_id)
        self->message_id = dup_first_id (field);
      break;
    case 'i':
      if (mime_field_is (field, "In-Reply-To") && !self->in_reply_to)
        self->in_reply_to = dup_first_id (field);
      break;
    case 'r':
      if (mime_field_is (field, "References") && !*self->references_ids)
        read_references (self, field);
      break;
    default:
      break;
    }
}

/* Without the body only the top Content-Type can speak (the part's own type cannot: a multipart without parts counts as text). */
static gboolean
guess_attachments (const GArray *fields)
{
  const MimeField *field = mime_header_find (fields, "Content-Type");
  g_autoptr (GString) value = field ? mime_header_unfold (field->value, field->value_length) : NULL;

  return value && g_ascii_strncasecmp (value->str, "multipart/mixed", strlen ("multipart/mixed")) == 0;
}

static void
read_fields (MailSummary *self, const GArray *fields, const char *charset)
{
  g_autoptr (GPtrArray) cc = mail_address_list_new ();
  gboolean has_date = FALSE, has_subject = FALSE;

  for (guint i = 0; i < fields->len; i++)
    read_field (self, &g_array_index (fields, MimeField, i), charset, &has_date, &has_subject, cc);
  g_ptr_array_extend_and_steal (self->to, g_steal_pointer (&cc));
}

static gboolean
look_for_attachments (const MimePart *top)
{
  g_autoptr (MimeBody) body = mime_body_new (top);

  return mime_body_has_attachments (body);
}

/* By way of the whole tree of parts */
static void
read_parts (MailSummary *self, const char *data, gsize length)
{
  g_autoptr (MimePart) top = mime_part_parse (data, length, NULL);

  read_fields (self, top->fields, get_charset (top));
  self->has_attachments = self->is_whole ? look_for_attachments (top) : guess_attachments (top->fields);
}

/* What a multipart is made of, Content-* fields and the body tell: GMime need not see those before them, each of which is an object to it. */
static gboolean
read_multipart (MailSummary *self, const char *data, gsize length, GArray *fields)
{
  g_autofree char *charset = NULL;
  g_autoptr (MimePart) top = NULL;
  guint i = 0;

  if (!mime_scan (data, length, FALSE, fields, &charset))
    return FALSE;
  while (i < fields->len && g_ascii_strncasecmp (g_array_index (fields, MimeField, i).start, "Content-", 8) != 0)
    i++;
  if (i == fields->len)
    return FALSE;
  read_fields (self, fields, charset);
  top = mime_part_parse (g_array_index (fields, MimeField, i).start, data + length - g_array_index (fields, MimeField, i).start, NULL);
  self->has_attachments = look_for_attachments (top);
  return TRUE;
}

MailSummary *
mime_summary_new (GBytes *source, gboolean is_whole, gint64 received)
{
  MailSummary *self = mail_summary_new ();
  gsize length;
  const char *bytes = g_bytes_get_data (source, &length), *data = bytes ? bytes : "";
  g_autoptr (GArray) fields = g_array_new (FALSE, FALSE, sizeof (MimeField));
  g_autofree char *charset = NULL;

  self->is_whole = is_whole;
  self->received = received;
  self->date = received;
  self->size = (gint64) length;
  if (mime_scan (data, length, is_whole, fields, &charset))
    {
      read_fields (self, fields, charset);
      self->has_attachments = !is_whole && guess_attachments (fields);
    }
  else if (!is_whole || !read_multipart (self, data, length, fields))
    read_parts (self, data, length);
  return self;
}
