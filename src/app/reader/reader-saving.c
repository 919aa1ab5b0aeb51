/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The message that is read, saved as a file. */
#include "reader-saving.h"

#include "app-file-dialog.h"
#include "base-config.h"
#include "reader-paper.h"

#include <glib/gi18n.h>
#include <string.h>

/* File names are made of the subject; most file systems take 255 bytes. */
#define MAX_NAME 150

/* What is saved is what was shown when it was asked for. */
typedef struct
{
  ReaderPage *page;
  ModelBody *body;
  ReaderSavingKind kind;
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
tell (ReaderPage *page, GFile *file, const GError *error)
{
  g_autofree char *name = error ? NULL : g_file_get_basename (file);
  /* Translators: %s is a file's name */
  g_autofree char *text = error ? NULL : g_strdup_printf (_("Saved as “%s”"), name);

  if (error)
    reader_page_tell_failure (page, error);
  else
    reader_page_tell (page, text);
}

static void
on_pdf_saved (GFile *file, const GError *error, gpointer data)
{
  g_autoptr (ReaderPage) page = data;

  tell (page, file, error);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReaderPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = model_saver_finish (MODEL_SAVER (source), result, &error);

  tell (page, file, error);
}

/* A PDF is made of what is shown; leafed on meanwhile, it would be another message's. */
static void
save_pdf (Wish *wish, GFile *file)
{
  if (reader_page_get_body (wish->page) == wish->body)
    reader_body_save_pdf (reader_page_get_content (wish->page), file, on_pdf_saved, g_object_ref (wish->page));
}

static void
on_file_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Wish) wish = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = app_file_dialog_save_finish (result, &error);
  ModelSaver *saver = reader_page_get_saver (wish->page);

  if (!file)
    reader_page_tell_failure (wish->page, error);
  else if (wish->kind == READER_SAVING_PDF)
    save_pdf (wish, file);
  else if (saver && wish->kind == READER_SAVING_TEXT)
    {
      g_autofree char *text = reader_paper_dup_text (wish->body);
      gsize length = strlen (text);
      g_autoptr (GBytes) bytes = g_bytes_new_take (g_steal_pointer (&text), length);

      model_saver_save_bytes_async (saver, bytes, file, NULL, on_saved, g_object_ref (wish->page));
    }
  else if (saver)
    model_saver_save_source_async (saver, wish->body, file, NULL, on_saved, g_object_ref (wish->page));
}

/* The subject as a file name that every system takes */
static char *
dup_file_name (ModelBody *body, ReaderSavingKind kind)
{
  static const char *const endings[] = { ".eml", ".txt", ".pdf" };
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
  return g_strconcat (name, endings[kind], NULL);
}

void
reader_saving_begin (ReaderPage *page, ReaderSavingKind kind)
{
  ModelBody *body = reader_page_get_body (page);
  g_autofree char *name = body ? dup_file_name (body, kind) : NULL;
  Wish *wish;

  if (!body)
    return;
  wish = g_new0 (Wish, 1);
  wish->page = g_object_ref (page);
  wish->body = g_object_ref (body);
  wish->kind = kind;
  app_file_dialog_save_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))), _("Save Message"), name, NULL, on_file_chosen, wish);
}

static void
on_launched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReaderPage) page = data;
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error))
    reader_page_tell_failure (page, error);
}

static void
on_preview_saved (GFile *file, const GError *error, gpointer data)
{
  g_autoptr (ReaderPage) page = data;
  g_autoptr (GdkAppLaunchContext) context = NULL;
  g_autofree char *uri = g_file_get_uri (file);

  if (error)
    {
      reader_page_tell_failure (page, error);
      return;
    }
  context = gdk_display_get_app_launch_context (gtk_widget_get_display (GTK_WIDGET (page)));
  g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context), NULL, on_launched, g_object_ref (page));
}

void
reader_saving_preview (ReaderPage *page)
{
  ModelBody *body = reader_page_get_body (page);
  ModelSaver *saver = reader_page_get_saver (page);
  g_autofree char *name = body ? dup_file_name (body, READER_SAVING_PDF) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = name && saver ? model_saver_make_place (saver, name, &error) : NULL;

  if (file)
    reader_body_save_pdf (reader_page_get_content (page), file, on_preview_saved, g_object_ref (page));
  else if (error)
    reader_page_tell_failure (page, error);
}
