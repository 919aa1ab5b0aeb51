/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person most likely would have to type for an e-mail address: known for the largest providers, guessed for the rest. Pure. */
#pragma once

#include "account.h"

G_BEGIN_DECLS

typedef struct
{
  char *host;
  guint port;
  MailSecurity security;
  char *user;
} AutoconfigServer;

typedef struct
{
  char *provider;               /* its name, as "Posteo"; NULL when the servers are only guessed from the domain */
  gboolean has_protocol;        /* FALSE: the provider is known not to offer the wanted protocol; its name is then guessed all the same */
  gboolean wants_app_password;  /* the provider takes only a password made for mail programs in its web settings */
  gboolean wants_oauth;         /* the provider takes no password at all from mail programs */
  AutoconfigServer incoming;
  AutoconfigServer outgoing;
} AutoconfigGuess;

/**
 * autoconfig_guess_new:
 * @email: an address that mail_address_is_valid () likes
 *
 * Always encrypted: TLS from the first byte but where a provider is known to have STARTTLS alone. An international domain becomes its
 * ASCII form in host names.
 *
 * Returns: (transfer full): or %NULL when @email has no domain that could have servers
 */
AutoconfigGuess *autoconfig_guess_new (const char *email, AccountProtocol protocol);
void autoconfig_guess_free (AutoconfigGuess *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AutoconfigGuess, autoconfig_guess_free)

/* autoconfig_guess_apply: both servers into @account, and its protocol */
void autoconfig_guess_apply (const AutoconfigGuess *self, AccountProtocol protocol, Account *account);

G_END_DECLS
