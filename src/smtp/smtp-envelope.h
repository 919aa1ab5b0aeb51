/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MAIL FROM and RCPT TO with their parameters: sans-IO. */
#pragma once

#include "smtp-extensions.h"

G_BEGIN_DECLS

/* What a person asked to be told of (RFC 3461 §4.1). 0: nothing was asked for, and nothing is said. */
typedef enum
{
  SMTP_NOTIFY_DEFAULT = 0,
  SMTP_NOTIFY_NEVER = 1 << 0, /* alone */
  SMTP_NOTIFY_SUCCESS = 1 << 1,
  SMTP_NOTIFY_FAILURE = 1 << 2,
  SMTP_NOTIFY_DELAY = 1 << 3,
} SmtpNotify;

typedef enum
{
  SMTP_RETURN_DEFAULT,
  SMTP_RETURN_FULL,
  SMTP_RETURN_HEADERS,
} SmtpReturn;

/* Borrowed strings; lives as long as its maker wants. */
typedef struct
{
  const char *sender;             /* "" is the null reverse-path */
  const char *const *recipients;  /* ended by %NULL */
  gsize size;                     /* bytes of the message, CRLF included, before dot-stuffing (RFC 1870 §5) */
  gboolean is_8bit;               /* an octet over 127 in the message */
  gboolean is_utf8;               /* a header is not ASCII: the message itself needs SMTPUTF8, whatever the addresses */
  SmtpNotify notify;              /* said only where the server offers DSN */
  SmtpReturn ret;
  const char *id;                 /* (nullable): ENVID */
} SmtpEnvelope;

/**
 * smtp_envelope_check:
 * @host: the server's name, for the sentences
 *
 * What can be known before a byte of the message is sent.
 *
 * Returns: %FALSE with %BASE_ERROR_TOO_LARGE (over the announced SIZE), or %BASE_ERROR_INVALID where the server cannot
 *   carry it: a sender that is no address, UTF-8 in the headers or in the sender's local part without SMTPUTF8, 8-bit text
 *   without 8BITMIME (the caller should have encoded it)
 */
gboolean smtp_envelope_check (const SmtpEnvelope *self, const SmtpExtensions *extensions, const char *host, GError **error);

/**
 * smtp_envelope_build_mail:
 *
 * Returns: (transfer full): the line without CRLF: SIZE, BODY, SMTPUTF8, RET and ENVID only where offered and needed
 */
char *smtp_envelope_build_mail (const SmtpEnvelope *self, const SmtpExtensions *extensions, const char *host, GError **error);

/**
 * smtp_envelope_build_rcpt:
 *
 * A domain that is not ASCII goes as its A-label (RFC 5891), which every server takes; a local part needs SMTPUTF8.
 *
 * Returns: (transfer full): the line without CRLF; or %NULL with %BASE_ERROR_INVALID naming the address that cannot be written to
 */
char *smtp_envelope_build_rcpt (const SmtpEnvelope *self, const char *recipient, const SmtpExtensions *extensions,
                                const char *host, GError **error);

G_END_DECLS
