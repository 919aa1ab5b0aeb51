/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the engine does by itself: at its start, when the network is back, when accounts come and go. */
#include "base-error.h"
#include "engine-fixture.h"
#include "store-database.h"
#include "store-folders.h"

static void
test_start (EngineFixture *self, gconstpointer data)
{
  StoreDatabase *database = store_get_reader (self->store);
  gint64 inbox = 0, end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  gboolean has_come = FALSE;

  sync_engine_start (self->engine);
  while (!has_come)
    {
      g_autoptr (StoreFolder) folder = NULL;

      g_assert_cmpint (g_get_monotonic_time (), <, end);
      engine_fixture_iterate_for (20);
      inbox = store_folders_find_role (database, account_get_id (self->account), MAIL_ROLE_INBOX, NULL);
      folder = inbox > 0 ? store_folders_get (database, inbox, NULL) : NULL;
      has_come = folder && folder->total == 2;
    }
}

/* A network monitor whose network a test takes away and gives back. */
typedef struct
{
  GObject parent_instance;
  gboolean is_available;
} FakeNetwork;

typedef struct
{
  GObjectClass parent_class;
} FakeNetworkClass;

static void fake_network_initable_init (GInitableIface *iface);

static void
fake_network_monitor_init (GNetworkMonitorInterface *iface)
{
}

GType fake_network_get_type (void);
G_DEFINE_TYPE_WITH_CODE (FakeNetwork, fake_network, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (G_TYPE_INITABLE, fake_network_initable_init)
                         G_IMPLEMENT_INTERFACE (G_TYPE_NETWORK_MONITOR, fake_network_monitor_init))

static gboolean
fake_network_init_now (GInitable *initable, GCancellable *cancellable, GError **error)
{
  return TRUE;
}

static void
fake_network_initable_init (GInitableIface *iface)
{
  iface->init = fake_network_init_now;
}

static void
fake_network_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (g_str_equal (pspec->name, "connectivity"))
    g_value_set_enum (value, G_NETWORK_CONNECTIVITY_FULL);
  else
    g_value_set_boolean (value, g_str_equal (pspec->name, "network-available") && ((FakeNetwork *) object)->is_available);
}

static void
fake_network_class_init (FakeNetworkClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = fake_network_get_property;
  g_object_class_override_property (G_OBJECT_CLASS (klass), 1, "network-available");
  g_object_class_override_property (G_OBJECT_CLASS (klass), 2, "network-metered");
  g_object_class_override_property (G_OBJECT_CLASS (klass), 3, "connectivity");
}

static void
fake_network_init (FakeNetwork *self)
{
}

static void
set_network (FakeNetwork *self, gboolean is_available)
{
  self->is_available = is_available;
  g_signal_emit_by_name (self, "network-changed", is_available);
}

static void
wait_for_logins (EngineFixture *self, gint n)
{
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while (g_atomic_int_get (&self->mailbox.n_logins) < n)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      engine_fixture_iterate_for (20);
    }
}

static void
wait_until_idle (EngineFixture *self)
{
  SyncStatus *status = sync_engine_get_status (self->engine, account_get_id (self->account));

  while (sync_status_get_phase (status) != SYNC_IDLE)
    engine_fixture_iterate_for (20);
}

static void
test_network_back (EngineFixture *self, gconstpointer data)
{
  FakeNetwork *network = g_object_new (fake_network_get_type (), NULL);

  network->is_available = TRUE;
  sync_engine_set_network_monitor (self->engine, G_NETWORK_MONITOR (network));
  sync_engine_start (self->engine);
  wait_for_logins (self, 1);
  wait_until_idle (self);
  set_network (network, FALSE);
  set_network (network, TRUE);
  wait_for_logins (self, 2);
  g_object_unref (network);
}

static void
test_login_delay (EngineFixture *self, gconstpointer data)
{
  FakeNetwork *network = g_object_new (fake_network_get_type (), NULL);
  g_autoptr (GPtrArray) reports = NULL;

  self->mailbox.login_delay = 600;
  sync_engine_set_network_monitor (self->engine, G_NETWORK_MONITOR (network));
  sync_engine_start (self->engine);
  wait_for_logins (self, 1);
  wait_until_idle (self);
  set_network (network, TRUE);
  engine_fixture_iterate_for (2500);
  g_assert_cmpint (g_atomic_int_get (&self->mailbox.n_logins), ==, 1);
  reports = engine_fixture_run (self, SYNC_DEFAULT);
  g_assert_cmpint (g_atomic_int_get (&self->mailbox.n_logins), ==, 2);
  g_assert_cmpuint (engine_fixture_get_report (reports)->login_delay, ==, 600);
  g_object_unref (network);
}

