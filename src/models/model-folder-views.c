/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The quick views at the top of the folder tree. */
#include "model-folder-views.h"

#include "store-folders.h"
#include "store-messages.h"

ModelFolder *
model_folder_views_new (void)
{
  ModelFolder *self = model_folder_new_views ();

  for (int view = MODEL_VIEW_INBOXES; view >= MODEL_VIEW_ATTACHMENT; view--)
    {
      g_autoptr (ModelFolder) folder = model_folder_new_view (view);

      g_list_store_append (G_LIST_STORE (model_folder_get_children (self)), folder);
    }
  return self;
}

ModelFolder *
model_folder_views_find (ModelFolder *views, gint64 id)
{
  g_autoptr (ModelFolder) folder = NULL;

  if (id < 0 && id >= MODEL_VIEW_ATTACHMENT)
    folder = g_list_model_get_item (model_folder_get_children (views), (guint) (MODEL_VIEW_INBOXES - id));
  return folder; /* the row holds it */
}

static void
set_counts (ModelFolder *views, ModelView view, guint total, guint unread)
{
  model_folder_update (model_folder_views_find (views, view), MAIL_ROLE_NONE, "", total, unread);
}

void
model_folder_views_count (ModelFolder *views, GPtrArray *folders)
{
  guint in_inboxes = 0, in_all = 0;

  for (guint i = 0; i < folders->len; i++)
    {
      const StoreFolder *folder = folders->pdata[i];

      if (folder->role == MAIL_ROLE_INBOX)
        in_inboxes += folder->unread;
      if (store_view_has_role (STORE_VIEW_ALL, folder->role))
        in_all += folder->unread;
    }
  set_counts (views, MODEL_VIEW_INBOXES, 0, in_inboxes);
  set_counts (views, MODEL_VIEW_UNREAD, 0, in_all);
}

void
model_folder_views_count_flagged (ModelFolder *views, Store *store)
{
  g_autoptr (GError) error = NULL;
  gint64 n = store_messages_count_flagged (store_get_reader (store), &error);

  if (n < 0)
    g_warning ("What is flagged could not be counted: %s", error->message);
  else
    set_counts (views, MODEL_VIEW_FLAGGED, (guint) MIN (n, G_MAXUINT), 0);
}
