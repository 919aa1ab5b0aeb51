/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message made into what people read. Everything is worked out at the start, so that the object never changes afterwards. */
#include "mime-message.h"

#include <string.h>

#include "mail-address.h"
#include "mime-attachment.h"
#include "mime-body.h"
#include "mime-charset.h"
#include "mime-html-text.h"
#include "mime-report.h"
#include "mime-text.h"
#include "mime-tnef.h"

#define MAX_HEADER_LINES 1000
#define MAX_CARD_FILE (1024 * 1024) /* bytes, encoded */

struct _MimeMessage
{
  GObject parent_instance;

  GBytes *source;
  GArray *fields;        /* of MimeField, pointing into source */
  gsize header_length;
  char *charset;         /* for unencoded 8-bit headers */

  GPtrArray *from, *to, *cc, *bcc, *reply_to;
  char *subject;
  GDateTime *date;
  char *message_id;
  GPtrArray *in_reply_to; /* NULL-terminated */
  GPtrArray *references;

  char *text;
  char *html;
  GListStore *attachments;
  MailAuthentication *authentication;
  MailInvitation *invitation;
  char *calendar;
  GPtrArray *cards;
  MailReport *report;
  char *report_details;
  MailReceipt *receipt;
  MimeProtection protection;
  GPtrArray *defects;     /* NULL-terminated at the end */
};

G_DEFINE_FINAL_TYPE (MimeMessage, mime_message, G_TYPE_OBJECT)

static void
mime_message_finalize (GObject *object)
{
  MimeMessage *self = MIME_MESSAGE (object);

  g_array_unref (self->fields);
  g_bytes_unref (self->source);
  g_free (self->charset);
  g_ptr_array_unref (self->from);
  g_ptr_array_unref (self->to);
  g_ptr_array_unref (self->cc);
  g_ptr_array_unref (self->bcc);
  g_ptr_array_unref (self->reply_to);
  g_free (self->subject);
  g_clear_pointer (&self->date, g_date_time_unref);
  g_free (self->message_id);
  g_ptr_array_unref (self->in_reply_to);
  g_ptr_array_unref (self->references);
  g_free (self->text);
  g_free (self->html);
  g_object_unref (self->attachments);
  g_clear_pointer (&self->authentication, mail_authentication_free);
  g_clear_pointer (&self->invitation, mail_invitation_free);
  g_ptr_array_unref (self->cards);
  g_clear_pointer (&self->report, mail_report_free);
  g_free (self->calendar);
  g_free (self->report_details);
  g_clear_pointer (&self->receipt, mail_receipt_free);
  g_ptr_array_unref (self->defects);
  G_OBJECT_CLASS (mime_message_parent_class)->finalize (object);
}

static void
mime_message_class_init (MimeMessageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mime_message_finalize;
}

static void
mime_message_init (MimeMessage *self)
{
  self->from = mail_address_list_new ();
  self->to = mail_address_list_new ();
  self->cc = mail_address_list_new ();
  self->bcc = mail_address_list_new ();
  self->reply_to = mail_address_list_new ();
  self->in_reply_to = g_ptr_array_new_with_free_func (g_free);
  self->references = g_ptr_array_new_with_free_func (g_free);
  self->defects = g_ptr_array_new_with_free_func (g_free);
  self->attachments = g_list_store_new (MIME_TYPE_ATTACHMENT);
  self->cards = g_ptr_array_new_with_free_func ((GDestroyNotify) mail_card_free);
}

static void
read_date (MimeMessage *self, const MimeField *field)
{
  self->date = mime_header_parse_date (field->value, field->value_length);
  if (!self->date)
    mime_defects_add (self->defects, "Date that cannot be understood");
}

