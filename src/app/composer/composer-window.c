/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The composer: wires fields, text and attachments to a draft, keeps it saved, and sends it. */
#include "composer-window.h"

#include "app-alert.h"
#include "app-names.h"
#include "app-words.h"
#include "base-config.h"
#include "composer-bar.h"
#include "composer-body.h"
#include "composer-files.h"
#include "composer-headers.h"
#include "composer-later.h"
#include "composer-saver.h"
#include "composer-sending.h"

#include <glib/gi18n.h>

struct _ComposerWindow
{
  AdwApplicationWindow parent_instance;
  ModelDraft *draft;
  ComposerSaver *saver;
  ComposerSending *sending;
  guint undo_seconds;
  gboolean asks_receipt;       /* the draft's */
  gboolean is_closing;         /* hidden already, being saved */
  gboolean has_failed_to_close;
  gboolean closes_when_read;   /* asked to close while files were being read */

  /* the template's */
  GtkWidget *content;
  AdwWindowTitle *window_title;
  ComposerBar *bar;
  ComposerHeaders *headers;
  AdwSplitButton *send_button;
  GtkToggleButton *rich_button;
  ComposerBody *body;
  ComposerFiles *files;
};

enum
{
  PROP_0,
  PROP_UNDO_SECONDS,
  PROP_ASKS_RECEIPT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum
{
  SIGNAL_SENT,
  SIGNAL_SCHEDULED,
  SIGNAL_KEPT,
  SIGNAL_DISCARDED,
  SIGNAL_FORM_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ComposerWindow, composer_window, ADW_TYPE_APPLICATION_WINDOW)

static void
update_title (ComposerWindow *self)
{
  g_autofree char *subject = NULL;

  g_object_get (self->draft, "subject", &subject, NULL);
  g_strstrip (subject);
  gtk_window_set_title (GTK_WINDOW (self), *subject ? subject : _("New Message"));
}

static void
update_state (ComposerWindow *self)
{
  gboolean is_kept = model_draft_get_id (self->draft) != 0 && !model_draft_is_changed (self->draft);

  adw_window_title_set_subtitle (self->window_title, is_kept ? _("Saved in Drafts") : "");
}

/* While files are still being read the message is not whole: it is not sent yet. */
static gboolean
is_reading (ComposerWindow *self)
{
  return composer_files_is_reading (self->files) || composer_body_is_reading (self->body);
}

static void
update_actions (ComposerWindow *self)
{
  static const char *const sending[] = { "composer.send", "composer.send-in-one-hour", "composer.send-tomorrow",
                                        "composer.send-at" };
  gboolean is_idle = gtk_widget_get_sensitive (self->content);

  for (guint i = 0; i < G_N_ELEMENTS (sending); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), sending[i], is_idle && !is_reading (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.discard", is_idle);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.attach", is_idle);
}

static void
set_busy (ComposerWindow *self, gboolean is_busy)
{
  if (is_busy)
    gtk_window_set_focus (GTK_WINDOW (self), NULL); /* a field that cannot be typed into must not keep it */
  gtk_widget_set_sensitive (self->content, !is_busy);
  update_actions (self);
}

/* Saving */

static void
on_saved (ComposerWindow *self)
{
  composer_bar_hide (self->bar, COMPOSER_HELP_SAVE);
}

static void
on_save_failed (ComposerWindow *self, const char *sentence)
{
  composer_bar_show (self->bar, sentence, COMPOSER_HELP_SAVE, COMPOSER_HELP_NONE);
}

static void
on_closed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ComposerWindow) self = COMPOSER_WINDOW (data);
  g_autoptr (GError) error = NULL;

  if (!self->draft)
    return;
  if (model_draft_finish (MODEL_DRAFT (source), result, &error))
    {
      g_signal_emit (self, signals[SIGNAL_KEPT], 0);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  /* Nothing is lost silently: the window comes back with the text in it. */
  composer_saver_try_again (self->saver, error);
  self->is_closing = FALSE;
  self->has_failed_to_close = TRUE;
  gtk_window_present (GTK_WINDOW (self));
}

/* Sending */

static void
on_busy (ComposerWindow *self, gboolean is_busy)
{
  set_busy (self, is_busy);
  if (!is_busy)
    gtk_widget_grab_focus (GTK_WIDGET (self->body));
}

