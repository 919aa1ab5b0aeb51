/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of ModelDraft share, and nobody else sees. */
#pragma once

#include "mail-flags.h"
#include "mime-draft.h"
#include "model-draft.h"

G_BEGIN_DECLS

/* What was typed, in the order of the properties. */
typedef enum
{
  MODEL_DRAFT_TO,
  MODEL_DRAFT_CC,
  MODEL_DRAFT_BCC,
  MODEL_DRAFT_SUBJECT,
  MODEL_DRAFT_BODY,
  MODEL_DRAFT_N_TEXTS
} ModelDraftText;

struct _ModelDraft
{
  GObject parent_instance;
  Store *store;
  AccountList *accounts;

  /* what was written */
  GListStore *identities;
  AccountIdentity *identity; /* NULL where there is no account */
  char *texts[MODEL_DRAFT_N_TEXTS];
  GListStore *files;
  gboolean asks_receipt;
  char *in_reply_to;
  char **references;

  /* where it came from */
  char *begun_with[MODEL_DRAFT_N_TEXTS];
  char *quote;             /* as it was put into the text, NULL */
  guint cursor;
  guint n_begun_files;
  gint64 answers;
  MailFlags answer_flag;

  /* what is kept of it */
  gint64 id;
  guint edits;             /* counts up with every change */
  guint saved_edits;       /* what it was when the last save that succeeded began */
  GQueue jobs;             /* of GTask: the first one is in the worker's hands while is_working */
  gboolean is_working;
  gboolean is_over;        /* sent or discarded */
  gboolean is_being_written; /* marked so in the store */
};


/* model_draft_note_kept: the job that was in the worker's hands changed whether the draft is changed */
void model_draft_note_kept (ModelDraft *self);

/* Where a draft came from. */
typedef struct
{
  MimeDraft *value;
  gint64 account;       /* whose folder the mail is in; 0 for "On this computer" */
  gint64 id;            /* of the saved draft, 0 when it was never saved */
  gint64 answers;       /* what it answers or forwards, 0 */
  MailFlags answer_flag;
} ModelDraftBeginning;

ModelDraft *model_draft_new_from_beginning (Store *store, AccountList *accounts, const ModelDraftBeginning *beginning, ModelDraftWishes wishes);

G_END_DECLS
