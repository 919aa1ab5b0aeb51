/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What languages are called by those who speak them. Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* app_languages_dup_name: (transfer full): of @tag, as "de_AT": "Deutsch (AT)"; of one that has no name here the tag itself */
char *app_languages_dup_name (const char *tag);

/* app_languages_match: (transfer full): which of @installed to use for a person who reads @wanted, as g_get_language_names () lists it: the same
 * language and country, or else the same language, each language once */
char **app_languages_match (const char *const *installed, const char *const *wanted);

G_END_DECLS
