/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was read for a message list: the ids in order, by conversations where those are wanted, and where the sections by date begin. */
#include "model-listing.h"

#include "model-days.h"

struct _ModelListing
{
  GArray *heads;              /* of gint64 */
  GArray *received;           /* (nullable): of gint64, as many */
  GHashTable *conversations;  /* (nullable): thread → ModelConversation, owned */
  GHashTable *members;        /* (nullable): id → ModelConversation: whoever is in one; keys owned */
  GHashTable *sections;       /* (nullable): id → when its section begins; both owned */
  gboolean is_partial;
};

static void
conversation_free (gpointer data)
{
  ModelConversation *self = data;

  g_array_unref (self->rest);
  g_free (self);
}

static gint64 *
new_number (gint64 value)
{
  return g_memdup2 (&value, sizeof value);
}

static void
add_to_conversation (ModelListing *self, ModelConversation *conversation, gint64 id)
{
  if (!conversation->rest->len)
    g_hash_table_insert (self->members, new_number (conversation->head), conversation);
  g_array_append_val (conversation->rest, id);
  g_hash_table_insert (self->members, new_number (id), conversation);
}

/* Those that turn out to be alone here share their thread with nobody in this list. */
static gboolean
is_alone (gpointer key, gpointer value, gpointer data)
{
  return ((ModelConversation *) value)->rest->len == 0;
}

/* Keeps of @ids only the first of each thread, the others beneath it */
static void
gather (ModelListing *self, GArray *ids, GHashTable *threads)
{
  guint n = 0;

  self->conversations = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, conversation_free);
  self->members = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      const gint64 *thread = g_hash_table_lookup (threads, &id);
      ModelConversation *conversation = thread ? g_hash_table_lookup (self->conversations, thread) : NULL;

      if (conversation)
        {
          add_to_conversation (self, conversation, id);
          continue;
        }
      if (thread)
        {
          conversation = g_new (ModelConversation, 1);
          *conversation = (ModelConversation) { *thread, id, g_array_new (FALSE, FALSE, sizeof (gint64)) };
          g_hash_table_insert (self->conversations, &conversation->thread, conversation);
        }
      g_array_index (ids, gint64, n) = id;
      if (self->received)
        g_array_index (self->received, gint64, n) = g_array_index (self->received, gint64, i);
      n++;
    }
  g_array_set_size (ids, n);
  if (self->received)
    g_array_set_size (self->received, n);
  g_hash_table_foreach_remove (self->conversations, is_alone, NULL);
}

ModelListing *
model_listing_new (GArray *ids, GArray *received, GHashTable *threads)
{
  ModelListing *self = g_new0 (ModelListing, 1);

  self->heads = ids;
  self->received = received;
  if (threads)
    gather (self, ids, threads);
  return self;
}

void
model_listing_free (ModelListing *self)
{
  g_array_unref (self->heads);
  g_clear_pointer (&self->received, g_array_unref);
  g_clear_pointer (&self->members, g_hash_table_unref);
  g_clear_pointer (&self->conversations, g_hash_table_unref);
  g_clear_pointer (&self->sections, g_hash_table_unref);
  g_free (self);
}

void
model_listing_set_is_partial (ModelListing *self, gboolean is_partial)
{
  self->is_partial = is_partial;
}

gboolean
model_listing_is_partial (ModelListing *self)
{
  return self->is_partial;
}

guint
model_listing_get_n_heads (ModelListing *self)
{
  return self->heads->len;
}

GArray *
model_listing_flatten (ModelListing *self, GHashTable *expanded)
{
  GArray *ids;

  if (!self->conversations || !g_hash_table_size (expanded))
    return g_array_copy (self->heads);
  ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), self->heads->len);
  for (guint i = 0; i < self->heads->len; i++)
    {
      gint64 head = g_array_index (self->heads, gint64, i);
      const ModelConversation *conversation = model_listing_find (self, head);

      g_array_append_val (ids, head);
      if (conversation && g_hash_table_contains (expanded, &conversation->thread))
        g_array_append_vals (ids, conversation->rest->data, conversation->rest->len);
    }
  return ids;
}

static gint64
drop_members (ModelListing *self, ModelConversation *conversation, GHashTable *gone)
{
  gint64 first = 0;
  guint n = 0;

  if (!g_hash_table_contains (gone, &conversation->head))
    first = conversation->head;
  for (guint i = 0; i < conversation->rest->len; i++)
    {
      gint64 id = g_array_index (conversation->rest, gint64, i);

      if (g_hash_table_contains (gone, &id))
        continue;
      if (!first)
        first = id;
      else
        g_array_index (conversation->rest, gint64, n++) = id;
    }
  g_array_set_size (conversation->rest, n);
  conversation->head = first;
  return first;
}

void
model_listing_remove (ModelListing *self, GArray *gone)
{
  g_autoptr (GHashTable) set = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GHashTable) looked_at = g_hash_table_new (NULL, NULL);
  guint n = 0;

  for (guint i = 0; i < gone->len; i++)
    g_hash_table_add (set, &g_array_index (gone, gint64, i));
  for (guint i = 0; i < gone->len; i++)
    {
      ModelConversation *conversation = (ModelConversation *) model_listing_find (self, g_array_index (gone, gint64, i));

      if (conversation)
        g_hash_table_add (looked_at, conversation);
    }
  for (guint i = 0; i < self->heads->len; i++)
    {
      gint64 id = g_array_index (self->heads, gint64, i);
      ModelConversation *conversation = (ModelConversation *) model_listing_find (self, id);

      if (conversation && g_hash_table_contains (looked_at, conversation))
        id = drop_members (self, conversation, set);
      else if (g_hash_table_contains (set, &id))
        id = 0;
      if (!id)
        continue;
      g_array_index (self->heads, gint64, n) = id;
      if (self->received)
        g_array_index (self->received, gint64, n) = g_array_index (self->received, gint64, i);
      n++;
    }
  g_array_set_size (self->heads, n);
  if (self->received)
    g_array_set_size (self->received, n);
}

const ModelConversation *
model_listing_find (ModelListing *self, gint64 id)
{
  const ModelConversation *conversation = self->members ? g_hash_table_lookup (self->members, &id) : NULL;

  return conversation && conversation->rest->len ? conversation : NULL;
}

/* The first place, counted from the newest, that lies before @start */
static guint
find_older (GArray *received, gboolean is_ascending, guint from, gint64 start)
{
  guint low = from, high = received->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      gint64 time = g_array_index (received, gint64, is_ascending ? received->len - 1 - middle : middle);

      if (time >= start)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

void
model_listing_set_day (ModelListing *self, gint64 now, GTimeZone *zone)
{
  guint n = self->received ? self->received->len : 0;
  const gint64 *received = n ? (const gint64 *) self->received->data : NULL;
  gboolean is_ascending = n && received[0] < received[n - 1];

  g_clear_pointer (&self->sections, g_hash_table_unref);
  if (!n)
    return;
  self->sections = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  for (guint i = 0, next; i < n; i = next)
    {
      gint64 start = model_days_find_start (received[is_ascending ? n - 1 - i : i], now, zone);
      guint first;

      next = start ? MAX (find_older (self->received, is_ascending, i, start), i + 1) : n;
      first = is_ascending ? n - next : i;
      g_hash_table_insert (self->sections, new_number (g_array_index (self->heads, gint64, first)), new_number (start));
    }
}

gint64
model_listing_get_section (ModelListing *self, gint64 id)
{
  const gint64 *start = self->sections ? g_hash_table_lookup (self->sections, &id) : NULL;

  return start ? *start : 0;
}
