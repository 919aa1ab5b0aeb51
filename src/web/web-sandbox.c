/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether this system lets WebKit lock its processes in: it ends the whole program where it cannot. */
#include "web-sandbox.h"

#include <string.h>

#define MAX_WORDS 300 /* bytes of what bubblewrap says */

typedef struct
{
  GSubprocess *process;
  guint clock;
} Check;

static void
check_free (gpointer data)
{
  Check *check = data;

  g_clear_handle_id (&check->clock, g_source_remove);
  if (check->process)
    g_subprocess_force_exit (check->process); /* nothing, where it has ended */
  g_clear_object (&check->process);
  g_free (check);
}

static void
return_refused (GTask *task, const char *words)
{
  g_autofree char *valid = g_utf8_make_valid (words, (gssize) strnlen (words, MAX_WORDS));

  g_strstrip (g_strdelimit (valid, "\r\n", ' '));
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "The sandbox for pages could not be started: %s",
                           *valid ? valid : "bubblewrap gave no reason");
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  if (!g_subprocess_communicate_utf8_finish (G_SUBPROCESS (source), result, NULL, &words, &error))
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_task_return_error (task, g_steal_pointer (&error));
      else
        return_refused (task, error->message);
    }
  else if (g_subprocess_get_successful (G_SUBPROCESS (source)))
    g_task_return_boolean (task, TRUE);
  else
    return_refused (task, words ? words : "");
}

static gboolean
on_late (gpointer data)
{
  Check *check = data;

  check->clock = 0;
  g_subprocess_force_exit (check->process);
  return G_SOURCE_REMOVE;
}

void
web_sandbox_check_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  Check *check;

  if (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  check = g_new0 (Check, 1);
  g_task_set_task_data (task, check, check_free);
  check->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error,
                                     "bwrap", "--die-with-parent", "--unshare-all", "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev",
                                     "--", "xdg-dbus-proxy", "--version", NULL);
  if (!check->process)
    {
      return_refused (task, error->message);
      return;
    }
  check->clock = g_timeout_add_seconds (WEB_SANDBOX_SECONDS, on_late, check);
  g_subprocess_communicate_utf8_async (check->process, NULL, cancellable, on_ended, g_steal_pointer (&task));
}

gboolean
web_sandbox_check_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
