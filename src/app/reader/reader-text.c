/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message's text: to be read and copied, with links to click. */
#include "reader-text.h"

#include "base-config.h"
#include "mail-lines.h"
#include "reader-links.h"

#include <adwaita.h>
#include <string.h>

#define N_LEVELS 3 /* of quotes that look different; deeper ones begin again */

struct _ReaderText
{
  GtkTextView parent_instance;
  GtkTextTag *link_tag;
  GtkTextTag *quote_tags[N_LEVELS];
  GtkTextTag *found_tag;
  GtkTextTag *size_tag;
  double zoom;
  gboolean is_over_link;
};

enum
{
  LINK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ReaderText, reader_text, GTK_TYPE_TEXT_VIEW)

static char *
dup_link_at (ReaderText *self, const GtkTextIter *where)
{
  GtkTextIter start = *where, end = *where;
  g_autofree char *text = NULL;

  if (!gtk_text_iter_has_tag (where, self->link_tag))
    return NULL;
  if (!gtk_text_iter_starts_tag (&start, self->link_tag))
    gtk_text_iter_backward_to_tag_toggle (&start, self->link_tag);
  gtk_text_iter_forward_to_tag_toggle (&end, self->link_tag);
  text = gtk_text_iter_get_slice (&start, &end);
  return reader_links_dup_uri (text);
}

static gboolean
get_iter_at (ReaderText *self, double x, double y, GtkTextIter *iter)
{
  int left, top;

  gtk_text_view_window_to_buffer_coords (GTK_TEXT_VIEW (self), GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y, &left, &top);
  return gtk_text_view_get_iter_at_location (GTK_TEXT_VIEW (self), iter, left, top);
}

static void
on_released (GtkGestureClick *gesture, int n_press, double x, double y, ReaderText *self)
{
  GtkTextIter iter;
  g_autofree char *uri = NULL;

  if (n_press != 1 || gtk_text_buffer_get_has_selection (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self)))
      || !get_iter_at (self, x, y, &iter))
    return;
  uri = dup_link_at (self, &iter);
  if (uri)
    g_signal_emit (self, signals[LINK], 0, uri);
}

static void
on_motion (GtkEventControllerMotion *controller, double x, double y, ReaderText *self)
{
  GtkTextIter iter;
  gboolean is_over_link = get_iter_at (self, x, y, &iter) && gtk_text_iter_has_tag (&iter, self->link_tag);

  if (is_over_link == self->is_over_link)
    return;
  self->is_over_link = is_over_link;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), is_over_link ? "pointer" : "text");
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, ReaderText *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  g_autofree char *uri = NULL;
  GtkTextIter iter;

  if (key != GDK_KEY_Return && key != GDK_KEY_KP_Enter)
    return GDK_EVENT_PROPAGATE;
  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  uri = dup_link_at (self, &iter);
  if (!uri)
    return GDK_EVENT_PROPAGATE;
  g_signal_emit (self, signals[LINK], 0, uri);
  return GDK_EVENT_STOP;
}

/* On a light and on a dark ground, at least 5 to 1: who wrote what in a long exchange is seen at a glance, and the marks say it without colour. */
static const char *const quote_colors[N_LEVELS][2] = {
  { "#5e6468", "#a5a9ad" },
  { "#1f6e43", "#8fd0a5" },
  { "#7b3f9e", "#d0a5e0" },
};

/* Tags know no style classes: their colours follow light and dark from here. */
static void
follow_style (ReaderText *self)
{
  gboolean is_dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  g_object_set (self->link_tag, "foreground", is_dark ? "#78aeed" : "#1b6acb", NULL);
  for (guint i = 0; i < N_LEVELS; i++)
    g_object_set (self->quote_tags[i], "foreground", quote_colors[i][is_dark ? 1 : 0], NULL);
}

static void
reader_text_class_init (ReaderTextClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[LINK] = g_signal_new ("link", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/reader/reader-text.ui");
  gtk_widget_class_bind_template_callback (widget_class, on_released);
  gtk_widget_class_bind_template_callback (widget_class, on_motion);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
}

static void
reader_text_init (ReaderText *self)
{
  GtkTextBuffer *buffer;

  gtk_widget_init_template (GTK_WIDGET (self));
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  for (guint i = 0; i < N_LEVELS; i++)
    self->quote_tags[i] = gtk_text_buffer_create_tag (buffer, NULL, NULL);
  self->link_tag = gtk_text_buffer_create_tag (buffer, NULL, "underline", PANGO_UNDERLINE_SINGLE, NULL);
  self->size_tag = gtk_text_buffer_create_tag (buffer, NULL, NULL);
  self->found_tag = gtk_text_buffer_create_tag (buffer, NULL, "background", "#f5c211", "foreground", "#1e1e1e", NULL);
  self->zoom = 1;
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (follow_style), self, G_CONNECT_SWAPPED);
  follow_style (self);
}

/* How often a line is quoted: "> > text" and ">>text" are twice */
static guint
count_quotes (const char *text, gsize length)
{
  guint n = 0;

  for (gsize i = 0; i < length && (text[i] == '>' || (text[i] == ' ' && i > 0 && text[i - 1] == '>')); i++)
    n += text[i] == '>';
  return n;
}

