/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sending and receiving as actions of the window: when, for whom, not at all, and what helps where it failed. */
#include "app-transfer.h"

#include "app-toast.h"
#include "app-words.h"
#include "base-config.h"
#include "setup-certificate-dialog.h"
#include "setup-password-dialog.h"

struct _AppTransfer
{
  GObject parent_instance;

  GtkApplicationWindow *window;  /* weak */
  AdwToastOverlay *toasts;       /* weak */
  AccountList *accounts;
  AccountSecrets *secrets;
  SyncEngine *engine;
  AppState *state;
  GCancellable *cancellable;     /* of what nobody waits for once the window is gone */
  gboolean is_busy;
  gboolean is_offline;
};

enum
{
  PROP_0,
  PROP_IS_BUSY,
  PROP_IS_OFFLINE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (AppTransfer, app_transfer, G_TYPE_OBJECT)

static void
on_run_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AppTransfer) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) reports = sync_engine_run_finish (SYNC_ENGINE (source), result, &error);
  g_autofree char *text = NULL;

  /* What went wrong with an account is in its status, and so at the foot of the window. */
  if (reports || !self->toasts || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  text = app_words_error (error);
  adw_toast_overlay_add_toast (self->toasts, app_toast_new (text));
}

static void
run (AppTransfer *self, gint64 account, SyncOptions options)
{
  sync_engine_run_async (self->engine, account, options, self->cancellable, on_run_done, g_object_ref (self));
}

static void
on_send_receive (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  run (data, 0, SYNC_DEFAULT);
}

static void
on_send (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  run (data, 0, SYNC_NO_RECEIVING);
}

static void
on_receive (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  run (data, 0, SYNC_NO_SENDING);
}

static void
on_run_account (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  run (data, g_variant_get_int64 (parameter), SYNC_DEFAULT);
}

static void
on_cancel (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sync_engine_cancel (APP_TRANSFER (data)->engine, 0);
}

static void
on_cancel_account (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sync_engine_cancel (APP_TRANSFER (data)->engine, g_variant_get_int64 (parameter));
}

/* Offline */

static void
enable (AppTransfer *self, const char *name, gboolean is_enabled)
{
  GAction *action = self->window ? g_action_map_lookup_action (G_ACTION_MAP (self->window), name) : NULL;

  if (action)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (action), is_enabled);
}

static void
update_actions (AppTransfer *self)
{
  static const char *const online[] = { "send-receive", "send", "receive", "run-account" };

  for (gsize i = 0; i < G_N_ELEMENTS (online); i++)
    enable (self, online[i], !self->is_offline);
  enable (self, "cancel", self->is_busy);
}

static void
set_is_offline (AppTransfer *self, gboolean is_offline)
{
  if (self->is_offline == is_offline)
    return;
  self->is_offline = is_offline;
  sync_engine_set_online (self->engine, !is_offline);
  app_state_set_int (self->state, "window", "offline", is_offline);
  app_state_save (self->state); /* who is on a costly line means it after a crash too */
  update_actions (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_IS_OFFLINE]);
}

static void
on_offline (GSimpleAction *action, GVariant *state, gpointer data)
{
  g_simple_action_set_state (action, state);
  set_is_offline (data, g_variant_get_boolean (state));
}

void
app_transfer_restore (SyncEngine *engine, AppState *state)
{
  sync_engine_set_online (engine, !app_state_get_int (state, "window", "offline", FALSE));
}

/* What helps */

