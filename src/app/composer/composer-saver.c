/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps a draft saved: some seconds after the first change, whatever follows, and again when that failed. */
#include "composer-saver.h"

#include "app-words.h"
#include "base-config.h"

#include <glib/gi18n.h>

#define SAVE_SECONDS 3        /* what a crash may cost at most */
#define SAVE_AGAIN_SECONDS 15 /* after a save that failed */

struct _ComposerSaver
{
  GObject parent_instance;
  ModelDraft *draft;   /* NULL once it is stopped */
  guint source;
};

enum
{
  SIGNAL_SAVED,
  SIGNAL_FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ComposerSaver, composer_saver, G_TYPE_OBJECT)

static gboolean
on_time (gpointer data)
{
  ComposerSaver *self = data;

  self->source = 0;
  composer_saver_save (self);
  return G_SOURCE_REMOVE;
}

/* Runs from the first change on, whatever follows: a person who types without a pause is saved too. */
static void
plan (ComposerSaver *self, guint seconds)
{
  if (self->source == 0)
    self->source = g_timeout_add_seconds (seconds, on_time, self);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ComposerSaver) self = COMPOSER_SAVER (data);
  g_autoptr (GError) error = NULL;
  gboolean is_saved = model_draft_finish (MODEL_DRAFT (source), result, &error);

  if (!self->draft)
    return;
  if (is_saved)
    g_signal_emit (self, signals[SIGNAL_SAVED], 0);
  else
    composer_saver_try_again (self, error);
}

static void
on_changed (ComposerSaver *self)
{
  if (model_draft_is_changed (self->draft))
    plan (self, SAVE_SECONDS);
}

static void
composer_saver_dispose (GObject *object)
{
  composer_saver_stop (COMPOSER_SAVER (object));
  G_OBJECT_CLASS (composer_saver_parent_class)->dispose (object);
}

static void
composer_saver_class_init (ComposerSaverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = composer_saver_dispose;
  signals[SIGNAL_SAVED] = g_signal_new ("saved", COMPOSER_TYPE_SAVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", COMPOSER_TYPE_SAVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
composer_saver_init (ComposerSaver *self)
{
}

ComposerSaver *
composer_saver_new (ModelDraft *draft)
{
  ComposerSaver *self = g_object_new (COMPOSER_TYPE_SAVER, NULL);

  self->draft = g_object_ref (draft);
  g_signal_connect_object (draft, "notify::is-changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  on_changed (self);
  return self;
}

void
composer_saver_save (ComposerSaver *self)
{
  composer_saver_pause (self);
  model_draft_save_async (self->draft, NULL, on_saved, g_object_ref (self));
}

void
composer_saver_try_again (ComposerSaver *self, const GError *error)
{
  g_autofree char *why = app_words_error (error);
  g_autofree char *sentence = g_strdup_printf (_("The message could not be saved in Drafts. %s"), why);

  g_signal_emit (self, signals[SIGNAL_FAILED], 0, sentence);
  plan (self, SAVE_AGAIN_SECONDS);
}

void
composer_saver_pause (ComposerSaver *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
}

void
composer_saver_stop (ComposerSaver *self)
{
  composer_saver_pause (self);
  if (self->draft)
    g_signal_handlers_disconnect_by_func (self->draft, on_changed, self);
  g_clear_object (&self->draft);
}
