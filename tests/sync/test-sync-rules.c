/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules at work: what arrives is sorted once, whatever happens, and nobody is answered who should not be. */
#include "mime-summary.h"
#include "store-fixture.h"
#include "store-outbox.h"
#include "store-pending.h"
#include "store-rules.h"
#include "sync-rules.h"

#include <string.h>

typedef struct
{
  StoreFixture base;
  AccountList *accounts;
  char *file;
  gint64 account, inbox, archive, trash;
  GAsyncResult *result;
} RulesTest;

static void
set_up (RulesTest *self, gconstpointer data)
{
  g_autoptr (Account) account = account_new ();
  g_autoptr (GError) error = NULL;

  store_fixture_set_up (&self->base, data);
  self->file = g_build_filename (self->base.folder, "accounts.ini", NULL);
  self->accounts = account_list_new (self->file, &error);
  g_assert_no_error (error);
  g_object_set (account, "person-name", "Me", "email", "me@example.net", NULL);
  account_set_server (account, ACCOUNT_INCOMING, "127.0.0.1", 1, MAIL_SECURITY_PLAINTEXT, "me");
  account_set_server (account, ACCOUNT_OUTGOING, "127.0.0.1", 1, MAIL_SECURITY_PLAINTEXT, "me");
  account_list_save (self->accounts, account, &error);
  g_assert_no_error (error);
  self->account = account_get_id (account_list_find_email (self->accounts, "me@example.net"));
  g_assert_true (store_folders_prepare_account (self->base.database, self->account, NULL));
  g_assert_true (store_folders_prepare_account (self->base.database, STORE_LOCAL_ACCOUNT, NULL));
  self->inbox = store_folders_find_role (self->base.database, self->account, MAIL_ROLE_INBOX, NULL);
  self->archive = store_folders_find_role (self->base.database, self->account, MAIL_ROLE_ARCHIVE, NULL);
  self->trash = store_folders_find_role (self->base.database, self->account, MAIL_ROLE_TRASH, NULL);
}

static void
tear_down (RulesTest *self, gconstpointer data)
{
  g_clear_object (&self->accounts);
  g_free (self->file);
  store_fixture_tear_down (&self->base, data);
}

static gint64
add_mail (RulesTest *self, const char *headers, const char *body, gboolean is_whole)
{
  static guint n;
  g_autofree char *text = g_strdup_printf ("Message-ID: <%u@example.org>\r\n%s\r\n%s", ++n, headers, body);
  g_autoptr (GBytes) source = g_bytes_new (text, strlen (text));
  g_autoptr (MailSummary) summary = mime_summary_new (source, is_whole, 1700000000);
  gint64 id = store_messages_add (self->base.database, self->inbox, source, summary, NULL);

  g_assert_cmpint (id, >, 0);
  return id;
}

#define FROM_ANA "From: Ana <ana@example.org>\r\nTo: me@example.net\r\nSubject: Figures\r\n"

static gint64
save_rule (RulesTest *self, MailRuleField field, const char *text, MailRuleDeed deed, const char *with, gint64 number, gboolean stops)
{
  g_autoptr (MailRule) rule = mail_rule_new ();

  mail_rule_add_condition (rule, field, FALSE, text, 0);
  mail_rule_add_action (rule, deed, with, number);
  rule->stops = stops;
  return store_rules_save (self->base.database, rule, NULL);
}

static void
sort (RulesTest *self)
{
  g_autoptr (SyncRules) rules = sync_rules_new (self->base.store, self->accounts);
  g_autoptr (GError) error = NULL;

  sync_rules_catch_up (rules, NULL, &error);
  g_assert_no_error (error);
}

static gint64
where (RulesTest *self, gint64 id)
{
  g_autoptr (MailSummary) summary = store_messages_get (self->base.database, id, NULL);

  return summary ? summary->folder : 0;
}

static guint
count_outbox (RulesTest *self)
{
  g_autoptr (GPtrArray) list = store_outbox_list (self->base.database, self->account, NULL);

  return list->len;
}

static void
test_moved (RulesTest *self, gconstpointer data)
{
  gint64 before = add_mail (self, FROM_ANA, "x", TRUE);
  gint64 after, other;

  save_rule (self, MAIL_RULE_FROM, "ana@", MAIL_RULE_MOVE, NULL, self->archive, FALSE);
  after = add_mail (self, FROM_ANA, "x", TRUE);
  other = add_mail (self, "From: tom@example.org\r\nSubject: Flat\r\n", "x", TRUE);
  sort (self);
  g_assert_cmpint (where (self, before), ==, self->inbox);
  g_assert_cmpint (where (self, after), ==, self->archive);
  g_assert_cmpint (where (self, other), ==, self->inbox);
}

