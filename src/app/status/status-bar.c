/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line at the foot of the window: what is going on, how far it is, and the last problem with the button that helps. */
#include "status-bar.h"

#include "app-words.h"
#include "base-config.h"
#include "base-error.h"
#include "status-words.h"

#include <glib/gi18n.h>

struct _StatusBar
{
  GtkWidget parent_instance;

  SyncEngine *engine;
  AccountList *accounts;
  ModelFolderTree *tree;
  GListModel *statuses;
  GPtrArray *followed;       /* of SyncStatus: whose notify we hear */
  gboolean is_busy;
  gboolean is_offline;       /* by a person's wish */
  guint update_source;

  GtkWidget *box;
  GtkLabel *activity;
  GtkProgressBar *progress;
  GtkWidget *cancel;
  GtkWidget *problem_box;
  GtkLabel *problem;
  GtkButton *help;
};

enum
{
  PROP_0,
  PROP_IS_BUSY,
  PROP_IS_OFFLINE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (StatusBar, status_bar, GTK_TYPE_WIDGET)

static void
set_is_busy (StatusBar *self, gboolean is_busy)
{
  if (self->is_busy == is_busy)
    return;
  self->is_busy = is_busy;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_IS_BUSY]);
}

/* Of a wait that says nothing to a person, nothing is said: a pass that only rests or is being stopped is no problem. */
static const GError *
get_problem (SyncStatus *status)
{
  const GError *problem = sync_status_get_problem (status);

  if (!problem || g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    problem = sync_status_get_send_problem (status);
  return problem && !g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? problem : NULL;
}

static ModelFolder *
find_account_row (StatusBar *self, gint64 account)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->tree)); i++)
    {
      g_autoptr (ModelFolder) folder = g_list_model_get_item (G_LIST_MODEL (self->tree), i);

      if (model_folder_get_kind (folder) == MODEL_FOLDER_ACCOUNT && model_folder_get_account_id (folder) == account)
        return folder; /* the tree holds it */
    }
  return NULL;
}

static void
mark_account (StatusBar *self, gint64 account, const GError *problem)
{
  ModelFolder *row = find_account_row (self, account);
  g_autofree char *sentence = problem ? app_words_error (problem) : NULL;

  if (row)
    model_folder_set_problem (row, sentence);
}

static void
show_problem (StatusBar *self, const GError *problem, Account *account)
{
  const char *label = problem ? app_words_get_help_label (app_words_get_help (problem)) : NULL;
  g_autofree char *text = problem ? status_words_problem (problem, account) : NULL;
  g_autofree char *details = problem ? app_words_error_details (problem) : NULL;

  gtk_widget_set_visible (self->problem_box, problem != NULL);
  if (!problem)
    return;
  g_strdelimit (text, "\n", ' ');
  gtk_label_set_text (self->problem, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->problem), details ? details : text);
  gtk_widget_set_visible (GTK_WIDGET (self->help), label != NULL);
  if (label)
    gtk_button_set_label (self->help, label);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->help), "x", account_get_id (account));
}

static void
show_activity (StatusBar *self, char **activities, guint n, double fraction, const char *rest)
{
  g_autofree char *text = n ? g_strjoinv ("   ", activities) : NULL;

  gtk_label_set_text (self->activity, text ? text : rest);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), n > 0);
  gtk_widget_set_visible (self->cancel, n > 0);
  if (n && fraction >= 0)
    gtk_progress_bar_set_fraction (self->progress, MIN (fraction, 1));
  else if (n)
    gtk_progress_bar_pulse (self->progress);
  set_is_busy (self, n > 0);
}

/* The accounts that were looked at last, and those that were not: the oldest counts, so that the words are true of all. */
static gint64
get_last_success (StatusBar *self)
{
  gint64 oldest = 0;

  for (guint i = 0; i < g_list_model_get_n_items (self->statuses); i++)
    {
      g_autoptr (SyncStatus) status = g_list_model_get_item (self->statuses, i);
      gint64 time;

      g_object_get (status, "last-success", &time, NULL);
      if (time && (!oldest || time < oldest) && account_list_find (self->accounts, sync_status_get_account (status)))
        oldest = time;
    }
  return oldest;
}

/* A monitor that sees no network is not always right (a server on this machine): what works has the last word. */
static gboolean
is_offline (StatusBar *self, gint64 last, const GError *problem)
{
  return self->is_offline || ((problem || !last) && !g_network_monitor_get_network_available (g_network_monitor_get_default ()));
}

