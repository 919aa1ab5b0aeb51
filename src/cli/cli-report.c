/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a pass did, and what servers refused in it: as a document, and as lines for people. */
#include "cli-report.h"

#include "base-error.h"
#include "cli-output.h"
#include "store-replay.h"
#include "sync-report.h"

#include <stdio.h>

void
cli_report_free (CliReport *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->reports);
  g_ptr_array_unref (self->refusals);
  g_free (self);
}

/* A log that cannot be read is not worth failing a pass for: the next command that needs the database says so. */
static GPtrArray *
list_refusals (CliSession *session, gint64 account)
{
  GPtrArray *refusals = store_replay_list_refusals (session->database, account, NULL);

  return refusals ? refusals : g_ptr_array_new_with_free_func ((GDestroyNotify) store_refusal_free);
}

gint64
cli_report_find_last_refusal (CliSession *session, GPtrArray *ids)
{
  gint64 last = 0;

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (GPtrArray) refusals = list_refusals (session, *(gint64 *) g_ptr_array_index (ids, i));

      if (refusals->len > 0)
        last = MAX (last, ((const StoreRefusal *) g_ptr_array_index (refusals, 0))->id);
    }
  return last;
}

CliReport *
cli_report_new (CliSession *session, GPtrArray *reports, gint64 last_refusal)
{
  CliReport *self = g_new0 (CliReport, 1);

  self->reports = reports;
  self->refusals = g_ptr_array_new_with_free_func ((GDestroyNotify) store_refusal_free);
  for (guint i = 0; i < reports->len; i++)
    {
      g_autoptr (GPtrArray) refusals = list_refusals (session, ((const SyncReport *) g_ptr_array_index (reports, i))->account);

      while (refusals->len > 0 && ((const StoreRefusal *) g_ptr_array_index (refusals, 0))->id > last_refusal)
        g_ptr_array_add (self->refusals, g_ptr_array_steal_index (refusals, 0));
    }
  return self;
}

static gboolean
has_refusals (const CliReport *self, gint64 account)
{
  for (guint i = 0; i < self->refusals->len; i++)
    if (((const StoreRefusal *) g_ptr_array_index (self->refusals, i))->account == account)
      return TRUE;
  return FALSE;
}

/* The engine counts a refusal among the errors too; a person need not read it twice. */
static gboolean
is_refusal (const CliReport *self, const SyncReport *report, const GError *error)
{
  for (guint i = 0; i < self->refusals->len; i++)
    {
      const StoreRefusal *refusal = g_ptr_array_index (self->refusals, i);

      if (refusal->account == report->account && g_strcmp0 (refusal->error_message, error->message) == 0)
        return TRUE;
    }
  return FALSE;
}

CliStatus
cli_report_judge (const CliReport *self)
{
  guint n_failed = 0;
  gboolean is_anything_done = FALSE;

  for (guint i = 0; i < self->reports->len; i++)
    {
      const SyncReport *report = g_ptr_array_index (self->reports, i);

      if (report->errors->len > 0)
        n_failed++;
      if (report->errors->len == 0 || has_refusals (self, report->account) || report->n_new + report->n_sent + report->n_deleted + report->n_flags_changed > 0)
        is_anything_done = TRUE;
    }
  if (n_failed == 0 && self->refusals->len == 0)
    return CLI_DONE;
  return is_anything_done ? CLI_PARTLY : CLI_FAILED;
}

static const char *
get_operation_word (StoreOperationKind kind)
{
  switch (kind)
    {
    case STORE_OPERATION_MARK:
      return "mark";
    case STORE_OPERATION_MOVE:
      return "move";
    case STORE_OPERATION_COPY:
      return "copy";
    case STORE_OPERATION_DELETE:
      return "delete";
    case STORE_OPERATION_APPEND:
      return "append";
    case STORE_OPERATION_CREATE_FOLDER:
      return "create-folder";
    case STORE_OPERATION_RENAME_FOLDER:
      return "rename-folder";
    case STORE_OPERATION_DELETE_FOLDER:
      return "delete-folder";
    case STORE_OPERATION_MOVE_FOLDER:
      return "move-folder";
    }
  return "unknown";
}

