/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From one order of ids to another by the few runs that differ. */
#include "model-runs.h"

static GHashTable *
make_set (GArray *ids)
{
  GHashTable *set = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (set, &g_array_index (ids, gint64, i));
  return set;
}

static guint
count_missing (GArray *ids, guint from, GHashTable *set)
{
  guint n = 0;

  while (from + n < ids->len && !g_hash_table_contains (set, &g_array_index (ids, gint64, from + n)))
    n++;
  return n;
}

/* Without @func only counts them, up to MODEL_RUNS_MAX */
static guint
walk (guint start, GArray *old_ids, GArray *new_ids, ModelRunFunc func, gpointer data)
{
  const gint64 *old = (const gint64 *) old_ids->data;
  const gint64 *new = (const gint64 *) new_ids->data;
  g_autoptr (GHashTable) in_old = make_set (old_ids);
  g_autoptr (GHashTable) in_new = make_set (new_ids);
  guint i = 0, j = 0, runs = 0;

  while ((i < old_ids->len || j < new_ids->len) && (func || runs <= MODEL_RUNS_MAX))
    {
      guint removed, added;

      if (i < old_ids->len && j < new_ids->len && old[i] == new[j])
        {
          i++;
          j++;
          continue;
        }
      removed = count_missing (old_ids, i, in_new);
      added = count_missing (new_ids, j, in_old);
      if (!removed && !added)
        {
          if (i >= old_ids->len)
            added = new_ids->len - j;
          else
            {
              removed = 1;
              g_hash_table_remove (in_old, &old[i]);
            }
        }
      if (func)
        func (start + j, removed, new + j, added, data);
      i += removed;
      j += added;
      runs++;
    }
  return runs;
}

static GArray *
sub_array (GArray *array, guint start, guint length)
{
  GArray *part = g_array_sized_new (FALSE, FALSE, sizeof (gint64), length);

  if (length)
    g_array_append_vals (part, &g_array_index (array, gint64, start), length);
  return part;
}

void
model_runs_walk (GArray *old_ids, GArray *new_ids, gboolean is_other, ModelRunFunc func, gpointer data)
{
  const gint64 *old = (const gint64 *) old_ids->data;
  const gint64 *new = (const gint64 *) new_ids->data;
  guint shorter = MIN (old_ids->len, new_ids->len);
  guint start = 0, end = 0;
  g_autoptr (GArray) old_middle = NULL;
  g_autoptr (GArray) new_middle = NULL;

  while (start < shorter && old[start] == new[start])
    start++;
  while (end < shorter - start && old[old_ids->len - 1 - end] == new[new_ids->len - 1 - end])
    end++;

  old_middle = sub_array (old_ids, start, old_ids->len - start - end);
  new_middle = sub_array (new_ids, start, new_ids->len - start - end);
  if (is_other || !old_middle->len || !new_middle->len || walk (start, old_middle, new_middle, NULL, NULL) > MODEL_RUNS_MAX)
    func (start, old_middle->len, (const gint64 *) new_middle->data, new_middle->len, data);
  else
    walk (start, old_middle, new_middle, func, data);
}
