/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a message list that are in memory: loaded a page at a time where somebody looks, the oldest let go. */
#include "model-rows.h"

#include "store-messages.h"

#define PAGE 100          /* rows read at once */
#define MAX_KEPT 2000     /* rows kept although nobody else holds them */
#define MAX_WAITING 400   /* rows that wait to be read later; more than any screen shows */
#define PAGES_AT_ONCE 6   /* read where they are asked for, before the main loop has been at rest again */

struct _ModelRows
{
  GObject parent_instance;

  Store *store;
  GHashTable *alive;      /* &message->id → ModelMessage, not owned: whatever anybody holds */
  GQueue kept;            /* of ModelMessage, owned, newest first */
  GQueue waiting;         /* of ModelMessage, owned: handed out unloaded, latest first */
  guint pages_read;       /* since the main loop was at rest */
  guint idle_source;
  MailHighlight *highlight; /* (nullable) */
  ModelRowsPlaceFunc place;
  gpointer place_data;
};

G_DEFINE_FINAL_TYPE (ModelRows, model_rows, G_TYPE_OBJECT)

typedef struct
{
  ModelRows *rows;
  gint64 id;
} Grip;

static void
on_message_gone (gpointer data, GObject *where)
{
  g_autofree Grip *grip = data;

  g_hash_table_remove (grip->rows->alive, &grip->id);
}

/* The table's key lives in the grip, which lives as long as the entry. */
static ModelMessage *
make_message (ModelRows *self, gint64 id)
{
  ModelMessage *message = model_message_new (id);
  Grip *grip = g_new (Grip, 1);

  grip->rows = self;
  grip->id = id;
  g_object_weak_ref (G_OBJECT (message), on_message_gone, grip);
  g_object_set_data (G_OBJECT (message), "model-rows-grip", grip);
  model_message_set_highlight (message, self->highlight);
  self->place (message, self->place_data);
  g_hash_table_insert (self->alive, &grip->id, message);
  return message;
}

static void
keep (ModelRows *self, ModelMessage *message)
{
  g_queue_push_head (&self->kept, g_object_ref (message));
  if (self->kept.length > MAX_KEPT)
    g_object_unref (g_queue_pop_tail (&self->kept));
}

static void
read_rows (ModelRows *self, ModelMessage **messages, const gint64 *ids, guint n_ids)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) summaries = NULL;

  if (!n_ids)
    return;
  summaries = store_messages_get_rows (store_get_reader (self->store), ids, n_ids, &error);
  if (!summaries)
    {
      g_warning ("Rows of the message list could not be read: %s", error->message);
      return;
    }
  for (guint i = 0; i < n_ids && i < summaries->len; i++)
    if (summaries->pdata[i])
      model_message_set_summary (messages[i], summaries->pdata[i]);
}

/* The page around @position, without what is loaded already. */
static void
read_page (ModelRows *self, const gint64 *ids, guint n_ids, guint position)
{
  ModelMessage *messages[PAGE];
  gint64 wanted[PAGE] = { 0 };
  guint n_wanted = 0;
  guint first = position - position % PAGE;

  for (guint i = first; i < n_ids && i < first + PAGE; i++)
    {
      ModelMessage *message = g_hash_table_lookup (self->alive, &ids[i]);

      if (message && model_message_is_loaded (message))
        continue;
      message = message ? g_object_ref (message) : make_message (self, ids[i]);
      wanted[n_wanted] = ids[i];
      messages[n_wanted++] = message;
    }
  read_rows (self, messages, wanted, n_wanted);
  for (guint i = 0; i < n_wanted; i++)
    {
      keep (self, messages[i]);
      g_object_unref (messages[i]);
    }
  self->pages_read++;
}

static gboolean
on_idle (gpointer data)
{
  ModelRows *self = data;
  ModelMessage *messages[PAGE];
  gint64 ids[PAGE] = { 0 };
  guint n = 0;

  self->pages_read = 0;
  while (n < PAGE && self->waiting.length)
    {
      g_autoptr (ModelMessage) message = g_queue_pop_head (&self->waiting);

      if (model_message_is_loaded (message) || G_OBJECT (message)->ref_count == 1)
        continue; /* read meanwhile, or nobody looks any more */
      ids[n] = model_message_get_id (message);
      messages[n++] = g_steal_pointer (&message);
    }
  read_rows (self, messages, ids, n);
  for (guint i = 0; i < n; i++)
    {
      keep (self, messages[i]);
      g_object_unref (messages[i]);
    }
  if (self->waiting.length)
    return G_SOURCE_CONTINUE;
  self->idle_source = 0;
  return G_SOURCE_REMOVE;
}

static void
wait_for_rest (ModelRows *self, ModelMessage *message)
{
  g_queue_push_head (&self->waiting, g_object_ref (message));
  if (self->waiting.length > MAX_WAITING)
    g_object_unref (g_queue_pop_tail (&self->waiting));
}

