/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UID FETCH BODY.PEEK[], written while more comes. */
#include "sync-imap-bodies.h"

#include "base-error.h"
#include "imap-mailbox.h"
#include "imap-retrieve.h"
#include "imap-uid-set.h"
#include "mime-summary.h"
#include "store-database.h"
#include "store-messages.h"
#include "sync-imap-summaries.h"

#include <stdlib.h>

#define SET_MESSAGES 50
#define SET_BYTES 7000
#define DEPTH 4
/* One commit, and with it one wait for the disk, for so much. */
#define BATCH_MESSAGES 100
#define BATCH_BYTES (8 * 1024 * 1024)

typedef struct
{
  guint32 uid;
  gint64 message; /* 0 once it has come */
} Wanted;

typedef struct
{
  gint64 message;
  GBytes *source;
  MailSummary *summary;
} Arrival;

typedef struct
{
  SyncImapContext *context;
  GArray *wanted;    /* of Wanted, ascending by UID */
  GArray *batch;     /* of Arrival */
  gsize batch_bytes;
  guint done;
  GError *failure;   /* of the disk */
} Fetcher;

static void
clear_arrival (gpointer data)
{
  Arrival *arrival = data;

  g_bytes_unref (arrival->source);
  mail_summary_unref (arrival->summary);
}

static void
fetcher_clear (Fetcher *self)
{
  g_clear_pointer (&self->wanted, g_array_unref);
  g_clear_pointer (&self->batch, g_array_unref);
  g_clear_error (&self->failure);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fetcher, fetcher_clear)

static int
compare_wanted (const void *a, const void *b)
{
  const Wanted *one = a, *other = b;

  return one->uid < other->uid ? -1 : one->uid > other->uid;
}

