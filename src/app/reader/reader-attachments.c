/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is attached to the message that is read. */
#include "reader-attachments.h"

#include "app-alert.h"
#include "app-file-dialog.h"
#include "base-config.h"
#include "reader-attachment-row.h"
#include "reader-danger.h"
#include "reader-dragged.h"

#include <glib/gi18n.h>
#include <string.h>

struct _ReaderAttachments
{
  GtkWidget parent_instance;

  ModelSaver *saver;
  ModelBody *body;
  GCancellable *cancellable;

  GtkWidget *box;
  GtkWidget *list;
  GtkNoSelection *selection;
  GtkFilterListModel *listed;   /* without what is shown or told elsewhere */
  GtkWidget *save_all;
};

enum
{
  FAILED,
  SAVED,
  MESSAGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ReaderAttachments, reader_attachments, GTK_TYPE_WIDGET)

/* One thing to be saved: what it is stays with the dialog, whatever message is shown when it is answered. */
typedef struct
{
  ReaderAttachments *view;
  ModelBody *body;
  guint position;
} Wish;

static Wish *
wish_new (ReaderAttachments *view, guint position)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->view = g_object_ref (view);
  wish->body = g_object_ref (view->body);
  wish->position = position;
  return wish;
}

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_object_unref (wish->view);
  g_object_unref (wish->body);
  g_free (wish);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wish, wish_free)

static void
tell_failure (ReaderAttachments *self, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[FAILED], 0, error);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReaderAttachments) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = model_saver_finish (MODEL_SAVER (source), result, &error);

  if (file)
    g_signal_emit (self, signals[SAVED], 0, file);
  else
    tell_failure (self, error);
}

static void
on_file_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Wish) wish = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = app_file_dialog_save_finish (result, &error);

  if (file)
    model_saver_save_attachment_async (wish->view->saver, wish->body, wish->position, file, NULL, on_saved, g_object_ref (wish->view));
  else
    tell_failure (wish->view, error);
}

static void
on_folder_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Wish) wish = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder = app_file_dialog_folder_finish (result, &error);

  if (folder)
    model_saver_save_all_async (wish->view->saver, wish->body, folder, NULL, on_saved, g_object_ref (wish->view));
  else
    tell_failure (wish->view, error);
}

/* Actions name a row; savers want the place among all attachments. */
static guint
find_position (ReaderAttachments *self, guint row)
{
  g_autoptr (GObject) wanted = g_list_model_get_item (G_LIST_MODEL (self->listed), row);
  GListModel *all = model_body_get_attachments (self->body);
  guint n = g_list_model_get_n_items (all);

  for (guint i = 0; wanted && i < n; i++)
    {
      g_autoptr (GObject) attachment = g_list_model_get_item (all, i);

      if (attachment == wanted)
        return i;
    }
  return n;
}

static GtkWindow *
get_window (ReaderAttachments *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
save_one (ReaderAttachments *self, guint position)
{
  g_autoptr (GObject) attachment = g_list_model_get_item (model_body_get_attachments (self->body), position);
  g_autofree char *name = NULL;

  if (!attachment)
    return;
  g_object_get (attachment, "name", &name, NULL);
  app_file_dialog_save_async (get_window (self), _("Save Attachment"), name, self->cancellable, on_file_chosen, wish_new (self, position));
}

static void
on_save (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ReaderAttachments *self = READER_ATTACHMENTS (widget);

  if (self->body)
    save_one (self, find_position (self, g_variant_get_uint32 (parameter)));
}

static void
on_save_all (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ReaderAttachments *self = READER_ATTACHMENTS (widget);

  if (self->body)
    app_file_dialog_folder_async (get_window (self), _("Save All Attachments"), self->cancellable, on_folder_chosen, wish_new (self, 0));
}

static void
on_launched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReaderAttachments) self = data;
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error))
    tell_failure (self, error);
}

static void
on_put_away (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReaderAttachments) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = model_saver_finish (MODEL_SAVER (source), result, &error);
  g_autoptr (GdkAppLaunchContext) context = NULL;
  g_autofree char *uri = NULL;

  if (!file)
    {
      tell_failure (self, error);
      return;
    }
  uri = g_file_get_uri (file);
  context = gdk_display_get_app_launch_context (gtk_widget_get_display (GTK_WIDGET (self)));
  g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context), NULL, on_launched, g_object_ref (self));
}

static gboolean
may_be_program (GObject *attachment)
{
  g_autofree char *name = NULL;
  g_autofree char *type = NULL;

  g_object_get (attachment, "name", &name, "content-type", &type, NULL);
  return reader_danger_is_program (name, type);
}

static gboolean
is_message (GObject *attachment)
{
  g_autofree char *name = NULL;
  g_autofree char *type = NULL;
  gsize length;

  g_object_get (attachment, "name", &name, "content-type", &type, NULL);
  length = strlen (name);
  return g_str_equal (type, "message/rfc822") || g_str_equal (type, "message/global")
         || (length > 4 && g_ascii_strcasecmp (name + length - 4, ".eml") == 0);
}

static void
on_program_answered (const char *choice, gpointer data)
{
  Wish *wish = data;

  if (g_str_equal (choice, "save") && wish->view->body == wish->body)
    save_one (wish->view, wish->position);
}

