/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules at work. */
#include "sync-rules.h"

#include "store-database.h"
#include "store-messages.h"
#include "store-rules.h"
#include "sync-follower.h"
#include "sync-rule-deeds.h"

#define MESSAGES_A_BATCH 100

struct _SyncRules
{
  GObject parent_instance;

  Store *store;
  AccountList *accounts;
  SyncFollower *follower;
  StoreDatabase *database;    /* the thread's; NULL until its first job */
};

G_DEFINE_FINAL_TYPE (SyncRules, sync_rules, G_TYPE_OBJECT)

typedef struct
{
  GPtrArray *senders;         /* of SyncRuleSender */
  gint64 folder;              /* 0: what arrived */
  gint64 rule;                /* 0: all */
  SyncRulesProgress progress;
  gpointer progress_data;
} Job;

/* How a run on a folder ended */
typedef struct
{
  int n_done;
  SyncRuleUndo *undo;
  GError *error;              /* (nullable) */
} Outcome;

static void
sender_free (gpointer data)
{
  SyncRuleSender *sender = data;

  g_free (sender->name);
  g_free (sender->email);
  g_free (sender);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_ptr_array_unref (job->senders);
  g_free (job);
}

static void
outcome_free (gpointer data)
{
  Outcome *outcome = data;

  g_clear_pointer (&outcome->undo, sync_rule_undo_free);
  g_clear_error (&outcome->error);
  g_free (outcome);
}

static Job *
job_new (SyncRules *self)
{
  Job *job = g_new0 (Job, 1);

  job->senders = g_ptr_array_new_with_free_func (sender_free);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->accounts)); i++)
    {
      g_autoptr (Account) account = g_list_model_get_item (G_LIST_MODEL (self->accounts), i);
      SyncRuleSender *sender = g_new0 (SyncRuleSender, 1);

      *sender = (SyncRuleSender) { account_get_id (account), g_strdup (account_get_person_name (account)), g_strdup (account_get_email (account)) };
      g_ptr_array_add (job->senders, sender);
    }
  return job;
}

/* In the worker's thread */

static gboolean
take_turn (const SyncRuleWork *work, const StoreRuleTurn *turn, GError **error)
{
  gint64 rule = turn->rule;

  switch (sync_rule_deeds_apply (work, turn->message, &rule, error))
    {
    case SYNC_RULE_FAILED:
      return FALSE;
    case SYNC_RULE_LATER:
      return store_rules_wait (work->database, turn->message, rule, error);
    default:
      return store_rules_stop_waiting (work->database, turn->message, error);
    }
}

static gboolean
take_batch (const SyncRuleWork *work, GError **error)
{
  g_autoptr (GArray) turns = NULL;
  gint64 mark;

  if (!store_rules_next (work->database, MESSAGES_A_BATCH, &turns, &mark, error))
    return FALSE;
  for (guint i = 0; i < turns->len; i++)
    if (!take_turn (work, &g_array_index (turns, StoreRuleTurn, i), error))
      return FALSE;
  return store_rules_set_mark (work->database, mark, error);
}

static gboolean
run_batch (const SyncRuleWork *work, GError **error)
{
  if (!store_database_begin (work->database, error))
    return FALSE;
  if (take_batch (work, error))
    return store_database_commit (work->database, error);
  store_database_rollback (work->database);
  return FALSE;
}

/* What arrived. The look whether there is anything to do writes nothing. */
static gboolean
sort_arrivals (StoreDatabase *database, const GPtrArray *senders, GCancellable *cancellable, GError **error)
{
  SyncRuleWork work = { database, NULL, senders, g_get_real_time () / G_USEC_PER_SEC, TRUE };
  g_autoptr (GPtrArray) rules = NULL;
  gboolean is_more;

  if (!store_rules_are_wanted (database, &is_more, error))
    return FALSE;
  while (is_more && !g_cancellable_is_cancelled (cancellable))
    {
      if (!store_rules_have_turns (database, &is_more, error))
        return FALSE;
      if (is_more && !rules)
        work.rules = rules = store_rules_list (database, error);
      if (is_more && (!rules || !run_batch (&work, error)))
        return FALSE;
    }
  return TRUE;
}

