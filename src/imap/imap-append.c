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

/* RFC 6855 §4: a header in UTF-8 goes to a server that was told so with a word of its own. */
static gboolean
has_utf8_header (GBytes *message)
{
  gsize size;
  const char *data = g_bytes_get_data (message, &size);
  const char *end = size > 0 ? g_strstr_len (data, size, "\r\n\r\n") : NULL;
  gsize length = end ? (gsize) (end - data) : size;
  gboolean is_ascii = TRUE;

  for (gsize i = 0; i < length && is_ascii; i++)
    is_ascii = (guchar) data[i] < 0x80;
  return !is_ascii && g_utf8_validate (data, length, NULL);
}

static ImapCommand *
make_command (const char *wire_name, GBytes *message, MailFlags flags, gint64 received, gboolean as_utf8)
{
  ImapCommand *command = imap_command_new ("APPEND");
  g_autofree char *words = imap_flags_to_string (flags);

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
  if (!as_utf8)
    {
      imap_command_add_literal (command, message);
      return command;
    }
  imap_command_add (command, "UTF8");
  imap_command_open (command);
  imap_command_add_literal8 (command, message);
  imap_command_close (command);
  return command;
}

static void
read_appended (ImapSession *session, ImapAppended *appended)
{
  g_autofree char *arguments = NULL;
  g_autofree char *code = imap_session_dup_code (session, &arguments);

  if (g_strcmp0 (code, "APPENDUID") == 0 && arguments)
    {
      g_auto (GStrv) values = g_strsplit (arguments, " ", -1);
      guint64 uidvalidity, uid;

      if (g_strv_length (values) == 2 && g_ascii_string_to_unsigned (values[0], 10, 1, G_MAXUINT32, &uidvalidity, NULL)
          && g_ascii_string_to_unsigned (values[1], 10, 1, G_MAXUINT32, &uid, NULL))
        *appended = (ImapAppended) { uidvalidity, uid };
    }
}

static gboolean
append_as (ImapSession *session, const char *wire_name, GBytes *message, MailFlags flags, gint64 received, gboolean as_utf8, ImapAppended *appended,
           GCancellable *cancellable, GError **error)
{
  g_autoptr (ImapCommand) command = make_command (wire_name, message, flags, received, as_utf8);

  if (!imap_session_run (session, command, "the message for that folder", NULL, NULL, cancellable, error))
    return FALSE;
  read_appended (session, appended);
  return TRUE;
}

/* RFC 9755 took the word away again, so a server that does not understand it gets the message as any other. */
static gboolean
append (ImapSession *session, const char *wire_name, GBytes *message, MailFlags flags, gint64 received, ImapAppended *appended,
        GCancellable *cancellable, GError **error)
{
  if (imap_session_has_enabled (session, IMAP_CAN_UTF8_ACCEPT) && has_utf8_header (message))
    {
      g_autoptr (GError) refusal = NULL;

      if (append_as (session, wire_name, message, flags, received, TRUE, appended, cancellable, &refusal))
        return TRUE;
      if (!imap_session_is_open (session) || imap_session_get_status (session) != IMAP_STATUS_BAD)
        {
          g_propagate_error (error, g_steal_pointer (&refusal));
          return FALSE;
        }
    }
  return append_as (session, wire_name, message, flags, received, FALSE, appended, cancellable, error);
}

static gboolean
check_limit (ImapSession *session, gsize size, guint64 limit, GError **error)
{
  GError *refusal;

  if (limit == 0 || size <= limit)
    return TRUE;
  refusal = g_error_new (BASE_ERROR, BASE_ERROR_TOO_LARGE, "The message is larger than the server takes (%" G_GUINT64_FORMAT " bytes).", limit);
  imap_session_describe (session, refusal);
  g_propagate_error (error, refusal);
  return FALSE;
}

/* RFC 7889: one limit for all, or one for each mailbox. */
static gboolean
check_size (ImapSession *session, const char *wire_name, gsize size, GCancellable *cancellable, GError **error)
{
  ImapFolderStatus status = { 0 };

  if (!check_limit (session, size, imap_session_get_capabilities (session)->append_limit, error))
    return FALSE;
  if (!imap_session_can (session, IMAP_CAN_MAILBOX_LIMIT))
    return TRUE;
  return imap_folder_get_status (session, wire_name, &status, cancellable, error) && check_limit (session, size, status.append_limit, error);
}

gboolean
imap_append (ImapSession *session, const char *wire_name, GBytes *message, MailFlags flags, gint64 received, ImapAppended *appended,
             GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) mended = mend_line_ends (message);
  g_autoptr (GError) refusal = NULL;

  *appended = (ImapAppended) { 0 };
  if (!check_size (session, wire_name, g_bytes_get_size (mended), cancellable, error))
    return FALSE;
  if (append (session, wire_name, mended, flags, received, appended, cancellable, &refusal))
    return TRUE;
  if (imap_folder_create_when_asked (session, wire_name, cancellable))
    return append (session, wire_name, mended, flags, received, appended, cancellable, error);
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}
