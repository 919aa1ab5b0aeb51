/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The main window: wires folders, messages, reader and status together; knows none of their work. */
#include "app-window.h"

#include "app-fetching.h"
#include "app-focus.h"
#include "app-message-window.h"
#include "app-names.h"
#include "app-outbox.h"
#include "app-panes.h"
#include "app-place.h"
#include "app-shortcuts.h"
#include "app-toast.h"
#include "app-transfer.h"
#include "app-unread.h"
#include "app-words.h"
#include "base-config.h"
#include "folders-actions.h"
#include "folders-menu.h"
#include "folders-searches.h"
#include "folders-view.h"
#include "messages-actions.h"
#include "messages-arrangement.h"
#include "messages-view.h"
#include "reader-view.h"
#include "search-entry.h"
#include "status-alerts.h"
#include "status-bar.h"

#include <glib/gi18n.h>

struct _AppWindow
{
  AdwApplicationWindow parent_instance;

  AppParts parts;
  AppTransfer *transfer;
  AppOutbox *outbox;
  AppPlace *place;
  AppUnread *unread;
  MessagesActions *actions;
  FoldersActions *folder_actions;
  GSimpleActionGroup *choices;
  FoldersSearches *searches;
  AppFocus *focus;
  GCancellable *cancellable;   /* of what would be of no use once the window is gone */

  AdwToastOverlay *toasts;
  GtkStack *stack;
  GtkMenuButton *main_menu_button;
  GtkWidget *new_mail;
  AdwButtonContent *new_mail_content;
  AdwSplitButton *send_receive;
  SearchEntry *search;
  AppPanes *panes;
  FoldersView *folders;
  MessagesView *messages;
  ReaderView *reader;
  StatusBar *status;
};

G_DEFINE_FINAL_TYPE (AppWindow, app_window, ADW_TYPE_APPLICATION_WINDOW)

void
app_window_add_toast (AppWindow *self, AdwToast *toast)
{
  adw_toast_overlay_add_toast (self->toasts, toast);
}

void
app_window_show_notice (AppWindow *self, const char *text)
{
  app_window_add_toast (self, app_toast_new (text));
}

void
app_window_show_error (AppWindow *self, const GError *error)
{
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  text = app_words_error (error);
  app_window_show_notice (self, text);
}

static void
on_notice (AppWindow *self, const char *text)
{
  app_window_show_notice (self, text);
}

static void
on_failed (AppWindow *self, GError *error)
{
  app_window_show_error (self, error);
}

static void
on_selection_changed (AppWindow *self)
{
  g_autoptr (GArray) ids = messages_view_dup_selected_rows (self->messages);

  reader_view_highlight (self->reader, model_message_list_get_highlight (self->parts.messages));
  reader_view_show (self->reader, ids->len == 1 ? g_array_index (ids, gint64, 0) : 0, ids->len);
}

/* A double click goes on with a draft; anything else is read: in a window of its own where the pane shows it already, but what is in the
 * Outbox needs the main window's buttons. */
static void
on_message_opened (AppWindow *self, gint64 id)
{
  ModelFolder *folder = messages_view_get_folder (self->messages);
  MailRole role = folder ? model_folder_get_role (folder) : MAIL_ROLE_NONE;

  if (role == MAIL_ROLE_DRAFTS)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "app.edit", "x", id);
      return;
    }
  if (app_panes_get_mode (self->panes) == APP_MODE_WIDE && role != MAIL_ROLE_OUTBOX)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "x", id);
      return;
    }
  app_panes_set_page (self->panes, APP_PAGE_READER);
  gtk_widget_grab_focus (GTK_WIDGET (self->reader));
}

static void
on_search_began (AppWindow *self)
{
  app_panes_set_page (self->panes, APP_PAGE_MESSAGES);
}

static void
on_search_left (AppWindow *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->messages));
}

static void
on_seen (AppWindow *self, gint64 id)
{
  messages_actions_mark (self->actions, id, MAIL_FLAG_SEEN, 0);
}

