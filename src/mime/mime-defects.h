/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was wrong with a message, in a few words each. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mime_defects_add:
 * @defects: (nullable): of strings
 *
 * Adds @text if it is not there yet, and if there are not very many already.
 */
void mime_defects_add (GPtrArray *defects, const char *text);

G_END_DECLS
