/* SPDX-License-Identifier: GPL-3.0-or-later */
/* APPEND of one message. */
#include "imap-append.h"

#include "base-error.h"
#include "imap-fetch.h"
#include "imap-folder-ops.h"

#include <string.h>

/* RFC 9051 §4.3.1 wants CRLF, and Cyrus refuses "bare newlines"; what is right already is sent as it is. */
static GBytes *
mend_line_ends (GBytes *message)
{
  gsize size;
  const char *data = g_bytes_get_data (message, &size);
  GString *mended = NULL;
  gsize start = 0;

  for (gsize i = 0; i < size; i++)
    {
      if (data[i] != '\n' || (i > 0 && data[i - 1] == '\r'))
        continue;
      if (!mended)
        mended = g_string_sized_new (size + size / 32);
      g_string_append_len (mended, data + start, i - start);
      g_string_append (mended, "\r\n");
      start = i + 1;
    }
  if (!mended)
    return g_bytes_ref (message);
  g_string_append_len (mended, data + start, size - start);
  return g_string_free_to_bytes (mended);
}

static gboolean
append (ImapSession *session, const char *wire_name, GBytes *message, MailFlags flags, gint64 received, ImapAppended *appended,
        GCancellable *cancellable, GError **error)
{
  g_autoptr (ImapCommand) command = imap_command_new ("APPEND");
  g_autofree char *words = imap_flags_to_string (flags);
  g_autofree char *code = NULL;
  g_autofree char *arguments = NULL;

  imap_command_add_wire_mailbox (command, wire_name);
  if (*words)
    {
      imap_command_open (command);
      imap_command_add (command, words);
      imap_command_close (command);
    }
  if (received > 0)
    {
      g_autofree char *date = imap_fetch_format_date (received, 0);

      imap_command_add_string (command, date);
    }
  imap_command_add_literal (command, message);
  if (!imap_session_run (session, command, "the message for that folder", NULL, NULL, cancellable, error))
    return FALSE;
  code = imap_session_dup_code (session, &arguments);
  if (g_strcmp0 (code, "APPENDUID") == 0 && arguments)
    {
      g_auto (GStrv) values = g_strsplit (arguments, " ", -1);
      guint64 uidvalidity, uid;

      if (g_strv_length (values) == 2 && g_ascii_string_to_unsigned (values[0], 10, 1, G_MAXUINT32, &uidvalidity, NULL)
          && g_ascii_string_to_unsigned (values[1], 10, 1, G_MAXUINT32, &uid, NULL))
        *appended = (ImapAppended) { uidvalidity, uid };
    }
  return TRUE;
}

gboolean
imap_append (ImapSession *session, const char *wire_name, GBytes *message, MailFlags flags, gint64 received, ImapAppended *appended,
             GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) mended = mend_line_ends (message);
  guint64 limit = imap_session_get_capabilities (session)->append_limit;
  g_autoptr (GError) refusal = NULL;

  *appended = (ImapAppended) { 0 };
  if (limit > 0 && g_bytes_get_size (mended) > limit)
    {
      refusal = g_error_new (BASE_ERROR, BASE_ERROR_TOO_LARGE, "The message is larger than the server takes (%" G_GUINT64_FORMAT " bytes).", limit);
      imap_session_describe (session, refusal);
      g_propagate_error (error, g_steal_pointer (&refusal));
      return FALSE;
    }
  if (append (session, wire_name, mended, flags, received, appended, cancellable, &refusal))
    return TRUE;
  if (imap_folder_create_when_asked (session, wire_name, cancellable))
    return append (session, wire_name, mended, flags, received, appended, cancellable, error);
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}
