/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A profile with an account, its Outbox and its Sent folder, and passes over it. */
#pragma once

#include "store-database.h"
#include "store-folders.h"
#include "store-messages.h"
#include "store-outbox.h"
#include "sync-outbox.h"

#define OUTBOX_ACCOUNT 1
#define OUTBOX_NOW 1000000

typedef struct
{
  char *folder;
  char *path;
  Store *store;
  StoreDatabase *database;
  gint64 outbox, sent;
  BaseTrace *trace;

  /* of the last pass */
  SyncReport report;
  GError *error;
  gint64 now;
  SyncOptions options;
} OutboxFixture;

void outbox_fixture_set_up (OutboxFixture *self, gconstpointer data);
void outbox_fixture_tear_down (OutboxFixture *self, gconstpointer data);

/* outbox_fixture_open_at: a profile that is there already: another process's handle on it; not to be torn down but closed */
void outbox_fixture_open_at (OutboxFixture *self, const char *path);
void outbox_fixture_close (OutboxFixture *self);

/* outbox_fixture_add: from ann@example.org to @recipients (ended by NULL), subject and Message-ID @id; the last of several has Bcc */
gint64 outbox_fixture_add (OutboxFixture *self, const char *id, const char *const *recipients);

/* outbox_fixture_add_source: any source; the envelope is what the source says (mime_transport_new ()) */
gint64 outbox_fixture_add_source (OutboxFixture *self, GBytes *source);

/* outbox_fixture_run: one pass at @self->now with @self->options; result in report and error */
gboolean outbox_fixture_run (OutboxFixture *self, MailLogin *login, GCancellable *cancellable);

/* outbox_fixture_get: (transfer full) (nullable): NULL once it has left the Outbox */
StoreOutboxItem *outbox_fixture_get (OutboxFixture *self, gint64 message);

/* outbox_fixture_assert: that it is in the Outbox so: states of its recipients as letters "wars" (waiting, accepted, refused, sending), @error_word (nullable) */
void outbox_fixture_assert (OutboxFixture *self, gint64 message, StoreOutboxState state, const char *recipients, const char *error_word);

guint outbox_fixture_count (OutboxFixture *self, gint64 folder);
