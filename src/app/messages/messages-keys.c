/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys of the message list that GTK's lists do not know. */
#include "messages-keys.h"

#include "app-typed-word.h"
#include "model-message.h"

struct _MessagesKeys
{
  GObject parent_instance;

  ModelMessageList *list;
  GtkSelectionModel *selection;   /* weak */
  AppTypedWord *word;
};

enum
{
  GOING_TO,
  FOLDING,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MessagesKeys, messages_keys, G_TYPE_OBJECT)

/* (nullable) (transfer full): the one that is selected */
static ModelMessage *
get_single (MessagesKeys *self, guint *position)
{
  GtkBitset *selected = gtk_selection_model_get_selection (self->selection);
  gboolean is_single = gtk_bitset_get_size (selected) == 1;

  *position = is_single ? gtk_bitset_get_minimum (selected) : GTK_INVALID_LIST_POSITION;
  gtk_bitset_unref (selected);
  return is_single ? g_list_model_get_item (G_LIST_MODEL (self->list), *position) : NULL;
}

static gboolean
fold (MessagesKeys *self, gboolean is_expanded)
{
  guint position;
  g_autoptr (ModelMessage) message = get_single (self, &position);
  const ModelPlace *place = message ? model_message_get_place (message) : NULL;

  if (!place || (is_expanded ? !place->n_more || place->is_expanded : !place->is_expanded))
    return FALSE;
  g_signal_emit (self, signals[FOLDING], 0, model_message_get_id (message), is_expanded);
  return TRUE;
}

static void
go_to_word (MessagesKeys *self, const char *word, gboolean goes_on)
{
  GtkBitset *selected = gtk_selection_model_get_selection (self->selection);
  guint position = gtk_bitset_is_empty (selected) ? 0 : gtk_bitset_get_minimum (selected) + (goes_on ? 1 : 0);
  gint64 id;

  gtk_bitset_unref (selected);
  id = model_message_list_find_beginning (self->list, word, position);
  if (id)
    g_signal_emit (self, signals[GOING_TO], 0, id);
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, MessagesKeys *self)
{
  GtkWidget *owner = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  gboolean is_mirrored = gtk_widget_get_direction (owner) == GTK_TEXT_DIR_RTL;
  gboolean goes_on = FALSE;
  const char *word;

  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK))
    return GDK_EVENT_PROPAGATE;
  if ((key == GDK_KEY_Right || key == GDK_KEY_KP_Right) && !(state & GDK_SHIFT_MASK))
    return fold (self, !is_mirrored);
  if ((key == GDK_KEY_Left || key == GDK_KEY_KP_Left) && !(state & GDK_SHIFT_MASK))
    return fold (self, is_mirrored);
  word = app_typed_word_type (self->word, key, state, g_get_monotonic_time (), &goes_on);
  if (!word)
    return GDK_EVENT_PROPAGATE;
  go_to_word (self, word, goes_on);
  return GDK_EVENT_STOP;
}

static void
messages_keys_dispose (GObject *object)
{
  MessagesKeys *self = MESSAGES_KEYS (object);

  g_clear_object (&self->list);
  g_clear_weak_pointer (&self->selection);
  G_OBJECT_CLASS (messages_keys_parent_class)->dispose (object);
}

static void
messages_keys_finalize (GObject *object)
{
  app_typed_word_free (MESSAGES_KEYS (object)->word);
  G_OBJECT_CLASS (messages_keys_parent_class)->finalize (object);
}

static void
messages_keys_class_init (MessagesKeysClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = messages_keys_dispose;
  G_OBJECT_CLASS (klass)->finalize = messages_keys_finalize;
  signals[GOING_TO] = g_signal_new ("going-to", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[FOLDING] = g_signal_new ("folding", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_BOOLEAN);
}

static void
messages_keys_init (MessagesKeys *self)
{
  self->word = app_typed_word_new ();
}

MessagesKeys *
messages_keys_new (GtkWidget *owner, ModelMessageList *list, GtkSelectionModel *selection)
{
  MessagesKeys *self = g_object_new (MESSAGES_TYPE_KEYS, NULL);
  GtkEventController *controller = gtk_event_controller_key_new ();

  self->list = g_object_ref (list);
  g_set_weak_pointer (&self->selection, selection);
  /* before the list's own, which would scroll sideways */
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "key-pressed", G_CALLBACK (on_key_pressed), self, 0);
  gtk_widget_add_controller (owner, controller);
  return self;
}
