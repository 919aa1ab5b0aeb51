/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "sync --watch": pass after pass, until a signal comes. */
#include "cli-watch.h"

#include "store-changes.h"
#include "store-pending.h"

#define DEFAULT_MINUTES 10

typedef struct
{
  gint64 id;
  gboolean is_due;      /* its server has something new, or is to hear of something */
  gint64 n_pending;     /* operations that the last pass left: they wait for their time */
} Watched;

typedef struct
{
  CliSession *session;
  GArray *accounts;     /* of Watched */
  guint timer;          /* until all are due again */
  gboolean is_time;     /* they are */
} Watch;

static Watched *
get (Watch *self, guint i)
{
  return &g_array_index (self->accounts, Watched, i);
}

static gboolean
on_time (gpointer data)
{
  Watch *self = data;

  self->is_time = TRUE;
  self->timer = 0;
  return G_SOURCE_REMOVE;
}

static void
on_news (SyncEngine *engine, gint64 account, Watch *self)
{
  for (guint i = 0; i < self->accounts->len; i++)
    if (get (self, i)->id == account)
      get (self, i)->is_due = TRUE;
}

static gint64
count_pending (Watch *self, guint i)
{
  return store_pending_count (self->session->database, get (self, i)->id, NULL);
}

/* More than the last pass left: somebody did something. */
static void
on_store_changed (StoreChanges *changes, GPtrArray *list, Watch *self)
{
  for (guint i = 0; i < self->accounts->len; i++)
    if (count_pending (self, i) > get (self, i)->n_pending)
      get (self, i)->is_due = TRUE;
}

static guint
find_interval (Watch *self)
{
  guint minutes = G_MAXUINT;

  for (guint i = 0; i < self->accounts->len; i++)
    {
      Account *account = account_list_find (self->session->accounts, get (self, i)->id);

      if (account && account_get_check_minutes (account) > 0)
        minutes = MIN (minutes, account_get_check_minutes (account));
    }
  return (minutes == G_MAXUINT ? DEFAULT_MINUTES : minutes) * 60;
}

/* A server that wants time to pass between two logins gets it. */
static guint
find_longest_delay (const CliReport *report)
{
  guint delay = 0;

  for (guint i = 0; i < report->reports->len; i++)
    delay = MAX (delay, ((const SyncReport *) g_ptr_array_index (report->reports, i))->login_delay);
  return delay;
}

static gboolean
is_any_due (Watch *self)
{
  for (guint i = 0; i < self->accounts->len; i++)
    if (get (self, i)->is_due)
      return TRUE;
  return self->is_time;
}

static GPtrArray *
take_due (Watch *self)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->accounts->len; i++)
    {
      if (self->is_time || get (self, i)->is_due)
        g_ptr_array_add (ids, g_memdup2 (&get (self, i)->id, sizeof (gint64)));
      get (self, i)->is_due = FALSE;
    }
  self->is_time = FALSE;
  return ids;
}

static void
watch (Watch *self, CliPassFunc pass, gpointer data)
{
  self->is_time = TRUE;
  while (!self->session->was_interrupted)
    {
      gboolean is_full = self->is_time;
      g_autoptr (GPtrArray) ids = take_due (self);
      g_autoptr (CliReport) report = pass (self->session, ids, data);

      if (!report)
        break;
      cli_report_print (report, self->session);
      for (guint i = 0; i < self->accounts->len; i++)
        get (self, i)->n_pending = count_pending (self, i);
      if (is_full)
        self->timer = g_timeout_add_seconds (MAX (find_interval (self), find_longest_delay (report)), on_time, self);
      while (!is_any_due (self) && !self->session->was_interrupted)
        g_main_context_iteration (NULL, TRUE);
    }
  g_clear_handle_id (&self->timer, g_source_remove);
}

void
cli_watch_run (CliSession *session, GPtrArray *ids, CliPassFunc pass, gpointer data)
{
  Watch self = { .session = session, .accounts = g_array_new (FALSE, TRUE, sizeof (Watched)) };
  gulong news = g_signal_connect (session->engine, "news", G_CALLBACK (on_news), &self);
  gulong changes = g_signal_connect (store_get_changes (session->store), "changed", G_CALLBACK (on_store_changed), &self);

  g_array_set_size (self.accounts, ids->len);
  for (guint i = 0; i < ids->len; i++)
    get (&self, i)->id = *(gint64 *) g_ptr_array_index (ids, i);
  sync_engine_set_watching (session->engine, TRUE);
  watch (&self, pass, data);
  g_signal_handler_disconnect (session->engine, news);
  g_signal_handler_disconnect (store_get_changes (session->store), changes);
  g_array_unref (self.accounts);
}
