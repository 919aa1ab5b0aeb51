/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a folder is for (RFC 6154). The numbers are written into databases: add, never renumber. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  MAIL_ROLE_NONE = 0,
  MAIL_ROLE_INBOX = 1,
  MAIL_ROLE_DRAFTS = 2,
  MAIL_ROLE_SENT = 3,
  MAIL_ROLE_JUNK = 4,
  MAIL_ROLE_TRASH = 5,   /* shown as "Deleted" */
  MAIL_ROLE_ARCHIVE = 6,
  MAIL_ROLE_OUTBOX = 7,  /* one, on this computer */
  MAIL_ROLE_ALL = 8,
} MailRole;

/* mail_role_to_word: "inbox", …; "" for none. The CLI's words. */
const char *mail_role_to_word (MailRole role);

/* mail_role_get_order: where a folder of that role stands among its siblings, Inbox first, own folders last */
int mail_role_get_order (MailRole role);

G_END_DECLS
