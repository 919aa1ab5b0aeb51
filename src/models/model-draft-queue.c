/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading, saving, closing, discarding and sending a draft: one job at a time in the store's worker, in the order they were asked for. */
#include "base-error.h"
#include "model-draft-file.h"
#include "model-draft-job.h"
#include "model-draft-private.h"
#include "store.h"

/* Snapshots */

static void
add_html (ModelDraft *self, MimeDraft *value)
{
  GHashTableIter pictures;
  const char *id;
  ModelDraftFile *picture;

  value->html = g_strdup (model_draft_get_html (self));
  g_hash_table_iter_init (&pictures, self->pictures);
  while (g_hash_table_iter_next (&pictures, (gpointer *) &id, (gpointer *) &picture))
    mime_draft_add_picture (value, id, model_draft_file_get_name (picture), model_draft_file_get_content_type (picture),
                            model_draft_file_get_data (picture));
}

static MimeDraft *
dup_value (ModelDraft *self)
{
  MimeDraft *value = mime_draft_new ();
  GPtrArray **lists[] = { &value->to, &value->cc, &value->bcc };

  if (self->identity)
    {
      value->from = mail_address_new (account_identity_get_name (self->identity), account_identity_get_address (self->identity));
      if (*account_identity_get_reply_to (self->identity))
        value->reply_to = mail_address_new (account_identity_get_name (self->identity), account_identity_get_reply_to (self->identity));
    }
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_ptr_array_unref (*lists[i]);
      *lists[i] = mail_address_list_parse (self->texts[MODEL_DRAFT_TO + i]);
    }
  g_free (value->subject);
  value->subject = g_strdup (self->texts[MODEL_DRAFT_SUBJECT]);
  g_free (value->text);
  value->text = g_strdup (self->texts[MODEL_DRAFT_BODY]);
  if (self->is_rich)
    add_html (self, value);
  value->asks_receipt = self->asks_receipt;
  value->in_reply_to = g_strdup (self->in_reply_to);
  g_strfreev (value->references);
  value->references = g_strdupv (self->references);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->files)); i++)
    {
      g_autoptr (ModelDraftFile) file = g_list_model_get_item (G_LIST_MODEL (self->files), i);

      mime_draft_add_file (value, model_draft_file_get_name (file), model_draft_file_get_content_type (file), model_draft_file_get_data (file));
    }
  return value;
}

static ModelDraftJob *
make_job (ModelDraft *self, gboolean with_value)
{
  ModelDraftJob *job = model_draft_job_new ();

  job->value = with_value ? dup_value (self) : NULL;
  job->account = self->identity ? account_get_id (account_identity_get_account (self->identity)) : 0;
  job->id = self->id;
  job->answers = self->answers;
  job->answer_flag = self->answer_flag;
  job->is_being_written = TRUE;
  return job;
}

/* The queue: no save comes after a send */

static void run_next (ModelDraft *self);

static GTask *
end_job (ModelDraft *self)
{
  self->is_working = FALSE;
  return g_queue_pop_head (&self->jobs);
}

/* There is nothing for the worker to do. */
static void
end_at_once (ModelDraft *self, GTask *task)
{
  g_task_return_boolean (task, TRUE);
  g_object_unref (end_job (self));
}

static void
end_draft (ModelDraft *self)
{
  self->is_over = TRUE;
  self->id = 0;
  model_draft_note_kept (self);
}

/* Of saving and of closing. */
static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ModelDraft) self = MODEL_DRAFT (data);
  g_autoptr (GTask) task = end_job (self);
  GError *error = NULL;
  g_autofree gint64 *id = store_run_finish (STORE_STORE (source), result, &error);

  if (error)
    g_task_return_error (task, error);
  else
    {
      self->id = *id;
      self->is_being_written = g_task_get_source_tag (task) != model_draft_close_async;
      self->saved_edits = GPOINTER_TO_UINT (g_task_get_task_data (task));
      model_draft_note_kept (self);
      g_task_return_boolean (task, TRUE);
    }
  run_next (self);
}

static void
on_discarded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ModelDraft) self = MODEL_DRAFT (data);
  g_autoptr (GTask) task = end_job (self);
  GError *error = NULL;

  store_run_finish (STORE_STORE (source), result, &error);
  if (error)
    g_task_return_error (task, error);
  else
    {
      end_draft (self);
      g_task_return_boolean (task, TRUE);
    }
  run_next (self);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ModelDraft) self = MODEL_DRAFT (data);
  g_autoptr (GTask) task = end_job (self);
  GError *error = NULL;
  g_autofree gint64 *id = store_run_finish (STORE_STORE (source), result, &error);

  if (error)
    g_task_return_error (task, error);
  else
    {
      end_draft (self);
      g_task_return_int (task, *id);
    }
  run_next (self);
}

static void
start_save (ModelDraft *self, GTask *task)
{
  if (!model_draft_is_changed (self))
    {
      end_at_once (self, task);
      return;
    }
  g_task_set_task_data (task, GUINT_TO_POINTER (self->edits), NULL);
  store_run_async (self->store, model_draft_job_save, make_job (self, TRUE), (GDestroyNotify) model_draft_job_free, g_free,
                   g_task_get_cancellable (task), on_saved, g_object_ref (self));
}

