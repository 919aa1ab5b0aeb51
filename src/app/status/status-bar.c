/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line at the foot of the window: what is going on, how far it is, the last problem with the button that helps, and the offline switch. */
#include "status-bar.h"

#include "app-names.h"
#include "app-words.h"
#include "base-config.h"
#include "status-account.h"
#include "status-refusals.h"
#include "status-words.h"

#include <glib/gi18n.h>

struct _StatusBar
{
  GtkWidget parent_instance;

  SyncEngine *engine;
  SyncIndex *index;          /* (nullable) */
  AccountList *accounts;
  ModelFolderTree *tree;
  ModelRefusals *refusals;
  AppState *state;
  GListModel *statuses;
  GPtrArray *followed;       /* of SyncStatus: whose notify we hear */
  gboolean is_busy;
  gboolean is_offline;       /* by a person's wish */
  gboolean is_narrow;
  guint update_source;

  GtkWidget *box;
  GtkMenuButton *details;
  GtkPopover *popover;
  GtkListBox *account_list;
  GtkWidget *indexing;       /* in the list of accounts: how far the search index is */
  GtkLabel *indexing_state;
  GtkProgressBar *indexing_progress;
  GtkLabel *activity;
  GtkProgressBar *progress;
  GtkWidget *cancel;
  GtkWidget *problem_box;
  GtkLabel *problem;
  GtkButton *help;
  GtkButton *show_refusals;
  GtkWidget *offline;
  GtkImage *offline_icon;
  GtkWidget *offline_label;
};

enum
{
  PROP_0,
  PROP_IS_BUSY,
  PROP_IS_OFFLINE,
  PROP_IS_NARROW,
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

/* Refusals: told until a person has looked at them */

static char *
make_key (gint64 account)
{
  return g_strdup_printf ("refusals-seen-%" G_GINT64_FORMAT, account);
}

static guint
count_unseen (StatusBar *self, gint64 account)
{
  g_autofree char *key = make_key (account);

  return model_refusals_count (self->refusals, account, app_state_get_int (self->state, "status", key, 0), NULL);
}

static void queue_update (StatusBar *self);

static void
on_show_refusals (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StatusBar *self = STATUS_BAR (widget);
  gint64 id = g_variant_get_int64 (parameter), latest;
  Account *account = account_list_find (self->accounts, id);
  g_autofree char *key = make_key (id);

  if (!account)
    return;
  gtk_window_present (status_refusals_new (GTK_WINDOW (gtk_widget_get_root (widget)), self->refusals, account));
  model_refusals_count (self->refusals, id, 0, &latest);
  app_state_set_int (self->state, "status", key, (int) latest);
  queue_update (self);
}

/* What is shown, gathered from all accounts */
typedef struct
{
  GPtrArray *busy;        /* of SyncStatus */
  guint n_known;          /* of those, how many know how far they are */
  double sum;             /* of their fractions */
  const GError *problem;  /* the first */
  Account *troubled;      /* whose */
  Account *refused;       /* the first whose server refused something that nobody has looked at */
  guint n_refused;
  guint n_indexed;        /* of so many that the search index takes in; 0 of 0 when it has them all */
  guint n_to_index;
  gint64 last;            /* the accounts that were looked at last, and those that were not: the oldest counts, so that the words are true of all */
} Summary;

static void
add_account (StatusBar *self, Summary *summary, SyncStatus *status, Account *account)
{
  const GError *problem = status_account_find_problem (status);
  guint n_refused = count_unseen (self, account_get_id (account));
  gint64 last;

  mark_account (self, account_get_id (account), problem);
  if (problem && !summary->problem)
    {
      summary->problem = problem;
      summary->troubled = account;
    }
  if (n_refused && !summary->refused)
    {
      summary->refused = account;
      summary->n_refused = n_refused;
    }
  g_object_get (status, "last-success", &last, NULL);
  if (last && (!summary->last || last < summary->last))
    summary->last = last;
  if (sync_status_get_phase (status) == SYNC_IDLE)
    return;
  g_ptr_array_add (summary->busy, g_object_ref (status));
  if (sync_status_get_fraction (status) >= 0)
    {
      summary->sum += sync_status_get_fraction (status);
      summary->n_known++;
    }
}

/* A monitor that sees no network is not always right (a server on this machine): what works has the last word. */
static gboolean
has_no_network (const Summary *summary)
{
  return (summary->problem || !summary->last) && !g_network_monitor_get_network_available (g_network_monitor_get_default ());
}

static void
show_problem (StatusBar *self, const Summary *summary)
{
  const char *label = summary->problem ? app_words_get_help_label (app_words_get_help (summary->problem)) : NULL;
  Account *account = summary->problem ? summary->troubled : summary->refused;
  g_autofree char *text = summary->problem ? status_words_problem (summary->problem, account)
                          : account ? status_words_refused (summary->n_refused, account) : NULL;
  g_autofree char *details = summary->problem ? app_words_error_details (summary->problem) : NULL;
  g_autofree char *tooltip = NULL;

  gtk_widget_set_visible (self->problem_box, text != NULL);
  if (!text)
    return;
  g_strdelimit (text, "\n", ' ');
  tooltip = details ? g_strdup_printf ("%s\n\n%s", text, details) : g_strdup (text); /* both: the sentence may not have had room */
  gtk_label_set_text (self->problem, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->problem), tooltip);
  gtk_widget_set_visible (GTK_WIDGET (self->help), label != NULL);
  if (label)
    gtk_button_set_label (self->help, label);
  gtk_widget_set_visible (GTK_WIDGET (self->show_refusals), !summary->problem);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->help), "x", account_get_id (account));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->show_refusals), "x", account_get_id (account));
}

