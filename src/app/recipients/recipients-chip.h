/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One recipient: who it is, a way to remove it, and a thing to drag to another field. */
#pragma once

#include <adwaita.h>

#include "mail-address.h"

G_BEGIN_DECLS

#define RECIPIENTS_TYPE_CHIP (recipients_chip_get_type ())
G_DECLARE_FINAL_TYPE (RecipientsChip, recipients_chip, RECIPIENTS, CHIP, AdwBin)

/* Signals: "removed": it is to go, by its button, a key, or because it was dropped elsewhere; "edited": it is to be text again;
 * "menu": what can be done with the person is asked for */

RecipientsChip *recipients_chip_new (const MailAddress *address);
const MailAddress *recipients_chip_get_address (RecipientsChip *self);

/* recipients_chip_dup_text: (transfer full): name and address, as a person would type them */
char *recipients_chip_dup_text (RecipientsChip *self);

G_END_DECLS
