/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reading pane. */
#include "reader-view.h"

#include "app-file-dialog.h"
#include "base-config.h"
#include "base-error.h"
#include "reader-attachments.h"
#include "reader-bar.h"
#include "reader-body.h"
#include "reader-header.h"
#include "reader-opener.h"
#include "reader-senders.h"
#include "reader-source.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

/* File names are made of the subject; most file systems take 255 bytes. */
#define MAX_NAME 150

struct _ReaderView
{
  GtkWidget parent_instance;

  ModelMailbox *mailbox;
  ModelSaver *saver;
  AppState *state;             /* NULL: nothing is remembered */
  gboolean is_plain;           /* text is shown even where there is HTML */
  gboolean loads_remote;       /* of this message */
  gint64 id;                   /* what is shown or being loaded */
  ModelBody *body;             /* NULL while it is not there */
  GCancellable *cancellable;   /* of the loading */
  guint seen_seconds;
  guint seen_source;

  GtkWidget *box;
  GtkWidget *toolbar;
  GtkWidget *back;
  GtkWidget *reply_label;
  GtkWidget *reply_all_label;
  GtkWidget *forward_label;
  GtkMenuButton *move;
  GtkStack *stack;
  AdwStatusPage *status;
  ReaderHeader *header;
  ReaderBar *bar;
  ReaderBody *content;
  ReaderAttachments *attachments;
};

enum
{
  PROP_0,
  PROP_SEEN_SECONDS,
  PROP_IS_PLAIN,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum
{
  SEEN,
  NOTICE,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ReaderView, reader_view, GTK_TYPE_WIDGET)

static gboolean
on_seen_due (gpointer data)
{
  ReaderView *self = data;

  self->seen_source = 0;
  g_signal_emit (self, signals[SEEN], 0, self->id);
  return G_SOURCE_REMOVE;
}

static void
show_bar (ReaderView *self)
{
  gboolean offers_images = !self->loads_remote && !self->is_plain && model_body_get_html (self->body, FALSE)
                           && model_body_get_n_remote_images (self->body) > 0;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "reader.show-images", offers_images);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "reader.always-show-images", offers_images && self->state);
  reader_bar_show (self->bar, self->body, g_get_real_time () / G_USEC_PER_SEC, offers_images);
}

static void
set_message_actions (ReaderView *self, gboolean is_enabled)
{
  static const char *const names[] = { "reader.save", "reader.find", "reader.print", "reader.select-all", "reader.view-source" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), names[i], is_enabled);
}

static void
show_body (ReaderView *self, gboolean is_same)
{
  MailSummary *summary = model_body_get_summary (self->body);

  reader_header_show (self->header, self->body);
  if (!is_same)
    self->loads_remote = self->state && reader_senders_may_load (self->state, self->body);
  reader_body_show (self->content, self->body, self->loads_remote);
  show_bar (self);
  reader_attachments_show (self->attachments, self->body);
  gtk_stack_set_visible_child_name (self->stack, "message");
  set_message_actions (self, TRUE);
  if (!is_same && !(summary->flags & MAIL_FLAG_SEEN))
    self->seen_source = g_timeout_add (self->seen_seconds * 1000, on_seen_due, self);
}

static void
show_status (ReaderView *self, const char *title, const char *text)
{
  adw_status_page_set_title (self->status, title);
  adw_status_page_set_description (self->status, text);
  gtk_stack_set_visible_child_name (self->stack, "none");
  set_message_actions (self, FALSE);
}

static void
show_failure (ReaderView *self, const GError *error)
{
  reader_body_show (self->content, NULL, FALSE);
  reader_attachments_show (self->attachments, NULL);
  if (g_error_matches (error, BASE_ERROR, BASE_ERROR_NOT_FOUND))
    {
      show_status (self, _("The Message Is Gone"), _("It was moved or deleted meanwhile."));
      return;
    }
  gtk_stack_set_visible_child_name (self->stack, "message");
  reader_bar_show_error (self->bar, error);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReaderView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ModelBody) body = model_mailbox_load_finish (MODEL_MAILBOX (source), result, &error);
  gboolean is_same;

  /* Leafed on meanwhile, or closed */
  if (!self->mailbox || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || (body && model_body_get_id (body) != self->id))
    return;
  is_same = self->body && body && model_body_get_id (self->body) == model_body_get_id (body);
  g_set_object (&self->body, body);
  if (body)
    show_body (self, is_same);
  else
    show_failure (self, error);
}

static void
load (ReaderView *self)
{
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  model_mailbox_load_async (self->mailbox, self->id, self->cancellable, on_loaded, g_object_ref (self));
}

