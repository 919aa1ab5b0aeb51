/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real message table over a folder of 200,000 messages: how long until it is painted, sorted anew, and how long frames take while it is scrolled.
 * bench-list [N]; it wants a display: xvfb-run -a build/tests/bench/bench-list. Prints figures; asserts no time.
 *
 * A frame's work is what its frame clock takes from "before-paint" to "after-paint", drawing in software included, and how much of the processor the main
 * thread had for it, which says something on a loaded machine too; its gap is the time since the frame before it, with all that the main thread did in
 * between, and that is what a person sees. */
#include "app-state.h"
#include "base-config.h"
#include "bench-mail.h"
#include "messages-view.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <time.h>

#define MOST_FRAMES 2000
#define LIMIT_MS 33
#define PATIENCE_USEC (60 * G_USEC_PER_SEC)

typedef struct
{
  GtkWidget *window, *view;
  GtkColumnView *table;
  GtkAdjustment *adjustment;
  ModelMessageList *list;

  gint64 began, ended;          /* of the frame in hand, and of the one before it */
  double processor;             /* of this thread, when it began */
  GArray *work, *costs, *gaps;  /* of double, in ms */

  guint left;                   /* frames to scroll through */
  double step;                  /* in pixels */
} Bench;

static double
get_processor (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static void
on_before_paint (GdkFrameClock *clock, Bench *self)
{
  self->processor = get_processor ();
  self->began = g_get_monotonic_time ();
}

static void
on_after_paint (GdkFrameClock *clock, Bench *self)
{
  gint64 now = g_get_monotonic_time ();
  double work = (now - self->began) / 1000.0, cost = get_processor () - self->processor, gap = (now - self->ended) / 1000.0;

  if (self->ended > 0 && self->work->len < MOST_FRAMES)
    {
      g_array_append_val (self->work, work);
      g_array_append_val (self->costs, cost);
      g_array_append_val (self->gaps, gap);
    }
  self->ended = now;
}

static void
forget_frames (Bench *self)
{
  g_array_set_size (self->work, 0);
  g_array_set_size (self->costs, 0);
  g_array_set_size (self->gaps, 0);
  self->ended = 0;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a, other = *(const double *) b;

  return one < other ? -1 : one > other;
}

static double
get_share (GArray *sorted, guint per_mille)
{
  return sorted->len > 0 ? g_array_index (sorted, double, (sorted->len - 1) * per_mille / 1000) : 0;
}

static void
print_frames (Bench *self, const char *what)
{
  guint n_late = 0;

  g_array_sort (self->work, compare);
  g_array_sort (self->costs, compare);
  g_array_sort (self->gaps, compare);
  for (guint i = 0; i < self->gaps->len; i++)
    n_late += g_array_index (self->gaps, double, i) > LIMIT_MS;
  g_print ("%-28s %4u frames  ms at the median, of 99 %%, at worst: work %5.1f %5.1f %5.1f  processor %5.1f %5.1f %5.1f  gap %5.1f %5.1f %5.1f  over %d ms: %u\n",
           what, self->work->len, get_share (self->work, 500), get_share (self->work, 990), get_share (self->work, 1000), get_share (self->costs, 500),
           get_share (self->costs, 990), get_share (self->costs, 1000), get_share (self->gaps, 500), get_share (self->gaps, 990),
           get_share (self->gaps, 1000), LIMIT_MS, n_late);
}

static gboolean
on_tick (GtkWidget *view, GdkFrameClock *clock, gpointer data)
{
  Bench *self = data;
  double end = gtk_adjustment_get_upper (self->adjustment) - gtk_adjustment_get_page_size (self->adjustment);
  double next = gtk_adjustment_get_value (self->adjustment) + self->step;

  if (next < 0 || next > end)
    self->step = -self->step;
  gtk_adjustment_set_value (self->adjustment, CLAMP (next, 0, end));
  return --self->left > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
scroll (Bench *self, const char *what, guint n_frames, double step)
{
  gtk_adjustment_set_value (self->adjustment, 0);
  for (gint64 end = g_get_monotonic_time () + G_USEC_PER_SEC / 2; g_get_monotonic_time () < end;)
    g_main_context_iteration (NULL, FALSE);
  self->left = n_frames;
  self->step = step;
  forget_frames (self);
  gtk_widget_add_tick_callback (self->view, on_tick, self, NULL);
  while (self->left > 0)
    g_main_context_iteration (NULL, TRUE);
  print_frames (self, what);
}

static gboolean
is_painted (Bench *self)
{
  g_autoptr (GObject) first = model_message_list_is_loading (self->list) ? NULL : g_list_model_get_item (G_LIST_MODEL (self->list), 0);

  return first && self->work->len > 0;
}

/* From the person's wish to the frame that shows it */
static void
wait_for_rows (Bench *self, const char *what, gint64 began)
{
  for (gboolean is_here = FALSE; !is_here || self->work->len == 0;)
    {
      if (!is_here && !model_message_list_is_loading (self->list) && g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0)
        {
          is_here = TRUE;
          forget_frames (self);
          self->ended = g_get_monotonic_time ();
          gtk_widget_queue_draw (self->view);
        }
      if (g_get_monotonic_time () - began > PATIENCE_USEC)
        g_error ("%s: nothing came", what);
      g_main_context_iteration (NULL, !is_here);
    }
  g_print ("%-28s %8.1f ms until painted%s\n", what, (self->ended - began) / 1000.0, is_painted (self) ? "" : ", and nothing in it");
}

static void
sort_by (Bench *self, const char *column, GtkSortType order, const char *what)
{
  g_autoptr (GObject) object = NULL;
  gint64 began = g_get_monotonic_time ();

  object = gtk_widget_get_template_child (self->view, MESSAGES_TYPE_VIEW, column);
  g_object_ref (object);
  gtk_column_view_sort_by_column (self->table, GTK_COLUMN_VIEW_COLUMN (object), order);
  wait_for_rows (self, what, began);
}

static void
show_window (Bench *self, AppState *state)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
  GdkFrameClock *clock;

  gtk_css_provider_load_from_resource (provider, POSTHORN_RESOURCE_PATH "/style.css"); /* in the program AdwApplication does it */
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  self->window = adw_window_new ();
  self->view = g_object_new (MESSAGES_TYPE_VIEW, NULL);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1100, 750);
  adw_window_set_content (ADW_WINDOW (self->window), self->view);
  messages_view_set_list (MESSAGES_VIEW (self->view), self->list, state);
  self->table = GTK_COLUMN_VIEW (gtk_widget_get_template_child (self->view, MESSAGES_TYPE_VIEW, "table"));
  self->adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->table));
  gtk_window_present (GTK_WINDOW (self->window));
  clock = gtk_widget_get_frame_clock (self->window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (on_before_paint), self);
  g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), self);
}

