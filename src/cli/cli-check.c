/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "check": proves the database whole. */
#include "base-error.h"
#include "cli-commands.h"
#include "cli-output.h"
#include "store-check.h"

#include <stdio.h>
#include <unistd.h>

typedef struct
{
  gint64 n_messages;
  gboolean shows_progress;
  gint64 last_shown;
} Check;

/* In the store's thread */
static void
on_progress (gint64 done, gint64 total, gpointer data)
{
  Check *check = data;
  gint64 now = g_get_monotonic_time ();

  if (!check->shows_progress || (done < total && now - check->last_shown < G_USEC_PER_SEC / 10))
    return;
  check->last_shown = now;
  fprintf (stderr, "\r\033[KLooked at %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " messages", done, total);
}

static gpointer
check_store (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Check *check = data;

  return store_check (database, &check->n_messages, on_progress, check, cancellable, error);
}

static void
add_error (JsonBuilder *builder, const GPtrArray *faults)
{
  g_autoptr (GError) error = g_error_new (BASE_ERROR, BASE_ERROR_STORE_DAMAGED, "The database has %u faults.", faults->len);

  cli_output_error_member (builder, "error", error, 0);
}

static void
print_json (const Check *check, const GPtrArray *faults)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  if (faults->len > 0)
    add_error (builder, faults);
  cli_output_int (builder, "messages", check->n_messages);
  json_builder_set_member_name (builder, "faults");
  json_builder_begin_array (builder);
  for (guint i = 0; i < faults->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (faults, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  cli_output_json (builder);
}

static void
print_text (const Check *check, const GPtrArray *faults)
{
  for (guint i = 0; i < faults->len; i++)
    g_print ("%s\n", (const char *) g_ptr_array_index (faults, i));
  if (faults->len == 0)
    g_print ("%" G_GINT64_FORMAT " messages, all whole.\n", check->n_messages);
  else
    g_print ("%" G_GINT64_FORMAT " messages, %u faults.\n", check->n_messages, faults->len);
}

CliStatus
cli_check (CliSession *session, int argc, char **argv)
{
  Check check = { .shows_progress = isatty (STDERR_FILENO) };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) faults = NULL;
  GAsyncResult *place = NULL;
  GError *error = NULL;

  if (!cli_output_parse_options (session, NULL, "check", NULL, "Verifies the database, every source, every count, the search index.", &argc, &argv))
    return CLI_USAGE;
  if (argc > 0)
    return cli_output_usage (session, "Unexpected argument “%s”", argv[0]);
  if (!cli_session_open_store (session, &error))
    return cli_output_error (session, error, 0);
  cli_session_catch_signals (session);
  store_run_async (session->store, check_store, &check, NULL, (GDestroyNotify) g_ptr_array_unref, session->cancellable,
                   cli_session_on_ready, &place);
  result = cli_session_wait (session, &place);
  faults = store_run_finish (session->store, result, &error);
  if (check.last_shown != 0)
    fputs ("\r\033[K", stderr);
  if (!faults)
    return cli_output_error (session, error, 0);
  if (session->json)
    print_json (&check, faults);
  else
    print_text (&check, faults);
  return faults->len == 0 ? CLI_DONE : CLI_FAILED;
}
