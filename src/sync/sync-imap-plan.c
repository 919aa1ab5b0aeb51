/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Newest first, rows before bodies. */
#include "sync-imap-plan.h"

#include "imap-uid-set.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_ROWS 200
#define HEADER_SET 500
#define WHOLE_SET 25      /* a few at a time: what is under way when somebody waits is not much */
#define SET_BYTES 7000    /* of a command line: servers take at least 8,000 (RFC 7162 §4). 500 UIDs are 5,500 at most. */
#define PATIENCE (8 * G_USEC_PER_SEC)
#define MAX_AGAIN 64      /* a server that refuses everything is not asked for every message */

enum
{
  HEADER_ASKED = 1 << 0,
  HEADER_CAME = 1 << 1,
  WHOLE_ASKED = 1 << 2,
  WHOLE_CAME = 1 << 3,
};

typedef struct
{
  guint from, n;
  const char *items;
} Range;

struct _SyncImapPlan
{
  SyncImapPlanKind kind;
  gboolean is_by_numbers;
  guint n;
  guint32 *uids;       /* by numbers: 0 until it came */
  guint8 *states;
  guint32 uidnext;
  char *header_items, *whole_items;

  guint headers_from;  /* headers of all from here on were asked for */
  guint whole_from;    /* likewise whole messages */
  gboolean is_late;
  guint n_come;

  GArray *asked;       /* of Range: what each command asked for */
  GArray *again;       /* likewise: to be asked again */
  guint n_again;
};

static SyncImapPlan *
plan_new (SyncImapPlanKind kind, guint n, const char *header_items, const char *whole_items)
{
  SyncImapPlan *self = g_new0 (SyncImapPlan, 1);

  self->kind = kind;
  self->n = self->headers_from = self->whole_from = n;
  self->states = g_malloc0 (n);
  self->asked = g_array_new (FALSE, FALSE, sizeof (Range));
  self->again = g_array_new (FALSE, FALSE, sizeof (Range));
  self->header_items = g_strdup (header_items);
  self->whole_items = g_strdup (whole_items);
  return self;
}

SyncImapPlan *
sync_imap_plan_new (SyncImapPlanKind kind, const guint32 *uids, gsize n_uids, const char *header_items, const char *whole_items)
{
  SyncImapPlan *self = plan_new (kind, n_uids, header_items, whole_items);

  self->uids = n_uids > 0 ? g_memdup2 (uids, n_uids * sizeof *uids) : NULL;
  return self;
}

SyncImapPlan *
sync_imap_plan_new_by_numbers (SyncImapPlanKind kind, guint32 n_messages, guint32 uidnext, const char *header_items, const char *whole_items)
{
  SyncImapPlan *self = plan_new (kind, n_messages, header_items, whole_items);

  self->is_by_numbers = TRUE;
  self->uids = g_new0 (guint32, n_messages);
  self->uidnext = uidnext;
  return self;
}

void
sync_imap_plan_free (SyncImapPlan *self)
{
  g_free (self->uids);
  g_free (self->states);
  g_array_unref (self->asked);
  g_array_unref (self->again);
  g_free (self->header_items);
  g_free (self->whole_items);
  g_free (self);
}

static char *
make_set (const SyncImapPlan *self, guint first, guint n)
{
  g_auto (GStrv) sets = NULL;

  if (self->is_by_numbers)
    return n == 1 ? g_strdup_printf ("%u", first + 1) : g_strdup_printf ("%u:%u", first + 1, first + n);
  sets = imap_uid_set_format (self->uids + first, n, SET_BYTES);
  return g_strdup (sets[0]);
}

static gboolean
ask_range (SyncImapPlan *self, Range range, ImapRequest *request)
{
  g_array_append_val (self->asked, range);
  request->set = make_set (self, range.from, range.n);
  request->items = range.items;
  request->is_numbers = self->is_by_numbers;
  return TRUE;
}

/* The last @most before *@from */
static gboolean
ask (SyncImapPlan *self, guint *from, guint most, guint8 state, const char *items, ImapRequest *request)
{
  guint n = MIN (*from, most);

  if (n == 0)
    return FALSE;
  *from -= n;
  for (guint i = *from; i < *from + n; i++)
    self->states[i] |= state;
  return ask_range (self, (Range) { *from, n, items }, request);
}

