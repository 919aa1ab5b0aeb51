/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One attachment at the composer's foot: icon, name, size, and a button that removes it. */
#pragma once

#include <adwaita.h>

#include "model-draft-file.h"

G_BEGIN_DECLS

#define COMPOSER_TYPE_FILE (composer_file_get_type ())
G_DECLARE_FINAL_TYPE (ComposerFile, composer_file, COMPOSER, FILE, AdwBin)

/* Signal "remove": a person wants it gone. */
ComposerFile *composer_file_new (ModelDraftFile *file);
ModelDraftFile *composer_file_get_file (ComposerFile *self); /* (transfer none) */

G_END_DECLS
