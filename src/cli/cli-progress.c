/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine's statuses as one line that is written over again and again. */
#include "cli-progress.h"

#include <stdio.h>
#include <unistd.h>

#define INTERVAL_MS 100
#define BAR_WIDTH 20

struct _CliProgress
{
  CliSession *session;
  guint timer;
  gboolean is_shown;
};

static const char *
get_words (SyncPhase phase)
{
  switch (phase)
    {
    case SYNC_WAITING: return "Waiting";
    case SYNC_CONNECTING: return "Connecting";
    case SYNC_LOGGING_IN: return "Logging in";
    case SYNC_LISTING: return "Looking for new mail";
    case SYNC_RECEIVING: return "Receiving";
    case SYNC_CLEANING: return "Cleaning up";
    case SYNC_SENDING: return "Sending";
    case SYNC_IDLE: break;
    }
  return NULL;
}

/* The first account that has something to count, else the first that is busy */
static SyncStatus *
find_busy (GListModel *statuses)
{
  SyncStatus *busy = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (statuses); i++)
    {
      g_autoptr (SyncStatus) status = g_list_model_get_item (statuses, i);

      if (sync_status_get_fraction (status) >= 0)
        return status;
      if (!busy && sync_status_get_phase (status) != SYNC_IDLE)
        busy = status;
    }
  return busy;
}

static void
print_bar (double fraction)
{
  fputs ("  [", stderr);
  for (int i = 0; i < BAR_WIDTH; i++)
    fputc (i < (int) (fraction * BAR_WIDTH + 0.5) ? '#' : '.', stderr);
  fputc (']', stderr);
}

static gboolean
on_tick (gpointer data)
{
  CliProgress *self = data;
  SyncStatus *status = find_busy (sync_engine_get_statuses (self->session->engine));
  Account *account = status ? account_list_find (self->session->accounts, sync_status_get_account (status)) : NULL;

  if (!account)
    return G_SOURCE_CONTINUE;
  fprintf (stderr, "\r\033[K%s: %s", account_get_title (account), get_words (sync_status_get_phase (status)));
  if (sync_status_get_fraction (status) >= 0)
    {
      fprintf (stderr, " %u of %u", sync_status_get_done (status), sync_status_get_total (status));
      print_bar (sync_status_get_fraction (status));
    }
  if (sync_status_get_bytes (status) > 0)
    {
      g_autofree char *size = g_format_size (sync_status_get_bytes (status));

      fprintf (stderr, "  %s", size);
    }
  fflush (stderr);
  self->is_shown = TRUE;
  return G_SOURCE_CONTINUE;
}

CliProgress *
cli_progress_new (CliSession *session)
{
  CliProgress *self = g_new0 (CliProgress, 1);

  self->session = session;
  if (isatty (STDERR_FILENO))
    self->timer = g_timeout_add (INTERVAL_MS, on_tick, self);
  return self;
}

void
cli_progress_free (CliProgress *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->is_shown)
    fputs ("\r\033[K", stderr);
  g_free (self);
}