static guint
count_missing (const SyncImapPlan *self, guint from, guint n, guint8 state)
{
  guint missing = 0;

  for (guint i = from; i < from + n; i++)
    missing += !(self->states[i] & state);
  return missing;
}

static void
ask_again (SyncImapPlan *self, guint from, guint n, const char *items)
{
  Range range = { from, n, items };

  if (count_missing (self, from, n, items == self->whole_items ? WHOLE_CAME : HEADER_CAME | WHOLE_CAME) == 0)
    return;
  g_array_append_val (self->again, range);
  self->n_again++;
}

gboolean
sync_imap_plan_refused (SyncImapPlan *self, guint index)
{
  Range range;

  if (index >= self->asked->len)
    return FALSE;
  range = g_array_index (self->asked, Range, index);
  if (range.n < 2 || self->n_again >= MAX_AGAIN)
    return FALSE;
  ask_again (self, range.from, range.n / 2, range.items);
  ask_again (self, range.from + range.n / 2, range.n - range.n / 2, range.items);
  return TRUE;
}

gboolean
sync_imap_plan_next (SyncImapPlan *self, gint64 elapsed, ImapRequest *request)
{
  gboolean is_first = self->headers_from == self->n;

  self->is_late |= elapsed > PATIENCE;
  if (self->again->len > 0)
    {
      Range range = g_array_index (self->again, Range, self->again->len - 1);

      g_array_set_size (self->again, self->again->len - 1);
      return ask_range (self, range, request);
    }
  if (self->kind != SYNC_IMAP_PLAN_WHOLE && is_first)
    return ask (self, &self->headers_from, FIRST_ROWS, HEADER_ASKED, self->header_items, request);
  if (self->kind == SYNC_IMAP_PLAN_WHOLE || (self->kind == SYNC_IMAP_PLAN_ROWS_FIRST && !self->is_late))
    return ask (self, &self->whole_from, WHOLE_SET, WHOLE_ASKED, self->whole_items, request);
  self->headers_from = MIN (self->headers_from, self->whole_from);
  return ask (self, &self->headers_from, HEADER_SET, HEADER_ASKED, self->header_items, request);
}

static int
compare_uids (const void *a, const void *b)
{
  guint32 one = *(const guint32 *) a, other = *(const guint32 *) b;

  return one < other ? -1 : one > other;
}

static gboolean
find (SyncImapPlan *self, const ImapFetch *fetch, guint *index)
{
  const guint32 *found;

  if (fetch->uid == 0 || self->n == 0)
    return FALSE;
  if (self->is_by_numbers)
    {
      *index = fetch->sequence - 1;
      return fetch->sequence > 0 && *index < self->n && fetch->uid < self->uidnext && (self->uids[*index] == 0 || self->uids[*index] == fetch->uid);
    }
  found = bsearch (&fetch->uid, self->uids, self->n, sizeof *self->uids, compare_uids);
  if (found)
    *index = found - self->uids;
  return found != NULL;
}

gboolean
sync_imap_plan_accept (SyncImapPlan *self, const ImapFetch *fetch, guint *index)
{
  gboolean is_whole = fetch->body && g_bytes_get_size (fetch->body) > 0;
  guint8 *state;

  if ((!is_whole && !fetch->header) || !find (self, fetch, index))
    return FALSE;
  state = &self->states[*index];
  if (is_whole ? !(*state & WHOLE_ASKED) || (*state & WHOLE_CAME) : !(*state & HEADER_ASKED) || (*state & (HEADER_CAME | WHOLE_CAME)))
    return FALSE;
  self->n_come += !(*state & (HEADER_CAME | WHOLE_CAME));
  *state |= is_whole ? WHOLE_CAME : HEADER_CAME;
  self->uids[*index] = fetch->uid;
  return TRUE;
}

guint
sync_imap_plan_get_size (const SyncImapPlan *self)
{
  return self->n;
}

gboolean
sync_imap_plan_is_complete (const SyncImapPlan *self)
{
  return self->n_come == self->n;
}

gboolean
sync_imap_plan_has_asked_all (const SyncImapPlan *self)
{
  return self->whole_from == 0;
}
