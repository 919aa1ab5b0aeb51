/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which languages spelling is checked in, as actions that menus and preferences show. */
#include "app-spelling.h"

#include "app-dictionaries.h"
#include "app-languages.h"

#include <glib/gi18n.h>

struct _AppSpelling
{
  GObject parent_instance;
  char **installed;
  char **chosen;
  GSimpleActionGroup *actions;
  GMenu *menu;
};

enum
{
  PROP_0,
  PROP_CHOSEN,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (AppSpelling, app_spelling, G_TYPE_OBJECT)

static gboolean
is_own (AppSpelling *self)
{
  return g_strv_contains ((const char *const *) self->chosen, APP_SPELLING_OWN);
}

char **
app_spelling_dup_languages (AppSpelling *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (is_own (self))
    return app_languages_match ((const char *const *) self->installed, g_get_language_names ());
  for (char **tag = self->installed; *tag; tag++)
    if (g_strv_contains ((const char *const *) self->chosen, *tag))
      g_strv_builder_add (builder, *tag);
  return g_strv_builder_end (builder);
}

static void
show_chosen (AppSpelling *self)
{
  g_auto (GStrv) languages = app_spelling_dup_languages (self);

  for (char **tag = self->installed; *tag; tag++)
    g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), *tag)),
                               g_variant_new_boolean (g_strv_contains ((const char *const *) languages, *tag)));
}

static void
set_chosen (AppSpelling *self, const char *const *chosen)
{
  static const char *const none[] = { NULL };

  if (!chosen)
    chosen = none;
  if (g_strv_equal (chosen, (const char *const *) self->chosen))
    return;
  g_strfreev (self->chosen);
  self->chosen = g_strdupv ((char **) chosen);
  show_chosen (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CHOSEN]);
}

/* From the first choice on what counts is what was chosen, not what the desktop speaks. */
static void
on_changed (GSimpleAction *action, GVariant *state, gpointer data)
{
  AppSpelling *self = data;
  const char *tag = g_action_get_name (G_ACTION (action));
  g_auto (GStrv) now = is_own (self) ? app_spelling_dup_languages (self) : g_strdupv (self->chosen);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) chosen = NULL;

  for (char **one = now; *one; one++)
    if (!g_str_equal (*one, tag))
      g_strv_builder_add (builder, *one);
  if (g_variant_get_boolean (state))
    g_strv_builder_add (builder, tag);
  chosen = g_strv_builder_end (builder);
  set_chosen (self, (const char *const *) chosen);
}

static void
offer (AppSpelling *self, const char *tag)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new_stateful (tag, NULL, g_variant_new_boolean (FALSE));
  g_autofree char *name = app_languages_dup_name (tag);
  g_autofree char *detailed = g_strconcat ("spelling.", tag, NULL);

  g_signal_connect (action, "change-state", G_CALLBACK (on_changed), self);
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
  g_menu_append (self->menu, name, detailed);
}

static void
app_spelling_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_CHOSEN)
    g_value_set_boxed (value, APP_SPELLING (object)->chosen);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
app_spelling_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_CHOSEN)
    set_chosen (APP_SPELLING (object), g_value_get_boxed (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
app_spelling_finalize (GObject *object)
{
  AppSpelling *self = APP_SPELLING (object);

  /* Whoever the actions were inserted into may hold them for longer. */
  for (char **tag = self->installed; *tag; tag++)
    {
      g_signal_handlers_disconnect_by_data (g_action_map_lookup_action (G_ACTION_MAP (self->actions), *tag), self);
      g_action_map_remove_action (G_ACTION_MAP (self->actions), *tag);
    }
  g_object_unref (self->actions);
  g_object_unref (self->menu);
  g_strfreev (self->installed);
  g_strfreev (self->chosen);
  G_OBJECT_CLASS (app_spelling_parent_class)->finalize (object);
}

static void
app_spelling_class_init (AppSpellingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = app_spelling_get_property;
  object_class->set_property = app_spelling_set_property;
  object_class->finalize = app_spelling_finalize;
  props[PROP_CHOSEN] = g_param_spec_boxed ("chosen", NULL, NULL, G_TYPE_STRV, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
app_spelling_init (AppSpelling *self)
{
  static const char *const own[] = { APP_SPELLING_OWN, NULL };

  self->chosen = g_strdupv ((char **) own);
  self->actions = g_simple_action_group_new ();
  self->menu = g_menu_new ();
}

AppSpelling *
app_spelling_new (const char *const *installed)
{
  AppSpelling *self = g_object_new (APP_TYPE_SPELLING, NULL);

  self->installed = installed ? g_strdupv ((char **) installed) : app_dictionaries_list ();
  for (char **tag = self->installed; *tag; tag++)
    offer (self, *tag);
  if (!*self->installed)
    g_menu_append (self->menu, _("No spelling dictionary is installed"), "spelling.none"); /* no such action: it stands there grey */
  show_chosen (self);
  return self;
}

const char *const *
app_spelling_get_installed (AppSpelling *self)
{
  return (const char *const *) self->installed;
}

GActionGroup *
app_spelling_get_actions (AppSpelling *self)
{
  return G_ACTION_GROUP (self->actions);
}

GMenuModel *
app_spelling_get_menu (AppSpelling *self)
{
  return G_MENU_MODEL (self->menu);
}
