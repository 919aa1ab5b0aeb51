/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "message mark", "move", "copy", "delete", "fetch": what changes messages. */
#include "cli-message.h"

#include "base-error.h"
#include "cli-output.h"
#include "store-folders.h"
#include "store-messages.h"
#include "store-pending.h"

gboolean
cli_message_parse_id (const char *text, gint64 *id, GError **error)
{
  if (g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, id, NULL))
    return TRUE;
  g_set_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "There is no message %s.", text);
  return FALSE;
}

typedef struct
{
  GArray *ids;      /* of gint64: those that are there */
  GPtrArray *errors; /* of GError, one for each that is not */
} Targets;

static void
targets_clear (Targets *self)
{
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->errors, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Targets, targets_clear)

static gboolean
is_there (CliSession *session, gint64 id, GError **error)
{
  g_autoptr (MailSummary) summary = store_messages_get (session->database, id, error);

  return summary != NULL;
}

/* Opens the store; FALSE with @error when none of the messages is there. */
static gboolean
find_targets (CliSession *session, char **argv, Targets *targets, GError **error)
{
  targets->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  targets->errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  if (!cli_session_open_store (session, error))
    return FALSE;
  for (; *argv; argv++)
    {
      GError *local = NULL;
      gint64 id;

      if (cli_message_parse_id (*argv, &id, &local) && is_there (session, id, &local))
        g_array_append_val (targets->ids, id);
      else
        g_ptr_array_add (targets->errors, local);
    }
  if (targets->ids->len > 0)
    return TRUE;
  if (error)
    *error = g_ptr_array_steal_index (targets->errors, 0);
  return FALSE;
}

static CliStatus
print_changed (CliSession *session, const Targets *targets)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (session->json)
    {
      json_builder_begin_object (builder);
      cli_output_int (builder, "changed", targets->ids->len);
      json_builder_set_member_name (builder, "errors");
      json_builder_begin_array (builder);
      for (guint i = 0; i < targets->errors->len; i++)
        cli_output_error_member (builder, NULL, g_ptr_array_index (targets->errors, i), 0);
      json_builder_end_array (builder);
      json_builder_end_object (builder);
      cli_output_json (builder);
    }
  else
    for (guint i = 0; i < targets->errors->len; i++)
      cli_output_error_line (g_ptr_array_index (targets->errors, i), NULL);
  return targets->errors->len > 0 ? CLI_PARTLY : CLI_DONE;
}

static const gint64 *
get_ids (const Targets *targets)
{
  return (const gint64 *) targets->ids->data;
}

static CliStatus
cli_message_mark (CliSession *session, int argc, char **argv)
{
  gboolean wanted[8] = { FALSE };
  static const struct { MailFlags add, remove; } effects[] = {
    { MAIL_FLAG_SEEN, 0 }, { 0, MAIL_FLAG_SEEN }, { MAIL_FLAG_FLAGGED, 0 }, { 0, MAIL_FLAG_FLAGGED },
    { MAIL_FLAG_ANSWERED, 0 }, { 0, MAIL_FLAG_ANSWERED },
    { MAIL_FLAG_JUNK, MAIL_FLAG_NOT_JUNK }, { MAIL_FLAG_NOT_JUNK, MAIL_FLAG_JUNK },
  };
  const GOptionEntry entries[] = {
    { "seen", 0, 0, G_OPTION_ARG_NONE, &wanted[0], "Read", NULL },
    { "unseen", 0, 0, G_OPTION_ARG_NONE, &wanted[1], "Unread", NULL },
    { "flagged", 0, 0, G_OPTION_ARG_NONE, &wanted[2], "With a flag", NULL },
    { "unflagged", 0, 0, G_OPTION_ARG_NONE, &wanted[3], "Without a flag", NULL },
    { "answered", 0, 0, G_OPTION_ARG_NONE, &wanted[4], "Answered", NULL },
    { "unanswered", 0, 0, G_OPTION_ARG_NONE, &wanted[5], "Not answered", NULL },
    { "junk", 0, 0, G_OPTION_ARG_NONE, &wanted[6], "Junk", NULL },
    { "not-junk", 0, 0, G_OPTION_ARG_NONE, &wanted[7], "Not junk", NULL },
    G_OPTION_ENTRY_NULL
  };
  g_auto (Targets) targets = { NULL };
  MailFlags add = 0, remove = 0;
  GError *error = NULL;

  if (!cli_output_parse_options (session, entries, "message mark", "ID… --seen|--unseen|…", "Marks messages.", &argc, &argv))
    return CLI_USAGE;
  for (gsize i = 0; i < G_N_ELEMENTS (effects); i++)
    if (wanted[i])
      {
        add |= effects[i].add;
        remove |= effects[i].remove;
      }
  if (argc == 0 || (add == 0 && remove == 0) || (add & remove) != 0)
    return cli_output_usage (session, argc == 0 ? "Messages' IDs are wanted" : "What they are to be marked as is not clear");
  if (!find_targets (session, argv, &targets, &error)
      || !store_pending_mark (session->database, get_ids (&targets), targets.ids->len, add, remove, &error))
    return cli_output_error (session, error, 0);
  return print_changed (session, &targets);
}

