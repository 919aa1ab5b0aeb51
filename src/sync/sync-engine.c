/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All accounts side by side: who runs, when by themselves, and how they end. */
#include "sync-engine.h"

#include "base-error.h"
#include "base-worker.h"
#include "store-changes.h"
#include "store.h"
#include "sync-account.h"
#include "sync-body.h"
#include "sync-check.h"
#include "sync-group.h"
#include "sync-leftover.h"
#include "sync-wake.h"

#define LONGEST_SLEEP 300     /* seconds: timers stand still while the machine sleeps, the clock does not */
#define NETWORK_SETTLES_MS 2000
#define WAKE_LOOKS_MS 20000

struct _SyncEngine
{
  GObject parent_instance;

  Store *store;
  AccountList *accounts;
  AccountSecrets *secrets;
  BaseTrace *trace;

  GPtrArray *workers;      /* of SyncAccount, in the accounts' order */
  GPtrArray *leaving;      /* of SyncAccount: removed, still ending */
  GListStore *statuses;
  GPtrArray *checks;       /* of SyncCheck */

  gboolean is_watching;
  gboolean is_offline; /* by a person's wish */
  gboolean is_started;
  gboolean is_stopped;
  guint timer;
  guint network_timer;
  GNetworkMonitor *network;
  gboolean had_network;
  SyncWake *wake;      /* while it runs by itself */
};

G_DEFINE_FINAL_TYPE (SyncEngine, sync_engine, G_TYPE_OBJECT)

static guint password_needed_signal, news_signal;

static void schedule (SyncEngine *self);

static SyncAccount *
find_worker (SyncEngine *self, gint64 account)
{
  for (guint i = 0; i < self->workers->len; i++)
    {
      SyncAccount *worker = g_ptr_array_index (self->workers, i);

      if (account_get_id (sync_account_get_account (worker)) == account)
        return worker;
    }
  return NULL;
}

/* By themselves */

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static void
run_due (SyncEngine *self, gint64 now)
{
  for (guint i = 0; i < self->workers->len; i++)
    {
      SyncAccount *worker = g_ptr_array_index (self->workers, i);
      gint64 receive = sync_account_next_receive (worker, now);
      gint64 send = sync_account_next_send (worker, now);
      SyncOptions options = SYNC_BY_ITSELF;

      if (receive == 0 || receive > now)
        options |= SYNC_NO_RECEIVING;
      if (send == 0 || send > now)
        options |= SYNC_NO_SENDING;
      if ((options & SYNC_NO_RECEIVING) && (options & SYNC_NO_SENDING))
        continue;
      sync_account_run_async (worker, options, FALSE, NULL, NULL, NULL);
    }
}

static gboolean
on_timer (gpointer data)
{
  SyncEngine *self = data;

  self->timer = 0;
  run_due (self, get_now ());
  schedule (self);
  return G_SOURCE_REMOVE;
}

/* One timer for whatever comes first. */
static void
schedule (SyncEngine *self)
{
  gint64 now = get_now ();
  gint64 next = now + LONGEST_SLEEP;

  g_clear_handle_id (&self->timer, g_source_remove);
  if (!self->is_started || self->is_stopped || self->is_offline)
    return;
  for (guint i = 0; i < self->workers->len; i++)
    {
      gint64 receive = sync_account_next_receive (g_ptr_array_index (self->workers, i), now);
      gint64 send = sync_account_next_send (g_ptr_array_index (self->workers, i), now);

      if (receive > 0)
        next = MIN (next, receive);
      if (send > 0)
        next = MIN (next, send);
    }
  if (next <= now)
    self->timer = g_timeout_add (50, on_timer, self); /* what comes together goes together */
  else
    self->timer = g_timeout_add_seconds (next - now, on_timer, self);
}

static void
on_rescheduled (SyncAccount *worker, SyncEngine *self)
{
  schedule (self);
}

static void
on_store_changed (StoreChanges *changes, GPtrArray *list, SyncEngine *self)
{
  for (guint i = 0; i < self->workers->len && !self->is_offline; i++)
    sync_account_note_changes (g_ptr_array_index (self->workers, i));
  if (store_changes_contain (list, STORE_CHANGED_OUTBOX | STORE_CHANGED_EVERYTHING))
    schedule (self);
}

