/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "folder list", "create", "rename", "move", "delete". */
#include "base-error.h"
#include "cli-commands.h"
#include "cli-output.h"
#include "store-folders.h"
#include "store-room.h"

static void
add_folder (CliSession *session, JsonBuilder *builder, const StoreFolder *folder)
{
  const char *role = mail_role_to_word (folder->role);
  gint64 server_size = -1;

  json_builder_begin_object (builder);
  cli_output_int (builder, "id", folder->id);
  cli_output_int (builder, "account", folder->account);
  cli_output_string (builder, "name", folder->name);
  cli_output_string (builder, "path", folder->path);
  cli_output_string (builder, "role", *role ? role : NULL);
  cli_output_int (builder, "total", folder->total);
  cli_output_int (builder, "unread", folder->unread);
  if (store_room_get_size (session->database, folder->id, &server_size, NULL) && server_size >= 0)
    cli_output_int (builder, "server_size", server_size);
  json_builder_end_object (builder);
}

static void
print_account (CliSession *session, gint64 id)
{
  Account *account = account_list_find (session->accounts, id);
  StoreQuota quota = { 0 };

  g_print ("%s", id == STORE_LOCAL_ACCOUNT ? "On this computer" : account ? account_get_title (account) : "?");
  if (store_room_get_quota (session->database, id, &quota, NULL) && quota.limit > 0)
    {
      g_autofree char *used = g_format_size (quota.used);
      g_autofree char *limit = g_format_size (quota.limit);

      g_print ("  (%s of %s used at the server)", used, limit);
    }
  g_print ("\n");
}

static void
print_folder (CliSession *session, const StoreFolder *folder, gint64 *last_account)
{
  if (folder->account != *last_account)
    {
      print_account (session, folder->account);
      *last_account = folder->account;
    }
  g_print ("  %6" G_GINT64_FORMAT "  %-30s %7u %7u unread\n", folder->id, folder->path, folder->total, folder->unread);
}

/* The room at the servers, of accounts whose servers say so */
static void
add_quotas (CliSession *session, JsonBuilder *builder, const GPtrArray *folders)
{
  gint64 last = -1;

  json_builder_set_member_name (builder, "quotas");
  json_builder_begin_array (builder);
  for (guint i = 0; i < folders->len; i++)
    {
      gint64 account = ((const StoreFolder *) g_ptr_array_index (folders, i))->account;
      StoreQuota quota;

      if (account == last || !store_room_get_quota (session->database, account, &quota, NULL))
        continue;
      last = account;
      if (quota.limit == 0)
        continue;
      json_builder_begin_object (builder);
      cli_output_int (builder, "account", account);
      cli_output_int (builder, "used", quota.used);
      cli_output_int (builder, "limit", quota.limit);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* Account 0, "On this computer", comes last, as in the window. */
static void
print_folders (CliSession *session, const GPtrArray *folders)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  gint64 last_account = -1;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "folders");
  json_builder_begin_array (builder);
  for (int is_local = 0; is_local <= 1; is_local++)
    for (guint i = 0; i < folders->len; i++)
      {
        const StoreFolder *folder = g_ptr_array_index (folders, i);

        if ((folder->account == STORE_LOCAL_ACCOUNT) != is_local)
          continue;
        if (session->json)
          add_folder (session, builder, folder);
        else
          print_folder (session, folder, &last_account);
      }
  json_builder_end_array (builder);
  if (session->json)
    add_quotas (session, builder, folders);
  json_builder_end_object (builder);
  if (session->json)
    cli_output_json (builder);
}

/* An account's ID, or 0 for "On this computer" */
static gboolean
find_owner (CliSession *session, const char *text, gint64 *account, GError **error)
{
  Account *found;

  *account = STORE_LOCAL_ACCOUNT;
  if (!text || g_str_equal (text, "0"))
    return TRUE;
  found = cli_session_find_account (session, text, error);
  if (!found)
    return FALSE;
  *account = account_get_id (found);
  return TRUE;
}

static CliStatus
cli_folder_list (CliSession *session, int argc, char **argv)
{
  g_autoptr (GPtrArray) folders = NULL;
  gint64 account = STORE_ALL_ACCOUNTS;
  GError *error = NULL;

  if (!cli_output_parse_options (session, NULL, "folder list", "[ID]", "Lists the folders of one account (0: On this computer), or all.",
                                 &argc, &argv))
    return CLI_USAGE;
  if (argc > 1)
    return cli_output_usage (session, "One account's ID at most");
  if (!cli_session_open_store (session, &error) || (argc == 1 && !find_owner (session, argv[0], &account, &error))
      || !(folders = store_folders_list (session->database, account, &error)))
    return cli_output_error (session, error, 0);
  print_folders (session, folders);
  return CLI_DONE;
}

