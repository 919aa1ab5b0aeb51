/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "rule list", "add", "enable", "disable", "delete", "run": the rules that the window shows. */
#include "base-error.h"
#include "cli-commands.h"
#include "cli-output.h"
#include "store-folders.h"
#include "store-rules.h"
#include "sync-rules.h"

/* The words of the contract */
static const char *const fields[MAIL_RULE_N_FIELDS] = {
  [MAIL_RULE_FROM] = "from", [MAIL_RULE_TO] = "to", [MAIL_RULE_SUBJECT] = "subject", [MAIL_RULE_WORDS] = "words",
  [MAIL_RULE_LARGER] = "larger", [MAIL_RULE_ACCOUNT] = "account", [MAIL_RULE_ATTACHMENT] = "attachment", [MAIL_RULE_HEADER] = "header",
};

static const char *const deeds[MAIL_RULE_N_DEEDS] = {
  [MAIL_RULE_MOVE] = "move", [MAIL_RULE_COPY] = "copy", [MAIL_RULE_FLAG] = "flag", [MAIL_RULE_MARK_READ] = "mark-read",
  [MAIL_RULE_DELETE] = "delete", [MAIL_RULE_FORWARD] = "forward", [MAIL_RULE_REPLY] = "reply", [MAIL_RULE_LEAVE] = "leave",
  [MAIL_RULE_REFUSE] = "refuse",
};

static void
add_condition (JsonBuilder *builder, const MailRuleCondition *condition)
{
  json_builder_begin_object (builder);
  cli_output_string (builder, "field", fields[condition->field]);
  cli_output_boolean (builder, "negated", condition->is_negated);
  cli_output_string (builder, "text", condition->text);
  cli_output_int (builder, "number", condition->number);
  cli_output_string (builder, "header", condition->header);
  json_builder_end_object (builder);
}

static void
add_action (JsonBuilder *builder, const MailRuleAction *action)
{
  json_builder_begin_object (builder);
  cli_output_string (builder, "deed", deeds[action->deed]);
  cli_output_string (builder, "text", action->text);
  cli_output_int (builder, "number", action->number);
  json_builder_end_object (builder);
}

