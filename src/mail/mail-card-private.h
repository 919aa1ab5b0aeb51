/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a card is made of, for the two files that read and write it. */
#pragma once

#include "mail-card.h"

G_BEGIN_DECLS

typedef struct
{
  char *group;   /* "item1" of "item1.EMAIL:…"; "" */
  char *name;    /* in capitals */
  char *params;  /* "TYPE=work;PREF=1"; "" */
  char *value;   /* escaped as it stood, one line */
} MailCardProperty;

struct _MailCard
{
  GPtrArray *properties;  /* of MailCardProperty, without BEGIN, END and VERSION */
};

/* mail_card_add_property: takes the value */
MailCardProperty *mail_card_add_property (MailCard *self, const char *name, const char *params, char *value);
void mail_card_property_free (gpointer data);

/* mail_card_dup_param: (transfer full) (nullable): of "NAME=value" in @params, without quotes; all values of that name with commas between */
char *mail_card_dup_param (const char *params, const char *name);

G_END_DECLS
