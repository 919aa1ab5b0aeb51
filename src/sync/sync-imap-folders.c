/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The server's list of mailboxes made into folders. */
#include "sync-imap-folders.h"

#include "base-error.h"
#include "imap-mailbox.h"
#include "store-database.h"
#include "store-folders.h"
#include "store-replay.h"
#include "sync-imap-listing.h"

#include <string.h>

#define MAX_ASKED 50       /* mailboxes opened to find out whose they are */
#define DOUBT_SECONDS 3600 /* between the two looks when most of an account is gone */
#define MAX_LEVELS 1000    /* of folders in folders */
#define FEW_MESSAGES 20    /* of a mailbox that cannot be opened: nobody waits an hour for them */

typedef struct
{
  SyncImapContext *context;
  SyncImapListing listing; /* its mailboxes are taken over by the results one by one (then NULL) */
  GPtrArray *kept;         /* of StoreImapFolder */
  gboolean *is_used;       /* of kept: it was found on the server */
  gboolean has_moves;      /* folders have other names or parents here that the server has not heard of */
} Comparison;

void
sync_imap_folder_free (SyncImapFolder *self)
{
  store_imap_folder_free (self->kept);
  imap_mailbox_free (self->listed);
  g_free (self);
}

static void
comparison_clear (Comparison *self)
{
  sync_imap_listing_clear (&self->listing);
  g_clear_pointer (&self->kept, g_ptr_array_unref);
  g_free (self->is_used);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Comparison, comparison_clear)

/* A mailbox with mail that is only a name above others now: its mail is gone, or somewhere else. */
static gboolean
is_hollow (const StoreImapFolder *kept, const ImapMailbox *listed)
{
  return kept->uidvalidity > 0 && !listed->can_be_opened;
}

typedef gboolean (*MatchFunc) (const StoreImapFolder *kept, const ImapMailbox *listed);

static gboolean
has_name (const StoreImapFolder *kept, const ImapMailbox *listed)
{
  return g_str_equal (kept->wire_name, listed->wire_name);
}

static gboolean
has_name_of_its_own (const StoreImapFolder *kept, const ImapMailbox *listed)
{
  return has_name (kept, listed) && !is_hollow (kept, listed);
}

/* The same mailbox, spelled otherwise since UTF8=ACCEPT is spoken or no more */
static gboolean
has_path (const StoreImapFolder *kept, const ImapMailbox *listed)
{
  return g_str_equal (kept->path, listed->path) && !is_hollow (kept, listed);
}

/* Without OBJECTID: most servers draw UIDVALIDITY from the clock, and a mailbox that was used has its own UIDNEXT. Two mailboxes made in
 * the same second may share both, and UIDs of one would be taken for those of the other: so only where there is one that it can be. */
static gboolean
has_numbers (const StoreImapFolder *kept, const ImapMailbox *listed)
{
  return !kept->mailbox_id && listed->has_status && kept->role != MAIL_ROLE_INBOX && listed->role != MAIL_ROLE_INBOX && kept->uidnext > 1
         && kept->uidvalidity > 1 && kept->uidvalidity == listed->uidvalidity && kept->uidnext <= listed->uidnext
         && kept->n_server > 0 && kept->n_server == listed->n_messages;
}

static StoreImapFolder *
take_match (Comparison *self, const ImapMailbox *listed, MatchFunc matches)
{
  for (guint i = 0; i < self->kept->len; i++)
    if (!self->is_used[i] && matches (g_ptr_array_index (self->kept, i), listed))
      {
        self->is_used[i] = TRUE;
        return g_steal_pointer (&g_ptr_array_index (self->kept, i));
      }
  return NULL;
}

static guint
count_matches (Comparison *self, const ImapMailbox *listed, MatchFunc matches)
{
  guint n = 0;

  for (guint i = 0; i < self->kept->len; i++)
    n += !self->is_used[i] && matches (g_ptr_array_index (self->kept, i), listed);
  return n;
}