static void
help_with (AppTransfer *self, Account *account, AccountDirection direction, const GError *error)
{
  GtkWindow *window = GTK_WINDOW (self->window);

  switch (app_words_get_help (error))
    {
    case APP_HELP_PASSWORD:
      setup_password_dialog_present (window, self->accounts, self->secrets, self->engine, account, direction, error);
      break;
    case APP_HELP_CERTIFICATE:
      setup_certificate_dialog_present (window, self->accounts, self->engine, account, direction, error);
      break;
    case APP_HELP_SETTINGS:
    case APP_HELP_EDIT:
      gtk_widget_activate_action (GTK_WIDGET (window), "app.accounts", NULL);
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
on_account_help (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AppTransfer *self = data;
  gint64 id = g_variant_get_int64 (parameter);
  Account *found = account_list_find (self->accounts, id);
  g_autoptr (Account) account = found ? g_object_ref (found) : NULL;
  SyncStatus *status = sync_engine_get_status (self->engine, id);
  AccountDirection direction = ACCOUNT_INCOMING;
  g_autoptr (GError) error = NULL;

  if (!account || !self->window)
    return;
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
    gtk_widget_activate_action (GTK_WIDGET (self->window), "app.accounts", NULL);
}

static void
on_password_needed (AppTransfer *self, Account *account, int direction, const GError *why)
{
  if (self->window)
    setup_password_dialog_present (GTK_WINDOW (self->window), self->accounts, self->secrets, self->engine, account, direction, why);
}

static const GActionEntry entries[] = {
  { .name = "send-receive", .activate = on_send_receive },
  { .name = "send", .activate = on_send },
  { .name = "receive", .activate = on_receive },
  { .name = "cancel", .activate = on_cancel },
  { .name = "run-account", .activate = on_run_account, .parameter_type = "x" },
  { .name = "cancel-account", .activate = on_cancel_account, .parameter_type = "x" },
  { .name = "account-help", .activate = on_account_help, .parameter_type = "x" },
  { .name = "work-offline", .state = "false", .change_state = on_offline },
};

static void
app_transfer_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  AppTransfer *self = APP_TRANSFER (object);

  if (prop_id == PROP_IS_BUSY)
    g_value_set_boolean (value, self->is_busy);
  else if (prop_id == PROP_IS_OFFLINE)
    g_value_set_boolean (value, self->is_offline);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
app_transfer_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  AppTransfer *self = APP_TRANSFER (object);

  if (prop_id != PROP_IS_BUSY)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }
  self->is_busy = g_value_get_boolean (value);
  update_actions (self);
}

static void
app_transfer_dispose (GObject *object)
{
  AppTransfer *self = APP_TRANSFER (object);

  g_cancellable_cancel (self->cancellable);
  for (gsize i = 0; self->window && i < G_N_ELEMENTS (entries); i++)
    g_action_map_remove_action (G_ACTION_MAP (self->window), entries[i].name);
  g_clear_weak_pointer (&self->window);
  g_clear_weak_pointer (&self->toasts);
  g_clear_object (&self->accounts);
  g_clear_object (&self->secrets);
  g_clear_object (&self->engine);
  g_clear_object (&self->state);
  G_OBJECT_CLASS (app_transfer_parent_class)->dispose (object);
}

static void
app_transfer_finalize (GObject *object)
{
  g_clear_object (&APP_TRANSFER (object)->cancellable);
  G_OBJECT_CLASS (app_transfer_parent_class)->finalize (object);
}

static void
app_transfer_class_init (AppTransferClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = app_transfer_get_property;
  object_class->set_property = app_transfer_set_property;
  object_class->dispose = app_transfer_dispose;
  object_class->finalize = app_transfer_finalize;
  props[PROP_IS_BUSY] = g_param_spec_boolean ("is-busy", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_IS_OFFLINE] = g_param_spec_boolean ("is-offline", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
app_transfer_init (AppTransfer *self)
{
  self->cancellable = g_cancellable_new ();
}

AppTransfer *
app_transfer_new (GtkApplicationWindow *window, const AppParts *parts, AdwToastOverlay *toasts)
{
  AppTransfer *self = g_object_new (APP_TYPE_TRANSFER, NULL);

  g_set_weak_pointer (&self->window, window);
  g_set_weak_pointer (&self->toasts, toasts);
  self->accounts = g_object_ref (parts->accounts);
  self->secrets = g_object_ref (parts->secrets);
  self->engine = g_object_ref (parts->engine);
  self->state = g_object_ref (parts->state);
  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (self->engine, "password-needed", G_CALLBACK (on_password_needed), self, G_CONNECT_SWAPPED);
  if (!sync_engine_is_online (self->engine)) /* a window opened anew, or was so the last time */
    g_action_group_change_action_state (G_ACTION_GROUP (window), "work-offline", g_variant_new_boolean (TRUE));
  update_actions (self);
  return self;
}
