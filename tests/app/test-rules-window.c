/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules window: made, read as a sentence, switched off, moved, deleted and brought back. */
#include "rules-editor.h"
#include "rules-line.h"
#include "rules-window.h"
#include "screen-test.h"
#include "store-database.h"
#include "mail-address.h"
#include "store-folders.h"
#include "store-messages.h"
#include "store-rules.h"

#include <string.h>

typedef struct
{
  Screen screen;
  ModelRules *rules;
  ModelFolderTree *tree;
  RulesWindow *window;
  SyncRules *work;
  gpointer pages, stack, editor;
  guint wanted;
  gint64 inbox, archive, message, where;
} Desk;

static gpointer
part (Desk *desk, const char *id)
{
  return screen_part (desk->window, RULES_TYPE_WINDOW, id);
}

static gint64
add_mail (StoreDatabase *database, gint64 folder)
{
  static const char text[] = "From: Ana <ana@example.org>\r\nSubject: Figures\r\n\r\nx\r\n";
  g_autoptr (GBytes) source = g_bytes_new_static (text, strlen (text));
  g_autoptr (MailSummary) summary = mail_summary_new ();

  g_free (summary->subject);
  summary->subject = g_strdup ("Figures");
  g_ptr_array_add (summary->from, mail_address_new ("Ana", "ana@example.org"));
  summary->size = (gint64) strlen (text);
  return store_messages_add (database, folder, source, summary, NULL);
}

static void
set_up (Desk *desk, gconstpointer data)
{
  g_autoptr (StoreDatabase) database = NULL;
  Account *account;

  screen_set_up (&desk->screen, NULL);
  account = screen_add_account (&desk->screen, "Ana Ruiz", "ana@example.org");
  database = store_open (desk->screen.store, NULL);
  g_assert_true (store_folders_prepare_account (database, account_get_id (account), NULL));
  desk->inbox = store_folders_find_role (database, account_get_id (account), MAIL_ROLE_INBOX, NULL);
  desk->archive = store_folders_find_role (database, account_get_id (account), MAIL_ROLE_ARCHIVE, NULL);
  desk->message = add_mail (database, desk->inbox);
  desk->work = sync_rules_new (desk->screen.store, desk->screen.accounts);
  sync_rules_start (desk->work);
  desk->rules = model_rules_new (desk->screen.store);
  desk->tree = model_folder_tree_new (desk->screen.store, desk->screen.accounts);
  desk->window = rules_window_new (desk->screen.parent, desk->rules, desk->tree, desk->screen.accounts, desk->work);
  desk->pages = part (desk, "pages");
  desk->stack = part (desk, "stack");
  desk->editor = part (desk, "editor");
  gtk_window_present (GTK_WINDOW (desk->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (desk->window));
}

static gboolean
is_gone (gpointer data)
{
  return ((Desk *) data)->rules == NULL;
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  g_object_add_weak_pointer (G_OBJECT (desk->rules), (gpointer *) &desk->rules);
  g_object_unref (desk->rules);
  screen_wait (is_gone, desk);
  sync_rules_stop (desk->work);
  screen_settle ();
  g_object_unref (desk->work);
  g_object_unref (desk->tree);
  screen_tear_down (&desk->screen, NULL);
}

static GPtrArray *
list_rules (Desk *desk)
{
  GPtrArray *list = store_rules_list (store_get_reader (desk->screen.store), NULL);

  g_assert_nonnull (list);
  return list;
}

static guint
count_rules (Desk *desk)
{
  g_autoptr (GPtrArray) list = list_rules (desk);

  return list->len;
}

static gboolean
has_wanted (gpointer data)
{
  Desk *desk = data;
  g_autoptr (GPtrArray) list = list_rules (desk);

  return list->len == desk->wanted && g_str_equal (gtk_stack_get_visible_child_name (desk->pages), "list")
         && g_str_equal (gtk_stack_get_visible_child_name (desk->stack), desk->wanted ? "rules" : "none");
}

static void
wait_for (Desk *desk, guint n)
{
  desk->wanted = n;
  screen_wait (has_wanted, desk);
}

static void
act (Desk *desk, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->window), action, NULL));
}

