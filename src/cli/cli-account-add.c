/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "account add": settings from options, both servers tried, saved, the password into the keyring. */
#include "base-error.h"
#include "cli-commands.h"
#include "cli-output.h"
#include "cli-settings.h"
#include "store-folders.h"

typedef struct
{
  Account *account;
  char *passwords[2]; /* by AccountDirection; NULL: unknown */
  gboolean is_stored;
} Addition;

static void
addition_clear (Addition *self)
{
  g_clear_object (&self->account);
  for (gsize i = 0; i < G_N_ELEMENTS (self->passwords); i++)
    account_secrets_free_password (self->passwords[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Addition, addition_clear)

static const char *
find_missing (const CliSettings *settings)
{
  return !settings->email ? "email" : !settings->incoming ? "incoming" : !settings->host ? "host" : !settings->smtp_host ? "smtp-host" : NULL;
}

static void
fill_defaults (Account *account)
{
  const char *user = account_get_user (account, ACCOUNT_INCOMING);

  if (*user == '\0')
    g_object_set (account, "incoming-user", account_get_email (account), NULL);
  if (*account_get_user (account, ACCOUNT_OUTGOING) == '\0')
    g_object_set (account, "outgoing-user", account_get_user (account, ACCOUNT_INCOMING), NULL);
}

static gboolean
refuse_double (CliSession *session, Account *account, GError **error)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (session->accounts)); i++)
    {
      g_autoptr (Account) other = g_list_model_get_item (G_LIST_MODEL (session->accounts), i);

      if (account_get_protocol (other) == account_get_protocol (account)
          && g_ascii_strcasecmp (account_get_email (other), account_get_email (account)) == 0
          && g_ascii_strcasecmp (account_get_host (other, ACCOUNT_INCOMING), account_get_host (account, ACCOUNT_INCOMING)) == 0
          && g_str_equal (account_get_user (other, ACCOUNT_INCOMING), account_get_user (account, ACCOUNT_INCOMING)))
        {
          g_set_error (error, BASE_ERROR, BASE_ERROR_EXISTS, "The account %s is there already: it is account %" G_GINT64_FORMAT ".",
                       account_get_email (account), account_get_id (other));
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
read_passwords (Addition *self, const CliSettings *settings, gboolean must_ask, GError **error)
{
  if (settings->password_file)
    {
      self->passwords[ACCOUNT_INCOMING] = cli_session_read_password (settings->password_file, error);
      if (!self->passwords[ACCOUNT_INCOMING])
        return FALSE;
    }
  else if (must_ask)
    {
      g_autofree char *prompt = g_strdup_printf ("Password of %s", account_get_email (self->account));

      self->passwords[ACCOUNT_INCOMING] = cli_session_ask_password (prompt);
    }
  if (settings->smtp_password_file)
    {
      self->passwords[ACCOUNT_OUTGOING] = cli_session_read_password (settings->smtp_password_file, error);
      return self->passwords[ACCOUNT_OUTGOING] != NULL;
    }
  self->passwords[ACCOUNT_OUTGOING] = g_strdup (self->passwords[ACCOUNT_INCOMING]);
  return TRUE;
}

static gboolean
check (CliSession *session, Addition *self, AccountDirection direction, GError **error)
{
  gboolean needs_login = direction == ACCOUNT_INCOMING || account_get_outgoing_authenticates (self->account);
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *place = NULL;

  if (needs_login && !self->passwords[direction])
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_NO_PASSWORD, "No password was given for %s: use --password-file.",
                   account_get_email (self->account));
      return FALSE;
    }
  sync_engine_check_async (session->engine, self->account, direction, self->passwords[direction], session->cancellable,
                           cli_session_on_ready, &place);
  result = cli_session_wait (session, &place);
  return sync_engine_check_finish (session->engine, result, error);
}

/* Into the keyring. Where there is none, nothing is written anywhere: that is said, and is no failure. */
static gboolean
store_password (CliSession *session, Addition *self, AccountDirection direction)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *place = NULL;

  if (!self->passwords[direction])
    return FALSE;
  account_secrets_store_async (session->secrets, self->account, direction, self->passwords[direction], session->cancellable,
                               cli_session_on_ready, &place);
  result = cli_session_wait (session, &place);
  if (account_secrets_store_finish (session->secrets, result, &error))
    return TRUE;
  g_printerr ("The password was not kept: %s\nPOSTHORN_PASSWORD_FILE_%" G_GINT64_FORMAT " may name a file that has it.\n",
              error->message, account_get_id (self->account));
  return FALSE;
}

