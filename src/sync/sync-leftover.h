/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a pass may leave of an account that was removed while it ran. */
#pragma once

#include "account.h"

G_BEGIN_DECLS

typedef struct _Store Store;

/**
 * sync_leftover_put_away:
 *
 * Whoever removed the account removed its mail before its settings. A pass that began between the two made folders anew; mail in
 * them, should there be any, is kept in "On this computer". Main thread; the store's worker does it.
 */
void sync_leftover_put_away (Store *store, Account *account);

G_END_DECLS