static gpointer
line_part (Desk *desk, const char *box, const char *id)
{
  GtkWidget *lines = screen_part (desk->editor, RULES_TYPE_EDITOR, box);

  return screen_part (gtk_widget_get_last_child (lines), RULES_TYPE_LINE, id);
}

static void
make_rule (Desk *desk, const char *from, guint n)
{
  act (desk, "rules.new");
  screen_type (line_part (desk, "conditions", "text"), from);
  act (desk, "rules.save");
  wait_for (desk, n);
}

static void
test_made (Desk *desk, gconstpointer data)
{
  g_autoptr (GPtrArray) list = NULL;
  const MailRule *rule;

  screen_settle ();
  screen_picture (desk->window, "rules-empty");
  act (desk, "rules.new");
  screen_settle ();
  screen_type (line_part (desk, "conditions", "text"), "choir@example.org");
  gtk_test_widget_wait_for_draw (GTK_WIDGET (desk->window));
  screen_picture (desk->window, "rules-editor");
  act (desk, "rules.save");
  wait_for (desk, 1);
  make_rule (desk, "a.sender.with.a.long.name.indeed@a.subdomain.of.some.company.example", 2);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (desk->window));
  screen_picture (desk->window, "rules-list");
  list = list_rules (desk);
  rule = g_ptr_array_index (list, 0);
  g_assert_cmpint (((MailRuleAction *) rule->actions->pdata[0])->deed, ==, MAIL_RULE_MOVE);
  g_assert_cmpstr (((MailRuleCondition *) rule->conditions->pdata[0])->text, ==, "choir@example.org");
}

/* A line that was left empty would fit nothing, or all. */
static void
test_refused (Desk *desk, gconstpointer data)
{
  act (desk, "rules.new");
  act (desk, "rules.save");
  g_assert_true (gtk_widget_get_visible (screen_part (desk->editor, RULES_TYPE_EDITOR, "problem_label")));
  screen_type (line_part (desk, "conditions", "text"), "choir@example.org");
  gtk_drop_down_set_selected (line_part (desk, "actions", "kind"), MAIL_RULE_FORWARD);
  screen_type (line_part (desk, "actions", "text"), "tom");
  act (desk, "rules.save");
  g_assert_true (gtk_widget_get_visible (screen_part (desk->editor, RULES_TYPE_EDITOR, "problem_label")));
  screen_type (line_part (desk, "actions", "text"), "tom@example.org");
  act (desk, "rules.save");
  wait_for (desk, 1);
}

static void
test_deleted (Desk *desk, gconstpointer data)
{
  g_autoptr (GPtrArray) list = NULL;

  make_rule (desk, "ana", 1);
  list = list_rules (desk);
  gtk_widget_activate_action (GTK_WIDGET (desk->window), "rules.delete", "x", ((MailRule *) list->pdata[0])->id);
  wait_for (desk, 0);
  act (desk, "rules.undo");
  wait_for (desk, 1);
}

static gboolean
is_second_first (gpointer data)
{
  g_autoptr (GPtrArray) list = list_rules (data);

  return g_str_equal (((MailRuleCondition *) ((MailRule *) list->pdata[0])->conditions->pdata[0])->text, "tom");
}

static void
test_moved (Desk *desk, gconstpointer data)
{
  g_autoptr (GPtrArray) list = NULL;

  make_rule (desk, "ana", 1);
  make_rule (desk, "tom", 2);
  list = list_rules (desk);
  gtk_widget_activate_action (GTK_WIDGET (desk->window), "rules.up", "x", ((MailRule *) list->pdata[1])->id);
  screen_wait (is_second_first, desk);
}

