/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attaches what is chosen, dropped or pasted, shows it, and says when it is more than many servers take. */
#include "composer-files.h"

#include "app-file-dialog.h"
#include "base-config.h"
#include "base-error.h"
#include "composer-file.h"
#include "composer-photos.h"
#include "composer-warnings.h"

#include <glib/gi18n.h>

struct _ComposerFiles
{
  AdwBin parent_instance;
  ModelDraft *draft;
  GCancellable *cancellable;   /* of reading */
  guint n_reading;

  /* the template's */
  GtkLabel *summary_label;
  GtkFlowBox *flow_box;
  GtkWidget *photos_button;
};

enum
{
  SIGNAL_PROBLEM,
  SIGNAL_READING_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

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

/* What the account's own server has said counts more than what is common. */
static char *
make_warning (ModelDraft *draft, const char *summary, gint64 size)
{
  gint64 known = model_draft_get_limit (draft);
  g_autofree char *limit = g_format_size ((guint64) (known > 0 ? known : MODEL_DRAFT_COMMON_LIMIT));

  if (composer_warnings_is_over_limit (draft))
    /* Translators: %1$s is "3 attachments, 31 MB"; %2$s a size */
    return g_strdup_printf (_("%1$s. The mail server takes no message of more than %2$s."), summary, limit);
  if (known == 0 && size > MODEL_DRAFT_COMMON_LIMIT)
    /* Translators: %1$s is "3 attachments, 31 MB"; %2$s a size */
    return g_strdup_printf (_("%1$s. Many mail servers refuse messages with more than about %2$s."), summary, limit);
  return NULL;
}

static void
on_files_changed (ComposerFiles *self)
{
  guint n = g_list_model_get_n_items (model_draft_get_files (self->draft));
  gint64 size = model_draft_get_files_size (self->draft);
  g_autofree char *words = g_format_size ((guint64) size);
  g_autofree char *summary = NULL;
  g_autofree char *warning = NULL;

  /* The bin's child is not bound: gtk_widget_dispose_template () would take it away before the bin does. */
  gtk_revealer_set_reveal_child (GTK_REVEALER (adw_bin_get_child (ADW_BIN (self))), n > 0);
  gtk_widget_set_visible (self->photos_button, composer_photos_get_size (self->draft) > 0);
  if (n == 0)
    return;
  /* Translators: the second %s is a size, as "2.4 MB" */
  summary = g_strdup_printf (ngettext ("%u attachment, %s", "%u attachments, %s", n), n, words);
  warning = make_warning (self->draft, summary, size);
  gtk_label_set_label (self->summary_label, warning ? warning : summary);
  if (warning)
    gtk_widget_add_css_class (GTK_WIDGET (self->summary_label), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->summary_label), "warning");
}

/* Reading */

static void
begin_reading (ComposerFiles *self)
{
  self->n_reading++;
  g_signal_emit (self, signals[SIGNAL_READING_CHANGED], 0);
}

static void
end_reading (ComposerFiles *self)
{
  self->n_reading--;
  g_signal_emit (self, signals[SIGNAL_READING_CHANGED], 0);
}

static void
complain (ComposerFiles *self, const char *name, const GError *error)
{
  g_autofree char *limit = g_format_size (MODEL_DRAFT_HARD_LIMIT);
  g_autofree char *sentence = NULL;

  if (g_error_matches (error, BASE_ERROR, BASE_ERROR_TOO_LARGE))
    sentence = g_strdup_printf (_("“%1$s” is too large: a message takes no more than %2$s of attachments."), name, limit);
  else
    sentence = g_strdup_printf (_("“%s” could not be attached. Is it a file that you may read?"), name);
  g_signal_emit (self, signals[SIGNAL_PROBLEM], 0, sentence);
}

typedef struct
{
  ComposerFiles *files;
  char *name;
} Reading;

static Reading *
reading_new (ComposerFiles *files, const char *name)
{
  Reading *self = g_new (Reading, 1);

  self->files = g_object_ref (files);
  self->name = g_strdup (name);
  return self;
}

