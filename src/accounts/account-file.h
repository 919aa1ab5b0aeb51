/* SPDX-License-Identifier: GPL-3.0-or-later */
/* accounts.ini as a file: one group an account, written whole or not at all, and whatever a newer version put into it kept. */
#pragma once

#include "account.h"

G_BEGIN_DECLS

typedef struct _AccountFile AccountFile;

/**
 * account_file_load:
 * @path: accounts.ini; need not exist
 *
 * Returns: (transfer full): or %NULL with %BASE_ERROR_FILE (cannot be read), %BASE_ERROR_INVALID (cannot be understood) or
 *   %BASE_ERROR_STORE_NEWER
 */
AccountFile *account_file_load (const char *path, GError **error);
void account_file_free (AccountFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccountFile, account_file_free)

/* account_file_equal: whether both hold the same bytes */
gboolean account_file_equal (const AccountFile *a, const AccountFile *b);

/* account_file_read: (transfer full): of Account, in the file's order. Accounts of a kind that only a newer version knows stay in the file. */
GPtrArray *account_file_read (AccountFile *self, GError **error);

/* account_file_take_id: an id that this profile never had; counted in the file */
gint64 account_file_take_id (AccountFile *self);

void account_file_put (AccountFile *self, Account *account);
gboolean account_file_remove (AccountFile *self, gint64 id);

/* account_file_save: to a new file readable by this user alone, synced, then renamed. %BASE_ERROR_FILE or _DISK_FULL */
gboolean account_file_save (AccountFile *self, GError **error);

/**
 * account_file_lock:
 *
 * Keeps other processes from writing the file between our reading and our writing. Gives up after two seconds: nobody
 * holds it longer than a few milliseconds.
 *
 * Returns: what account_file_unlock () takes, or -1 with %BASE_ERROR_FILE
 */
int account_file_lock (const char *path, GError **error);
void account_file_unlock (int lock);

G_END_DECLS
