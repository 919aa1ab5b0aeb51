/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rest of a message that is here in part. */
#include "app-fetching.h"

typedef struct
{
  ReaderView *reader;
  GCancellable *cancellable;
} Fetching;

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  Fetching *self = data;
  g_autoptr (GError) error = NULL;

  /* Where it is there the store tells the reader. */
  if (!sync_engine_fetch_body_finish (SYNC_ENGINE (source), result, &error) && !g_cancellable_is_cancelled (self->cancellable))
    {
      reader_view_set_is_fetching (self->reader, FALSE);
      g_signal_emit_by_name (self->reader, "failed", error);
    }
  g_object_unref (self->reader);
  g_object_unref (self->cancellable);
  g_free (self);
}

void
app_fetching_start (ReaderView *reader, SyncEngine *engine, gint64 id, GCancellable *cancellable)
{
  Fetching *self = g_new0 (Fetching, 1);

  self->reader = g_object_ref (reader);
  self->cancellable = g_object_ref (cancellable);
  reader_view_set_is_fetching (reader, TRUE);
  sync_engine_fetch_body_async (engine, id, cancellable, on_fetched, self);
}