static void
read_addresses (MimeMessage *self, const MimeField *field)
{
  const struct { const char *name; GPtrArray *list; } lists[] = {
    { "From", self->from }, { "To", self->to }, { "Cc", self->cc }, { "Bcc", self->bcc }, { "Reply-To", self->reply_to },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    if (mime_field_is (field, lists[i].name))
      {
        if (lists[i].list == self->from && self->from->len > 0)
          mime_defects_add (self->defects, "more than one From");
        mime_header_add_addresses (lists[i].list, field->value, field->value_length, self->charset);
      }
}

static gboolean
has_8bit (const MimeField *field)
{
  for (gsize i = 0; i < field->value_length; i++)
    if ((guchar) field->value[i] >= 0x80)
      return TRUE;
  return FALSE;
}

static void
read_headers (MimeMessage *self)
{
  const MimeField *results = mime_header_find (self->fields, "Authentication-Results");
  gboolean has_date = FALSE, has_raw = FALSE, has_wrong = FALSE;

  for (guint i = 0; i < self->fields->len; i++)
    {
      const MimeField *field = &g_array_index (self->fields, MimeField, i);

      if (has_8bit (field))
        {
          has_raw = TRUE;
          has_wrong = has_wrong || !g_utf8_validate_len (field->value, field->value_length, NULL);
        }
      read_addresses (self, field);
      if (mime_field_is (field, "Date") && !has_date)
        {
          has_date = TRUE;
          read_date (self, field);
        }
      else if (mime_field_is (field, "Subject") && !self->subject)
        self->subject = mime_header_decode_line (field, self->charset);
      else if (mime_field_is (field, "In-Reply-To"))
        mime_header_add_ids (self->in_reply_to, field->value, field->value_length);
      else if (mime_field_is (field, "References"))
        mime_header_add_ids (self->references, field->value, field->value_length);
      else if (mime_field_is (field, "Message-ID") && !self->message_id)
        {
          g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

          mime_header_add_ids (ids, field->value, field->value_length);
          if (ids->len > 0)
            self->message_id = g_strdup (g_ptr_array_index (ids, 0));
        }
    }
  if (!self->subject)
    self->subject = g_strdup ("");
  self->authentication = results ? mail_authentication_parse (results->value, results->value_length) : NULL;
  if (!has_date)
    mime_defects_add (self->defects, "no Date");
  if (self->from->len == 0)
    mime_defects_add (self->defects, "no From");
  if (has_raw)
    mime_defects_add (self->defects, has_wrong ? "8-bit bytes in a header that are not UTF-8" : "UTF-8 in a header without encoding");
}

static void
append_escaped (GString *html, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append_printf (html, "<pre style=\"white-space: pre-wrap\">%s</pre>\n", escaped);
}

static void
append_paragraph (GString *text, const char *piece)
{
  if (!*piece)
    return;
  if (text->len > 0 && text->str[text->len - 1] != '\n')
    g_string_append_c (text, '\n');
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, piece);
}

static void
read_pieces (MimeMessage *self, const MimeBody *body)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) mime_uu_file_free);
  GString *text = g_string_new (NULL), *html = g_string_new (NULL);
  gboolean has_html = FALSE;

  for (guint i = 0; i < body->pieces->len; i++)
    has_html = has_html || g_array_index (body->pieces, MimePiece, i).html;
  for (guint i = 0; i < body->pieces->len; i++)
    {
      const MimePiece *piece = &g_array_index (body->pieces, MimePiece, i);
      g_autofree char *page = piece->html ? mime_text_from_part (piece->html, self->defects) : NULL;
      g_autofree char *plain = piece->plain ? mime_text_show_part (piece->plain, self->defects, files) : mime_html_to_text (page);

      append_paragraph (text, plain);
      if (page)
        g_string_append (html, page);
      else if (has_html)
        append_escaped (html, plain);
    }
  self->text = g_string_free (text, FALSE);
  self->html = g_string_free (html, !has_html);
  for (guint i = 0; i < files->len; i++)
    {
      MimeUuFile *file = g_ptr_array_index (files, i);
      g_autoptr (MimeAttachment) attachment = mime_attachment_new_data (file->name, "application/octet-stream", file->data);

      g_list_store_append (self->attachments, attachment);
    }
}

