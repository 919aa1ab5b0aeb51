/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SELECT, and the comparison of a mailbox with what is kept of it. */
#include "sync-imap-changes.h"

#include "imap-fetch.h"
#include "imap-retrieve.h"
#include "imap-search.h"
#include "imap-uid-set.h"

#include <string.h>

#define MAX_MESSAGES 5000000

typedef struct
{
  SyncImapContext *context;
  SyncImapFolder *folder;
  SyncImapChanges *changes;
  gboolean may_be_fresh;
  gboolean *is_gone;     /* of entries */
  gboolean is_complete;  /* what is listed now is all there is */
  GHashTable *marked;    /* uid → index in marks + 1: said twice counts as said last */
} Finder;

void
sync_imap_changes_free (SyncImapChanges *self)
{
  imap_selected_clear (&self->selected);
  g_clear_pointer (&self->entries, g_array_unref);
  g_clear_pointer (&self->missing, g_array_unref);
  g_clear_pointer (&self->gone, g_array_unref);
  g_clear_pointer (&self->marks, g_array_unref);
  g_free (self);
}

/* The first entry whose UID is not below @uid */
static guint
find_from (const GArray *entries, guint32 uid)
{
  guint low = 0, high = entries->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (entries, StoreImapEntry, middle).uid < uid)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static const StoreImapEntry *
find_entry (const GArray *entries, guint32 uid)
{
  guint index = find_from (entries, uid);

  return index < entries->len && g_array_index (entries, StoreImapEntry, index).uid == uid ? &g_array_index (entries, StoreImapEntry, index) : NULL;
}

static void
note_flags (Finder *self, const StoreImapEntry *entry, const ImapFetch *fetch)
{
  SyncImapMark mark = { fetch->uid, fetch->modseq, fetch->flags };
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (self->marked, GUINT_TO_POINTER (fetch->uid)));

  if (index > 0)
    {
      g_array_index (self->changes->marks, SyncImapMark, index - 1) = mark;
      return;
    }
  if (mark.flags == entry->flags || entry->message == 0 || entry->has_pending)
    return;
  g_array_append_val (self->changes->marks, mark);
  g_hash_table_insert (self->marked, GUINT_TO_POINTER (fetch->uid), GUINT_TO_POINTER (self->changes->marks->len));
}

static void
on_fetch (const ImapFetch *fetch, gpointer data)
{
  Finder *self = data;
  const StoreImapEntry *entry = fetch->uid > 0 ? find_entry (self->changes->entries, fetch->uid) : NULL;

  if (entry)
    {
      self->is_gone[entry - (const StoreImapEntry *) (gpointer) self->changes->entries->data] = FALSE;
      if (fetch->has_flags)
        note_flags (self, entry, fetch);
    }
  else if (fetch->uid > 0 && (self->is_complete || (self->folder->kept->uidnext > 0 && fetch->uid >= self->folder->kept->uidnext)))
    g_array_append_val (self->changes->missing, fetch->uid);
}

static void
note_vanished (Finder *self, const ImapUidRange *range)
{
  GArray *entries = self->changes->entries;

  for (guint i = find_from (entries, range->first); i < entries->len && g_array_index (entries, StoreImapEntry, i).uid <= range->last; i++)
    self->is_gone[i] = TRUE;
}

static void
on_selecting (ImapSession *session, const ImapResponse *response, gpointer data)
{
  Finder *self = data;
  gboolean is_earlier;
  g_autoptr (GArray) ranges = imap_mailbox_read_vanished (response, &is_earlier);
  ImapFetch fetch;

  for (guint i = 0; ranges && i < ranges->len; i++)
    note_vanished (self, &g_array_index (ranges, ImapUidRange, i));
  if (!ranges && imap_fetch_read (response, &fetch))
    {
      on_fetch (&fetch, self);
      imap_fetch_clear (&fetch);
    }
}

static gboolean
select_mailbox (Finder *self, GError **error)
{
  const StoreImapFolder *kept = self->folder->kept;
  SyncImapContext *context = self->context;

  return imap_mailbox_select (context->session, kept->wire_name, FALSE, kept->uidnext > 0 ? kept->uidvalidity : 0, kept->highestmodseq,
                              &self->changes->selected, on_selecting, self, context->cancellable, error);
}

/* "UID FETCH 1:* (UID FLAGS)", by ranges where the numbers are many: one answer after the other, none of them long in coming */
static gboolean
fetch_flags (Finder *self, const char *set, const char *items, GError **error)
{
  return imap_retrieve (self->context->session, set, items, on_fetch, self, self->context->cancellable, error);
}

static void
doubt_all (Finder *self)
{
  self->is_complete = TRUE;
  g_array_set_size (self->changes->missing, 0);
  for (guint i = 0; i < self->changes->entries->len; i++)
    self->is_gone[i] = TRUE;
}

/* All UIDs, and the flags of all when nothing cheaper told them */
static gboolean
compare_all (Finder *self, gboolean with_flags, GError **error)
{
  g_autoptr (GArray) uids = NULL;

  doubt_all (self);
  if (self->changes->selected.n_messages == 0)
    return TRUE;
  if (with_flags && self->changes->entries->len > 0)
    return fetch_flags (self, "1:*", "(UID FLAGS)", error);
  uids = imap_search_all (self->context->session, MAX_MESSAGES, self->context->cancellable, error);
  for (guint i = 0; uids && i < uids->len; i++)
    on_fetch (&(ImapFetch) { .uid = g_array_index (uids, guint32, i) }, self);
  return uids != NULL;
}

