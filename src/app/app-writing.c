/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opens composers and follows them: sent, scheduled, kept, discarded; and what was being written when the program ended. */
#include "app-writing.h"

#include "app-mailto.h"
#include "app-spelling.h"
#include "app-toast.h"
#include "app-window.h"
#include "app-words.h"
#include "base-config.h"
#include "composer-redirect.h"
#include "composer-window.h"
#include "model-draft-rich.h"
#include "model-redirect.h"
#include "reader-window.h"

#include <glib/gi18n.h>

struct _AppWriting
{
  GObject parent_instance;

  GtkApplication *application;
  Store *store;                /* NULL once the program ends */
  AccountList *accounts;
  SyncEngine *engine;
  ModelFolderTree *tree;
  ModelMessageList *messages;
  AppSettings *settings;
  AppSpelling *spelling;      /* NULL until the first message is written */

  GHashTable *left;            /* serial → ModelDraft that was kept or discarded, for as long as its toast is there */
  gint64 last_serial;
  gboolean has_resumed;
};

G_DEFINE_FINAL_TYPE (AppWriting, app_writing, G_TYPE_OBJECT)

static void present_composer (AppWriting *self, ModelDraft *draft);

static void
show_error (AppWriting *self, const GError *error)
{
  AppWindow *window = app_window_find (self->application);

  if (window)
    app_window_show_error (window, error);
}

static gboolean
has_accounts (AppWriting *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->accounts)) > 0;
}

/* What was kept or discarded can be discarded or brought back for some seconds */

typedef struct
{
  AppWriting *writing;
  gint64 serial;
} Left;

static gboolean
forget (gpointer data)
{
  Left *left = data;

  g_hash_table_remove (left->writing->left, &left->serial);
  return G_SOURCE_REMOVE;
}

static void
left_free (gpointer data, GClosure *closure)
{
  Left *left = data;

  g_object_unref (left->writing);
  g_free (left);
}

/* Its button may be what it goes for: the action comes first. */
static void
on_toast_dismissed (AdwToast *toast, Left *left)
{
  Left *copy = g_memdup2 (left, sizeof *left);

  g_object_ref (copy->writing);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, forget, copy, (GDestroyNotify) (GCallback) left_free);
}

/* Without a main window there is nobody to ask, and nothing is offered. */
static void
offer (AppWriting *self, ModelDraft *draft, AdwToast *(*make_toast) (gint64 serial))
{
  AppWindow *window = app_window_find (self->application);
  gint64 serial = ++self->last_serial;
  AdwToast *toast;
  Left *left;

  if (!window)
    return;
  left = g_new (Left, 1);
  left->writing = g_object_ref (self);
  left->serial = serial;
  toast = make_toast (serial);
  g_signal_connect_data (toast, "dismissed", G_CALLBACK (on_toast_dismissed), left, left_free, 0);
  g_hash_table_insert (self->left, g_memdup2 (&serial, sizeof serial), g_object_ref (draft));
  app_window_add_toast (window, toast);
}

static ModelDraft *
steal_left (AppWriting *self, GVariant *parameter)
{
  gint64 serial = g_variant_get_int64 (parameter);
  ModelDraft *draft = g_hash_table_lookup (self->left, &serial);

  if (draft)
    g_object_ref (draft);
  g_hash_table_remove (self->left, &serial);
  return draft;
}

static void
on_discarded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AppWriting) self = data;
  g_autoptr (GError) error = NULL;

  if (!self->store)
    return;
  if (model_draft_finish (MODEL_DRAFT (source), result, &error))
    offer (self, MODEL_DRAFT (source), app_toast_new_discarded);
  else
    show_error (self, error);
}

static void
on_discard_draft (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AppWriting *self = data;
  g_autoptr (ModelDraft) draft = steal_left (self, parameter);

  if (draft)
    model_draft_discard_async (draft, NULL, on_discarded, g_object_ref (self));
}

static void
on_restore_draft (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AppWriting *self = data;
  g_autoptr (ModelDraft) draft = steal_left (self, parameter);

  if (!draft)
    return;
  model_draft_restore (draft);
  present_composer (self, draft);
}

static void
on_composer_kept (AppWriting *self, ComposerWindow *composer)
{
  offer (self, composer_window_get_draft (composer), app_toast_new_kept);
}

static void
on_composer_discarded (AppWriting *self, ComposerWindow *composer)
{
  offer (self, composer_window_get_draft (composer), app_toast_new_discarded);
}

/* Sending */

