/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a server that received a message found out about its sender: Authentication-Results (RFC 8601). Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MAIL_AUTHENTICATION_MAX_RESULTS 50

typedef enum
{
  MAIL_VERDICT_SILENT,     /* nothing that a person could use */
  MAIL_VERDICT_CONFIRMED,  /* it comes from where it says */
  MAIL_VERDICT_DOUBTED,    /* it should be known to, and is not */
} MailVerdict;

typedef struct
{
  char *server;    /* authserv-id, lower case */
  GArray *results; /* private */
} MailAuthentication;

/* mail_authentication_parse: (transfer full) (nullable): @value: of the field; %NULL where it cannot be understood */
MailAuthentication *mail_authentication_parse (const char *value, gsize length);
void mail_authentication_free (MailAuthentication *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MailAuthentication, mail_authentication_free)

/**
 * mail_authentication_is_by:
 * @host: of the account's incoming server
 *
 * Anybody can write such a field into a mail; a server takes out those that bear its own name (§5). So only the name counts that the account's
 * server goes by: its host's, one of the same organisation, or, for the providers whose two names have nothing in common, the one that is known.
 * A server that neither writes nor removes these fields lets forged ones pass, so what is confirmed is never more than a remark.
 */
gboolean mail_authentication_is_by (const MailAuthentication *self, const char *host);

/**
 * mail_authentication_judge:
 * @domain: of the one address in From
 *
 * DMARC's result where there is one, as it is the one that speaks of From; else a signature (DKIM) of that domain, or a permitted sender (SPF)
 * of it. A failed SPF alone says little: forwarding breaks it.
 */
MailVerdict mail_authentication_judge (const MailAuthentication *self, const char *domain);

G_END_DECLS
