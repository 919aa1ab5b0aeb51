/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One IMAP pass, from the list of folders to the bodies, and the wait for the next one. */
#include "sync-imap.h"

#include "base-error.h"
#include "imap-entry.h"
#include "imap-idle.h"
#include "imap-mailbox.h"
#include "store-folders.h"
#include "store-messages.h"
#include "sync-imap-bodies.h"
#include "sync-imap-folders.h"
#include "sync-imap-messages.h"
#include "sync-imap-names.h"
#include "sync-imap-receive.h"
#include "sync-imap-room.h"
#include "sync-lock.h"

#define LOCK_PATIENCE 30
#define IDLE_SECONDS (28 * 60)  /* RFC 2177 allows 29 minutes */
#define NOOP_SECONDS 60
#define LOOKS_OF_A_WAIT 28
#define LIFE_SECONDS 15

static void
tell_phase (SyncPass *pass, SyncPhase phase)
{
  if (pass->progress)
    pass->progress (phase, 0, 0, 0, pass->progress_data);
}

/* What a session has carried so far; a session lives longer than a pass */
typedef struct
{
  gint64 bytes_in, bytes_out;
  guint round_trips;
} Traffic;

static Traffic
measure (ImapSession *session)
{
  if (!session)
    return (Traffic) { 0 };
  return (Traffic) { imap_session_get_bytes_in (session), imap_session_get_bytes_out (session), imap_session_get_round_trips (session) };
}

/* What the session did and was told, into the report */
static void
settle (SyncPass *pass, ImapSession *session, Traffic before)
{
  Traffic after = measure (session);
  g_autofree char *alert = session ? imap_session_take_alert (session) : NULL;

  if (!pass->report || !session)
    return;
  if (alert)
    {
      g_free (pass->report->alert);
      pass->report->alert = base_error_clean_reply (alert);
    }
  pass->report->bytes_in += after.bytes_in - before.bytes_in;
  pass->report->bytes_out += after.bytes_out - before.bytes_out;
  pass->report->round_trips += after.round_trips - before.round_trips;
}

static ImapSession *
open_session (SyncPass *pass, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImapSession) session = NULL;

  tell_phase (pass, SYNC_CONNECTING);
  session = imap_entry_open (pass->login, pass->trace, pass->trace_tag, cancellable, error);
  return session && sync_imap_names_respell (pass, session, error) ? g_steal_pointer (&session) : NULL;
}

