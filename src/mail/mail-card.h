/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One contact as a vCard (RFC 6350, RFC 2426; what Outlook Express wrote as 2.1 is read too): a list of properties, of which those that
 * we know can be asked for and set, and all others stay as they came. Pure: bytes in, cards out. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define MAIL_CARD_MAX_CARDS 100000            /* of one file */
#define MAIL_CARD_MAX_PROPERTIES 1000         /* of one card */
#define MAIL_CARD_MAX_VALUE (1024 * 1024)     /* bytes of one property, a photo's most of all; longer ones are left out */

typedef struct _MailCard MailCard;

#define MAIL_TYPE_CARD (mail_card_get_type ())
GType mail_card_get_type (void);

MailCard *mail_card_new (void);
MailCard *mail_card_copy (const MailCard *self);
void mail_card_free (MailCard *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MailCard, mail_card_free)

/**
 * mail_card_parse_list:
 * @data: a .vcf file in UTF-8, or else in the Windows letters of western Europe; any bytes will do
 *
 * Never fails: what is no card is passed over, a card without its end counts up to the next.
 *
 * Returns: (transfer full): of MailCard
 */
GPtrArray *mail_card_parse_list (const char *data, gsize size);

/* mail_card_write: adds the card to @out, lines folded at 75 bytes and ended by CR LF; @version: 3 or 4 */
void mail_card_write (const MailCard *self, GString *out, guint version);

/**
 * mail_card_dup_text:
 * @name: of a property, as "FN" or "NOTE"
 *
 * Returns: (transfer full) (nullable): the first one's value as it is read, in valid UTF-8
 */
char *mail_card_dup_text (const MailCard *self, const char *name);

/* mail_card_set_text: (nullable) @text: of the first one, the others of that name go; %NULL or "" removes it */
void mail_card_set_text (MailCard *self, const char *name, const char *text);

/* mail_card_dup_texts: (transfer full): of all of that name, the preferred ones first; empty ones are left out
 * mail_card_set_texts: those that stay keep what was said of them ("work", "home") */
char **mail_card_dup_texts (const MailCard *self, const char *name);
void mail_card_set_texts (MailCard *self, const char *name, const char *const *texts);

/* mail_card_dup_components: (transfer full): of a value in pieces (N, ORG, ADR), at least @n of them
 * mail_card_set_components: nothing but empty ones removes it */
char **mail_card_dup_components (const MailCard *self, const char *name, guint n);
void mail_card_set_components (MailCard *self, const char *name, const char *const *components);

/* mail_card_dup_name: (transfer full): what the contact is called: FN, else put together from N, else the company, else the first address; "" */
char *mail_card_dup_name (const MailCard *self);

/* mail_card_dup_emails: (transfer full): what could be sent to, the preferred one first, each once */
char **mail_card_dup_emails (const MailCard *self);

/* mail_card_dup_groups: (transfer full): the names of the groups it is in (CATEGORIES) */
char **mail_card_dup_groups (const MailCard *self);
void mail_card_set_groups (MailCard *self, const char *const *groups);

/**
 * mail_card_dup_photo:
 * @type: (out) (nullable) (transfer none): what the bytes are: a JPEG, PNG or GIF
 *
 * The first picture that stands in the card itself (%MAIL_CARD_MAX_VALUE); nothing is decoded but the base64. One that is an address is none.
 *
 * Returns: (transfer full) (nullable)
 */
GBytes *mail_card_dup_photo (const MailCard *self, const char **type);

/**
 * mail_card_merge:
 *
 * Adds what @other has and @self lacks: addresses, numbers and such of which a person has several; of all else what @self does not say at all. What
 * names the card itself (UID) is not taken.
 *
 * Returns: whether anything was added
 */
gboolean mail_card_merge (MailCard *self, const MailCard *other);

/* mail_card_is_group: whether the card is itself a group (KIND:group), whose members are the UIDs in MEMBER */
gboolean mail_card_is_group (const MailCard *self);
char **mail_card_dup_members (const MailCard *self); /* (transfer full): UIDs, without urn:uuid: */
char *mail_card_dup_uid (const MailCard *self);      /* (transfer full) (nullable): likewise */

G_END_DECLS
