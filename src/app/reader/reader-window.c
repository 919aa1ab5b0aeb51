/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window for one message that is in no folder: a file, or what came with another message. */
#include "reader-window.h"

#include "app-toast.h"
#include "app-words.h"
#include "base-config.h"
#include "model-draft.h"
#include "reader-actions.h"
#include "reader-page.h"

#include <glib/gi18n.h>

struct _ReaderWindow
{
  AdwApplicationWindow parent_instance;

  ModelSaver *saver;
  AppState *state;             /* NULL: nothing is remembered */
  AccountList *accounts;       /* NULL: none */
  GCancellable *cancellable;   /* of the loading */

  AdwToastOverlay *toasts;
  ReaderPage *page;
  GtkMenuButton *folders;
};

enum
{
  ANSWER,
  KEEP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ReaderWindow, reader_window, ADW_TYPE_APPLICATION_WINDOW)

static void
on_notice (ReaderWindow *self, const char *text)
{
  adw_toast_overlay_add_toast (self->toasts, app_toast_new (text));
}

static void
on_failed (ReaderWindow *self, GError *error)
{
  g_autofree char *text = app_words_error (error);

  on_notice (self, text);
}

/* A message in a message in a message: each in a window of its own */
static void
on_message (ReaderWindow *self, guint position)
{
  reader_window_open_attached (gtk_window_get_application (GTK_WINDOW (self)), self->saver, self->state, reader_page_get_body (self->page), position);
}

static void
on_answer (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ReaderWindow *self = READER_WINDOW (widget);
  ModelDraftKind kind = g_str_equal (action, "message.forward")     ? MODEL_DRAFT_FORWARD
                        : g_str_equal (action, "message.reply-all") ? MODEL_DRAFT_REPLY_ALL
                                                                    : MODEL_DRAFT_REPLY;

  g_signal_emit (self, signals[ANSWER], 0, reader_page_get_body (self->page), (int) kind);
}

static void
on_keep (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ReaderWindow *self = READER_WINDOW (widget);

  g_signal_emit (self, signals[KEEP], 0, reader_page_get_body (self->page), g_variant_get_int64 (parameter));
}

static void
set_answers (ReaderWindow *self, gboolean is_enabled)
{
  static const char *const names[] = { "message.reply", "message.reply-all", "message.forward", "message.keep" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), names[i], is_enabled);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReaderWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ModelBody) body = model_saver_open_finish (MODEL_SAVER (source), result, &error);
  const char *subject = body ? model_body_get_subject (body) : "";

  if (!self->saver || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) /* closed meanwhile */
    return;
  if (body)
    reader_page_show (self->page, body);
  else
    reader_page_show_error (self->page, error);
  set_answers (self, body != NULL);
  gtk_window_set_title (GTK_WINDOW (self), subject[0] ? subject : _("Message"));
  if (body)
    gtk_widget_grab_focus (GTK_WIDGET (self->page));
}

static void
reader_window_dispose (GObject *object)
{
  ReaderWindow *self = READER_WINDOW (object);

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->saver);
  g_clear_object (&self->state);
  g_clear_object (&self->accounts);
  G_OBJECT_CLASS (reader_window_parent_class)->dispose (object);
}

static void
reader_window_class_init (ReaderWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reader_window_dispose;
  signals[ANSWER] = g_signal_new ("answer", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, MODEL_TYPE_BODY, G_TYPE_INT);
  signals[KEEP] = g_signal_new ("keep", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, MODEL_TYPE_BODY, G_TYPE_INT64);
  g_type_ensure (READER_TYPE_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/reader/reader-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ReaderWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, ReaderWindow, page);
  gtk_widget_class_bind_template_child (widget_class, ReaderWindow, folders);
  gtk_widget_class_bind_template_callback (widget_class, on_notice);
  gtk_widget_class_bind_template_callback (widget_class, on_failed);
  gtk_widget_class_bind_template_callback (widget_class, on_message);
  gtk_widget_class_install_action (widget_class, "message.reply", NULL, on_answer);
  gtk_widget_class_install_action (widget_class, "message.reply-all", NULL, on_answer);
  gtk_widget_class_install_action (widget_class, "message.forward", NULL, on_answer);
  gtk_widget_class_install_action (widget_class, "message.keep", "x", on_keep);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
reader_window_init (ReaderWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  reader_actions_attach (self->page, GTK_WIDGET (self));
  set_answers (self, FALSE);
}

void
reader_window_set_places (ReaderWindow *self, AccountList *accounts, GMenuModel *folders)
{
  g_set_object (&self->accounts, accounts);
  gtk_menu_button_set_menu_model (self->folders, folders);
  gtk_widget_set_visible (GTK_WIDGET (self->folders), g_list_model_get_n_items (G_LIST_MODEL (accounts)) > 0);
}

void
reader_window_tell (ReaderWindow *self, const char *sentence)
{
  on_notice (self, sentence);
}

static ReaderWindow *
present_new (GtkApplication *application, ModelSaver *saver, AppState *state)
{
  ReaderWindow *self = g_object_new (READER_TYPE_WINDOW, "application", application, NULL);

  self->saver = g_object_ref (saver);
  self->state = state ? g_object_ref (state) : NULL;
  reader_page_set_models (self->page, saver, state, self->accounts);
  gtk_window_present (GTK_WINDOW (self));
  return self;
}

void
reader_window_open_file (GtkApplication *application, ModelSaver *saver, AppState *state, GFile *file)
{
  ReaderWindow *self = present_new (application, saver, state);

  model_saver_open_file_async (saver, file, self->cancellable, on_opened, g_object_ref (self));
}

void
reader_window_open_attached (GtkApplication *application, ModelSaver *saver, AppState *state, ModelBody *body, guint position)
{
  ReaderWindow *self = present_new (application, saver, state);

  model_saver_open_attached_async (saver, body, position, self->cancellable, on_opened, g_object_ref (self));
}
