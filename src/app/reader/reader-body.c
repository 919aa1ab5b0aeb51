/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The body of a message: its HTML behind the wall, or its text; links, finding, size. */
#include "reader-body.h"

#include "base-config.h"
#include "reader-finder.h"
#include "reader-text.h"
#include "reader-web.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#define MISLEADING "misleading:"

struct _ReaderBody
{
  GtkWidget parent_instance;

  ModelBody *body;             /* NULL: nothing is shown */
  gboolean loads_remote;
  gboolean is_plain;
  gboolean is_web_broken;      /* of this message: its text is shown */
  double zoom;
  MailHighlight *highlight;    /* NULL: nothing */

  const WebApi *api;           /* NULL until the first HTML */
  GtkWidget *web;
  ReaderPrinter *printer;      /* NULL until something is printed */

  GtkWidget *box;
  GtkStack *stack;
  ReaderText *text;
  AdwBin *slot;
  GtkLabel *target;
  ReaderFinder *finder;
};

enum
{
  LINK,
  FAILED,
  SETTLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ReaderBody, reader_body, GTK_TYPE_WIDGET)

static void update (ReaderBody *self);

/* Links */

static void
on_text_link (ReaderBody *self, const char *uri)
{
  g_signal_emit (self, signals[LINK], 0, uri, FALSE);
}

static void
on_web_link (ReaderBody *self, const char *uri)
{
  gboolean is_misleading = g_str_has_prefix (uri, MISLEADING);

  g_signal_emit (self, signals[LINK], 0, is_misleading ? uri + strlen (MISLEADING) : uri, is_misleading);
}

/* Where a link leads stands at the foot while the pointer is over it. */
static void
on_hover (ReaderBody *self, const char *uri)
{
  g_autofree char *shown = NULL;

  if (uri && g_str_has_prefix (uri, MISLEADING))
    /* Translators: %s is the address a link leads to; its text shows another */
    shown = g_strdup_printf (_("⚠ Leads elsewhere: %s"), uri + strlen (MISLEADING));
  else if (uri && !g_str_has_prefix (uri, "about:"))
    shown = g_strdup (uri);
  gtk_label_set_text (self->target, shown ? shown : "");
  gtk_widget_set_visible (GTK_WIDGET (self->target), shown != NULL);
}

/* Pages */

static void
mark_in_page (ReaderBody *self)
{
  const char *text = model_body_get_text (self->body);
  g_autoptr (GArray) ranges = mail_highlight_find (self->highlight, text, 1 << MAIL_FIELD_BODY);
  const MailRange *first = ranges->len ? &g_array_index (ranges, MailRange, 0) : NULL;
  g_autofree char *found = first ? g_strndup (text + first->start, first->end - first->start) : NULL;

  self->api->find (self->web, found, 0);
}

static void
on_settled (ReaderBody *self)
{
  if (self->highlight && reader_body_shows_html (self))
    mark_in_page (self);
  g_signal_emit (self, signals[SETTLED], 0);
}

static void
on_broken (ReaderBody *self, const GError *error)
{
  self->is_web_broken = TRUE;
  g_message ("A page could not be shown: %s", error->message);
  update (self);
  g_signal_emit (self, signals[FAILED], 0, error);
}

static void
on_found (ReaderBody *self, guint n)
{
  reader_finder_set_count (self->finder, n);
}

static gboolean
make_web (ReaderBody *self, GError **error)
{
  g_autofree char *folder = NULL;

  if (self->web)
    return TRUE;
  self->api = reader_web_load (error);
  if (!self->api)
    return FALSE;
  folder = reader_web_dup_folder ();
  self->web = self->api->new_view (folder, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->web), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Message"), -1);
  g_signal_connect_object (self->web, "link", G_CALLBACK (on_web_link), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->web, "hover", G_CALLBACK (on_hover), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->web, "settled", G_CALLBACK (on_settled), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->web, "broken", G_CALLBACK (on_broken), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->web, "found", G_CALLBACK (on_found), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->slot, self->web);
  self->api->set_zoom (self->web, self->zoom);
  return TRUE;
}

static GBytes *
get_part (const char *content_id, const char **type, gpointer data)
{
  return model_body_ref_part (data, content_id, type);
}

static void
show_page (ReaderBody *self, const char *html, gboolean is_dark)
{
  WebPage page = {
    .html = html,
    .get_part = get_part,
    .data = g_object_ref (self->body),
    .destroy = g_object_unref,
    .is_dark = is_dark,
    .loads_remote = self->loads_remote,
  };

  self->api->show (self->web, &page);
}

static void
update (ReaderBody *self)
{
  gboolean is_dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  g_autofree char *html = self->body && !self->is_plain && !self->is_web_broken ? model_body_dup_page (self->body, is_dark) : NULL;
  g_autoptr (GError) error = NULL;

  on_hover (self, NULL);
  if (html && !make_web (self, &error))
    {
      self->is_web_broken = TRUE;
      g_clear_pointer (&html, g_free);
      g_message ("%s", error->message);
    }
  gtk_stack_set_visible_child_name (self->stack, html ? "web" : "text");
  if (html)
    show_page (self, html, is_dark);
  else
    g_signal_emit (self, signals[SETTLED], 0);
  if (!html)
    reader_text_highlight (self->text, self->highlight);
}

static void
on_dark_changed (ReaderBody *self)
{
  if (reader_body_shows_html (self))
    update (self);
}

/* The finder */