/* Flags change often and change nothing of what is shown; the rest of a message, its place in the Outbox, a draft's text do. */
static void
on_mailbox_changed (ModelMailbox *mailbox, GArray *ids, ReaderView *self)
{
  MailSummary *summary = self->body ? model_body_get_summary (self->body) : NULL;
  gboolean is_ours = ids->len == 0;

  for (guint i = 0; i < ids->len && !is_ours; i++)
    is_ours = g_array_index (ids, gint64, i) == self->id;
  if (!is_ours || !summary)
    return;
  if (!summary->is_whole || (summary->flags & MAIL_FLAG_DRAFT) || model_body_get_outbox_state (self->body) != MODEL_OUTBOX_NONE)
    load (self);
}

static void
on_link_failed (GtkWidget *widget, const GError *error)
{
  g_signal_emit (widget, signals[FAILED], 0, error);
}

static void
on_link (ReaderView *self, const char *uri, gboolean is_misleading)
{
  reader_opener_open (GTK_WIDGET (self), uri, is_misleading, on_link_failed);
}

static void
on_content_failed (ReaderView *self, GError *error)
{
  g_signal_emit (self, signals[NOTICE], 0, _("The page could not be shown. This is its text."));
}

/* Pictures, size, finding */

static void
show_images (ReaderView *self)
{
  if (!self->body)
    return;
  self->loads_remote = TRUE;
  reader_body_show (self->content, self->body, TRUE);
  show_bar (self);
}

static void
on_show_images (GtkWidget *widget, const char *action, GVariant *parameter)
{
  show_images (READER_VIEW (widget));
}

static void
on_always_show_images (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ReaderView *self = READER_VIEW (widget);

  if (self->body && self->state)
    reader_senders_allow (self->state, self->body);
  show_images (self);
}

static void
on_zoom (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ReaderView *self = READER_VIEW (widget);
  double zoom = reader_body_get_zoom (self->content);

  if (g_str_equal (action, "reader.zoom-in"))
    zoom *= 1.2;
  else if (g_str_equal (action, "reader.zoom-out"))
    zoom /= 1.2;
  else
    zoom = 1;
  reader_body_set_zoom (self->content, zoom);
  if (self->state)
    app_state_set_int (self->state, "reader", "zoom", (int) (reader_body_get_zoom (self->content) * 100 + 0.5));
}

static void
on_find (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ReaderView *self = READER_VIEW (widget);

  if (self->body)
    reader_body_find (self->content, g_str_equal (action, "reader.find-next") ? 1 : g_str_equal (action, "reader.find-previous") ? -1 : 0);
}

static void
on_select_all (GtkWidget *widget, const char *action, GVariant *parameter)
{
  reader_body_select_all (READER_VIEW (widget)->content);
}

static void
on_print (GtkWidget *widget, const char *action, GVariant *parameter)
{
  reader_body_print (READER_VIEW (widget)->content, GTK_WINDOW (gtk_widget_get_root (widget)));
}

static void
on_view_source (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ReaderView *self = READER_VIEW (widget);

  if (self->body)
    reader_source_present (GTK_WINDOW (gtk_widget_get_root (widget)), self->body);
}

static void
on_attachment_failed (ReaderView *self, GError *error)
{
  g_signal_emit (self, signals[FAILED], 0, error);
}

static void
on_attachment_saved (ReaderView *self, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  /* Translators: %s is a file's or folder's name */
  g_autofree char *text = g_strdup_printf (_("Saved as “%s”"), name);

  g_signal_emit (self, signals[NOTICE], 0, text);
}

typedef struct
{
  ReaderView *view;
  ModelBody *body;
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_object_unref (wish->view);
  g_object_unref (wish->body);
  g_free (wish);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wish, wish_free)

static void
on_source_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReaderView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = model_saver_finish (MODEL_SAVER (source), result, &error);

  if (file)
    on_attachment_saved (self, file);
  else
    on_attachment_failed (self, error);
}

static void
on_file_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Wish) wish = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = app_file_dialog_save_finish (result, &error);

  if (file && wish->view->saver)
    model_saver_save_source_async (wish->view->saver, wish->body, file, NULL, on_source_saved, g_object_ref (wish->view));
  else if (!file && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    on_attachment_failed (wish->view, error);
}

/* The subject as a file name that every system takes */
static char *
dup_file_name (ModelBody *body)
{
  const char *subject = model_body_get_subject (body);
  g_autofree char *name = g_strdup (subject[0] ? subject : _("message"));

  if (strlen (name) > MAX_NAME)
    {
      char *end = g_utf8_find_prev_char (name, name + MAX_NAME);

      if (end)
        *end = '\0';
    }
  g_strdelimit (name, "/\\:*?\"<>|", '-');
  if (name[0] == '.')
    name[0] = '-';
  return g_strconcat (name, ".eml", NULL);
}

