/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page that nobody sees: what goes to paper or into a PDF is laid out in it, and the one that is read stays as it is. */
#include "reader-printer.h"

#include "base-config.h"
#include "reader-paper.h"
#include "reader-web.h"

struct _ReaderPrinter
{
  GtkWidget parent_instance;

  const WebApi *api;
  GtkWidget *web;

  /* what waits for the page */
  GtkWindow *parent;         /* weak: to be asked in */
  GFile *file;
  ReaderPrinterFunc func;    /* NULL: nothing waits */
  gpointer data;
};

G_DEFINE_FINAL_TYPE (ReaderPrinter, reader_printer, GTK_TYPE_WIDGET)

typedef struct
{
  GFile *file;
  ReaderPrinterFunc func;
  gpointer data;
} Saving;

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  Saving *saving = data;
  const WebApi *api = g_object_get_data (source, "posthorn-api");
  g_autoptr (GError) error = NULL;

  api->save_pdf_finish (GTK_WIDGET (source), result, &error);
  saving->func (saving->file, error, saving->data);
  g_object_unref (saving->file);
  g_free (saving);
}

/* Takes what waits out of @self: it is told once. */
static void
end_waiting (ReaderPrinter *self, const GError *error)
{
  g_autoptr (GFile) file = g_steal_pointer (&self->file);
  ReaderPrinterFunc func = g_steal_pointer (&self->func);

  g_clear_weak_pointer (&self->parent);
  if (func)
    func (file, error, self->data);
}

static void
on_settled (ReaderPrinter *self)
{
  GtkWindow *parent = self->parent;

  if (self->file)
    {
      Saving *saving = g_new0 (Saving, 1);

      saving->file = g_steal_pointer (&self->file);
      saving->func = g_steal_pointer (&self->func);
      saving->data = self->data;
      self->api->save_pdf_async (self->web, saving->file, on_saved, saving);
    }
  else if (self->func)
    {
      end_waiting (self, NULL);
      if (parent)
        self->api->print (self->web, parent); /* comes back when the dialog is answered */
    }
}

static void
on_broken (ReaderPrinter *self, const GError *error)
{
  end_waiting (self, error);
}

static GBytes *
get_part (const char *content_id, const char **type, gpointer data)
{
  return model_body_ref_part (data, content_id, type);
}

static void
show (ReaderPrinter *self, ModelBody *body, gboolean is_plain, gboolean loads_remote)
{
  g_autofree char *html = reader_paper_dup_page (body, is_plain);
  WebPage page = {
    .html = html,
    .get_part = get_part,
    .data = g_object_ref (body),
    .destroy = g_object_unref,
    .loads_remote = loads_remote,
  };

  self->api->show (self->web, &page);
}

static void
give_up_waiting (ReaderPrinter *self)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Something else is printed");

  end_waiting (self, error);
}

static void
reader_printer_dispose (GObject *object)
{
  ReaderPrinter *self = READER_PRINTER (object);

  give_up_waiting (self);
  g_clear_pointer (&self->web, gtk_widget_unparent);
  G_OBJECT_CLASS (reader_printer_parent_class)->dispose (object);
}

static void
reader_printer_class_init (ReaderPrinterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = reader_printer_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
reader_printer_init (ReaderPrinter *self)
{
}

ReaderPrinter *
reader_printer_new (const WebApi *api, GtkWidget *related)
{
  ReaderPrinter *self = g_object_new (READER_TYPE_PRINTER, NULL);
  g_autofree char *folder = reader_web_dup_folder ();

  self->api = api;
  self->web = api->new_view (folder, related);
  g_object_set_data (G_OBJECT (self->web), "posthorn-api", (gpointer) api);
  g_signal_connect_object (self->web, "settled", G_CALLBACK (on_settled), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->web, "broken", G_CALLBACK (on_broken), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->web, GTK_WIDGET (self));
  return self;
}

void
reader_printer_print (ReaderPrinter *self, ModelBody *body, gboolean is_plain, gboolean loads_remote, GtkWindow *parent,
                      ReaderPrinterFunc func, gpointer data)
{
  give_up_waiting (self);
  self->func = func;
  self->data = data;
  g_set_weak_pointer (&self->parent, parent);
  show (self, body, is_plain, loads_remote);
}

void
reader_printer_save (ReaderPrinter *self, ModelBody *body, gboolean is_plain, gboolean loads_remote, GFile *file,
                     ReaderPrinterFunc func, gpointer data)
{
  give_up_waiting (self);
  self->file = g_object_ref (file);
  self->func = func;
  self->data = data;
  show (self, body, is_plain, loads_remote);
}
