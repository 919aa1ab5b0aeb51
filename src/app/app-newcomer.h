/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Somebody whose card came by mail becomes a contact. */
#pragma once

#include <gtk/gtk.h>

#include "model-contacts.h"

G_BEGIN_DECLS

/**
 * app_newcomer_add:
 * @text: a vCard
 *
 * Adds the first person of it; where one with that address is a contact already, asks what is to become of both. Says how it went in the main window.
 */
void app_newcomer_add (GtkApplication *application, ModelContacts *contacts, const char *text);

G_END_DECLS
