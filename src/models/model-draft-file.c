/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One file that goes with a draft: its name, its type and its bytes, never changed. */
#include "model-draft-file.h"

struct _ModelDraftFile
{
  GObject parent_instance;
  char *name;
  char *content_type;
  GBytes *data;
};

enum
{
  PROP_NAME = 1,
  PROP_CONTENT_TYPE,
  PROP_SIZE,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (ModelDraftFile, model_draft_file, G_TYPE_OBJECT)

static void
model_draft_file_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ModelDraftFile *self = MODEL_DRAFT_FILE (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_CONTENT_TYPE:
      g_value_set_string (value, self->content_type);
      break;
    case PROP_SIZE:
      g_value_set_int64 (value, model_draft_file_get_size (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
model_draft_file_finalize (GObject *object)
{
  ModelDraftFile *self = MODEL_DRAFT_FILE (object);

  g_free (self->name);
  g_free (self->content_type);
  g_bytes_unref (self->data);
  G_OBJECT_CLASS (model_draft_file_parent_class)->finalize (object);
}

static void
model_draft_file_class_init (ModelDraftFileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = model_draft_file_get_property;
  object_class->finalize = model_draft_file_finalize;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CONTENT_TYPE] = g_param_spec_string ("content-type", NULL, NULL, "application/octet-stream",
                                                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SIZE] = g_param_spec_int64 ("size", NULL, NULL, 0, G_MAXINT64, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
model_draft_file_init (ModelDraftFile *self)
{
}

ModelDraftFile *
model_draft_file_new (const char *name, const char *content_type, GBytes *data)
{
  ModelDraftFile *self = g_object_new (MODEL_TYPE_DRAFT_FILE, NULL);

  self->name = g_strdup (name);
  self->content_type = g_strdup (content_type ? content_type : "application/octet-stream");
  self->data = g_bytes_ref (data);
  return self;
}

const char *
model_draft_file_get_name (ModelDraftFile *self)
{
  return self->name;
}

const char *
model_draft_file_get_content_type (ModelDraftFile *self)
{
  return self->content_type;
}

gint64
model_draft_file_get_size (ModelDraftFile *self)
{
  return (gint64) g_bytes_get_size (self->data);
}

GBytes *
model_draft_file_get_data (ModelDraftFile *self)
{
  return self->data;
}