static void
on_mode_changed (AppWindow *self)
{
  AppMode mode = app_panes_get_mode (self->panes);

  reader_view_set_has_back (self->reader, mode != APP_MODE_WIDE);
  reader_view_set_is_narrow (self->reader, mode == APP_MODE_NARROW);
  messages_view_set_opens_at_once (self->messages, !app_panes_is_roomy (self->panes), mode == APP_MODE_NARROW);
  g_object_set (self->status, "is-narrow", mode == APP_MODE_NARROW, NULL);
  adw_button_content_set_label (self->new_mail_content, mode == APP_MODE_NARROW ? "" : _("_New Mail"));
  if (mode == APP_MODE_NARROW)
    adw_split_button_set_icon_name (self->send_receive, "mail-send-receive-symbolic");
  else
    {
      adw_split_button_set_label (self->send_receive, _("_Send/Receive"));
      adw_split_button_set_use_underline (self->send_receive, TRUE);
    }
}

static void
show_welcome_or_mail (AppWindow *self)
{
  gboolean has_accounts = g_list_model_get_n_items (G_LIST_MODEL (self->parts.accounts)) > 0;

  gtk_stack_set_visible_child_name (self->stack, has_accounts ? "mail" : "welcome");
  gtk_widget_set_sensitive (GTK_WIDGET (self->send_receive), has_accounts);
  gtk_widget_set_sensitive (self->new_mail, has_accounts);
}

static void
on_fetch_body (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AppWindow *self = APP_WINDOW (widget);

  app_fetching_start (self->reader, self->parts.engine, g_variant_get_int64 (parameter), self->cancellable);
}

static void
on_open (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AppWindow *self = APP_WINDOW (widget);

  app_message_window_open (gtk_window_get_application (GTK_WINDOW (self)), &self->parts, self->actions, g_variant_get_int64 (parameter));
}

void
app_window_show_sending (AppWindow *self, gint64 id, guint delay)
{
  if (delay)
    adw_toast_overlay_add_toast (self->toasts, app_toast_new_sending (id, delay));
  else
    app_window_show_notice (self, _("Sending the message"));
}

static void
on_back (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AppWindow *self = APP_WINDOW (widget);

  app_panes_go_back (self->panes);
  if (app_panes_get_page (self->panes) == APP_PAGE_MESSAGES)
    gtk_widget_grab_focus (GTK_WIDGET (self->messages));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->folders));
}

/* F6 goes round the panes, as the desktop's own programs do. */
static void
on_next_pane (GtkWidget *widget, const char *name, GVariant *parameter)
{
  app_focus_go_round (APP_WINDOW (widget)->focus, FALSE);
}

static void
on_previous_pane (GtkWidget *widget, const char *name, GVariant *parameter)
{
  app_focus_go_round (APP_WINDOW (widget)->focus, TRUE);
}

static void
restore_size (AppWindow *self)
{
  AppState *state = self->parts.state;

  gtk_window_set_default_size (GTK_WINDOW (self),
                               CLAMP (app_state_get_int (state, "window", "width", 1240), 360, 10000),
                               CLAMP (app_state_get_int (state, "window", "height", 880), 300, 10000));
  if (app_state_get_int (state, "window", "maximized", FALSE))
    gtk_window_maximize (GTK_WINDOW (self));
  app_panes_restore (self->panes, state);
}

