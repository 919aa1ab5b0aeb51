/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mail that has been in Deleted or Junk for long enough. */
#include "sync-expiry.h"

#include "mail-role.h"
#include "mail-summary.h"
#include "store-database.h"
#include "store-expiry.h"
#include "store-folders.h"
#include "store-messages.h"
#include "store-pending.h"

#define FIRST_LOOK_S 60
#define LOOK_S (60 * 60)
#define MESSAGES_A_BATCH 50
#define DAY ((gint64) 24 * 60 * 60)

struct _SyncExpiry
{
  GObject parent_instance;

  Store *store;
  AccountList *accounts;
  BaseTrace *trace;
  GCancellable *cancellable;
  guint timer;
  gboolean is_looking;
};

G_DEFINE_FINAL_TYPE (SyncExpiry, sync_expiry, G_TYPE_OBJECT)

/* One folder that is cleared */
typedef struct
{
  gint64 account;
  char *title;
  MailRole role;
  guint days;
  guint n_gone;
  gint64 bytes_gone;
} Target;

typedef struct
{
  GArray *targets;   /* of Target */
  guint next;        /* the one in hand */
  gint64 now;
} Look;

static void
target_clear (gpointer data)
{
  g_free (((Target *) data)->title);
}

static void
add_target (GArray *targets, Account *account, MailRole role, guint days)
{
  Target target = { account_get_id (account), g_strdup (account_get_title (account)), role, days, 0, 0 };

  if (days > 0)
    g_array_append_val (targets, target);
  else
    target_clear (&target);
}

static Look *
look_new (SyncExpiry *self, gint64 now)
{
  Look *look = g_new0 (Look, 1);

  look->now = now;
  look->targets = g_array_new (FALSE, FALSE, sizeof (Target));
  g_array_set_clear_func (look->targets, target_clear);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->accounts)); i++)
    {
      g_autoptr (Account) account = g_list_model_get_item (G_LIST_MODEL (self->accounts), i);

      add_target (look->targets, account, MAIL_ROLE_TRASH, account_get_deleted_days (account));
      add_target (look->targets, account, MAIL_ROLE_JUNK, account_get_junk_days (account));
    }
  return look;
}

static void
look_free (gpointer data)
{
  Look *look = data;

  g_array_unref (look->targets);
  g_free (look);
}

/* In the store's worker */

