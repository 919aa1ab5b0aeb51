/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done to the messages that are chosen: the actions of the group "message". */
#include "messages-actions.h"

#include "app-alert.h"
#include "app-toast.h"
#include "app-words.h"
#include "base-config.h"
#include "folders-chooser.h"
#include "folders-recent.h"
#include "messages-choice.h"
#include "messages-undo.h"

#include <glib/gi18n.h>

struct _MessagesActions
{
  GObject parent_instance;

  GSimpleActionGroup *group;
  MessagesChoice choice;
  AdwToastOverlay *toasts;     /* weak */
  ModelMailbox *mailbox;
  ModelFolderTree *tree;
  AppState *state;
  MessagesUndo *undo;
};

enum
{
  LEFT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MessagesActions, messages_actions, G_TYPE_OBJECT)

static void
show_toast (MessagesActions *self, const char *text)
{
  AdwToast *toast = app_toast_new (text);

  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
show_error (MessagesActions *self, const GError *error)
{
  g_autofree char *text = NULL;

  if (!self->toasts || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  text = app_words_error (error);
  show_toast (self, text);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MessagesActions) self = data;
  g_autoptr (GError) error = NULL;

  if (!model_mailbox_finish (MODEL_MAILBOX (source), result, &error))
    show_error (self, error);
}

/* (nullable) (transfer full): how to take back what a job did to @n messages; %NULL when there is nothing to tell, or a failure, which is told */
static ModelUndo *
finish_job (MessagesActions *self, GAsyncResult *result, guint *n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ModelUndo) undo = model_mailbox_move_finish (self->mailbox, result, &error);

  *n = undo ? model_undo_get_n_messages (undo) : 0;
  if (!undo)
    show_error (self, error);
  return *n && self->undo ? g_steal_pointer (&undo) : NULL; /* else the window has been closed meanwhile */
}

static void
leave (MessagesActions *self)
{
  g_signal_emit (self, signals[LEFT], 0);
}

static void
on_moved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MessagesActions) self = data;
  guint n;
  g_autoptr (ModelUndo) undo = finish_job (self, result, &n);
  g_autofree char *text = undo ? g_strdup_printf (ngettext ("%u message moved", "%u messages moved", n), n) : NULL;

  if (!undo)
    return;
  messages_undo_offer (self->undo, undo, text);
  leave (self);
}

static void
on_copied (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MessagesActions) self = data;
  guint n;
  g_autoptr (ModelUndo) undo = finish_job (self, result, &n);
  g_autofree char *text = undo ? g_strdup_printf (ngettext ("%u message copied", "%u messages copied", n), n) : NULL;

  if (undo)
    messages_undo_offer (self->undo, undo, text);
}

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MessagesActions) self = data;
  guint n;
  g_autoptr (ModelUndo) undo = finish_job (self, result, &n);
  g_autofree char *text = undo ? g_strdup_printf (ngettext ("%u message deleted", "%u messages deleted", n), n) : NULL;

  if (!undo)
    return;
  messages_undo_offer (self->undo, undo, text);
  leave (self);
}

typedef struct
{
  MessagesActions *actions;
  GArray *ids;
} Farewell;

static void
farewell_free (gpointer data)
{
  Farewell *farewell = data;

  g_object_unref (farewell->actions);
  g_array_unref (farewell->ids);
  g_free (farewell);
}

static void
on_gone (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MessagesActions) self = data;
  g_autoptr (GError) error = NULL;

  if (model_mailbox_finish (MODEL_MAILBOX (source), result, &error))
    leave (self);
  else
    show_error (self, error);
}

static void
on_farewell_answered (const char *choice, gpointer data)
{
  Farewell *farewell = data;

  if (g_str_equal (choice, "delete"))
    model_mailbox_delete_for_good_async (farewell->actions->mailbox, farewell->ids, NULL, on_gone, g_object_ref (farewell->actions));
}

