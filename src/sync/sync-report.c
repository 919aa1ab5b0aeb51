/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a pass did, in figures. */
#include "sync-report.h"

SyncReport *
sync_report_new (gint64 account)
{
  SyncReport *self = g_new0 (SyncReport, 1);

  self->account = account;
  self->errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  return self;
}

void
sync_report_free (SyncReport *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->errors);
  g_free (self->alert);
  g_free (self);
}

void
sync_report_add (SyncReport *self, const SyncReport *other)
{
  self->n_new += other->n_new;
  self->n_deleted += other->n_deleted;
  self->n_flags_changed += other->n_flags_changed;
  self->n_sent += other->n_sent;
  self->bytes_in += other->bytes_in;
  self->bytes_out += other->bytes_out;
  self->round_trips += other->round_trips;
  self->login_delay = MAX (self->login_delay, other->login_delay);
  self->seconds += other->seconds;
  if (other->alert)
    {
      g_free (self->alert);
      self->alert = g_strdup (other->alert);
    }
  for (guint i = 0; i < other->errors->len; i++)
    g_ptr_array_add (self->errors, g_error_copy (g_ptr_array_index (other->errors, i)));
}

void
sync_report_take_error (SyncReport *self, GError *error)
{
  if (error)
    g_ptr_array_add (self->errors, error);
}
