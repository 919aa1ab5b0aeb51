/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The message that is read, saved as a file. */
#include "reader-saving.h"

#include "app-file-dialog.h"
#include "base-config.h"

#include <glib/gi18n.h>
#include <string.h>

/* File names are made of the subject; most file systems take 255 bytes. */
#define MAX_NAME 150

/* What is saved is what was shown when it was asked for. */
typedef struct
{
  ReaderPage *page;
  ModelBody *body;
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_object_unref (wish->page);
  g_object_unref (wish->body);
  g_free (wish);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wish, wish_free)

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReaderPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = model_saver_finish (MODEL_SAVER (source), result, &error);
  g_autofree char *name = file ? g_file_get_basename (file) : NULL;
  /* Translators: %s is a file's name */
  g_autofree char *text = file ? g_strdup_printf (_("Saved as “%s”"), name) : NULL;

  if (file)
    reader_page_tell (page, text);
  else
    reader_page_tell_failure (page, error);
}

static void
on_file_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Wish) wish = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = app_file_dialog_save_finish (result, &error);
  ModelSaver *saver = reader_page_get_saver (wish->page);

  if (file && saver)
    model_saver_save_source_async (saver, wish->body, file, NULL, on_saved, g_object_ref (wish->page));
  else if (!file)
    reader_page_tell_failure (wish->page, error);
}

/* The subject as a file name that every system takes */
static char *
dup_file_name (ModelBody *body)
{
  const char *subject = model_body_get_subject (body);
  g_autofree char *name = g_strdup (subject[0] ? subject : _("message"));

  if (strlen (name) > MAX_NAME)
    {
      char *end = g_utf8_find_prev_char (name, name + MAX_NAME);

      if (end)
        *end = '\0';
    }
  g_strdelimit (name, "/\\:*?\"<>|", '-');
  if (name[0] == '.')
    name[0] = '-';
  return g_strconcat (name, ".eml", NULL);
}

void
reader_saving_begin (ReaderPage *page)
{
  ModelBody *body = reader_page_get_body (page);
  g_autofree char *name = body ? dup_file_name (body) : NULL;
  Wish *wish;

  if (!body)
    return;
  wish = g_new0 (Wish, 1);
  wish->page = g_object_ref (page);
  wish->body = g_object_ref (body);
  app_file_dialog_save_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))), _("Save Message"), name, NULL, on_file_chosen, wish);
}
