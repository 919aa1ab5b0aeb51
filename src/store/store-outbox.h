/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Outbox: messages of the Outbox folder with what sending needs and what became of it. */
#pragma once

#include "mail-summary.h"
#include "store.h"

G_BEGIN_DECLS

typedef enum
{
  STORE_OUTBOX_QUEUED = 0,      /* goes out when not_before has passed */
  STORE_OUTBOX_SENDING = 1,     /* committed right before the last dot goes out, over when it is answered. Until then a message that is
                                   on its way is QUEUED and provably not sent; found SENDING by a later pass it is MAYBE_SENT */
  STORE_OUTBOX_FAILED = 2,      /* a person must do something; the error says what */
  STORE_OUTBOX_MAYBE_SENT = 3,  /* cut between the last dot and its answer: never repeated by itself */
  STORE_OUTBOX_HELD = 4,        /* "send later", until a person says so */
} StoreOutboxState;

typedef enum
{
  STORE_RECIPIENT_WAITING = 0,
  STORE_RECIPIENT_ACCEPTED = 1, /* the server took the message for this one: never sent there again */
  STORE_RECIPIENT_REFUSED = 2,
  STORE_RECIPIENT_SENDING = 3,  /* the last dot went out for this one and is not answered: SENDING and MAYBE_SENT are about these */
} StoreRecipientState;

typedef struct
{
  char *address;
  StoreRecipientState state;
  char *reply;                  /* NULL or the server's words */
} StoreOutboxRecipient;

typedef struct
{
  gint64 message;               /* id of the message in the Outbox folder */
  gint64 account;               /* whose submission server it goes through */
  StoreOutboxState state;
  char *sender;                 /* envelope sender */
  GPtrArray *recipients;        /* of StoreOutboxRecipient, in order */
  gint64 not_before;            /* seconds since 1970; 0 at once. With an error_word it is a back-off after a failed try, which a
                                   person's "send now" passes over; without one a person chose it ("undo send", "send later") */
  guint attempts;               /* how often a server has put it off; see store_outbox_put_off () */
  char *error_word;             /* base_error_get_word () of the last failure, NULL when none */
  char *error_message;
  char *error_reply;
  gint64 answers;               /* message id that this one answers or forwards (to mark when sent), 0 */
  MailFlags answer_flag;        /* MAIL_FLAG_ANSWERED or MAIL_FLAG_FORWARDED, 0 */
} StoreOutboxItem;

void store_outbox_item_free (StoreOutboxItem *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreOutboxItem, store_outbox_item_free)

/**
 * store_outbox_add:
 * @source: with its Bcc: it is taken out on the way, and the Sent copy keeps it
 * @item: account, state (QUEUED or HELD), sender, recipients, not_before, answers, answer_flag are taken
 * @draft: the draft that this was, deleted in the same transaction; 0 for none
 *
 * Returns: the message's id, or -1
 */
gint64 store_outbox_add (StoreDatabase *database, GBytes *source, MailSummary *summary, const StoreOutboxItem *item, gint64 draft, GError **error);

GPtrArray *store_outbox_list (StoreDatabase *database, gint64 account, GError **error); /* (transfer full): oldest first; -1 for all */
StoreOutboxItem *store_outbox_get (StoreDatabase *database, gint64 message, GError **error);

/**
 * store_outbox_set_state:
 * @reason: (nullable): why, kept as word, message and reply
 */
gboolean store_outbox_set_state (StoreDatabase *database, gint64 message, StoreOutboxState state, gint64 not_before, const GError *reason, GError **error);

/**
 * store_outbox_put_off:
 * @attempts: the new count
 * @reason: why, kept as word, message and reply
 *
 * It stays (or becomes again) QUEUED and is tried again at @not_before.
 */
gboolean store_outbox_put_off (StoreDatabase *database, gint64 message, gint64 not_before, guint attempts, const GError *reason, GError **error);

/* store_outbox_set_recipients: what the server said to each; committed before anything else is sent */
gboolean store_outbox_set_recipients (StoreDatabase *database, gint64 message, const GPtrArray *recipients, GError **error);

/* store_outbox_finish: sent: the message moves to @sent_folder (or goes, with 0), seen, and what it answers is marked, in one transaction */
gboolean store_outbox_finish (StoreDatabase *database, gint64 message, gint64 sent_folder, GError **error);

/* store_outbox_keep_copy: the message was sent to some and stays for the others: a copy goes to @sent_folder (0: none), seen, and what it
 * answers is marked, in one transaction. Once: later transactions find a recipient ACCEPTED, and finish with 0. */
gboolean store_outbox_keep_copy (StoreDatabase *database, gint64 message, gint64 sent_folder, GError **error);

/**
 * store_outbox_send_again:
 *
 * A person's word: QUEUED at once, for all who have not accepted it: REFUSED and SENDING recipients are WAITING again. Refused with
 * %BASE_ERROR_INVALID while it is SENDING.
 */
gboolean store_outbox_send_again (StoreDatabase *database, gint64 message, GError **error);

/**
 * store_outbox_arrived:
 *
 * A person's word about one that is MAYBE_SENT (else %BASE_ERROR_INVALID): it did arrive. As if the server had said so: SENDING
 * recipients are ACCEPTED, a copy goes to @sent_folder; it stays for those who are WAITING (QUEUED) or REFUSED (FAILED), else it leaves.
 */
gboolean store_outbox_arrived (StoreDatabase *database, gint64 message, gint64 sent_folder, GError **error);

/**
 * store_outbox_take_back:
 *
 * Out of the Outbox into @drafts_folder: "Undo send". It may be uploading meanwhile: the upload is then cut before its last dot, for
 * the sender finds it gone.
 *
 * Refused with %BASE_ERROR_INVALID while it is SENDING, and when a recipient has ACCEPTED it: as a draft it would reach them again.
 */
gboolean store_outbox_take_back (StoreDatabase *database, gint64 message, gint64 drafts_folder, GError **error);

/* store_outbox_take_back_rest: the same, whoever has accepted it: @source is the message without them. In one transaction with whatever
 * the caller read to make it. */
gboolean store_outbox_take_back_rest (StoreDatabase *database, gint64 message, gint64 drafts_folder, GBytes *source, MailSummary *summary,
                                      GError **error);

G_END_DECLS