static gboolean
delete_some (StoreDatabase *database, Target *target, const GArray *ids, GError **error)
{
  const gint64 *numbers = (const gint64 *) (gpointer) ids->data;
  g_autoptr (GPtrArray) rows = store_messages_get_rows (database, numbers, ids->len, error);

  if (!rows || !store_pending_delete (database, numbers, ids->len, TRUE, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const MailSummary *row = g_ptr_array_index (rows, i);

      target->n_gone += row != NULL;
      target->bytes_gone += row ? row->size : 0;
    }
  return TRUE;
}

/* @is_done: (out): nothing is left that is due */
static gboolean
clear_some (StoreDatabase *database, Target *target, gint64 now, gboolean *is_done, GError **error)
{
  gint64 folder = store_folders_find_role (database, target->account, target->role, error);
  g_autoptr (GArray) ids = NULL;

  *is_done = folder <= 0;
  if (folder <= 0)
    return folder == 0;
  if (!store_expiry_notice (database, folder, now, error))
    return FALSE;
  ids = store_expiry_list (database, folder, now - target->days * DAY, MESSAGES_A_BATCH, error);
  *is_done = ids && ids->len < MESSAGES_A_BATCH;
  return ids && (ids->len == 0 || delete_some (database, target, ids, error));
}

static gboolean
take_batch (StoreDatabase *database, Look *look, GError **error)
{
  Target *target = &g_array_index (look->targets, Target, look->next);
  Target before = *target;
  gboolean is_done;

  if (!store_database_begin (database, error))
    return FALSE;
  if (!clear_some (database, target, look->now, &is_done, error))
    store_database_rollback (database);
  else if (store_database_commit (database, error))
    {
      look->next += is_done;
      return TRUE;
    }
  *target = before;
  return FALSE;
}

static gpointer
run_batch (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  take_batch (database, data, error);
  return NULL;
}

/* In the main thread */

static int
tell (SyncExpiry *self, const Look *look)
{
  guint n = 0;

  for (guint i = 0; i < look->targets->len; i++)
    {
      const Target *target = &g_array_index (look->targets, Target, i);
      g_autofree char *size = g_format_size ((guint64) MAX (target->bytes_gone, 0));

      n += target->n_gone;
      if (target->n_gone > 0)
        base_trace_note (self->trace, target->title, "deleted for good: %u messages (%s), in %s for more than %u days", target->n_gone, size,
                         target->role == MAIL_ROLE_JUNK ? "Junk" : "Deleted", target->days);
    }
  return (int) MIN (n, G_MAXINT);
}

typedef struct
{
  SyncExpiry *expiry;
  Look *look;
} Turn;

static void next_turn (Turn *turn);

static void
on_ran (GObject *source, GAsyncResult *result, gpointer data)
{
  Turn *turn = data;
  SyncExpiry *self = turn->expiry;
  g_autoptr (GError) error = NULL;

  store_run_finish (STORE_STORE (source), result, &error);
  if (!error && turn->look->next < turn->look->targets->len && !g_cancellable_is_cancelled (self->cancellable))
    {
      next_turn (turn);
      return;
    }
  if (error && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("Old mail in Deleted and Junk could not be cleared: %s", error->message);
  tell (self, turn->look);
  self->is_looking = FALSE;
  look_free (turn->look);
  g_object_unref (self);
  g_free (turn);
}

static void
next_turn (Turn *turn)
{
  store_run_async (turn->expiry->store, run_batch, turn->look, NULL, NULL, turn->expiry->cancellable, on_ran, turn);
}

static void
begin_look (SyncExpiry *self)
{
  Look *look;
  Turn *turn;

  if (self->is_looking)
    return;
  look = look_new (self, g_get_real_time () / G_USEC_PER_SEC);
  if (look->targets->len == 0)
    {
      look_free (look);
      return;
    }
  turn = g_new0 (Turn, 1);
  *turn = (Turn) { g_object_ref (self), look };
  self->is_looking = TRUE;
  next_turn (turn);
}

static gboolean
on_hour (gpointer data)
{
  begin_look (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_first_look (gpointer data)
{
  SyncExpiry *self = data;

  self->timer = g_timeout_add_seconds (LOOK_S, on_hour, self);
  begin_look (self);
  return G_SOURCE_REMOVE;
}

void
sync_expiry_start (SyncExpiry *self)
{
  if (!self->timer && !g_cancellable_is_cancelled (self->cancellable))
    self->timer = g_timeout_add_seconds (FIRST_LOOK_S, on_first_look, self);
}

void
sync_expiry_stop (SyncExpiry *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
}

int
sync_expiry_catch_up (SyncExpiry *self, gint64 now, GError **error)
{
  Look *look = look_new (self, now);
  g_autoptr (StoreDatabase) database = look->targets->len > 0 ? store_open (self->store, error) : NULL;
  gboolean is_good = look->targets->len == 0 || database;
  int n;

  while (is_good && look->next < look->targets->len)
    is_good = take_batch (database, look, error);
  n = tell (self, look);
  look_free (look);
  return is_good ? n : -1;
}

static void
sync_expiry_dispose (GObject *object)
{
  SyncExpiry *self = SYNC_EXPIRY (object);

  sync_expiry_stop (self);
  g_clear_object (&self->store);
  g_clear_object (&self->accounts);
  g_clear_object (&self->trace);
  G_OBJECT_CLASS (sync_expiry_parent_class)->dispose (object);
}

static void
sync_expiry_finalize (GObject *object)
{
  g_clear_object (&SYNC_EXPIRY (object)->cancellable);
  G_OBJECT_CLASS (sync_expiry_parent_class)->finalize (object);
}

static void
sync_expiry_class_init (SyncExpiryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sync_expiry_dispose;
  G_OBJECT_CLASS (klass)->finalize = sync_expiry_finalize;
}

static void
sync_expiry_init (SyncExpiry *self)
{
  self->cancellable = g_cancellable_new ();
}

SyncExpiry *
sync_expiry_new (Store *store, AccountList *accounts, BaseTrace *trace)
{
  SyncExpiry *self = g_object_new (SYNC_TYPE_EXPIRY, NULL);

  self->store = g_object_ref (store);
  self->accounts = g_object_ref (accounts);
  g_set_object (&self->trace, trace);
  return self;
}