static void
reading_free (Reading *self)
{
  g_object_unref (self->files);
  g_free (self->name);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static void
on_attached (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Reading) reading = data;
  ComposerFiles *self = reading->files;
  g_autoptr (GError) error = NULL;
  gboolean is_attached = model_draft_attach_finish (MODEL_DRAFT (source), result, &error);

  if (!self->draft)
    return;
  end_reading (self);
  if (!is_attached && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    complain (self, reading->name, error);
}

void
composer_files_add (ComposerFiles *self, GFile *file)
{
  g_autofree char *path = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (path ? path : "");

  begin_reading (self);
  model_draft_attach_async (self->draft, file, self->cancellable, on_attached, reading_new (self, name));
}

static void
on_files_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ComposerFiles) self = COMPOSER_FILES (data);
  g_autoptr (GListModel) files = app_file_dialog_open_finish (result, NULL);

  for (guint i = 0; self->draft && files && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      composer_files_add (self, file);
    }
}

void
composer_files_choose (ComposerFiles *self, GtkWindow *parent)
{
  app_file_dialog_open_async (parent, _("Attach Files"), TRUE, self->cancellable, on_files_chosen, g_object_ref (self));
}

/* Pasting */

static void
on_shrunk (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ComposerFiles) self = COMPOSER_FILES (data);

  composer_photos_shrink_finish (result, NULL);
  if (!self->draft)
    return;
  gtk_widget_set_sensitive (self->photos_button, TRUE);
  end_reading (self);
}

/* Until it is done the message is not whole: it waits, as for files that are being read. */
static void
on_shrink (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ComposerFiles *self = COMPOSER_FILES (widget);

  gtk_widget_set_sensitive (self->photos_button, FALSE);
  begin_reading (self);
  composer_photos_shrink_async (self->draft, g_variant_get_int32 (parameter), self->cancellable, on_shrunk, g_object_ref (self));
}

static void
on_files_pasted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ComposerFiles) self = COMPOSER_FILES (data);
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);

  for (GSList *l = value && self->draft ? g_value_get_boxed (value) : NULL; l; l = l->next)
    composer_files_add (self, l->data);
}

static void
on_picture_pasted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ComposerFiles) self = COMPOSER_FILES (data);
  g_autoptr (GdkTexture) texture = gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autoptr (GBytes) png = texture ? gdk_texture_save_to_png_bytes (texture) : NULL;
  g_autoptr (GError) error = NULL;

  if (!self->draft)
    return;
  end_reading (self);
  /* Translators: the file name of a picture that was pasted */
  if (png && !model_draft_attach_bytes (self->draft, _("Picture.png"), "image/png", png, &error))
    complain (self, _("Picture.png"), error);
}

gboolean
composer_files_paste (ComposerFiles *self, GdkClipboard *clipboard)
{
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);

  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    {
      gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, self->cancellable, on_files_pasted, g_object_ref (self));
      return TRUE;
    }
  if (gdk_content_formats_contain_gtype (formats, G_TYPE_STRING) || gdk_content_formats_contain_mime_type (formats, "text/plain;charset=utf-8")
      || (!gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE) && !gdk_content_formats_contain_mime_type (formats, "image/png")))
    return FALSE;
  begin_reading (self);
  gdk_clipboard_read_texture_async (clipboard, self->cancellable, on_picture_pasted, g_object_ref (self));
  return TRUE;
}

gboolean
composer_files_is_reading (ComposerFiles *self)
{
  return self->n_reading > 0;
}

static void
composer_files_dispose (GObject *object)
{
  ComposerFiles *self = COMPOSER_FILES (object);

  if (self->flow_box)
    gtk_flow_box_bind_model (self->flow_box, NULL, NULL, NULL, NULL);
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->draft);
  gtk_widget_dispose_template (GTK_WIDGET (self), COMPOSER_TYPE_FILES);
  G_OBJECT_CLASS (composer_files_parent_class)->dispose (object);
}

static void
composer_files_class_init (ComposerFilesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = composer_files_dispose;

  signals[SIGNAL_PROBLEM] = g_signal_new ("problem", COMPOSER_TYPE_FILES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_READING_CHANGED] = g_signal_new ("reading-changed", COMPOSER_TYPE_FILES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/composer/composer-files.ui");
  gtk_widget_class_bind_template_child (widget_class, ComposerFiles, summary_label);
  gtk_widget_class_bind_template_child (widget_class, ComposerFiles, flow_box);
  gtk_widget_class_bind_template_child (widget_class, ComposerFiles, photos_button);
  gtk_widget_class_install_action (widget_class, "files.shrink", "i", on_shrink);
}

static void
composer_files_init (ComposerFiles *self)
{
  self->cancellable = g_cancellable_new ();
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
  g_signal_connect_object (draft, "notify::account", G_CALLBACK (on_files_changed), self, G_CONNECT_SWAPPED);
  on_files_changed (self);
}
