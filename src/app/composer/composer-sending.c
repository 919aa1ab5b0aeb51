/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sends a draft, once nothing speaks against it or the person wants it all the same. */
#include "composer-sending.h"

#include "app-words.h"
#include "composer-guard.h"
#include "composer-warnings.h"
#include "model-draft-rich.h"

struct _ComposerSending
{
  GObject parent_instance;
  ModelDraft *draft;          /* NULL once it has been stopped */
  ComposerGuard *guard;
  ComposerHeaders *headers;   /* the window's */
  ComposerBar *bar;           /* likewise */
  GCancellable *cancellable;  /* of reading what was typed last */
  guint delay;                /* seconds */
  gboolean is_later;          /* it is to wait on purpose */
};

enum
{
  SIGNAL_BUSY,
  SIGNAL_SENT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ComposerSending, composer_sending, G_TYPE_OBJECT)

static void
complain (ComposerSending *self, const GError *error)
{
  g_autofree char *why = app_words_error (error);

  composer_bar_show (self->bar, why, COMPOSER_HELP_SEND, COMPOSER_HELP_NONE);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ComposerSending) self = data;
  g_autoptr (GError) error = NULL;
  gint64 id = model_draft_send_finish (MODEL_DRAFT (source), result, &error);

  if (!self->draft)
    return;
  if (id < 0)
    {
      g_signal_emit (self, signals[SIGNAL_BUSY], 0, FALSE);
      complain (self, error);
      return;
    }
  g_signal_emit (self, signals[SIGNAL_SENT], 0, id, self->is_later ? g_get_real_time () / G_USEC_PER_SEC + self->delay : (gint64) 0);
}

/* What may have been forgotten is said once, in the window; pressing Send Anyway is the answer. */
static void
send_as_it_stands (ComposerSending *self)
{
  gboolean has_many;
  g_autofree char *sentence = composer_guard_find (self->guard, &has_many);

  if (sentence)
    {
      composer_bar_show (self->bar, sentence, COMPOSER_HELP_SEND_ANYWAY, has_many ? COMPOSER_HELP_HIDE_OTHERS : COMPOSER_HELP_NONE);
      return;
    }
  g_signal_emit (self, signals[SIGNAL_BUSY], 0, TRUE);
  model_draft_send_async (self->draft, self->delay, NULL, on_sent, g_object_ref (self));
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ComposerSending) self = data;
  g_autoptr (GError) error = NULL;
  gboolean is_read = model_draft_finish (MODEL_DRAFT (source), result, &error);

  if (!self->draft || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* closed meanwhile, or Send was pressed again */
  g_clear_object (&self->cancellable);
  if (is_read)
    send_as_it_stands (self);
  else
    complain (self, error);
}

void
composer_sending_hold (ComposerSending *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* What was typed into the editor last counts too. */
static void
send_message (ComposerSending *self)
{
  if (!composer_headers_check (self->headers))
    return;
  composer_sending_hold (self);
  if (!model_draft_is_typed (self->draft))
    {
      send_as_it_stands (self);
      return;
    }
  self->cancellable = g_cancellable_new ();
  model_draft_read_async (self->draft, self->cancellable, on_read, g_object_ref (self));
}

void
composer_sending_send (ComposerSending *self, guint delay)
{
  self->is_later = FALSE;
  self->delay = delay;
  send_message (self);
}

void
composer_sending_send_at (ComposerSending *self, gint64 when)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  self->is_later = TRUE;
  self->delay = (guint) CLAMP (when - now, 0, G_MAXINT32);
  send_message (self);
}

static void
on_helped (ComposerSending *self, int help)
{
  if (help == COMPOSER_HELP_HIDE_OTHERS)
    {
      composer_bar_hide (self->bar, COMPOSER_HELP_SEND_ANYWAY);
      composer_warnings_hide_recipients (self->draft);
      composer_headers_show_copies (self->headers);
      return;
    }
  if (help != COMPOSER_HELP_SEND && help != COMPOSER_HELP_SEND_ANYWAY)
    return;
  composer_bar_hide (self->bar, (ComposerHelp) help);
  if (help == COMPOSER_HELP_SEND_ANYWAY)
    composer_guard_let_pass (self->guard);
  send_message (self);
}

/* What stands in the bar already comes first; before it goes, the message is looked at again. */
static void
on_unknown (ComposerSending *self, const char *sentence)
{
  if (self->draft && !composer_bar_is_shown (self->bar))
    composer_bar_show (self->bar, sentence, COMPOSER_HELP_NONE, COMPOSER_HELP_NONE);
}

static void
on_recipients_changed (ComposerSending *self)
{
  if (self->draft) /* a field that is let go makes chips of what was typed */
    composer_bar_hide (self->bar, COMPOSER_HELP_NONE);
}

void
composer_sending_stop (ComposerSending *self)
{
  composer_sending_hold (self);
  g_clear_object (&self->guard);
  g_clear_object (&self->draft);
}

static void
composer_sending_dispose (GObject *object)
{
  composer_sending_stop (COMPOSER_SENDING (object));
  G_OBJECT_CLASS (composer_sending_parent_class)->dispose (object);
}

static void
composer_sending_class_init (ComposerSendingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = composer_sending_dispose;
  signals[SIGNAL_BUSY] = g_signal_new ("busy", COMPOSER_TYPE_SENDING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[SIGNAL_SENT] = g_signal_new ("sent", COMPOSER_TYPE_SENDING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);
}

static void
composer_sending_init (ComposerSending *self)
{
}

ComposerSending *
composer_sending_new (ModelDraft *draft, ComposerHeaders *headers, ComposerBar *bar)
{
  ComposerSending *self = g_object_new (COMPOSER_TYPE_SENDING, NULL);

  self->draft = g_object_ref (draft);
  self->headers = headers;
  self->bar = bar;
  self->guard = composer_guard_new (draft);
  g_signal_connect_object (self->guard, "unknown", G_CALLBACK (on_unknown), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->guard, "recipients-changed", G_CALLBACK (on_recipients_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bar, "helped", G_CALLBACK (on_helped), self, G_CONNECT_SWAPPED);
  return self;
}
