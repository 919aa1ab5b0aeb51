/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks to whom a message is to be sent on as it is. */
#pragma once

#include <adwaita.h>

#include "model-contacts.h"

G_BEGIN_DECLS

#define COMPOSER_TYPE_REDIRECT (composer_redirect_get_type ())
G_DECLARE_FINAL_TYPE (ComposerRedirect, composer_redirect, COMPOSER, REDIRECT, AdwWindow)

/* Signal "accepted" (string): addresses that mail could be sent to; the window stays until composer_redirect_end () */
ComposerRedirect *composer_redirect_new (GtkWindow *parent, ModelContacts *contacts); /* contacts: who is suggested while one types */

/* composer_redirect_end: @sentence: (nullable): why it failed, then the window stays; %NULL closes it */
void composer_redirect_end (ComposerRedirect *self, const char *sentence);

G_END_DECLS