static void
on_save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ReaderView *self = READER_VIEW (widget);
  g_autofree char *name = NULL;
  Wish *wish;

  if (!self->body)
    return;
  name = dup_file_name (self->body);
  wish = g_new0 (Wish, 1);
  wish->view = g_object_ref (self);
  wish->body = g_object_ref (self->body);
  app_file_dialog_save_async (GTK_WINDOW (gtk_widget_get_root (widget)), _("Save Message"), name, NULL, on_file_chosen, wish);
}

static void
set_is_plain (ReaderView *self, gboolean is_plain)
{
  if (self->is_plain == is_plain)
    return;
  self->is_plain = is_plain;
  reader_body_set_is_plain (self->content, is_plain);
  if (self->body)
    show_bar (self);
  if (self->state)
    app_state_set_int (self->state, "reader", "plain-text", is_plain);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_IS_PLAIN]);
}

static gboolean
reader_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (READER_VIEW (widget)->content));
}

static void
reader_view_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_SEEN_SECONDS)
    g_value_set_uint (value, READER_VIEW (object)->seen_seconds);
  else if (prop_id == PROP_IS_PLAIN)
    g_value_set_boolean (value, READER_VIEW (object)->is_plain);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
reader_view_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_SEEN_SECONDS)
    READER_VIEW (object)->seen_seconds = g_value_get_uint (value);
  else if (prop_id == PROP_IS_PLAIN)
    set_is_plain (READER_VIEW (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
reader_view_dispose (GObject *object)
{
  ReaderView *self = READER_VIEW (object);

  g_clear_handle_id (&self->seen_source, g_source_remove);
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->mailbox);
  g_clear_object (&self->saver);
  g_clear_object (&self->state);
  g_clear_object (&self->body);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (reader_view_parent_class)->dispose (object);
}

static void
reader_view_class_init (ReaderViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reader_view_dispose;
  G_OBJECT_CLASS (klass)->get_property = reader_view_get_property;
  G_OBJECT_CLASS (klass)->set_property = reader_view_set_property;
  widget_class->grab_focus = reader_view_grab_focus;

  /* Who leafs through a list with the arrow keys has not read what flew by. */
  props[PROP_SEEN_SECONDS] = g_param_spec_uint ("seen-seconds", NULL, NULL, 0, 3600, 2, G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);
  props[PROP_IS_PLAIN] = g_param_spec_boolean ("is-plain", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);

  signals[SEEN] = g_signal_new ("seen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[NOTICE] = g_signal_new ("notice", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);

  g_type_ensure (READER_TYPE_HEADER);
  g_type_ensure (READER_TYPE_BAR);
  g_type_ensure (READER_TYPE_BODY);
  g_type_ensure (READER_TYPE_ATTACHMENTS);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/reader/reader-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ReaderView, box);
  gtk_widget_class_bind_template_child (widget_class, ReaderView, toolbar);
  gtk_widget_class_bind_template_child (widget_class, ReaderView, back);
  gtk_widget_class_bind_template_child (widget_class, ReaderView, reply_label);
  gtk_widget_class_bind_template_child (widget_class, ReaderView, reply_all_label);
  gtk_widget_class_bind_template_child (widget_class, ReaderView, forward_label);
  gtk_widget_class_bind_template_child (widget_class, ReaderView, move);
  gtk_widget_class_bind_template_child (widget_class, ReaderView, stack);
  gtk_widget_class_bind_template_child (widget_class, ReaderView, status);
  gtk_widget_class_bind_template_child (widget_class, ReaderView, header);
  gtk_widget_class_bind_template_child (widget_class, ReaderView, bar);
  gtk_widget_class_bind_template_child (widget_class, ReaderView, content);
  gtk_widget_class_bind_template_child (widget_class, ReaderView, attachments);
  gtk_widget_class_bind_template_callback (widget_class, on_link);
  gtk_widget_class_bind_template_callback (widget_class, on_content_failed);
  gtk_widget_class_bind_template_callback (widget_class, on_attachment_failed);
  gtk_widget_class_bind_template_callback (widget_class, on_attachment_saved);
  gtk_widget_class_install_action (widget_class, "reader.save", NULL, on_save);
  gtk_widget_class_install_action (widget_class, "reader.show-images", NULL, on_show_images);
  gtk_widget_class_install_action (widget_class, "reader.always-show-images", NULL, on_always_show_images);
  gtk_widget_class_install_action (widget_class, "reader.zoom-in", NULL, on_zoom);
  gtk_widget_class_install_action (widget_class, "reader.zoom-out", NULL, on_zoom);
  gtk_widget_class_install_action (widget_class, "reader.zoom-normal", NULL, on_zoom);
  gtk_widget_class_install_action (widget_class, "reader.find", NULL, on_find);
  gtk_widget_class_install_action (widget_class, "reader.find-next", NULL, on_find);
  gtk_widget_class_install_action (widget_class, "reader.find-previous", NULL, on_find);
  gtk_widget_class_install_action (widget_class, "reader.select-all", NULL, on_select_all);
  gtk_widget_class_install_action (widget_class, "reader.print", NULL, on_print);
  gtk_widget_class_install_action (widget_class, "reader.view-source", NULL, on_view_source);
  gtk_widget_class_install_property_action (widget_class, "reader.plain-text", "is-plain");
}

/* Wherever in the window the keyboard is: the application's shortcuts reach the window's actions only, and these are the pane's. */
static void
add_shortcuts (ReaderView *self)
{
  static const char *const shortcuts[][2] = {
    { "<Control>s", "reader.save" },
    { "<Control><Shift>f", "reader.find" },
    { "F3", "reader.find-next" },
    { "<Shift>F3", "reader.find-previous" },
    { "<Control>p", "reader.print" },
    { "<Control>u", "reader.view-source" },
    { "<Control>plus|<Control>equal|<Control>KP_Add", "reader.zoom-in" },
    { "<Control>minus|<Control>KP_Subtract", "reader.zoom-out" },
    { "<Control>0|<Control>KP_0", "reader.zoom-normal" },
  };
  GtkShortcutController *controller = GTK_SHORTCUT_CONTROLLER (gtk_shortcut_controller_new ());

  gtk_shortcut_controller_set_scope (controller, GTK_SHORTCUT_SCOPE_GLOBAL);
  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_shortcut_controller_add_shortcut (controller, gtk_shortcut_new (gtk_shortcut_trigger_parse_string (shortcuts[i][0]),
                                                                        gtk_named_action_new (shortcuts[i][1])));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (controller));
}

