/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the keyboard is in the main window. */
#include "app-focus.h"

#define N_PANES 3

struct _AppFocus
{
  GObject parent_instance;

  GtkWindow *window;            /* it owns this */
  GtkWidget *panes[N_PANES];
  GtkWidget *menu;
  guint last;                   /* the pane that had the keyboard last; N_PANES: none yet */
  guint return_source;
};

G_DEFINE_FINAL_TYPE (AppFocus, app_focus, G_TYPE_OBJECT)

static gboolean
has_focus (AppFocus *self, GtkWidget *widget)
{
  GtkWidget *focus = gtk_window_get_focus (self->window);

  return focus && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

static void
on_focus_changed (AppFocus *self)
{
  for (guint i = 0; i < N_PANES; i++)
    if (has_focus (self, self->panes[i]))
      self->last = i;
}

static gboolean
on_return_due (gpointer data)
{
  AppFocus *self = data;

  self->return_source = 0;
  if (self->last < N_PANES && has_focus (self, self->menu) && gtk_widget_get_mapped (self->panes[self->last]))
    gtk_widget_grab_focus (self->panes[self->last]);
  return G_SOURCE_REMOVE;
}

/* The menu gives the keyboard to its button first. */
static void
on_menu_closed (AppFocus *self)
{
  if (!self->return_source)
    self->return_source = g_idle_add (on_return_due, self);
}

void
app_focus_go_round (AppFocus *self, gboolean is_backward)
{
  guint current = is_backward ? 0 : N_PANES - 1;

  for (guint i = 0; i < N_PANES; i++)
    if (has_focus (self, self->panes[i]))
      current = i;
  for (guint i = 1; i <= N_PANES; i++)
    {
      GtkWidget *next = self->panes[(current + (is_backward ? N_PANES - i : i)) % N_PANES];

      if (gtk_widget_get_mapped (next) && gtk_widget_grab_focus (next))
        return;
    }
}

static void
app_focus_dispose (GObject *object)
{
  g_clear_handle_id (&APP_FOCUS (object)->return_source, g_source_remove);
  G_OBJECT_CLASS (app_focus_parent_class)->dispose (object);
}

static void
app_focus_class_init (AppFocusClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = app_focus_dispose;
}

static void
app_focus_init (AppFocus *self)
{
  self->last = N_PANES;
}

AppFocus *
app_focus_new (GtkWindow *window, GtkWidget *const panes[3], GtkMenuButton *menu)
{
  AppFocus *self = g_object_new (APP_TYPE_FOCUS, NULL);

  self->window = window;
  for (guint i = 0; i < N_PANES; i++)
    self->panes[i] = panes[i];
  self->menu = GTK_WIDGET (menu);
  g_signal_connect_object (window, "notify::focus-widget", G_CALLBACK (on_focus_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_menu_button_get_popover (menu), "closed", G_CALLBACK (on_menu_closed), self, G_CONNECT_SWAPPED);
  return self;
}