/* The network has come back: what failed without it is tried again, back-off or not. */
static gboolean
on_network_settled (gpointer data)
{
  SyncEngine *self = data;

  self->network_timer = 0;
  for (guint i = 0; i < self->workers->len; i++)
    {
      SyncAccount *worker = g_ptr_array_index (self->workers, i);
      gboolean checks = account_get_check_minutes (sync_account_get_account (worker)) > 0;

      sync_account_run_async (worker, checks ? SYNC_DEFAULT : SYNC_NO_RECEIVING, FALSE, NULL, NULL, NULL);
    }
  return G_SOURCE_REMOVE;
}

static void
use_network_soon (SyncEngine *self)
{
  if (!self->is_started || self->is_stopped || self->is_offline)
    return;
  g_clear_handle_id (&self->network_timer, g_source_remove);
  self->network_timer = g_timeout_add (NETWORK_SETTLES_MS, on_network_settled, self);
}

/* The machine was asleep: what was connected is not any more, and nobody has said so. */
static void
on_woken (gpointer data)
{
  use_network_soon (data);
}

/* A monitor that sees no network is not always right (a server on this machine): nothing is held back for it. */
static void
on_network_changed (GNetworkMonitor *monitor, gboolean is_available, SyncEngine *self)
{
  gboolean has_come = is_available && !self->had_network;

  self->had_network = is_available;
  if (has_come)
    use_network_soon (self);
}

/* Accounts */

static void
on_password_needed (SyncAccount *worker, int direction, const GError *why, SyncEngine *self)
{
  g_signal_emit (self, password_needed_signal, 0, sync_account_get_account (worker), direction, why);
}

static void
on_news (SyncAccount *worker, SyncEngine *self)
{
  if (self->is_stopped || self->is_offline)
    return;
  if (self->is_started)
    sync_account_run_async (worker, SYNC_BY_ITSELF | SYNC_NO_SENDING, FALSE, NULL, NULL, NULL);
  else
    g_signal_emit (self, news_signal, 0, account_get_id (sync_account_get_account (worker)));
}

/* Its threads have nothing to do any more, so joining them does not wait. */
static void
on_leaving_ended (SyncAccount *worker, SyncEngine *self)
{
  if (sync_account_is_busy (worker))
    return;
  g_signal_handlers_disconnect_by_data (worker, self);
  sync_account_stop (worker);
  sync_leftover_put_away (self->store, sync_account_get_account (worker));
  g_ptr_array_remove (self->leaving, worker);
}

static void
remove_worker (SyncEngine *self, guint position)
{
  SyncAccount *worker = g_ptr_array_steal_index (self->workers, position);

  g_list_store_remove (self->statuses, position);
  g_signal_handlers_disconnect_by_data (worker, self);
  g_ptr_array_add (self->leaving, worker);
  sync_account_cancel (worker);
  g_signal_connect (worker, "rescheduled", G_CALLBACK (on_leaving_ended), self);
  on_leaving_ended (worker, self);
}

static void
insert_worker (SyncEngine *self, guint position, Account *account)
{
  SyncAccount *worker = sync_account_new (account, self->store, self->secrets, self->trace);

  g_signal_connect (worker, "password-needed", G_CALLBACK (on_password_needed), self);
  g_signal_connect (worker, "rescheduled", G_CALLBACK (on_rescheduled), self);
  g_signal_connect (worker, "news", G_CALLBACK (on_news), self);
  sync_account_set_watching (worker, self->is_watching && !self->is_offline);
  g_ptr_array_insert (self->workers, position, worker);
  g_list_store_insert (self->statuses, position, sync_account_get_status (worker));
}

static void
on_accounts_changed (GListModel *accounts, guint position, guint removed, guint added, SyncEngine *self)
{
  for (guint i = 0; i < removed; i++)
    remove_worker (self, position);
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (Account) account = g_list_model_get_item (accounts, position + i);

      insert_worker (self, position + i, account);
    }
  schedule (self);
}

/* Send/Receive */

void
sync_engine_run_async (SyncEngine *self, gint64 account, SyncOptions options,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GPtrArray) workers = g_ptr_array_new ();

  g_task_set_source_tag (task, sync_engine_run_async);
  for (guint i = 0; i < self->workers->len && !self->is_offline; i++)
    {
      SyncAccount *worker = g_ptr_array_index (self->workers, i);

      if (account == 0 || account_get_id (sync_account_get_account (worker)) == account)
        g_ptr_array_add (workers, worker);
    }
  if (account != 0 && !self->is_offline && workers->len == 0)
    g_task_return_new_error (task, BASE_ERROR, BASE_ERROR_NOT_FOUND, "There is no account %" G_GINT64_FORMAT ".", account);
  else
    sync_group_run (task, workers, options);
}