static void
test_start_by_hand (EngineFixture *self, gconstpointer data)
{
  g_object_set (self->account, "check-minutes", 0, NULL);
  sync_engine_start (self->engine);
  engine_fixture_iterate_for (500);
  g_assert_cmpuint (test_server_get_n_connections (self->server), ==, 0);
}

static gboolean
check (EngineFixture *self, const char *password, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *place = NULL;

  sync_engine_check_async (self->engine, self->account, ACCOUNT_INCOMING, password, NULL, engine_fixture_on_ready, &place);
  engine_fixture_iterate_until_set ((gpointer *) &place);
  result = place;
  return sync_engine_check_finish (self->engine, result, error);
}

static void
test_check (EngineFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  check (self, "secret", &error);
  g_assert_no_error (error);
  check (self, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (check (self, "wrong", &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_WRONG_PASSWORD);
  g_assert_cmpstr (base_error_get_host (error), ==, "127.0.0.1");
  g_assert_cmpuint (self->n_asked, ==, 0);
}

static void
test_accounts_follow (EngineFixture *self, gconstpointer data)
{
  GListModel *statuses = sync_engine_get_statuses (self->engine);
  g_autoptr (Account) other = account_copy (self->account);
  g_autoptr (GPtrArray) reports = engine_fixture_run (self, SYNC_DEFAULT);

  g_object_set (other, "id", G_GINT64_CONSTANT (0), "email", "tom@example.org", NULL);
  g_assert_true (account_list_save (self->accounts, other, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (statuses), ==, 2);
  g_assert_nonnull (sync_engine_get_status (self->engine, account_get_id (other)));
  g_assert_true (account_list_remove (self->accounts, account_get_id (self->account), NULL));
  g_assert_cmpuint (g_list_model_get_n_items (statuses), ==, 1);
  g_assert_null (sync_engine_get_status (self->engine, account_get_id (self->account)));
}

static void
test_removed_while_running (EngineFixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) reports = NULL;
  GAsyncResult *place = NULL;

  self->mailbox.hang_at_retr = 1;
  sync_engine_run_async (self->engine, 0, SYNC_DEFAULT, NULL, engine_fixture_on_ready, &place);
  engine_fixture_wait_for_hang (self);
  g_assert_true (account_list_remove (self->accounts, account_get_id (self->account), NULL));
  reports = engine_fixture_finish_run (self, &place, NULL);
  engine_fixture_assert_only_error (reports, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gint64
count_folders (EngineFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) folders = store_folders_list (store_get_reader (self->store), account_get_id (self->account), &error);

  g_assert_no_error (error);
  return folders->len;
}

/* posthorn-cli removes the account's mail, a pass of ours makes the folders anew, and then we hear that the account is gone. */
static void
test_removed_elsewhere (EngineFixture *self, gconstpointer data)
{
  g_autoptr (StoreDatabase) database = store_open (self->store, NULL);
  g_autoptr (GPtrArray) reports = engine_fixture_run (self, SYNC_DEFAULT);
  g_autoptr (GPtrArray) again = NULL;
  gint64 id = account_get_id (self->account);
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  g_assert_true (store_folders_remove_account (database, id, "Work", FALSE, NULL));
  again = engine_fixture_run (self, SYNC_DEFAULT);
  g_assert_cmpint (count_folders (self), >, 0);
  g_assert_true (account_list_remove (self->accounts, id, NULL));
  while (count_folders (self) > 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      engine_fixture_iterate_for (20);
    }
}

static void
add (void)
{
#define ADD(path, func) g_test_add ("/sync/engine/" path, EngineFixture, NULL, engine_fixture_set_up, func, engine_fixture_tear_down)
  ADD ("start/receives-at-once", test_start);
  ADD ("start/by-hand-means-by-hand", test_start_by_hand);
  ADD ("network-that-comes-back/is-used-soon", test_network_back);
  ADD ("login-delay/is-kept-but-by-a-person", test_login_delay);
  ADD ("check/says-whether-the-login-works", test_check);
  ADD ("accounts/statuses-follow-the-list", test_accounts_follow);
  ADD ("accounts/removed-while-running-ends", test_removed_while_running);
  ADD ("account-that-goes/removed-elsewhere-leaves-no-folders", test_removed_elsewhere);
}

int
main (int argc, char **argv)
{
  return engine_fixture_main (argc, argv, add);
}
