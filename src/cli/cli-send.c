/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "send": a raw message into the Outbox, and out. */
#include "base-error.h"
#include "cli-commands.h"
#include "cli-output.h"
#include "cli-progress.h"
#include "mime-builder.h"
#include "mime-summary.h"
#include "store-outbox.h"
#include "sync-report.h"

static StoreOutboxRecipient *
new_recipient (const char *address)
{
  StoreOutboxRecipient *recipient = g_new0 (StoreOutboxRecipient, 1);

  recipient->address = g_strdup (address);
  return recipient;
}

static void
free_recipient (gpointer data)
{
  StoreOutboxRecipient *recipient = data;

  g_free (recipient->address);
  g_free (recipient->reply);
  g_free (recipient);
}

/* The account that was named, else the one whose address sends, else the only one. */
static Account *
choose_account (CliSession *session, const char *text, const char *sender, GError **error)
{
  GListModel *accounts = G_LIST_MODEL (session->accounts);
  Account *account;

  if (text)
    return cli_session_find_account (session, text, error);
  account = account_list_find_email (session->accounts, sender);
  if (account)
    return account;
  if (g_list_model_get_n_items (accounts) == 1)
    {
      g_autoptr (Account) only = g_list_model_get_item (accounts, 0);

      return account_list_find (session->accounts, account_get_id (only));
    }
  g_set_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "No account has the address %s: use --account.", sender);
  return NULL;
}

static gint64
queue (CliSession *session, Account *account, GBytes *source, const MimeTransport *transport, GError **error)
{
  g_autoptr (MailSummary) summary = mime_summary_new (source, TRUE, g_get_real_time () / G_USEC_PER_SEC);
  g_autoptr (GPtrArray) recipients = g_ptr_array_new_with_free_func (free_recipient);
  StoreOutboxItem item = {
    .account = account_get_id (account),
    .state = STORE_OUTBOX_QUEUED,
    .sender = transport->sender,
    .recipients = recipients,
  };

  summary->flags |= MAIL_FLAG_SEEN;
  for (char **address = transport->recipients; *address; address++)
    g_ptr_array_add (recipients, new_recipient (*address));
  return store_outbox_add (session->database, source, summary, &item, 0, error);
}

/* What became of it. NULL: it is gone; otherwise why not, from the Outbox or, when nothing is said there, from the pass. */
static GError *
find_outcome (CliSession *session, gint64 message, const SyncReport *report)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (StoreOutboxItem) item = store_outbox_get (session->database, message, &local);

  if (!item)
    return g_error_matches (local, BASE_ERROR, BASE_ERROR_NOT_FOUND) ? NULL : g_steal_pointer (&local);
  if (item->error_word)
    return base_error_new_from_word (item->error_word, item->error_message, item->error_reply);
  if (report && report->errors->len > 0)
    return g_error_copy (g_ptr_array_index (report->errors, 0));
  return g_error_new_literal (BASE_ERROR, BASE_ERROR_TRY_LATER, "The message waits in the Outbox.");
}

/* The pass knows the server better than the Outbox does: of the same kind of error its own is the better one. */
static GError *
prefer (GError *outcome, const SyncReport *report)
{
  for (guint i = 0; outcome && report && i < report->errors->len; i++)
    {
      const GError *error = g_ptr_array_index (report->errors, i);

      if (g_error_matches (error, outcome->domain, outcome->code))
        {
          g_error_free (outcome);
          return g_error_copy (error);
        }
    }
  return outcome;
}

static GError *
send_now (CliSession *session, Account *account, gint64 message)
{
  g_autoptr (CliProgress) progress = cli_progress_new (session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) reports = NULL;
  GAsyncResult *place = NULL;
  GError *error = NULL;
  const SyncReport *report;

  sync_engine_run_async (session->engine, account_get_id (account), SYNC_NO_RECEIVING, session->cancellable, cli_session_on_ready, &place);
  result = cli_session_wait (session, &place);
  reports = sync_engine_run_finish (session->engine, result, &error);
  if (!reports)
    return error;
  report = reports->len > 0 ? g_ptr_array_index (reports, 0) : NULL;
  return prefer (find_outcome (session, message, report), report);
}

static CliStatus
print (CliSession *session, gint64 account, gint64 message, gboolean is_sent, const GError *error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  gboolean is_partly = g_error_matches (error, BASE_ERROR, BASE_ERROR_SOME_RECIPIENTS_REFUSED);

  if (session->json)
    {
      json_builder_begin_object (builder);
      if (error)
        cli_output_error_member (builder, "error", error, account);
      cli_output_int (builder, "account", account);
      cli_output_int (builder, "message", message);
      cli_output_boolean (builder, "sent", is_sent || is_partly);
      json_builder_end_object (builder);
      cli_output_json (builder);
    }
  else if (error)
    cli_output_error_line (error, NULL);
  else
    g_print (is_sent ? "Sent\n" : "In the Outbox\n");
  return is_partly ? CLI_PARTLY : error ? CLI_FAILED : CLI_DONE;
}

static CliStatus
run (CliSession *session, const char *path, const char *account_text, const char *password_file, gboolean later)
{
  g_autoptr (GBytes) source = NULL;
  g_autoptr (MimeTransport) transport = NULL;
  g_autoptr (GError) outcome = NULL;
  GError *error = NULL;
  Account *account;
  gint64 message;

  if (!cli_session_open_engine (session, &error) || !(source = cli_session_read_file (path, &error))
      || !(transport = mime_transport_new (source, &error))
      || !(account = choose_account (session, account_text, transport->sender, &error)))
    return cli_output_error (session, error, 0);
  if (password_file)
    {
      char *ids[] = { g_strdup_printf ("%" G_GINT64_FORMAT, account_get_id (account)), NULL };
      gboolean is_remembered = cli_session_remember_password (session, ids, password_file, &error);

      g_free (ids[0]);
      if (!is_remembered)
        return cli_output_error (session, error, account_get_id (account));
    }
  message = queue (session, account, source, transport, &error);
  if (message < 0)
    return cli_output_error (session, error, account_get_id (account));
  if (later)
    return print (session, account_get_id (account), message, FALSE, NULL);
  cli_session_catch_signals (session);
  outcome = send_now (session, account, message);
  return print (session, account_get_id (account), message, outcome == NULL, outcome);
}

CliStatus
cli_send (CliSession *session, int argc, char **argv)
{
  g_autofree char *account = NULL;
  g_autofree char *password_file = NULL;
  gboolean later = FALSE;
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &account, "Through this account; without it the one that has the sender's address", "ID" },
    { "later", 0, 0, G_OPTION_ARG_NONE, &later, "Only into the Outbox: it goes out with the next Send/Receive", NULL },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &password_file, "Use this password, for this run alone", "FILE" },
    G_OPTION_ENTRY_NULL
  };

  if (!cli_output_parse_options (session, entries, "send", "FILE|-",
                                 "Sends a raw message to everybody in its To, Cc and Bcc. The Bcc itself never leaves.", &argc, &argv))
    return CLI_USAGE;
  if (argc != 1)
    return cli_output_usage (session, "One file is wanted (- is standard input)");
  return run (session, argv[0], account, password_file, later);
}