/* Where no undo exists, and only there, a question is asked. */
static void
ask_for_good (MessagesActions *self, GArray *ids)
{
  const AppAlertChoice choices[] = {
    { "cancel", _("_Cancel"), APP_ALERT_PLAIN },
    { "delete", _("_Delete"), APP_ALERT_DESTRUCTIVE },
  };
  g_autofree char *heading = g_strdup_printf (ngettext ("Delete %u Message for Good?", "Delete %u Messages for Good?", ids->len), ids->len);
  Farewell *farewell = g_new0 (Farewell, 1);

  farewell->actions = g_object_ref (self);
  farewell->ids = g_array_ref (ids);
  app_alert_present (GTK_WINDOW (gtk_widget_get_root (self->choice.widget)), heading,
                     _("It cannot be brought back."), choices, G_N_ELEMENTS (choices), on_farewell_answered, farewell, farewell_free);
}

static gboolean
has_no_way_back (ModelFolder *folder)
{
  MailRole role = folder ? model_folder_get_role (folder) : MAIL_ROLE_NONE;

  return role == MAIL_ROLE_TRASH || role == MAIL_ROLE_OUTBOX;
}

static void
on_delete (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  MessagesActions *self = data;
  g_autoptr (GArray) ids = messages_choice_dup_ids (&self->choice);

  if (!ids->len)
    return;
  if (has_no_way_back (messages_choice_get_folder (&self->choice, self->tree)))
    ask_for_good (self, ids);
  else
    model_mailbox_delete_async (self->mailbox, ids, NULL, on_deleted, g_object_ref (self));
}

static void
on_delete_for_good (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  MessagesActions *self = data;
  g_autoptr (GArray) ids = messages_choice_dup_ids (&self->choice);

  if (ids->len)
    ask_for_good (self, ids);
}

static void
mark_selected (MessagesActions *self, MailFlags add, MailFlags remove)
{
  g_autoptr (GArray) ids = messages_choice_dup_ids (&self->choice);

  if (ids->len)
    model_mailbox_mark_async (self->mailbox, ids, add, remove, NULL, on_done, g_object_ref (self));
  messages_choice_mark (&self->choice, add, remove);
}

static void
on_mark_read (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  mark_selected (data, MAIL_FLAG_SEEN, 0);
}

static void
on_mark_unread (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  mark_selected (data, 0, MAIL_FLAG_SEEN);
}

static void
on_flag (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  mark_selected (data, MAIL_FLAG_FLAGGED, 0);
}

static void
on_toggle_flag (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  MessagesActions *self = data;
  gint64 folder;
  MailFlags flags;

  if (messages_choice_get_first (&self->choice, &folder, &flags) && (flags & MAIL_FLAG_FLAGGED))
    mark_selected (self, 0, MAIL_FLAG_FLAGGED);
  else
    mark_selected (self, MAIL_FLAG_FLAGGED, 0);
}

/* (nullable): where the first of the selected messages is */
static ModelFolder *
find_first_folder (MessagesActions *self)
{
  gint64 folder;
  MailFlags flags;

  return messages_choice_get_first (&self->choice, &folder, &flags) ? model_folder_tree_find (self->tree, folder) : NULL;
}

/* Moving and copying */

static void
move_to (MessagesActions *self, gint64 target)
{
  ModelFolder *folder = messages_choice_get_folder (&self->choice, self->tree);
  g_autoptr (GArray) ids = messages_choice_dup_ids (&self->choice);

  if (!ids->len || (folder && model_folder_get_id (folder) == target))
    return; /* dropped where they are already */
  folders_recent_note (self->state, target);
  model_mailbox_move_async (self->mailbox, ids, target, NULL, on_moved, g_object_ref (self));
}

static void
copy_to (MessagesActions *self, gint64 target)
{
  g_autoptr (GArray) ids = messages_choice_dup_ids (&self->choice);

  if (!ids->len)
    return;
  folders_recent_note (self->state, target);
  model_mailbox_copy_async (self->mailbox, ids, target, NULL, on_copied, g_object_ref (self));
}

static void
on_move (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  move_to (data, g_variant_get_int64 (parameter));
}

static void
on_copy (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  copy_to (data, g_variant_get_int64 (parameter));
}

static void
on_move_chosen (MessagesActions *self, ModelFolder *folder)
{
  if (self->choice.widget)
    move_to (self, model_folder_get_id (folder));
}

static void
on_copy_chosen (MessagesActions *self, ModelFolder *folder)
{
  if (self->choice.widget)
    copy_to (self, model_folder_get_id (folder));
}