static void
add_rule (JsonBuilder *builder, const MailRule *rule)
{
  json_builder_begin_object (builder);
  cli_output_int (builder, "id", rule->id);
  cli_output_string (builder, "name", rule->name);
  cli_output_boolean (builder, "enabled", rule->is_enabled);
  cli_output_boolean (builder, "needs_all", rule->needs_all);
  cli_output_boolean (builder, "stops", rule->stops);
  json_builder_set_member_name (builder, "conditions");
  json_builder_begin_array (builder);
  for (guint i = 0; i < rule->conditions->len; i++)
    add_condition (builder, g_ptr_array_index (rule->conditions, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "actions");
  json_builder_begin_array (builder);
  for (guint i = 0; i < rule->actions->len; i++)
    add_action (builder, g_ptr_array_index (rule->actions, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/* As "from ana, subject not bills: move 7, mark-read" */
static void
print_rule (const MailRule *rule)
{
  g_autofree char *name = cli_output_cell (rule->name, 24);

  g_print ("  %6" G_GINT64_FORMAT "  %-3s  %s ", rule->id, rule->is_enabled ? "on" : "off", name);
  for (guint i = 0; i < rule->conditions->len; i++)
    {
      const MailRuleCondition *condition = g_ptr_array_index (rule->conditions, i);
      g_autofree char *number = condition->number ? g_strdup_printf (" %" G_GINT64_FORMAT, condition->number) : g_strdup ("");

      g_print ("%s %s%s%s%s%s%s%s", i == 0 ? "" : rule->needs_all ? " and" : " or", fields[condition->field], condition->is_negated ? " not" : "",
               *condition->header ? " " : "", condition->header, *condition->text ? " " : "", condition->text, number);
    }
  g_print ("%s", rule->conditions->len ? ":" : " all mail:");
  for (guint i = 0; i < rule->actions->len; i++)
    {
      const MailRuleAction *action = g_ptr_array_index (rule->actions, i);
      gboolean has_folder = action->deed == MAIL_RULE_MOVE || action->deed == MAIL_RULE_COPY;
      g_autofree char *number = has_folder ? g_strdup_printf (" %" G_GINT64_FORMAT, action->number) : g_strdup ("");

      g_print ("%s %s%s", i ? "," : "", deeds[action->deed], number);
    }
  g_print ("\n");
}

static CliStatus
cli_rule_list (CliSession *session, int argc, char **argv)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GPtrArray) list = NULL;
  GError *error = NULL;

  if (!cli_output_parse_options (session, NULL, "rule list", "", "Lists the rules in the order in which they are looked at.", &argc, &argv))
    return CLI_USAGE;
  if (argc > 0)
    return cli_output_usage (session, "“rule list” takes no arguments");
  if (!cli_session_open_store (session, &error) || !(list = store_rules_list (session->database, &error)))
    return cli_output_error (session, error, 0);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "rules");
  json_builder_begin_array (builder);
  for (guint i = 0; i < list->len; i++)
    if (session->json)
      add_rule (builder, g_ptr_array_index (list, i));
    else
      print_rule (g_ptr_array_index (list, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (session->json)
    cli_output_json (builder);
  return CLI_DONE;
}

/* (transfer full): %NULL with %BASE_ERROR_NOT_FOUND */
static MailRule *
find_rule (CliSession *session, const char *text, GError **error)
{
  g_autoptr (GPtrArray) list = store_rules_list (session->database, error);
  gint64 id;

  if (!list)
    return NULL;
  if (!g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &id, NULL))
    id = 0;
  for (guint i = 0; i < list->len; i++)
    if (((MailRule *) g_ptr_array_index (list, i))->id == id)
      return mail_rule_copy (g_ptr_array_index (list, i));
  g_set_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "There is no rule %s.", text);
  return NULL;
}

static CliStatus
switch_rule (CliSession *session, int argc, char **argv, const char *name, const char *description, gboolean is_enabled)
{
  g_autoptr (MailRule) rule = NULL;
  GError *error = NULL;

  if (!cli_output_parse_options (session, NULL, name, "RULE", description, &argc, &argv))
    return CLI_USAGE;
  if (argc != 1)
    return cli_output_usage (session, "One rule's ID is wanted");
  if (!cli_session_open_store (session, &error) || !(rule = find_rule (session, argv[0], &error)))
    return cli_output_error (session, error, 0);
  rule->is_enabled = is_enabled;
  if (store_rules_save (session->database, rule, &error) < 0)
    return cli_output_error (session, error, 0);
  cli_output_id (session, "rule", rule->id);
  return CLI_DONE;
}

static CliStatus
cli_rule_enable (CliSession *session, int argc, char **argv)
{
  return switch_rule (session, argc, argv, "rule enable", "Looks at what arrives with this rule again.", TRUE);
}

static CliStatus
cli_rule_disable (CliSession *session, int argc, char **argv)
{
  return switch_rule (session, argc, argv, "rule disable", "Keeps a rule and leaves it out.", FALSE);
}

static CliStatus
cli_rule_delete (CliSession *session, int argc, char **argv)
{
  g_autoptr (MailRule) rule = NULL;
  GError *error = NULL;

  if (!cli_output_parse_options (session, NULL, "rule delete", "RULE", "Deletes a rule. What it did stays done.", &argc, &argv))
    return CLI_USAGE;
  if (argc != 1)
    return cli_output_usage (session, "One rule's ID is wanted");
  if (!cli_session_open_store (session, &error) || !(rule = find_rule (session, argv[0], &error))
      || !store_rules_delete (session->database, rule->id, &error))
    return cli_output_error (session, error, 0);
  cli_output_id (session, "deleted", rule->id);
  return CLI_DONE;
}

/* Adding: conditions on words, and what can be taken back; forwarding, answering and a server's mail are for the window, which warns of them */

typedef struct
{
  char *name, *texts[MAIL_RULE_WORDS + 1];
  gint64 larger, move, copy;
  gboolean has_attachment, flag, mark_read, trash, needs_any, stops;
} Wish;

static void
wish_clear (Wish *wish)
{
  g_free (wish->name);
  for (guint i = 0; i < G_N_ELEMENTS (wish->texts); i++)
    g_free (wish->texts[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wish, wish_clear)

static MailRule *
make_rule (const Wish *wish)
{
  MailRule *rule = mail_rule_new ();

  g_free (rule->name);
  rule->name = g_strdup (wish->name ? wish->name : "");
  rule->needs_all = !wish->needs_any;
  rule->stops = wish->stops;
  for (guint i = 0; i < G_N_ELEMENTS (wish->texts); i++)
    if (wish->texts[i])
      mail_rule_add_condition (rule, (MailRuleField) i, FALSE, wish->texts[i], 0);
  if (wish->larger)
    mail_rule_add_condition (rule, MAIL_RULE_LARGER, FALSE, NULL, wish->larger);
  if (wish->has_attachment)
    mail_rule_add_condition (rule, MAIL_RULE_ATTACHMENT, FALSE, NULL, 0);
  if (wish->flag)
    mail_rule_add_action (rule, MAIL_RULE_FLAG, NULL, 0);
  if (wish->mark_read)
    mail_rule_add_action (rule, MAIL_RULE_MARK_READ, NULL, 0);
  if (wish->copy)
    mail_rule_add_action (rule, MAIL_RULE_COPY, NULL, wish->copy);
  if (wish->move)
    mail_rule_add_action (rule, MAIL_RULE_MOVE, NULL, wish->move);
  if (wish->trash)
    mail_rule_add_action (rule, MAIL_RULE_DELETE, NULL, 0);
  return rule;
}

static gboolean
is_folder (CliSession *session, gint64 id, GError **error)
{
  g_autoptr (StoreFolder) folder = id ? store_folders_get (session->database, id, error) : NULL;

  return !id || folder;
}

static CliStatus
cli_rule_add (CliSession *session, int argc, char **argv)
{
  g_auto (Wish) wish = { 0 };
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &wish.name, "What it is called", "NAME" },
    { "from", 0, 0, G_OPTION_ARG_STRING, &wish.texts[MAIL_RULE_FROM], "The sender's name or address has it", "TEXT" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &wish.texts[MAIL_RULE_TO], "A recipient has it", "TEXT" },
    { "subject", 0, 0, G_OPTION_ARG_STRING, &wish.texts[MAIL_RULE_SUBJECT], "The subject has it", "TEXT" },
    { "words", 0, 0, G_OPTION_ARG_STRING, &wish.texts[MAIL_RULE_WORDS], "Subject or text have it", "TEXT" },
    { "larger", 0, 0, G_OPTION_ARG_INT64, &wish.larger, "More than so many bytes", "N" },
    { "has-attachment", 0, 0, G_OPTION_ARG_NONE, &wish.has_attachment, "It has an attachment", NULL },
    { "any", 0, 0, G_OPTION_ARG_NONE, &wish.needs_any, "One of these is enough", NULL },
    { "move", 0, 0, G_OPTION_ARG_INT64, &wish.move, "Move it to this folder", "FOLDER" },
    { "copy", 0, 0, G_OPTION_ARG_INT64, &wish.copy, "Copy it to this folder", "FOLDER" },
    { "flag", 0, 0, G_OPTION_ARG_NONE, &wish.flag, "Flag it", NULL },
    { "mark-read", 0, 0, G_OPTION_ARG_NONE, &wish.mark_read, "Mark it as read", NULL },
    { "delete", 0, 0, G_OPTION_ARG_NONE, &wish.trash, "Move it to Deleted", NULL },
    { "stop", 0, 0, G_OPTION_ARG_NONE, &wish.stops, "No rule below is looked at where this one fits", NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (MailRule) rule = NULL;
  GError *error = NULL;
  gint64 id;

  if (!cli_output_parse_options (session, entries, "rule add", "", "Adds a rule behind the others.", &argc, &argv))
    return CLI_USAGE;
  rule = make_rule (&wish);
  if (argc > 0 || !rule->conditions->len || !rule->actions->len || (wish.move && wish.trash))
    return cli_output_usage (session, "A rule needs a condition and something to do; --move and --delete exclude each other");
  if (!cli_session_open_store (session, &error) || !is_folder (session, wish.move, &error) || !is_folder (session, wish.copy, &error)
      || (id = store_rules_save (session->database, rule, &error)) < 0)
    return cli_output_error (session, error, 0);
  if (!session->json)
    g_print ("Rule %" G_GINT64_FORMAT "\n", id);
  cli_output_id (session, "rule", id);
  return CLI_DONE;
}

/* Running */

static CliStatus
run_on (CliSession *session, gint64 folder, gint64 rule)
{
  g_autoptr (SyncRules) rules = sync_rules_new (session->store, session->accounts);
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *place = NULL;
  GError *error = NULL;
  int n;

  cli_session_catch_signals (session);
  sync_rules_start (rules); /* which gives what has arrived its turn first, as in the window */
  sync_rules_run_async (rules, folder, rule, NULL, NULL, session->cancellable, cli_session_on_ready, &place);
  result = cli_session_wait (session, &place);
  n = sync_rules_run_finish (rules, result, NULL, &error);
  sync_rules_stop (rules);
  if (n < 0)
    return cli_output_error (session, error, 0);
  if (!session->json)
    g_print (n == 1 ? "%d message fitted\n" : "%d messages fitted\n", n);
  cli_output_id (session, "sorted", n);
  return CLI_DONE;
}

static CliStatus
cli_rule_run (CliSession *session, int argc, char **argv)
{
  g_autofree char *only = NULL;
  const GOptionEntry entries[] = {
    { "rule", 0, 0, G_OPTION_ARG_STRING, &only, "This one alone; without it all that are enabled", "RULE" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (MailRule) rule = NULL;
  g_autoptr (StoreFolder) found = NULL;
  GError *error = NULL;
  gint64 folder;

  if (!cli_output_parse_options (session, entries, "rule run", "FOLDER",
                                 "Sorts all that is in a folder by the rules. Nothing is forwarded and nobody is answered.", &argc, &argv))
    return CLI_USAGE;
  if (argc != 1 || !g_ascii_string_to_signed (argv[0], 10, 1, G_MAXINT64, &folder, NULL))
    return cli_output_usage (session, "One folder's ID is wanted");
  if (!cli_session_open_store (session, &error) || !(found = store_folders_get (session->database, folder, &error))
      || (only && !(rule = find_rule (session, only, &error))))
    return cli_output_error (session, error, 0);
  return run_on (session, folder, rule ? rule->id : 0);
}

static const CliCommand commands[] = {
  { "list", cli_rule_list, "", "List the rules, in order" },
  { "add", cli_rule_add, "--from TEXT … --move FOLDER …", "Add a rule" },
  { "enable", cli_rule_enable, "RULE", "Use a rule again" },
  { "disable", cli_rule_disable, "RULE", "Leave a rule out" },
  { "delete", cli_rule_delete, "RULE", "Delete a rule" },
  { "run", cli_rule_run, "FOLDER [--rule RULE]", "Sort all that is in a folder, and say how many messages fitted" },
  { NULL }
};

CliStatus
cli_rule (CliSession *session, int argc, char **argv)
{
  return cli_dispatch (session, "rule", commands, argc, argv);
}
