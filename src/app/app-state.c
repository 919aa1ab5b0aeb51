/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sizes, columns and what was open last: window.ini. */
#include "app-state.h"

struct _AppState
{
  GObject parent_instance;
  char *path;
  GKeyFile *file;
  gboolean is_changed;
};

G_DEFINE_FINAL_TYPE (AppState, app_state, G_TYPE_OBJECT)

static void
app_state_finalize (GObject *object)
{
  AppState *self = APP_STATE (object);

  app_state_save (self);
  g_free (self->path);
  g_key_file_unref (self->file);
  G_OBJECT_CLASS (app_state_parent_class)->finalize (object);
}

static void
app_state_class_init (AppStateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = app_state_finalize;
}

static void
app_state_init (AppState *self)
{
  self->file = g_key_file_new ();
}

AppState *
app_state_new (const char *path)
{
  AppState *self = g_object_new (APP_TYPE_STATE, NULL);

  self->path = g_strdup (path);
  if (path)
    g_key_file_load_from_file (self->file, path, G_KEY_FILE_NONE, NULL); /* none yet, or spoilt: begin anew */
  return self;
}

int
app_state_get_int (AppState *self, const char *group, const char *key, int fallback)
{
  g_autoptr (GError) error = NULL;
  int value = g_key_file_get_integer (self->file, group, key, &error);

  return error ? fallback : value;
}

void
app_state_set_int (AppState *self, const char *group, const char *key, int value)
{
  if (app_state_get_int (self, group, key, value - 1) == value)
    return;
  g_key_file_set_integer (self->file, group, key, value);
  self->is_changed = TRUE;
}

char *
app_state_dup_text (AppState *self, const char *group, const char *key)
{
  return g_key_file_get_string (self->file, group, key, NULL);
}

void
app_state_set_text (AppState *self, const char *group, const char *key, const char *value)
{
  g_autofree char *old = app_state_dup_text (self, group, key);

  if (g_strcmp0 (old, value) == 0)
    return;
  g_key_file_set_string (self->file, group, key, value);
  self->is_changed = TRUE;
}

guint
app_state_count (AppState *self, const char *group)
{
  g_auto (GStrv) keys = g_key_file_get_keys (self->file, group, NULL, NULL);

  return keys ? g_strv_length (keys) : 0;
}

void
app_state_clear (AppState *self, const char *group)
{
  if (g_key_file_remove_group (self->file, group, NULL))
    self->is_changed = TRUE;
}

void
app_state_save (AppState *self)
{
  g_autoptr (GError) error = NULL;

  if (!self->is_changed || !self->path)
    return;
  if (!g_key_file_save_to_file (self->file, self->path, &error))
    g_message ("The window's sizes were not kept: %s", error->message);
  self->is_changed = FALSE;
}
