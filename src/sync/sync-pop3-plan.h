/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is to be done about a POP3 mailbox: the server's list and the store's memory, compared without any I/O and without a clock.
 *
 * The plan goes through a pass with its facts growing: sync_pop3_plan_new (), digests for those messages whose names do not
 * say enough, sync_pop3_plan_match (), then messages as they arrive, and at the end what may go from the server and what may be
 * forgotten. Two rules hold for all of it: what could be another message than the one we know is received, and nothing is
 * deleted whose content was not compared in this session. */
#pragma once

#include "pop3-digest.h"
#include "pop3-listing.h"
#include "store-pop3.h"
#include "sync-pop3.h"

G_BEGIN_DECLS

typedef struct
{
  StorePop3Entry *row;  /* what the store remembers */
  char *key;            /* what it is called there now; renames of this pass counted in */
  gboolean is_here;     /* a message of this session is it */
  gboolean is_suspected; /* a message of this session may be it, and will be compared */
} SyncPop3Memory;

typedef enum
{
  SYNC_POP3_NOTHING,
  SYNC_POP3_HEADERS,    /* new: TOP, the body later */
  SYNC_POP3_WHOLE,      /* new: RETR */
  SYNC_POP3_BODY,       /* RETR: the store has its headers */
  SYNC_POP3_COMPARE,    /* RETR: only its bytes can tell whether it is `suspect` */
} SyncPop3Need;

typedef struct
{
  guint number;
  char *key;            /* the name to remember it by: its UIDL, or made from it; NULL until a digest can make one */
  gint64 size;          /* LIST's word; -1 unknown */
  gboolean has_digest;
  Pop3Digest digest;
  SyncPop3Memory *memory;  /* what we know it as */
  SyncPop3Memory *suspect; /* what it may be */
  gboolean is_left;        /* a rule leaves its body at the server */
  gboolean is_confirmed;   /* its content was compared in this session, not only its name */
  SyncPop3Need need;
} SyncPop3Message;

typedef struct
{
  char *from;
  char *to;
} SyncPop3Rename;

typedef struct
{
  SyncPop3Settings settings;
  SyncOptions options;
  gint64 now;
  gboolean has_top;     /* cleared by the pass when the server refuses TOP after all */
  GArray *messages;     /* of SyncPop3Message, in order of number */
  GPtrArray *memories;  /* of SyncPop3Memory */
  GPtrArray *renames;   /* of SyncPop3Rename, in order: to be written to the store, in one transaction with what needs them */

  /*< private >*/
  GHashTable *by_key;      /* key → SyncPop3Memory */
  GHashTable *by_digest;   /* digest → GPtrArray of SyncPop3Memory; NULL until asked for */
  GPtrArray *own_rows;
  guint n_known;
} SyncPop3Plan;

/**
 * sync_pop3_plan_new:
 * @known: uidl → StorePop3Entry; must outlive the plan and not change
 * @now: seconds since 1970
 * @has_top: whether digests and headers can be had at all
 */
SyncPop3Plan *sync_pop3_plan_new (const Pop3Listing *listing, GHashTable *known, const SyncPop3Settings *settings,
                                  SyncOptions options, gint64 now, gboolean has_top);
void sync_pop3_plan_free (SyncPop3Plan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyncPop3Plan, sync_pop3_plan_free)

/**
 * sync_pop3_plan_list_unsure:
 *
 * Messages whose headers must be looked at (TOP n 0) before anything is decided: those without a name or with a name that two have;
 * those known by name whose size is another now; those that are to be deleted; and, where known ones are missing while many new
 * ones showed up, the new ones: they may be the missing ones under other names.
 *
 * Returns: (transfer full): of guint, indexes of messages; empty without TOP
 */
GArray *sync_pop3_plan_list_unsure (SyncPop3Plan *self);

void sync_pop3_plan_set_digest (SyncPop3Plan *self, guint index, const Pop3Digest *digest);

/* sync_pop3_plan_match: decides memory, suspect and need of each message, and the renames that follow */
void sync_pop3_plan_match (SyncPop3Plan *self);

/**
 * sync_pop3_plan_find_lost:
 * @digest: of a message that arrived as new
 *
 * Returns: (transfer none) (nullable): a known message with those headers that nothing in this session is yet: the one after @after
 */
SyncPop3Memory *sync_pop3_plan_find_lost (SyncPop3Plan *self, const Pop3Digest *digest, SyncPop3Memory *after);

/* sync_pop3_plan_recognise: @message is @memory, for sure; a rename is recorded where its name changed */
void sync_pop3_plan_recognise (SyncPop3Plan *self, SyncPop3Message *message, SyncPop3Memory *memory);

/**
 * sync_pop3_plan_add:
 * @message: arrived, with its digest set, and new
 *
 * Makes the row that the store is to keep, under a name that nothing else in the account has; renames may follow from it.
 *
 * Returns: (transfer none): its message and state are to be filled in
 */
StorePop3Entry *sync_pop3_plan_add (SyncPop3Plan *self, SyncPop3Message *message);

/* sync_pop3_plan_is_due: whether this one is to go from the server: because the settings want it and it is whole here or was removed here, or because
 * a rule refused it */
gboolean sync_pop3_plan_is_due (SyncPop3Plan *self, const StorePop3Entry *row);

/* sync_pop3_plan_list_due: (transfer full): of guint, indexes of messages that may be deleted on the server now */
GArray *sync_pop3_plan_list_due (SyncPop3Plan *self);

/**
 * sync_pop3_plan_list_gone:
 *
 * What the server has no more, of what was known when the pass began. A server that shows an emptied or a smaller mailbox is not
 * believed at once: what is forgotten would be received again when the rest comes back.
 *
 * Returns: (transfer full): of SyncPop3Memory (not owned): those that were missing for a month
 */
GPtrArray *sync_pop3_plan_list_gone (SyncPop3Plan *self);

/* sync_pop3_plan_list_turned: (transfer full): of SyncPop3Memory (not owned): missing for the first time, or back again; what its
 * gone_since must be now: `now` if it is not here, else 0 */
GPtrArray *sync_pop3_plan_list_turned (SyncPop3Plan *self);

G_END_DECLS
