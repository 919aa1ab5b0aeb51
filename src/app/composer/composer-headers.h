/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The upper part of the composer: From, To, Cc, Bcc, Subject, and what is wrong with them. */
#pragma once

#include <adwaita.h>

#include "model-draft.h"

G_BEGIN_DECLS

#define COMPOSER_TYPE_HEADERS (composer_headers_get_type ())
G_DECLARE_FINAL_TYPE (ComposerHeaders, composer_headers, COMPOSER, HEADERS, AdwBin)

/* Signal "done": Return in the last field: on to the text. */

void composer_headers_set_draft (ComposerHeaders *self, ModelDraft *draft);

/* composer_headers_check: whether mail could be sent to whom it is written; where not, a sentence stands by the first field that is
 * wrong and the field has the focus */
gboolean composer_headers_check (ComposerHeaders *self);

/* composer_headers_grab_focus: the first field that is still empty; %FALSE when none is */
gboolean composer_headers_grab_focus (ComposerHeaders *self);

void composer_headers_show_copies (ComposerHeaders *self); /* Cc and Bcc */

G_END_DECLS
