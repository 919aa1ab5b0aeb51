/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One POP3 pass, from the connection to QUIT. */
#include "sync-pop3.h"

#include "base-error.h"
#include "pop3-login.h"
#include "store-folders.h"
#include "sync-lock.h"
#include "sync-pop3-clean.h"
#include "sync-pop3-plan.h"
#include "sync-pop3-receive.h"
#include "sync-pop3-rules.h"

/* Seconds to wait for another Posthorn (posthorn-cli beside the app) that is at the same mailbox: most servers let only one in anyway. */
#define LOCK_PATIENCE 30

static void
tell_phase (SyncPass *pass, SyncPhase phase)
{
  if (pass->progress != NULL)
    pass->progress (phase, 0, 0, 0, pass->progress_data);
}

static Pop3Session *
open_session (SyncPass *pass, GCancellable *cancellable, GError **error)
{
  tell_phase (pass, SYNC_CONNECTING);
  return pop3_session_open (pass->login, pass->trace, pass->trace_tag, cancellable, error);
}

static void
count_traffic (SyncPass *pass, Pop3Session *session)
{
  if (pass->report == NULL)
    return;
  pass->report->bytes_in += pop3_session_get_bytes_in (session);
  pass->report->bytes_out += pop3_session_get_bytes_out (session);
  pass->report->round_trips += pop3_session_get_round_trips (session);
}

static gint64
find_inbox (SyncPass *pass, GError **error)
{
  gint64 inbox = store_folders_find_role (pass->database, pass->account, MAIL_ROLE_INBOX, error);

  if (inbox != 0)
    return inbox;
  if (!store_folders_prepare_account (pass->database, pass->account, error))
    return -1;
  inbox = store_folders_find_role (pass->database, pass->account, MAIL_ROLE_INBOX, error);
  if (inbox == 0)
    g_set_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "The account has no folder for mail that comes in.");
  return inbox == 0 ? -1 : inbox;
}

static gboolean
has_top (Pop3Session *session)
{
  const Pop3Capabilities *capabilities = pop3_session_get_capabilities (session);

  return !capabilities->is_known || capabilities->has_top;
}

/* A login that was refused may count as one for the server. */
static gboolean
log_in (SyncPass *pass, Pop3Session *session, GCancellable *cancellable, GError **error)
{
  gboolean is_in;

  tell_phase (pass, SYNC_LOGGING_IN);
  is_in = pop3_login (session, pass->login, cancellable, error);
  if (pass->report != NULL)
    pass->report->login_delay = MAX (pass->report->login_delay, pop3_session_get_capabilities (session)->login_delay);
  return is_in;
}

/* @known: (inout): loaded while the server looks, when it is not yet */
static SyncPop3Plan *
log_in_and_compare (SyncPass *pass, Pop3Session *session, GHashTable **known, const SyncPop3Settings *settings, SyncOptions options,
                    GCancellable *cancellable, GError **error)
{
  g_autoptr (Pop3Listing) listing = NULL;

  if (!log_in (pass, session, cancellable, error))
    return NULL;
  tell_phase (pass, SYNC_LISTING);
  if (!pop3_listing_ask (session, cancellable, error))
    return NULL;
  if (*known == NULL)
    *known = store_pop3_load (pass->database, pass->account, error);
  listing = *known != NULL ? pop3_listing_read (session, cancellable, error) : NULL;
  if (listing == NULL)
    return NULL;
  return sync_pop3_plan_new (listing, *known, settings, options, pass->now, has_top (session));
}

/* Somebody waits for a body that no server has any more. */
static gboolean
give_up_bodies (SyncPass *pass, SyncPop3Plan *plan, GError **error)
{
  for (guint i = 0; i < plan->memories->len; i++)
    {
      SyncPop3Memory *memory = g_ptr_array_index (plan->memories, i);

      if (memory->is_here || memory->is_suspected || memory->row->state != STORE_POP3_BODY_WANTED)
        continue;
      if (!store_pop3_set_state (pass->database, pass->account, memory->key, STORE_POP3_HEADERS, error))
        return FALSE;
      memory->row->state = STORE_POP3_HEADERS;
      if (pass->report != NULL && pass->report->errors != NULL)
        g_ptr_array_add (pass->report->errors, g_error_new (BASE_ERROR, BASE_ERROR_NOT_FOUND,
                                                            "The server no longer has the rest of a message that was asked for."));
    }
  return TRUE;
}

gboolean
sync_pop3_run (SyncPass *pass, const SyncPop3Settings *settings, GCancellable *cancellable, GError **error)
{
  g_autoptr (SyncLock) lock = NULL;
  g_autoptr (GHashTable) known = NULL;
  g_autoptr (Pop3Session) session = NULL;
  g_autoptr (SyncPop3Plan) plan = NULL;
  gint64 inbox = find_inbox (pass, error);
  gboolean is_done;

  if (inbox < 0)
    return FALSE;
  lock = sync_lock_take (pass->database, "pop3", pass->account, LOCK_PATIENCE, cancellable, error);
  if (lock == NULL)
    return FALSE;
  session = open_session (pass, cancellable, error);
  if (session == NULL)
    return FALSE;
  plan = log_in_and_compare (pass, session, &known, settings, pass->options, cancellable, error);
  is_done = plan != NULL
            && sync_pop3_look (pass, session, plan, cancellable, error)
            && sync_pop3_rules_apply (pass, session, plan, cancellable, error)
            && sync_pop3_receive (pass, session, plan, inbox, cancellable, error)
            && give_up_bodies (pass, plan, error)
            && sync_pop3_clean (pass, session, plan, cancellable, error);
  /* Without QUIT: a server that deletes what was received by itself does so only after QUIT. */
  pop3_session_close (session);
  count_traffic (pass, session);
  return is_done;
}

