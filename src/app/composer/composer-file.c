/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows one attachment of the message that is being written. */
#include "composer-file.h"

#include "base-config.h"

#include <glib/gi18n.h>

struct _ComposerFile
{
  AdwBin parent_instance;
  ModelDraftFile *file;
  GtkButton *remove_button; /* the template's */
};

enum
{
  PROP_FILE = 1,
  N_PROPERTIES
};

enum
{
  SIGNAL_REMOVE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ComposerFile, composer_file, ADW_TYPE_BIN)

static GIcon *
find_icon (GObject *item, const char *content_type)
{
  g_autofree char *type = content_type ? g_content_type_from_mime_type (content_type) : NULL;

  return g_content_type_get_symbolic_icon (type ? type : "application/octet-stream");
}

static char *
describe_size (GObject *item, gint64 size)
{
  return g_format_size ((guint64) MAX (size, 0));
}

static void
on_remove_clicked (ComposerFile *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVE], 0);
}

static void
composer_file_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_FILE)
    g_value_set_object (value, COMPOSER_FILE (object)->file);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
composer_file_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_FILE)
    COMPOSER_FILE (object)->file = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
composer_file_constructed (GObject *object)
{
  ComposerFile *self = COMPOSER_FILE (object);
  g_autofree char *label = g_strdup_printf (_("Remove %s"), model_draft_file_get_name (self->file));

  G_OBJECT_CLASS (composer_file_parent_class)->constructed (object);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
composer_file_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), COMPOSER_TYPE_FILE);
  G_OBJECT_CLASS (composer_file_parent_class)->dispose (object);
}

static void
composer_file_finalize (GObject *object)
{
  g_clear_object (&COMPOSER_FILE (object)->file);
  G_OBJECT_CLASS (composer_file_parent_class)->finalize (object);
}

static void
composer_file_class_init (ComposerFileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = composer_file_get_property;
  object_class->set_property = composer_file_set_property;
  object_class->constructed = composer_file_constructed;
  object_class->dispose = composer_file_dispose;
  object_class->finalize = composer_file_finalize;

  properties[PROP_FILE] = g_param_spec_object ("file", NULL, NULL, MODEL_TYPE_DRAFT_FILE,
                                               G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[SIGNAL_REMOVE] = g_signal_new ("remove", COMPOSER_TYPE_FILE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/composer/composer-file.ui");
  gtk_widget_class_bind_template_child (widget_class, ComposerFile, remove_button);
  gtk_widget_class_bind_template_callback (widget_class, describe_size);
  gtk_widget_class_bind_template_callback (widget_class, find_icon);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_clicked);
}

static void
composer_file_init (ComposerFile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

ComposerFile *
composer_file_new (ModelDraftFile *file)
{
  return g_object_new (COMPOSER_TYPE_FILE, "file", file, NULL);
}

ModelDraftFile *
composer_file_get_file (ComposerFile *self)
{
  return self->file;
}
