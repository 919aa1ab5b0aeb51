/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search index built in the shadow of all else. */
#include "sync-index.h"

#include "mail-address.h"
#include "mime-message.h"
#include "store-index.h"
#include "sync-follower.h"
#include "sync-stream.h"

#include <sys/resource.h>

#define LOWEST_PRIORITY 19
#define MANY_MESSAGES 1500 /* that wait: worth a second thread */

struct _SyncIndex
{
  GObject parent_instance;

  Store *store;
  SyncFollower *follower;
  StoreIndex *index;          /* the thread's; NULL until its first job */

  int building_done;          /* atomic: the thread tells the main thread; 0 of 0 while it does nothing */
  int building_total;
  guint done, total;          /* as last told by the main thread */
};

enum
{
  PROGRESS_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SyncIndex, sync_index, G_TYPE_OBJECT)

static char *
join_people (const GPtrArray *first, const GPtrArray *second, const GPtrArray *third)
{
  g_autofree char *to = mail_address_list_to_string (first);
  g_autofree char *cc = mail_address_list_to_string (second);
  g_autofree char *bcc = mail_address_list_to_string (third);

  return g_strjoin (", ", to, cc, bcc, NULL);
}

static char *
join_names (GListModel *attachments)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (attachments) && names->len < STORE_INDEX_MAX_PEOPLE; i++)
    {
      g_autoptr (MimeAttachment) attachment = g_list_model_get_item (attachments, i);

      g_string_append (names, mime_attachment_get_name (attachment));
      g_string_append_c (names, '\n');
    }
  return g_string_free (names, FALSE);
}

static void
take_apart (GBytes *source, const MailSummary *summary, StoreIndexText *text)
{
  g_autoptr (MimeMessage) message = mime_message_new (source);

  text->subject = g_strdup (mime_message_get_subject (message));
  text->from = mail_address_list_to_string (mime_message_get_from (message));
  text->to = join_people (mime_message_get_to (message), mime_message_get_cc (message), mime_message_get_bcc (message));
  text->body = g_strdup (summary->is_whole ? mime_message_get_text (message) : "");
  text->attachments = summary->is_whole ? join_names (mime_message_get_attachments (message)) : g_strdup ("");
}

/* One catching up */
typedef struct
{
  StoreIndex *index;
  Store *store;
  SyncIndexProgress progress; /* (nullable) */
  gpointer data;
  gint64 done, total;
  StoreIndexPlace place;      /* the reading thread's */
} Advance;

typedef struct
{
  SyncStreamItem item;
  StoreIndexBatch *batch;
} Piece;

static void
piece_free (gpointer data)
{
  Piece *self = data;

  store_index_batch_free (self->batch);
  g_free (self);
}

static void
tell (Advance *self, guint n)
{
  self->done += n;
  if (self->progress)
    self->progress (self->done, MAX (self->total, self->done), self->data);
}

/* In a thread of its own, of the same priority as the one that made it */
static gboolean
read_all (SyncStream *stream, gpointer data, GCancellable *cancellable, GError **error)
{
  Advance *self = data;
  g_autoptr (StoreDatabase) mail = store_open (self->store, error);

  while (mail)
    {
      StoreIndexPlace before = self->place;
      g_autoptr (StoreIndexBatch) batch = store_index_read (mail, &self->place, take_apart, cancellable, error);
      Piece *piece;

      if (!batch)
        return FALSE;
      if (self->place.message == before.message && self->place.change == before.change)
        return TRUE;
      piece = g_new0 (Piece, 1);
      piece->batch = g_steal_pointer (&batch);
      if (!sync_stream_push (stream, piece, store_index_batch_get_bytes (piece->batch), error))
        return FALSE;
    }
  return FALSE;
}

/* @goes_on: (out): FALSE when it failed, or another process was faster and what was read is of no use */
static gboolean
write_pieces (Advance *self, SyncStream *stream, gboolean *goes_on, GError **error)
{
  gboolean is_end = FALSE, is_good = TRUE;

  *goes_on = TRUE;
  while (!is_end && *goes_on)
    {
      Piece *piece = sync_stream_next (stream, G_USEC_PER_SEC, &is_end);

      if (!piece)
        continue;
      tell (self, store_index_batch_get_n_messages (piece->batch)); /* first: who hears of what is written asks how far it is */
      is_good = store_index_write (self->index, piece->batch, goes_on, error);
      sync_stream_release (stream, piece);
    }
  return is_good;
}

/* Reading and taking apart on one side, writing on the other: each is about half of the work. */
static gboolean
advance_in_two (Advance *self, GCancellable *cancellable, GError **error)
{
  SyncStream *stream;
  gboolean goes_on;

  if (!store_index_get_place (self->index, &self->place, error))
    return FALSE;
  stream = sync_stream_new ("index-reader", read_all, self, piece_free, cancellable);
  if (write_pieces (self, stream, &goes_on, error))
    return sync_stream_finish (stream, goes_on ? error : NULL) || !goes_on;
  sync_stream_finish (stream, NULL);
  return FALSE;
}

