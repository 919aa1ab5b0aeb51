/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the listing of a message list is shown: which conversations are open, and which day it is for its sections. */
#include "model-arrangement.h"

#include "model-days.h"

struct _ModelArrangement
{
  ModelListing *listing;   /* (nullable) */
  GHashTable *open;        /* gint64: threads */
  gboolean is_grouped;
  gint64 day;              /* midnight of the day that the sections were found on */
};

ModelArrangement *
model_arrangement_new (void)
{
  ModelArrangement *self = g_new0 (ModelArrangement, 1);

  self->open = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->is_grouped = TRUE;
  return self;
}

void
model_arrangement_free (ModelArrangement *self)
{
  g_clear_pointer (&self->listing, model_listing_free);
  g_hash_table_unref (self->open);
  g_free (self);
}

static void
find_sections (ModelArrangement *self)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  self->day = model_days_find_start (now, now, zone);
  if (self->listing && self->is_grouped)
    model_listing_set_day (self->listing, now, zone);
}

void
model_arrangement_take (ModelArrangement *self, ModelListing *listing)
{
  g_clear_pointer (&self->listing, model_listing_free);
  self->listing = listing;
  find_sections (self);
}

void
model_arrangement_forget (ModelArrangement *self)
{
  g_clear_pointer (&self->listing, model_listing_free);
  g_hash_table_remove_all (self->open);
}

void
model_arrangement_set_is_grouped (ModelArrangement *self, gboolean is_grouped)
{
  self->is_grouped = is_grouped;
  find_sections (self);
}

gboolean
model_arrangement_is_grouped (ModelArrangement *self)
{
  return self->is_grouped;
}

void
model_arrangement_remove (ModelArrangement *self, GArray *gone)
{
  if (!self->listing)
    return;
  model_listing_remove (self->listing, gone);
  find_sections (self);
}

gboolean
model_arrangement_see_day (ModelArrangement *self)
{
  gint64 day = self->day;

  find_sections (self);
  return self->day != day;
}

GArray *
model_arrangement_flatten (ModelArrangement *self)
{
  return self->listing ? model_listing_flatten (self->listing, self->open) : g_array_new (FALSE, FALSE, sizeof (gint64));
}

gboolean
model_arrangement_is_open (ModelArrangement *self, const ModelConversation *conversation)
{
  return g_hash_table_contains (self->open, &conversation->thread);
}

gboolean
model_arrangement_open (ModelArrangement *self, const ModelConversation *conversation, gboolean is_open)
{
  if (is_open == model_arrangement_is_open (self, conversation))
    return FALSE;
  if (is_open)
    g_hash_table_add (self->open, g_memdup2 (&conversation->thread, sizeof conversation->thread));
  else
    g_hash_table_remove (self->open, &conversation->thread);
  return TRUE;
}

const ModelConversation *
model_arrangement_find (ModelArrangement *self, gint64 id)
{
  return self->listing ? model_listing_find (self->listing, id) : NULL;
}

void
model_arrangement_place (ModelArrangement *self, ModelMessage *message)
{
  gint64 id = model_message_get_id (message);
  const ModelConversation *conversation = model_arrangement_find (self, id);
  ModelPlace place = { 0 };

  if (self->listing && self->is_grouped)
    place.section = model_listing_get_section (self->listing, id);
  if (conversation)
    {
      place.is_expanded = model_arrangement_is_open (self, conversation);
      place.is_reply = conversation->head != id;
      place.n_more = place.is_reply ? 0 : conversation->rest->len;
    }
  model_message_set_place (message, &place);
}
