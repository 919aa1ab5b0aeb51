/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "account list", "check", "set", "remove". */
#include "base-error.h"
#include "cli-commands.h"
#include "cli-output.h"
#include "cli-settings.h"
#include "store-folders.h"

static char *
format_leave (Account *account)
{
  static const char *const words[] = { "always", "never", "until-deleted" };

  if (account_get_leave (account) == ACCOUNT_LEAVE_DAYS)
    return g_strdup_printf ("days=%u", account_get_leave_days (account));
  return g_strdup (words[account_get_leave (account)]);
}

static char *
format_keep (Account *account)
{
  int days = account_get_keep_days (account);

  return days > 0 ? g_strdup_printf ("days=%d", days) : g_strdup (days == 0 ? "opened" : "all");
}

/* What only one of the protocols has */
static void
add_protocol_settings (JsonBuilder *builder, Account *account)
{
  g_autofree char *leave = format_leave (account);
  g_autofree char *keep = format_keep (account);

  cli_output_string (builder, "leave_on_server", leave);
  if (account_get_protocol (account) != ACCOUNT_IMAP)
    return;
  cli_output_string (builder, "keep_here", keep);
  cli_output_boolean (builder, "watch_inbox", account_get_watches (account));
}

static void
add_server (JsonBuilder *builder, Account *account, AccountDirection direction)
{
  json_builder_set_member_name (builder, direction == ACCOUNT_INCOMING ? "incoming" : "outgoing");
  json_builder_begin_object (builder);
  if (direction == ACCOUNT_INCOMING)
    cli_output_string (builder, "protocol", account_get_protocol (account) == ACCOUNT_IMAP ? "imap" : "pop3");
  cli_output_string (builder, "host", account_get_host (account, direction));
  cli_output_int (builder, "port", account_get_port (account, direction));
  cli_output_string (builder, "security", mail_security_to_word (account_get_security (account, direction)));
  cli_output_string (builder, "user", account_get_user (account, direction));
  if (direction == ACCOUNT_OUTGOING)
    cli_output_boolean (builder, "authenticates", account_get_outgoing_authenticates (account));
  json_builder_end_object (builder);
}

static void
add_account (JsonBuilder *builder, Account *account)
{
  json_builder_begin_object (builder);
  cli_output_int (builder, "id", account_get_id (account));
  cli_output_string (builder, "title", account_get_title (account));
  cli_output_string (builder, "name", account_get_person_name (account));
  cli_output_string (builder, "email", account_get_email (account));
  add_server (builder, account, ACCOUNT_INCOMING);
  add_server (builder, account, ACCOUNT_OUTGOING);
  cli_output_boolean (builder, "same_password", account_get_same_password (account));
  add_protocol_settings (builder, account);
  cli_output_int (builder, "headers_above", account_get_headers_above (account));
  cli_output_int (builder, "check_minutes", account_get_check_minutes (account));
  cli_output_int (builder, "deleted_days", account_get_deleted_days (account));
  cli_output_int (builder, "junk_days", account_get_junk_days (account));
  cli_output_boolean (builder, "ca_file", account_get_ca_pem (account) != NULL);
  cli_output_strings (builder, "certificate_exceptions", account_get_certificate_exceptions (account));
  json_builder_end_object (builder);
}

static void
print_account (Account *account)
{
  g_print ("%" G_GINT64_FORMAT "  %s%s%s%s  %s %s:%u (%s)  SMTP %s:%u (%s)\n", account_get_id (account), account_get_title (account),
           g_str_equal (account_get_title (account), account_get_email (account)) ? "" : " <",
           g_str_equal (account_get_title (account), account_get_email (account)) ? "" : account_get_email (account),
           g_str_equal (account_get_title (account), account_get_email (account)) ? "" : ">",
           account_get_protocol (account) == ACCOUNT_IMAP ? "IMAP" : "POP3",
           account_get_host (account, ACCOUNT_INCOMING), account_get_port (account, ACCOUNT_INCOMING),
           mail_security_to_word (account_get_security (account, ACCOUNT_INCOMING)),
           account_get_host (account, ACCOUNT_OUTGOING), account_get_port (account, ACCOUNT_OUTGOING),
           mail_security_to_word (account_get_security (account, ACCOUNT_OUTGOING)));
}

