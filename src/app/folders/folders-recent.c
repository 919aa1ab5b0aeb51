/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folders that messages were moved or copied to last, kept in window.ini. */
#include "folders-recent.h"

GArray *
folders_recent_list (AppState *state)
{
  g_autofree char *text = app_state_dup_text (state, "folders", "recent");
  g_auto (GStrv) words = g_strsplit (text ? text : "", " ", FOLDERS_RECENT_MAX + 1);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (char **word = words; *word && ids->len < FOLDERS_RECENT_MAX; word++)
    {
      gint64 id;

      if (g_ascii_string_to_signed (*word, 10, 1, G_MAXINT64, &id, NULL))
        g_array_append_val (ids, id);
    }
  return ids;
}

void
folders_recent_note (AppState *state, gint64 folder)
{
  g_autoptr (GArray) ids = folders_recent_list (state);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 1;

  g_string_printf (text, "%" G_GINT64_FORMAT, folder);
  for (guint i = 0; i < ids->len && n < FOLDERS_RECENT_MAX; i++)
    if (g_array_index (ids, gint64, i) != folder)
      {
        g_string_append_printf (text, " %" G_GINT64_FORMAT, g_array_index (ids, gint64, i));
        n++;
      }
  app_state_set_text (state, "folders", "recent", text->str);
}
