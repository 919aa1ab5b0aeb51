/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An account comes and goes: the folders it needs, and what becomes of its mail when it is removed. */
#include "base-error.h"
#include "store-folders.h"
#include "store-outbox.h"
#include "store-pending.h"
#include "store-private.h"

static const struct
{
  MailRole role;
  const char *name;
} usual_names[] = {
  { MAIL_ROLE_INBOX, "Inbox" }, { MAIL_ROLE_DRAFTS, "Drafts" },   { MAIL_ROLE_SENT, "Sent" },     { MAIL_ROLE_JUNK, "Junk" },
  { MAIL_ROLE_TRASH, "Deleted" }, { MAIL_ROLE_ARCHIVE, "Archive" }, { MAIL_ROLE_OUTBOX, "Outbox" },
};

static gint64
make_role (StoreDatabase *database, gint64 account, MailRole role, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (usual_names); i++)
    if (usual_names[i].role == role)
      {
        g_autofree char *path = store_folders_make_name_free (database, account, usual_names[i].name, error);

        return path ? store_folders_create (database, account, path, role, error) : -1;
      }
  g_set_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "The account has no folder for “%s”.", mail_role_to_word (role));
  return -1;
}

gint64
store_folders_need_role (StoreDatabase *database, gint64 account, MailRole role, GError **error)
{
  gint64 id = store_folders_find_role (database, account, role, error);

  if (id != 0)
    return id;
  if (!store_database_begin (database, error))
    return -1;
  id = store_folders_find_role (database, account, role, error); /* another handle may have been faster */
  if (id == 0)
    id = make_role (database, account, role, error);
  if (id < 0)
    {
      store_database_rollback (database);
      return -1;
    }
  return store_database_commit (database, error) ? id : -1;
}

static gint64
make_remote_role (StoreDatabase *database, gint64 account, MailRole role, GError **error)
{
  static const char *const names[] = { [MAIL_ROLE_DRAFTS] = "Drafts", [MAIL_ROLE_SENT] = "Sent", [MAIL_ROLE_JUNK] = "Junk",
                                       [MAIL_ROLE_TRASH] = "Trash", [MAIL_ROLE_ARCHIVE] = "Archive" };
  g_autofree char *path = NULL;

  if (role >= G_N_ELEMENTS (names) || !names[role])
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "The account has no folder for “%s”.", mail_role_to_word (role));
      return -1;
    }
  path = store_folders_make_name_free (database, account, names[role], error);
  return path ? store_folders_create (database, account, path, role, error) : -1;
}

static gint64
need_remote_role (StoreDatabase *database, gint64 account, MailRole role, GError **error)
{
  gint64 id = store_folders_find_role (database, account, role, error);
  g_autoptr (StoreFolder) row = NULL;

  if (id < 0)
    return -1;
  if (id == 0)
    return make_remote_role (database, account, role, error);
  row = store_folders_get (database, id, error);
  return row && (row->is_remote || (store_pending_folder_made (database, id, error) && store_pending_hand_over (database, id, error))) ? id : -1;
}

gint64
store_pending_need_role (StoreDatabase *database, gint64 account, MailRole role, gboolean is_remote, GError **error)
{
  gint64 id;

  if (!is_remote)
    return store_folders_need_role (database, account, role, error);
  if (!store_database_begin (database, error))
    return -1;
  id = need_remote_role (database, account, role, error);
  if (id < 0)
    {
      store_database_rollback (database);
      return -1;
    }
  return store_database_commit (database, error) ? id : -1;
}

gboolean
store_folders_prepare_account (StoreDatabase *database, gint64 account, GError **error)
{
  gboolean is_known;

  if (!store_database_begin (database, error))
    return FALSE;
  if (!store_pending_is_on_server (database, account, &is_known, error))
    {
      store_database_rollback (database);
      return FALSE;
    }
  if (is_known) /* its folders are the server's */
    return store_database_commit (database, error);
  for (gsize i = 0; i < G_N_ELEMENTS (usual_names); i++)
    if ((usual_names[i].role == MAIL_ROLE_OUTBOX) == (account == STORE_LOCAL_ACCOUNT)
        && store_folders_need_role (database, account, usual_names[i].role, error) < 0)
      {
        store_database_rollback (database);
        return FALSE;
      }
  return store_database_commit (database, error);
}

static gboolean
run_for_account (StoreDatabase *database, const char *sql, gint64 account, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, sql, error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, account);
  return store_database_run (database, statement, error);
}

static gboolean
delete_all_mail (StoreDatabase *database, gint64 account, GError **error)
{
  return run_for_account (database, "DELETE FROM message WHERE folder IN (SELECT id FROM folder WHERE account = ?1)", account, error)
         && run_for_account (database, "DELETE FROM folder WHERE account = ?1", account, error);
}