static gboolean
update (gpointer data)
{
  StatusBar *self = data;
  g_autoptr (GStrvBuilder) activities = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;
  const GError *problem = NULL;
  Account *troubled = NULL;
  double fraction = -1, sum = 0;
  gint64 last;
  g_autofree char *rest = NULL;
  guint n = 0, n_known = 0;

  self->update_source = 0;
  for (guint i = 0; i < g_list_model_get_n_items (self->statuses); i++)
    {
      g_autoptr (SyncStatus) status = g_list_model_get_item (self->statuses, i);
      Account *account = account_list_find (self->accounts, sync_status_get_account (status));
      g_autofree char *activity = account ? status_words_activity (status, account) : NULL;
      const GError *its_problem = get_problem (status);

      if (!account)
        continue;
      mark_account (self, account_get_id (account), its_problem);
      if (its_problem && !problem)
        {
          problem = its_problem;
          troubled = account;
        }
      if (!activity)
        continue;
      g_strv_builder_add (activities, activity);
      n++;
      if (sync_status_get_fraction (status) >= 0)
        {
          sum += sync_status_get_fraction (status);
          n_known++;
        }
    }
  if (n_known)
    fraction = sum / n_known;
  list = g_strv_builder_end (activities);
  last = get_last_success (self);
  rest = is_offline (self, last, problem) ? status_words_offline () : status_words_rest (last, g_get_real_time () / G_USEC_PER_SEC, problem != NULL);
  show_activity (self, list, n, fraction, rest);
  show_problem (self, problem, troubled);
  return G_SOURCE_REMOVE;
}

/* However many properties change in one go, words are put once. */
static void
queue_update (StatusBar *self)
{
  if (!self->update_source && self->statuses)
    self->update_source = g_idle_add (update, self);
}

static void
follow (StatusBar *self)
{
  for (guint i = 0; i < self->followed->len; i++)
    g_signal_handlers_disconnect_by_func (self->followed->pdata[i], queue_update, self);
  g_ptr_array_set_size (self->followed, 0);
  for (guint i = 0; i < g_list_model_get_n_items (self->statuses); i++)
    {
      SyncStatus *status = g_list_model_get_item (self->statuses, i);

      g_signal_connect_object (status, "notify", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->followed, status);
    }
  queue_update (self);
}

static void
status_bar_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_IS_BUSY)
    g_value_set_boolean (value, STATUS_BAR (object)->is_busy);
  else if (prop_id == PROP_IS_OFFLINE)
    g_value_set_boolean (value, STATUS_BAR (object)->is_offline);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
status_bar_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id != PROP_IS_OFFLINE)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }
  STATUS_BAR (object)->is_offline = g_value_get_boolean (value);
  queue_update (STATUS_BAR (object));
}

static void
status_bar_dispose (GObject *object)
{
  StatusBar *self = STATUS_BAR (object);

  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_pointer (&self->followed, g_ptr_array_unref);
  g_clear_object (&self->statuses);
  g_clear_object (&self->engine);
  g_clear_object (&self->accounts);
  g_clear_object (&self->tree);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (status_bar_parent_class)->dispose (object);
}

static void
status_bar_class_init (StatusBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = status_bar_get_property;
  object_class->set_property = status_bar_set_property;
  object_class->dispose = status_bar_dispose;

  props[PROP_IS_BUSY] = g_param_spec_boolean ("is-busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_IS_OFFLINE] = g_param_spec_boolean ("is-offline", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/status/status-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, StatusBar, box);
  gtk_widget_class_bind_template_child (widget_class, StatusBar, activity);
  gtk_widget_class_bind_template_child (widget_class, StatusBar, progress);
  gtk_widget_class_bind_template_child (widget_class, StatusBar, cancel);
  gtk_widget_class_bind_template_child (widget_class, StatusBar, problem_box);
  gtk_widget_class_bind_template_child (widget_class, StatusBar, problem);
  gtk_widget_class_bind_template_child (widget_class, StatusBar, help);
}

static void
status_bar_init (StatusBar *self)
{
  self->followed = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
status_bar_set_models (StatusBar *self, SyncEngine *engine, AccountList *accounts, ModelFolderTree *tree)
{
  g_return_if_fail (STATUS_IS_BAR (self) && !self->engine);

  self->engine = g_object_ref (engine);
  self->accounts = g_object_ref (accounts);
  self->tree = g_object_ref (tree);
  self->statuses = g_object_ref (sync_engine_get_statuses (engine));
  g_signal_connect_object (self->statuses, "items-changed", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (tree, "refreshed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  follow (self);
}
