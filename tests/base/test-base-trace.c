/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The protocol log keeps what is wanted and no secret. */
#include "base-trace.h"

#include "base-error.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static void
test_marks (void)
{
  g_autoptr (BaseTrace) trace = base_trace_new (NULL, NULL);
  g_autofree char *text = NULL;

  base_trace_sent (trace, "Work", "CAPA");
  base_trace_received (trace, "Work", "+OK list", 3);
  base_trace_received (trace, "Work", "whole", -1);
  base_trace_note (trace, "Work", "%d things", 3);
  base_trace_secret (trace, "Work", "PASS");
  text = base_trace_dup_text (trace);
  g_assert_nonnull (strstr (text, " Work > CAPA\n"));
  g_assert_nonnull (strstr (text, " Work < +OK\n"));
  g_assert_nonnull (strstr (text, " Work < whole\n"));
  g_assert_nonnull (strstr (text, " Work * 3 things\n"));
  g_assert_nonnull (strstr (text, " Work > PASS [secret]\n"));
}

static void
test_escapes (void)
{
  g_autoptr (BaseTrace) trace = base_trace_new (NULL, NULL);
  g_autofree char *long_line = g_strnfill (5000, 'x');
  g_autofree char *text = NULL;

  base_trace_received (trace, "T", "a\0b\033[0m\r\n\xff\342\200\256z", 14);
  base_trace_sent (trace, "T", long_line);
  text = base_trace_dup_text (trace);
  g_assert_nonnull (strstr (text, "\\x1b[0m\\x0d\\x0a"));
  g_assert_nonnull (strstr (text, "\\x202ez\n"));
  g_assert_nonnull (strstr (text, "x\342\200\246 (5000 bytes)\n"));
  g_assert_cmpuint (strlen (text), <, 700);
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

static void
test_ring (void)
{
  g_autoptr (BaseTrace) trace = base_trace_new (NULL, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  for (int i = 0; i < 2500; i++)
    base_trace_note (trace, "T", "line %d;", i);
  text = base_trace_dup_text (trace);
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 2001);
  g_assert_true (g_str_has_suffix (lines[0], "line 500;"));
  g_assert_true (g_str_has_suffix (lines[1999], "line 2499;"));
}

static void
test_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("posthorn-trace-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "log", NULL);
  g_autofree char *text = NULL;
  struct stat status;

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (BaseTrace) trace = base_trace_new (path, NULL);

      base_trace_note (trace, "T", "run %d", i);
    }
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "run 0\n"));
  g_assert_nonnull (strstr (text, "run 1\n"));
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_no_file (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (base_trace_new ("/no such folder/log", &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_FILE);
}

static void
test_null (void)
{
  g_autofree char *text = base_trace_dup_text (NULL);

  base_trace_sent (NULL, "T", "x");
  base_trace_received (NULL, "T", "x", -1);
  base_trace_note (NULL, "T", "x");
  base_trace_secret (NULL, "T", "x");
  g_assert_cmpstr (text, ==, "");
}

static gpointer
write_many (gpointer trace)
{
  for (int i = 0; i < 500; i++)
    base_trace_note (trace, "T", "thread");
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (BaseTrace) trace = base_trace_new (NULL, NULL);
  g_autofree char *text = NULL;
  GThread *threads[3];
  gsize n = 0;

  for (int i = 0; i < 3; i++)
    threads[i] = g_thread_new ("writer", write_many, trace);
  for (int i = 0; i < 3; i++)
    g_thread_join (threads[i]);
  text = base_trace_dup_text (trace);
  for (const char *p = text; (p = strstr (p, " T * thread\n")); p++)
    n++;
  g_assert_cmpuint (n, ==, 1500);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/trace/lines/say-who-and-which-way", test_marks);
  g_test_add_func ("/base/trace/hostile-lines/are-escaped-and-cut", test_escapes);
  g_test_add_func ("/base/trace/more-than-two-thousand-lines/keep-the-newest", test_ring);
  g_test_add_func ("/base/trace/file/is-private-and-appended-to", test_file);
  g_test_add_func ("/base/trace/impossible-file/is-a-file-error", test_no_file);
  g_test_add_func ("/base/trace/no-trace/does-nothing", test_null);
  g_test_add_func ("/base/trace/three-threads/lose-no-line", test_threads);
  return g_test_run ();
}
