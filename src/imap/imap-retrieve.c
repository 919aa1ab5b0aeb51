/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pipelined FETCH. */
#include "imap-retrieve.h"

#include "net-connection.h"

#define FIRST_DEPTH 8
#define LEAST_DEPTH 2
#define WINDOW_USEC G_USEC_PER_SEC /* of the line's time that is asked for in advance */

typedef struct
{
  ImapNextFunc next;
  ImapFetchFunc on_fetch;
  ImapSetFunc on_set;
  gpointer data;
  guint numbers[IMAP_WINDOW]; /* of the commands under way, a ring */
  guint sent, answered;
  gboolean is_all_sent;
  gint64 last_answer;         /* monotonic; 0 before the first */
  gint64 mean;                /* time from one answer to the next, in microseconds; 0 before the second */
} Retrieval;

static void
on_response (ImapSession *session, const ImapResponse *response, gpointer data)
{
  Retrieval *self = data;
  ImapFetch fetch;

  if (self->on_fetch && imap_fetch_read (response, &fetch))
    {
      self->on_fetch (&fetch, self->data);
      imap_fetch_clear (&fetch);
    }
}

static gboolean
send_request (Retrieval *self, ImapSession *session, const ImapRequest *request, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImapCommand) command = imap_command_new (request->is_numbers ? "FETCH" : "UID FETCH");
  guint number;

  imap_command_add (command, request->set);
  imap_command_add (command, request->items);
  number = imap_session_send (session, command, cancellable, error);
  self->numbers[self->sent++ % IMAP_WINDOW] = number;
  return number != 0;
}

/* A far server's first answer says nothing of how fast the line is: only what follows another answer counts. */
static void
note_answer (Retrieval *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 took = MAX (now - self->last_answer, 1);

  if (self->last_answer > 0)
    self->mean = self->mean == 0 ? took : (self->mean * 3 + took) / 4;
  self->last_answer = now;
  self->answered++;
}

static guint
get_depth (const Retrieval *self)
{
  return self->mean == 0 ? FIRST_DEPTH : (guint) CLAMP (WINDOW_USEC / self->mean, LEAST_DEPTH, IMAP_WINDOW);
}

static gboolean
fill_window (Retrieval *self, ImapSession *session, GCancellable *cancellable, GError **error)
{
  while (!self->is_all_sent && self->sent - self->answered < get_depth (self))
    {
      ImapRequest request = { 0 };
      gboolean is_sent;

      self->is_all_sent = !self->next (&request, self->data);
      if (self->is_all_sent)
        return TRUE;
      is_sent = send_request (self, session, &request, cancellable, error);
      g_free (request.set);
      if (!is_sent)
        return FALSE;
    }
  return TRUE;
}

static gboolean
wait_for_set (Retrieval *self, ImapSession *session, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) refusal = NULL;
  g_autoptr (GError) failure = NULL;
  guint index = self->answered;
  gboolean is_good = imap_session_wait (session, self->numbers[index % IMAP_WINDOW], "messages", on_response, self, cancellable, &refusal);

  note_answer (self);
  if (!is_good)
    self->is_all_sent = FALSE; /* there may be something to ask again */
  if (!is_good && (!imap_session_is_open (session) || !self->on_set))
    {
      g_propagate_error (error, g_steal_pointer (&refusal));
      return FALSE;
    }
  if (!self->on_set || self->on_set (index, refusal, self->data, &failure))
    return TRUE;
  self->is_all_sent = TRUE;
  if (!failure)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

gboolean
imap_retrieve_each (ImapSession *session, ImapNextFunc next, ImapFetchFunc on_fetch, ImapSetFunc on_set, gpointer data,
                    GCancellable *cancellable, GError **error)
{
  Retrieval self = { .next = next, .on_fetch = on_fetch, .on_set = on_set, .data = data };

  for (;;)
    {
      if (!fill_window (&self, session, cancellable, error))
        return FALSE;
      if (self.answered == self.sent)
        return TRUE;
      if (!wait_for_set (&self, session, cancellable, error))
        {
          if (self.answered < self.sent)
            imap_session_close (session); /* nobody reads the other answers */
          return FALSE;
        }
    }
}

typedef struct
{
  const char *set, *items;
  ImapFetchFunc on_fetch;
  gpointer data;
} Single;

static gboolean
next_of_one (ImapRequest *request, gpointer data)
{
  Single *self = data;

  request->set = g_strdup (self->set);
  request->items = self->items;
  self->set = NULL;
  return request->set != NULL;
}

static void
on_fetch_of_one (const ImapFetch *fetch, gpointer data)
{
  Single *self = data;

  self->on_fetch (fetch, self->data);
}

gboolean
imap_retrieve (ImapSession *session, const char *set, const char *items, ImapFetchFunc on_fetch, gpointer data, GCancellable *cancellable, GError **error)
{
  Single self = { set, items, on_fetch, data };

  return imap_retrieve_each (session, next_of_one, on_fetch_of_one, NULL, &self, cancellable, error);
}

void
imap_retrieve_adopt (ImapSession *session)
{
  net_connection_adopt (imap_session_get_connection (session));
}