static void
test_header (Desk *desk, gconstpointer data)
{
  g_autoptr (GPtrArray) list = NULL;
  const MailRuleCondition *condition;

  act (desk, "rules.new");
  gtk_drop_down_set_selected (line_part (desk, "conditions", "kind"), 2 * MAIL_RULE_HEADER + 1);
  screen_type (line_part (desk, "conditions", "text"), "choir");
  screen_type (line_part (desk, "conditions", "header"), "no name");
  act (desk, "rules.save");
  g_assert_true (gtk_widget_get_visible (screen_part (desk->editor, RULES_TYPE_EDITOR, "problem_label")));
  screen_type (line_part (desk, "conditions", "header"), "List-Id:");
  gtk_test_widget_wait_for_draw (GTK_WIDGET (desk->window));
  screen_picture (desk->window, "rules-header");
  act (desk, "rules.save");
  wait_for (desk, 1);
  list = list_rules (desk);
  condition = ((MailRule *) list->pdata[0])->conditions->pdata[0];
  g_assert_cmpstr (condition->header, ==, "List-Id");
  g_assert_true (condition->is_negated);
  rules_window_edit (desk->window, list->pdata[0]);
  g_assert_cmpstr (gtk_editable_get_text (line_part (desk, "conditions", "header")), ==, "List-Id");
}

static gboolean
asks (gpointer data)
{
  return screen_find_window ("Delete Mail at the Server?") != NULL;
}

/* What cannot be brought back is asked about; what a server cannot be asked is not saved. */
static void
test_at_server (Desk *desk, gconstpointer data)
{
  act (desk, "rules.new");
  gtk_drop_down_set_selected (line_part (desk, "conditions", "kind"), 2 * MAIL_RULE_WORDS);
  screen_type (line_part (desk, "conditions", "text"), "lottery");
  gtk_drop_down_set_selected (line_part (desk, "actions", "kind"), MAIL_RULE_REFUSE);
  act (desk, "rules.save");
  g_assert_true (gtk_widget_get_visible (screen_part (desk->editor, RULES_TYPE_EDITOR, "problem_label")));
  gtk_drop_down_set_selected (line_part (desk, "conditions", "kind"), 2 * MAIL_RULE_SUBJECT);
  act (desk, "rules.save");
  g_assert_false (gtk_widget_get_visible (screen_part (desk->editor, RULES_TYPE_EDITOR, "problem_label")));
  screen_wait (asks, desk);
  g_assert_cmpuint (count_rules (desk), ==, 0);
  gtk_window_destroy (screen_find_window ("Delete Mail at the Server?"));
}

static gboolean
is_where (gpointer data)
{
  Desk *desk = data;
  g_autoptr (MailSummary) summary = store_messages_get (store_get_reader (desk->screen.store), desk->message, NULL);

  return summary->folder == desk->where;
}

static void
wait_where (Desk *desk, gint64 folder)
{
  desk->where = folder;
  screen_wait (is_where, desk);
}

static gboolean
has_ended (gpointer data)
{
  return !gtk_widget_get_visible (part (data, "progress"));
}

static void
test_run_undone (Desk *desk, gconstpointer data)
{
  g_autoptr (StoreDatabase) database = store_open (desk->screen.store, NULL);
  g_autoptr (MailRule) rule = mail_rule_new ();

  mail_rule_add_condition (rule, MAIL_RULE_FROM, FALSE, "ana", 0);
  mail_rule_add_action (rule, MAIL_RULE_MOVE, NULL, desk->archive);
  g_assert_cmpint (store_rules_save (database, rule, NULL), >, 0);
  wait_for (desk, 1);
  rules_window_set_folder (desk->window, desk->inbox);
  act (desk, "rules.run");
  wait_where (desk, desk->archive);
  screen_wait (has_ended, desk);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (desk->window));
  screen_picture (desk->window, "rules-sorted");
  act (desk, "rules.undo");
  wait_where (desk, desk->inbox);
}

#define add(path, func) g_test_add (path, Desk, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  screen_test_init (&argc, &argv);
  add ("/app/rules/one-is-made", test_made);
  add ("/app/rules/an-empty-line-is-refused", test_refused);
  add ("/app/rules/a-deleted-one-comes-back", test_deleted);
  add ("/app/rules/one-goes-up", test_moved);
  add ("/app/rules/a-line-of-the-header-is-named", test_header);
  add ("/app/rules/deleting-at-the-server-is-asked-about", test_at_server);
  add ("/app/rules/a-run-is-taken-back", test_run_undone);
  return g_test_run ();
}