GPtrArray *
sync_engine_run_finish (SyncEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Checks */

static void
on_checked (SyncCheck *check, gpointer data)
{
  SyncEngine *self = data;

  g_ptr_array_remove (self->checks, check);
}

void
sync_engine_check_async (SyncEngine *self, Account *account, AccountDirection direction, const char *password,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, sync_engine_check_async);
  if (self->is_stopped)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
      g_object_unref (task);
      return;
    }
  g_ptr_array_add (self->checks, sync_check_new (account, direction, password, self->secrets, self->trace, task, on_checked, self));
}

gboolean
sync_engine_check_finish (SyncEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Bodies */

static void
on_body_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (sync_account_fetch_body_finish (SYNC_ACCOUNT (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_body_wanted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  SyncEngine *self = g_task_get_source_object (task);
  GError *error = NULL;
  gint64 account = sync_body_want_finish (STORE_STORE (source), result, &error);
  SyncAccount *worker = account > 0 ? find_worker (self, account) : NULL;

  if (account < 0)
    g_task_return_error (task, error);
  else if (account == 0)
    g_task_return_boolean (task, TRUE);
  else if (self->is_offline)
    g_task_return_new_error (task, BASE_ERROR, BASE_ERROR_NETWORK, "Posthorn works offline.");
  else if (!worker)
    g_task_return_new_error (task, BASE_ERROR, BASE_ERROR_NOT_FOUND, "The account that has this message is not there any more.");
  else
    {
      gint64 message = *(gint64 *) g_task_get_task_data (task);
      GCancellable *cancellable = g_task_get_cancellable (task);

      sync_account_fetch_body_async (worker, message, cancellable, on_body_fetched, g_steal_pointer (&task));
    }
}

void
sync_engine_fetch_body_async (SyncEngine *self, gint64 message,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, sync_engine_fetch_body_async);
  g_task_set_task_data (task, g_memdup2 (&message, sizeof message), g_free);
  sync_body_want_async (self->store, message, cancellable, on_body_wanted, task);
}

gboolean
sync_engine_fetch_body_finish (SyncEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The engine */

GListModel *
sync_engine_get_statuses (SyncEngine *self)
{
  return G_LIST_MODEL (self->statuses);
}

SyncStatus *
sync_engine_get_status (SyncEngine *self, gint64 account)
{
  SyncAccount *worker = find_worker (self, account);

  return worker ? sync_account_get_status (worker) : NULL;
}

void
sync_engine_set_network_monitor (SyncEngine *self, GNetworkMonitor *monitor)
{
  g_return_if_fail (!self->is_started);
  g_set_object (&self->network, monitor);
}

void
sync_engine_start (SyncEngine *self)
{
  if (self->is_started || self->is_stopped)
    return;
  self->is_started = TRUE;
  sync_engine_set_watching (self, TRUE);
  if (!self->network)
    self->network = g_object_ref (g_network_monitor_get_default ());
  self->had_network = g_network_monitor_get_network_available (self->network);
  g_signal_connect (self->network, "network-changed", G_CALLBACK (on_network_changed), self);
  self->wake = sync_wake_new (NULL, WAKE_LOOKS_MS, on_woken, self);
  g_signal_connect (store_get_changes (self->store), "changed", G_CALLBACK (on_store_changed), self);
  /* also what a process that died left in the Outbox is looked at once */
  for (guint i = 0; i < self->workers->len && !self->is_offline; i++)
    sync_account_run_async (g_ptr_array_index (self->workers, i), SYNC_BY_ITSELF | SYNC_NO_RECEIVING, FALSE, NULL, NULL, NULL);
  schedule (self);
}

void
sync_engine_set_watching (SyncEngine *self, gboolean is_watching)
{
  self->is_watching = is_watching;
  for (guint i = 0; i < self->workers->len; i++)
    sync_account_set_watching (g_ptr_array_index (self->workers, i), is_watching && !self->is_offline);
}

void
sync_engine_set_online (SyncEngine *self, gboolean is_online)
{
  if (self->is_offline == !is_online || self->is_stopped)
    return;
  self->is_offline = !is_online;
  sync_engine_set_watching (self, self->is_watching);
  if (self->is_offline)
    {
      g_clear_handle_id (&self->network_timer, g_source_remove);
      sync_engine_cancel (self, 0);
    }
  else if (self->is_started)
    sync_engine_run_async (self, 0, SYNC_DEFAULT, NULL, NULL, NULL);
  schedule (self);
}

gboolean
sync_engine_is_online (SyncEngine *self)
{
  return !self->is_offline;
}

void
sync_engine_set_open_folder (SyncEngine *self, gint64 account, gint64 folder)
{
  SyncAccount *worker = find_worker (self, account);

  if (worker)
    sync_account_set_open_folder (worker, folder);
}

void
sync_engine_cancel (SyncEngine *self, gint64 account)
{
  for (guint i = 0; i < self->workers->len; i++)
    {
      SyncAccount *worker = g_ptr_array_index (self->workers, i);

      if (account == 0 || account_get_id (sync_account_get_account (worker)) == account)
        sync_account_cancel (worker);
    }
}

/* All are told before the first is waited for. */
static void
stop_workers (GPtrArray *workers)
{
  for (guint i = 0; i < workers->len; i++)
    sync_account_cancel (g_ptr_array_index (workers, i));
  for (guint i = 0; i < workers->len; i++)
    sync_account_stop (g_ptr_array_index (workers, i));
}

void
sync_engine_stop (SyncEngine *self)
{
  if (self->is_stopped)
    return;
  self->is_stopped = TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->network_timer, g_source_remove);
  g_clear_pointer (&self->wake, sync_wake_free);
  if (self->is_started)
    {
      g_signal_handlers_disconnect_by_data (self->network, self);
      g_signal_handlers_disconnect_by_data (store_get_changes (self->store), self);
    }
  g_signal_handlers_disconnect_by_data (self->accounts, self);
  for (guint i = 0; i < self->leaving->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->leaving, i), self);
  stop_workers (self->leaving);
  stop_workers (self->workers);
  for (guint i = 0; i < self->checks->len; i++)
    sync_check_stop (g_ptr_array_index (self->checks, i));
}

static void
sync_engine_dispose (GObject *object)
{
  SyncEngine *self = SYNC_ENGINE (object);

  if (self->store)
    sync_engine_stop (self);
  for (guint i = 0; self->workers && i < self->workers->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->workers, i), self);
  g_clear_pointer (&self->workers, g_ptr_array_unref);
  g_clear_pointer (&self->leaving, g_ptr_array_unref);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_object (&self->statuses);
  g_clear_object (&self->network);
  g_clear_object (&self->accounts);
  g_clear_object (&self->secrets);
  g_clear_object (&self->trace);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (sync_engine_parent_class)->dispose (object);
}