static void
on_sent_out (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GApplication) application = data;
  g_autoptr (GPtrArray) reports = sync_engine_run_finish (SYNC_ENGINE (source), result, NULL);

  g_application_release (application); /* what could not go waits in the Outbox and says why there */
}

static gboolean
on_sending_due (gpointer data)
{
  AppWriting *self = data;

  if (self->engine)
    sync_engine_run_async (self->engine, 0, SYNC_NO_RECEIVING, NULL, on_sent_out, g_object_ref (self->application));
  else
    g_application_release (G_APPLICATION (self->application));
  return G_SOURCE_REMOVE;
}

/* A message that was sent keeps the program alive until its time has come, even when the last window is closed before. */
void
app_writing_follow (AppWriting *self, gint64 id)
{
  AppWindow *window = app_window_find (self->application);
  guint delay = app_settings_get_undo_send_seconds (self->settings);

  if (window)
    app_window_show_sending (window, id, delay);
  g_application_hold (G_APPLICATION (self->application));
  g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, delay + 1, on_sending_due, g_object_ref (self), g_object_unref);
}

static void
on_composer_sent (AppWriting *self, gint64 id)
{
  app_writing_follow (self, id);
}

static void
on_composer_scheduled (AppWriting *self, gint64 id, gint64 when)
{
  AppWindow *window = app_window_find (self->application);

  if (window)
    app_window_show_notice (window, _("The message waits in the Outbox until its time has come."));
}

static void
on_form_chosen (AppWriting *self, gboolean is_rich)
{
  g_object_set (self->settings, "write-rich", is_rich, NULL);
}