static CliStatus
cli_account_list (CliSession *session, int argc, char **argv)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  GError *error = NULL;
  guint n;

  if (!cli_output_parse_options (session, NULL, "account list", NULL, "Lists the accounts and their servers.", &argc, &argv))
    return CLI_USAGE;
  if (argc > 0)
    return cli_output_usage (session, "Unexpected argument “%s”", argv[0]);
  if (!cli_session_open_accounts (session, &error))
    return cli_output_error (session, error, 0);

  n = g_list_model_get_n_items (G_LIST_MODEL (session->accounts));
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "accounts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (Account) account = g_list_model_get_item (G_LIST_MODEL (session->accounts), i);

      if (session->json)
        add_account (builder, account);
      else
        print_account (account);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (session->json)
    cli_output_json (builder);
  return CLI_DONE;
}

/* The one account that a command is about: argv[0] */
static Account *
open_one (CliSession *session, int argc, char **argv, gboolean (*open) (CliSession *, GError **), CliStatus *status)
{
  GError *error = NULL;
  Account *account;

  if (argc != 1)
    {
      *status = cli_output_usage (session, "One account's ID is wanted");
      return NULL;
    }
  account = open (session, &error) ? cli_session_find_account (session, argv[0], &error) : NULL;
  if (!account)
    *status = cli_output_error (session, error, 0);
  return account;
}

static GError *
check_direction (CliSession *session, Account *account, AccountDirection direction)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *place = NULL;
  GError *error = NULL;

  sync_engine_check_async (session->engine, account, direction, NULL, session->cancellable, cli_session_on_ready, &place);
  result = cli_session_wait (session, &place);
  sync_engine_check_finish (session->engine, result, &error);
  return error;
}

static void
add_check (JsonBuilder *builder, const char *name, const GError *error, gint64 account)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  cli_output_boolean (builder, "ok", error == NULL);
  if (error)
    cli_output_error_member (builder, "error", error, account);
  json_builder_end_object (builder);
}

static void
print_check (CliSession *session, Account *account, const GError *in, const GError *out)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  gint64 id = account_get_id (account);

  if (!session->json)
    {
      g_print ("Receiving: %s\nSending: %s\n", in ? "failed" : "works", out ? "failed" : "works");
      if (in)
        cli_output_error_line (in, "Receiving");
      if (out)
        cli_output_error_line (out, "Sending");
      return;
    }
  json_builder_begin_object (builder);
  cli_output_int (builder, "account", id);
  if (in && out)
    cli_output_error_member (builder, "error", in, id);
  add_check (builder, "receiving", in, id);
  add_check (builder, "sending", out, id);
  json_builder_end_object (builder);
  cli_output_json (builder);
}

static CliStatus
cli_account_check (CliSession *session, int argc, char **argv)
{
  g_autofree char *password_file = NULL;
  const GOptionEntry entries[] = {
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &password_file, "Use this password, for this run alone", "FILE|-" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GError) in = NULL;
  g_autoptr (GError) out = NULL;
  GError *error = NULL;
  CliStatus status;
  Account *account;

  if (!cli_output_parse_options (session, entries, "account check", "ID", "Logs in to both servers and leaves again.", &argc, &argv))
    return CLI_USAGE;
  account = open_one (session, argc, argv, cli_session_open_engine, &status);
  if (!account)
    return status;
  if (password_file && !cli_session_remember_password (session, argv, password_file, &error))
    return cli_output_error (session, error, 0);
  cli_session_catch_signals (session);
  in = check_direction (session, account, ACCOUNT_INCOMING);
  out = check_direction (session, account, ACCOUNT_OUTGOING);
  print_check (session, account, in, out);
  return in && out ? CLI_FAILED : in || out ? CLI_PARTLY : CLI_DONE;
}