/* (transfer full): mail that goes or comes before what only prepares searching, and that before rest */
static char *
word_activity (StatusBar *self, const Summary *summary)
{
  gboolean is_offline = self->is_offline || has_no_network (summary);

  if (summary->busy->len > 0)
    return status_words_together (summary->busy, self->accounts);
  if (summary->n_to_index > 0)
    return status_words_index (summary->n_indexed, summary->n_to_index, is_offline);
  if (is_offline)
    return self->is_narrow ? g_strdup (_("Offline")) : status_words_offline ();
  return status_words_rest (summary->last, g_get_real_time () / G_USEC_PER_SEC, summary->problem || summary->refused);
}

static void
show_activity (StatusBar *self, const Summary *summary)
{
  gboolean is_busy = summary->busy->len > 0, has_problem = summary->problem || summary->refused;
  gboolean shows_indexing = !is_busy && summary->n_to_index > 0 && !has_problem;
  g_autofree char *text = word_activity (self, summary);

  gtk_widget_set_visible (GTK_WIDGET (self->activity), is_busy || !has_problem || !self->is_narrow); /* the problem needs the room */
  gtk_label_set_text (self->activity, text && text[0] ? text : _("Not checked yet"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->details), text && text[0] ? text : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->details), g_list_model_get_n_items (self->statuses) > 0 || summary->n_to_index > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), (is_busy || shows_indexing) && !self->is_narrow);
  gtk_widget_set_visible (self->cancel, is_busy);
  if (summary->n_known)
    gtk_progress_bar_set_fraction (self->progress, MIN (summary->sum / summary->n_known, 1));
  else if (is_busy)
    gtk_progress_bar_pulse (self->progress);
  else if (shows_indexing)
    gtk_progress_bar_set_fraction (self->progress, (double) summary->n_indexed / summary->n_to_index);
  set_is_busy (self, is_busy);
}

/* Below the accounts, so that it can be seen while mail comes too */
static void
show_indexing (StatusBar *self, const Summary *summary)
{
  g_autofree char *text = status_words_index (summary->n_indexed, summary->n_to_index, FALSE);

  gtk_widget_set_visible (self->indexing, summary->n_to_index > 0);
  if (summary->n_to_index == 0)
    return;
  gtk_label_set_text (self->indexing_state, text);
  gtk_progress_bar_set_fraction (self->indexing_progress, (double) summary->n_indexed / summary->n_to_index);
}

static void
show_offline (StatusBar *self)
{
  gtk_image_set_from_icon_name (self->offline_icon, self->is_offline ? "network-offline-symbolic" : "network-transmit-receive-symbolic");
  gtk_widget_set_visible (self->offline_label, self->is_offline && !self->is_narrow);
  gtk_widget_set_tooltip_text (self->offline, self->is_offline ? _("Go online again: what was done meanwhile is sent")
                                                               : _("Work offline: nothing is sent or received until you go online again"));
}

static StatusAccount *
get_row (StatusBar *self, guint i)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->account_list, (int) i);

  return row ? STATUS_ACCOUNT (gtk_list_box_row_get_child (row)) : NULL;
}

static void
show_accounts (StatusBar *self, gboolean is_offline)
{
  for (guint i = 0; get_row (self, i); i++)
    {
      StatusAccount *row = get_row (self, i);
      gint64 account = sync_status_get_account (status_account_get_status (row));

      status_account_update (row, is_offline, count_unseen (self, account), model_refusals_count (self->refusals, account, 0, NULL) > 0);
    }
}

