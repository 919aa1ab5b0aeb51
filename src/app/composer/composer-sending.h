/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way of a message out of the composer: looked at, spoken about in the bar where something may be wrong, into the Outbox. */
#pragma once

#include "composer-bar.h"
#include "composer-headers.h"

G_BEGIN_DECLS

#define COMPOSER_TYPE_SENDING (composer_sending_get_type ())
G_DECLARE_FINAL_TYPE (ComposerSending, composer_sending, COMPOSER, SENDING, GObject)

/* Signal "busy" (gboolean): nothing may be changed meanwhile, or it failed and the bar says why.
 * Signal "sent" (gint64 message in the Outbox, gint64 seconds since 1970): @when it was told to wait for, 0 for none. Main thread. */
ComposerSending *composer_sending_new (ModelDraft *draft, ComposerHeaders *headers, ComposerBar *bar); /* both outlive composer_sending_stop () */

/* Both check the fields, and ask in the bar where something may have been forgotten; the bar's answers come back here. */
void composer_sending_send (ComposerSending *self, guint delay);   /* seconds in which it can be called back */
void composer_sending_send_at (ComposerSending *self, gint64 when);

void composer_sending_hold (ComposerSending *self); /* what has not begun to leave stays: the window is being closed */
void composer_sending_stop (ComposerSending *self); /* nothing is said any more */

G_END_DECLS
