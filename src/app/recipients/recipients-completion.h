/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The people that may be meant, in a popover below what is typed. */
#pragma once

#include <gtk/gtk.h>

#include "model-contacts.h"

G_BEGIN_DECLS

#define RECIPIENTS_TYPE_COMPLETION (recipients_completion_get_type ())
G_DECLARE_FINAL_TYPE (RecipientsCompletion, recipients_completion, RECIPIENTS, COMPLETION, GtkPopover)

/* Signal "chosen" (ModelPerson): by a click; keys are told by their functions below */

void recipients_completion_set_contacts (RecipientsCompletion *self, ModelContacts *contacts);

/* recipients_completion_look_for: shows whom @text may mean, as soon as that is known, or goes when it is nobody or @text is too short */
void recipients_completion_look_for (RecipientsCompletion *self, const char *text);

/* recipients_completion_hide: and forgets what it was looking for */
void recipients_completion_hide (RecipientsCompletion *self);

/* recipients_completion_step: @by: 1 down, -1 up; %FALSE while nothing is shown */
gboolean recipients_completion_step (RecipientsCompletion *self, int by);

/* recipients_completion_get_selected: (nullable) (transfer none): while it is shown */
ModelPerson *recipients_completion_get_selected (RecipientsCompletion *self);

G_END_DECLS
