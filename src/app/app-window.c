/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The main window: wires folders, messages, reader and status together; knows none of their work. */
#include "app-window.h"

#include "app-names.h"
#include "app-panes.h"
#include "app-toast.h"
#include "app-words.h"
#include "base-config.h"
#include "base-error.h"
#include "folders-actions.h"
#include "folders-menu.h"
#include "folders-view.h"
#include "messages-actions.h"
#include "messages-view.h"
#include "preferences-accounts.h"
#include "reader-view.h"
#include "setup-certificate-dialog.h"
#include "setup-password-dialog.h"
#include "status-bar.h"

#include <glib/gi18n.h>

struct _AppWindow
{
  AdwApplicationWindow parent_instance;

  AppParts parts;
  MessagesActions *actions;
  FoldersActions *folder_actions;
  GCancellable *cancellable;   /* of what would be of no use once the window is gone */

  AdwToastOverlay *toasts;
  GtkStack *stack;
  GtkWidget *new_mail;
  AdwSplitButton *send_receive;
  AppPanes *panes;
  FoldersView *folders;
  MessagesView *messages;
  ReaderView *reader;
  StatusBar *status;
};

G_DEFINE_FINAL_TYPE (AppWindow, app_window, ADW_TYPE_APPLICATION_WINDOW)

void
app_window_show_notice (AppWindow *self, const char *text)
{
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (text));
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
on_folder_selected (AppWindow *self)
{
  ModelFolder *folder = folders_view_get_selected (self->folders);
  gboolean is_mailbox = folder && model_folder_get_kind (folder) == MODEL_FOLDER_MAILBOX;

  if (folder && !is_mailbox)
    return; /* an account's own row only folds */
  messages_view_show_folder (self->messages, folder);
  if (is_mailbox)
    {
      app_state_set_int (self->parts.state, "window", "folder", (int) model_folder_get_id (folder));
      app_panes_set_page (self->panes, APP_PAGE_MESSAGES);
    }
}

static void
on_selection_changed (AppWindow *self)
{
  g_autoptr (GArray) ids = messages_view_dup_selected (self->messages);

  reader_view_show (self->reader, ids->len == 1 ? g_array_index (ids, gint64, 0) : 0, ids->len);
}

/* A double click goes on with a draft; anything else is read. */
static void
on_message_opened (AppWindow *self, gint64 id)
{
  ModelFolder *folder = messages_view_get_folder (self->messages);

  if (folder && model_folder_get_role (folder) == MAIL_ROLE_DRAFTS)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "app.edit", "x", id);
      return;
    }
  app_panes_set_page (self->panes, APP_PAGE_READER);
  gtk_widget_grab_focus (GTK_WIDGET (self->reader));
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
  messages_view_set_is_narrow (self->messages, mode != APP_MODE_WIDE, mode == APP_MODE_NARROW);
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

static ModelFolder *
find_first_inbox (AppWindow *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->parts.accounts)); i++)
    {
      g_autoptr (Account) account = g_list_model_get_item (G_LIST_MODEL (self->parts.accounts), i);
      ModelFolder *inbox = model_folder_tree_find_role (self->parts.tree, account_get_id (account), MAIL_ROLE_INBOX);

      if (inbox)
        return inbox;
    }
  return NULL;
}

/* What was open last, else an Inbox; with the first account, its Inbox as soon as it is there */
static void
open_some_folder (AppWindow *self)
{
  ModelFolder *folder;

  if (folders_view_get_selected (self->folders))
    return;
  folder = model_folder_tree_find (self->parts.tree, app_state_get_int (self->parts.state, "window", "folder", 0));
  if (!folder)
    folder = find_first_inbox (self);
  if (folder)
    folders_view_select (self->folders, folder);
}

/* Sending and receiving */

static void
on_run_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AppWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) reports = sync_engine_run_finish (SYNC_ENGINE (source), result, &error);

  /* What went wrong with an account is in its status, and so at the foot of the window. */
  if (!reports && !g_cancellable_is_cancelled (self->cancellable))
    app_window_show_error (self, error);
}

