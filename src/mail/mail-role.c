/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folder roles: words and order. */
#include "mail-role.h"

static const struct
{
  const char *word;
  int order;
} roles[] = {
  [MAIL_ROLE_NONE] = { "", 10 },
  [MAIL_ROLE_INBOX] = { "inbox", 0 },
  [MAIL_ROLE_DRAFTS] = { "drafts", 1 },
  [MAIL_ROLE_SENT] = { "sent", 2 },
  [MAIL_ROLE_JUNK] = { "junk", 3 },
  [MAIL_ROLE_TRASH] = { "trash", 4 },
  [MAIL_ROLE_ARCHIVE] = { "archive", 5 },
  [MAIL_ROLE_OUTBOX] = { "outbox", 6 },
  [MAIL_ROLE_ALL] = { "all", 7 },
};

const char *
mail_role_to_word (MailRole role)
{
  return (gsize) role < G_N_ELEMENTS (roles) ? roles[role].word : "";
}

int
mail_role_get_order (MailRole role)
{
  return (gsize) role < G_N_ELEMENTS (roles) ? roles[role].order : roles[MAIL_ROLE_NONE].order;
}
