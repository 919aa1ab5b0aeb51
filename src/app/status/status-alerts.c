/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dialog for the words of a server. */
#include "status-alerts.h"

#include "app-alert.h"

#include <glib/gi18n.h>

typedef struct
{
  GtkWindow *window; /* borrowed: it owns this */
  AccountList *accounts;
  GListModel *statuses;
  GPtrArray *watched; /* of SyncStatus */
} Alerts;

static void
on_alert (SyncStatus *status, GParamSpec *pspec, Alerts *self)
{
  const AppAlertChoice close = { "cancel", _("_Close"), APP_ALERT_PLAIN };
  Account *account = account_list_find (self->accounts, sync_status_get_account (status));
  g_autofree char *heading = NULL;

  if (!sync_status_get_alert (status))
    return;
  /* Translators: %s is an account, as "Work"; what follows are its mail server's own words */
  heading = g_strdup_printf (_("The Server of “%s” Says"), account ? account_get_title (account) : "?");
  app_alert_present (self->window, heading, sync_status_get_alert (status), &close, 1, NULL, NULL, NULL);
}

static void
forget (Alerts *self)
{
  for (guint i = 0; i < self->watched->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->watched, i), self);
  g_ptr_array_set_size (self->watched, 0);
}

static void
on_statuses_changed (Alerts *self)
{
  forget (self);
  for (guint i = 0; i < g_list_model_get_n_items (self->statuses); i++)
    {
      SyncStatus *status = g_list_model_get_item (self->statuses, i);

      g_signal_connect (status, "notify::alert", G_CALLBACK (on_alert), self);
      g_ptr_array_add (self->watched, status);
    }
}

static void
alerts_free (gpointer data)
{
  Alerts *self = data;

  forget (self);
  g_signal_handlers_disconnect_by_data (self->statuses, self);
  g_ptr_array_unref (self->watched);
  g_object_unref (self->statuses);
  g_object_unref (self->accounts);
  g_free (self);
}

void
status_alerts_watch (GtkWindow *window, SyncEngine *engine, AccountList *accounts)
{
  Alerts *self = g_new0 (Alerts, 1);

  self->window = window;
  self->accounts = g_object_ref (accounts);
  self->statuses = g_object_ref (sync_engine_get_statuses (engine));
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect_swapped (self->statuses, "items-changed", G_CALLBACK (on_statuses_changed), self);
  on_statuses_changed (self);
  g_object_set_data_full (G_OBJECT (window), "status-alerts", self, alerts_free);
}