static void
on_sent (ComposerWindow *self, gint64 id, gint64 when)
{
  if (when == 0)
    g_signal_emit (self, signals[SIGNAL_SENT], 0, id);
  else
    g_signal_emit (self, signals[SIGNAL_SCHEDULED], 0, id, when);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
send_at (ComposerWindow *self, gint64 when)
{
  composer_sending_send_at (self->sending, when);
}

static void
on_send (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ComposerWindow *self = COMPOSER_WINDOW (widget);

  composer_sending_send (self->sending, self->undo_seconds);
}

static void
on_send_later (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ComposerWindow *self = COMPOSER_WINDOW (widget);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  if (g_str_equal (action, "composer.send-in-one-hour"))
    send_at (self, composer_later_in_one_hour (now));
  else if (g_str_equal (action, "composer.send-tomorrow"))
    send_at (self, composer_later_tomorrow (now));
  else if (composer_headers_check (self->headers))
    {
      ComposerLater *dialog = composer_later_new (GTK_WINDOW (self), now);

      g_signal_connect_object (dialog, "chosen", G_CALLBACK (send_at), self, G_CONNECT_SWAPPED);
      gtk_window_present (GTK_WINDOW (dialog));
    }
}

/* What concerns sending has its own ears. */
static void
on_helped (ComposerWindow *self, int help)
{
  switch ((ComposerHelp) help)
    {
    case COMPOSER_HELP_SAVE:
      composer_bar_hide (self->bar, (ComposerHelp) help);
      composer_saver_save (self->saver);
      break;
    case COMPOSER_HELP_MAKE_PLAIN:
      composer_body_make_plain (self->body);
      composer_bar_show (self->bar, _("The formatting was removed."), COMPOSER_HELP_MAKE_RICH, COMPOSER_HELP_NONE);
      break;
    case COMPOSER_HELP_MAKE_RICH:
      composer_bar_hide (self->bar, (ComposerHelp) help);
      composer_body_undo_plain (self->body);
      break;
    default:
      break;
    }
}

/* Attachments */

static void
on_reading_changed (ComposerWindow *self)
{
  update_actions (self);
  if (!is_reading (self) && self->closes_when_read)
    gtk_window_close (GTK_WINDOW (self));
}

static void
on_file_problem (ComposerWindow *self, const char *sentence)
{
  composer_bar_show (self->bar, sentence, COMPOSER_HELP_NONE, COMPOSER_HELP_NONE);
}

static void
on_attach_file (ComposerWindow *self, GFile *file)
{
  composer_files_add (self->files, file);
}

static void
on_attach (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ComposerWindow *self = COMPOSER_WINDOW (widget);

  composer_bar_hide (self->bar, COMPOSER_HELP_NONE);
  composer_files_choose (self->files, GTK_WINDOW (self));
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, ComposerWindow *self)
{
  GSList *files = g_value_get_boxed (value);

  composer_bar_hide (self->bar, COMPOSER_HELP_NONE);
  for (GSList *l = files; l; l = l->next)
    if (!composer_body_drop (self->body, l->data))
      composer_files_add (self->files, l->data);
  return files != NULL;
}

/* Files and pictures are attached; text goes where it is pasted. */
static gboolean
on_paste (ComposerWindow *self)
{
  return composer_files_paste (self->files, gtk_widget_get_clipboard (GTK_WIDGET (self)));
}

/* Formatting */

static void
on_losing (ComposerWindow *self, const char *sentence)
{
  composer_bar_show (self->bar, sentence, COMPOSER_HELP_MAKE_PLAIN, COMPOSER_HELP_NONE);
}

static void
on_chosen (ComposerWindow *self, gboolean is_rich)
{
  composer_bar_hide (self->bar, COMPOSER_HELP_MAKE_PLAIN);
  composer_bar_hide (self->bar, COMPOSER_HELP_MAKE_RICH);
  if (!model_draft_is_answer (self->draft))
    g_signal_emit (self, signals[SIGNAL_FORM_CHOSEN], 0, is_rich);
}

/* Discarding and closing */

static void
on_discarded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ComposerWindow) self = COMPOSER_WINDOW (data);
  g_autoptr (GError) error = NULL;
  g_autofree char *why = NULL;

  if (!self->draft)
    return;
  if (model_draft_finish (MODEL_DRAFT (source), result, &error))
    {
      if (!model_draft_is_blank (self->draft))
        g_signal_emit (self, signals[SIGNAL_DISCARDED], 0);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  self->is_closing = FALSE;
  set_busy (self, FALSE);
  why = app_words_error (error);
  composer_bar_show (self->bar, why, COMPOSER_HELP_NONE, COMPOSER_HELP_NONE);
  gtk_window_present (GTK_WINDOW (self));
}

