/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "message list": a folder's messages, in order, as many as wanted. */
#include "cli-message.h"

#include "base-error.h"
#include "cli-output.h"
#include "mail-address.h"
#include "store-folders.h"
#include "store-messages.h"

#define CHUNK 500 /* rows in memory at a time */

typedef struct
{
  gint64 limit; /* -1: all */
  gint64 offset;
  char *sort;
  gboolean is_ascending;
  gboolean only_unread;
} Options;

static gboolean
parse_sort (const char *word, StoreSort *sort)
{
  static const struct { const char *word; StoreSort sort; } sorts[] = {
    { "date", STORE_SORT_DATE }, { "received", STORE_SORT_RECEIVED }, { "from", STORE_SORT_FROM },
    { "to", STORE_SORT_TO }, { "subject", STORE_SORT_SUBJECT }, { "size", STORE_SORT_SIZE },
  };

  *sort = STORE_SORT_DATE;
  if (!word)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (sorts); i++)
    if (g_str_equal (word, sorts[i].word))
      {
        *sort = sorts[i].sort;
        return TRUE;
      }
  return FALSE;
}

static void
add_row (JsonBuilder *builder, const MailSummary *row)
{
  json_builder_begin_object (builder);
  cli_output_int (builder, "id", row->id);
  cli_output_int (builder, "folder", row->folder);
  cli_output_string (builder, "message_id", row->message_id);
  cli_output_string (builder, "subject", row->subject);
  cli_output_addresses (builder, "from", row->from);
  cli_output_addresses (builder, "to", row->to);
  cli_output_time (builder, "date", row->date, row->date_offset);
  cli_output_local_time (builder, "received", row->received);
  cli_output_int (builder, "size", row->size);
  cli_output_boolean (builder, "seen", row->flags & MAIL_FLAG_SEEN);
  cli_output_boolean (builder, "flagged", row->flags & MAIL_FLAG_FLAGGED);
  cli_output_boolean (builder, "answered", row->flags & MAIL_FLAG_ANSWERED);
  cli_output_boolean (builder, "draft", row->flags & MAIL_FLAG_DRAFT);
  cli_output_boolean (builder, "has_attachments", row->has_attachments);
  cli_output_int (builder, "thread", row->thread);
  cli_output_boolean (builder, "whole", row->is_whole);
  json_builder_end_object (builder);
}

static void
print_row (const MailSummary *row)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_local (row->received != 0 ? row->received : row->date);
  g_autofree char *when = date ? g_date_time_format (date, "%Y-%m-%d %H:%M") : g_strdup ("");
  g_autofree char *from = cli_output_cell (row->from->len > 0 ? mail_address_get_label (g_ptr_array_index (row->from, 0)) : "", 24);
  g_autofree char *subject = cli_output_cell (row->subject, 60);
  g_autofree char *size = g_format_size (row->size);

  g_print ("%8" G_GINT64_FORMAT " %c%c%c %-16s  %s  %s %s\n", row->id, row->flags & MAIL_FLAG_SEEN ? ' ' : '*',
           row->flags & MAIL_FLAG_FLAGGED ? '!' : ' ', row->has_attachments ? '@' : ' ', when, from, subject, size);
}

/* Rows are loaded a chunk at a time, so that a folder of any size can be listed. */
gboolean
cli_message_list_rows (CliSession *session, JsonBuilder *builder, const gint64 *ids, gsize n_ids, GError **error)
{
  for (gsize start = 0; start < n_ids; start += CHUNK)
    {
      g_autoptr (GPtrArray) rows = store_messages_get_rows (session->database, ids + start, MIN (CHUNK, n_ids - start), error);

      if (!rows)
        return FALSE;
      for (guint i = 0; i < rows->len; i++)
        {
          const MailSummary *row = g_ptr_array_index (rows, i);

          if (!row) /* gone in between */
            continue;
          if (session->json)
            add_row (builder, row);
          else
            print_row (row);
        }
    }
  return TRUE;
}

static gboolean
list (CliSession *session, const StoreQuery *query, const Options *options, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (StoreFolder) folder = store_folders_get (session->database, query->folder, error);
  g_autoptr (GArray) ids = folder ? store_messages_list_ids (session->database, query, error) : NULL;
  gsize first, n;

  if (!ids)
    return FALSE;
  first = MIN ((gsize) options->offset, ids->len);
  n = options->limit < 0 ? ids->len - first : MIN ((gsize) options->limit, ids->len - first);
  json_builder_begin_object (builder);
  cli_output_int (builder, "total", ids->len);
  json_builder_set_member_name (builder, "messages");
  json_builder_begin_array (builder);
  if (!cli_message_list_rows (session, builder, (const gint64 *) ids->data + first, n, error))
    return FALSE;
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (session->json)
    cli_output_json (builder);
  return TRUE;
}

static CliStatus
run (CliSession *session, int argc, char **argv, const Options *options)
{
  StoreQuery query = { .is_ascending = options->is_ascending, .only_unread = options->only_unread };
  GError *error = NULL;

  if (argc != 1)
    return cli_output_usage (session, "One folder's ID is wanted");
  if (!parse_sort (options->sort, &query.sort))
    return cli_output_usage (session, "“%s” is no value for --sort: date, received, from, to, subject or size", options->sort);
  if (options->limit < -1 || options->offset < 0)
    return cli_output_usage (session, "--limit and --offset cannot be negative");
  if (!g_ascii_string_to_signed (argv[0], 10, 1, G_MAXINT64, &query.folder, NULL))
    return cli_output_error (session, g_error_new (BASE_ERROR, BASE_ERROR_NOT_FOUND, "There is no folder %s.", argv[0]), 0);
  if (!cli_session_open_store (session, &error) || !list (session, &query, options, &error))
    return cli_output_error (session, error, 0);
  return CLI_DONE;
}

CliStatus
cli_message_list (CliSession *session, int argc, char **argv)
{
  Options options = { .limit = -1 };
  const GOptionEntry entries[] = {
    { "limit", 0, 0, G_OPTION_ARG_INT64, &options.limit, "At most so many; without it all", "N" },
    { "offset", 0, 0, G_OPTION_ARG_INT64, &options.offset, "Leave out so many first", "N" },
    { "sort", 0, 0, G_OPTION_ARG_STRING, &options.sort, "date (without it), received, from, to, subject or size", "BY" },
    { "ascending", 0, 0, G_OPTION_ARG_NONE, &options.is_ascending, "Smallest, oldest, A first", NULL },
    { "unread", 0, 0, G_OPTION_ARG_NONE, &options.only_unread, "Only what is unread", NULL },
    G_OPTION_ENTRY_NULL
  };
  CliStatus status = CLI_USAGE;

  if (cli_output_parse_options (session, entries, "message list", "FOLDER", "Lists a folder's messages, newest first.", &argc, &argv))
    status = run (session, argc, argv, &options);
  g_free (options.sort);
  return status;
}