/* A kept session may have died while nobody looked: that is found out by its first command, and a new one is no failure of the pass. */
static gboolean
need_session (SyncPass *pass, ImapSession **session, GCancellable *cancellable, GError **error)
{
  if (*session && imap_session_is_open (*session))
    {
      if (imap_session_is_alive (*session, LIFE_SECONDS, cancellable))
        return TRUE;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  g_clear_object (session);
  *session = open_session (pass, cancellable, error);
  return *session != NULL;
}

/* After a failure nothing is known of the conversation. */
static gboolean
end (SyncPass *pass, ImapSession **session, Traffic before, gboolean is_good)
{
  settle (pass, *session, before);
  if (*session && (!is_good || !imap_session_is_open (*session)))
    {
      imap_session_close (*session);
      g_clear_object (session);
    }
  return is_good;
}

/* One mailbox that cannot be opened is no reason to do without the others. */
static gboolean
pass_over (SyncImapContext *context, GError *failure, GError **error)
{
  gboolean is_servers_word = failure->domain == BASE_ERROR && imap_session_is_open (context->session)
                             && (failure->code == BASE_ERROR_REFUSED || failure->code == BASE_ERROR_MAILBOX_FULL || failure->code == BASE_ERROR_NOT_FOUND || failure->code == BASE_ERROR_TRY_LATER
                                 || failure->code == BASE_ERROR_FAILED || failure->code == BASE_ERROR_LOGIN_REFUSED);

  if (is_servers_word)
    {
      sync_imap_report_error (context, failure);
      g_error_free (failure);
      return TRUE;
    }
  g_propagate_error (error, failure);
  return FALSE;
}

typedef gboolean (*FolderFunc) (SyncImapContext *context, SyncImapFolder *folder, GError **error);

static gboolean
update_messages (SyncImapContext *context, SyncImapFolder *folder, GError **error)
{
  guint32 uidnext = folder->kept->uidnext, n_server = folder->kept->n_server;

  if (sync_imap_messages_is_unchanged (folder))
    return TRUE;
  if (sync_imap_messages_is_new_and_empty (context, folder))
    return sync_imap_messages_note_empty (context, folder, error);
  context->mailbox = folder->kept->wire_name;
  if (!sync_imap_messages_run (context, folder, error))
    return FALSE;
  if (folder->kept->uidnext != uidnext || folder->kept->n_server != n_server)
    g_ptr_array_add (context->changed, folder);
  return TRUE;
}

static gboolean
for_each (SyncImapContext *context, GPtrArray *folders, FolderFunc func, GError **error)
{
  for (guint i = 0; i < folders->len && !sync_imap_should_stop (context); i++)
    {
      SyncImapFolder *folder = g_ptr_array_index (folders, i);
      GError *failure = NULL;

      if (folder->listed->can_be_opened && !func (context, folder, &failure) && !pass_over (context, failure, error))
        return FALSE;
    }
  return TRUE;
}

/* An account that is new here: its Inbox will be opened whatever the list of folders says, so it need not wait for that. */
static gboolean
open_first_inbox (SyncImapContext *context, GError **error)
{
  g_autoptr (GPtrArray) known = store_imap_list_folders (context->pass->database, context->pass->account, error);

  return known && (known->len > 0 || imap_mailbox_select_ahead (context->session, "INBOX", context->cancellable, error));
}

static gboolean
run (SyncImapContext *context, GError **error)
{
  g_autoptr (GPtrArray) folders = NULL;
  g_autoptr (GPtrArray) changed = g_ptr_array_new ();

  context->changed = changed;
  tell_phase (context->pass, SYNC_LISTING);
  if (!open_first_inbox (context, error))
    return FALSE;
  folders = sync_imap_folders_run (context, error);
  return folders && for_each (context, folders, update_messages, error) && for_each (context, folders, sync_imap_bodies_run, error)
         && sync_imap_room_run (context, error);
}

gboolean
sync_imap_run (SyncPass *pass, const SyncImapSettings *settings, ImapSession **session, gboolean (*has_errands) (gpointer), gpointer errands_data,
               GCancellable *cancellable, GError **error)
{
  g_autoptr (SyncLock) lock = sync_lock_take (pass->database, "imap", pass->account, LOCK_PATIENCE, cancellable, error);
  SyncImapContext context = { .pass = pass, .settings = settings, .has_errands = has_errands, .errands_data = errands_data, .cancellable = cancellable };
  Traffic before = measure (*session);
  gboolean is_good;

  if (!lock)
    return FALSE;
  if (*session && !imap_session_is_open (*session))
    {
      g_clear_object (session);
      before = (Traffic) { 0 };
    }
  if (!need_session (pass, session, cancellable, error))
    return end (pass, session, before, FALSE);
  if (imap_session_get_bytes_in (*session) < before.bytes_in)
    before = (Traffic) { 0 };
  context.is_new_session = before.bytes_in == 0;
  if (!sync_imap_replay (pass, session, cancellable, error))
    return end (pass, session, before, FALSE);
  context.session = *session;
  is_good = end (pass, session, before, run (&context, error));
  g_clear_pointer (&context.room, imap_room_free);
  return is_good;
}

typedef struct
{
  gboolean has_news;
} Watch;

/* What says that the Inbox is not as it was. Servers also say "* OK Still here". */
static void
on_news (ImapSession *session, const ImapResponse *response, gpointer data)
{
  Watch *watch = data;

  if (response->kind == IMAP_RESPONSE_DATA
      && (g_str_equal (response->name, "EXISTS") || g_str_equal (response->name, "EXPUNGE") || g_str_equal (response->name, "VANISHED")
          || g_str_equal (response->name, "FETCH")))
    watch->has_news = TRUE;
}

static gboolean
select_inbox (SyncPass *pass, ImapSession *session, Watch *watch, GCancellable *cancellable, GError **error)
{
  g_autoptr (StoreImapFolder) inbox = NULL;
  g_auto (ImapSelected) selected = { 0 };
  gint64 id = store_folders_find_role (pass->database, pass->account, MAIL_ROLE_INBOX, error);

  inbox = id > 0 ? store_imap_get_folder (pass->database, id, error) : NULL;
  if (!inbox)
    return FALSE;
  if (!imap_mailbox_select (session, inbox->wire_name, FALSE, 0, 0, &selected, NULL, NULL, cancellable, error))
    return FALSE;
  /* What came between the pass and now is never told by IDLE. */
  watch->has_news = selected.uidvalidity != inbox->uidvalidity || selected.n_messages != inbox->n_server
                    || (selected.uidnext > 0 && selected.uidnext != inbox->uidnext)
                    || (selected.highestmodseq > 0 && selected.highestmodseq != inbox->highestmodseq);
  return TRUE;
}

static void
on_cancelled (GCancellable *cancellable, GMainLoop *loop)
{
  g_main_loop_quit (loop);
}

static gboolean
on_timeout (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

/* Sleeps, unless somebody wakes us. */
static void
sleep_until (guint seconds, GCancellable *wake, GCancellable *cancellable)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (context, FALSE);
  g_autoptr (GSource) timeout = g_timeout_source_new_seconds (seconds);
  GCancellable *both[] = { wake, cancellable };
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func ((GDestroyNotify) g_source_unref);

  g_source_set_callback (timeout, on_timeout, loop, NULL);
  g_source_attach (timeout, context);
  for (gsize i = 0; i < G_N_ELEMENTS (both); i++)
    if (both[i])
      {
        GSource *source = g_cancellable_source_new (both[i]);

        g_source_set_callback (source, G_SOURCE_FUNC (on_cancelled), loop, NULL);
        g_source_attach (source, context);
        g_ptr_array_add (sources, source);
      }
  g_main_loop_run (loop);
  g_source_destroy (timeout);
  for (guint i = 0; i < sources->len; i++)
    g_source_destroy (g_ptr_array_index (sources, i));
}

static gboolean
poll_inbox (ImapSession *session, Watch *watch, GCancellable *wake, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < LOOKS_OF_A_WAIT && !watch->has_news; i++)
    {
      g_autoptr (ImapCommand) command = imap_command_new ("NOOP");

      sleep_until (NOOP_SECONDS, wake, cancellable);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (g_cancellable_is_cancelled (wake))
        return TRUE;
      if (!imap_session_run (session, command, "the look for new mail", on_news, watch, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
idle (ImapSession *session, Watch *watch, GCancellable *wake, GCancellable *cancellable, GError **error)
{
  gint64 until = g_get_monotonic_time () + (gint64) IDLE_SECONDS * G_USEC_PER_SEC;

  while (!watch->has_news && !g_cancellable_is_cancelled (wake))
    {
      gint64 left = (until - g_get_monotonic_time ()) / G_USEC_PER_SEC;
      g_autoptr (GError) refusal = NULL;

      if (left <= 0)
        return TRUE;
      if (!imap_idle (session, left, on_news, watch, wake, cancellable, &refusal))
        {
          /* Courier offers it also where its host cannot do it. */
          if (imap_session_is_open (session) && refusal->domain == BASE_ERROR)
            return poll_inbox (session, watch, wake, cancellable, error);
          g_propagate_error (error, g_steal_pointer (&refusal));
          return FALSE;
        }
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
sync_imap_wait (SyncPass *pass, ImapSession **session, GCancellable *wake, GCancellable *cancellable, GError **error)
{
  Traffic before = measure (*session);
  Watch watch = { FALSE };
  gboolean is_good;

  if (!*session || !imap_session_is_open (*session))
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_NETWORK, "The connection to the server is closed.");
      return end (pass, session, before, FALSE);
    }
  is_good = select_inbox (pass, *session, &watch, cancellable, error)
            && (imap_session_can (*session, IMAP_CAN_IDLE) ? idle (*session, &watch, wake, cancellable, error)
                                                           : poll_inbox (*session, &watch, wake, cancellable, error));
  return end (pass, session, before, is_good);
}

static gboolean
fetch_one (SyncImapContext *context, gint64 message, GError **error)
{
  g_autoptr (StoreImapFolder) folder = NULL;
  g_autoptr (MailSummary) summary = NULL;
  gint64 where = 0;
  gint64 uid = store_imap_get_uid (context->pass->database, message, &where, error);

  if (uid < 0)
    return FALSE;
  folder = uid > 0 ? store_imap_get_folder (context->pass->database, where, error) : NULL;
  if (!folder && (!error || !*error))
    g_set_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "The server does not have this message (yet, or any more).");
  if (!folder || !sync_imap_bodies_fetch (context, folder, &message, 1, error))
    return FALSE;
  summary = store_messages_get (context->pass->database, message, error);
  if (summary && !summary->is_whole)
    g_set_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "The server no longer has the rest of this message.");
  return summary && summary->is_whole;
}

gboolean
sync_imap_fetch_body (SyncPass *pass, ImapSession **session, gint64 message, GCancellable *cancellable, GError **error)
{
  const SyncImapSettings settings = { .keep_days = -1 };
  SyncImapContext context = { .pass = pass, .settings = &settings, .cancellable = cancellable };
  Traffic before = measure (*session);
  gboolean is_good;

  if (!need_session (pass, session, cancellable, error))
    return end (pass, session, before, FALSE);
  if (imap_session_get_bytes_in (*session) < before.bytes_in)
    before = (Traffic) { 0 };
  context.session = *session;
  is_good = fetch_one (&context, message, error);
  settle (pass, *session, before);
  if (!imap_session_is_open (*session))
    g_clear_object (session);
  return is_good;
}

gboolean
sync_imap_check (SyncPass *pass, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImapSession) session = open_session (pass, cancellable, error);
  g_auto (ImapSelected) selected = { 0 };
  gboolean is_good;

  if (!session)
    return FALSE;
  tell_phase (pass, SYNC_LISTING);
  is_good = imap_mailbox_select (session, "INBOX", TRUE, 0, 0, &selected, NULL, NULL, cancellable, error);
  settle (pass, session, (Traffic) { 0 });
  imap_session_log_out (session);
  return is_good;
}
