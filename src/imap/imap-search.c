/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UID SEARCH, answered by SEARCH or, where it is spoken, by ESEARCH (RFC 4731): IMAP4rev2 has nothing else (RFC 9051 §6.4.4). */
#include "imap-search.h"

#include "imap-fetch.h"
#include "imap-uid-set.h"

#define MAX_SET 7000        /* bytes: see imap_uid_set_format () */
#define MAX_FOUND 1000      /* of messages with one Message-ID */
#define MAX_RANGES 1000000

typedef struct
{
  GArray *uids;
  gsize max;
} Found;

static void
add (GArray *uids, guint64 uid, gsize max)
{
  guint32 value = uid;

  if (uid > 0 && uid <= G_MAXUINT32 && uids->len < max)
    g_array_append_val (uids, value);
}

static void
add_set (GArray *uids, const char *set, gsize max)
{
  g_autoptr (GArray) ranges = imap_uid_set_parse_ranges (set, MAX_RANGES);

  for (guint i = 0; ranges && i < ranges->len; i++)
    {
      const ImapUidRange *range = &g_array_index (ranges, ImapUidRange, i);

      for (guint64 uid = range->first; uid <= range->last && uids->len < max; uid++)
        add (uids, uid, max);
    }
}

void
imap_search_read (const ImapResponse *response, GArray *uids, gsize max)
{
  if (response->kind != IMAP_RESPONSE_DATA || response->has_number)
    return;
  if (g_str_equal (response->name, "SEARCH"))
    for (const ImapNode *node = response->arguments; node; node = node->next)
      {
        guint64 number;

        if (imap_node_get_number (node, &number))
          add (uids, number, max);
      }
  else if (g_str_equal (response->name, "ESEARCH"))
    for (const ImapNode *node = response->arguments; node && node->next; node = node->next)
      if (imap_node_is_atom (node, "ALL") && imap_node_get_string (node->next))
        add_set (uids, imap_node_get_string (node->next), max);
}

static void
on_data (ImapSession *session, const ImapResponse *response, gpointer data)
{
  Found *self = data;

  imap_search_read (response, self->uids, self->max);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  guint32 one = *(const guint32 *) a, other = *(const guint32 *) b;

  return one < other ? -1 : one > other;
}

static void
sort (GArray *uids)
{
  guint n = 0;

  g_array_sort (uids, compare);
  for (guint i = 0; i < uids->len; i++)
    if (n == 0 || g_array_index (uids, guint32, i) != g_array_index (uids, guint32, n - 1))
      g_array_index (uids, guint32, n++) = g_array_index (uids, guint32, i);
  g_array_set_size (uids, n);
}

/* ESEARCH says ten thousand neighbours in one word. */
static ImapCommand *
new_command (ImapSession *session)
{
  return imap_command_new (imap_session_can (session, IMAP_CAN_ESEARCH) ? "UID SEARCH RETURN (ALL)" : "UID SEARCH");
}

static gboolean
search (ImapSession *session, ImapCommand *command, Found *found, GCancellable *cancellable, GError **error)
{
  return imap_session_run (session, command, "the search", on_data, found, cancellable, error);
}

/* Leaves of the ascending @found what is among the ascending @asked: a server may name anything. */
static void
keep_asked (GArray *found, const guint32 *asked, gsize n_asked)
{
  guint n = 0;
  gsize j = 0;

  for (guint i = 0; i < found->len; i++)
    {
      guint32 uid = g_array_index (found, guint32, i);

      while (j < n_asked && asked[j] < uid)
        j++;
      if (j < n_asked && asked[j] == uid)
        g_array_index (found, guint32, n++) = uid;
    }
  g_array_set_size (found, n);
}

static void
on_there (ImapSession *session, const ImapResponse *response, gpointer data)
{
  Found *self = data;
  ImapFetch fetch;

  if (!imap_fetch_read (response, &fetch))
    return;
  add (self->uids, fetch.uid, self->max);
  imap_fetch_clear (&fetch);
}

static void
on_marked (ImapSession *session, const ImapResponse *response, gpointer data)
{
  Found *self = data;
  ImapFetch fetch;

  if (!imap_fetch_read (response, &fetch))
    return;
  if (fetch.flags & MAIL_FLAG_DELETED)
    add (self->uids, fetch.uid, self->max);
  imap_fetch_clear (&fetch);
}

static gboolean
look_for (ImapSession *session, const char *set, gboolean only_deleted, Found *found, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImapCommand) command = imap_command_new ("UID FETCH");

  imap_command_add (command, set);
  imap_command_add (command, "(UID FLAGS)");
  return imap_session_run (session, command, "the search", only_deleted ? on_marked : on_there, found, cancellable, error);
}

GArray *
imap_search_existing (ImapSession *session, const guint32 *uids, gsize n_uids, gboolean only_deleted, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_auto (GStrv) sets = imap_uid_set_format (uids, n_uids, MAX_SET);
  Found context = { found, n_uids * 2 };
  g_autoptr (GError) refusal = NULL;

  for (char **set = sets; *set; set++)
    {
      g_autoptr (ImapCommand) command = new_command (session);

      imap_command_add_format (command, "UID %s", *set);
      if (only_deleted)
        imap_command_add (command, "DELETED");
      if (!search (session, command, &context, cancellable, &refusal) && !imap_session_is_open (session))
        {
          g_propagate_error (error, g_steal_pointer (&refusal));
          return NULL;
        }
      g_clear_error (&refusal);
    }
  /* Domino's UID SEARCH has been seen to find nothing at all: before something is taken for gone, FETCH is asked too. */
  for (char **set = sets; *set && found->len == 0; set++)
    if (!look_for (session, *set, only_deleted, &context, cancellable, error))
      return NULL;
  sort (found);
  keep_asked (found, uids, n_uids);
  return g_steal_pointer (&found);
}

static GArray *
search_by (ImapSession *session, const char *key, gsize max, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (ImapCommand) command = new_command (session);
  Found context = { found, max };

  imap_command_add (command, key);
  if (!search (session, command, &context, cancellable, error))
    return NULL;
  sort (found);
  return g_steal_pointer (&found);
}

GArray *
imap_search_all (ImapSession *session, gsize max, GCancellable *cancellable, GError **error)
{
  return search_by (session, "ALL", max, cancellable, error);
}

GArray *
imap_search_deleted (ImapSession *session, gsize max, GCancellable *cancellable, GError **error)
{
  return search_by (session, "DELETED", max, cancellable, error);
}

GArray *
imap_search_message_id (ImapSession *session, const char *message_id, guint32 first, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (ImapCommand) command = new_command (session);
  g_autofree char *bracketed = g_strdup_printf ("<%s>", message_id);
  Found context = { found, MAX_FOUND };
  guint n = 0;

  if (!g_str_is_ascii (message_id))
    return g_steal_pointer (&found);
  if (first > 1)
    imap_command_add_format (command, "UID %u:*", first);
  imap_command_add (command, "HEADER Message-ID");
  imap_command_add_string (command, bracketed);
  if (!search (session, command, &context, cancellable, error))
    return NULL;
  sort (found);
  /* "n:*" always has the mailbox's last message, however low its UID is (RFC 9051 §9, seq-range). */
  for (guint i = 0; i < found->len; i++)
    if (g_array_index (found, guint32, i) >= first)
      g_array_index (found, guint32, n++) = g_array_index (found, guint32, i);
  g_array_set_size (found, n);
  return g_steal_pointer (&found);
}