typedef struct
{
  GTask *task;
  guint done, total;
} Told;

static gboolean
tell (gpointer data)
{
  Told *told = data;
  Job *job = g_task_get_task_data (told->task);

  job->progress (told->done, told->total, job->progress_data);
  return G_SOURCE_REMOVE;
}

static void
told_free (gpointer data)
{
  g_object_unref (((Told *) data)->task);
  g_free (data);
}

static void
report (GTask *task, guint done, guint total)
{
  Job *job = g_task_get_task_data (task);
  Told *told;

  if (!job->progress)
    return;
  told = g_new0 (Told, 1);
  *told = (Told) { g_object_ref (task), done, total };
  g_main_context_invoke_full (g_task_get_context (task), G_PRIORITY_DEFAULT, tell, told, told_free);
}

/* Whether a rule fitted: -1 with @error */
static int
sort_one (const SyncRuleWork *work, gint64 id, SyncRuleUndo *undo, GError **error)
{
  g_autoptr (MailSummary) before = store_messages_get (work->database, id, NULL);
  gint64 newest = store_rules_get_newest (work->database, error);
  gint64 rule = 0;

  if (!before || newest < 0)
    return newest < 0 ? -1 : 0; /* gone */
  switch (sync_rule_deeds_apply (work, id, &rule, error))
    {
    case SYNC_RULE_FAILED:
      return -1;
    case SYNC_RULE_DONE:
      return sync_rule_undo_note (undo, work->database, before, newest, error) ? 1 : -1;
    case SYNC_RULE_LATER: /* rules above the one that must wait may have done something */
      return sync_rule_undo_note (undo, work->database, before, newest, error) ? 0 : -1;
    default:
      return 0;
    }
}

static int
sort_some (const SyncRuleWork *work, const gint64 *ids, gsize n, SyncRuleUndo *undo, GError **error)
{
  int n_done = 0;
  int done = 0;

  if (!store_database_begin (work->database, error))
    return -1;
  sync_rule_undo_begin (undo);
  for (gsize i = 0; i < n && done >= 0; i++)
    {
      done = sort_one (work, ids[i], undo, error);
      n_done += MAX (done, 0);
    }
  if (done < 0)
    store_database_rollback (work->database);
  if (done >= 0 && store_database_commit (work->database, error))
    return n_done;
  sync_rule_undo_roll_back (undo);
  return -1;
}

/* A rule that is switched off may be run by hand. */
static void
choose_rule (GPtrArray *rules, gint64 id)
{
  for (guint i = rules->len; id && i-- > 0;)
    if (((MailRule *) g_ptr_array_index (rules, i))->id != id)
      g_ptr_array_remove_index (rules, i);
    else
      ((MailRule *) g_ptr_array_index (rules, i))->is_enabled = TRUE;
}

static gboolean
sort_folder (GTask *task, SyncRules *self, Outcome *outcome, GCancellable *cancellable, GError **error)
{
  const Job *job = g_task_get_task_data (task);
  StoreQuery query = { .folder = job->folder };
  g_autoptr (GArray) ids = store_messages_list_ids (self->database, &query, error);
  g_autoptr (GPtrArray) rules = ids ? store_rules_list (self->database, error) : NULL;
  SyncRuleWork work = { self->database, rules, job->senders, g_get_real_time () / G_USEC_PER_SEC, FALSE };

  if (!rules)
    return FALSE;
  choose_rule (rules, job->rule);
  for (guint i = 0; i < ids->len && !sync_follower_is_stopping (self->follower); i += MESSAGES_A_BATCH)
    {
      int n = g_cancellable_set_error_if_cancelled (cancellable, error) ? -1
              : sort_some (&work, &g_array_index (ids, gint64, i), MIN (MESSAGES_A_BATCH, ids->len - i), outcome->undo, error);

      if (n < 0)
        return FALSE;
      outcome->n_done += n;
      report (task, MIN (i + MESSAGES_A_BATCH, ids->len), ids->len);
    }
  return TRUE;
}

static gboolean
open_database (SyncRules *self, GError **error)
{
  if (!self->database)
    self->database = store_open (self->store, error);
  return self->database != NULL;
}

