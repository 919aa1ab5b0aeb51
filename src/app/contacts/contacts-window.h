/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The contacts: a list to search, a page for each, groups, and files of vCards in and out. */
#pragma once

#include <adwaita.h>

#include "model-contacts.h"

G_BEGIN_DECLS

#define CONTACTS_TYPE_WINDOW (contacts_window_get_type ())
G_DECLARE_FINAL_TYPE (ContactsWindow, contacts_window, CONTACTS, WINDOW, AdwWindow)

/* contacts_window_new: @parent: (nullable): whose application has "app.mailto", for writing to somebody */
ContactsWindow *contacts_window_new (GtkWindow *parent, ModelContacts *contacts);

/* contacts_window_edit: shows the page of contact @id */
void contacts_window_edit (ContactsWindow *self, gint64 id);

G_END_DECLS