static gboolean
advance_once (Store *store, StoreIndex *index, SyncIndexProgress progress, gpointer data, GCancellable *cancellable, GError **error)
{
  Advance self = { .index = index, .store = store, .progress = progress, .data = data };
  gboolean is_more = TRUE;

  self.total = store_index_count_waiting (index, error);
  if (self.total < 0 || (self.total >= MANY_MESSAGES && !advance_in_two (&self, cancellable, error)))
    return FALSE;
  while (is_more)
    {
      guint n;

      if (!store_index_advance (index, take_apart, &n, &is_more, cancellable, error))
        return FALSE;
      tell (&self, n);
    }
  return TRUE;
}

/* A damaged index is begun again, once. */
static gboolean
advance_all (Store *store, StoreIndex *index, SyncIndexProgress progress, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (advance_once (store, index, progress, data, cancellable, &failure))
    return TRUE;
  if (store_index_repair_after (index, failure))
    return advance_once (store, index, progress, data, cancellable, error);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

gboolean
sync_index_catch_up (Store *store, gboolean tidies, SyncIndexProgress progress, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (StoreIndex) index = store_index_open (store, error);
  gboolean is_more = tidies;

  if (!index || !advance_all (store, index, progress, data, cancellable, error))
    return FALSE;
  while (is_more && !g_cancellable_is_cancelled (cancellable))
    if (!store_index_tidy (index, &is_more, error))
      return FALSE;
  return TRUE;
}

/* In the worker's thread */

static void
note_progress (gint64 done, gint64 total, gpointer data)
{
  SyncIndex *self = data;

  g_atomic_int_set (&self->building_total, (int) MIN (total, G_MAXINT));
  g_atomic_int_set (&self->building_done, (int) MIN (done, G_MAXINT));
}

static gboolean
build (gpointer owner, gpointer job, GCancellable *cancellable, GError **error)
{
  SyncIndex *self = owner;
  gboolean is_more = TRUE;

  if (!self->index)
    {
      setpriority (PRIO_PROCESS, 0, LOWEST_PRIORITY); /* on Linux, of this thread alone */
      self->index = store_index_open (self->store, error);
    }
  if (!self->index || !advance_all (self->store, self->index, note_progress, self, cancellable, error))
    return FALSE;
  note_progress (0, 0, self);
  while (is_more && !sync_follower_has_jobs (self->follower) && !g_cancellable_is_cancelled (cancellable))
    if (!store_index_tidy (self->index, &is_more, error))
      return FALSE;
  return TRUE;
}

static void
close_index (gpointer owner)
{
  g_clear_pointer (&((SyncIndex *) owner)->index, store_index_free);
}

/* In the main thread */

static void
take_progress (SyncIndex *self)
{
  guint total = (guint) g_atomic_int_get (&self->building_total);
  guint done = (guint) g_atomic_int_get (&self->building_done);

  if (total < MANY_MESSAGES || done >= total)
    done = total = 0;
  if (done == self->done && total == self->total)
    return;
  self->done = done;
  self->total = total;
  g_signal_emit (self, signals[PROGRESS_CHANGED], 0);
}

static void
on_store_changed (StoreChanges *changes, GPtrArray *list, SyncIndex *self)
{
  if (store_changes_contain (list, STORE_CHANGED_INDEX))
    take_progress (self);
}

static void
on_ended (gpointer owner)
{
  note_progress (0, 0, owner); /* also when it failed amid its work */
  take_progress (owner);
}

static const SyncFollowing following = {
  .name = "index",
  .complaint = "The search index could not be brought up to date",
  .kinds = STORE_CHANGED_ADDED | STORE_CHANGED_REMOVED | STORE_CHANGED_MESSAGES | STORE_CHANGED_EVERYTHING,
  .work = build,
  .close = close_index,
  .ended = on_ended,
};

void
sync_index_start (SyncIndex *self)
{
  sync_follower_start (self->follower);
}

gboolean
sync_index_get_progress (SyncIndex *self, guint *done, guint *total)
{
  *done = self->done;
  *total = self->total;
  return self->total > 0;
}

void
sync_index_stop (SyncIndex *self)
{
  sync_follower_stop (self->follower);
}

static void
sync_index_dispose (GObject *object)
{
  SyncIndex *self = SYNC_INDEX (object);

  if (self->follower)
    sync_follower_stop (self->follower);
  g_clear_object (&self->follower);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (sync_index_parent_class)->dispose (object);
}

static void
sync_index_class_init (SyncIndexClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sync_index_dispose;
  signals[PROGRESS_CHANGED] = g_signal_new ("progress-changed", SYNC_TYPE_INDEX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sync_index_init (SyncIndex *self)
{
}

SyncIndex *
sync_index_new (Store *store)
{
  SyncIndex *self = g_object_new (SYNC_TYPE_INDEX, NULL);

  self->store = g_object_ref (store);
  self->follower = sync_follower_new (store, &following, self);
  g_signal_connect_object (store_get_changes (store), "changed", G_CALLBACK (on_store_changed), self, 0);
  return self;
}