static void
run (Bench *self, guint n, gint64 id)
{
  g_autoptr (ModelFolder) folder = model_folder_new_mailbox (id, 0);
  gint64 began;

  model_folder_update (folder, MAIL_ROLE_NONE, "Big", n, 0);
  began = g_get_monotonic_time ();
  messages_view_show_folder (MESSAGES_VIEW (self->view), folder, NULL);
  wait_for_rows (self, "opened", began);
  sort_by (self, "column_subject", GTK_SORT_ASCENDING, "sorted by subject");
  sort_by (self, "column_from", GTK_SORT_ASCENDING, "sorted by sender");
  sort_by (self, "column_received", GTK_SORT_DESCENDING, "sorted by date");
  scroll (self, "wheel, 3 rows a frame", 300, 90);
  scroll (self, "a page a frame", 300, gtk_adjustment_get_page_size (self->adjustment));
  scroll (self, "scrollbar, all in 300 frames", 300, gtk_adjustment_get_upper (self->adjustment) / 300);
  g_print ("rows in memory: %u of %u\n", model_message_list_get_n_loaded (self->list), n);
}

int
main (int argc, char **argv)
{
  guint n = argc > 1 ? (guint) atoi (argv[1]) : 200000;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_dir_make_tmp ("posthorn-bench-XXXXXX", &error);
  g_autofree char *file = g_build_filename (path, "mail.sqlite", NULL);
  g_autofree char *window = g_build_filename (path, "window.ini", NULL);
  g_autoptr (Store) store = store_new (file, &error);
  Bench bench = { .work = g_array_new (FALSE, FALSE, sizeof (double)), .costs = g_array_new (FALSE, FALSE, sizeof (double)), .gaps = g_array_new (FALSE, FALSE, sizeof (double)) };
  AppState *state;

  if (!store)
    g_error ("%s", error->message);
  adw_init ();
  bench.list = model_message_list_new (store);
  state = app_state_new (window);
  show_window (&bench, state);
  run (&bench, n, bench_mail_make_folder (store, n));
  gtk_window_destroy (GTK_WINDOW (bench.window));
  g_clear_object (&bench.list);
  g_clear_object (&state);
  store_close (store);
  g_remove (window);
  bench_mail_remove (file);
  g_array_unref (bench.work);
  g_array_unref (bench.costs);
  g_array_unref (bench.gaps);
  return 0;
}
