/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A rule: what a message must be like, and what is done with it then. A value; matching is pure. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define MAIL_RULE_MAX_CONDITIONS 50
#define MAIL_RULE_MAX_ACTIONS 20

typedef enum
{
  MAIL_RULE_FROM,        /* name or address contains `text` */
  MAIL_RULE_TO,          /* of To or Cc */
  MAIL_RULE_SUBJECT,
  MAIL_RULE_WORDS,       /* subject or text contains it */
  MAIL_RULE_LARGER,      /* more than `number` bytes */
  MAIL_RULE_ACCOUNT,     /* it came by account `number` */
  MAIL_RULE_ATTACHMENT,  /* it has one */
  MAIL_RULE_HEADER,      /* a line of the header named `header` contains `text` */
  MAIL_RULE_N_FIELDS
} MailRuleField;

typedef struct
{
  MailRuleField field;
  gboolean is_negated;
  char *text;            /* never NULL */
  gint64 number;
  char *header;          /* never NULL; "" but for %MAIL_RULE_HEADER */
} MailRuleCondition;

typedef enum
{
  MAIL_RULE_MOVE,        /* to folder `number` */
  MAIL_RULE_COPY,
  MAIL_RULE_FLAG,
  MAIL_RULE_MARK_READ,
  MAIL_RULE_DELETE,      /* to the Deleted folder */
  MAIL_RULE_FORWARD,     /* to the addresses in `text` */
  MAIL_RULE_REPLY,       /* `text` goes to the sender, once in some days */
  MAIL_RULE_LEAVE,       /* at a POP3 server: only its headers are received */
  MAIL_RULE_REFUSE,      /* delete it at a POP3 server: it is never received */
  MAIL_RULE_N_DEEDS
} MailRuleDeed;

typedef struct
{
  MailRuleDeed deed;
  char *text;            /* never NULL */
  gint64 number;
} MailRuleAction;

typedef struct
{
  gint64 id;             /* the store's; 0: new */
  char *name;            /* never NULL; may be "" */
  gboolean is_enabled;
  gboolean needs_all;    /* of the conditions; or any one */
  gboolean stops;        /* no rule below is looked at when this one fits */
  GPtrArray *conditions; /* of MailRuleCondition; without any it fits all mail */
  GPtrArray *actions;    /* of MailRuleAction, in order */
} MailRule;

#define MAIL_TYPE_RULE (mail_rule_get_type ())
GType mail_rule_get_type (void);

MailRule *mail_rule_new (void); /* enabled, needs all, without conditions and actions */
MailRule *mail_rule_copy (const MailRule *self);
void mail_rule_free (MailRule *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MailRule, mail_rule_free)

/* @text: (nullable): copied, as is all else; @header: as "List-Id" */
void mail_rule_add_condition (MailRule *self, MailRuleField field, gboolean is_negated, const char *text, gint64 number);
void mail_rule_add_header_condition (MailRule *self, const char *header, gboolean is_negated, const char *text);
void mail_rule_add_action (MailRule *self, MailRuleDeed deed, const char *text, gint64 number);

/* mail_rule_is_header_name: whether a header line can be called so (RFC 5322 §3.6.8) */
gboolean mail_rule_is_header_name (const char *name);

/* mail_rule_to_text: (transfer full): all but the id, for keeping
 * mail_rule_from_text: (transfer full) (nullable): %NULL for what is no rule, or a newer version's whose meaning we cannot know */
char *mail_rule_to_text (const MailRule *self);
MailRule *mail_rule_from_text (const char *text);

/* What is known of a message, folded by mail_rule_fold (), the headers line by line */
typedef struct
{
  char *from, *to, *subject;
  char *text;            /* NULL while only the headers are here */
  gint64 size;
  gint64 account;
  gboolean has_attachments;
  char *headers;         /* "name: value" lines, ended by '\n'; NULL while not looked at: see mail_rule_needs_headers () */
} MailRuleFacts;

void mail_rule_facts_clear (MailRuleFacts *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MailRuleFacts, mail_rule_facts_clear)

/* mail_rule_fold: (transfer full): how text is compared: without case, diacritics, and runs of blanks */
char *mail_rule_fold (const char *text);

typedef enum
{
  MAIL_RULE_NO,
  MAIL_RULE_YES,
  MAIL_RULE_LATER, /* the text must be here first */
} MailRuleAnswer;

/* mail_rule_match: whether the rule fits; one that is not enabled never does, nor a condition whose text is empty */
MailRuleAnswer mail_rule_match (const MailRule *self, const MailRuleFacts *facts);

/* mail_rule_needs_text: whether the facts need the message's text; mail_rule_needs_headers: likewise */
gboolean mail_rule_needs_text (const MailRule *self);
gboolean mail_rule_needs_headers (const MailRule *self);

/* mail_rule_acts_at_server: whether it is enabled and has something to do before a message is received: %MAIL_RULE_LEAVE or _REFUSE */
gboolean mail_rule_acts_at_server (const MailRule *self);

/* mail_rule_has_deed: whether @deed is one of its actions */
gboolean mail_rule_has_deed (const MailRule *self, MailRuleDeed deed);

G_END_DECLS
