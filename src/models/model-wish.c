/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a message list is asked to show: a folder or view, its order, the filter on top of it, and what is looked for instead. */
#include "model-wish.h"

#include "model-folder.h"

void
model_wish_clear (ModelWish *self)
{
  g_clear_pointer (&self->search, mail_query_unref);
  g_clear_pointer (&self->saved, mail_query_unref);
}

void
model_wish_set_folder (ModelWish *self, gint64 folder, const StoreSaved *saved)
{
  g_clear_pointer (&self->saved, mail_query_unref);
  self->folder = folder;
  self->saved = saved ? store_saved_parse (saved) : NULL;
  self->saved_folder = saved ? saved->folder : 0;
  model_wish_settle (self);
}

gboolean
model_wish_set_search (ModelWish *self, const char *text)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (MailQuery) query = text ? mail_query_parse (text, TRUE, g_get_real_time () / G_USEC_PER_SEC, zone) : NULL;

  if (query && !mail_query_get_clauses (query)->len && !mail_query_get_complaint (query))
    g_clear_pointer (&query, mail_query_unref);
  if (!query && !self->search)
    return FALSE;
  g_clear_pointer (&self->search, mail_query_unref);
  self->search = g_steal_pointer (&query);
  return TRUE;
}

MailQuery *
model_wish_get_query (const ModelWish *self)
{
  return self->search ? self->search : self->saved;
}

void
model_wish_settle (ModelWish *self)
{
  StoreQuery *query = &self->query;

  query->view = self->folder >= 0 || self->saved ? STORE_VIEW_FOLDER : self->folder == MODEL_VIEW_INBOXES ? STORE_VIEW_INBOXES : STORE_VIEW_ALL;
  query->folder = self->saved ? self->saved_folder : MAX (self->folder, 0);
  query->only_unread = self->filter == MODEL_FILTER_UNREAD || self->folder == MODEL_VIEW_UNREAD;
  query->only_flagged = self->filter == MODEL_FILTER_FLAGGED || self->folder == MODEL_VIEW_FLAGGED;
  query->only_attachments = self->filter == MODEL_FILTER_ATTACHMENT || self->folder == MODEL_VIEW_ATTACHMENT;
}

StoreSearch
model_wish_to_search (const ModelWish *self, guint limit)
{
  StoreSearch search = { .query = model_wish_get_query (self), .narrow = self->query, .limit = limit };

  search.best_first = self->is_best_first && self->search;
  if (self->search && self->is_everywhere)
    {
      search.narrow.folder = 0;
      search.narrow.only_unread = self->filter == MODEL_FILTER_UNREAD;
      search.narrow.only_flagged = self->filter == MODEL_FILTER_FLAGGED;
      search.narrow.only_attachments = self->filter == MODEL_FILTER_ATTACHMENT;
    }
  return search;
}

gboolean
model_wish_is_about_folder (const ModelWish *self, const StoreChange *change)
{
  return !model_wish_get_query (self) && (change->folder == 0 || self->query.view != STORE_VIEW_FOLDER || change->folder == self->query.folder);
}

gboolean
model_wish_needs_reading (const ModelWish *self, const StoreChange *change)
{
  if (change->kind & STORE_CHANGED_EVERYTHING)
    return TRUE;
  if (model_wish_get_query (self) && (change->kind & (STORE_CHANGED_REMOVED | STORE_CHANGED_INDEX)))
    return TRUE;
  if ((change->kind & STORE_CHANGED_ADDED) && model_wish_is_about_folder (self, change))
    return TRUE;
  if ((change->kind & STORE_CHANGED_REMOVED) && model_wish_is_about_folder (self, change))
    return self->query.view != STORE_VIEW_FOLDER || self->is_threaded;
  return (change->kind & STORE_CHANGED_MESSAGES) && self->query.sort != STORE_SORT_RECEIVED; /* a draft's subject may sort elsewhere now */
}

G_STATIC_ASSERT ((int) MODEL_SORT_RECEIVED == (int) STORE_SORT_RECEIVED);
G_STATIC_ASSERT ((int) MODEL_SORT_SIZE == (int) STORE_SORT_SIZE);
