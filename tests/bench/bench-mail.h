/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many small messages for benchmarks of lists. */
#pragma once

#include "store.h"

G_BEGIN_DECLS

/* bench_mail_fill: @n messages of a thousand people into @folder, one a minute; stops the program when it cannot */
void bench_mail_fill (StoreDatabase *database, gint64 folder, guint n);

/* bench_mail_make_folder: (new) on this computer, filled with @n */
gint64 bench_mail_make_folder (Store *store, guint n);

/* bench_mail_remove: the database and what stands beside it, then the folder it is in */
void bench_mail_remove (const char *file);

G_END_DECLS
