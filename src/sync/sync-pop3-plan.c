/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is to be done about a POP3 mailbox. */
#include "sync-pop3-plan.h"

#include "pop3-retrieve.h"

#include <string.h>

/* The longest unique-id of RFC 1939 §7, and of the store. */
#define KEY_LIMIT 70
/* So many new messages are received without asking first whether they are missing ones under new names: it shows when they are here. */
#define FEW_NEW 8
#define DAY ((gint64) 24 * 60 * 60)
#define GONE_DAYS 30

static void
memory_free (gpointer data)
{
  SyncPop3Memory *memory = data;

  g_free (memory->key);
  g_free (memory);
}

static void
rename_free (gpointer data)
{
  SyncPop3Rename *rename = data;

  g_free (rename->from);
  g_free (rename->to);
  g_free (rename);
}

static void
clear_message (gpointer data)
{
  g_free (((SyncPop3Message *) data)->key);
}

static SyncPop3Message *
get_message (SyncPop3Plan *self, guint index)
{
  return &g_array_index (self->messages, SyncPop3Message, index);
}

static SyncPop3Memory *
remember (SyncPop3Plan *self, StorePop3Entry *row)
{
  SyncPop3Memory *memory = g_new0 (SyncPop3Memory, 1);

  memory->row = row;
  memory->key = g_strdup (row->uidl);
  g_ptr_array_add (self->memories, memory);
  g_hash_table_replace (self->by_key, memory->key, memory);
  return memory;
}

/* A server's unique-id as the store's name for it. Longer ones than the RFC allows are out there. No name that is made here can be
 * a unique-id of any server: those hold no blank. */
static char *
make_key (const char *uidl)
{
  g_autofree char *digest = NULL;

  if (strlen (uidl) <= KEY_LIMIT)
    return g_strdup (uidl);
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, uidl, -1);
  return g_strdup_printf (" long:%.48s", digest);
}

static char *
make_digest_key (SyncPop3Plan *self, const char *prefix, const guint8 *digest)
{
  GString *key = g_string_new (prefix);
  gsize length;

  for (guint i = 0; i < 20; i++)
    g_string_append_printf (key, "%02x", digest[i]);
  length = key->len;
  for (guint n = 1; n == 1 || g_hash_table_contains (self->by_key, key->str); n++)
    {
      g_string_truncate (key, length);
      g_string_append_printf (key, ":%u", n);
    }
  return g_string_free (key, FALSE);
}

/* There are servers whose unique-ids are just the message numbers, so that a name goes over to the next message when one is
 * deleted. Such names are worth nothing. */
static gboolean
are_just_numbers (const Pop3Listing *listing)
{
  for (guint i = 0; i < listing->entries->len; i++)
    {
      const Pop3ListingEntry *entry = &g_array_index (listing->entries, Pop3ListingEntry, i);
      char number[16];

      g_snprintf (number, sizeof number, "%u", entry->number);
      if (g_strcmp0 (entry->uidl, number) != 0)
        return FALSE;
    }
  return TRUE;
}

static void
add_messages (SyncPop3Plan *self, const Pop3Listing *listing)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal); /* uidl → its count */
  gboolean has_names = !are_just_numbers (listing);

  for (guint i = 0; has_names && i < listing->entries->len; i++)
    {
      char *uidl = g_array_index (listing->entries, Pop3ListingEntry, i).uidl;

      if (uidl != NULL)
        g_hash_table_replace (seen, uidl, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (seen, uidl)) + 1));
    }
  for (guint i = 0; i < listing->entries->len; i++)
    {
      const Pop3ListingEntry *entry = &g_array_index (listing->entries, Pop3ListingEntry, i);
      SyncPop3Message message = { .number = entry->number, .size = entry->size };

      if (has_names && entry->uidl != NULL && GPOINTER_TO_UINT (g_hash_table_lookup (seen, entry->uidl)) == 1)
        message.key = make_key (entry->uidl);
      g_array_append_val (self->messages, message);
    }
}

