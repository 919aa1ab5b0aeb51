/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a draft begins from mail that is kept; between model-draft.c and model-draft-begin.c alone. */
#pragma once

#include "mail-flags.h"
#include "mime-draft.h"
#include "model-draft.h"

G_BEGIN_DECLS

/* Where a draft came from. */
typedef struct
{
  MimeDraft *value;
  gint64 account;       /* whose folder the mail is in; 0 for "On this computer" */
  gint64 id;            /* of the saved draft, 0 when it was never saved */
  gint64 answers;       /* what it answers or forwards, 0 */
  MailFlags answer_flag;
} ModelDraftBeginning;

ModelDraft *model_draft_new_from_beginning (Store *store, AccountList *accounts, const ModelDraftBeginning *beginning);

G_END_DECLS
