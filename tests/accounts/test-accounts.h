/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A valid account for tests. */
#pragma once

#include "account.h"

static inline Account *
test_account_new (const char *email)
{
  Account *account = account_new ();

  g_object_set (account, "email", email, NULL);
  account_set_server (account, ACCOUNT_INCOMING, "pop.example.org", 995, MAIL_SECURITY_TLS, email);
  account_set_server (account, ACCOUNT_OUTGOING, "smtp.example.org", 465, MAIL_SECURITY_TLS, email);
  return account;
}