static StorePop3Entry *
find_entry (GHashTable *known, gint64 message)
{
  GHashTableIter iter;
  gpointer entry;

  g_hash_table_iter_init (&iter, known);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    if (((StorePop3Entry *) entry)->message == message)
      return entry;
  return NULL;
}

/* Nothing but the body of @entry, and if its name says where it is, no looking around for it. */
static gboolean
fetch_only (SyncPass *pass, Pop3Session *session, SyncPop3Plan *plan, const StorePop3Entry *entry, GCancellable *cancellable,
            GError **error)
{
  gboolean is_named = FALSE;

  for (guint i = 0; i < plan->messages->len; i++)
    is_named = is_named || g_strcmp0 (g_array_index (plan->messages, SyncPop3Message, i).key, entry->uidl) == 0;
  if (is_named)
    sync_pop3_plan_match (plan);
  else if (!sync_pop3_look (pass, session, plan, cancellable, error))
    return FALSE;
  for (guint i = 0; i < plan->messages->len; i++)
    {
      SyncPop3Message *message = &g_array_index (plan->messages, SyncPop3Message, i);
      const SyncPop3Memory *memory = message->memory != NULL ? message->memory : message->suspect;

      if (memory == NULL || memory->row != entry)
        message->need = SYNC_POP3_NOTHING;
    }
  return sync_pop3_receive (pass, session, plan, -1, cancellable, error);
}

static gboolean
fetch_entry (SyncPass *pass, GHashTable *known, StorePop3Entry *entry, GCancellable *cancellable, GError **error)
{
  const SyncPop3Settings settings = { .leave = ACCOUNT_LEAVE_ALWAYS };
  g_autoptr (Pop3Session) session = open_session (pass, cancellable, error);
  g_autoptr (SyncPop3Plan) plan = NULL;
  gboolean is_done;

  if (session == NULL)
    return FALSE;
  plan = log_in_and_compare (pass, session, &known, &settings, SYNC_HEADERS_ONLY, cancellable, error);
  is_done = plan != NULL && fetch_only (pass, session, plan, entry, cancellable, error);
  if (is_done)
    pop3_session_quit (session, cancellable, NULL);
  pop3_session_close (session);
  count_traffic (pass, session);
  if (!is_done || entry->state == STORE_POP3_KEPT)
    return is_done;
  if (pass->report->errors->len > 0)
    g_propagate_error (error, g_ptr_array_steal_index (pass->report->errors, 0));
  else
    g_set_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "The server no longer has the rest of this message.");
  return FALSE;
}

gboolean
sync_pop3_fetch_body (SyncPass *pass, gint64 message, GCancellable *cancellable, GError **error)
{
  g_autoptr (SyncLock) lock = sync_lock_take (pass->database, "pop3", pass->account, LOCK_PATIENCE, cancellable, error);
  g_autoptr (GHashTable) known = lock != NULL ? store_pop3_load (pass->database, pass->account, error) : NULL;
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  SyncReport report = { .errors = errors };
  SyncPass own = *pass;
  StorePop3Entry *entry;
  gboolean is_done;

  if (known == NULL)
    return FALSE;
  entry = find_entry (known, message);
  if (entry != NULL && entry->state == STORE_POP3_KEPT)
    return TRUE;
  if (!store_pop3_want_body (pass->database, message, error))
    return FALSE;
  if (entry == NULL)
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "The message is not one of this account's.");
      return FALSE;
    }
  entry->state = STORE_POP3_BODY_WANTED;
  own.report = &report;
  is_done = fetch_entry (&own, known, entry, cancellable, error);
  if (pass->report != NULL)
    {
      pass->report->bytes_in += report.bytes_in;
      pass->report->bytes_out += report.bytes_out;
      pass->report->round_trips += report.round_trips;
      pass->report->login_delay = report.login_delay;
    }
  return is_done;
}

gboolean
sync_pop3_check (SyncPass *pass, GCancellable *cancellable, GError **error)
{
  g_autoptr (Pop3Session) session = open_session (pass, cancellable, error);
  g_autoptr (Pop3Listing) listing = NULL;

  if (session == NULL)
    return FALSE;
  tell_phase (pass, SYNC_LOGGING_IN);
  if (!pop3_login (session, pass->login, cancellable, error)
      || !pop3_session_run (session, "STAT", "the state of the mailbox", NULL, cancellable, error))
    return FALSE;
  tell_phase (pass, SYNC_LISTING);
  listing = pop3_listing_ask (session, cancellable, error) ? pop3_listing_read (session, cancellable, error) : NULL;
  if (listing == NULL)
    return FALSE;
  pop3_session_quit (session, cancellable, NULL);
  return TRUE;
}
