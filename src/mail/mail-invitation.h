/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An invitation to something: the first event of a text/calendar part (RFC 5545, RFC 5546), as far as people read it. Pure. A reader of our own:
 * four lines of an event are all that is shown, and libical, which is in no Flatpak runtime, does far more with what strangers send. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MAIL_INVITATION_MAX_TEXT (512 * 1024) /* bytes that are looked at */
#define MAIL_INVITATION_MAX_VALUE 4000        /* bytes of one value */

typedef enum
{
  MAIL_INVITATION_EVENT,      /* just told: published, or without a method */
  MAIL_INVITATION_REQUEST,    /* asks to come */
  MAIL_INVITATION_REPLY,      /* somebody answers */
  MAIL_INVITATION_CANCEL,
} MailInvitationKind;

typedef struct
{
  MailInvitationKind kind;
  char *summary;      /* one line; "" when there is none: likewise the next ones */
  char *location;
  char *organizer;    /* a name, or an address */
  char *answer;       /* of a reply: who, and the word of RFC 5545 §3.2.12 behind a colon: "Ana:ACCEPTED" */
  GDateTime *start;   /* in its own zone; a day's begin where is_all_day */
  GDateTime *end;     /* NULL when not known; of whole days: the last one */
  gboolean is_all_day;
  gboolean is_floating; /* the zone is not known: the hours are what the organizer's clock shows */
  gboolean repeats;
} MailInvitation;

/* mail_invitation_parse: (transfer full) (nullable): @text: UTF-8; %NULL where there is no event with a beginning */
MailInvitation *mail_invitation_parse (const char *text);
void mail_invitation_free (MailInvitation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MailInvitation, mail_invitation_free)

G_END_DECLS
