/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows for messages that are new here. */
#include "sync-imap-summaries.h"

#include "sync-imap-receive.h"

typedef struct
{
  SyncImapFolder *folder;
  gboolean is_renumbering;
} Keeper;

/* Whether each message comes whole: not where a part of them is to come when opened, or where the server can tell that the bytes are here already,
 * in another folder. */
static gboolean
comes_whole (SyncImapContext *context, const Keeper *keeper)
{
  return context->settings->keep_days < 0 && context->settings->headers_above == 0 && !(context->pass->options & SYNC_HEADERS_ONLY)
         && !keeper->is_renumbering && !imap_session_can (context->session, IMAP_CAN_GMAIL) && !imap_session_can (context->session, IMAP_CAN_OBJECTID);
}

/* BODYSTRUCTURE costs the server a look at the whole message, which is worth it where the message does not come as a whole soon after. */
static char *
make_items (SyncImapContext *context, const char *what)
{
  ImapSession *session = context->session;
  gboolean bodies_come = context->settings->keep_days < 0 && !(context->pass->options & SYNC_HEADERS_ONLY);

  return g_strconcat ("(UID FLAGS INTERNALDATE RFC822.SIZE", imap_session_can (session, IMAP_CAN_CONDSTORE) ? " MODSEQ" : "",
                      imap_session_can (session, IMAP_CAN_GMAIL) ? " X-GM-MSGID X-GM-THRID"
                      : imap_session_can (session, IMAP_CAN_OBJECTID) ? " EMAILID THREADID" : "",
                      bodies_come ? " " : " BODYSTRUCTURE ", what, ")", NULL);
}

/* @id: (out): 0 when nobody knows it */
static gboolean
recognise (SyncImapContext *context, gint64 folder, const SyncImapArrival *arrival, gint64 *id, GError **error)
{
  StoreDatabase *database = context->pass->database;

  *id = store_imap_recognise (database, folder, arrival->uid, arrival->modseq, arrival->source, arrival->summary, error);
  if (*id < 0)
    return FALSE;
  return *id == 0 || store_imap_take_flags (database, folder, arrival->uid, arrival->summary->flags, arrival->modseq, error);
}

static gboolean
keep (SyncImapContext *context, const SyncImapArrival *arrival, gpointer data, GError **error)
{
  Keeper *self = data;
  StoreDatabase *database = context->pass->database;
  gint64 folder = self->folder->kept->folder;
  gboolean is_new;
  gint64 id = 0;

  if (self->is_renumbering && (!recognise (context, folder, arrival, &id, error) || id > 0))
    return id > 0;
  if (arrival->thread_id)
    arrival->summary->thread = store_imap_number_thread (context->pass->account, arrival->thread_id);
  id = store_imap_add (database, folder, arrival->uid, arrival->modseq, arrival->source, arrival->summary, &is_new, error);
  if (is_new && context->pass->report)
    context->pass->report->n_new++;
  return id == 0 || (id > 0 && (!arrival->object_id || store_imap_set_object (database, id, arrival->object_id, error)));
}

static gboolean
receive (SyncImapContext *context, SyncImapFolder *folder, const guint32 *uids, guint n, guint32 uidnext, gboolean *is_complete, GError **error)
{
  int has_nameless = store_imap_has_nameless (context->pass->database, folder->kept->folder, error);
  Keeper keeper = { folder, has_nameless > 0 };
  SyncImapPlanKind kind = comes_whole (context, &keeper) ? SYNC_IMAP_PLAN_ROWS_FIRST : SYNC_IMAP_PLAN_HEADERS;
  g_autofree char *header_items = make_items (context, "BODY.PEEK[HEADER]");
  g_autofree char *whole_items = make_items (context, "BODY.PEEK[]");
  g_autoptr (SyncImapPlan) plan = NULL;

  *is_complete = FALSE;
  if (has_nameless < 0)
    return FALSE;
  plan = uids ? sync_imap_plan_new (kind, uids, n, header_items, whole_items)
              : sync_imap_plan_new_by_numbers (kind, n, uidnext, header_items, whole_items);
  if (n > 0 && !sync_imap_receive (context, plan, keep, &keeper, error))
    return FALSE;
  *is_complete = sync_imap_plan_is_complete (plan);
  folder->has_asked_all = !uids && sync_imap_plan_has_asked_all (plan);
  return TRUE;
}

gboolean
sync_imap_summaries_fetch (SyncImapContext *context, SyncImapFolder *folder, const guint32 *uids, gsize n_uids, GError **error)
{
  gboolean is_complete;

  return n_uids == 0 || receive (context, folder, uids, n_uids, 0, &is_complete, error);
}

gboolean
sync_imap_summaries_fetch_all (SyncImapContext *context, SyncImapFolder *folder, guint32 n_messages, guint32 uidnext, gboolean *is_complete,
                               GError **error)
{
  return receive (context, folder, NULL, n_messages, uidnext, is_complete, error);
}