static gboolean
replace_password (CliSession *session, Account *account, AccountDirection direction, const char *path, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *place = NULL;
  char *password = path ? cli_session_read_password (path, error) : NULL;

  if (!password)
    return path == NULL;
  account_secrets_store_async (session->secrets, account, direction, password, session->cancellable, cli_session_on_ready, &place);
  result = cli_session_wait (session, &place);
  account_secrets_free_password (password);
  return account_secrets_store_finish (session->secrets, result, error);
}

static CliStatus
cli_account_set (CliSession *session, int argc, char **argv)
{
  g_auto (CliSettings) settings;
  g_autofree GOptionEntry *entries = NULL;
  g_autoptr (Account) copy = NULL;
  GError *error = NULL;
  CliStatus status;
  Account *account;

  cli_settings_init (&settings);
  entries = cli_settings_get_entries (&settings);
  if (!cli_output_parse_options (session, entries, "account set", "ID --key value…", "Changes an account's settings.", &argc, &argv))
    return CLI_USAGE;
  account = open_one (session, argc, argv, cli_session_open_accounts, &status);
  if (!account)
    return status;
  copy = account_copy (account);
  if (!cli_settings_apply (&settings, copy, &error) && g_error_matches (error, BASE_ERROR, BASE_ERROR_INVALID))
    {
      status = cli_output_usage (session, "%s", error->message);
      g_error_free (error);
      return status;
    }
  if (error || !account_list_save (session->accounts, copy, &error)
      || !replace_password (session, account, ACCOUNT_INCOMING, settings.password_file, &error)
      || !replace_password (session, account, ACCOUNT_OUTGOING, settings.smtp_password_file, &error))
    return cli_output_error (session, error, account_get_id (copy));
  if (session->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      add_account (builder, account);
      cli_output_json (builder);
    }
  return CLI_DONE;
}

/* A password that cannot be taken out now is said, and keeps nothing else from going. */
static void
clear_passwords (CliSession *session, Account *account)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *place = NULL;

  account_secrets_clear_async (session->secrets, account, session->cancellable, cli_session_on_ready, &place);
  result = cli_session_wait (session, &place);
  if (!account_secrets_clear_finish (session->secrets, result, &error)
      && !g_error_matches (error, BASE_ERROR, BASE_ERROR_NO_SECRET_SERVICE))
    g_printerr ("The password stays in the keyring: %s\n", error->message);
}

static CliStatus
cli_account_remove (CliSession *session, int argc, char **argv)
{
  gboolean delete_mail = FALSE;
  const GOptionEntry entries[] = {
    { "delete-mail", 0, 0, G_OPTION_ARG_NONE, &delete_mail, "Its mail goes too", NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (Account) account = NULL;
  GError *error = NULL;
  CliStatus status;
  gint64 id;

  if (!cli_output_parse_options (session, entries, "account remove", "ID [--delete-mail]",
                                 "Removes an account and its password. Its mail stays, in “On this computer”.", &argc, &argv))
    return CLI_USAGE;
  account = open_one (session, argc, argv, cli_session_open_store, &status);
  if (!account)
    return status;
  g_object_ref (account);
  id = account_get_id (account);
  clear_passwords (session, account);
  /* Next to each other: between the two, an app that runs would make the folders anew. */
  if (!store_folders_remove_account (session->database, id, account_get_title (account), !delete_mail, &error)
      || !account_list_remove (session->accounts, id, &error))
    return cli_output_error (session, error, id);
  if (session->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      cli_output_int (builder, "removed", id);
      json_builder_end_object (builder);
      cli_output_json (builder);
    }
  return CLI_DONE;
}

static const CliCommand commands[] = {
  { "add", cli_account_add, "--email ADDRESS --incoming pop3|imap --host HOST --smtp-host HOST …", "Add an account" },
  { "list", cli_account_list, "", "List the accounts" },
  { "check", cli_account_check, "ID", "Log in to both servers and leave again" },
  { "set", cli_account_set, "ID --key value…", "Change settings" },
  { "remove", cli_account_remove, "ID [--delete-mail]", "Remove an account" },
  { NULL }
};

CliStatus
cli_account (CliSession *session, int argc, char **argv)
{
  return cli_dispatch (session, "account", commands, argc, argv);
}
