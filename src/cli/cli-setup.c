/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "setup": what an address's servers most likely are. */
#include "autoconfig-guess.h"
#include "base-error.h"
#include "cli-commands.h"
#include "cli-output.h"

static void
add_server (JsonBuilder *builder, const char *name, const char *protocol, const AutoconfigServer *server)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  cli_output_string (builder, "protocol", protocol);
  cli_output_string (builder, "host", server->host);
  cli_output_int (builder, "port", server->port);
  cli_output_string (builder, "security", mail_security_to_word (server->security));
  cli_output_string (builder, "user", server->user);
  json_builder_end_object (builder);
}

static void
print_json (const char *email, const char *protocol, const AutoconfigGuess *guess)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  cli_output_string (builder, "email", email);
  cli_output_string (builder, "provider", guess->provider);
  cli_output_string (builder, "found_by", guess->provider ? "table" : "guess");
  cli_output_boolean (builder, "offers_protocol", guess->has_protocol);
  cli_output_boolean (builder, "wants_app_password", guess->wants_app_password);
  cli_output_boolean (builder, "wants_oauth", guess->wants_oauth);
  add_server (builder, "incoming", protocol, &guess->incoming);
  add_server (builder, "outgoing", "smtp", &guess->outgoing);
  json_builder_end_object (builder);
  cli_output_json (builder);
}

static void
print_server (const char *what, const AutoconfigServer *server)
{
  g_print ("%s %s:%u (%s) as %s\n", what, server->host, server->port, mail_security_to_word (server->security), server->user);
}

static void
print_text (const char *protocol, const AutoconfigGuess *guess)
{
  g_autofree char *upper = g_ascii_strup (protocol, -1);

  if (guess->provider)
    g_print ("%s, known to Posthorn\n", guess->provider);
  else
    g_print ("Guessed from the domain\n");
  if (!guess->has_protocol)
    g_print ("This provider does not offer %s\n", upper);
  if (guess->wants_app_password)
    g_print ("This provider wants a password made for mail programs\n");
  if (guess->wants_oauth)
    g_print ("This provider takes no password from mail programs\n");
  print_server (upper, &guess->incoming);
  print_server ("SMTP", &guess->outgoing);
}

CliStatus
cli_setup (CliSession *session, int argc, char **argv)
{
  gboolean is_offline = FALSE;
  g_autofree char *protocol = NULL;
  const GOptionEntry entries[] = {
    { "offline", 0, 0, G_OPTION_ARG_NONE, &is_offline, "Connect nowhere (asking the network is not available yet)", NULL },
    { "incoming", 0, 0, G_OPTION_ARG_STRING, &protocol, "pop3 (without it) or imap", "PROTOCOL" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (AutoconfigGuess) guess = NULL;

  if (!cli_output_parse_options (session, entries, "setup", "EMAIL", "Shows the servers that an address most likely has.", &argc, &argv))
    return CLI_USAGE;
  if (argc != 1)
    return cli_output_usage (session, "One e-mail address is wanted");
  if (protocol && !g_str_equal (protocol, "pop3") && !g_str_equal (protocol, "imap"))
    return cli_output_usage (session, "“%s” is no value for --incoming: pop3 or imap", protocol);
  if (!is_offline)
    return cli_output_not_available (session, "Asking the network for settings (without --offline)");
  guess = autoconfig_guess_new (argv[0], g_strcmp0 (protocol, "imap") == 0 ? ACCOUNT_IMAP : ACCOUNT_POP3);
  if (!guess)
    return cli_output_error (session, g_error_new (BASE_ERROR, BASE_ERROR_INVALID, "“%s” is not an e-mail address with servers.", argv[0]), 0);
  if (session->json)
    print_json (argv[0], protocol ? protocol : "pop3", guess);
  else
    print_text (protocol ? protocol : "pop3", guess);
  return CLI_DONE;
}
