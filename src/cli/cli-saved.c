/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "saved list", "create", "rename", "delete": the searches that the window shows as folders. */
#include "cli-saved.h"

#include "base-error.h"
#include "cli-commands.h"
#include "cli-output.h"
#include "store-folders.h"

StoreSaved *
cli_saved_find (CliSession *session, const char *text, GError **error)
{
  g_autoptr (GPtrArray) list = store_saved_list (session->database, error);
  gint64 id;

  if (!list)
    return NULL;
  for (guint i = 0; i < list->len; i++)
    {
      StoreSaved *saved = g_ptr_array_index (list, i);

      if (g_str_equal (saved->name, text))
        return store_saved_get (session->database, saved->id, error);
    }
  if (g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &id, NULL))
    return store_saved_get (session->database, id, error);
  g_set_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "There is no saved search “%s”.", text);
  return NULL;
}

static void
add_saved (JsonBuilder *builder, const StoreSaved *saved)
{
  json_builder_begin_object (builder);
  cli_output_int (builder, "id", saved->id);
  cli_output_string (builder, "name", saved->name);
  cli_output_string (builder, "query", saved->query);
  if (saved->folder)
    cli_output_int (builder, "folder", saved->folder);
  else
    cli_output_string (builder, "folder", NULL);
  json_builder_end_object (builder);
}

static void
print_saved (const StoreSaved *saved)
{
  g_autofree char *name = cli_output_cell (saved->name, 30);

  g_print ("  %6" G_GINT64_FORMAT "  %s  %s", saved->id, name, saved->query);
  if (saved->folder)
    g_print ("  (in folder %" G_GINT64_FORMAT ")", saved->folder);
  g_print ("\n");
}

static CliStatus
cli_saved_list (CliSession *session, int argc, char **argv)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GPtrArray) list = NULL;
  GError *error = NULL;

  if (!cli_output_parse_options (session, NULL, "saved list", "", "Lists the saved searches by name.", &argc, &argv))
    return CLI_USAGE;
  if (argc > 0)
    return cli_output_usage (session, "“saved list” takes no arguments");
  if (!cli_session_open_store (session, &error) || !(list = store_saved_list (session->database, &error)))
    return cli_output_error (session, error, 0);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "saved");
  json_builder_begin_array (builder);
  for (guint i = 0; i < list->len; i++)
    if (session->json)
      add_saved (builder, g_ptr_array_index (list, i));
    else
      print_saved (g_ptr_array_index (list, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (session->json)
    cli_output_json (builder);
  return CLI_DONE;
}

/* As JSON; for people only what they could not know: a new one's ID */
static void
print_id (CliSession *session, const char *name, gint64 id, gboolean is_new)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (is_new && !session->json)
    g_print ("Saved search %" G_GINT64_FORMAT "\n", id);
  if (!session->json)
    return;
  json_builder_begin_object (builder);
  cli_output_int (builder, name, id);
  json_builder_end_object (builder);
  cli_output_json (builder);
}

static gboolean
is_folder (CliSession *session, gint64 id, GError **error)
{
  g_autoptr (StoreFolder) folder = store_folders_get (session->database, id, error);

  return folder != NULL;
}

static CliStatus
cli_saved_create (CliSession *session, int argc, char **argv)
{
  StoreSaved saved = { 0 };
  const GOptionEntry entries[] = {
    { "folder", 0, 0, G_OPTION_ARG_INT64, &saved.folder, "Only in this folder; without it in all mail", "F" },
    G_OPTION_ENTRY_NULL
  };
  g_autofree char *query = NULL;
  GError *error = NULL;
  gint64 id;

  if (!cli_output_parse_options (session, entries, "saved create", "NAME QUERY",
                                 "Saves a search under a name; the window shows it as a folder. “search --help” says what a query is. "
                                 "Put -- before a query that begins with -.", &argc, &argv))
    return CLI_USAGE;
  if (argc < 2)
    return cli_output_usage (session, "A name and a query are wanted");
  query = g_strjoinv (" ", argv + 1);
  saved.name = argv[0];
  saved.query = query;
  if (!cli_session_open_store (session, &error) || (saved.folder != 0 && !is_folder (session, saved.folder, &error))
      || (id = store_saved_put (session->database, &saved, &error)) < 0)
    return cli_output_error (session, error, 0);
  print_id (session, "saved", id, TRUE);
  return CLI_DONE;
}

static CliStatus
cli_saved_rename (CliSession *session, int argc, char **argv)
{
  g_autoptr (StoreSaved) saved = NULL;
  GError *error = NULL;

  if (!cli_output_parse_options (session, NULL, "saved rename", "NAME|ID NEW-NAME", "Gives a saved search another name.", &argc, &argv))
    return CLI_USAGE;
  if (argc != 2)
    return cli_output_usage (session, "A saved search and its new name are wanted");
  if (!cli_session_open_store (session, &error) || !(saved = cli_saved_find (session, argv[0], &error))
      || !store_saved_rename (session->database, saved->id, argv[1], &error))
    return cli_output_error (session, error, 0);
  print_id (session, "saved", saved->id, FALSE);
  return CLI_DONE;
}

static CliStatus
cli_saved_delete (CliSession *session, int argc, char **argv)
{
  g_autoptr (StoreSaved) saved = NULL;
  GError *error = NULL;

  if (!cli_output_parse_options (session, NULL, "saved delete", "NAME|ID", "Deletes a saved search; no message goes with it.", &argc, &argv))
    return CLI_USAGE;
  if (argc != 1)
    return cli_output_usage (session, "One saved search is wanted");
  if (!cli_session_open_store (session, &error) || !(saved = cli_saved_find (session, argv[0], &error))
      || !store_saved_delete (session->database, saved->id, &error))
    return cli_output_error (session, error, 0);
  print_id (session, "deleted", saved->id, FALSE);
  return CLI_DONE;
}

static const CliCommand commands[] = {
  { "list", cli_saved_list, "", "List the saved searches" },
  { "create", cli_saved_create, "NAME QUERY [--folder F]", "Save a search under a name" },
  { "rename", cli_saved_rename, "NAME|ID NEW-NAME", "Give a saved search another name" },
  { "delete", cli_saved_delete, "NAME|ID", "Delete a saved search" },
  { NULL }
};

CliStatus
cli_saved (CliSession *session, int argc, char **argv)
{
  return cli_dispatch (session, "saved", commands, argc, argv);
}
