/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message that is being written, as a value, and how a kept one is opened again. */
#include "mime-draft.h"

#include <string.h>

#include "mime-name.h"

#define MAX_CONTENT_ID 250 /* bytes */

static void
mime_draft_file_free (MimeDraftFile *file)
{
  g_free (file->name);
  g_free (file->content_type);
  g_free (file->content_id);
  g_bytes_unref (file->data);
  g_free (file);
}

MimeDraft *
mime_draft_new (void)
{
  MimeDraft *self = g_new0 (MimeDraft, 1);

  self->to = mail_address_list_new ();
  self->cc = mail_address_list_new ();
  self->bcc = mail_address_list_new ();
  self->subject = g_strdup ("");
  self->text = g_strdup ("");
  self->references = g_new0 (char *, 1);
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) mime_draft_file_free);
  self->pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) mime_draft_file_free);
  return self;
}

void
mime_draft_free (MimeDraft *self)
{
  g_clear_pointer (&self->from, mail_address_free);
  g_clear_pointer (&self->reply_to, mail_address_free);
  g_ptr_array_unref (self->to);
  g_ptr_array_unref (self->cc);
  g_ptr_array_unref (self->bcc);
  g_free (self->subject);
  g_free (self->text);
  g_free (self->html);
  g_free (self->in_reply_to);
  g_strfreev (self->references);
  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->pictures);
  g_free (self);
}

static MimeDraftFile *
make_file (const char *name, const char *content_type, GBytes *data)
{
  MimeDraftFile *file = g_new0 (MimeDraftFile, 1);

  file->content_type = g_ascii_strdown (content_type && *content_type ? content_type : "application/octet-stream", -1);
  file->name = mime_name_clean_file (name, file->content_type);
  file->data = g_bytes_ref (data);
  return file;
}

void
mime_draft_add_file (MimeDraft *self, const char *name, const char *content_type, GBytes *data)
{
  g_ptr_array_add (self->files, make_file (name, content_type, data));
}

/* RFC 2392, RFC 5322 §3.6.4; long ones are nobody's */
static gboolean
is_content_id (const char *id)
{
  gsize n = strlen (id);

  for (const char *p = id; *p; p++)
    if (!g_ascii_isgraph (*p) || strchr ("<>()[]\\\",;", *p))
      return FALSE;
  return n > 0 && n <= MAX_CONTENT_ID;
}

void
mime_draft_add_picture (MimeDraft *self, const char *content_id, const char *name, const char *content_type, GBytes *data)
{
  MimeDraftFile *file;

  if (!is_content_id (content_id))
    return;
  file = make_file (name, content_type, data);
  file->content_id = g_strdup (content_id);
  g_ptr_array_add (self->pictures, file);
}

GHashTable *
mime_draft_list_pictures (const char *html)
{
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (const char *p = strcasestr (html, "cid:"); p; p = strcasestr (p, "cid:"))
    {
      gsize length = strcspn (p += strlen ("cid:"), "\"'<> )\t\r\n");
      char *id = length <= 3 * MAX_CONTENT_ID ? g_uri_unescape_segment (p, p + length, NULL) : NULL;

      if (id)
        g_hash_table_add (ids, id);
    }
  return ids;
}

/* What a page shows belongs to it; the rest are files. */
static void
take_attachment (MimeDraft *self, GHashTable *shown, MimeAttachment *attachment, gboolean with_files)
{
  g_autoptr (GBytes) data = NULL;
  const char *id = mime_attachment_get_content_id (attachment);
  const char *type = mime_attachment_get_content_type (attachment);
  gboolean is_shown = shown && id && is_content_id (id) && g_str_has_prefix (type, "image/") && g_hash_table_contains (shown, id);

  if (!is_shown && !with_files)
    return;
  data = mime_attachment_dup_data (attachment);
  if (is_shown)
    mime_draft_add_picture (self, id, mime_attachment_get_name (attachment), type, data);
  else
    mime_draft_add_file (self, mime_attachment_get_name (attachment), type, data);
}

void
mime_draft_take_attachments (MimeDraft *self, MimeMessage *message, gboolean with_files)
{
  g_autoptr (GHashTable) shown = self->html ? mime_draft_list_pictures (self->html) : NULL;
  GListModel *attachments = mime_message_get_attachments (message);

  for (guint i = 0; i < g_list_model_get_n_items (attachments); i++)
    {
      g_autoptr (MimeAttachment) attachment = g_list_model_get_item (attachments, i);

      take_attachment (self, shown, attachment, with_files);
    }
}

/* What the builder wrote as a phrase because it was no address yet is put back where it was typed. */
static void
copy_addresses (GPtrArray *to, const GPtrArray *from)
{
  for (guint i = 0; i < from->len; i++)
    {
      const MailAddress *address = g_ptr_array_index (from, i);

      if (*address->address)
        g_ptr_array_add (to, mail_address_copy (address));
      else
        g_ptr_array_add (to, mail_address_new (NULL, address->name));
    }
}

MimeDraft *
mime_draft_from_source (GBytes *source)
{
  MimeDraft *self = mime_draft_new ();
  g_autoptr (MimeMessage) message = mime_message_new (source);
  GPtrArray *from = mime_message_get_from (message);
  g_autofree char *receipt = mime_message_dup_header (message, "Disposition-Notification-To");
  const char *const *in_reply_to = mime_message_get_in_reply_to (message);
  const char *text = mime_message_get_text (message);
  gsize length = strlen (text);

  if (from->len > 0)
    self->from = mail_address_copy (g_ptr_array_index (from, 0));
  copy_addresses (self->to, mime_message_get_to (message));
  copy_addresses (self->cc, mime_message_get_cc (message));
  copy_addresses (self->bcc, mime_message_get_bcc (message));
  g_free (self->subject);
  self->subject = g_strdup (mime_message_get_subject (message));
  g_free (self->text);
  self->text = g_strndup (text, length - (length > 0 && text[length - 1] == '\n')); /* the builder ended the last line */
  self->asks_receipt = receipt != NULL;
  self->in_reply_to = g_strdup (in_reply_to[0]);
  g_strfreev (self->references);
  self->references = g_strdupv ((char **) mime_message_get_references (message));
  self->html = g_strdup (mime_message_get_html (message));
  mime_draft_take_attachments (self, message, TRUE);
  return self;
}
