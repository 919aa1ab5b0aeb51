/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person does to messages, by their ids: recorded in the store at once, told to servers by the engine. */
#include "model-mailbox.h"

#include "mime-message.h"
#include "mime-summary.h"
#include "model-taking-back.h"
#include "store-changes.h"
#include "store-database.h"
#include "store-folders.h"
#include "store-messages.h"
#include "store-outbox.h"
#include "store-pending.h"
#include "store-rules.h"

/* Rows are looked up this many at a time. */
#define BATCH 500

struct _ModelMailbox
{
  GObject parent_instance;
  Store *store;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ModelMailbox, model_mailbox, G_TYPE_OBJECT)

struct _ModelUndo
{
  gatomicrefcount references;
  GHashTable *places;   /* gint64 folder → GArray of gint64: who was there */
  guint n_messages;
  MailFlags unsaid;     /* what was said of them and goes with taking back */
  GArray *copies;       /* (nullable): of gint64: instead of places: what was made */
};

G_DEFINE_BOXED_TYPE (ModelUndo, model_undo, model_undo_ref, model_undo_unref)

ModelUndo *
model_undo_ref (ModelUndo *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
model_undo_unref (ModelUndo *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_hash_table_unref (self->places);
  g_clear_pointer (&self->copies, g_array_unref);
  g_free (self);
}

guint
model_undo_get_n_messages (ModelUndo *self)
{
  return self->n_messages;
}

static ModelUndo *
model_undo_new (void)
{
  ModelUndo *self = g_new0 (ModelUndo, 1);

  g_atomic_ref_count_init (&self->references);
  self->places = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_array_unref);
  return self;
}

static void
model_undo_add (ModelUndo *self, gint64 folder, gint64 id)
{
  GArray *ids = g_hash_table_lookup (self->places, &folder);

  if (!ids)
    {
      ids = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_hash_table_insert (self->places, g_memdup2 (&folder, sizeof folder), ids);
    }
  g_array_append_val (ids, id);
  self->n_messages++;
}

typedef enum
{
  JOB_MARK,
  JOB_COPY,
  JOB_MOVE,
  JOB_DELETE,
  JOB_FILE,
  JOB_DELETE_FOR_GOOD,
  JOB_UNDO,
  JOB_SEND_AGAIN,
  JOB_TAKE_BACK,
  JOB_ARRIVED,
  JOB_KEEP,
} JobKind;

typedef struct
{
  JobKind kind;
  GArray *ids;
  MailFlags add;
  MailFlags remove;
  gint64 folder;
  MailRole role;
  ModelUndo *undo;
  GBytes *source;
} Job;

static Job *
job_new (JobKind kind, GArray *ids)
{
  Job *job = g_new0 (Job, 1);

  job->kind = kind;
  job->ids = ids ? g_array_copy (ids) : NULL;
  return job;
}

static Job *
job_new_for_one (JobKind kind, gint64 id)
{
  Job *job = job_new (kind, NULL);

  job->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (job->ids, id);
  return job;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->ids, g_array_unref);
  g_clear_pointer (&job->undo, model_undo_unref);
  g_clear_pointer (&job->source, g_bytes_unref);
  g_free (job);
}

static ModelUndo *
note_places (StoreDatabase *database, GArray *ids, gint64 target, GError **error)
{
  g_autoptr (ModelUndo) undo = model_undo_new ();

  for (guint start = 0; start < ids->len; start += BATCH)
    {
      const gint64 *batch = &g_array_index (ids, gint64, start);
      g_autoptr (GPtrArray) rows = store_messages_get_rows (database, batch, MIN (BATCH, ids->len - start), error);

      if (!rows)
        return NULL;
      for (guint i = 0; i < rows->len; i++)
        {
          const MailSummary *row = rows->pdata[i];

          if (row && row->folder != target)
            model_undo_add (undo, row->folder, row->id);
        }
    }
  return g_steal_pointer (&undo);
}

