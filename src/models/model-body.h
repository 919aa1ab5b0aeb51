/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One message as the reader shows it: parsed in the store's worker, immutable. */
#pragma once

#include <gio/gio.h>

#include "mail-authentication.h"
#include "mail-card.h"
#include "mail-invitation.h"
#include "mail-receipt.h"
#include "mail-report.h"
#include "mail-summary.h"

G_BEGIN_DECLS

typedef struct _StoreDatabase StoreDatabase;
typedef struct _MimeMessage MimeMessage;

#define MODEL_TYPE_BODY (model_body_get_type ())
G_DECLARE_FINAL_TYPE (ModelBody, model_body, MODEL, BODY, GObject)

/* What the Outbox says of a message in it */
typedef enum
{
  MODEL_OUTBOX_NONE,        /* not in the Outbox */
  MODEL_OUTBOX_QUEUED,
  MODEL_OUTBOX_SENDING,
  MODEL_OUTBOX_FAILED,
  MODEL_OUTBOX_MAYBE_SENT,
  MODEL_OUTBOX_HELD,
} ModelOutboxState;

/* How it is signed or encrypted, by its own word: MimeProtection, for those who may not know mime/ */
typedef enum
{
  MODEL_SIGNED_PGP = 1 << 0,
  MODEL_SIGNED_SMIME = 1 << 1,
  MODEL_ENCRYPTED_PGP = 1 << 2,
  MODEL_ENCRYPTED_SMIME = 1 << 3,
} ModelProtection;

/* Text that is shown is at most this many bytes long, with no line over MODEL_BODY_MAX_LINE: more makes a text view crawl, and nobody
 * reads on. The whole message can be saved. */
#define MODEL_BODY_MAX_TEXT (1024 * 1024)
#define MODEL_BODY_MAX_LINE 4000

/* model_body_load: (transfer full): blocks; the store's worker. %BASE_ERROR_NOT_FOUND and the store's errors. */
ModelBody *model_body_load (StoreDatabase *database, gint64 id, GError **error);

/* model_body_new_from_source: (transfer full): a message that is in no folder: a file. Any thread that mime_init () allows. */
ModelBody *model_body_new_from_source (GBytes *source);

gint64 model_body_get_id (ModelBody *self); /* 0: in no folder */
MailSummary *model_body_get_summary (ModelBody *self);    /* (transfer none): the row as it was when this was loaded */
const char *model_body_get_subject (ModelBody *self);
GPtrArray *model_body_get_from (ModelBody *self);         /* lists of MailAddress, never %NULL */
GPtrArray *model_body_get_to (ModelBody *self);
GPtrArray *model_body_get_cc (ModelBody *self);
GPtrArray *model_body_get_bcc (ModelBody *self);
GPtrArray *model_body_get_reply_to (ModelBody *self);
GDateTime *model_body_get_date (ModelBody *self);         /* (nullable): with the sender's zone */
const char *model_body_get_text (ModelBody *self);        /* valid UTF-8, '\n' */
gboolean model_body_is_text_cut (ModelBody *self);
const char *model_body_get_whole_text (ModelBody *self);  /* the same before it was cut: for a file */

/* model_body_get_html: (nullable): the message's HTML as a page that may be shown (html-clean.h), for a light or a dark ground; %NULL when it
 * has none, or one that could not be taken apart: the text is there for both */
const char *model_body_get_html (ModelBody *self, gboolean is_dark);
guint model_body_get_n_remote_images (ModelBody *self); /* that the page would get from the net */

/* model_body_ref_part: (transfer full) (nullable): a picture that the page shows, decoded; @type: (out) (transfer none) */
GBytes *model_body_ref_part (ModelBody *self, const char *content_id, const char **type);

/* model_body_dup_page: (transfer full) (nullable): what there is to be seen: that page, or its text as one, with the pictures that are attached at the
 * end; %NULL where there is nothing but text. Junk brings no pictures. */
char *model_body_dup_page (ModelBody *self, gboolean is_dark);

/* model_body_dup_text_page: (transfer full): the text as such a page, for pictures and paper */
char *model_body_dup_text_page (ModelBody *self, gboolean is_dark);

const char *model_body_get_headers (ModelBody *self);     /* as received */

/* model_body_dup_source_text: (transfer full): the message as received, made valid UTF-8, for a text view: cut like the text */
char *model_body_dup_source_text (ModelBody *self);

/* model_body_get_attachments: of GObjects with the properties name, content-type (strings), size (gint64), is-inline; what belongs
 * into the text as a picture is among them, because text cannot show it */
GListModel *model_body_get_attachments (ModelBody *self);

/* model_body_is_machinery: whether the attachment at @position is for programs alone, and told otherwise: a signature, a report */
gboolean model_body_is_machinery (ModelBody *self, guint position);

/* model_body_shows_attachment: whether the attachment at @position is a picture in its page (model_body_get_html ()) */
gboolean model_body_shows_attachment (ModelBody *self, guint position);

/* model_body_is_junk: it is in a Junk folder, or was marked so there: nothing of it is loaded or opened */
gboolean model_body_is_junk (ModelBody *self);

/* model_body_is_left: only its headers are here, because a rule left the rest at a POP3 server */
gboolean model_body_is_left (ModelBody *self);

gint64 model_body_get_account (ModelBody *self);          /* whose folder it is in; 0: none's */
const MailAuthentication *model_body_get_authentication (ModelBody *self); /* (nullable): as mime_message_get_authentication () has it */
const MailInvitation *model_body_get_invitation (ModelBody *self);         /* (nullable) */
GPtrArray *model_body_get_cards (ModelBody *self);                          /* of MailCard, never %NULL: a few */
gboolean model_body_can_answer_invitation (ModelBody *self);                /* it asks one to come, and was received */
MailParticipation model_body_get_participation (ModelBody *self);          /* what was answered from here, the last time */
ModelProtection model_body_get_protection (ModelBody *self);

const MailReport *model_body_get_report (ModelBody *self);     /* (nullable): what became of another mail */
const char *model_body_get_report_details (ModelBody *self);   /* (nullable): the same as machines have it */
MailSummary *model_body_get_reported (ModelBody *self);        /* (nullable) (transfer none): the row of that mail, where it is here */

/* model_body_get_receipt: (nullable): the wish to be told that it was read; %NULL where that is settled, and for what is junk, or was not received */
const MailReceipt *model_body_get_receipt (ModelBody *self);

/* model_body_depends_on: whether something else may be told now that message @id has changed: this one, whose flags may matter, or what was sent in answer
 * to it; @id 0: any may have */
gboolean model_body_depends_on (ModelBody *self, gint64 id);

ModelOutboxState model_body_get_outbox_state (ModelBody *self);
gint64 model_body_get_outbox_account (ModelBody *self);
gint64 model_body_get_not_before (ModelBody *self);                  /* seconds since 1970; 0: as soon as may be */
const char *model_body_get_outbox_error_word (ModelBody *self);      /* (nullable): likewise its message and reply */
const char *model_body_get_outbox_error_message (ModelBody *self);
const char *model_body_get_outbox_error_reply (ModelBody *self);
const char *const *model_body_get_refused_recipients (ModelBody *self); /* never %NULL: "address: the server's words" */

/* model_body_has_source_of: whether both are the same to the byte */
gboolean model_body_has_source_of (ModelBody *self, ModelBody *other);

/* model_body_get_message: (transfer none): for model-saver.c */
MimeMessage *model_body_get_message (ModelBody *self);

G_END_DECLS
