/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a message invites to: what, when, where, by whom. */
#pragma once

#include <gtk/gtk.h>

#include "account-identity.h"
#include "model-body.h"

G_BEGIN_DECLS

#define READER_TYPE_INVITATION (reader_invitation_get_type ())
G_DECLARE_FINAL_TYPE (ReaderInvitation, reader_invitation, READER, INVITATION, GtkWidget)

/* reader_invitation_show: (nullable) @body: without an invitation in it, nothing is shown; @accounts: (nullable): who may be invited. Its buttons activate
 * app.answer-invitation and reader.open-calendar. */
void reader_invitation_show (ReaderInvitation *self, ModelBody *body, AccountList *accounts);

/* reader_invitation_dup_when: (transfer full): "Monday 23 November 2026, 10:00 to 11:30", in @zone, with the sender's hour
 * where that is another */
char *reader_invitation_dup_when (const MailInvitation *invitation, GTimeZone *zone);

G_END_DECLS
