/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tests of models share: a store in a temporary folder with one account, and waiting for the main loop. */
#pragma once

#include "account-list.h"
#include "mail-role.h"
#include "store-database.h"
#include "store.h"

typedef struct
{
  char *path;
  AccountList *accounts;
  Account *account;         /* the list's */
  Store *store;
  StoreDatabase *database;  /* of the main thread, for writing what the models must notice */
  gint64 inbox;
  gint64 trash;
  GAsyncResult *result;     /* of what was asked for last; owned */
} ModelTest;

void model_test_set_up (ModelTest *test, gconstpointer data);
void model_test_tear_down (ModelTest *test, gconstpointer data);

/* model_test_add: a message of that sender and subject, received at @received; its id */
gint64 model_test_add (ModelTest *test, gint64 folder, const char *from, const char *subject, gint64 received);

/* model_test_fill: @n of them, numbered, in one transaction */
void model_test_fill (ModelTest *test, gint64 folder, guint n);

/* model_test_wait: until @is_true or, after ten seconds, failure */
typedef gboolean (*ModelTestFunc) (gpointer data);
void model_test_wait (ModelTestFunc is_true, gpointer data);

/* model_test_settle: until nothing has happened for @ms: for what must not happen */
void model_test_settle (guint ms);

/* model_test_on_done: a GAsyncReadyCallback whose data is the ModelTest; model_test_take_result: waits for it; (transfer full) */
void model_test_on_done (GObject *source, GAsyncResult *result, gpointer test);
GAsyncResult *model_test_take_result (ModelTest *test);