static void
run (AppWindow *self, gint64 account, SyncOptions options)
{
  sync_engine_run_async (self->parts.engine, account, options, self->cancellable, on_run_done, g_object_ref (self));
}

static void
on_send_receive (GtkWidget *widget, const char *name, GVariant *parameter)
{
  run (APP_WINDOW (widget), 0, SYNC_DEFAULT);
}

static void
on_send (GtkWidget *widget, const char *name, GVariant *parameter)
{
  run (APP_WINDOW (widget), 0, SYNC_NO_RECEIVING);
}

static void
on_receive (GtkWidget *widget, const char *name, GVariant *parameter)
{
  run (APP_WINDOW (widget), 0, SYNC_NO_SENDING);
}

static void
on_run_account (GtkWidget *widget, const char *name, GVariant *parameter)
{
  run (APP_WINDOW (widget), g_variant_get_int64 (parameter), SYNC_DEFAULT);
}

static void
on_cancel (GtkWidget *widget, const char *name, GVariant *parameter)
{
  sync_engine_cancel (APP_WINDOW (widget)->parts.engine, 0);
}

static void
on_offline (GSimpleAction *action, GVariant *state, gpointer data)
{
  AppWindow *self = data;
  gboolean is_offline = g_variant_get_boolean (state);

  g_simple_action_set_state (action, state);
  sync_engine_set_online (self->parts.engine, !is_offline);
  status_bar_set_is_offline (self->status, is_offline);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.send-receive", !is_offline);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.send", !is_offline);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.receive", !is_offline);
}

static void
add_offline_switch (AppWindow *self)
{
  const GActionEntry entry = { .name = "work-offline", .state = "false", .change_state = on_offline };

  g_action_map_add_action_entries (G_ACTION_MAP (self), &entry, 1, self);
  if (!sync_engine_is_online (self->parts.engine)) /* a window opened anew */
    g_action_group_change_action_state (G_ACTION_GROUP (self), "work-offline", g_variant_new_boolean (TRUE));
}

static void
on_busy_changed (AppWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.cancel", status_bar_is_busy (self->status));
}

static void
help_with (AppWindow *self, Account *account, AccountDirection direction, const GError *error)
{
  switch (app_words_get_help (error))
    {
    case APP_HELP_PASSWORD:
      setup_password_dialog_present (GTK_WINDOW (self), self->parts.accounts, self->parts.secrets, self->parts.engine, account, direction, error);
      break;
    case APP_HELP_CERTIFICATE:
      setup_certificate_dialog_present (GTK_WINDOW (self), self->parts.accounts, self->parts.engine, account, direction, error);
      break;
    case APP_HELP_SETTINGS:
    case APP_HELP_EDIT:
      gtk_widget_activate_action (GTK_WIDGET (self), "app.accounts", NULL);
      break;
    case APP_HELP_TRY_AGAIN:
    case APP_HELP_DECIDE:
    case APP_HELP_NONE:
    default:
      run (self, account_get_id (account), SYNC_DEFAULT);
      break;
    }
}

static void
on_account_help (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AppWindow *self = APP_WINDOW (widget);
  gint64 id = g_variant_get_int64 (parameter);
  g_autoptr (Account) account = account_list_find (self->parts.accounts, id);
  SyncStatus *status = sync_engine_get_status (self->parts.engine, id);
  g_autoptr (GError) error = NULL;
  AccountDirection direction = ACCOUNT_INCOMING;

  if (!account)
    return;
  g_object_ref (account);
  if (status && sync_status_get_problem (status))
    error = g_error_copy (sync_status_get_problem (status));
  else if (status && sync_status_get_send_problem (status))
    {
      error = g_error_copy (sync_status_get_send_problem (status));
      direction = ACCOUNT_OUTGOING;
    }
  if (error)
    help_with (self, account, direction, error);
  else
    gtk_widget_activate_action (widget, "app.accounts", NULL);
}

