/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows the draft's attachments, and says when they are more than many servers take. */
#include "composer-files.h"

#include "base-config.h"
#include "composer-file.h"

#include <glib/gi18n.h>

struct _ComposerFiles
{
  AdwBin parent_instance;
  ModelDraft *draft;

  /* the template's */
  GtkLabel *summary_label;
  GtkFlowBox *flow_box;
};

G_DEFINE_FINAL_TYPE (ComposerFiles, composer_files, ADW_TYPE_BIN)

static void
on_remove (ComposerFiles *self, ComposerFile *row)
{
  GListModel *files = model_draft_get_files (self->draft);

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (ModelDraftFile) file = g_list_model_get_item (files, i);

      if (file != composer_file_get_file (row))
        continue;
      model_draft_detach (self->draft, i);
      return;
    }
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  GtkWidget *row = GTK_WIDGET (composer_file_new (item));

  g_signal_connect_object (row, "remove", G_CALLBACK (on_remove), data, G_CONNECT_SWAPPED);
  return row;
}

static void
on_files_changed (ComposerFiles *self)
{
  guint n = g_list_model_get_n_items (model_draft_get_files (self->draft));
  gint64 size = model_draft_get_files_size (self->draft);
  g_autofree char *words = g_format_size ((guint64) size);
  g_autofree char *limit = g_format_size (MODEL_DRAFT_COMMON_LIMIT);
  g_autofree char *summary = NULL;
  g_autofree char *warning = NULL;

  /* The bin's child is not bound: gtk_widget_dispose_template () would take it away before the bin does. */
  gtk_revealer_set_reveal_child (GTK_REVEALER (adw_bin_get_child (ADW_BIN (self))), n > 0);
  if (n == 0)
    return;
  /* Translators: the second %s is a size, as "2.4 MB" */
  summary = g_strdup_printf (ngettext ("%u attachment, %s", "%u attachments, %s", n), n, words);
  if (size > MODEL_DRAFT_COMMON_LIMIT)
    /* Translators: %1$s is "3 attachments, 31 MB"; %2$s a size */
    warning = g_strdup_printf (_("%1$s. Many mail servers refuse messages with more than about %2$s."), summary, limit);
  gtk_label_set_label (self->summary_label, warning ? warning : summary);
  if (warning)
    gtk_widget_add_css_class (GTK_WIDGET (self->summary_label), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->summary_label), "warning");
}

static void
composer_files_dispose (GObject *object)
{
  ComposerFiles *self = COMPOSER_FILES (object);

  if (self->flow_box)
    gtk_flow_box_bind_model (self->flow_box, NULL, NULL, NULL, NULL);
  g_clear_object (&self->draft);
  gtk_widget_dispose_template (GTK_WIDGET (self), COMPOSER_TYPE_FILES);
  G_OBJECT_CLASS (composer_files_parent_class)->dispose (object);
}

static void
composer_files_class_init (ComposerFilesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = composer_files_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/composer/composer-files.ui");
  gtk_widget_class_bind_template_child (widget_class, ComposerFiles, summary_label);
  gtk_widget_class_bind_template_child (widget_class, ComposerFiles, flow_box);
}

static void
composer_files_init (ComposerFiles *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
composer_files_set_draft (ComposerFiles *self, ModelDraft *draft)
{
  GListModel *files = model_draft_get_files (draft);

  g_return_if_fail (self->draft == NULL);

  self->draft = g_object_ref (draft);
  gtk_flow_box_bind_model (self->flow_box, files, make_row, self, NULL);
  g_signal_connect_object (files, "items-changed", G_CALLBACK (on_files_changed), self, G_CONNECT_SWAPPED);
  on_files_changed (self);
}
