/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mail that rules send. */
#include "sync-rule-mail.h"

#include "mail-address.h"
#include "mime-builder.h"
#include "mime-reply.h"
#include "mime-summary.h"
#include "store-outbox.h"
#include "store-rules.h"

#include <string.h>

#define LOOP_HEADER "X-Loop" /* as other forwarders name it */

static gboolean
has_header (MimeMessage *message, const char *name)
{
  g_autofree char *value = mime_message_dup_header (message, name);

  return value != NULL;
}

static gboolean
is_header (MimeMessage *message, const char *name, const char *const *values)
{
  g_autofree char *value = mime_message_dup_header (message, name);

  for (guint i = 0; value && values[i]; i++)
    if (g_ascii_strcasecmp (g_strstrip (value), values[i]) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_by_program (MimeMessage *message)
{
  static const char *const bulk[] = { "bulk", "junk", "list", NULL };
  static const char *const by_hand[] = { "no", NULL };
  static const char *const lists[] = { "List-Id", "List-Post", "List-Unsubscribe", "X-Auto-Response-Suppress", "Feedback-ID" };

  if (has_header (message, "Auto-Submitted") && !is_header (message, "Auto-Submitted", by_hand))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    if (has_header (message, lists[i]))
      return TRUE;
  return is_header (message, "Precedence", bulk);
}

static gboolean
reads_no_answers (const char *address)
{
  static const char *const parts[] = { "noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "mailer-daemon", "postmaster@", "bounce",
                                       "owner-", "-request@", "-owner@" };
  g_autofree char *lower = g_utf8_strdown (address, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strstr (lower, parts[i]))
      return TRUE;
  return FALSE;
}

static gboolean
names (const GPtrArray *list, const char *email)
{
  for (guint i = 0; i < list->len; i++)
    if (mail_address_equal (((MailAddress *) g_ptr_array_index (list, i))->address, email))
      return TRUE;
  return FALSE;
}

/* (transfer full) (nullable): where an answer goes: the envelope's sender (RFC 3834 §4), else From; %NULL where none should */
static char *
find_answerer (MimeMessage *message)
{
  g_autofree char *path = mime_message_dup_header (message, "Return-Path");
  GPtrArray *from = mime_message_get_from (message);
  char *address;

  if (path)
    {
      g_autofree char *text = g_strdelimit (g_strdup (path), "<>", ' ');

      address = g_strdup (g_strstrip (text)); /* "<>": a bounce */
    }
  else
    address = g_strdup (from->len > 0 ? ((MailAddress *) g_ptr_array_index (from, 0))->address : "");
  if (mail_address_is_valid (address) && !reads_no_answers (address))
    return address;
  g_free (address);
  return NULL;
}

/* A header is put before what was built, where it is the first of the headers. */
static GBytes *
prepend (GBytes *source, const char *header)
{
  GString *whole = g_string_new (header);
  gsize size;
  const char *data = g_bytes_get_data (source, &size);

  g_string_append_len (whole, data, (gssize) size);
  return g_string_free_to_bytes (whole);
}

static GPtrArray *
make_recipients (char **addresses)
{
  GPtrArray *recipients = g_ptr_array_new_with_free_func (g_free);

  for (; *addresses; addresses++)
    {
      StoreOutboxRecipient *recipient = g_new0 (StoreOutboxRecipient, 1);

      recipient->address = *addresses; /* the transport's */
      g_ptr_array_add (recipients, recipient);
    }
  return recipients;
}

static gboolean
send (const SyncRuleMail *mail, MimeDraft *draft, const char *header, MailFlags answer_flag, GError **error)
{
  StoreOutboxItem item = { .account = mail->sender->account, .state = STORE_OUTBOX_QUEUED, .answers = mail->message, .answer_flag = answer_flag };
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) built = mime_builder_build (draft, MIME_BUILD_FOR_SENDING, mail->now, 0, &failure);
  g_autoptr (GBytes) source = built ? prepend (built, header) : NULL;
  g_autoptr (MimeTransport) transport = source ? mime_transport_new (source, &failure) : NULL;
  g_autoptr (GPtrArray) recipients = NULL;
  g_autoptr (MailSummary) summary = NULL;

  if (!transport)
    {
      g_message ("A rule could not send its mail: %s", failure->message); /* its other actions are done all the same */
      return TRUE;
    }
  summary = mime_summary_new (source, TRUE, mail->now);
  summary->flags = MAIL_FLAG_SEEN;
  recipients = make_recipients (transport->recipients);
  item.sender = transport->sender;
  item.recipients = recipients;
  return store_outbox_add (mail->database, source, summary, &item, 0, error) >= 0;
}

static MimeDraft *
make_answer (const SyncRuleMail *mail, const char *address, const char *text)
{
  MimeDraft *draft = mime_draft_new ();
  const char *id = mime_message_get_message_id (mail->original);
  const char *const references[] = { id, NULL };

  draft->from = mail_address_new (mail->sender->name, mail->sender->email);
  g_ptr_array_add (draft->to, mail_address_new (NULL, address));
  g_free (draft->subject);
  draft->subject = g_strconcat ("Auto: ", mime_message_get_subject (mail->original), NULL); /* RFC 3834 §3.1.5 */
  g_free (draft->text);
  draft->text = g_strdup (text);
  draft->in_reply_to = g_strdup (id);
  g_strfreev (draft->references);
  draft->references = g_strdupv ((char **) references);
  return draft;
}

gboolean
sync_rule_mail_reply (const SyncRuleMail *mail, const char *text, GError **error)
{
  g_autofree char *address = NULL;
  g_autoptr (MimeDraft) draft = NULL;
  gboolean may_reply;

  if (!mail->sender || is_by_program (mail->original))
    return TRUE;
  if (!names (mime_message_get_to (mail->original), mail->sender->email) && !names (mime_message_get_cc (mail->original), mail->sender->email))
    return TRUE;
  address = find_answerer (mail->original);
  if (!address || mail_address_equal (address, mail->sender->email) || names (mime_message_get_from (mail->original), mail->sender->email))
    return TRUE;
  if (!store_rules_may_reply (mail->database, mail->rule, address, mail->now - SYNC_RULE_REPLY_DAYS * 86400, mail->now, &may_reply, error))
    return FALSE;
  if (!may_reply)
    return TRUE;
  draft = make_answer (mail, address, text);
  return send (mail, draft, "Auto-Submitted: auto-replied\r\n", 0, error);
}

gboolean
sync_rule_mail_forward (const SyncRuleMail *mail, const char *to, GError **error)
{
  g_autofree char *loop = mime_message_dup_header (mail->original, LOOP_HEADER);
  g_autofree char *header = NULL;
  g_autoptr (MailAddress) from = NULL;
  g_autoptr (GPtrArray) own = NULL;
  g_autoptr (MimeDraft) draft = NULL;

  if (!mail->sender || (loop && strstr (loop, mail->sender->email)))
    return TRUE;
  from = mail_address_new (mail->sender->name, mail->sender->email);
  own = mail_address_list_new ();
  g_ptr_array_add (own, mail_address_copy (from));
  draft = mime_reply_new (mail->original, MIME_FORWARD, own, from, NULL);
  g_ptr_array_unref (draft->to);
  draft->to = mail_address_list_parse (to);
  header = g_strdup_printf ("Auto-Submitted: auto-generated\r\n" LOOP_HEADER ": %s\r\n", mail->sender->email);
  return send (mail, draft, header, MAIL_FLAG_FORWARDED, error);
}