/* Whether @one is the only one of those without @found whose numbers are those of a folder, and of one folder only */
static gboolean
is_only_one (Comparison *self, guint one, StoreImapFolder *const *found)
{
  const ImapMailbox *listed = g_ptr_array_index (self->listing.mailboxes, one);

  if (count_matches (self, listed, has_numbers) != 1)
    return FALSE;
  for (guint i = 0; i < self->listing.mailboxes->len; i++)
    {
      const ImapMailbox *other = g_ptr_array_index (self->listing.mailboxes, i);

      if (i != one && !found[i] && other->uidvalidity == listed->uidvalidity && count_matches (self, other, has_numbers) > 0)
        return FALSE;
    }
  return TRUE;
}

static StoreImapFolder *
take_by_id (Comparison *self, const char *mailbox_id)
{
  for (guint i = 0; i < self->kept->len; i++)
    {
      StoreImapFolder *kept = g_ptr_array_index (self->kept, i);

      if (self->is_used[i] || g_strcmp0 (kept->mailbox_id, mailbox_id) != 0)
        continue;
      self->is_used[i] = TRUE;
      return g_steal_pointer (&g_ptr_array_index (self->kept, i));
    }
  return NULL;
}

static gboolean
misses_one_with_id (Comparison *self)
{
  for (guint i = 0; i < self->kept->len; i++)
    if (!self->is_used[i] && ((const StoreImapFolder *) g_ptr_array_index (self->kept, i))->mailbox_id)
      return TRUE;
  return FALSE;
}

/* A name has gone and others have come: opening these, which is done soon anyway, tells whose they are (RFC 8474 §4.1). */
static gboolean
match_by_id (Comparison *self, StoreImapFolder **found, GError **error)
{
  SyncImapContext *context = self->context;
  guint n_asked = 0;

  if (!imap_session_can (context->session, IMAP_CAN_OBJECTID))
    return TRUE;
  for (guint i = 0; i < self->listing.mailboxes->len && n_asked < MAX_ASKED && misses_one_with_id (self); i++)
    {
      const ImapMailbox *listed = g_ptr_array_index (self->listing.mailboxes, i);
      g_auto (ImapSelected) selected = { 0 };
      g_autoptr (GError) refusal = NULL;

      if (found[i] || !listed->can_be_opened)
        continue;
      n_asked++;
      if (imap_mailbox_select (context->session, listed->wire_name, TRUE, 0, 0, &selected, NULL, NULL, context->cancellable, &refusal))
        found[i] = selected.mailbox_id ? take_by_id (self, selected.mailbox_id) : NULL;
      else if (!imap_session_is_open (context->session))
        {
          g_propagate_error (error, g_steal_pointer (&refusal));
          return FALSE;
        }
    }
  return TRUE;
}

static void
set_text (char **where, const char *text)
{
  if (g_strcmp0 (*where, text) == 0)
    return;
  g_free (*where);
  *where = g_strdup (text);
}

/* The mailbox of @folders that @listed is named below; NULL at the top */
static const SyncImapFolder *
find_parent (GPtrArray *folders, const ImapMailbox *listed)
{
  const char *last = listed->delimiter ? strrchr (listed->wire_name, listed->delimiter) : NULL;
  gsize length = last ? last - listed->wire_name : 0;

  for (guint i = 0; last && i < folders->len; i++)
    {
      const SyncImapFolder *folder = g_ptr_array_index (folders, i);

      if (strncmp (folder->listed->wire_name, listed->wire_name, length) == 0 && folder->listed->wire_name[length] == '\0')
        return folder;
    }
  return NULL;
}

/* Whether @folder is @above or lies in it, as things are here */
static gboolean
is_below (StoreDatabase *database, gint64 folder, gint64 above)
{
  for (guint i = 0; folder > 0 && above > 0 && i < MAX_LEVELS; i++)
    {
      g_autoptr (StoreFolder) row = NULL;

      if (folder == above)
        return TRUE;
      row = store_folders_get (database, folder, NULL);
      folder = row ? row->parent : 0;
    }
  return FALSE;
}

