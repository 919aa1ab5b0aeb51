/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A profile's folders. */
#include "base-paths.h"

#include "base-error.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

static void
test_profile (void)
{
  g_autofree char *top = g_dir_make_tmp ("posthorn-paths-XXXXXX", NULL);
  g_autofree char *profile = g_build_filename (top, "a", "profile", NULL);
  g_autofree char *database = g_build_filename (profile, "mail.sqlite", NULL);
  g_autofree char *parent = g_build_filename (top, "a", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (BasePaths) paths = base_paths_new (profile, &error);
  struct stat status;

  g_assert_no_error (error);
  g_assert_cmpstr (base_paths_get_database (paths), ==, database);
  g_assert_cmpstr (base_paths_get_profile_key (paths), ==, profile);
  g_assert_true (g_str_has_prefix (base_paths_get_accounts (paths), profile));
  g_assert_true (g_str_has_prefix (base_paths_get_state (paths), profile));
  g_assert_true (g_file_test (base_paths_get_cache (paths), G_FILE_TEST_IS_DIR));
  g_assert_cmpint (stat (profile, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 077, ==, 0);

  g_rmdir (base_paths_get_cache (paths));
  g_rmdir (profile);
  g_rmdir (parent);
  g_rmdir (top);
}

static void
test_default (void)
{
  g_autoptr (BasePaths) paths = base_paths_new (NULL, NULL); /* in the folders that main () made */

  g_assert_cmpstr (base_paths_get_profile_key (paths), ==, "default");
  g_assert_true (g_str_has_prefix (base_paths_get_database (paths), g_get_user_data_dir ()));
  g_assert_true (g_str_has_prefix (base_paths_get_accounts (paths), g_get_user_config_dir ()));
  g_assert_true (g_str_has_prefix (base_paths_get_cache (paths), g_get_user_cache_dir ()));
}

static void
test_impossible (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (base_paths_new ("/dev/null/profile", &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_FILE);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

int
main (int argc, char **argv)
{
  static const char *const variables[] = { "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME" };
  g_autofree char *home = g_dir_make_tmp ("posthorn-paths-XXXXXX", NULL);
  int status;

  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      g_autofree char *folder = g_build_filename (home, variables[i], NULL);

      g_setenv (variables[i], folder, TRUE);
    }
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/paths/profile/keeps-everything-under-one-private-folder", test_profile);
  g_test_add_func ("/base/paths/default/uses-the-xdg-folders", test_default);
  g_test_add_func ("/base/paths/impossible-folder/is-a-file-error", test_impossible);
  status = g_test_run ();
  remove_tree (home);
  return status;
}
