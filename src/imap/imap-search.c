/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UID SEARCH in the form every server knows. */
#include "imap-search.h"

#include "imap-uid-set.h"

#define MAX_SET 7000        /* bytes: see imap_uid_set_format () */
#define MAX_FOUND 1000      /* of messages with one Message-ID */

typedef struct
{
  GArray *uids;
  gsize max;
} Found;

static void
on_data (ImapSession *session, const ImapResponse *response, gpointer data)
{
  Found *self = data;

  if (response->kind != IMAP_RESPONSE_DATA || !g_str_equal (response->name, "SEARCH"))
    return;
  for (const ImapNode *node = response->arguments; node; node = node->next)
    {
      guint64 number;
      guint32 uid;

      if (!imap_node_get_number (node, &number) || number == 0 || number > G_MAXUINT32 || self->uids->len >= self->max)
        continue;
      uid = number;
      g_array_append_val (self->uids, uid);
    }
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

GArray *
imap_search_existing (ImapSession *session, const guint32 *uids, gsize n_uids, gboolean only_deleted, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_auto (GStrv) sets = imap_uid_set_format (uids, n_uids, MAX_SET);
  Found context = { found, n_uids * 2 };

  for (char **set = sets; *set; set++)
    {
      g_autoptr (ImapCommand) command = imap_command_new ("UID SEARCH UID");

      imap_command_add (command, *set);
      if (only_deleted)
        imap_command_add (command, "DELETED");
      if (!search (session, command, &context, cancellable, error))
        return NULL;
    }
  sort (found);
  keep_asked (found, uids, n_uids);
  return g_steal_pointer (&found);
}

GArray *
imap_search_deleted (ImapSession *session, gsize max, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (ImapCommand) command = imap_command_new ("UID SEARCH DELETED");
  Found context = { found, max };

  if (!search (session, command, &context, cancellable, error))
    return NULL;
  sort (found);
  return g_steal_pointer (&found);
}

GArray *
imap_search_message_id (ImapSession *session, const char *message_id, guint32 first, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (ImapCommand) command = imap_command_new ("UID SEARCH");
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
