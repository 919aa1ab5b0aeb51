/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The composer's foot: what is attached, how much it is together, and whether that may be too much. */
#pragma once

#include <adwaita.h>

#include "model-draft.h"

G_BEGIN_DECLS

#define COMPOSER_TYPE_FILES (composer_files_get_type ())
G_DECLARE_FINAL_TYPE (ComposerFiles, composer_files, COMPOSER, FILES, AdwBin)

void composer_files_set_draft (ComposerFiles *self, ModelDraft *draft);

G_END_DECLS