static void
ensure_idle (ModelRows *self)
{
  if (!self->idle_source)
    self->idle_source = g_idle_add_full (G_PRIORITY_DEFAULT, on_idle, self, NULL);
}

static void
model_rows_dispose (GObject *object)
{
  ModelRows *self = MODEL_ROWS (object);

  g_clear_handle_id (&self->idle_source, g_source_remove);
  g_queue_clear_full (&self->waiting, g_object_unref);
  g_queue_clear_full (&self->kept, g_object_unref);
  if (self->alive)
    {
      g_autoptr (GHashTable) alive = g_steal_pointer (&self->alive);
      GHashTableIter iter;
      gpointer message;

      g_hash_table_iter_init (&iter, alive);
      while (g_hash_table_iter_next (&iter, NULL, &message))
        {
          g_autofree Grip *grip = g_object_get_data (message, "model-rows-grip");

          g_object_weak_unref (message, on_message_gone, grip);
          g_object_set_data (message, "model-rows-grip", NULL);
        }
    }
  g_clear_pointer (&self->highlight, mail_highlight_unref);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (model_rows_parent_class)->dispose (object);
}

static void
model_rows_class_init (ModelRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = model_rows_dispose;
}

static void
model_rows_init (ModelRows *self)
{
  self->alive = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_queue_init (&self->kept);
  g_queue_init (&self->waiting);
}

ModelRows *
model_rows_new (Store *store, ModelRowsPlaceFunc place, gpointer data)
{
  ModelRows *self = g_object_new (MODEL_TYPE_ROWS, NULL);

  self->place = place;
  self->place_data = data;
  self->store = g_object_ref (store);
  return self;
}

ModelMessage *
model_rows_get (ModelRows *self, const gint64 *ids, guint n_ids, guint position)
{
  ModelMessage *message = g_hash_table_lookup (self->alive, &ids[position]);

  if (message && model_message_is_loaded (message))
    return g_object_ref (message);
  ensure_idle (self);
  if (self->pages_read < PAGES_AT_ONCE)
    {
      read_page (self, ids, n_ids, position);
      return g_object_ref (g_hash_table_lookup (self->alive, &ids[position]));
    }
  message = message ? g_object_ref (message) : make_message (self, ids[position]);
  wait_for_rest (self, message);
  return message;
}

/* (transfer full): whoever hears of a change may ask for rows */
static GPtrArray *
hold_all (ModelRows *self)
{
  GPtrArray *messages = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer message;

  g_hash_table_iter_init (&iter, self->alive);
  while (g_hash_table_iter_next (&iter, NULL, &message))
    g_ptr_array_add (messages, g_object_ref (message));
  return messages;
}

void
model_rows_tell_day (ModelRows *self)
{
  g_autoptr (GPtrArray) messages = hold_all (self);

  for (guint i = 0; i < messages->len; i++)
    g_object_notify (messages->pdata[i], "received");
}

void
model_rows_place (ModelRows *self)
{
  g_autoptr (GPtrArray) messages = hold_all (self);

  for (guint i = 0; i < messages->len; i++)
    self->place (messages->pdata[i], self->place_data);
}

void
model_rows_set_highlight (ModelRows *self, MailHighlight *highlight)
{
  GHashTableIter iter;
  gpointer message;

  if (self->highlight == highlight)
    return;
  g_clear_pointer (&self->highlight, mail_highlight_unref);
  self->highlight = highlight ? mail_highlight_ref (highlight) : NULL;
  g_hash_table_iter_init (&iter, self->alive);
  while (g_hash_table_iter_next (&iter, NULL, &message))
    model_message_set_highlight (message, highlight);
}

void
model_rows_reload (ModelRows *self, const gint64 *ids, guint n_ids)
{
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer message;

  if (n_ids)
    {
      for (guint i = 0; i < n_ids; i++)
        if ((message = g_hash_table_lookup (self->alive, &ids[i])) && model_message_is_loaded (message))
          g_ptr_array_add (messages, g_object_ref (message));
    }
  else
    {
      g_hash_table_iter_init (&iter, self->alive);
      while (g_hash_table_iter_next (&iter, NULL, &message))
        if (model_message_is_loaded (message))
          g_ptr_array_add (messages, g_object_ref (message));
    }

  for (guint start = 0; start < messages->len; start += PAGE)
    {
      gint64 page[PAGE] = { 0 };
      guint n = MIN (PAGE, messages->len - start);

      for (guint i = 0; i < n; i++)
        page[i] = model_message_get_id (messages->pdata[start + i]);
      read_rows (self, (ModelMessage **) messages->pdata + start, page, n);
    }
}

guint
model_rows_get_n_loaded (ModelRows *self)
{
  GHashTableIter iter;
  gpointer message;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->alive);
  while (g_hash_table_iter_next (&iter, NULL, &message))
    n += model_message_is_loaded (message);
  return n;
}
