/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reports of several accounts, gathered. */
#include "sync-group.h"

#include "sync-report.h"

typedef struct
{
  GPtrArray *reports; /* of SyncReport, in the accounts' order */
  guint n_waiting;
} Group;

static void
group_free (gpointer data)
{
  Group *group = data;

  g_ptr_array_unref (group->reports);
  g_free (group);
}

typedef struct
{
  GTask *task;
  guint position;
} Member;

static void
on_account_ran (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Member *member = data;
  g_autoptr (GTask) task = member->task;
  Group *group = g_task_get_task_data (task);

  group->reports->pdata[member->position] = sync_account_run_finish (SYNC_ACCOUNT (source), result);
  if (--group->n_waiting == 0)
    g_task_return_pointer (task, g_ptr_array_ref (group->reports), (GDestroyNotify) g_ptr_array_unref);
}

void
sync_group_run (GTask *task, GPtrArray *accounts, SyncOptions options)
{
  Group *group = g_new0 (Group, 1);

  group->reports = g_ptr_array_new_with_free_func ((GDestroyNotify) sync_report_free);
  g_ptr_array_set_size (group->reports, accounts->len);
  group->n_waiting = accounts->len;
  g_task_set_task_data (task, group, group_free);
  if (accounts->len == 0)
    g_task_return_pointer (task, g_ptr_array_ref (group->reports), (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < accounts->len; i++)
    {
      Member *member = g_new (Member, 1);

      *member = (Member) { g_object_ref (task), i };
      sync_account_run_async (g_ptr_array_index (accounts, i), options, !(options & SYNC_BY_ITSELF), g_task_get_cancellable (task),
                              on_account_ran, member);
    }
}
