/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Subject, people and date of the message that is read; all its headers on request. */
#pragma once

#include <gtk/gtk.h>

#include "account-list.h"
#include "model-body.h"
#include "model-contacts.h"

G_BEGIN_DECLS

#define READER_TYPE_HEADER (reader_header_get_type ())
G_DECLARE_FINAL_TYPE (ReaderHeader, reader_header, READER, HEADER, GtkWidget)

/* reader_header_set_accounts: (nullable): whose servers are believed, and who a forger would like to be */
void reader_header_set_accounts (ReaderHeader *self, AccountList *accounts);
void reader_header_set_contacts (ReaderHeader *self, ModelContacts *contacts); /* (nullable): where the sender may be known */

void reader_header_show (ReaderHeader *self, ModelBody *body);

G_END_DECLS