/* A person has moved @parent into @folder, and another client @folder into @parent, which was first: the person's moves go back until neither is in
 * itself. */
static gboolean
take_moves_back (Comparison *self, gint64 parent, gint64 folder, GError **error)
{
  SyncPass *pass = self->context->pass;
  g_autoptr (GPtrArray) operations = store_replay_list (pass->database, pass->account, 0, error);
  g_autoptr (GError) reason = g_error_new_literal (BASE_ERROR, BASE_ERROR_INVALID, "Another program has put the one folder into the other meanwhile.");

  for (guint i = operations ? operations->len : 0; i > 0 && is_below (pass->database, parent, folder); i--)
    {
      const StoreOperation *operation = g_ptr_array_index (operations, i - 1);

      if (operation->kind == STORE_OPERATION_RENAME_FOLDER && operation->folder != folder && is_below (pass->database, parent, operation->folder)
          && !store_replay_fail (pass->database, operation, reason, error))
        return FALSE;
    }
  return operations != NULL;
}

/* (transfer full): where people see it: below its parent, wherever a person has put that here meanwhile. */
static char *
make_path (Comparison *self, GPtrArray *folders, const SyncImapFolder *folder, GError **error)
{
  const ImapMailbox *listed = folder->listed;
  const char *slash = strrchr (listed->path, '/');
  const SyncImapFolder *parent = self->has_moves && slash ? find_parent (folders, listed) : NULL;
  g_autoptr (StoreFolder) row = NULL;

  if (!parent || strncmp (parent->listed->path, listed->path, slash - listed->path) != 0 || parent->listed->path[slash - listed->path] != '\0')
    return g_strdup (listed->path);
  if (!take_moves_back (self, parent->kept->folder, folder->kept->folder, error))
    return NULL;
  row = store_folders_get (self->context->pass->database, parent->kept->folder, NULL);
  return row ? g_strconcat (row->path, slash, NULL) : g_strdup (listed->path);
}

static gboolean
save_one (Comparison *self, GPtrArray *folders, SyncImapFolder *folder, GError **error)
{
  SyncImapContext *context = self->context;
  StoreImapFolder *kept = folder->kept;
  const ImapMailbox *listed = folder->listed;
  gboolean is_new = kept->folder == 0;

  kept->account = context->pass->account;
  if (is_new || !g_str_equal (kept->wire_name, listed->wire_name))
    {
      g_free (kept->path);
      kept->path = make_path (self, folders, folder, error);
      if (!kept->path)
        return FALSE;
    }
  set_text (&kept->wire_name, listed->wire_name);
  kept->role = listed->role;
  kept->can_be_opened = listed->can_be_opened;
  kept->can_have_children = listed->can_have_children;
  kept->is_subscribed = listed->is_subscribed;
  kept->folder = store_imap_save_folder (context->pass->database, kept, error);
  return kept->folder > 0;
}

static void
find_all (Comparison *self, StoreImapFolder **found, MatchFunc matches)
{
  for (guint i = 0; i < self->listing.mailboxes->len; i++)
    if (!found[i])
      found[i] = take_match (self, g_ptr_array_index (self->listing.mailboxes, i), matches);
}

static gboolean
find_folders (Comparison *self, StoreImapFolder **found, GError **error)
{
  find_all (self, found, has_name_of_its_own);
  find_all (self, found, has_path);
  if (!match_by_id (self, found, error))
    return FALSE;
  for (guint i = 0; i < self->listing.mailboxes->len; i++)
    if (!found[i] && is_only_one (self, i, found))
      found[i] = take_match (self, g_ptr_array_index (self->listing.mailboxes, i), has_numbers);
  find_all (self, found, has_name);
  return TRUE;
}

/* By name first, all of them, before what is left is looked for under another name. What has the name alone comes last: the mailbox was made anew,
 * or is only a name now. */
