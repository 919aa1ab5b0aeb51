/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a folder of 100,000 messages takes to open in the message list, and to scroll through: bench-message-list [N]. */
#include "bench-mail.h"
#include "model-message-list.h"
#include "model-message.h"

#include <stdlib.h>

static double
open_folder (ModelMessageList *list, gint64 folder, ModelSort sort)
{
  gint64 began;

  model_message_list_show (list, 0, MODEL_SORT_RECEIVED, FALSE);
  began = g_get_monotonic_time ();
  model_message_list_show (list, folder, sort, FALSE);
  while (model_message_list_is_loading (list))
    g_main_context_iteration (NULL, TRUE);
  /* What a window of usual height asks for first */
  for (guint i = 0; i < 200; i++)
    g_object_unref (g_list_model_get_item (G_LIST_MODEL (list), i));
  return (g_get_monotonic_time () - began) / 1000.0;
}

static double
scroll (ModelMessageList *list, double *slowest)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));
  gint64 began = g_get_monotonic_time ();

  *slowest = 0;
  for (guint top = 0; top < n; top += n / 200)
    {
      gint64 frame = g_get_monotonic_time ();

      for (guint i = top; i < MIN (top + 50, n); i++)
        g_object_unref (g_list_model_get_item (G_LIST_MODEL (list), i));
      while (g_main_context_iteration (NULL, FALSE))
        ;
      *slowest = MAX (*slowest, (g_get_monotonic_time () - frame) / 1000.0);
    }
  return (g_get_monotonic_time () - began) / 1000.0;
}

int
main (int argc, char **argv)
{
  guint n = argc > 1 ? (guint) atoi (argv[1]) : 100000;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_dir_make_tmp ("posthorn-bench-XXXXXX", &error);
  g_autofree char *file = g_build_filename (path, "mail.sqlite", NULL);
  g_autoptr (Store) store = store_new (file, &error);
  g_autoptr (ModelMessageList) list = NULL;
  gint64 folder;
  double slowest, all;

  if (!store)
    g_error ("%s", error->message);
  folder = bench_mail_make_folder (store, n);
  list = model_message_list_new (store);
  for (guint i = 0; i < 3; i++)
    g_print ("open %u by date: %.1f ms\n", n, open_folder (list, folder, MODEL_SORT_RECEIVED));
  g_print ("open %u by subject: %.1f ms\n", n, open_folder (list, folder, MODEL_SORT_SUBJECT));
  g_print ("open %u by sender: %.1f ms\n", n, open_folder (list, folder, MODEL_SORT_FROM));
  open_folder (list, folder, MODEL_SORT_RECEIVED);
  all = scroll (list, &slowest);
  g_print ("200 jumps through it: %.1f ms, the slowest %.1f ms; rows in memory: %u\n", all, slowest, model_message_list_get_n_loaded (list));
  g_clear_object (&list);
  store_close (store);
  bench_mail_remove (file);
  return 0;
}
