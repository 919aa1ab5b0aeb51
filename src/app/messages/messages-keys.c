/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys of the message list that GTK's lists do not know. */
#include "messages-keys.h"

#include "model-message.h"

/* Letters that come within this time of each other are one word. */
#define WORD_US (G_USEC_PER_SEC * 5 / 4)

struct _MessagesKeys
{
  GObject parent_instance;

  ModelMessageList *list;
  GtkSelectionModel *selection;   /* weak */
  GString *word;                  /* what is being typed */
  gint64 last_typed;              /* monotonic, in microseconds */
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

/* One letter again and again goes from one that begins with it to the next. */
static gboolean
is_one_letter (const char *word)
{
  gunichar first = g_utf8_get_char (word);

  for (const char *p = word; *p; p = g_utf8_next_char (p))
    if (g_utf8_get_char (p) != first)
      return FALSE;
  return TRUE;
}

static gboolean
go_to_word (MessagesKeys *self)
{
  gboolean is_again = self->word->len > 0 && is_one_letter (self->word->str);
  g_autofree char *letter = is_again ? g_utf8_substring (self->word->str, 0, 1) : NULL;
  GtkBitset *selected = gtk_selection_model_get_selection (self->selection);
  guint position = gtk_bitset_is_empty (selected) ? 0 : gtk_bitset_get_minimum (selected) + (is_again ? 1 : 0);
  gint64 id;

  gtk_bitset_unref (selected);
  id = model_message_list_find_beginning (self->list, letter ? letter : self->word->str, position);
  if (id)
    g_signal_emit (self, signals[GOING_TO], 0, id);
  return id != 0;
}

static gboolean
type (MessagesKeys *self, gunichar letter)
{
  gint64 now = g_get_monotonic_time ();

  if (now - self->last_typed > WORD_US)
    g_string_truncate (self->word, 0);
  if (letter == ' ' && !self->word->len)
    return FALSE;
  self->last_typed = now;
  g_string_append_unichar (self->word, letter);
  go_to_word (self);
  return TRUE;
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, MessagesKeys *self)
{
  GtkWidget *owner = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  gboolean is_mirrored = gtk_widget_get_direction (owner) == GTK_TEXT_DIR_RTL;
  gunichar letter;

  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK))
    return GDK_EVENT_PROPAGATE;
  if ((key == GDK_KEY_Right || key == GDK_KEY_KP_Right) && !(state & GDK_SHIFT_MASK))
    return fold (self, !is_mirrored);
  if ((key == GDK_KEY_Left || key == GDK_KEY_KP_Left) && !(state & GDK_SHIFT_MASK))
    return fold (self, is_mirrored);
  letter = gdk_keyval_to_unicode (key);
  if (!letter || !g_unichar_isprint (letter))
    return GDK_EVENT_PROPAGATE;
  return type (self, letter);
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
  g_string_free (MESSAGES_KEYS (object)->word, TRUE);
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
  self->word = g_string_new (NULL);
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
