/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Real servers around a test: servers.py is the parent, and sees the test abort. */
#include "test-servers.h"

#include <sys/wait.h>
#include <unistd.h>

#define NOT_HERE 77 /* what servers.py ends with */

static gboolean
is_installed (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *found = g_find_program_in_path (name);

  return found || access (path, X_OK) == 0;
}

static const char *
get_missing (const char *smtp)
{
  if (!is_installed ("/usr/sbin/dovecot"))
    return "Dovecot is not installed";
  if (!g_str_equal (smtp, "postfix"))
    return NULL;
  if (!is_installed ("/usr/sbin/postfix"))
    return "Postfix is not installed";
  return geteuid () == 0 ? NULL : "only root can start a Postfix";
}

static int
run_again (char **argv, const char *smtp, const char *imap)
{
  g_autofree char *script = g_build_filename (g_getenv ("POSTHORN_SOURCE_ROOT") ? g_getenv ("POSTHORN_SOURCE_ROOT") : ".", "tests/servers/servers.py", NULL);
  g_autoptr (GPtrArray) command = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  int status = -1;

  for (const char *const *word = (const char *const[]) { "/usr/bin/python3", script, "run", "--smtp", smtp, "--imap", imap, "--", NULL }; *word; word++)
    g_ptr_array_add (command, (gpointer) *word);
  for (guint i = 0; argv[i]; i++)
    g_ptr_array_add (command, argv[i]);
  g_ptr_array_add (command, NULL);
  g_spawn_sync (NULL, (char **) command->pdata, NULL, G_SPAWN_CHILD_INHERITS_STDIN, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  return WIFEXITED (status) ? WEXITSTATUS (status) : 1;
}

gboolean
test_servers_are_here (char **argv, const char *smtp, const char *imap, int *status)
{
  const char *missing = get_missing (smtp);

  *status = 0;
  if (g_getenv ("POSTHORN_SERVERS"))
    return TRUE;
  if (!missing)
    *status = run_again (argv, smtp, imap);
  if (*status == NOT_HERE)
    missing = "this machine does not have this server, see tests/servers";
  if (missing)
    {
      g_print ("1..0 # SKIP %s\n", missing);
      *status = 0;
    }
  return FALSE;
}
