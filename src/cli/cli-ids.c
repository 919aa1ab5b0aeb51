/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "ids": what is kept, message by message, for comparing with what a server has. */
#include "cli-commands.h"
#include "cli-output.h"
#include "store-messages.h"

#include <stdio.h>

typedef struct
{
  JsonBuilder *builder; /* NULL: lines */
} Output;

static void
on_message (gint64 account, const char *message_id, const guint8 *sha256, gpointer data)
{
  Output *output = data;
  g_autoptr (GString) word = g_string_new ("<");

  if (message_id)
    g_string_append (word, message_id);
  else
    {
      g_string_append (word, "sha256:");
      for (int i = 0; i < 32; i++)
        g_string_append_printf (word, "%02x", sha256[i]);
    }
  g_string_append_c (word, '>');
  if (output->builder)
    {
      g_autofree char *valid = g_utf8_make_valid (word->str, -1);

      json_builder_add_string_value (output->builder, valid);
    }
  else
    puts (word->str);
}

static gboolean
list (CliSession *session, char **argv, Output *output, GError **error)
{
  if (!*argv)
    return store_messages_foreach_id (session->database, -1, on_message, output, error);
  for (; *argv; argv++)
    {
      Account *account = cli_session_find_account (session, *argv, error);

      if (!account || !store_messages_foreach_id (session->database, account_get_id (account), on_message, output, error))
        return FALSE;
    }
  return TRUE;
}

CliStatus
cli_ids (CliSession *session, int argc, char **argv)
{
  g_autoptr (JsonBuilder) builder = NULL;
  Output output = { NULL };
  GError *error = NULL;

  if (!cli_output_parse_options (session, NULL, "ids", "[ID…]",
                                 "Prints the Message-ID of every message kept, one a line, twice if kept twice; of a message without one "
                                 "the SHA-256 of its source.", &argc, &argv))
    return CLI_USAGE;
  if (session->json)
    {
      output.builder = builder = json_builder_new ();
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "ids");
      json_builder_begin_array (builder);
    }
  if (!cli_session_open_store (session, &error) || !list (session, argv, &output, &error))
    return cli_output_error (session, error, 0);
  if (session->json)
    {
      json_builder_end_array (builder);
      json_builder_end_object (builder);
      cli_output_json (builder);
    }
  return CLI_DONE;
}