static void
open_one (ReaderAttachments *self, guint position)
{
  g_autoptr (GObject) attachment = g_list_model_get_item (model_body_get_attachments (self->body), position);
  const AppAlertChoice choices[] = {
    { "cancel", _("_Cancel"), APP_ALERT_PLAIN },
    { "save", _("_Save…"), APP_ALERT_PLAIN },
  };

  if (!attachment)
    return;
  if (is_message (attachment))
    g_signal_emit (self, signals[MESSAGE], 0, position);
  else if (may_be_program (attachment))
    app_alert_present (get_window (self), _("This Attachment May Be a Program"),
                       _("Programs that come by mail can do harm, so Posthorn does not open them. You can save it and decide then."),
                       choices, G_N_ELEMENTS (choices), on_program_answered, wish_new (self, position), wish_free);
  else if (self->saver)
    model_saver_put_away_async (self->saver, self->body, position, self->cancellable, on_put_away, g_object_ref (self));
}

static void
on_open (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ReaderAttachments *self = READER_ATTACHMENTS (widget);

  if (self->body)
    open_one (self, find_position (self, g_variant_get_uint32 (parameter)));
}

/* One for the whole list: the row under the pointer is what goes. */
static GdkContentProvider *
on_drag_prepare (ReaderAttachments *self, double x, double y, GtkDragSource *source)
{
  GtkWidget *picked = gtk_widget_pick (self->list, x, y, GTK_PICK_DEFAULT);
  GtkWidget *row = picked ? gtk_widget_get_ancestor (picked, READER_TYPE_ATTACHMENT_ROW) : NULL;
  guint position;

  if (!row || !self->body || !self->saver)
    return NULL;
  g_object_get (row, "position", &position, NULL);
  return reader_dragged_new (self->saver, self->body, find_position (self, position));
}

static void
reader_attachments_dispose (GObject *object)
{
  ReaderAttachments *self = READER_ATTACHMENTS (object);

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->saver);
  g_clear_object (&self->body);
  g_clear_object (&self->listed);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (reader_attachments_parent_class)->dispose (object);
}

static void
reader_attachments_class_init (ReaderAttachmentsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reader_attachments_dispose;
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_FILE);
  signals[MESSAGE] = g_signal_new ("message", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  g_type_ensure (READER_TYPE_ATTACHMENT_ROW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/reader/reader-attachments.ui");
  gtk_widget_class_bind_template_child (widget_class, ReaderAttachments, box);
  gtk_widget_class_bind_template_child (widget_class, ReaderAttachments, list);
  gtk_widget_class_bind_template_child (widget_class, ReaderAttachments, selection);
  gtk_widget_class_bind_template_child (widget_class, ReaderAttachments, save_all);
  gtk_widget_class_bind_template_callback (widget_class, on_drag_prepare);
  gtk_widget_class_install_action (widget_class, "attachment.open", "u", on_open);
  gtk_widget_class_install_action (widget_class, "attachment.save", "u", on_save);
  gtk_widget_class_install_action (widget_class, "attachment.save-all", NULL, on_save_all);
}

static void
reader_attachments_init (ReaderAttachments *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
reader_attachments_set_saver (ReaderAttachments *self, ModelSaver *saver)
{
  g_set_object (&self->saver, saver);
}

static gboolean
is_listed (gpointer attachment, gpointer shown)
{
  return !g_hash_table_contains (shown, attachment);
}

/* All at once, because a hostile message has ten thousand of them. */
static GHashTable *
find_shown (ModelBody *body, gboolean hides_shown)
{
  GHashTable *shown = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  GListModel *all = model_body_get_attachments (body);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    if (model_body_is_machinery (body, i) || (hides_shown && model_body_shows_attachment (body, i)))
      g_hash_table_add (shown, g_list_model_get_item (all, i));
  return shown;
}

void
reader_attachments_show (ReaderAttachments *self, ModelBody *body, gboolean hides_shown)
{
  GListModel *attachments = body ? g_object_ref (model_body_get_attachments (body)) : NULL;
  GtkFilter *filter = NULL;
  guint n;

  if (body)
    filter = GTK_FILTER (gtk_custom_filter_new (is_listed, find_shown (body, hides_shown), (GDestroyNotify) g_hash_table_unref));
  g_set_object (&self->body, body);
  g_clear_object (&self->listed);
  self->listed = gtk_filter_list_model_new (attachments, filter);
  gtk_no_selection_set_model (self->selection, G_LIST_MODEL (self->listed));
  n = g_list_model_get_n_items (G_LIST_MODEL (self->listed));
  gtk_widget_set_visible (self->save_all, n > 1);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
}

void
reader_attachments_open_type (ReaderAttachments *self, const char *type, const char *other)
{
  GListModel *all = self->body ? model_body_get_attachments (self->body) : NULL;

  for (guint i = 0; all && i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GObject) attachment = g_list_model_get_item (all, i);
      g_autofree char *found = NULL;

      g_object_get (attachment, "content-type", &found, NULL);
      if (!g_str_equal (found, type) && !g_str_equal (found, other))
        continue;
      open_one (self, i);
      return;
    }
}
