/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "sync": one Send/Receive, or with --watch one after the other. */
#include "cli-commands.h"
#include "cli-output.h"
#include "cli-progress.h"
#include "sync-index.h"
#include "sync-report.h"

#define DEFAULT_WATCH_MINUTES 10

typedef struct
{
  gboolean watch;
  gboolean headers_only;
  gboolean index;
  char *password_file;
} Options;

static void
add_report (JsonBuilder *builder, CliSession *session, const SyncReport *report)
{
  Account *account = account_list_find (session->accounts, report->account);

  json_builder_begin_object (builder);
  cli_output_int (builder, "account", report->account);
  cli_output_string (builder, "email", account ? account_get_email (account) : NULL);
  cli_output_int (builder, "new", report->n_new);
  cli_output_int (builder, "deleted", report->n_deleted);
  cli_output_int (builder, "flags_changed", report->n_flags_changed);
  cli_output_int (builder, "sent", report->n_sent);
  cli_output_int (builder, "bytes_in", report->bytes_in);
  cli_output_int (builder, "bytes_out", report->bytes_out);
  cli_output_int (builder, "round_trips", report->round_trips);
  json_builder_set_member_name (builder, "seconds");
  json_builder_add_double_value (builder, report->seconds);
  json_builder_set_member_name (builder, "errors");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->errors->len; i++)
    cli_output_error_member (builder, NULL, g_ptr_array_index (report->errors, i), report->account);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/* Nothing was done for any account: failed. Something was, and something failed: partly. */
static CliStatus
judge (const GPtrArray *reports)
{
  guint n_failed = 0;
  gboolean is_anything_done = FALSE;

  for (guint i = 0; i < reports->len; i++)
    {
      const SyncReport *report = g_ptr_array_index (reports, i);

      if (report->errors->len > 0)
        n_failed++;
      if (report->errors->len == 0 || report->n_new + report->n_sent + report->n_deleted + report->n_flags_changed > 0)
        is_anything_done = TRUE;
    }
  return n_failed == 0 ? CLI_DONE : is_anything_done ? CLI_PARTLY : CLI_FAILED;
}

static void
add_first_error (JsonBuilder *builder, const GPtrArray *reports)
{
  for (guint i = 0; i < reports->len; i++)
    {
      const SyncReport *report = g_ptr_array_index (reports, i);

      if (report->errors->len > 0)
        {
          cli_output_error_member (builder, "error", g_ptr_array_index (report->errors, 0), report->account);
          return;
        }
    }
}

