/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done with somebody who stands in a mail: written to, made a contact, or looked at where they are one. */
#pragma once

#include <gtk/gtk.h>

#include "mail-address.h"
#include "model-contacts.h"

G_BEGIN_DECLS

#define CONTACTS_TYPE_POPOVER (contacts_popover_get_type ())
G_DECLARE_FINAL_TYPE (ContactsPopover, contacts_popover, CONTACTS, POPOVER, GtkPopover)

/* contacts_popover_set_person: @contacts: (nullable): where they are looked for each time it pops up; @address: (nullable): copied. It works
 * through "app.mailto", "app.add-contact" and "app.edit-contact". */
void contacts_popover_set_person (ContactsPopover *self, ModelContacts *contacts, const MailAddress *address);

G_END_DECLS
