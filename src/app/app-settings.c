/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person may choose once for all accounts. */
#include "app-settings.h"

#include "app-spelling.h"
#include "base-config.h"

/* As in the schema, for when there is none. */
#define DEFAULT_UNDO_SEND_SECONDS 8
#define DEFAULT_MARK_SEEN_SECONDS 2

struct _AppSettings
{
  GObject parent_instance;

  GSettings *settings;   /* NULL: no schema */
  guint undo_send_seconds;
  guint mark_seen_seconds;
  gboolean quote_first;
  gboolean mark_seen;
  gboolean write_rich;
  char **spelling_languages;
};

enum
{
  PROP_0,
  PROP_UNDO_SEND_SECONDS,
  PROP_MARK_SEEN_SECONDS,
  PROP_QUOTE_FIRST,
  PROP_MARK_SEEN,
  PROP_WRITE_RICH,
  PROP_SPELLING_LANGUAGES,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (AppSettings, app_settings, G_TYPE_OBJECT)

static guint *
get_number (AppSettings *self, guint prop_id)
{
  switch (prop_id)
    {
    case PROP_UNDO_SEND_SECONDS:
      return &self->undo_send_seconds;
    case PROP_MARK_SEEN_SECONDS:
      return &self->mark_seen_seconds;
    default:
      return NULL;
    }
}

static gboolean *
get_claim (AppSettings *self, guint prop_id)
{
  switch (prop_id)
    {
    case PROP_QUOTE_FIRST:
      return &self->quote_first;
    case PROP_MARK_SEEN:
      return &self->mark_seen;
    case PROP_WRITE_RICH:
      return &self->write_rich;
    default:
      return NULL;
    }
}

static void
app_settings_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  guint *number = get_number (APP_SETTINGS (object), prop_id);
  gboolean *claim = get_claim (APP_SETTINGS (object), prop_id);

  if (number)
    g_value_set_uint (value, *number);
  else if (claim)
    g_value_set_boolean (value, *claim);
  else if (prop_id == PROP_SPELLING_LANGUAGES)
    g_value_set_boxed (value, APP_SETTINGS (object)->spelling_languages);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static gboolean
set_languages (AppSettings *self, const char *const *languages)
{
  static const char *const none[] = { NULL };

  if (!languages)
    languages = none;
  if (self->spelling_languages && g_strv_equal (languages, (const char *const *) self->spelling_languages))
    return FALSE;
  g_strfreev (self->spelling_languages);
  self->spelling_languages = g_strdupv ((char **) languages);
  return TRUE;
}

static void
app_settings_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  guint *number = get_number (APP_SETTINGS (object), prop_id);
  gboolean *claim = get_claim (APP_SETTINGS (object), prop_id);

  if (number && *number != g_value_get_uint (value))
    *number = g_value_get_uint (value);
  else if (claim && *claim != g_value_get_boolean (value))
    *claim = g_value_get_boolean (value);
  else if (prop_id != PROP_SPELLING_LANGUAGES || !set_languages (APP_SETTINGS (object), g_value_get_boxed (value)))
    return;
  g_object_notify_by_pspec (object, pspec);
}

static void
app_settings_finalize (GObject *object)
{
  g_clear_object (&APP_SETTINGS (object)->settings);
  g_strfreev (APP_SETTINGS (object)->spelling_languages);
  G_OBJECT_CLASS (app_settings_parent_class)->finalize (object);
}

static void
app_settings_class_init (AppSettingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = app_settings_get_property;
  object_class->set_property = app_settings_set_property;
  object_class->finalize = app_settings_finalize;

  props[PROP_UNDO_SEND_SECONDS] = g_param_spec_uint ("undo-send-seconds", NULL, NULL, 0, APP_SETTINGS_MAX_SECONDS, DEFAULT_UNDO_SEND_SECONDS, flags);
  props[PROP_MARK_SEEN_SECONDS] = g_param_spec_uint ("mark-seen-seconds", NULL, NULL, 0, APP_SETTINGS_MAX_SECONDS, DEFAULT_MARK_SEEN_SECONDS, flags);
  props[PROP_MARK_SEEN] = g_param_spec_boolean ("mark-seen", NULL, NULL, TRUE, flags);
  props[PROP_QUOTE_FIRST] = g_param_spec_boolean ("quote-first", NULL, NULL, FALSE, flags);
  props[PROP_WRITE_RICH] = g_param_spec_boolean ("write-rich", NULL, NULL, FALSE, flags);
  props[PROP_SPELLING_LANGUAGES] = g_param_spec_boxed ("spelling-languages", NULL, NULL, G_TYPE_STRV, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
app_settings_init (AppSettings *self)
{
  self->undo_send_seconds = DEFAULT_UNDO_SEND_SECONDS;
  self->mark_seen_seconds = DEFAULT_MARK_SEEN_SECONDS;
  self->mark_seen = TRUE;
  set_languages (self, (const char *const[]) { APP_SPELLING_OWN, NULL });
}

/* g_settings_new () ends the program when the schema is missing: who runs from a build folder has none. */
static GSettings *
open_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = source ? g_settings_schema_source_lookup (source, POSTHORN_APP_ID, TRUE) : NULL;

  return schema ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

/* A schema of another version may lack a key. */
static void
bind (AppSettings *self, const char *key)
{
  g_autoptr (GSettingsSchema) schema = NULL;

  g_object_get (self->settings, "settings-schema", &schema, NULL);
  if (g_settings_schema_has_key (schema, key))
    g_settings_bind (self->settings, key, self, key, G_SETTINGS_BIND_DEFAULT);
}

AppSettings *
app_settings_new (void)
{
  AppSettings *self = g_object_new (APP_TYPE_SETTINGS, NULL);

  self->settings = open_settings ();
  if (self->settings)
    {
      bind (self, "undo-send-seconds");
      bind (self, "mark-seen-seconds");
      bind (self, "mark-seen");
      bind (self, "quote-first");
      bind (self, "write-rich");
      bind (self, "spelling-languages");
    }
  return self;
}

guint
app_settings_get_undo_send_seconds (AppSettings *self)
{
  return self->undo_send_seconds;
}

guint
app_settings_get_mark_seen_seconds (AppSettings *self)
{
  return self->mark_seen_seconds;
}

gboolean
app_settings_get_quote_first (AppSettings *self)
{
  return self->quote_first;
}

gboolean
app_settings_get_mark_seen (AppSettings *self)
{
  return self->mark_seen;
}

gboolean
app_settings_get_write_rich (AppSettings *self)
{
  return self->write_rich;
}
