/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One message as the reader shows it: parsed in the store's worker, immutable. */
#include "model-body.h"

#include "base-error.h"
#include "html-clean.h"
#include "mime-message.h"
#include "mime-summary.h"
#include "model-pictures.h"
#include "model-showable.h"
#include "store-folders.h"
#include "store-messages.h"
#include "store-outbox.h"
#include "store-pop3.h"
#include "store-threads.h"


/* Pictures in a page are decoded once and held while it is shown. */
#define MAX_PARTS (64 << 20)

typedef struct
{
  char *type;
  GBytes *data;
} Part;

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
  HtmlPage *pages[2];          /* light, dark; NULL when there is no HTML */
  gint64 account;
  MailRole role;               /* of its folder; MAIL_ROLE_NONE in none */
  MailSummary *reported;       /* NULL: not here */
  gint64 answer;               /* the message that answers this invitation, sent or in the Outbox; 0 */
  MailParticipation participation;
  gboolean is_left, is_junk;
  GHashTable *parts;           /* Content-ID -> Part: what the pages show */
  ModelPictures *pictures;     /* NULL: none are attached */
};

static void
part_free (gpointer data)
{
  Part *part = data;

  g_free (part->type);
  g_bytes_unref (part->data);
  g_free (part);
}

G_DEFINE_FINAL_TYPE (ModelBody, model_body, G_TYPE_OBJECT)

static void
model_body_finalize (GObject *object)
{
  ModelBody *self = MODEL_BODY (object);

  g_clear_pointer (&self->summary, mail_summary_unref);
  g_clear_pointer (&self->reported, mail_summary_unref);
  g_clear_object (&self->message);
  g_clear_pointer (&self->outbox, store_outbox_item_free);
  g_free (self->headers);
  g_free (self->text);
  g_strfreev (self->refused);
  g_clear_pointer (&self->pages[0], html_page_free);
  g_clear_pointer (&self->pages[1], html_page_free);
  g_hash_table_unref (self->parts);
  g_clear_pointer (&self->pictures, model_pictures_free);
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
  self->parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, part_free);
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

/* Many programs send pictures as application/octet-stream. */
static char *
find_type (MimeAttachment *attachment, GBytes *data)
{
  const char *type = mime_attachment_get_content_type (attachment);
  g_autofree char *guess = NULL;
  gsize length;
  const guchar *bytes = g_bytes_get_data (data, &length);

  if (g_str_has_prefix (type, "image/"))
    return g_strdup (type);
  guess = g_content_type_guess (NULL, bytes, MIN (length, 4096), NULL);
  return g_content_type_get_mime_type (guess);
}

/* Decodes what the page shows, so that showing it costs the main thread nothing. */
static void
read_parts (ModelBody *self)
{
  GListModel *attachments = mime_message_get_attachments (self->message);
  const char *const *wanted = (const char *const *) self->pages[0]->content_ids;
  gsize all = 0;

  for (guint i = 0; i < g_list_model_get_n_items (attachments) && all < MAX_PARTS; i++)
    {
      g_autoptr (MimeAttachment) attachment = g_list_model_get_item (attachments, i);
      const char *id = mime_attachment_get_content_id (attachment);
      Part *part;

      if (!id || !g_strv_contains (wanted, id) || g_hash_table_contains (self->parts, id))
        continue;
      part = g_new0 (Part, 1);
      part->data = mime_attachment_dup_data (attachment);
      part->type = find_type (attachment, part->data);
      all += g_bytes_get_size (part->data);
      g_hash_table_insert (self->parts, g_strdup (id), part);
    }
}

static void
read_source (ModelBody *self, GBytes *source)
{
  const char *html;

  self->message = mime_message_new (source);
  self->headers = mime_message_dup_headers (self->message);
  self->text = model_showable_cut (mime_message_get_text (self->message), MODEL_BODY_MAX_TEXT, MODEL_BODY_MAX_LINE, &self->is_text_cut);
  html = mime_message_get_html (self->message);
  self->pages[0] = html ? html_clean (html, 0) : NULL;
  self->pages[1] = self->pages[0] ? html_clean (html, HTML_CLEAN_DARK) : NULL;
  if (self->pages[0])
    read_parts (self);
  self->pictures = model_pictures_new (self->message, self->parts);
}