static GPtrArray *
match (Comparison *self, GError **error)
{
  g_autoptr (GPtrArray) folders = g_ptr_array_new_with_free_func ((GDestroyNotify) sync_imap_folder_free);
  g_autofree StoreImapFolder **found = g_new0 (StoreImapFolder *, MAX (self->listing.mailboxes->len, 1));
  gboolean is_good = find_folders (self, found, error);

  for (guint i = 0; i < self->listing.mailboxes->len; i++)
    {
      SyncImapFolder *folder = g_new0 (SyncImapFolder, 1);

      folder->kept = found[i] ? found[i] : g_new0 (StoreImapFolder, 1);
      folder->listed = g_steal_pointer (&g_ptr_array_index (self->listing.mailboxes, i));
      g_ptr_array_add (folders, folder);
    }
  return is_good ? g_steal_pointer (&folders) : NULL;
}

/* Whether so much is gone at once that it may be the server's trouble */
static gboolean
is_in_doubt (Comparison *self, GPtrArray *folders)
{
  guint n_gone = 0;

  for (guint i = 0; i < self->kept->len; i++)
    n_gone += !self->is_used[i];
  for (guint i = 0; i < folders->len; i++)
    {
      const SyncImapFolder *folder = g_ptr_array_index (folders, i);

      n_gone += is_hollow (folder->kept, folder->listed);
    }
  return n_gone > 2 && n_gone > self->kept->len / 2;
}

/* What is moved out of it may be found in another mailbox by the next pass. */
static gboolean
has_moves_out (Comparison *self, gint64 folder)
{
  SyncPass *pass = self->context->pass;
  g_autoptr (GPtrArray) operations = store_replay_list (pass->database, pass->account, 0, NULL);

  for (guint i = 0; operations && i < operations->len; i++)
    {
      const StoreOperation *operation = g_ptr_array_index (operations, i);

      if (operation->kind == STORE_OPERATION_MOVE && operation->folder == folder)
        return TRUE;
    }
  return FALSE;
}

/* The second look. @is_doubtful: when nothing has changed after an hour. @is_dropped: (out) */
static gboolean
drop_or_doubt (Comparison *self, StoreImapFolder *kept, gboolean is_doubtful, gboolean *is_dropped, GError **error)
{
  SyncPass *pass = self->context->pass;

  *is_dropped = kept->empty_since != 0 ? !is_doubtful || kept->n_server == 0 || pass->now - kept->empty_since >= DOUBT_SECONDS
                                       : kept->n_server == 0 && !has_moves_out (self, kept->folder);
  if (*is_dropped)
    return store_imap_drop_folder (pass->database, kept->folder, is_doubtful, error);
  if (kept->empty_since != 0)
    return TRUE;
  kept->empty_since = MAX (pass->now, 1);
  return store_imap_set_state (pass->database, kept, error);
}

static gboolean
drop_vanished (Comparison *self, gboolean is_doubtful, GError **error)
{
  for (guint i = 0; i < self->kept->len; i++)
    {
      gboolean is_dropped;

      if (!self->is_used[i] && !drop_or_doubt (self, g_ptr_array_index (self->kept, i), is_doubtful, &is_dropped, error))
        return FALSE;
    }
  return TRUE;
}

/* What was in it goes as if it had vanished; the name stays. A refusal is not as certain as \Noselect. */
static gboolean
drop_hollow (Comparison *self, StoreImapFolder *kept, gboolean is_doubtful, GError **error)
{
  gboolean is_dropped;

  is_doubtful |= kept->n_server >= FEW_MESSAGES && g_hash_table_contains (self->listing.refused, kept->wire_name);
  if (!drop_or_doubt (self, kept, is_doubtful, &is_dropped, error))
    return FALSE;
  if (is_dropped)
    {
      kept->folder = 0;
      kept->uidvalidity = kept->uidnext = kept->n_server = kept->n_server_unseen = 0;
      kept->highestmodseq = 0;
      kept->empty_since = 0;
      g_clear_pointer (&kept->mailbox_id, g_free);
    }
  return TRUE;
}

