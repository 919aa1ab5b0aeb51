/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a screen shows first, and the rest once that has been painted. */
#include "messages-portion.h"

#define PATIENCE_MS 1000

struct _MessagesPortion
{
  GObject parent_instance;

  GListModel *list;
  GtkWidget *painter;        /* weak */
  guint n;                   /* as many are here */
  gboolean is_partial;
  guint n_frames;            /* that began since then */
  guint tick;
  guint source;
};

static guint
get_n_items (GListModel *model)
{
  return MESSAGES_PORTION (model)->n;
}

static gpointer
get_item (GListModel *model, guint position)
{
  MessagesPortion *self = MESSAGES_PORTION (model);

  return position < self->n ? g_list_model_get_item (self->list, position) : NULL;
}

static GType
get_item_type (GListModel *model)
{
  return g_list_model_get_item_type (MESSAGES_PORTION (model)->list);
}

static void
init_list_model (GListModelInterface *iface)
{
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
  iface->get_item_type = get_item_type;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (MessagesPortion, messages_portion, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, init_list_model))

static void
stop_waiting (MessagesPortion *self)
{
  self->is_partial = FALSE;
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->tick && self->painter)
    gtk_widget_remove_tick_callback (self->painter, self->tick);
  self->tick = 0;
}

static gboolean
on_waited (gpointer data)
{
  MessagesPortion *self = data;

  self->source = 0;
  messages_portion_complete (self);
  return G_SOURCE_REMOVE;
}

/* The second frame begins when the first one is painted. */
static gboolean
on_tick (GtkWidget *painter, GdkFrameClock *clock, gpointer data)
{
  MessagesPortion *self = data;

  if (++self->n_frames < 2)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  messages_portion_complete (self);
  return G_SOURCE_REMOVE;
}

static void
wait_for_frame (MessagesPortion *self)
{
  self->is_partial = TRUE;
  self->n_frames = 0;
  self->source = g_timeout_add (PATIENCE_MS, on_waited, self);
  if (self->painter)
    self->tick = gtk_widget_add_tick_callback (self->painter, on_tick, self, NULL);
}

static void
on_items_changed (MessagesPortion *self, guint position, guint removed, guint added)
{
  guint before = self->n, n = g_list_model_get_n_items (self->list);

  if (self->is_partial && position >= before && n >= before) /* where nobody looks yet */
    return;
  if (self->is_partial) /* the rest is not as it was when it was left out: all of it anew */
    {
      stop_waiting (self);
      self->n = n;
      g_list_model_items_changed (G_LIST_MODEL (self), 0, before, n);
    }
  else if (position == 0 && removed == before && added == n && n > MESSAGES_PORTION_ROWS)
    {
      wait_for_frame (self);
      self->n = MESSAGES_PORTION_ROWS;
      g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->n);
    }
  else
    {
      self->n = n;
      g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
    }
}

static void
messages_portion_dispose (GObject *object)
{
  MessagesPortion *self = MESSAGES_PORTION (object);

  stop_waiting (self);
  g_clear_weak_pointer (&self->painter);
  g_clear_object (&self->list);
  self->n = 0;
  G_OBJECT_CLASS (messages_portion_parent_class)->dispose (object);
}

static void
messages_portion_class_init (MessagesPortionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = messages_portion_dispose;
}

static void
messages_portion_init (MessagesPortion *self)
{
}

MessagesPortion *
messages_portion_new (GListModel *list, GtkWidget *painter)
{
  MessagesPortion *self = g_object_new (MESSAGES_TYPE_PORTION, NULL);

  self->list = g_object_ref (list);
  self->n = g_list_model_get_n_items (list);
  g_set_weak_pointer (&self->painter, painter);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
  return self;
}

void
messages_portion_complete (MessagesPortion *self)
{
  guint before = self->n;

  if (!self->is_partial)
    return;
  stop_waiting (self);
  self->n = g_list_model_get_n_items (self->list);
  g_list_model_items_changed (G_LIST_MODEL (self), before, 0, self->n - before);
}
