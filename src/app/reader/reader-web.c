/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loads the web view's module with the first HTML message. */
#include "reader-web.h"

#include "base-config.h"
#include "base-error.h"

#include <gmodule.h>

/* In a build the program is src/app/posthorn and tests are tests/app/test-…; the module is src/web/posthorn-web.so. */
static char *
find_module (void)
{
  static const char *const beside[] = { "../web", "../../src/web" };
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program ? g_path_get_dirname (program) : NULL;

  for (gsize i = 0; folder && i < G_N_ELEMENTS (beside); i++)
    {
      g_autofree char *path = g_build_filename (folder, beside[i], WEB_MODULE, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&path);
    }
  return g_build_filename (POSTHORN_MODULEDIR, WEB_MODULE, NULL);
}

const WebApi *
reader_web_load (GError **error)
{
  g_autofree char *path = find_module ();
  GModule *module = g_module_open (path, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);
  gpointer entry;
  const WebApi *api;

  if (!module)
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_FILE, "The part that shows HTML could not be loaded: %s", g_module_error ());
      return NULL;
    }
  g_module_make_resident (module); /* its types cannot be taken back */
  api = g_module_symbol (module, WEB_ENTRY, &entry) ? ((WebEntry) entry) () : NULL;
  if (!api || !g_str_equal (api->version, POSTHORN_VERSION))
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_FILE, "%s belongs to another version", path);
      return NULL;
    }
  return api;
}

char *
reader_web_dup_folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), GETTEXT_PACKAGE, "wall", NULL);
}
