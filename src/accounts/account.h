/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One account's settings. No password is in here: see account-secrets.h. */
#pragma once

#include <gio/gio.h>

#include "mail-login.h"

G_BEGIN_DECLS

#define ACCOUNT_TYPE_ACCOUNT (account_get_type ())
G_DECLARE_FINAL_TYPE (Account, account, ACCOUNT, ACCOUNT, GObject)

typedef enum
{
  ACCOUNT_POP3 = 0,
  ACCOUNT_IMAP = 1,
} AccountProtocol;

typedef enum
{
  ACCOUNT_INCOMING = 0,
  ACCOUNT_OUTGOING = 1,
} AccountDirection;

typedef enum
{
  ACCOUNT_LEAVE_ALWAYS = 0,
  ACCOUNT_LEAVE_NEVER = 1,
  ACCOUNT_LEAVE_UNTIL_DELETED = 2, /* until removed for good here */
  ACCOUNT_LEAVE_DAYS = 3,          /* leave-days days, or until removed for good here: the default, 14 */
} AccountLeave;

/* GObject properties (all read-write, notify; main thread): id (gint64, 0 until saved), title, person-name, email,
 * protocol, incoming-host, incoming-port, incoming-security (MailSecurity as int), incoming-user,
 * outgoing-host, outgoing-port, outgoing-security, outgoing-user, outgoing-authenticates (gboolean),
 * same-password (gboolean: one password for both servers), leave, leave-days, headers-above (gint64 bytes; larger messages come headers
 * first; 0 never), keep-days (gint64, IMAP: bodies kept here: -1 of everything, the default, 0 of what was opened, n of the last n days), watches
 * (gboolean, IMAP: the server tells of new mail at once), check-minutes (0: only by hand), deleted-days, junk-days (mail in Deleted and in Junk goes for good
 * after so many days there; 0, the default: never), reply-to (string, "" for none), signature (string of several lines, "" for none), identities (strv: see
 * account-identity.h), ca-pem (string, nullable), certificate-exceptions (strv of
 * "host:port=fingerprint": see account_trust_certificate ()) */
Account *account_new (void);

gint64 account_get_id (Account *self);
const char *account_get_title (Account *self);        /* what the folder tree shows; the e-mail address until changed */
const char *account_get_person_name (Account *self);
const char *account_get_email (Account *self);
AccountProtocol account_get_protocol (Account *self);
const char *account_get_host (Account *self, AccountDirection direction);
guint account_get_port (Account *self, AccountDirection direction);
MailSecurity account_get_security (Account *self, AccountDirection direction);
const char *account_get_user (Account *self, AccountDirection direction);
gboolean account_get_outgoing_authenticates (Account *self);
gboolean account_get_same_password (Account *self);
AccountLeave account_get_leave (Account *self);
guint account_get_leave_days (Account *self);
gint64 account_get_headers_above (Account *self);
int account_get_keep_days (Account *self);
gboolean account_get_watches (Account *self);
guint account_get_check_minutes (Account *self);
guint account_get_deleted_days (Account *self);
guint account_get_junk_days (Account *self);
const char *account_get_reply_to (Account *self);
const char *account_get_signature (Account *self);
const char *const *account_get_identities (Account *self); /* never NULL */
const char *account_get_ca_pem (Account *self);       /* (nullable) */
const char *const *account_get_certificate_exceptions (Account *self); /* never NULL */

void account_set_server (Account *self, AccountDirection direction, const char *host, guint port, MailSecurity security, const char *user);

/* account_default_port: POP3 995 / 110, IMAP 993 / 143, submission 465 / 587 */
guint account_default_port (AccountProtocol protocol, AccountDirection direction, MailSecurity security);

/**
 * account_trust_certificate:
 * @pem: the leaf certificate that a person decided to accept, for that host and port alone
 */
gboolean account_trust_certificate (Account *self, const char *host, guint port, const char *pem, GError **error);

/**
 * account_dup_login:
 * @password: (nullable): for that direction
 *
 * Returns: (transfer full): with the account's trust for that host and port
 */
MailLogin *account_dup_login (Account *self, AccountDirection direction, const char *password);

/* account_is_host: a name or an IP address: no URL, no port behind it */
gboolean account_is_host (const char *host);

/* account_validate: %BASE_ERROR_INVALID with a sentence naming the field: address, host, port, user */
gboolean account_validate (Account *self, GError **error);

Account *account_copy (Account *self); /* (transfer full): what a wizard or settings page edits */

/* account_assign: every setting of @other, its id included; what differs is notified */
void account_assign (Account *self, Account *other);

G_END_DECLS
