/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store's side of a draft: what its worker does with a snapshot of what was written. */
#pragma once

#include "mail-flags.h"
#include "mime-draft.h"
#include "store.h"

G_BEGIN_DECLS

/* Everything a job needs, given away to the worker. */
typedef struct
{
  MimeDraft *value;        /* (nullable) for a discard, and for closing what is saved already */
  gint64 account;          /* whose Drafts, whose submission server */
  gint64 id;               /* of the saved draft, 0 for none */
  gint64 answers;          /* the message that this one answers or forwards, 0 */
  MailFlags answer_flag;
  gint64 now;              /* seconds since 1970 */
  gboolean is_being_written; /* after this job; for saving */
  int zone_minutes;        /* east of UTC */
  guint delay;             /* seconds in the Outbox before it goes; for sending */
} ModelDraftJob;

ModelDraftJob *model_draft_job_new (void);
void model_draft_job_free (ModelDraftJob *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ModelDraftJob, model_draft_job_free)

/* model_draft_job_queue: (transfer full) (nullable): a message that is ready to go, from and to these addresses for the wire, into the
 * Outbox: its id, as those below */
gpointer model_draft_job_queue (StoreDatabase *database, ModelDraftJob *self, GBytes *source, const char *sender, char **recipients,
                                GError **error);

/* model_draft_job_on_queued: for store_run_async (): @task (transfer full) returns the id of that */
void model_draft_job_on_queued (GObject *source, GAsyncResult *result, gpointer task);

/* The three StoreFuncs; data is a ModelDraftJob. Saving and sending return the message's id as a gint64 to be g_free'd. */
gpointer model_draft_job_save (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error);
gpointer model_draft_job_discard (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error);
gpointer model_draft_job_send (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error);

G_END_DECLS
