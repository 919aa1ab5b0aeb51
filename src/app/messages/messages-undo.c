/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be taken back. */
#include "messages-undo.h"

#include "app-toast.h"
#include "app-words.h"

#define MOST 20

struct _MessagesUndo
{
  GObject parent_instance;

  ModelMailbox *mailbox;
  AdwToastOverlay *toasts;   /* weak */
  AdwToast *toast;           /* weak: of the last */
  GPtrArray *done;           /* of ModelUndo, the last at the end */
};

G_DEFINE_FINAL_TYPE (MessagesUndo, messages_undo, G_TYPE_OBJECT)

static void
on_taken_back (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MessagesUndo) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (model_mailbox_finish (MODEL_MAILBOX (source), result, &error) || !self->toasts || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  text = app_words_error (error);
  adw_toast_overlay_add_toast (self->toasts, app_toast_new (text));
}

static void
take_back (gpointer owner, gpointer what)
{
  MessagesUndo *self = owner;

  /* A toast may be pressed for what Ctrl+Z has taken back. */
  if (g_ptr_array_find (self->done, what, NULL))
    {
      model_mailbox_undo_async (self->mailbox, what, NULL, on_taken_back, g_object_ref (self));
      g_ptr_array_remove (self->done, what);
    }
}

static void
dismiss (MessagesUndo *self)
{
  AdwToast *toast = self->toast;

  g_clear_weak_pointer (&self->toast);
  if (toast)
    adw_toast_dismiss (toast);
}

void
messages_undo_offer (MessagesUndo *self, ModelUndo *undo, const char *text)
{
  AdwToast *toast;

  if (self->done->len == MOST)
    g_ptr_array_remove_index (self->done, 0);
  g_ptr_array_add (self->done, model_undo_ref (undo));
  dismiss (self);
  if (!self->toasts)
    return;
  toast = app_toast_new_undo (text, self, take_back, model_undo_ref (undo), (GDestroyNotify) model_undo_unref);
  g_set_weak_pointer (&self->toast, toast);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

void
messages_undo_take_back_last (MessagesUndo *self)
{
  if (self->done->len == 0)
    return;
  dismiss (self);
  take_back (self, g_ptr_array_index (self->done, self->done->len - 1));
}

static void
messages_undo_dispose (GObject *object)
{
  MessagesUndo *self = MESSAGES_UNDO (object);

  g_clear_weak_pointer (&self->toasts);
  g_clear_weak_pointer (&self->toast);
  g_clear_object (&self->mailbox);
  g_ptr_array_set_size (self->done, 0);
  G_OBJECT_CLASS (messages_undo_parent_class)->dispose (object);
}

static void
messages_undo_finalize (GObject *object)
{
  g_ptr_array_unref (MESSAGES_UNDO (object)->done);
  G_OBJECT_CLASS (messages_undo_parent_class)->finalize (object);
}

static void
messages_undo_class_init (MessagesUndoClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = messages_undo_dispose;
  G_OBJECT_CLASS (klass)->finalize = messages_undo_finalize;
}

static void
messages_undo_init (MessagesUndo *self)
{
  self->done = g_ptr_array_new_with_free_func ((GDestroyNotify) model_undo_unref);
}

MessagesUndo *
messages_undo_new (ModelMailbox *mailbox, AdwToastOverlay *toasts)
{
  MessagesUndo *self = g_object_new (MESSAGES_TYPE_UNDO, NULL);

  self->mailbox = g_object_ref (mailbox);
  g_set_weak_pointer (&self->toasts, toasts);
  return self;
}