static void
on_password_needed (AppWindow *self, Account *account, int direction, const GError *why)
{
  setup_password_dialog_present (GTK_WINDOW (self), self->parts.accounts, self->parts.secrets, self->parts.engine, account, direction, why);
}

static void
on_body_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AppWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (sync_engine_fetch_body_finish (SYNC_ENGINE (source), result, &error) || g_cancellable_is_cancelled (self->cancellable))
    return; /* the store tells the reader */
  reader_view_set_is_fetching (self->reader, FALSE);
  app_window_show_error (self, error);
}

static void
on_fetch_body (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AppWindow *self = APP_WINDOW (widget);

  reader_view_set_is_fetching (self->reader, TRUE);
  sync_engine_fetch_body_async (self->parts.engine, g_variant_get_int64 (parameter), self->cancellable, on_body_fetched, g_object_ref (self));
}

/* The Outbox */

static void
on_queued_again (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AppWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (model_mailbox_finish (MODEL_MAILBOX (source), result, &error))
    run (self, 0, SYNC_NO_RECEIVING);
  else
    app_window_show_error (self, error);
}

static void
on_outbox_send (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AppWindow *self = APP_WINDOW (widget);

  model_mailbox_send_again_async (self->parts.mailbox, g_variant_get_int64 (parameter), NULL, on_queued_again, g_object_ref (self));
}

static void
on_arrived_noted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AppWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (!model_mailbox_finish (MODEL_MAILBOX (source), result, &error) && !g_cancellable_is_cancelled (self->cancellable))
    app_window_show_error (self, error);
}

static void
on_outbox_arrived (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AppWindow *self = APP_WINDOW (widget);

  model_mailbox_arrived_async (self->parts.mailbox, g_variant_get_int64 (parameter), NULL, on_arrived_noted, g_object_ref (self));
}

typedef struct
{
  AppWindow *window;
  gint64 id;
} TakeBack;

static void
on_taken_back (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree TakeBack *wish = data;
  g_autoptr (AppWindow) self = wish->window;
  g_autoptr (GError) error = NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (model_mailbox_finish (MODEL_MAILBOX (source), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "app.edit", "x", wish->id);
  else if (g_error_matches (error, BASE_ERROR, BASE_ERROR_INVALID) || g_error_matches (error, BASE_ERROR, BASE_ERROR_NOT_FOUND))
    app_window_show_notice (self, _("Too late: the message is on its way."));
  else
    app_window_show_error (self, error);
}

static void
take_back (AppWindow *self, gint64 id)
{
  TakeBack *wish = g_new0 (TakeBack, 1);

  wish->window = g_object_ref (self);
  wish->id = id;
  model_mailbox_take_back_async (self->parts.mailbox, id, NULL, on_taken_back, wish);
}

static void
on_outbox_edit (GtkWidget *widget, const char *name, GVariant *parameter)
{
  take_back (APP_WINDOW (widget), g_variant_get_int64 (parameter));
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
  AppWindow *self = APP_WINDOW (widget);
  GtkWidget *panes[] = { GTK_WIDGET (self->folders), GTK_WIDGET (self->messages), GTK_WIDGET (self->reader) };
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  guint current = G_N_ELEMENTS (panes) - 1;

  for (guint i = 0; focus && i < G_N_ELEMENTS (panes); i++)
    if (focus == panes[i] || gtk_widget_is_ancestor (focus, panes[i]))
      current = i;
  for (guint i = 1; i <= G_N_ELEMENTS (panes); i++)
    {
      GtkWidget *next = panes[(current + i) % G_N_ELEMENTS (panes)];

      if (gtk_widget_get_mapped (next) && gtk_widget_grab_focus (next))
        return;
    }
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

static void
app_window_dispose (GObject *object)
{
  AppWindow *self = APP_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->actions);
  g_clear_object (&self->folder_actions);
  g_clear_object (&self->parts.accounts);
  g_clear_object (&self->parts.secrets);
  g_clear_object (&self->parts.engine);
  g_clear_object (&self->parts.tree);
  g_clear_object (&self->parts.messages);
  g_clear_object (&self->parts.mailbox);
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
  gtk_widget_class_install_action (widget_class, "win.send-receive", NULL, on_send_receive);
  gtk_widget_class_install_action (widget_class, "win.send", NULL, on_send);
  gtk_widget_class_install_action (widget_class, "win.receive", NULL, on_receive);
  gtk_widget_class_install_action (widget_class, "win.run-account", "x", on_run_account);
  gtk_widget_class_install_action (widget_class, "win.cancel", NULL, on_cancel);
  gtk_widget_class_install_action (widget_class, "win.account-help", "x", on_account_help);
  gtk_widget_class_install_action (widget_class, "win.fetch-body", "x", on_fetch_body);
  gtk_widget_class_install_action (widget_class, "win.outbox-send", "x", on_outbox_send);
  gtk_widget_class_install_action (widget_class, "win.outbox-edit", "x", on_outbox_edit);
  gtk_widget_class_install_action (widget_class, "win.outbox-arrived", "x", on_outbox_arrived);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, on_back);
  gtk_widget_class_install_action (widget_class, "win.next-pane", NULL, on_next_pane);
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
  g_type_ensure (STATUS_TYPE_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/app-window.ui");
  gtk_widget_class_bind_template_child (widget_class, AppWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, new_mail);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, send_receive);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, panes);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, folders);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, messages);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, reader);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, status);
  gtk_widget_class_bind_template_callback (widget_class, on_folder_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_selection_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_message_opened);
  gtk_widget_class_bind_template_callback (widget_class, on_seen);
  gtk_widget_class_bind_template_callback (widget_class, on_notice);
  gtk_widget_class_bind_template_callback (widget_class, on_failed);
  gtk_widget_class_bind_template_callback (widget_class, on_mode_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_busy_changed);
  install_actions (widget_class);
}

