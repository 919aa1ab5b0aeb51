/* SPDX-License-Identifier: GPL-3.0-or-later */
/* posthorn --render: a message drawn into a picture, with the reader's own web view. */
#include "app-render.h"

#include "base-config.h"
#include "mime-summary.h"
#include "model-body.h"
#include "reader-web.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#define DEADLINE_SECONDS 120
#define HEIGHT 600
#define FRAMES 3              /* drawn after the page says that it is there */

typedef struct
{
  const AppRender *render;
  const WebApi *api;
  GMainLoop *loop;
  ModelBody *body;
  GtkWidget *view;
  int n_frames;
  gboolean is_taking;
  gboolean is_done;
  GError *error;
} Job;

static void
end (Job *job)
{
  g_main_loop_quit (job->loop);
}

static void
fail (Job *job, const GError *error)
{
  if (!job->error && !job->is_done)
    job->error = g_error_copy (error);
  end (job);
}

static gboolean
on_late (gpointer data)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, _("The message did not settle in time."));

  fail (data, error);
  return G_SOURCE_CONTINUE; /* removed with the loop */
}

static void
on_snapshot (GObject *source, GAsyncResult *result, gpointer data)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = job->api->snapshot_finish (GTK_WIDGET (source), result, &error);

  if (!texture)
    fail (job, error);
  else if (!gdk_texture_save_to_png (texture, job->render->png))
    {
      g_set_error (&error, G_IO_ERROR, G_IO_ERROR_FAILED, _("“%s” could not be written."), job->render->png);
      fail (job, error);
    }
  else
    {
      job->is_done = TRUE;
      end (job);
    }
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Job *job = data;

  if (++job->n_frames < FRAMES)
    {
      gtk_widget_queue_draw (widget);
      return G_SOURCE_CONTINUE;
    }
  job->api->snapshot_async (job->view, NULL, on_snapshot, job);
  return G_SOURCE_REMOVE;
}

static void
on_settled (Job *job)
{
  if (job->is_taking)
    return;
  job->is_taking = TRUE;
  gtk_widget_add_tick_callback (job->view, on_tick, job, NULL);
}

static void
on_broken (Job *job, const GError *reason)
{
  g_autoptr (GError) error = g_error_copy (reason);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
    g_prefix_error (&error, "%s ", _("This system does not let Posthorn lock the page into a sandbox, so it was not drawn."));
  fail (job, error);
}

static GBytes *
get_part (const char *content_id, const char **type, gpointer data)
{
  return model_body_ref_part (data, content_id, type);
}

static void
show (Job *job)
{
  g_autofree char *shown = model_body_dup_page (job->body, job->render->is_dark);
  g_autofree char *html = shown ? g_steal_pointer (&shown) : model_body_dup_text_page (job->body, job->render->is_dark);
  WebPage page = {
    .html = html,
    .get_part = get_part,
    .data = g_object_ref (job->body),
    .destroy = g_object_unref,
    .is_dark = job->render->is_dark,
    .loads_remote = job->render->loads_remote,
  };

  job->api->show (job->view, &page);
}

/* The compiled filter needs a folder; this one goes again. */
static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_remove (file);
    }
  g_rmdir (path);
}

static void
draw (Job *job, const char *folder)
{
  GtkWidget *window = gtk_window_new ();
  guint clock = g_timeout_add_seconds (DEADLINE_SECONDS, on_late, job);

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), job->render->is_dark ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT);
  job->loop = g_main_loop_new (NULL, FALSE);
  job->view = job->api->new_view (folder, NULL);
  g_signal_connect_swapped (job->view, "settled", G_CALLBACK (on_settled), job);
  g_signal_connect_swapped (job->view, "broken", G_CALLBACK (on_broken), job);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), job->render->width, HEIGHT);
  gtk_window_set_child (GTK_WINDOW (window), job->view);
  gtk_window_present (GTK_WINDOW (window));
  show (job);
  g_main_loop_run (job->loop);
  g_source_remove (clock);
  gtk_window_destroy (GTK_WINDOW (window));
  g_clear_pointer (&job->loop, g_main_loop_unref);
}

static gboolean
run (Job *job, GError **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *data = NULL;
  g_autoptr (GBytes) source = NULL;
  gsize length;

  if (!g_file_get_contents (job->render->file, &data, &length, error))
    return FALSE;
  source = g_bytes_new_take (g_steal_pointer (&data), length);
  if (!gtk_init_check ())
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("There is no display."));
      return FALSE;
    }
  adw_init ();
  mime_init ();
  job->api = reader_web_load (error);
  folder = job->api ? g_dir_make_tmp ("posthorn-render-XXXXXX", error) : NULL;
  if (!folder)
    return FALSE;
  job->body = model_body_new_from_source (source);
  draw (job, folder);
  g_object_unref (job->body);
  remove_folder (folder);
  if (job->error)
    g_propagate_error (error, g_steal_pointer (&job->error));
  return job->is_done;
}

int
app_render_run (const AppRender *render)
{
  Job job = { .render = render };
  g_autoptr (GError) error = NULL;

  if (run (&job, &error))
    return 0;
  g_printerr ("posthorn: %s\n", error ? error->message : _("The message could not be drawn."));
  return 1;
}
