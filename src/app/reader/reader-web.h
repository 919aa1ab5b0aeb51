/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loads the web view's module with the first HTML message. */
#pragma once

#include "web-api.h"

G_BEGIN_DECLS

/**
 * reader_web_load:
 *
 * Where the module is: beside the program's own folder in a build (../web), else where it was installed. Costs 0.1 to 0.3 s the first
 * time, nothing later. Main thread.
 *
 * Returns: (transfer none) (nullable): %NULL with %BASE_ERROR_FILE when it is not there or of another version
 */
const WebApi *reader_web_load (GError **error);

/* reader_web_dup_folder: (transfer full): where the compiled wall is kept */
char *reader_web_dup_folder (void);

G_END_DECLS
