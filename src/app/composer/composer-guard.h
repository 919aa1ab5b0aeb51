/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stands at the door while a message is written: what may have been forgotten is said once, before it goes. */
#pragma once

#include "model-draft.h"

G_BEGIN_DECLS

#define COMPOSER_TYPE_GUARD (composer_guard_get_type ())
G_DECLARE_FINAL_TYPE (ComposerGuard, composer_guard, COMPOSER, GUARD, GObject)

/* Signal "unknown" (string): a sentence: no mail server is known for a recipient (composer-domains.h). Signal "recipients-changed": what was said
 * of them may be mended. Main thread. */
ComposerGuard *composer_guard_new (ModelDraft *draft);

/* composer_guard_find: (transfer full) (nullable): what speaks against sending the draft as it stands, and was not let pass; @has_many: (out):
 * among it, that many see each other's addresses */
char *composer_guard_find (ComposerGuard *self, gboolean *has_many);

void composer_guard_let_pass (ComposerGuard *self); /* all that it found last */

G_END_DECLS
