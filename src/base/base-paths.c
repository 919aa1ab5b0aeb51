/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a profile keeps its files: under one folder, or in the XDG folders. */
#include "base-paths.h"

#include "base-error.h"

#include <errno.h>
#include <glib/gstdio.h>

struct _BasePaths
{
  GObject parent_instance;
  char *database;
  char *accounts;
  char *state;
  char *cache;
  char *profile_key;
};

G_DEFINE_FINAL_TYPE (BasePaths, base_paths, G_TYPE_OBJECT)

static gboolean
make_folder (const char *path, GError **error)
{
  if (g_mkdir_with_parents (path, 0700) == 0)
    return TRUE;
  g_set_error (error, BASE_ERROR, BASE_ERROR_FILE, "The folder %s cannot be made: %s", path, g_strerror (errno));
  return FALSE;
}

static void
base_paths_finalize (GObject *object)
{
  BasePaths *self = BASE_PATHS (object);

  g_free (self->database);
  g_free (self->accounts);
  g_free (self->state);
  g_free (self->cache);
  g_free (self->profile_key);
  G_OBJECT_CLASS (base_paths_parent_class)->finalize (object);
}

static void
base_paths_class_init (BasePathsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = base_paths_finalize;
}

static void
base_paths_init (BasePaths *self)
{
}

BasePaths *
base_paths_new (const char *profile, GError **error)
{
  g_autofree char *data = NULL;
  g_autofree char *config = NULL;
  g_autofree char *cache = NULL;
  g_autofree char *key = NULL;
  BasePaths *self;

  if (profile)
    {
      key = g_canonicalize_filename (profile, NULL);
      data = g_strdup (key);
      config = g_strdup (key);
      cache = g_build_filename (key, "cache", NULL);
    }
  else
    {
      key = g_strdup ("default");
      data = g_build_filename (g_get_user_data_dir (), "posthorn", NULL);
      config = g_build_filename (g_get_user_config_dir (), "posthorn", NULL);
      cache = g_build_filename (g_get_user_cache_dir (), "posthorn", NULL);
    }
  if (!make_folder (data, error) || !make_folder (config, error) || !make_folder (cache, error))
    return NULL;

  self = g_object_new (BASE_TYPE_PATHS, NULL);
  self->database = g_build_filename (data, "mail.sqlite", NULL);
  self->accounts = g_build_filename (config, "accounts.ini", NULL);
  self->state = g_build_filename (config, "window.ini", NULL);
  self->cache = g_steal_pointer (&cache);
  self->profile_key = g_steal_pointer (&key);
  return self;
}

const char *
base_paths_get_database (BasePaths *self)
{
  return self->database;
}

const char *
base_paths_get_accounts (BasePaths *self)
{
  return self->accounts;
}

const char *
base_paths_get_state (BasePaths *self)
{
  return self->state;
}

const char *
base_paths_get_cache (BasePaths *self)
{
  return self->cache;
}

const char *
base_paths_get_profile_key (BasePaths *self)
{
  return self->profile_key;
}
