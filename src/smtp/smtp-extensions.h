/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a server's answer to EHLO offers (RFC 5321 §4.1.1.1). */
#pragma once

#include "smtp-reply.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean has_starttls;    /* RFC 3207 */
  gboolean has_pipelining;  /* RFC 2920 */
  gboolean has_8bitmime;    /* RFC 6152 */
  gboolean has_smtputf8;    /* RFC 6531 */
  gboolean has_dsn;         /* RFC 3461 */
  gboolean has_enhanced;    /* RFC 2034; the codes are read whether announced or not */
  gboolean has_size;        /* RFC 1870: SIZE= may be said with MAIL */
  guint64 max_size;         /* bytes of the message; 0: no limit named */
  guint max_recipients;     /* in one transaction, RFC 9422 RCPTMAX; 0: none named */
  GPtrArray *mechanisms;    /* of char *: SASL names, upper case, each once; ended by %NULL for net_sasl_new () */
} SmtpExtensions;

/* smtp_extensions_new: @reply (nullable): the answer to EHLO; %NULL after HELO: a server that can nothing */
SmtpExtensions *smtp_extensions_new (const SmtpReply *reply);
void smtp_extensions_free (SmtpExtensions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmtpExtensions, smtp_extensions_free)

/* smtp_extensions_get_mechanisms: (transfer none): ended by %NULL */
const char *const *smtp_extensions_get_mechanisms (const SmtpExtensions *self);

G_END_DECLS