/* Who moves it back wants it there. */
static void
test_once (RulesTest *self, gconstpointer data)
{
  gint64 id;

  save_rule (self, MAIL_RULE_FROM, "ana@", MAIL_RULE_MOVE, NULL, self->archive, FALSE);
  id = add_mail (self, FROM_ANA, "x", TRUE);
  sort (self);
  g_assert_true (store_pending_move (self->base.database, &id, 1, self->inbox, NULL));
  sort (self);
  g_assert_cmpint (where (self, id), ==, self->inbox);
}

static void
test_order (RulesTest *self, gconstpointer data)
{
  gint64 first, second, id;

  first = save_rule (self, MAIL_RULE_SUBJECT, "figures", MAIL_RULE_MOVE, NULL, self->archive, TRUE);
  second = save_rule (self, MAIL_RULE_FROM, "ana@", MAIL_RULE_DELETE, NULL, 0, FALSE);
  id = add_mail (self, FROM_ANA, "x", TRUE);
  sort (self);
  g_assert_cmpint (where (self, id), ==, self->archive);
  g_assert_true (store_rules_move (self->base.database, second, FALSE, NULL));
  g_assert_true (store_rules_move (self->base.database, first, TRUE, NULL)); /* is the last already */
  id = add_mail (self, FROM_ANA, "y", TRUE);
  sort (self);
  g_assert_cmpint (where (self, id), ==, self->archive); /* deleted by the one, then taken out by the other */
}

/* The text is not here yet: it waits, across a restart, and then has its turn. */
static void
test_later (RulesTest *self, gconstpointer data)
{
  static const char whole[] = FROM_ANA "\r\nthe flat in Porto";
  g_autoptr (GBytes) source = g_bytes_new_static (whole, strlen (whole));
  g_autoptr (MailSummary) summary = mime_summary_new (source, TRUE, 1700000000);
  gint64 id;

  save_rule (self, MAIL_RULE_WORDS, "porto", MAIL_RULE_MOVE, NULL, self->archive, FALSE);
  id = add_mail (self, FROM_ANA, "", FALSE);
  sort (self);
  g_assert_cmpint (where (self, id), ==, self->inbox);
  g_assert_cmpint (store_fixture_count (&self->base, "SELECT count (*) FROM rule_waiting"), ==, 1);
  g_assert_true (store_messages_replace (self->base.database, id, source, summary, NULL));
  sort (self);
  g_assert_cmpint (where (self, id), ==, self->archive);
  g_assert_cmpint (store_fixture_count (&self->base, "SELECT count (*) FROM rule_waiting"), ==, 0);
}

static void
test_folder_gone (RulesTest *self, gconstpointer data)
{
  gint64 folder = store_folders_create (self->base.database, self->account, "Old", MAIL_ROLE_NONE, NULL);
  gint64 id;

  save_rule (self, MAIL_RULE_FROM, "ana@", MAIL_RULE_MOVE, NULL, folder, FALSE);
  g_assert_true (store_folders_delete (self->base.database, folder, TRUE, NULL));
  id = add_mail (self, FROM_ANA, "x", TRUE);
  sort (self);
  g_assert_cmpint (where (self, id), ==, self->inbox);
}

static void
test_reply (RulesTest *self, gconstpointer data)
{
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GBytes) source = NULL;
  g_autofree char *text = NULL;
  const StoreOutboxItem *item;

  save_rule (self, MAIL_RULE_SUBJECT, "figures", MAIL_RULE_REPLY, "I am away.", 0, FALSE);
  add_mail (self, FROM_ANA, "x", TRUE);
  add_mail (self, FROM_ANA, "y", TRUE);
  sort (self);
  list = store_outbox_list (self->base.database, self->account, NULL);
  g_assert_cmpuint (list->len, ==, 1);
  item = g_ptr_array_index (list, 0);
  g_assert_cmpstr (((StoreOutboxRecipient *) item->recipients->pdata[0])->address, ==, "ana@example.org");
  source = store_messages_load_source (self->base.database, item->message, NULL);
  text = g_strndup (g_bytes_get_data (source, NULL), g_bytes_get_size (source));
  g_assert_true (g_str_has_prefix (text, "Auto-Submitted: auto-replied\r\n"));
  g_assert_nonnull (strstr (text, "Subject: Auto: Figures\r\n"));
  g_assert_nonnull (strstr (text, "In-Reply-To: <"));
}

