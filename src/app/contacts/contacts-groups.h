/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which group of contacts is shown, and what can be done to groups. */
#pragma once

#include <adwaita.h>

#include "model-contacts.h"

G_BEGIN_DECLS

#define CONTACTS_TYPE_GROUPS (contacts_groups_get_type ())
G_DECLARE_FINAL_TYPE (ContactsGroups, contacts_groups, CONTACTS, GROUPS, GObject)

/* Signal "selected": another group, or all */

/**
 * contacts_groups_new:
 * @drop_down: shows "All Contacts" and the groups from now on; its window gets the actions group.new, group.rename and group.delete
 * @toasts: says what could not be done
 */
ContactsGroups *contacts_groups_new (GtkDropDown *drop_down, ModelContacts *contacts, AdwToastOverlay *toasts);

gint64 contacts_groups_get_selected (ContactsGroups *self);           /* 0: all contacts */
const char *contacts_groups_get_selected_name (ContactsGroups *self); /* (nullable): %NULL: all contacts */

G_END_DECLS
