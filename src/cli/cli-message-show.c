/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "message show" and "message save-attachment": one message, in parts or byte for byte. */
#include "cli-message.h"

#include "base-error.h"
#include "cli-output.h"
#include "cli-parse.h"
#include "store-messages.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  gboolean source;
  gboolean text;
  gboolean html;
  gboolean headers;
} Parts;

static CliStatus
print_parts (CliSession *session, GBytes *source, const Parts *parts)
{
  g_autoptr (MimeMessage) message = NULL;
  g_autofree char *headers = NULL;
  g_autoptr (GBytes) bytes = NULL;
  const char *html;

  if (parts->source)
    bytes = g_bytes_ref (source);
  else
    message = mime_message_new (source);

  if (session->json)
    cli_parse_print_json (message);
  else if (parts->text)
    bytes = g_bytes_new (mime_message_get_text (message), strlen (mime_message_get_text (message)));
  else if (parts->headers)
    {
      headers = mime_message_dup_headers (message);
      bytes = g_bytes_new (headers, strlen (headers));
    }
  else if (parts->html)
    {
      html = mime_message_get_html (message);
      if (!html)
        return cli_output_error (session, g_error_new_literal (BASE_ERROR, BASE_ERROR_NOT_FOUND, "This message has no HTML."), 0);
      bytes = g_bytes_new (html, strlen (html));
    }
  else if (!parts->source)
    cli_parse_print_text (message);
  if (bytes && !cli_output_bytes (bytes))
    return cli_output_error (session, g_error_new_literal (BASE_ERROR, BASE_ERROR_FILE, "Standard output could not be written."), 0);
  return CLI_DONE;
}

CliStatus
cli_message_show (CliSession *session, int argc, char **argv)
{
  Parts parts = { FALSE };
  const GOptionEntry entries[] = {
    { "source", 0, 0, G_OPTION_ARG_NONE, &parts.source, "The raw message, byte for byte", NULL },
    { "text", 0, 0, G_OPTION_ARG_NONE, &parts.text, "The text alone", NULL },
    { "html", 0, 0, G_OPTION_ARG_NONE, &parts.html, "The HTML as it came", NULL },
    { "headers", 0, 0, G_OPTION_ARG_NONE, &parts.headers, "All headers", NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GBytes) source = NULL;
  GError *error = NULL;
  gint64 id;

  if (!cli_output_parse_options (session, entries, "message show", "ID", "Shows one message; with --json the document of “parse”.", &argc, &argv))
    return CLI_USAGE;
  if (argc != 1)
    return cli_output_usage (session, "One message's ID is wanted");
  if (parts.source + parts.text + parts.html + parts.headers > 1)
    return cli_output_usage (session, "Only one of --source, --text, --html and --headers");
  if (parts.source && session->json)
    return cli_output_usage (session, "--source prints bytes as they are, so it excludes --json");
  if (!cli_message_parse_id (argv[0], &id, &error) || !cli_session_open_store (session, &error)
      || !(source = store_messages_load_source (session->database, id, &error)))
    return cli_output_error (session, error, 0);
  return print_parts (session, source, &parts);
}

/* A name that is free: "report.pdf", then "report (2).pdf". Nothing is written over. */
static int
create_file (const char *folder, const char *name, char **path)
{
  const char *dot = strrchr (name, '.');
  int stem = dot && dot != name ? (int) (dot - name) : (int) strlen (name);
  int fd = -1;

  for (int i = 1; fd < 0 && i < 1000; i++)
    {
      g_autofree char *numbered = i == 1 ? g_strdup (name) : g_strdup_printf ("%.*s (%d)%s", stem, name, i, name + stem);

      g_free (*path);
      *path = g_build_filename (folder, numbered, NULL);
      fd = g_open (*path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
      if (fd < 0 && errno != EEXIST)
        break;
    }
  return fd;
}

static gboolean
write_file (int fd, GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  gboolean is_good = TRUE;

  while (size > 0 && is_good)
    {
      gssize n = write (fd, data, size);

      is_good = n > 0 || (n < 0 && errno == EINTR);
      if (n > 0)
        {
          data += n;
          size -= n;
        }
    }
  return close (fd) == 0 && is_good;
}

static char *
save (MimeAttachment *attachment, const char *folder, GError **error)
{
  g_autoptr (GBytes) bytes = mime_attachment_dup_data (attachment);
  g_autofree char *path = NULL;
  int fd = create_file (folder, mime_attachment_get_name (attachment), &path);

  if (fd >= 0 && write_file (fd, bytes))
    return g_steal_pointer (&path);
  g_set_error (error, BASE_ERROR, errno == ENOSPC ? BASE_ERROR_DISK_FULL : BASE_ERROR_FILE, "%s cannot be written: %s", path, g_strerror (errno));
  if (fd >= 0)
    g_unlink (path);
  return NULL;
}

/* @number from 1; 0 for all of them */
static gboolean
save_some (MimeMessage *message, int number, const char *folder, GPtrArray *paths, GError **error)
{
  GListModel *attachments = mime_message_get_attachments (message);
  int n = g_list_model_get_n_items (attachments);

  if (number > n || n == 0)
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "This message has %d attachments.", n);
      return FALSE;
    }
  for (int i = 0; i < n; i++)
    {
      g_autoptr (MimeAttachment) attachment = g_list_model_get_item (attachments, i);
      char *path;

      if (number != 0 && number != i + 1)
        continue;
      path = save (attachment, folder, error);
      if (!path)
        return FALSE;
      g_ptr_array_add (paths, path);
    }
  return TRUE;
}

static void
print_paths (CliSession *session, GPtrArray *paths)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  g_ptr_array_add (paths, NULL);
  if (session->json)
    {
      json_builder_begin_object (builder);
      cli_output_strings (builder, "files", (const char *const *) paths->pdata);
      json_builder_end_object (builder);
      cli_output_json (builder);
      return;
    }
  for (guint i = 0; i + 1 < paths->len; i++)
    g_print ("%s\n", (const char *) g_ptr_array_index (paths, i));
}

CliStatus
cli_message_save_attachment (CliSession *session, int argc, char **argv)
{
  int number = 0;
  g_autofree char *folder = NULL;
  const GOptionEntry entries[] = {
    { "number", 0, 0, G_OPTION_ARG_INT, &number, "Only this one, from 1, in the order of “parse”", "N" },
    { "to", 0, 0, G_OPTION_ARG_FILENAME, &folder, "Into this folder; without it the current one", "DIR" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GBytes) source = NULL;
  g_autoptr (MimeMessage) message = NULL;
  GError *error = NULL;
  gint64 id;

  if (!cli_output_parse_options (session, entries, "message save-attachment", "ID", "Saves attachments as files; nothing is written over.",
                                 &argc, &argv))
    return CLI_USAGE;
  if (argc != 1 || number < 0)
    return cli_output_usage (session, argc != 1 ? "One message's ID is wanted" : "--number counts from 1");
  if (!cli_message_parse_id (argv[0], &id, &error) || !cli_session_open_store (session, &error)
      || !(source = store_messages_load_source (session->database, id, &error)))
    return cli_output_error (session, error, 0);
  message = mime_message_new (source);
  if (!save_some (message, number, folder ? folder : ".", paths, &error))
    return cli_output_error (session, error, 0);
  print_paths (session, paths);
  return CLI_DONE;
}
