/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of ModelDraft share, and nobody else sees. */
#pragma once

#include "mail-flags.h"
#include "mime-draft.h"
#include "model-draft-rich.h"

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
  GHashTable *pictures;      /* Content-ID → ModelDraftFile; also such as are not shown any more: undo may bring them back */
  gboolean asks_receipt;
  char *in_reply_to;
  char **references;

  /* with formatting */
  gboolean is_rich;
  char *html;              /* NULL until it was rich */
  char *text_of_html;      /* NULL until it is asked for */
  char *text_left_behind;  /* what the HTML was made into when it became plain, NULL */
  gboolean is_typed;       /* the editor has more than @html */
  ModelDraftAsk ask;
  gpointer ask_data;
  gboolean is_asking;      /* the first job waits for the answer */

  /* where it came from */
  char *begun_html;        /* NULL */
  gboolean is_written_last; /* the place to write at is under the quote */
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


void model_draft_note_edit (ModelDraft *self);
const char *model_draft_get_signature (ModelDraft *self); /* the identity's, "" for none */

/* model_draft_get_written_text: (transfer none): the text, made of the HTML where there is formatting */
const char *model_draft_get_written_text (ModelDraft *self);

void model_draft_put_html (ModelDraft *self, char *html); /* (transfer full) */
void model_draft_put_picture (ModelDraft *self, const char *content_id, ModelDraftFile *picture); /* (transfer full) of picture */

/* model_draft_begin_html: (transfer full) of html: what a draft is begun with: an answer's quote, with a place to write at and the signature,
 * or what was kept */
void model_draft_begin_html (ModelDraft *self, char *html, ModelDraftWishes wishes);

gboolean model_draft_is_html_blank (ModelDraft *self);

/* model_draft_swap_html_signature: in the editor, or where there is none in the HTML */
void model_draft_swap_html_signature (ModelDraft *self, const char *old, const char *signature);

gboolean model_draft_check_room (ModelDraft *self, gint64 size, GError **error); /* %BASE_ERROR_TOO_LARGE */

/* model_draft_go_on: the editor was asked before the first job: begins that, or ends it with @error (nullable) */
void model_draft_go_on (ModelDraft *self, const GError *error);

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
