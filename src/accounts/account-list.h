/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All accounts of the profile, kept in accounts.ini. */
#pragma once

#include "account.h"

G_BEGIN_DECLS

#define ACCOUNT_TYPE_LIST (account_list_get_type ())
G_DECLARE_FINAL_TYPE (AccountList, account_list, ACCOUNT, LIST, GObject) /* a GListModel of Account; main thread */

/**
 * account_list_new:
 * @path: accounts.ini; need not exist
 *
 * A file that cannot be understood is an error and is never written over. The file is looked at again when another process
 * (the CLI) has changed it.
 */
AccountList *account_list_new (const char *path, GError **error);

Account *account_list_find (AccountList *self, gint64 id);                   /* (nullable) (transfer none) */
Account *account_list_find_email (AccountList *self, const char *email);     /* (nullable) (transfer none) */

/* account_list_save: a new account (id 0) gets an id that was never used in this profile. Written to a new file, synced, renamed. */
gboolean account_list_save (AccountList *self, Account *account, GError **error);
gboolean account_list_remove (AccountList *self, gint64 id, GError **error);

G_END_DECLS
