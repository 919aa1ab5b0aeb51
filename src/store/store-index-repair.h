/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A search index that turns out to be damaged while it is in use is emptied, and filled again from the mail. */
#pragma once

#include "store-database.h"

G_BEGIN_DECLS

/**
 * store_index_repair:
 * @mail: a handle of the mail, without an open read; the index may be attached to it
 * @failure: why a search, or building, failed
 *
 * Looks whether the index is to blame: a page, a word list or the file's head is spoilt, a table is missing, another version wrote it. If so the file is
 * emptied where it lies, so that whoever has it open (other threads, other processes) sees it empty and goes on; the mail is only read.
 * Reads all of the index: about a second for 100,000 messages, of a sound one. Blocks.
 *
 * Returns: whether it was made anew: then all of it is to be built again
 */
gboolean store_index_repair (StoreDatabase *mail, const GError *failure);

G_END_DECLS
