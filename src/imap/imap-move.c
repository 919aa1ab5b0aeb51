/* SPDX-License-Identifier: GPL-3.0-or-later */
/* COPY, MOVE, EXPUNGE, and COPYUID in all the places where servers say it. */
#include "imap-move.h"

#include "imap-folder-ops.h"
#include "imap-search.h"
#include "imap-store-flags.h"
#include "imap-uid-set.h"

#include <stdlib.h>

#define MAX_SET 7000        /* bytes: see imap_uid_set_format () */
#define MAX_PAIRS 100000    /* of one COPYUID */
#define MAX_DELETED 100000

void
imap_copied_init (ImapCopied *self)
{
  self->uidvalidity = 0;
  self->pairs = g_array_new (FALSE, FALSE, sizeof (ImapUidPair));
}

void
imap_copied_clear (ImapCopied *self)
{
  g_clear_pointer (&self->pairs, g_array_unref);
}

guint32
imap_copied_find (const ImapCopied *self, guint32 source)
{
  for (guint i = 0; i < self->pairs->len; i++)
    if (g_array_index (self->pairs, ImapUidPair, i).source == source)
      return g_array_index (self->pairs, ImapUidPair, i).target;
  return 0;
}

void
imap_copied_read (ImapCopied *self, const char *uidvalidity, const char *source, const char *target)
{
  g_autoptr (GArray) sources = imap_uid_set_parse (source, MAX_PAIRS);
  g_autoptr (GArray) targets = imap_uid_set_parse (target, MAX_PAIRS);
  guint64 value;

  if (!sources || !targets || sources->len != targets->len || !g_ascii_string_to_unsigned (uidvalidity, 10, 1, G_MAXUINT32, &value, NULL))
    return;
  self->uidvalidity = value;
  for (guint i = 0; i < sources->len; i++)
    {
      ImapUidPair pair = { g_array_index (sources, guint32, i), g_array_index (targets, guint32, i) };

      g_array_append_val (self->pairs, pair);
    }
}

/* MOVE says it in an untagged OK, before the EXPUNGEs (RFC 6851 §4.3). */
static void
on_data (ImapSession *session, const ImapResponse *response, gpointer data)
{
  const ImapNode *node = response->code_arguments;
  const char *values[3];

  if (response->kind != IMAP_RESPONSE_STATUS || g_strcmp0 (response->code, "COPYUID") != 0)
    return;
  for (guint i = 0; i < 3; i++, node = node->next)
    {
      values[i] = node ? imap_node_get_string (node) : NULL;
      if (!values[i])
        return;
    }
  imap_copied_read (data, values[0], values[1], values[2]);
}

static gboolean
transfer (ImapSession *session, const char *verb, const char *set, const char *target, ImapCopied *copied, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImapCommand) command = imap_command_new (verb);
  g_autofree char *code = NULL;
  g_autofree char *arguments = NULL;
  gboolean is_done;

  imap_command_add (command, set);
  imap_command_add_wire_mailbox (command, target);
  is_done = imap_session_run (session, command, "the messages for that folder", on_data, copied, cancellable, error);
  code = imap_session_dup_code (session, &arguments);
  if (is_done && g_strcmp0 (code, "COPYUID") == 0 && arguments)
    {
      g_auto (GStrv) values = g_strsplit (arguments, " ", -1);

      if (g_strv_length (values) == 3)
        imap_copied_read (copied, values[0], values[1], values[2]);
    }
  return is_done;
}

static gboolean
transfer_or_create (ImapSession *session, const char *verb, const char *set, const char *target, ImapCopied *copied,
                    GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) refusal = NULL;

  if (transfer (session, verb, set, target, copied, cancellable, &refusal))
    return TRUE;
  if (imap_folder_create_when_asked (session, target, cancellable))
    return transfer (session, verb, set, target, copied, cancellable, error);
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

static gboolean
transfer_all (ImapSession *session, const char *verb, const guint32 *uids, gsize n_uids, const char *target, ImapCopied *copied,
              GCancellable *cancellable, GError **error)
{
  g_auto (GStrv) sets = imap_uid_set_format (uids, n_uids, MAX_SET);

  for (char **set = sets; *set; set++)
    if (!transfer_or_create (session, verb, *set, target, copied, cancellable, error))
      return FALSE;
  return TRUE;
}

gboolean
imap_copy (ImapSession *session, const guint32 *uids, gsize n_uids, const char *target, ImapCopied *copied,
           GCancellable *cancellable, GError **error)
{
  return transfer_all (session, "UID COPY", uids, n_uids, target, copied, cancellable, error);
}

gboolean
imap_move (ImapSession *session, const guint32 *uids, gsize n_uids, const char *target, ImapCopied *copied,
           GCancellable *cancellable, GError **error)
{
  return transfer_all (session, "UID MOVE", uids, n_uids, target, copied, cancellable, error);
}

static gboolean
expunge_ours (ImapSession *session, const guint32 *uids, gsize n_uids, GCancellable *cancellable, GError **error)
{
  g_auto (GStrv) sets = imap_uid_set_format (uids, n_uids, MAX_SET);

  for (char **set = sets; *set; set++)
    {
      g_autoptr (ImapCommand) command = imap_command_new ("UID EXPUNGE");

      imap_command_add (command, *set);
      if (!imap_session_run (session, command, "the deletion", NULL, NULL, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

/* Whether nothing but @uids is marked; both ascending. */
static gboolean
are_only_ours (const GArray *deleted, const guint32 *uids, gsize n_uids)
{
  gsize j = 0;

  for (guint i = 0; i < deleted->len; i++, j++)
    {
      while (j < n_uids && uids[j] < g_array_index (deleted, guint32, i))
        j++;
      if (j == n_uids || uids[j] != g_array_index (deleted, guint32, i))
        return FALSE;
    }
  return TRUE;
}

static gboolean
expunge_all_if_ours (ImapSession *session, const guint32 *uids, gsize n_uids, gboolean *is_gone, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) deleted = imap_search_deleted (session, MAX_DELETED, cancellable, error);
  g_autoptr (ImapCommand) command = imap_command_new ("EXPUNGE");

  *is_gone = FALSE;
  if (!deleted)
    return FALSE;
  if (!are_only_ours (deleted, uids, n_uids))
    return TRUE;
  *is_gone = TRUE;
  return imap_session_run (session, command, "the deletion", NULL, NULL, cancellable, error);
}

gboolean
imap_remove (ImapSession *session, const guint32 *uids, gsize n_uids, gboolean *is_gone, GCancellable *cancellable, GError **error)
{
  *is_gone = TRUE;
  if (n_uids == 0)
    return TRUE;
  if (!imap_store_flags (session, uids, n_uids, MAIL_FLAG_DELETED, 0, cancellable, error))
    return FALSE;
  if (imap_session_can (session, IMAP_CAN_UIDPLUS))
    return expunge_ours (session, uids, n_uids, cancellable, error);
  return expunge_all_if_ours (session, uids, n_uids, is_gone, cancellable, error);
}