static gboolean
save (CliSession *session, Addition *self, GError **error)
{
  if (!account_list_save (session->accounts, self->account, error)
      || !store_folders_prepare_account (session->database, account_get_id (self->account), error))
    return FALSE;
  self->is_stored = store_password (session, self, ACCOUNT_INCOMING);
  if (!account_get_same_password (self->account) && account_get_outgoing_authenticates (self->account))
    self->is_stored = store_password (session, self, ACCOUNT_OUTGOING) && self->is_stored;
  return TRUE;
}

static gboolean
add (CliSession *session, Addition *self, const CliSettings *settings, gboolean no_check, GError **error)
{
  fill_defaults (self->account);
  if (!account_validate (self->account, error) || !cli_session_open_engine (session, error)
      || !refuse_double (session, self->account, error) || !read_passwords (self, settings, !no_check, error))
    return FALSE;
  cli_session_catch_signals (session);
  if (!no_check && (!check (session, self, ACCOUNT_INCOMING, error) || !check (session, self, ACCOUNT_OUTGOING, error)))
    return FALSE;
  return save (session, self, error);
}

static void
print (CliSession *session, const Addition *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!session->json)
    {
      g_print ("Account %" G_GINT64_FORMAT ": %s\n", account_get_id (self->account), account_get_email (self->account));
      return;
    }
  json_builder_begin_object (builder);
  cli_output_int (builder, "account", account_get_id (self->account));
  cli_output_boolean (builder, "password_stored", self->is_stored);
  json_builder_end_object (builder);
  cli_output_json (builder);
}

/* The settings' options and this command's own, in one array. */
static GOptionEntry *
join_entries (CliSettings *settings, gboolean *no_check, gboolean *is_auto)
{
  g_autofree GOptionEntry *common = cli_settings_get_entries (settings);
  const GOptionEntry own[] = {
    { "no-check", 0, 0, G_OPTION_ARG_NONE, no_check, "Save without logging in to both servers first", NULL },
    { "auto", 0, 0, G_OPTION_ARG_NONE, is_auto, "Find the servers out (not available yet)", NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (GOptionEntry));

  for (const GOptionEntry *entry = common; entry->long_name; entry++)
    g_array_append_vals (all, entry, 1);
  g_array_append_vals (all, own, G_N_ELEMENTS (own));
  return (GOptionEntry *) g_array_free (g_steal_pointer (&all), FALSE);
}

CliStatus
cli_account_add (CliSession *session, int argc, char **argv)
{
  gboolean no_check = FALSE, is_auto = FALSE;
  g_auto (CliSettings) settings;
  g_autofree GOptionEntry *entries = NULL;
  g_auto (Addition) addition = { NULL };
  GError *error = NULL;

  cli_settings_init (&settings);
  entries = join_entries (&settings, &no_check, &is_auto);
  if (!cli_output_parse_options (session, entries, "account add",
                                 "--email ADDRESS --incoming pop3|imap --host HOST --smtp-host HOST",
                                 "Adds an account: logs in to both servers, saves the settings, puts the password into the keyring. "
                                 "Without --password-file a terminal is asked for it.", &argc, &argv))
    return CLI_USAGE;
  if (argc > 0)
    return cli_output_usage (session, "Unexpected argument “%s”", argv[0]);
  if (is_auto)
    return cli_output_not_available (session, "Automatic setup");
  if (find_missing (&settings))
    return cli_output_usage (session, "--%s is missing", find_missing (&settings));
  if (settings.smtp_no_auth && (settings.smtp_user || settings.smtp_auth || settings.smtp_password_file))
    return cli_output_usage (session, "--smtp-no-auth excludes a login");

  addition.account = account_new ();
  if (!cli_settings_apply (&settings, addition.account, &error))
    {
      CliStatus status = g_error_matches (error, BASE_ERROR, BASE_ERROR_INVALID) ? cli_output_usage (session, "%s", error->message)
                                                                                 : cli_output_error (session, g_error_copy (error), 0);
      g_error_free (error);
      return status;
    }
  if (!add (session, &addition, &settings, no_check, &error))
    return cli_output_error (session, error, account_get_id (addition.account));
  print (session, &addition);
  return CLI_DONE;
}
