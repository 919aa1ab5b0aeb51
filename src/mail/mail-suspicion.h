/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a sender's name or address is made to be taken for another's. Pure. */
#pragma once

#include "mail-address.h"

G_BEGIN_DECLS

typedef enum
{
  MAIL_SUSPICION_OTHER_ADDRESS,   /* the name shows an address that is not the sender's; @seems: that one */
  MAIL_SUSPICION_MIXED_LETTERS,   /* a word of the domain is written in letters of several scripts */
  MAIL_SUSPICION_FOREIGN_LETTERS, /* a word of the domain is in another script, and all of it looks like Latin; @seems: what it looks like */
  MAIL_SUSPICION_LOOKALIKE,       /* the domain looks like one that is known, or begins with it; @seems: that one */
} MailSuspicionKind;

typedef struct
{
  MailSuspicionKind kind;
  char *seems;    /* "" where there is nothing to say */
  char *domain;   /* the sender's, in the letters it is written in */
} MailSuspicion;

/**
 * mail_suspicion_find:
 * @sender: as From has it
 * @known: (nullable): domains that a forger would like to be taken for: the person's own
 *
 * What looks alike is told by a table of the letters that forgers really use, after Unicode's confusables (UTS #39): ICU's whole table would cost
 * 30 MB for a sentence, and flags more honest names than forged ones.
 *
 * Returns: (transfer full) (nullable): the gravest; %NULL where nothing is wrong, which does not mean that it is no forgery
 */
MailSuspicion *mail_suspicion_find (const MailAddress *sender, const char *const *known);
void mail_suspicion_free (MailSuspicion *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MailSuspicion, mail_suspicion_free)

G_END_DECLS