static void
start_close (ModelDraft *self, GTask *task)
{
  gboolean is_changed = model_draft_is_changed (self);
  ModelDraftJob *job;

  if (!is_changed && (self->id == 0 || !self->is_being_written))
    {
      end_at_once (self, task);
      return;
    }
  job = make_job (self, is_changed);
  job->is_being_written = FALSE;
  g_task_set_task_data (task, GUINT_TO_POINTER (self->edits), NULL);
  store_run_async (self->store, model_draft_job_save, job, (GDestroyNotify) model_draft_job_free, g_free,
                   g_task_get_cancellable (task), on_saved, g_object_ref (self));
}

static void
start_discard (ModelDraft *self, GTask *task)
{
  if (self->id == 0)
    {
      end_draft (self);
      end_at_once (self, task);
      return;
    }
  store_run_async (self->store, model_draft_job_discard, make_job (self, FALSE), (GDestroyNotify) model_draft_job_free, NULL,
                   g_task_get_cancellable (task), on_discarded, g_object_ref (self));
}

/* What can be known without the worker. */
static gboolean
check_before_sending (ModelDraft *self, GError **error)
{
  gboolean has_recipient = FALSE;

  if (self->is_over || !self->identity)
    {
      g_set_error_literal (error, BASE_ERROR, BASE_ERROR_INVALID,
                           self->is_over ? "The message was sent or discarded already." : "There is no account to send from.");
      return FALSE;
    }
  for (ModelDraftText which = MODEL_DRAFT_TO; which <= MODEL_DRAFT_BCC; which++)
    {
      g_autofree char *bad = model_draft_find_bad_address (self->texts[which]);
      g_autoptr (GPtrArray) list = mail_address_list_parse (self->texts[which]);

      if (bad)
        {
          g_set_error (error, BASE_ERROR, BASE_ERROR_INVALID, "“%s” is not an address that mail could be sent to.", bad);
          return FALSE;
        }
      has_recipient = has_recipient || list->len > 0;
    }
  if (!has_recipient)
    g_set_error_literal (error, BASE_ERROR, BASE_ERROR_INVALID, "The message has no recipient.");
  return has_recipient;
}

static void
start_send (ModelDraft *self, GTask *task)
{
  GError *error = NULL;
  ModelDraftJob *job;

  if (!check_before_sending (self, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (end_job (self));
      return;
    }
  job = make_job (self, TRUE);
  job->delay = GPOINTER_TO_UINT (g_task_get_task_data (task));
  store_run_async (self->store, model_draft_job_send, job, (GDestroyNotify) model_draft_job_free, g_free,
                   g_task_get_cancellable (task), on_sent, g_object_ref (self));
}

static void
start (ModelDraft *self, GTask *task)
{
  gpointer tag = g_task_get_source_tag (task);

  if (tag == model_draft_read_async)
    end_at_once (self, task);
  else if (tag == model_draft_save_async)
    start_save (self, task);
  else if (tag == model_draft_close_async)
    start_close (self, task);
  else if (tag == model_draft_discard_async)
    start_discard (self, task);
  else
    start_send (self, task);
}

/* Whether the editor has something to tell before the first job begins */
static gboolean
ask (ModelDraft *self)
{
  if (!self->is_rich || !self->is_typed || !self->ask)
    return FALSE;
  self->is_asking = TRUE;
  self->ask (self, self->ask_data);
  return TRUE;
}

/* What is kept, sent or can be brought back is what stands in the editor now. */
static void
run_next (ModelDraft *self)
{
  while (!self->is_working && !g_queue_is_empty (&self->jobs))
    {
      GTask *task = g_queue_peek_head (&self->jobs);

      self->is_working = TRUE;
      if (!ask (self))
        start (self, task);
    }
}

void
model_draft_go_on (ModelDraft *self, const GError *error)
{
  GTask *task;

  if (!self->is_asking)
    return;
  self->is_asking = FALSE;
  task = g_queue_peek_head (&self->jobs);
  if (error && g_task_get_source_tag (task) != model_draft_discard_async)
    {
      g_task_return_error (task, g_error_copy (error));
      g_object_unref (end_job (self));
    }
  else
    start (self, task);
  run_next (self);
}

static void
push_job (ModelDraft *self, gpointer tag, guint number, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, GUINT_TO_POINTER (number), NULL);
  g_queue_push_tail (&self->jobs, task);
  run_next (self);
}

void
model_draft_read_async (ModelDraft *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  push_job (self, model_draft_read_async, 0, cancellable, callback, user_data);
}

void
model_draft_save_async (ModelDraft *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  push_job (self, model_draft_save_async, 0, cancellable, callback, user_data);
}

void
model_draft_close_async (ModelDraft *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  push_job (self, model_draft_close_async, 0, cancellable, callback, user_data);
}

void
model_draft_discard_async (ModelDraft *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  push_job (self, model_draft_discard_async, 0, cancellable, callback, user_data);
}

gboolean
model_draft_finish (ModelDraft *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
model_draft_restore (ModelDraft *self)
{
  g_return_if_fail (self->is_over);

  self->is_over = FALSE;
  self->is_being_written = FALSE;
  self->edits++;
  model_draft_note_kept (self);
}

void
model_draft_send_async (ModelDraft *self, guint delay, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  push_job (self, model_draft_send_async, delay, cancellable, callback, user_data);
}

gint64
model_draft_send_finish (ModelDraft *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}
