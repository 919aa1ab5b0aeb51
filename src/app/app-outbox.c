/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done to one message of the Outbox: actions of the window. */
#include "app-outbox.h"

#include "app-toast.h"
#include "app-words.h"
#include "base-config.h"
#include "base-error.h"

#include <glib/gi18n.h>

struct _AppOutbox
{
  GObject parent_instance;

  GtkApplicationWindow *window;   /* weak */
  AdwToastOverlay *toasts;        /* weak */
  ModelMailbox *mailbox;
};

G_DEFINE_FINAL_TYPE (AppOutbox, app_outbox, G_TYPE_OBJECT)

static void
show_notice (AppOutbox *self, const char *text)
{
  if (self->toasts)
    adw_toast_overlay_add_toast (self->toasts, app_toast_new (text));
}

static void
show_error (AppOutbox *self, const GError *error)
{
  g_autofree char *text = app_words_error (error);

  show_notice (self, text);
}

static void
on_queued_again (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AppOutbox) self = data;
  g_autoptr (GError) error = NULL;

  if (!model_mailbox_finish (MODEL_MAILBOX (source), result, &error))
    show_error (self, error);
  else if (self->window)
    gtk_widget_activate_action (GTK_WIDGET (self->window), "win.send", NULL);
}

static void
on_send (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AppOutbox *self = data;

  model_mailbox_send_again_async (self->mailbox, g_variant_get_int64 (parameter), NULL, on_queued_again, g_object_ref (self));
}

static void
on_arrived_noted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AppOutbox) self = data;
  g_autoptr (GError) error = NULL;

  if (!model_mailbox_finish (MODEL_MAILBOX (source), result, &error))
    show_error (self, error);
}

static void
on_arrived (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AppOutbox *self = data;

  model_mailbox_arrived_async (self->mailbox, g_variant_get_int64 (parameter), NULL, on_arrived_noted, g_object_ref (self));
}

typedef struct
{
  AppOutbox *outbox;
  gint64 id;
} TakeBack;

static void
on_taken_back (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree TakeBack *wish = data;
  g_autoptr (AppOutbox) self = wish->outbox;
  g_autoptr (GError) error = NULL;
  gboolean is_draft;
  gboolean is_taken = model_mailbox_take_back_finish (MODEL_MAILBOX (source), result, &is_draft, &error);

  if (is_taken && !is_draft)
    show_notice (self, _("It was not sent."));
  else if (is_taken && self->window)
    gtk_widget_activate_action (GTK_WIDGET (self->window), "app.edit", "x", wish->id);
  else if (is_taken)
    return;
  else if (g_error_matches (error, BASE_ERROR, BASE_ERROR_INVALID) || g_error_matches (error, BASE_ERROR, BASE_ERROR_NOT_FOUND))
    show_notice (self, _("Too late: the message is on its way."));
  else
    show_error (self, error);
}

static void
on_edit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AppOutbox *self = data;
  TakeBack *wish = g_new0 (TakeBack, 1);

  wish->outbox = g_object_ref (self);
  wish->id = g_variant_get_int64 (parameter);
  model_mailbox_take_back_async (self->mailbox, wish->id, NULL, on_taken_back, wish);
}

static const GActionEntry entries[] = {
  { .name = "outbox-send", .activate = on_send, .parameter_type = "x" },
  { .name = "outbox-edit", .activate = on_edit, .parameter_type = "x" },
  { .name = "outbox-arrived", .activate = on_arrived, .parameter_type = "x" },
};

static void
app_outbox_dispose (GObject *object)
{
  AppOutbox *self = APP_OUTBOX (object);

  for (gsize i = 0; self->window && i < G_N_ELEMENTS (entries); i++)
    g_action_map_remove_action (G_ACTION_MAP (self->window), entries[i].name);
  g_clear_weak_pointer (&self->window);
  g_clear_weak_pointer (&self->toasts);
  g_clear_object (&self->mailbox);
  G_OBJECT_CLASS (app_outbox_parent_class)->dispose (object);
}

static void
app_outbox_class_init (AppOutboxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = app_outbox_dispose;
}

static void
app_outbox_init (AppOutbox *self)
{
}

AppOutbox *
app_outbox_new (GtkApplicationWindow *window, ModelMailbox *mailbox, AdwToastOverlay *toasts)
{
  AppOutbox *self = g_object_new (APP_TYPE_OUTBOX, NULL);

  g_set_weak_pointer (&self->window, window);
  g_set_weak_pointer (&self->toasts, toasts);
  self->mailbox = g_object_ref (mailbox);
  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), self);
  return self;
}
