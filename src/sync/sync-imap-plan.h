/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In which order the messages of one mailbox are asked for, and which answers count. Pure: no I/O; time is given. One thread at a time.
 *
 * What a person sees comes first: the headers of the newest 200. Where whole messages are wanted, they follow newest first, and those that are not
 * in the list yet bring their row along. A line that has not brought everything in a few seconds is too slow for that: then the headers of all
 * the rest come first, and their bodies are another plan's. */
#pragma once

#include "imap-retrieve.h"

G_BEGIN_DECLS

typedef struct _SyncImapPlan SyncImapPlan;

typedef enum
{
  SYNC_IMAP_PLAN_HEADERS,
  SYNC_IMAP_PLAN_ROWS_FIRST, /* headers, then whole, as above */
  SYNC_IMAP_PLAN_WHOLE,
} SyncImapPlanKind;

/**
 * sync_imap_plan_new:
 * @uids: (element-type guint32): ascending, without repeats; copied
 * @header_items, @whole_items: what is fetched for either, as "(UID BODY.PEEK[])"; copied; %NULL where @kind has no use for them
 */
SyncImapPlan *sync_imap_plan_new (SyncImapPlanKind kind, const guint32 *uids, gsize n_uids, const char *header_items, const char *whole_items);

/**
 * sync_imap_plan_new_by_numbers:
 * @n_messages: all messages of a mailbox of which nothing is known yet: asked for by number, so that no list of UIDs is waited for
 * @uidnext: UIDs are below it
 */
SyncImapPlan *sync_imap_plan_new_by_numbers (SyncImapPlanKind kind, guint32 n_messages, guint32 uidnext, const char *header_items, const char *whole_items);

void sync_imap_plan_free (SyncImapPlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyncImapPlan, sync_imap_plan_free)

/* sync_imap_plan_next: the next command; @elapsed: microseconds since the first. %FALSE: that was all */
gboolean sync_imap_plan_next (SyncImapPlan *self, gint64 elapsed, ImapRequest *request);

/**
 * sync_imap_plan_accept:
 * @index: (out): of the message, in ascending order of UIDs
 *
 * Whether @fetch is an answer to what was asked: a header or a body of a message, under its own UID, and for the first time. Servers
 * may send any FETCH at any time.
 */
gboolean sync_imap_plan_accept (SyncImapPlan *self, const ImapFetch *fetch, guint *index);

/* sync_imap_plan_refused: the command of that number, from 0, was: what it did not bring is asked for again, in halves, for one damaged message
 * keeps others back. %FALSE: there is nothing to halve, or enough was: that is the answer. */
gboolean sync_imap_plan_refused (SyncImapPlan *self, guint index);

guint sync_imap_plan_get_size (const SyncImapPlan *self);

/* sync_imap_plan_is_complete: of every message there came something */
gboolean sync_imap_plan_is_complete (const SyncImapPlan *self);

/* sync_imap_plan_has_asked_all: for the whole of every message */
gboolean sync_imap_plan_has_asked_all (const SyncImapPlan *self);

G_END_DECLS