static void
present_composer (AppWriting *self, ModelDraft *draft)
{
  ComposerWindow *composer = composer_window_new (self->application, draft);

  if (!self->spelling)
    {
      self->spelling = app_spelling_new (NULL);
      g_object_bind_property (self->settings, "spelling-languages", self->spelling, "chosen", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
    }
  composer_window_set_spelling (composer, self->spelling);
  g_object_bind_property (self->settings, "undo-send-seconds", composer, "undo-seconds", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (composer, "sent", G_CALLBACK (on_composer_sent), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (composer, "kept", G_CALLBACK (on_composer_kept), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (composer, "discarded", G_CALLBACK (on_composer_discarded), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (composer, "form-chosen", G_CALLBACK (on_form_chosen), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (composer, "scheduled", G_CALLBACK (on_composer_scheduled), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (composer));
}

/* The account whose folder is open, so that one writes from where one reads */
static Account *
find_current_account (AppWriting *self)
{
  ModelFolder *folder = model_folder_tree_find (self->tree, model_message_list_get_folder (self->messages));

  return folder ? account_list_find (self->accounts, model_folder_get_account_id (folder)) : NULL;
}

static void
begin_form (AppWriting *self, ModelDraft *draft)
{
  if (app_settings_get_write_rich (self->settings))
    model_draft_begin_rich (draft);
}

static void
on_compose (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AppWriting *self = data;
  g_autoptr (ModelDraft) draft = NULL;

  if (!has_accounts (self))
    return;
  draft = model_draft_new (self->store, self->accounts, find_current_account (self));
  begin_form (self, draft);
  present_composer (self, draft);
}

void
app_writing_compose_mailto (AppWriting *self, const char *uri)
{
  g_autoptr (AppMailto) mailto = app_mailto_parse (uri);
  g_autoptr (ModelDraft) draft = NULL;
  ModelDraftRequest request;

  if (!mailto || !has_accounts (self))
    return;
  request = (ModelDraftRequest) { mailto->to, mailto->cc, mailto->bcc, mailto->subject, mailto->body, mailto->in_reply_to };
  draft = model_draft_new_request (self->store, self->accounts, find_current_account (self), &request);
  begin_form (self, draft);
  present_composer (self, draft);
}

static void
on_mailto (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  app_writing_compose_mailto (data, g_variant_get_string (parameter, NULL));
}

static void
on_reply_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AppWriting) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ModelDraft) draft = model_draft_new_reply_finish (result, &error);

  if (draft && self->store)
    present_composer (self, draft);
  else if (error)
    show_error (self, error);
}

static ModelDraftWishes
get_wishes (AppWriting *self)
{
  return app_settings_get_quote_first (self->settings) ? MODEL_DRAFT_QUOTE_FIRST : 0;
}

/* A message in a window of its own, which may be in no folder. */
static void
on_reader_answer (AppWriting *self, ModelBody *body, int kind)
{
  if (self->store && has_accounts (self))
    model_draft_new_reply_to_async (self->store, self->accounts, body, (ModelDraftKind) kind, get_wishes (self), NULL, on_reply_ready, g_object_ref (self));
}

static void
on_window_added (AppWriting *self, GtkWindow *window)
{
  if (READER_IS_WINDOW (window))
    g_signal_connect_object (window, "answer", G_CALLBACK (on_reader_answer), self, G_CONNECT_SWAPPED);
}

static void
answer (AppWriting *self, GVariant *parameter, ModelDraftKind kind)
{
  model_draft_new_reply_async (self->store, self->accounts, g_variant_get_int64 (parameter), kind, get_wishes (self), NULL,
                               on_reply_ready, g_object_ref (self));
}

static void
on_answer (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  static const struct
  {
    const char *action;
    ModelDraftKind kind;
  } kinds[] = {
    { "reply", MODEL_DRAFT_REPLY },
    { "reply-all", MODEL_DRAFT_REPLY_ALL },
    { "reply-list", MODEL_DRAFT_REPLY_LIST },
    { "forward", MODEL_DRAFT_FORWARD },
    { "forward-attached", MODEL_DRAFT_FORWARD_ATTACHED },
    { "edit-as-new", MODEL_DRAFT_AS_NEW },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (g_action_get_name (G_ACTION (action)), kinds[i].action))
      answer (data, parameter, kinds[i].kind);
}

/* Redirecting: nothing is written, so there is no composer */

typedef struct
{
  AppWriting *writing;
  ComposerRedirect *dialog;
  gint64 id;
} Redirect;

static void
redirect_free (gpointer data, GClosure *closure)
{
  Redirect *self = data;

  g_object_unref (self->writing);
  g_clear_object (&self->dialog);
  g_free (self);
}

static void
on_redirected (GObject *source, GAsyncResult *result, gpointer data)
{
  Redirect *redirect = data;
  g_autoptr (GError) error = NULL;
  gint64 id = model_redirect_finish (result, &error);
  g_autofree char *sentence = id < 0 ? app_words_error (error) : NULL;

  composer_redirect_end (redirect->dialog, sentence);
  if (id > 0 && redirect->writing->store)
    app_writing_follow (redirect->writing, id);
  redirect_free (redirect, NULL);
}

static void
on_redirect_accepted (ComposerRedirect *dialog, const char *to, Redirect *redirect)
{
  AppWriting *self = redirect->writing;
  Redirect *running;

  if (!self->store)
    return;
  running = g_new0 (Redirect, 1);
  running->writing = g_object_ref (self);
  running->dialog = g_object_ref (dialog);
  model_redirect_async (self->store, self->accounts, redirect->id, to, app_settings_get_undo_send_seconds (self->settings), NULL,
                        on_redirected, running);
}

static void
on_redirect (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AppWriting *self = data;
  g_autoptr (ModelContacts) contacts = model_contacts_new (self->store);
  ComposerRedirect *dialog = composer_redirect_new (gtk_application_get_active_window (self->application), contacts);
  Redirect *redirect = g_new0 (Redirect, 1);

  redirect->writing = g_object_ref (self);
  redirect->id = g_variant_get_int64 (parameter);
  g_signal_connect_data (dialog, "accepted", G_CALLBACK (on_redirect_accepted), redirect, redirect_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_draft_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AppWriting) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ModelDraft) draft = model_draft_open_finish (result, &error);

  if (draft && self->store)
    present_composer (self, draft);
  else if (error)
    show_error (self, error);
}

/* One that is open already comes to the front: two windows would overwrite each other. */
static void
open_draft (AppWriting *self, gint64 id)
{
  for (GList *l = gtk_application_get_windows (self->application); l; l = l->next)
    if (COMPOSER_IS_WINDOW (l->data) && model_draft_get_id (composer_window_get_draft (l->data)) == id)
      {
        gtk_window_present (l->data);
        return;
      }
  model_draft_open_async (self->store, self->accounts, id, NULL, on_draft_opened, g_object_ref (self));
}

static void
on_edit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  open_draft (data, g_variant_get_int64 (parameter));
}

/* What was being written */

static void
on_interrupted_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AppWriting) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = model_draft_list_interrupted_finish (result, &error);
  AppWindow *window = app_window_find (self->application);

  if (error)
    g_warning ("What was being written could not be looked for: %s", error->message);
  if (!self->store || !ids || ids->len == 0)
    return;
  for (guint i = 0; i < ids->len; i++)
    open_draft (self, g_array_index (ids, gint64, i));
  if (window)
    app_window_show_notice (window, ngettext ("Posthorn ended while you were writing. Your message is open again.",
                                              "Posthorn ended while you were writing. Your messages are open again.", ids->len));
}