/* What is in it takes its place, where something is. */
static gboolean
unpack_tnef (GPtrArray *attachments, const MimePart *part)
{
  g_autoptr (GByteArray) decoded = NULL;
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (!mime_part_is_type (part, "application/ms-tnef") && !mime_part_is_type (part, "application/vnd.ms-tnef"))
    return FALSE;
  decoded = mime_part_decode (part);
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&decoded));
  files = mime_tnef_unpack (bytes);
  for (guint i = 0; i < files->len; i++)
    {
      const MimeTnefFile *file = g_ptr_array_index (files, i);

      g_ptr_array_add (attachments, mime_attachment_new_data (file->name, file->type ? file->type : "application/octet-stream", file->data));
    }
  return files->len > 0;
}

static void
read_invitation (MimeMessage *self, const MimePart *part)
{
  g_autofree char *text = NULL;

  if (self->invitation || (!mime_part_is_type (part, "text/calendar") && !mime_part_is_type (part, "application/ics")))
    return;
  text = mime_text_from_part (part, NULL);
  self->invitation = mail_invitation_parse (text);
  self->calendar = self->invitation ? g_steal_pointer (&text) : NULL;
}

static gboolean
is_card (const MimePart *part)
{
  g_autofree char *name = NULL;

  if (mime_part_is_type (part, "text/vcard") || mime_part_is_type (part, "text/x-vcard") || mime_part_is_type (part, "text/directory"))
    return TRUE;
  if (!mime_part_is_type (part, "application/"))
    return FALSE;
  name = mime_part_dup_file_name (part);
  return name && strlen (name) > 4 && g_ascii_strcasecmp (name + strlen (name) - 4, ".vcf") == 0;
}

/* Those that say who somebody is; a file of very many is an address book, to be imported. */
static void
read_cards (MimeMessage *self, const MimePart *part)
{
  g_autoptr (GByteArray) bytes = NULL;
  g_autoptr (GPtrArray) cards = NULL;

  if (self->cards->len >= MIME_MESSAGE_MAX_CARDS || part->body == part->end || part->end - part->body > MAX_CARD_FILE || !is_card (part))
    return;
  bytes = mime_part_decode (part);
  cards = mail_card_parse_list ((const char *) bytes->data, bytes->len);
  for (guint i = 0; i < cards->len && self->cards->len < MIME_MESSAGE_MAX_CARDS; i++)
    {
      const MailCard *card = g_ptr_array_index (cards, i);
      g_autofree char *name = mail_card_dup_name (card);

      if (*name && !mail_card_is_group (card))
        g_ptr_array_add (self->cards, mail_card_copy (card));
    }
}

static void
read_extras (MimeMessage *self, const MimeBody *body)
{
  g_autoptr (GPtrArray) attachments = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < body->extras->len; i++)
    {
      const MimeExtra *extra = &g_array_index (body->extras, MimeExtra, i);

      read_invitation (self, extra->part);
      read_cards (self, extra->part);
      if (!unpack_tnef (attachments, extra->part))
        g_ptr_array_add (attachments, mime_attachment_new_part (self->source, extra->part, extra->is_inline));
    }
  g_list_store_splice (self->attachments, 0, 0, attachments->pdata, attachments->len);
}

MimeMessage *
mime_message_new (GBytes *source)
{
  MimeMessage *self = g_object_new (MIME_TYPE_MESSAGE, NULL);
  gsize length;
  const char *data = g_bytes_get_data (source, &length);
  g_autoptr (MimePart) top = NULL;
  g_autoptr (MimeBody) body = NULL;

  self->source = g_bytes_ref (source);
  if (!data)
    data = "";
  top = mime_part_parse (data, length, self->defects);
  self->fields = g_array_ref (top->fields);
  self->header_length = top->body - data;
  self->charset = g_strdup (mime_value_get (top->type, "charset"));
  read_headers (self);
  g_ptr_array_add (self->in_reply_to, NULL);
  g_ptr_array_add (self->references, NULL);
  body = mime_body_new (top);
  read_pieces (self, body);
  read_extras (self, body);
  self->protection = mime_body_find_protection (top);
  self->report = mime_report_find (top, &self->report_details);
  self->receipt = self->report ? NULL : mime_report_find_wish (self->fields, self->from);
  g_ptr_array_add (self->defects, NULL);
  return self;
}