static void
reader_view_init (ReaderView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_shortcuts (self);
  reader_view_show (self, 0, 0);
}

void
reader_view_set_models (ReaderView *self, ModelMailbox *mailbox, ModelSaver *saver, GMenuModel *move_menu)
{
  g_return_if_fail (READER_IS_VIEW (self) && !self->mailbox);

  self->mailbox = g_object_ref (mailbox);
  self->saver = g_object_ref (saver);
  g_signal_connect_object (mailbox, "changed", G_CALLBACK (on_mailbox_changed), self, 0);
  reader_attachments_set_saver (self->attachments, saver);
  gtk_menu_button_set_menu_model (self->move, move_menu);
}

void
reader_view_set_state (ReaderView *self, AppState *state)
{
  g_set_object (&self->state, state);
  reader_body_set_zoom (self->content, app_state_get_int (state, "reader", "zoom", 100) / 100.0);
  set_is_plain (self, app_state_get_int (state, "reader", "plain-text", FALSE));
}

void
reader_view_highlight (ReaderView *self, const char *text)
{
  reader_body_highlight (self->content, text);
}

void
reader_view_show (ReaderView *self, gint64 id, guint n_selected)
{
  g_autofree char *title = NULL;

  if (id && id == self->id)
    return;
  g_clear_handle_id (&self->seen_source, g_source_remove);
  self->id = id;
  g_clear_object (&self->body);
  if (id)
    {
      load (self);
      return;
    }
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  reader_attachments_show (self->attachments, NULL);
  if (n_selected > 1)
    {
      title = g_strdup_printf (ngettext ("%u Message Selected", "%u Messages Selected", n_selected), n_selected);
      show_status (self, title, _("Move, mark or delete them all with the buttons above."));
    }
  else
    show_status (self, _("No Message Selected"), _("Choose a message to read it here."));
}

gint64
reader_view_get_id (ReaderView *self)
{
  return self->id;
}

void
reader_view_set_is_fetching (ReaderView *self, gboolean is_fetching)
{
  if (is_fetching)
    reader_bar_set_is_busy (self->bar, TRUE);
  else if (self->body)
    show_bar (self);
}

void
reader_view_set_has_back (ReaderView *self, gboolean has_back)
{
  gtk_widget_set_visible (self->back, has_back);
}

void
reader_view_set_is_narrow (ReaderView *self, gboolean is_narrow)
{
  gtk_widget_set_visible (self->reply_label, !is_narrow);
  gtk_widget_set_visible (self->reply_all_label, !is_narrow);
  gtk_widget_set_visible (self->forward_label, !is_narrow);
}