ModelBody *
model_body_new_from_source (GBytes *source)
{
  ModelBody *self = g_object_new (MODEL_TYPE_BODY, NULL);
  static const char *const nobody[] = { NULL };

  self->summary = mime_summary_new (source, TRUE, 0);
  self->refused = g_strdupv ((char **) nobody);
  read_source (self, source);
  return self;
}

static MailSummary *
find_reported (StoreDatabase *database, ModelBody *self)
{
  const MailReport *report = mime_message_get_report (self->message);
  gint64 id = report && report->original_id ? store_messages_find_message_id (database, self->account, report->original_id, NULL) : 0;

  return id > 0 ? store_messages_get (database, id, NULL) : NULL;
}

/* What was answered: the newest of what was sent that is an answer to this invitation as it stands */
static void
find_answer (StoreDatabase *database, ModelBody *self)
{
  const MailInvitation *invitation = mime_message_get_invitation (self->message);
  g_autoptr (GArray) ids = model_body_can_answer_invitation (self) ? store_threads_list_answers (database, self->account, self->summary, NULL) : NULL;

  for (guint i = 0; ids && i < ids->len && !self->answer; i++)
    {
      g_autoptr (GBytes) source = store_messages_load_source (database, g_array_index (ids, gint64, i), NULL);
      g_autoptr (MimeMessage) message = source ? mime_message_new (source) : NULL;
      const MailInvitation *answer = message ? mime_message_get_invitation (message) : NULL;

      if (!answer || !mail_invitation_answers (answer, invitation))
        continue;
      self->answer = g_array_index (ids, gint64, i);
      self->participation = ((const MailAttendee *) g_ptr_array_index (answer->attendees, 0))->participation;
    }
}