static CliStatus
cli_folder_create (CliSession *session, int argc, char **argv)
{
  g_autofree char *account_text = NULL;
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &account_text, "Whose; without it On this computer", "ID" },
    G_OPTION_ENTRY_NULL
  };
  GError *error = NULL;
  gint64 account, id;

  if (!cli_output_parse_options (session, entries, "folder create", "PATH", "Makes a folder; “/” parts it from its parents, which must be there.",
                                 &argc, &argv))
    return CLI_USAGE;
  if (argc != 1)
    return cli_output_usage (session, "One path is wanted");
  if (!cli_session_open_store (session, &error) || !find_owner (session, account_text, &account, &error)
      || (id = store_folders_create (session->database, account, argv[0], MAIL_ROLE_NONE, &error)) < 0)
    return cli_output_error (session, error, 0);
  if (!session->json)
    g_print ("Folder %" G_GINT64_FORMAT "\n", id);
  cli_output_id (session, "folder", id);
  return CLI_DONE;
}

static StoreFolder *
open_folder (CliSession *session, const char *text, GError **error)
{
  gint64 id;

  if (!cli_session_open_store (session, error))
    return NULL;
  if (!g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &id, NULL))
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "There is no folder %s.", text);
      return NULL;
    }
  return store_folders_get (session->database, id, error);
}

static CliStatus
cli_folder_rename (CliSession *session, int argc, char **argv)
{
  g_autoptr (StoreFolder) folder = NULL;
  GError *error = NULL;

  if (!cli_output_parse_options (session, NULL, "folder rename", "FOLDER NAME", "Gives a folder another name; what is below it follows.",
                                 &argc, &argv))
    return CLI_USAGE;
  if (argc != 2)
    return cli_output_usage (session, "A folder's ID and a name are wanted");
  folder = open_folder (session, argv[0], &error);
  if (!folder || !store_folders_rename (session->database, folder->id, argv[1], &error))
    return cli_output_error (session, error, 0);
  cli_output_id (session, "folder", folder->id);
  return CLI_DONE;
}

static CliStatus
cli_folder_move (CliSession *session, int argc, char **argv)
{
  g_autofree char *to = NULL;
  const GOptionEntry entries[] = {
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, "Into this folder of its account; without it to the top", "FOLDER" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (StoreFolder) folder = NULL;
  g_autoptr (StoreFolder) parent = NULL;
  GError *error = NULL;

  if (!cli_output_parse_options (session, entries, "folder move", "FOLDER", "Puts a folder, and what is below it, into another one.", &argc, &argv))
    return CLI_USAGE;
  if (argc != 1)
    return cli_output_usage (session, "One folder's ID is wanted");
  folder = open_folder (session, argv[0], &error);
  if (!folder || (to && !(parent = open_folder (session, to, &error)))
      || !store_folders_move (session->database, folder->id, parent ? parent->id : 0, &error))
    return cli_output_error (session, error, 0);
  cli_output_id (session, "folder", folder->id);
  return CLI_DONE;
}

static CliStatus
cli_folder_delete (CliSession *session, int argc, char **argv)
{
  gboolean with_messages = FALSE;
  const GOptionEntry entries[] = {
    { "with-messages", 0, 0, G_OPTION_ARG_NONE, &with_messages, "Also when messages are in it: they go for good", NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (StoreFolder) folder = NULL;
  GError *error = NULL;

  if (!cli_output_parse_options (session, entries, "folder delete", "FOLDER", "Deletes a folder and what is below it.", &argc, &argv))
    return CLI_USAGE;
  if (argc != 1)
    return cli_output_usage (session, "One folder's ID is wanted");
  folder = open_folder (session, argv[0], &error);
  if (!folder || !store_folders_delete (session->database, folder->id, with_messages, &error))
    return cli_output_error (session, error, 0);
  cli_output_id (session, "deleted", folder->id);
  return CLI_DONE;
}

static const CliCommand commands[] = {
  { "list", cli_folder_list, "[ID]", "List folders, with how many messages and how many unread" },
  { "create", cli_folder_create, "PATH [--account ID]", "Make a folder" },
  { "rename", cli_folder_rename, "FOLDER NAME", "Give a folder another name" },
  { "move", cli_folder_move, "FOLDER [--to FOLDER]", "Put a folder into another one, or to the top" },
  { "delete", cli_folder_delete, "FOLDER [--with-messages]", "Delete a folder" },
  { NULL }
};

CliStatus
cli_folder (CliSession *session, int argc, char **argv)
{
  return cli_dispatch (session, "folder", commands, argc, argv);
}