/* Leaves first, until only folders remain that hold mail or lead to some. */
static gboolean
delete_empty_folders (StoreDatabase *database, gint64 account, GError **error)
{
  sqlite3 *handle = store_database_get_handle (database);

  do
    if (!run_for_account (database, "DELETE FROM folder WHERE account = ?1 AND total = 0 AND id NOT IN"
                                    " (SELECT parent FROM folder WHERE parent IS NOT NULL)", account, error))
      return FALSE;
  while (sqlite3_changes (handle) > 0);
  return TRUE;
}

/* Account titles are free text; a folder's name is not. */
static char *
make_folder_name (const char *title)
{
  g_autofree char *valid = g_utf8_make_valid (title ? title : "", -1);
  g_autoptr (GString) name = g_string_new (NULL);

  for (const char *p = valid; *p && name->len < 200; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_iscntrl (c))
        g_string_append_unichar (name, c == '/' ? '-' : c);
    }
  g_strstrip (name->str);
  return g_strdup (*name->str && *name->str != '.' ? name->str : "Mail");
}

static gboolean
adopt_folders (StoreDatabase *database, gint64 account, gint64 parent, const char *path, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database,
    "UPDATE folder SET account = 0, parent = ifnull (parent, ?2), path = ?3 || '/' || path, role = 0, is_remote = 0,"
    " uidvalidity = NULL, uidnext = NULL, highestmodseq = NULL, wire_name = NULL, mailbox_id = NULL, n_server = 0, n_server_unseen = 0,"
    " empty_since = 0 WHERE account = ?1", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, account);
  sqlite3_bind_int64 (statement, 2, parent);
  sqlite3_bind_text (statement, 3, path, -1, SQLITE_STATIC);
  return store_database_run (database, statement, error);
}

static gboolean
keep_all_mail (StoreDatabase *database, gint64 account, const char *title, GError **error)
{
  g_autofree char *name = make_folder_name (title);
  g_autofree char *path = NULL;
  sqlite3_stmt *statement;
  gint64 n_left, parent;

  if (!run_for_account (database, "UPDATE message SET uid = NULL, modseq = NULL, object_id = NULL WHERE uid IS NOT NULL AND folder IN"
                                  " (SELECT id FROM folder WHERE account = ?1)", account, error)
      || !delete_empty_folders (database, account, error))
    return FALSE;
  statement = store_database_prepare (database, "SELECT count (*) FROM folder WHERE account = ?1", error);
  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, account);
  if (!store_database_query_int (database, statement, 0, &n_left, error))
    return FALSE;
  if (n_left == 0)
    return TRUE;
  path = store_folders_make_name_free (database, STORE_LOCAL_ACCOUNT, name, error);
  parent = path ? store_folders_create (database, STORE_LOCAL_ACCOUNT, path, MAIL_ROLE_NONE, error) : -1;
  return parent > 0 && adopt_folders (database, account, parent, path, error);
}

static gboolean
stop_outbox (StoreDatabase *database, gint64 account, GError **error)
{
  G_STATIC_ASSERT (STORE_OUTBOX_SENDING == 1 && STORE_OUTBOX_FAILED == 2 && STORE_OUTBOX_MAYBE_SENT == 3);
  return run_for_account (database,
                          "UPDATE outbox SET state = iif (state = 1 OR state = 3, 3, 2), error_word = 'not-found', error_reply = NULL,"
                          " error_message = 'The account that this message was to be sent from was removed.' WHERE account = ?1",
                          account, error);
}

static gboolean
remove_account (StoreDatabase *database, gint64 account, const char *title, gboolean keep_mail, GError **error)
{
  /* The UIDLs first, or every message that goes would be noted as deleted here. */
  return run_for_account (database, "DELETE FROM pop3_uidl WHERE account = ?1", account, error)
         && run_for_account (database, "DELETE FROM pending WHERE account = ?1", account, error)
         && run_for_account (database, "DELETE FROM thread_name WHERE account = ?1", account, error)
         && run_for_account (database, "DELETE FROM quota WHERE account = ?1", account, error)
         && run_for_account (database, "DELETE FROM submission_limit WHERE account = ?1", account, error)
         && run_for_account (database, "DELETE FROM pending_log WHERE account = ?1", account, error)
         && stop_outbox (database, account, error)
         && (keep_mail ? keep_all_mail (database, account, title, error) : delete_all_mail (database, account, error));
}

gboolean
store_folders_remove_account (StoreDatabase *database, gint64 account, const char *name, gboolean keep_mail, GError **error)
{
  if (account <= STORE_LOCAL_ACCOUNT)
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_INVALID, "The folders on this computer cannot be removed.");
      return FALSE;
    }
  if (!store_database_begin (database, error))
    return FALSE;
  if (!remove_account (database, account, name, keep_mail, error))
    {
      store_database_rollback (database);
      return FALSE;
    }
  store_database_note (database, STORE_CHANGED_EVERYTHING, 0, 0);
  return store_database_commit (database, error);
}