static gboolean
update (gpointer data)
{
  StatusBar *self = data;
  g_autoptr (GPtrArray) busy = g_ptr_array_new_with_free_func (g_object_unref);
  Summary summary = { .busy = busy };

  self->update_source = 0;
  for (guint i = 0; i < g_list_model_get_n_items (self->statuses); i++)
    {
      g_autoptr (SyncStatus) status = g_list_model_get_item (self->statuses, i);
      Account *account = account_list_find (self->accounts, sync_status_get_account (status));

      if (account)
        add_account (self, &summary, status, account);
    }
  if (self->index)
    sync_index_get_progress (self->index, &summary.n_indexed, &summary.n_to_index);
  show_activity (self, &summary);
  show_indexing (self, &summary);
  show_problem (self, &summary);
  show_offline (self);
  show_accounts (self, self->is_offline || has_no_network (&summary));
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

/* A status whose account is just going has an empty row for that moment. */
static GtkWidget *
create_row (gpointer item, gpointer data)
{
  StatusBar *self = data;
  Account *account = account_list_find (self->accounts, sync_status_get_account (item));
  g_autoptr (Account) gone = account ? NULL : account_new ();
  GtkWidget *row = status_account_new (item, account ? account : gone);

  g_signal_connect_object (row, "chosen", G_CALLBACK (gtk_popover_popdown), self->popover, G_CONNECT_SWAPPED);
  return row;
}

static void
status_bar_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  StatusBar *self = STATUS_BAR (object);

  switch (prop_id)
    {
    case PROP_IS_BUSY:
      g_value_set_boolean (value, self->is_busy);
      break;
    case PROP_IS_OFFLINE:
      g_value_set_boolean (value, self->is_offline);
      break;
    case PROP_IS_NARROW:
      g_value_set_boolean (value, self->is_narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
status_bar_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  StatusBar *self = STATUS_BAR (object);

  switch (prop_id)
    {
    case PROP_IS_OFFLINE:
      self->is_offline = g_value_get_boolean (value);
      break;
    case PROP_IS_NARROW:
      self->is_narrow = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
  queue_update (self);
}

static void
status_bar_dispose (GObject *object)
{
  StatusBar *self = STATUS_BAR (object);

  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_pointer (&self->followed, g_ptr_array_unref);
  if (self->account_list)
    gtk_list_box_bind_model (self->account_list, NULL, NULL, NULL, NULL);
  self->account_list = NULL;
  g_clear_object (&self->statuses);
  g_clear_object (&self->engine);
  g_clear_object (&self->index);
  g_clear_object (&self->accounts);
  g_clear_object (&self->tree);
  g_clear_object (&self->refusals);
  g_clear_object (&self->state);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (status_bar_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, StatusBar, box);
  gtk_widget_class_bind_template_child (widget_class, StatusBar, details);
  gtk_widget_class_bind_template_child (widget_class, StatusBar, popover);
  gtk_widget_class_bind_template_child (widget_class, StatusBar, account_list);
  gtk_widget_class_bind_template_child (widget_class, StatusBar, indexing);
  gtk_widget_class_bind_template_child (widget_class, StatusBar, indexing_state);
  gtk_widget_class_bind_template_child (widget_class, StatusBar, indexing_progress);
  gtk_widget_class_bind_template_child (widget_class, StatusBar, activity);
  gtk_widget_class_bind_template_child (widget_class, StatusBar, progress);
  gtk_widget_class_bind_template_child (widget_class, StatusBar, cancel);
  gtk_widget_class_bind_template_child (widget_class, StatusBar, problem_box);
  gtk_widget_class_bind_template_child (widget_class, StatusBar, problem);
  gtk_widget_class_bind_template_child (widget_class, StatusBar, help);
  gtk_widget_class_bind_template_child (widget_class, StatusBar, show_refusals);
  gtk_widget_class_bind_template_child (widget_class, StatusBar, offline);
  gtk_widget_class_bind_template_child (widget_class, StatusBar, offline_icon);
  gtk_widget_class_bind_template_child (widget_class, StatusBar, offline_label);
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
  props[PROP_IS_NARROW] = g_param_spec_boolean ("is-narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/status/status-bar.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, queue_update);
  gtk_widget_class_install_action (widget_class, "status.show-refusals", "x", on_show_refusals);
}

static void
status_bar_init (StatusBar *self)
{
  self->followed = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->details), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What Each Account Does"), -1);
  app_names_inside (GTK_WIDGET (self->details), GTK_TYPE_TOGGLE_BUTTON, _("What Each Account Does"));
}

void
status_bar_set_models (StatusBar *self, SyncEngine *engine, AccountList *accounts, ModelFolderTree *tree, ModelRefusals *refusals, AppState *state)
{
  g_return_if_fail (STATUS_IS_BAR (self) && !self->engine);

  self->engine = g_object_ref (engine);
  self->accounts = g_object_ref (accounts);
  self->tree = g_object_ref (tree);
  self->refusals = g_object_ref (refusals);
  self->state = g_object_ref (state);
  self->statuses = g_object_ref (sync_engine_get_statuses (engine));
  gtk_list_box_bind_model (self->account_list, self->statuses, create_row, self, NULL);
  g_signal_connect_object (self->statuses, "items-changed", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (tree, "refreshed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (refusals, "items-changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  follow (self);
}

void
status_bar_set_index (StatusBar *self, SyncIndex *index)
{
  g_return_if_fail (STATUS_IS_BAR (self) && !self->index);

  self->index = g_object_ref (index);
  g_signal_connect_object (index, "progress-changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  queue_update (self);
}