static void
discard (ComposerWindow *self)
{
  composer_saver_pause (self->saver);
  composer_sending_hold (self->sending);
  self->is_closing = TRUE;
  set_busy (self, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  model_draft_discard_async (self->draft, NULL, on_discarded, g_object_ref (self));
}

static void
on_discard (GtkWidget *widget, const char *action, GVariant *parameter)
{
  discard (COMPOSER_WINDOW (widget));
}

static void
on_give_up_answered (const char *choice, gpointer data)
{
  if (g_str_equal (choice, "close"))
    gtk_window_destroy (GTK_WINDOW (data));
}

/* Saving has failed and the person closes again: only they may give the text up. */
static void
ask_to_give_up (ComposerWindow *self)
{
  const AppAlertChoice choices[] = {
    { "cancel", _("_Keep Open"), APP_ALERT_PLAIN },
    { "close", _("_Close Without Saving"), APP_ALERT_DESTRUCTIVE },
  };

  app_alert_present (GTK_WINDOW (self), _("Close Without Saving?"),
                     _("The message could not be saved. What you have written since it was last saved would be lost."),
                     choices, G_N_ELEMENTS (choices), on_give_up_answered, g_object_ref (self), g_object_unref);
}

static gboolean
composer_window_close_request (GtkWindow *window)
{
  ComposerWindow *self = COMPOSER_WINDOW (window);

  if (self->is_closing || !gtk_widget_get_sensitive (self->content))
    return GDK_EVENT_STOP; /* being saved or sent: it closes by itself */
  self->closes_when_read = is_reading (self);
  if (self->closes_when_read)
    return GDK_EVENT_STOP;
  if (model_draft_is_blank (self->draft))
    {
      discard (self);
      return GDK_EVENT_STOP;
    }
  if (self->has_failed_to_close)
    {
      self->has_failed_to_close = FALSE;
      ask_to_give_up (self);
      return GDK_EVENT_STOP;
    }
  composer_saver_pause (self->saver);
  composer_sending_hold (self->sending);
  self->is_closing = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  model_draft_close_async (self->draft, NULL, on_closed, g_object_ref (self));
  return GDK_EVENT_STOP;
}

/* The object */

static void
composer_window_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_UNDO_SECONDS)
    g_value_set_uint (value, COMPOSER_WINDOW (object)->undo_seconds);
  else if (prop_id == PROP_ASKS_RECEIPT)
    g_value_set_boolean (value, COMPOSER_WINDOW (object)->asks_receipt);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
