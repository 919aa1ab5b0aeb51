/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One person at one address, as a value. Parsing mail headers is mime/'s work; this is what comes out of it. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct
{
  char *name;     /* decoded UTF-8, free of control and direction characters; "" when there is none */
  char *address;  /* addr-spec, UTF-8 (SMTPUTF8 allowed); may be "" in broken mail */
} MailAddress;

#define MAIL_TYPE_ADDRESS (mail_address_get_type ())
GType mail_address_get_type (void);

MailAddress *mail_address_new (const char *name, const char *address); /* both (nullable) */
MailAddress *mail_address_copy (const MailAddress *self);
void mail_address_free (MailAddress *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MailAddress, mail_address_free)

/* mail_address_get_label: (transfer none): what a list row shows: the name, else the address */
const char *mail_address_get_label (const MailAddress *self);

/* mail_address_to_string: (transfer full): `Ana Ruiz <ana@example.org>`, the name quoted where RFC 5322 asks for it;
 * UTF-8 stays UTF-8 (this is for people and the store, the header encoding is mime/'s) */
char *mail_address_to_string (const MailAddress *self);

/* Lists are GPtrArrays that own their MailAddresses. */
GPtrArray *mail_address_list_new (void);
char *mail_address_list_to_string (const GPtrArray *list); /* (transfer full): ", " between; "" for an empty or NULL list */

/**
 * mail_address_list_parse:
 * @text: what a person typed or what mail_address_list_to_string () wrote: commas or semicolons between addresses
 *
 * Lenient: never fails; a piece without brackets becomes an address as it stands, for mail_address_is_valid () to judge.
 * What mail_address_list_to_string () wrote comes back as it was, less angle brackets inside an address and blanks around a
 * name.
 */
GPtrArray *mail_address_list_parse (const char *text);

/**
 * mail_address_is_valid:
 * @address: an addr-spec
 *
 * Whether mail could be sent there: one "@" outside quotes, both sides there, no space, control character, or angle
 * bracket, at most 254 bytes, domain labels sane (RFC 5321 §4.1.2, RFC 6531 for UTF-8). The wizard's and composer's check.
 */
gboolean mail_address_is_valid (const char *address);

/* mail_address_get_domain: (nullable) (transfer none): what follows the last "@" */
const char *mail_address_get_domain (const char *address);

/* mail_address_equal: local parts to the letter folded, as every server that lives does */
gboolean mail_address_equal (const char *a, const char *b);

G_END_DECLS