static void
keep_size (AppWindow *self)
{
  AppState *state = self->parts.state;
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  app_state_set_int (state, "window", "width", width);
  app_state_set_int (state, "window", "height", height);
  app_state_set_int (state, "window", "maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
  app_panes_keep (self->panes, state);
  app_state_save (state);
}

static gboolean
app_window_close_request (GtkWindow *window)
{
  AppWindow *self = APP_WINDOW (window);

  if (self->parts.state)
    keep_size (self);
  return GTK_WINDOW_CLASS (app_window_parent_class)->close_request (window);
}

/* Some hold widgets, and they, by way of their parents' actions, would hold them. */
static void
drop_choices (AppWindow *self)
{
  g_auto (GStrv) names = self->choices ? g_action_group_list_actions (G_ACTION_GROUP (self->choices)) : NULL;

  for (char **name = names; name && *name; name++)
    g_action_map_remove_action (G_ACTION_MAP (self->choices), *name);
  g_action_map_remove_action (G_ACTION_MAP (self), "reading-pane");
  g_clear_object (&self->choices);
}

static void
app_window_dispose (GObject *object)
{
  AppWindow *self = APP_WINDOW (object);

  drop_choices (self);
  g_clear_object (&self->focus);
  g_cancellable_cancel (self->cancellable);
  if (self->transfer)
    g_object_run_dispose (G_OBJECT (self->transfer)); /* a pass that runs may hold it */
  g_clear_object (&self->transfer);
  g_clear_object (&self->outbox);
  g_clear_object (&self->unread);
  g_clear_object (&self->place);
  g_clear_object (&self->actions);
  g_clear_object (&self->folder_actions);
  g_clear_object (&self->searches);
  g_clear_object (&self->parts.accounts);
  g_clear_object (&self->parts.secrets);
  g_clear_object (&self->parts.engine);
  g_clear_object (&self->parts.tree);
  g_clear_object (&self->parts.messages);
  g_clear_object (&self->parts.mailbox);
  g_clear_object (&self->parts.refusals);
  g_clear_object (&self->parts.saver);
  g_clear_object (&self->parts.settings);
  g_clear_object (&self->parts.state);
  G_OBJECT_CLASS (app_window_parent_class)->dispose (object);
}

static void
app_window_finalize (GObject *object)
{
  g_clear_object (&APP_WINDOW (object)->cancellable);
  G_OBJECT_CLASS (app_window_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.fetch-body", "x", on_fetch_body);
  gtk_widget_class_install_action (widget_class, "win.open", "x", on_open);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, on_back);
  gtk_widget_class_install_action (widget_class, "win.next-pane", NULL, on_next_pane);
  gtk_widget_class_install_action (widget_class, "win.previous-pane", NULL, on_previous_pane);
}

static void
app_window_class_init (AppWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = app_window_dispose;
  object_class->finalize = app_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = app_window_close_request;

  g_type_ensure (APP_TYPE_PANES);
  g_type_ensure (FOLDERS_TYPE_VIEW);
  g_type_ensure (MESSAGES_TYPE_VIEW);
  g_type_ensure (READER_TYPE_VIEW);
  g_type_ensure (SEARCH_TYPE_ENTRY);
  g_type_ensure (STATUS_TYPE_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/app-window.ui");
  gtk_widget_class_bind_template_child (widget_class, AppWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, main_menu_button);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, new_mail);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, new_mail_content);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, send_receive);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, search);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, panes);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, folders);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, messages);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, reader);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, status);
  gtk_widget_class_bind_template_callback (widget_class, on_selection_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_message_opened);
  gtk_widget_class_bind_template_callback (widget_class, on_search_began);
  gtk_widget_class_bind_template_callback (widget_class, on_search_left);
  gtk_widget_class_bind_template_callback (widget_class, on_seen);
  gtk_widget_class_bind_template_callback (widget_class, on_notice);
  gtk_widget_class_bind_template_callback (widget_class, on_failed);
  gtk_widget_class_bind_template_callback (widget_class, on_mode_changed);
  install_actions (widget_class);
  app_shortcuts_bind_deletion (widget_class);
}

static void
app_window_init (AppWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->focus = app_focus_new (GTK_WINDOW (self), (GtkWidget *[]) { GTK_WIDGET (self->folders), GTK_WIDGET (self->messages), GTK_WIDGET (self->reader) },
                               self->main_menu_button);
  app_names_menu (GTK_WIDGET (self->send_receive), _("Send or Receive Only"));
  app_shortcuts_add_to_pane (GTK_WIDGET (self->messages));
  app_shortcuts_add_to_pane (GTK_WIDGET (self->reader));
}

static void
hold_parts (AppWindow *self, const AppParts *parts)
{
  self->parts = *parts;
  g_object_ref (parts->accounts);
  g_object_ref (parts->secrets);
  g_object_ref (parts->engine);
  g_object_ref (parts->tree);
  g_object_ref (parts->messages);
  g_object_ref (parts->mailbox);
  g_object_ref (parts->refusals);
  g_object_ref (parts->saver);
  g_object_ref (parts->settings);
  g_object_ref (parts->state);
}

static GMenuModel *
load_context_menu (GMenuModel *move_menu)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (POSTHORN_RESOURCE_PATH "/ui/messages/messages-menu.ui");
  GMenu *menu = G_MENU (gtk_builder_get_object (builder, "menu"));

  g_menu_append_submenu (G_MENU (gtk_builder_get_object (builder, "folders")), _("_Move to"), move_menu);
  return g_object_ref (G_MENU_MODEL (menu));
}