static void
on_find (ReaderBody *self, const char *text, int step)
{
  if (reader_body_shows_html (self))
    self->api->find (self->web, text, step);
  else
    on_found (self, reader_text_find (self->text, text, step));
}

static void
on_find_ended (ReaderBody *self)
{
  /* not where it was closed because another message is shown: who leafs through the list stays there */
  gboolean has_focus = gtk_widget_get_state_flags (GTK_WIDGET (self->finder)) & GTK_STATE_FLAG_FOCUS_WITHIN;

  on_find (self, NULL, 0);
  if (has_focus)
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static gboolean
reader_body_grab_focus (GtkWidget *widget)
{
  ReaderBody *self = READER_BODY (widget);

  return gtk_widget_grab_focus (reader_body_shows_html (self) ? self->web : GTK_WIDGET (self->text));
}

static void
reader_body_dispose (GObject *object)
{
  ReaderBody *self = READER_BODY (object);

  g_clear_object (&self->body);
  self->web = NULL;
  self->printer = NULL;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (reader_body_parent_class)->dispose (object);
}

static void
reader_body_finalize (GObject *object)
{
  g_clear_pointer (&READER_BODY (object)->highlight, mail_highlight_unref);
  G_OBJECT_CLASS (reader_body_parent_class)->finalize (object);
}

static void
reader_body_class_init (ReaderBodyClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reader_body_dispose;
  G_OBJECT_CLASS (klass)->finalize = reader_body_finalize;
  widget_class->grab_focus = reader_body_grab_focus;

  signals[LINK] = g_signal_new ("link", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[SETTLED] = g_signal_new ("settled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (READER_TYPE_TEXT);
  g_type_ensure (READER_TYPE_FINDER);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/reader/reader-body.ui");
  gtk_widget_class_bind_template_child (widget_class, ReaderBody, box);
  gtk_widget_class_bind_template_child (widget_class, ReaderBody, stack);
  gtk_widget_class_bind_template_child (widget_class, ReaderBody, text);
  gtk_widget_class_bind_template_child (widget_class, ReaderBody, slot);
  gtk_widget_class_bind_template_child (widget_class, ReaderBody, target);
  gtk_widget_class_bind_template_child (widget_class, ReaderBody, finder);
  gtk_widget_class_bind_template_callback (widget_class, on_text_link);
  gtk_widget_class_bind_template_callback (widget_class, on_find);
  gtk_widget_class_bind_template_callback (widget_class, on_find_ended);
}

static void
reader_body_init (ReaderBody *self)
{
  self->zoom = 1;
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (on_dark_changed), self, G_CONNECT_SWAPPED);
}

void
reader_body_show (ReaderBody *self, ModelBody *body, gboolean loads_remote)
{
  g_set_object (&self->body, body);
  self->loads_remote = loads_remote;
  self->is_web_broken = FALSE;
  reader_finder_close (self->finder);
  /* also where the page is shown: it is what accessibility and "as text" read */
  reader_text_set_text (self->text, body ? model_body_get_text (body) : "");
  update (self);
}

void
reader_body_set_is_plain (ReaderBody *self, gboolean is_plain)
{
  self->is_plain = is_plain;
  update (self);
}

gboolean
reader_body_shows_html (ReaderBody *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "web") == 0;
}

void
reader_body_set_zoom (ReaderBody *self, double zoom)
{
  self->zoom = CLAMP (zoom, 0.3, 3);
  if (self->web)
    self->api->set_zoom (self->web, self->zoom);
  reader_text_set_zoom (self->text, self->zoom);
}

double
reader_body_get_zoom (ReaderBody *self)
{
  return self->zoom;
}

void
reader_body_find (ReaderBody *self, int step)
{
  reader_finder_open (self->finder, step);
}

void
reader_body_highlight (ReaderBody *self, MailHighlight *words)
{
  if (self->highlight == words)
    return;
  g_clear_pointer (&self->highlight, mail_highlight_unref);
  self->highlight = words ? mail_highlight_ref (words) : NULL;
  if (!self->body)
    return;
  if (!reader_body_shows_html (self))
    reader_text_highlight (self->text, words);
  else if (words)
    mark_in_page (self);
  else
    self->api->find (self->web, NULL, 0);
}

void
reader_body_select_all (ReaderBody *self)
{
  if (reader_body_shows_html (self))
    self->api->select_all (self->web);
  else
    g_signal_emit_by_name (self->text, "select-all", TRUE);
}

static ReaderPrinter *
get_printer (ReaderBody *self, GError **error)
{
  if (!self->printer && make_web (self, error))
    {
      self->printer = reader_printer_new (self->api, self->web);
      gtk_stack_add_named (self->stack, GTK_WIDGET (self->printer), "paper"); /* a page must be somewhere to be laid out; never shown */
    }
  return self->printer;
}

void
reader_body_print (ReaderBody *self, GtkWindow *parent, ReaderPrinterFunc func, gpointer data)
{
  g_autoptr (GError) error = NULL;
  ReaderPrinter *printer = get_printer (self, &error);

  if (printer && self->body)
    reader_printer_print (printer, self->body, self->is_plain || self->is_web_broken, self->loads_remote, parent, func, data);
  else
    func (NULL, error, data);
}

void
reader_body_save_pdf (ReaderBody *self, GFile *file, ReaderPrinterFunc func, gpointer data)
{
  g_autoptr (GError) error = NULL;
  ReaderPrinter *printer = get_printer (self, &error);

  if (printer && self->body)
    reader_printer_save (printer, self->body, self->is_plain || self->is_web_broken, self->loads_remote, file, func, data);
  else
    func (file, error, data);
}
