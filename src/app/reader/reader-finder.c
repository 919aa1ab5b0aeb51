/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bar that looks for words in the message. */
#include "reader-finder.h"

#include "base-config.h"

#include <glib/gi18n.h>

struct _ReaderFinder
{
  GtkWidget parent_instance;

  GtkSearchBar *bar;
  GtkEditable *entry;
  GtkLabel *count;
};

enum
{
  FIND,
  ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ReaderFinder, reader_finder, GTK_TYPE_WIDGET)

static void
find (ReaderFinder *self, int step)
{
  const char *text = gtk_editable_get_text (self->entry);

  if (!*text)
    gtk_label_set_text (self->count, "");
  g_signal_emit (self, signals[FIND], 0, text, step);
}

static void
on_changed (ReaderFinder *self)
{
  if (gtk_search_bar_get_search_mode (self->bar))
    find (self, 0);
}

static void
on_next (ReaderFinder *self)
{
  find (self, 1);
}

static void
on_previous (ReaderFinder *self)
{
  find (self, -1);
}

static void
on_mode_changed (ReaderFinder *self)
{
  if (!gtk_search_bar_get_search_mode (self->bar))
    g_signal_emit (self, signals[ENDED], 0);
}

static void
on_stop (ReaderFinder *self)
{
  reader_finder_close (self);
}

static void
reader_finder_dispose (GObject *object)
{
  GtkWidget *bar = GTK_WIDGET (READER_FINDER (object)->bar);

  READER_FINDER (object)->bar = NULL;
  g_clear_pointer (&bar, gtk_widget_unparent);
  G_OBJECT_CLASS (reader_finder_parent_class)->dispose (object);
}

static void
reader_finder_class_init (ReaderFinderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reader_finder_dispose;
  signals[FIND] = g_signal_new ("find", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT);
  signals[ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/reader/reader-finder.ui");
  gtk_widget_class_bind_template_child (widget_class, ReaderFinder, bar);
  gtk_widget_class_bind_template_child (widget_class, ReaderFinder, entry);
  gtk_widget_class_bind_template_child (widget_class, ReaderFinder, count);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_next);
  gtk_widget_class_bind_template_callback (widget_class, on_previous);
  gtk_widget_class_bind_template_callback (widget_class, on_mode_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_stop);
}

static void
reader_finder_init (ReaderFinder *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->bar, self->entry);
}

void
reader_finder_open (ReaderFinder *self, int step)
{
  if (gtk_search_bar_get_search_mode (self->bar) && step)
    {
      find (self, step);
      return;
    }
  gtk_search_bar_set_search_mode (self->bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (self->entry, 0, -1);
  find (self, 0);
}

void
reader_finder_close (ReaderFinder *self)
{
  gtk_search_bar_set_search_mode (self->bar, FALSE);
}

void
reader_finder_set_count (ReaderFinder *self, guint n)
{
  g_autofree char *text = NULL;

  if (!*gtk_editable_get_text (self->entry))
    text = g_strdup ("");
  else if (n == 0)
    text = g_strdup (_("Not found"));
  else
    /* Translators: how often a word stands in the message */
    text = g_strdup_printf (ngettext ("%u time", "%u times", n), n);
  gtk_label_set_text (self->count, text);
}
