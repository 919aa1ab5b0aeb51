/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window for one message of a folder. */
#include "app-message-window.h"

#include "app-fetching.h"
#include "app-panes.h"
#include "app-shortcuts.h"
#include "app-toast.h"
#include "app-words.h"
#include "base-config.h"
#include "folders-menu.h"
#include "reader-view.h"

#include <glib/gi18n.h>

#define STATE_GROUP "message-window"

struct _AppMessageWindow
{
  AdwApplicationWindow parent_instance;

  gint64 id;
  SyncEngine *engine;
  AppState *state;
  MessagesActions *actions;
  GCancellable *cancellable;   /* of what would be of no use once the window is gone */

  AdwToastOverlay *toasts;
  ReaderView *reader;
};

G_DEFINE_FINAL_TYPE (AppMessageWindow, app_message_window, ADW_TYPE_APPLICATION_WINDOW)

static void
on_notice (AppMessageWindow *self, const char *text)
{
  adw_toast_overlay_add_toast (self->toasts, app_toast_new (text));
}

static void
on_failed (AppMessageWindow *self, GError *error)
{
  g_autofree char *text = app_words_error (error);

  on_notice (self, text);
}

static void
on_shown (AppMessageWindow *self, ModelBody *body)
{
  const char *subject = model_body_get_subject (body);

  messages_actions_set_one (self->actions, model_body_get_summary (body));
  gtk_window_set_title (GTK_WINDOW (self), subject[0] ? subject : _("Message"));
}

static void
on_seen (AppMessageWindow *self, gint64 id)
{
  messages_actions_mark (self->actions, id, MAIL_FLAG_SEEN, 0);
}

static void
on_width_changed (AppMessageWindow *self)
{
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  reader_view_set_is_narrow (self->reader, width < APP_PANES_NARROW);
}

static void
on_fetch_body (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AppMessageWindow *self = APP_MESSAGE_WINDOW (widget);

  app_fetching_start (self->reader, self->engine, g_variant_get_int64 (parameter), self->cancellable);
}

static gboolean
app_message_window_close_request (GtkWindow *window)
{
  AppMessageWindow *self = APP_MESSAGE_WINDOW (window);
  int width, height;

  gtk_window_get_default_size (window, &width, &height);
  app_state_set_int (self->state, STATE_GROUP, "width", width);
  app_state_set_int (self->state, STATE_GROUP, "height", height);
  app_state_save (self->state);
  return GTK_WINDOW_CLASS (app_message_window_parent_class)->close_request (window);
}

static void
app_message_window_dispose (GObject *object)
{
  AppMessageWindow *self = APP_MESSAGE_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->actions);
  g_clear_object (&self->engine);
  g_clear_object (&self->state);
  G_OBJECT_CLASS (app_message_window_parent_class)->dispose (object);
}

static void
app_message_window_finalize (GObject *object)
{
  g_clear_object (&APP_MESSAGE_WINDOW (object)->cancellable);
  G_OBJECT_CLASS (app_message_window_parent_class)->finalize (object);
}

static void
app_message_window_class_init (AppMessageWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = app_message_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = app_message_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = app_message_window_close_request;

  g_type_ensure (READER_TYPE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/app-message-window.ui");
  gtk_widget_class_bind_template_child (widget_class, AppMessageWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, AppMessageWindow, reader);
  gtk_widget_class_bind_template_callback (widget_class, on_notice);
  gtk_widget_class_bind_template_callback (widget_class, on_failed);
  gtk_widget_class_bind_template_callback (widget_class, on_shown);
  gtk_widget_class_bind_template_callback (widget_class, on_seen);
  gtk_widget_class_bind_template_callback (widget_class, on_width_changed);
  gtk_widget_class_install_action (widget_class, "win.fetch-body", "x", on_fetch_body);
  app_shortcuts_bind_deletion (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
app_message_window_init (AppMessageWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  app_shortcuts_add_to_pane (GTK_WIDGET (self->reader));
}

static AppMessageWindow *
find (GtkApplication *application, gint64 id)
{
  for (GList *l = gtk_application_get_windows (application); l; l = l->next)
    if (APP_IS_MESSAGE_WINDOW (l->data) && APP_MESSAGE_WINDOW (l->data)->id == id)
      return l->data;
  return NULL;
}

static AppMessageWindow *
create (GtkApplication *application, const AppParts *parts, MessagesActions *main, gint64 id)
{
  AppMessageWindow *self = g_object_new (APP_TYPE_MESSAGE_WINDOW, "application", application, NULL);
  g_autoptr (GMenuModel) move_menu = folders_menu_new (parts->tree, "message.move");

  self->id = id;
  self->engine = g_object_ref (parts->engine);
  self->state = g_object_ref (parts->state);
  self->actions = messages_actions_new_beside (main, GTK_WIDGET (self), self->toasts);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "message", messages_actions_get_group (self->actions));
  g_signal_connect_object (self->actions, "left", G_CALLBACK (gtk_window_close), self, G_CONNECT_SWAPPED);
  reader_view_set_models (self->reader, parts->mailbox, parts->saver, parts->state, parts->accounts, move_menu);
  reader_view_set_contacts (self->reader, parts->contacts);
  g_object_bind_property (parts->settings, "mark-seen-seconds", self->reader, "seen-seconds", G_BINDING_SYNC_CREATE);
  g_object_bind_property (parts->settings, "mark-seen", self->reader, "marks-seen", G_BINDING_SYNC_CREATE);
  gtk_window_set_default_size (GTK_WINDOW (self), CLAMP (app_state_get_int (parts->state, STATE_GROUP, "width", 800), 360, 10000),
                               CLAMP (app_state_get_int (parts->state, STATE_GROUP, "height", 720), 300, 10000));
  reader_view_show (self->reader, id, 1);
  return self;
}

void
app_message_window_open (GtkApplication *application, const AppParts *parts, MessagesActions *main, gint64 id)
{
  AppMessageWindow *self = find (application, id);

  if (!self)
    self = create (application, parts, main, id);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->reader));
}
