/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "parse": what a raw message says, no account needed. */
#include "cli-parse.h"

#include "cli-commands.h"
#include "cli-output.h"
#include "mail-address.h"

static void
add_attachments (JsonBuilder *builder, GListModel *attachments)
{
  json_builder_set_member_name (builder, "attachments");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (attachments); i++)
    {
      g_autoptr (MimeAttachment) attachment = g_list_model_get_item (attachments, i);
      g_autofree char *sha256 = mime_attachment_dup_sha256 (attachment);

      json_builder_begin_object (builder);
      cli_output_string (builder, "name", mime_attachment_get_name (attachment));
      cli_output_string (builder, "type", mime_attachment_get_content_type (attachment));
      cli_output_int (builder, "size", mime_attachment_get_size (attachment));
      cli_output_string (builder, "disposition", mime_attachment_get_disposition (attachment));
      cli_output_string (builder, "content_id", mime_attachment_get_content_id (attachment));
      cli_output_string (builder, "sha256", sha256);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

void
cli_parse_print_json (MimeMessage *message)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  cli_output_string (builder, "subject", mime_message_get_subject (message));
  cli_output_addresses (builder, "from", mime_message_get_from (message));
  cli_output_addresses (builder, "to", mime_message_get_to (message));
  cli_output_addresses (builder, "cc", mime_message_get_cc (message));
  cli_output_addresses (builder, "bcc", mime_message_get_bcc (message));
  cli_output_addresses (builder, "reply_to", mime_message_get_reply_to (message));
  cli_output_date (builder, "date", mime_message_get_date (message));
  cli_output_string (builder, "message_id", mime_message_get_message_id (message));
  cli_output_strings (builder, "in_reply_to", mime_message_get_in_reply_to (message));
  cli_output_strings (builder, "references", mime_message_get_references (message));
  cli_output_string (builder, "text", mime_message_get_text (message));
  cli_output_string (builder, "html", mime_message_get_html (message));
  add_attachments (builder, mime_message_get_attachments (message));
  cli_output_strings (builder, "defects", mime_message_get_defects (message));
  json_builder_end_object (builder);
  cli_output_json (builder);
}

static void
print_addresses (const char *name, const GPtrArray *addresses)
{
  g_autofree char *text = mail_address_list_to_string (addresses);

  if (*text)
    g_print ("%s: %s\n", name, text);
}

void
cli_parse_print_text (MimeMessage *message)
{
  GListModel *attachments = mime_message_get_attachments (message);
  GDateTime *date = mime_message_get_date (message);
  g_autofree char *when = date ? g_date_time_format (date, "%a, %d %b %Y %H:%M:%S %z") : NULL;

  print_addresses ("From", mime_message_get_from (message));
  print_addresses ("To", mime_message_get_to (message));
  print_addresses ("Cc", mime_message_get_cc (message));
  if (when)
    g_print ("Date: %s\n", when);
  g_print ("Subject: %s\n\n%s", mime_message_get_subject (message), mime_message_get_text (message));
  if (!g_str_has_suffix (mime_message_get_text (message), "\n"))
    g_print ("\n");
  for (guint i = 0; i < g_list_model_get_n_items (attachments); i++)
    {
      g_autoptr (MimeAttachment) attachment = g_list_model_get_item (attachments, i);
      g_autofree char *size = g_format_size (mime_attachment_get_size (attachment));

      g_print ("[%u] %s (%s, %s)\n", i + 1, mime_attachment_get_name (attachment), mime_attachment_get_content_type (attachment), size);
    }
}

CliStatus
cli_parse (CliSession *session, int argc, char **argv)
{
  g_autoptr (GBytes) source = NULL;
  g_autoptr (MimeMessage) message = NULL;
  GError *error = NULL;

  if (!cli_output_parse_options (session, NULL, "parse", "FILE|-", "Shows what a raw message says.", &argc, &argv))
    return CLI_USAGE;
  if (argc != 1)
    return cli_output_usage (session, "One file is wanted (- is standard input)");
  source = cli_session_read_file (argv[0], &error);
  if (!source)
    return cli_output_error (session, error, 0);
  message = mime_message_new (source);
  if (session->json)
    cli_parse_print_json (message);
  else
    cli_parse_print_text (message);
  return CLI_DONE;
}
