/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "search": the messages that a query or a saved search finds, over all accounts or in one folder. */
#include "base-error.h"
#include "cli-message.h"
#include "cli-output.h"
#include "cli-saved.h"
#include "store-folders.h"
#include "store-index-repair.h"
#include "store-search.h"
#include "sync-index.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  gint64 folder;  /* 0: all */
  gint64 limit;   /* -1: all */
  char *sort;
  char *saved;    /* its name, instead of a query */
} Options;

/* A long catching up is shown; a few messages are not worth a line. */
static void
on_progress (gint64 done, gint64 total, gpointer data)
{
  gboolean *is_shown = data;

  if (!isatty (STDERR_FILENO) || total < 1000)
    return;
  *is_shown = TRUE;
  fprintf (stderr, "\r\033[KIndexed %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " messages", done, total);
}

static gboolean
catch_up (CliSession *session, GError **error)
{
  gboolean is_shown = FALSE;
  gboolean is_good = sync_index_catch_up (session->store, TRUE, on_progress, &is_shown, session->cancellable, error);

  if (is_shown)
    fputs ("\r\033[K", stderr);
  return is_good;
}

/* One more than wanted, to know whether there are more */
static GArray *
find (CliSession *session, MailQuery *query, const Options *options, GError **error)
{
  g_autoptr (StoreDatabase) database = store_search_open (session->store, error);
  StoreSearch search = {
    .query = query,
    .narrow = { .folder = options->folder },
    .best_first = g_strcmp0 (options->sort, "best") == 0,
    .limit = options->limit >= 0 ? (guint) MIN (options->limit, G_MAXINT32) + 1 : 0,
  };

  return database ? store_search_ids (database, &search, session->cancellable, error) : NULL;
}

static gboolean
print (CliSession *session, const GArray *ids, gsize n, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  cli_output_int (builder, "total", n);
  cli_output_boolean (builder, "has_more", n < ids->len);
  json_builder_set_member_name (builder, "messages");
  json_builder_begin_array (builder);
  if (!cli_message_list_rows (session, builder, (const gint64 *) ids->data, n, error))
    return FALSE;
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (session->json)
    cli_output_json (builder);
  return TRUE;
}

/* A saved search brings its folder along. */
static MailQuery *
make_query (CliSession *session, const char *text, Options *options, GError **error)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (StoreSaved) saved = options->saved ? cli_saved_find (session, options->saved, error) : NULL;

  if (!options->saved)
    return mail_query_parse (text, FALSE, g_get_real_time () / G_USEC_PER_SEC, zone);
  if (!saved)
    return NULL;
  options->folder = saved->folder;
  return store_saved_parse (saved);
}

static gboolean
search (CliSession *session, const char *text, Options *options, GError **error)
{
  g_autoptr (MailQuery) query = make_query (session, text, options, error);
  g_autoptr (StoreFolder) folder = NULL;
  g_autoptr (GError) failure = NULL;
  g_autoptr (GArray) ids = NULL;

  if (!query)
    return FALSE;
  if (options->folder != 0)
    {
      folder = store_folders_get (session->database, options->folder, error);
      if (!folder)
        return FALSE;
    }
  ids = catch_up (session, error) ? find (session, query, options, &failure) : NULL;
  if (failure && store_index_repair (session->database, failure)) /* damaged: built anew, and asked again */
    {
      g_clear_error (&failure);
      ids = catch_up (session, error) ? find (session, query, options, &failure) : NULL;
    }
  if (failure)
    g_propagate_error (error, g_steal_pointer (&failure));
  return ids && print (session, ids, options->limit >= 0 ? MIN ((gsize) options->limit, ids->len) : ids->len, error);
}

static CliStatus
run (CliSession *session, char **argv, Options *options)
{
  g_autofree char *text = g_strjoinv (" ", argv);
  GError *error = NULL;

  if (*argv && options->saved)
    return cli_output_usage (session, "Either a query or --saved");
  if (options->saved && options->folder != 0)
    return cli_output_usage (session, "A saved search has its own folder: --folder cannot be added");
  if (!*argv && !options->saved)
    return cli_output_usage (session, "What is to be found?");
  if (options->limit < -1)
    return cli_output_usage (session, "--limit cannot be negative");
  if (options->sort && !g_str_equal (options->sort, "newest") && !g_str_equal (options->sort, "best"))
    return cli_output_usage (session, "“%s” is no value for --sort: newest or best", options->sort);
  if (!cli_session_open_store (session, &error))
    return cli_output_error (session, error, 0);
  cli_session_catch_signals (session);
  return search (session, text, options, &error) ? CLI_DONE : cli_output_error (session, error, 0);
}

CliStatus
cli_search (CliSession *session, int argc, char **argv)
{
  Options options = { .limit = -1 };
  const GOptionEntry entries[] = {
    { "folder", 0, 0, G_OPTION_ARG_INT64, &options.folder, "Only in this folder", "F" },
    { "saved", 0, 0, G_OPTION_ARG_STRING, &options.saved, "What this saved search finds, instead of a query", "NAME|ID" },
    { "limit", 0, 0, G_OPTION_ARG_INT64, &options.limit, "At most so many; without it all", "N" },
    { "sort", 0, 0, G_OPTION_ARG_STRING, &options.sort, "newest (without it) or best", "BY" },
    G_OPTION_ENTRY_NULL
  };
  CliStatus status = CLI_USAGE;

  if (cli_output_parse_options (session, entries, "search", "QUERY|--saved NAME",
                                "Finds messages, newest first. A query is words, \"phrases\", -not, OR between two, prefix*, and from: to: subject: body: "
                                "attachment: has:attachment is:unread|read|flagged|answered|draft in:FOLDER before: after: (2026-11-22, 2026-11, "
                                "2026, today, yesterday, 7d) larger: smaller: (20k, 5M). What is not indexed yet is indexed first. Put -- before a "
                                "query that begins with -.", &argc, &argv))
    status = run (session, argv, &options);
  g_free (options.sort);
  g_free (options.saved);
  return status;
}
