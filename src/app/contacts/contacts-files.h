/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contacts from files of vCards, and into them. */
#pragma once

#include <adwaita.h>

#include "model-contacts.h"

G_BEGIN_DECLS

#define CONTACTS_FILES_MAX_BYTES (64 * 1024 * 1024) /* of a file that is read */

/* contacts_files_add_actions: files.import and files.export; @toasts: says what became of them */
void contacts_files_add_actions (GtkWindow *window, ModelContacts *contacts, AdwToastOverlay *toasts);

G_END_DECLS