/* Where all selected ones are already they cannot be moved to. */
static gboolean
is_elsewhere (ModelFolder *folder, gpointer here)
{
  return folder != here && folders_chooser_can_get_mail (folder, NULL);
}

static void
on_choose_folder (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  MessagesActions *self = data;
  gboolean is_copy = g_str_equal (g_action_get_name (G_ACTION (action)), "copy-to");
  FoldersOffer offer = { is_copy ? folders_chooser_can_get_mail : is_elsewhere, messages_choice_get_folder (&self->choice, self->tree), self->state, find_first_folder (self) };
  FoldersChooser *chooser;

  if (!messages_choice_count (&self->choice))
    return;
  chooser = folders_chooser_new (GTK_WINDOW (gtk_widget_get_root (self->choice.widget)), is_copy ? _("Copy to Folder") : _("Move to Folder"),
                                 is_copy ? _("Co_py") : _("_Move"), self->tree, &offer);
  g_signal_connect_object (chooser, "chosen", is_copy ? G_CALLBACK (on_copy_chosen) : G_CALLBACK (on_move_chosen), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (chooser));
}

static void
file_selected (MessagesActions *self, MailRole role)
{
  g_autoptr (GArray) ids = messages_choice_dup_ids (&self->choice);

  if (ids->len)
    model_mailbox_file_async (self->mailbox, ids, role, NULL, on_moved, g_object_ref (self));
}

static void
on_junk (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  file_selected (data, MAIL_ROLE_JUNK);
}

static void
on_not_junk (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  file_selected (data, MAIL_ROLE_INBOX);
}

static void
on_archive (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  file_selected (data, MAIL_ROLE_ARCHIVE);
}

static void
pass_on (MessagesActions *self, const char *group, GSimpleAction *action)
{
  g_autoptr (GArray) ids = messages_choice_dup_rows (&self->choice);
  g_autofree char *name = g_strconcat (group, ".", g_action_get_name (G_ACTION (action)), NULL);

  if (ids->len == 1)
    gtk_widget_activate_action (self->choice.widget, name, "x", g_array_index (ids, gint64, 0));
}

/* Answering, sending on, editing: the application opens a composer; create-rule: the rules */
static void
on_answer (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  pass_on (data, "app", action);
}

static void
on_open (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  pass_on (data, "win", action);
}

static void
on_undo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  messages_undo_take_back_last (MESSAGES_ACTIONS (data)->undo);
}

static void
on_select_all (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  MessagesActions *self = data;

  if (self->choice.view)
    messages_view_select_all (self->choice.view);
}

static const GActionEntry entries[] = {
  { .name = "delete", .activate = on_delete },
  { .name = "delete-for-good", .activate = on_delete_for_good },
  { .name = "mark-read", .activate = on_mark_read },
  { .name = "mark-unread", .activate = on_mark_unread },
  { .name = "flag", .activate = on_flag },
  { .name = "toggle-flag", .activate = on_toggle_flag },
  { .name = "move", .activate = on_move, .parameter_type = "x" },
  { .name = "copy", .activate = on_copy, .parameter_type = "x" },
  { .name = "move-to", .activate = on_choose_folder },
  { .name = "copy-to", .activate = on_choose_folder },
  { .name = "junk", .activate = on_junk },
  { .name = "not-junk", .activate = on_not_junk },
  { .name = "archive", .activate = on_archive },
  { .name = "create-rule", .activate = on_answer },
  { .name = "reply", .activate = on_answer },
  { .name = "reply-all", .activate = on_answer },
  { .name = "reply-list", .activate = on_answer },
  { .name = "forward", .activate = on_answer },
  { .name = "forward-attached", .activate = on_answer },
  { .name = "edit-as-new", .activate = on_answer },
  { .name = "redirect", .activate = on_answer },
  { .name = "edit", .activate = on_answer },
  { .name = "open", .activate = on_open },
  { .name = "undo", .activate = on_undo },
  { .name = "select-all", .activate = on_select_all },
};

static void
enable (MessagesActions *self, const char *const *names, gboolean is_enabled)
{
  for (; *names; names++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->group), *names);

      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), is_enabled);
    }
}

/* What is looked for, and a view, may be of any folder. */
static gboolean
is_mixed (MessagesActions *self)
{
  ModelFolder *folder = messages_choice_get_folder (&self->choice, self->tree);

  return !folder || model_folder_get_id (folder) < 0;
}