/* A message that was removed here in the meantime is nobody's wish any more. */
static gboolean
write_one (StoreDatabase *database, const Arrival *arrival, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (store_messages_replace (database, arrival->message, arrival->source, arrival->summary, &failure)
      || g_error_matches (failure, BASE_ERROR, BASE_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
write_batch (Fetcher *self, GError **error)
{
  StoreDatabase *database = self->context->pass->database;

  if (self->batch->len == 0)
    return TRUE;
  if (!store_database_begin (database, error))
    return FALSE;
  for (guint i = 0; i < self->batch->len; i++)
    if (!write_one (database, &g_array_index (self->batch, Arrival, i), error))
      {
        store_database_rollback (database);
        return FALSE;
      }
  if (!store_database_commit (database, error))
    return FALSE;
  self->done += self->batch->len;
  g_array_set_size (self->batch, 0);
  self->batch_bytes = 0;
  sync_imap_tell (self->context, SYNC_RECEIVING, self->done, self->wanted->len);
  return TRUE;
}

/* Only a body that was asked for, of that UID, once. Servers answer with nothing for what was expunged by somebody else meanwhile. */
static void
on_fetch (const ImapFetch *fetch, gpointer data)
{
  Fetcher *self = data;
  Wanted key = { fetch->uid, 0 };
  Wanted *wanted;
  Arrival arrival;
  guint at;

  if (fetch->uid == 0 || !fetch->body || g_bytes_get_size (fetch->body) == 0
      || !g_array_binary_search (self->wanted, &key, compare_wanted, &at))
    return;
  wanted = &g_array_index (self->wanted, Wanted, at);
  if (wanted->message == 0 || self->failure)
    return;
  arrival.message = wanted->message;
  arrival.source = g_bytes_ref (fetch->body);
  arrival.summary = mime_summary_new (fetch->body, TRUE, fetch->internal_date);
  arrival.summary->received = fetch->internal_date;
  wanted->message = 0;
  g_array_append_val (self->batch, arrival);
  self->batch_bytes += g_bytes_get_size (fetch->body);
  if (self->batch->len >= BATCH_MESSAGES || self->batch_bytes >= BATCH_BYTES)
    write_batch (self, &self->failure);
}

static gboolean
on_set (guint index, const GError *refusal, gpointer data, GError **error)
{
  Fetcher *self = data;

  if (refusal)
    sync_imap_report_error (self->context, refusal);
  if (self->failure)
    {
      g_propagate_error (error, g_steal_pointer (&self->failure));
      return FALSE;
    }
  if (!sync_imap_should_stop (self->context))
    return TRUE;
  return FALSE;
}

/* Newest first, a few at a time: what is under way when somebody waits is not much. */
static GPtrArray *
make_sets (const GArray *wanted)
{
  GPtrArray *sets = g_ptr_array_new_with_free_func (g_free);

  for (guint rest = wanted->len; rest > 0;)
    {
      guint32 uids[SET_MESSAGES];
      guint n = MIN (rest, SET_MESSAGES);
      g_autofree char **batch = NULL;

      rest -= n;
      for (guint i = 0; i < n; i++)
        uids[i] = g_array_index (wanted, Wanted, rest + i).uid;
      batch = imap_uid_set_format (uids, n, SET_BYTES);
      for (char **set = batch; *set; set++)
        g_ptr_array_add (sets, *set);
    }
  g_ptr_array_add (sets, NULL);
  return sets;
}

static gboolean
list_wanted (Fetcher *self, const StoreImapFolder *folder, const gint64 *ids, gsize n_ids, GError **error)
{
  for (gsize i = 0; i < n_ids; i++)
    {
      gint64 where;
      gint64 uid = store_imap_get_uid (self->context->pass->database, ids[i], &where, error);
      Wanted wanted = { uid, ids[i] };

      if (uid < 0)
        return FALSE;
      if (uid > 0 && where == folder->folder)
        g_array_append_val (self->wanted, wanted);
    }
  g_array_sort (self->wanted, compare_wanted);
  return TRUE;
}

/* UIDs of another UIDVALIDITY would be other messages: those come when a pass has put the names right. */
static gboolean
select_mailbox (SyncImapContext *context, const StoreImapFolder *folder, gboolean *is_same, GError **error)
{
  g_auto (ImapSelected) selected = { 0 };

  *is_same = TRUE;
  if (imap_session_is_selected (context->session, folder->wire_name, folder->uidvalidity))
    return TRUE;
  if (!imap_mailbox_select (context->session, folder->wire_name, FALSE, 0, 0, &selected, NULL, NULL, context->cancellable, error))
    return FALSE;
  *is_same = selected.uidvalidity == folder->uidvalidity;
  return TRUE;
}

gboolean
sync_imap_bodies_fetch (SyncImapContext *context, const StoreImapFolder *folder, const gint64 *ids, gsize n_ids, GError **error)
{
  g_auto (Fetcher) self = { .context = context };
  g_autoptr (GPtrArray) sets = NULL;
  g_autoptr (GError) failure = NULL;
  gboolean is_same, is_good;

  self.wanted = g_array_new (FALSE, FALSE, sizeof (Wanted));
  self.batch = g_array_new (FALSE, FALSE, sizeof (Arrival));
  g_array_set_clear_func (self.batch, clear_arrival);
  if (!list_wanted (&self, folder, ids, n_ids, error) || !select_mailbox (context, folder, &is_same, error))
    return FALSE;
  if (!is_same)
    return TRUE;
  sets = make_sets (self.wanted);
  is_good = imap_retrieve (context->session, (const char *const *) sets->pdata, "(UID INTERNALDATE BODY.PEEK[])", DEPTH, on_fetch, on_set, &self,
                           context->cancellable, &failure);
  /* What has come is whole, whatever happened to the connection after it. */
  if (!self.failure && !write_batch (&self, is_good ? &failure : NULL))
    is_good = FALSE;
  if (!is_good)
    g_propagate_error (error, g_steal_pointer (&failure));
  return is_good;
}

gboolean
sync_imap_bodies_run (SyncImapContext *context, SyncImapFolder *folder, GError **error)
{
  const SyncImapSettings *settings = context->settings;
  StoreDatabase *database = context->pass->database;
  gint64 since = settings->keep_days > 0 ? context->pass->now - (gint64) settings->keep_days * 86400 : 0;
  g_autoptr (GArray) missing = NULL;

  if (settings->keep_days == 0 || (context->pass->options & SYNC_HEADERS_ONLY))
    return TRUE;
  if (imap_session_can (context->session, IMAP_CAN_GMAIL) || imap_session_can (context->session, IMAP_CAN_OBJECTID))
    if (!store_imap_share_objects (database, folder->kept->folder, error))
      return FALSE;
  missing = store_imap_list_missing (database, folder->kept->folder, settings->headers_above, since, G_MAXINT, error);
  if (!missing)
    return FALSE;
  return missing->len == 0
         || sync_imap_bodies_fetch (context, folder->kept, (const gint64 *) (gpointer) missing->data, missing->len, error);
}