GBytes *
mime_message_get_source (MimeMessage *self)
{
  return self->source;
}

GPtrArray *
mime_message_get_from (MimeMessage *self)
{
  return self->from;
}

GPtrArray *
mime_message_get_to (MimeMessage *self)
{
  return self->to;
}

GPtrArray *
mime_message_get_cc (MimeMessage *self)
{
  return self->cc;
}

GPtrArray *
mime_message_get_bcc (MimeMessage *self)
{
  return self->bcc;
}

GPtrArray *
mime_message_get_reply_to (MimeMessage *self)
{
  return self->reply_to;
}

const char *
mime_message_get_subject (MimeMessage *self)
{
  return self->subject;
}

GDateTime *
mime_message_get_date (MimeMessage *self)
{
  return self->date;
}

const char *
mime_message_get_message_id (MimeMessage *self)
{
  return self->message_id;
}

const char *const *
mime_message_get_in_reply_to (MimeMessage *self)
{
  return (const char *const *) self->in_reply_to->pdata;
}

const char *const *
mime_message_get_references (MimeMessage *self)
{
  return (const char *const *) self->references->pdata;
}

char *
mime_message_dup_header (MimeMessage *self, const char *name)
{
  const MimeField *field = mime_header_find (self->fields, name);

  return field ? mime_header_decode_line (field, self->charset) : NULL;
}

char **
mime_message_dup_header_lines (MimeMessage *self)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();

  for (guint i = 0; i < MIN (self->fields->len, MAX_HEADER_LINES); i++)
    {
      const MimeField *field = &g_array_index (self->fields, MimeField, i);
      g_autofree char *name = g_utf8_make_valid (field->name, (gssize) field->name_length);
      g_autofree char *value = mime_header_decode_line (field, self->charset);
      g_autofree char *line = g_strconcat (name, ": ", value, NULL);

      g_strv_builder_add (lines, line);
    }
  return g_strv_builder_end (lines);
}

char *
mime_message_dup_headers (MimeMessage *self)
{
  const char *data = g_bytes_get_data (self->source, NULL);
  g_autofree char *text = mime_charset_to_utf8 (data ? data : "", self->header_length, NULL, NULL);
  char *out = text;

  for (const char *p = text; *p; p++)
    if (*p != '\r' && ((guchar) *p >= 0x20 || *p == '\n' || *p == '\t') && *p != 0x7f)
      *out++ = *p;
  while (out > text + 1 && out[-1] == '\n' && out[-2] == '\n') /* the empty line is the body's */
    out--;
  *out = '\0';
  return g_steal_pointer (&text);
}

const char *
mime_message_get_text (MimeMessage *self)
{
  return self->text;
}

const char *
mime_message_get_html (MimeMessage *self)
{
  return self->html;
}

GListModel *
mime_message_get_attachments (MimeMessage *self)
{
  return G_LIST_MODEL (self->attachments);
}

const MailAuthentication *
mime_message_get_authentication (MimeMessage *self)
{
  return self->authentication;
}

const MailInvitation *
mime_message_get_invitation (MimeMessage *self)
{
  return self->invitation;
}

const char *
mime_message_get_calendar (MimeMessage *self)
{
  return self->calendar;
}

GPtrArray *
mime_message_get_cards (MimeMessage *self)
{
  return self->cards;
}

MimeProtection
mime_message_get_protection (MimeMessage *self)
{
  return self->protection;
}

const MailReport *
mime_message_get_report (MimeMessage *self)
{
  return self->report;
}

const char *
mime_message_get_report_details (MimeMessage *self)
{
  return self->report_details;
}

const MailReceipt *
mime_message_get_receipt (MimeMessage *self)
{
  return self->receipt;
}

const char *const *
mime_message_get_defects (MimeMessage *self)
{
  return (const char *const *) self->defects->pdata;
}
