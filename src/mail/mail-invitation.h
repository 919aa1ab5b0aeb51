/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An invitation to something: the events of a text/calendar part (RFC 5545, RFC 5546), as far as people read them. Pure. A reader of our own: a
 * few lines of an event are all that is shown and answered, and libical, which is in no Flatpak runtime, does far more with what strangers send. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MAIL_INVITATION_MAX_ATTENDEES 500
#define MAIL_INVITATION_MAX_OTHERS 49

typedef enum
{
  MAIL_INVITATION_EVENT,      /* just told: published, or without a method */
  MAIL_INVITATION_REQUEST,    /* asks to come */
  MAIL_INVITATION_REPLY,      /* somebody answers */
  MAIL_INVITATION_CANCEL,
  MAIL_INVITATION_COUNTER,    /* somebody proposes another time */
  MAIL_INVITATION_REFUSED,    /* the proposal was declined */
} MailInvitationKind;

/* RFC 5545 §3.2.12 */
typedef enum
{
  MAIL_PARTICIPATION_NONE,    /* not answered, or delegated: nothing is known */
  MAIL_PARTICIPATION_ACCEPTED,
  MAIL_PARTICIPATION_TENTATIVE,
  MAIL_PARTICIPATION_DECLINED,
} MailParticipation;

typedef struct
{
  char *name;         /* or the address */
  char *address;
  MailParticipation participation;
} MailAttendee;

/* One event; the first of a text has those behind it. */
typedef struct
{
  MailInvitationKind kind;
  char *summary;      /* one line; "" when there is none: likewise the next ones */
  char *location;
  char *organizer;    /* a name, or an address */
  char *organizer_address;
  char *uid;
  char *instance;     /* RECURRENCE-ID as it stands: one of several; "" for all */
  char *zone;         /* what the sender calls the zone of the beginning */
  char *rule;         /* RRULE as it stands; "" where it does not repeat by one */
  gint64 sequence;
  GPtrArray *attendees;   /* of MailAttendee */
  GDateTime *start;   /* in its own zone; a day's begin where is_all_day */
  GDateTime *end;     /* NULL when not known; of whole days: the last one */
  gboolean is_all_day;
  gboolean is_floating;    /* the zone is not known: the hours are what the organizer's clock shows */
  gboolean repeats;
  gboolean has_exceptions; /* some of the times are left out, or others added */
  GPtrArray *others;       /* of MailInvitation: the first's; their own is empty */
} MailInvitation;

/* mail_invitation_parse: (transfer full) (nullable): @text: UTF-8; %NULL where there is no event with a beginning */
MailInvitation *mail_invitation_parse (const char *text);
void mail_invitation_free (MailInvitation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MailInvitation, mail_invitation_free)

/* mail_invitation_find_attendee: (nullable) (transfer none): the one of that address, of whichever event */
const MailAttendee *mail_invitation_find_attendee (const MailInvitation *self, const char *address);

/* mail_invitation_can_be_answered: it asks, and says what it is and who wants to know (RFC 5546 §3.2.2) */
gboolean mail_invitation_can_be_answered (const MailInvitation *self);

/* mail_invitation_answers: whether @self is an answer to one of the events of @asking, and to no older state of it */
gboolean mail_invitation_answers (const MailInvitation *self, const MailInvitation *asking);

/**
 * mail_invitation_write_reply:
 * @text: what mail_invitation_parse () read
 * @address: of one of its attendees
 * @now: seconds since 1970: when the answer is made
 *
 * An iTIP REPLY (RFC 5546 §3.2.3) of that attendee alone: UID, RECURRENCE-ID, SEQUENCE and ORGANIZER as they came; DTSTAMP is of the answer, which is
 * how the organizer's program tells a later one from an earlier one (§2.1.5). All events that invite @address and have the first one's organizer
 * are answered: a series and those of its days that differ; and events of their own, where a sender puts several into one text, against the same paragraph.
 *
 * Returns: (transfer full) (nullable): lines ended by CR LF; %NULL where it cannot be answered by that address
 */
char *mail_invitation_write_reply (const char *text, const char *address, MailParticipation participation, gint64 now);

G_END_DECLS
