/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of a mail that was sent: the part for machines of a read receipt (RFC 8098) or of a delivery report (RFC 3464). Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MAIL_REPORT_MAX_TEXT (256 * 1024)   /* bytes that are looked at */
#define MAIL_REPORT_MAX_VALUE 2000          /* bytes of one field */
#define MAIL_REPORT_MAX_RECIPIENTS 200

typedef enum
{
  MAIL_REPORT_RECEIPT,    /* message/disposition-notification */
  MAIL_REPORT_DELIVERY,   /* message/delivery-status */
} MailReportKind;

typedef enum
{
  MAIL_REPORT_READ,
  MAIL_REPORT_DELETED,    /* perhaps unread */
  MAIL_REPORT_PROCESSED,  /* by a program, or sent on: nobody need have seen it */
  MAIL_REPORT_DENIED,     /* does not wish to say */
  MAIL_REPORT_UNSAID,     /* a receipt that could not be made, or one of a word that we do not know */
  MAIL_REPORT_FAILED,
  MAIL_REPORT_DELAYED,
  MAIL_REPORT_DELIVERED,
  MAIL_REPORT_RELAYED,    /* handed to a server that sends no reports */
} MailReportFate;

/* Why: RFC 3463's detail of a status, as far as a person can do something with it */
typedef enum
{
  MAIL_REPORT_CAUSE_UNKNOWN,
  MAIL_REPORT_CAUSE_NO_ADDRESS,
  MAIL_REPORT_CAUSE_NO_DOMAIN,
  MAIL_REPORT_CAUSE_DISABLED,
  MAIL_REPORT_CAUSE_FULL,
  MAIL_REPORT_CAUSE_TOO_LARGE,
  MAIL_REPORT_CAUSE_NO_ANSWER,   /* of the other server */
  MAIL_REPORT_CAUSE_TOO_LATE,    /* it was tried for too long */
  MAIL_REPORT_CAUSE_REFUSED,     /* by a rule of the other server: taken for junk, for forged */
} MailReportCause;

typedef struct
{
  char *address;          /* as the sender wrote it, where that is said; "" where nobody is named */
  MailReportFate fate;
  MailReportCause cause;
  char *status;           /* "5.2.2"; "" */
  char *words;            /* the server's, one line; "" */
} MailReportRecipient;

typedef struct
{
  MailReportKind kind;
  char *original_id;      /* Message-ID of the mail, without brackets; NULL where this part does not say */
  GPtrArray *recipients;  /* of MailReportRecipient, at least one */
} MailReport;

/* mail_report_parse: (transfer full) (nullable): @text: UTF-8, whatever ends its lines; %NULL where nothing is told of anybody. All strings come
 * out as UTF-8 without control characters and without such as turn the direction of what is around them. */
MailReport *mail_report_parse (MailReportKind kind, const char *text);
void mail_report_free (MailReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MailReport, mail_report_free)

/* mail_report_set_original: where the report comes with the mail's header, that knows its name: (nullable) @message_id without brackets */
void mail_report_set_original (MailReport *self, const char *message_id);

G_END_DECLS
