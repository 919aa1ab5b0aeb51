/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prints how long mime_summary_new () takes over the files named: figures, no judgement. */
#include <stdio.h>

#include "mime-summary.h"

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  gsize total = 0;
  gint64 start, taken;
  guint with_files = 0;

  mime_init ();
  for (int i = 1; i < argc; i++)
    {
      char *data;
      gsize length;

      if (!g_file_get_contents (argv[i], &data, &length, NULL))
        continue;
      g_ptr_array_add (sources, g_bytes_new_take (data, length));
      total += length;
    }
  if (sources->len == 0)
    {
      g_printerr ("Usage: bench-mime-summary FILE.eml …\n");
      return 2;
    }
  start = g_get_monotonic_time ();
  for (guint i = 0; i < sources->len; i++)
    {
      g_autoptr (MailSummary) summary = mime_summary_new (g_ptr_array_index (sources, i), TRUE, 0);

      with_files += summary->has_attachments;
    }
  taken = g_get_monotonic_time () - start;
  printf ("%u messages, %.1f kB each on average, %u with attachments: %.4f ms each\n", sources->len,
          total / 1000.0 / sources->len, with_files, taken / 1000.0 / sources->len);
  return 0;
}