static void
mark_line (ReaderText *self, GtkTextBuffer *buffer, int line, const char *text, gsize length, guint *n_links)
{
  guint n_quotes = count_quotes (text, length);
  GtkTextIter start, end;

  if (n_quotes)
    {
      gtk_text_buffer_get_iter_at_line (buffer, &start, line);
      end = start;
      gtk_text_iter_forward_to_line_end (&end);
      gtk_text_buffer_apply_tag (buffer, self->quote_tags[(n_quotes - 1) % N_LEVELS], &start, &end);
    }
  if (*n_links < READER_MAX_LINKS)
    {
      g_autoptr (GArray) links = reader_links_find (text, length);

      for (guint i = 0; i < links->len; i++)
        {
          const ReaderLink *link = &g_array_index (links, ReaderLink, i);

          gtk_text_buffer_get_iter_at_line_index (buffer, &start, line, (int) link->start);
          gtk_text_buffer_get_iter_at_line_index (buffer, &end, line, (int) link->end);
          gtk_text_buffer_apply_tag (buffer, self->link_tag, &start, &end);
        }
      *n_links += links->len;
    }
}

void
reader_text_set_text (ReaderText *self, const char *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  g_autofree char *unified = mail_lines_unify (text); /* so that the buffer's lines are ours */
  const char *at = unified;
  GtkTextIter start;
  guint n_links = 0;

  gtk_text_buffer_set_text (buffer, unified, -1);
  for (int line = 0; *at; line++)
    {
      const char *newline = strchr (at, '\n');
      gsize length = newline ? (gsize) (newline - at) : strlen (at);

      mark_line (self, buffer, line, at, length, &n_links);
      at += length + (newline ? 1 : 0);
    }
  reader_text_set_zoom (self, self->zoom);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
  /* not to the first character: the margin above it is to be seen too */
  if (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self)))
    gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self)), 0);
}

void
reader_text_set_zoom (ReaderText *self, double zoom)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter start, end;

  self->zoom = zoom;
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_remove_tag (buffer, self->size_tag, &start, &end);
  g_object_set (self->size_tag, "scale", zoom, NULL);
  if (zoom < 0.99 || zoom > 1.01)
    gtk_text_buffer_apply_tag (buffer, self->size_tag, &start, &end);
}

static guint
mark_all (ReaderText *self, GtkTextBuffer *buffer, const char *text)
{
  GtkTextIter start, end, at;
  guint n = 0;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_remove_tag (buffer, self->found_tag, &start, &end);
  if (!text || !*text)
    return 0;
  for (at = start; n < READER_MAX_FOUND && gtk_text_iter_forward_search (&at, text, GTK_TEXT_SEARCH_CASE_INSENSITIVE, &start, &end, NULL); at = end)
    {
      gtk_text_buffer_apply_tag (buffer, self->found_tag, &start, &end);
      n++;
    }
  return n;
}

/* The next one from the selection on, round the end */
static void
go_to_found (ReaderText *self, GtkTextBuffer *buffer, const char *text, int step)
{
  GtkTextIter start, end, at, round;
  gboolean is_found;

  gtk_text_buffer_get_selection_bounds (buffer, &start, &end);
  if (step < 0)
    {
      gtk_text_buffer_get_end_iter (buffer, &round);
      at = start;
      is_found = gtk_text_iter_backward_search (&at, text, GTK_TEXT_SEARCH_CASE_INSENSITIVE, &start, &end, NULL)
                 || gtk_text_iter_backward_search (&round, text, GTK_TEXT_SEARCH_CASE_INSENSITIVE, &start, &end, NULL);
    }
  else
    {
      gtk_text_buffer_get_start_iter (buffer, &round);
      at = step ? end : start;
      is_found = gtk_text_iter_forward_search (&at, text, GTK_TEXT_SEARCH_CASE_INSENSITIVE, &start, &end, NULL)
                 || gtk_text_iter_forward_search (&round, text, GTK_TEXT_SEARCH_CASE_INSENSITIVE, &start, &end, NULL);
    }
  if (!is_found)
    return;
  gtk_text_buffer_select_range (buffer, &start, &end);
  gtk_text_view_scroll_to_iter (GTK_TEXT_VIEW (self), &start, 0.1, FALSE, 0, 0);
}

guint
reader_text_find (ReaderText *self, const char *text, int step)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  guint n = mark_all (self, buffer, text);

  if (n)
    go_to_found (self, buffer, text, step);
  return n;
}

/* Bytes into all of the text become bytes into a line: the lines are walked once, with the ranges, which are in order. */
void
reader_text_highlight (ReaderText *self, MailHighlight *words)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  g_autoptr (GArray) ranges = NULL;
  g_autofree char *text = NULL;
  GtkTextIter start, end;
  gsize line_start = 0;
  int line = 0;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_remove_tag (buffer, self->found_tag, &start, &end);
  if (!words)
    return;
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  ranges = mail_highlight_find (words, text, 1 << MAIL_FIELD_BODY);
  for (guint i = 0; i < ranges->len; i++)
    {
      const MailRange *range = &g_array_index (ranges, MailRange, i);
      const char *newline;

      while ((newline = memchr (text + line_start, '\n', range->start - line_start)))
        {
          line_start = (gsize) (newline + 1 - text);
          line++;
        }
      gtk_text_buffer_get_iter_at_line_index (buffer, &start, line, (int) (range->start - line_start));
      end = start;
      gtk_text_iter_forward_chars (&end, (int) g_utf8_strlen (text + range->start, range->end - range->start));
      gtk_text_buffer_apply_tag (buffer, self->found_tag, &start, &end);
    }
}
