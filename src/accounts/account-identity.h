/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who a message comes from: an account has one identity of its own, its person's name and address, and may have more. */
#pragma once

#include "account-list.h"

G_BEGIN_DECLS

/* What is kept of one more identity, in Account's property "identities". */
typedef struct
{
  char *name;
  char *address;
  char *reply_to;    /* "" for none */
  char *signature;   /* several lines; "" for none */
} AccountIdentityValue;

void account_identity_value_clear (AccountIdentityValue *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AccountIdentityValue, account_identity_value_clear)

char *account_identity_value_format (const AccountIdentityValue *self);                  /* (transfer full) */
void account_identity_value_parse (AccountIdentityValue *self, const char *text);        /* any text is one */

#define ACCOUNT_TYPE_IDENTITY (account_identity_get_type ())
G_DECLARE_FINAL_TYPE (AccountIdentity, account_identity, ACCOUNT, IDENTITY, GObject)

/* Immutable, as the account was when it was listed. Properties (read-only): account, name, address. Main thread. */

/* account_identity_list: (transfer full): a GListStore of AccountIdentity: of each account its own first */
GListStore *account_identity_list (AccountList *accounts);

Account *account_identity_get_account (AccountIdentity *self);         /* (transfer none) */
const char *account_identity_get_name (AccountIdentity *self);
const char *account_identity_get_address (AccountIdentity *self);
const char *account_identity_get_reply_to (AccountIdentity *self);     /* "" for none */
const char *account_identity_get_signature (AccountIdentity *self);    /* without blank lines at its end; "" for none */

G_END_DECLS
