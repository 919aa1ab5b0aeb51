/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One question of a message list to the store at a time. */
#include "model-inquiry.h"

#include "model-reading.h"

/* Changed ids are read again this long after a change, and not before ten times the last reading's own time has passed, so that a big
 * folder that mail pours into does not keep the store's worker busy. */
#define REREAD_MS 60
#define REREAD_SHARE 10
#define MAX_WAIT_MS 5000

/* So many hits of a search come before all the others: more than a screen shows. */
#define FIRST_HITS 100

struct _ModelInquiry
{
  GObject parent_instance;

  Store *store;
  const ModelWish *wish;
  ModelInquiryFunc answered;
  gpointer data;

  GCancellable *cancellable;  /* of the question that is under way, if any */
  guint generation;           /* answers to an older one are dropped */
  gboolean is_first;          /* only the first hits are being read */
  gboolean is_stale;          /* something changed meanwhile */
  guint source;
  gint64 began;
  gint64 took;                /* microseconds, the last answer */
};

G_DEFINE_FINAL_TYPE (ModelInquiry, model_inquiry, G_TYPE_OBJECT)

static void begin (ModelInquiry *self);

typedef struct
{
  ModelInquiry *inquiry;   /* weak */
  guint generation;
} Question;

static void
question_free (Question *question)
{
  g_clear_weak_pointer (&question->inquiry);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
go_on (ModelInquiry *self, gboolean is_part)
{
  if (is_part)
    begin (self);
  else if (self->is_stale)
    {
      self->is_stale = FALSE;
      model_inquiry_ask_again (self);
    }
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  g_autoptr (ModelInquiry) self = question->inquiry ? g_object_ref (question->inquiry) : NULL;
  g_autoptr (GError) error = NULL;
  ModelListing *listing = model_reading_finish (STORE_STORE (source), result, &error);
  gboolean is_part;

  if (!self || question->generation != self->generation)
    {
      g_clear_pointer (&listing, model_listing_free);
      return;
    }
  g_clear_object (&self->cancellable);
  self->took = g_get_monotonic_time () - self->began;
  is_part = listing && self->is_first && model_listing_get_n_heads (listing) == FIRST_HITS;
  self->is_first = FALSE;
  self->answered (listing, error, self->data);
  if (listing && question->generation == self->generation) /* else something else is asked by now */
    go_on (self, is_part);
}

static void
begin (ModelInquiry *self)
{
  Question *question = g_new0 (Question, 1);
  StoreSearch search = model_wish_to_search (self->wish, self->is_first ? FIRST_HITS : 0);

  g_set_weak_pointer (&question->inquiry, self);
  question->generation = self->generation;
  self->is_stale = FALSE;
  self->began = g_get_monotonic_time ();
  g_clear_handle_id (&self->source, g_source_remove);
  self->cancellable = g_cancellable_new ();
  model_reading_begin (self->store, &search, self->wish->is_threaded, self->cancellable, on_answered, question);
}

static gboolean
on_due (gpointer data)
{
  ModelInquiry *self = data;

  self->source = 0;
  begin (self);
  return G_SOURCE_REMOVE;
}

void
model_inquiry_ask (ModelInquiry *self, gboolean in_parts)
{
  model_inquiry_forget (self);
  self->is_first = in_parts;
  begin (self);
}

void
model_inquiry_ask_again (ModelInquiry *self)
{
  guint wait = REREAD_MS + (guint) MIN (self->took * REREAD_SHARE / 1000, MAX_WAIT_MS);

  if (self->cancellable)
    self->is_stale = TRUE;
  else if (!self->source)
    self->source = g_timeout_add (wait, on_due, self);
}

void
model_inquiry_doubt (ModelInquiry *self)
{
  self->is_stale = self->is_stale || self->cancellable;
}

void
model_inquiry_forget (ModelInquiry *self)
{
  self->generation++;
  self->is_stale = FALSE;
  self->is_first = FALSE;
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
model_inquiry_dispose (GObject *object)
{
  ModelInquiry *self = MODEL_INQUIRY (object);

  model_inquiry_forget (self);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (model_inquiry_parent_class)->dispose (object);
}

static void
model_inquiry_class_init (ModelInquiryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = model_inquiry_dispose;
}

static void
model_inquiry_init (ModelInquiry *self)
{
}

ModelInquiry *
model_inquiry_new (Store *store, const ModelWish *wish, ModelInquiryFunc answered, gpointer data)
{
  ModelInquiry *self = g_object_new (MODEL_TYPE_INQUIRY, NULL);

  self->store = g_object_ref (store);
  self->wish = wish;
  self->answered = answered;
  self->data = data;
  return self;
}