static gboolean
sort (gpointer owner, gpointer data, GCancellable *cancellable, GError **error)
{
  SyncRules *self = owner;

  return open_database (self, error) && sort_arrivals (self->database, ((const Job *) data)->senders, cancellable, error);
}

static void
run_on_folder (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  SyncRules *self = SYNC_RULES (source);
  Outcome *outcome = g_new0 (Outcome, 1);

  outcome->undo = sync_rule_undo_new ();
  if (open_database (self, &outcome->error))
    sort_folder (task, self, outcome, cancellable, &outcome->error);
  g_task_return_pointer (task, outcome, outcome_free);
}

static void
take_back (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  SyncRules *self = SYNC_RULES (source);
  GError *error = NULL;

  if (open_database (self, &error) && sync_rule_undo_run (data, self->database, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
close_database (gpointer owner)
{
  g_clear_pointer (&((SyncRules *) owner)->database, store_database_free);
}

/* In the main thread */

static gpointer
begin (gpointer owner)
{
  return job_new (owner);
}

static const SyncFollowing following = {
  .name = "rules",
  .complaint = "The rules could not be run",
  .kinds = STORE_CHANGED_ADDED | STORE_CHANGED_MESSAGES | STORE_CHANGED_EVERYTHING,
  .begin = begin,
  .free_job = job_free,
  .work = sort,
  .close = close_database,
};

void
sync_rules_start (SyncRules *self)
{
  sync_follower_start (self->follower);
}

void
sync_rules_stop (SyncRules *self)
{
  sync_follower_stop (self->follower);
}

gboolean
sync_rules_catch_up (SyncRules *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (StoreDatabase) database = store_open (self->store, error);
  Job *job = job_new (self);
  gboolean is_good = database && sort_arrivals (database, job->senders, cancellable, error);

  job_free (job);
  return is_good;
}

void
sync_rules_run_async (SyncRules *self, gint64 folder, gint64 rule, SyncRulesProgress progress, gpointer progress_data,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Job *job = job_new (self);

  job->folder = folder;
  job->rule = rule;
  job->progress = progress;
  job->progress_data = progress_data;
  g_task_set_source_tag (task, sync_rules_run_async);
  g_task_set_task_data (task, job, job_free);
  g_task_set_check_cancellable (task, FALSE); /* what was done is told */
  sync_follower_push (self->follower, task, run_on_folder);
}

int
sync_rules_run_finish (SyncRules *self, GAsyncResult *result, SyncRuleUndo **undo, GError **error)
{
  Outcome *outcome = g_task_propagate_pointer (G_TASK (result), error);
  int n = -1;

  if (undo)
    *undo = outcome && !sync_rule_undo_is_empty (outcome->undo) ? g_steal_pointer (&outcome->undo) : NULL;
  if (!outcome)
    return -1;
  if (outcome->error)
    g_propagate_error (error, g_steal_pointer (&outcome->error));
  else
    n = outcome->n_done;
  outcome_free (outcome);
  return n;
}

void
sync_rules_undo_async (SyncRules *self, SyncRuleUndo *undo, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, sync_rules_undo_async);
  g_task_set_task_data (task, undo, (GDestroyNotify) sync_rule_undo_free);
  sync_follower_push (self->follower, task, take_back);
}

gboolean
sync_rules_undo_finish (SyncRules *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
sync_rules_dispose (GObject *object)
{
  SyncRules *self = SYNC_RULES (object);

  if (self->follower)
    sync_follower_stop (self->follower);
  g_clear_object (&self->follower);
  g_clear_object (&self->store);
  g_clear_object (&self->accounts);
  G_OBJECT_CLASS (sync_rules_parent_class)->dispose (object);
}

static void
sync_rules_class_init (SyncRulesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sync_rules_dispose;
}

static void
sync_rules_init (SyncRules *self)
{
}

SyncRules *
sync_rules_new (Store *store, AccountList *accounts)
{
  SyncRules *self = g_object_new (SYNC_TYPE_RULES, NULL);

  self->store = g_object_ref (store);
  self->accounts = g_object_ref (accounts);
  self->follower = sync_follower_new (store, &following, self);
  return self;
}
