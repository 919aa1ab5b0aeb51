/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The unread mail in the folders below a row of the folder tree. */
#include "model-folder-inside.h"

/* Deeper ones are counted for nobody: a damaged table may go round in circles. */
#define MAX_DEPTH 64

gboolean
model_folder_inside_is_awaited (MailRole role)
{
  return role == MAIL_ROLE_NONE || role == MAIL_ROLE_INBOX || role == MAIL_ROLE_ARCHIVE;
}

static guint
count (GListModel *rows, guint depth)
{
  guint sum = 0;

  for (guint i = 0; depth < MAX_DEPTH && i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (ModelFolder) row = g_list_model_get_item (rows, i);
      ModelFolderKind kind = model_folder_get_kind (row);
      guint inside = kind == MODEL_FOLDER_VIEWS ? 0 : count (model_folder_get_children (row), depth + 1);

      model_folder_set_inside (row, inside);
      sum += inside;
      if (kind == MODEL_FOLDER_MAILBOX && model_folder_inside_is_awaited (model_folder_get_role (row)))
        sum += model_folder_get_unread (row);
    }
  return sum;
}

void
model_folder_inside_count (GListModel *rows)
{
  count (rows, 0);
}
