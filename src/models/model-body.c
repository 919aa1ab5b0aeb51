/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One message as the reader shows it: parsed in the store's worker, immutable. */
#include "model-body.h"

#include "base-error.h"
#include "mime-message.h"
#include "store-messages.h"
#include "store-outbox.h"

#include <string.h>

struct _ModelBody
{
  GObject parent_instance;

  MailSummary *summary;
  MimeMessage *message;
  StoreOutboxItem *outbox;     /* NULL outside the Outbox */
  char *headers;
  char *text;
  gboolean is_text_cut;
  char **refused;
};

G_DEFINE_FINAL_TYPE (ModelBody, model_body, G_TYPE_OBJECT)

static void
model_body_finalize (GObject *object)
{
  ModelBody *self = MODEL_BODY (object);

  g_clear_pointer (&self->summary, mail_summary_unref);
  g_clear_object (&self->message);
  g_clear_pointer (&self->outbox, store_outbox_item_free);
  g_free (self->headers);
  g_free (self->text);
  g_strfreev (self->refused);
  G_OBJECT_CLASS (model_body_parent_class)->finalize (object);
}

static void
model_body_class_init (ModelBodyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = model_body_finalize;
}

static void
model_body_init (ModelBody *self)
{
}

/* Where a line that is too long may be broken: the last space before @limit, else a character's end. */
static gsize
find_break (const char *line, gsize limit)
{
  const char *end;

  for (gsize i = limit; i > limit / 2; i--)
    if (line[i - 1] == ' ')
      return i;
  end = g_utf8_find_prev_char (line, line + limit + 1);
  return end && end > line ? (gsize) (end - line) : limit;
}

/* Cuts the text to what a text view can carry. */
static char *
make_showable (const char *text, gboolean *is_cut)
{
  gsize length = strlen (text);
  g_autoptr (GString) shown = NULL;
  const char *end;

  *is_cut = length > MODEL_BODY_MAX_TEXT;
  if (*is_cut)
    {
      end = g_utf8_find_prev_char (text, text + MODEL_BODY_MAX_TEXT + 1);
      length = end ? (gsize) (end - text) : 0;
    }
  shown = g_string_sized_new (length);
  end = text + length;
  while (text < end)
    {
      const char *newline = memchr (text, '\n', (gsize) (end - text));
      gsize line = (gsize) ((newline ? newline : end) - text);

      while (line > MODEL_BODY_MAX_LINE)
        {
          gsize part = find_break (text, MODEL_BODY_MAX_LINE);

          g_string_append_len (shown, text, (gssize) part);
          g_string_append_c (shown, '\n');
          text += part;
          line -= part;
        }
      g_string_append_len (shown, text, (gssize) line);
      text += line;
      if (newline)
        {
          g_string_append_c (shown, '\n');
          text++;
        }
    }
  return g_string_free (g_steal_pointer (&shown), FALSE);
}

static char **
list_refused (const StoreOutboxItem *item)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; item && i < item->recipients->len; i++)
    {
      const StoreOutboxRecipient *recipient = item->recipients->pdata[i];

      if (recipient->state == STORE_RECIPIENT_REFUSED)
        g_ptr_array_add (list, recipient->reply && recipient->reply[0]
                                 ? g_strdup_printf ("%s: %s", recipient->address, recipient->reply)
                                 : g_strdup (recipient->address));
    }
  g_ptr_array_add (list, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&list), FALSE);
}

ModelBody *
model_body_load (StoreDatabase *database, gint64 id, GError **error)
{
  g_autoptr (MailSummary) summary = store_messages_get (database, id, error);
  g_autoptr (GBytes) source = NULL;
  g_autoptr (GError) outbox_error = NULL;
  ModelBody *self;

  if (!summary)
    return NULL;
  source = store_messages_load_source (database, id, error);
  if (!source)
    return NULL;

  self = g_object_new (MODEL_TYPE_BODY, NULL);
  self->summary = g_steal_pointer (&summary);
  self->message = mime_message_new (source);
  self->headers = mime_message_dup_headers (self->message);
  self->text = make_showable (mime_message_get_text (self->message), &self->is_text_cut);
  self->outbox = store_outbox_get (database, id, &outbox_error); /* not found: not in the Outbox */
  self->refused = list_refused (self->outbox);
  return self;
}

gint64
model_body_get_id (ModelBody *self)
{
  return self->summary->id;
}

MailSummary *
model_body_get_summary (ModelBody *self)
{
  return self->summary;
}

const char *
model_body_get_subject (ModelBody *self)
{
  return mime_message_get_subject (self->message);
}

GPtrArray *
model_body_get_from (ModelBody *self)
{
  return mime_message_get_from (self->message);
}

GPtrArray *
model_body_get_to (ModelBody *self)
{
  return mime_message_get_to (self->message);
}

GPtrArray *
model_body_get_cc (ModelBody *self)
{
  return mime_message_get_cc (self->message);
}

GPtrArray *
model_body_get_bcc (ModelBody *self)
{
  return mime_message_get_bcc (self->message);
}

GPtrArray *
model_body_get_reply_to (ModelBody *self)
{
  return mime_message_get_reply_to (self->message);
}

GDateTime *
model_body_get_date (ModelBody *self)
{
  return mime_message_get_date (self->message);
}

const char *
model_body_get_text (ModelBody *self)
{
  return self->text;
}

gboolean
model_body_is_text_cut (ModelBody *self)
{
  return self->is_text_cut;
}

const char *
model_body_get_headers (ModelBody *self)
{
  return self->headers;
}

GListModel *
model_body_get_attachments (ModelBody *self)
{
  return mime_message_get_attachments (self->message);
}

ModelOutboxState
model_body_get_outbox_state (ModelBody *self)
{
  if (!self->outbox)
    return MODEL_OUTBOX_NONE;
  switch (self->outbox->state)
    {
    case STORE_OUTBOX_SENDING:
      return MODEL_OUTBOX_SENDING;
    case STORE_OUTBOX_FAILED:
      return MODEL_OUTBOX_FAILED;
    case STORE_OUTBOX_MAYBE_SENT:
      return MODEL_OUTBOX_MAYBE_SENT;
    case STORE_OUTBOX_HELD:
      return MODEL_OUTBOX_HELD;
    case STORE_OUTBOX_QUEUED:
    default:
      return MODEL_OUTBOX_QUEUED;
    }
}

gint64
model_body_get_outbox_account (ModelBody *self)
{
  return self->outbox ? self->outbox->account : 0;
}

gint64
model_body_get_not_before (ModelBody *self)
{
  return self->outbox ? self->outbox->not_before : 0;
}

const char *
model_body_get_outbox_error_word (ModelBody *self)
{
  return self->outbox ? self->outbox->error_word : NULL;
}

const char *
model_body_get_outbox_error_message (ModelBody *self)
{
  return self->outbox ? self->outbox->error_message : NULL;
}

const char *
model_body_get_outbox_error_reply (ModelBody *self)
{
  return self->outbox ? self->outbox->error_reply : NULL;
}

const char *const *
model_body_get_refused_recipients (ModelBody *self)
{
  return (const char *const *) self->refused;
}

MimeMessage *
model_body_get_message (ModelBody *self)
{
  return self->message;
}
