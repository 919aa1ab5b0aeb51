/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a message is to be sent: the times that are offered, and a dialog that asks for another one. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define COMPOSER_TYPE_LATER (composer_later_get_type ())
G_DECLARE_FINAL_TYPE (ComposerLater, composer_later, COMPOSER, LATER, AdwWindow)

/* Seconds since 1970, from @now in the person's own zone. Pure. */
gint64 composer_later_in_one_hour (GDateTime *now);
gint64 composer_later_tomorrow (GDateTime *now);      /* at eight in the morning */

/* composer_later_new: modal over @parent, with tomorrow morning proposed. Signal "chosen" (gint64 seconds since 1970): not before now */
ComposerLater *composer_later_new (GtkWindow *parent, GDateTime *now);

G_END_DECLS