static guint
count_left (Finder *self)
{
  guint n = 0;

  for (guint i = 0; i < self->changes->entries->len; i++)
    n += !self->is_gone[i];
  return n;
}

static int
compare_uids (gconstpointer a, gconstpointer b)
{
  guint32 one = *(const guint32 *) a, other = *(const guint32 *) b;

  return one < other ? -1 : one > other;
}

static void
remove_repeats (GArray *uids)
{
  guint n = 0;

  g_array_sort (uids, compare_uids);
  for (guint i = 0; i < uids->len; i++)
    if (n == 0 || g_array_index (uids, guint32, i) != g_array_index (uids, guint32, n - 1))
      g_array_index (uids, guint32, n++) = g_array_index (uids, guint32, i);
  g_array_set_size (uids, n);
}

/* Since the last complete pass. New ones have UIDs from the old UIDNEXT on (RFC 9051 §2.3.1.1). */
static gboolean
compare_since (Finder *self, GError **error)
{
  const StoreImapFolder *kept = self->folder->kept;
  const ImapSelected *selected = &self->changes->selected;
  g_autofree char *changed = g_strdup_printf ("(UID FLAGS) (CHANGEDSINCE %" G_GUINT64_FORMAT ")", kept->highestmodseq);
  g_autofree char *new_ones = g_strdup_printf ("%u:*", kept->uidnext);

  if (!imap_session_has_enabled (self->context->session, IMAP_CAN_QRESYNC) && selected->highestmodseq > kept->highestmodseq
      && selected->n_messages > 0 && !fetch_flags (self, "1:*", changed, error))
    return FALSE;
  remove_repeats (self->changes->missing);
  if (count_left (self) + self->changes->missing->len == selected->n_messages)
    return TRUE;
  if (selected->n_messages > 0 && selected->uidnext != kept->uidnext && selected->n_messages <= count_left (self) + 5000)
    {
      if (!fetch_flags (self, new_ones, "(UID)", error))
        return FALSE;
      remove_repeats (self->changes->missing);
    }
  return count_left (self) + self->changes->missing->len == selected->n_messages || compare_all (self, FALSE, error);
}

static void
finish (Finder *self)
{
  SyncImapChanges *changes = self->changes;
  guint n = 0;

  remove_repeats (changes->missing);
  for (guint i = 0; i < changes->entries->len; i++)
    if (self->is_gone[i] && g_array_index (changes->entries, StoreImapEntry, i).message > 0)
      g_array_append_val (changes->gone, g_array_index (changes->entries, StoreImapEntry, i).uid);
  /* Flags that this mailbox cannot keep stay as they are here. */
  for (guint i = 0; i < changes->marks->len; i++)
    {
      SyncImapMark *mark = &g_array_index (changes->marks, SyncImapMark, i);
      const StoreImapEntry *entry = find_entry (changes->entries, mark->uid);

      mark->flags = (mark->flags & changes->selected.permanent_flags) | (entry->flags & ~changes->selected.permanent_flags);
      if (mark->flags != entry->flags)
        g_array_index (changes->marks, SyncImapMark, n++) = *mark;
    }
  g_array_set_size (changes->marks, n);
}

/* A mailbox that is opened for the first time; what was renumbered has nameless messages. */
static gboolean
is_fresh (Finder *self)
{
  const StoreImapFolder *kept = self->folder->kept;
  const ImapSelected *selected = &self->changes->selected;

  return self->may_be_fresh && kept->uidnext == 0 && self->changes->entries->len == 0 && selected->n_messages > 0
         && selected->n_messages <= MAX_MESSAGES && selected->n_messages < selected->uidnext
         && store_imap_has_nameless (self->context->pass->database, kept->folder, NULL) == 0;
}

static gboolean
compare (Finder *self, GError **error)
{
  const StoreImapFolder *kept = self->folder->kept;
  const ImapSelected *selected = &self->changes->selected;

  self->changes->is_renumbered = kept->uidvalidity > 0 && selected->uidvalidity != kept->uidvalidity;
  if (self->changes->is_renumbered)
    {
      g_array_set_size (self->changes->entries, 0);
      g_array_set_size (self->changes->marks, 0);
      return compare_all (self, FALSE, error);
    }
  self->changes->is_fresh = is_fresh (self);
  if (self->changes->is_fresh)
    return TRUE;
  if (kept->uidnext > 0 && kept->highestmodseq > 0 && selected->highestmodseq > 0)
    return compare_since (self, error);
  return compare_all (self, TRUE, error);
}

SyncImapChanges *
sync_imap_changes_find (SyncImapContext *context, SyncImapFolder *folder, gboolean may_be_fresh, GError **error)
{
  g_autoptr (SyncImapChanges) changes = g_new0 (SyncImapChanges, 1);
  g_autoptr (GHashTable) marked = g_hash_table_new (NULL, NULL);
  g_autofree gboolean *is_gone = NULL;
  Finder self = { .context = context, .folder = folder, .changes = changes, .may_be_fresh = may_be_fresh, .marked = marked };

  changes->missing = g_array_new (FALSE, FALSE, sizeof (guint32));
  changes->gone = g_array_new (FALSE, FALSE, sizeof (guint32));
  changes->marks = g_array_new (FALSE, FALSE, sizeof (SyncImapMark));
  changes->entries = store_imap_list_entries (context->pass->database, folder->kept->folder, error);
  if (!changes->entries)
    return NULL;
  self.is_gone = is_gone = g_new0 (gboolean, changes->entries->len + 1);
  if (!select_mailbox (&self, error) || !compare (&self, error))
    return NULL;
  finish (&self);
  return g_steal_pointer (&changes);
}