void
app_writing_resume (AppWriting *self)
{
  if (self->has_resumed)
    return;
  self->has_resumed = TRUE;
  model_draft_list_interrupted_async (self->store, NULL, on_interrupted_listed, g_object_ref (self));
}

/* Logging out waits until what was typed is on the disk */

typedef struct
{
  GtkApplication *application;
  guint cookie;
} Inhibition;

static void
on_saved_for_the_end (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Inhibition *inhibition = data;
  g_autoptr (GtkApplication) application = inhibition->application;
  g_autoptr (GError) error = NULL;

  /* One that could not be saved says so itself, and the session waits for it. */
  if (model_draft_finish (MODEL_DRAFT (source), result, &error))
    gtk_application_uninhibit (application, inhibition->cookie);
}

static void
on_query_end (AppWriting *self)
{
  for (GList *l = gtk_application_get_windows (self->application); l; l = l->next)
    {
      ModelDraft *draft = COMPOSER_IS_WINDOW (l->data) ? composer_window_get_draft (l->data) : NULL;
      Inhibition *inhibition;

      if (!draft || !model_draft_is_changed (draft))
        continue;
      inhibition = g_new (Inhibition, 1);
      inhibition->application = g_object_ref (self->application);
      inhibition->cookie = gtk_application_inhibit (self->application, l->data, GTK_APPLICATION_INHIBIT_LOGOUT,
                                                    _("A message that you are writing is being saved"));
      model_draft_save_async (draft, NULL, on_saved_for_the_end, inhibition);
    }
}

/* The object */

static const GActionEntry entries[] = {
  { .name = "compose", .activate = on_compose },
  { .name = "mailto", .activate = on_mailto, .parameter_type = "s" },
  { .name = "reply", .activate = on_answer, .parameter_type = "x" },
  { .name = "reply-all", .activate = on_answer, .parameter_type = "x" },
  { .name = "reply-list", .activate = on_answer, .parameter_type = "x" },
  { .name = "forward", .activate = on_answer, .parameter_type = "x" },
  { .name = "forward-attached", .activate = on_answer, .parameter_type = "x" },
  { .name = "edit-as-new", .activate = on_answer, .parameter_type = "x" },
  { .name = "redirect", .activate = on_redirect, .parameter_type = "x" },
  { .name = "edit", .activate = on_edit, .parameter_type = "x" },
  { .name = "discard-draft", .activate = on_discard_draft, .parameter_type = "x" },
  { .name = "restore-draft", .activate = on_restore_draft, .parameter_type = "x" },
};

static void
app_writing_dispose (GObject *object)
{
  AppWriting *self = APP_WRITING (object);

  for (gsize i = 0; self->store && i < G_N_ELEMENTS (entries); i++)
    g_action_map_remove_action (G_ACTION_MAP (self->application), entries[i].name);
  g_hash_table_remove_all (self->left);
  g_clear_object (&self->store);
  g_clear_object (&self->accounts);
  g_clear_object (&self->engine);
  g_clear_object (&self->tree);
  g_clear_object (&self->messages);
  g_clear_object (&self->settings);
  g_clear_object (&self->spelling);
  G_OBJECT_CLASS (app_writing_parent_class)->dispose (object);
}

static void
app_writing_finalize (GObject *object)
{
  AppWriting *self = APP_WRITING (object);

  g_hash_table_unref (self->left);
  g_object_unref (self->application);
  G_OBJECT_CLASS (app_writing_parent_class)->finalize (object);
}

static void
app_writing_class_init (AppWritingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = app_writing_dispose;
  G_OBJECT_CLASS (klass)->finalize = app_writing_finalize;
}

static void
app_writing_init (AppWriting *self)
{
  self->left = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
}

AppWriting *
app_writing_new (GtkApplication *application, Store *store, const AppParts *parts)
{
  AppWriting *self = g_object_new (APP_TYPE_WRITING, NULL);

  self->application = g_object_ref (application);
  self->store = g_object_ref (store);
  self->accounts = g_object_ref (parts->accounts);
  self->engine = g_object_ref (parts->engine);
  self->tree = g_object_ref (parts->tree);
  self->messages = g_object_ref (parts->messages);
  self->settings = g_object_ref (parts->settings);
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (application, "window-added", G_CALLBACK (on_window_added), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (application, "query-end", G_CALLBACK (on_query_end), self, G_CONNECT_SWAPPED);
  return self;
}