static void
test_no_reply (RulesTest *self, gconstpointer data)
{
  static const char *const headers[] = {
    FROM_ANA "List-Id: <choir.example.org>\r\n",
    FROM_ANA "Auto-Submitted: auto-replied\r\n",
    FROM_ANA "Precedence: bulk\r\n",
    FROM_ANA "Return-Path: <>\r\n",
    FROM_ANA "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n",
    FROM_ANA "List-Help: <mailto:x@example.org>\r\n",
    FROM_ANA "X-Autoreply: yes\r\n",
    "From: no-reply@example.org\r\nTo: me@example.net\r\nSubject: Figures\r\n",
    "From: ana@example.org\r\nTo: choir@example.org\r\nSubject: Figures\r\n",
    "From: me@example.net\r\nTo: me@example.net\r\nSubject: Figures\r\n",
  };

  save_rule (self, MAIL_RULE_SUBJECT, "figures", MAIL_RULE_REPLY, "I am away.", 0, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    add_mail (self, headers[i], "x", TRUE);
  sort (self);
  g_assert_cmpuint (count_outbox (self), ==, 0);
}

static void
test_forward (RulesTest *self, gconstpointer data)
{
  g_autoptr (GPtrArray) list = NULL;
  const StoreOutboxItem *item;

  save_rule (self, MAIL_RULE_SUBJECT, "figures", MAIL_RULE_FORWARD, "tom@example.org, eve@example.org", 0, FALSE);
  add_mail (self, FROM_ANA, "x", TRUE);
  add_mail (self, FROM_ANA "X-Loop: me@example.net\r\n", "y", TRUE);
  sort (self);
  list = store_outbox_list (self->base.database, self->account, NULL);
  g_assert_cmpuint (list->len, ==, 1);
  item = g_ptr_array_index (list, 0);
  g_assert_cmpuint (item->recipients->len, ==, 2);
}

/* The bounce of what was forwarded comes back here. */
static void
test_no_forward (RulesTest *self, gconstpointer data)
{
  static const char *const headers[] = {
    FROM_ANA "Return-Path: <>\r\n",
    FROM_ANA "Auto-Submitted: auto-replied (away)\r\n",
    FROM_ANA "Content-Type: multipart/report; boundary=b\r\n",
    FROM_ANA "X-Loop: other@example.org\r\nX-Loop: ME@example.net\r\n",
    FROM_ANA "X-Loop: a@a.example\r\nX-Loop: b@a.example\r\nX-Loop: c@a.example\r\nX-Loop: d@a.example\r\nX-Loop: e@a.example\r\n"
    "X-Loop: f@a.example\r\nX-Loop: g@a.example\r\nX-Loop: h@a.example\r\nX-Loop: i@a.example\r\nX-Loop: j@a.example\r\n",
  };

  save_rule (self, MAIL_RULE_SUBJECT, "figures", MAIL_RULE_FORWARD, "tom@example.org", 0, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    add_mail (self, headers[i], "x", TRUE);
  sort (self);
  g_assert_cmpuint (count_outbox (self), ==, 0);
}

/* Two whose rules forward to each other: each makes a new message, and both are named in it. */
static void
test_hops (RulesTest *self, gconstpointer data)
{
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GBytes) source = NULL;
  g_autofree char *text = NULL;

  save_rule (self, MAIL_RULE_SUBJECT, "figures", MAIL_RULE_FORWARD, "tom@example.org", 0, FALSE);
  add_mail (self, FROM_ANA "X-Loop: tom@example.org\r\nX-Loop: evil@example.org\x01 y\r\n", "x", TRUE);
  sort (self);
  list = store_outbox_list (self->base.database, self->account, NULL);
  g_assert_cmpuint (list->len, ==, 1);
  source = store_messages_load_source (self->base.database, ((StoreOutboxItem *) g_ptr_array_index (list, 0))->message, NULL);
  text = g_strndup (g_bytes_get_data (source, NULL), g_bytes_get_size (source));
  g_assert_true (g_str_has_prefix (text, "Auto-Submitted: auto-generated\r\nX-Loop: tom@example.org\r\nX-Loop: me@example.net\r\n"));
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  ((RulesTest *) data)->result = g_object_ref (result);
}

static void
on_progress (guint done, guint total, gpointer data)
{
  g_assert_cmpuint (done, <=, total);
  ++*(guint *) data;
}

/* By hand on what was there before; nobody is answered for old mail. */
static void
test_folder (RulesTest *self, gconstpointer data)
{
  g_autoptr (SyncRules) rules = sync_rules_new (self->base.store, self->accounts);
  gint64 id = add_mail (self, FROM_ANA, "x", TRUE);
  guint n_told = 0;

  save_rule (self, MAIL_RULE_FROM, "ana@", MAIL_RULE_REPLY, "I am away.", 0, FALSE);
  save_rule (self, MAIL_RULE_FROM, "ana@", MAIL_RULE_MOVE, NULL, self->archive, FALSE);
  sync_rules_start (rules);
  sync_rules_run_async (rules, self->inbox, 0, on_progress, &n_told, NULL, on_done, self);
  while (!self->result)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (sync_rules_run_finish (rules, self->result, NULL, NULL), ==, 1);
  g_clear_object (&self->result);
  g_assert_cmpint (where (self, id), ==, self->archive);
  g_assert_cmpuint (count_outbox (self), ==, 0);
  g_assert_cmpuint (n_told, ==, 1);
  sync_rules_stop (rules);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
wait_for_result (RulesTest *self)
{
  while (!self->result)
    g_main_context_iteration (NULL, TRUE);
}

static MailFlags
get_flags (RulesTest *self, gint64 id)
{
  g_autoptr (MailSummary) summary = store_messages_get (self->base.database, id, NULL);

  return summary->flags;
}

static SyncRuleUndo *
run_now (RulesTest *self, SyncRules *rules, int n_expected)
{
  SyncRuleUndo *undo = NULL;

  sync_rules_run_async (rules, self->inbox, 0, NULL, NULL, NULL, on_done, self);
  wait_for_result (self);
  g_assert_cmpint (sync_rules_run_finish (rules, self->result, &undo, NULL), ==, n_expected);
  g_clear_object (&self->result);
  return undo;
}

static void
take_back (RulesTest *self, SyncRules *rules, SyncRuleUndo *undo)
{
  g_autoptr (GError) error = NULL;

  sync_rules_undo_async (rules, undo, on_done, self);
  wait_for_result (self);
  sync_rules_undo_finish (rules, self->result, &error);
  g_assert_no_error (error);
  g_clear_object (&self->result);
}

static void
stop (SyncRules *rules)
{
  sync_rules_stop (rules);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Moved, deleted, flagged, read and copied: all is as before, also what was flagged before. */
static void
test_undo (RulesTest *self, gconstpointer data)
{
  g_autoptr (SyncRules) rules = sync_rules_new (self->base.store, self->accounts);
  gint64 moved = add_mail (self, FROM_ANA, "x", TRUE);
  gint64 deleted = add_mail (self, "From: tom@example.org\r\nSubject: Flat\r\n", "x", TRUE);
  gint64 other = add_mail (self, "From: eve@example.org\r\nSubject: Flat\r\n", "x", TRUE);
  SyncRuleUndo *undo;

  g_assert_true (store_pending_mark (self->base.database, &moved, 1, MAIL_FLAG_FLAGGED, 0, NULL));
  save_rule (self, MAIL_RULE_FROM, "ana@", MAIL_RULE_COPY, NULL, self->archive, FALSE);
  save_rule (self, MAIL_RULE_FROM, "ana@", MAIL_RULE_FLAG, NULL, 0, FALSE);
  save_rule (self, MAIL_RULE_FROM, "ana@", MAIL_RULE_MARK_READ, NULL, 0, FALSE);
  save_rule (self, MAIL_RULE_FROM, "ana@", MAIL_RULE_MOVE, NULL, self->archive, FALSE);
  save_rule (self, MAIL_RULE_FROM, "tom@", MAIL_RULE_DELETE, NULL, 0, FALSE);
  sync_rules_start (rules);
  undo = run_now (self, rules, 2);
  g_assert_cmpint (where (self, moved), ==, self->archive);
  g_assert_cmpint (where (self, deleted), ==, self->trash);
  g_assert_cmpint (store_fixture_count (&self->base, "SELECT count (*) FROM message"), ==, 4);
  take_back (self, rules, undo);
  g_assert_cmpint (where (self, moved), ==, self->inbox);
  g_assert_cmpint (get_flags (self, moved), ==, MAIL_FLAG_FLAGGED);
  g_assert_cmpint (where (self, deleted), ==, self->inbox);
  g_assert_cmpint (where (self, other), ==, self->inbox);
  g_assert_cmpint (store_fixture_count (&self->base, "SELECT count (*) FROM message"), ==, 3);
  stop (rules);
}

/* Between the run and its undoing a person went on. */
static void
test_undo_late (RulesTest *self, gconstpointer data)
{
  g_autoptr (SyncRules) rules = sync_rules_new (self->base.store, self->accounts);
  gint64 kept = add_mail (self, FROM_ANA, "x", TRUE);
  gint64 gone = add_mail (self, "From: tom@example.org\r\nSubject: Flat\r\n", "x", TRUE);
  SyncRuleUndo *undo;

  save_rule (self, MAIL_RULE_FROM, "ana@", MAIL_RULE_DELETE, NULL, 0, FALSE);
  save_rule (self, MAIL_RULE_FROM, "tom@", MAIL_RULE_COPY, NULL, self->archive, FALSE);
  sync_rules_start (rules);
  undo = run_now (self, rules, 2);
  g_assert_true (store_pending_move (self->base.database, &kept, 1, self->archive, NULL));
  g_assert_true (store_pending_delete (self->base.database, &gone, 1, TRUE, NULL));
  take_back (self, rules, undo);
  g_assert_cmpint (where (self, kept), ==, self->archive);
  g_assert_cmpint (store_fixture_count (&self->base, "SELECT count (*) FROM message"), ==, 2); /* the copy is the last one */
  stop (rules);
}

static void
test_nothing_to_undo (RulesTest *self, gconstpointer data)
{
  g_autoptr (SyncRules) rules = sync_rules_new (self->base.store, self->accounts);

  add_mail (self, FROM_ANA, "x", TRUE);
  save_rule (self, MAIL_RULE_FROM, "tom@", MAIL_RULE_DELETE, NULL, 0, FALSE);
  sync_rules_start (rules);
  g_assert_null (run_now (self, rules, 0));
  stop (rules);
}

static void
test_header (RulesTest *self, gconstpointer data)
{
  g_autoptr (MailRule) rule = mail_rule_new ();
  gint64 id, other;

  mail_rule_add_header_condition (rule, "List-Id", FALSE, "chœur");
  mail_rule_add_action (rule, MAIL_RULE_MOVE, NULL, self->archive);
  g_assert_cmpint (store_rules_save (self->base.database, rule, NULL), >, 0);
  id = add_mail (self, FROM_ANA "X-A: b\r\nlist-id: =?utf-8?q?Le_Ch=C5=93ur?=\r\n <choir.example.org>\r\n", "x", FALSE);
  other = add_mail (self, FROM_ANA "X-List-Id: =?utf-8?q?Ch=C5=93ur?=\r\n", "x", FALSE);
  sort (self);
  g_assert_cmpint (where (self, id), ==, self->archive);
  g_assert_cmpint (where (self, other), ==, self->inbox);
}

static void
test_by_itself (RulesTest *self, gconstpointer data)
{
  g_autoptr (SyncRules) rules = sync_rules_new (self->base.store, self->accounts);
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  gint64 id;

  save_rule (self, MAIL_RULE_FROM, "ana@", MAIL_RULE_MOVE, NULL, self->archive, FALSE);
  sync_rules_start (rules);
  id = add_mail (self, FROM_ANA, "x", TRUE);
  while (where (self, id) != self->archive && g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (5000);
    }
  g_assert_cmpint (where (self, id), ==, self->archive);
  sync_rules_stop (rules);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

#define add(path, func) g_test_add (path, RulesTest, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  mime_init ();
  add ("/sync/rules/what-arrives-is-moved-and-what-was-there-stays", test_moved);
  add ("/sync/rules/a-message-has-one-turn", test_once);
  add ("/sync/rules/they-go-in-order-until-one-stops", test_order);
  add ("/sync/rules/one-that-needs-the-text-waits-for-it", test_later);
  add ("/sync/rules/a-folder-that-is-gone-moves-nothing", test_folder_gone);
  add ("/sync/rules/somebody-is-answered-once", test_reply);
  add ("/sync/rules/lists-programs-and-oneself-are-not-answered", test_no_reply);
  add ("/sync/rules/what-was-forwarded-is-not-forwarded-again", test_forward);
  add ("/sync/rules/bounces-and-what-went-in-circles-are-not-forwarded", test_no_forward);
  add ("/sync/rules/who-forwarded-before-stays-named", test_hops);
  add ("/sync/rules/a-folder-is-sorted-by-hand-and-nobody-answered", test_folder);
  add ("/sync/rules/a-run-is-taken-back-as-a-whole", test_undo);
  add ("/sync/rules/what-a-person-did-since-is-not-taken-back", test_undo_late);
  add ("/sync/rules/where-nothing-was-done-nothing-is-taken-back", test_nothing_to_undo);
  add ("/sync/rules/any-line-of-the-header-decides", test_header);
  add ("/sync/rules/arrivals-are-sorted-by-themselves", test_by_itself);
  return g_test_run ();
}
