/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds at the server what it did not say the name of, or what was on its way when the connection broke. */
#include "sync-imap-replay-find.h"

#include "imap-mailbox.h"
#include "imap-retrieve.h"
#include "imap-search.h"
#include "imap-uid-set.h"

#include <string.h>

#define MAX_UIDS 5000000
#define MAX_HEADERS 500  /* looked at for one message, the newest */
#define SET_BYTES 7000

typedef struct
{
  GArray *uids;        /* (nullable): candidates, ascending */
  const char *digest;
  guint32 found;       /* the lowest that has that header; 0 none */
} Comparison;

static int
compare_uids (gconstpointer a, gconstpointer b)
{
  guint32 one = *(const guint32 *) a, other = *(const guint32 *) b;

  return one < other ? -1 : one > other;
}

static gboolean
is_ascii (const char *text)
{
  for (; *text; text++)
    if (!g_ascii_isprint (*text))
      return FALSE;
  return TRUE;
}

static void
on_uid (const ImapFetch *fetch, gpointer data)
{
  GArray *uids = data;

  if (fetch->uid > 0 && uids->len < MAX_UIDS)
    g_array_append_val (uids, fetch->uid);
}

/* (transfer full): what has that Message-ID; all from @floor on where nobody can ask for it. @has_that_id: (out): which of them */
static GArray *
list_candidates (SyncImapReplay *self, const StoreOperation *operation, guint32 floor, gboolean *has_that_id, GError **error)
{
  g_autoptr (GArray) uids = NULL;
  g_autoptr (GError) refusal = NULL;
  g_autofree char *set = g_strdup_printf ("%u:*", MAX (floor, 1));

  *has_that_id = FALSE;
  if (operation->message_id && is_ascii (operation->message_id))
    {
      uids = imap_search_message_id (self->session, operation->message_id, MAX (floor, 1), self->cancellable, &refusal);
      *has_that_id = uids != NULL;
      if (uids)
        return g_steal_pointer (&uids);
      if (!imap_session_is_open (self->session) || refusal->domain != BASE_ERROR || base_error_is_temporary (refusal))
        {
          g_propagate_error (error, g_steal_pointer (&refusal));
          return NULL;
        }
      /* else it is a server that cannot search by a header (Domino has been one) */
    }
  uids = g_array_new (FALSE, FALSE, sizeof (guint32));
  if (refusal && operation->kind == STORE_OPERATION_APPEND) /* a copy of sent mail is looked for among the newest (sync-imap-sent.h) */
    return g_steal_pointer (&uids);
  if (!imap_retrieve (self->session, set, "(UID)", on_uid, uids, self->cancellable, error))
    return NULL;
  g_array_sort (uids, compare_uids);
  return g_steal_pointer (&uids);
}

/* Leaves in @uids what may be meant: "60:*" also names the last message when its UID is lower (RFC 9051 §9). */
static gboolean
leave_out (SyncImapReplay *self, gint64 folder, const StoreOperation *operation, guint32 floor, GHashTable *others, GArray *uids, GError **error)
{
  guint n = 0;

  for (guint i = 0; i < uids->len; i++)
    {
      guint32 uid = g_array_index (uids, guint32, i);
      gboolean is_taken = uid < floor || (n > 0 && g_array_index (uids, guint32, n - 1) == uid)
                          || (others && g_hash_table_contains (others, GUINT_TO_POINTER (uid)));

      if (!is_taken && !store_replay_is_taken (self->pass->database, folder, uid, operation, &is_taken, error))
        return FALSE;
      if (!is_taken)
        g_array_index (uids, guint32, n++) = uid;
    }
  g_array_set_size (uids, n);
  return TRUE;
}

static void
on_header (const ImapFetch *fetch, gpointer data)
{
  Comparison *self = data;
  g_autofree char *digest = NULL;

  if (fetch->uid == 0 || !fetch->header || (self->found > 0 && self->found < fetch->uid)
      || !g_array_binary_search (self->uids, &fetch->uid, compare_uids, NULL))
    return;
  digest = store_replay_digest_header (fetch->header);
  if (g_str_equal (digest, self->digest))
    self->found = fetch->uid;
}

static gboolean
compare_headers (SyncImapReplay *self, GArray *uids, const char *digest, guint32 *uid, GError **error)
{
  Comparison comparison = { uids, digest, 0 };
  g_auto (GStrv) sets = NULL;

  if (uids->len > MAX_HEADERS)
    g_array_remove_range (uids, 0, uids->len - MAX_HEADERS);
  sets = imap_uid_set_format ((const guint32 *) (gpointer) uids->data, uids->len, SET_BYTES);
  for (char **set = sets; *set; set++)
    if (!imap_retrieve (self->session, *set, "(UID BODY.PEEK[HEADER])", on_header, &comparison, self->cancellable, error))
      return FALSE;
  *uid = comparison.found;
  return TRUE;
}

/* What is put on a server may have another header there, and is believed by its Message-ID: a provider has filed the mail by itself, or rewrites what
 * it gets. */
gboolean
sync_imap_replay_find (SyncImapReplay *self, gint64 folder, const StoreOperation *operation, guint32 floor, GHashTable *others, guint32 *uid,
                        GError **error)
{
  g_autofree char *digest = store_replay_load_digest (self->pass->database, operation);
  g_autoptr (GArray) uids = NULL;
  gboolean is_open, is_believed, has_that_id;
  guint32 last;

  *uid = 0;
  if (!digest && !operation->message_id)
    return TRUE;
  if (!sync_imap_replay_select (self, folder, &is_open, error))
    return FALSE;
  if (!is_open || self->mailbox.n_messages == 0)
    return TRUE;
  uids = list_candidates (self, operation, floor, &has_that_id, error);
  if (!uids || !leave_out (self, folder, operation, floor, others, uids, error))
    return FALSE;
  if (uids->len == 0)
    return TRUE;
  last = g_array_index (uids, guint32, uids->len - 1);
  is_believed = has_that_id && operation->kind == STORE_OPERATION_APPEND;
  if (digest && !(is_believed && uids->len == 1) && !compare_headers (self, uids, digest, uid, error))
    return FALSE;
  if (*uid == 0 && is_believed)
    *uid = last;
  return TRUE;
}
