/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One contact to read and change: the fields that people use; all others of its card stay as they are. */
#pragma once

#include <adwaita.h>

#include "mail-card.h"

G_BEGIN_DECLS

#define CONTACTS_TYPE_EDITOR (contacts_editor_get_type ())
G_DECLARE_FINAL_TYPE (ContactsEditor, contacts_editor, CONTACTS, EDITOR, AdwBin)

/* Signal "edited": something was typed */

/* contacts_editor_show: @card: copied */
void contacts_editor_show (ContactsEditor *self, const MailCard *card);

/* contacts_editor_check: (transfer full) (nullable): the card as it stands; %NULL when something is wrong, which is said by the field then */
MailCard *contacts_editor_check (ContactsEditor *self);

gboolean contacts_editor_is_changed (ContactsEditor *self);

G_END_DECLS
