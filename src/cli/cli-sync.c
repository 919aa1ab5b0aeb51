/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "sync": one Send/Receive, or with --watch one after the other. */
#include "cli-commands.h"
#include "cli-output.h"
#include "cli-progress.h"
#include "cli-report.h"
#include "cli-watch.h"
#include "sync-expiry.h"
#include "sync-index.h"
#include "sync-rules.h"
#include "sync-report.h"

typedef struct
{
  gboolean watch;
  gboolean headers_only;
  gboolean index;
  char *password_file;
} Options;

/* One pass over those accounts, side by side; NULL with an error only when it was cancelled. */
static CliReport *
run_pass (CliSession *session, GPtrArray *ids, SyncOptions options, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) sync_report_free);
  g_autofree GAsyncResult **places = g_new0 (GAsyncResult *, ids->len + 1);
  gint64 last_refusal = cli_report_find_last_refusal (session, ids);
  gboolean is_good = TRUE;

  for (guint i = 0; i < ids->len; i++)
    sync_engine_run_async (session->engine, *(gint64 *) g_ptr_array_index (ids, i), options, session->cancellable,
                           cli_session_on_ready, &places[i]);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (GAsyncResult) result = cli_session_wait (session, &places[i]);
      g_autoptr (GPtrArray) reports = sync_engine_run_finish (session->engine, result, is_good ? error : NULL);

      is_good = is_good && reports;
      for (; reports && reports->len > 0;)
        g_ptr_array_add (all, g_ptr_array_steal_index (reports, 0));
    }
  return is_good ? cli_report_new (session, g_steal_pointer (&all), last_refusal) : NULL;
}

static gboolean
collect_ids (CliSession *session, char **argv, GPtrArray *ids, GError **error)
{
  GListModel *accounts = G_LIST_MODEL (session->accounts);
  guint n_accounts = *argv ? 0 : g_list_model_get_n_items (accounts);

  for (; *argv; argv++)
    {
      Account *account = cli_session_find_account (session, *argv, error);
      gint64 id = account ? account_get_id (account) : 0;

      if (!account)
        return FALSE;
      g_ptr_array_add (ids, g_memdup2 (&id, sizeof id));
    }
  for (guint i = 0; i < n_accounts; i++)
    {
      g_autoptr (Account) account = g_list_model_get_item (accounts, i);
      gint64 id = account_get_id (account);

      g_ptr_array_add (ids, g_memdup2 (&id, sizeof id));
    }
  return TRUE;
}

static CliReport *
run_watched (CliSession *session, GPtrArray *ids, gpointer data)
{
  return run_pass (session, ids, *(SyncOptions *) data, NULL);
}

static CliStatus
sync_once (CliSession *session, GPtrArray *ids, SyncOptions options)
{
  CliProgress *progress = cli_progress_new (session);
  GError *error = NULL;
  g_autoptr (CliReport) report = run_pass (session, ids, options, &error);

  cli_progress_free (progress);
  if (!report)
    return cli_output_error (session, error, 0);
  cli_report_print (report, session);
  return cli_report_judge (report);
}

static CliStatus
sync_mail (CliSession *session, GPtrArray *ids, SyncOptions options, gboolean watches)
{
  if (!watches)
    return sync_once (session, ids, options);
  cli_watch_run (session, ids, run_watched, &options);
  return CLI_DONE;
}

/* What came is sorted by the rules, as in the window. */
static CliStatus
sort_mail (CliSession *session, CliStatus status)
{
  g_autoptr (SyncRules) rules = sync_rules_new (session->store, session->accounts);
  g_autoptr (GError) error = NULL;

  if (sync_rules_catch_up (rules, session->cancellable, &error) || session->was_interrupted)
    return status;
  cli_output_error_line (error, "rules");
  return status == CLI_DONE ? CLI_PARTLY : status;
}

/* So is what the accounts want gone from Deleted and Junk by now. */
static CliStatus
clear_old_mail (CliSession *session, CliStatus status)
{
  g_autoptr (SyncExpiry) expiry = sync_expiry_new (session->store, session->accounts, session->trace);
  g_autoptr (GError) error = NULL;

  if (session->was_interrupted || sync_expiry_catch_up (expiry, g_get_real_time () / G_USEC_PER_SEC, &error) >= 0)
    return status;
  cli_output_error_line (error, "old mail");
  return status == CLI_DONE ? CLI_PARTLY : status;
}

/* The search index is built beside it, and is complete when this returns. */
static CliStatus
sync_with_index (CliSession *session, GPtrArray *ids, SyncOptions options, gboolean watches)
{
  g_autoptr (SyncIndex) index = sync_index_new (session->store);
  g_autoptr (GError) error = NULL;
  CliStatus status;

  sync_index_start (index);
  status = sync_mail (session, ids, options, watches);
  sync_index_stop (index);
  if (!sync_index_catch_up (session->store, FALSE, NULL, NULL, session->cancellable, &error) && !session->was_interrupted)
    {
      cli_output_error_line (error, "search index");
      status = status == CLI_DONE ? CLI_PARTLY : status;
    }
  return status;
}

static CliStatus
run (CliSession *session, char **argv, const Options *options)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  SyncOptions sync_options = options->headers_only ? SYNC_HEADERS_ONLY : SYNC_DEFAULT;
  GError *error = NULL;

  if (!cli_session_open_engine (session, &error) || !collect_ids (session, argv, ids, &error)
      || (options->password_file && !cli_session_remember_password (session, argv, options->password_file, &error)))
    return cli_output_error (session, error, 0);
  cli_session_catch_signals (session);
  return clear_old_mail (session, sort_mail (session, options->index ? sync_with_index (session, ids, sync_options, options->watch)
                                                      : sync_mail (session, ids, sync_options, options->watch)));
}

CliStatus
cli_sync (CliSession *session, int argc, char **argv)
{
  Options options = { 0 };
  const GOptionEntry entries[] = {
    { "watch", 0, 0, G_OPTION_ARG_NONE, &options.watch, "Stay until interrupted: look for mail as often as the accounts say, and at once when an IMAP server tells of some. With --json one line a pass", NULL },
    { "headers-only", 0, 0, G_OPTION_ARG_NONE, &options.headers_only, "Bodies come later", NULL },
    { "index", 0, 0, G_OPTION_ARG_NONE, &options.index, "Build the search index meanwhile, and end when it is complete", NULL },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &options.password_file, "Use this password, for this run alone", "FILE|-" },
    G_OPTION_ENTRY_NULL
  };
  CliStatus status = CLI_USAGE;

  if (cli_output_parse_options (session, entries, "sync", "[ID…]",
                                "One Send/Receive for those accounts, or for all: what waits in the Outbox goes out, then IMAP servers hear what was changed here, and mail comes in and is sorted by the rules. What accounts want gone from Deleted and Junk after some days goes.",
                                &argc, &argv))
    status = run (session, argv, &options);
  g_free (options.password_file);
  return status;
}