static void
sync_engine_class_init (SyncEngineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sync_engine_dispose;
  news_signal = g_signal_new ("news", SYNC_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  password_needed_signal = g_signal_new ("password-needed", SYNC_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 3, ACCOUNT_TYPE_ACCOUNT, G_TYPE_INT, G_TYPE_ERROR);
}

static void
sync_engine_init (SyncEngine *self)
{
  self->workers = g_ptr_array_new_with_free_func (g_object_unref);
  self->leaving = g_ptr_array_new_with_free_func (g_object_unref);
  self->checks = g_ptr_array_new_with_free_func ((GDestroyNotify) sync_check_free);
  self->statuses = g_list_store_new (SYNC_TYPE_STATUS);
}

SyncEngine *
sync_engine_new (Store *store, AccountList *accounts, AccountSecrets *secrets, BaseTrace *trace)
{
  SyncEngine *self = g_object_new (SYNC_TYPE_ENGINE, NULL);

  self->store = g_object_ref (store);
  self->accounts = g_object_ref (accounts);
  self->secrets = g_object_ref (secrets);
  self->trace = trace ? g_object_ref (trace) : NULL;
  on_accounts_changed (G_LIST_MODEL (accounts), 0, 0, g_list_model_get_n_items (G_LIST_MODEL (accounts)), self);
  g_signal_connect (accounts, "items-changed", G_CALLBACK (on_accounts_changed), self);
  return self;
}