composer_window_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_UNDO_SECONDS)
    COMPOSER_WINDOW (object)->undo_seconds = g_value_get_uint (value);
  else if (prop_id == PROP_ASKS_RECEIPT)
    COMPOSER_WINDOW (object)->asks_receipt = g_value_get_boolean (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
composer_window_dispose (GObject *object)
{
  ComposerWindow *self = COMPOSER_WINDOW (object);

  if (self->saver)
    composer_saver_stop (self->saver);
  if (self->sending)
    composer_sending_stop (self->sending);
  g_clear_object (&self->saver);
  g_clear_object (&self->sending);
  gtk_widget_dispose_template (GTK_WIDGET (self), COMPOSER_TYPE_WINDOW);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (composer_window_parent_class)->dispose (object);
}

static void
composer_window_class_init (ComposerWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = composer_window_dispose;
  G_OBJECT_CLASS (klass)->get_property = composer_window_get_property;
  G_OBJECT_CLASS (klass)->set_property = composer_window_set_property;
  GTK_WINDOW_CLASS (klass)->close_request = composer_window_close_request;

  props[PROP_UNDO_SECONDS] = g_param_spec_uint ("undo-seconds", NULL, NULL, 0, 3600, 8, G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);
  props[PROP_ASKS_RECEIPT] = g_param_spec_boolean ("asks-receipt", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);

  signals[SIGNAL_SENT] = g_signal_new ("sent", COMPOSER_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SIGNAL_SCHEDULED] = g_signal_new ("scheduled", COMPOSER_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);
  signals[SIGNAL_KEPT] = g_signal_new ("kept", COMPOSER_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_DISCARDED] = g_signal_new ("discarded", COMPOSER_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FORM_CHOSEN] = g_signal_new ("form-chosen", COMPOSER_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                              G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  g_type_ensure (COMPOSER_TYPE_BAR);
  g_type_ensure (COMPOSER_TYPE_BODY);
  g_type_ensure (COMPOSER_TYPE_HEADERS);
  g_type_ensure (COMPOSER_TYPE_FILES);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/composer/composer-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ComposerWindow, content);
  gtk_widget_class_bind_template_child (widget_class, ComposerWindow, window_title);
  gtk_widget_class_bind_template_child (widget_class, ComposerWindow, bar);
  gtk_widget_class_bind_template_child (widget_class, ComposerWindow, headers);
  gtk_widget_class_bind_template_child (widget_class, ComposerWindow, send_button);
  gtk_widget_class_bind_template_child (widget_class, ComposerWindow, rich_button);
  gtk_widget_class_bind_template_child (widget_class, ComposerWindow, body);
  gtk_widget_class_bind_template_child (widget_class, ComposerWindow, files);
  gtk_widget_class_bind_template_callback (widget_class, on_file_problem);
  gtk_widget_class_bind_template_callback (widget_class, on_paste);
  gtk_widget_class_bind_template_callback (widget_class, on_losing);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_attach_file);
  gtk_widget_class_bind_template_callback (widget_class, on_helped);
  gtk_widget_class_bind_template_callback (widget_class, on_reading_changed);

  gtk_widget_class_install_action (widget_class, "composer.send", NULL, on_send);
  gtk_widget_class_install_action (widget_class, "composer.send-in-one-hour", NULL, on_send_later);
  gtk_widget_class_install_action (widget_class, "composer.send-tomorrow", NULL, on_send_later);
  gtk_widget_class_install_action (widget_class, "composer.send-at", NULL, on_send_later);
  gtk_widget_class_install_action (widget_class, "composer.attach", NULL, on_attach);
  gtk_widget_class_install_action (widget_class, "composer.discard", NULL, on_discard);
  gtk_widget_class_install_property_action (widget_class, "composer.ask-receipt", "asks-receipt");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "composer.attach", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
composer_window_init (ComposerWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  app_names_menu (GTK_WIDGET (self->send_button), _("Send Later"));
  /* before the text view takes the files' names for text */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (self->content, GTK_EVENT_CONTROLLER (target));
  g_signal_connect_object (self->headers, "done", G_CALLBACK (gtk_widget_grab_focus), self->body, G_CONNECT_SWAPPED);
}

static void
set_draft (ComposerWindow *self, ModelDraft *draft)
{
  self->draft = g_object_ref (draft);
  composer_headers_set_draft (self->headers, draft);
  composer_files_set_draft (self->files, draft);
  composer_body_set_draft (self->body, draft);
  g_object_bind_property (draft, "asks-receipt", self, "asks-receipt", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_signal_connect_object (draft, "notify::is-changed", G_CALLBACK (update_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "notify::subject", G_CALLBACK (update_title), self, G_CONNECT_SWAPPED);
  self->saver = composer_saver_new (draft);
  g_signal_connect_object (self->saver, "saved", G_CALLBACK (on_saved), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->saver, "failed", G_CALLBACK (on_save_failed), self, G_CONNECT_SWAPPED);
  self->sending = composer_sending_new (draft, self->headers, self->bar);
  g_signal_connect_object (self->sending, "busy", G_CALLBACK (on_busy), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sending, "sent", G_CALLBACK (on_sent), self, G_CONNECT_SWAPPED);
  update_title (self);
  update_state (self);

  if (!composer_headers_grab_focus (self->headers))
    gtk_widget_grab_focus (GTK_WIDGET (self->body));
}

ComposerWindow *
composer_window_new (GtkApplication *application, ModelDraft *draft)
{
  ComposerWindow *self = g_object_new (COMPOSER_TYPE_WINDOW, "application", application, NULL);

  set_draft (self, draft);
  return self;
}

ModelDraft *
composer_window_get_draft (ComposerWindow *self)
{
  return self->draft;
}

void
composer_window_set_spelling (ComposerWindow *self, AppSpelling *spelling)
{
  composer_body_set_spelling (self->body, spelling);
}
