/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reading pane. */
#include "reader-view.h"

#include "base-config.h"
#include "base-error.h"
#include "reader-actions.h"
#include "reader-page.h"
#include "reader-window.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _ReaderView
{
  GtkWidget parent_instance;

  ModelMailbox *mailbox;
  AppState *state;
  gint64 id;                   /* what is shown or being loaded */
  GCancellable *cancellable;   /* of the loading */
  guint seen_seconds;
  gboolean marks_seen;
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
  ReaderPage *page;
};

enum
{
  PROP_0,
  PROP_SEEN_SECONDS,
  PROP_MARKS_SEEN,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum
{
  SHOWN,
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
show_body (ReaderView *self, ModelBody *body, gboolean is_same)
{
  reader_page_show (self->page, body);
  gtk_stack_set_visible_child_name (self->stack, "message");
  g_signal_emit (self, signals[SHOWN], 0, body);
  if (!is_same && self->marks_seen && !(model_body_get_summary (body)->flags & MAIL_FLAG_SEEN))
    self->seen_source = g_timeout_add (self->seen_seconds * 1000, on_seen_due, self);
}

static void
show_status (ReaderView *self, const char *title, const char *text)
{
  adw_status_page_set_title (self->status, title);
  adw_status_page_set_description (self->status, text);
  gtk_stack_set_visible_child_name (self->stack, "none");
  reader_page_show (self->page, NULL);
}

static void
show_failure (ReaderView *self, const GError *error)
{
  if (g_error_matches (error, BASE_ERROR, BASE_ERROR_NOT_FOUND))
    {
      show_status (self, _("The Message Is Gone"), _("It was moved or deleted meanwhile."));
      return;
    }
  gtk_stack_set_visible_child_name (self->stack, "message");
  reader_page_show_error (self->page, error);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReaderView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ModelBody) body = model_mailbox_load_finish (MODEL_MAILBOX (source), result, &error);
  ModelBody *shown;

  /* Leafed on meanwhile, or closed */
  if (!self->mailbox || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || (body && model_body_get_id (body) != self->id))
    return;
  shown = reader_page_get_body (self->page);
  if (body)
    show_body (self, body, shown && model_body_get_id (shown) == self->id);
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

/* Flags change often and seldom change anything of what is shown; the rest of a message, its place in the Outbox, a draft's text do. */
static void
on_mailbox_changed (ModelMailbox *mailbox, GArray *ids, ReaderView *self)
{
  ModelBody *body = reader_page_get_body (self->page);
  MailSummary *summary = body ? model_body_get_summary (body) : NULL;
  gboolean is_ours = ids->len == 0;
  gboolean matters = body && is_ours && model_body_depends_on (body, 0);

  for (guint i = 0; i < ids->len; i++)
    {
      is_ours = is_ours || g_array_index (ids, gint64, i) == self->id;
      matters = matters || (body && model_body_depends_on (body, g_array_index (ids, gint64, i)));
    }
  if (!summary || (!is_ours && !matters))
    return;
  if (matters || !summary->is_whole || (summary->flags & MAIL_FLAG_DRAFT) || model_body_get_outbox_state (body) != MODEL_OUTBOX_NONE)
    load (self);
}

static void
on_notice (ReaderView *self, const char *text)
{
  g_signal_emit (self, signals[NOTICE], 0, text);
}

static void
on_failed (ReaderView *self, GError *error)
{
  g_signal_emit (self, signals[FAILED], 0, error);
}

static void
on_message (ReaderView *self, guint position)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  reader_window_open_attached (gtk_window_get_application (GTK_WINDOW (root)), reader_page_get_saver (self->page), self->state,
                               reader_page_get_body (self->page), position);
}

static gboolean
reader_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (READER_VIEW (widget)->page));
}

static void
reader_view_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_SEEN_SECONDS)
    g_value_set_uint (value, READER_VIEW (object)->seen_seconds);
  else if (prop_id == PROP_MARKS_SEEN)
    g_value_set_boolean (value, READER_VIEW (object)->marks_seen);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
reader_view_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_SEEN_SECONDS)
    READER_VIEW (object)->seen_seconds = g_value_get_uint (value);
  else if (prop_id == PROP_MARKS_SEEN)
    READER_VIEW (object)->marks_seen = g_value_get_boolean (value);
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
  g_clear_object (&self->state);
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
  props[PROP_MARKS_SEEN] = g_param_spec_boolean ("marks-seen", NULL, NULL, TRUE, G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);

  signals[SHOWN] = g_signal_new ("shown", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, MODEL_TYPE_BODY);
  signals[SEEN] = g_signal_new ("seen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[NOTICE] = g_signal_new ("notice", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);

  g_type_ensure (READER_TYPE_PAGE);
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
  gtk_widget_class_bind_template_child (widget_class, ReaderView, page);
  gtk_widget_class_bind_template_callback (widget_class, on_notice);
  gtk_widget_class_bind_template_callback (widget_class, on_failed);
  gtk_widget_class_bind_template_callback (widget_class, on_message);
}

static void
reader_view_init (ReaderView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  reader_actions_attach (self->page, GTK_WIDGET (self));
  reader_view_show (self, 0, 0);
}

void
reader_view_set_models (ReaderView *self, ModelMailbox *mailbox, ModelSaver *saver, AppState *state, AccountList *accounts, GMenuModel *move_menu)
{
  g_return_if_fail (READER_IS_VIEW (self) && !self->mailbox);

  self->mailbox = g_object_ref (mailbox);
  self->state = g_object_ref (state);
  g_signal_connect_object (mailbox, "changed", G_CALLBACK (on_mailbox_changed), self, 0);
  reader_page_set_models (self->page, saver, state, accounts);
  gtk_menu_button_set_menu_model (self->move, move_menu);
}

void
reader_view_set_contacts (ReaderView *self, ModelContacts *contacts)
{
  reader_page_set_contacts (self->page, contacts);
}

void
reader_view_highlight (ReaderView *self, MailHighlight *words)
{
  reader_body_highlight (reader_page_get_content (self->page), words);
}

void
reader_view_show (ReaderView *self, gint64 id, guint n_selected)
{
  g_autofree char *title = NULL;

  if (id && id == self->id)
    return;
  g_clear_handle_id (&self->seen_source, g_source_remove);
  self->id = id;
  if (id)
    {
      load (self);
      return;
    }
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  if (n_selected > 1)
    {
      title = g_strdup_printf (ngettext ("%u Message Selected", "%u Messages Selected", n_selected), n_selected);
      show_status (self, title, _("Move, mark or delete them all with the buttons above."));
    }
  else
    show_status (self, _("No Message Selected"), _("Choose a message to read it here."));
}

void
reader_view_add_choices (ReaderView *self, GActionMap *map)
{
  g_autoptr (GPropertyAction) plain = g_property_action_new ("plain-text", self->page, "is-plain");

  g_action_map_add_action (map, G_ACTION (plain));
}

gint64
reader_view_get_id (ReaderView *self)
{
  return self->id;
}

void
reader_view_set_is_fetching (ReaderView *self, gboolean is_fetching)
{
  if (self->mailbox) /* else it is gone */
    reader_page_set_is_fetching (self->page, is_fetching);
}

void
reader_view_tell_failure (ReaderView *self, const GError *error)
{
  if (self->mailbox)
    reader_page_tell_failure (self->page, error);
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