static void
app_window_init (AppWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  app_names_menu (GTK_WIDGET (self->send_receive), _("Send or Receive Only"));
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

AppWindow *
app_window_new (GtkApplication *application, const AppParts *parts)
{
  AppWindow *self = g_object_new (APP_TYPE_WINDOW, "application", application, NULL);
  g_autoptr (GMenuModel) move_menu = folders_menu_new (parts->tree, "message.move");
  g_autoptr (GMenuModel) context_menu = load_context_menu (move_menu);
  g_autoptr (GMenuModel) folder_menu = load_folder_menu ();

  hold_parts (self, parts);
  self->actions = messages_actions_new (self->messages, parts->mailbox, self->toasts);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "message", messages_actions_get_group (self->actions));
  messages_view_set_list (self->messages, parts->messages, parts->state);
  messages_view_set_context_menu (self->messages, context_menu);
  reader_view_set_models (self->reader, parts->mailbox, parts->saver, move_menu);
  g_object_bind_property (parts->settings, "mark-seen-seconds", self->reader, "seen-seconds", G_BINDING_SYNC_CREATE);
  folders_view_set_tree (self->folders, parts->tree);
  folders_view_set_context_menu (self->folders, folder_menu);
  self->folder_actions = folders_actions_new (self->folders, parts->tree, self->toasts);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "folder", folders_actions_get_group (self->folder_actions));
  status_bar_set_models (self->status, parts->engine, parts->accounts, parts->tree);
  add_offline_switch (self);

  g_signal_connect_object (parts->accounts, "items-changed", G_CALLBACK (show_welcome_or_mail), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (parts->tree, "refreshed", G_CALLBACK (open_some_folder), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (parts->engine, "password-needed", G_CALLBACK (on_password_needed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (parts->messages, "failed", G_CALLBACK (on_failed), self, G_CONNECT_SWAPPED);
  restore_size (self);
  show_welcome_or_mail (self);
  on_busy_changed (self);
  open_some_folder (self);
  return self;
}