static gboolean
find_folder (CliSession *session, const char *text, gint64 *id, GError **error)
{
  g_autoptr (StoreFolder) folder = NULL;

  if (!g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, id, NULL))
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "There is no folder %s.", text);
      return FALSE;
    }
  folder = store_folders_get (session->database, *id, error);
  return folder != NULL;
}

static CliStatus
move_or_copy (CliSession *session, int argc, char **argv, const char *name, const char *description,
              gboolean (*change) (StoreDatabase *, const gint64 *, gsize, gint64, GError **))
{
  g_autofree char *to = NULL;
  const GOptionEntry entries[] = {
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, "Into this folder", "FOLDER" },
    G_OPTION_ENTRY_NULL
  };
  g_auto (Targets) targets = { NULL };
  GError *error = NULL;
  gint64 folder;

  if (!cli_output_parse_options (session, entries, name, "ID… --to FOLDER", description, &argc, &argv))
    return CLI_USAGE;
  if (argc == 0 || !to)
    return cli_output_usage (session, argc == 0 ? "Messages' IDs are wanted" : "--to is missing");
  if (!find_targets (session, argv, &targets, &error) || !find_folder (session, to, &folder, &error)
      || !change (session->database, get_ids (&targets), targets.ids->len, folder, &error))
    return cli_output_error (session, error, 0);
  return print_changed (session, &targets);
}

static CliStatus
cli_message_move (CliSession *session, int argc, char **argv)
{
  return move_or_copy (session, argc, argv, "message move", "Moves messages into a folder.", store_pending_move);
}

static CliStatus
cli_message_copy (CliSession *session, int argc, char **argv)
{
  return move_or_copy (session, argc, argv, "message copy", "Copies messages into a folder.", store_pending_copy);
}

/* What is in Deleted already cannot be moved there: it is asked for as what it is, a farewell for good. */
static gboolean
leave_out_deleted (CliSession *session, Targets *targets, GError **error)
{
  for (guint i = targets->ids->len; i > 0; i--)
    {
      gint64 id = get_ids (targets)[i - 1];
      g_autoptr (MailSummary) summary = store_messages_get (session->database, id, error);
      g_autoptr (StoreFolder) folder = summary ? store_folders_get (session->database, summary->folder, error) : NULL;

      if (!folder)
        return FALSE;
      if (folder->role != MAIL_ROLE_TRASH)
        continue;
      g_ptr_array_add (targets->errors, g_error_new (BASE_ERROR, BASE_ERROR_INVALID,
                                                     "The message %" G_GINT64_FORMAT " is in Deleted already: --for-good removes it.", id));
      g_array_remove_index (targets->ids, i - 1);
    }
  if (targets->ids->len > 0)
    return TRUE;
  g_propagate_error (error, g_ptr_array_steal_index (targets->errors, targets->errors->len - 1));
  return FALSE;
}