/* Where it is, or what the server's filter said of it */
static gboolean
is_first_junk (MessagesActions *self)
{
  ModelFolder *folder = find_first_folder (self);
  gint64 id;
  MailFlags flags;

  return (folder && model_folder_get_role (folder) == MAIL_ROLE_JUNK) || (messages_choice_get_first (&self->choice, &id, &flags) && (flags & MAIL_FLAG_JUNK));
}

static void
on_selection_changed (MessagesActions *self)
{
  static const char *const for_some[] = { "delete", "delete-for-good", "mark-read", "mark-unread", "flag", "toggle-flag", "move", "copy", "move-to",
                                          "copy-to", "archive", NULL };
  static const char *const for_one[] = { "create-rule", "reply", "reply-all", "reply-list", "forward", "forward-attached", "edit-as-new", "redirect",
                                          "edit", "open", NULL };
  static const char *const for_junk[] = { "not-junk", NULL };
  static const char *const for_others[] = { "junk", NULL };
  guint n = messages_choice_count (&self->choice);
  gboolean is_junk = n > 0 && is_first_junk (self);
  gboolean may_be_either = n > 1 && is_mixed (self);

  enable (self, for_some, n > 0);
  enable (self, for_junk, n > 0 && (is_junk || may_be_either));
  enable (self, for_others, n > 0 && (!is_junk || may_be_either));
  enable (self, for_one, n == 1);
}

static void
messages_actions_dispose (GObject *object)
{
  MessagesActions *self = MESSAGES_ACTIONS (object);

  messages_choice_clear (&self->choice);
  g_clear_weak_pointer (&self->toasts);
  g_clear_object (&self->group);
  g_clear_object (&self->mailbox);
  g_clear_object (&self->tree);
  g_clear_object (&self->state);
  g_clear_object (&self->undo);
  G_OBJECT_CLASS (messages_actions_parent_class)->dispose (object);
}

static void
messages_actions_class_init (MessagesActionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = messages_actions_dispose;
  signals[LEFT] = g_signal_new ("left", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
messages_actions_init (MessagesActions *self)
{
  self->group = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->group), entries, G_N_ELEMENTS (entries), self);
}

static MessagesActions *
create (GtkWidget *widget, MessagesView *view, ModelMailbox *mailbox, ModelFolderTree *tree, AppState *state, AdwToastOverlay *toasts)
{
  MessagesActions *self = g_object_new (MESSAGES_TYPE_ACTIONS, NULL);

  messages_choice_init (&self->choice, widget, view);
  g_set_weak_pointer (&self->toasts, toasts);
  self->mailbox = g_object_ref (mailbox);
  self->tree = g_object_ref (tree);
  self->state = g_object_ref (state);
  return self;
}

MessagesActions *
messages_actions_new (MessagesView *view, ModelMailbox *mailbox, ModelFolderTree *tree, AppState *state, AdwToastOverlay *toasts)
{
  MessagesActions *self = create (GTK_WIDGET (view), view, mailbox, tree, state, toasts);

  self->undo = messages_undo_new (mailbox, toasts);
  g_signal_connect_object (view, "selection-changed", G_CALLBACK (on_selection_changed), self, G_CONNECT_SWAPPED);
  on_selection_changed (self);
  return self;
}

MessagesActions *
messages_actions_new_beside (MessagesActions *main, GtkWidget *window, AdwToastOverlay *toasts)
{
  MessagesActions *self = create (window, NULL, main->mailbox, main->tree, main->state, toasts);

  self->undo = g_object_ref (main->undo);
  on_selection_changed (self);
  return self;
}

void
messages_actions_set_one (MessagesActions *self, MailSummary *summary)
{
  messages_choice_set_one (&self->choice, summary);
  on_selection_changed (self);
}

GActionGroup *
messages_actions_get_group (MessagesActions *self)
{
  return G_ACTION_GROUP (self->group);
}

void
messages_actions_mark (MessagesActions *self, gint64 id, MailFlags add, MailFlags remove)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (ids, id);
  model_mailbox_mark_async (self->mailbox, ids, add, remove, NULL, on_done, g_object_ref (self));
}
