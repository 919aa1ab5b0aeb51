/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes over SMTP, and to whom: from a message as kept, or from any file that somebody wants to send. */
#include "mime-builder.h"

#include <string.h>

#include "base-error.h"
#include "mime-encode.h"
#include "mime-part.h"
#include "mime-rewrite.h"

void
mime_transport_free (MimeTransport *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->sender);
  g_strfreev (self->recipients);
  g_free (self);
}

/* Bcc never leaves. Return-Path is the last server's word about another journey (RFC 5321 §4.4). */
static gboolean
may_leave (const MimeField *field)
{
  return !mime_field_is (field, "Bcc") && !mime_field_is (field, "Resent-Bcc") && !mime_field_is (field, "Return-Path");
}

static void
collect (const GPtrArray *fields, const char *name, GPtrArray *list)
{
  for (guint i = 0; i < fields->len; i++)
    {
      const MimeField *field = g_ptr_array_index (fields, i);

      if (mime_field_is (field, name))
        mime_header_add_addresses (list, field->value, field->value_length, NULL);
    }
}

static gboolean
is_resent (const GArray *fields)
{
  return mime_header_find (fields, "Resent-To") || mime_header_find (fields, "Resent-Cc") || mime_header_find (fields, "Resent-Bcc");
}

static gboolean
is_of_resending (const MimeField *field)
{
  return field->name_length > strlen ("Resent-") && g_ascii_strncasecmp (field->name, "Resent-", strlen ("Resent-")) == 0;
}

/* Who resends puts a new block on top of all that is there, with each field at most once (RFC 5322 §3.6.6): a name that comes again, or
 * another field once it was said who gets it, ends the newest block. Older ones are other people's journeys. */
static GPtrArray *
list_newest_block (const GArray *fields)
{
  GPtrArray *block = g_ptr_array_new ();
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean is_addressed = FALSE;

  for (guint i = 0; i < fields->len; i++)
    {
      const MimeField *field = &g_array_index (fields, MimeField, i);

      if (is_of_resending (field))
        {
          if (!g_hash_table_add (names, g_ascii_strdown (field->name, (gssize) field->name_length)))
            break;
          g_ptr_array_add (block, (gpointer) field);
          is_addressed = is_addressed || mime_field_is (field, "Resent-To") || mime_field_is (field, "Resent-Cc") || mime_field_is (field, "Resent-Bcc");
        }
      else if (is_addressed)
        break;
    }
  return block;
}

static GPtrArray *
list_all (const GArray *fields)
{
  GPtrArray *all = g_ptr_array_sized_new (fields->len);

  for (guint i = 0; i < fields->len; i++)
    g_ptr_array_add (all, &g_array_index (fields, MimeField, i));
  return all;
}

static gboolean
add_recipients (const GPtrArray *fields, const char *name, GPtrArray *recipients, GHashTable *seen, GError **error)
{
  g_autoptr (GPtrArray) list = mail_address_list_new ();

  collect (fields, name, list);
  for (guint i = 0; i < list->len; i++)
    {
      const MailAddress *address = g_ptr_array_index (list, i);
      char *encoded = mime_encode_address (address->address);

      if (!encoded)
        {
          g_set_error (error, BASE_ERROR, BASE_ERROR_INVALID, "“%s” is not an address that mail can be sent to.",
                       *address->address ? address->address : address->name);
          return FALSE;
        }
      if (g_hash_table_add (seen, g_utf8_casefold (encoded, -1)))
        g_ptr_array_add (recipients, encoded);
      else
        g_free (encoded);
    }
  return TRUE;
}

static char *
find_sender (const GPtrArray *fields, const char *const *names)
{
  for (; *names; names++)
    {
      g_autoptr (GPtrArray) list = mail_address_list_new ();

      collect (fields, *names, list);
      for (guint i = 0; i < list->len; i++)
        {
          char *encoded = mime_encode_address (((MailAddress *) g_ptr_array_index (list, i))->address);

          if (encoded)
            return encoded;
        }
    }
  return NULL;
}

static gboolean
read_envelope (MimeTransport *self, const GArray *fields, GError **error)
{
  static const char *const own[] = { "To", "Cc", "Bcc" }, *const resent[] = { "Resent-To", "Resent-Cc", "Resent-Bcc" };
  static const char *const senders[] = { "Sender", "From", NULL };
  static const char *const resenders[] = { "Resent-Sender", "Resent-From", NULL };
  gboolean again = is_resent (fields);
  g_autoptr (GPtrArray) all = list_all (fields);
  g_autoptr (GPtrArray) told = again ? list_newest_block (fields) : g_ptr_array_ref (all);
  g_autoptr (GPtrArray) recipients = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  self->sender = again ? find_sender (told, resenders) : NULL;
  if (!self->sender)
    self->sender = find_sender (all, senders);
  if (!self->sender)
    {
      g_set_error_literal (error, BASE_ERROR, BASE_ERROR_INVALID, "The message has no sender that mail can come from.");
      return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (own); i++)
    if (!add_recipients (told, again ? resent[i] : own[i], recipients, seen, error))
      return FALSE;
  if (recipients->len == 0)
    {
      g_set_error_literal (error, BASE_ERROR, BASE_ERROR_INVALID, "The message has no recipient.");
      return FALSE;
    }
  g_ptr_array_set_free_func (recipients, NULL);
  g_ptr_array_add (recipients, NULL);
  self->recipients = (char **) g_ptr_array_free (g_steal_pointer (&recipients), FALSE);
  return TRUE;
}

static gboolean
has_8bit (const char *data, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if ((guchar) data[i] >= 0x80)
      return TRUE;
  return FALSE;
}

static void
look_for_8bit (MimeTransport *self)
{
  gsize length, body;
  const char *data = g_bytes_get_data (self->bytes, &length);
  const char *empty_line = g_strstr_len (data, length, "\r\n\r\n"); /* mime_rewrite_message () put it there */

  body = empty_line ? (gsize) (empty_line - data) : length;
  self->needs_smtputf8 = has_8bit (data, body) || has_8bit (self->sender, strlen (self->sender));
  for (char **recipient = self->recipients; *recipient; recipient++)
    self->needs_smtputf8 = self->needs_smtputf8 || has_8bit (*recipient, strlen (*recipient));
  self->needs_8bitmime = has_8bit (data + body, length - body);
}

MimeTransport *
mime_transport_new (GBytes *source, GError **error)
{
  g_autoptr (MimeTransport) self = g_new0 (MimeTransport, 1);
  g_autoptr (MimePart) top = NULL;
  gsize length;
  const char *data = g_bytes_get_data (source, &length);

  if (!data)
    data = "";
  top = mime_part_parse (data, length, NULL);
  if (!read_envelope (self, top->fields, error))
    return NULL;
  self->bytes = g_string_free_to_bytes (mime_rewrite_message (data, length, may_leave, FALSE));
  look_for_8bit (self);
  return g_steal_pointer (&self);
}

gboolean
mime_transport_encode_7bit (MimeTransport *self, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (self->bytes, &length);
  GBytes *bytes;

  if (!self->needs_8bitmime)
    return TRUE;
  bytes = g_string_free_to_bytes (mime_rewrite_message (data, length, NULL, TRUE));
  g_bytes_unref (self->bytes);
  self->bytes = bytes;
  look_for_8bit (self);
  if (!self->needs_8bitmime)
    return TRUE;
  g_set_error_literal (error, BASE_ERROR, BASE_ERROR_INVALID,
                       "The server takes only 7-bit mail, and this message cannot be made so.");
  return FALSE;
}