static GMenuModel *
load_folder_menu (void)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (POSTHORN_RESOURCE_PATH "/ui/folders/folders-menu.ui");

  return g_object_ref (G_MENU_MODEL (gtk_builder_get_object (builder, "menu")));
}

/* What menus and preferences have alike */
static void
add_choices (AppWindow *self)
{
  g_autoptr (GPropertyAction) layout = g_property_action_new ("reading-pane", self->panes, "layout");

  self->choices = g_simple_action_group_new ();
  messages_arrangement_add (G_ACTION_MAP (self->choices), self->parts.messages, self->parts.state);
  reader_view_add_choices (self->reader, G_ACTION_MAP (self->choices));
  g_action_map_add_action (G_ACTION_MAP (self->choices), G_ACTION (layout));
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (layout));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "arrange", G_ACTION_GROUP (self->choices));
}

AppWindow *
app_window_new (GtkApplication *application, const AppParts *parts)
{
  AppWindow *self = g_object_new (APP_TYPE_WINDOW, "application", application, NULL);
  g_autoptr (GMenuModel) move_menu = folders_menu_new (parts->tree, "message.move");
  g_autoptr (GMenuModel) context_menu = load_context_menu (move_menu);
  g_autoptr (GMenuModel) folder_menu = load_folder_menu ();

  hold_parts (self, parts);
  self->actions = messages_actions_new (self->messages, parts->mailbox, parts->tree, parts->state, self->toasts);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "message", messages_actions_get_group (self->actions));
  add_choices (self);
  messages_view_set_list (self->messages, parts->messages, parts->state);
  messages_view_set_tree (self->messages, parts->tree);
  messages_view_set_context_menu (self->messages, context_menu);
  search_entry_set_list (self->search, parts->messages);
  reader_view_set_models (self->reader, parts->mailbox, parts->saver, parts->state, parts->accounts, move_menu);
  reader_view_set_contacts (self->reader, parts->contacts);
  g_object_bind_property (parts->settings, "mark-seen-seconds", self->reader, "seen-seconds", G_BINDING_SYNC_CREATE);
  g_object_bind_property (parts->settings, "mark-seen", self->reader, "marks-seen", G_BINDING_SYNC_CREATE);
  folders_view_set_tree (self->folders, parts->tree);
  folders_view_set_context_menu (self->folders, folder_menu);
  self->folder_actions = folders_actions_new (self->folders, parts->tree, self->toasts);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "folder", folders_actions_get_group (self->folder_actions));
  self->searches = folders_searches_new (self->folders, parts->tree, parts->messages, self->toasts);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "search", folders_searches_get_group (self->searches));
  status_bar_set_models (self->status, parts->engine, parts->accounts, parts->tree, parts->refusals, parts->state);
  if (parts->index)
    status_bar_set_index (self->status, parts->index);
  status_alerts_watch (GTK_WINDOW (self), parts->engine, parts->accounts);
  self->transfer = app_transfer_new (GTK_APPLICATION_WINDOW (self), parts, self->toasts);
  g_object_bind_property (self->status, "is-busy", self->transfer, "is-busy", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->transfer, "is-offline", self->status, "is-offline", G_BINDING_SYNC_CREATE);
  self->outbox = app_outbox_new (GTK_APPLICATION_WINDOW (self), parts->mailbox, self->toasts);
  self->place = app_place_new (GTK_APPLICATION_WINDOW (self), parts, self->panes, self->folders, self->messages);
  self->unread = app_unread_new (GTK_APPLICATION_WINDOW (self), parts, self->place, self->messages, self->toasts);

  g_signal_connect_object (parts->accounts, "items-changed", G_CALLBACK (show_welcome_or_mail), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (parts->messages, "failed", G_CALLBACK (on_failed), self, G_CONNECT_SWAPPED);
  restore_size (self);
  show_welcome_or_mail (self);
  app_place_open_some (self->place);
  return self;
}

GActionGroup *
app_window_get_choices (AppWindow *self)
{
  return G_ACTION_GROUP (self->choices);
}

AppWindow *
app_window_find (GtkApplication *application)
{
  for (GList *l = gtk_application_get_windows (application); l; l = l->next)
    if (APP_IS_WINDOW (l->data))
      return l->data;
  return NULL;
}