/* Parents before children, so that a renamed parent's new path is there. */
static int
compare_paths (gconstpointer a, gconstpointer b)
{
  const SyncImapFolder *one = *(SyncImapFolder *const *) a, *other = *(SyncImapFolder *const *) b;

  return strcmp (one->listed->path, other->listed->path);
}

/* The old name of one may be the new name of another. */
static gboolean
vacate_renamed (Comparison *self, GPtrArray *folders, GError **error)
{
  for (guint i = 0; i < folders->len; i++)
    {
      const SyncImapFolder *folder = g_ptr_array_index (folders, i);

      if (folder->kept->folder > 0 && !g_str_equal (folder->kept->wire_name, folder->listed->wire_name)
          && !store_imap_vacate_folder (self->context->pass->database, folder->kept->folder, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
find_moves (Comparison *self, GError **error)
{
  SyncPass *pass = self->context->pass;
  g_autoptr (GPtrArray) operations = store_replay_list (pass->database, pass->account, 0, error);

  for (guint i = 0; operations && i < operations->len; i++)
    self->has_moves |= ((const StoreOperation *) g_ptr_array_index (operations, i))->kind == STORE_OPERATION_RENAME_FOLDER;
  return operations != NULL;
}

static gboolean
save_all (Comparison *self, GPtrArray *folders, GError **error)
{
  gboolean is_doubtful = is_in_doubt (self, folders);

  if (!find_moves (self, error) || !vacate_renamed (self, folders, error))
    return FALSE;
  for (guint i = 0; i < folders->len; i++)
    {
      SyncImapFolder *folder = g_ptr_array_index (folders, i);

      if ((is_hollow (folder->kept, folder->listed) && !drop_hollow (self, folder->kept, is_doubtful, error)) || !save_one (self, folders, folder, error))
        return FALSE;
    }
  return drop_vanished (self, is_doubtful, error) && store_imap_tidy_folders (self->context->pass->database, self->context->pass->account, error);
}

static gboolean
save (Comparison *self, GPtrArray *folders, GError **error)
{
  StoreDatabase *database = self->context->pass->database;

  g_ptr_array_sort (folders, compare_paths);
  if (!store_database_begin (database, error))
    return FALSE;
  if (save_all (self, folders, error))
    return store_database_commit (database, error);
  store_database_rollback (database);
  return FALSE;
}

static int
get_order (const SyncImapFolder *folder, gint64 open_folder)
{
  if (folder->kept->folder == open_folder)
    return -1;
  if (folder->listed->role == MAIL_ROLE_ALL || folder->listed->is_gmail_all)
    return 1000;
  return folder->listed->role == MAIL_ROLE_NONE ? 999 : mail_role_get_order (folder->listed->role);
}

static int
compare_turns (gconstpointer a, gconstpointer b, gpointer data)
{
  const SyncImapFolder *one = *(SyncImapFolder *const *) a, *other = *(SyncImapFolder *const *) b;
  int order = get_order (one, *(gint64 *) data) - get_order (other, *(gint64 *) data);

  return order != 0 ? order : strcmp (one->listed->path, other->listed->path);
}

GPtrArray *
sync_imap_folders_run (SyncImapContext *context, GError **error)
{
  g_auto (Comparison) self = { .context = context };
  g_autoptr (GPtrArray) folders = NULL;
  gint64 open_folder = context->settings->open_folder > 0 ? context->settings->open_folder : -1;
  gboolean has_created;

  sync_imap_listing_init (&self.listing, context);
  self.kept = store_imap_list_folders (context->pass->database, context->pass->account, error);
  if (!self.kept || !sync_imap_listing_read (&self.listing, error))
    return NULL;
  if (self.kept->len == 0 && (!sync_imap_listing_create_roles (&self.listing, &has_created, error)
                              || (has_created && !sync_imap_listing_read (&self.listing, error))))
    return NULL;
  self.is_used = g_new0 (gboolean, self.kept->len + 1);
  folders = match (&self, error);
  if (!folders || !save (&self, folders, error))
    return NULL;
  g_ptr_array_sort_with_data (folders, compare_turns, &open_folder);
  return g_steal_pointer (&folders);
}