static CliStatus
cli_message_delete (CliSession *session, int argc, char **argv)
{
  gboolean for_good = FALSE;
  const GOptionEntry entries[] = {
    { "for-good", 0, 0, G_OPTION_ARG_NONE, &for_good, "Not into Deleted: gone, and there is no way back. Needed for what is in Deleted already", NULL },
    G_OPTION_ENTRY_NULL
  };
  g_auto (Targets) targets = { NULL };
  GError *error = NULL;

  if (!cli_output_parse_options (session, entries, "message delete", "ID… [--for-good]", "Moves messages to Deleted, or removes them for good.", &argc, &argv))
    return CLI_USAGE;
  if (argc == 0)
    return cli_output_usage (session, "Messages' IDs are wanted");
  if (!find_targets (session, argv, &targets, &error)
      || (!for_good && !leave_out_deleted (session, &targets, &error))
      || !store_pending_delete (session->database, get_ids (&targets), targets.ids->len, for_good, &error))
    return cli_output_error (session, error, 0);
  return print_changed (session, &targets);
}

static GError *
fetch (CliSession *session, gint64 id)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *place = NULL;
  GError *error = NULL;

  sync_engine_fetch_body_async (session->engine, id, session->cancellable, cli_session_on_ready, &place);
  result = cli_session_wait (session, &place);
  sync_engine_fetch_body_finish (session->engine, result, &error);
  return error;
}

static CliStatus
cli_message_fetch (CliSession *session, int argc, char **argv)
{
  g_autofree char *password_file = NULL;
  const GOptionEntry entries[] = {
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &password_file, "Use this password, for this run alone", "FILE|-" },
    G_OPTION_ENTRY_NULL
  };
  g_auto (Targets) targets = { NULL };
  GError *error = NULL;

  if (!cli_output_parse_options (session, entries, "message fetch", "ID…", "Gets the rest of messages of which only the headers are here.",
                                 &argc, &argv))
    return CLI_USAGE;
  if (argc == 0)
    return cli_output_usage (session, "Messages' IDs are wanted");
  if (!find_targets (session, argv, &targets, &error) || !cli_session_open_engine (session, &error)
      || (password_file && !cli_session_remember_password (session, NULL, password_file, &error)))
    return cli_output_error (session, error, 0);
  cli_session_catch_signals (session);
  for (guint i = 0; i < targets.ids->len;)
    {
      error = fetch (session, get_ids (&targets)[i]);
      if (!error)
        {
          i++;
          continue;
        }
      g_ptr_array_add (targets.errors, error);
      g_array_remove_index (targets.ids, i);
    }
  if (targets.ids->len == 0)
    return cli_output_error (session, g_ptr_array_steal_index (targets.errors, targets.errors->len - 1), 0);
  return print_changed (session, &targets);
}

static const CliCommand commands[] = {
  { "list", cli_message_list, "FOLDER [--limit N] [--offset N] [--sort BY] [--ascending] [--unread]", "List a folder's messages" },
  { "show", cli_message_show, "ID [--source|--text|--html|--headers]", "Show one message" },
  { "mark", cli_message_mark, "ID… --seen|--unseen|--flagged|--unflagged|…", "Mark messages" },
  { "move", cli_message_move, "ID… --to FOLDER", "Move messages" },
  { "copy", cli_message_copy, "ID… --to FOLDER", "Copy messages" },
  { "delete", cli_message_delete, "ID… [--for-good]", "Move messages to Deleted, or remove them for good" },
  { "fetch", cli_message_fetch, "ID…", "Get the rest of messages of which only the headers are here" },
  { "save-attachment", cli_message_save_attachment, "ID [--number N] [--to DIR]", "Save attachments as files" },
  { NULL }
};

CliStatus
cli_message (CliSession *session, int argc, char **argv)
{
  return cli_dispatch (session, "message", commands, argc, argv);
}
