/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store in a folder of its own, and short ways to put mail into it. */
#pragma once

#include "store-database.h"
#include "store-folders.h"
#include "store-messages.h"

typedef struct
{
  char *folder;
  char *path;
  Store *store;
  StoreDatabase *database;
} StoreFixture;

void store_fixture_set_up (StoreFixture *self, gconstpointer data);
void store_fixture_tear_down (StoreFixture *self, gconstpointer data);

/* store_fixture_close: all handles; store_fixture_open: again, both (asserts that it works) */
void store_fixture_close (StoreFixture *self);
void store_fixture_open (StoreFixture *self);

/* store_fixture_remove: @folder with all that is in it */
void store_fixture_remove (const char *folder);

/* store_fixture_make_summary: Message-ID <id@example.org>, subject and sender; received 1,000 */
MailSummary *store_fixture_make_summary (const char *id, const char *subject, const char *from);

/* store_fixture_add: a small message whose source is made from @id */
gint64 store_fixture_add (StoreFixture *self, gint64 folder, const char *id);

/* store_fixture_inbox: of account 1, made when first asked for */
gint64 store_fixture_inbox (StoreFixture *self);

/* store_fixture_count: of a query with one number */
gint64 store_fixture_count (StoreFixture *self, const char *sql);

/* store_fixture_assert_sound: store_check () finds nothing */
void store_fixture_assert_sound (StoreFixture *self);

#define store_fixture_test(path, func) \
  g_test_add (path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)
