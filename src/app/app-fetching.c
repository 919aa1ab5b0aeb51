/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rest of a message that is here in part. */
#include "app-fetching.h"

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReaderView) reader = data;
  g_autoptr (GError) error = NULL;

  if (sync_engine_fetch_body_finish (SYNC_ENGINE (source), result, &error))
    return; /* the store tells the reader */
  reader_view_set_is_fetching (reader, FALSE);
  reader_view_tell_failure (reader, error);
}

void
app_fetching_start (ReaderView *reader, SyncEngine *engine, gint64 id, GCancellable *cancellable)
{
  reader_view_set_is_fetching (reader, TRUE);
  sync_engine_fetch_body_async (engine, id, cancellable, on_fetched, g_object_ref (reader));
}
