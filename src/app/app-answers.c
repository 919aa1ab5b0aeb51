/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers with one button. */
#include "app-answers.h"

#include "app-window.h"
#include "app-words.h"
#include "folders-menu.h"
#include "model-answer.h"
#include "reader-window.h"

#include <glib/gi18n.h>

struct _AppAnswers
{
  GObject parent_instance;

  GtkApplication *application; /* NULL once the program ends; likewise the others */
  Store *store;
  AccountList *accounts;
  ModelFolderTree *tree;
  ModelMailbox *mailbox;
  AppSettings *settings;
  AppWriting *writing;
};

G_DEFINE_FINAL_TYPE (AppAnswers, app_answers, G_TYPE_OBJECT)

static void
show_error (AppAnswers *self, const GError *error)
{
  AppWindow *window = self->application ? app_window_find (self->application) : NULL;

  if (window)
    app_window_show_error (window, error);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AppAnswers) self = data;
  g_autoptr (GError) error = NULL;
  gint64 id = model_answer_finish (result, &error);

  if (error)
    show_error (self, error);
  else if (self->writing)
    app_writing_follow (self->writing, id);
}

static void
answer (AppAnswers *self, gint64 id, ModelAnswer kind)
{
  model_answer_async (self->store, self->accounts, id, kind, app_settings_get_undo_send_seconds (self->settings), NULL, on_answered,
                      g_object_ref (self));
}

static void
on_tell_read (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  answer (data, g_variant_get_int64 (parameter), MODEL_ANSWER_READ);
}

static void
on_answer_invitation (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  static const struct { const char *word; ModelAnswer answer; } words[] = {
    { "accept", MODEL_ANSWER_ACCEPT }, { "maybe", MODEL_ANSWER_MAYBE }, { "decline", MODEL_ANSWER_DECLINE },
  };
  const char *word;
  gint64 id;

  g_variant_get (parameter, "(x&s)", &id, &word);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (word, words[i].word))
      answer (data, id, words[i].answer);
}

static void
on_marked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AppAnswers) self = data;
  g_autoptr (GError) error = NULL;

  if (!model_mailbox_finish (MODEL_MAILBOX (source), result, &error))
    show_error (self, error);
}

static void
on_refuse_receipt (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AppAnswers *self = data;
  gint64 id = g_variant_get_int64 (parameter);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof id);

  g_array_append_val (ids, id);
  model_mailbox_mark_async (self->mailbox, ids, MAIL_FLAG_RECEIPT, 0, NULL, on_marked, g_object_ref (self));
}

/* Messages in windows of their own, which are in no folder: they know the accounts, and can be put into a folder */

typedef struct
{
  ReaderWindow *window;   /* weak */
} Keeping;

static void
on_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  Keeping *keeping = data;
  g_autoptr (GError) error = NULL;
  gboolean is_kept = model_mailbox_finish (MODEL_MAILBOX (source), result, &error);
  g_autofree char *text = is_kept ? NULL : app_words_error (error);

  if (keeping->window)
    reader_window_tell (keeping->window, is_kept ? _("The message is in the folder.") : text);
  g_clear_weak_pointer (&keeping->window);
  g_free (keeping);
}

static void
on_keep (AppAnswers *self, ModelBody *body, gint64 folder, ReaderWindow *window)
{
  Keeping *keeping = g_new0 (Keeping, 1);

  g_set_weak_pointer (&keeping->window, window);
  model_mailbox_keep_async (self->mailbox, body, folder, NULL, on_kept, keeping);
}

static void
on_window_added (AppAnswers *self, GtkWindow *window)
{
  g_autoptr (GMenuModel) folders = NULL;

  if (!READER_IS_WINDOW (window))
    return;
  folders = folders_menu_new (self->tree, "message.keep");
  reader_window_set_places (READER_WINDOW (window), self->accounts, folders);
  g_signal_connect_object (window, "keep", G_CALLBACK (on_keep), self, G_CONNECT_SWAPPED);
}

static const GActionEntry entries[] = {
  { .name = "answer-invitation", .activate = on_answer_invitation, .parameter_type = "(xs)" },
  { .name = "tell-read", .activate = on_tell_read, .parameter_type = "x" },
  { .name = "refuse-receipt", .activate = on_refuse_receipt, .parameter_type = "x" },
};

static void
app_answers_dispose (GObject *object)
{
  AppAnswers *self = APP_ANSWERS (object);

  for (gsize i = 0; self->application && i < G_N_ELEMENTS (entries); i++)
    g_action_map_remove_action (G_ACTION_MAP (self->application), entries[i].name);
  g_clear_object (&self->application);
  g_clear_object (&self->store);
  g_clear_object (&self->accounts);
  g_clear_object (&self->tree);
  g_clear_object (&self->mailbox);
  g_clear_object (&self->settings);
  g_clear_object (&self->writing);
  G_OBJECT_CLASS (app_answers_parent_class)->dispose (object);
}

static void
app_answers_class_init (AppAnswersClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = app_answers_dispose;
}

static void
app_answers_init (AppAnswers *self)
{
}

AppAnswers *
app_answers_new (GtkApplication *application, Store *store, const AppParts *parts, AppWriting *writing)
{
  AppAnswers *self = g_object_new (APP_TYPE_ANSWERS, NULL);

  self->application = g_object_ref (application);
  self->store = g_object_ref (store);
  self->accounts = g_object_ref (parts->accounts);
  self->tree = g_object_ref (parts->tree);
  self->mailbox = g_object_ref (parts->mailbox);
  self->settings = g_object_ref (parts->settings);
  self->writing = g_object_ref (writing);
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (application, "window-added", G_CALLBACK (on_window_added), self, G_CONNECT_SWAPPED);
  return self;
}