SyncPop3Plan *
sync_pop3_plan_new (const Pop3Listing *listing, GHashTable *known, const SyncPop3Settings *settings,
                    SyncOptions options, gint64 now, gboolean has_top)
{
  SyncPop3Plan *self = g_new0 (SyncPop3Plan, 1);
  GHashTableIter iter;
  gpointer row;

  self->settings = *settings;
  self->options = options;
  self->now = now;
  self->has_top = has_top;
  self->messages = g_array_sized_new (FALSE, FALSE, sizeof (SyncPop3Message), listing->entries->len);
  g_array_set_clear_func (self->messages, clear_message);
  self->memories = g_ptr_array_new_with_free_func (memory_free);
  self->renames = g_ptr_array_new_with_free_func (rename_free);
  self->own_rows = g_ptr_array_new_with_free_func ((GDestroyNotify) store_pop3_entry_free);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_iter_init (&iter, known);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    remember (self, row);
  self->n_known = self->memories->len;
  add_messages (self, listing);
  return self;
}

void
sync_pop3_plan_free (SyncPop3Plan *self)
{
  g_array_unref (self->messages);
  g_hash_table_unref (self->by_key);
  g_clear_pointer (&self->by_digest, g_hash_table_unref);
  g_ptr_array_unref (self->memories);
  g_ptr_array_unref (self->renames);
  g_ptr_array_unref (self->own_rows);
  g_free (self);
}

static gboolean
has_other_size (const SyncPop3Message *message, const StorePop3Entry *row)
{
  return message->size >= 0 && row->size > 0 && message->size != row->size;
}

static SyncPop3Memory *
find_by_key (SyncPop3Plan *self, const SyncPop3Message *message)
{
  return message->key != NULL ? g_hash_table_lookup (self->by_key, message->key) : NULL;
}

GArray *
sync_pop3_plan_list_unsure (SyncPop3Plan *self)
{
  GArray *unsure = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n_new = 0, n_met = 0;
  gboolean looks_at_new;

  if (!self->has_top)
    return unsure;
  for (guint i = 0; i < self->messages->len; i++)
    {
      const SyncPop3Message *message = get_message (self, i);

      if (find_by_key (self, message) != NULL)
        n_met++;
      else if (message->key != NULL)
        n_new++;
    }
  looks_at_new = n_met < self->n_known && n_new > FEW_NEW;
  for (guint i = 0; i < self->messages->len; i++)
    {
      const SyncPop3Message *message = get_message (self, i);
      const SyncPop3Memory *memory = find_by_key (self, message);
      gboolean is_unsure = memory != NULL ? has_other_size (message, memory->row) || sync_pop3_plan_is_due (self, memory->row)
                                          : looks_at_new || (message->key == NULL && self->n_known > 0);

      if (is_unsure)
        g_array_append_val (unsure, i);
    }
  return unsure;
}

void
sync_pop3_plan_set_digest (SyncPop3Plan *self, guint index, const Pop3Digest *digest)
{
  SyncPop3Message *message = get_message (self, index);

  message->digest = *digest;
  message->has_digest = TRUE;
}

static guint
hash_digest (gconstpointer digest)
{
  guint hash;

  memcpy (&hash, digest, sizeof hash);
  return hash;
}

static gboolean
equal_digests (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, POP3_DIGEST_SIZE) == 0;
}

