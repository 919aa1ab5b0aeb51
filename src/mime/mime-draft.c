/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message that is being written, as a value, and how a kept one is opened again. */
#include "mime-draft.h"

#include <string.h>

#include "mime-message.h"
#include "mime-name.h"

static void
mime_draft_file_free (MimeDraftFile *file)
{
  g_free (file->name);
  g_free (file->content_type);
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
  g_free (self->in_reply_to);
  g_strfreev (self->references);
  g_ptr_array_unref (self->files);
  g_free (self);
}

void
mime_draft_add_file (MimeDraft *self, const char *name, const char *content_type, GBytes *data)
{
  MimeDraftFile *file = g_new (MimeDraftFile, 1);

  file->content_type = g_ascii_strdown (content_type && *content_type ? content_type : "application/octet-stream", -1);
  file->name = mime_name_clean_file (name, file->content_type);
  file->data = g_bytes_ref (data);
  g_ptr_array_add (self->files, file);
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
  GListModel *attachments = mime_message_get_attachments (message);
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
  for (guint i = 0; i < g_list_model_get_n_items (attachments); i++)
    {
      g_autoptr (MimeAttachment) attachment = g_list_model_get_item (attachments, i);
      g_autoptr (GBytes) data = mime_attachment_dup_data (attachment);

      mime_draft_add_file (self, mime_attachment_get_name (attachment), mime_attachment_get_content_type (attachment), data);
    }
  return self;
}
