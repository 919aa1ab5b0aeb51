/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A field for recipients: who is written to stands there as chips, and behind them what is being typed. */
#pragma once

#include <gtk/gtk.h>

#include "model-contacts.h"

G_BEGIN_DECLS

#define RECIPIENTS_TYPE_ENTRY (recipients_entry_get_type ())
G_DECLARE_FINAL_TYPE (RecipientsEntry, recipients_entry, RECIPIENTS, ENTRY, GtkWidget)

/* Properties: addresses (string, read-write, notify): all of it, chips and what is typed, as a list of addresses, never NULL; setting it
 * makes chips of all. label (string): what the field is called.
 * Signal "recipients-changed": the addresses are others.
 * It is a GtkEditable too: what is typed behind the chips, raw. Comma, semicolon, Return, leaving the field, and a list that is pasted make
 * chips; Backspace and Left before the text go to the last one. */

/* recipients_entry_set_contacts: (nullable): who is suggested while one types */
void recipients_entry_set_contacts (RecipientsEntry *self, ModelContacts *contacts);

char *recipients_entry_dup_addresses (RecipientsEntry *self); /* (transfer full) */
gboolean recipients_entry_is_empty (RecipientsEntry *self);

/* recipients_entry_find_problem: (transfer full) (nullable): the first address that no mail could be sent to, in a sentence */
char *recipients_entry_find_problem (RecipientsEntry *self);

G_END_DECLS
