/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pipelined UID FETCH. */
#include "imap-retrieve.h"

typedef struct
{
  ImapFetchFunc on_fetch;
  ImapSetFunc on_set;
  gpointer data;
  guint numbers[IMAP_WINDOW]; /* of the commands under way, a ring */
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
send_set (Retrieval *self, ImapSession *session, guint index, const char *set, const char *items, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImapCommand) command = imap_command_new ("UID FETCH");

  imap_command_add (command, set);
  imap_command_add (command, items);
  self->numbers[index % IMAP_WINDOW] = imap_session_send (session, command, cancellable, error);
  return self->numbers[index % IMAP_WINDOW] != 0;
}

/* @goes_on: (out): whether further commands are wanted */
static gboolean
wait_for_set (Retrieval *self, ImapSession *session, guint index, gboolean *goes_on, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) refusal = NULL;
  g_autoptr (GError) failure = NULL;

  if (!imap_session_wait (session, self->numbers[index % IMAP_WINDOW], "messages", on_response, self, cancellable, &refusal)
      && (!imap_session_is_open (session) || !self->on_set))
    {
      g_propagate_error (error, g_steal_pointer (&refusal));
      return FALSE;
    }
  if (!self->on_set || self->on_set (index, refusal, self->data, &failure))
    return TRUE;
  *goes_on = FALSE;
  if (!failure)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

gboolean
imap_retrieve (ImapSession *session, const char *const *sets, const char *items, guint depth,
               ImapFetchFunc on_fetch, ImapSetFunc on_set, gpointer data, GCancellable *cancellable, GError **error)
{
  Retrieval self = { on_fetch, on_set, data, { 0 } };
  guint sent = 0, answered = 0;
  gboolean goes_on = TRUE;

  depth = CLAMP (depth, 1, IMAP_WINDOW);
  for (;;)
    {
      while (goes_on && sets[sent] && sent - answered < depth)
        {
          if (!send_set (&self, session, sent, sets[sent], items, cancellable, error))
            return FALSE;
          sent++;
        }
      if (answered == sent)
        return TRUE;
      if (!wait_for_set (&self, session, answered, &goes_on, cancellable, error))
        {
          if (++answered < sent)
            imap_session_close (session); /* nobody reads the other answers */
          return FALSE;
        }
      answered++;
    }
}
