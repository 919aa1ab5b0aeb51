/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The box that a session is kept in between two jobs. */
#include "sync-imap-link.h"

SyncImapLink *
sync_imap_link_new (void)
{
  SyncImapLink *self = g_new0 (SyncImapLink, 1);

  g_atomic_ref_count_init (&self->references);
  return self;
}

SyncImapLink *
sync_imap_link_ref (SyncImapLink *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
sync_imap_link_unref (SyncImapLink *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  if (self->session)
    imap_session_close (self->session);
  g_clear_object (&self->session);
  g_free (self);
}

void
sync_imap_link_ask_to_end (SyncImapLink *self)
{
  g_atomic_int_set (&self->must_end, TRUE);
}

gboolean
sync_imap_link_must_end (gpointer self)
{
  return g_atomic_int_get (&((SyncImapLink *) self)->must_end);
}

void
sync_imap_link_begin (SyncImapLink *self)
{
  g_atomic_int_set (&self->must_end, FALSE);
}
