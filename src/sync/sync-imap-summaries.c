/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UID FETCH of headers, newest first. */
#include "sync-imap-summaries.h"

#include "imap-retrieve.h"
#include "imap-structure.h"
#include "imap-uid-set.h"
#include "mime-summary.h"
#include "store-database.h"

#include <string.h>

#define FIRST_BATCH 200
#define BATCH 500
#define SET_BYTES 7000   /* of a command line: servers take at least 8,000 (RFC 7162 §4) */
#define DEPTH 2          /* while one batch is written the server prepares the next */
#define MAX_REPORTED 20

typedef struct
{
  guint32 uid;
  guint64 modseq;
  GBytes *header;
  MailSummary *summary;
  char *object_id;  /* (nullable) */
} Arrival;

typedef struct
{
  SyncImapContext *context;
  SyncImapFolder *folder;
  const guint32 *uids;
  gsize n_uids;
  guint8 *has_come;     /* of uids, a byte each */
  GPtrArray *arrivals;  /* of Arrival */
  gboolean is_renumbering;
  guint done;
} Fetcher;

static void
arrival_free (Arrival *self)
{
  g_bytes_unref (self->header);
  mail_summary_unref (self->summary);
  g_free (self->object_id);
  g_free (self);
}

static void
fetcher_clear (Fetcher *self)
{
  g_free (self->has_come);
  g_clear_pointer (&self->arrivals, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fetcher, fetcher_clear)

void
sync_imap_report_error (SyncImapContext *self, const GError *refusal)
{
  GPtrArray *errors = self->pass->report ? self->pass->report->errors : NULL;

  if (errors && errors->len < MAX_REPORTED)
    g_ptr_array_add (errors, g_error_copy (refusal));
}

static int
compare_uids (const void *a, const void *b)
{
  guint32 one = *(const guint32 *) a, other = *(const guint32 *) b;

  return one < other ? -1 : one > other;
}

static char *
dup_object_id (const ImapFetch *fetch)
{
  if (fetch->gmail_message > 0)
    return g_strdup_printf ("gmail:%" G_GUINT64_FORMAT, fetch->gmail_message);
  return g_strdup (fetch->email_id);
}

/* Only what was asked for, once, and with a header. */
static void
on_fetch (const ImapFetch *fetch, gpointer data)
{
  Fetcher *self = data;
  const guint32 *found = fetch->uid > 0 && fetch->header && self->n_uids > 0 ? bsearch (&fetch->uid, self->uids, self->n_uids, sizeof *self->uids, compare_uids) : NULL;
  Arrival *arrival;

  if (!found || self->has_come[found - self->uids])
    return;
  self->has_come[found - self->uids] = TRUE;
  arrival = g_new0 (Arrival, 1);
  arrival->uid = fetch->uid;
  arrival->modseq = fetch->modseq;
  arrival->header = g_bytes_ref (fetch->header);
  arrival->object_id = dup_object_id (fetch);
  arrival->summary = mime_summary_new (fetch->header, FALSE, fetch->internal_date);
  arrival->summary->flags = fetch->flags;
  arrival->summary->received = fetch->internal_date;
  arrival->summary->size = MIN (fetch->size, (guint64) G_MAXINT64);
  if (fetch->structure)
    arrival->summary->has_attachments = imap_structure_has_attachments (fetch->structure);
  g_ptr_array_add (self->arrivals, arrival);
}

/* @is_new: (out): added just now */
static gboolean
keep (Fetcher *self, const Arrival *arrival, gboolean *is_new, GError **error)
{
  StoreDatabase *database = self->context->pass->database;
  gint64 folder = self->folder->kept->folder;
  gint64 id = 0;

  *is_new = FALSE;
  if (self->is_renumbering)
    {
      id = store_imap_recognise (database, folder, arrival->uid, arrival->modseq, arrival->header, arrival->summary, error);
      if (id < 0)
        return FALSE;
      if (id > 0)
        return store_imap_take_flags (database, folder, arrival->uid, arrival->summary->flags, arrival->modseq, error);
    }
  id = store_imap_add (database, folder, arrival->uid, arrival->modseq, arrival->header, arrival->summary, error);
  *is_new = id > 0;
  return id == 0 || (id > 0 && (!arrival->object_id || store_imap_set_object (database, id, arrival->object_id, error)));
}

static gboolean
write_arrivals (Fetcher *self, GError **error)
{
  StoreDatabase *database = self->context->pass->database;
  guint n_new = 0;
  gboolean is_good = TRUE;

  if (self->arrivals->len == 0)
    return TRUE;
  if (!store_database_begin (database, error))
    return FALSE;
  for (guint i = 0; is_good && i < self->arrivals->len; i++)
    {
      gboolean is_new;

      is_good = keep (self, g_ptr_array_index (self->arrivals, i), &is_new, error);
      n_new += is_new;
    }
  if (!is_good)
    {
      store_database_rollback (database);
      return FALSE;
    }
  if (!store_database_commit (database, error))
    return FALSE;
  self->done += self->arrivals->len;
  if (self->context->pass->report)
    self->context->pass->report->n_new += n_new;
  g_ptr_array_set_size (self->arrivals, 0);
  return TRUE;
}

static gboolean
on_set (guint index, const GError *refusal, gpointer data, GError **error)
{
  Fetcher *self = data;

  if (refusal)
    sync_imap_report_error (self->context, refusal);
  if (!write_arrivals (self, error))
    return FALSE;
  sync_imap_tell (self->context, SYNC_LISTING, self->done, self->n_uids);
  return !sync_imap_should_stop (self->context);
}

static void
add_sets (GPtrArray *sets, const guint32 *uids, gsize n_uids)
{
  g_autofree char **batch = imap_uid_set_format (uids, n_uids, SET_BYTES);

  for (char **set = batch; *set; set++)
    g_ptr_array_add (sets, *set);
}

static GPtrArray *
make_sets (const guint32 *uids, gsize n_uids)
{
  GPtrArray *sets = g_ptr_array_new_with_free_func (g_free);
  gsize size = FIRST_BATCH;

  for (gsize rest = n_uids; rest > 0; size = BATCH)
    {
      gsize n = MIN (rest, size);

      rest -= n;
      add_sets (sets, uids + rest, n);
    }
  g_ptr_array_add (sets, NULL);
  return sets;
}

/* BODYSTRUCTURE costs the server a look at the whole message, which is worth it where the message does not come as a whole soon after. */
static char *
make_items (SyncImapContext *context, gboolean with_structure)
{
  ImapSession *session = context->session;

  return g_strconcat ("(UID FLAGS INTERNALDATE RFC822.SIZE", imap_session_can (session, IMAP_CAN_CONDSTORE) ? " MODSEQ" : "",
                      imap_session_can (session, IMAP_CAN_GMAIL) ? " X-GM-MSGID" : imap_session_can (session, IMAP_CAN_OBJECTID) ? " EMAILID" : "",
                      with_structure ? " BODYSTRUCTURE" : "", " BODY.PEEK[HEADER])", NULL);
}

gboolean
sync_imap_summaries_fetch (SyncImapContext *context, SyncImapFolder *folder, const guint32 *uids, gsize n_uids, GError **error)
{
  g_autoptr (GPtrArray) sets = make_sets (uids, n_uids);
  gboolean bodies_come = context->settings->keep_days < 0 && !(context->pass->options & SYNC_HEADERS_ONLY);
  g_autofree char *items = make_items (context, !bodies_come);
  g_auto (Fetcher) self = { .context = context, .folder = folder, .uids = uids, .n_uids = n_uids };
  gint64 n_nameless = store_imap_count_nameless (context->pass->database, folder->kept->folder, error);

  if (n_nameless < 0)
    return FALSE;
  if (n_uids == 0)
    return TRUE;
  self.is_renumbering = n_nameless > 0;
  self.has_come = g_new0 (guint8, n_uids);
  self.arrivals = g_ptr_array_new_with_free_func ((GDestroyNotify) arrival_free);
  return imap_retrieve (context->session, (const char *const *) sets->pdata, items, DEPTH, on_fetch, on_set, &self, context->cancellable, error);
}