static gboolean
move_back (StoreDatabase *database, ModelUndo *undo, GError **error)
{
  GHashTableIter iter;
  gpointer folder, value;

  if (undo->copies)
    return store_pending_delete (database, (const gint64 *) undo->copies->data, undo->copies->len, TRUE, error);
  g_hash_table_iter_init (&iter, undo->places);
  while (g_hash_table_iter_next (&iter, &folder, &value))
    {
      GArray *ids = value;

      if (!store_pending_move (database, (const gint64 *) ids->data, ids->len, *(gint64 *) folder, error)
          || (undo->unsaid && !store_pending_mark (database, (const gint64 *) ids->data, ids->len, 0, undo->unsaid, error)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
finish_arrived (StoreDatabase *database, gint64 id, GError **error)
{
  g_autoptr (StoreOutboxItem) item = store_outbox_get (database, id, error);
  gint64 sent;

  if (!item)
    return FALSE;
  sent = store_folders_find_role (database, item->account, MAIL_ROLE_SENT, error);
  return sent >= 0 && store_outbox_arrived (database, id, sent, error);
}

static gboolean
keep (StoreDatabase *database, const Job *job, GError **error)
{
  g_autoptr (MailSummary) summary = mime_summary_new (job->source, TRUE, g_get_real_time () / G_USEC_PER_SEC);

  summary->flags = MAIL_FLAG_SEEN;
  return store_pending_save_draft (database, job->folder, 0, job->source, summary, error) > 0;
}

static gboolean
run_simple (StoreDatabase *database, Job *job, GError **error)
{
  const gint64 *ids = job->ids ? (const gint64 *) job->ids->data : NULL;
  guint n_ids = job->ids ? job->ids->len : 0;

  switch (job->kind)
    {
    case JOB_MARK:
      return store_pending_mark (database, ids, n_ids, job->add, job->remove, error);
    case JOB_DELETE_FOR_GOOD:
      return store_pending_delete (database, ids, n_ids, TRUE, error);
    case JOB_UNDO:
      return move_back (database, job->undo, error);
    case JOB_SEND_AGAIN:
      return store_outbox_send_again (database, ids[0], error);
    case JOB_KEEP:
      return keep (database, job, error);
    case JOB_ARRIVED:
      return finish_arrived (database, ids[0], error);
    case JOB_COPY:
    case JOB_MOVE:
    case JOB_DELETE:
    case JOB_FILE:
    case JOB_TAKE_BACK:
    default:
      g_return_val_if_reached (FALSE);
    }
}

static gpointer
run_job (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  run_simple (database, data, error);
  return NULL;
}

static gpointer
run_take_back (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;
  gboolean is_draft = FALSE;

  model_taking_back_run (database, g_array_index (job->ids, gint64, 0), &is_draft, error);
  return GINT_TO_POINTER (is_draft);
}

/* What is in a folder for junk leaves it; what only was said to be junk, where it is, is none any more; all else has nothing to do with it. */
static gboolean
keep_junk (StoreDatabase *database, Job *job, GError **error)
{
  g_autoptr (GArray) junk = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) said = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (StoreFolder) folder = NULL;

  for (guint i = 0; i < job->ids->len; i++)
    {
      gint64 id = g_array_index (job->ids, gint64, i);
      g_autoptr (MailSummary) row = store_messages_get (database, id, NULL); /* NULL: gone meanwhile */

      if (row && (!folder || folder->id != row->folder))
        {
          g_clear_pointer (&folder, store_folder_free);
          folder = store_folders_get (database, row->folder, error);
          if (!folder)
            return FALSE;
        }
      if (row && folder->role == MAIL_ROLE_JUNK)
        g_array_append_val (junk, id);
      else if (row && (row->flags & MAIL_FLAG_JUNK))
        g_array_append_val (said, id);
    }
  g_array_unref (job->ids);
  job->ids = g_steal_pointer (&junk);
  return !said->len || store_pending_mark (database, (const gint64 *) said->data, said->len, job->add, job->remove, error);
}

static gpointer
run_move (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;
  gboolean is_not_junk = job->kind == JOB_FILE && job->role == MAIL_ROLE_INBOX;
  g_autoptr (ModelUndo) undo = is_not_junk && !keep_junk (database, job, error) ? NULL : note_places (database, job->ids, job->folder, error);
  const gint64 *ids = (const gint64 *) job->ids->data;

  if (!undo)
    return NULL;
  undo->unsaid = job->kind == JOB_FILE ? job->add : 0;
  if (job->kind == JOB_FILE)
    return store_pending_file (database, ids, job->ids->len, job->role, job->add, job->remove, error) ? g_steal_pointer (&undo) : NULL;
  if (job->kind == JOB_MOVE
        ? !store_pending_move (database, ids, job->ids->len, job->folder, error)
        : !store_pending_delete (database, ids, job->ids->len, FALSE, error))
    return NULL;
  return g_steal_pointer (&undo);
}

/* In one transaction nobody else makes a message: the new ones are the copies. */
static GArray *
copy_all (StoreDatabase *database, const Job *job, GError **error)
{
  gint64 newest = store_rules_get_newest (database, error);

  if (newest < 0 || !store_pending_copy (database, (const gint64 *) job->ids->data, job->ids->len, job->folder, error))
    return NULL;
  return store_rules_list_newer (database, newest, error);
}

static gpointer
run_copy (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (ModelUndo) undo = model_undo_new ();

  if (!store_database_begin (database, error))
    return NULL;
  undo->copies = copy_all (database, data, error);
  if (!undo->copies)
    {
      store_database_rollback (database);
      return NULL;
    }
  undo->n_messages = undo->copies->len;
  return store_database_commit (database, error) ? g_steal_pointer (&undo) : NULL;
}

static void
on_job_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  gpointer value = store_run_finish (STORE_STORE (source), result, &error);

  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, value, g_task_get_task_data (task));
}

static void
start_job (ModelMailbox *self, StoreFunc func, Job *job, GDestroyNotify result_free,
           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  /* What the store did is done: a cancel that comes late must not hide it. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, result_free, NULL);
  store_run_async (self->store, func, job, job_free, result_free, cancellable, on_job_done, task);
}

static void
on_store_changed (StoreChanges *changes, GPtrArray *list, ModelMailbox *self)
{
  for (guint i = 0; i < list->len; i++)
    {
      const StoreChange *change = list->pdata[i];

      if (change->kind & (STORE_CHANGED_MESSAGES | STORE_CHANGED_OUTBOX | STORE_CHANGED_EVERYTHING))
        g_signal_emit (self, signals[CHANGED], 0, change->ids);
    }
}

static void
model_mailbox_finalize (GObject *object)
{
  g_clear_object (&MODEL_MAILBOX (object)->store);
  G_OBJECT_CLASS (model_mailbox_parent_class)->finalize (object);
}

static void
model_mailbox_class_init (ModelMailboxClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = model_mailbox_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_ARRAY);
}

static void
model_mailbox_init (ModelMailbox *self)
{
}

ModelMailbox *
model_mailbox_new (Store *store)
{
  ModelMailbox *self = g_object_new (MODEL_TYPE_MAILBOX, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store_get_changes (store), "changed", G_CALLBACK (on_store_changed), self, 0);
  return self;
}

static gpointer
run_load (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return model_body_load (database, *(gint64 *) data, error);
}

void
model_mailbox_load_async (ModelMailbox *self, gint64 id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, g_object_unref, NULL);
  store_run_async (self->store, run_load, g_memdup2 (&id, sizeof id), g_free, g_object_unref, cancellable, on_job_done, task);
}

ModelBody *
model_mailbox_load_finish (ModelMailbox *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
model_mailbox_mark_async (ModelMailbox *self, GArray *ids, MailFlags add, MailFlags remove,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Job *job = job_new (JOB_MARK, ids);

  job->add = add;
  job->remove = remove;
  start_job (self, run_job, job, NULL, cancellable, callback, user_data);
}

void
model_mailbox_copy_async (ModelMailbox *self, GArray *ids, gint64 folder,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Job *job = job_new (JOB_COPY, ids);

  job->folder = folder;
  start_job (self, run_copy, job, (GDestroyNotify) model_undo_unref, cancellable, callback, user_data);
}

void
model_mailbox_delete_for_good_async (ModelMailbox *self, GArray *ids,
                                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  start_job (self, run_job, job_new (JOB_DELETE_FOR_GOOD, ids), NULL, cancellable, callback, user_data);
}

void
model_mailbox_keep_async (ModelMailbox *self, ModelBody *body, gint64 folder, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  Job *job = job_new (JOB_KEEP, NULL);

  job->source = g_bytes_ref (mime_message_get_source (model_body_get_message (body)));
  job->folder = folder;
  start_job (self, run_job, job, NULL, cancellable, callback, user_data);
}

void
model_mailbox_undo_async (ModelMailbox *self, ModelUndo *undo,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Job *job = job_new (JOB_UNDO, NULL);

  job->undo = model_undo_ref (undo);
  start_job (self, run_job, job, NULL, cancellable, callback, user_data);
}

void
model_mailbox_send_again_async (ModelMailbox *self, gint64 id,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  start_job (self, run_job, job_new_for_one (JOB_SEND_AGAIN, id), NULL, cancellable, callback, user_data);
}

void
model_mailbox_take_back_async (ModelMailbox *self, gint64 id,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  start_job (self, run_take_back, job_new_for_one (JOB_TAKE_BACK, id), NULL, cancellable, callback, user_data);
}

gboolean
model_mailbox_take_back_finish (ModelMailbox *self, GAsyncResult *result, gboolean *is_draft, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  *is_draft = GPOINTER_TO_INT (g_task_propagate_pointer (G_TASK (result), &local_error));
  if (!local_error)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

void
model_mailbox_arrived_async (ModelMailbox *self, gint64 id,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  start_job (self, run_job, job_new_for_one (JOB_ARRIVED, id), NULL, cancellable, callback, user_data);
}

gboolean
model_mailbox_finish (ModelMailbox *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  g_task_propagate_pointer (G_TASK (result), &local_error);
  if (!local_error)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

void
model_mailbox_move_async (ModelMailbox *self, GArray *ids, gint64 folder,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Job *job = job_new (JOB_MOVE, ids);

  job->folder = folder;
  start_job (self, run_move, job, (GDestroyNotify) model_undo_unref, cancellable, callback, user_data);
}

void
model_mailbox_delete_async (ModelMailbox *self, GArray *ids,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  start_job (self, run_move, job_new (JOB_DELETE, ids), (GDestroyNotify) model_undo_unref, cancellable, callback, user_data);
}

void
model_mailbox_file_async (ModelMailbox *self, GArray *ids, MailRole role, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Job *job = job_new (JOB_FILE, ids);

  job->role = role;
  job->add = role == MAIL_ROLE_JUNK ? MAIL_FLAG_JUNK : role == MAIL_ROLE_INBOX ? MAIL_FLAG_NOT_JUNK : 0;
  job->remove = role == MAIL_ROLE_JUNK ? MAIL_FLAG_NOT_JUNK : role == MAIL_ROLE_INBOX ? MAIL_FLAG_JUNK : 0;
  start_job (self, run_move, job, (GDestroyNotify) model_undo_unref, cancellable, callback, user_data);
}

ModelUndo *
model_mailbox_move_finish (ModelMailbox *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
