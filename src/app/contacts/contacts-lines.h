/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a contact has several of (addresses, phones): a row for each, and an empty one for another. */
#pragma once

#include <adwaita.h>

#include "mail-card.h"

G_BEGIN_DECLS

#define CONTACTS_TYPE_LINES (contacts_lines_get_type ())
G_DECLARE_FINAL_TYPE (ContactsLines, contacts_lines, CONTACTS, LINES, GObject)

/* Signal "edited": something was typed */

/**
 * contacts_lines_new:
 * @group: (transfer none): where the rows stand
 * @property: of the card, as "EMAIL"
 * @title, @another: translated: of the first row and of the others
 */
ContactsLines *contacts_lines_new (AdwPreferencesGroup *group, const char *property, const char *title, const char *another,
                                   GtkInputPurpose purpose);

void contacts_lines_show (ContactsLines *self, const MailCard *card);

/**
 * contacts_lines_take:
 * @is_good: (nullable): whether a line can be kept
 * @has_any: (out) (optional): whether there is a line at all
 *
 * Returns: (transfer none) (nullable): the row that is not good: the card is as it was then
 */
GtkWidget *contacts_lines_take (ContactsLines *self, MailCard *card, gboolean (*is_good) (const char *text), gboolean *has_any);

G_END_DECLS
