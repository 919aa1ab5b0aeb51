/* SPDX-License-Identifier: GPL-3.0-or-later */
/* posthorn-cli: everything that the engine does, without a window. */
#include "base-config.h"
#include "cli-commands.h"
#include "cli-output.h"
#include "mime-summary.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

static CliStatus
cli_not_available (CliSession *session, int argc, char **argv)
{
  g_autofree char *what = g_strdup_printf ("“%s”", argv[0]);

  return cli_output_not_available (session, what);
}

static const CliCommand commands[] = {
  { "account", cli_account, "add|list|check|set|remove …", "Accounts: add, look at, try out, change, remove" },
  { "setup", cli_setup, "EMAIL --offline", "The servers that an address most likely has" },
  { "sync", cli_sync, "[ID…] [--watch] [--headers-only] [--index]", "Send/Receive: the Outbox, then incoming mail" },
  { "folder", cli_folder, "list|create|rename|delete …", "Folders" },
  { "message", cli_message, "list|show|mark|move|copy|delete|fetch|save-attachment …", "Messages" },
  { "ids", cli_ids, "[ID…]", "The Message-ID of every message kept" },
  { "parse", cli_parse, "FILE|-", "What a raw message says" },
  { "send", cli_send, "FILE|- [--account ID] [--later]", "Send a raw message" },
  { "search", cli_search, "QUERY|--saved NAME [--folder F] [--limit N] [--sort newest|best]", "Find messages" },
  { "saved", cli_saved, "list|create|rename|delete …", "Saved searches" },
  { "rule", cli_rule, "list|add|enable|disable|delete|run …", "Rules that sort mail" },
  { "check", cli_check, "", "Prove the database and the search index whole" },
  { "import", cli_not_available, "", NULL },
  { "export", cli_not_available, "", NULL },
  { "backup", cli_not_available, "", NULL },
  { "restore", cli_not_available, "", NULL },
  { NULL }
};

static void
print_help (const char *group, const CliCommand *list)
{
  g_print ("Usage:\n  posthorn-cli [--profile DIR] [--json] [--trace FILE] %s%sCOMMAND …\n\nCommands:\n", group, *group ? " " : "");
  for (const CliCommand *command = list; command->name; command++)
    if (command->description)
      g_print ("  %s%s%s %s\n      %s\n", group, *group ? " " : "", command->name, command->usage, command->description);
  if (*group == '\0')
    {
      g_print ("\nNot available yet:");
      for (const CliCommand *command = list; command->name; command++)
        if (!command->description)
          g_print (" %s", command->name);
      g_print ("\n\nOptions:\n"
               "  --profile DIR  Everything lives under DIR instead of the usual folders\n"
               "  --json         One JSON document on standard output; progress and messages go to standard error\n"
               "  --trace FILE   Append the protocol log, without its secrets, to FILE\n"
               "  --version      Show the version\n\n"
               "Exit status: 0 done, 1 failed, 2 wrong usage, 3 partly done.\n"
               "POSTHORN_PASSWORD_FILE_<ID> names a file with the password of account ID, where no keyring answers;\n"
               "POSTHORN_SMTP_PASSWORD_FILE_<ID> one for its submission server, where that has a password of its own.\n");
    }
  g_print ("\n“posthorn-cli %s%sCOMMAND --help” says more.\n", group, *group ? " " : "");
}

static gboolean
is_help (const char *word)
{
  return g_str_equal (word, "--help") || g_str_equal (word, "-h") || g_str_equal (word, "-?");
}

CliStatus
cli_dispatch (CliSession *session, const char *group, const CliCommand *list, int argc, char **argv)
{
  const char *word = argc > 1 ? argv[1] : NULL;

  if (word && is_help (word))
    {
      print_help (group, list);
      return CLI_DONE;
    }
  if (!word || *word == '-')
    return cli_output_usage (session, word ? "Unknown option %s" : "Which command?%s", word ? word : "");
  for (const CliCommand *command = list; command->name; command++)
    if (g_str_equal (command->name, word))
      return command->run (session, argc - 1, argv + 1);
  return cli_output_usage (session, "There is no command “%s%s%s”", group, *group ? " " : "", word);
}

/* The options before the command; argv[0] becomes the program again. */
static gboolean
parse_global (CliSession *session, int *argc, char ***argv, CliStatus *status)
{
  gboolean wants_version = FALSE;
  const GOptionEntry entries[] = {
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, &session->profile, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &session->json, NULL, NULL },
    { "trace", 0, 0, G_OPTION_ARG_FILENAME, &session->trace_path, NULL, NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &wants_version, NULL, NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_ignore_unknown_options (context, TRUE);
  if (!g_option_context_parse (context, argc, argv, &error))
    {
      *status = cli_output_usage (session, "%s", error->message);
      return FALSE;
    }
  if (wants_version)
    {
      g_print ("Posthorn %s\n", POSTHORN_VERSION);
      *status = CLI_DONE;
      return FALSE;
    }
  return TRUE;
}

int
main (int argc, char **argv)
{
  CliSession *session = cli_session_new ();
  g_autofree char **own_argv = g_memdup2 (argv, (argc + 1) * sizeof (char *));
  CliStatus status = CLI_FAILED;

  setlocale (LC_ALL, "");
  g_set_prgname ("posthorn-cli");
  mime_init ();
  argv = own_argv;
  if (parse_global (session, &argc, &argv, &status))
    status = cli_dispatch (session, "", commands, argc, argv);
  if (fflush (stdout) != 0 && status == CLI_DONE)
    status = CLI_FAILED;
  cli_session_free (session);
  return status;
}
