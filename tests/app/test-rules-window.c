/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules window: made, read as a sentence, switched off, moved, deleted and brought back. */
#include "rules-editor.h"
#include "rules-line.h"
#include "rules-window.h"
#include "screen-test.h"
#include "store-database.h"
#include "store-folders.h"
#include "store-rules.h"

typedef struct
{
  Screen screen;
  ModelRules *rules;
  ModelFolderTree *tree;
  RulesWindow *window;
  gpointer pages, stack, editor;
  guint wanted;
} Desk;

static gpointer
part (Desk *desk, const char *id)
{
  return screen_part (desk->window, RULES_TYPE_WINDOW, id);
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
  desk->rules = model_rules_new (desk->screen.store);
  desk->tree = model_folder_tree_new (desk->screen.store, desk->screen.accounts);
  desk->window = rules_window_new (desk->screen.parent, desk->rules, desk->tree, desk->screen.accounts, NULL);
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

#define add(path, func) g_test_add (path, Desk, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  screen_test_init (&argc, &argv);
  add ("/app/rules/one-is-made", test_made);
  add ("/app/rules/an-empty-line-is-refused", test_refused);
  add ("/app/rules/a-deleted-one-comes-back", test_deleted);
  add ("/app/rules/one-goes-up", test_moved);
  return g_test_run ();
}