static void
index_digests (SyncPop3Plan *self)
{
  self->by_digest = g_hash_table_new_full (hash_digest, equal_digests, NULL, (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < self->n_known; i++)
    {
      SyncPop3Memory *memory = g_ptr_array_index (self->memories, i);
      GPtrArray *same = g_hash_table_lookup (self->by_digest, memory->row->digest);

      if (same == NULL)
        {
          same = g_ptr_array_new ();
          g_hash_table_insert (self->by_digest, memory->row->digest, same);
        }
      g_ptr_array_add (same, memory);
    }
}

SyncPop3Memory *
sync_pop3_plan_find_lost (SyncPop3Plan *self, const Pop3Digest *digest, SyncPop3Memory *after)
{
  GPtrArray *same;
  guint i = 0;

  if (self->by_digest == NULL)
    index_digests (self);
  same = g_hash_table_lookup (self->by_digest, digest->bytes);
  if (same == NULL)
    return NULL;
  if (after != NULL && g_ptr_array_find (same, after, &i))
    i++;
  for (; i < same->len; i++)
    {
      SyncPop3Memory *memory = g_ptr_array_index (same, i);

      if (!memory->is_here && !memory->is_suspected)
        return memory;
    }
  return NULL;
}

static void
rename_memory (SyncPop3Plan *self, SyncPop3Memory *memory, const char *key)
{
  SyncPop3Rename *rename = g_new0 (SyncPop3Rename, 1);

  g_hash_table_remove (self->by_key, memory->key);
  rename->from = memory->key;
  rename->to = g_strdup (key);
  memory->key = g_strdup (key);
  g_hash_table_replace (self->by_key, memory->key, memory);
  g_ptr_array_add (self->renames, rename);
}

/* Whoever has this name in the store makes room for @claimant (NULL: a new one). */
static void
claim_key (SyncPop3Plan *self, const char *key, const SyncPop3Memory *claimant)
{
  SyncPop3Memory *holder = g_hash_table_lookup (self->by_key, key);
  g_autofree char *other = NULL;

  if (holder == NULL || holder == claimant)
    return;
  other = make_digest_key (self, " was:", holder->row->digest);
  rename_memory (self, holder, other);
}

void
sync_pop3_plan_recognise (SyncPop3Plan *self, SyncPop3Message *message, SyncPop3Memory *memory)
{
  if (message->suspect != NULL)
    message->suspect->is_suspected = FALSE;
  message->suspect = NULL;
  message->memory = memory;
  memory->is_here = TRUE;
  if (message->key == NULL || strcmp (message->key, memory->key) == 0)
    return;
  claim_key (self, message->key, memory);
  rename_memory (self, memory, message->key);
}

/* By name, unless the content says otherwise. */
static void
match_by_key (SyncPop3Plan *self, SyncPop3Message *message)
{
  SyncPop3Memory *memory = find_by_key (self, message);

  if (memory == NULL || memory->is_here)
    return;
  if (message->has_digest && !equal_digests (message->digest.bytes, memory->row->digest))
    message->suspect = memory;
  else if (!self->has_top && has_other_size (message, memory->row) && sync_pop3_plan_is_due (self, memory->row))
    message->suspect = memory;
  else
    {
      message->is_confirmed = message->has_digest;
      sync_pop3_plan_recognise (self, message, memory);
    }
}

/* By content: one that we know and that no name leads to. */
static void
match_by_digest (SyncPop3Plan *self, SyncPop3Message *message)
{
  SyncPop3Memory *memory;

  if (message->memory != NULL || !message->has_digest)
    return;
  memory = sync_pop3_plan_find_lost (self, &message->digest, NULL);
  while (memory != NULL && has_other_size (message, memory->row))
    {
      SyncPop3Memory *next = sync_pop3_plan_find_lost (self, &message->digest, memory);

      if (next == NULL)
        break;
      memory = next;
    }
  if (memory == NULL)
    return;
  if (message->digest.is_strong && !has_other_size (message, memory->row))
    {
      message->is_confirmed = TRUE;
      sync_pop3_plan_recognise (self, message, memory);
      return;
    }
  message->suspect = memory;
  memory->is_suspected = TRUE;
}

static SyncPop3Need
decide_need (SyncPop3Plan *self, const SyncPop3Message *message)
{
  gint64 above = self->settings.headers_above;
  gint64 size = message->size;
  gboolean wants_headers;

  if (message->memory == NULL && message->suspect != NULL)
    return SYNC_POP3_COMPARE;
  /* A message that turned out larger than LIST says is remembered as such. */
  if (message->memory != NULL)
    size = MAX (size, message->memory->row->size);
  wants_headers = (self->options & SYNC_HEADERS_ONLY) != 0 || size > POP3_MESSAGE_LIMIT || (above > 0 && size > above);
  if (message->memory == NULL)
    return wants_headers && self->has_top ? SYNC_POP3_HEADERS : SYNC_POP3_WHOLE;
  if (message->memory->row->message == 0)
    return SYNC_POP3_NOTHING;
  if (message->memory->row->state == STORE_POP3_BODY_WANTED)
    return SYNC_POP3_BODY;
  return message->memory->row->state == STORE_POP3_HEADERS && !wants_headers ? SYNC_POP3_BODY : SYNC_POP3_NOTHING;
}

void
sync_pop3_plan_match (SyncPop3Plan *self)
{
  for (guint i = 0; i < self->messages->len; i++)
    match_by_key (self, get_message (self, i));
  for (guint i = 0; i < self->messages->len; i++)
    match_by_digest (self, get_message (self, i));
  for (guint i = 0; i < self->messages->len; i++)
    {
      SyncPop3Message *message = get_message (self, i);

      if (message->suspect != NULL && message->suspect->is_here)
        message->suspect = NULL;
      else if (message->suspect != NULL)
        message->suspect->is_suspected = TRUE;
      message->need = decide_need (self, message);
    }
}

StorePop3Entry *
sync_pop3_plan_add (SyncPop3Plan *self, SyncPop3Message *message)
{
  StorePop3Entry *row = g_new0 (StorePop3Entry, 1);

  if (message->suspect != NULL)
    message->suspect->is_suspected = FALSE;
  message->suspect = NULL;
  if (message->key == NULL)
    message->key = make_digest_key (self, " sha256:", message->digest.bytes);
  claim_key (self, message->key, NULL);
  row->uidl = g_strdup (message->key);
  memcpy (row->digest, message->digest.bytes, POP3_DIGEST_SIZE);
  row->first_seen = self->now;
  row->size = message->size;
  g_ptr_array_add (self->own_rows, row);
  message->memory = remember (self, row);
  message->memory->is_here = TRUE;
  message->is_confirmed = TRUE;
  return row;
}

gboolean
sync_pop3_plan_is_due (SyncPop3Plan *self, const StorePop3Entry *row)
{
  gboolean is_whole = row->state == STORE_POP3_KEPT && row->message != 0;
  gboolean is_removed = row->state == STORE_POP3_DELETED_HERE;

  if (row->state == STORE_POP3_REFUSED)
    return TRUE;
  switch (self->settings.leave)
    {
    case ACCOUNT_LEAVE_NEVER:
      return is_whole || is_removed;
    case ACCOUNT_LEAVE_UNTIL_DELETED:
      return is_removed;
    case ACCOUNT_LEAVE_DAYS:
      return is_removed || (is_whole && self->now - row->first_seen >= self->settings.leave_days * DAY);
    case ACCOUNT_LEAVE_ALWAYS:
    default:
      return FALSE;
    }
}

GArray *
sync_pop3_plan_list_due (SyncPop3Plan *self)
{
  GArray *due = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < self->messages->len; i++)
    {
      const SyncPop3Message *message = get_message (self, i);

      /* Without TOP there is no cheap way to look: the name must do, and a size that is no other one (match_by_key). What was never received
       * gets no such credit. */
      if (message->memory != NULL
          && (message->is_confirmed || (!self->has_top && message->key != NULL && message->memory->row->state != STORE_POP3_REFUSED))
          && sync_pop3_plan_is_due (self, message->memory->row))
        g_array_append_val (due, i);
    }
  return due;
}

GPtrArray *
sync_pop3_plan_list_gone (SyncPop3Plan *self)
{
  GPtrArray *gone = g_ptr_array_new ();

  for (guint i = 0; i < self->n_known; i++)
    {
      SyncPop3Memory *memory = g_ptr_array_index (self->memories, i);

      if (!memory->is_here && !memory->is_suspected && memory->row->gone_since != 0 && self->now - memory->row->gone_since >= GONE_DAYS * DAY)
        g_ptr_array_add (gone, memory);
    }
  return gone;
}

GPtrArray *
sync_pop3_plan_list_turned (SyncPop3Plan *self)
{
  GPtrArray *turned = g_ptr_array_new ();

  for (guint i = 0; i < self->n_known; i++)
    {
      SyncPop3Memory *memory = g_ptr_array_index (self->memories, i);

      if (memory->is_here ? memory->row->gone_since != 0 : memory->row->gone_since == 0 && !memory->is_suspected)
        g_ptr_array_add (turned, memory);
    }
  return turned;
}
