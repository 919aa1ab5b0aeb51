/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a message list shows of a message. */
#include "mail-summary.h"

#include "mail-address.h"

G_DEFINE_BOXED_TYPE (MailSummary, mail_summary, mail_summary_ref, mail_summary_unref)

MailSummary *
mail_summary_new (void)
{
  MailSummary *self = g_new0 (MailSummary, 1);

  g_atomic_ref_count_init (&self->references);
  self->is_whole = TRUE;
  self->subject = g_strdup ("");
  self->from = mail_address_list_new ();
  self->to = mail_address_list_new ();
  self->references_ids = g_new0 (char *, 1);
  return self;
}

MailSummary *
mail_summary_ref (MailSummary *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
mail_summary_unref (MailSummary *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_free (self->message_id);
  g_free (self->subject);
  g_ptr_array_unref (self->from);
  g_ptr_array_unref (self->to);
  g_free (self->in_reply_to);
  g_strfreev (self->references_ids);
  g_free (self);
}
