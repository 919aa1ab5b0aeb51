/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contacts from files of vCards, and into them. */
#include "contacts-files.h"

#include "app-file-dialog.h"
#include "app-toast.h"
#include "app-words.h"

#include <glib/gi18n.h>

/* One wish of a person; held by whatever runs for it */
typedef struct
{
  GtkWindow *window;         /* both NULL when the window is gone */
  AdwToastOverlay *toasts;
  ModelContacts *contacts;
  GFile *file;
} Work;

static Work *
work_new (GtkWindow *window, ModelContacts *contacts, AdwToastOverlay *toasts)
{
  Work *work = g_new0 (Work, 1);

  g_set_weak_pointer (&work->window, window);
  g_set_weak_pointer (&work->toasts, toasts);
  work->contacts = g_object_ref (contacts);
  return work;
}

static void
work_free (Work *work)
{
  g_clear_weak_pointer (&work->window);
  g_clear_weak_pointer (&work->toasts);
  g_object_unref (work->contacts);
  g_clear_object (&work->file);
  g_free (work);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static void
say (Work *work, const char *text)
{
  if (work->toasts)
    adw_toast_overlay_add_toast (work->toasts, app_toast_new (text));
}

static void
say_error (Work *work, const GError *error)
{
  g_autofree char *text = NULL;

  if (!error || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  text = app_words_error (error);
  say (work, text);
}

static void
on_imported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Work) work = data;
  g_autoptr (GError) error = NULL;
  gint64 n = model_contacts_finish (MODEL_CONTACTS (source), result, &error);
  g_autofree char *text = NULL;

  if (error)
    {
      say_error (work, error);
      return;
    }
  text = g_strdup_printf (ngettext ("%u contact added", "%u contacts added", (gulong) n), (guint) n);
  say (work, n > 0 ? text : _("Nobody in this file is new."));
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Work) work = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  ModelContacts *contacts = work->contacts;

  if (bytes)
    model_contacts_import_async (contacts, bytes, on_imported, g_steal_pointer (&work));
  else
    say_error (work, error);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Work) work = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, &error);

  if (stream)
    g_input_stream_read_bytes_async (G_INPUT_STREAM (stream), CONTACTS_FILES_MAX_BYTES, G_PRIORITY_DEFAULT, NULL, on_read, g_steal_pointer (&work));
  else
    say_error (work, error);
}

static void
on_import_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Work) work = data;
  g_autoptr (GListModel) files = app_file_dialog_open_finish (result, NULL);
  g_autoptr (GFile) file = files ? g_list_model_get_item (files, 0) : NULL;

  if (file)
    g_file_read_async (file, G_PRIORITY_DEFAULT, NULL, on_opened, g_steal_pointer (&work));
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Work) work = data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    say (work, _("The contacts were saved."));
  else
    say_error (work, error);
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Work) work = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = model_contacts_export_finish (MODEL_CONTACTS (source), result, &error);
  GFile *file = work->file;

  if (bytes)
    g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, on_written, g_steal_pointer (&work));
  else
    say_error (work, error);
}

static void
on_export_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Work) work = data;
  ModelContacts *contacts = work->contacts;

  work->file = app_file_dialog_save_finish (result, NULL);
  if (work->file)
    model_contacts_export_async (contacts, 3, on_exported, g_steal_pointer (&work)); /* what every program reads */
}

typedef struct
{
  GtkWindow *window;
  ModelContacts *contacts;
  AdwToastOverlay *toasts;
} Place;

static void
place_free (gpointer data, GClosure *closure)
{
  Place *place = data;

  g_object_unref (place->contacts);
  g_free (place);
}

static void
on_import (GSimpleAction *action, GVariant *parameter, Place *place)
{
  app_file_dialog_open_async (place->window, _("Import Contacts"), FALSE, NULL, on_import_chosen,
                              work_new (place->window, place->contacts, place->toasts));
}

static void
on_export (GSimpleAction *action, GVariant *parameter, Place *place)
{
  app_file_dialog_save_async (place->window, _("Export Contacts"), "contacts.vcf", NULL, on_export_chosen,
                              work_new (place->window, place->contacts, place->toasts));
}

static void
add (GSimpleActionGroup *group, const char *name, GCallback callback, GtkWindow *window, ModelContacts *contacts, AdwToastOverlay *toasts)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new (name, NULL);
  Place *place = g_new0 (Place, 1);

  *place = (Place) { window, g_object_ref (contacts), toasts };
  g_signal_connect_data (action, "activate", callback, place, place_free, 0);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
}

void
contacts_files_add_actions (GtkWindow *window, ModelContacts *contacts, AdwToastOverlay *toasts)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  add (group, "import", G_CALLBACK (on_import), window, contacts, toasts);
  add (group, "export", G_CALLBACK (on_export), window, contacts, toasts);
  gtk_widget_insert_action_group (GTK_WIDGET (window), "files", G_ACTION_GROUP (group));
}