ModelBody *
model_body_load (StoreDatabase *database, gint64 id, GError **error)
{
  g_autoptr (MailSummary) summary = store_messages_get (database, id, error);
  g_autoptr (GBytes) source = NULL;
  g_autoptr (StoreFolder) folder = NULL;
  g_autoptr (GError) outbox_error = NULL;
  gboolean is_left = FALSE;
  ModelBody *self;

  if (!summary)
    return NULL;
  source = store_messages_load_source (database, id, error);
  if (!source || (!summary->is_whole && !store_pop3_is_left (database, id, &is_left, error)))
    return NULL;

  self = g_object_new (MODEL_TYPE_BODY, NULL);
  self->summary = g_steal_pointer (&summary);
  read_source (self, source);
  folder = store_folders_get (database, self->summary->folder, NULL);
  self->account = folder ? folder->account : 0;
  self->role = folder ? folder->role : MAIL_ROLE_NONE;
  self->reported = find_reported (database, self);
  find_answer (database, self);
  self->is_junk = self->role == MAIL_ROLE_JUNK || (self->summary->flags & MAIL_FLAG_JUNK) != 0;
  self->outbox = store_outbox_get (database, id, &outbox_error); /* not found: not in the Outbox */
  self->refused = list_refused (self->outbox);
  self->is_left = is_left;
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

const char *
model_body_get_whole_text (ModelBody *self)
{
  return mime_message_get_text (self->message);
}

gboolean
model_body_is_text_cut (ModelBody *self)
{
  return self->is_text_cut;
}

const char *
model_body_get_html (ModelBody *self, gboolean is_dark)
{
  HtmlPage *page = self->pages[is_dark ? 1 : 0];

  return page ? page->html : NULL;
}

guint
model_body_get_n_remote_images (ModelBody *self)
{
  return self->pages[0] ? self->pages[0]->n_remote : 0;
}

GBytes *
model_body_ref_part (ModelBody *self, const char *content_id, const char **type)
{
  Part *part = g_hash_table_lookup (self->parts, content_id);

  if (!part)
    return self->pictures ? model_pictures_ref (self->pictures, content_id, type) : NULL;
  *type = part->type;
  return g_bytes_ref (part->data);
}

char *
model_body_dup_text_page (ModelBody *self, gboolean is_dark)
{
  g_autoptr (HtmlPage) page = html_page_new_from_text (self->text, is_dark ? HTML_CLEAN_DARK : 0);

  return g_steal_pointer (&page->html);
}

char *
model_body_dup_page (ModelBody *self, gboolean is_dark)
{
  const char *html = model_body_get_html (self, is_dark);
  g_autofree char *text_page = NULL;

  if (!self->pictures || model_body_is_junk (self))
    return g_strdup (html);
  if (!html)
    html = text_page = model_body_dup_text_page (self, is_dark);
  return model_pictures_dup_page (self->pictures, html);
}

const char *
model_body_get_headers (ModelBody *self)
{
  return self->headers;
}

char *
model_body_dup_source_text (ModelBody *self)
{
  gsize length;
  const char *source = g_bytes_get_data (mime_message_get_source (self->message), &length);
  g_autofree char *valid = g_utf8_make_valid (source ? source : "", (gssize) MIN (length, MODEL_BODY_MAX_TEXT));
  gboolean is_cut;

  g_strdelimit (valid, "\r", ' ');
  return model_showable_cut (valid, MODEL_BODY_MAX_TEXT, MODEL_BODY_MAX_LINE, &is_cut);
}

GListModel *
model_body_get_attachments (ModelBody *self)
{
  return mime_message_get_attachments (self->message);
}

gboolean
model_body_is_machinery (ModelBody *self, guint position)
{
  g_autoptr (MimeAttachment) attachment = g_list_model_get_item (model_body_get_attachments (self), position);

  return attachment && mime_attachment_is_machinery (attachment);
}

gboolean
model_body_shows_attachment (ModelBody *self, guint position)
{
  g_autoptr (MimeAttachment) attachment = g_list_model_get_item (model_body_get_attachments (self), position);
  const char *id = attachment ? mime_attachment_get_content_id (attachment) : NULL;

  return id && g_hash_table_contains (self->parts, id);
}

gboolean
model_body_is_junk (ModelBody *self)
{
  return self->is_junk;
}

gboolean
model_body_is_left (ModelBody *self)
{
  return self->is_left;
}

gint64
model_body_get_account (ModelBody *self)
{
  return self->account;
}

const MailAuthentication *
model_body_get_authentication (ModelBody *self)
{
  return mime_message_get_authentication (self->message);
}

const MailInvitation *
model_body_get_invitation (ModelBody *self)
{
  return mime_message_get_invitation (self->message);
}

ModelProtection
model_body_get_protection (ModelBody *self)
{
  return (ModelProtection) mime_message_get_protection (self->message);
}

GPtrArray *
model_body_get_cards (ModelBody *self)
{
  return mime_message_get_cards (self->message);
}

const MailReport *
model_body_get_report (ModelBody *self)
{
  return mime_message_get_report (self->message);
}

const char *
model_body_get_report_details (ModelBody *self)
{
  return mime_message_get_report_details (self->message);
}

MailSummary *
model_body_get_reported (ModelBody *self)
{
  return self->reported;
}

/* What lies in a folder for received mail, whole, and not taken for junk */
static gboolean
is_received (ModelBody *self)
{
  switch (self->role)
    {
    case MAIL_ROLE_DRAFTS:
    case MAIL_ROLE_SENT:
    case MAIL_ROLE_OUTBOX:
    case MAIL_ROLE_JUNK:
      return FALSE;
    default:
      return self->account != 0 && self->summary->is_whole && !(self->summary->flags & (MAIL_FLAG_JUNK | MAIL_FLAG_DRAFT));
    }
}

const MailReceipt *
model_body_get_receipt (ModelBody *self)
{
  return is_received (self) && !(self->summary->flags & MAIL_FLAG_RECEIPT) ? mime_message_get_receipt (self->message) : NULL;
}

gboolean
model_body_can_answer_invitation (ModelBody *self)
{
  const MailInvitation *invitation = mime_message_get_invitation (self->message);

  return is_received (self) && invitation && mail_invitation_can_be_answered (invitation);
}

MailParticipation
model_body_get_participation (ModelBody *self)
{
  return self->participation;
}

gboolean
model_body_depends_on (ModelBody *self, gint64 id)
{
  gboolean asks = is_received (self) && (mime_message_get_receipt (self->message) || model_body_can_answer_invitation (self));

  return asks && (id == 0 || id == self->summary->id || id == self->answer);
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

gboolean
model_body_has_source_of (ModelBody *self, ModelBody *other)
{
  return g_bytes_equal (mime_message_get_source (self->message), mime_message_get_source (other->message));
}