static GError *
dup_error (CliSession *session, const StoreRefusal *refusal)
{
  GError *error = base_error_new_from_word (refusal->error_word, refusal->error_message, refusal->error_reply);
  Account *account = account_list_find (session->accounts, refusal->account);

  if (account)
    base_error_set_server (error, account_get_host (account, ACCOUNT_INCOMING), account_get_port (account, ACCOUNT_INCOMING), NULL);
  return error;
}

static void
add_id (JsonBuilder *builder, const char *name, gint64 id)
{
  json_builder_set_member_name (builder, name);
  if (id > 0)
    json_builder_add_int_value (builder, id);
  else
    json_builder_add_null_value (builder);
}

static void
add_refusal (JsonBuilder *builder, CliSession *session, const StoreRefusal *refusal)
{
  g_autoptr (GError) error = dup_error (session, refusal);

  json_builder_begin_object (builder);
  cli_output_string (builder, "operation", get_operation_word (refusal->kind));
  add_id (builder, "message", refusal->message);
  add_id (builder, "folder", refusal->folder);
  add_id (builder, "target", refusal->target);
  cli_output_string (builder, "name", refusal->name);
  cli_output_local_time (builder, "created", refusal->created);
  cli_output_error_member (builder, "error", error, refusal->account);
  json_builder_end_object (builder);
}

static void
add_report (JsonBuilder *builder, CliSession *session, const CliReport *self, const SyncReport *report)
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
  if (report->alert)
    cli_output_string (builder, "alert", report->alert);
  json_builder_set_member_name (builder, "errors");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->errors->len; i++)
    cli_output_error_member (builder, NULL, g_ptr_array_index (report->errors, i), report->account);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "refused");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->refusals->len; i++)
    {
      const StoreRefusal *refusal = g_ptr_array_index (self->refusals, i);

      if (refusal->account == report->account)
        add_refusal (builder, session, refusal);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_first_error (JsonBuilder *builder, const CliReport *self)
{
  for (guint i = 0; i < self->reports->len; i++)
    {
      const SyncReport *report = g_ptr_array_index (self->reports, i);

      if (report->errors->len > 0)
        {
          cli_output_error_member (builder, "error", g_ptr_array_index (report->errors, 0), report->account);
          return;
        }
    }
}

static void
print_json (const CliReport *self, CliSession *session)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  if (cli_report_judge (self) == CLI_FAILED)
    add_first_error (builder, self);
  json_builder_set_member_name (builder, "accounts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->reports->len; i++)
    add_report (builder, session, self, g_ptr_array_index (self->reports, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  cli_output_json (builder);
}

static void
print_refusal (CliSession *session, const StoreRefusal *refusal, const char *title)
{
  g_autoptr (GError) error = dup_error (session, refusal);
  g_autofree char *what = g_strdup_printf ("%s: refused and undone: %s “%s”", title, get_operation_word (refusal->kind), refusal->name ? refusal->name : "");

  cli_output_error_line (error, what);
}

static void
print_lines (const CliReport *self, CliSession *session)
{
  for (guint i = 0; i < self->reports->len; i++)
    {
      const SyncReport *report = g_ptr_array_index (self->reports, i);
      Account *account = account_list_find (session->accounts, report->account);
      const char *title = account ? account_get_title (account) : "?";

      g_print ("%s: %u new, %u sent", title, report->n_new, report->n_sent);
      if (report->n_deleted > 0)
        g_print (", %u deleted", report->n_deleted);
      if (report->n_flags_changed > 0)
        g_print (", %u marked elsewhere", report->n_flags_changed);
      g_print (" (%.1f s)\n", report->seconds);
      if (report->alert)
        g_print ("  The server says: %s\n", report->alert);
      for (guint j = 0; j < report->errors->len; j++)
        if (!is_refusal (self, report, g_ptr_array_index (report->errors, j)))
          cli_output_error_line (g_ptr_array_index (report->errors, j), title);
      for (guint j = 0; j < self->refusals->len; j++)
        if (((const StoreRefusal *) g_ptr_array_index (self->refusals, j))->account == report->account)
          print_refusal (session, g_ptr_array_index (self->refusals, j), title);
    }
}

void
cli_report_print (const CliReport *self, CliSession *session)
{
  if (session->json)
    print_json (self, session);
  else
    print_lines (self, session);
  fflush (stdout);
}
