/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The spelling dictionaries of this system, as Enchant knows them: WebKit checks with it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* app_dictionaries_list: (transfer full): what languages there is one for, as "de_DE", sorted; none where Enchant is not installed. Looks into
 * folders, loads no dictionary. Main thread. */
char **app_dictionaries_list (void);

G_END_DECLS
