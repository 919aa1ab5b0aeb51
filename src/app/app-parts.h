/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the main window shows and works with: made by the application, handed down. */
#pragma once

#include "account-list.h"
#include "account-secrets.h"
#include "app-settings.h"
#include "app-state.h"
#include "model-contacts.h"
#include "model-folder-tree.h"
#include "model-mailbox.h"
#include "model-message-list.h"
#include "model-refusals.h"
#include "model-saver.h"
#include "sync-engine.h"
#include "sync-index.h"

G_BEGIN_DECLS

/* Each is held by the window for as long as it is open. */
typedef struct
{
  AccountList *accounts;
  AccountSecrets *secrets;
  SyncEngine *engine;
  SyncIndex *index;      /* (nullable) */
  ModelFolderTree *tree;
  ModelMessageList *messages;
  ModelMailbox *mailbox;
  ModelRefusals *refusals;
  ModelContacts *contacts;
  ModelSaver *saver;
  AppSettings *settings;
  AppState *state;
} AppParts;

G_END_DECLS