static void
print_json (CliSession *session, const GPtrArray *reports, CliStatus status)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  if (status == CLI_FAILED)
    add_first_error (builder, reports);
  json_builder_set_member_name (builder, "accounts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < reports->len; i++)
    add_report (builder, session, g_ptr_array_index (reports, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  cli_output_json (builder);
}

static void
print_lines (CliSession *session, const GPtrArray *reports)
{
  for (guint i = 0; i < reports->len; i++)
    {
      const SyncReport *report = g_ptr_array_index (reports, i);
      Account *account = account_list_find (session->accounts, report->account);
      const char *title = account ? account_get_title (account) : "?";

      g_print ("%s: %u new, %u sent", title, report->n_new, report->n_sent);
      if (report->n_deleted > 0)
        g_print (", %u deleted", report->n_deleted);
      if (report->n_flags_changed > 0)
        g_print (", %u marked elsewhere", report->n_flags_changed);
      g_print (" (%.1f s)\n", report->seconds);
      for (guint j = 0; j < report->errors->len; j++)
        cli_output_error_line (g_ptr_array_index (report->errors, j), title);
    }
}

/* One pass over those accounts, side by side; NULL with an error only when it was cancelled. */
static GPtrArray *
run_pass (CliSession *session, GPtrArray *ids, SyncOptions options, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) sync_report_free);
  g_autofree GAsyncResult **places = g_new0 (GAsyncResult *, ids->len + 1);
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
  return is_good ? g_steal_pointer (&all) : NULL;
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

/* What several passes did, added up per account. */
static void
add_up (GPtrArray *totals, GPtrArray *reports)
{
  for (guint i = 0; i < reports->len; i++)
    {
      const SyncReport *report = g_ptr_array_index (reports, i);
      SyncReport *total = NULL;

      for (guint j = 0; j < totals->len && !total; j++)
        if (((SyncReport *) g_ptr_array_index (totals, j))->account == report->account)
          total = g_ptr_array_index (totals, j);
      if (!total)
        g_ptr_array_add (totals, total = sync_report_new (report->account));
      g_ptr_array_set_size (total->errors, 0); /* those of the last pass count */
      sync_report_add (total, report);
    }
}

static guint
find_interval (CliSession *session, GPtrArray *ids)
{
  guint minutes = G_MAXUINT;

  for (guint i = 0; i < ids->len; i++)
    {
      Account *account = account_list_find (session->accounts, *(gint64 *) g_ptr_array_index (ids, i));

      if (account && account_get_check_minutes (account) > 0)
        minutes = MIN (minutes, account_get_check_minutes (account));
    }
  return (minutes == G_MAXUINT ? DEFAULT_WATCH_MINUTES : minutes) * 60;
}

/* A server that wants time to pass between two logins gets it. */
static guint
find_longest_delay (const GPtrArray *reports)
{
  guint delay = 0;

  for (guint i = 0; i < reports->len; i++)
    delay = MAX (delay, ((const SyncReport *) g_ptr_array_index (reports, i))->login_delay);
  return delay;
}

static gboolean
on_time (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
on_news (SyncEngine *engine, gint64 account, gpointer data)
{
  *(gboolean *) data = TRUE;
}

/* Or until a server says that there is news */
static void
sleep_until_next (CliSession *session, guint seconds)
{
  gboolean is_time = FALSE, has_news = FALSE;
  guint timer = g_timeout_add_seconds (seconds, on_time, &is_time);
  gulong news = g_signal_connect (session->engine, "news", G_CALLBACK (on_news), &has_news);

  while (!is_time && !has_news && !session->was_interrupted)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (session->engine, news);
  if (!is_time)
    g_source_remove (timer);
}

/* Until SIGINT, which is how it is meant to end. */
static CliStatus
watch (CliSession *session, GPtrArray *ids, SyncOptions options)
{
  g_autoptr (GPtrArray) totals = g_ptr_array_new_with_free_func ((GDestroyNotify) sync_report_free);
  guint interval = find_interval (session, ids);

  sync_engine_set_watching (session->engine, TRUE);
  while (!session->was_interrupted)
    {
      g_autoptr (GPtrArray) reports = run_pass (session, ids, options, NULL);

      guint delay;

      if (!reports)
        break;
      delay = find_longest_delay (reports);
      if (session->json)
        add_up (totals, reports);
      else
        print_lines (session, reports);
      sleep_until_next (session, MAX (interval, delay));
    }
  if (session->json)
    print_json (session, totals, CLI_DONE);
  return CLI_DONE;
}

static CliStatus
sync_once (CliSession *session, GPtrArray *ids, SyncOptions options)
{
  g_autoptr (CliProgress) progress = cli_progress_new (session);
  g_autoptr (GPtrArray) reports = NULL;
  GError *error = NULL;
  CliStatus status;

  reports = run_pass (session, ids, options, &error);
  g_clear_pointer (&progress, cli_progress_free);
  if (!reports)
    return cli_output_error (session, error, 0);
  status = judge (reports);
  if (session->json)
    print_json (session, reports, status);
  else
    print_lines (session, reports);
  return status;
}

/* The search index is built beside it, and is complete when this returns. */
static CliStatus
sync_with_index (CliSession *session, GPtrArray *ids, SyncOptions options, gboolean watches)
{
  g_autoptr (SyncIndex) index = sync_index_new (session->store);
  g_autoptr (GError) error = NULL;
  CliStatus status;

  sync_index_start (index);
  status = watches ? watch (session, ids, options) : sync_once (session, ids, options);
  sync_index_stop (index);
  if (!sync_index_catch_up (session->store, NULL, NULL, session->cancellable, &error) && !session->was_interrupted)
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
  if (options->index)
    return sync_with_index (session, ids, sync_options, options->watch);
  return options->watch ? watch (session, ids, sync_options) : sync_once (session, ids, sync_options);
}

CliStatus
cli_sync (CliSession *session, int argc, char **argv)
{
  Options options = { 0 };
  const GOptionEntry entries[] = {
    { "watch", 0, 0, G_OPTION_ARG_NONE, &options.watch, "Stay until interrupted: look for mail as often as the accounts say, and at once when an IMAP server tells of some", NULL },
    { "headers-only", 0, 0, G_OPTION_ARG_NONE, &options.headers_only, "Bodies come later", NULL },
    { "index", 0, 0, G_OPTION_ARG_NONE, &options.index, "Build the search index meanwhile, and end when it is complete", NULL },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &options.password_file, "Use this password, for this run alone", "FILE|-" },
    G_OPTION_ENTRY_NULL
  };
  CliStatus status = CLI_USAGE;

  if (cli_output_parse_options (session, entries, "sync", "[ID…]",
                                "One Send/Receive for those accounts, or for all: what waits in the Outbox goes out, then IMAP servers hear what was changed here, and mail comes in.",
                                &argc, &argv))
    status = run (session, argv, &options);
  g_free (options.password_file);
  return status;
}
