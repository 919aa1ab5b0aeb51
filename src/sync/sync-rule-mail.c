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
#define MAX_HOPS 10          /* rules that forwarded it one after the other, ours or others' */

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
begins (MimeMessage *message, const char *name, const char *beginning)
{
  g_autofree char *value = mime_message_dup_header (message, name);

  return value && g_ascii_strncasecmp (g_strchug (value), beginning, strlen (beginning)) == 0;
}

/* What says that something did not arrive, or that somebody is away: an answer to an answer. */
static gboolean
is_answer_of_program (MimeMessage *message)
{
  return begins (message, "Return-Path", "<>") || begins (message, "Content-Type", "multipart/report")
         || begins (message, "Auto-Submitted", "auto-replied") || has_header (message, "X-Failed-Recipients")
         || has_header (message, "X-Autoreply") || has_header (message, "X-Autorespond");
}

static gboolean
is_by_program (MimeMessage *message)
{
  static const char *const bulk[] = { "bulk", "junk", "list", "auto_reply", NULL };
  static const char *const by_hand[] = { "no", NULL };
  static const char *const lists[] = { "List-Id", "List-Post", "List-Unsubscribe", "List-Help", "List-Subscribe", "List-Owner", "List-Archive",
                                       "Mailing-List", "X-Auto-Response-Suppress", "Feedback-ID" };

  if (is_answer_of_program (message))
    return TRUE;
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
                                       "owner-", "-request@", "-owner@", "listserv@", "majordomo@" };
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

/* Everybody who forwarded it by a rule, this one included: what is forwarded is a new message, and would not know of them otherwise. %FALSE when it
 * has been here, or with too many. */
static gboolean
list_hops (const SyncRuleMail *mail, GString *header)
{
  g_auto (GStrv) lines = mime_message_dup_header_lines (mail->original);
  guint n = 0;

  for (char **line = lines; *line; line++)
    {
      const char *address = *line + strlen (LOOP_HEADER ":");

      if (g_ascii_strncasecmp (*line, LOOP_HEADER ":", strlen (LOOP_HEADER ":")) != 0)
        continue;
      while (*address == ' ')
        address++;
      if (mail_address_equal (address, mail->sender->email) || ++n >= MAX_HOPS)
        return FALSE;
      if (mail_address_is_valid (address))
        g_string_append_printf (header, LOOP_HEADER ": %s\r\n", address);
    }
  g_string_append_printf (header, LOOP_HEADER ": %s\r\n", mail->sender->email);
  return TRUE;
}

gboolean
sync_rule_mail_forward (const SyncRuleMail *mail, const char *to, GError **error)
{
  g_autoptr (GString) header = g_string_new ("Auto-Submitted: auto-generated\r\n");
  g_autoptr (MailAddress) from = NULL;
  g_autoptr (GPtrArray) own = NULL;
  g_autoptr (MimeDraft) draft = NULL;

  if (!mail->sender || is_answer_of_program (mail->original) || !list_hops (mail, header))
    return TRUE;
  from = mail_address_new (mail->sender->name, mail->sender->email);
  own = mail_address_list_new ();
  g_ptr_array_add (own, mail_address_copy (from));
  draft = mime_reply_new (mail->original, MIME_FORWARD, own, from, NULL);
  g_ptr_array_unref (draft->to);
  draft->to = mail_address_list_parse (to);
  return send (mail, draft, header->str, MAIL_FLAG_FORWARDED, error);
}
